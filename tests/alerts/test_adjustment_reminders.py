"""An ex-day ahead, on the day and after it; cover that must be topped up; combinations that are released.

The ex-day is the first of the live market: 29 November 2016, close of the eve 2.460, dividend 0.053 (rulebook 7).
"""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from terminal.alerts.alert import AlertAction, AlertKind, Level
from terminal.alerts.outlook import ComingExDay
from terminal.alerts.rules.adjustment import is_ex_day, new_terms
from terminal.domain.combinations import Combination, CombinationStrategy
from terminal.domain.contracts import Contract, ListingState, Right
from tests.alerts.room import (
    CALL_DECEMBER,
    CALL_IN,
    CALL_OUT,
    CONTRACTS,
    COVERED,
    DECEMBER,
    EVE,
    EX_DAY,
    FUND,
    LONG,
    MINUTE,
    NOVEMBER,
    PUT_IN,
    SHORT,
    SPOT,
    Room,
    at,
    contract,
    day_before,
    funds,
    held,
    holding,
    outlook,
)

COMING = ComingExDay(FUND, EX_DAY, Decimal("0.053"))
EXACT = replace(COMING, close=Decimal("2.460"))
#: As the list of the ex-day has it
ADJUSTED = replace(
    CALL_DECEMBER,
    trading_code="510050C1612A02050",
    name="50ETF购12月2006A",
    strike=Decimal("2.006"),
    multiplier=10_220,
    recently_adjusted=True,
)
NEW_STANDARD = contract(701, Right.CALL, "2.000", listing=ListingState.NEW)

# ---- the contract adjustment, T4


@pytest.mark.requirement("T4")
def test_an_ex_day_is_told_from_the_notice_then_5_3_1_days_before_and_with_exact_terms_on_the_eve() -> None:
    room = Room(kinds=(AlertKind.ADJUSTMENT_COMING,))
    mine = (held(CALL_DECEMBER, SHORT, 8), held(CALL_IN, LONG, 5))
    said = {}
    for left in range(8, 0, -1):
        said[left] = len(room.see(outlook(at(day_before(EX_DAY, left)), held=mine, coming=(COMING,))))
        if said[left]:
            room.read()
    assert {left for left, count in said.items() if count} == {8, 5, 3, 1}
    (told,) = room.see(outlook(at(EVE, "15:40:00"), held=mine, coming=(EXACT,)))
    assert told.holds_orders
    assert told.finding.actions == (AlertAction.SHOW_ADJUSTMENT,)
    figures = told.finding.figures
    assert (figures["exact"], figures["new_unit"], figures["new_strike"]) == ("yes", "10220", "2.006")
    # Of the November contracts nothing is left on the ex-day
    assert told.finding.codes == (CALL_DECEMBER.code,)
    assert (figures["new_trading_code"], figures["new_name"]) == ("510050C1612A02050", "50ETF购12月2006A")
    room.read()
    # The ex-day: what was ahead is over, what was adjusted is told
    room.kinds = (AlertKind.ADJUSTMENT_COMING, AlertKind.ADJUSTED)
    listed = (ADJUSTED, NEW_STANDARD)
    (today,) = room.see(
        outlook(at(EX_DAY, "09:00:00"), held=(held(ADJUSTED, SHORT, 8),), contracts=listed, coming=(EXACT,))
    )
    assert (today.finding.kind, today.finding.figures["unit"]) == (AlertKind.ADJUSTED, "10220")
    assert [finding.kind for finding in room.open] == [AlertKind.ADJUSTED]


@pytest.mark.requirement("T4")
def test_without_anything_held_an_ex_day_is_told_softly_and_without_one_not_at_all() -> None:
    room = Room(kinds=(AlertKind.ADJUSTMENT_COMING,))
    assert room.see(outlook(at(EVE))) == []
    (told,) = room.see(outlook(at(EVE), coming=(EXACT,)))
    assert (told.finding.level, told.finding.codes, told.finding.figures["listed"]) == (Level.TOAST, (), "1")
    # The dividend was called off
    room.see(outlook(at(EVE) + MINUTE))
    assert room.open == []


@pytest.mark.requirement("T4")
def test_an_adjusted_contract_is_told_once_and_is_over_when_it_is_no_longer_marked() -> None:
    room = Room(kinds=(AlertKind.ADJUSTED,))
    mine = (held(ADJUSTED, LONG, 2),)
    assert len(room.see(outlook(at(EX_DAY), held=mine))) == 1
    room.read()
    assert room.see(outlook(at(date(2016, 11, 30)), held=mine)) == []
    # Listed new beside it, a contract was not adjusted
    new = replace(NEW_STANDARD, recently_adjusted=True)
    assert Room(kinds=(AlertKind.ADJUSTED,)).see(outlook(at(EX_DAY), held=(held(new, LONG, 1),))) == []
    room.see(outlook(at(date(2016, 12, 6)), held=(held(replace(ADJUSTED, recently_adjusted=False), LONG, 2),)))
    assert room.book.history()[0].resolved_at is not None


@pytest.mark.requirement("T4", "T5", "AC14")
def test_the_exchanges_own_list_of_74_contracts_and_the_shares_to_lock(shared_data: Path) -> None:
    # shared data: adjusted_2016-11-29.csv, the exchange's terms of every contract of that day
    with (shared_data / "adjusted_2016-11-29.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 74
    listed = [_listed(row) for row in rows]
    mine = tuple(held(one, COVERED if one.right is Right.CALL else LONG, 5) for one in listed)
    calls = sum(1 for one in listed if one.right is Right.CALL)
    locked = calls * 5 * 10_000
    room = Room(kinds=(AlertKind.ADJUSTMENT_COMING, AlertKind.COVERED_SHORTFALL))
    seen = outlook(at(EVE, "15:40:00"), held=mine, contracts=listed, coming=(EXACT,), holdings=holding(locked, locked))
    told = {alert.finding.kind: alert.finding for alert in room.see(seen)}
    assert told[AlertKind.ADJUSTMENT_COMING].quantity == 74 * 5
    for row, one in zip(rows, listed, strict=True):
        terms = new_terms(seen, EXACT, one)
        assert terms is not None
        assert (terms.strike, terms.multiplier) == (Decimal(row["new_strike"]), int(row["new_unit"])), row["code"]
    cover = told[AlertKind.COVERED_SHORTFALL]
    # 5 covered calls need 1,100 shares more (rulebook 7): so many for each
    assert cover.figures["to_lock"] == cover.figures["missing"] == str(calls * 1_100)
    assert cover.money == calls * 1_100 * SPOT


def _listed(row: dict[str, str]) -> Contract:
    code = row["old_code"]
    return contract(
        int(row["code"][:8]) - 10_000_000,
        Right(code[6]),
        row["old_strike"],
        date.fromisoformat(row["expire_date"]),
        trading_code=code,
        multiplier=int(row["old_unit"]),
    )


# ---- cover, T5


@pytest.mark.requirement("T5")
def test_cover_is_told_5_3_1_days_before_with_the_shares_to_lock() -> None:
    room = Room(kinds=(AlertKind.COVERED_SHORTFALL,))
    mine = (held(CALL_DECEMBER, COVERED, 5),)
    seen: dict[str, Any] = {"held": mine, "coming": (COMING,), "holdings": holding(50_400, 50_000, covering=50_000)}
    assert room.see(outlook(at(day_before(EX_DAY, 6)), **seen)) == []
    said = {}
    for left in range(5, 0, -1):
        # Before the repetition of nine o'clock
        said[left] = len(room.see(outlook(at(day_before(EX_DAY, left), "08:50:00"), **seen)))
        if said[left]:
            room.read()
    assert {left for left, count in said.items() if count} == {5, 3, 1}
    assert room.open[0].level is Level.CARD
    figures = room.book.history()[0].finding.figures
    # rulebook 7: 5 covered calls, 10000 -> 10220, lock 1,100 more; 400 are free
    assert (figures["to_lock"], figures["free"], figures["missing"], figures["to_close"]) == ("1100", "400", "700", "1")
    assert room.book.history()[0].finding.deadline == at(date(2016, 11, 30), "11:30:00")
    assert len(room.see(outlook(at(EVE, "09:00:00"), **seen))) == 1
    # Locked beforehand
    room.see(outlook(at(EVE), **seen | {"holdings": holding(51_100, 51_100, covering=50_000)}))
    assert room.open == []


@pytest.mark.requirement("T5")
def test_cover_that_only_needs_locking_is_told_softly_and_uncovered_calls_not_at_all() -> None:
    room = Room(kinds=(AlertKind.COVERED_SHORTFALL,))
    enough = holding(58_200, 50_000, covering=50_000)
    room.see(outlook(at(EVE), held=(held(CALL_DECEMBER, COVERED, 5),), coming=(COMING,), holdings=enough))
    assert (room.open[0].level, room.open[0].figures["missing"]) == (Level.TOAST, "0")
    for mine in (held(CALL_DECEMBER, SHORT, 5), held(CALL_IN, COVERED, 5)):
        seen = outlook(at(EVE), held=(mine,), coming=(COMING,), holdings=holding(50_000, 50_000, covering=50_000))
        assert Room(kinds=(AlertKind.COVERED_SHORTFALL,)).see(seen) == []


@pytest.mark.requirement("T5")
def test_from_the_ex_day_on_missing_cover_holds_new_orders_until_it_is_locked_or_closed() -> None:
    room = Room(kinds=(AlertKind.COVERED_SHORTFALL,))
    listed = (ADJUSTED, NEW_STANDARD)
    short = holding(50_000, 50_000, covering=51_100, short=1_100)
    mine = (held(ADJUSTED, COVERED, 5),)
    (told,) = room.see(outlook(at(EX_DAY, "09:20:00"), held=mine, contracts=listed, holdings=short))
    assert told.holds_orders
    assert (told.finding.figures["to_lock"], told.finding.deadline) == ("1100", at(date(2016, 11, 30), "11:30:00"))
    room.read()
    # The next day, when the new contracts are no longer new: today is the cut-off; repeated before the opening
    after = (ADJUSTED, replace(NEW_STANDARD, listing=ListingState.EXISTING))
    (again,) = room.see(outlook(at(date(2016, 11, 30), "09:00:00"), held=mine, contracts=after, holdings=short))
    assert again.finding.deadline == at(date(2016, 11, 30), "11:30:00")
    locked = holding(51_100, 51_100, covering=51_100)
    room.see(outlook(at(date(2016, 11, 30), "09:30:00"), held=mine, contracts=after, holdings=locked))
    assert room.open == []


def test_the_ex_day_is_known_by_its_list() -> None:
    assert is_ex_day(outlook(at(EX_DAY), contracts=(ADJUSTED, NEW_STANDARD)), FUND)
    assert not is_ex_day(outlook(at(EX_DAY), contracts=(ADJUSTED, CALL_DECEMBER)), FUND)
    assert not is_ex_day(outlook(at(EX_DAY)), FUND)


# ---- combinations


SPREAD = Combination(
    number="C1", strategy=CombinationStrategy.CNSJC, first_code=CALL_IN.code, second_code=CALL_OUT.code, quantity=4,
    margin=Decimal(0),
)  # fmt: skip
PAIR = replace(SPREAD, number="C2", strategy=CombinationStrategy.KKS, second_code=PUT_IN.code)


@pytest.mark.parametrize(("combination", "release"), [(SPREAD, day_before(NOVEMBER, 2)), (PAIR, NOVEMBER)])
def test_a_combination_is_told_on_the_eve_of_its_release_and_on_the_day(
    combination: Combination, release: date
) -> None:
    # rulebook 4.4: spreads are released at the end of E-2, short pairs at that of E
    room = Room(kinds=(AlertKind.COMBINATION_RELEASE,))
    seen: dict[str, Any] = {"combinations": (combination,), "release_margin": {combination.number: Decimal(7_897)}}
    assert room.see(outlook(at(day_before(release, 2)), **seen)) == []
    (told,) = room.see(outlook(at(day_before(release, 1)), **seen))
    assert (told.finding.level, told.finding.money, told.finding.quantity) == (Level.TOAST, Decimal(7_897), 4)
    assert told.finding.deadline == at(release, "15:15:00")
    room.read()
    (again,) = room.see(outlook(at(release), **seen))
    assert again.finding.level is Level.CARD
    room.read()
    assert room.see(outlook(at(release) + MINUTE, **seen)) == []
    room.see(outlook(at(release, "16:00:00")))
    assert room.open == []


def test_a_release_that_asks_for_more_than_there_is_is_told_louder_and_an_ex_day_releases_too() -> None:
    room = Room(kinds=(AlertKind.COMBINATION_RELEASE,))
    seen: dict[str, Any] = {"combinations": (SPREAD,), "release_margin": {"C1": Decimal(7_897)}}
    room.see(outlook(at(day_before(NOVEMBER, 3)), funds=funds("5000"), **seen))
    assert (room.open[0].level, room.open[0].figures["short"]) == (Level.CARD, "yes")
    december = replace(SPREAD, first_code=CALL_DECEMBER.code, second_code=CALL_DECEMBER.code)
    (told,) = Room(kinds=(AlertKind.COMBINATION_RELEASE,)).see(
        outlook(at(EVE), combinations=(december,), coming=(COMING,), contracts=CONTRACTS)
    )
    assert (told.finding.figures["adjusted"], told.finding.figures["day"]) == ("yes", "2016-11-28")
    assert DECEMBER > EX_DAY
