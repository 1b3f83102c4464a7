"""The participants who trade: orders that take the other side's best price, and orders that meet in an auction."""

from terminal.venue.crowd.draws import Draws
from terminal.venue.crowd.liquidity import Liquidity
from terminal.venue.crowd.makers import Makers
from terminal.venue.crowd.order_entry import FIRST_TAKER, OrderEntry
from terminal.venue.crowd.settings import CrowdSettings

#: Orders of an auction lie around the value by this share of the spread, at least a tick
_AUCTION_WIDTH = 0.6
_LARGEST = 50
_LARGEST_MARKET = 10


class Takers:
    """Sends takers' orders. Contracts are counted from 0."""

    def __init__(
        self, settings: CrowdSettings, entry: OrderEntry, liquidity: Liquidity, makers: Makers, draws: Draws
    ) -> None:
        self._count = settings.takers
        self._closing_share = settings.closing_share
        self._market_share = settings.market_order_share
        self._deviation = settings.size_deviation
        self._entry = entry
        self._liquidity = liquidity
        self._makers = makers
        self._draws = draws

    def take(self, contract: int, scale: float) -> None:
        """Send one order against the best price; `scale` enlarges it where one stands for several."""
        draws = self._draws
        draws.ensure()
        uniforms = draws.uniforms
        opposite = 2 * contract + (uniforms.pop() < 0.5)
        size = min(_LARGEST, round(scale * draws.size(self._liquidity.trade[contract], self._deviation)))
        participant = FIRST_TAKER + int(self._count * uniforms.pop())
        closes = uniforms.pop() < self._closing_share
        by_market = uniforms.pop() < self._market_share
        ladder = self._entry.resting.sides[opposite]
        if not ladder.keys:
            return
        if by_market and size <= _LARGEST_MARKET:
            self._entry.market(opposite ^ 1, size, participant, closes)
            return
        # Rarely more than what stands there, so that little is left to rest on the wrong side of the value
        best = ladder.keys[0]
        size = min(size, max(ladder.quantity(best), 1))
        self._entry.limit(opposite ^ 1, -best, size, participant, closes)

    def gather(self, contract: int) -> None:
        """Send one order into an auction, on either side of the value."""
        draws = self._draws
        draws.ensure()
        uniforms = draws.uniforms
        side = 2 * contract + (uniforms.pop() < 0.5)
        makers = self._makers
        width = max(1.0, _AUCTION_WIDTH * self._liquidity.spread[contract])
        price = max(1, round(makers.values[contract] + width * draws.normals.pop()))
        price = min(max(price, -makers.last_keys[2 * contract]), makers.last_keys[2 * contract + 1])
        size = min(_LARGEST, draws.size(self._liquidity.trade[contract], self._deviation))
        participant = FIRST_TAKER + int(self._count * uniforms.pop())
        closes = uniforms.pop() < self._closing_share
        self._entry.limit(side, price if side & 1 else -price, size, participant, closes)
