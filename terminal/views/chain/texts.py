"""A cell's whole number as text, by the kind of its column. The dash stands for no value."""

from terminal.views.chain.columns import Kind
from terminal.views.chain.figures import NONE, OWN_PRICE_BITS
from terminal.views.chain.words import word
from terminal.views.formatting import DASH, MINUS, compact_quantity, price, quantity

_PRICE_MASK = (1 << OWN_PRICE_BITS) - 1


def cell_text(kind: Kind, value: int, language: str) -> str:
    """The text of a cell; `language` decides how large counts are shortened."""
    if value == NONE:
        return DASH
    match kind:
        case Kind.PRICE:
            return signed_price(value)
        case Kind.QUANTITY:
            return str(value) if value < 100_000 else compact_quantity(value, language)
        case Kind.COMPACT:
            return compact_quantity(value, language)
        case Kind.POSITION:
            net = value >> 1
            return f"{quantity(net)}{word('c')}" if value & 1 else quantity(net)
        case Kind.CHANGE:
            return f"{'▲' if value > 0 else '▼' if value < 0 else ''}{abs(value) / 10:.1f}"
        case Kind.TENTHS:
            return _minus(f"{abs(value) / 10:.1f}", value)
        case Kind.HUNDREDTHS:
            # A volatility of the last minutes may have four digits, and a cell has room for six characters
            return _minus(f"{abs(value) / 100:.{2 if abs(value) < 100_000 else 0}f}", value)
        case Kind.WHOLE:
            return _minus(str(abs(value)), value)
        case Kind.OWN_BID | Kind.OWN_ASK:
            size, at = own_parts(value)
            return f"{size} × {at}" if kind is Kind.OWN_BID else f"{at} × {size}"
        case Kind.STRIKE:
            return strike_text(value)


def own_parts(value: int) -> tuple[str, str]:
    """Quantity and price of an own order's cell."""
    return str(value >> OWN_PRICE_BITS), price(value & _PRICE_MASK)


def strike_text(units: int) -> str:
    """A strike with three decimals, four where an adjustment left four."""
    return price(units, 4 if units % 10 else 3)


def signed_price(units: int) -> str:
    """A price or a difference of prices with four decimals."""
    if units > 0:
        return price(units)
    return f"{MINUS}{price(-units)}" if units else "0.0000"


def _minus(text: str, value: int) -> str:
    return f"{MINUS}{text}" if value < 0 else text
