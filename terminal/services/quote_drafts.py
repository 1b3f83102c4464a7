"""Two-sided quotes prepared for a person: around the theoretical price, within the terms, checked before they leave.

A draft never takes: where the market is quoted it stays behind the other side's best price. Off the path of a tick;
whoever drafts asks for the newest valuation first.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import msgspec
import numpy as np

from terminal.domain.contracts import Contract
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.domain.orders import PositionEffect, Side
from terminal.domain.quotes import EffectRule, Handling, QuoteEntry
from terminal.domain.reasons import Denial
from terminal.rules.obligations.control import CheckedQuote, check_quote
from terminal.rules.obligations.measure import Measure
from terminal.rules.obligations.proposal import WHOLE, allowed_around
from terminal.rules.obligations.spread import allowed_units, cap_rows, percent, units
from terminal.rules.obligations.terms import Terms
from terminal.services.gate import DESK
from terminal.services.market_data import MarketData
from terminal.services.obligations import Obligations
from terminal.services.quoting import QuoteService
from terminal.services.theoretical import Theoretical

NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a contract is worth; prices in 0.0001 yuan, 0 or nan for none."""

    bid: int
    bid_quantity: int
    ask: int
    ask_quantity: int
    theoretical: float
    volatility: float
    """Of the curve in force, per year"""
    delta: float
    """Shares per contract"""
    vega: float
    """Yuan per contract and volatility point"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the terms and the gate say of a draft; widths in 0.0001 yuan."""

    width: int
    allowed: int
    least_quantity: int
    denial: Denial | None
    """By the terms, else by the desk's own gate; None for a quote that may leave and counts"""


class QuoteDrafts:
    """Drafts of one account."""

    def __init__(
        self,
        market: MarketData,
        theoretical: Theoretical,
        obligations: Obligations,
        quoting: QuoteService,
        effect: EffectRule = EffectRule.CLOSE_FIRST,
        handling: Handling = Handling.REFUSE,
    ) -> None:
        """`handling` is what becomes of a quote typed by hand that would not count (前端控制)."""
        self._market = market
        self._theoretical = theoretical
        self._obligations = obligations
        self._quoting = quoting
        self._effect = effect
        self._handling = handling

    @property
    def terms(self) -> Terms:
        """The terms in force."""
        return self._obligations.terms

    @property
    def measure(self) -> Measure | None:
        """The day's measure."""
        return self._obligations.measure

    def facts(self, code: str) -> Facts | None:
        """Book and value of a contract now; None when it is not listed."""
        contract, row = self._market.contract(code), self._market.row_of.get(code)
        if contract is None or row is None:
            return None
        self._theoretical.settle(contract.underlying)
        number = self._theoretical.universe.number_of.get(code)
        quote = self._market.quotes[row]
        price = volatility = delta = vega = NAN
        if number is not None:
            theoretical = self._theoretical
            price, volatility = float(theoretical.price[number]), float(theoretical.volatility[number])
            delta, vega = float(theoretical.delta[number]), float(theoretical.vega[number])
        return Facts(
            bid=int(quote[Column.BID_PRICE]),
            bid_quantity=int(quote[Column.BID_QUANTITY]),
            ask=int(quote[Column.ASK_PRICE]),
            ask_quantity=int(quote[Column.ASK_QUANTITY]),
            theoretical=price,
            volatility=volatility,
            delta=delta,
            vega=vega,
        )

    def draft(self, code: str, part: Fraction = WHOLE, quantity: int = 0) -> QuoteEntry | None:
        """Both sides around the theoretical price, else the middle of the book; None where nothing is known.

        `part` is the share of the widest spread, `quantity` what was asked for; never less than the smallest size.
        """
        contract, facts = self._market.contract(code), self.facts(code)
        if contract is None or facts is None:
            return None
        centre = facts.theoretical
        if not centre > 0:
            centre = (facts.bid + facts.ask) / 2 if facts.bid and facts.ask else NAN
        tick, rows = units(contract.tick_size), cap_rows(self.terms, near=self._is_near(contract))
        pair = allowed_around(rows, centre, tick, percent(facts.delta / contract.multiplier), part)
        if pair is None:
            return None
        bid, ask = self._behind(pair, facts, contract, tick)
        size = min(max(self._least(contract), quantity), contract.limit_order_max)
        return _entry(code, bid, ask, size) if bid < ask else None

    def widened(self, code: str) -> QuoteEntry | None:
        """Our quote in the book made as wide as it may be around its middle; None where none lies there."""
        contract, live = self._market.contract(code), self._quoting.live(code)
        if contract is None or live is None or not live.bid or not live.ask:
            return None
        tick, rows = units(contract.tick_size), cap_rows(self.terms, near=self._is_near(contract))
        delta = self._delta_percent(contract)
        pair = allowed_around(rows, (live.bid + live.ask) / 2, tick, delta)
        if pair is None:
            return None
        lower = max(min(pair[0], live.bid), units(contract.limit_down), tick)
        upper = min(max(pair[1], live.ask), units(contract.limit_up))
        if upper - lower > allowed_units(rows, lower, tick, delta):
            lower, upper = pair
        least = self._least(contract)
        return _entry(
            code, lower, upper, max(least, live.original_bid_quantity), max(least, live.original_ask_quantity)
        )

    def standing(self, code: str) -> QuoteEntry | None:
        """Our quote in the book as it would be sent again, at its first sizes; None where none lies there."""
        contract, live = self._market.contract(code), self._quoting.live(code)
        if contract is None or live is None or not live.bid or not live.ask:
            return None
        least = self._least(contract)
        sizes = max(least, live.original_bid_quantity), max(least, live.original_ask_quantity)
        return _entry(code, live.bid, live.ask, *sizes)

    def moved(self, entry: QuoteEntry, side: Side, ticks: int) -> QuoteEntry:
        """A quote with one side so many ticks higher: within the day's limits, and no nearer than a tick to the best
        price of the other side, so that it does not take."""
        contract, row = self._market.contract(entry.contract_code), self._market.row_of.get(entry.contract_code)
        if contract is None or row is None:
            return entry
        tick, bid, ask = units(contract.tick_size), units(entry.bid_price), units(entry.ask_price)
        best = self._market.quotes[row]
        if side is Side.BUY:
            against = int(best[Column.ASK_PRICE]) or ask
            highest = max(min(ask, against) - tick, min(bid, ask - tick))
            bid = max(min(bid + ticks * tick, highest), units(contract.limit_down), tick)
        else:
            lowest = min(max(bid, int(best[Column.BID_PRICE])) + tick, max(ask, bid + tick))
            ask = min(max(ask + ticks * tick, lowest), units(contract.limit_up))
        return _entry(entry.contract_code, bid, ask, entry.bid_quantity, entry.ask_quantity)

    def volatilities(self, code: str, bid: Decimal, ask: Decimal) -> tuple[float, float]:
        """The implied volatilities of two prices at the spot of now, a year; nan where a price has none."""
        number = self._theoretical.universe.number_of.get(code)
        if number is None:
            return NAN, NAN
        prices = np.array([float(bid), float(ask)]) * PRICE_SCALE
        first, second = self._theoretical.volatilities_at(number, prices).tolist()
        return first, second

    def prepared(self, entry: QuoteEntry) -> CheckedQuote:
        """A quote as it may be sent: as it is, narrowed and raised where that is set, or with the refusal."""
        contract = self._market.contract(entry.contract_code)
        if contract is None:
            return CheckedQuote(entry)
        return check_quote(
            entry,
            self.terms,
            near=self._is_near(contract),
            handling=self._handling,
            tick_size=contract.tick_size,
            delta=self._delta_of_share(contract),
        )

    def verdict(self, entry: QuoteEntry) -> Verdict | None:
        """Hold a draft to the terms and to the gate; None for a contract that is not listed."""
        contract = self._market.contract(entry.contract_code)
        if contract is None:
            return None
        near, tick = self._is_near(contract), units(contract.tick_size)
        delta = self._delta_of_share(contract)
        checked = check_quote(
            entry, self.terms, near=near, handling=Handling.REFUSE, tick_size=contract.tick_size, delta=delta
        )
        denial = checked.denial
        if denial is None:
            failures = self._quoting.failures(self.with_effects(entry), DESK)
            denial = failures[0] if failures else None
        bid = units(entry.bid_price)
        return Verdict(
            width=units(entry.ask_price) - bid,
            allowed=allowed_units(cap_rows(self.terms, near=near), bid, tick, percent(delta)),
            least_quantity=self._least(contract),
            denial=denial,
        )

    def send(self, entry: QuoteEntry, inquiry: int = 0) -> Denial | None:
        """Send a draft that the terms and the gate let pass; the refusal otherwise. Raises BadInput for a bad price."""
        verdict = self.verdict(entry)
        if verdict is not None and verdict.denial is not None:
            return verdict.denial
        return self._quoting.quote(self.with_effects(entry), inquiry=inquiry)

    def with_effects(self, entry: QuoteEntry) -> QuoteEntry:
        """A person's quote with the sides closing that close by the rule for quotes by hand (手工报价开平)."""
        commitments = self._quoting.gate.commitments
        number = commitments.refresh().number_of.get(entry.contract_code)
        if number is None:
            return entry
        short, long = int(commitments.closable_short[number]), int(commitments.closable_long[number])
        return msgspec.structs.replace(
            entry,
            bid_effect=_effect(self._effect.closes(Side.BUY, entry.bid_quantity, short)),
            ask_effect=_effect(self._effect.closes(Side.SELL, entry.ask_quantity, long)),
        )

    def least_quantity(self, code: str) -> int:
        """The smallest size that counts in a contract; 0 for one that is not listed."""
        contract = self._market.contract(code)
        return 0 if contract is None else self._least(contract)

    def newest_id(self, code: str) -> str:
        """Id of our newest quote of a contract that has no answer yet; empty for none."""
        number = self._theoretical.universe.number_of.get(code)
        newest = self._quoting.board.newest
        return newest[number] if number is not None and number < len(newest) else ""

    def is_under_way(self, code: str, quote_id: str) -> bool:
        """Whether the venue still owes its word on a quote."""
        return bool(quote_id) and self.newest_id(code) == quote_id

    # ---- inside

    def _is_near(self, contract: Contract) -> bool:
        day = self._market.day
        return day is not None and self.terms.is_near(contract.expiry, day.trading_day)

    def _least(self, contract: Contract) -> int:
        return self.terms.least_quantity(self._is_near(contract))

    def _delta_of_share(self, contract: Contract) -> float | None:
        number = self._theoretical.universe.number_of.get(contract.code)
        return None if number is None else float(self._theoretical.delta[number]) / contract.multiplier

    def _delta_percent(self, contract: Contract) -> int | None:
        return percent(self._delta_of_share(contract))

    @staticmethod
    def _behind(pair: tuple[int, int], facts: Facts, contract: Contract, tick: int) -> tuple[int, int]:
        """Within the day's limits and behind the best price of the other side, the pair moved and not narrowed."""
        bid, ask = pair
        width = ask - bid
        if facts.ask and bid >= facts.ask:
            bid, ask = facts.ask - tick, facts.ask - tick + width
        if facts.bid and ask <= facts.bid:
            bid, ask = facts.bid + tick - width, facts.bid + tick
        return max(bid, units(contract.limit_down), tick), min(ask, units(contract.limit_up))


def _effect(closes: bool) -> PositionEffect:
    return PositionEffect.CLOSE if closes else PositionEffect.OPEN


def _entry(code: str, bid: int, ask: int, size: int, ask_size: int = 0) -> QuoteEntry:
    return QuoteEntry(
        contract_code=code,
        bid_price=Decimal(bid).scaleb(-4),
        bid_quantity=size,
        ask_price=Decimal(ask).scaleb(-4),
        ask_quantity=ask_size or size,
    )
