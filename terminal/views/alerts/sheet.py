"""The sheet over the order ticket (需确认): while it stands, new orders of this account wait for its answer.

No dialog: it is a child of the ticket's place, takes no keyboard, and folds to a strip over the send button while a
field of the ticket is being edited. What holds the orders is the gate; the sheet only says so and takes the answer.
"""

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from terminal.alerts.alert import AlertAction
from terminal.alerts.groups import AlertGroup
from terminal.services.desk import Desk
from terminal.views.alerts.answers import Actions, Answers
from terminal.views.alerts.card_text import card_text, title_of
from terminal.views.alerts.face import CardFace
from terminal.views.alerts.holdings_list import HoldingsList
from terminal.views.alerts.inks import Padlock
from terminal.views.alerts.later_menu import LaterMenu
from terminal.views.alerts.words import ACTION_WORDS, word
from terminal.views.appearance import Appearance
from terminal.views.cut_label import CutLabel
from terminal.views.plurals import in_number
from terminal.views.style_sheet import mixed, set_role
from terminal.views.texts import bounded
from terminal.views.theme import STATUS_BAR, TOP_BAR

_HEAD, _STRIP, _ALONE = 44, 58, 372


class OrderSheet(QFrame):
    """Stands over `ticket` while that is on screen, else at the right side of the window."""

    def __init__(
        self,
        desk: Desk,
        answers: Answers,
        actions: Actions,
        appearance: Appearance,
        ticket: QWidget,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._answers = answers
        self._actions = actions
        self._appearance = appearance
        self._ticket = ticket
        self._window = window
        self._group: AlertGroup | None = None
        self._folded = False
        self.is_sample = False
        self.is_dark = False
        """The dark half of a blink"""
        set_role(self, "panel")
        self.head, self.state, self.left = QLabel(self), CutLabel(self), QLabel(self)
        """Whose orders, what they wait for, and the time that is left: in sight however little of the body is"""
        set_role(self.head, "title")
        set_role(self.state, "warn")
        set_role(self.left, "title")
        self.lock = Padlock(appearance, self)
        self.unfold = QToolButton(self)
        self.face = CardFace(appearance, large=True, parent=self)
        self.held = HoldingsList(desk, appearance, self)
        self.checked = QCheckBox(self)
        self.action, self.confirm = QPushButton(self), QPushButton(self)
        self.later = QToolButton(self)
        self.later.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = LaterMenu(answers, self._put_off, self)
        self.later.setMenu(self.menu)
        set_role(self.confirm, "primary")
        self.possible = QLabel(self)
        self.possible.setWordWrap(True)
        set_role(self.possible, "note")
        self.unfold.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in (self.checked, self.action, self.confirm, self.later):
            # A click must not take the cursor out of a price field; Tab and the key of the sheet reach them
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.unfold.clicked.connect(self.open_up)
        self.checked.toggled.connect(self._show_confirm)
        self.confirm.clicked.connect(self.acknowledge)
        self.action.clicked.connect(self.act)
        self._build()
        self.hide()
        for watched in {window, ticket}:
            watched.installEventFilter(self)

    @property
    def group(self) -> AlertGroup | None:
        """What orders wait for; None when nothing holds them."""
        return self._group

    @property
    def is_folded(self) -> bool:
        """Whether only the strip is shown, because somebody is typing in the ticket."""
        return self._folded

    def show_group(self, group: AlertGroup | None, now: datetime) -> None:
        """Put it up, or take it away once it is answered."""
        if self.is_sample and group is None:
            return
        self.is_sample = False
        if group is None:
            if self._group is not None:
                self._group = None
                self._leave()
            return
        is_new = self._group is None or self._group.key != group.key
        self._group = group
        self._dress(group, now)
        if is_new:
            self.checked.setChecked(False)
            self._folded = self.is_being_edited()
        self.place()

    def show_sample(self, group: AlertGroup, now: datetime) -> None:
        """What one looks like: nothing is held and nothing is answered."""
        self.show_group(group, now)
        self.is_sample = True
        self._dress(group, now)

    def show_time(self, now: datetime) -> None:
        """Count down; unfold once nobody types in the ticket any more."""
        if self._group is None:
            return
        self.face.show_time(now)
        self._show_left()
        self._show_action()
        if self._folded and not self.is_being_edited():
            self._folded = False
        self.place()

    def blink(self, dark: bool) -> None:
        """The line of its head, bright and dark in turn until it is answered."""
        dark = dark and self._group is not None and not self.is_sample
        if dark != self.is_dark:
            self.is_dark = dark
            self.update(0, 0, self.width(), _STRIP)

    def is_being_edited(self) -> bool:
        """Whether the keyboard is in a field of what the sheet would cover."""
        focused = QApplication.focusWidget()
        is_field = isinstance(focused, QLineEdit | QAbstractSpinBox | QComboBox)
        return is_field and focused is not None and self._ticket.isAncestorOf(focused)

    def open_up(self) -> None:
        """The user wants to read it, whatever he was typing: his text stays in its field."""
        self._folded = False
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.place()

    def acknowledge(self) -> None:
        """Seen: orders go on."""
        if self._group is None or not self.confirm.isEnabled():
            return
        if self.is_sample:
            self._finish_sample()
        else:
            self._answers.acknowledge(self._group.keys)

    def act(self) -> None:
        """What it offers first."""
        action = self._offered()
        if action is not None and self._group is not None and not self.is_sample:
            self._actions.act(action, self._group.alerts[0].finding)

    # ---- Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of what it covers; whether that is on screen is seen at the next frame."""
        if self._group is not None and event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the box, Enter confirms once it is ticked."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.acknowledge()
        elif event.key() == Qt.Key.Key_Space and self.checked.isVisibleTo(self):
            self.checked.toggle()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange and self._group is not None:
            self._dress(self._group, self._answers.now())
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and the line under its head."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.panel)
        head = QRectF(0, 0, self.width(), _STRIP if self._folded else _HEAD)
        painter.fillRect(head, theme.raised)
        ink = mixed(theme.theo, theme.raised, 0.2) if self.is_dark else theme.theo
        painter.fillRect(QRectF(0, 0 if self._folded else head.bottom() - 2, self.width(), 2), ink)
        if self.hasFocus():
            painter.setPen(theme.focus)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    # ---- inside

    def place(self) -> None:
        """Over the ticket, over its send button while it is folded, or at the side of a window without one."""
        parent: QWidget = self._ticket if self._ticket.isVisible() else self._window
        if self.parentWidget() is not parent:
            self.setParent(parent)
        if parent is self._ticket:
            area = self._ticket.rect()
            if self._folded:
                area.setTop(area.bottom() - _STRIP + 1)
        else:
            self._folded = False
            high = min(self._window.height() - TOP_BAR - STATUS_BAR - 40, self._body_height() + _HEAD)
            area = QRect(0, 0, _ALONE, high)
            area.moveTopRight(QPoint(self._window.width() - 12, TOP_BAR + 20))
        for part in (self._body, self._foot):
            part.setVisible(not self._folded)
        self.unfold.setVisible(self._folded)
        if self.geometry() != area:
            self.setGeometry(area)
        if self.isHidden():
            self.show()
            self.raise_()

    def _body_height(self) -> int:
        inner = self._inner
        width = _ALONE - 8
        body = inner.heightForWidth(width) if inner.hasHeightForWidth() else inner.sizeHint().height()
        foot = self._foot
        return body + (foot.heightForWidth(_ALONE) if foot.hasHeightForWidth() else foot.sizeHint().height())

    def _build(self) -> None:
        head = QWidget(self)
        self._head = head
        line = QHBoxLayout(head)
        line.setContentsMargins(14, 2, 12, 4)
        words = QVBoxLayout()
        words.setSpacing(0)
        first = QHBoxLayout()
        first.addWidget(self.head, 1)
        first.addWidget(self.left)
        words.addLayout(first)
        words.addWidget(self.state)
        line.addLayout(words, 1)
        line.addWidget(self.unfold)
        line.addWidget(self.lock)
        self._inner = inner = QWidget(self)
        set_role(inner, "panel")
        column = QVBoxLayout(inner)
        column.setContentsMargins(14, 12, 14, 10)
        column.setSpacing(10)
        column.addWidget(self.face)
        column.addWidget(self.held)
        column.addStretch(1)
        self._body = QScrollArea(self)
        self._body.setWidget(inner)
        self._body.setWidgetResizable(True)
        self._body.setFrameShape(QFrame.Shape.NoFrame)
        self._body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # What answers it stays in sight however much there is to read
        self._foot = foot = QWidget(self)
        answers = QVBoxLayout(foot)
        answers.setContentsMargins(14, 6, 14, 8)
        answers.setSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.action)
        buttons.addWidget(self.later)
        buttons.addWidget(self.confirm, 1)
        answers.addWidget(self.checked)
        answers.addLayout(buttons)
        answers.addWidget(self.possible)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(head)
        box.addWidget(self._body, 1)
        box.addWidget(foot)
        head.setFixedHeight(_HEAD)

    def _dress(self, group: AlertGroup, now: datetime) -> None:
        number = self._desk.venue.account_id if self._desk.venue is not None else self._desk.account_id
        self.head.setText(word("Orders · account {account}").format(account=bounded(number)))
        title = title_of(group, self._desk.market)
        waits = word("Example: nothing is held") if self.is_sample else word("On hold: {title}").format(title=title)
        self.state.setText(waits)
        self.unfold.setText(word("Read"))
        self.face.show_text(card_text(group, self._desk.market, now), now)
        self._show_left()
        codes = tuple(dict.fromkeys(code for alert in group.alerts for code in alert.finding.codes))
        concerned = self.held.show_codes(codes)
        checked = word("I have checked the {count} positions concerned").format(count=concerned)
        self.checked.setText(in_number(checked))
        self.checked.setVisible(concerned > 0)
        self.confirm.setText(word("Got it, resume orders") + "  ↵")
        self.later.setText(word("Later") + " ▾")
        rule = self.face.text.rule if self.face.text is not None else ""
        stays = word("Only new orders of this account wait. Quotes, cancels, closing and exercise go on.")
        self.possible.setText(f"{stays}  {rule}".strip())
        self.setAccessibleName(f"{waits}\n{self.face.accessibleName()}\n{stays}")
        self._show_action()
        self._show_confirm()

    def _offered(self) -> AlertAction | None:
        actions = self._group.alerts[0].finding.actions if self._group is not None else ()
        return actions[0] if actions else None

    def _show_action(self) -> None:
        action = self._offered()
        self.action.setVisible(action is not None)
        if action is not None and self._group is not None:
            reason = self._actions.reason(action, self._group.alerts[0].finding)
            self.action.setText(word(ACTION_WORDS[action]))
            self.action.setEnabled(not reason)
            self.action.setToolTip(reason)

    def _show_left(self) -> None:
        if self.left.text() != self.face.countdown:
            self.left.setText(self.face.countdown)

    def _show_confirm(self) -> None:
        self.confirm.setEnabled(self.checked.isChecked() or self.checked.isHidden())
        self.confirm.setToolTip("" if self.confirm.isEnabled() else word("Tick the box first"))

    def _put_off(self, until: datetime) -> None:
        if self._group is None:
            return
        if self.is_sample:
            self._finish_sample()
        else:
            self._answers.put_off(self._group.keys, until)

    def _finish_sample(self) -> None:
        self.is_sample = False
        self._group = None
        self._leave()

    def _leave(self) -> None:
        """Go, and give the keyboard back to the ticket only if it was here."""
        focused = QApplication.focusWidget()
        had_focus = focused is not None and (focused is self or self.isAncestorOf(focused))
        self.hide()
        if had_focus:
            home = self._ticket if self._ticket.isVisible() else self._window
            home.setFocus(Qt.FocusReason.OtherFocusReason)
