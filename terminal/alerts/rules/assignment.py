"""The writer's side: what he may have to have (义务仓备付, R1), and what he was assigned (被指派, T7)."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from decimal import Decimal

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level
from terminal.alerts.outlook import Held, Outlook
from terminal.alerts.rules.plain import yuan
from terminal.alerts.thresholds import Thresholds
from terminal.domain.accounts import Holding, PositionSide
from terminal.domain.contracts import Right
from terminal.rules.expiry.writers import SharePool, WriterNeed, assigned_of, writer_needs, written_of

_ZERO = Decimal(0)
#: On the delivery day it is told again before the opening
_MORNING = time(9, 0)


def writer(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """Shorts near expiry that would lack shares or money were all assigned that may be; one finding an underlying.

    Margin of what expires is free again and counts as money for the delivery, as on the assignment desk.
    """
    days: dict[date, list[Held]] = {}
    for held in outlook.held:
        if held.side is not PositionSide.LONG:
            days.setdefault(held.contract.exercise_day, []).append(held)
    for day, mine in sorted(days.items()):
        left = outlook.days_left(day)
        if 0 <= left <= thresholds.obligation_days:
            yield from _lacking(outlook, mine, left, thresholds.obligation_days - left)


def _lacking(outlook: Outlook, mine: Sequence[Held], left: int, step: int) -> Iterator[Finding]:
    rows = [written_of(h.contract, h.side, _after_netting(outlook, h)) for h in mine if _may_be_assigned(outlook, h)]
    cash = outlook.funds.available if outlook.funds is not None else _ZERO
    cash += sum((held.position.margin for held in mine), _ZERO)
    pools = {}
    for code, holding in outlook.holdings.items():
        covering = sum(r.shares for r in rows if r.side is PositionSide.COVERED and r.underlying == code)
        locked = min(covering, holding.locked)
        pools[code] = SharePool(locked, holding.locked - locked, max(holding.free, 0))
    needs = writer_needs(rows, pools=pools, cash=cash, prices=outlook.spots, rules=outlook.profile.delivery)
    by_underlying: dict[str, list[WriterNeed]] = {}
    for need in needs:
        if not need.enough:
            by_underlying.setdefault(need.written.underlying, []).append(need)
    day, delivery_day = mine[0].contract.exercise_day, mine[0].contract.delivery_day
    for underlying, short in sorted(by_underlying.items()):
        yield Finding(
            AlertKind.WRITER,
            f"{underlying}:{day.isoformat()}",
            Level.CARD if left < 2 else Level.TOAST,
            underlying,
            tuple(dict.fromkeys(need.written.contract_code for need in short)),
            sum(need.contracts_short for need in short),
            sum((need.cash_short + need.cash_cost for need in short), _ZERO),
            outlook.at(outlook.profile.delivery.cut_off, delivery_day),
            _shortage(short) | {"day": day.isoformat(), "days": str(left)},
            (AlertAction.CLOSE, AlertAction.SHOW_DELIVERY),
            step=step,
        )


def _may_be_assigned(outlook: Outlook, held: Held) -> bool:
    """By its chance where that is known, else by whether it is in the money."""
    return held.chance > 0 if held.chance is not None else outlook.intrinsic(held.contract) > 0


def _after_netting(outlook: Outlook, held: Held) -> int:
    """What of a short stays when the day's end nets it with longs: the naked ones go first."""
    code = held.contract.code
    netted = outlook.uncombined(code, PositionSide.LONG)
    if held.side is PositionSide.COVERED:
        netted = max(netted - outlook.uncombined(code, PositionSide.SHORT), 0)
    return held.quantity - min(netted, held.quantity - held.position.combined_quantity)


def assigned(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """Every assignment that is not delivered: what is to be given by when, and what is missing for it."""
    rows = [delivery for delivery in outlook.deliveries if delivery.side is not PositionSide.LONG]
    if not rows:
        return
    # What the counter holds for deliveries is there for them
    funds = outlook.funds
    needs = writer_needs(
        [assigned_of(delivery) for delivery in rows],
        pools={code: _pool(outlook, holding) for code, holding in outlook.holdings.items()},
        cash=funds.available + funds.frozen_delivery if funds is not None else _ZERO,
        prices=outlook.spots,
        rules=outlook.profile.delivery,
    )
    for delivery, need in zip(rows, needs, strict=True):
        left = outlook.days_left(delivery.delivery_day)
        deadline = outlook.at(outlook.profile.delivery.cut_off, delivery.delivery_day)
        is_last_day = outlook.now >= outlook.at(_MORNING, delivery.delivery_day)
        yield Finding(
            AlertKind.ASSIGNED,
            f"{delivery.contract_code}:{delivery.side.value}:{delivery.exercise_day.isoformat()}",
            Level.CARD if need.enough or not is_last_day else Level.SHEET,
            delivery.underlying,
            (delivery.contract_code,),
            delivery.quantity,
            delivery.amount,
            deadline,
            _shortage([need])
            | {
                "right": delivery.right.value,
                "side": delivery.side.value,
                "strike": f"{delivery.strike:f}",
                "shares": str(delivery.shares),
                "amount": yuan(delivery.amount),
                "cash_cost": yuan(need.cash_cost),
                "exercise_day": delivery.exercise_day.isoformat(),
                "day": delivery.delivery_day.isoformat(),
                "days": str(left),
            },
            (AlertAction.SHOW_DELIVERY,),
            step=(1 if is_last_day else 0)
            + (1 if is_last_day and not need.enough and outlook.now >= deadline - timedelta(minutes=30) else 0),
        )


def _pool(outlook: Outlook, holding: Holding) -> SharePool:
    """Shares there are for assignments; those that the counter has put aside at the cut-off are there too."""
    mine = [d for d in outlook.deliveries if d.underlying == holding.underlying]
    covered = sum(d.shares for d in mine if d.side is PositionSide.COVERED)
    exercised = sum(d.shares for d in mine if d.side is PositionSide.LONG and d.right is Right.PUT)
    put_aside = max(holding.exercising - covered - exercised, 0)
    return SharePool(holding.exercising - put_aside, holding.locked, max(holding.free, 0) + put_aside)


def _shortage(needs: Sequence[WriterNeed]) -> dict[str, str]:
    return {
        "cash_needed": yuan(sum((need.cash for need in needs), _ZERO)),
        "cash_short": yuan(sum((need.cash_short for need in needs), _ZERO)),
        "shares_needed": str(sum(need.shares for need in needs)),
        "shares_short": str(sum(need.shares_short for need in needs)),
    }
