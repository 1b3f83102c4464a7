"""The crowd: makers and takers around moving underlyings and moving smiles, acting in steps of market time.

One seed, the same steps and the same orders of desks give the same day, byte for byte. The crowd sends its commands to
the exchange itself; every exchange event that a `step` did not return must be told to it by `on_event`.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract, Underlying
from terminal.domain.errors import BadInput
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.venue.crowd.adoption import BookLevels, middles_of, place_levels
from terminal.venue.crowd.draws import Draws
from terminal.venue.crowd.liquidity import Liquidity
from terminal.venue.crowd.makers import Makers
from terminal.venue.crowd.order_entry import OrderEntry
from terminal.venue.crowd.quoters import Quoters
from terminal.venue.crowd.settings import MarketSettings
from terminal.venue.crowd.staging import Staging
from terminal.venue.crowd.state import CrowdState, check_arrays, decode_state, encode_state, pack_arrays, unpack_arrays
from terminal.venue.crowd.surface import Surface
from terminal.venue.crowd.takers import Takers
from terminal.venue.crowd.underlying_paths import UnderlyingPaths
from terminal.venue.exchange.exchange import Exchange
from terminal.venue.exchange.messages import ExchangeEvent, UnderlyingQuotes

LONGEST_STEP = 300.0
"""Seconds"""

#: Makers fill their ladders between these parts of the opening auction
_FILL_FROM, _FILL_UNTIL = 0.1, 0.9
#: Takers come to a breaker's auction at the pace of one of this length
_BREAKER_SECONDS = 165.0
_LIQUIDITY_SECONDS = 60.0
_SLOW_SECONDS = 0.45
#: Commands a refresh may take, and how that grows with a coarse step
_BUDGET, _BUDGET_PER_SECOND, _BUDGET_MOST = 6, 1.0, 24
#: Taker orders a contract gets in one step; a coarse step makes them larger instead of more
_MOST_TAKERS = 3
_ACTIVE = (Phase.OPENING_AUCTION, Phase.CONTINUOUS, Phase.CLOSING_AUCTION)
_NEVER = math.inf


class Crowd:
    """All simulated participants of one trading day. Contracts and underlyings stand in the day's order.

    Raises ConfigurationError for an underlying the settings do not know.
    """

    #: The arrays of its clocks that make up its state
    SAVED = ("refresh_at", "fill_at", "quoted", "moneyness", "unseen_returns")

    def __init__(
        self,
        market: MarketSettings,
        seed: int,
        underlyings: Sequence[Underlying],
        contracts: Sequence[Contract],
        trading_day: date,
    ) -> None:
        self._settings = market.crowd
        self._codes = [u.code for u in underlyings]
        self._contracts = tuple(contracts)
        self._trading_day = trading_day
        self._draws = Draws(seed)
        self._rng = self._draws.generator
        self.paths = UnderlyingPaths(market, underlyings)
        self.surface = Surface(market, self._codes, contracts)
        self._liquidity = Liquidity(market, self._codes, contracts)
        self._entry = OrderEntry(contracts, len(underlyings), market.crowd.quoting.quoters)
        self._makers = Makers(market.crowd, contracts, self._entry, self._liquidity, self._draws)
        self._takers = Takers(market.crowd, self._entry, self._liquidity, self._makers, self._draws)
        count = len(contracts)
        self._quoters = Quoters(market.crowd, count, seed, self._entry, self._liquidity)
        self.refresh_at: NDArray[np.float64] = np.zeros(count)
        """When each contract is quoted anew, seconds since the epoch"""
        self.fill_at: NDArray[np.float64] = np.zeros(count)
        """When makers complete a contract's ladders; infinite once they have"""
        self.quoted: NDArray[np.float64] = np.zeros(count)
        """Value each contract was last quoted at, ticks"""
        self.moneyness: NDArray[np.float64] = np.zeros(count)
        self.unseen_returns: NDArray[np.float64] = np.zeros(len(underlyings))
        """Log returns of the underlyings that the smiles have not followed yet"""
        self._unseen_seconds = 0.0
        self._thin: dict[int, float] = {}
        """Contracts the crowd keeps out of, and until when, seconds since the epoch"""
        self.staging = Staging(
            contracts,
            self._codes,
            self._entry,
            self._makers,
            self._quoters,
            self.paths,
            self.surface,
            self._thin,
            shock_volatility=market.crowd.shock_volatility,
            begin=self._begin,
            fill_from=self._fill_from,
        )
        """What it does because a class wants it so"""
        self._values: NDArray[np.float64] = np.zeros(count)
        self._last_phase = Phase.PRE_OPEN
        self._night_over = False
        self._auction_seconds = 1.0
        self._quotes_due = 0.0
        self._liquidity_due = 0.0
        self._stamp = 0.0
        """Time of the newest step, seconds since the epoch"""

    # ---- what may be asked

    @property
    def refusals(self) -> dict[Reason, int]:
        """How many of its commands the exchange refused, by reason."""
        return dict(self._entry.refusals)

    def working_orders(self) -> list[tuple[int, int]]:
        """Its resting orders as it knows them, id and what is left: by contract, bids then asks, price then time."""
        return [
            (order.order_id, order.leaves)
            for ladder in self._entry.resting.sides
            for key in ladder.keys
            for order in ladder.levels[key]
        ]

    # ---- what may be done

    def step(self, now: datetime, exchange: Exchange, seconds: float) -> list[ExchangeEvent]:
        """Act for the `seconds` of market time that end at `now`; every event that came out of it, in order.

        Also brings the exchange's clock to `now`. Nothing is done in phases without order entry. Raises BadInput for
        a step of no length or above LONGEST_STEP.
        """
        if not 0.0 < seconds <= LONGEST_STEP:
            raise BadInput("step", seconds, f"above 0 and at most {LONGEST_STEP:g} seconds")
        self._begin(exchange, now)
        phase, ends_at = exchange.phase(now)
        stamp = self._stamp = now.timestamp()
        if phase in _ACTIVE:
            self._move(seconds, phase)
            self._value(now, stamp)
        if phase is not self._last_phase:
            self._change_phase(phase, stamp, ends_at.timestamp() if ends_at else stamp)
            self._publish(now, stamp, phase)
        elif stamp >= self._quotes_due and phase in _ACTIVE:
            self._publish(now, stamp, phase)
        if self._thin:
            self._come_back(stamp)
        if phase is Phase.CONTINUOUS:
            self._fill(stamp, everything=True)
            self._quote(stamp, seconds)
            self._take(seconds)
            self._quoters.act(stamp, seconds)
        elif phase in _ACTIVE:
            self._fill(stamp, everything=False)
            self._gather(self._in_auction(), seconds / self._auction_seconds)
        if phase is Phase.CONTINUOUS and self._entry.apart:
            self._gather(self._breaking(), seconds / _BREAKER_SECONDS)
        self._quoters.hear(self._entry.events, stamp)
        return self._entry.events

    def on_event(self, event: ExchangeEvent) -> None:
        """Take in what happened by others' commands; orders of the crowd may have traded in it."""
        self._entry.absorb((event,))
        self._quoters.hear((event,), self._stamp)

    def open_market(self, now: datetime, exchange: Exchange) -> list[ExchangeEvent]:
        """Fill the books at once, for a venue that starts in the middle of a day or comes back with thin books."""
        self._begin(exchange, now)
        phase = exchange.phase(now)[0]
        self._value(now, now.timestamp())
        self._publish(now, now.timestamp(), phase)
        if phase in _ACTIVE:
            self.fill_at[:] = now.timestamp()
            self._fill(now.timestamp(), everything=True)
        return self._entry.events

    def seed_books(
        self, levels: Mapping[str, BookLevels], spots: Mapping[str, Decimal], now: datetime, exchange: Exchange
    ) -> list[ExchangeEvent]:
        """Adopt a snapshot by contract code: its levels become the crowd's resting orders, exactly.

        Forwards, smiles and what the fit leaves over are set to the snapshot, so that the market trades on from there
        without a jump. `spots` are the underlyings' prices of that moment. Raises BadInput, before anything is
        sent, for an unknown code, for a level that breaks the contract's limits or its ticks, and for crossed sides.
        """
        tops = middles_of(levels, self._contracts)
        for code, spot in spots.items():
            if code not in self._codes or spot <= 0:
                raise BadInput("spot", f"{code} {spot}", "a price above 0 of an underlying of the day")
        self._night_over = True
        self._begin(exchange, now)
        self.paths.set_prices(
            np.array([float(spots.get(c, p)) for c, p in zip(self._codes, self.paths.prices.tolist(), strict=True)])
        )
        self.paths.take_as_last()
        self.surface.set_time(now)
        self.surface.adopt(self.paths.prices, tops.middles)
        self._liquidity_due = 0.0
        self._value(now, now.timestamp())
        self._publish(now, now.timestamp(), exchange.phase(now)[0])
        for order in list(self._entry.resting.orders.values()):
            self._entry.cancel(order)
        place_levels(levels, self._contracts, self._entry, self._settings.makers, self._draws)
        self.fill_at[[place for place, contract in enumerate(self._contracts) if contract.code in levels]] = _NEVER
        self._makers.spreads = [top or own for top, own in zip(tops.spreads, self._makers.spreads, strict=True)]
        self.quoted = self.surface.values(self.paths.prices)
        return self._entry.events

    # ---- state

    def state(self) -> bytes:
        """Everything that is needed to go on, but for the resting orders, which are the exchange's to keep."""
        return encode_state(
            CrowdState(
                trading_day=self._trading_day.isoformat(),
                codes=(*self._codes, *(contract.code for contract in self._contracts)),
                draws=self._draws.save(),
                quoters=self._quoters.save(),
                stamp=self._stamp,
                paths=pack_arrays(self.paths, self.paths.SAVED),
                surface=pack_arrays(self.surface, self.surface.SAVED),
                clocks=pack_arrays(self, self.SAVED),
                spreads=self._makers.spreads,
                next_order_id=self._entry.next_order_id,
                refusals=dict(self._entry.refusals),
                last_phase=self._last_phase,
                night_over=self._night_over,
                auction_seconds=self._auction_seconds,
                quotes_due=self._quotes_due,
                liquidity_due=self._liquidity_due,
                unseen_seconds=self._unseen_seconds,
                thin=self._thin,
            )
        )

    def restore(self, body: bytes) -> None:
        """Go on from a saved state of the same day and instruments; raises BadInput for any other.

        The next call that is given an exchange takes in the crowd's orders that rest there.
        """
        saved = decode_state(body)
        if saved.trading_day != self._trading_day.isoformat():
            raise BadInput("crowd state, day", saved.trading_day, self._trading_day.isoformat())
        if saved.codes != (*self._codes, *(contract.code for contract in self._contracts)):
            raise BadInput("crowd state, instruments", f"{len(saved.codes)} codes", "the instruments of the day")
        if len(saved.spreads) != len(self._contracts):
            raise BadInput("crowd state, spreads", len(saved.spreads), "one per contract")
        parts = ((self.paths, saved.paths), (self.surface, saved.surface), (self, saved.clocks))
        for owner, arrays in parts:
            check_arrays(owner, owner.SAVED, arrays)
        # From here on nothing can fail: a state is taken whole or not at all
        for owner, arrays in parts:
            unpack_arrays(owner, owner.SAVED, arrays)
        self._draws.restore(saved.draws)
        self._quoters.restore(saved.quoters)
        self._stamp = saved.stamp
        self._makers.spreads = list(saved.spreads)
        self._entry.next_order_id = saved.next_order_id
        self._entry.refusals.clear()
        self._entry.refusals.update(saved.refusals)
        self._last_phase = saved.last_phase
        self._night_over = saved.night_over
        self._auction_seconds = saved.auction_seconds
        self._quotes_due = saved.quotes_due
        self._liquidity_due = saved.liquidity_due
        self._unseen_seconds = saved.unseen_seconds
        self._thin.clear()
        self._thin.update(saved.thin)
        if self._liquidity_due:
            self._liquidity.update(self.moneyness)

    # ---- inside a step

    def _fill_from(self, place: int, stamp: float) -> None:
        self.fill_at[place] = stamp

    def _come_back(self, stamp: float) -> None:
        """Fill anew the contracts whose time of absence is over."""
        for place in [p for p, until in self._thin.items() if until <= stamp]:
            del self._thin[place]
            self.fill_at[place] = stamp

    def _begin(self, exchange: Exchange, now: datetime) -> None:
        self._entry.begin(exchange, now)
        self._entry.advance_time()
        if not self._night_over:
            self._night_over = True
            self.paths.open_night(self._rng)

    def _move(self, seconds: float, phase: Phase) -> None:
        halted = self._halted_underlyings()
        self.unseen_returns += self.paths.advance(seconds, phase, halted, self._rng)
        self._unseen_seconds += seconds
        if self._unseen_seconds < _SLOW_SECONDS:
            return
        # Smiles and the cash market's trades need no tenths of seconds
        self.surface.advance(self._unseen_seconds, self.unseen_returns, self._rng)
        if phase is Phase.CONTINUOUS:
            self.paths.trade(self._unseen_seconds, halted, self._rng)
        self.unseen_returns = np.zeros(len(self._codes))
        self._unseen_seconds = 0.0

    def _value(self, now: datetime, stamp: float) -> None:
        """Price every contract, and look up now and then how liquid it is."""
        self.surface.set_time(now)
        if stamp >= self._liquidity_due:
            self._liquidity_due = stamp + _LIQUIDITY_SECONDS
            self.moneyness = self.surface.moneyness(self.paths.prices)
            self._liquidity.update(self.moneyness)
        self._values = self.surface.values(self.paths.prices)
        self._makers.values = self._values.tolist()

    def _change_phase(self, phase: Phase, stamp: float, until: float) -> None:
        if phase.is_auction:
            self._auction_seconds = max(until - stamp, 1.0)
        if phase is Phase.OPENING_AUCTION:
            parts = _FILL_FROM + (_FILL_UNTIL - _FILL_FROM) * self._rng.random(len(self._contracts))
            self.fill_at = stamp + self._auction_seconds * parts
        if self._last_phase.is_auction:
            self.paths.trade(0.0, self._halted_underlyings(), self._rng)
        self._last_phase = phase

    def _publish(self, now: datetime, stamp: float, phase: Phase) -> None:
        self._quotes_due = stamp + self._settings.underlying_quote_seconds
        self._entry.command(UnderlyingQuotes(self.paths.rows(now, phase, self._rng)))

    def _fill(self, stamp: float, *, everything: bool) -> None:
        """Complete the ladders whose time has come, or all that were never complete."""
        waiting = self.fill_at < _NEVER
        if not everything:
            waiting &= self.fill_at <= stamp
        for place in np.flatnonzero(waiting).tolist():
            if not self._is_apart(place) and place not in self._thin:
                self._makers.fill(place)
                self.fill_at[place] = _NEVER

    def _quote(self, stamp: float, seconds: float) -> None:
        values, settings = self._values, self._settings
        far = np.abs(values - self.quoted) > 1.0 + settings.moved_spreads * np.array(self._makers.spreads)
        due = np.flatnonzero((self.refresh_at <= stamp) | far)
        mean = 1.0 / settings.refreshes_per_second
        # From when it was due, not from now: coarse steps would make the rate fall behind
        since = np.maximum(self.refresh_at[due], stamp - mean)
        self.refresh_at[due] = since + mean * (0.5 + self._rng.random(due.size))
        self.quoted[due] = values[due]
        budget = min(_BUDGET + int(_BUDGET_PER_SECOND * seconds), _BUDGET_MOST)
        refresh = self._makers.refresh
        for place, hurries in zip(due.tolist(), far[due].tolist(), strict=True):
            if not self._is_apart(place) and place not in self._thin:
                refresh(place, _BUDGET_MOST if hurries else budget)

    def _take(self, seconds: float) -> None:
        counts = self._rng.poisson(self._liquidity.orders_per_second * seconds)
        for place in np.flatnonzero(counts).tolist():
            count = int(counts[place])
            scale = max(1.0, count / _MOST_TAKERS)
            for _ in range(min(count, _MOST_TAKERS)):
                # Each time, as the order before may have tripped the breaker
                if not self._is_apart(place) and place not in self._thin:
                    self._takers.take(place, scale)

    def _gather(self, places: Sequence[int], part: float) -> None:
        """Let some contracts get their orders for a part of an auction."""
        counts = self._rng.poisson(self._liquidity.auction_orders * part).tolist()
        for place in places:
            for _ in range(counts[place]):
                self._takers.gather(place)

    def _in_auction(self) -> list[int]:
        return [place for place in range(len(self._contracts)) if not self._is_apart(place)]

    def _is_apart(self, place: int) -> bool:
        apart = self._entry.apart
        return bool(apart) and len(self._codes) + place in apart

    def _breaking(self) -> list[int]:
        first = len(self._codes)
        return [n - first for n, phase in sorted(self._entry.apart.items()) if phase is Phase.BREAKER]

    def _halted_underlyings(self) -> list[int]:
        return [number for number in self._entry.apart if number < len(self._codes)]
