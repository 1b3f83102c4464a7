"""How an account begins a day: what it brings is checked against the day's list and written as one entry.

Covered positions are covered from the start: the shares they need count as locked and covering.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from terminal.domain.accounts import ZERO, Holding, Position, PositionSide
from terminal.domain.contracts import Contract
from terminal.domain.errors import BadInput
from terminal.rules.rounding import CENT
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.entries import AccountOpened
from terminal.venue.counter.standing import Standing, assessed, checked

#: Ids from outside are kept all day and repeated in every report
MAX_ID_LENGTH = 64


def is_id(text: str) -> bool:
    """Whether a text may name an account, an order or an instruction."""
    return 0 < len(text) <= MAX_ID_LENGTH and text.isprintable()


def holdings_with_cover(
    shares: Mapping[str, int], positions: Iterable[Position], contracts: Mapping[str, Contract]
) -> list[Holding]:
    """The shares by underlying, with as many locked as the covered positions need.

    Raises BadInput when there are fewer.
    """
    needed = dict.fromkeys(shares, 0)
    for position in positions:
        contract = contracts.get(position.contract_code)
        if contract is not None and position.side is PositionSide.COVERED:
            covered = position.quantity * contract.multiplier
            needed[contract.underlying] = needed.get(contract.underlying, 0) + covered
    for underlying, locked in needed.items():
        if 0 <= shares.get(underlying, 0) < locked:
            raise BadInput(
                "holdings", shares.get(underlying, 0), f"covered positions on {underlying} need {locked} shares"
            )
    return [Holding(underlying=u, total=shares.get(u, 0), locked=locked) for u, locked in needed.items()]


def opening_entry(
    account_id: str,
    participant: int,
    cash: Decimal,
    holdings: Sequence[Holding],
    positions: Iterable[Position],
    standing: Standing,
    day: DayList,
) -> AccountOpened:
    """The entry an account opens with; a short position that brings no margin gets today's opening margin.

    Raises BadInput for cash that is not whole cents, shares or contracts the day does not list, positions that are
    negative or given twice, a margin group the profile does not have, and account numbers that do not fit together.
    """
    if not is_id(account_id):
        raise BadInput("account", account_id, f"1 to {MAX_ID_LENGTH} printable characters")
    if not cash.is_finite() or cash % CENT:
        raise BadInput("cash", cash, "yuan to the cent")
    profile = standing.profile
    day.margin_group(profile)
    standing = checked(assessed(standing, cash, day.profile.limits.purchase))
    for holding in holdings:
        if holding.underlying not in day.underlyings:
            raise BadInput("holdings", holding.underlying, "an underlying of the day's list")
        if not 0 <= holding.locked <= holding.total:
            raise BadInput("holdings", holding.total, "no fewer shares than are locked, and none below zero")
    carried: dict[tuple[str, PositionSide], Position] = {}
    for position in positions:
        if not position.quantity:
            continue
        key = position.contract_code, position.side
        if position.contract_code not in day.contracts:
            raise BadInput("contract", position.contract_code, "one of the day's list")
        if key in carried or position.quantity < 0:
            raise BadInput("position", position.contract_code, "each side once, with at least 1 contract")
        if not position.average_price.is_finite() or position.average_price < 0:
            raise BadInput("average price", position.average_price, "a price that is not negative")
        margin = position.margin
        if position.side is PositionSide.SHORT and not margin:
            margin = day.opening_margin(day.contracts[position.contract_code], profile) * position.quantity
        if margin < 0 or margin % CENT or (margin and position.side is not PositionSide.SHORT):
            raise BadInput("margin", margin, "yuan to the cent, of a short position")
        carried[key] = replace(position, margin=margin, frozen_quantity=0, today_quantity=0, realised=ZERO)
    return AccountOpened(
        account_id=account_id,
        trading_day=day.trading_day,
        participant=participant,
        cash=cash,
        holdings=tuple(replace(holding, covering=0) for holding in holdings),
        positions=tuple(carried.values()),
        profile=profile,
        record=standing.record,
        own_limits=standing.own_limits,
        purchase_limit=standing.purchase_limit,
    )
