"""A reminder that stays until somebody answers it (置顶卡片): what it says, what to do, and when to say it again."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QPushButton, QToolButton, QVBoxLayout, QWidget

from terminal.alerts.alert import AlertAction
from terminal.alerts.groups import AlertGroup
from terminal.services.market_data import MarketData
from terminal.views.alerts.answers import Actions, Answers
from terminal.views.alerts.card_text import CardText, card_text, shortened
from terminal.views.alerts.face import CardFace
from terminal.views.alerts.group_model import GroupModel
from terminal.views.alerts.inks import BLINKING, EDGE, paint_ground
from terminal.views.alerts.later_menu import LaterMenu
from terminal.views.alerts.words import ACTION_WORDS, Severity, word
from terminal.views.appearance import Appearance
from terminal.views.formatting import quantity
from terminal.views.style_sheet import set_role

#: Rows of an opened group that are in sight at once
_ROWS = 8
_ROLES = {
    Severity.CONFIRM: "primary",
    Severity.URGENT: "act-urgent",
    Severity.IMPORTANT: "act-important",
    Severity.NOTE: "act-note",
}


class AlertCard(QFrame):
    """One reminder, or many of a kind. Nothing on it takes the keyboard by itself; Tab and the arrows reach it."""

    opened = Signal()
    """The user opened or closed its group"""
    tucked = Signal()
    """Put away into the drawer, not answered"""
    sheet_wanted = Signal()
    """Orders wait for it: it is answered on the sheet, where its steps are"""
    stepped = Signal(int)
    """To the card after it, or before it"""
    finished = Signal()
    """An example was answered"""

    def __init__(
        self,
        market: MarketData,
        answers: Answers,
        actions: Actions,
        appearance: Appearance,
        *,
        brief: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._market = market
        self._answers = answers
        self._actions = actions
        self._appearance = appearance
        self._group: AlertGroup | None = None
        self._list: QListView | None = None
        self._is_sample = False
        self._brief = brief
        self.is_dark = False
        """The dark half of a blink"""
        self.face = CardFace(appearance, parent=self)
        self.sample = QLabel(self)
        set_role(self.sample, "chip")
        self.sample.hide()
        self.unfold, self.tuck = QToolButton(self), QToolButton(self)
        self.tuck.setText("▾")
        self.tuck.setVisible(brief)
        set_role(self.tuck, "title-button")
        self.main, self.second, self.seen = QPushButton(self), QPushButton(self), QPushButton(self)
        self.later = QToolButton(self)
        self.later.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = LaterMenu(answers, self._put_off, self)
        self.later.setMenu(self.menu)
        for button in (self.unfold, self.tuck, self.main, self.second, self.seen, self.later):
            # A click must not take the cursor out of a price field
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.main.clicked.connect(self.act)
        self.second.clicked.connect(lambda: self._do(self._at(1)))
        self.seen.clicked.connect(self.acknowledge)
        self.unfold.clicked.connect(self.toggle)
        self.tuck.clicked.connect(self.tucked)
        self._build()

    @property
    def group(self) -> AlertGroup | None:
        """What it shows."""
        return self._group

    @property
    def is_open(self) -> bool:
        """Whether each reminder of its group is listed."""
        return self._list is not None and not self._list.isHidden()

    @property
    def model(self) -> GroupModel | None:
        """The lines of its group, once it was opened."""
        model = self._list.model() if self._list is not None else None
        return model if isinstance(model, GroupModel) else None

    def show_group(self, group: AlertGroup, now: datetime) -> None:
        """Show what there is to say of it now."""
        text = self._words(group, now)
        before, self._group = self._group, group
        self.face.show_text(text, now)
        if before is None or before.alerts != group.alerts:
            self._dress(text, group)

    def show_sample(self, group: AlertGroup, now: datetime) -> None:
        """What one looks like: its buttons only take it away."""
        self._is_sample = True
        self.sample.setText(word("Example"))
        self.sample.show()
        self.show_group(group, now)

    def show_time(self, now: datetime) -> None:
        """Count down; in the last hour it becomes urgent."""
        group = self._group
        if group is None:
            return
        self.face.show_time(now)
        text = self.face.text
        if text is not None and text.deadline is not None and text.severity is not Severity.CONFIRM:
            wanted = self._words(group, now)
            if wanted.severity is not text.severity:
                self.face.show_text(wanted, now)
                self._dress(wanted, group)

    def blink(self, dark: bool) -> None:
        """Bright and dark in turn while it is of the gravest; an answer takes the card away and ends it."""
        text = self.face.text
        dark = dark and text is not None and text.severity in BLINKING and not self._is_sample
        if dark != self.is_dark:
            self.is_dark = dark
            self.update(0, 0, EDGE, self.height())

    def refresh_actions(self) -> None:
        """Grey what cannot be done now, with the reason; it is live as soon as it can."""
        group = self._group
        for place, button in enumerate((self.main, self.second)):
            action = self._at(place)
            if action is None or group is None:
                continue
            reason = "" if self._is_sample else self._actions.reason(action, group.alerts[0].finding)
            if button.isEnabled() == bool(reason):
                button.setEnabled(not reason)
            if button.toolTip() != reason:
                button.setToolTip(reason)

    # ---- what a person does

    def act(self) -> None:
        """What it offers first; where it offers nothing, it is acknowledged."""
        action = self._at(0)
        if action is None:
            self.acknowledge()
        else:
            self._do(action)

    def acknowledge(self) -> None:
        """Seen."""
        if self._is_sample:
            self.finished.emit()
        elif self._group is not None and self._group.holds_orders:
            self.sheet_wanted.emit()
        elif self._group is not None:
            self._answers.acknowledge(self._group.keys)

    def put_off(self) -> None:
        """Say it again in ten minutes."""
        if self._is_sample:
            self.finished.emit()
        elif self._group is not None:
            self._answers.put_off_minutes(self._group.keys)

    def toggle(self) -> None:
        """List every reminder of the group, or no longer."""
        if self._group is None or self._group.count == 1:
            return
        if self._list is None:
            self._list = view = QListView(self)
            set_role(view, "plain")
            view.setUniformItemSizes(True)
            view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            view.setAccessibleName(word("Every reminder of this kind"))
            view.setModel(GroupModel(self._market, self._answers.now, view))
            view.hide()
            self._box.insertWidget(self._box.indexOf(self.face) + 1, view)
        model = self.model
        if model is not None:
            model.show_alerts(self._group.alerts)
        self._list.setVisible(self._list.isHidden())
        self._list.setFixedHeight(min(self._group.count, _ROWS) * max(self._list.sizeHintForRow(0), 18) + 4)
        self._show_unfold()
        self.opened.emit()

    # ---- Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what it offers, O acknowledges, R puts it off, Space opens a group, Up and Down go on."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.act()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            # Here, before the scroll area takes them
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_O:
            self.acknowledge()
        elif key == Qt.Key.Key_R:
            self.put_off()
        elif key == Qt.Key.Key_Space:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        group = self._group
        if event.type() == QEvent.Type.LanguageChange and group is not None:
            now = self._answers.now()
            text = self._words(group, now)
            self.face.show_text(text, now)
            self._dress(text, group)
            if self._is_sample:
                self.sample.setText(word("Example"))
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tinted ground with its edge."""
        text = self.face.text
        if text is None:
            return
        painter = QPainter(self)
        paint_ground(
            painter, QRectF(self.rect()), text.severity, self._appearance, lit=self.hasFocus(), dark=self.is_dark
        )
        painter.end()

    # ---- inside

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(6)
        for answer in (self.main, self.second, self.seen, self.later):
            row.addWidget(answer)
        row.addStretch(1)
        for aside in (self.unfold, self.tuck):
            row.addWidget(aside)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(EDGE + 10, 8, 10, 8)
        self._box.setSpacing(2)
        self._box.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignLeft)
        self._box.addWidget(self.face)
        self._box.addLayout(row)

    def _words(self, group: AlertGroup, now: datetime) -> CardText:
        text = card_text(group, self._market, now)
        return shortened(text) if self._brief else text

    def _dress(self, text: CardText, group: AlertGroup) -> None:
        offered = group.alerts[0].finding.actions
        for place, button in enumerate((self.main, self.second)):
            action = self._at(place)
            button.setVisible(action is not None)
            if action is not None:
                mark = "  ↵" if place == 0 else ""
                button.setText(word(ACTION_WORDS[action]) + mark)
        set_role(self.main, _ROLES[text.severity])
        self.seen.setText(word("Read…") if group.holds_orders else word("Got it"))
        self.later.setText(word("Later") + " ▾")
        self.later.setToolTip(word("Remind me again"))
        self.tuck.setToolTip(word("Put it away into the drawer; it stays open"))
        self.menu.more = [
            (word(ACTION_WORDS[a]), self._actions.reason(a, group.alerts[0].finding), partial(self._do, a))
            for a in offered[2:]
        ]
        self.unfold.setVisible(group.count > 1)
        self._show_unfold()
        model = self.model
        if model is not None:
            model.show_alerts(group.alerts)
            if group.count == 1 and self._list is not None:
                self._list.hide()
        self.refresh_actions()
        self.update()

    def _show_unfold(self) -> None:
        count = self._group.count if self._group is not None else 0
        self.unfold.setText(f"{quantity(count)} {'▴' if self.is_open else '▾'}")
        self.unfold.setToolTip(word("List every one of them"))

    def _at(self, place: int) -> AlertAction | None:
        offered = self._group.alerts[0].finding.actions if self._group is not None else ()
        return offered[place] if place < len(offered) else None

    def _do(self, action: AlertAction | None) -> None:
        if self._is_sample:
            self.finished.emit()
        elif action is not None and self._group is not None:
            self._actions.act(action, self._group.alerts[0].finding)

    def _put_off(self, until: datetime) -> None:
        if self._is_sample:
            self.finished.emit()
        elif self._group is not None:
            self._answers.put_off(self._group.keys, until)
