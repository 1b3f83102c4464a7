"""The writer's side: what he may have to have (义务仓备付, R1), and what he was assigned (被指派, T7)."""

from collections.abc import Iterator, Sequence
from datetime import time, timedelta
from decimal import Decimal

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level
from terminal.alerts.outlook import Held, Outlook
from terminal.alerts.rules.plain import share_pool, yuan
from terminal.alerts.thresholds import Thresholds
from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Right
from terminal.rules.expiry.writers import WriterNeed, Written, assigned_of, writer_needs, written_of

_ZERO = Decimal(0)
#: On the delivery day it is told again before the opening
_MORNING = time(9, 0)


def writer(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """Shorts in the money near expiry that would lack shares or money were all of them assigned."""
    for (underlying, expiry), mine in outlook.by_expiry.items():
        left = outlook.days_left(expiry)
        if not 0 <= left <= thresholds.obligation_days:
            continue
        inside = [held for held in mine if held.side is not PositionSide.LONG and outlook.intrinsic(held.contract) > 0]
        rows = [written_of(held.contract, held.side, _net(outlook, held)) for held in inside]
        short = [need for need in _needs(outlook, [row for row in rows if row.quantity > 0]) if not need.enough]
        if not short:
            continue
        yield Finding(
            AlertKind.WRITER,
            f"{underlying}:{expiry.isoformat()}",
            Level.CARD if left < 2 else Level.TOAST,
            underlying,
            tuple(dict.fromkeys(need.written.contract_code for need in short)),
            sum(need.contracts_short for need in short),
            sum((need.cash_short + need.cash_cost for need in short), _ZERO),
            outlook.at(outlook.profile.delivery.cut_off, inside[0].contract.delivery_day),
            _shortage(short) | {"day": expiry.isoformat(), "days": str(left)},
            (AlertAction.CLOSE, AlertAction.SHOW_DELIVERY),
            step=thresholds.obligation_days - left,
        )


def assigned(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """Every assignment that is not delivered: what is to be given by when, and what is missing for it."""
    rows = [delivery for delivery in outlook.deliveries if delivery.side is not PositionSide.LONG]
    if not rows:
        return
    needs = _needs(outlook, [assigned_of(delivery) for delivery in rows], is_assigned=True)
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


def _net(outlook: Outlook, held: Held) -> int:
    """What is left of a short once the long of the same contract is netted, naked ones first."""
    long = outlook.quantity(held.contract.code, PositionSide.LONG)
    if held.side is PositionSide.COVERED:
        long = max(long - outlook.quantity(held.contract.code, PositionSide.SHORT), 0)
    return held.quantity - long


def _needs(outlook: Outlook, rows: Sequence[Written], *, is_assigned: bool = False) -> list[WriterNeed]:
    covered: dict[str, int] = {}
    for row in rows:
        if row.side is PositionSide.COVERED and row.right is Right.CALL:
            covered[row.underlying] = covered.get(row.underlying, 0) + row.shares
    pools = {}
    for row in rows:
        holding = outlook.holdings.get(row.underlying)
        pool = share_pool(outlook, row.underlying, covered.get(row.underlying, 0))
        if is_assigned and holding is not None:
            # Assigned covered calls keep their shares until they are delivered
            pool = share_pool(outlook, row.underlying, 0)
            pool = type(pool)(min(holding.exercising, covered.get(row.underlying, 0)), pool.other_covering, pool.free)
        pools[row.underlying] = pool
    cash = _ZERO
    if outlook.funds is not None:
        cash = outlook.funds.available + (outlook.funds.frozen_delivery if is_assigned else _ZERO)
        if not is_assigned:
            # The margin of a put that is assigned is free for it
            puts = {row.contract_code for row in rows if row.right is Right.PUT}
            cash += sum(
                (
                    held.position.margin
                    for held in outlook.held
                    if held.side is PositionSide.SHORT and held.contract.code in puts
                ),
                _ZERO,
            )
    return writer_needs(rows, pools=pools, cash=cash, prices=outlook.spots, rules=outlook.profile.delivery)


def _shortage(needs: Sequence[WriterNeed]) -> dict[str, str]:
    return {
        "cash_needed": yuan(sum((need.cash for need in needs), _ZERO)),
        "cash_short": yuan(sum((need.cash_short for need in needs), _ZERO)),
        "shares_needed": str(sum(need.shares for need in needs)),
        "shares_short": str(sum(need.shares_short for need in needs)),
    }
