"""The continuous quoter (持续双边报价): all contracts of an underlying at once, whenever it moves.

A pass is array arithmetic over the contracts; what moved by more than the tolerance is quoted anew, the quote that is
most wrong against us first, at most so many contracts and messages at a time. A contract without a sound theoretical
price is not quoted and what is out there of it is taken out. What each quote is made of stands in `wanted_quotes.py`;
here is what is kept from pass to pass and when something is sent.
"""

from collections import deque

import numpy as np

from terminal.domain.orders import Fill, Side
from terminal.domain.phases import Phase
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.strategies import quote_math
from terminal.strategies.contract_terms import WidthRule
from terminal.strategies.lead_quotes import LastPass, LeadQuotes, exposed
from terminal.strategies.message_pace import MessagePace
from terminal.strategies.others_books import OthersBooks
from terminal.strategies.protocol import Ask, BoolArray, FloatArray, IntArray, LeadAsk, Strategy, View
from terminal.strategies.quote_columns import Absence, QuoteColumns
from terminal.strategies.quoter_parameters import QuoterParameters
from terminal.strategies.refill import Refill
from terminal.strategies.wanted_quotes import DayTerms, centre_moves, delta_in_range, half_spreads, side_sizes


class ContinuousQuoter(Strategy):
    """Quotes both sides of every contract of an underlying that it has a price for."""

    parameters: QuoterParameters

    def __init__(self, name: str, parameters: QuoterParameters) -> None:
        super().__init__(name, parameters)
        self._messages: deque[float] = deque()
        self._pace = MessagePace(parameters.messages_per_minute, parameters.messages_saved)
        self._at_start = 0.0
        """Net delta that was held at the start, shares"""
        self._terms: DayTerms | None = None
        self._terms_underlying = ""
        self._columns: QuoteColumns | None = None
        self._books: OthersBooks | None = None
        self._refill = Refill(0)
        self._half_spread: FloatArray = np.zeros(0)
        """Of the last pass, before rounding and leaning, by place in `numbers`"""
        self._last: LastPass | None = None
        self._lead: LeadQuotes | None = None
        self._has_led = False
        """Whether quotes have gone ahead of the pass that follows"""
        self.held_back = 0
        """Contracts of the last pass that had to wait for their turn"""
        self.numbers: IntArray = np.zeros(0, np.int64)
        """The contracts that the arrays below speak of"""
        self.absence: IntArray = np.zeros(0, np.int64)
        """By place in `numbers`, why the last pass did not want to quote: `Absence`"""
        self.narrowed: BoolArray = np.zeros(0, np.bool_)
        """By place in `numbers`, where the obligation's control narrowed what the last pass wanted"""
        self.raised: BoolArray = np.zeros(0, np.bool_)
        """The same of its size"""
        self.refusals: IntArray = np.zeros(0, np.int64)
        """By place in `numbers`, the gate's last code (`services.quote_codes`), 0 for none"""

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

    def on_move(self, underlying: str, spot: float, view: View, ask: LeadAsk) -> None:
        """Let the quotes that it hurts most go before the pass."""
        lead = self._lead
        if lead is None or view.market_phase is not Phase.CONTINUOUS or self._pace.is_bounded:
            return
        now = view.monotonic()
        # One for these, and two for the pass
        if not self._may_send(now, 3):
            return
        places, bids, asks = lead.wanted(spot)
        if places and ask.quote_ahead(lead.vanguard, spot, places, bids, asks):
            self._messages.append(now)
            self._pace.spend(1, now)
            self._has_led = True

    def prepare(self, view: View, ask: LeadAsk) -> None:
        """Look at the others' books while there is time, and make ready what is to go ahead at the next move."""
        terms = self._terms_of(view)
        columns = self._columns_of(terms)
        books, last = self._books_of(view, terms, columns), self._last
        if last is None or self.parameters.first_contracts < 1:
            self._lead = None
            return
        if self._lead is not None and self._lead.last is last and ask.vanguard_holds(self._lead.vanguard):
            self._lead.vanguard.sent()
            return
        delta = view.delta[terms.where]
        places = exposed(last, view.own, terms.numbers, delta, self.parameters.first_contracts)
        self._lead = LeadQuotes.of(ask, last, places, columns, terms.grid, books, self.parameters)
        if self._lead is not None:
            self._lead.vanguard.sent()

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
        self._columns = self._last = self._lead = None
        self._pace.set(parameters.messages_per_minute, parameters.messages_saved)

    def wanted(self, view: View) -> tuple[QuoteBatch, BoolArray]:
        """Every quote it would like to have now, and where it has a price at all."""
        settings, terms = self.parameters, self._terms_of(view)
        columns = self._columns_of(terms)
        where, count = terms.where, len(terms.numbers)
        price, delta = view.price[where], view.delta[where]
        usable = view.usable[where]
        in_range = delta_in_range(delta, settings, terms)
        there = usable if in_range is None else usable & in_range
        is_whole = np.count_nonzero(there) == count
        centre = price if is_whole else np.where(there, price, terms.half_way)
        for moved in centre_moves(view, settings, terms, columns, self._at_start):
            centre = centre + (moved if is_whole else np.where(there, moved, 0.0))
        half, has_width = half_spreads(view, terms, columns, centre, there)
        net, self._half_spread = view.net[where], half
        if settings.position_lean > 0:
            centre = centre - half * np.clip(net / columns.size * settings.position_lean, -1.0, 1.0)
        rows = quote_math.rounded(centre, half, terms.grid)
        if columns.is_bounded:
            quote_math.narrow(rows, terms.tick, columns.whole_most_units)
        books = self._books_of(view, terms, columns)
        if columns.is_joining:
            rows = quote_math.join(rows, books.best, centre, columns.join_units, columns.least_edge_units)
        np.minimum(rows, books.room, out=rows)
        absence = np.zeros(count, np.int64)
        within = rows >= terms.grid.furthest
        if not is_whole or has_width is not None or np.count_nonzero(within) < within.size:
            absence[~(within[0] & within[1])] = Absence.DAY_LIMITS
            if has_width is not None:
                absence[~has_width] = Absence.NO_ALLOWED_WIDTH
            if in_range is not None:
                absence[~in_range] = Absence.DELTA_RANGE
            absence[~usable] = Absence.NO_PRICE
        if books.apart is not None:
            absence[books.apart] = Absence.PHASE
        if books.crossed is not None:
            absence[books.crossed & (absence == 0)] = Absence.CROSSED_BOOK
        closable = view.closable[:, where]
        sizes = side_sizes(columns, settings, net, closable, absence)
        self.absence = absence
        prices = quote_math.signed(rows).astype(np.int64)
        if sizes is not columns.sizes:
            prices[sizes <= 0] = 0
        batch = QuoteBatch(terms.numbers, prices, sizes, columns.effects.closing(sizes, closable))
        batch = self._controlled(view, columns, batch, absence)
        there = absence == 0
        self._last = LastPass(batch, there, centre - price, half)
        return batch, there

    # ---- inside

    def _controlled(self, view: View, columns: QuoteColumns, batch: QuoteBatch, absence: IntArray) -> QuoteBatch:
        """What the obligation lets out; what it does not is pulled: an older quote would stand at a wrong price."""
        # A width that is the obligation's own stays within it, wherever a lean or the others' books have moved it
        is_own = WidthRule.ALLOWED in columns.rules
        controlled = view.controlled(batch, columns.where_rule(WidthRule.ALLOWED) if is_own else None)
        if controlled is None:
            return batch
        self.narrowed, self.raised = controlled.narrowed, controlled.raised
        absence[controlled.too_small & (absence == 0)] = Absence.TOO_SMALL
        absence[controlled.too_wide & (absence == 0)] = Absence.TOO_WIDE
        return controlled.batch

    def _pass(self, view: View, ask: Ask) -> None:
        # Said of the move that this pass follows, whether it sends anything or not
        has_led, self._has_led = self._has_led, False
        settings = self.parameters
        if not self._is_quoting_time(view, ask):
            return
        batch, there = self.wanted(view)
        own, terms = view.own, self._terms_of(view)
        columns = self._columns_of(terms)
        where = terms.where
        sent, left = own.sent_prices[:, where], own.sent_quantities[:, where]
        withheld, now = view.withheld(settings.underlying), view.monotonic()
        held = withheld > 0 if np.count_nonzero(withheld) else None
        if held is not None:
            # Protections have taken these out and let none back in: nothing is asked of the gate
            there = there & ~held
        is_whole = np.count_nonzero(there) == len(there)
        if not is_whole:
            out = ((sent[0] > 0) | (sent[1] > 0)) & ~there
            if held is not None:
                out &= ~held
            if out.any():
                ask.cancel_quotes(terms.numbers[out].tolist())
                self._pace.spend(1, now)
        slack: IntArray | FloatArray = columns.slack
        if settings.tolerance_share > 0:
            slack = np.maximum(columns.slack, (batch.ask - batch.bid) * (0.5 * settings.tolerance_share))
        gap = batch.prices - sent
        far_off = np.abs(gap) > slack
        resized = left != batch.quantities
        off, sizes_off = far_off[0] | far_off[1], resized[0] | resized[1]
        if settings.refill_seconds > 0:
            leans = view.net[where] * (settings.position_lean / columns.size)
            waits = self._refill.waits(batch, left, leans, now, settings.refill_seconds)
            if waits.any():
                # A message makes both sides whole, so what is left of it must be badly wrong to be worth one
                bad = settings.urgent_share * self._half_spread
                worse = -quote_math.signed(gap)
                wrong = ((left > 0) & (worse > bad)).any(axis=0)
                off = np.where(waits, wrong, off)
                sizes_off &= ~waits
        off |= sizes_off
        if np.count_nonzero(self.refusals):
            # What is out there and right was refused by nobody
            self.refusals[~off] = 0
        if held is not None:
            self.refusals[held] = withheld[held]
        if not is_whole:
            off &= there
        (places,) = off.nonzero()
        self.held_back = 0
        if not len(places):
            return
        lost = quote_math.urgency(gap, sent)[places]
        is_urgent = False
        if self._pace.is_bounded:
            half = (batch.ask[places] - batch.bid[places]) * 0.5
            is_urgent = bool((sizes_off[places] | (lost >= half * settings.urgent_share)).any())
        if not self._may_send(now) or not self._pace.allows(now, urgent=is_urgent):
            self.held_back = len(places)
            self._wait(places, sent)
            return
        places = quote_math.by_urgency(places, lost, len(there))
        chosen = places[: settings.contracts_per_pass]
        self.held_back = len(places) - len(chosen)
        if self.held_back:
            self._wait(places[settings.contracts_per_pass :], sent)
        # Where messages are short, one that goes ahead costs the next one its place
        first = 0 if self._pace.is_bounded or has_led else settings.first_contracts
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
            left = (own.sent_prices[:, terms.where] > 0).any(axis=0)
            if left.any():
                ask.cancel_quotes(terms.numbers[left].tolist())
        return False

    def _wait(self, places: IntArray, sent: IntArray) -> None:
        """Their turn has not come; one that stands in the market as it was is no absence."""
        self.absence[places[sent[0, places] == 0]] = Absence.WAITING

    def _columns_of(self, terms: DayTerms) -> QuoteColumns:
        if self._columns is None:
            self._columns = QuoteColumns.of(terms.universe, terms.numbers, self.parameters)
            self._books = None
        return self._columns

    def _books_of(self, view: View, terms: DayTerms, columns: QuoteColumns) -> OthersBooks:
        books = self._books
        if books is None or books.revision != view.book_revision:
            settings = self.parameters
            books = OthersBooks.of(view, settings.underlying, terms.tick, columns, auctions=settings.auctions)
            self._books = books
        return books

    def _terms_of(self, view: View) -> DayTerms:
        terms, underlying = self._terms, self.parameters.underlying
        if terms is None or terms.universe is not view.universe or self._terms_underlying != underlying:
            terms = self._terms = DayTerms.of(view, underlying)
            self._terms_underlying = underlying
            self._columns = self._last = self._lead = None
            self.numbers = terms.numbers
            self.absence = np.zeros(len(terms.numbers), np.int64)
            self.refusals = np.zeros(len(terms.numbers), np.int64)
            self.narrowed = self.raised = np.zeros(len(terms.numbers), np.bool_)
            self._refill = Refill(len(terms.numbers))
        return terms

    def _may_send(self, now: float, messages: int = 2) -> bool:
        while self._messages and now - self._messages[0] >= 1.0:
            self._messages.popleft()
        return len(self._messages) + messages <= self.parameters.messages_per_second
