"""What drops down beside the STOP of the top bar: the tiers of the stop, held to act, who decides, and the lift."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from terminal.views.appearance import Appearance
from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.quoting.person_field import PersonField
from terminal.views.quoting.stop_buttons import StopButtons
from terminal.views.quoting.words import word
from terminal.views.settings import Settings
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING

_LEAST_WIDTH = 250


class StopMenu(QFrame):
    """For every account: who quotes nothing has the tiers that concern him. Served by the top bar while it is open."""

    def __init__(
        self,
        maker: MakerDesk,
        appearance: Appearance,
        settings: Settings,
        monotonic: Callable[[], float],
        series: Callable[[], tuple[str, object] | None],
    ) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        # A press beside it closes it and does nothing more: on its own arrow it would open it again
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)
        set_role(self, "drop")
        self.setMinimumWidth(_LEAST_WIDTH)
        self.stops = StopButtons(maker, appearance, monotonic, series, columns=1)
        self.person = PersonField(maker, settings)
        self._title, self._who, self._why = QLabel(), QLabel(), QLabel()
        set_role(self._title, "title")
        for label in (self._who, self._why):
            set_role(label, "dim")
        self._why.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(PANEL_PADDING, 6, PANEL_PADDING, 6)
        box.setSpacing(5)
        for widget in (self._title, self.stops, self._who, self.person, self._why):
            box.addWidget(widget)
        self.person.textChanged.connect(lambda _text: self.flush())
        self.person.returnPressed.connect(self.stops.lift_all)
        self.stops.lifted.connect(self.hide)
        self._name()

    def flush(self) -> None:
        """Show what is in force."""
        self.person.follow()
        self.stops.flush()

    def open_below(self, place: QWidget, *, ask_name: bool = False) -> None:
        """Drop down below a button, its right edge under that of the button; `ask_name` begins with who decides."""
        self.flush()
        self.adjustSize()
        corner = place.mapToGlobal(QPoint(place.width() - self.width(), place.height() + 2))
        area = place.screen().availableGeometry()
        corner.setX(max(area.left(), min(corner.x(), area.right() - self.width() + 1)))
        self.move(corner)
        self.show()
        if ask_name:
            self.person.setFocus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is held while it closes is let go."""
        for button in self.stops.buttons.values():
            if button.is_held:
                button.let_go()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def _name(self) -> None:
        self._title.setText(word("Stops (hold)"))
        self._who.setText(word("Decided by"))
        self.person.setPlaceholderText(word("your name, to re-arm and lift"))
        self._why.setText(word("Lifting a stop takes the name of who decides; it is written down."))
        self.stops.name()
        self.flush()
