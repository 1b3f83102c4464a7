"""Every object of the desk, built once and handed to those who need it: nothing is looked up by name."""

import argparse
import asyncio
import logging
import statistics
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from terminal.app.alerts import Reminders, build_reminders
from terminal.app.analysis import build_services
from terminal.app.desk_folder import CURVE_FILE, PLUG_IN_FOLDER, desk_id, open_journal
from terminal.app.expiry_panels import build_services as build_expiry_services
from terminal.app.limits import desk_sheet, maker_limits
from terminal.app.making import build_services as build_making
from terminal.app.preferences import Preferences
from terminal.app.quoting_desk import QuotingDesk, build_quoting_desk
from terminal.app.quoting_panels import build_maker
from terminal.app.recorded import RecordedGateway
from terminal.app.terms_shelf import DeskTerms
from terminal.app.venue_line import gateway_to_venue, refuse_bad_files
from terminal.app.vitals import FirstPaint, Vitals
from terminal.app.workspace import Workspace, build_workspace
from terminal.config import CALENDAR_FILE, Settings
from terminal.domain.calendar import TradingCalendar
from terminal.domain.ports import Gateway, RecordKind
from terminal.resources import resource_folder
from terminal.rule_files import read_calendar, read_profile
from terminal.services.checks import DeskLimits
from terminal.services.day_pictures import DayPictures, restore_obligations
from terminal.services.day_start import DayStart
from terminal.services.desk import Desk
from terminal.services.desk_parts import build_desk, build_obligations
from terminal.services.events import LatencyMeasured
from terminal.services.expiry_services import ExpiryServices
from terminal.services.history import History
from terminal.services.mark_outs import MarkOuts
from terminal.services.market_clock import MarketClock
from terminal.services.obligations import Obligations
from terminal.services.order_draft import DraftJudge
from terminal.services.risk import RiskService
from terminal.services.valuation import Valuation
from terminal.storage.curve_file import CurveFile
from terminal.storage.journal import SqliteJournal
from terminal.storage.recording import RecordingWriter
from terminal.storage.settings import SettingsFile
from terminal.views.appearance import Appearance
from terminal.views.frame_timer import GAP_CLASSES_MS, FrameTimer
from terminal.views.main_window import MainWindow
from terminal.views.scripted_trader import ScriptedTrader
from terminal.views.theme import ColourMode, ColourPack, ThemeName
from terminal.views.translation import Languages

logger = logging.getLogger(__name__)
E = TypeVar("E", bound=StrEnum)
#: Flat rate of the desk's greeks, a year, until the user sets a term structure
RATE = 0.015


@dataclass(slots=True)
class Terminal:
    """The desk, built. `spawn` keeps tasks; a task that fails ends the program loudly."""

    desk: Desk
    workspace: Workspace
    trader: ScriptedTrader
    frame_timer: FrameTimer
    appearance: Appearance
    languages: Languages
    preferences: Preferences
    journal: SqliteJournal
    exit_requested: asyncio.Event
    """Somebody wants the end; a user who has orders working is asked first"""
    first_chain: FirstPaint
    valuation: Valuation
    obligations: Obligations
    """With our own quotes and the inquiries; measures nothing for an account that is no market maker's"""
    quoting: QuotingDesk
    reminders: Reminders
    mark_outs: MarkOuts
    risk: RiskService
    expiry: ExpiryServices
    calendar: TradingCalendar
    day_pictures: DayPictures
    begun: DayStart | None
    """What the desk's start goes on from; given up with it"""
    vitals: Vitals = field(default_factory=Vitals)
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    cancel_on_exit: bool = True
    asks_nobody: asyncio.Event = field(default_factory=asyncio.Event)
    """The end has come whatever the user says: a signal, or a task that failed"""
    _latencies: list[float] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)
    """What tasks died of"""

    @property
    def window(self) -> MainWindow:
        """The main window."""
        return self.workspace.window

    def spawn(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Start a task and keep it; one that fails is logged and ends the program, no silent half-running desk."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._task_done)
        return task

    def _task_done(self, task: "asyncio.Task[Any]") -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("a task failed", exc_info=error)
            self.failures.append(error)
            self.end_at_once()

    async def start_desk(self) -> None:
        """Bring back the desk's day and open its line."""
        begun, self.begun = self.begun, None
        await self.desk.start(begun)

    def end_at_once(self) -> None:
        """Ask for the program's end without asking the user."""
        self.asks_nobody.set()
        self.exit_requested.set()

    async def end_tasks(self) -> None:
        """Cancel what still runs and wait for it."""
        tasks = list(self.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def note_latency(self, event: LatencyMeasured) -> None:
        """Keep acknowledgement times for the report."""
        if event.acknowledgement_ms is not None and len(self._latencies) < 100_000:
            self._latencies.append(event.acknowledgement_ms)

    def latencies(self) -> tuple[float, float] | None:
        """Median and worst milliseconds from order to acknowledgement."""
        if not self._latencies:
            return None
        return round(statistics.median(self._latencies), 1), round(max(self._latencies), 1)

    def gap_percentile(self, share: float) -> float:
        """Upper end of the class of event-loop gaps that holds this share of all, milliseconds."""
        wanted, seen = sum(self.frame_timer.gaps) * share, 0
        for end, count in zip((*GAP_CLASSES_MS, float("inf")), self.frame_timer.gaps, strict=True):
            seen += count
            if seen >= wanted:
                return min(end, round(self.frame_timer.worst_gap_ms, 1))
        return 0.0

    def save_settings(self) -> None:
        """Write what the user arranged."""
        self.window.save_layout()
        self.preferences.flush()

    async def close(self) -> None:
        """Flush the journal and destroy the window; the last thing."""
        await self.journal.close()
        self.window.deleteLater()


def build_terminal(
    application: QApplication,
    options: argparse.Namespace,
    settings: Settings,
    folder: Path,
    line: Gateway | None = None,
) -> Terminal:
    """Build everything; nothing runs yet. `line` leads to a venue that the caller minds himself.

    Raises OptionDeskError subclasses for what cannot be built.
    """
    monotonic = time.monotonic
    preferences = Preferences(SettingsFile(folder / "settings.json"))
    appearance, languages = _dress(application, options, preferences)
    clock = MarketClock(monotonic)
    profile = read_profile(getattr(options, "profile", None) or settings.profile)
    desk_terms = DeskTerms(folder, settings, preferences)
    terms_of_maker = desk_terms.in_force
    calendar = read_calendar(folder / CALENDAR_FILE)
    sheet = desk_sheet(settings.desk_limits, settings.order_value_limit)
    guards = maker_limits(settings.maker_limits)
    refuse_bad_files(options, settings, folder)
    gateway = line if line is not None else gateway_to_venue(options, settings, folder)
    # After everything that may refuse: the journal has a thread and a lock
    account_id = options.account or settings.account
    journal = open_journal(options, folder, account_id)
    recorder = RecordingWriter(options.record) if options.record else None
    parts = build_desk(
        desk_id=desk_id(options, folder, account_id),
        account_id=account_id,
        gateway=gateway if recorder is None else RecordedGateway(gateway, recorder, clock),
        journal=journal,
        profile=profile,
        calendar=calendar,
        limits=DeskLimits(settings.order_value_limit),
        sheet=sheet,
        rate=RATE,
        clock=clock,
        monotonic=monotonic,
    )
    desk, checks, gate, days_left = parts.desk, parts.checks, parts.gate, parts.days_left
    valuation, theoretical = parts.valuation, parts.theoretical
    bus, market, portfolio = desk.bus, desk.market, desk.portfolio
    frame_timer = FrameTimer(time.perf_counter)
    exit_requested = asyncio.Event()
    terminal: Terminal

    def spawn(work: Coroutine[Any, Any, Any]) -> object:
        return terminal.spawn(work)

    quoting_desk = build_quoting_desk(
        desk,
        theoretical,
        journal,
        gateway,
        spawn,
        plug_in_folder=folder / PLUG_IN_FOLDER,
        plug_in_memory_bytes=settings.plug_in_memory_mb * 1_000_000,
    )
    # After the strategies: what a tick has to do with obligations can wait until the quotes are out
    obligations = build_obligations(desk, terms_of_maker, profile.sessions)
    kept = journal.bookmark()
    days_before = 0 if kept is None else kept[0]
    is_measured = any(journal.read_kind([RecordKind.OBLIGATION], days_before))
    day_pictures = DayPictures(journal, desk.desk_id, terms_of_maker, profile.sessions)
    begun = day_pictures.start()
    restore_obligations(obligations, journal, begun, is_measured)
    curve_file = CurveFile(folder / CURVE_FILE)
    analysis = build_services(desk, valuation, calendar, curve_file, profile.sessions, preferences, guards.risk)
    reminders = build_reminders(
        desk,
        gate=gate,
        checks=checks,
        valuation=valuation,
        obligations=obligations,
        calendar=calendar,
        records=journal.read_kind([RecordKind.ALERT]),
        read=preferences.read,
        write=preferences.write,
        outside=settings.alerts,
    )
    expiry = build_expiry_services(desk, valuation, calendar, preferences, spawn)
    notes = list(journal.read_kind([RecordKind.NOTE]))
    expiry.abandonments.restore(notes)
    expiry.auto.restore(notes)
    reminders.watch.is_given_up = lambda code: expiry.abandonments.of(code) is not None
    reminders.watch.chance_of = expiry.assignments.chance_of
    maker = build_maker(quoting_desk, theoretical, terms_of_maker, guards, days_left, settings.strategy_quote_control)
    making = build_making(
        desk,
        obligations,
        theoretical,
        profile.sessions,
        journal.read,
        desk_terms,
        settings.hand_quote_effect,
        settings.hand_quote_control,
    )
    quoting_desk.pauses = maker.pauses = making.pauses
    making.pauses.by_strategy = maker.out_by_strategy
    workspace = build_workspace(
        desk=desk,
        judge=DraftJudge(checks, market, portfolio),
        valuation=valuation,
        analysis=analysis,
        making=making,
        expiry=expiry,
        maker=maker,
        quoting_desk=quoting_desk,
        reminders=reminders,
        next_day=lambda day: calendar.shift(day, 1),
        sounds_folder=folder / "sounds",
        history=History(journal.read_kind),
        sessions=profile.sessions,
        appearance=appearance,
        languages=languages,
        frame_timer=frame_timer,
        preferences=preferences,
        exit_requested=exit_requested,
        spawn=spawn,
        days_left=days_left,
    )
    terminal = Terminal(
        desk=desk,
        workspace=workspace,
        trader=ScriptedTrader(desk, workspace.ticket, workspace.turn_to, options.pace),
        frame_timer=frame_timer,
        appearance=appearance,
        languages=languages,
        preferences=preferences,
        journal=journal,
        exit_requested=exit_requested,
        first_chain=FirstPaint(workspace.chain, lambda: market.updates > 0),
        valuation=valuation,
        obligations=obligations,
        quoting=quoting_desk,
        mark_outs=analysis.mark_outs,
        risk=analysis.risk,
        reminders=reminders,
        expiry=expiry,
        calendar=calendar,
        day_pictures=day_pictures,
        begun=begun,
    )
    frame_timer.register(terminal.first_chain)
    bus.subscribe(LatencyMeasured, terminal.note_latency)
    return terminal


def _dress(
    application: QApplication, options: argparse.Namespace, preferences: Preferences
) -> tuple[Appearance, Languages]:
    chosen = preferences.settings
    appearance = Appearance(
        _known(ThemeName, options.theme or chosen.theme),
        _known(ColourPack, chosen.colour_pack),
        _known(ColourMode, chosen.colour_mode),
    )
    appearance.set_still(preferences.read("reduced_motion") is True)
    # The window puts the sheet on, once it is built
    appearance.prepare(application)
    languages = Languages(resource_folder() / "translations")
    first = "zh_CN" if QLocale.system().language() is QLocale.Language.Chinese else "en"
    languages.use(options.language or (chosen.language if preferences.is_known else first))
    if not preferences.is_known:
        # The second run speaks as the first did
        preferences.write("language", languages.language)
    return appearance, languages


def _known(kind: type[E], value: str) -> E:
    """The member of this value; the first one for a word of another version of the program."""
    return next((member for member in kind if member.value == value), next(iter(kind)))
