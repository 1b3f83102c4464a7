"""The timetable of a trading day (rulebook 2.4): who may do what at which second."""

from datetime import UTC, date, datetime, time, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import SHANGHAI
from terminal.domain.orders import OrderType
from terminal.domain.phases import Phase
from terminal.rules.profile import Profile
from terminal.rules.sessions import (
    PHASES_OF,
    DaySchedule,
    Entry,
    market_orders_allowed,
    order_type_allowed,
    takes,
    takes_orders,
    trading_phase_code,
)

DAY = date(2025, 11, 20)


def at(clock: str) -> datetime:
    return datetime.combine(DAY, time.fromisoformat(clock), SHANGHAI)


@pytest.fixture(scope="module")
def schedule(profile: Profile) -> DaySchedule:
    """Give a plain day."""
    return DaySchedule.of(profile.sessions, DAY)


@pytest.mark.requirement("O2", "O3")
@pytest.mark.parametrize(
    ("clock", "phase", "ends", "orders", "cancels"),
    [
        ("00:00:00", Phase.PRE_OPEN, "09:15", False, False),
        ("09:14:59.999999", Phase.PRE_OPEN, "09:15", False, False),
        ("09:15:00", Phase.OPENING_AUCTION, "09:25", True, True),
        ("09:19:59.999999", Phase.OPENING_AUCTION, "09:25", True, True),
        ("09:20:00", Phase.OPENING_AUCTION, "09:25", True, False),
        ("09:25:00", Phase.PRE_OPEN, "09:30", False, False),
        ("09:30:00", Phase.CONTINUOUS, "11:30", True, True),
        ("11:29:59.999999", Phase.CONTINUOUS, "11:30", True, True),
        ("11:30:00", Phase.LUNCH, "13:00", False, False),
        ("13:00:00", Phase.CONTINUOUS, "14:57", True, True),
        ("14:57:00", Phase.CLOSING_AUCTION, "15:00", True, True),
        ("14:59:00", Phase.CLOSING_AUCTION, "15:00", True, False),
        ("15:00:00", Phase.AFTER_CLOSE, "15:30", False, False),
        ("15:29:59.999999", Phase.AFTER_CLOSE, "15:30", False, False),
        ("15:30:00", Phase.CLOSED, None, False, False),
        ("23:59:59", Phase.CLOSED, None, False, False),
    ],
)
def test_each_moment_has_its_phase(
    schedule: DaySchedule, clock: str, phase: Phase, ends: str | None, orders: bool, cancels: bool
) -> None:
    now = at(clock)
    assert schedule.phase_at(now) is phase
    assert schedule.phase_end(now) == (at(ends) if ends else None)
    assert schedule.accepts_orders(now) is orders
    assert schedule.accepts_cancels(now) is cancels


def test_every_change_of_the_day_is_a_boundary(schedule: DaySchedule) -> None:
    clocks = "09:15 09:20 09:25 09:30 11:30 13:00 14:57 14:59 15:00 15:30".split()  # noqa: SIM905 - reads as a timetable
    assert schedule.boundaries == tuple(at(clock) for clock in clocks)


@pytest.mark.fault("F85")
def test_other_days_are_before_the_open_or_after_the_close(schedule: DaySchedule) -> None:
    one = timedelta(days=1)
    assert schedule.phase_at(at("10:00") - one) is Phase.PRE_OPEN
    assert schedule.phase_at(at("10:00") + one) is Phase.CLOSED


def test_moments_of_other_zones_mean_the_same_instant(schedule: DaySchedule) -> None:
    assert schedule.phase_at(datetime(2025, 11, 20, 1, 30, tzinfo=UTC)) is Phase.CONTINUOUS


def test_a_moment_without_a_zone_is_not_guessed_at(schedule: DaySchedule) -> None:
    with pytest.raises(TypeError, match="naive"):
        schedule.phase_at(at("10:00").replace(tzinfo=None))


def test_a_profile_without_a_gap_after_the_auction_goes_straight_on(profile: Profile) -> None:
    sessions = msgspec.structs.replace(profile.sessions, morning=(time(9, 25), time(11, 30)))
    schedule = DaySchedule.of(sessions, DAY)
    assert schedule.phase_at(at("09:25")) is Phase.CONTINUOUS
    assert schedule.phase_end(at("09:24")) == at("09:25")


@pytest.mark.requirement("O3")
@pytest.mark.parametrize("phase", Phase)
def test_only_plain_limit_orders_gather_in_auctions_and_halts(phase: Phase) -> None:
    gathers = phase in {Phase.OPENING_AUCTION, Phase.CLOSING_AUCTION, Phase.BREAKER, Phase.HALTED}
    trades = phase is Phase.CONTINUOUS
    assert takes_orders(phase) is (gathers or trades)
    assert market_orders_allowed(phase) is trades
    allowed = {order_type for order_type in OrderType if order_type_allowed(order_type, phase)}
    assert allowed == (set(OrderType) if trades else {OrderType.LIMIT} if gathers else set())


ALL_DAY = "OICQNLXE"
#: One letter for each kind: order, immediate order, cancel, quote, inquiry (N), lock, combination (X), exercise
LETTERS = dict(zip(ALL_DAY, Entry, strict=True))


@pytest.mark.requirement("O2", "O3")
@pytest.mark.parametrize(
    ("clock", "taken"),
    [
        ("09:14:59", ""),
        ("09:15:00", "OCQLE"),
        ("09:20:00", "OQLE"),
        ("09:25:00", ""),
        ("09:30:00", "OICQNLXE"),
        ("11:30:00", ""),
        ("13:00:00", "OICQNLXE"),
        ("14:57:00", "OCQLXE"),
        ("14:59:00", "OQLXE"),
        ("15:00:00", "LXE"),
        ("15:14:59", "LXE"),
        ("15:15:00", "E"),
        ("15:29:59", "E"),
        ("15:30:00", ""),
    ],
)
def test_what_may_be_entered_at_each_moment(schedule: DaySchedule, clock: str, taken: str) -> None:
    found = {letter for letter, entry in LETTERS.items() if schedule.accepts(entry, at(clock))}
    assert "".join(letter for letter in ALL_DAY if letter in found) == taken


@pytest.mark.parametrize(
    ("phase", "taken"),
    [
        (Phase.PRE_OPEN, ""),
        (Phase.OPENING_AUCTION, "OCQLE"),
        (Phase.CONTINUOUS, "OICQNLXE"),
        (Phase.LUNCH, ""),
        (Phase.CLOSING_AUCTION, "OCQLXE"),
        (Phase.AFTER_CLOSE, "LXE"),
        (Phase.CLOSED, ""),
        (Phase.HALTED, "OCLXE"),
        (Phase.BREAKER, "OCQLXE"),
    ],
)
def test_each_row_of_the_table_of_phases(phase: Phase, taken: str) -> None:
    assert "".join(letter for letter, entry in LETTERS.items() if takes(entry, phase)) == taken


def test_the_table_has_a_row_for_every_phase_and_kind() -> None:
    assert set(PHASES_OF) == set(Entry) == set(LETTERS.values())


def test_a_profile_without_windows_after_the_close_ends_with_the_closing_auction(profile: Profile) -> None:
    none = msgspec.structs.replace(profile.sessions, exercise=(), combination=(), covered_lock=())
    schedule = DaySchedule.of(none, DAY)
    assert schedule.phase_at(at("15:00")) is Phase.CLOSED
    assert not schedule.accepts(Entry.EXERCISE, at("10:00"))


@pytest.mark.parametrize(
    ("phase", "suspended", "restricted", "code"),
    [
        # Rulebook 10.2: c1 phase, c2 suspension, c3 restriction (2 sell-open + 4 buy-open), c4 orders accepted
        (Phase.PRE_OPEN, False, False, "S000"),
        (Phase.OPENING_AUCTION, False, False, "C001"),
        (Phase.CONTINUOUS, False, False, "T001"),
        (Phase.CONTINUOUS, False, True, "T061"),
        (Phase.LUNCH, False, False, "B000"),
        (Phase.BREAKER, False, False, "V001"),
        (Phase.HALTED, False, True, "P061"),
        (Phase.CLOSING_AUCTION, False, False, "U001"),
        (Phase.AFTER_CLOSE, False, False, "E000"),
        (Phase.CLOSED, False, True, "E060"),
        (Phase.CONTINUOUS, True, False, "P100"),
        (Phase.AFTER_CLOSE, True, False, "E100"),
    ],
)
def test_trading_phase_code(profile: Profile, phase: Phase, suspended: bool, restricted: bool, code: str) -> None:
    found = trading_phase_code(phase, profile.phase_codes, suspended=suspended, opening_restricted=restricted)
    assert found == code


@given(seconds=st.integers(0, 24 * 3600 - 1))
def test_nothing_changes_between_two_boundaries(profile: Profile, seconds: int) -> None:
    schedule = DaySchedule.of(profile.sessions, DAY)
    now = at("00:00") + timedelta(seconds=seconds)
    change = next((boundary for boundary in schedule.boundaries if boundary > now), None)
    last = change - timedelta(microseconds=1) if change else at("23:59:59")

    def state(moment: datetime) -> tuple[Phase, bool, bool]:
        return schedule.phase_at(moment), schedule.accepts_orders(moment), schedule.accepts_cancels(moment)

    assert state(now) == state(last)
    assert change is None or state(change) != state(last)


@pytest.mark.parametrize(
    ("entry", "since", "first"),
    [
        (Entry.ORDERS, "11:30:00", "13:00:00"),  # a margin call not met by 11:30 is closed for after lunch (rulebook 9)
        (Entry.ORDERS, "11:29:59", "11:29:59"),
        (Entry.ORDERS, "09:25:00", "09:30:00"),
        (Entry.ORDERS, "15:00:00", None),
        (Entry.CANCELS, "09:20:00", "09:30:00"),
        (Entry.COMBINATIONS, "11:30:00", "13:00:00"),
        (Entry.LOCKS, "00:00:00", "09:15:00"),
    ],
)
def test_the_first_moment_at_which_something_is_taken(
    schedule: DaySchedule, entry: Entry, since: str, first: str | None
) -> None:
    assert schedule.first_accepted(entry, at(since)) == (at(first) if first else None)
