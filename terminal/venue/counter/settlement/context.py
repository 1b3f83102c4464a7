"""What every step of the day's end works on: the day's list, the books, the inputs, and where its entries go."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from terminal.domain.contracts import Contract
from terminal.domain.errors import OptionDeskError
from terminal.rules.profile import Profile
from terminal.venue.counter.books import Books
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.entries import JournalEntry
from terminal.venue.counter.result import CounterResult
from terminal.venue.counter.settlement.entries import AccountTold, Inputs
from terminal.venue.counter.settlement.state import ClearingState
from terminal.venue.counter.state import AccountState


class SettlementStopped(OptionDeskError):
    """The day's end cannot go on: something is missing, or books and market differ. Nothing of the step is booked."""


@dataclass(slots=True)
class StepContext:
    """One step under way."""

    day: DayList
    books: Books
    now: datetime
    result: CounterResult = field(default_factory=CounterResult)

    @property
    def rules(self) -> Profile:
        """The profile of the day."""
        return self.day.profile

    @property
    def state(self) -> ClearingState:
        """What the steps before found."""
        return self.books.settlement.state

    @property
    def inputs(self) -> Inputs:
        """What the market gave."""
        assert self.state.inputs is not None
        return self.state.inputs

    def write(self, entry: JournalEntry) -> None:
        """Apply an entry and keep it for the journal."""
        self.result.write(self.books, entry)

    def tell(self, told: AccountTold) -> None:
        """Report something to a client that nobody asked for."""
        self.write(told)

    def accounts(self) -> Iterator[AccountState]:
        """All accounts in the order they were opened."""
        return iter(self.books.accounts.values())

    def contract(self, contract_code: str) -> Contract:
        """A contract of the day."""
        return self.day.contracts[contract_code]

    def close(self, underlying: str) -> Decimal:
        """The close of an underlying."""
        return self.inputs.closes[underlying]

    def price(self, contract_code: str) -> Decimal:
        """The settlement price of a contract."""
        return self.inputs.prices[contract_code]

    def days_left(self, contract: Contract) -> int:
        """Trading days to the expiry of a contract; 0 on the day, and after it."""
        return self.inputs.days_left.get(contract.expiry.isoformat(), 0)

    def expires(self, contract: Contract) -> bool:
        """Whether this is the last day of a contract, or it has passed while the market was closed."""
        return self.inputs.trading_day >= contract.last_day
