"""Who counts as one owner, and what happens when orders of one owner would meet (自成交, rulebook 11).

No prevention by the Shanghai exchange was found, so every mode is a default of this project. The guard holds in
continuous trading for the orders an incoming one would trade with, and in call auctions for all it would cross: there
who trades with whom is known only at the end. An order that was in the book before its owner was named is not looked
at again.
"""

from typing import NamedTuple

from terminal.domain.orders import SelfTrade
from terminal.venue.exchange.book import BookSide
from terminal.venue.exchange.instrument import TradedContract
from terminal.venue.exchange.messages import GuardSelfTrades


class Owner(NamedTuple):
    """Participants that count as one; `rejects` refuses the incoming order, else the resting ones go."""

    members: frozenset[int]
    rejects: bool


class SelfTradeGuards:
    """The guard of every participant; one never named is an owner of its own under the default."""

    __slots__ = ("_default", "_owners", "idle")

    def __init__(self, default: SelfTrade) -> None:
        self._default = default
        self._owners: dict[int, Owner | None] = {}
        self.idle = default is SelfTrade.ALLOW
        """Whether nobody is guarded"""

    def name(self, command: GuardSelfTrades) -> None:
        """Make the participants one owner under a guard."""
        guard = command.guard
        owner = None
        if guard is not SelfTrade.ALLOW:
            owner = Owner(frozenset(command.participants), guard is SelfTrade.REJECT_INCOMING)
            self.idle = False
        self._owners.update(dict.fromkeys(command.participants, owner))

    def of(self, participant: int) -> Owner | None:
        """Who its orders must not trade with; None where they may trade with anybody."""
        if self.idle:
            return None
        try:
            return self._owners[participant]
        except KeyError:
            pass
        owner = None
        if self._default is not SelfTrade.ALLOW:
            owner = Owner(frozenset((participant,)), self._default is SelfTrade.REJECT_INCOMING)
        self._owners[participant] = owner
        return owner


def own_price(
    owner: Owner,
    contract: TradedContract,
    opposite: BookSide,
    bound: int,
    wanted: int,
    *,
    may_rest: bool,
    leaving: tuple[int, ...] = (),
) -> int | None:
    """The price of the first own order that an incoming one of `wanted` contracts would meet; None for none.

    In continuous trading it meets what lies before it is filled. What rests crossed, in an auction or behind a price
    that trips the breaker, meets every own order down to its price (the key `bound`). Orders whose ids are in
    `leaving` will be gone by then.
    """
    crosses = contract.gathering
    for level in opposite.down_to(bound):
        if leaving and all(order.order_id in leaving for order in level):
            continue
        if not crosses and not contract.band_low <= level.price <= contract.band_high:
            if not may_rest:
                return None
            crosses = True
        for order in level:
            if order.order_id in leaving:
                continue
            if order.participant in owner.members:
                return level.price
            wanted -= order.leaves
            if wanted <= 0 and not crosses:
                return None
    return None
