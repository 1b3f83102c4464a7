"""Warnings before an opening order (下单前提醒, T8-T10): asked by the ticket, held to by the order service."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

import msgspec

from terminal.domain.orders import Instruction, OrderRequest
from terminal.domain.reasons import Denial, Reason
from terminal.rules.order_warnings import OrderWarning, Warned, WarningLimits, warnings_of
from terminal.rules.preview import OrderCost
from terminal.services.client_terms import ClientTerms
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """One warning that a person has read."""

    warning: OrderWarning
    who: str
    at: datetime


class OrderWarnings:
    """Looks at a request with what the desk knows now; `delta` gives that of one share, nan where there is none."""

    def __init__(
        self,
        market: MarketData,
        portfolio: Portfolio,
        terms: ClientTerms,
        limits: Callable[[], WarningLimits],
        cost: Callable[[OrderRequest], OrderCost | None],
        delta: Callable[[str], float],
    ) -> None:
        self._market = market
        self._portfolio = portfolio
        self._terms = terms
        self._limits = limits
        self._cost = cost
        self._delta = delta

    def __call__(self, request: OrderRequest) -> tuple[Warned, ...]:
        """Everything the order is warned of; nothing for a contract that is not listed."""
        contract = self._market.contract(request.contract_code)
        cost = self._cost(request)
        if contract is None or cost is None:
            return ()
        delta = self._delta(contract.code)
        return tuple(
            warnings_of(
                contract,
                request.instruction,
                spot=self._market.last(contract.underlying) or contract.underlying_close,
                delta=delta if isfinite(delta) else None,
                days_left=self._terms.days_left(contract),
                funds=self._portfolio.funds,
                frozen=cost.frozen,
                held_margin=cost.margin if request.instruction is Instruction.SELL_OPEN else cost.margin * 0,
                limits=self._limits(),
            )
        )


def unanswered(warned: Iterable[Warned], acknowledged: Iterable[Acknowledgement]) -> Denial | None:
    """The first warning that nobody has acknowledged; None when all are."""
    answered = {one.warning for one in acknowledged}
    missing = next((one.warning for one in warned if one.warning not in answered), None)
    return None if missing is None else Denial(Reason.NOT_ACKNOWLEDGED, "instruction", missing.value)


def note_of(client_order_id: str, acknowledged: Iterable[Acknowledgement]) -> bytes:
    """For the journal: what was acknowledged, by whom and when, of which order."""
    return msgspec.json.encode(
        {
            "event": "warnings acknowledged",
            "order": client_order_id,
            "warnings": [{"warning": a.warning.value, "who": a.who, "at": a.at} for a in acknowledged],
        }
    )
