"""The continuous quoter (持续双边报价): all contracts of an underlying at once, whenever it moves.

A pass is array arithmetic over the contracts; what moved by more than the tolerance is quoted anew, the quote that is
most wrong against us first, at most so many contracts and messages at a time. A contract without a sound theoretical
price is not quoted and what is out there of it is taken out.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import Fill, Side
from terminal.domain.phases import Phase
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.services.universe import Universe
from terminal.strategies import quote_math
from terminal.strategies.contract_terms import WidthRule
from terminal.strategies.message_pace import MessagePace
from terminal.strategies.protocol import Ask, BoolArray, FloatArray, IntArray, Strategy, View
from terminal.strategies.quote_columns import Absence, QuoteColumns
from terminal.strategies.quoter_parameters import QuoterParameters
from terminal.strategies.refill import Refill

_CONTINUOUS, _HALTED, _BREAKER = (ord(p.value) for p in (Phase.CONTINUOUS, Phase.HALTED, Phase.BREAKER))


@dataclass(frozen=True, slots=True)
class _Terms:
    """What stays the same all day of the contracts that are quoted."""

    universe: Universe
    where: IntArray | slice
    numbers: IntArray
    tick: IntArray
    multiplier: FloatArray
    limit_down: IntArray
    limit_up: IntArray
    least_bid: IntArray
    half_way: FloatArray
    """Some price, for contracts without one"""


class ContinuousQuoter(Strategy):
    """Quotes both sides of every contract of an underlying that it has a price for."""

    parameters: QuoterParameters

    def __init__(self, name: str, parameters: QuoterParameters) -> None:
        super().__init__(name, parameters)
        self._messages: deque[float] = deque()
        self._pace = MessagePace(parameters.messages_per_minute, parameters.messages_saved)
        self._at_start = 0.0
        """Net delta that was held at the start, shares"""
        self._terms: _Terms | None = None
        self._terms_underlying = ""
        self._columns: QuoteColumns | None = None
        self._refill = Refill(0)
        self._half_spread: FloatArray = np.zeros(0)
        """Of the last pass, before rounding and leaning, by place in `numbers`"""
        self.held_back = 0
        """Contracts of the last pass that had to wait for their turn"""
        self.numbers: IntArray = np.zeros(0, np.int64)
        """The contracts that the arrays below speak of"""
        self.absence: IntArray = np.zeros(0, np.int64)
        """By place in `numbers`, why the last pass did not want to quote: `Absence`"""
        self.refusals: IntArray = np.zeros(0, np.int64)
        """By place in `numbers`, the gate's last code (`services.quote_gate`), 0 for none"""

    def on_start(self, view: View, ask: Ask) -> None:
        """Quote at once."""
        self._messages.clear()
        self._pace = MessagePace(self.parameters.messages_per_minute, self.parameters.messages_saved)
        held = view.held_delta(self.parameters.underlying)
        self._at_start = held if held == held else 0.0
        self._pass(view, ask)

    def on_tick(self, underlying: str, view: View, ask: Ask) -> None:
        """The underlying moved."""
        self._pass(view, ask)

    def on_timer(self, view: View, ask: Ask) -> None:
        """What waits, what traded, what volatility moved."""
        self._pass(view, ask)

    def on_fill(self, fill: Fill, view: View, ask: Ask) -> None:
        """Something of this traded: what made a position larger is remembered."""
        number = view.universe.number_of.get(fill.contract_code)
        terms = self._terms_of(view)
        if number is None or self.parameters.refill_seconds <= 0:
            return
        place = int(np.searchsorted(terms.numbers, number))
        net = float(view.net[number])
        if (
            place < len(terms.numbers)
            and terms.numbers[place] == number
            and (net > 0) == (fill.instruction.side is Side.BUY)
        ):
            self._refill.added(place, view.monotonic())

    def on_parameters(self, parameters: QuoterParameters) -> None:
        """Other parameters: the next pass quotes by them."""
        super().on_parameters(parameters)
        self._columns = None
        self._pace.set(parameters.messages_per_minute, parameters.messages_saved)

    def wanted(self, view: View) -> tuple[QuoteBatch, BoolArray]:
        """Every quote it would like to have now, and where it has a price at all."""
        settings, terms = self.parameters, self._terms_of(view)
        columns = self._columns_of(terms)
        where, tick = terms.where, terms.tick
        price, delta = view.price[where], view.delta[where]
        usable = view.usable[where]
        in_range = self._in_range(delta, terms)
        there = usable if in_range is None else usable & in_range
        centre = np.where(there, price, terms.half_way)
        if settings.risk_aversion > 0:
            skew = self._skew(view, terms, columns)
            if skew is not None:
                centre -= np.where(there, skew, 0.0)
        if columns.is_skewed:
            centre += np.where(there, self._leaning(view, terms, columns), 0.0)
        half, has_width = self._half(view, terms, columns, centre, there)
        net, self._half_spread = view.net[where], half
        if settings.position_lean > 0:
            centre -= half * np.clip(net / columns.size * settings.position_lean, -1.0, 1.0)
        bid, ask = quote_math.round_quotes(centre, half, tick, terms.least_bid, terms.limit_up)
        if columns.is_bounded:
            bid, ask = quote_math.narrowed(bid, ask, tick, columns.most)
        own = view.own
        best_bid, best_ask = quote_math.others_touch(
            view.quotes[where], own.bid[where], own.bid_quantity[where], own.ask[where], own.ask_quantity[where]
        )
        bid, ask = quote_math.join(
            bid,
            ask,
            best_bid,
            best_ask,
            centre,
            tick,
            join_ticks=columns.join_ticks if columns.is_joining else 0,
            least_edge_ticks=settings.least_edge_ticks,
            improve_ticks=columns.improve_ticks,
        )
        bid, ask = quote_math.passive(bid, ask, best_bid, best_ask, tick)
        within = (bid >= terms.least_bid) & (ask <= terms.limit_up)
        absence = np.zeros(len(bid), np.int64)
        if not (within & there).all() or has_width is not None:
            absence[~within] = Absence.DAY_LIMITS
            if has_width is not None:
                absence[~has_width] = Absence.NO_ALLOWED_WIDTH
            if in_range is not None:
                absence[~in_range] = Absence.DELTA_RANGE
            absence[~usable] = Absence.NO_PRICE
        self._without_phase(absence, view)
        crossed = quote_math.crossed(view.quotes[where])
        if crossed is not None:
            absence[crossed & (absence == 0)] = Absence.CROSSED_BOOK
        closable = view.closable_short[where], view.closable_long[where]
        bid_size, ask_size = self._sizes(columns, net, closable, absence)
        self.absence = absence
        if bid_size is not columns.size or ask_size is not columns.size:
            bid, ask = np.where(bid_size > 0, bid, 0), np.where(ask_size > 0, ask, 0)
        closes = columns.effects.closes(bid_size, ask_size, *closable)
        return QuoteBatch(terms.numbers, bid, bid_size, ask, ask_size, *closes), absence == 0

    # ---- inside

    def _in_range(self, delta: FloatArray, terms: _Terms) -> BoolArray | None:
        """Where the delta of a share is one that is quoted; None where every delta is."""
        least, most = self.parameters.least_delta, self.parameters.most_delta
        if least <= 0.0 and most > 1.0:
            return None
        with np.errstate(invalid="ignore"):
            moneyness = np.abs(delta) / terms.multiplier
            return np.asarray((moneyness >= least) & (moneyness <= most))

    def _pass(self, view: View, ask: Ask) -> None:
        settings = self.parameters
        if not self._is_quoting_time(view, ask):
            return
        batch, there = self.wanted(view)
        own, terms = view.own, self._terms_of(view)
        columns = self._columns_of(terms)
        where = terms.where
        sent_bid, sent_ask = own.sent_bid[where], own.sent_ask[where]
        withheld, now = view.withheld(settings.underlying), view.monotonic()
        held = withheld > 0 if withheld.any() else None
        if held is not None:
            # Protections have taken these out and let none back in: nothing is asked of the gate
            there = there & ~held
        if not there.all():
            out = ((sent_bid > 0) | (sent_ask > 0)) & ~there
            if held is not None:
                out &= ~held
            if out.any():
                ask.cancel_quotes(terms.numbers[out].tolist())
                self._pace.spend(1, now)
        slack: IntArray | FloatArray = columns.slack
        if settings.tolerance_share > 0:
            slack = np.maximum(columns.slack, (batch.ask - batch.bid) * (0.5 * settings.tolerance_share))
        off = (np.abs(batch.bid - sent_bid) > slack) | (np.abs(batch.ask - sent_ask) > slack)
        sizes_off = own.sent_bid_quantity[where] != batch.bid_quantity
        sizes_off |= own.sent_ask_quantity[where] != batch.ask_quantity
        if settings.refill_seconds > 0:
            left = own.sent_bid_quantity[where], own.sent_ask_quantity[where]
            leans = view.net[where] * (settings.position_lean / columns.size)
            waits = self._refill.waits(batch, left, leans, now, settings.refill_seconds)
            if waits.any():
                # A message makes both sides whole, so what is left of it must be badly wrong to be worth one
                bad = settings.urgent_share * self._half_spread
                wrong = ((left[0] > 0) & (sent_bid - batch.bid > bad)) | ((left[1] > 0) & (batch.ask - sent_ask > bad))
                off = np.where(waits, wrong, off)
                sizes_off &= ~waits
        off |= sizes_off
        # What is out there and right was refused by nobody
        self.refusals[~off] = 0
        if held is not None:
            self.refusals[held] = withheld[held]
        places = np.flatnonzero(off & there)
        self.held_back = 0
        if not len(places):
            return
        lost = quote_math.urgency(batch.bid[places], batch.ask[places], sent_bid[places], sent_ask[places])
        is_urgent = False
        if self._pace.is_bounded:
            half = (batch.ask[places] - batch.bid[places]) * 0.5
            is_urgent = bool((sizes_off[places] | (lost >= half * settings.urgent_share)).any())
        if not self._may_send(now) or not self._pace.allows(now, urgent=is_urgent):
            self.held_back = len(places)
            self._wait(places, sent_bid)
            return
        order = np.argsort(-lost, kind="stable")
        chosen = places[order[: settings.contracts_per_pass]]
        self.held_back = len(places) - len(chosen)
        if self.held_back:
            self._wait(places[order[settings.contracts_per_pass :]], sent_bid)
        # Where messages are short, one that goes ahead costs the next one its place
        first = 0 if self._pace.is_bounded else settings.first_contracts
        outcome = ask.quote(batch.take(chosen), first=first)
        self.refusals[chosen] = outcome.codes
        self._messages.extend([now] * outcome.messages)
        self._pace.spend(outcome.messages, now)

    def _is_quoting_time(self, view: View, ask: Ask) -> bool:
        """Whether the market takes what this quoter quotes; what is left over when it ends is taken out."""
        phase = view.market_phase
        if phase is Phase.CONTINUOUS or (self.parameters.auctions and phase.is_auction):
            return True
        terms = self._terms_of(view)
        self.absence = np.full(len(terms.numbers), Absence.PHASE, np.int64)
        self.refusals[:] = 0
        self.held_back = 0
        if phase is Phase.CLOSING_AUCTION:
            own = view.own
            left = (own.sent_bid[terms.where] > 0) | (own.sent_ask[terms.where] > 0)
            if left.any():
                ask.cancel_quotes(terms.numbers[left].tolist())
        return False

    def _without_phase(self, absence: IntArray, view: View) -> None:
        """Contracts that are halted or in an auction of their own."""
        phases = view.phase_codes(self.parameters.underlying)
        if (phases == _CONTINUOUS).all():
            return
        # A row that nothing has changed still bears the letter of the market's phase before
        apart = phases == _HALTED
        if not self.parameters.auctions:
            apart |= phases == _BREAKER
        if apart.any():
            absence[apart] = Absence.PHASE

    def _wait(self, places: IntArray, sent_bid: IntArray) -> None:
        """Their turn has not come; one that stands in the market as it was is no absence."""
        self.absence[places[sent_bid[places] == 0]] = Absence.WAITING

    def _sizes(
        self, columns: QuoteColumns, net: FloatArray, closable: tuple[IntArray, IntArray], absence: IntArray
    ) -> tuple[IntArray, IntArray]:
        """Contracts of either side; writes down why there are none."""
        settings = self.parameters
        bid_size, ask_size = columns.size, columns.size
        if columns.is_limited:
            held = net.astype(np.int64)
            bid_size = np.clip(columns.limit - held, 0, bid_size)
            ask_size = np.clip(columns.limit + held, 0, ask_size)
            self._without(absence, bid_size > 0, ask_size > 0, Absence.POSITION_LIMIT)
        if columns.effects.any_set:
            bid_size, ask_size = columns.effects.limited(bid_size, ask_size, *closable)
            self._without(absence, bid_size > 0, ask_size > 0, Absence.NOTHING_TO_CLOSE)
        if not (settings.bid and settings.ask):
            bid_size, ask_size = bid_size * settings.bid, ask_size * settings.ask
            self._without(absence, bid_size > 0, ask_size > 0, Absence.SIDE_PAUSED)
        if not columns.is_two_sided:
            bid_size, ask_size = bid_size * columns.bid, ask_size * columns.ask
            self._without(absence, columns.bid, columns.ask, Absence.SIDE_OFF)
            both = self._both(bid_size > 0, ask_size > 0)
            absence[~both & (absence == Absence.NONE)] = Absence.SIDE_OFF
            absence[~columns.expiry_on] = Absence.EXPIRY_OFF
        return bid_size, ask_size

    def _both(self, bid: BoolArray, ask: BoolArray) -> BoolArray:
        return bid & ask if self.parameters.two_sided else bid | ask

    def _without(self, absence: IntArray, bid: BoolArray, ask: BoolArray, cause: Absence) -> None:
        absence[~self._both(bid, ask)] = cause

    def _columns_of(self, terms: _Terms) -> QuoteColumns:
        if self._columns is None:
            self._columns = QuoteColumns.of(terms.universe, terms.numbers, self.parameters)
        return self._columns

    def _terms_of(self, view: View) -> _Terms:
        universe, terms = view.universe, self._terms
        underlying = self.parameters.underlying
        if terms is None or terms.universe is not universe or self._terms_underlying != underlying:
            numbers = view.numbers(underlying)
            tick, limit_up = universe.tick[numbers], universe.limit_up[numbers]
            terms = self._terms = _Terms(
                universe,
                view.where(underlying),
                numbers,
                tick,
                universe.multiplier[numbers],
                universe.limit_down[numbers],
                limit_up,
                np.maximum(universe.limit_down[numbers], tick),
                limit_up / 2.0,
            )
            self._terms_underlying = underlying
            self._columns = None
            self.numbers = numbers
            self.absence = np.zeros(len(numbers), np.int64)
            self.refusals = np.zeros(len(numbers), np.int64)
            self._refill = Refill(len(numbers))
        return terms

    def _may_send(self, now: float) -> bool:
        while self._messages and now - self._messages[0] >= 1.0:
            self._messages.popleft()
        return len(self._messages) + 2 <= self.parameters.messages_per_second

    def _skew(self, view: View, terms: _Terms, columns: QuoteColumns) -> FloatArray | None:
        """How far what is held moves the centre; None when nothing is."""
        settings, where = self.parameters, terms.where
        target = self._at_start if settings.target_delta is None else settings.target_delta
        shares, vega = view.held_delta(settings.underlying) - target, view.held_vega(settings.underlying)
        if shares == 0.0 and vega == 0.0:
            return None
        skew = quote_math.inventory_skew(
            view.delta[where],
            view.vega[where],
            terms.multiplier,
            view.spot(settings.underlying),
            shares,
            vega,
            columns.skew,
        )
        return np.asarray(np.minimum(np.maximum(skew, -columns.most_skew), columns.most_skew))

    def _leaning(self, view: View, terms: _Terms, columns: QuoteColumns) -> FloatArray:
        """How far a person's skews move the centre: by delta as if the stock moved, by vega as if volatility did."""
        where = terms.where
        by_delta = columns.delta_skew * terms.tick * (view.delta[where] / terms.multiplier)
        by_vega = columns.vega_skew * (view.vega[where] / terms.multiplier * PRICE_SCALE)
        return np.asarray(by_delta + by_vega)

    def _half(
        self, view: View, terms: _Terms, columns: QuoteColumns, centre: FloatArray, there: BoolArray
    ) -> tuple[FloatArray, BoolArray | None]:
        """Half-spreads, and where there is one; None for everywhere."""
        tick, numbers = terms.tick, terms.numbers
        half, has_width = columns.half_units, None
        for rule in columns.rules:
            if rule is WidthRule.VOLATILITY:
                per_point = view.vega[terms.where] / terms.multiplier * PRICE_SCALE
                by_rule = np.maximum(np.where(there, per_point, 0.0) * columns.half, tick / 2.0)
                half = np.where(columns.where_rule(rule), by_rule, half)
            elif rule is WidthRule.ALLOWED:
                mine = columns.where_rule(rule)
                allowed = view.allowed_width
                if allowed is None:
                    has_width = ~mine
                    continue
                # The width that is allowed hangs on the bid: asked for the theoretical price first, then for its bid
                share = np.where(mine, columns.half, 0.0)
                width = allowed(numbers, np.maximum(centre, 1).astype(np.int64))
                guess = np.maximum(centre - share * width / 2.0, 1).astype(np.int64)
                width = allowed(numbers, guess)
                half = np.where(mine, np.maximum(share * width / 2.0, tick / 2.0), half)
                has_width = ~mine | (width > 0)
        if columns.is_bounded:
            half = np.minimum(np.maximum(half, columns.least * tick / 2.0), columns.most * tick / 2.0)
        return half, has_width
