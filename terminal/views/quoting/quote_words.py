"""What the two-sided quote ticket says: the contract, what lies in the market, what will be changed before sending."""

import math

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.quotes import QuoteEntry
from terminal.rules.obligations.control import CheckedQuote
from terminal.rules.obligations.spread import units
from terminal.services.gate import DESK
from terminal.services.quote_board import LiveQuote
from terminal.services.quote_drafts import Facts
from terminal.views.formatting import DASH, clock, number, price
from terminal.views.quoting.hand_quotes import Standing
from terminal.views.quoting.words import word
from terminal.views.texts import bounded, reason_sentence
from terminal.views.translation import mark

_FIELDS = {
    "bid_price": mark("quoting", "bid {given} → {changed}"),
    "ask_price": mark("quoting", "ask {given} → {changed}"),
    "bid_quantity": mark("quoting", "bid size {given} → {changed}"),
    "ask_quantity": mark("quoting", "ask size {given} → {changed}"),
}


def fact_words(facts: Facts) -> str:
    """The book and the value of a contract in one line."""
    bid = f"{price(facts.bid)}×{facts.bid_quantity or DASH}"
    ask = f"{price(facts.ask)}×{facts.ask_quantity or DASH}"
    theo = f"{word('Theo')} {number(facts.theoretical / PRICE_SCALE, 4)}"
    return f"{bid} / {ask}   {theo}   IV {number(facts.volatility * 100, 2)}"


def lying_words(standing: Standing) -> tuple[str, str]:
    """What lies in the market, since when, whose it is, and what is on its way, with the role of the line."""
    live = standing.live
    about: list[str] = []
    if live is None:
        first = word("Nothing of ours lies in this book")
    else:
        first = word("In the market {bid} / {ask}").format(
            bid=_side(live.bid, live.bid_quantity, live.original_bid_quantity),
            ask=_side(live.ask, live.ask_quantity, live.original_ask_quantity),
        )
        if standing.since is not None:
            about.append(word("since {time}").format(time=clock(standing.since)))
        about.append(_owner_words(standing.owner))
    if standing.held_seconds > 0:
        about.append(
            word("answers an inquiry, stays {seconds} s more").format(seconds=math.ceil(standing.held_seconds))
        )
    role = "second"
    if standing.in_doubt and (live is not None or standing.is_under_way):
        about.append(word("in doubt: the line is down"))
        role = "warn"
    elif standing.is_under_way:
        about.append(word("a newer one is under way"))
    elif standing.refused is not None:
        about.append(word("refused: {reason}").format(reason=reason_sentence(standing.refused)))
        role = "critical"
    return "\n".join(part for part in (first, " · ".join(about)) if part), role


def rival_words(standing: Standing) -> str:
    """Which strategy quotes the same contract."""
    if not standing.rival:
        return ""
    return word("{strategy} quotes this contract: it will replace what you send").format(
        strategy=bounded(standing.rival)
    )


def change_words(checked: CheckedQuote) -> str:
    """What the control changes before sending; empty where it changes nothing."""
    changes = [
        word(_FIELDS[change.field]).format(given=change.given, changed=change.changed) for change in checked.changes
    ]
    return word("Sent as allowed: {changes}").format(changes=" · ".join(changes)) if changes else ""


def taking_words(entry: QuoteEntry, facts: Facts, live: LiveQuote | None) -> str:
    """Which side would trade at once; empty for a quote that rests. Our own quote gives way to the new one."""
    mine = (live.bid, live.ask) if live is not None else (0, 0)
    if facts.ask and facts.ask != mine[1] and units(entry.bid_price) >= facts.ask:
        return word("▲ The bid meets the market's ask: it trades at once")
    if facts.bid and facts.bid != mine[0] and units(entry.ask_price) <= facts.bid:
        return word("▲ The ask meets the market's bid: it trades at once")
    return ""


def _side(units_: int, left: int, size: int) -> str:
    return f"{price(units_)} × {left}" if left == size else f"{price(units_)} × {left}/{size}"


def _owner_words(owner: str) -> str:
    if owner == DESK:
        return word("by hand")
    return bounded(owner) if owner else word("of an earlier run")
