"""A start reads the newest day of the journal alone, and of the days before nothing but what the bookmark says."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from terminal.domain.errors import JournalError
from terminal.domain.messages import DayOpened
from terminal.domain.orders import OrderStatus
from terminal.domain.ports import RecordKind
from terminal.services.day_pictures import DayPictures
from tests.harness import ACCOUNT, CALL, DAY, DeskRig, World, limit, play
from tests.services.obligation_desk import terms_of

RESTING = limit(CALL, "0.4000", 3)
NEXT = DAY + timedelta(days=1)


def begin_next_day(rig: DeskRig, *, without: str = "") -> None:
    """The venue's list of the day after, in which a contract may be missing."""
    day = rig.desk.market.day
    assert isinstance(day, DayOpened)
    left = tuple(contract for contract in day.contracts if contract.code != without)
    rig.desk.on_event(msgspec.structs.replace(day, trading_day=NEXT, contracts=left))


def spoil(path: Path, kind: RecordKind) -> None:
    """Flip bits of every record of a kind."""
    connection = sqlite3.connect(path)
    connection.execute("UPDATE record SET body = x'00' WHERE kind = ?", (kind.value,))
    connection.commit()
    connection.close()


def journal_of(tmp_path: Path) -> Path:
    (found,) = (path for path in tmp_path.rglob("*") if path.suffix in (".sqlite", ".journal") and "D1" in str(path))
    return found


@pytest.mark.requirement("T12")
def test_a_start_reads_nothing_of_the_days_before(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        first = await rig.orders.submit(RESTING)
        await world.settle()
        begin_next_day(rig, without=CALL)
        await rig.journal.flush()
        await world.kill_desk("D1")
        # Were it read, it would be found to be bad
        spoil(journal_of(tmp_path), RecordKind.SUBMITTED)
        host, world.host = world.host, None
        again = await world.open_desk()
        assert list(again.orders.orders) == []
        # The contract is listed no more, and its code still stands for it
        assert again.desk.market.known(CALL) is not None
        following = await again.orders.submit(RESTING)
        assert following.status is OrderStatus.DENIED
        assert first.client_order_id.endswith("-000001")
        assert following.client_order_id.endswith("-000002")
        with pytest.raises(JournalError, match="does not agree"):
            list(again.journal.read())
        await world.kill_desk("D1")
        world.host = host

    play(tmp_path, story)


def test_a_day_that_has_begun_comes_back_whole(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        order = await rig.orders.submit(limit(CALL, "0.4630", 3))
        await world.settle()
        held, sequence = rig.held(), rig.desk.last_sequence
        assert held
        await world.kill_desk("D1")
        host, world.host = world.host, None
        again = await world.open_desk()
        assert [o.client_order_id for o in again.orders.orders] == [order.client_order_id]
        assert len(again.portfolio.fills) == len(rig.portfolio.fills) > 0
        assert again.desk.last_sequence == sequence
        assert again.desk._today.book_id == rig.desk._today.book_id != ""
        await world.kill_desk("D1")
        world.host = host

    play(tmp_path, story)


def test_a_journal_of_an_earlier_version_has_no_bookmark_and_is_read_whole(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        order = await rig.orders.submit(RESTING)
        await world.settle()
        await world.kill_desk("D1")
        connection = sqlite3.connect(journal_of(tmp_path))
        connection.execute("DELETE FROM state")
        connection.execute("DROP INDEX seldom")
        connection.commit()
        connection.close()
        again = await world.open_desk()
        assert [o.client_order_id for o in again.orders.orders] == [order.client_order_id]
        await world.settle()

    play(tmp_path, story)


def test_a_bookmark_that_does_not_read_is_an_error_of_the_journal(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.journal.journal.set_bookmark(world.market.now, b"nothing")
        await world.kill_desk("D1")
        with pytest.raises(JournalError, match="not the beginning of a day"):
            await world.open_desk()

    play(tmp_path, story)


@pytest.mark.requirement("T12")
@pytest.mark.fault("F51")
def test_from_a_picture_a_desk_comes_back_as_from_the_first_record(tmp_path: Path) -> None:
    def pictures(world: World, rig: DeskRig) -> DayPictures:
        return DayPictures(
            rig.journal.journal, "D1", terms_of("sse_generic"), world.rules.sessions, records=1, breath_seconds=0
        )

    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        before = await rig.orders.submit(limit(CALL, "0.4630", 3))
        await world.settle()
        assert pictures(world, rig).take()
        after = await rig.orders.submit(RESTING)
        await world.settle()
        held, sequence, fills = rig.held(), rig.desk.last_sequence, list(rig.portfolio.fills)
        await world.kill_desk("D1")
        again = world.build_desk("D1", ACCOUNT, None)
        world.rigs["D1"] = again
        begun = pictures(world, again).start()
        assert begun is not None
        assert begun.number < again.journal.journal.newest_number
        await again.desk.start(begun)
        assert again.desk.last_sequence == sequence
        assert [o.client_order_id for o in again.orders.orders] == [before.client_order_id, after.client_order_id]
        assert again.portfolio.fills == fills
        await world.settle()
        assert again.held() == held
        assert again.alarms == []
        assert [o.client_order_id for o in again.orders.working()] == [after.client_order_id]

    play(tmp_path, story)
