"""The reminders on a small window: a real book whose findings are laid down by hand, every screen, a ticket beside."""

from asyncio import AbstractEventLoop
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level
from terminal.alerts.engine import AlertBook
from terminal.domain.messages import ClockChanged
from terminal.rules.profile import Profile
from terminal.services.checks import DeskLimits, OrderChecks
from terminal.services.desk import Desk
from terminal.services.order_draft import DraftJudge
from terminal.views.alerts.answers import Actions, Answers
from terminal.views.alerts.badge import AlertBadge
from terminal.views.alerts.corner import Corner
from terminal.views.alerts.drawer import AlertDrawer
from terminal.views.alerts.presenter import AlertPresenter
from terminal.views.alerts.samples import sample_finding
from terminal.views.alerts.sheet import OrderSheet
from terminal.views.alerts.sounds import Sounds, Tone
from terminal.views.alerts.toast import ToastStack
from terminal.views.alerts.tray import Tray
from terminal.views.appearance import Appearance
from terminal.views.trading.ticket import Ticket
from tests.views.desk_rig import NOW, HandClock, MemorySettings
from tests.views.trading.ticket_rig import Started, code_of


@dataclass
class Screen:
    """Everything of the reminders; `found` is what the rules find, `find` lets the book look and the screen show it."""

    desk: Desk
    monotonic: HandClock
    book: AlertBook
    answers: Answers
    window: QWidget
    ticket: Ticket
    drawer: AlertDrawer
    corner: Corner
    sheet: OrderSheet
    toasts: ToastStack
    badge: AlertBadge
    sounds: Sounds
    presenter: AlertPresenter
    found: list[Finding]
    heard: list[Tone] = field(default_factory=list)
    done: list[tuple[AlertAction, Finding]] = field(default_factory=list)
    grey: dict[AlertAction, str] = field(default_factory=dict)
    exported: list[tuple[str, list[str], list[list[str]]]] = field(default_factory=list)

    def find(self, *found: Finding) -> None:
        """These are so now, and nothing else."""
        self.found[:] = found
        self.book.evaluate(self.desk.clock.now())
        self.look()

    def look(self, seconds: float = 0.13) -> None:
        """One frame, so much wall time after the last."""
        self.monotonic.seconds += seconds
        self.presenter.flush()
        QApplication.processEvents()

    def move_clock(self, passed: timedelta) -> None:
        """Market time goes on."""
        self.desk.on_event(ClockChanged(at=self.desk.clock.now() + passed, speed=1.0))

    def sample(self, kind: AlertKind, level: Level | None = None, subject: str = "") -> Finding:
        """An example of a kind over contracts of this desk."""
        finding = sample_finding(kind, self.desk.market, self.desk.clock.now(), level)
        return replace(finding, subject=subject or finding.subject)

    def many(self, count: int, level: Level = Level.CARD) -> list[Finding]:
        """So many at once, each with a contract of the desk and money of its own."""
        codes = [contract.code for contract in self.desk.market.contracts]
        return [
            Finding(
                AlertKind.OBLIGATION,
                f"{n}",
                level,
                "510050",
                (codes[n % len(codes)],),
                n + 1,
                Decimal(n) / 10,
                NOW + timedelta(hours=2, seconds=n),
                {"slack": f"{n}", "state": "at_risk"},
                (AlertAction.SHOW_OBLIGATIONS,),
            )
            for n in range(count)
        ]


def next_day(day: date) -> date:
    """The next weekday."""
    day += timedelta(days=1)
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def make_screen(
    desk: Desk,
    profile: Profile,
    appearance: Appearance,
    monotonic: HandClock,
    settings: MemorySettings,
    qtbot: QtBot,
    loop: AbstractEventLoop,
    *,
    with_drawer: bool = True,
) -> Screen:
    """Build it; the drawer is shown or away."""
    found: list[Finding] = []
    book = AlertBook(bus=desk.bus, write=lambda *_: None, find=lambda _: found, repetitions={})
    book.enter("venue/account")
    answers = Answers(book, now=desk.clock.now, who=lambda: "chen", next_day=next_day, opens_at=time(9, 15))
    screen: Screen
    actions = Actions(
        reason=lambda action, _finding: screen.grey.get(action, ""),
        act=lambda action, finding: screen.done.append((action, finding)),
    )
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1500, 900)
    ticket = make_ticket(desk, profile, appearance, Started(loop))
    export: Callable[[str, list[str], list[list[str]]], None] = lambda *row: screen.exported.append(row)  # noqa: E731
    toasts = ToastStack(desk.market, desk.clock.now, appearance, lambda group: answers.let_go(group.keys))
    drawer = AlertDrawer(desk.market, answers, actions, appearance, toasts, export)
    row = QHBoxLayout(window)
    elsewhere = QWidget()
    elsewhere.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    row.addWidget(elsewhere, 1)
    ticket.setFixedWidth(380)
    drawer.setFixedWidth(368)
    row.addWidget(ticket)
    row.addWidget(drawer)
    drawer.setVisible(with_drawer)
    corner = Corner(desk.market, answers, actions, appearance, toasts, window)
    corner.keep_off.append(ticket)
    sheet = OrderSheet(desk, answers, actions, appearance, ticket, window)
    badge = AlertBadge(appearance, window)
    sounds = Sounds(settings, lambda tone, _volume: screen.heard.append(tone), monotonic)
    presenter = AlertPresenter(
        desk.bus,
        desk.market,
        answers,
        actions,
        drawer=drawer,
        corner=corner,
        sheet=sheet,
        toasts=toasts,
        badge=badge,
        sounds=sounds,
        tray=Tray(window, appearance, lambda: None),
        appearance=appearance,
        monotonic=monotonic,
        window=window,
    )
    screen = Screen(
        desk, monotonic, book, answers, window, ticket, drawer, corner, sheet, toasts, badge, sounds, presenter, found
    )
    window.show()
    window.activateWindow()
    # As in the real window, where the chain has the keyboard at first
    elsewhere.setFocus()
    screen.look()
    return screen


def make_ticket(desk: Desk, profile: Profile, appearance: Appearance, started: Started) -> Ticket:
    """A ticket on the 2.50 call."""
    checks = OrderChecks(
        profile, desk.market, desk.portfolio, DeskLimits(Decimal(1_000_000)), desk.instructions.checks.terms
    )
    judge = DraftJudge(checks, desk.market, desk.portfolio)
    ticket = Ticket(desk, judge, appearance, started, confirm=lambda: False, presets=lambda: (1, 5, 10))
    ticket.show_contract(code_of(desk))
    return ticket


def at(clock: str) -> datetime:
    """A time of the desk's day."""
    return datetime.combine(NOW.date(), time.fromisoformat(clock), NOW.tzinfo)


Make = Callable[..., Screen]


def click(button: QWidget) -> None:
    """Press a button with the mouse."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def all_at_once(screen: Screen) -> None:
    """A toast, a card and a sheet come up in one breath."""
    screen.find(
        screen.sample(AlertKind.LISTING, Level.TOAST),
        screen.sample(AlertKind.NEAR_EXPIRY, Level.CARD),
        screen.sample(AlertKind.EXERCISE, Level.SHEET),
    )
