"""What comes up over the lower right corner while the drawer is away: toasts, and the newest cards until answered.

It keeps off the order ticket: nothing that comes by itself may lie over a button that sends.
"""

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from terminal.alerts.groups import AlertGroup
from terminal.services.market_data import MarketData
from terminal.views.alerts.answers import Actions, Answers
from terminal.views.alerts.card import AlertCard
from terminal.views.alerts.toast import ToastStack
from terminal.views.alerts.words import word
from terminal.views.appearance import Appearance
from terminal.views.style_sheet import set_role
from terminal.views.theme import STATUS_BAR

WIDTH = 360
MOST_CARDS = 2
_MARGIN = 10


class Corner(QWidget):
    """A child of the main window, as large as what it shows. `keep_off` names widgets that it must not cover."""

    drawer_wanted = Signal()

    def __init__(
        self,
        market: MarketData,
        answers: Answers,
        actions: Actions,
        appearance: Appearance,
        toasts: ToastStack,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._market = market
        self._answers = answers
        self._actions = actions
        self._appearance = appearance
        self._toasts = toasts
        self.keep_off: list[QWidget] = []
        self.cards: list[AlertCard] = []
        self.sample: AlertCard | None = None
        self._tucked: dict[str, datetime] = {}
        """Put away by hand, and when the newest of it had been said"""
        self._groups: list[AlertGroup] = []
        self.more = QPushButton(self)
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.clicked.connect(self.drawer_wanted)
        set_role(self.more, "raised")
        self.more.hide()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self._box.addWidget(self.more)
        self.hide()
        window.installEventFilter(self)

    def show_groups(self, groups: list[AlertGroup], now: datetime) -> None:
        """The cards among these that were not put away, the worst two; the others are counted."""
        self._groups = groups
        wanted = [group for group in groups if not self._is_tucked(group)]
        keys = {group.key for group in groups}
        self._tucked = {key: at for key, at in self._tucked.items() if key in keys}
        while len(self.cards) > min(len(wanted), MOST_CARDS):
            card = self.cards.pop()
            self._box.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, group in enumerate(wanted[:MOST_CARDS]):
            if place == len(self.cards):
                card = AlertCard(self._market, self._answers, self._actions, self._appearance, brief=True, parent=self)
                card.tucked.connect(lambda of=card: self._tuck(of))
                card.opened.connect(self.place)
                self.cards.append(card)
                self._box.insertWidget(place + (1 if self.sample is not None else 0), card)
            self.cards[place].show_group(group, now)
            self.cards[place].show()
        more = len(wanted) - len(self.cards)
        self.more.setText(word("{count} more in the drawer").format(count=more))
        self.more.setVisible(more > 0)
        self.place()

    def show_sample(self, group: AlertGroup, now: datetime) -> None:
        """What a card looks like, above the others, until one of its buttons is pressed."""
        self.end_sample()
        self.sample = card = AlertCard(self._market, self._answers, self._actions, self._appearance, parent=self)
        card.finished.connect(self.end_sample)
        card.show_sample(group, now)
        self._box.insertWidget(0, card)
        card.show()
        self.place()

    def end_sample(self) -> None:
        """Take the example away."""
        card, self.sample = self.sample, None
        if card is not None:
            self._box.removeWidget(card)
            card.hide()
            card.deleteLater()
            self.place()

    def take_toasts(self) -> None:
        """The toasts stand here now."""
        self._box.addWidget(self._toasts)
        self._toasts.show()
        self.place()

    def show_time(self, now: datetime) -> None:
        """Count down."""
        for card in self.cards:
            card.show_time(now)
            card.refresh_actions()

    def blink(self, dark: bool) -> None:
        """What is gravest, bright and dark in turn."""
        for card in self.cards:
            card.blink(dark)

    def place(self) -> None:
        """Down in the right corner, beside what must not be covered."""
        has_toasts = self._box.indexOf(self._toasts) >= 0 and bool(self._toasts.toasts)
        if not self.cards and self.sample is None and not has_toasts and self.more.isHidden():
            self.hide()
            return
        window = self.window() if self.parentWidget() is None else self.parentWidget()
        assert window is not None
        self._box.activate()
        height = min(self._box.heightForWidth(WIDTH) if self._box.hasHeightForWidth() else self.sizeHint().height(),
                     window.height() - 100)  # fmt: skip
        area = QRect(0, 0, WIDTH, max(height, 1))
        area.moveBottomRight(QPoint(window.width() - _MARGIN, window.height() - STATUS_BAR - _MARGIN))
        for widget in self.keep_off:
            if widget.isVisible() and widget.window() is window:
                covered = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
                if covered.intersects(area) and covered.left() - _MARGIN - WIDTH >= 0:
                    area.moveRight(covered.left() - _MARGIN)
        self.setGeometry(area)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if not self.isHidden() and event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language; its cards follow it themselves."""
        if event.type() == QEvent.Type.LanguageChange:
            self.show_groups(self._groups, self._answers.now())
        super().changeEvent(event)

    def _is_tucked(self, group: AlertGroup) -> bool:
        at = self._tucked.get(group.key)
        return at is not None and all(alert.said_at <= at for alert in group.alerts)

    def _tuck(self, card: AlertCard) -> None:
        group = card.group
        if group is not None:
            self._tucked[group.key] = max(alert.said_at for alert in group.alerts)
            # The next one comes up in its place
            self.show_groups(self._groups, self._answers.now())
