"""The screens of the reminders put together: drawer, corner, sheet, settings, sounds, where their buttons lead."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

from PySide6.QtWidgets import QWidget

from terminal.alerts.alert import Alert, AlertAction, AlertKind, Finding, Level, Standing
from terminal.alerts.conditions import Condition
from terminal.alerts.groups import AlertGroup
from terminal.alerts.readings import Readings
from terminal.app.alert_actions import AlertActions
from terminal.app.alerts import Reminders
from terminal.app.export import Exporter
from terminal.app.preferences import Preferences
from terminal.app.sound_player import SoundPlayer
from terminal.views.alerts.answers import Actions, Answers
from terminal.views.alerts.badge import AlertBadge
from terminal.views.alerts.builder import ConditionBuilder
from terminal.views.alerts.corner import Corner
from terminal.views.alerts.drawer import AlertDrawer
from terminal.views.alerts.presenter import AlertPresenter
from terminal.views.alerts.samples import sample_group
from terminal.views.alerts.settings_page import AlertSettingsPage
from terminal.views.alerts.settings_panel import AlertSettingsPanel
from terminal.views.alerts.sheet import OrderSheet
from terminal.views.alerts.sounds import Sounds
from terminal.views.alerts.toast import ToastStack
from terminal.views.alerts.tray import Tray
from terminal.views.appearance import Appearance
from terminal.views.frame_timer import BEAT, FrameTimer
from terminal.views.main_window import MainWindow

#: Eight times a second: from cause to screen it is a quarter of a second more
_FRAMES = BEAT // 2


class AlertPanels:
    """Made in two steps: the panels before the window that holds them, `attach` once it stands."""

    def __init__(
        self,
        reminders: Reminders,
        readings: Readings,
        appearance: Appearance,
        preferences: Preferences,
        exporter: Exporter,
        *,
        next_day: Callable[[date], date],
        opens_at: time,
        sounds_folder: Path,
        current: Callable[[], str],
    ) -> None:
        desk = reminders.desk
        self._reminders = reminders
        self._appearance = appearance
        self._actions_of: AlertActions | None = None
        self.answers = Answers(
            reminders.book,
            now=desk.clock.now,
            who=lambda: str(preferences.read("quoting.person") or "").strip() or desk.account_id or desk.desk_id,
            next_day=next_day,
            opens_at=opens_at,
        )
        self.actions = Actions(reason=self._reason, act=self._act)
        self.toasts = ToastStack(desk.market, desk.clock.now, appearance, lambda g: self.answers.let_go(g.keys))
        self.drawer = AlertDrawer(
            desk.market, self.answers, self.actions, appearance, self.toasts, exporter.export
        )  # fmt: skip
        self.player = SoundPlayer(sounds_folder, parent=self.drawer)
        self.sounds = Sounds(preferences, self.player.play, desk.monotonic)
        self.badge = AlertBadge(appearance)
        self.settings = AlertSettingsPanel(
            lambda: self._kinds_page(appearance),
            lambda: self._conditions_page(readings, current, appearance),
        )
        self.presenter: AlertPresenter | None = None
        self.corner: Corner | None = None
        self.sheet: OrderSheet | None = None

    @property
    def by_name(self) -> dict[str, QWidget]:
        """The panels by the names of their docks."""
        return {"alerts": self.drawer, "alert_settings": self.settings}

    @property
    def counts(self) -> dict[str, Callable[[], int]]:
        """Figures beside the names of docks."""
        return {"alerts": lambda: self.badge.total}

    def attach(self, window: MainWindow, ticket: QWidget, actions: AlertActions, frame_timer: FrameTimer) -> None:
        """Put up what stands over the window, and begin."""
        desk = self._reminders.desk
        self._actions_of = actions
        self.corner = corner = Corner(
            desk.market, self.answers, self.actions, self._appearance, self.toasts, window
        )  # fmt: skip
        corner.keep_off.append(ticket)
        corner.drawer_wanted.connect(lambda: window.bring_up("alerts"))
        self.sheet = OrderSheet(desk, self.answers, self.actions, self._appearance, ticket, window)
        self.presenter = presenter = AlertPresenter(
            desk.bus,
            desk.market,
            self.answers,
            self.actions,
            drawer=self.drawer,
            corner=corner,
            sheet=self.sheet,
            toasts=self.toasts,
            badge=self.badge,
            sounds=self.sounds,
            tray=Tray(window, self._appearance, lambda: _raise(window)),
            appearance=self._appearance,
            monotonic=desk.monotonic,
            window=window,
        )
        self.badge.key_words = f"  [{window.keys.shown('alerts')}]"
        self.badge.pressed.connect(lambda: window.bring_up("alerts"))
        self.drawer.settings_wanted.connect(lambda: window.bring_up("alert_settings"))
        self.drawer.sound_wanted.connect(self._follow_mute)
        window.first_reminder_wanted.connect(presenter.act_on_first)
        frame_timer.register(presenter, _FRAMES)

    def show_sample(self, group: AlertGroup) -> None:
        """A toast, card or sheet as it would be, marked as an example."""
        if self.presenter is not None:
            self.presenter.show_sample(group)

    # ---- inside

    def _reason(self, action: AlertAction, finding: Finding) -> str:
        return self._actions_of.reason(action, finding) if self._actions_of is not None else ""

    def _act(self, action: AlertAction, finding: Finding) -> None:
        if self._actions_of is not None:
            self._actions_of.act(action, finding)

    def _follow_mute(self) -> None:
        if self.settings.kinds is not None:
            self.settings.kinds.show_muted()

    def _kinds_page(self, appearance: Appearance) -> AlertSettingsPage:
        page = AlertSettingsPage(
            self._reminders, self.sounds, appearance, lambda: self.drawer.show_sound(self.sounds.muted)
        )
        page.sample_wanted.connect(self._show_kind)
        return page

    def _conditions_page(
        self, readings: Readings, current: Callable[[], str], appearance: Appearance
    ) -> ConditionBuilder:
        def reading(condition: Condition) -> float | None:
            return readings.of([condition])[condition.name].value

        page = ConditionBuilder(self._reminders, self._reminders.desk.market, reading, current, appearance)
        page.sample_wanted.connect(self._show_condition)
        return page

    def _show_kind(self, kind: AlertKind) -> None:
        self.show_sample(sample_group(kind, self._reminders.desk.market, self._reminders.desk.clock.now()))

    def _show_condition(self, condition: Condition, value: float | None) -> None:
        now = self._reminders.desk.clock.now()
        figures = {
            "name": condition.name,
            "measure": condition.measure.value,
            "comparison": condition.comparison.value,
            "threshold": f"{condition.threshold:f}",
            "value": "" if value is None else f"{value:.6g}",
            "note": condition.note,
        }
        codes = (condition.of,) if self._reminders.desk.market.contract(condition.of) is not None else ()
        finding = Finding(
            AlertKind.CUSTOM, "sample:custom", Level(condition.level), condition.underlying, codes, figures=figures
        )
        self.show_sample(AlertGroup((Alert(finding, Standing.OPEN, now, now, heard_level=finding.level),)))


def _raise(window: MainWindow) -> None:
    """The user clicked the notice: bring the window up, with the drawer."""
    window.show()
    window.raise_()
    window.activateWindow()
    window.bring_up("alerts")
