"""What is mine in the chain: orders at the touch and behind, positions."""

import pytest

from terminal.domain.accounts import Position, PositionSide
from terminal.domain.contracts import Right
from terminal.domain.orders import Side
from terminal.views.appearance import Appearance
from terminal.views.chain.style import (
    Ink,
    Mark,
)
from tests.views.chain.stage import Seen, ink, near
from tests.views.desk_rig import account_report

SPOT = "510050"


@pytest.mark.requirement("T1")
def test_my_orders_at_the_touch_and_behind(seen: Seen, appearance: Appearance) -> None:
    call = seen.contract(Right.CALL, "2.60")
    seen.quote(call, bid_price=500, ask_price=510)
    seen.work(call, Side.BUY, 500, 10)
    seen.work(call, Side.SELL, 513, 7)
    seen.work(call, Side.SELL, 513, 5)
    seen.work(call, Side.SELL, 520, 99)
    seen.panel.flush()
    assert seen.text(call, "my_bid") == "10 × 0.0500"
    assert seen.text(call, "my_ask") == "0.0513 × 12"
    assert seen.style(call, "my_bid") & Mark.OWN_TOUCH
    assert seen.style(call, "my_ask") & Mark.OWN_BEHIND
    assert near(seen.colours(call, "my_bid"), appearance.theme.own_fill, 6) > 300
    assert near(seen.colours(call, "my_ask"), appearance.theme.own_fill, 6) == 0
    assert ink(seen.style(seen.contract(Right.PUT, "2.60"), "my_bid")) is Ink.FAINT


@pytest.mark.requirement("T1")
def test_position_is_net_and_covered_is_marked(seen: Seen, appearance: Appearance) -> None:
    call, put = seen.contract(Right.CALL, "2.60"), seen.contract(Right.PUT, "2.40")
    seen.desk.on_event(
        account_report(
            Position(contract_code=call.code, side=PositionSide.LONG, quantity=5),
            Position(contract_code=call.code, side=PositionSide.COVERED, quantity=8),
            Position(contract_code=put.code, side=PositionSide.SHORT, quantity=3),
        )
    )
    seen.panel.flush()
    assert seen.text(call, "position") == "−3c"
    assert seen.text(put, "position") == "−3"
    assert ink(seen.style(put, "position")) is Ink.POSITION
    assert seen.text(seen.contract(Right.PUT, "2.60"), "position") == "–"
