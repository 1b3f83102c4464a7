"""Recorded days counted again from the journal: which there are, one of them, a month, and one that is not over."""

import asyncio

import pytest

from terminal.services.obligation_records import days_of
from terminal.services.obligation_report import month_result
from terminal.services.obligation_scores import ObligationScores
from terminal.services.quoting_day import score_day
from tests.harness import CALL, DAY
from tests.services.obligation_desk import NEXT_DAY, Hand, at, sessions, terms_of, two_days

pytestmark = pytest.mark.requirement("X10", "M6")
GENERIC, SIMULATION = terms_of("sse_generic"), terms_of("sse_simulation_2014")
CLOSE = at("15:00:00", NEXT_DAY)


def scores() -> ObligationScores:
    """Over the two days."""
    ledger = two_days()
    return ObligationScores(lambda: iter(ledger.records), sessions(), lambda: (GENERIC, SIMULATION))


def test_a_past_day_is_counted_under_any_terms_as_it_would_have_been() -> None:
    counted = scores()
    assert asyncio.run(counted.days()) == (DAY, NEXT_DAY)
    first, _ = days_of(two_days().records)
    for terms in (GENERIC, SIMULATION):
        (day,) = asyncio.run(counted.recorded(terms, DAY, DAY, CLOSE))
        assert day.terms.name == terms.name
        assert day.figures.totals_us.tolist() == score_day(first, terms, sessions()).figures.totals_us.tolist()
    # 14,220 s of continuous trading (rulebook 2.4) less half an hour; the simulation of 2014 asks for a smaller spread
    (generic,) = asyncio.run(counted.recorded(GENERIC, DAY, DAY, CLOSE))
    place = generic.figures.place(CALL)
    assert place is not None
    assert float(generic.figures.compliant[place]) == 14_220 - 1800


def test_days_of_a_month_come_together_and_one_that_is_not_over_counts_to_now() -> None:
    counted = scores()
    first, last = DAY.replace(day=1), DAY.replace(day=31)
    days = asyncio.run(counted.recorded(GENERIC, first, last, at("10:00:00", NEXT_DAY)))
    assert [day.trading_day for day in days] == [DAY, NEXT_DAY]
    place = days[1].figures.place(CALL)
    assert place is not None
    assert (float(days[1].figures.compliant[place]), float(days[1].figures.missed[place])) == (1800.0, 0.0)
    month = month_result(asyncio.run(counted.recorded(GENERIC, first, last, CLOSE)))
    place = month.figures.codes.index(CALL)
    assert float(month.figures.compliant[place]) == (14_220 - 1800) + 3600
    before = asyncio.run(counted.month(GENERIC, NEXT_DAY))
    assert before.days == 1
    assert before.mean == pytest.approx(days[0].score.total)


def test_a_date_that_is_played_again_counts_once() -> None:
    ledger = two_days()
    ledger.sequence = 0
    again = Hand(ledger)
    again.open()
    ledger.quoted("09:30:00", quote_id="again")
    counted = ObligationScores(lambda: iter(ledger.records), sessions(), lambda: (GENERIC,))
    assert asyncio.run(counted.days()) == (DAY, NEXT_DAY)
    assert asyncio.run(counted.month(GENERIC, NEXT_DAY)).days == 1
