"""The columns that tell an order or execution nobody gave (无委托) from the client's own: at a glance, and in words."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QColor

from terminal.domain.forced import ForcedCause, forced_cause
from terminal.domain.orders import Fill, Order, Side
from terminal.views.appearance import Appearance
from terminal.views.table_model import LEFT, TableColumn
from terminal.views.texts import words
from terminal.views.translation import mark, translate

R = TypeVar("R", Order, Fill)
_TIPS = {
    ForcedCause.MARGIN: mark(
        "ForcedCause", "Closed by force: money that was called for was not brought in in time. Nobody here ordered it."
    ),
    ForcedCause.COVERED: mark(
        "ForcedCause", "Closed by force: covered calls were short of shares. Nobody here ordered it."
    ),
    ForcedCause.OTHER: mark("ForcedCause", "Nobody of this account ordered it; the venue gives no cause."),
}


def instruction_column(title: Callable[[], str], appearance: Appearance, width_chars: int) -> TableColumn[R]:
    """What was bought or sold; red and marked where nobody gave it, however far away its kind stands."""

    def text(record: R) -> str:
        return words(record.instruction) if record.ordered else f"! {words(record.instruction)}"

    def ink(record: R) -> QColor:
        if not record.ordered:
            return appearance.theme.critical
        return appearance.bid if record.instruction.side is Side.BUY else appearance.ask

    return TableColumn("instruction", title, text, LEFT, ink, None, width_chars, _tip)


def kind_column(appearance: Appearance) -> TableColumn[R]:
    """Ordered, or forced and why; the whole of it in the tooltip."""

    def text(record: R) -> str:
        cause = forced_cause(record)
        return translate("ForcedCause", "Ordered") if cause is None else f"! {words(cause)}"

    def ink(record: R) -> QColor:
        return appearance.theme.dim if record.ordered else appearance.theme.critical

    return TableColumn("kind", lambda: translate("ForcedCause", "Kind"), text, LEFT, ink, None, 15, _tip)


def _tip(record: Order | Fill) -> str:
    cause = forced_cause(record)
    return "" if cause is None else translate("ForcedCause", _TIPS[cause])
