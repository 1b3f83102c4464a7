"""Quotes as pairs of orders: an account that may not quote, and a venue that has no quotes."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from terminal.domain.messages import Capability, SubmitOrder, SubmitQuotes
from terminal.domain.orders import Instruction, OrderStatus
from terminal.domain.reasons import Reason
from terminal.services.quotes_as_orders import is_side
from terminal.strategies.entry import StrategyState
from tests.harness import ACCOUNT, CALL, FUND, PUT, DeskRig, World, limit, play
from tests.quoting_rig import MAKER, quote, with_limits
from tests.stories.maker import open_quoting

pytestmark = pytest.mark.requirement("M3")
Story = Callable[[World, DeskRig], Awaitable[None]]


def pairs(tmp_path: Path, story: Story) -> None:
    """A client's desk, recovered and with theoretical prices."""

    async def told(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        rig.theoretical.settle(FUND)
        assert rig.quoting._dispatch.as_orders
        await story(world, rig)

    play(tmp_path, told)


def sides(rig: DeskRig) -> list[tuple[str, Instruction, Decimal | None, int]]:
    """Orders that lie in the book as halves of quotes."""
    return [
        (order.contract_code, order.instruction, order.price, order.quantity)
        for order in rig.desk.orders.orders
        if is_side(order.client_order_id) and not order.status.is_final
    ]


def orders_sent(rig: DeskRig) -> int:
    return sum(isinstance(command, SubmitOrder) for command in rig.gateway.sent)


def test_a_quote_of_an_account_that_is_no_maker_goes_as_two_orders(tmp_path: Path) -> None:
    async def story(world: World, rig: DeskRig) -> None:
        assert rig.quoting.quote(quote(PUT, "0.0650", "0.0720")) is None
        await world.settle()
        assert sides(rig) == [
            (PUT, Instruction.BUY_OPEN, Decimal("0.0650"), 5),
            (PUT, Instruction.SELL_OPEN, Decimal("0.0720"), 5),
        ]
        live = rig.quoting.live(PUT)
        assert live is not None
        assert (live.bid, live.bid_quantity, live.ask, live.ask_quantity) == (650, 5, 720, 5)
        assert not any(isinstance(command, SubmitQuotes) for command in rig.gateway.sent)
        # Halves of a quote are nobody's single orders: counted once, and not twice with the quote
        assert rig.desk.orders.working() == []
        assert rig.quoting.unanswered == 0

    pairs(tmp_path, story)


def test_a_venue_without_quotes_gets_orders_of_a_maker_too(tmp_path: Path) -> None:
    async def told(world: World) -> None:
        there = tuple(c for c in world.options.capabilities if c is not Capability.QUOTES)
        world.options = replace(world.options, capabilities=there)
        await world.kill_venue()
        world.open_venue()
        rig = await world.open_desk("D1", MAKER)
        await world.settle()
        rig.theoretical.settle(FUND)
        assert rig.quoting.quote(quote(PUT, "0.0650", "0.0720")) is None
        await world.settle()
        assert len(sides(rig)) == 2

    play(tmp_path, told)


def test_what_changes_is_gone_before_the_new_one_enters_and_what_stays_keeps_its_place(tmp_path: Path) -> None:
    async def story(world: World, rig: DeskRig) -> None:
        rig.quoting.quote(quote(PUT, "0.0698", "0.0702"))
        await world.settle()
        sent = orders_sent(rig)
        rig.quoting.quote(quote(PUT, "0.0699", "0.0702"))
        await world.settle()
        assert orders_sent(rig) == sent + 1
        live = rig.quoting.live(PUT)
        assert live is not None
        assert (live.bid, live.ask) == (699, 702)
        # Above where the ask was: both leave first, so the two never meet
        rig.quoting.quote(quote(PUT, "0.0704", "0.0706"))
        await world.settle()
        assert [(p, n) for _, _, p, n in sides(rig)] == [(Decimal("0.0704"), 5), (Decimal("0.0706"), 5)]
        assert world.market.self_trades == 0

    pairs(tmp_path, story)


def test_of_many_quotes_in_a_breath_the_newest_stands(tmp_path: Path) -> None:
    async def story(world: World, rig: DeskRig) -> None:
        for bid in ("0.0650", "0.0651", "0.0652", "0.0653"):
            rig.quoting.quote(quote(PUT, bid, "0.0720"))
        await world.settle()
        assert [p for _, _, p, _ in sides(rig)] == [Decimal("0.0720"), Decimal("0.0653")]
        assert (rig.quoting.unanswered, rig.quoting.refused) == (0, 0)

    pairs(tmp_path, story)


def test_a_side_that_trades_is_booked_and_not_entered_again(tmp_path: Path) -> None:
    async def story(world: World, rig: DeskRig) -> None:
        other = await world.open_desk("D2", "ACC2")
        rig.quoting.quote(quote(PUT, "0.0698", "0.0705"))
        await world.settle()
        await other.desk.orders.submit(limit(PUT, "0.0698", 2, Instruction.SELL_OPEN))
        await world.settle()
        live = rig.quoting.live(PUT)
        assert live is not None
        assert (live.bid_quantity, live.ask_quantity) == (3, 5)
        assert len(sides(rig)) == 2
        await other.desk.orders.submit(limit(PUT, "0.0698", 3, Instruction.SELL_OPEN))
        await world.settle()
        assert [i for _, i, _, _ in sides(rig)] == [Instruction.SELL_OPEN]
        # Half gone is still a quote of one side; the next one is whole again
        rig.quoting.quote(quote(PUT, "0.0697", "0.0705"))
        await world.settle()
        assert len(sides(rig)) == 2
        position = next(iter(rig.desk.portfolio.positions.values()))
        assert position.quantity == 5

    pairs(tmp_path, story)


def test_one_side_that_is_refused_takes_the_other_with_it(tmp_path: Path) -> None:
    async def story(world: World, rig: DeskRig) -> None:
        # More than the account has money to be short of
        assert rig.quoting.quote(quote(PUT, "0.0650", "0.0720", 5, 5_000)) is None
        await world.settle()
        assert sides(rig) == []
        assert rig.quoting.live(PUT) is None
        assert (rig.quoting.refused, rig.quoting.unanswered) == (1, 0)

    pairs(tmp_path, story)


def test_taking_quotes_out_takes_their_orders_out(tmp_path: Path) -> None:
    async def story(world: World, rig: DeskRig) -> None:
        for code, bid, ask in ((PUT, "0.0650", "0.0720"), (CALL, "0.4500", "0.4800")):
            rig.quoting.quote(quote(code, bid, ask))
        await world.settle()
        assert len(sides(rig)) == 4
        rig.quoting.cancel(CALL)
        await world.settle()
        assert {code for code, *_ in sides(rig)} == {PUT}
        assert rig.quoting.live(CALL) is None
        # Under way when it is taken out: it never stays behind
        rig.quoting.quote(quote(PUT, "0.0655", "0.0715"))
        rig.quoting.cancel()
        await world.settle()
        assert sides(rig) == []
        assert rig.quoting.live(PUT) is None
        assert rig.quoting.unanswered == 0

    pairs(tmp_path, story)


def test_an_order_that_somebody_else_cancels_ends_the_quote(tmp_path: Path) -> None:
    async def story(world: World, rig: DeskRig) -> None:
        rig.quoting.quote(quote(PUT, "0.0650", "0.0720"))
        await world.settle()
        await rig.desk.orders.cancel_all()
        await world.settle()
        assert sides(rig) == []
        assert rig.quoting.live(PUT) is None

    pairs(tmp_path, story)


def test_contracts_beyond_the_messages_that_are_left_wait(tmp_path: Path) -> None:
    async def story(world: World, rig: DeskRig) -> None:
        with_limits(rig, messages_per_second=5, cancel_reserve=0.0)
        batch = rig.quoting.batch_of([quote(PUT, "0.0650", "0.0720"), quote(CALL, "0.4500", "0.4800")])
        outcome = rig.quoting.submit(batch)
        assert [d.reason for _, d in rig.quoting.denials(outcome)] == [Reason.MESSAGES_SECOND]
        await world.settle()
        assert {code for code, *_ in sides(rig)} == {PUT}

    pairs(tmp_path, story)


@pytest.mark.fault("F04", "F51")
def test_a_desk_that_is_killed_finds_no_half_quote_that_nobody_minds(tmp_path: Path) -> None:
    async def story(world: World, rig: DeskRig) -> None:
        rig.quoting.quote(quote(PUT, "0.0650", "0.0720"))
        await world.settle()
        await world.kill_desk("D1")
        again = await world.open_desk("D1", ACCOUNT)
        await world.settle()
        assert [order.status for order in again.desk.orders.orders] == [OrderStatus.CANCELLED] * 2
        assert again.desk.orders.working() == []

    pairs(tmp_path, story)


@pytest.mark.fault("F05")
def test_a_line_that_breaks_and_comes_back_leaves_whole_quotes_or_none(tmp_path: Path) -> None:
    async def story(world: World, rig: DeskRig) -> None:
        rig.quoting.quote(quote(PUT, "0.0650", "0.0720"))
        await world.settle()
        rig.gateway.cut()
        rig.quoting.quote(quote(PUT, "0.0655", "0.0715"))
        await world.settle()
        rig.gateway.connect()
        await world.settle()
        assert len(sides(rig)) in (0, 2)
        assert (rig.quoting.live(PUT) is not None) == bool(sides(rig))
        assert rig.quoting.unanswered == 0

    pairs(tmp_path, story)


def test_a_quoter_of_a_client_quotes_by_orders(tmp_path: Path) -> None:
    async def told(world: World) -> None:
        maker = await open_quoting(world, account=ACCOUNT)
        assert maker.rig.quoting._dispatch.as_orders
        await maker.beat(3)
        assert maker.state is StrategyState.RUNNING
        assert len(sides(maker.rig)) == 4
        before = sides(maker.rig)
        maker.tick(120)
        await maker.beat(2)
        assert len(sides(maker.rig)) == 4
        assert sides(maker.rig) != before
        maker.engine.stop("quoter", "seen", "ann")
        await maker.settle()
        assert sides(maker.rig) == []
        assert world.market.self_trades == 0

    play(tmp_path, told)
