"""Trading shares of an underlying at once or not at all (现货买卖): form, what the book gives, and what it costs.

Rule: buys are whole lots, an odd rest is sold in one go; shares bought today are not sold today (T+1).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from terminal.domain.accounts import ZERO
from terminal.domain.contracts import Underlying, UnderlyingKind
from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.reasons import Denial, Reason
from terminal.rules.order_entry import price_figure
from terminal.rules.profile import Sessions, ShareRules, Window
from terminal.rules.rounding import to_cents

#: Price in whole 0.0001 yuan and shares
ShareLevel = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ShareBook:
    """What the cash market shows of one underlying, best first."""

    bids: tuple[ShareLevel, ...] = ()
    asks: tuple[ShareLevel, ...] = ()
    halted: bool = False


#: Of an underlying that the cash market does not quote
NO_SHARES = ShareBook()


def trading_windows(sessions: Sessions) -> tuple[Window, ...]:
    """When shares trade at once: the continuous sessions, no auction."""
    return sessions.morning, sessions.afternoon


def check_form(
    underlying: Underlying, quantity: int, price: Decimal, rules: ShareRules, *, buys: bool, sellable: int
) -> Denial | None:
    """Whether size and price are those of an order; `sellable` decides on an odd rest."""
    if not 1 <= quantity <= rules.largest_order:
        return Denial(Reason.QUANTITY_RANGE, "quantity", str(quantity), f"1-{rules.largest_order}")
    rest = quantity % rules.lot
    if rest and (buys or rest != sellable % rules.lot):
        return Denial(Reason.QUANTITY_LOT, "quantity", str(quantity), str(rules.lot))
    if not underlying.limit_down <= price <= underlying.limit_up:
        allowed = f"{underlying.limit_down:f}-{underlying.limit_up:f}"
        return Denial(Reason.PRICE_LIMIT, "price", price_figure(price), allowed)
    if price % underlying.tick_size:
        return Denial(Reason.PRICE_TICK, "price", price_figure(price), f"{underlying.tick_size:f}")
    return None


def check_sellable(quantity: int, free: int, sellable: int) -> Denial | None:
    """Whether so many shares are free, and were there this morning."""
    if quantity > free:
        return Denial(Reason.SHARES, "quantity", str(quantity), str(max(free, 0)))
    if quantity > sellable:
        return Denial(Reason.BOUGHT_TODAY, "quantity", str(quantity), str(sellable))
    return None


def check_book(book: ShareBook, quantity: int, price: Decimal, *, buys: bool) -> Denial | None:
    """Whether the book gives the whole quantity within the price now."""
    levels = book.asks if buys else book.bids
    if book.halted:
        return Denial(Reason.SUSPENDED, "underlying")
    if not levels:
        return Denial(Reason.NO_OPPOSITE_SIDE, "underlying")
    touch = Decimal(levels[0][0]).scaleb(-4)
    if price < touch if buys else price > touch:
        return Denial(Reason.NOT_AT_TOUCH, "price", f"{price:f}", f"{touch.normalize():f}")
    shown = shown_within(levels, price, buys=buys)
    if quantity > shown:
        return Denial(Reason.FILL_OR_KILL, "quantity", str(quantity), str(shown))
    return None


def shown_within(levels: Iterable[ShareLevel], price: Decimal, *, buys: bool) -> int:
    """Shares that the book shows no worse than a price."""
    limit = int(price * PRICE_SCALE)
    return sum(size for level, size in levels if (level <= limit if buys else level >= limit))


def amount_of(levels: Iterable[ShareLevel], quantity: int) -> Decimal:
    """What a quantity costs or brings, taken off the levels from the touch on; yuan to the cent."""
    units = 0
    for price, size in levels:
        taken = min(size, quantity)
        units += price * taken
        quantity -= taken
    return to_cents(Decimal(units) / PRICE_SCALE)


def share_fee(rules: ShareRules, kind: UnderlyingKind, amount: Decimal, *, buys: bool) -> Decimal:
    """Commission, and the stamp duty of a stock's sale; yuan to the cent."""
    duty = ZERO if buys or kind is not UnderlyingKind.STOCK else to_cents(amount * rules.stock_stamp_duty)
    return max(to_cents(amount * rules.commission_rate), rules.least_commission) + duty
