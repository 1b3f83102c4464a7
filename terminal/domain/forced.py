"""Forced orders (强行平仓): why an order is there that nobody of the account gave (无委托成交), rulebook 9 and 11b."""

from enum import StrEnum

from terminal.domain.orders import Fill, Order


class ForcedCause(StrEnum):
    """Why; the value is the mark that the exchange puts before the order's id."""

    MARGIN = "QP1"
    """Money that was called for was not brought in"""
    COVERED = "CV1"
    """Covered calls without the shares for them"""
    OTHER = ""
    """Without a mark: nothing is told but that nobody ordered it"""


def forced_cause(record: Order | Fill) -> ForcedCause | None:
    """Why an order or execution was forced; None for one that the account gave.

    The mark counts only where the venue says that nobody ordered it: ids of clients may begin with anything.
    """
    if record.ordered:
        return None
    marks = (ForcedCause.MARGIN, ForcedCause.COVERED)
    return next((cause for cause in marks if record.client_order_id.startswith(cause)), ForcedCause.OTHER)
