"""A class with people: the trainee's desk and the instructor's window on a venue that plays a scenario.

Other trainees join the same venue with `optiondesk desk --connect`; the window shows the address.
"""

import argparse
import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from terminal.app.assembly import Terminal
from terminal.app.class_reminders import ClassReminders
from terminal.app.desk_folder import CLASS_FOLDER
from terminal.app.export import Exporter
from terminal.config import CALENDAR_FILE, MAX_SPEED
from terminal.domain.calendar import TradingCalendar
from terminal.domain.ports import Gateway
from terminal.gateways.embedded import EmbeddedVenue
from terminal.gateways.venue_link import VenueLink
from terminal.scenarios import list_scenarios, read_scenario, read_training_settings, scenario_path
from terminal.services.risk import Metric
from terminal.training.class_desk import ClassDesk
from terminal.training.session import InstructorSession
from terminal.views.frame_timer import BEAT
from terminal.views.training.task_card import TaskCard, WatchBadge

if TYPE_CHECKING:
    from terminal.views.training.window import InstructorWindow

#: How long the venue of a class stays after its last line, wall seconds
_LINGER_SECONDS = 15.0


class ClassVenue:
    """The venue of the scenario that is played; another scenario is another venue, in a folder of its own."""

    def __init__(self, folder: Path, calendar_file: Path, scenario: Path, speed: float) -> None:
        self._folder = folder
        self._calendar_file = calendar_file
        self._speed = min(speed, MAX_SPEED)
        self._count = 0
        self.scenario = scenario
        self._venue = self._made(scenario)

    def address(self) -> tuple[str, int]:
        """Where it listens; it is started when it does not run. Raises LinkError while it is starting."""
        return self._venue.address()

    def told_address(self) -> str:
        """Where others join, as the command line takes it; empty while it does not run."""
        return self._venue.told_address()

    def choose(self, scenario: Path) -> None:
        """Another scenario, or the same anew; the lines that lead to the old venue must be opened again."""
        self._venue.end()
        self.scenario = scenario
        self._venue = self._made(scenario)

    def end(self) -> None:
        """The class is over with the program that opened it; its journal stays."""
        self._venue.end()

    def _made(self, scenario: Path) -> EmbeddedVenue:
        self._count += 1
        # Every class is a new one: a folder that was played in before would be taken up where it stopped
        name = f"{scenario.stem}-{int(time.time())}-{self._count}"
        arguments = [
            "--scenario",
            str(scenario.resolve()),
            "--speed",
            f"{self._speed:g}",
            "--linger",
            str(_LINGER_SECONDS),
        ]
        return EmbeddedVenue(self._folder / name, [*arguments, "--calendar", str(self._calendar_file)])


class Classroom:
    """What a trainee's desk has of a class, and the instructor's window beside it where there is one."""

    def __init__(
        self,
        terminal: Terminal,
        calendar: TradingCalendar,
        venue: ClassVenue | None,
        *,
        with_window: bool,
    ) -> None:
        self._terminal = terminal
        self._venue = venue
        desk, window = terminal.desk, terminal.window
        settings = read_training_settings()
        self._every = settings.screen_seconds
        self.class_desk = ClassDesk(
            desk,
            calendar=calendar,
            settings=settings,
            read=terminal.journal.read,
            reminders=ClassReminders(desk, terminal.reminders),
            spawn=terminal.spawn,
            look=self._look,
            deltas=self._deltas,
        )
        self.card = TaskCard(desk, self.class_desk, terminal.appearance)
        self.badge = WatchBadge(desk, self.class_desk)
        bars = window.menuWidget()
        head = bars.layout() if bars is not None else None
        if head is not None:
            head.addWidget(self.card)
        window.top_bar.put_beside_name(self.badge)
        terminal.frame_timer.register(self.card, BEAT)
        self.session: InstructorSession | None = None
        self.window: InstructorWindow | None = None
        if with_window and venue is not None:
            self._open_window(venue, calendar)

    async def run(self) -> None:
        """Show the desk's screen to the class again and again, until cancelled."""
        if self.session is not None:
            await self.session.start()
        while True:
            self.class_desk.show()
            await asyncio.sleep(self._every)

    async def close(self) -> None:
        """End the instructor's line and put the window away."""
        if self.session is not None:
            await self.session.stop()
        if self.window is not None:
            self._terminal.frame_timer.unregister(self.window)
            self.window.hide()
            self.window.deleteLater()

    def end_venue(self) -> None:
        """End the class's venue, once this program's lines have left it."""
        if self._venue is not None:
            self._venue.end()

    # ---- inside

    def _open_window(self, venue: ClassVenue, calendar: TradingCalendar) -> None:
        # Here and not above: a desk that opens no class starts sooner without it
        from terminal.views.training.log import not_written, written
        from terminal.views.training.window import InstructorWindow

        terminal = self._terminal
        self.session = InstructorSession(VenueLink(venue.address), f"I{terminal.desk.desk_id}"[:32], time.monotonic)
        exporter = Exporter()
        self.window = InstructorWindow(
            self.session,
            titles,
            terminal.appearance,
            self.class_desk.settings,
            calendar,
            exporter.export,
            venue.told_address,
        )
        exporter.window = self.window
        log, now = self.window.log, self.session.now
        exporter.written = lambda path: log.add(written(path, now()))
        exporter.failed = lambda reason: log.add(not_written(reason, now()))
        self.window.scenario_chosen.connect(lambda name: terminal.spawn(self._change(name)))
        terminal.frame_timer.register(self.window, BEAT)
        self.window.show()

    async def _change(self, name: str) -> None:
        """Play another scenario: a new venue, and both lines lead there."""
        assert self._venue is not None
        assert self.session is not None
        lines: list[tuple[Gateway, object]] = [(self._terminal.desk.gateway, self._terminal.desk)]
        await self.session.stop()
        for gateway, _ in lines:
            await gateway.stop()
        self._venue.choose(scenario_path(name))
        scenario = read_scenario(self._venue.scenario)
        self._terminal.desk.account_id = scenario.account[0].id
        self.session.forget()
        await self._terminal.desk.gateway.start(self._terminal.desk)
        await self.session.start()

    def _look(self) -> tuple[str, str]:
        window, workspace = self._terminal.window, self._terminal.workspace
        focused: QWidget | None = window.focusWidget()
        panel = next((name for name, d in window.docks.items() if focused is not None and d.isAncestorOf(focused)), "")
        return panel or window.preset_name, workspace.ticket.draft.contract_code

    def _deltas(self) -> dict[str, float]:
        risk = self._terminal.risk
        found = {}
        for underlying in self._terminal.desk.market.underlyings:
            table = risk.table([underlying.code])
            if len(table.contracts) or table.shares:
                found[underlying.code] = table.total(Metric.DELTA, shares=True)
        return found


def titles(language: str) -> Sequence[tuple[str, str]]:
    """The shipped scenarios that can be read, by name."""
    return [
        (listed.scenario.name, listed.scenario.title.of(language))
        for listed in list_scenarios()
        if listed.scenario is not None
    ]


def class_venue(options: argparse.Namespace, folder: Path) -> ClassVenue | None:
    """The venue of `optiondesk train`, and its trainee's account where none was named; None for other commands.

    Raises ConfigurationError and BadFile for a scenario that is not there or is refused.
    """
    if options.command != "train":
        return None
    path = scenario_path(options.scenario)
    scenario = read_scenario(path)
    options.account = options.account or scenario.account[0].id
    speed = 0.0 if options.speed is None else options.speed
    return ClassVenue(folder / CLASS_FOLDER, folder / CALENDAR_FILE, path, speed)
