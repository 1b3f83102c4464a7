"""The worker's end of what may be asked for: implements `strategies.protocol.Ask` by asking the desk and waiting."""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import ArrayLike

from terminal.domain.errors import BadInput
from terminal.domain.orders import OrderRequest
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.services.quote_outcome import QuoteOutcome
from terminal.strategies.plug_ins.frames import (
    Answer,
    Ask,
    AskCancelOrder,
    AskCancelQuotes,
    AskOrder,
    AskQuote,
    AskShares,
    AskWidth,
)
from terminal.strategies.protocol import IntArray

#: What no market has: the gate refuses it as malformed, or as a contract that is not listed
_NONE = -1
_LARGEST = float(1 << 62)


class WorkerAsk:
    """Asks the desk: `ask` sends and waits for the answer, `say` keeps a line for the strategy's log."""

    def __init__(self, ask: Callable[[Ask], Answer], say: Callable[[str], None]) -> None:
        self._ask = ask
        self._say = say

    def quote(self, batch: QuoteBatch, *, inquiry: int = 0, first: int = 0) -> QuoteOutcome:
        """Quote; `first` entries go ahead in a message of their own.

        A figure that is no whole number, as nan, is sent as one that the gate refuses. Raises BadInput for arrays that
        are not equally long.
        """
        figures = [whole(a) for a in (batch.index, batch.bid, batch.bid_quantity, batch.ask, batch.ask_quantity)]
        flags = [np.asarray(a).astype(np.bool_).ravel() for a in batch.closes]
        if len({len(a) for a in (*figures, *flags)}) != 1:
            raise BadInput("quotes", [len(a) for a in (*figures, *flags)], "arrays of one length")
        index, bid, bid_quantity, ask, ask_quantity = (a.tobytes() for a in figures)
        answer = self._ask(
            AskQuote(
                index=index,
                bid=bid,
                bid_quantity=bid_quantity,
                ask=ask,
                ask_quantity=ask_quantity,
                bid_closes=flags[0].tobytes(),
                ask_closes=flags[1].tobytes(),
                inquiry=int(inquiry),
                first=int(first),
            )
        )
        return QuoteOutcome(batch, np.frombuffer(answer.figures, np.int8), answer.quote_ids, answer.messages)

    def cancel_quotes(self, numbers: Iterable[int] | None = None) -> None:
        """Take out own quotes of these contracts, or all of this strategy's."""
        self._ask(AskCancelQuotes(numbers=None if numbers is None else tuple(int(number) for number in numbers)))

    def order(self, request: OrderRequest) -> bool:
        """Send an order; False when the gate says no."""
        return self._ask(AskOrder(request=request)).yes

    def cancel_order(self, client_order_id: str) -> None:
        """Cancel an order of this strategy."""
        self._ask(AskCancelOrder(client_order_id=client_order_id))

    def trade_shares(self, underlying: str, shares: int, ticks: int = 0) -> bool:
        """Buy shares of an underlying, or sell with a minus, at most `ticks` worse than the best price."""
        return self._ask(AskShares(underlying=underlying, shares=int(shares), ticks=int(ticks))).yes

    def note(self, text: str) -> None:
        """Leave a line in the strategy's own log."""
        self._say(str(text))

    def width(self, numbers: IntArray, bids: IntArray) -> IntArray:
        """The widths that the obligation allows."""
        asked = AskWidth(numbers=whole(numbers).tobytes(), bids=whole(bids).tobytes())
        return np.frombuffer(self._ask(asked).figures, np.int64)


def whole(values: ArrayLike) -> IntArray:
    """Values as int64 in one row; -1 for what is no whole number or far beyond any price."""
    array = np.asarray(values).ravel()
    if array.dtype.kind in "iub":
        return array.astype(np.int64)
    numbers = array.astype(np.float64)
    with np.errstate(invalid="ignore"):
        sound = (np.abs(numbers) < _LARGEST) & (numbers == np.trunc(numbers))
        return np.where(sound, numbers, _NONE).astype(np.int64)
