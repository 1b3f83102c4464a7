"""The widgets of the order ticket: what can be chosen and typed, and what stands beside it.

They show what they are given and tell what was chosen; `ticket.py` decides. Text of other people is shown as plain
text, never as markup.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.orders import Instruction, OrderType, PositionEffect, Side
from terminal.services.order_draft import OrderDraft
from terminal.views import formatting
from terminal.views.appearance import Appearance
from terminal.views.ground import Ground
from terminal.views.rows_area import RowsArea
from terminal.views.step_field import StepField
from terminal.views.still_text import StillPlace, put_tip
from terminal.views.style_sheet import set_role
from terminal.views.texts import words
from terminal.views.theme import PANEL_PADDING
from terminal.views.trading.cost_preview import CostPreview
from terminal.views.trading.payoff_picture import PayoffPicture
from terminal.views.trading.ticket_warnings import TicketWarnings

_GRID = (
    (Instruction.BUY_OPEN, 0, 0),
    (Instruction.SELL_CLOSE, 0, 1),
    (Instruction.SELL_OPEN, 0, 2),
    (Instruction.BUY_CLOSE, 1, 0),
    (Instruction.COVERED_OPEN, 1, 1),
    (Instruction.COVERED_CLOSE, 1, 2),
)
#: A part of what could be sent, by its divisor
_SHARES = (4, 2, 1)
_SOURCES = ("opposite", "own", "last")
_LEAST_FIELDS_HEIGHT = 160


class TicketFields(QWidget):
    """Instruction, type, price, size, notes, preview, result, and the buttons that reset and send."""

    instruction_chosen = Signal(object)
    order_type_chosen = Signal(object)
    price_wanted = Signal(str)
    """``opposite``, ``own`` or ``last``"""
    share_wanted = Signal(int)
    """4, 2 or 1: a quarter, half or all of what could be sent"""
    size_chosen = Signal(int)

    def __init__(
        self,
        appearance: Appearance,
        presets: tuple[int, ...],
        step_price: Callable[[str, int], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.title, self.terms = self._label("title"), self._label("small-figure")
        self.instructions: dict[Instruction, QPushButton] = {}
        self.order_types: dict[OrderType, QPushButton] = {}
        self.price = StepField(step_price, self)
        self.quantity = StepField(_step_whole, self)
        self.price_buttons = {source: QPushButton(self) for source in _SOURCES}
        self.share_buttons = {share: QPushButton(self) for share in _SHARES}
        self.notes: dict[str, QLabel] = {}
        self.preview = CostPreview(appearance, self)
        self.payoff = PayoffPicture(appearance, self)
        self.warnings = TicketWarnings(self)
        self.result = self._label("second", wraps=True)
        self.reset_button, self.send_button = QPushButton(self), QPushButton(self)
        self.send_button.setMinimumHeight(32)
        # Both change with every price, and the docks of the window need not be placed anew for it
        self._result_place, self._send_place = StillPlace(self.result, self), StillPlace(self.send_button, self)
        self._price_label, self._quantity_label = self._label("dim"), self._label("dim")

        outer = QVBoxLayout(self)
        outer.setContentsMargins(PANEL_PADDING, 4, PANEL_PADDING, PANEL_PADDING)
        outer.setSpacing(6)
        outer.addWidget(self._build_fields(presets), 1)
        outer.addWidget(self._result_place)
        outer.addWidget(self.warnings)
        buttons = QHBoxLayout()
        buttons.addWidget(self.reset_button)
        buttons.addWidget(self._send_place, 1)
        outer.addLayout(buttons)
        self.retranslate()

    # ---- building

    def _build_fields(self, presets: tuple[int, ...]) -> RowsArea:
        # Little room scrolls the fields; what sends stays in sight
        fields = Ground(self._appearance, self)
        scroll = RowsArea(fields, self)
        scroll.setMinimumHeight(_LEAST_FIELDS_HEIGHT)
        layout = QVBoxLayout(fields)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.terms)
        layout.addLayout(head)
        # Each note stands under its field; those without one under the sizes
        layout.addLayout(self._build_instructions())
        self._add_note(layout, "instruction")
        layout.addLayout(self._build_order_types())
        self._add_note(layout, "order_type")
        layout.addLayout(self._row(self._price_label, self.price, list(self.price_buttons.values())))
        self._add_note(layout, "price")
        layout.addLayout(self._row(self._quantity_label, self.quantity, list(self.share_buttons.values())))
        # Below the usual sizes: what one of them brings about does not push them away under the mouse
        layout.addLayout(self._build_sizes(presets))
        self._add_note(layout, "quantity")
        self._add_note(layout, "contract")
        self._add_note(layout, "account")
        layout.addWidget(self.preview)
        layout.addWidget(self.payoff, 1)
        layout.addStretch()
        for source, button in self.price_buttons.items():
            button.clicked.connect(lambda _=False, s=source: self.price_wanted.emit(s))
        for share, button in self.share_buttons.items():
            button.clicked.connect(lambda _=False, s=share: self.share_wanted.emit(s))
        return scroll

    def _build_instructions(self) -> QGridLayout:
        group, grid = QButtonGroup(self), QGridLayout()
        grid.setSpacing(4)
        for instruction, row, column in _GRID:
            button = QPushButton(self)
            button.setCheckable(True)
            button.setProperty("lines", "2")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, i=instruction: self.instruction_chosen.emit(i))
            group.addButton(button)
            self.instructions[instruction] = button
            grid.addWidget(button, row, column)
        return grid

    def _build_order_types(self) -> QHBoxLayout:
        group, row = QButtonGroup(self), QHBoxLayout()
        row.setSpacing(2)
        for order_type in OrderType:
            button = QPushButton(self)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, t=order_type: self.order_type_chosen.emit(t))
            group.addButton(button)
            self.order_types[order_type] = button
            row.addWidget(button, 1)
        return row

    def _build_sizes(self, presets: tuple[int, ...]) -> QHBoxLayout:
        sizes = QHBoxLayout()
        sizes.setSpacing(4)
        for size in presets:
            button = QPushButton(str(size), self)
            button.clicked.connect(lambda _=False, n=size: self.size_chosen.emit(n))
            sizes.addWidget(button, 1)
        return sizes

    def _row(self, label: QLabel, field: StepField, buttons: list[QPushButton]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        label.setMinimumWidth(34)
        label.setBuddy(field)
        row.addWidget(label)
        row.addWidget(field, 1)
        for button in buttons:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        return row

    def _add_note(self, layout: QVBoxLayout, field: str) -> None:
        note = self._label("critical", wraps=True)
        self.notes[field] = note
        layout.addWidget(note)
        note.hide()

    def _label(self, role: str, *, wraps: bool = False) -> QLabel:
        label = QLabel(self)
        # Names and reasons come from the venue, figures from the keyboard: none of them may bring markup
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(wraps)
        set_role(label, role)
        return label

    # ---- showing

    def show_draft(
        self, draft: OrderDraft, most: Mapping[Instruction, int | None], forbidden: Mapping[Instruction, str]
    ) -> None:
        """Show what is chosen and typed; `most` is how many contracts each instruction could send.

        `forbidden` says why the account may not give an instruction at all: its button is grey, with that as tooltip.
        """
        for instruction, button in self.instructions.items():
            opens = instruction.position_effect is PositionEffect.OPEN
            label = self.tr("can open") if opens else self.tr("can close")
            allowed = instruction not in forbidden
            count = formatting.quantity(most[instruction]) if allowed else formatting.DASH
            button.setText(f"{words(instruction)}\n{label} {count}")
            button.setEnabled(allowed)
            put_tip(button, forbidden.get(instruction, ""))
            chosen = instruction is draft.instruction
            button.setChecked(chosen)
            set_role(button, ("buy" if instruction.side is Side.BUY else "sell") if chosen else "")
        for order_type, button in self.order_types.items():
            button.setChecked(order_type is draft.order_type)
        priced = draft.order_type.has_price
        self.price.setEnabled(priced)
        self.price.line.setPlaceholderText("" if priced else self.tr("at market"))
        self.price.set_text(draft.price_text if priced else "")
        for button in self.price_buttons.values():
            button.setEnabled(priced)
        self.quantity.set_text(draft.quantity_text)

    def show_result(self, text: str) -> None:
        """Show what came of the last press, or what the order is worth."""
        self._result_place.put(text)

    def show_send(self, text: str, tip: str) -> None:
        """Show what the send button would do, and why it is grey."""
        self._send_place.put(text)
        put_tip(self.send_button, tip)

    def show_notes(self, notes: Mapping[str, str]) -> None:
        """Show what speaks against the order beside the field it concerns; a field without a note shows none."""
        for field, label in self.notes.items():
            label.setText(f"✕ {notes[field]}" if field in notes else "")
            label.setVisible(field in notes)

    def retranslate(self) -> None:
        """Put the words of the language in force where they do not depend on the draft."""
        self._price_label.setText(self.tr("Price"))
        self._quantity_label.setText(self.tr("Size"))
        self.price.line.setAccessibleName(self.tr("Order price"))
        self.quantity.line.setAccessibleName(self.tr("Order size"))
        self.price_buttons["opposite"].setText(self.tr("Opp."))
        self.price_buttons["opposite"].setToolTip(self.tr("Best price of the other side"))
        self.price_buttons["own"].setText(self.tr("Own"))
        self.price_buttons["own"].setToolTip(self.tr("Best price of the own side"))
        self.price_buttons["last"].setText(self.tr("Last"))
        self.price_buttons["last"].setToolTip(self.tr("Newest trade"))
        self.share_buttons[4].setText("1/4")
        self.share_buttons[2].setText("1/2")
        self.share_buttons[1].setText(self.tr("All"))
        self.reset_button.setText(self.tr("Reset"))
        self.reset_button.setToolTip(self.tr("Empty the ticket (Esc)"))
        for order_type, button in self.order_types.items():
            button.setToolTip(words(order_type))
        self.order_types[OrderType.LIMIT].setText(self.tr("Limit"))
        self.order_types[OrderType.LIMIT_FOK].setText(self.tr("Lmt FOK"))
        self.order_types[OrderType.MARKET_TO_LIMIT].setText(self.tr("Mkt→Lmt"))
        self.order_types[OrderType.MARKET_IOC].setText(self.tr("Mkt IOC"))
        self.order_types[OrderType.MARKET_FOK].setText(self.tr("Mkt FOK"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _step_whole(text: str, count: int) -> str:
    return str(max(1, (int(text) if text.isascii() and text.isdigit() else 0) + count))
