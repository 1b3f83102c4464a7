"""What an instructor's event does to the market and to the books (注入). Pure: the same event at the same time is the
same, live, in a replay and after a restart.

What it does to the market alone is done again by a venue that comes back with a picture from before it; what it does to
an account is in the counter's own entries. Feed and lines are the host's (`disturbances.py`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import msgspec

from terminal.domain.account_rights import Restriction
from terminal.domain.class_events import check_event
from terminal.domain.errors import BadInput
from terminal.domain.instructions import InstructionKind
from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.messages import ClassEvent, ClassEventKind, EventInjected, Instruct
from terminal.venue.class_plan import ClassPlan
from terminal.venue.counter.result import CounterResult
from terminal.venue.counter.standing import Standing
from terminal.venue.market import Market

K = ClassEventKind
_OF_MARKET = frozenset({K.GAP, K.DRIFT, K.VOLATILITY, K.THIN, K.SUSPEND, K.RESUME, K.BREAKER, K.INQUIRY})


def is_of_market(kind: ClassEventKind) -> bool:
    """Whether it moves the market alone, and a venue that forgot it must do it again."""
    return kind in _OF_MARKET


def carry_out(market: Market, event: ClassEvent, number: int) -> None:
    """Do it now; what it led to is in the market's outcome. Raises BadInput, nothing done, for what cannot be."""
    check_event(event)
    kind, crowd, now = event.kind, market.crowd, market.now
    if kind is K.GAP:
        crowd.staging.shock(event.underlying, event.move)
    elif kind is K.DRIFT:
        assert event.price is not None
        crowd.staging.lead(event.underlying, float(event.price), event.seconds)
    elif kind is K.VOLATILITY:
        crowd.staging.shake(event.underlying, event.move)
    elif kind is K.THIN:
        codes = {c.code for c in market.contracts if c.underlying == event.underlying and event.code in ("", c.code)}
        until = now + timedelta(seconds=event.seconds)
        market.take_crowd(crowd.staging.leave(codes, until, now, market.exchange))
    elif kind in (K.SUSPEND, K.RESUME):
        market.suspend(event.underlying, resume=kind is K.RESUME, code=event.code)
    elif kind is K.BREAKER:
        _trip(market, event)
    elif kind is K.INQUIRY:
        asked = [event.code] if event.code else crowd.staging.widest(event.underlying, event.count or 12)
        market.take_crowd(crowd.staging.inquire(asked, now, market.exchange))
    elif kind in (K.CASH, K.MARGIN_CALL, K.FORCED_CLOSE, K.ACCOUNT):
        market.take(_to_account(market, event, number), now)


def _trip(market: Market, event: ClassEvent) -> None:
    """Trade through to the given price, or to the nearest that trips the contract."""
    place = next((n for n, c in enumerate(market.contracts) if c.code == event.code), -1)
    if place < 0:
        raise BadInput("contract", event.code, "one of the day's list")
    if event.price is None:
        below, above = market.exchange.breaker_prices(len(market.underlyings) + place)
        price = below if event.move < 0.0 else above
    else:
        price = round(event.price * PRICE_SCALE)
    market.take_crowd(market.crowd.staging.push_through(event.code, price, market.now, market.exchange))


def _to_account(market: Market, event: ClassEvent, number: int) -> CounterResult:
    counter, now = market.counter, market.now
    if event.account_id not in counter.account_ids():
        raise BadInput("account", event.account_id, "one that is in the class")
    if event.kind is K.MARGIN_CALL:
        return counter.call_for_money(event.account_id, event.amount, now)
    if event.kind is K.FORCED_CLOSE:
        counter.mark(market.marks())
        return counter.force_close(event.account_id, event.code, event.count, now)
    if event.kind is K.CASH:
        kind = InstructionKind.CASH_IN if event.amount > 0 else InstructionKind.CASH_OUT
        command = Instruct(instruction_id=f"CLASS-{number}", kind=kind, amount=abs(event.amount))
        return counter.handle(event.account_id, command, now)
    standing = counter.standing(event.account_id)
    rights = replace(standing.profile.rights, restrictions=Restriction(event.count))
    changed = msgspec.structs.replace(standing, profile=replace(standing.profile, rights=rights))
    return counter.change_standing(event.account_id, changed, "instructor", now)


def catch_up(market: Market, injected: Sequence[EventInjected], pictured: int) -> None:
    """Do again to a market that came back what its picture does not have yet; books have it from their entries."""
    for record in injected[pictured:]:
        if record.done and is_of_market(record.event.kind):
            carry_out(market, record.event, record.number)


def open_class(market: Market, plan: ClassPlan, standing_of: Callable[[str], Standing]) -> None:
    """Open the scenario's accounts with what they hold; entries are in the market's outcome.

    Raises BadInput for what the counter refuses.
    """
    counter = market.counter
    for planned in plan.accounts:
        standing = standing_of(planned.template)
        result = counter.open_account(planned.account_id, planned.cash, planned.shares, planned.positions, standing)
        market.take(result, market.now)
        asked = [
            Instruct(instruction_id="", kind=InstructionKind.LOCK, underlying=underlying, quantity=quantity)
            for underlying, quantity in planned.locked.items()
        ]
        asked += [
            Instruct(
                instruction_id="",
                kind=InstructionKind.COMBINE,
                strategy=c.strategy,
                contract_code=c.first_code,
                second_code=c.second_code,
                quantity=c.quantity,
            )
            for c in planned.combinations
        ]
        for number, command in enumerate(asked):
            named = msgspec.structs.replace(command, instruction_id=f"START-{number}")
            market.command(planned.account_id, named, market.now)
            report = market.outcome.reports[-1][1]
            if (reason := getattr(report, "reason", None)) is not None:
                detail = getattr(report, "reason_detail", "") or getattr(report, "detail", "")
                raise BadInput(f"start of {planned.account_id}", command.kind.value, f"{reason.value} {detail}".strip())
