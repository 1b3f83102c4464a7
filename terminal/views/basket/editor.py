"""The upper part of the basket: the chosen contract, ready shapes, and a row for every leg."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from terminal.domain.orders import Side
from terminal.services.basket_plan import BasketVerdict
from terminal.services.basket_shapes import Shape
from terminal.views.basket.leg_row import LegRow
from terminal.views.basket.words import SHAPES, word
from terminal.views.cut_label import CutLabel
from terminal.views.style_sheet import set_role
from terminal.views.texts import words


class LegEditor(QWidget):
    """`has_shape` says whether the list has all legs of a shape; rows are made when they are first needed."""

    leg_wanted = Signal(object)
    """The chosen contract, on this Side"""
    shape_wanted = Signal(object)
    reverse_wanted = Signal()
    clear_wanted = Signal()

    def __init__(
        self,
        has_shape: Callable[[Shape], bool],
        connect_row: Callable[[LegRow, int], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._has_shape = has_shape
        self._connect_row = connect_row
        self.rows: list[LegRow] = []
        self.contract = CutLabel(self)
        set_role(self.contract, "title")
        self.add_buttons = {side: QPushButton(self) for side in Side}
        self.shape_button, self.reverse_button, self.clear_button = (QPushButton(self) for _ in range(3))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        chosen, tools, self._legs = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        self._legs.setSpacing(5)
        for row in (chosen, tools):
            row.setSpacing(4)
        chosen.addWidget(self.contract, 1)
        for side, button in self.add_buttons.items():
            set_role(button, "dense")
            button.setMinimumWidth(48)
            button.clicked.connect(lambda _=False, s=side: self.leg_wanted.emit(s))
            chosen.addWidget(button)
        for button in (self.shape_button, self.reverse_button, self.clear_button):
            set_role(button, "dense")
            tools.addWidget(button, 1)
        layout.addLayout(chosen)
        layout.addLayout(tools)
        layout.addLayout(self._legs)
        for button in (*self.add_buttons.values(), self.shape_button, self.reverse_button, self.clear_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.shape_button.clicked.connect(lambda _=False: self._open_shapes())
        self.reverse_button.clicked.connect(lambda _=False: self.reverse_wanted.emit())
        self.clear_button.clicked.connect(lambda _=False: self.clear_wanted.emit())
        self.retranslate()

    def show_verdict(self, verdict: BasketVerdict, names: Mapping[str, tuple[str, ...]]) -> None:
        """A row for every leg; `names` of its contract by code, the longest first."""
        legs = verdict.legs
        while len(self.rows) < len(legs):
            row = LegRow(self)
            self._connect_row(row, len(self.rows))
            self.rows.append(row)
            self._legs.addWidget(row)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(legs))
            if place < len(legs):
                row.show_leg(legs[place], names[legs[place].leg.code], verdict.basket.order_type)
        self.reverse_button.setEnabled(bool(legs))
        self.clear_button.setEnabled(bool(legs))

    def shape_menu(self) -> QMenu:
        """The shapes around the chosen contract; those that lack a strike are grey."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for shape in Shape:
            action = QAction(word(SHAPES[shape]), menu)
            action.setEnabled(self._has_shape(shape))
            action.triggered.connect(partial(self._choose_shape, shape))
            menu.addAction(action)
        return menu

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        for side, button in self.add_buttons.items():
            button.setText(f"+ {words(side)}")
        self.add_buttons[Side.BUY].setToolTip(word("Add the chosen contract as a leg that is bought (B)"))
        self.add_buttons[Side.SELL].setToolTip(word("Add the chosen contract as a leg that is sold (S)"))
        self.shape_button.setText(word("Shape ▾"))
        self.shape_button.setToolTip(word("Spreads, straddles and others around the chosen contract"))
        self.reverse_button.setText(word("Reverse"))
        self.reverse_button.setToolTip(word("Every leg on its other side (R)"))
        self.clear_button.setText(word("Clear"))
        self.clear_button.setToolTip(word("No legs (Esc)"))
        for row in self.rows:
            row.retranslate()

    def _choose_shape(self, shape: Shape, _checked: bool = False) -> None:
        self.shape_wanted.emit(shape)

    def _open_shapes(self) -> None:
        button = self.shape_button
        self.shape_menu().popup(button.mapToGlobal(button.rect().bottomLeft()))
