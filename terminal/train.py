"""`optiondesk train`: scripted days with people, or one without a screen that prints what a trainee was reminded of.

Without a screen venue, desk and instructor live in one loop over real lines; market time goes on only in step with the
desk, so the same file gives the same lines every time.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from terminal.alerts.alert import Alert, AlertKind
from terminal.app.alerts import build_reminders
from terminal.app.class_reminders import ClassReminders
from terminal.config import Settings, load_settings
from terminal.domain.calendar import TradingCalendar
from terminal.domain.errors import ConfigurationError
from terminal.domain.messages import ClassOpened, ClockChanged, Event
from terminal.domain.ports import LinkState
from terminal.gateways.venue_link import VenueLink
from terminal.resources import resource_folder
from terminal.rule_files import read_obligations
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.scenarios import Listed, list_scenarios, read_scenario, read_training_settings, scenario_path
from terminal.serve import JOURNAL_FILE, OpenBook, ServeTerms, serve_book
from terminal.services.checks import DeskLimits
from terminal.storage.journal import SqliteJournal
from terminal.training.checkpoints import Result
from terminal.training.class_desk import ClassDesk
from terminal.training.debrief import debrief, stamp
from terminal.training.evidence import Reminder
from terminal.training.headless import HeadlessDesk, build_headless
from terminal.training.scenario import Scenario
from terminal.training.scripted_trainee import ScriptedTrainee
from terminal.training.session import InstructorSession
from terminal.venue.host import VenueHost
from terminal.venue_source import VenueRequest, read_files

logger = logging.getLogger(__name__)
#: Flat rate of the desk's greeks, as the window's desk has it
RATE = 0.015
#: The two lines of a run without a screen connect at once: nobody is spared by waiting
_RETRY_SECONDS = (0.01, 0.02, 0.05, 0.1)
_START_SECONDS = 30.0
_LONGEST_SECONDS = 900.0
#: So many reminders of a kind at one time are one line
_GROUP_FROM = 5


@dataclass(slots=True)
class ClassRun:
    """What came of a run without a screen."""

    scenario: Scenario
    results: list[Result] = field(default_factory=list)
    said: list[Reminder] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """Everything that is printed, in order"""
    debrief: str = ""
    points: int = 0
    seconds: float = 0.0
    """Wall seconds"""
    settled_days: list[str] = field(default_factory=list)


def train(options: argparse.Namespace) -> int:
    """Run the sub-command without a screen; gives the exit code. Raises BadFile for a scenario with a mistake."""
    settings = load_settings()
    if options.list or not options.scenario:
        for listed in list_scenarios():
            print(_described(listed, options.language or "en"))
        return 0
    language = options.language or "en"
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="optiondesk-train-") as scratch:
        folder = Path(options.data_dir) if options.data_dir else Path(scratch)
        run = asyncio.run(
            run_headless(scenario_path(options.scenario), folder, settings, tell=_tell, language=language)
        )
    print()
    print(run.debrief)
    return 0


def _tell(line: str) -> None:
    print(line, flush=True)


def _described(listed: Listed, language: str) -> str:
    if listed.scenario is None:
        return f"{listed.path.stem:28} {listed.mistake}"
    return f"{listed.path.stem:28} {listed.scenario.title.of(language)}"


async def run_headless(
    path: Path,
    folder: Path,
    settings: Settings,
    *,
    tell: Callable[[str], None] = lambda line: None,
    language: str = "en",
) -> ClassRun:
    """Play a scenario with its scripted trainee, or with nobody at the desk, to its end."""
    began = time.monotonic()
    read_scenario(path)
    venue_folder, desk_folder = folder / "venue", folder / "desk"
    for each in (venue_folder, desk_folder):
        each.mkdir(parents=True, exist_ok=True)
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    request = VenueRequest(profile=settings.profile, seed=settings.seed, speed=0.0, scenario=path)
    files = read_files(request, None)
    venue_journal = SqliteJournal(venue_folder / JOURNAL_FILE)

    def listens(host: VenueHost, book: OpenBook, number: int) -> None:
        if not port.done():
            port.set_result(number)

    terms = ServeTerms(wait_for_desk=True)
    venue = asyncio.ensure_future(serve_book(request, files, venue_journal, terms, listens))
    journal = SqliteJournal(desk_folder / "desk.sqlite")
    waiting: list[asyncio.Future[Any]] = [port, venue]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED, timeout=_START_SECONDS)
        if venue.done():
            await venue
        return await _play(path, port.result(), journal, settings, files.calendar, tell, language, began)
    finally:
        venue.cancel()
        await asyncio.gather(venue, return_exceptions=True)
        await venue_journal.close()
        await journal.close()


async def _play(
    path: Path,
    port: int,
    journal: SqliteJournal,
    settings: Settings,
    calendar: TradingCalendar,
    tell: Callable[[str], None],
    language: str,
    began: float,
) -> ClassRun:
    scenario = read_scenario(path)
    run = ClassRun(scenario)

    def line(at: datetime, text: str) -> None:
        run.lines.append(f"{stamp(at)}  {text}")
        tell(run.lines[-1])

    desk, class_desk = _build(scenario, port, journal, settings, calendar, line)
    session = InstructorSession(_link(port), "INSTRUCTOR", time.monotonic)
    ended = asyncio.Event()
    opened: set[str] = set()

    def follow(event: Event | LinkState) -> None:
        if isinstance(event, ClassOpened):
            if opened and not event.jumping:
                ended.set()
            elif event.jumping:
                opened.add("jumping")

    def go_on_alone(at: datetime) -> None:
        """A desk whose line is cut has a clock of its own, and its reminders: nobody else tells it the time."""
        if desk.desk.link is not LinkState.UP and desk.desk.clock.is_set:
            desk.desk.clock.set(ClockChanged(at=at, speed=0.0, stepping=True))
            class_desk.look_at_reminders(at)

    session.changed.append(follow)
    session.on_step = go_on_alone
    try:
        await desk.desk.start()
        await session.start()
        await _until(lambda: desk.desk.link is LinkState.UP and session.link is LinkState.UP)
        await _until(lambda: class_desk.scenario is not None)
        end = scenario.moment(scenario.start.end, calendar)
        session.jump(end.date(), end.time())
        async with asyncio.timeout(_LONGEST_SECONDS):
            await ended.wait()
        await _until(lambda: not desk.tasks)
        # Everything handed in is on disk: the score comes from there
        await journal.append([])
        class_desk.score()
    finally:
        await desk.desk.stop()
        await session.stop()
        for task in list(desk.tasks):
            task.cancel()
        await asyncio.gather(*desk.tasks, return_exceptions=True)
    if desk.failures:
        raise desk.failures[0]
    run.results, run.said = class_desk.results, class_desk.evidence.said()
    run.points = class_desk.points
    run.settled_days = sorted({n.at.date().isoformat() for n in session.notices if n.figures.get("step") == "settled"})
    run.debrief = debrief(
        scenario,
        run.results,
        class_desk.evidence,
        session.events,
        language=language,
        taken_off=class_desk.hint_cost(class_desk.hints_taken),
        pass_mark=class_desk.settings.pass_mark,
    )
    run.seconds = time.monotonic() - began
    return run


def _build(
    scenario: Scenario,
    port: int,
    journal: SqliteJournal,
    settings: Settings,
    calendar: TradingCalendar,
    line: Callable[[datetime, str], None],
) -> tuple[HeadlessDesk, ClassDesk]:
    figures: dict[str, object] = tomllib.loads((resource_folder() / "limits" / "desk.toml").read_text("utf-8"))
    figures["order_notional"] = float(settings.order_value_limit or Decimal(0))
    request = VenueRequest(profile=settings.profile, seed=settings.seed, speed=0.0)
    desk = build_headless(
        desk_id="TRAINEE",
        account_id=scenario.account[0].id,
        gateway=_link(port),
        journal=journal,
        profile=read_files(request, None).profile,
        calendar=calendar,
        terms_of_maker=read_obligations(settings.obligations),
        sheet=LimitSheet.of(figures | dict(settings.desk_limits)),
        limits=DeskLimits(settings.order_value_limit),
        rate=RATE,
        wall=time.monotonic,
    )

    def print_said(said: tuple[Alert, ...]) -> None:
        for words in reminder_lines(said):
            line(said[0].said_at, words)

    plain: dict[str, object] = {}
    reminders = ClassReminders(
        desk.desk,
        build_reminders(
            desk.desk,
            gate=desk.gate,
            checks=desk.checks,
            valuation=desk.valuation,
            obligations=desk.obligations,
            calendar=calendar,
            records=[],
            read=plain.get,
            write=plain.__setitem__,
            outside=settings.alerts,
        ),
        print_said,
    )
    class_desk = ClassDesk(
        desk.desk,
        calendar=calendar,
        settings=read_training_settings(),
        read=journal.read,
        reminders=reminders,
        spawn=desk.spawn,
        deltas=desk.deltas,
    )
    trainee: list[ScriptedTrainee] = []

    async def act(now: datetime) -> None:
        if not trainee:
            trainee.append(
                ScriptedTrainee(
                    desk.desk,
                    scenario,
                    calendar,
                    codes=class_desk.codes,
                    inquiries=desk.inquiries,
                    drafts=desk.drafts,
                    reminders=reminders,
                    take_hint=class_desk.take_hint,
                    note=lambda at, text: line(at, f"trainee   {text}"),
                )
            )
        await trainee[0].act(now)

    class_desk.act = act
    return desk, class_desk


def reminder_lines(said: Sequence[Alert]) -> list[str]:
    """Reminders of one time as they are printed; many of a kind are one line, as they are one card on screen (F81)."""
    kinds: dict[AlertKind, list[Alert]] = {}
    for alert in said:
        kinds.setdefault(alert.finding.kind, []).append(alert)
    lines: list[str] = []
    for kind, mine in kinds.items():
        if len(mine) < _GROUP_FROM:
            lines += [_reminder_words(alert) for alert in mine]
        else:
            level = max(alert.finding.level for alert in mine)
            lines.append(f"reminder  {level.name.lower():5} {kind.value} of {len(mine)} causes")
    return lines


def _reminder_words(alert: Alert) -> str:
    """Level, kind, cause, how much and until when."""
    found = alert.finding
    parts = [f"reminder  {found.level.name.lower():5} {found.kind.value} {found.subject}"]
    if found.quantity is not None:
        parts.append(f"x {found.quantity}")
    if found.deadline is not None:
        parts.append(f"until {stamp(found.deadline)}")
    return " ".join(parts)


def _link(port: int) -> VenueLink:
    return VenueLink(lambda: ("127.0.0.1", port), retry_seconds=_RETRY_SECONDS)


async def _until(so: Callable[[], bool]) -> None:
    for _ in range(6000):
        if so():
            return
        await asyncio.sleep(0.005)
    raise ConfigurationError("the class did not begin within 30 s")
