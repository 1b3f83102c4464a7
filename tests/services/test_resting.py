"""What of mine rests in the books: orders and quotes together, by market row."""

from pathlib import Path

import numpy as np
import pytest

from terminal.services.quote_board import QuoteBoard
from terminal.services.resting import resting_of, with_quotes
from tests.harness import CHEAP_CALL, PUT, World, limit, play
from tests.quoting_rig import open_maker, quote


@pytest.mark.requirement("X1")
def test_quotes_that_live_stand_beside_orders(tmp_path: Path) -> None:
    """An order of 3 at 0.0690 and a bid of 5 at 0.0692: 8, the better one best, 0.069125 on average."""

    async def story(world: World) -> None:
        rig = await open_maker(world)
        market = rig.desk.market
        orders = resting_of(rig.orders.working(), market)
        assert with_quotes(orders, rig.quoting.board, market) is orders
        await rig.orders.submit(limit(PUT, "0.0690", 3))
        rig.quoting.submit(rig.quoting.batch_of([quote(PUT, "0.0692", "0.0708")]))
        await world.settle()
        row, other = market.row_of[PUT], market.row_of[CHEAP_CALL]
        orders = resting_of(rig.orders.working(), market)
        assert (orders.bid_quantity[row], orders.best_bid[row]) == (3.0, 0.069)
        assert np.isnan(orders.best_ask[row])
        live = rig.quoting.live(PUT)
        assert live is not None
        both = with_quotes(orders, rig.quoting.board, market)
        assert both.bid_quantity[row] == 3 + live.bid_quantity
        assert (both.best_bid[row], both.best_ask[row]) == (0.0692, 0.0708)
        assert (live.bid_quantity, both.bid_price[row]) == (5, pytest.approx(0.069125))
        assert both.ask_quantity[row] == live.ask_quantity
        assert both.bid_quantity[other] == 0.0
        assert np.isnan(both.best_bid[other])
        assert np.isnan(both.bid_price[other])
        # A board of another day's list is not laid over this one's rows
        assert with_quotes(orders, QuoteBoard(1), market) is orders

    play(tmp_path, story)
