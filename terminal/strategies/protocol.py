"""What a strategy is, what it sees and what it may ask for. It never holds a gateway, a journal or a service.

A strategy is called by the engine: on a tick of an underlying it trades, on a timer, on its fills and orders, and on
inquiries. Every call has a time limit; one that raises, overruns or sends nonsense is stopped, its quotes are pulled.
Parameters are a frozen dataclass, so that a form can show them (`strategies.parameters`).
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract
from terminal.domain.messages import InquiryOpened
from terminal.domain.orders import Fill, Order, OrderRequest
from terminal.domain.phases import Phase
from terminal.rules.protection.order_checks import Exposure, QuoteBatch
from terminal.services.quote_outcome import Codes, QuoteOutcome
from terminal.services.universe import Universe

if TYPE_CHECKING:
    # Prices options, which a plug-in's process need not be able to
    from terminal.services.quote_control import Controlled
    from terminal.services.vanguard import Vanguard

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
#: Raised whenever what strategies see or may ask for changes shape; a plug-in says which it was written for
API_VERSION = 2
#: Largest allowed width of quotes (最大价差): contract numbers and bids in whole 0.0001 yuan to widths, 0 for none
AllowedWidth = Callable[[IntArray, IntArray], IntArray]


class View(Protocol):
    """The desk as a strategy sees it; arrays are by contract number and cannot be written."""

    @property
    def universe(self) -> Universe:
        """The day's contracts."""

    @property
    def price(self) -> FloatArray:
        """Theoretical price in whole 0.0001 yuan and parts of them; nan where none is sound."""

    @property
    def delta(self) -> FloatArray:
        """Shares per contract."""

    @property
    def gamma(self) -> FloatArray:
        """Shares per contract for 1 % of the underlying."""

    @property
    def vega(self) -> FloatArray:
        """Yuan per contract for one volatility point."""

    @property
    def volatility(self) -> FloatArray:
        """What the price was made with, a year."""

    @property
    def years(self) -> FloatArray:
        """Years left."""

    @property
    def usable(self) -> BoolArray:
        """Whether the price may be acted on."""

    @property
    def quotes(self) -> IntArray:
        """Newest market data of contracts, columns of `domain.market_data`."""

    @property
    def book_revision(self) -> object:
        """The same as long as neither market data of a contract nor what this desk has in a book has changed."""

    @property
    def own(self) -> "OwnQuotes":
        """What this desk quotes."""

    @property
    def net(self) -> FloatArray:
        """Long less short contracts."""

    @property
    def closable(self) -> IntArray:
        """Contracts that a purchase may close (可平), first row, and a sale, second row.

        Those in combinations or held by closing orders or an exercise are not among them, nor are covered ones.
        """

    @property
    def allowed_width(self) -> AllowedWidth | None:
        """The obligation's width; None where no obligation is known."""

    def controlled(self, batch: QuoteBatch, keeps: BoolArray | None = None) -> "Controlled | None":
        """Quotes as the obligation's control would have them sent; None where there is no such control.

        `keeps`: those whose width is the obligation's by their own rule.
        """

    def numbers(self, underlying: str) -> IntArray:
        """The contracts of an underlying."""

    def where(self, underlying: str) -> IntArray | slice:
        """The same to address arrays with: a slice, which copies nothing, where they stand in one stretch."""

    def contract(self, code: str) -> Contract | None:
        """A contract by its code."""

    def spot(self, underlying: str) -> float:
        """Price of an underlying, yuan; nan for none."""

    def price_at(self, number: int, volatility: float) -> float:
        """What a contract is worth at another volatility, whole 0.0001 yuan and parts; nan for none."""

    def age(self, underlying: str) -> float:
        """Seconds since an underlying was heard of."""

    def phase(self, code: str) -> Phase:
        """The phase a contract is in."""

    @property
    def market_phase(self) -> Phase:
        """The phase the market is in."""

    def phase_codes(self, underlying: str) -> IntArray:
        """The code letters of the phases that contracts of an underlying are in by themselves, 0 for none."""

    def withheld(self, underlying: str) -> Codes:
        """Why protections let no quote of its contracts leave, codes of `services.quote_codes`, 0 where they do."""

    def delta_of(self, underlying: str) -> Exposure:
        """Net delta in shares, and what works counted as filled; shares held are part of it."""

    def vega_of(self, underlying: str) -> Exposure:
        """Net vega in yuan for one volatility point."""

    def held_delta(self, underlying: str) -> float:
        """Net delta in shares of what is held alone; quicker than `delta_of`."""

    def held_vega(self, underlying: str) -> float:
        """Net vega of what is held alone."""

    def shares(self, underlying: str) -> tuple[int, int]:
        """Shares held, and those of them that may be sold today."""

    def now(self) -> datetime:
        """Market time."""

    def monotonic(self) -> float:
        """Seconds for measuring durations."""


class OwnQuotes(Protocol):
    """Own quotes by contract number: sent last, and live. Prices in whole 0.0001 yuan, 0 for none.

    What both sides have stands in two rows, the bids' first; each row has its name too.
    """

    @property
    def prices(self) -> IntArray:
        """Live prices."""

    @property
    def quantities(self) -> IntArray:
        """What is left of them, contracts."""

    @property
    def sent_prices(self) -> IntArray:
        """Prices sent last, 0 once they are over."""

    @property
    def sent_quantities(self) -> IntArray:
        """Contracts of them, less what has traded."""

    @property
    def sent_bid(self) -> IntArray:
        """Bid sent last, 0 once it is over."""

    @property
    def sent_ask(self) -> IntArray:
        """Ask sent last."""

    @property
    def sent_bid_quantity(self) -> IntArray:
        """Contracts of it, less what has traded."""

    @property
    def sent_ask_quantity(self) -> IntArray:
        """The same of the ask."""

    @property
    def bid(self) -> IntArray:
        """Live bid."""

    @property
    def bid_quantity(self) -> IntArray:
        """What is left of it."""

    @property
    def ask(self) -> IntArray:
        """Live ask."""

    @property
    def ask_quantity(self) -> IntArray:
        """What is left of it."""


class Ask(Protocol):
    """What a strategy may ask for; the answer is the gate's."""

    def quote(self, batch: QuoteBatch, *, inquiry: int = 0, first: int = 0) -> QuoteOutcome:
        """Quote; `first` entries go ahead in a message of their own."""

    def cancel_quotes(self, numbers: Iterable[int] | None = None) -> None:
        """Take out own quotes of these contracts, or all of this strategy's."""

    def order(self, request: OrderRequest) -> bool:
        """Send an order; what becomes of it comes to `on_order`. False when the gate says no: nothing will come."""

    def cancel_order(self, client_order_id: str) -> None:
        """Cancel an order of this strategy."""

    def trade_shares(self, underlying: str, shares: int, ticks: int = 0) -> bool:
        """Buy shares of an underlying, or sell with a minus, at most `ticks` worse than the best price, at once or not.

        No more than the book shows within that price. False when nothing comes of it: the gate says no, this venue
        trades none, or the trade before is not in the positions yet. What becomes of it is in the positions, or noted.
        """

    def note(self, text: str) -> None:
        """Leave a line in the strategy's own log; the newest are kept."""


class LeadAsk(Ask, Protocol):
    """The same for a strategy in the desk's own process, which may let a few quotes go ahead (先行报价)."""

    def vanguard(self, batch: QuoteBatch) -> "Vanguard | None":
        """Have the gate look at quotes as they stand, so that `quote_ahead` may replace them; None where it may not."""

    def vanguard_holds(self, vanguard: "Vanguard") -> bool:
        """Whether nothing has changed that the gate's answer hung on."""

    def quote_ahead(
        self, vanguard: "Vanguard", spot: float, places: list[int], bids: list[int], asks: list[int]
    ) -> bool:
        """Replace some quotes of a vanguard before theoretical prices follow; False: ask for them with `quote`."""


class Strategy:
    """Base of every strategy; what it does not override does nothing. `parameters` is a frozen dataclass."""

    def __init__(self, name: str, parameters: Any) -> None:
        self.name = name
        self.parameters = parameters

    @property
    def underlyings(self) -> tuple[str, ...]:
        """Whose ticks it is called for."""
        underlying = getattr(self.parameters, "underlying", "")
        return (underlying,) if underlying else ()

    def on_start(self, view: View, ask: Ask) -> None:
        """It was started."""

    def on_tick(self, underlying: str, view: View, ask: Ask) -> None:
        """An underlying has a new price; theoretical prices follow it already."""

    def on_timer(self, view: View, ask: Ask) -> None:
        """Some time has passed; called about twenty times a second."""

    def on_move(self, underlying: str, spot: float, view: View, ask: LeadAsk) -> None:
        """An underlying has a new price and theoretical prices do not follow it yet; `on_tick` comes at once.

        For the few quotes that cannot wait, in the desk's own process only, as `prepare`.
        """

    def prepare(self, view: View, ask: LeadAsk) -> None:
        """Books have changed and nothing else is to be done: work out what the next tick can use.

        Only strategies in the desk's own process are asked: a call to another one costs more than it could spare.
        """

    def on_fill(self, fill: Fill, view: View, ask: Ask) -> None:
        """Something of this strategy traded; it is booked."""

    def on_order(self, order: Order, view: View, ask: Ask) -> None:
        """An order of this strategy moved."""

    def on_inquiry(self, inquiry: InquiryOpened, view: View, ask: Ask) -> None:
        """Somebody asks the makers for a quote."""

    def on_parameters(self, parameters: Any) -> None:
        """Other parameters are in force."""
        self.parameters = parameters
