"""Longs in the money that nobody has asked to exercise yet (行权提醒, T6): louder with every step to the deadline."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level
from terminal.alerts.outlook import Held, Outlook
from terminal.alerts.rules.plain import days_passed, yuan
from terminal.alerts.thresholds import Thresholds
from terminal.domain.accounts import PositionSide
from terminal.rules.expiry.exercises import Exercise, exercise_needs, find_pairs, left_alone
from terminal.rules.expiry.worth import worth


@dataclass(frozen=True, slots=True)
class _Waiting:
    """So many contracts of a holding that are worth exercising and not asked for; `money` after the fee."""

    held: Held
    quantity: int
    money: Decimal


def exercise(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """One finding for each expiry, the holding with most at stake first; gone when all is asked for or time is up."""
    for (underlying, expiry), mine in outlook.by_expiry.items():
        day = mine[0].contract.exercise_day
        left = outlook.days_left(day)
        deadline = outlook.at(outlook.profile.sessions.exercise[-1][1], day)
        if left < 0 or outlook.now >= deadline or not (reached := days_passed(thresholds.exercise_days, left)):
            continue
        waiting = sorted(
            (one for held in mine if (one := _waiting(outlook, held)) is not None),
            key=lambda one: (-one.money, one.held.contract.code),
        )
        if not waiting:
            continue
        called = sum(1 for clock in thresholds.exercise_times if left == 0 and outlook.now >= outlook.at(clock))
        level = Level.TOAST if left > 1 else Level.CARD
        if called == len(thresholds.exercise_times):
            level = Level.SHEET
        yield Finding(
            AlertKind.EXERCISE,
            f"{underlying}:{expiry.isoformat()}",
            level,
            underlying,
            tuple(one.held.contract.code for one in waiting),
            sum(one.quantity for one in waiting),
            sum((one.money for one in waiting), Decimal(0)),
            deadline,
            {
                "day": day.isoformat(),
                "days": str(left),
                "quantities": " ".join(str(one.quantity) for one in waiting),
                **_needs(outlook, waiting),
            },
            (AlertAction.EXERCISE, AlertAction.CLOSE),
            step=reached + called,
        )


def _waiting(outlook: Outlook, held: Held) -> _Waiting | None:
    """What of a long is worth its fee, not asked for and not given up."""
    if held.side is not PositionSide.LONG or held.exercisable < 1 or held.is_given_up:
        return None
    found = worth(
        held.contract,
        held.exercisable,
        underlying_price=outlook.spot(held.contract),
        bid=None,
        fees=outlook.profile.fees,
    )
    return _Waiting(held, held.exercisable, found.exercise) if found.exercise > 0 else None


def _needs(outlook: Outlook, waiting: list[_Waiting]) -> dict[str, str]:
    """Money and shares that exercising all of it takes, what can be paired taken as pairs."""
    wanted = [Exercise(one.held.contract, one.quantity) for one in waiting]
    pairs = find_pairs(wanted, outlook.spots) if outlook.profile.capabilities.merged_exercise else []
    needs = exercise_needs(left_alone(wanted, pairs), pairs, outlook.profile.fees)
    found = {"cash": yuan(needs.cash), "shares": str(sum(needs.shares.values()))}
    if outlook.funds is not None:
        found["cash_short"] = yuan(max(needs.cash - outlook.funds.available, Decimal(0)))
    short = 0
    for underlying, shares in needs.shares.items():
        holding = outlook.holdings.get(underlying)
        short += max(shares - (holding.free if holding is not None else 0), 0)
    found["shares_short"] = str(short)
    if pairs:
        found["pairs"] = str(sum(pair.quantity for pair in pairs))
    return found
