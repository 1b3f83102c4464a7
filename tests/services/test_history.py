"""The past is read back from the journal as it was, day by day, whatever the venue's books were called."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from terminal.domain import wire
from terminal.domain.errors import JournalError, OptionDeskError
from terminal.domain.messages import OrderUnknown
from terminal.domain.orders import OrderStatus
from terminal.domain.ports import Record, RecordKind
from terminal.services.history import KINDS, History
from terminal.services.known_contracts import listed_in
from tests.harness import CALL, DAY, FUND, World, limit, play
from tests.held_journal import HeldJournal


def past_of(journal: HeldJournal) -> History:
    """The past as far as the journal tells it."""
    history = History(journal.journal.read_kind)
    assert history.read()
    return history


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
        history = past_of(rig.journal)
        assert list(history.days()) == [DAY]
        day = history.days()[DAY]
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
        past = past_of(again.journal).days()[DAY]
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
        day = past_of(rig.journal).days()[DAY]
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
        orders = past_of(rig.journal).days()[DAY].orders
        assert orders[lost.client_order_id].status is OrderStatus.REJECTED
        assert orders[working.client_order_id].status is OrderStatus.WORKING

    play(tmp_path, story)


def test_the_journal_is_read_on_from_where_it_was_left(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        first = await rig.orders.submit(limit(CALL, "0.4630", 3))
        await world.settle()
        begun: list[int] = []

        def read_kind(kinds: Iterable[RecordKind], after: int) -> Iterable[Record]:
            begun.append(after)
            return rig.journal.journal.read_kind(kinds, after)

        history = History(read_kind)
        # A record at a time, as for somebody who has other things to do
        slices = 1
        while not history.read(1):
            slices += 1
        assert slices > 3
        assert begun == [0]
        assert history.days() == past_of(rig.journal).days()
        second = await rig.orders.submit(limit(CALL, "0.4000", 3))
        await world.settle()
        assert history.read()
        assert begun[1:] == [max(r.number for r in rig.journal.journal.read_kind(KINDS) if r.number <= begun[-1])]
        assert begun[-1] > 0
        assert list(history.days()[DAY].orders) == [first.client_order_id, second.client_order_id]
        assert history.days() == past_of(rig.journal).days()

    play(tmp_path, story)


@pytest.mark.parametrize("kind", [RecordKind.LISTED, RecordKind.SUBMITTED, RecordKind.EVENT, RecordKind.BOOK])
def test_a_record_that_says_nothing_is_told_and_the_next_reading_begins_anew(tmp_path: Path, kind: RecordKind) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.orders.submit(limit(CALL, "0.4630", 3))
        await world.settle()
        begun: list[int] = []

        def read_kind(kinds: Iterable[RecordKind], after: int) -> Iterable[Record]:
            begun.append(after)
            return rig.journal.journal.read_kind(kinds, after)

        history = History(read_kind)
        assert history.read()
        await rig.journal.append([(kind, world.market.now, b"\xc1\xff")])
        with pytest.raises(OptionDeskError):
            history.read()
        assert history.days() == {}
        with pytest.raises(OptionDeskError):
            history.read()
        assert begun[-1] == 0

    play(tmp_path, story)


@pytest.mark.fault("F09")
def test_a_desk_says_that_its_journal_names_no_contracts(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.journal.append([(RecordKind.LISTED, world.market.now, b"\xc1")])
        await world.kill_desk("D1")
        with pytest.raises(JournalError, match="no contracts"):
            await world.open_desk()

    play(tmp_path, story)
