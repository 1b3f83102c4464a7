"""What the parts of the exchange share: the day's contracts, their orders, the clock, and which rows changed."""

from collections.abc import Sequence

from terminal.domain.errors import BadInput
from terminal.venue.exchange.instrument import TradedContract
from terminal.venue.exchange.matching import Matcher
from terminal.venue.exchange.order_ids import OrderIds
from terminal.venue.exchange.timetable import Moment


class Trading:
    """State of one trading day; `now` is the newest time any command carried."""

    __slots__ = ("changed", "contracts", "count", "first_contract", "matcher", "moment", "now", "order_ids")

    def __init__(self, first_contract: int, contracts: Sequence[TradedContract], matcher: Matcher, moment: Moment):
        self.first_contract = first_contract
        self.contracts = list(contracts)
        self.count = first_contract + len(contracts)
        self.matcher = matcher
        self.moment = moment
        self.now = moment.at
        self.order_ids = OrderIds()
        """Ids of orders and of sides of quotes"""
        self.changed: dict[int, None] = dict.fromkeys(range(self.count))
        """Instruments whose rows changed and were not asked for since"""

    def contract(self, instrument: int) -> TradedContract:
        """The contract of an instrument number. Raises BadInput for any other number."""
        if not self.first_contract <= instrument < self.count:
            raise BadInput("instrument", instrument, f"a contract: {self.first_contract} to {self.count - 1}")
        return self.contracts[instrument - self.first_contract]

    def is_contract(self, instrument: int) -> bool:
        """Whether a number is that of a contract."""
        return self.first_contract <= instrument < self.count

    def mark(self, contract: TradedContract) -> None:
        """Its row changed now."""
        self.changed[contract.number] = None
        contract.changed_at = self.now
