"""The measure: worked days, and every day against a count of each half second."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain.account_rights import AccountKind
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput
from terminal.domain.phases import Phase
from terminal.rules.obligations.clock import QuotingState, Total
from terminal.rules.obligations.measure import Measure
from terminal.rules.obligations.score import score
from terminal.rules.obligations.terms import Terms
from terminal.rules.obligations.validity import ExemptCause, QuoteFault
from terminal.rules.sessions import DaySchedule
from tests.rules.obligations.day import DAY, GENERAL, PRIMARY, A, B, at, day, gone, live, quoted, terms_of, timetable


@pytest.mark.requirement("M6", "X1")
def test_a_quoted_morning_is_seven_tenths_of_the_day_it_owes() -> None:
    # continuous trading 09:30-11:30 and 13:00-14:57 (rulebook 2.4) owes 14,220 s
    measure = day()
    live(measure, "09:00:00")
    measure.advance(at("11:00:00"))
    figures = measure.figures()
    assert (figures.compliant[0], figures.missed[0], figures.participation[0]) == (5400.0, 0.0, 1.0)
    assert figures.remaining_us[0] / 1e6 == 14_220 - 5400
    gone(measure, "13:00:00")
    measure.advance(at("13:10:00"))
    figures = measure.figures()
    assert (figures.compliant[0], figures.missed[0]) == (7200.0, 600.0)
    # 70 % of 14,220 is 9,954: 4,266 may be missed, 600 are
    assert figures.slack[0] == 3666.0
    assert (figures.failed[0], figures.safe[0]) == (False, False)
    assert figures.forecast[0] == pytest.approx(7200 / 14_220)
    assert figures.best[0] == pytest.approx(13_620 / 14_220)
    assert figures.faults == (QuoteFault.NO_QUOTE,)
    measure.advance(at("15:30:00"))
    figures = measure.figures()
    assert (figures.obligated[0], figures.states[0]) == (14_220.0, QuotingState.OFF)
    assert (figures.failed[0], figures.contract_rate) == (True, 0.0)


@pytest.mark.requirement("M6")
def test_time_weighted_spread_and_size() -> None:
    measure = day()
    live(measure, "09:30:00", ask=4700, size=10)
    live(measure, "09:31:00", ask=4830, size=30)
    measure.advance(at("09:33:00"))
    figures = measure.figures()
    # one minute of 0.0070 and 10, two of 0.0200 and 30
    assert figures.spread[0] == pytest.approx((0.0070 + 2 * 0.0200) / 3)
    assert figures.size[0] == pytest.approx(70 / 3)
    assert figures.spread_use[0] == pytest.approx((70 / 463 + 2 * 200 / 463) / 3, abs=1e-5)
    gained = score(figures, measure.inquiries.summary(figures.now_us))
    assert gained.participation == 1.0
    assert gained.spread == pytest.approx(1 - figures.spread_use[0])
    # the full size is twice the smallest, 20: one minute half, two minutes full, as a mean of the day's size
    assert gained.size == 1.0
    # nobody asked: the weights left are 0.5, 0.2 and 0.2
    assert gained.total == pytest.approx((0.5 + 0.2 * gained.spread + 0.2) / 0.9)


@pytest.mark.requirement("M6")
def test_a_fill_excuses_two_minutes() -> None:
    # rulebook 8.3, 8.4: a new quote within 120 s of a fill counts as quoting
    measure = day()
    live(measure, "09:30:00")
    measure.on_fill(A, at("09:31:00"))
    measure.on_quote(A, 4630, 3, 4700, 10, "q", at("09:31:00"))
    measure.on_fill(A, at("09:32:00"))  # of a quote that does not count: no new grace
    gone(measure, "09:32:00")
    measure.advance(at("09:32:30"))
    assert (measure.state(A), measure.figures().grace[0]) == (QuotingState.GRACE, 90.0)
    live(measure, "09:34:00")
    measure.advance(at("09:35:00"))
    figures = measure.figures()
    assert (figures.compliant[0], figures.grace[0], figures.missed[0]) == (240.0, 120.0, 60.0)
    assert [(s.state, s.detail, (s.end - s.begin) // 1_000_000) for s in measure.stretches(A)] == [
        (QuotingState.LIVE, "", 60),
        (QuotingState.GRACE, "bid_size", 60),
        (QuotingState.GRACE, "no_quote", 60),
        (QuotingState.MISSED, "no_quote", 60),
        (QuotingState.LIVE, "", 60),
    ]


@pytest.mark.requirement("X1")
@pytest.mark.fault("F34")
def test_a_halt_and_a_breaker_auction_exempt_and_are_told_apart() -> None:
    measure = day()
    live(measure, "09:30:00")
    measure.on_phase(A, Phase.BREAKER, at("10:00:00"))
    measure.on_exemption(A, ExemptCause.LIMIT_UP, True, at("10:02:00"))
    measure.on_phase(A, Phase.CONTINUOUS, at("10:03:00"))
    measure.on_phase(A, Phase.HALTED, at("10:04:00"))
    measure.on_exemption(A, ExemptCause.LIMIT_UP, False, at("10:05:00"))
    measure.advance(at("10:06:00"))
    assert measure.causes(A) == (ExemptCause.HALT,)
    figures = measure.figures()
    by = {cause: float(figures.exempt_by(cause)[0]) for cause in ExemptCause}
    assert {cause: seconds for cause, seconds in by.items() if seconds} == {
        ExemptCause.BREAKER: 180.0,
        ExemptCause.LIMIT_UP: 60.0,
        ExemptCause.HALT: 120.0,
    }
    assert (figures.compliant[0], figures.exempt[0]) == (1800.0, 360.0)


def test_the_simulation_owes_auctions_and_breaker_auctions() -> None:
    # rulebook 8.2: quotes in opening, closing and breaker auctions too: 600 + 14,220 + 180 s
    measure = day(terms=terms_of("sse_simulation_2014"))
    measure.on_phase(A, Phase.BREAKER, at("10:00:00"))
    measure.advance(at("15:30:00"))
    assert measure.figures().missed[0] == 15_000.0


def test_a_contract_halted_all_day_or_restricted_owes_nothing() -> None:
    contracts = [quoted(A, suspended=True), quoted(B, opening_restricted=True), quoted("10000003")]
    measure = Measure(terms_of("sse_generic"), contracts, timetable(), PRIMARY)
    live(measure, "09:00:00", "10000003")
    measure.advance(at("10:00:00"))
    assert measure.figures().counted.tolist() == [False, False, True]
    measure.advance(at("15:30:00"))
    figures = measure.figures()
    assert figures.counted.tolist() == [False, False, True]
    assert (figures.contract_rate, figures.required_contracts) == (1.0, 1)
    assert np.isnan(figures.participation[:2]).all()


@pytest.mark.requirement("M3")
def test_a_general_maker_owes_no_time() -> None:
    measure = day(kind=GENERAL)
    measure.advance(at("15:30:00"))
    assert measure.figures().obligated[0] == 0.0
    with pytest.raises(BadInput, match="market maker"):
        day(kind=AccountKind.INSTITUTION)


@pytest.mark.requirement("M7")
def test_four_of_five_contracts_must_reach_it_and_the_fourth_decides_the_day() -> None:
    codes = tuple(str(10000001 + n) for n in range(5))
    measure = day(*codes)
    for number, code in enumerate(codes):
        live(measure, f"09:3{number}:00", code)
    measure.advance(at("09:40:00"))
    figures = measure.figures()
    assert figures.required_contracts == 4
    assert figures.contracts_to_spare == 1
    assert figures.first_to_fail() == codes[::-1]
    assert figures.slack.tolist() == [4266.0 - 60 * n for n in range(5)]
    assert figures.contract_rate == 0.8
    assert figures.participation_by_underlying() == {"510050": pytest.approx((3000 - 600) / 3000)}
    late = day(*codes)
    late.advance(at("15:00:00"))
    assert late.figures().contracts_to_spare == -4


def test_an_event_before_the_last_one_counts_from_that_one() -> None:
    measure = day()
    live(measure, "09:40:00")
    gone(measure, "09:35:00")
    measure.advance(at("09:41:00"))
    assert measure.figures().compliant[0] == 0.0
    assert measure.figures().missed[0] == 660.0


def test_a_delta_outside_the_range_exempts_under_the_terms_that_know_one() -> None:
    # rulebook 8.3: abs(delta) 0.1-0.9
    measure = day(terms=terms_of("deribit"))
    measure.on_delta(A, -0.05, at("09:40:00"))
    measure.on_delta(A, 0.5, at("09:50:00"))
    measure.on_delta(A, None, at("09:55:00"))
    measure.advance(at("10:00:00"))
    assert measure.figures().exempt_by(ExemptCause.DELTA)[0] == 600.0
    assert measure.figures().missed[0] == 1200.0


# ---- against a count of each half second

STEP = timedelta(seconds=0.5)
MIDNIGHT = datetime.combine(DAY, time.min, SHANGHAI)
EDGES = ((0, Phase.PRE_OPEN), (10, Phase.CONTINUOUS), (40, Phase.LUNCH), (52, Phase.CONTINUOUS), (80, Phase.CLOSED))
SHORT = DaySchedule(
    DAY, tuple([(MIDNIGHT + second * STEP, phase) for second, phase in EDGES]), (), MappingProxyType({})
)
END = 95
GRACE = 3
"""Seconds"""
#: bid, size, ask, size and whether it counts: at 500 the spread is at most 50, and 10 are asked
QUOTES = (
    ((500, 10, 550, 10), True),
    ((520, 25, 541, 12), True),
    ((500, 10, 551, 10), False),
    ((500, 9, 510, 10), False),
    ((0, 0, 510, 10), False),
    ((0, 0, 0, 0), False),
)
FLAGS = (ExemptCause.VENUE_FAILURE, ExemptCause.HALT, ExemptCause.LIMIT_DOWN, ExemptCause.DELTA)


@dataclass(frozen=True)
class Event:
    step: int
    kind: str
    choice: int


EVENTS = st.lists(
    st.builds(
        Event,
        st.integers(0, END),
        st.sampled_from(["quote", "quote", "quote", "fill", "exempt", "hand", "lift"]),
        st.integers(0, 23),
    ),
    max_size=25,
).map(lambda events: sorted(events, key=lambda event: event.step))


def short_terms() -> Terms:
    terms = terms_of("sse_generic")
    return msgspec.structs.replace(terms, fills=msgspec.structs.replace(terms.fills, grace_seconds=GRACE))


def brute(events: list[Event], until: int) -> dict[str, int]:
    """Look at each half second by itself: what holds in it is what the events up to its beginning left."""
    counts: dict[str, int] = {}
    for step in range(until):
        phase = [phase for begin, phase in EDGES if begin <= step][-1]
        if phase is not Phase.CONTINUOUS:
            continue
        quote, flags, filled, hands = 5, set[ExemptCause](), None, dict[int, int]()
        for number, event in enumerate(events):
            if event.step > step:
                break
            if event.kind == "quote":
                quote = event.choice % len(QUOTES)
            elif event.kind == "fill":
                filled = event.step if QUOTES[quote][1] else filled
            elif event.kind == "hand":
                hands[number] = event.step + event.choice
            elif event.kind == "lift":
                hands.pop(min(hands, default=-1), None)
            else:
                flags ^= {FLAGS[event.choice % len(FLAGS)]}
        causes = [cause for cause in ExemptCause if cause in flags and cause is not ExemptCause.DELTA]
        causes += [ExemptCause.BY_HAND] if any(step < until for until in hands.values()) else []
        if causes:
            name = causes[0].value
        elif QUOTES[quote][1]:
            name = "live"
        else:
            graced = filled is not None and (step - filled) * STEP < timedelta(seconds=GRACE)
            name = "grace" if graced else "missed"
        counts[name] = counts.get(name, 0) + 1
    return counts


def play(measure: Measure, events: list[Event], *, asking: bool = False) -> None:
    flags, hands = set[ExemptCause](), list[int]()
    for number, event in enumerate(events):
        moment = MIDNIGHT + event.step * STEP
        if event.kind == "quote":
            measure.on_quote(A, *QUOTES[event.choice % len(QUOTES)][0], "", moment)
        elif event.kind == "fill":
            measure.on_fill(A, moment)
        elif event.kind == "hand":
            measure.on_hand_exemption(number, [A], moment + event.choice * STEP, moment)
            hands.append(number)
        elif event.kind == "lift":
            if hands:
                measure.on_hand_lifted(hands.pop(0), moment)
        else:
            cause = FLAGS[event.choice % len(FLAGS)]
            flags ^= {cause}
            measure.on_exemption(A, cause, cause in flags, moment)
        if asking:
            measure.advance(moment + STEP * 3)
            measure.figures()


@pytest.mark.requirement("X1", "M6")
@settings(max_examples=150)
@given(EVENTS, st.integers(0, END), st.booleans())
def test_any_day_counts_as_each_half_second_by_itself(events: list[Event], until: int, asking: bool) -> None:
    measure = Measure(short_terms(), [quoted(A)], SHORT, PRIMARY)
    seen = [event for event in events if event.step <= until]
    play(measure, seen, asking=asking)
    measure.now_us = 0
    measure.advance(MIDNIGHT + until * STEP)
    figures = measure.figures()
    found = {
        "live": figures.compliant[0] - figures.grace[0],
        "grace": figures.grace[0],
        "missed": figures.missed[0],
        **{cause.value: figures.exempt_by(cause)[0] for cause in ExemptCause},
    }
    counted = brute(seen, until)
    assert {name: seconds * 2 for name, seconds in found.items() if seconds} == counted
    sums: dict[str, float] = {}
    for stretch in measure.stretches(A):
        name = stretch.detail if stretch.state is QuotingState.EXEMPT else stretch.state.value
        sums[name] = sums.get(name, 0) + (stretch.end - stretch.begin) / 500_000
    assert sums == counted


def test_a_market_that_began_within_the_day_owes_nothing_before() -> None:
    # 13:30 to 14:57 of a continuous afternoon: 5,220 seconds
    measure = Measure(terms_of("sse_generic"), [quoted(A)], timetable(), PRIMARY, at("13:30:00"))
    measure.advance(at("13:40:00"))
    figures = measure.figures()
    assert (figures.missed[0], figures.remaining_us[0]) == (600.0, 4_620_000_000)
    whole = Measure(terms_of("sse_generic"), [quoted(A)], timetable(), PRIMARY, at("09:00:00"))
    assert whole.windows == day().windows


@settings(max_examples=60)
@given(EVENTS)
def test_the_day_fails_with_the_first_microsecond_beyond_the_slack(events: list[Event]) -> None:
    measure = Measure(short_terms(), [quoted(A)], SHORT, PRIMARY)
    play(measure, [event for event in events if event.step <= 30 and event.kind != "exempt"])
    measure.advance(MIDNIGHT + 30 * STEP)
    figures = measure.figures()
    slack = int(measure.figures().slack_us[0])
    # What is exempted by hand, and is known to be for a while yet, is never owed
    ahead = max(0, max((last for _, last in measure._clocks[A].hand), default=0) - measure.now_us)
    exempt = int(figures.totals_us[0, Total.EXEMPT :].sum())
    compliant = int(measure.figures().totals_us[0, 0])
    remaining = int(measure.figures().remaining_us[0])
    assert remaining <= 19_000_000
    assert (remaining == 19_000_000) == (ahead == 0)
    whole = 10_000_000 - exempt + remaining
    enough = Decimal("0.70") * whole
    assert compliant + remaining - slack >= enough > compliant + remaining - slack - 1
