"""The program from its start to its end: what it asks before it leaves, what becomes of orders, its exit code."""

import asyncio
import json
import logging
import os
import signal
import sys
from argparse import Namespace
from asyncio import AbstractEventLoop
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from terminal.app import report, run
from terminal.app.assembly import Terminal
from terminal.app.report import RunReport
from terminal.app.waiting import until
from terminal.domain.orders import Order, OrderStatus
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.services.events import LinkChanged, OrderChanged
from terminal.views.exit_question import ExitChoice, ExitQuestion
from tests.app.conftest import PATIENCE_SECONDS, Build, Tell
from tests.harness import CHEAP_CALL, GRACE, World, limit

_TURNS = 1000


async def until_true(ready: Callable[[], object]) -> None:
    """Let the program take its turns until something shows that no event tells of."""
    for _ in range(_TURNS):
        if ready():
            return
        await asyncio.sleep(0)
    raise AssertionError("it did not come true")


async def rest_an_order(terminal: Terminal) -> Order:
    """A bid below the market, acknowledged by the venue."""
    desk = terminal.desk
    order = await desk.orders.submit(limit(CHEAP_CALL, "0.0070", 2))

    def works() -> bool:
        newest = desk.orders.order(order.client_order_id)
        return newest is not None and newest.status is OrderStatus.WORKING

    assert await until(desk.bus, OrderChanged, works, PATIENCE_SECONDS)
    return order


def questions(terminal: Terminal) -> list[ExitQuestion]:
    return [question for question in terminal.window.findChildren(ExitQuestion) if question.isVisible()]


async def close_and_answer(terminal: Terminal, choice: ExitChoice) -> None:
    terminal.window.close()
    await until_true(lambda: questions(terminal))
    QTest.mouseClick(questions(terminal)[0].button_of(choice), Qt.MouseButton.LeftButton)


async def left(terminal: Terminal) -> None:
    """Until the window is destroyed, the last thing the program does."""
    gone = asyncio.Event()
    if isValid(terminal.window):
        terminal.window.destroyed.connect(lambda: gone.set())
        async with asyncio.timeout(PATIENCE_SECONDS):
            await gone.wait()


def working_at(world: World) -> int:
    return len(world.market.counter.working_orders())


def test_a_window_without_working_orders_closes_without_a_question(tell: Tell, tmp_path: Path) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        assert terminal.window.isVisible()
        terminal.window.close()
        # A question would keep it open
        await left(terminal)
        assert not terminal.desk.orders.accepting

    assert tell(story) == 0
    assert (tmp_path / "desk" / "settings.json").is_file()


@pytest.mark.requirement("X4")
def test_leaving_cancels_what_works_when_the_user_says_so(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        order = await rest_an_order(terminal)
        await close_and_answer(terminal, ExitChoice.CANCEL)
        await left(terminal)
        ended = terminal.desk.orders.order(order.client_order_id)
        assert ended is not None
        assert ended.status is OrderStatus.CANCELLED
        assert working_at(world) == 0

    assert tell(story) == 0


@pytest.mark.requirement("X4")
def test_orders_that_are_left_work_on_until_the_venue_gives_the_desk_up(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        await rest_an_order(terminal)
        await close_and_answer(terminal, ExitChoice.LEAVE)
        await left(terminal)
        assert not terminal.cancel_on_exit
        assert working_at(world) == 1
        world.pass_time(GRACE + 1.0, ticks=3)
        assert working_at(world) == 0

    assert tell(story) == 0


def test_who_stays_trades_on_and_is_asked_again(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        await rest_an_order(terminal)
        await close_and_answer(terminal, ExitChoice.STAY)
        await until_true(lambda: not terminal.exit_requested.is_set())
        assert terminal.window.isVisible()
        await rest_an_order(terminal)
        assert working_at(world) == 2
        await close_and_answer(terminal, ExitChoice.CANCEL)
        await left(terminal)
        assert working_at(world) == 0

    assert tell(story) == 0


def test_who_stays_until_nothing_works_is_not_asked_again(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        order = await rest_an_order(terminal)
        await close_and_answer(terminal, ExitChoice.STAY)
        await until_true(lambda: not terminal.exit_requested.is_set())
        await terminal.desk.orders.cancel(order.client_order_id)
        await until(terminal.desk.bus, OrderChanged, lambda: not terminal.desk.orders.working(), PATIENCE_SECONDS)
        terminal.window.close()
        await left(terminal)

    assert tell(story) == 0


needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM for an event loop")


@needs_signals
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_program_without_a_question(tell: Tell, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    async def asked(window: QWidget, working: int) -> ExitChoice:
        raise AssertionError("nobody may be asked")

    monkeypatch.setattr(run, "ask_exit", asked)

    async def story(terminal: Terminal, world: World) -> None:
        await rest_an_order(terminal)
        os.kill(os.getpid(), number)
        await left(terminal)
        assert working_at(world) == 0

    assert tell(story) == 0


@needs_signals
@pytest.mark.parametrize("stays_first", [False, True])
def test_a_signal_does_not_wait_for_an_answer(tell: Tell, stays_first: bool) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        await rest_an_order(terminal)
        if stays_first:
            await close_and_answer(terminal, ExitChoice.STAY)
            await until_true(lambda: not terminal.exit_requested.is_set())
        terminal.window.close()
        await until_true(lambda: questions(terminal))
        os.kill(os.getpid(), signal.SIGTERM)
        await left(terminal)
        assert working_at(world) == 0

    assert tell(story) == 0


def test_a_run_of_a_given_length_asks_nobody(
    tell: Tell, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rests = asyncio.Event()
    until_the_end = run._until_the_end

    async def once_it_rests(terminal: Terminal, options: Namespace, outcome: RunReport) -> None:
        # A slow machine would spend the time of the run on its start
        await rests.wait()
        await until_the_end(terminal, options, outcome)

    monkeypatch.setattr(run, "_until_the_end", once_it_rests)

    async def story(terminal: Terminal, world: World) -> None:
        await rest_an_order(terminal)
        rests.set()
        await left(terminal)
        assert working_at(world) == 0

    assert tell(story, "--duration", "0.1") == 0
    facts = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert facts["connected"]
    assert facts["order_states"] == {next(iter(facts["order_states"])): ["cancelled", 0]}
    assert "orders             1, 0 kept by the ticket" in capsys.readouterr().out


@pytest.mark.parametrize("comes", [True, False])
def test_the_seconds_of_a_run_count_from_its_market(
    build: Build, qt_loop: AbstractEventLoop, monkeypatch: pytest.MonkeyPatch, comes: bool
) -> None:
    # Without a market it ends all the same
    monkeypatch.setattr(run, "_MARKET_SECONDS", PATIENCE_SECONDS if comes else 0.0)
    terminal = build("--duration", "0")

    async def story() -> None:
        running = asyncio.ensure_future(
            run._until_the_end(terminal, Namespace(duration=0.0, scripted=False), RunReport(terminal, 0.0))
        )
        if comes:
            for _ in range(_TURNS):
                await asyncio.sleep(0)
            assert not running.done()
            terminal.desk.link = LinkState.UP
            terminal.desk.bus.publish(LinkChanged(LinkState.UP, "recovered"))
        await asyncio.wait_for(running, PATIENCE_SECONDS)

    qt_loop.run_until_complete(story())


def test_a_scripted_run_asks_nobody_and_leaves_a_picture(
    tell: Tell, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The market stands still: a layout has nothing more to show later
    monkeypatch.setattr(report, "_SETTLE_SECONDS", 0.0)

    async def story(terminal: Terminal, world: World) -> None:
        await rest_an_order(terminal)
        terminal.window.close()
        await left(terminal)
        assert working_at(world) == 0

    assert tell(story, "--scripted", "--pace", "0") == 0
    assert (tmp_path / "out" / "run.png").stat().st_size > 10_000
    assert (tmp_path / "out" / "report.txt").read_text("utf-8") == capsys.readouterr().out


def test_a_task_that_fails_ends_the_program_with_its_exit_code(
    tell: Tell, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("ERROR terminal.app.assembly: a task failed")

    async def fail() -> None:
        raise RuntimeError("unforeseen")

    async def story(terminal: Terminal, world: World) -> None:
        await rest_an_order(terminal)
        terminal.spawn(fail())
        await left(terminal)
        assert [str(error) for error in terminal.failures] == ["unforeseen"]
        # Nobody was asked, and nothing is left working
        assert working_at(world) == 0

    assert tell(story) == 1


def test_after_the_end_nothing_is_sent_any_more(tell: Tell) -> None:
    refused: list[Order] = []

    async def story(terminal: Terminal, world: World) -> None:
        terminal.desk.orders.stop_accepting()
        refused.append(await terminal.desk.orders.submit(limit(CHEAP_CALL, "0.0070")))
        terminal.end_at_once()
        await left(terminal)

    assert tell(story) == 0
    assert [order.reason for order in refused] == [Reason.STOPPED]


# ---- platform and log


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        # Set first, so that what the program sets is taken back too
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def options_of(command: str = "run", duration: float | None = None) -> Namespace:
    return Namespace(command=command, scripted=False, duration=duration)


@pytest.mark.usefixtures("no_display")
@pytest.mark.parametrize(("given", "seconds"), [(None, run.UNSEEN_SECONDS), (5.0, 5.0)])
def test_without_a_display_a_run_plays_by_itself_for_a_while(given: float | None, seconds: float) -> None:
    options = options_of(duration=given)
    assert run.prepare_platform(options, os.environ, "linux")
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert (options.scripted, options.duration) == (True, seconds)


@pytest.mark.usefixtures("no_display")
@pytest.mark.parametrize(
    ("command", "variable", "platform", "offscreen"),
    [
        ("run", "DISPLAY", "linux", False),
        ("run", "WAYLAND_DISPLAY", "linux", False),
        ("run", "", "darwin", False),
        ("run", "", "win32", False),
        ("desk", "", "linux", True),
        ("shots", "DISPLAY", "linux", True),
    ],
)
def test_a_person_at_a_display_gets_a_window_of_his_own(
    monkeypatch: pytest.MonkeyPatch, command: str, variable: str, platform: str, offscreen: bool
) -> None:
    if variable:
        monkeypatch.setenv(variable, ":0")
    options = options_of(command)
    assert not run.prepare_platform(options, os.environ, platform)
    assert (os.environ.get("QT_QPA_PLATFORM") == "offscreen") is offscreen
    assert (options.scripted, options.duration) == (False, None)


def test_qt_speaks_into_the_log(caplog: pytest.LogCaptureFixture, expected_warnings: Callable[[str], None]) -> None:
    expected_warnings("WARNING qt: bad font")
    context = QMessageLogContext()
    with caplog.at_level(logging.DEBUG, "qt"):
        run._log_qt_message(QtMsgType.QtWarningMsg, context, "bad font")
        run._log_qt_message(QtMsgType.QtInfoMsg, context, "a word")
        run._log_qt_message(QtMsgType.QtWarningMsg, context, "This plugin does not support propagateSizeHints()")
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO", "DEBUG"]
