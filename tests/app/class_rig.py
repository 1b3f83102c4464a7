"""A class with the real desk: its window, the venue as a process of its own, and the instructor's session."""

import argparse
import asyncio
from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from terminal.__main__ import _parser
from terminal.app.assembly import Terminal, build_terminal
from terminal.app.instructor import Classroom, class_venue
from terminal.config import CALENDAR_FILE, Settings
from terminal.domain.ports import LinkState
from terminal.gateways.venue_link import VenueLink
from terminal.rule_files import read_calendar

Story = Callable[[Terminal, Classroom], Awaitable[None]]
_LOOKS = 1200


def options_of(folder: Path, scenario: str, *more: str) -> argparse.Namespace:
    """What the command line asks."""
    return _parser().parse_args(["train", scenario, "--data-dir", str(folder), "--language", "en", *more])


async def until(so: Callable[[], object]) -> None:
    """Wait for something that comes over lines and processes."""
    for _ in range(_LOOKS):
        if so():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not come")


def play(loop: AbstractEventLoop, application: QApplication, folder: Path, scenario: str, story: Story) -> None:
    """Open a class, play the story, put everything away."""

    async def run() -> None:
        options = options_of(folder, scenario)
        venue = class_venue(options, folder)
        assert venue is not None
        terminal = build_terminal(application, options, Settings(), folder, VenueLink(venue.address))
        classroom = Classroom(terminal, read_calendar(folder / CALENDAR_FILE), venue, with_window=True)
        try:
            await terminal.desk.start()
            terminal.frame_timer.start()
            terminal.window.show()
            terminal.spawn(classroom.run())
            terminal.spawn(terminal.reminders.run())
            assert classroom.session is not None
            session = classroom.session
            await until(lambda: terminal.desk.link is LinkState.UP and session.link is LinkState.UP)
            await story(terminal, classroom)
        finally:
            await classroom.close()
            await terminal.end_tasks()
            await terminal.desk.stop()
            terminal.frame_timer.stop()
            terminal.window.hide()
            await terminal.close()
            classroom.end_venue()
        assert terminal.failures == []

    loop.run_until_complete(run())
