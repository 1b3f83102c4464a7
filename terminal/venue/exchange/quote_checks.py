"""The form of a two-sided quote, checked against its contract and the rules (rulebook 8).

The answer is a refusal with one reason code, or None; hostile numbers are malformed, as those of orders are.
"""

from terminal.domain.reasons import Reason
from terminal.rules.profile import QuoteRules
from terminal.rules.sessions import Entry, takes
from terminal.venue.exchange.instrument import TradedContract
from terminal.venue.exchange.messages import NewQuote, QuoteRefused
from terminal.venue.exchange.order_checks import is_number, short_figure, yuan

_NUMBERS = (
    "participant",
    "instrument",
    "bid_order_id",
    "ask_order_id",
    "bid_price",
    "bid_quantity",
    "ask_price",
    "ask_quantity",
    "inquiry_id",
)


def quote_refused(
    quote: NewQuote, reason: Reason, field: str = "", given: object = "", allowed: str = ""
) -> QuoteRefused:
    """The refusal with `given` as short plain text."""
    return QuoteRefused(
        quote.quote_id, quote.participant, quote.instrument, reason, field, short_figure(given), allowed
    )


def malformed_quote(quote: NewQuote) -> QuoteRefused | None:
    """What no contract's terms could accept: wrong types, negative or huge numbers, one id for two things."""
    if not is_number(quote.quote_id) or quote.quote_id < 1:
        return quote_refused(quote, Reason.MALFORMED, "quote_id", quote.quote_id, "a whole number from 1, below 2^63")
    for field in _NUMBERS:
        value = getattr(quote, field)
        if not is_number(value):
            allowed = "a whole number, not negative, below 2^63"
            return quote_refused(quote, Reason.MALFORMED, field, value, allowed)
    if quote.bid_order_id == quote.ask_order_id:
        return quote_refused(quote, Reason.DUPLICATE_ORDER_ID, "ask_order_id", quote.ask_order_id)
    return None


def quote_refusal(
    quote: NewQuote, contract: TradedContract, rules: QuoteRules, *, takes_quotes: bool
) -> QuoteRefused | None:
    """Check a quote that is not malformed; the first rule broken names the reason.

    `takes_quotes` is the market's; a halt of this contract alone takes none either.
    """
    if contract.suspended:
        return quote_refused(quote, Reason.SUSPENDED, "contract", quote.instrument)
    if not takes_quotes or not takes(Entry.QUOTES, contract.phase):
        return quote_refused(quote, Reason.PHASE_CLOSED, "contract", contract.phase.name)
    sides = [
        ("bid", quote.bid_price, quote.bid_quantity, quote.bid_closes),
        ("ask", quote.ask_price, quote.ask_quantity, quote.ask_closes),
    ]
    there = [side for side in sides if side[1] or side[2]]
    if len(there) < (2 if rules.two_sided else 1):
        missing = next(name for name, price, quantity, _ in sides if not price and not quantity)
        return quote_refused(quote, Reason.QUOTE_TWO_SIDED, f"{missing}_price", 0)
    for name, price, quantity, _ in there:
        if not price or not quantity:
            field, value = ("price", yuan(price)) if not price else ("quantity", str(quantity))
            return quote_refused(quote, Reason.QUOTE_TWO_SIDED, f"{name}_{field}", value)
        if price % contract.tick:
            return quote_refused(quote, Reason.PRICE_TICK, f"{name}_price", yuan(price), yuan(contract.tick))
        if not contract.limit_down <= price <= contract.limit_up:
            allowed = f"{yuan(contract.limit_down)}-{yuan(contract.limit_up)}"
            return quote_refused(quote, Reason.PRICE_LIMIT, f"{name}_price", yuan(price), allowed)
    if len(there) == 2 and quote.bid_price >= quote.ask_price:
        return quote_refused(quote, Reason.QUOTE_CROSSED, "bid_price", yuan(quote.bid_price), yuan(quote.ask_price))
    for name, _, quantity, closes in there:
        if not rules.min_quantity <= quantity <= rules.max_quantity:
            allowed = f"{rules.min_quantity}-{rules.max_quantity}"
            return quote_refused(quote, Reason.QUOTE_SIZE, f"{name}_quantity", quantity, allowed)
        if quantity % contract.lot:
            return quote_refused(quote, Reason.QUANTITY_LOT, f"{name}_quantity", quantity, str(contract.lot))
        if contract.opening_restricted and not closes:
            return quote_refused(quote, Reason.OPENING_RESTRICTED, f"{name}_closes", "OPEN", "CLOSE")
    return None
