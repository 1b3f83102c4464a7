"""One obliged contract as the dashboard shows it: figures of the measure, our quote, the words of the moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from terminal.domain.market_data import Column
from terminal.rules.obligations.clock import QuotingState, Stretch, Total
from terminal.rules.obligations.spread import units
from terminal.rules.obligations.validity import CAUSES, ExemptCause, QuoteFault, two_sided
from terminal.services.market_data import MarketData
from terminal.services.quote_pauses import QuotePauses
from terminal.views.formatting import clock, duration, percent, price
from terminal.views.obligations.exempt_words import exempt_line
from terminal.views.obligations.pause_words import pause_line, paused_words
from terminal.views.obligations.standing import Level, Standing, StandingSource
from terminal.views.obligations.words import word
from terminal.views.texts import bounded, name_of, words

DASH = "–"


class Action(StrEnum):
    """What may be done about a contract."""

    JOIN = "join"
    """Quote both sides as wide as allowed, around the theoretical price"""
    WIDEN = "widen"
    """Make the quote as wide as allowed"""
    PAUSE = "pause"
    """Take the quote out until a time"""
    RESUME = "resume"
    """End the pause now"""
    TICKET = "ticket"


#: The most that stands in a row: of a contract that is quoted, well or badly, and of one that is paused
QUOTED_ACTIONS = (Action.WIDEN, Action.PAUSE, Action.TICKET), (Action.JOIN, Action.PAUSE, Action.TICKET)
PAUSED_ACTIONS = Action.RESUME, Action.PAUSE, Action.TICKET


@dataclass(frozen=True, slots=True)
class Line:
    """What a row shows. Prices and widths in 0.0001 yuan, 0 for none; times in seconds."""

    code: str
    name: str
    level: Level
    state: QuotingState
    fault: QuoteFault | None
    bid: int
    bid_quantity: int
    ask: int
    ask_quantity: int
    least: int
    allowed: int
    tick: int
    compliant: float
    participation: float
    forecast: float
    exempt: str
    slack: float
    allowance: float
    """What may be missed in the whole day"""
    owes: bool
    stretches: Sequence[Stretch]
    now_us: int
    causes: str
    by_hand: str = ""
    """Who exempted it by hand, until when and why; a line for each"""
    paused: str = ""
    """Until when it is paused, and the time left; empty while it is not"""
    kept_out: str = ""
    """What keeps it out after its pause; empty for nothing"""
    pause: str = ""
    """Who paused it, from when until when"""
    texts: dict[str, str] = field(default_factory=dict, compare=False)
    """Every cell that is text, by the column's key; made with the line"""

    @property
    def width(self) -> int:
        """Ask less bid; 0 unless both are there."""
        return self.ask - self.bid if self.bid and self.ask else 0

    @property
    def running(self) -> float:
        """How long the state of the moment has lasted, as far as owed or exempt time goes."""
        newest = self.stretches[-1] if self.stretches else None
        return (self.now_us - newest.begin) / 1e6 if newest is not None and newest.state is self.state else 0.0

    @property
    def actions(self) -> tuple[Action, ...]:
        """What fits the moment, the most useful first."""
        widen, join = QUOTED_ACTIONS
        if self.paused:
            return PAUSED_ACTIONS
        if self.level is Level.EXEMPT or self.state is QuotingState.OFF:
            return (Action.TICKET,) if not self.bid and not self.ask else (Action.PAUSE, Action.TICKET)
        if self.state is QuotingState.LIVE:
            return widen
        return join if self.bid or self.ask else (Action.JOIN, Action.TICKET)


_FAULTS = {
    QuoteFault.NO_QUOTE: "Gap",
    QuoteFault.NO_BID: "One side",
    QuoteFault.NO_ASK: "One side",
    QuoteFault.BID_SIZE: "Too small",
    QuoteFault.ASK_SIZE: "Too small",
    QuoteFault.SPREAD: "Too wide",
    QuoteFault.CROSSED: "Crossed",
}


def live_words(line: Line) -> str:
    """Whether the contract is quoted now, with the time a gap has lasted; its pause, and what keeps it out after it."""
    if line.paused:
        return line.paused
    if line.state is QuotingState.LIVE:
        return word("Both sides")
    if line.state is QuotingState.EXEMPT or line.level is Level.EXEMPT:
        return line.causes or word("Exempt")
    if line.state is QuotingState.OFF:
        return word("Not owed now")
    gap = word("Excused") if line.state is QuotingState.GRACE else word(_FAULTS[line.fault or QuoteFault.NO_QUOTE])
    if line.kept_out:
        return word("pause over: {cause}").format(cause=line.kept_out)
    return f"{gap} {duration(line.running)}"


def texts_of(line: Line) -> dict[str, str]:
    """Every cell that is text, by the column's key."""
    size = min(line.bid_quantity, line.ask_quantity) if line.width else max(line.bid_quantity, line.ask_quantity)
    return {
        "name": line.name,
        "bid": price(line.bid),
        "ask": price(line.ask),
        "size": f"{size or DASH} / {line.least}",
        "spread": f"{line.width // line.tick if line.width else DASH} / {line.allowed // line.tick or DASH}",
        "live": live_words(line),
        "compliant": hours(line.compliant),
        "now": percent(line.participation, 1).removesuffix("%"),
        "forecast": percent(line.forecast, 1).removesuffix("%"),
        "exempt": line.exempt,
        "slack": slack_words(line.slack) if line.owes and line.level is not Level.EXEMPT else DASH,
    }


def hours(seconds: float) -> str:
    """h:mm:ss."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole % 3600 // 60:02d}:{whole % 60:02d}"


def slack_words(seconds: float) -> str:
    """What may still be missed, mm:ss or h:mm:ss; minus for what has failed by."""
    whole = int(abs(seconds))
    sign = "−" if seconds < 0 else ""
    if whole >= 3600:
        return f"{sign}{hours(whole)}"
    return f"{sign}{whole // 60:02d}:{whole % 60:02d}"


class Lines:
    """Makes the lines of the contracts that somebody looks at, each once for every standing."""

    def __init__(self, source: StandingSource, market: MarketData) -> None:
        self._source = source
        self._market = market
        self._standing: Standing | None = None
        self._made: dict[int, Line] = {}
        self.pauses: QuotePauses | None = None
        self.kept_out: Callable[[str], str] = lambda code: ""
        """What keeps a contract out after its pause, in words; whoever knows the strategies sets it"""

    def of(self, place: int, standing: Standing) -> Line:
        """The line of a place in the figures."""
        if standing is not self._standing:
            self._standing, self._made = standing, {}
        line = self._made.get(place)
        if line is None:
            line = self._made[place] = self._make(place, standing)
            line.texts.update(texts_of(line))
        return line

    def forget(self) -> None:
        """Make every text anew, e.g. in another language."""
        self._made = {}

    def _make(self, place: int, standing: Standing) -> Line:
        figures, obligations = standing.figures, self._source.obligations
        code, least = figures.codes[place], figures.least_quantities[place]
        bid, bid_quantity, ask, ask_quantity = two_sided(*obligations.own.levels(code), least)
        measure, contract = obligations.measure, self._market.contract(code)
        tick = units(contract.tick_size) if contract is not None else units(Decimal("0.0001"))
        row = self._market.row_of.get(code)
        reference = bid or (int(self._market.quotes[row, Column.BID_PRICE]) if row is not None else 0)
        causes = measure.causes(code) if measure is not None else ()
        hands = obligations.by_hand.of(code, measure.moment(figures.now_us)) if measure is not None else ()
        told = [words(cause) for cause in causes]
        if hands and ExemptCause.BY_HAND in causes:
            # The column is narrow: who did it and when stand behind the cause, the rest in the tip
            told[-1] += f" · {bounded(hands[0].by)} {clock(hands[0].begin)[:5]}"
        exempt_us = figures.totals_us[place, Total.EXEMPT :].tolist()
        exempt = [f"{words(cause)} {duration(us / 1e6)}" for cause, us in zip(CAUSES, exempt_us, strict=True) if us > 0]
        moment = measure.moment(figures.now_us) if measure is not None else None
        pause = self.pauses.of(code) if self.pauses is not None else None
        over = self.pauses.over(code) if self.pauses is not None and pause is None else None
        told_pause = pause or over
        return Line(
            code=code,
            name=name_of(code, self._market),
            level=Level(int(standing.levels[place])),
            state=figures.states[place],
            fault=figures.faults[place],
            bid=bid if bid_quantity else 0,
            bid_quantity=bid_quantity,
            ask=ask if ask_quantity else 0,
            ask_quantity=ask_quantity,
            least=least,
            allowed=(measure.allowed(code, reference) if measure is not None and reference else 0) or 0,
            tick=tick,
            compliant=float(figures.compliant[place]),
            participation=float(figures.participation[place]),
            forecast=float(figures.forecast[place]),
            exempt=" · ".join(exempt) or DASH,
            slack=float(figures.slack_us[place]) / 1e6,
            allowance=(float(figures.obligated[place]) + float(figures.remaining_us[place]) / 1e6)
            * (1.0 - float(figures.terms.participation.rate)),
            owes=bool(figures.counted[place]),
            stretches=measure.stretches(code) if measure is not None else (),
            now_us=figures.now_us,
            causes=", ".join(told),
            by_hand="\n".join([exempt_line(one) for one in hands]),
            paused="" if pause is None or moment is None else paused_words(pause, moment),
            kept_out="" if over is None else self.kept_out(code),
            pause="" if told_pause is None else pause_line(told_pause),
        )
