"""How quotes leave (报价发出): written down, encoded and handed to the line, and what of it is kept for the answer.

A quote is handed to the journal before the line, but does not wait for the disk as an order does, because losing its
record loses nothing: the venue writes every quote down and tells it by number at the next recovery. A mass quote is one
message and one record. Whether it may leave is decided before, in `quoting.py`.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

import msgspec
import numpy as np
from numpy.typing import NDArray

from terminal.domain import wire
from terminal.domain.messages import CancelQuotes, Command, SubmitQuotes
from terminal.domain.ports import Journal, RecordKind
from terminal.domain.quotes import QuoteEntry
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.services.bus import Bus
from terminal.services.day_quotes import DayQuotes
from terminal.services.events import AlarmKind, AlarmRaised
from terminal.services.gate import DESK
from terminal.services.quote_answers import QuoteAnswers
from terminal.services.quote_batches import entries_of
from terminal.services.quote_ids import QuoteIds
from terminal.services.quotes_as_orders import QuotesAsOrders
from terminal.services.theoretical import Theoretical
from terminal.services.watched_write import WriteWatch

logger = logging.getLogger(__name__)
#: Entries of a message as arrays, and their theoretical prices in whole 0.0001 yuan and parts
Made = tuple[QuoteBatch, NDArray[np.float64]]


class QuoteDispatch:
    """Sends the quotes of one account; `journal_failed` is told when what was sent cannot be written down."""

    def __init__(
        self,
        *,
        ids: QuoteIds,
        send: Callable[[Command], bool],
        journal: Journal,
        pairs: QuotesAsOrders,
        quotes: DayQuotes,
        answers: QuoteAnswers,
        theoretical: Theoretical,
        bus: Bus,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        journal_failed: Callable[[BaseException], None],
    ) -> None:
        self._ids = ids
        self._send = send
        self._journal = journal
        self._pairs = pairs
        self._quotes = quotes
        self._answers = answers
        self._theoretical = theoretical
        self._bus = bus
        self._now = now
        self._monotonic = monotonic
        self._tell_journal_failed = journal_failed
        self._writes = WriteWatch(self._journal_failed)
        self._worths: list[tuple[datetime, tuple[str, str, NDArray[np.float64]]]] = []
        """Moment, message, sender and theoretical prices of what has left and whose worth is not written down yet"""
        self.as_orders = False
        """Whether quotes go as pairs of orders, because there are no two-sided ones here"""

    def send_batch(self, batch: QuoteBatch, sender: str, inquiry: int) -> str:
        """Send entries that come as arrays, made with the theoretical prices of now; gives the message's number."""
        entries = entries_of(batch, self._quotes.codes)
        return self.send(entries, sender, inquiry, lambda: (batch, self._theoretical.price[batch.index]))

    def send(self, entries: tuple[QuoteEntry, ...], sender: str, inquiry: int, made: Callable[[], Made]) -> str:
        """Send a message and give its number.

        `made` gives its entries as arrays and the theoretical prices that they were made with.
        """
        now = self._now()
        quote_id = self._ids.next(now.date())
        command = SubmitQuotes(quote_id=quote_id, entries=entries, inquiry=inquiry, by_program=sender != DESK)
        written = self._journal.append([(RecordKind.QUOTED, now, wire.encode(command))])
        at = self._monotonic()
        is_sent = True
        if self.as_orders:
            self._pairs.submit(command, sender)
        else:
            is_sent = self._send(command)
        # The line has the message: the rest is for whoever asks later
        batch, theoretical = made()
        self._answers.sent(quote_id, [entry.contract_code for entry in entries], at, in_doubt=not is_sent)
        self._quotes.on_sent(quote_id, batch, sender)
        self._writes.add(written)
        if not self._worths:
            asyncio.get_running_loop().call_soon(self._write_worths)
        self._worths.append((now, (quote_id, sender, theoretical)))
        if not is_sent:
            self.alarm_doubt(len(batch))
        return quote_id

    def take_out(self, command: Command) -> bool:
        """Send a cancel of quotes, as what they are here; False when the line did not take it."""
        if not (self.as_orders and isinstance(command, CancelQuotes)):
            return self._send(command)
        universe = self._theoretical.universe
        self._pairs.cancel(
            [
                code
                for code in self._pairs.contracts
                if command.contract_code in ("", code)
                and (
                    not command.underlying
                    or universe.contracts[universe.number_of[code]].underlying == command.underlying
                )
            ]
        )
        return True

    def alarm_doubt(self, count: int) -> None:
        """Say that so many quotes may or may not lie in the book; nothing for none."""
        if count:
            logger.info("%d quotes are in doubt", count)
            self._bus.publish(AlarmRaised(AlarmKind.QUOTE_IN_DOUBT, self._now(), (str(count),)))

    # ---- inside

    def _write_worths(self) -> None:
        """Write down what messages were worth once all of a burst have left: it only explains them afterwards."""
        worths, self._worths = self._worths, []
        self._writes.add(self._journal.append([(RecordKind.WORTH, at, _worth(*worth)) for at, worth in worths]))

    def _journal_failed(self, error: BaseException) -> None:
        """Quotes that cannot be written are not left in the market."""
        self._tell_journal_failed(error)
        if self._quotes.any_live or len(self._answers):
            self.take_out(CancelQuotes())


def _worth(quote_id: str, sender: str, theoretical: NDArray[np.float64]) -> bytes:
    """Theoretical prices of the entries in their order, whole 0.0001 yuan and parts, as they stood at sending."""
    figures = {"quote": quote_id, "by": sender, "theoretical": np.round(theoretical, 2).tolist()}
    return msgspec.json.encode(figures)
