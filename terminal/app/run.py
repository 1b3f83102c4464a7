"""Builds the desk and runs it: the only file here that knows every class.

Order of starting: Qt, settings, journal (held by one process), services, gateway, window. Order of stopping: new orders
refused, working orders cancelled or left as the user says, gateway out, journal flushed, settings saved, window hidden,
loop ended. The last window's closing never ends the loop by itself.
"""

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import sys
import time
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from terminal import heap
from terminal.app import collector
from terminal.app.assembly import Terminal, build_terminal
from terminal.app.instructor import Classroom, class_venue
from terminal.app.pricing_kernels import compile_beside
from terminal.app.report import RunReport
from terminal.app.screenshots import CLIENT_PRESETS, MAKER_PRESETS, write_class_screenshots, write_screenshots
from terminal.app.waiting import why_no_market
from terminal.config import data_folder, load_settings
from terminal.domain.errors import OptionDeskError
from terminal.gateways.embedded import EmbeddedVenue
from terminal.gateways.venue_link import VenueLink
from terminal.services.sign_off import LeftOver, open_of, sign_off
from terminal.views.exit_question import ExitChoice, ask_exit
from terminal.views.presets import PRESETS

logger = logging.getLogger(__name__)
#: Wall seconds of the run without a display
UNSEEN_SECONDS = 60.0
#: How long to wait for the venue's word that everything is cancelled
_WRITING_LOOKS, _LOOK_SECONDS = 400, 0.005
_SIGN_OFF_LOOKS, _SIGN_OFF_LOOK_SECONDS = 60, 0.05
#: How long a run of some seconds waits for its market before it ends without one
_MARKET_SECONDS = 60.0
#: Starting is over: processor time and event-loop gaps count from here
_WARM_SECONDS = 5
_GIVE_BACK_SECONDS = 300
_PICTURED_CLASS = "breaker_obligations"
_PICTURED_MAKER = "MM1"
_QT_LEVELS = {QtMsgType.QtWarningMsg: logging.WARNING, QtMsgType.QtCriticalMsg: logging.ERROR}


def run_desk(options: argparse.Namespace, own: EmbeddedVenue | None = None) -> int:
    """Open the desk and run it to its end; gives the exit code. `own` is its own venue, where that was set going."""
    unseen = prepare_platform(options, os.environ, sys.platform)
    if unseen:
        print("No display: the market is played offscreen for a minute with a scripted trader.", flush=True)
    qInstallMessageHandler(_log_qt_message)
    application = QApplication.instance() or QApplication(["optiondesk"])
    assert isinstance(application, QApplication)
    application.setApplicationName("OptionDesk")
    # We stop the loop, not Qt: otherwise asyncio finds its loop gone with work in it
    application.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        if options.command != "shots":
            return runner.run(_run(application, options, own))
        for pictured in _pictured(options):
            if code := runner.run(_run(application, pictured, own)):
                return code
            own = None
    return 0


def _pictured(options: argparse.Namespace) -> list[argparse.Namespace]:
    """The desks of which pictures are made, one after the other: the account named, else a client's and a market
    maker's, then a class, whose windows are nowhere else."""
    desks: list[dict[str, Any]] = [{"presets": CLIENT_PRESETS}, {"account": _PICTURED_MAKER, "presets": MAKER_PRESETS}]
    if options.account:
        desks = [{"presets": [preset.name for preset in PRESETS]}]
    lesson = {"command": "train", "scenario": _PICTURED_CLASS, "no_instructor": False, "account": None}
    return [argparse.Namespace(**vars(options) | more) for more in [*desks, lesson | {"pictured": True}]]


def _log_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Put Qt's own words into the log, under its name."""
    # The offscreen platform says this of every window it shows; it means nothing
    quiet = message == "This plugin does not support propagateSizeHints()"
    level = logging.DEBUG if quiet or kind is QtMsgType.QtDebugMsg else _QT_LEVELS.get(kind, logging.INFO)
    logging.getLogger("qt").log(level, "%s", message)


def prepare_platform(options: argparse.Namespace, environment: "os._Environ[str]", platform: str) -> bool:
    """Choose the offscreen platform where there is no display; True for the run that nobody sees."""
    shots = options.command == "shots"
    has_display = not platform.startswith("linux") or bool(
        environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY") or environment.get("QT_QPA_PLATFORM")
    )
    if shots or not has_display:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    unseen = not has_display and options.command == "run"
    if unseen:
        options.scripted = True
        if options.duration is None:
            options.duration = UNSEEN_SECONDS
    return unseen


async def _run(application: QApplication, options: argparse.Namespace, own: EmbeddedVenue | None = None) -> int:
    began = time.time()
    folder = data_folder(options.data_dir)
    venue = class_venue(options, folder)
    minded, settings = venue or own, load_settings()
    line = VenueLink(minded.address) if minded is not None else None
    try:
        terminal = build_terminal(application, options, settings, folder, line)
    except OptionDeskError:
        if own is not None:
            own.end()
        raise
    classroom = Classroom(
        terminal,
        terminal.calendar,
        venue,
        with_window=not getattr(options, "no_instructor", False),
    )
    report = RunReport(terminal, began)
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGINT"):
        with contextlib.suppress(NotImplementedError, AttributeError):
            loop.add_signal_handler(getattr(signal, name), terminal.end_at_once)
    code = 0
    try:
        await terminal.start_desk()
        terminal.frame_timer.start()
        terminal.window.show()
        terminal.spawn(_measure(terminal))
        terminal.spawn(classroom.run())
        terminal.quoting.start()
        terminal.spawn(terminal.quoting.run())
        terminal.reminders.start()
        terminal.spawn(terminal.reminders.run())
        terminal.spawn(terminal.day_pictures.run())
        if settings.compiled_pricing:
            terminal.spawn(compile_beside(terminal.first_chain.has_happened, terminal.valuation.use))
        else:
            logger.info("prices by numpy: compiled_pricing is off in the configuration")
        if options.command == "shots":
            await write_screenshots(terminal, options.out, options.presets)
        elif getattr(options, "pictured", False):
            await write_class_screenshots(terminal, classroom, options.out)
        else:
            await _until_the_end(terminal, options, report)
    finally:
        await classroom.close()
        await _stop(terminal, options, report)
        classroom.end_venue()
    if options.command != "shots" and (options.duration is not None or options.scripted):
        report.write(options.out)
        print(report.text())
        code = report.exit_code
    return 1 if terminal.failures else code


async def _until_the_end(terminal: Terminal, options: argparse.Namespace, report: RunReport) -> None:
    if options.scripted:
        terminal.spawn(terminal.trader.run())
    ending = [asyncio.ensure_future(_leaving(terminal, options))]
    if options.duration is not None:
        ending.append(asyncio.ensure_future(_time_over(terminal, report, options.duration)))
    try:
        done, _ = await asyncio.wait(ending, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
    report.take_pulse()
    if options.scripted:
        await report.take_screenshots(options.out)


async def _time_over(terminal: Terminal, report: RunReport, seconds: float) -> None:
    """Wait for the end of a run of some seconds, counted from a market that is there: a busy machine starts slowly."""
    desk = terminal.desk
    report.no_market = await why_no_market(desk, _MARKET_SECONDS)
    if not report.no_market:
        await asyncio.sleep(seconds)


async def _leaving(terminal: Terminal, options: argparse.Namespace) -> None:
    """Wait for the end; a person at the screen who leaves orders or quotes in the market is asked, and may stay.

    Who wants them taken out stays until the venue has said that they are: it is told what is left, and asked again.
    """
    has_user = options.duration is None and not options.scripted
    await terminal.exit_requested.wait()
    while has_user and not terminal.asks_nobody.is_set() and (left := open_of(terminal.desk)).count:
        choice = await _answer(terminal, left)
        if choice is ExitChoice.LEAVE or terminal.asks_nobody.is_set():
            terminal.cancel_on_exit = choice is not ExitChoice.LEAVE
            return
        if choice is ExitChoice.CANCEL:
            terminal.quoting.engine.stop_all("the desk ends", "desk")
            if (await _sign_off(terminal)).is_clear:
                return
            continue
        terminal.exit_requested.clear()
        await terminal.exit_requested.wait()


async def _sign_off(terminal: Terminal) -> LeftOver:
    """Take everything out and wait for the venue's word."""
    left = await sign_off(terminal.desk, lambda: asyncio.sleep(_SIGN_OFF_LOOK_SECONDS), _SIGN_OFF_LOOKS)
    if not left.is_clear:
        logger.error("the venue has not confirmed that %d orders and %d quotes are gone", left.orders, left.quotes)
    return left


async def _answer(terminal: Terminal, left: LeftOver) -> ExitChoice:
    """What the user says; CANCEL, as without a question, when the end comes while the question stands."""
    asking = asyncio.ensure_future(ask_exit(terminal.window, left.orders, left.quotes))
    ending = asyncio.ensure_future(terminal.asks_nobody.wait())
    try:
        await asyncio.wait((asking, ending), return_when=asyncio.FIRST_COMPLETED)
        return asking.result() if asking.done() else ExitChoice.CANCEL
    finally:
        asking.cancel()
        ending.cancel()
        await asyncio.gather(asking, ending, return_exceptions=True)


async def _measure(terminal: Terminal) -> None:
    """Once a second: measure ourselves, what obligations need of the valuation, what our trades are worth by now."""
    beats = 0
    while True:
        await asyncio.sleep(1.0)
        terminal.vitals.sample(len(terminal.desk.portfolio.fills))
        terminal.obligations.refresh_deltas(terminal.valuation)
        terminal.mark_outs.look()
        terminal.expiry.auto.on_time()
        beats += 1
        if beats == _WARM_SECONDS:
            if collector.resume():
                terminal.frame_timer.register(collector.ScreenCollector())
            terminal.vitals.warm()
            terminal.frame_timer.reset_gaps()
            terminal.workspace.chain.view.delays.reset()
        if beats % _GIVE_BACK_SECONDS == 0:
            heap.give_back()


async def _stop(terminal: Terminal, options: argparse.Namespace, report: RunReport) -> None:
    """Take everything down in order, naming what hangs."""
    desk = terminal.desk
    for _ in range(_WRITING_LOOKS):
        if not desk.orders.is_writing:
            break
        # Cut off between journal and line, an order would be on disk and neither shown nor sent
        await asyncio.sleep(_LOOK_SECONDS)
    terminal.day_pictures.close()
    await terminal.end_tasks()
    terminal.quoting.close()
    terminal.reminders.close()
    desk.orders.stop_accepting()
    if terminal.cancel_on_exit:
        await _sign_off(terminal)
    elif desk.quoting.board.live_numbers:
        # Quotes are never left behind: nobody would mind them
        desk.quoting.cancel()
    report.finish()
    try:
        async with asyncio.timeout(5.0):
            await desk.stop()
    except TimeoutError:
        logger.warning("the gateway did not close within 5 s")
    terminal.frame_timer.stop()
    terminal.save_settings()
    terminal.window.hide()
    terminal.languages.leave()
    await terminal.close()
