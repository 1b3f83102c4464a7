"""What the books of the others leave to a quote, and that it is worked out between the ticks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import MarketDataBatch
from terminal.strategies.others_books import OthersBooks
from terminal.strategies.quoter import ContinuousQuoter
from terminal.strategies.quoter_parameters import QuoterParameters
from tests.harness import FUND, PUT, START, World, play
from tests.quoting_rig import limits
from tests.strategies.desk_room import Room, open_room

Waiting = list[Callable[[], None]]


async def quoting(world: World, waiting: Waiting, **settings: Any) -> tuple[Room, ContinuousQuoter]:
    """A quoter on a desk whose loop does what waits when the test says so."""
    room = await open_room(world, when_idle=waiting.append)
    quoter = ContinuousQuoter("quoter", QuoterParameters(underlying=FUND, **settings))
    room.engine.add(quoter, limits())
    assert room.engine.start("quoter", "ann") is None
    await room.settle()
    return room, quoter


def book(room: Room, code: str, **columns: int) -> None:
    """The book of a contract changes."""
    market = room.rig.desk.market
    row = market.quotes[market.row_of[code]].copy()
    for name, value in columns.items():
        row[Column[name]] = value
    market.apply(MarketDataBatch(at=START, rows=pack_rows(row.reshape(1, -1))))


def counted(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The revisions that books were looked at for."""
    seen: list[object] = []
    made = OthersBooks.of

    def of(*arguments: Any, **more: Any) -> OthersBooks:
        books = made(*arguments, **more)
        seen.append(books.revision)
        return books

    monkeypatch.setattr(OthersBooks, "of", of)
    return seen


@pytest.mark.requirement("M4")
def test_books_are_looked_at_between_the_ticks_and_once_for_many_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(world: World) -> None:
        waiting: Waiting = []
        room, _ = await quoting(world, waiting)
        for work in waiting:
            work()
        waiting.clear()
        seen = counted(monkeypatch)
        for quantity in (7, 8, 9):
            book(room, PUT, BID_QUANTITY=quantity)
        assert (len(waiting), seen) == (1, [])
        waiting.pop()()
        assert len(seen) == 1
        # The tick finds them ready
        room.tick(29_700)
        assert len(seen) == 1
        # A tick that comes first looks for itself, and then nothing is left to do
        book(room, PUT, BID_QUANTITY=10)
        room.tick(29_720)
        assert len(seen) == 2
        waiting.pop()()
        assert len(seen) == 2

    play(tmp_path, story)


@pytest.mark.requirement("M4")
def test_a_bid_stays_clear_of_an_ask_that_came_with_the_tick(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, quoter = await quoting(world, [], half_ticks=6, most_delta=0.99, least_delta=0.0, improve_ticks=1_000)
        number = room.view.universe.number_of[PUT]
        batch, _ = quoter.wanted(room.view)
        (place,) = (batch.index == number).nonzero()[0]
        offered = int(batch.bid[place]) - 3
        market = room.rig.desk.market
        rows = market.quotes[[0, market.row_of[PUT]]]
        rows[0, Column.LAST] += 1
        rows[1, Column.BID_PRICE], rows[1, Column.ASK_PRICE], rows[1, Column.ASK_QUANTITY] = offered - 20, offered, 50
        market.apply(MarketDataBatch(at=START, rows=pack_rows(rows)))
        assert room.view.own.sent_bid[number] == offered - 1
        await room.settle()

    play(tmp_path, story)


@pytest.mark.fault("F27")
def test_a_crossed_book_and_a_halted_contract_have_no_market_to_join(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, quoter = await quoting(world, [], least_delta=0.0, most_delta=0.99)
        number = room.view.universe.number_of[PUT]
        place = quoter.numbers.tolist().index(number)
        touch = int(room.view.quotes[number, Column.ASK_PRICE])
        book(room, PUT, BID_PRICE=touch + 5)
        _, there = quoter.wanted(room.view)
        assert not there[place]
        book(room, PUT, BID_PRICE=touch - 5)
        assert quoter.wanted(room.view)[1][place]
        book(room, PUT, PHASE=ord("P"))
        assert not quoter.wanted(room.view)[1][place]

    play(tmp_path, story)
