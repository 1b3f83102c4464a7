"""A price that has moved flashes and fades, a new one does not."""

from terminal.domain.contracts import Right
from terminal.views.chain.style import (
    FLASH_MASK,
    FLASH_SHIFT,
    Mark,
)
from terminal.views.theme import Appearance
from tests.views.chain.stage import Seen, settled
from tests.views.desk_rig import HandClock

SPOT = "510050"


def test_a_moved_price_flashes_and_fades(seen: Seen, monotonic: HandClock, appearance: Appearance) -> None:
    settled(seen, monotonic)
    call = seen.contract(Right.CALL, "2.60")
    bid = int(seen.desk.market.quotes[seen.desk.market.row_of[call.code]][12])
    seen.quote(call, bid_price=bid + 2)
    levels = []
    for _ in range(6):
        seen.panel.flush()
        levels.append((seen.style(call, "bid") & FLASH_MASK) >> FLASH_SHIFT)
        monotonic.seconds += 0.0501
    assert levels == [2, 2, 2, 1, 1, 0]
    seen.quote(call, bid_price=bid + 1)
    seen.panel.flush()
    assert seen.style(call, "bid") & Mark.FLASH_DOWN


def test_a_price_that_moves_every_frame_flashes_at_most_eight_times_a_second(seen: Seen, monotonic: HandClock) -> None:
    settled(seen, monotonic)
    call = seen.contract(Right.CALL, "2.60")
    starts, before = 0, 0.0
    for frame in range(20):
        seen.quote(call, bid_price=400 + frame)
        seen.panel.flush()
        row, column = seen.cell(call, "bid")
        position = seen.view.chain.line_of_row(row)
        assert position is not None
        started = float(seen.view._flashes._started[position, column])
        starts += started != before
        before = started
        monotonic.seconds += 0.05
    assert starts <= 8


def test_new_quotes_after_a_dash_do_not_flash(seen: Seen, monotonic: HandClock) -> None:
    call = seen.contract(Right.CALL, "2.60")
    seen.quote(call, bid_price=0, bid_quantity=0)
    settled(seen, monotonic)
    seen.quote(call, bid_price=470, bid_quantity=3)
    seen.panel.flush()
    assert not seen.style(call, "bid") & FLASH_MASK
