"""What an order is warned of (下单前提醒), above the button that sends: a box to tick for each, one by one."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from terminal.rules.order_warnings import OrderWarning, Warned
from terminal.views import formatting
from terminal.views.style_sheet import set_role
from terminal.views.translation import translate


def warning_sentence(warned: Warned) -> str:
    """A warning in words."""
    figures = dict(warned.figures)
    match warned.warning:
        case OrderWarning.DEEP_OUT_OF_MONEY if "delta" in figures:
            pattern = translate("OrderWarning", "Deep out of the money: {percent} % away, delta {delta}")
        case OrderWarning.DEEP_OUT_OF_MONEY:
            pattern = translate("OrderWarning", "Deep out of the money: {percent} % away")
        case OrderWarning.NEAR_EXPIRY if figures.get("days") == "0":
            pattern = translate("OrderWarning", "Expires today")
        case OrderWarning.NEAR_EXPIRY:
            pattern = translate("OrderWarning", "Near expiry: {days} trading days left, until {day}")
        case OrderWarning.ADJUSTED:
            pattern = translate("OrderWarning", "Adjusted contract: unit {unit}, strike {strike}")
        case OrderWarning.MARGIN_TIGHT:
            figures = {name: formatting.percent(float(figures[name]), 1) for name in ("ratio", "warn")}
            pattern = translate("OrderWarning", "Margin gets tight: risk ratio {ratio}, warned from {warn}")
    return pattern.format(**figures)


class TicketWarnings(QWidget):
    """A box for each warning; ticks hold for one draft only."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._warned: tuple[Warned, ...] = ()
        self.boxes = {warning: QCheckBox(self) for warning in OrderWarning}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for box in self.boxes.values():
            set_role(box, "warning")
            layout.addWidget(box)
            box.hide()
            box.toggled.connect(lambda _=False: self.changed.emit())
        self.hide()

    @property
    def read(self) -> tuple[OrderWarning, ...]:
        """Those that are ticked."""
        return tuple(one.warning for one in self._warned if self.boxes[one.warning].isChecked())

    @property
    def all_read(self) -> bool:
        """Whether nothing is left to be read."""
        return len(self.read) == len(self._warned)

    def show_warnings(self, warned: Sequence[Warned]) -> None:
        """Show these; a tick stays while its warning stands, though its figures move."""
        self._warned = tuple(warned)
        shown = {one.warning: one for one in warned}
        for warning, box in self.boxes.items():
            one = shown.get(warning)
            if one is None:
                self._set(box, False)
            else:
                box.setText(warning_sentence(one))
                box.setToolTip(self.tr("Tick that you have read this"))
            box.setVisible(one is not None)
        self.setVisible(bool(shown))

    def forget(self) -> None:
        """Take every tick back: another draft, or the order is sent."""
        for box in self.boxes.values():
            self._set(box, False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.show_warnings(self._warned)
        super().changeEvent(event)

    @staticmethod
    def _set(box: QCheckBox, ticked: bool) -> None:
        box.blockSignals(True)
        box.setChecked(ticked)
        box.blockSignals(False)
