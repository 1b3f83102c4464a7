"""The live risk value: the worst of a grid that is recounted here by hand, its limit, and its alarms."""

import math

import numpy as np
import pytest

from terminal.domain.contracts import Right
from terminal.domain.orders import Instruction
from terminal.rules.protection.risk_value import RiskValueLimits
from terminal.services.events import AlarmKind, AlarmRaised, ClockUpdated, DayBegan
from terminal.services.risk_value import RiskWatch
from tests.services.analysis_rig import FAR, NOW, Rig

pytestmark = pytest.mark.requirement("M9")
LIMITS = RiskValueLimits(spot=0.05, volatility=0.03, worst_loss=20_000)


def watched(rig: Rig, limits: RiskValueLimits = LIMITS) -> tuple[RiskWatch, list[AlarmRaised]]:
    alarms: list[AlarmRaised] = []
    rig.bus.subscribe(AlarmRaised, lambda a: alarms.append(a) if a.kind is AlarmKind.RISK_VALUE else None)
    return RiskWatch(rig.risk, limits, rig.bus, lambda: rig.now, lambda: True), alarms


def tell_the_time(rig: Rig) -> None:
    for _ in range(2):
        rig.bus.publish(ClockUpdated())


def test_it_is_the_worst_full_revaluation_of_the_grid() -> None:
    rig = Rig()
    short = rig.find(Right.CALL, "2.50")
    rig.hold((short, -20))
    watch, _ = watched(rig)
    value = watch.look()
    assert value is not None
    # A short call loses most with the price up and volatility up
    assert (value.spot, value.volatility) == (0.05, 0.03)
    slide = rig.risk.slide(None, [0.05], [0.03])
    assert value.loss == pytest.approx(-float(slide.profit[0, 0, 0]))
    finer = rig.risk.slide(None, np.linspace(-0.05, 0.05, 41), np.linspace(-0.03, 0.03, 13))
    assert value.loss == pytest.approx(-float(finer.profit.min()), rel=1e-6)
    assert value.used == pytest.approx(value.loss / 20_000)


def test_working_orders_count_where_they_make_it_worse() -> None:
    rig = Rig()
    rig.hold((rig.find(Right.CALL, "2.50"), -5))
    watch, _ = watched(rig)
    before = watch.look()
    rig.order(rig.find(Right.CALL, "2.60"), Instruction.SELL_OPEN, "0.0400", 30)
    after = watch.look()
    assert before is not None
    assert after is not None
    assert after.loss > before.loss


def test_each_step_of_the_limit_is_told_once_and_again_after_it_was_left() -> None:
    rig = Rig()
    watch, alarms = watched(rig)
    call = rig.find(Right.CALL, "2.50")
    loss_of_one = 0.0
    for sequence, (count, told) in enumerate(((-1, 0), (-10, 0), (-17, 1), (-18, 1), (-21, 2), (-22, 2), (-2, 2)), 1):
        rig.hold((call, count), sequence=sequence)
        if count == -1:
            value = watch.look()
            assert value is not None
            loss_of_one = value.loss
            watch.set_limits(RiskValueLimits(spot=0.05, volatility=0.03, worst_loss=loss_of_one * 20))
        tell_the_time(rig)
        assert [a.kind for a in alarms] == [AlarmKind.RISK_VALUE] * told, count
    assert [a.figures[0] for a in alarms] == ["80%", "100%"]
    rig.hold((call, -30), sequence=9)
    tell_the_time(rig)
    assert len(alarms) == 3
    rig.bus.publish(DayBegan(NOW.date()))
    assert watch.newest is None


@pytest.mark.fault("F45")
@pytest.mark.parametrize("blank", [0.0, -5.0, math.nan])
def test_a_blank_limit_allows_no_loss_at_all(blank: float) -> None:
    rig = Rig()
    rig.hold((rig.find(Right.PUT, "2.40", FAR), -1))
    watch, alarms = watched(rig, RiskValueLimits(spot=0.05, volatility=0.03, worst_loss=blank))
    value = watch.look()
    assert value is not None
    assert value.used >= 1.0
    assert [a.kind for a in alarms] == [AlarmKind.RISK_VALUE]


@pytest.mark.fault("F28")
def test_what_has_no_price_is_counted() -> None:
    rig = Rig()
    rig.hold((rig.find(Right.CALL, "2.50"), -5))
    rig.market.quotes[1:] = 0
    rig.seconds += 1.0
    watch, _ = watched(rig)
    value = watch.look()
    assert value is not None
    assert value.unpriced == 1


def test_an_account_that_is_not_watched_has_none() -> None:
    rig = Rig()
    watch = RiskWatch(rig.risk, LIMITS, rig.bus, lambda: rig.now, lambda: False)
    tell_the_time(rig)
    assert watch.newest is None
