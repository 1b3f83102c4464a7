"""What a person sets for the continuous quoter: for all its contracts, and what differs for single ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import inf

from terminal.domain.quotes import EffectRule
from terminal.strategies.contract_terms import NO_TERMS, ContractTerms, JoinRule, WidthRule

#: A width that nothing is wider than
NO_MOST = 10_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoterParameters:
    """What a person sets; ticks are those of the contract."""

    underlying: str = "510050"
    width: WidthRule = WidthRule.TICKS
    half_ticks: float = 5.0
    half_volatility_points: float = 0.5
    allowed_share: float = 0.5
    """Of the allowed width, 0.2 to 0.7 in the maker software of 2014 (rulebook 8.2)"""
    least_width_ticks: float = 1.0
    """Of the whole spread, as the most"""
    most_width_ticks: float = NO_MOST
    size: int = 5
    least_delta: float = 0.03
    """Quote contracts whose delta per share lies between these, signs aside"""
    most_delta: float = 0.97
    risk_aversion: float = 0.0
    """Per yuan; 0 quotes without regard to inventory"""
    volatility: float = 0.20
    volatility_of_volatility: float = 10.0
    """Volatility points a root of a year"""
    horizon_hours: float = 4.0
    """Until inventory can be undone, trading hours"""
    target_delta: float | None = 0.0
    """Net delta in shares that is no inventory to be rid of; None for what is held at the start"""
    most_skew_ticks: float = 10.0
    position_lean: float = 0.0
    """Against a position in the contract itself: so much of half the spread for each size held, all of it at most"""
    refill_seconds: float = 0.0
    """Where that lean is at its end, a side that adds to the position is made whole only so long after it traded"""
    join_ticks: int = 0
    least_edge_ticks: int = 1
    improve_ticks: int = 20
    tolerance_ticks: int = 1
    """What a quote may be off before it is replaced"""
    tolerance_share: float = 0.0
    """The same as a share of half its spread; the wider of the two holds"""
    urgent_share: float = 0.5
    """A quote that has given away so much of half its spread is replaced although messages are short"""
    contracts_per_pass: int = 250
    first_contracts: int = 4
    """So many of the most urgent go ahead in a message of their own, each costing the first some 10 us; 0 sends one"""
    messages_per_second: int = 100
    messages_per_minute: float = inf
    """In the long run: what is saved in quiet minutes may be used in wild ones, up to `messages_saved`"""
    messages_saved: int = 60
    effect: EffectRule = EffectRule.CLOSE_FIRST
    bid: bool = True
    """Whether bids are quoted at all; a person pauses a side here"""
    ask: bool = True
    two_sided: bool = True
    """Whether this market takes only quotes of both sides: one that is off takes the other with it"""
    auctions: bool = False
    """Whether auctions are quoted too; else only continuous trading is"""
    stopped_expiries: tuple[date, ...] = ()
    """Those that are not quoted"""
    contracts: Mapping[str, ContractTerms] = field(default_factory=dict)
    """By contract code, what differs from the above; never changed in place"""


def half_width_of(settings: QuoterParameters, rule: WidthRule) -> float:
    """The quoter's own half-spread in the unit of a rule."""
    return {
        WidthRule.TICKS: settings.half_ticks,
        WidthRule.VOLATILITY: settings.half_volatility_points,
        WidthRule.ALLOWED: settings.allowed_share,
    }[rule]


def effective(settings: QuoterParameters, code: str) -> ContractTerms:
    """The terms in force of a contract, nothing left open but a position limit that nobody set."""
    own = settings.contracts.get(code, NO_TERMS)
    rule = own.width or settings.width
    join = own.join or (
        JoinRule.FOLLOW if settings.join_ticks > 0 else JoinRule.NOT_ALONE if settings.improve_ticks == 0 else None
    )

    def first(mine: float | None, quoters: float) -> float:
        return quoters if mine is None else mine

    return ContractTerms(
        bid=own.bid is not False,
        ask=own.ask is not False,
        width=rule,
        half_width=first(own.half_width, half_width_of(settings, rule)),
        least_width=first(own.least_width, settings.least_width_ticks),
        most_width=first(own.most_width, settings.most_width_ticks),
        size=settings.size if own.size is None else own.size,
        delta_skew=own.delta_skew or 0.0,
        vega_skew=own.vega_skew or 0.0,
        position_limit=own.position_limit,
        join=join or JoinRule.OWN,
        tolerance=settings.tolerance_ticks if own.tolerance is None else own.tolerance,
        effect=own.effect or settings.effect,
    )
