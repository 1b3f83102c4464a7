"""The quoting participants: they keep a ladder on both sides of what a contract is worth.

A refresh takes stale quotes away, then improves, extends or trims the ladder, a few commands at a time; when nothing
needs doing it changes one level a little, as real books never stand still. Spread, gaps and sizes are drawn anew from
the tables of the settings, so the books look like the market's on average and never twice the same.
"""

import math
from collections.abc import Sequence

from terminal.domain.contracts import Contract
from terminal.venue.crowd.draws import Draws
from terminal.venue.crowd.liquidity import Liquidity
from terminal.venue.crowd.order_entry import OrderEntry
from terminal.venue.crowd.resting import Ladder
from terminal.venue.crowd.settings import CrowdSettings

#: How often a refresh draws a new spread for the contract
_NEW_SPREAD = 0.08
#: A quote this share of the spread away from where it should be is left alone
_SLACK = 0.25


class Makers:
    """Quotes all contracts. `values` and `spreads` are ticks, per contract."""

    def __init__(
        self,
        settings: CrowdSettings,
        contracts: Sequence[Contract],
        entry: OrderEntry,
        liquidity: Liquidity,
        draws: Draws,
    ) -> None:
        self._count = settings.makers
        self._levels = settings.levels
        self._levels_max = settings.levels_max
        self._closing_share = settings.closing_share
        self._deviation = settings.size_deviation
        self._entry = entry
        self._liquidity = liquidity
        self._draws = draws
        # Highest key of each side: the lower price limit for bids, the upper one for asks
        self.last_keys: list[int] = []
        for contract in contracts:
            lowest = max(1, math.ceil(contract.limit_down / contract.tick_size))
            self.last_keys += [-lowest, math.floor(contract.limit_up / contract.tick_size)]
        self.values: list[float] = [0.0] * len(contracts)
        self.spreads: list[int] = [0] * len(contracts)
        """0 until first drawn"""

    def fill(self, contract: int) -> None:
        """Complete both ladders at once, e.g. at the opening."""
        self._draws.ensure()
        targets = self._targets(contract)
        for side, target in enumerate(targets, 2 * contract):
            ladder = self._entry.resting.sides[side]
            if not ladder.keys or ladder.keys[0] > target + int(_SLACK * self.spreads[contract]):
                self._place(side, target, self._liquidity.touch[contract])
            while 0 < len(ladder.keys) < self._levels and self._add_level(side):
                pass

    def refresh(self, contract: int, budget: int) -> None:
        """Bring one contract's quotes up to date with at most about `budget` commands."""
        draws = self._draws
        draws.ensure()
        if draws.uniforms.pop() < _NEW_SPREAD:
            self.spreads[contract] = 0
        bid, ask = self._targets(contract)
        slack = int(_SLACK * self.spreads[contract])
        place = 2 * contract
        sides = self._entry.resting.sides
        bids, asks = sides[place], sides[place + 1]
        left = budget
        # Stale quotes go before better ones come, or makers would trade with each other
        if bids.keys and bids.keys[0] < bid - slack:
            left = self._take_away(bids, bid - slack, left)
        if asks.keys and asks.keys[0] < ask - slack:
            left = self._take_away(asks, ask - slack, left)
        left -= self._mend(place, bids, bid, slack, left)
        left -= self._mend(place + 1, asks, ask, slack, left)
        if left == budget:
            self._stir(place + (draws.uniforms.pop() < 0.5))

    def _mend(self, side: int, ladder: Ladder, target: int, slack: int, left: int) -> int:
        """Improve, extend or trim one ladder; the number of commands."""
        keys = ladder.keys
        done = self._improve(side, target) if not keys or keys[0] > target + slack else 0
        if not keys or done >= left:
            return done
        if len(keys) < self._levels:
            return done + self._add_level(side)
        if len(keys) > self._levels_max:
            return done + self._take_away_level(ladder, keys[-1], left - done)
        return done

    def _targets(self, contract: int) -> tuple[int, int]:
        """The keys at which the best bid and the best ask should stand."""
        spread = self.spreads[contract]
        if not spread:
            spread = self.spreads[contract] = self._draws.spread(self._liquidity.spread[contract])
        bid = math.floor(self.values[contract] - 0.5 * spread + 0.5)
        ask = bid + spread if bid > 0 else max(bid + spread, 1)
        # Beyond a price limit the quote stands at the limit
        return max(-bid, -self.last_keys[2 * contract + 1]), max(ask, -self.last_keys[2 * contract])

    def _place(self, side: int, key: int, mean_size: float) -> int:
        """Enter a quote, unless a price limit or our own other side is in the way; the number of orders."""
        if key > self.last_keys[side]:
            return 0
        opposite = self._entry.resting.sides[side ^ 1].keys
        if opposite and opposite[0] + key <= 0:
            return 0
        draws = self._draws
        uniforms = draws.uniforms
        return self._entry.limit(
            side,
            key,
            draws.size(mean_size, self._deviation),
            1 + int(self._count * uniforms.pop()),
            uniforms.pop() < self._closing_share,
        )

    def _improve(self, side: int, key: int) -> int:
        """Quote a better price; an old best one that would stand too near to it moves there."""
        contract = side >> 1
        ladder = self._entry.resting.sides[side]
        old = ladder.keys[0] if ladder.keys else None
        done = self._place(side, key, self._liquidity.touch[contract])
        if done and old is not None and 2 * (old - key) < self._draws.steps(self._liquidity.gap[contract]):
            done += self._take_away_level(ladder, old, len(ladder.levels[old]))
        return done

    def _add_level(self, side: int) -> int:
        """Add a level in the first wide hole of the ladder, or behind its end; the number of orders."""
        contract = side >> 1
        step = self._draws.steps(self._liquidity.gap[contract])
        behind: int | None = None
        for key in self._entry.resting.sides[side].keys:
            if behind is not None and key - behind >= 2 * step:
                break
            behind = key
        assert behind is not None
        return self._place(side, behind + step, self._liquidity.deeper[contract])

    def _take_away(self, ladder: Ladder, before: int, left: int) -> int:
        """Cancel the levels whose key lies before a key, while commands are left; how many are left then."""
        keys = ladder.keys
        while left > 0 and keys and keys[0] < before:
            done = self._take_away_level(ladder, keys[0], left)
            if not done:
                break
            left -= done
        return left

    def _take_away_level(self, ladder: Ladder, key: int, most: int) -> int:
        """Cancel up to `most` orders of a level, the newest first; how many went."""
        done = 0
        for order in reversed(ladder.levels[key][:]):
            if done >= most or not self._entry.cancel(order):
                break
            done += 1
        return done

    def _stir(self, side: int) -> None:
        """Change size or price of one level, the best ones most often."""
        ladder = self._entry.resting.sides[side]
        keys = ladder.keys
        if not keys:
            return
        draws, contract = self._draws, side >> 1
        place = int(draws.uniforms.pop() * draws.uniforms.pop() * len(keys))
        key = keys[place]
        level = ladder.levels[key]
        mean = self._liquidity.deeper[contract] if place else self._liquidity.touch[contract]
        wanted = draws.size(mean, self._deviation)
        surplus = ladder.quantity(key) - wanted
        participant = 1 + int(self._count * draws.uniforms.pop())
        if surplus < 0:
            self._entry.limit(side, key, -surplus, participant, draws.uniforms.pop() < self._closing_share)
            return
        # The newest go first, at least one of them. A level that is gone comes back with one of the next refreshes
        for order in reversed(level[:]):
            if order.is_quote:
                continue
            surplus -= order.leaves
            if not self._entry.cancel(order) or surplus <= 0:
                return
