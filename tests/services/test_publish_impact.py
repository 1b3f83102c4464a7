"""What publishing a curve would change: prices of quoted contracts, own orders past them, edge in yuan."""

import pytest

from terminal.domain.contracts import Right
from terminal.domain.orders import Instruction
from terminal.services.curves import Adjusting
from terminal.services.publish_impact import PublishImpact
from terminal.services.valuation import Figure
from tests.services.analysis_rig import CODE, FAR, NEAR, Rig


@pytest.fixture
def rig() -> Rig:
    rig = Rig()
    rig.valuation.refresh(CODE)
    return rig


def impact(rig: Rig) -> PublishImpact:
    found = rig.curves.impact(CODE, NEAR)
    assert found is not None
    return found


@pytest.mark.requirement("T5")
def test_one_point_of_volatility_is_vega(rig: Rig) -> None:
    """All contracts of the expiry where none is quoted; a shift by 1 point moves each by its vega."""
    assert rig.curves.impact(CODE, NEAR) is None
    rig.curves.adjust(CODE, NEAR, Adjusting.SHIFT, 0.01)
    found = impact(rig)
    assert not found.is_quoted
    assert found.contracts == 26
    assert 18 <= found.moved <= 26
    row = rig.market.row_of[rig.find(Right.CALL, "2.50").code]
    vega_ticks = rig.valuation.values[Figure.VEGA, row] / 10_000 * 10_000
    assert found.most_ticks == pytest.approx(vega_ticks, rel=0.02)
    assert 0 < found.mean_ticks < found.most_ticks
    assert (found.past_theoretical, found.edge_yuan) == (0, 0.0)
    assert rig.curves.impact(CODE, FAR) is None


def test_own_orders_gain_and_lose_and_may_stand_past_it(rig: Rig) -> None:
    """Bids gain what the price rises, offers lose it: 3 of 10,000 shares against 1 leaves two vegas."""
    call = rig.find(Right.CALL, "2.50")
    row = rig.market.row_of[call.code]
    middle = rig.valuation.values[Figure.MID, row]
    rig.order(call, Instruction.BUY_OPEN, f"{middle - 0.0010:.4f}", 3)
    rig.order(call, Instruction.SELL_OPEN, f"{middle + 0.0010:.4f}", 1)
    rig.curves.adjust(CODE, NEAR, Adjusting.SHIFT, 0.01)
    found = impact(rig)
    assert found.is_quoted
    assert (found.contracts, found.moved) == (1, 1)
    assert found.edge_yuan == pytest.approx(2 * rig.valuation.values[Figure.VEGA, row], rel=0.02)
    assert found.past_theoretical == 1, "a point is worth 20 ticks here: the offer is below the new price"
    rig.curves.publish(CODE, NEAR)
    assert rig.curves.impact(CODE, NEAR) is None
