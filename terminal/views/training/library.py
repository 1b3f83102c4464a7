"""The event library (事件库): everything an instructor may inject, in groups; one is chosen for the form beside it.

The name of a group stands before its buttons: above them it would cost a line each, and the last groups their place.
"""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from terminal.domain.messages import ClassEventKind
from terminal.views.style_sheet import set_role
from terminal.views.training.words import EVENTS, LIBRARY, word

#: Buttons of a group beside each other: two, and more where each has so much room, pixels
_LEAST_COLUMNS, _BUTTON_ROOM = 2, 108
_GAP, _MARGIN = 4, 10


class EventLibrary(QWidget):
    """Buttons by group; the wider it is the fewer rows they need."""

    chosen = Signal(object)
    """ClassEventKind"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.buttons: dict[ClassEventKind, QPushButton] = {}
        self._titles: list[tuple[QLabel, str]] = []
        self._grids: list[tuple[QGridLayout, list[QPushButton]]] = []
        self._columns = 0
        self._group = QButtonGroup(self)
        box = QVBoxLayout(self)
        box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        box.setContentsMargins(_MARGIN, 8, _MARGIN, 8)
        box.setSpacing(4)
        self._heading = QLabel()
        set_role(self._heading, "title")
        box.addWidget(self._heading)
        for title, kinds in LIBRARY:
            label = QLabel()
            set_role(label, "note")
            self._titles.append((label, title))
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            label.setContentsMargins(0, 5, 0, 0)
            row = QHBoxLayout()
            row.setSpacing(_GAP)
            row.addWidget(label)
            grid = QGridLayout()
            grid.setSpacing(_GAP)
            self._grids.append((grid, []))
            for kind in kinds:
                button = QPushButton()
                button.setCheckable(True)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                set_role(button, "dense")
                button.clicked.connect(lambda _=False, kind=kind: self.choose(kind))
                self._group.addButton(button)
                self.buttons[kind] = button
                self._grids[-1][1].append(button)
            row.addLayout(grid, 1)
            box.addLayout(row)
        box.addStretch(1)
        self._arrange(_LEAST_COLUMNS)
        self._retranslate()

    def choose(self, kind: ClassEventKind) -> None:
        """Turn to one kind."""
        self.buttons[kind].setChecked(True)
        self.chosen.emit(kind)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer beside each other."""
        super().resizeEvent(event)
        self._arrange_in(event.size().width())

    def minimumSizeHint(self) -> QSize:
        """As narrow as with two beside each other, however many stand there now."""
        widest = max(button.minimumSizeHint().width() for button in self.buttons.values())
        least = _LEAST_COLUMNS * (widest + _GAP) + self._titles[0][0].minimumWidth() + 2 * _MARGIN
        return QSize(least, super().minimumSizeHint().height())

    def _arrange_in(self, width: int) -> None:
        room = width - self._titles[0][0].minimumWidth() - 2 * _MARGIN
        self._arrange(max(_LEAST_COLUMNS, room // _BUTTON_ROOM))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for grid, buttons in self._grids:
            for number, button in enumerate(buttons):
                grid.addWidget(button, number // columns, number % columns)
            for column in range(max(columns, grid.columnCount())):
                # A group of one button has it no wider than those of the others
                grid.setColumnStretch(column, 1 if column < columns else 0)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._heading.setText(word("Event library"))
        for label, title in self._titles:
            label.setText(word(title))
        widest = max(label.sizeHint().width() for label, _ in self._titles)
        for label, _ in self._titles:
            label.setFixedWidth(widest)
        self._arrange_in(self.width())
        for kind, button in self.buttons.items():
            button.setText(word(EVENTS[kind]))
