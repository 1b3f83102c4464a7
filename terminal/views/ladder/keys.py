"""The keys of the ladder: for everything that the mouse does there is one."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from terminal.domain.orders import Side

_SIDES = {Qt.Key.Key_B: Side.BUY, Qt.Key.Key_S: Side.SELL}
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_Modifier = Qt.KeyboardModifier


class Ladder(Protocol):
    """What a key may want of the ladder; prices in 0.0001 yuan."""

    def centre(self) -> None:
        """The best prices to the middle."""

    def toggle_armed(self) -> None:
        """Arm, or arm no longer."""

    def confirm(self) -> None:
        """Yes to what is asked."""

    def step_back(self) -> None:
        """No to what is asked, else armed no longer."""

    def click(self, side: Side, price: int, *, second: bool = False) -> None:
        """What a click there does."""

    def cancel(self, side: Side, price: int) -> None:
        """Cancel what is mine there."""

    def move_by(self, price: int, ticks: int) -> None:
        """Take what is mine there so many ticks higher."""

    def choose_size_at(self, place: int, *, second: bool) -> None:
        """The size on the button at a place, from 0."""


class LadderKeys:
    """`price` is that of the cursor's row, 0 for none."""

    def __init__(self, ladder: Ladder, price: Callable[[], int]) -> None:
        self._ladder = ladder
        self._price = price

    def press(self, event: QKeyEvent) -> None:
        """Do what a key means and accept it; any other is left as it is."""
        does = self._meant(event)
        if does is None:
            return
        event.accept()
        if not event.isAutoRepeat():  # F80: a key held down is one order
            does()

    def _meant(self, event: QKeyEvent) -> Callable[[], object] | None:
        ladder, price = self._ladder, self._price()
        key, held = Qt.Key(event.key()), event.modifiers() & ~_Modifier.KeypadModifier
        plain, shift, alt = _Modifier.NoModifier, _Modifier.ShiftModifier, _Modifier.AltModifier
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and held in (plain, alt):
            return lambda: ladder.choose_size_at(key - Qt.Key.Key_1, second=held == alt)
        if key in _SIDES and held in (plain, shift):
            return lambda: ladder.click(_SIDES[key], price, second=held == shift) if price else None
        if key in _STEPS and held == shift:
            return lambda: ladder.move_by(price, _STEPS[key]) if price else None
        if held != plain:
            return None
        if key == Qt.Key.Key_C:
            return lambda: self._cancel(price)
        return {
            Qt.Key.Key_Space: ladder.centre,
            Qt.Key.Key_A: ladder.toggle_armed,
            Qt.Key.Key_Return: ladder.confirm,
            Qt.Key.Key_Enter: ladder.confirm,
            Qt.Key.Key_Escape: ladder.step_back,
        }.get(key)

    def _cancel(self, price: int) -> None:
        if price:
            for side in Side:
                self._ladder.cancel(side, price)
