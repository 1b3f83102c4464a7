"""The tiers of the stop (分级停止), mildest first; each is held to act, none is ever greyed out."""

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from terminal.domain.orders import Side
from terminal.rules.protection.stops import StopTier
from terminal.views.appearance import Appearance
from terminal.views.quoting.hold_button import HoldButton
from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.quoting.stop_keys import StopKeys, stop_key
from terminal.views.quoting.words import word
from terminal.views.style_sheet import set_role

_WORDS = {
    "bids": "Stop buying",
    "asks": "Stop selling",
    "expiry": "Stop expiry",
    "reduce": "Reduce only",
    "cancel": "Cancel all",
    "disconnect": "Disconnect",
}
_TIPS = {
    "bids": "Nothing that buys leaves any more; quotes go whole",
    "asks": "Nothing that sells leaves any more; quotes go whole",
    "expiry": "Nothing that opens leaves in the expiry of the chain",
    "reduce": "Only what closes leaves",
    "cancel": "Quotes and orders are taken out, nothing new leaves",
    "disconnect": "The same, and the line is let go: the venue cancels by itself",
}
#: What concerns an account that is no market maker's too
_EVERYBODYS = ("reduce", "cancel", "disconnect")


class StopButtons(QWidget):
    """Six buttons, fewer for an account that is no maker's, and what is in force; `columns` of them beside each other.

    In a single column each has its key beside it.
    """

    lifted = Signal()

    def __init__(
        self,
        maker: MakerDesk,
        appearance: Appearance,
        monotonic: Callable[[], float],
        series: Callable[[], tuple[str, object] | None],
        *,
        columns: int = 3,
    ) -> None:
        super().__init__()
        self._maker = maker
        self._series = series
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        fire: dict[str, Callable[[], object]] = {
            "bids": lambda: self._stop(StopTier.SIDE, side=Side.BUY),
            "asks": lambda: self._stop(StopTier.SIDE, side=Side.SELL),
            "expiry": self._stop_expiry,
            "reduce": lambda: self._stop(StopTier.REDUCE_ONLY),
            "cancel": lambda: self._stop(StopTier.CANCEL_ALL),
            "disconnect": lambda: self._stop(StopTier.DISCONNECT),
        }
        self.buttons = {name: HoldButton(do, appearance, monotonic) for name, do in fire.items()}
        self._key_labels: dict[str, QLabel] = {}
        for place, (name, button) in enumerate(self.buttons.items()):
            button.setMinimumWidth(0)
            grid.addWidget(button, place // columns, place % columns)
            if columns == 1:
                label = self._key_labels[name] = QLabel()
                set_role(label, "dim")
                grid.addWidget(label, place, 1)
            if name in ("cancel", "disconnect"):
                set_role(button, "stop")
        below = len(self.buttons) // columns
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.lift = QPushButton()
        self.lift.clicked.connect(lambda _=False: self.lift_all())
        grid.addWidget(self.state, below, 0, 1, max(columns - 1, 1))
        grid.addWidget(self.lift, below, max(columns - 1, 1))
        self.name()

    @cached_property
    def key_actions(self) -> list[QAction]:
        """The keys of the tiers, for the window to have."""
        return StopKeys(self.buttons, self.concerns, self).actions

    def concerns(self, name: str) -> bool:
        """Whether a tier is of any use to the account: sides and expiries are of quotes."""
        return self._maker.is_maker or name in _EVERYBODYS

    @property
    def is_held(self) -> bool:
        """Whether one is held down now."""
        return any(button.is_held for button in self.buttons.values())

    def flush(self) -> None:
        """Let a held button act; show what is in force."""
        for name, button in self.buttons.items():
            button.flush()
            button.setVisible(self.concerns(name))
            if name in self._key_labels:
                self._key_labels[name].setVisible(self.concerns(name))
        stops = self._maker.desk.quoting.gate.stops
        parts = []
        if stops.everything:
            parts.append(word("everything"))
        if stops.reduce_only:
            parts.append(word("only closing"))
        parts += [word("buying") if side is Side.BUY else word("selling") for side in stops.sides]
        parts += [f"{underlying} {expiry:%y-%m}" for underlying, expiry in stops.expiries]
        text = word("Stopped: {what}").format(what=", ".join(parts)) if parts else word("No stop is in force")
        if self.state.text() != text:
            self.state.setText(text)
        set_role(self.state, "critical" if parts else "dim")
        # Lifting takes a name: who decides is written down
        self.lift.setVisible(bool(parts))
        self.lift.setEnabled(bool(self._maker.person.strip()))

    def lift_all(self) -> None:
        """Lift every stop, by the name given."""
        if self._maker.lift_stop():
            self.lifted.emit()
        self.flush()

    def name(self) -> None:
        """Put the words of the language in force."""
        for name, button in self.buttons.items():
            button.setText(word(_WORDS[name]))
            shown = QKeySequence.fromString(stop_key(name)).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{word('{what} (hold)').format(what=word(_TIPS[name]))}  [{shown}]")
            if name in self._key_labels:
                self._key_labels[name].setText(shown)
        self.lift.setText(word("Lift"))
        self.lift.setToolTip(word("Lifts every stop, by the name above"))

    def _stop(self, tier: StopTier, *, side: Side | None = None) -> None:
        self._maker.protection.stop(tier, self._maker.by, side=side)

    def _stop_expiry(self) -> None:
        series = self._series()
        if series is not None:
            underlying, expiry = series
            found = next((e for e in self._maker.expiries(underlying) if e == expiry), None)
            if found is not None:
                self._maker.protection.stop(StopTier.EXPIRY, self._maker.by, underlying=underlying, expiry=found)
