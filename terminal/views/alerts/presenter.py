"""Brings reminders to the screen: hears that they changed, and at the next frame shows, sounds and counts them.

Toasts and cards stand in the drawer while it is on screen, else over the corner; a sheet stands over the ticket.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from terminal.alerts.alert import Alert, Level
from terminal.alerts.engine import AlertsChanged
from terminal.alerts.groups import AlertGroup
from terminal.services.bus import Bus
from terminal.services.market_data import MarketData
from terminal.views.alerts.answers import Actions, Answers
from terminal.views.alerts.badge import AlertBadge
from terminal.views.alerts.card_text import card_text
from terminal.views.alerts.corner import Corner
from terminal.views.alerts.drawer import AlertDrawer
from terminal.views.alerts.front import keep_in_front
from terminal.views.alerts.inks import BLINK_SECONDS
from terminal.views.alerts.sheet import OrderSheet
from terminal.views.alerts.sounds import Sounds
from terminal.views.alerts.toast import ToastStack
from terminal.views.alerts.tray import Tray
from terminal.views.alerts.words import Severity, group_severity, severity_of
from terminal.views.appearance import Appearance

#: Wall seconds between two looks at what only counts down, or whose figures alone moved
_CALM_SECONDS = 1.0


class AlertPresenter(QObject):
    """Served by the frame timer whatever is on screen: a sound must not wait for a panel."""

    def __init__(
        self,
        bus: Bus,
        market: MarketData,
        answers: Answers,
        actions: Actions,
        *,
        drawer: AlertDrawer,
        corner: Corner,
        sheet: OrderSheet,
        toasts: ToastStack,
        badge: AlertBadge,
        sounds: Sounds,
        tray: Tray,
        appearance: Appearance,
        monotonic: Callable[[], float],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._market = market
        self._answers = answers
        self._actions = actions
        self._drawer = drawer
        self._corner = corner
        self._sheet = sheet
        self._toasts = toasts
        self._badge = badge
        self._sounds = sounds
        self.tray = tray
        self._appearance = appearance
        self._monotonic = monotonic
        self._window = window
        self._said: dict[str, Alert] = {}
        self._dirty = True
        self._given = 0
        self._at_once = True
        self._cards: list[AlertGroup] = []
        self._in_drawer: bool | None = None
        self._last = self._calm_at = monotonic()
        toasts.changed.connect(self._on_toasts)
        self._leave = bus.subscribe(AlertsChanged, self._on_changed)
        drawer.show_sound(sounds.muted)
        drawer.sound_wanted.connect(self.toggle_sound)
        drawer.sheet_wanted.connect(sheet.open_up)

    def isVisible(self) -> bool:
        """Always."""
        return True

    def flush(self) -> None:
        """Everything that is due: words that are new at once, figures and countdowns once a second."""
        now, seconds = self._answers.now(), self._monotonic()
        passed, self._last = seconds - self._last, seconds
        calm = seconds - self._calm_at >= _CALM_SECONDS
        self._move_toasts()
        if self._dirty:
            self._show(now, calm=calm)
        if calm:
            self._calm_at = seconds
            if self._drawer.isVisible():
                self._drawer.show_time(now)
            self._corner.show_time(now)
        keep_in_front(self._corner)
        keep_in_front(self._sheet)
        self._sheet.show_time(now)
        self._blink(seconds)
        if self._toasts.toasts and self._toasts.isVisible() and not self._window.isMinimized():
            self._toasts.pass_time(passed)

    def act_on_first(self) -> None:
        """The key: what the worst reminder offers; a sheet is brought up for its answer."""
        if self._sheet.group is not None:
            self._sheet.open_up()
            return
        for group in self._answers.book.groups():
            offered = group.alerts[0].finding.actions
            if offered and self._actions.act(offered[0], group.alerts[0].finding):
                return

    def show_sample(self, group: AlertGroup) -> None:
        """What one looks like, at its level and marked as an example: it holds nothing and answers nothing."""
        now = self._answers.now()
        if group.level is Level.TOAST:
            self._toasts.say(group, is_sample=True)
        elif group.level is Level.SHEET and self._sheet.group is None:
            self._sheet.show_sample(group, now)
        else:
            self._corner.show_sample(group, now)

    def toggle_sound(self) -> None:
        """Mute, or sounds again."""
        self._sounds.set_muted(not self._sounds.muted)
        self._drawer.show_sound(self._sounds.muted)

    # ---- inside

    def _blink(self, seconds: float) -> None:
        """Let what is gravest blink, unless the user wants it still."""
        dark = not self._appearance.is_still and int(seconds / BLINK_SECONDS) % 2 == 1
        if self._drawer.isVisible():
            self._drawer.blink(dark)
        self._corner.blink(dark)
        self._sheet.blink(dark)

    def _on_changed(self, event: AlertsChanged) -> None:
        self._dirty = True
        for alert in event.said:
            self._said[alert.finding.key] = alert

    def _on_toasts(self) -> None:
        self._drawer.show_toast_title()
        self._corner.place()

    def _move_toasts(self) -> None:
        """The drawer has them while it is seen, the corner else."""
        in_drawer = self._drawer.isVisible() and not self._drawer.shows_history
        if in_drawer == self._in_drawer:
            return
        self._in_drawer = in_drawer
        self._dirty = self._at_once = True
        self._drawer.mark_stale()
        if in_drawer:
            self._drawer.take_toasts()
            self._corner.show_groups([], self._answers.now())
        else:
            self._corner.take_toasts()
            self._drawer.show_toast_title()

    def _show(self, now: datetime, *, calm: bool) -> None:
        given = self._answers.given
        if not (calm or self._said or self._at_once or given != self._given):
            # Figures alone moved, as they do with every price, or a cause is over: once a second
            return
        self._given, self._at_once, self._dirty = given, False, False
        groups = list(self._answers.book.groups())
        order = list(Severity)
        self._cards = sorted(
            (group for group in groups if group.level is not Level.TOAST),
            key=lambda group: order.index(group_severity(group, now)),
        )
        brief = [group for group in groups if group.level is Level.TOAST]
        said, self._said = self._said, {}
        for group in brief:
            if not said.keys().isdisjoint(group.keys):
                self._toasts.say(group)
        self._toasts.keep_only({key for group in brief for key in group.keys})
        self._drawer.mark_stale()
        if self._drawer.isVisible():
            self._drawer.renew(self._cards, now)
        if not self._in_drawer:
            # What orders wait for stands on the sheet already
            self._corner.show_groups([group for group in self._cards if not group.holds_orders], now)
        holding = next((group for group in groups if group.holds_orders), None)
        self._sheet.show_group(holding, now)
        counts: Counter[Severity] = Counter()
        for group in groups:
            for alert in group.alerts:
                counts[severity_of(alert.finding, now)] += 1
        self._badge.show_counts(dict(counts))
        if said:
            self._tell_outside(groups, said, now)

    def _tell_outside(self, groups: list[AlertGroup], said: dict[str, Alert], now: datetime) -> None:
        """A sound for the gravest, a notice in the tray for the worst."""
        self._sounds.say((alert.finding.kind, alert.finding.level) for alert in said.values())
        worst = next((g for g in groups if not said.keys().isdisjoint(g.keys)), None)
        if worst is not None:
            self.tray.say(card_text(worst, self._market, now), worst.level, len(said))
