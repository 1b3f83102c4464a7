"""The drawer of reminders (提醒): toasts, cards, what was answered; and the whole history behind it."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from terminal.alerts.groups import AlertGroup
from terminal.services.market_data import MarketData
from terminal.views.alerts.answers import Actions, Answers
from terminal.views.alerts.card import AlertCard
from terminal.views.alerts.history import HistoryPage, NewestLines
from terminal.views.alerts.toast import ToastStack
from terminal.views.alerts.words import word
from terminal.views.appearance import Appearance
from terminal.views.formatting import quantity
from terminal.views.record_table import Export
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING, PANEL_TITLE

#: Cards at once; with more kinds than that open, the worst are shown and the others counted
MOST_CARDS = 24
_ROOM_FOR_PAST = 560


class AlertDrawer(QWidget):
    """The dock "alerts". What it shows is given by `show_groups`; hidden, it does nothing."""

    settings_wanted = Signal()
    sheet_wanted = Signal()
    """A reminder that orders wait for is to be answered"""
    sound_wanted = Signal()
    """The sound button was pressed"""

    def __init__(
        self,
        market: MarketData,
        answers: Answers,
        actions: Actions,
        appearance: Appearance,
        toasts: ToastStack,
        export: Export,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._market = market
        self._answers = answers
        self._actions = actions
        self._appearance = appearance
        self._toasts = toasts
        toasts.setParent(self)
        toasts.hide()
        self._groups: list[AlertGroup] = []
        self._stale = True
        self._muted = False
        self.cards: dict[str, AlertCard] = {}
        set_role(self, "panel")
        self.pending, self.all = QPushButton(self), QPushButton(self)
        self.sound, self.settings = QToolButton(self), QToolButton(self)
        self.settings.setText("⚙")
        self._pages_group = QButtonGroup(self)
        for number, button in enumerate((self.pending, self.all)):
            button.setCheckable(True)
            set_role(button, "flat")
            self._pages_group.addButton(button, number)
        for tool in (self.pending, self.all, self.sound, self.settings):
            tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for flat in (self.sound, self.settings):
            set_role(flat, "flat")
        self.toast_title, self.card_title, self.more, self.nothing, self.past_title, self.note = (
            QLabel(self) for _ in range(6)
        )
        for label in (self.toast_title, self.card_title, self.more, self.past_title, self.note):
            set_role(label, "note")
        set_role(self.nothing, "dim")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.newest = NewestLines(market, appearance, self)
        self.history = HistoryPage(market, answers.book.history, answers.now, appearance, export, self)
        self._build()
        self.pending.setChecked(True)
        self._pages_group.idClicked.connect(self._turn_to)
        self.sound.clicked.connect(self.sound_wanted)
        self.settings.clicked.connect(self.settings_wanted)
        # Not by a click: that would take the cursor out of a price field
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.retranslate()

    # ---- what others do

    def mark_stale(self) -> None:
        """Reminders changed."""
        self._stale = True

    def renew(self, groups: list[AlertGroup], now: datetime) -> None:
        """Show cards and history as they are, if anything changed since."""
        if not self._stale:
            return
        self._stale = False
        if self._pages.currentIndex() == 1:
            self.history.renew()
            return
        focused = QApplication.focusWidget()
        had_card = focused is not None and any(c is focused or c.isAncestorOf(focused) for c in self.cards.values())
        self._groups = groups
        shown = groups[:MOST_CARDS]
        wanted = {group.key for group in shown}
        for key in [key for key in self.cards if key not in wanted]:
            card = self.cards.pop(key)
            self._cards_box.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, group in enumerate(shown):
            kept = self.cards.get(group.key)
            is_new = kept is None or kept.group is None or kept.group.keys != group.keys
            if kept is None:
                kept = self.cards[group.key] = AlertCard(
                    self._market, self._answers, self._actions, self._appearance, parent=self._cards
                )
                kept.sheet_wanted.connect(self.sheet_wanted)
                kept.stepped.connect(partial(self._step, kept))
            if self._cards_box.indexOf(kept) != place:
                self._cards_box.removeWidget(kept)
                self._cards_box.insertWidget(place, kept)
            # Figures of a card that is scrolled away are made when it comes into sight
            if is_new or not kept.visibleRegion().isEmpty():
                kept.show_group(group, now)
            kept.show()
        more = sum(group.count for group in groups[MOST_CARDS:])
        self.more.setText(word("{count} more, in the history").format(count=quantity(more)))
        self.more.setVisible(more > 0)
        self.nothing.setVisible(not shown)
        self.card_title.setVisible(bool(shown))
        self.newest.show_alerts(self._answers.book.history(), now)
        if had_card:
            # Whoever answers one reminder by the keyboard goes on with the next
            first = self.cards[shown[0].key] if shown else self
            now_focused = QApplication.focusWidget()
            if now_focused is None or not self.isAncestorOf(now_focused):
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_time(self, now: datetime) -> None:
        """Count down, once a second."""
        for group in self._groups[:MOST_CARDS]:
            card = self.cards.get(group.key)
            if card is not None and not card.visibleRegion().isEmpty():
                if card.group is not group:
                    card.show_group(group, now)
                card.show_time(now)
                card.refresh_actions()

    def blink(self, dark: bool) -> None:
        """What is gravest, bright and dark in turn."""
        for card in self.cards.values():
            card.blink(dark)

    def take_toasts(self) -> None:
        """The toasts stand here now."""
        self._toast_box.addWidget(self._toasts)
        self._toasts.show()
        self.show_toast_title()

    def show_toast_title(self) -> None:
        """Whether there are toasts."""
        self.toast_title.setVisible(bool(self._toasts.toasts) and self._toast_box.indexOf(self._toasts) >= 0)

    def show_sound(self, muted: bool) -> None:
        """Whether sounds are on."""
        self._muted = muted
        self.sound.setText("♪ " + (word("muted") if muted else word("sound")))
        self.sound.setToolTip(word("Sounds of reminders: on or muted"))

    @property
    def shows_history(self) -> bool:
        """Whether the whole history is in front."""
        return self._pages.currentIndex() == 1

    def retranslate(self) -> None:
        """Words in another language."""
        self.pending.setText(word("Pending"))
        self.all.setText(word("History"))
        self.settings.setToolTip(word("Kinds, times, sounds and your own conditions"))
        self.toast_title.setText(word("Toasts · they go after 8 seconds"))
        self.card_title.setText(word("Cards · they stay until answered"))
        self.past_title.setText(word("Answered or over"))
        self.nothing.setText(word("No reminder waits."))
        self.note.setText(word("Nothing here takes the cursor while you type"))
        self.show_sound(self._muted)
        self.history.retranslate()
        self._toasts.retranslate()
        self.mark_stale()

    # ---- Qt's side

    def sizeHint(self) -> QSize:
        """The column on the right."""
        return QSize(368, 900)

    def minimumSizeHint(self) -> QSize:
        """Cards scroll: a small screen need not give what all of them would like."""
        return QSize(260, 160)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What was answered stands below where there is room for it."""
        super().resizeEvent(event)
        for part in (self.past_title, self.newest):
            part.setVisible(event.size().height() >= _ROOM_FOR_PAST)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes to the first card."""
        super().focusInEvent(event)
        if self._groups and (card := self.cards.get(self._groups[0].key)) is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # ---- inside

    def _step(self, card: AlertCard, step: int) -> None:
        order = [self.cards[g.key] for g in self._groups if g.key in self.cards]
        if card in order:
            wanted = order[(order.index(card) + step) % len(order)]
            wanted.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(wanted, 0, 8)

    def _turn_to(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.mark_stale()

    def _build(self) -> None:
        bar = QWidget(self)
        bar.setFixedHeight(PANEL_TITLE + 2)
        row = QHBoxLayout(bar)
        row.setContentsMargins(PANEL_PADDING, 2, 4, 2)
        row.setSpacing(4)
        row.addWidget(self.pending)
        row.addWidget(self.all)
        row.addStretch(1)
        row.addWidget(self.sound)
        row.addWidget(self.settings)
        self._cards = QWidget(self)
        set_role(self._cards, "panel")
        self._cards_box = QVBoxLayout()
        self._cards_box.setContentsMargins(0, 0, 0, 0)
        self._cards_box.setSpacing(8)
        self._toast_box = QVBoxLayout()
        self._toast_box.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self._cards)
        column.setContentsMargins(PANEL_PADDING, 2, PANEL_PADDING, 8)
        column.setSpacing(6)
        column.addWidget(self.toast_title)
        column.addLayout(self._toast_box)
        column.addWidget(self.card_title)
        column.addLayout(self._cards_box)
        column.addWidget(self.nothing)
        column.addWidget(self.more)
        column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(self._cards)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.verticalScrollBar().valueChanged.connect(lambda _: self.show_time(self._answers.now()))
        first = QWidget(self)
        pending = QVBoxLayout(first)
        pending.setContentsMargins(0, 0, 0, 4)
        pending.setSpacing(2)
        pending.addWidget(self._scroll, 1)
        for label in (self.past_title, self.note):
            label.setContentsMargins(PANEL_PADDING, 0, PANEL_PADDING, 0)
        pending.addWidget(self.past_title)
        pending.addWidget(self.newest)
        pending.addWidget(self.note)
        held = QWidget(self)
        self._pages = QStackedLayout(held)
        self._pages.addWidget(first)
        self._pages.addWidget(self.history)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(bar)
        box.addWidget(held, 1)
