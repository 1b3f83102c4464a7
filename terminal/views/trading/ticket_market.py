"""What of the market an order ticket shows or rests on (下单面板行情)."""

from decimal import Decimal
from typing import NamedTuple

from terminal.domain.contracts import Contract
from terminal.domain.orders import Side
from terminal.domain.phases import Phase
from terminal.services.market_data import Level, MarketData
from terminal.services.order_draft import OrderDraft


class Picture(NamedTuple):
    """What a shown ticket was told with; another one asks for another look."""

    phase: Phase | None = None
    """The contract's own"""
    spot: Decimal | None = None
    """The underlying's price, yuan"""
    levels: tuple[Level, ...] = ()
    """What a market order would meet: it says what the order costs. None for a limit order"""


class TicketMarket:
    """Looks at the market for one draft."""

    def __init__(self, market: MarketData) -> None:
        self._market = market

    def picture(self, draft: OrderDraft) -> Picture:
        """What there is to be seen for a draft now."""
        market, code = self._market, draft.contract_code
        contract = market.contract(code)
        if contract is None:
            return Picture()
        levels: tuple[Level, ...] = ()
        if draft.order_type.is_market:
            levels = market.asks(code) if draft.instruction.side is Side.BUY else market.bids(code)
        return Picture(market.phase_of(code), self.spot(contract), levels)

    def spot(self, contract: Contract) -> Decimal:
        """The underlying's newest price, else its close before."""
        return self._market.last(contract.underlying) or contract.underlying_close

    def is_unquoted(self, code: str) -> bool:
        """Whether no quote of a contract has come yet."""
        row = self._market.row_of.get(code)
        return row is None or not self._market.received_at[row]
