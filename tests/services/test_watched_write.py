"""Writes that nobody waits for: each failure is told, in their order, and one task waits for all of them."""

import asyncio

from terminal.domain.errors import JournalError
from terminal.services.watched_write import WriteWatch


def test_every_failure_is_told_and_those_that_succeed_are_not() -> None:
    async def story() -> None:
        told: list[str] = []
        watch, loop = WriteWatch(lambda error: told.append(str(error))), asyncio.get_running_loop()
        writes: list[asyncio.Future[int]] = [loop.create_future() for _ in range(4)]
        tasks = len(asyncio.all_tasks())
        for written in writes:
            watch.add(written)
        assert len(asyncio.all_tasks()) == tasks + 1
        writes[1].set_exception(JournalError("second"))
        await asyncio.sleep(0)
        # Told in their order: the first is still on its way
        assert told == []
        writes[0].set_result(1)
        writes[2].set_result(3)
        writes[3].set_exception(JournalError("fourth"))
        for _ in range(5):
            await asyncio.sleep(0)
        assert told == ["second", "fourth"]
        assert len(asyncio.all_tasks()) == tasks

    asyncio.run(story())


def test_it_goes_on_after_a_pause_and_when_the_one_who_is_told_hands_in_another() -> None:
    async def story() -> None:
        told: list[str] = []
        loop = asyncio.get_running_loop()

        def failed(error: BaseException) -> None:
            told.append(str(error))
            if len(told) == 1:
                watch.add(refused("again"))

        def refused(why: str) -> asyncio.Future[int]:
            written: asyncio.Future[int] = loop.create_future()
            written.set_exception(JournalError(why))
            return written

        watch = WriteWatch(failed)
        watch.add(refused("first"))
        for _ in range(3):
            await asyncio.sleep(0)
        assert told == ["first", "again"]
        watch.add(refused("later"))
        for _ in range(3):
            await asyncio.sleep(0)
        assert told == ["first", "again", "later"]

    asyncio.run(story())
