"""The past is read back from the journal as it was, day by day, whatever the venue's books were called."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from terminal.domain import wire
from terminal.domain.messages import OrderUnknown
from terminal.domain.orders import OrderStatus
from terminal.domain.ports import RecordKind
from terminal.services.history import History
from terminal.services.known_contracts import listed_in
from tests.harness import CALL, DAY, FUND, World, limit, play


@pytest.mark.requirement("T12")
def test_a_day_has_its_orders_fills_and_instructions(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        filled = await rig.orders.submit(limit(CALL, "0.4630", 3))
        denied = await rig.orders.submit(limit(CALL, "0.9000", 3))
        cancelled = await rig.orders.submit(limit(CALL, "0.4000", 3))
        await rig.desk.instructions.lock_shares(FUND, 10_000)
        await world.settle()
        await rig.orders.cancel(cancelled.client_order_id)
        await world.settle()
        history = History(lambda kinds: [r for r in rig.journal.read() if r.kind in set(kinds)])
        assert list(history.days()) == [DAY]
        day = history.day(DAY)
        assert {o.client_order_id: o.status for o in day.orders.values()} == {
            filled.client_order_id: OrderStatus.FILLED,
            denied.client_order_id: OrderStatus.DENIED,
            cancelled.client_order_id: OrderStatus.CANCELLED,
        }
        assert day.fills == rig.portfolio.fills
        assert [i.quantity for i in day.instructions] == [10_000]
        assert list(day.orders.values()) == [
            replace(o, submitted_at=day.orders[o.client_order_id].submitted_at) for o in rig.orders.orders
        ]
        assert history.day(date(2026, 3, 3)).orders == {}

    play(tmp_path, story)


@pytest.mark.requirement("T12")
def test_after_it_has_left_the_list_a_contract_is_known_by_the_name_it_had(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.orders.submit(limit(CALL, "0.4630", 3))
        await world.settle()
        listed = rig.desk.market.contract(CALL)
        assert listed is not None
        # Two days later it is called otherwise, the day after it is gone
        day = world.header.day
        others = tuple(contract for contract in day.contracts if contract.code != CALL)
        adjusted = replace(listed, name="50ETF购3月2454A", strike=Decimal("2.454"), multiplier=10_187)
        for days, contracts in ((2, (*others, adjusted)), (3, others)):
            await world.kill_venue()
            moved = msgspec.structs.replace(day, trading_day=DAY + timedelta(days=days), contracts=contracts)
            start = world.header.start + timedelta(days=1)
            world.header = msgspec.structs.replace(
                world.header, day=moved, start=start, levels={}, book_id=f"book{days}"
            )
            world.options = replace(world.options, book_id=f"book{days}")
            world.open_venue()
            rig.gateway.connect()
            await world.settle()
        assert rig.desk.market.contract(CALL) is None
        await world.kill_desk("D1")
        again = await world.open_desk()
        await world.settle()
        for market in (rig.desk.market, again.desk.market):
            assert market.known(CALL) == adjusted
            assert market.known("10009999") is None
        past = History(again.journal.journal.read_kind).day(DAY)
        assert [fill.contract_code for fill in past.fills] == [CALL]
        assert past.contracts[CALL] == listed
        # What stays as it was is not written again every day
        written = [listed_in(r.body) for r in again.journal.read() if r.kind is RecordKind.LISTED]
        assert [len(contracts) for contracts in written] == [len(day.contracts), 1]

    play(tmp_path, story)


@pytest.mark.fault("F09")
def test_two_books_of_one_day_number_alike_and_a_book_told_again_counts_once(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        first = world.header, world.options
        second = (msgspec.structs.replace(world.header, book_id="book2"), replace(world.options, book_id="book2"))
        for number, (world.header, world.options) in enumerate([first, second, first]):
            if number:
                await world.kill_venue()
                world.open_venue()
                rig.gateway.connect()
            await world.settle()
            if number < 2:
                await rig.orders.submit(limit(CALL, "0.4630", 3 + number))
                await world.settle()
        day = History(lambda kinds: [r for r in rig.journal.read() if r.kind in set(kinds)]).day(DAY)
        assert [fill.quantity for fill in day.fills] == [3, 4]
        assert [order.status for order in day.orders.values()] == [OrderStatus.FILLED, OrderStatus.FILLED]

    play(tmp_path, story)


@pytest.mark.fault("F14")
def test_an_order_the_venue_never_saw_is_shown_so_and_a_wrong_answer_changes_nothing(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        working = await rig.orders.submit(limit(CALL, "0.4000", 3))
        await world.settle()
        rig.gateway.hold_to_venue = True
        lost = await rig.orders.submit(limit(CALL, "0.4000", 3))
        rig.gateway.cut()
        rig.gateway.hold_to_venue = False
        rig.gateway.connect()
        await world.settle()
        wrong = OrderUnknown(client_order_id=working.client_order_id, at=world.market.now)
        await rig.journal.append([(RecordKind.EVENT, wrong.at, wire.encode(wrong))])
        orders = History(lambda kinds: [r for r in rig.journal.read() if r.kind in set(kinds)]).day(DAY).orders
        assert orders[lost.client_order_id].status is OrderStatus.REJECTED
        assert orders[working.client_order_id].status is OrderStatus.WORKING

    play(tmp_path, story)
