"""Two desks on one venue meet in its book."""

from decimal import Decimal
from pathlib import Path

import pytest

from terminal.domain.accounts import PositionSide
from terminal.domain.messages import PROTOCOL, Hello, Notice, NoticeKind
from terminal.domain.orders import Instruction, OrderStatus
from terminal.venue.counter.counter import FIRST_PARTICIPANT
from terminal.venue.exchange.messages import RegisterMaker, RequestQuote
from tests.harness import CALL, FUND, World, limit, play
from tests.venue.visitor import HELLO, Visitor


@pytest.mark.requirement("O2", "O3")
def test_an_order_of_one_desk_trades_with_a_resting_one_of_the_other(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        seller = await world.open_desk("D1", "SELLER1")
        buyer = await world.open_desk("D2", "BUYER1")
        await world.settle()
        best_bid, best_ask = seller.desk.market.bids(CALL)[0].price, seller.desk.market.asks(CALL)[0].price
        assert best_ask - best_bid > 1, "the crowd must leave room between its quotes"
        inside = f"{Decimal(best_ask - 1).scaleb(-4):f}"
        offer = await seller.orders.submit(limit(CALL, inside, 3, Instruction.SELL_OPEN))
        await world.settle()
        assert seller.order(offer).status is OrderStatus.WORKING
        world.pass_time(0.1, ticks=4)
        await world.settle()
        assert buyer.desk.market.asks(CALL)[0].price == best_ask - 1

        bid = await buyer.orders.submit(limit(CALL, inside, 2))
        await world.settle()

        assert buyer.order(bid).status is OrderStatus.FILLED
        assert seller.order(offer).filled_quantity == 2
        assert (
            [f.price for f in buyer.portfolio.fills] == [f.price for f in seller.portfolio.fills] == [Decimal(inside)]
        )
        assert buyer.held() == {(CALL, PositionSide.LONG): 2}
        assert seller.held() == {(CALL, PositionSide.SHORT): 2}
        assert sum(world.market.counter.trial_balance().values()) == 0

    play(tmp_path, story)


@pytest.mark.requirement("M3")
def test_the_desk_of_a_market_maker_alone_is_told_of_an_inquiry(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        maker, trader = Visitor(world), Visitor(world)
        maker.say(HELLO)
        trader.say(Hello(protocol=PROTOCOL, desk_id="D8", account_id="A8"))
        await world.settle()
        market = world.market
        participant = FIRST_PARTICIPANT + market.counter.account_ids().index("A9")
        market.instruct(RegisterMaker(participant, (FUND,)))
        quiet = next(n for n in range(2, 2 + len(market.contracts)) if not market.exchange.resting_orders(n))
        market.instruct(RequestQuote(1, participant + 1, quiet))
        world.pass_time(0.02)
        await world.settle()
        told = [e for e in maker.heard if isinstance(e, Notice) and e.kind is NoticeKind.INQUIRY]
        assert [notice.codes for notice in told] == [(market.contracts[quiet - 2].code,)]
        assert not [e for e in trader.heard if isinstance(e, Notice) and e.kind is NoticeKind.INQUIRY]

    play(tmp_path, story)
