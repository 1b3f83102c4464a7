"""What each kind of reminder is called and says: its name, a title for one and for many, and what follows undone."""

from collections.abc import Mapping
from dataclasses import dataclass

from terminal.alerts.alert import AlertKind


@dataclass(frozen=True, slots=True)
class LineWords:
    """One line of a card, shown where every figure in its pattern is known: `{cash:m}` as money, `{unit:q}` as a size,
    `:p` a part of one in per cent, `:w` a code of the rules in words.

    `short` names figures that should be zero: the line is a warning while one is not, else it says that there is
    enough. `when` names a figure and the value it must have.
    """

    label: str
    pattern: str
    short: tuple[str, ...] = ()
    when: tuple[str, str] | None = None


_NEEDS = LineWords("Needs", "{cash:m} yuan · {shares:q} shares")
_SHORT = LineWords("Short", "{cash_short:m} yuan · {shares_short:q} shares", ("cash_short", "shares_short"))
_USED = LineWords("Used / allowed", "{used:q} / {allowed:q}, {part:p} · {limit:w}")


@dataclass(frozen=True, slots=True)
class KindWords:
    """English sources. Places in titles: subject, underlying, count, and any figure of the finding."""

    name: str
    one: str
    many: str
    undone: str = ""
    """What happens if nobody does anything"""
    rule: str = ""
    """The id in docs/requirements.toml, shown on the card"""
    stake: str = "At stake"
    """What the money is"""
    variants: tuple[tuple[str, str, str], ...] = ()
    """Figure, its value, and the title that is used then instead of `one`"""
    lines: tuple[LineWords, ...] = ()


KINDS: Mapping[AlertKind, KindWords] = {
    AlertKind.NEAR_EXPIRY: KindWords(
        "Expiry ahead",
        "Near expiry: {subject}",
        "{count} holdings expire soon",
        "Longs not sold or exercised by then are worth nothing, shorts may be assigned",
        "T6",
        stake="Worth now",
        lines=(LineWords("Expires", "{day} · {days} trading days left"),),
    ),
    AlertKind.EXERCISE: KindWords(
        "Exercise",
        "{subject}: in the money, not exercised yet",
        "{count} holdings in the money are not exercised",
        "Not exercised by the deadline, it lapses and its value is lost",
        "T6",
        stake="Worth after fees",
        lines=(
            _NEEDS,
            _SHORT,
            LineWords("Pairs", "{pairs} could be exercised as pairs"),
        ),
    ),
    AlertKind.NOT_CLOSED: KindWords(
        "Should be closed",
        "{subject} should be closed before it expires",
        "{count} holdings should be closed before they expire",
        "It cannot be traded after the close",
        "R3",
        stake="Still worth",
        variants=(
            ("cause", "margin", "The margin call was not met in time"),
            ("cause", "covered", "Cover of {underlying} was not topped up in time"),
        ),
        lines=(
            LineWords("Expires", "{day}"),
            LineWords("Called", "{called:m} yuan until {by}"),
            LineWords("Missing", "{missing:q} shares until {by}"),
        ),
    ),
    AlertKind.WRITER: KindWords(
        "Short side",
        "{subject}: funds or shares may be short if assigned",
        "{count} short positions may lack funds or shares",
        "Shares that are missing are settled in cash, with a penalty",
        "R1",
        stake="Short, with penalty",
        lines=(
            LineWords("Expires", "{day} · {days} trading days left"),
            LineWords("Needs", "{cash_needed:m} yuan · {shares_needed:q} shares"),
            _SHORT,
        ),
    ),
    AlertKind.ASSIGNED: KindWords(
        "Assigned",
        "{subject} was assigned",
        "{count} short positions were assigned",
        "What is short at delivery is a default and settled in cash",
        "T7",
        stake="Amount",
        lines=(
            LineWords("Strike", "{strike}"),
            LineWords("You deliver", "{shares:q} shares, {amount:m} yuan come in", when=("right", "C")),
            LineWords("You pay", "{amount:m} yuan, {shares:q} shares come in", when=("right", "P")),
            _SHORT,
        ),
    ),
    AlertKind.ADJUSTMENT_COMING: KindWords(
        "Contract adjustment",
        "Contracts of {underlying} will be adjusted",
        "{count} adjustments lie ahead",
        "Strike and unit change; orders of the day before are cancelled",
        "T4",
        stake="Worth held",
        lines=(
            LineWords("Ex-day", "{day} · {days} trading days left"),
            LineWords("Dividend", "{cash} yuan a share"),
            LineWords("Unit", "{unit:q} → {new_unit:q}"),
            LineWords("Strike", "{strike} → {new_strike}"),
            LineWords("Code", "{trading_code} → {new_trading_code}"),
            LineWords("Name", "{new_name}"),
            LineWords("Listed", "{listed} contracts change"),
            LineWords("Terms", "estimated from the price now, exact after the close of the eve", when=("exact", "no")),
            LineWords("Terms", "exact, from the close of the eve", when=("exact", "yes")),
        ),
    ),
    AlertKind.ADJUSTED: KindWords(
        "Contract adjusted",
        "Contracts of {underlying} were adjusted",
        "{count} adjustments are in force",
        "Codes stay, strike and unit are new: check orders and alerts of your own",
        "T4",
        stake="Worth held",
        lines=(
            LineWords("Unit", "{unit:q}"),
            LineWords("Strike", "{strike}"),
            LineWords("Code", "{trading_code}"),
        ),
    ),
    AlertKind.COVERED_SHORTFALL: KindWords(
        "Covered top-up",
        "{underlying}: lock {to_lock:q} more shares for covered calls",
        "Cover is short for {count} underlyings",
        "What is not covered is closed by force",
        "T5",
        stake="Shares to lock, worth",
        variants=(("days", "0", "Covered calls on {underlying}: {to_lock:q} shares are missing"),),
        lines=(
            LineWords("Ex-day", "{day} · {days} trading days left"),
            LineWords("Must be locked", "{locked:q} → {needed:q} shares"),
            LineWords("Free shares", "{free:q}, {to_lock:q} to lock"),
            LineWords("Missing", "{missing:q} shares, or close {to_close} contracts", ("missing",)),
            LineWords("Terms", "estimated from the price now, exact after the close of the eve", when=("exact", "no")),
        ),
    ),
    AlertKind.COMBINATION_RELEASE: KindWords(
        "Combination",
        "A combination of {underlying} is released after the close",
        "{count} combinations are released after the close",
        "Margin of the single legs is charged from then on",
        "O4",
        stake="More margin",
        lines=(
            LineWords("Released", "{day} after the close"),
            LineWords("Combination", "{strategy} {number}"),
            LineWords("Margin now", "{margin:m} yuan"),
            LineWords("Cause", "the ex-day that follows", when=("adjusted", "yes")),
            LineWords("Funds", "more margin than is available", when=("short", "yes")),
        ),
    ),
    AlertKind.MARGIN: KindWords(
        "Risk ratio",
        "The risk ratio is over its line",
        "{count} accounts are over their line",
        "Over the last line positions are closed by force",
        "O16",
        stake="To bring in",
        variants=(
            ("standing", "warn", "The risk ratio {ratio:p} is over the warning line"),
            ("standing", "call", "Margin call: the risk ratio is {ratio:p}"),
            ("standing", "force", "The risk ratio {ratio:p} is over the line of the forced close"),
        ),
        lines=(
            LineWords("Risk ratio", "{ratio:p}"),
            LineWords("Lines", "warning {warn:p}, call {call:p}, forced close {force:p}"),
            LineWords("Margin / balance", "{margin:m} / {balance:m} yuan"),
            LineWords("Available", "{available:m} yuan"),
        ),
    ),
    AlertKind.FORCED_CLOSE: KindWords(
        "Forced close",
        "Positions are closed by force",
        "{count} forced closes",
        "The broker closes at the market until the ratio is met",
        "O18",
        stake="To bring in",
        variants=(("cause", "margin", "Forced close: the margin call was not met"),),
        lines=(
            LineWords("Called", "{called:m} yuan until {by}"),
            LineWords("Done", "{done} orders, the last at {at}"),
            LineWords("Cause", "{cause:w}"),
        ),
    ),
    AlertKind.POSITION_LIMIT: KindWords(
        "Position limit",
        "Near or over a position limit",
        "{count} position limits are near or passed",
        "Over the limit nothing can be opened",
        "O17",
        stake="Worth held",
        lines=(_USED,),
    ),
    AlertKind.PURCHASE_LIMIT: KindWords(
        "Purchase limit",
        "Near or over the purchase limit",
        "{count} purchase limits are near or passed",
        "Over the limit nothing can be bought to open",
        "O17",
        stake="Bought",
        lines=(_USED,),
    ),
    AlertKind.LARGE_HOLDER: KindWords(
        "Large holder",
        "Large enough to be asked for a report",
        "{count} holdings are large enough for a report",
        "The broker may ask for a report of the holding",
        "O17",
        stake="Worth held",
        lines=(_USED,),
    ),
    AlertKind.SUSPENSION: KindWords(
        "Halt",
        "{subject}: trading is halted or goes on again",
        "{count} halts and resumptions",
        "While halted nothing trades; on the expiry day exercise goes on",
        "T2",
        variants=(
            ("state", "halted", "{subject}: trading is halted"),
            ("state", "resumed", "{subject}: trading goes on again"),
        ),
        stake="Worth held",
        lines=(LineWords("At", "{at}"),),
    ),
    AlertKind.BREAKER: KindWords(
        "Breaker",
        "{subject}: volatility interruption",
        "{count} volatility interruptions",
        "Orders meet in a call auction for three minutes",
        "T2",
        stake="Worth held",
        lines=(LineWords("Auction until", "{until}"),),
    ),
    AlertKind.OPEN_RESTRICTION: KindWords(
        "Opening restricted",
        "{underlying}: opening is restricted",
        "Opening is restricted for {count} underlyings",
        "Only closing and covered opening are taken",
        "T2",
        stake="Worth held",
        lines=(LineWords("Month", "{year}-{month}, {count} contracts"),),
    ),
    AlertKind.CONNECTION: KindWords(
        "Connection",
        "The line to the venue is down",
        "{count} lines are down",
        "Nothing can be sent, and quotes out there are the venue's to cancel",
        "T2",
        lines=(
            LineWords("State", "{state:w}"),
            LineWords("Working orders", "in {working} contracts"),
        ),
    ),
    AlertKind.STALE_DATA: KindWords(
        "Stale data",
        "Quotes of {underlying} are old",
        "Quotes of {count} underlyings are old",
        "Prices, greeks and warnings rest on old figures",
        "T2",
        stake="Worth held",
        lines=(LineWords("Silent for", "{seconds} s and more"),),
    ),
    AlertKind.OBLIGATION: KindWords(
        "Obligation",
        "{subject}: the quoting obligation is at risk",
        "{count} quoting obligations are at risk",
        "The contract counts as missed today",
        "M4",
        variants=(("state", "failed", "{subject}: the quoting obligation has failed today"),),
        lines=(
            LineWords("May still be missed", "{slack} s"),
            LineWords("State", "{state:w}"),
        ),
    ),
    AlertKind.INQUIRY: KindWords(
        "Inquiry",
        "{subject}: an inquiry waits for an answer",
        "{count} inquiries wait for an answer",
        "It counts as not answered",
        "M4",
    ),
    AlertKind.LISTING: KindWords(
        "New contracts",
        "New contracts of {underlying} are listed",
        "New contracts of {count} underlyings are listed",
        rule="T2",
        lines=(LineWords("Months", "{months}"),),
    ),
    AlertKind.INSTRUCTOR: KindWords(
        "Instructor",
        "Message of the instructor",
        "{count} messages",
        rule="X8",
    ),
    AlertKind.CUSTOM: KindWords(
        "Own alert",
        "Your condition is met: {name}",
        "{count} of your conditions are met",
        lines=(
            LineWords("Condition", "{measure:w} {comparison:w} {threshold}"),
            LineWords("Value now", "{value}"),
            LineWords("Note", "{note:t}"),
        ),
    ),
    AlertKind.DEEP_OUT_OF_MONEY: KindWords(
        "Deep out of the money",
        "{subject} is far out of the money",
        "{count} orders far out of the money",
        "It will most likely expire worthless",
        "T8",
        lines=(LineWords("Out of the money", "{percent} %, delta {delta}"),),
    ),
    AlertKind.OPENS_NEAR_EXPIRY: KindWords(
        "Opening near expiry",
        "Near expiry: {subject}",
        "{count} orders open what expires soon",
        "Time value is nearly gone and moves are wild",
        "T9",
        lines=(LineWords("Trading days left", "{days}"),),
    ),
    AlertKind.OPENS_ADJUSTED: KindWords(
        "Opening adjusted",
        "{subject} is an adjusted contract",
        "{count} orders open adjusted contracts",
        "Its unit is not 10,000 and it may be hard to sell again",
        "T10",
        lines=(LineWords("Unit", "{unit:q}"),),
    ),
}

#: Codes that rules give as figures
CODES: Mapping[str, str] = {
    "halted": "halted",
    "resumed": "resumed",
    "failed": "failed today",
    "at_risk": "at risk",
    "margin": "margin",
    "covered": "cover",
    "other": "not ordered",
    "limit_right_side": "long positions",
    "limit_total": "total position",
    "limit_direction": "positions in one direction",
    "limit_all_products": "all underlyings",
    "limit_buy_open": "bought to open today",
    "limit_open": "opened today",
    "limit_purchase": "paid for long positions",
    "above": "above",
    "below": "below",
    "price": "price",
    "volatility": "volatility",
    "delta": "delta",
    "gamma": "gamma",
    "vega": "vega",
    "theta": "theta",
    "spread": "spread",
    "profit": "profit of the day",
    "position": "net position",
}
