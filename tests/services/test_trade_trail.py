"""Trades as volatilities: on the known smile, kept as first seen, gone after a minute."""

from datetime import timedelta

import pytest

from terminal.domain.contracts import Contract, Right
from terminal.domain.messages import TradeBatch, TradePrint
from terminal.services.trade_trail import SHOWN_SECONDS, TradeTrail
from tests.services.analysis_rig import CODE, FAR, NEAR, Rig, fair


def trade(rig: Rig, of: Contract, price: float, *, ago: float = 0.0, quantity: int = 3, side: str | None = "B") -> None:
    printed = TradePrint(
        instrument=rig.market.row_of[of.code], price=round(price * 10_000), quantity=quantity,
        at=rig.now - timedelta(seconds=ago), aggressor=side,
    )  # fmt: skip
    rig.market.on_trades(TradeBatch(trades=(printed,)))


@pytest.fixture
def rig() -> Rig:
    rig = Rig()
    rig.valuation.refresh(CODE)
    return rig


@pytest.mark.requirement("T5")
def test_a_trade_stands_at_its_volatility(rig: Rig) -> None:
    trail = TradeTrail(rig.market, rig.valuation)
    call, put = rig.find(Right.CALL, "2.50"), rig.find(Right.PUT, "2.40")
    trade(rig, call, fair(Right.CALL, 2.50, 2.50, rig.now, NEAR), ago=30.0, quantity=7)
    trade(rig, put, fair(Right.PUT, 2.40, 2.50, rig.now, NEAR, 0.05), side="S")
    trade(rig, rig.find(Right.CALL, "2.50", FAR), 0.08)
    seen = trail.look(CODE, NEAR, rig.now)
    assert seen.strike.tolist() == [2.5, 2.4]
    assert seen.volatility == pytest.approx([0.20, 0.259], abs=0.002)
    assert seen.quantity.tolist() == [7, 3]
    assert seen.age == pytest.approx([30 / SHOWN_SECONDS, 0.0])
    assert seen.side.tolist() == [1, -1]
    assert trail.look(CODE, FAR, rig.now).count == 1


def test_it_stays_where_it_was_first_seen_until_it_is_old(rig: Rig) -> None:
    """The underlying falls by 2 %: solved anew, the same price would have another volatility."""
    trail = TradeTrail(rig.market, rig.valuation)
    trade(rig, rig.find(Right.CALL, "2.50"), 0.045)
    first = trail.look(CODE, NEAR, rig.now)
    rig.quote_all(spot=2.45)
    rig.valuation.refresh(CODE)
    rig.now += timedelta(seconds=40)
    assert trail.look(CODE, NEAR, rig.now).volatility.tolist() == first.volatility.tolist()
    rig.now += timedelta(seconds=40)
    assert trail.look(CODE, NEAR, rig.now).count == 0


def test_what_has_no_volatility_is_not_shown(rig: Rig) -> None:
    """A call far inside the money below its intrinsic value."""
    trail = TradeTrail(rig.market, rig.valuation)
    trade(rig, rig.find(Right.CALL, "2.20"), 0.20)
    assert trail.look(CODE, NEAR, rig.now).count == 0
    assert trail.look("999999", NEAR, rig.now).count == 0
