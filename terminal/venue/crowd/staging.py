"""What the crowd does because a class wants it so (教学干预). Pure.

Prices and volatilities are moved, a book is left or traded through, quotes are asked for.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from terminal.domain.contracts import Contract
from terminal.domain.errors import BadInput
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.venue.crowd.makers import Makers
from terminal.venue.crowd.order_entry import FIRST_TAKER, OrderEntry
from terminal.venue.crowd.quoters import Quoters
from terminal.venue.crowd.surface import Surface
from terminal.venue.crowd.underlying_paths import UnderlyingPaths
from terminal.venue.exchange.exchange import Exchange
from terminal.venue.exchange.messages import ExchangeEvent

#: Orders that push a price through the books of others
_MOST_PUSHES = 40


class Staging:
    """Acts through the crowd's own prices and entry of orders; `codes` are the underlyings'.

    `thin` is the crowd's note of books it keeps out of, `shock_volatility` the log volatility gained per 1.00 of a
    shock downwards.
    """

    def __init__(
        self,
        contracts: Sequence[Contract],
        codes: Sequence[str],
        entry: OrderEntry,
        makers: Makers,
        quoters: Quoters,
        paths: UnderlyingPaths,
        surface: Surface,
        thin: dict[int, float],
        *,
        shock_volatility: float,
        begin: Callable[[Exchange, datetime], None],
        fill_from: Callable[[int, float], None],
    ) -> None:
        self._contracts = tuple(contracts)
        self._codes = list(codes)
        self._entry = entry
        self._makers = makers
        self._quoters = quoters
        self._paths = paths
        self._surface = surface
        self._shock_volatility = shock_volatility
        self._thin = thin
        self._begin = begin
        self._fill_from = fill_from

    def shock(self, underlying: str, move: float) -> None:
        """Move one underlying at once by a fraction, its volatility with it; quotes follow in the next step.

        Raises BadInput for an unknown underlying and for a move that is not between -0.5 and 0.5.
        """
        if underlying not in self._codes:
            raise BadInput("underlying", underlying, f"one of {', '.join(self._codes)}")
        if not -0.5 <= move <= 0.5:
            raise BadInput("move", move, "a fraction between -0.5 and 0.5")
        number = self._codes.index(underlying)
        self._paths.shock(number, move)
        self._surface.bump(number, self._shock_volatility * (-move if move < 0.0 else 0.5 * move))

    def lead(self, underlying: str, price: float, seconds: float) -> None:
        """Let an underlying run to a price in so many seconds. Raises BadInput for what cannot be."""
        if underlying not in self._codes:
            raise BadInput("underlying", underlying, f"one of {', '.join(self._codes)}")
        if not (price > 0.0 and seconds > 0.0):
            raise BadInput("drift", f"{price:g} in {seconds:g} s", "a price and a time above 0")
        self._paths.lead(self._codes.index(underlying), price, seconds)

    def shake(self, underlying: str, log_move: float) -> None:
        """Move the volatility of an underlying by a factor, its logarithm given; it goes back slowly."""
        if underlying not in self._codes or not -2.0 <= log_move <= 2.0:
            raise BadInput("volatility", f"{underlying} {log_move:g}", "an underlying of the day, from -2 to 2")
        self._surface.bump(self._codes.index(underlying), log_move)

    def leave(
        self, contracts: Collection[str], until: datetime, now: datetime, exchange: Exchange
    ) -> list[ExchangeEvent]:
        """Take every order out of some contracts and keep out of them until then (流动性枯竭)."""
        self._begin(exchange, now)
        for place, contract in enumerate(self._contracts):
            if contract.code in contracts:
                self._thin[place] = until.timestamp()
                self._take_out(place)
        return self._entry.events

    def push_through(self, contract: str, price: int, now: datetime, exchange: Exchange) -> list[ExchangeEvent]:
        """Trade a contract through to a price, units of 0.0001 yuan, so that the exchange's own rule may trip (熔断).

        What stands in between is the crowd's to take out; orders of others are traded through. Raises BadInput for a
        price that is no tick of the contract or beyond its limits.
        """
        self._begin(exchange, now)
        place = next((n for n, c in enumerate(self._contracts) if c.code == contract), -1)
        if place < 0:
            raise BadInput("contract", contract, "one of the day's list")
        row = exchange.quote_rows([self._entry.first_contract + place])[0]
        key = round(price / (float(self._contracts[place].tick_size) * PRICE_SCALE))
        if not -self._makers.last_keys[2 * place] <= key <= self._makers.last_keys[2 * place + 1]:
            raise BadInput("price", price, "within the contract's limits")
        reference = int(row[Column.LAST]) or round(self._contracts[place].previous_settlement * PRICE_SCALE)
        self._take_out(place)
        rises = price >= reference
        passive, active = (2 * place + 1, 2 * place) if rises else (2 * place, 2 * place + 1)
        # Others' orders on the way are taken first, then ours at the price trips the rule
        self._entry.limit(passive, key if rises else -key, 1, FIRST_TAKER, False)
        for _ in range(_MOST_PUSHES):
            if self._is_apart(place):
                break
            self._entry.limit(
                active, -key if rises else key, self._contracts[place].limit_order_max, FIRST_TAKER + 1, False
            )
        self._fill_from(place, now.timestamp())
        return self._entry.events

    def inquire(self, contracts: Sequence[str], now: datetime, exchange: Exchange) -> list[ExchangeEvent]:
        """Ask the makers for quotes in some contracts; the exchange refuses those that need none (询价)."""
        self._begin(exchange, now)
        for place, contract in enumerate(self._contracts):
            if contract.code in contracts:
                self._entry.inquire(place, FIRST_TAKER, 10)
        self._quoters.hear(self._entry.events, now.timestamp())
        return self._entry.events

    def widest(self, underlying: str, count: int) -> list[str]:
        """The contracts of an underlying whose own spreads are the widest part of their bids, the widest first."""
        mine = [n for n, c in enumerate(self._contracts) if c.underlying == underlying and not self._is_apart(n)]
        mine.sort(key=lambda n: (-self._entry.spread_share(n), n))
        return [self._contracts[n].code for n in mine[:count]]

    def _take_out(self, place: int) -> None:
        """Cancel everything of ours in one contract."""
        for side in (2 * place, 2 * place + 1):
            ladder = self._entry.resting.sides[side]
            for key in list(ladder.keys):
                for order in list(ladder.levels.get(key, ())):
                    self._entry.cancel(order)

    def _is_apart(self, place: int) -> bool:
        return self._entry.first_contract + place in self._entry.apart
