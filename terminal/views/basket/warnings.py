"""What the legs are warned of (下单前提醒), above the button that sends: a box to tick for each, leg by leg."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from terminal.rules.order_warnings import OrderWarning
from terminal.services.basket_plan import BasketVerdict
from terminal.views.basket.words import word
from terminal.views.style_sheet import set_role
from terminal.views.trading.ticket_warnings import warning_sentence

Key = tuple[str, OrderWarning]


class LegWarnings(QWidget):
    """A tick holds while its warning stands, though its figures move."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[Key, QCheckBox] = {}
        self._lines: dict[Key, tuple[QWidget, QLabel]] = {}
        self._shown: tuple[Key, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self.hide()

    @property
    def all_read(self) -> bool:
        """Whether nothing is left to be read."""
        return all(self.boxes[key].isChecked() for key in self._shown)

    def read(self) -> dict[str, tuple[OrderWarning, ...]]:
        """What is ticked, by the code of its leg."""
        found: dict[str, tuple[OrderWarning, ...]] = {}
        for code, warning in self._shown:
            if self.boxes[code, warning].isChecked():
                found[code] = (*found.get(code, ()), warning)
        return found

    def show_verdict(self, verdict: BasketVerdict, names: Mapping[str, str]) -> None:
        """Show what the legs are warned of; `names` by code."""
        texts: dict[Key, str] = {}
        for one in verdict.legs:
            for warned in one.verdict.warnings:
                texts[one.leg.code, warned.warning] = f"{names[one.leg.code]}: {warning_sentence(warned)}"
        for key in [key for key in self._lines if key not in texts]:
            self._drop(key)
        for key, text in texts.items():
            label = (self._lines.get(key) or self._add(key))[1]
            if label.text() != text:
                label.setText(text)
        self._shown = tuple(texts)
        self.setVisible(bool(texts))

    def forget(self) -> None:
        """Take every tick back: another basket, or it is sent."""
        for box in self.boxes.values():
            box.blockSignals(True)
            box.setChecked(False)
            box.blockSignals(False)

    def _add(self, key: Key) -> tuple[QWidget, QLabel]:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        # A box does not wrap its words, and the column is narrow
        box, label = QCheckBox(line), QLabel(line)
        box.setToolTip(word("Tick that you have read this"))
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(label, "warn")
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        box.toggled.connect(lambda _=False: self.changed.emit())
        self.boxes[key] = box
        self._lines[key] = line, label
        self._layout.addWidget(line)
        return self._lines[key]

    def _drop(self, key: Key) -> None:
        line, _ = self._lines.pop(key)
        del self.boxes[key]
        self._layout.removeWidget(line)
        line.hide()
        line.deleteLater()
