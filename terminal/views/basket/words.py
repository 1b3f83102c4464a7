"""The words of the basket: shapes, price bases, how it is sent, where a leg stands, what it leaves.

Sources are English; resources/translations holds the others.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from math import isfinite

from terminal.domain.orders import OrderType
from terminal.domain.reasons import Denial, Reason
from terminal.services.basket import LegEffect, LegOrder, Pace, PriceBasis
from terminal.services.basket_plan import BasketFault, BasketPlan, Fault, LegVerdict, PlannedLeg
from terminal.services.basket_run import BasketRun, LegState, RunLeg, Stop
from terminal.services.basket_shapes import Shape
from terminal.services.market_data import MarketData
from terminal.views import formatting
from terminal.views.texts import month_words, name_of, reason_sentence, words
from terminal.views.trading.ticket_words import failure_words
from terminal.views.translation import translate

CONTEXT = "basket"


def word(source: str) -> str:
    """The translation of an English word or sentence of this package."""
    return translate(CONTEXT, source)


SHAPES = {
    Shape.CALL_BULL: "Call bull spread",
    Shape.CALL_BEAR: "Call bear spread",
    Shape.PUT_BULL: "Put bull spread",
    Shape.PUT_BEAR: "Put bear spread",
    Shape.STRADDLE: "Straddle",
    Shape.STRANGLE: "Strangle",
    Shape.BUTTERFLY: "Butterfly",
    Shape.SYNTHETIC_LONG: "Synthetic long",
    Shape.SYNTHETIC_SHORT: "Synthetic short",
    Shape.CALENDAR: "Calendar spread",
}
BASES = {
    PriceBasis.OPPOSITE: "Opp.",
    PriceBasis.OWN: "Own",
    PriceBasis.MID: "Mid",
    PriceBasis.THEORETICAL: "Theo",
    PriceBasis.TYPED: "Typed",
}
BASIS_TIPS = {
    PriceBasis.OPPOSITE: "Best price of the other side: trades at once",
    PriceBasis.OWN: "Best price of the own side: rests",
    PriceBasis.MID: "Middle of bid and ask, on the tick that is better for us",
    PriceBasis.THEORETICAL: "Theoretical price, on the tick that is better for us",
    PriceBasis.TYPED: "The price that is typed",
}
EFFECTS = {LegEffect.USUAL: "Auto", LegEffect.OPEN: "Open", LegEffect.CLOSE: "Close", LegEffect.COVERED: "Covered"}
TYPES = {OrderType.LIMIT: "Limit", OrderType.LIMIT_FOK: "Lmt FOK", OrderType.MARKET_IOC: "Mkt IOC"}
PACES = {Pace.LEG_BY_LEG: "Leg by leg", Pace.AT_ONCE: "All at once"}
PACE_TIPS = {
    Pace.LEG_BY_LEG: "A leg is sent when the one before is filled to the last contract.",
    Pace.AT_ONCE: "All legs leave in one go, whatever becomes of the others.",
}
ORDERS = {LegOrder.BUYS_FIRST: "Buys first", LegOrder.THIN_FIRST: "Thin first"}
ORDER_TIPS = {
    LegOrder.BUYS_FIRST: "What frees or hedges goes first, what opens a short position last.",
    LegOrder.THIN_FIRST: "The leg that is hardest to get goes first, so that the others do not wait for it.",
}
NO_COMBINATION_BOOK = (
    "The exchange has no book for combinations: each leg is an order of its own, and one may be left alone."
)
_STATES: dict[StrEnum, str] = {
    LegState.WAITING: "waiting",
    LegState.SENDING: "sent",
    LegState.RESTING: "resting",
    LegState.FILLED: "filled",
    LegState.PARTLY: "part filled, rest gone",
    LegState.CANCELLED: "cancelled, not filled",
    LegState.REFUSED: "refused",
    LegState.STOPPED: "stopped, not sent",
}
_GLYPHS: dict[StrEnum, str] = {
    LegState.WAITING: "·",
    LegState.SENDING: "→",
    LegState.RESTING: "◐",
    LegState.FILLED: "✓",
    LegState.PARTLY: "◐",
    LegState.CANCELLED: "✕",
    LegState.REFUSED: "✕",
    LegState.STOPPED: "■",
}
_STOPS: dict[StrEnum, str] = {
    Stop.REFUSED: "A leg was refused: the legs after it were not sent.",
    Stop.NOT_FILLED: "A leg went without being filled: the legs after it were not sent.",
    Stop.NET_PRICE: "The net price had become worse than the limit: the legs after it were not sent.",
    Stop.NO_PRICE: "A leg had no price to hold the net price to: the legs after it were not sent.",
    Stop.LINE: "The line was lost: no more legs were sent.",
    Stop.BY_HAND: "Cancelled by hand.",
    Stop.DAY: "Another trading day has begun.",
}


def leg_names(legs: Sequence[LegVerdict], market: MarketData) -> dict[str, tuple[str, ...]]:
    """What the contracts of legs are called, by code: the whole name, and one without an underlying that all share."""
    found: dict[str, tuple[str, ...]] = {}
    contracts = [one.market.contract for one in legs if one.market is not None]
    shared = len({contract.underlying for contract in contracts}) == 1
    for one in legs:
        name, contract = name_of(one.leg.code, market), one.market.contract if one.market is not None else None
        shorter: tuple[str, ...] = ()
        if shared and contract is not None:
            letter = contract.adjustment if contract.is_adjusted else ""
            shorter = (f"{month_words(contract.month[1])} {contract.strike:f}{letter} {words(contract.right)}",)
        found[one.leg.code] = (name, *shorter)
    return found


def net_words(yuan: Decimal | None, unit: int | None) -> str:
    """A net: paid or received, a share where all legs have one unit, else in yuan for one basket."""
    if yuan is None:
        return formatting.DASH
    pattern = word("receive {amount}") if yuan < 0 else word("pay {amount}")
    return pattern.format(amount=net_figure(abs(yuan), unit))


def net_figure(yuan: Decimal, unit: int | None) -> str:
    """A net without its direction: a price a share, else yuan."""
    if unit is None:
        return formatting.money(yuan)
    price = yuan / unit
    # The middle of two ticks has one decimal more than a tick
    return f"{price:.4f}" if price == price.quantize(Decimal("0.0001")) else f"{price:.5f}"


def money_words(premium: Decimal | None) -> str:
    """Premium of all of it: pay 1,234.00 yuan."""
    if premium is None:
        return formatting.DASH
    pattern = word("receive {amount} yuan") if premium < 0 else word("pay {amount} yuan")
    return pattern.format(amount=formatting.money(abs(premium)))


def bound_words(profit: float | None) -> str:
    """Largest gain or loss; what nothing bounds in a word."""
    if profit is None:
        return formatting.DASH
    if not isfinite(profit):
        return word("unlimited")
    return formatting.signed_money(Decimal(round(profit * 100)).scaleb(-2))


def leg_failure(one: LegVerdict, order_type: OrderType) -> str:
    """What speaks against a leg, in the ticket's words; empty for nothing."""
    failure = next(iter(one.verdict.failures), None)
    if failure is None:
        return ""
    if one.market is None:
        return failure_words(Denial(Reason.UNKNOWN_CONTRACT, "contract", one.leg.code))
    no_price = failure.reason is Reason.MALFORMED and failure.field == "price"
    if no_price and order_type.has_price and one.leg.basis is not PriceBasis.TYPED:
        return word("There is no such price now")
    return failure_words(failure)


def fault_words(fault: BasketFault, unit: int | None) -> str:
    """What speaks against a basket as a whole."""
    match fault.fault:
        case Fault.NO_LEGS:
            return word("No legs yet: Ctrl+click a bid or an ask of the chain, or take a shape")
        case Fault.UNITS:
            return word("Not a whole number of baskets, at least 1")
        case Fault.NET_TEXT:
            return word("Not a net price, such as 0.0250 to pay or -0.0250 to receive")
        case Fault.NET_UNKNOWN:
            return word("A leg has no price, so the net price is not known")
        case Fault.NET_WORSE:
            scale = unit or 1
            given, allowed = ((fault.given or Decimal(0)) * scale, (fault.allowed or Decimal(0)) * scale)
            pattern = word("Net price worse than the limit: {given}, limit {allowed}")
            return pattern.format(given=net_words(given, unit), allowed=net_words(allowed, unit))
        case Fault.FUNDS:
            pattern = word("Funds do not do for all legs together: needed {given}, available {allowed}")
            return pattern.format(given=formatting.money(fault.given), allowed=formatting.money(fault.allowed))


def plan_words(plan: BasketPlan, market: MarketData) -> str:
    """The orders in the sequence they leave in."""
    return "; ".join(order_words(planned, planned.limit, market) for planned in plan.legs)


def order_words(planned: PlannedLeg, limit: Decimal | None, market: MarketData) -> str:
    """One order of a plan, with the limit it has or had."""
    text = word("{instruction} {count} {name}").format(
        instruction=words(planned.instruction),
        count=formatting.quantity(planned.quantity),
        name=name_of(planned.leg.code, market),
    )
    return f"{text} @ {limit:f}" if limit is not None else text


def state_words(leg: RunLeg) -> str:
    """Glyph and word of where a leg stands, with what is filled; without an answer it says so."""
    if leg.in_doubt:
        return "? " + word("no answer, being asked")
    text = f"{_GLYPHS[leg.state]} {word(_STATES[leg.state])}"
    if leg.filled:
        of = formatting.quantity(leg.filled)
        if leg.filled != leg.planned.quantity:
            of = f"{of}/{formatting.quantity(leg.planned.quantity)}"
        text += f" {of}"
        if leg.average is not None:
            text += f" @ {leg.average:.4f}"
    elif leg.state is LegState.REFUSED and leg.reason is not None:
        text += f": {reason_sentence(leg.reason, leg.reason_detail)}"
    return text


def state_role(leg: RunLeg) -> str:
    """The look of a leg's state."""
    if leg.in_doubt or leg.state in (LegState.PARTLY, LegState.CANCELLED, LegState.STOPPED):
        return "warn"
    if leg.state is LegState.REFUSED:
        return "critical"
    return "ok" if leg.state is LegState.FILLED else "second"


def run_words(run: BasketRun, market: MarketData) -> str:
    """Why it ended, if it did, and honestly what position it leaves."""
    said: list[str] = []
    if run.stop is not None:
        said.append(word(_STOPS[run.stop]))
        if run.net_at_stop is not None:
            said.append(word("It would have been: {net}.").format(net=net_words(run.net_at_stop, run.unit)))
    units, left = run.whole_units, run.left
    if units:
        pattern = word("{units} basket filled whole") if units == 1 else word("{units} baskets filled whole")
        said.append(pattern.format(units=formatting.quantity(units)) + (word(".") if left else _paid(run)))
    if left:
        alone = word(" and ").join(alone_words(left, market))
        pattern = word("This leaves you alone with: {position}.") if run.is_over else word("So far alone: {position}.")
        said.append(pattern.format(position=alone))
    elif not units:
        said.append(word("Nothing is filled: no position of it.") if run.is_over else word("Nothing is filled yet."))
    return " ".join(said)


def alone_words(left: Sequence[tuple[str, int]], market: MarketData) -> list[str]:
    """Contracts that stand alone: bought 2 50ETF Nov 2.50 Call."""
    found: list[str] = []
    for code, count in left:
        pattern = word("{count} sold {name}") if count < 0 else word("{count} bought {name}")
        found.append(pattern.format(count=formatting.quantity(abs(count)), name=name_of(code, market)))
    return found


def _paid(run: BasketRun) -> str:
    net = run.net_filled
    if net is None:
        return word(".")
    pattern = word(": received {amount} yuan.") if net < 0 else word(": paid {amount} yuan.")
    return pattern.format(amount=formatting.money(abs(net)))
