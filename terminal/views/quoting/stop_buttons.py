"""The tiers of the stop (分级停止), mildest first; each is held to act, none is ever greyed out."""

from collections.abc import Callable

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


class StopButtons(QWidget):
    """Six buttons and what is in force."""

    def __init__(
        self,
        maker: MakerDesk,
        appearance: Appearance,
        monotonic: Callable[[], float],
        series: Callable[[], tuple[str, object] | None],
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
        for place, (name, button) in enumerate(self.buttons.items()):
            button.setMinimumWidth(0)
            grid.addWidget(button, place // 3, place % 3)
            if name in ("cancel", "disconnect"):
                set_role(button, "stop")
        self._keys = StopKeys(self.buttons, lambda: maker.is_maker, self)
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.lift = QPushButton()
        self.lift.clicked.connect(lambda _=False: self.lift_all())
        grid.addWidget(self.state, 2, 0, 1, 2)
        grid.addWidget(self.lift, 2, 2)
        self.name()

    @property
    def key_actions(self) -> list[QAction]:
        """The keys of the tiers, for the window to have."""
        return self._keys.actions

    @property
    def is_held(self) -> bool:
        """Whether one is held down now."""
        return any(button.is_held for button in self.buttons.values())

    def flush(self) -> None:
        """Let a held button act; show what is in force."""
        for button in self.buttons.values():
            button.flush()
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
        if self._maker.person.strip():
            self._maker.protection.lift(self._maker.person.strip())
        self.flush()

    def name(self) -> None:
        """Put the words of the language in force."""
        for name, button in self.buttons.items():
            button.setText(word(_WORDS[name]))
            shown = QKeySequence.fromString(stop_key(name)).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{word('{what} (hold)').format(what=word(_TIPS[name]))}  [{shown}]")
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
