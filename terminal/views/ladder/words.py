"""The words of the price ladder: columns, what it asks before it sends, why it is not armed.

Sources are English; resources/translations holds the others.
"""

from enum import Enum

from terminal.domain.orders import Order, OrderRequest
from terminal.views import formatting
from terminal.views.texts import words
from terminal.views.translation import translate

CONTEXT = "ladder"


def word(source: str) -> str:
    """The translation of an English word or sentence of this package."""
    return translate(CONTEXT, source)


class Effect(Enum):
    """Which instruction a click gives (开平)."""

    USUAL = "usual"
    """As the ticket chooses: a sale closes what is long, all else opens"""
    OPEN = "open"
    CLOSE = "close"


class Disarmed(Enum):
    """Why the ladder is armed no longer."""

    BY_HAND = "by hand"
    IDLE = "idle"
    CONTRACT = "contract"
    LINE = "line"
    STOPPED = "stopped"
    DAY = "day"


EFFECTS = {Effect.USUAL: "Auto", Effect.OPEN: "Open", Effect.CLOSE: "Close"}
DISARMED = {
    Disarmed.BY_HAND: "Not armed: a click prepares the ticket",
    Disarmed.IDLE: "Disarmed: not used for 60 s",
    Disarmed.CONTRACT: "Disarmed: another contract",
    Disarmed.LINE: "Disarmed: the line is not up",
    Disarmed.STOPPED: "Disarmed: everything is stopped",
    Disarmed.DAY: "Disarmed: another day",
}


def lots(size: int) -> str:
    """So many contracts."""
    pattern = word("{size} lot") if size == 1 else word("{size} lots")
    return pattern.format(size=formatting.quantity(size))


def request_words(request: OrderRequest) -> str:
    """An order in a few words: what, how many, at which price."""
    return f"{words(request.instruction)} {lots(request.quantity)} @ {request.price:f}"


def order_words(order: Order) -> str:
    """An order of ours in a few words, with what is left of it."""
    return f"{words(order.side)} {lots(order.leaves_quantity)} @ {order.price:f}"
