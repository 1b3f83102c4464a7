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
from terminal.rules.sessions import DaySchedule, market_orders_allowed, order_type_allowed, takes_orders

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
        ("15:00:00", Phase.CLOSED, None, False, False),
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
    clocks = "09:15 09:20 09:25 09:30 11:30 13:00 14:57 14:59 15:00".split()  # noqa: SIM905 - reads as a timetable
    assert schedule.boundaries == tuple(at(clock) for clock in clocks)
    assert schedule.next_change(at("09:15")) == at("09:20")
    assert schedule.next_change(at("14:59:30")) == at("15:00")
    assert schedule.next_change(at("15:00")) is None


@pytest.mark.fault("F85")
def test_other_days_are_before_the_open_or_after_the_close(schedule: DaySchedule) -> None:
    one = timedelta(days=1)
    assert schedule.phase_at(at("10:00") - one) is Phase.PRE_OPEN
    assert schedule.phase_at(at("10:00") + one) is Phase.CLOSED
    assert schedule.next_change(at("10:00") - one) == at("09:15")


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


@given(seconds=st.integers(0, 24 * 3600 - 1))
def test_nothing_changes_between_two_boundaries(profile: Profile, seconds: int) -> None:
    schedule = DaySchedule.of(profile.sessions, DAY)
    now = at("00:00") + timedelta(seconds=seconds)
    change = schedule.next_change(now)
    last = change - timedelta(microseconds=1) if change else at("23:59:59")

    def state(moment: datetime) -> tuple[Phase, bool, bool]:
        return schedule.phase_at(moment), schedule.accepts_orders(moment), schedule.accepts_cancels(moment)

    assert state(now) == state(last)
    assert change is None or state(change) != state(last)
