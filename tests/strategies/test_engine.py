"""The engine on a real desk: starts, isolation of strategies that fail, shadow mode."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from terminal.domain.messages import SubmitOrder, TradeBatch, TradePrint
from terminal.domain.orders import Fill, Instruction, Order, OrderStatus
from terminal.domain.ports import RecordKind
from terminal.domain.reasons import Reason
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.services.events import AlarmKind
from terminal.strategies.entry import StrategyState
from terminal.strategies.protocol import Ask, Strategy, View
from tests.harness import FUND, OPEN_SHEET, PUT, START, World, limit, play
from tests.quoting_rig import limits, quote_messages
from tests.strategies.desk_room import Room, open_room


@dataclass(frozen=True)
class Terms:
    """Parameters of a strategy for tests."""

    underlying: str = FUND
    size: int = 5


class Recorder(Strategy):
    """Quotes one put when told to; `act` is done at every tick."""

    def __init__(self, name: str = "one", act: Callable[[View, Ask], None] | None = None) -> None:
        super().__init__(name, Terms())
        self.act = act
        self.ticks = 0
        self.fills: list[Fill] = []
        self.orders: list[Order] = []

    def on_tick(self, underlying: str, view: View, ask: Ask) -> None:
        self.ticks += 1
        if self.act is not None:
            self.act(view, ask)
        else:
            ask.quote(put_quote(view, 692, 708, self.parameters.size))

    def on_fill(self, fill: Fill, view: View, ask: Ask) -> None:
        self.fills.append(fill)

    def on_order(self, order: Order, view: View, ask: Ask) -> None:
        self.orders.append(order)


def put_quote(view: View, bid: int, ask: int, size: int = 5) -> QuoteBatch:
    one = np.array([view.universe.number_of[PUT]])
    no = np.zeros(1, np.bool_)
    return QuoteBatch.of_sides(one, np.array([bid]), np.array([size]), np.array([ask]), np.array([size]), no, no)


async def opened(world: World, *strategies: Strategy, **more: Any) -> Room:
    room = await open_room(world, **more)
    for strategy in strategies:
        room.engine.add(strategy, limits())
        assert room.engine.start(strategy.name, "ann") is None
    return room


def state(room: Room, name: str = "one") -> tuple[StrategyState, str]:
    entry = room.engine.entry(name)
    assert entry is not None
    return entry.state, entry.cause


@pytest.mark.fault("F45")
def test_no_strategy_starts_without_a_limit_sheet(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room = await open_room(world)
        room.engine.add(Recorder())
        for sheet in (None, LimitSheet()):
            if sheet is not None:
                room.engine.set_sheet("one", sheet)
            denial = room.engine.start("one", "ann")
            assert denial is not None
            assert denial.reason is Reason.NO_LIMIT_SHEET
        room.tick(29_640)
        assert state(room)[0] is StrategyState.STOPPED
        room.engine.set_sheet("one", OPEN_SHEET)
        assert room.engine.start("one", "ann") is None
        entry = room.engine.entry("one")
        assert entry is not None
        assert (entry.state, entry.by) == (StrategyState.RUNNING, "ann")

    play(tmp_path, story)


@pytest.mark.requirement("M4")
def test_a_tick_reaches_the_strategy_and_its_quote_the_market_by_programme(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        one = Recorder()
        room = await opened(world, one)
        room.tick(29_640)
        assert one.ticks == 1
        assert quote_messages(room.rig)[0].by_program
        # The same price again is no news
        room.tick(29_640)
        assert one.ticks == 1
        await room.settle()
        assert room.rig.quoting.live(PUT) is not None
        assert room.rig.quoting.owner(PUT) == "one"

    play(tmp_path, story)


def raises(view: View, ask: Ask) -> None:
    raise RuntimeError("broken")


def leaves(view: View, ask: Ask) -> None:
    raise SystemExit(1)


@pytest.mark.fault("F68")
@pytest.mark.parametrize("act", [raises, leaves])
def test_one_that_raises_is_stopped_its_quotes_are_pulled_and_the_others_go_on(
    tmp_path: Path, act: Callable[[View, Ask], None], expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("strategy one raised in on_tick")

    async def story(world: World) -> None:
        one, other = Recorder("one"), Recorder("other", lambda view, ask: None)
        room = await opened(world, one, other)
        room.tick(29_640)
        await room.settle()
        one.act = act
        room.tick(29_650)
        assert state(room)[0] is StrategyState.FAULTED
        assert AlarmKind.STRATEGY_STOPPED in room.rig.alarm_kinds()
        await room.settle()
        assert room.rig.quoting.live(PUT) is None
        room.tick(29_660)
        assert (one.ticks, other.ticks) == (2, 3)
        # A person may start it again, by name
        one.act = None
        assert room.engine.start("one", "ann") is None
        room.tick(29_670)
        await room.settle()
        assert room.rig.quoting.live(PUT) is not None

    play(tmp_path, story)


@pytest.mark.fault("F69")
def test_one_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room: Room

        def slow(view: View, ask: Ask) -> None:
            room.calls.seconds += 0.2

        one = Recorder("one", slow)
        room = await opened(world, one)
        room.tick(29_640)
        assert state(room) == (StrategyState.FAULTED, "on_tick took 200 ms")

    play(tmp_path, story)


@pytest.mark.fault("F72")
def test_nonsense_never_leaves_and_three_times_of_it_stop_the_strategy(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        def crossed(view: View, ask: Ask) -> None:
            ask.quote(put_quote(view, 708, 692))

        one = Recorder("one", crossed)
        room = await opened(world, one)
        for number in range(3):
            assert state(room)[0] is StrategyState.RUNNING
            room.tick(29_640 + number)
        assert state(room) == (StrategyState.FAULTED, "a quote that no market takes")
        assert quote_messages(room.rig) == []

    play(tmp_path, story)


@pytest.mark.fault("F15")
def test_ten_refusals_of_the_venue_within_a_second_stop_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        def too_large(view: View, ask: Ask) -> None:
            ask.quote(put_quote(view, 692, 708, 60))

        one = Recorder("one", too_large)
        room = await opened(world, one)
        for number in range(12):
            room.tick(29_640 + number)
            await room.settle()
        assert state(room) == (StrategyState.FAULTED, f"refused 10 times: {Reason.QUOTE_SIZE}")
        assert len(quote_messages(room.rig)) == 10

    play(tmp_path, story)


@pytest.mark.fault("F71")
def test_a_runaway_of_orders_is_stopped_before_the_line_sees_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        def run_away(view: View, ask: Ask) -> None:
            for _ in range(5_000):
                ask.order(limit(PUT, "0.0600"))

        room = await opened(world, Recorder("one", run_away))
        room.tick(29_640)
        await room.settle()
        assert state(room)[0] is StrategyState.FAULTED
        assert not any(isinstance(command, SubmitOrder) for command in room.rig.gateway.sent)

    play(tmp_path, story)


def test_stopping_takes_out_orders_and_quotes_of_that_strategy_alone(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        def both(view: View, ask: Ask) -> None:
            ask.quote(put_quote(view, 692, 708))
            ask.order(limit(PUT, "0.0600", 2))

        one = Recorder("one", both)
        room = await opened(world, one)
        by_hand = await room.rig.orders.submit(limit(PUT, "0.0610"))
        room.tick(29_640)
        await room.settle()
        assert len(room.rig.orders.working()) == 2
        assert one.orders[-1].status is OrderStatus.WORKING
        room.engine.stop("one", "lunch", "ann")
        await room.settle()
        assert [order.client_order_id for order in room.rig.orders.working()] == [by_hand.client_order_id]
        assert room.rig.quoting.live(PUT) is None
        assert state(room) == (StrategyState.STOPPED, "lunch")

    play(tmp_path, story)


@pytest.mark.requirement("O19")
def test_a_fill_of_a_quote_comes_to_the_strategy_that_sent_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        one, other = Recorder("one"), Recorder("other", lambda view, ask: None)
        room = await opened(world, one, other)
        client = await world.open_desk("D2", "880000009999")
        room.tick(29_640)
        await room.settle()
        await client.orders.submit(limit(PUT, "0.0692", 2, Instruction.SELL_OPEN))
        await room.settle()
        assert [(fill.contract_code, fill.quantity) for fill in one.fills] == [(PUT, 2)]
        assert other.fills == []

    play(tmp_path, story)


@pytest.mark.fault("F95", "F71")
def test_executions_that_repeat_too_fast_stop_the_strategy(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        one = Recorder("one")
        room = await opened(world, one)
        room.engine.set_sheet("one", limits(executions=2, execution_seconds=1.0))
        client = await world.open_desk("D2", "880000009999")
        room.tick(29_640)
        await room.settle()
        for _ in range(3):
            await client.orders.submit(limit(PUT, "0.0692", 1, Instruction.SELL_OPEN))
            await room.settle()
        assert state(room) == (StrategyState.FAULTED, "executions repeat too fast")
        assert room.rig.quoting.live(PUT) is None
        assert len(one.fills) == 2

    play(tmp_path, story)


@pytest.mark.requirement("X11")
def test_shadow_mode_sends_nothing_and_reports_what_would_have_been(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room = await open_room(world)
        one = Recorder("one")
        room.engine.add(one, limits(order_quantity=5))
        assert room.engine.start("one", "ann", shadow=True) is None
        room.tick(29_640)
        row = room.rig.desk.market.row_of[PUT]

        def trade(price: int, aggressor: str) -> None:
            printed = TradePrint(instrument=row, price=price, quantity=3, at=START, aggressor=aggressor)
            room.rig.desk.on_event(TradeBatch(trades=(printed,)))

        for price, aggressor in ((692, "S"), (692, "S"), (707, "B"), (708, "B")):
            trade(price, aggressor)
        one.parameters = Terms(size=6)
        room.tick(29_650)
        await room.settle()
        assert quote_messages(room.rig) == []
        report = room.engine.shadow_report("one")
        assert report is not None
        assert (report.quotes, report.messages, report.bought, report.sold) == (1, 1, 5, 3)
        assert report.refused == {Reason.ORDER_SIZE: 1}
        assert report.edge > 0

    play(tmp_path, story)


@pytest.mark.fault("F73")
def test_what_a_strategy_sees_cannot_be_written(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room = await open_room(world)
        for array in (room.view.price, room.view.quotes, room.view.own.bid, room.view.net):
            with pytest.raises(ValueError, match="read-only"):
                array[:] = 0

    play(tmp_path, story)


@pytest.mark.requirement("M4", "X9")
def test_who_started_changed_and_stopped_it_is_in_the_journal(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        one = Recorder("one", lambda view, ask: None)
        room = await opened(world, one)
        room.engine.set_parameters("one", Terms(size=6), "bob")
        room.engine.set_parameters("one", Terms(size=6), "bob")
        room.engine.set_sheet("one", limits(order_quantity=9), "carl")
        room.engine.stop("one", "lunch", "dora")
        await room.settle()
        notes = [json.loads(r.body) for r in room.rig.journal.read() if r.kind is RecordKind.NOTE]
        mine = [n for n in notes if n.get("strategy") == "one"]
        assert [(n["what"], n["by"]) for n in mine] == [
            ("running", "ann"),
            ("parameters", "bob"),
            ("parameters", "bob"),
            ("limits", "carl"),
            ("stopped", "dora"),
        ]
        assert mine[1]["changed"] == {"size": [5, 6]}
        assert (mine[2]["changed"], mine[3]["changed"]["order_quantity"][1]) == ({}, 9)
        assert mine[4]["cause"] == "lunch"

    play(tmp_path, story)
