"""Which contracts a maker is obliged to quote (做市范围), decided once for a trading day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from terminal.domain.contracts import Contract, Right
from terminal.rules.obligations.spread import units
from terminal.rules.obligations.terms import Scope

_QUARTER_MONTHS = (3, 6, 9, 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedContract:
    """What the measure must know of a contract, as it stood at the day's opening. Prices in 0.0001 yuan."""

    code: str
    underlying: str
    expiry: date
    right: Right
    strike: Decimal
    underlying_close: Decimal
    """Yuan, by which strikes are in or out of the money all day"""
    tick: int
    limit_up: int
    limit_down: int
    adjusted: bool = False
    suspended: bool = False
    opening_restricted: bool = False

    @classmethod
    def of(cls, contract: Contract) -> "QuotedContract":
        """From the day's list."""
        return cls(
            code=contract.code,
            underlying=contract.underlying,
            expiry=contract.expiry,
            right=contract.right,
            strike=contract.strike,
            underlying_close=contract.underlying_close,
            tick=units(contract.tick_size),
            limit_up=units(contract.limit_up),
            limit_down=units(contract.limit_down),
            adjusted=contract.is_adjusted,
            suspended=contract.suspended,
            opening_restricted=contract.opening_restricted,
        )


def in_scope(
    contracts: Iterable[QuotedContract], scope: Scope, today: date, underlyings: Collection[str] | None = None
) -> tuple[QuotedContract, ...]:
    """The contracts that count, in the order of the list; of all underlyings when none are named."""
    kept = [
        contract
        for contract in contracts
        if (underlyings is None or contract.underlying in underlyings)
        and (scope.adjusted or not contract.adjusted)
        and (scope.expiring_today or contract.expiry != today)
    ]
    by_underlying: dict[str, list[QuotedContract]] = defaultdict(list)
    for contract in kept:
        by_underlying[contract.underlying].append(contract)
    codes: set[str] = set()
    for group in by_underlying.values():
        months = _months(group, scope)
        series: dict[tuple[date, Right], list[QuotedContract]] = defaultdict(list)
        for contract in group:
            if contract.expiry in months:
                series[contract.expiry, contract.right].append(contract)
        for strikes in series.values():
            codes |= _near_the_money(strikes, scope)
    return tuple([contract for contract in kept if contract.code in codes])


def _months(contracts: Sequence[QuotedContract], scope: Scope) -> set[date]:
    """The nearest expiries and the quarter months behind them; all of them where the terms name no number."""
    expiries = sorted({contract.expiry for contract in contracts})
    if scope.near_months is None and scope.quarter_months is None:
        return set(expiries)
    near = expiries[: scope.near_months or 0]
    quarters = [expiry for expiry in expiries[len(near) :] if expiry.month in _QUARTER_MONTHS]
    return {*near, *quarters[: scope.quarter_months or 0]}


def _near_the_money(series: Sequence[QuotedContract], scope: Scope) -> set[str]:
    """The nearest strikes out of the money, at it included, and in it; both sides whole where no number is named."""
    ordered = sorted(series, key=lambda c: (abs(c.strike - c.underlying_close), c.strike, c.code))
    out = [c.code for c in ordered if not _is_in_the_money(c)]
    inside = [c.code for c in ordered if _is_in_the_money(c)]
    return {*out[: scope.otm_strikes], *inside[: scope.itm_strikes]}


def _is_in_the_money(contract: QuotedContract) -> bool:
    if contract.right is Right.CALL:
        return contract.strike < contract.underlying_close
    return contract.strike > contract.underlying_close
