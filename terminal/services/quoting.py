"""Two-sided quotes (双边报价) on their way to the market and back: the only way to send one.

gate -> journal -> line, in one breath: what may leave is decided here and leaves by `quote_dispatch.py`. A quote is
never sent a second time by itself, and a newer one of the same contract takes the place of whatever was there, so that
none is ever doubled. Cancels pass no check and go out even when nothing can be written. What the venue has not answered
when the line is back never arrived.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import numpy as np

from terminal.domain import wire
from terminal.domain.errors import BadInput, JournalError, LinkError
from terminal.domain.messages import CancelOrder, Command, OrderReport, QuoteReport, SubmitQuotes
from terminal.domain.ports import Journal
from terminal.domain.quotes import Handling, QuoteEntry, QuoteStatus
from terminal.domain.reasons import Denial, Reason
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.services.bus import Bus
from terminal.services.day_quotes import DayQuotes
from terminal.services.events import LatencyMeasured, OwnQuotesChanged
from terminal.services.gate import DESK, Gate
from terminal.services.orders import OVERDUE_SECONDS, OrderService
from terminal.services.quote_answers import QuoteAnswers
from terminal.services.quote_batches import batch_of
from terminal.services.quote_board import LiveQuote, QuoteBoard
from terminal.services.quote_cancels import QuoteCancels
from terminal.services.quote_codes import CODE_OF
from terminal.services.quote_dispatch import Made, QuoteDispatch
from terminal.services.quote_ids import QuoteIds
from terminal.services.quote_outcome import QuoteOutcome
from terminal.services.quotes_as_orders import QuotesAsOrders, is_side
from terminal.services.theoretical import Theoretical
from terminal.services.vanguard import Vanguard

#: Orders and cancels that one contract may cost where quotes go as orders: both old sides out, both new ones in
PAIR_MESSAGES = 4


class QuoteService:
    """Quotes of one account; `now` is market time, `monotonic` seconds."""

    def __init__(
        self,
        *,
        desk_id: str,
        send: Callable[[Command], bool],
        journal: Journal,
        orders: OrderService,
        gate: Gate,
        theoretical: Theoretical,
        bus: Bus,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self._ids = QuoteIds(desk_id)
        self._send = send
        self._orders = orders
        self.gate = gate
        self._theoretical = theoretical
        self._bus = bus
        self._monotonic = monotonic
        self._allowed = False
        self._answers = QuoteAnswers()
        self._quotes = DayQuotes(theoretical, bus)
        self._is_first_line = True
        self._pairs = QuotesAsOrders(orders, send, bus, now, self._on_pair, self._quotes.on_filled, gate.record_cancel)
        self._dispatch = QuoteDispatch(
            ids=self._ids,
            send=send,
            journal=journal,
            pairs=self._pairs,
            quotes=self._quotes,
            answers=self._answers,
            theoretical=theoretical,
            bus=bus,
            now=now,
            monotonic=monotonic,
            journal_failed=orders.journal_failed,
        )
        self.cancels = QuoteCancels(
            self._dispatch.take_out, journal, gate, theoretical, lambda: self._quotes.board, now, orders.journal_failed
        )
        self.refused = 0
        """Entries that the venue refused"""
        self.ahead = 0
        """Messages of this day that went ahead of all others"""

    # ---- what the desk asks for

    @property
    def board(self) -> QuoteBoard:
        """Own quotes as arrays."""
        return self._quotes.board

    @property
    def closed_because(self) -> Reason | None:
        """Why no quote may leave now; None while they may."""
        return self._orders.cut_off_because or (None if self._allowed else Reason.NOT_SUPPORTED)

    def live(self, contract_code: str) -> LiveQuote | None:
        """What lies in the book of a contract."""
        return self._quotes.live(contract_code)

    def number_of(self, contract_code: str) -> int | None:
        """The number of a contract in the day's list; None for one that is not listed."""
        return self._theoretical.universe.number_of.get(contract_code)

    def owner(self, contract_code: str) -> str:
        """Who sent the newest quote of a contract; empty for nobody."""
        return self._quotes.owner(contract_code)

    @property
    def owners(self) -> Sequence[str]:
        """Who sent the newest quote, by contract number; empty for nobody."""
        return self._quotes.owners

    def sender_of_side(self, order_id: str) -> str:
        """Who sent the quote that an order is a side of; empty for what is no side of a quote of this desk's run."""
        return self._quotes.sender_of_side(order_id)

    @property
    def unanswered(self) -> int:
        """Entries that were sent and have no answer yet."""
        return len(self._answers)

    @property
    def in_doubt(self) -> int:
        """Entries whose fate is not known."""
        return self._answers.in_doubt

    def batch_of(self, entries: Iterable[QuoteEntry]) -> QuoteBatch:
        """Entries as arrays. Raises BadInput for an unlisted contract and for a price finer than 0.0001 yuan."""
        return batch_of(entries, self._theoretical.universe)

    def submit(self, batch: QuoteBatch, sender: str = DESK, *, inquiry: int = 0, first: int = 0) -> QuoteOutcome:
        """Check, hand to the journal and send what may leave, as one message.

        `first` above zero sends so many entries ahead in a message of their own: the most urgent need not wait until
        all of a long list is written out.
        """
        closed = self.closed_because
        if closed is not None:
            return QuoteOutcome(batch, np.full(len(batch), CODE_OF[closed], np.int8))
        control = self.gate.quote_control
        if control is not None and control.handling is Handling.ADJUST and sender != DESK:
            batch = control.adjusted(batch).batch
        if self._dispatch.as_orders:
            return self._submit_pairs(batch, sender)
        parts = 2 if 0 < first < len(batch) else 1
        codes = self.gate.quote_codes(batch, sender, parts)
        passed = batch if not np.count_nonzero(codes) else batch.take(np.flatnonzero(codes == 0))
        sent = len(passed)
        if not sent:
            return QuoteOutcome(batch, codes)
        ids: tuple[str, ...] = ()
        if 0 < first < sent:
            ids = (self._dispatch.send_batch(passed.part(slice(first)), sender, inquiry),)
            passed = passed.part(slice(first, None))
        ids += (self._dispatch.send_batch(passed, sender, inquiry),)
        self.gate.record_quotes(sender, len(ids), sent)
        return QuoteOutcome(batch, codes, ids, len(ids))

    def vanguard(self, batch: QuoteBatch, sender: str) -> Vanguard | None:
        """Quotes that stand, made ready to go ahead at other prices (`submit_ahead`); None when they may not."""
        if self.closed_because is not None or self._dispatch.as_orders:
            return None
        return self.gate.vanguard(batch, sender)

    def submit_ahead(
        self, vanguard: Vanguard, spot: float, places: list[int], bids: list[int], asks: list[int], sender: str
    ) -> bool:
        """Send some quotes of a vanguard at other prices, before anything else is worked out for the new spot.

        False when the gate's short look does not let all of them pass: they come again with all others.
        """
        if self.closed_because is not None or self._dispatch.as_orders:
            return False
        if not self.gate.vanguard_passes(vanguard, spot, places, bids, asks, sender):
            return False
        entries = vanguard.entries(places, bids, asks, self._quotes.codes)

        def made() -> Made:
            values = vanguard.values(spot)
            return vanguard.priced(places, bids, asks), np.array([values[place][0] for place in places])

        self._dispatch.send(entries, sender, 0, made)
        self.ahead += 1
        self.gate.record_quotes(sender, 1, len(places))
        return True

    def quote(self, entry: QuoteEntry, sender: str = DESK, *, inquiry: int = 0) -> Denial | None:
        """Send one quote; the refusal when the gate or the line says no. Raises BadInput as `batch_of` does."""
        outcome = self.submit(self.batch_of([entry]), sender, inquiry=inquiry)
        denials = self.denials(outcome, sender)
        return denials[0][1] if denials else None

    def failures(self, entry: QuoteEntry, sender: str = DESK) -> list[Denial]:
        """What speaks against a quote now, for a form; nothing is sent or counted."""
        closed = self.closed_because
        if closed is not None:
            return [Denial(closed, "account")]
        try:
            batch = self.batch_of([entry])
        except BadInput as error:
            return [Denial(Reason.MALFORMED, "price", error.field, error.rule)]
        code = int(self.gate.quote_codes(batch, sender)[0])
        return [self.gate.quote_denial(batch, 0, code, sender)] if code else []

    def denials(self, outcome: QuoteOutcome, sender: str = DESK) -> list[tuple[str, Denial]]:
        """Contract and refusal of every entry that did not leave."""
        universe = self._theoretical.universe
        found = []
        for place in np.flatnonzero(outcome.codes).tolist():
            number = int(outcome.batch.index[place])
            code = universe.contracts[number].code if 0 <= number < len(universe) else str(number)
            denial = self.gate.quote_denial(outcome.batch, place, int(outcome.codes[place]), sender)
            found.append((code, denial))
        return found

    def cancel(self, contract_code: str = "", underlying: str = "", *, sender: str = DESK) -> bool:
        """Take quotes out: of a contract, of an underlying, or all; at once, or as soon as the line is back.

        False when the line took nothing now. No check is asked, and a disk that fails does not hold it (F16, F56): this
        is the way out, also of an answer to an inquiry. What is given up by choice goes by `withdraw`.
        """
        return self.cancels.cancel(contract_code, underlying, sender)

    def cancel_numbers(self, numbers: Iterable[int], *, sender: str = DESK) -> int:
        """Take the quotes of some contracts out, live or under way, in as few messages as may be; gives their count.

        As `cancel` does: nothing holds it.
        """
        return self.cancels.cancel_numbers(list(numbers), sender)

    def withdraw(self, numbers: Iterable[int], *, sender: str = DESK) -> tuple[str, ...]:
        """Take the quotes of some contracts out by choice; gives those that stay, because they answer an inquiry."""
        return self.cancels.withdraw(list(numbers), sender)

    def cancel_sender(self, sender: str) -> int:
        """Take out everything that one sender quotes; gives the count of contracts."""
        return self.cancel_numbers([n for n, owner in enumerate(self._quotes.owners) if owner == sender], sender=sender)

    # ---- what the venue tells

    def on_report(self, report: QuoteReport, *, live: bool = True) -> None:
        """One step of one entry, in sequence. `live` is False when it comes from our own journal."""
        code, quote_id = report.contract_code, report.quote_id
        self._ids.heed(quote_id)
        if report.status is QuoteStatus.REFUSED:
            self.refused += live
        if report.status in (QuoteStatus.LIVE, QuoteStatus.REFUSED):
            sent_at = self._answers.answered(quote_id, code)
            if sent_at is not None and live:
                self._bus.publish(LatencyMeasured(None, (self._monotonic() - sent_at) * 1000))
        self._quotes.on_report(report)
        if live:
            self._bus.publish(OwnQuotesChanged((code,)))

    def on_order_report(self, report: OrderReport) -> None:
        """An execution may be of a side of a quote."""
        self._quotes.on_order_report(report)

    def on_refused(self, reason: Reason, detail: str) -> bool:
        """A command was refused as a whole; True when it was a quote message that we know."""
        codes = self._answers.refused(detail)
        if codes is None:
            return reason is Reason.UNKNOWN_QUOTE
        self.refused += len(codes)
        self._quotes.settle(detail, codes)
        return True

    def on_line_lost(self) -> None:
        """What has no answer may or may not lie in the book."""
        self.cancels.line_up = False
        self._dispatch.alarm_doubt(self._answers.doubt())

    def on_line_recovered(self, *, allowed: bool, as_orders: bool = False) -> int:
        """Every report up to now is here: what has none was never received. Gives how many entries that were.

        `as_orders`: orders are taken and quotes are not. After a start nobody minds the quotes that an earlier run
        left, so they are taken out (F04).
        """
        self._allowed, self._dispatch.as_orders = allowed or as_orders, as_orders and not allowed
        lost = 0
        for quote_id, codes in self._answers.end():
            lost += len(codes)
            self._quotes.settle(quote_id, codes)
        self._pairs.on_line_recovered()
        self.cancels.on_line_recovered(take_out_all=self._is_first_line and self._quotes.any_live)
        if self._is_first_line:
            for order in self._orders.working():
                if is_side(order.client_order_id):
                    self._send(CancelOrder(client_order_id=order.client_order_id))
        self._is_first_line = False
        return lost

    def ask_unanswered(self, older_than_seconds: float = OVERDUE_SECONDS) -> None:
        """Quotes sent so long ago without an answer on a good line are in doubt: their contracts are pulled."""
        overdue = self._answers.overdue(self._monotonic() - older_than_seconds)
        if overdue:
            self._dispatch.alarm_doubt(len(overdue))
            number_of = self._theoretical.universe.number_of
            self.cancel_numbers([number_of[code] for code in overdue if code in number_of])

    # ---- the day and recovery

    def start_day(self) -> None:
        """Forget the quotes of an earlier day."""
        self._answers.clear()
        self._quotes.start_day()
        self.cancels.start_day()
        self._pairs.start_day()
        self.refused = self.ahead = 0
        self.gate.start_day()

    @property
    def newest_number(self) -> int:
        """The newest number given to a message of quotes."""
        return self._ids.newest_number

    def heed_number(self, number: int) -> None:
        """A number that was given is not given again."""
        self._ids.heed_number(number)

    def restore_command(self, body: bytes) -> None:
        """Take a message from the journal as it was handed to the line. Raises JournalError for anything else."""
        try:
            command = wire.decode_command(body)
        except LinkError as error:
            raise JournalError(f"not a quote: {error}") from error
        if not isinstance(command, SubmitQuotes):
            raise JournalError(f"not a quote: {type(command).__name__}")
        self._ids.heed(command.quote_id)
        self.gate.restore_message()
        codes = [entry.contract_code for entry in command.entries]
        self._answers.sent(command.quote_id, codes, self._monotonic(), in_doubt=True)

    def restore_messages(self, newest: int, today: int, waiting: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Take messages whose records are not read again: newest number, count, and those without all answers."""
        self._ids.heed_number(newest)
        self.gate.restore_message(today)
        for quote_id, codes in waiting:
            self._answers.sent(quote_id, codes, self._monotonic(), in_doubt=True)

    def restore_report(self, report: QuoteReport) -> None:
        """Take a report from the journal."""
        self.on_report(report, live=False)

    # ---- inside

    def _submit_pairs(self, batch: QuoteBatch, sender: str) -> QuoteOutcome:
        """Quote by orders, as many contracts as messages are left for; the others have to wait."""
        most = int(min(self.gate.messages_left(sender) / PAIR_MESSAGES, len(batch)))
        codes = np.full(len(batch), CODE_OF[Reason.MESSAGES_SECOND], np.int8)
        codes[:most] = self.gate.quote_codes(batch.part(slice(most)), sender, most * PAIR_MESSAGES)
        passed = batch.take(np.flatnonzero(codes == 0))
        if not len(passed):
            return QuoteOutcome(batch, codes)
        ids = (self._dispatch.send_batch(passed, sender, 0),)
        # Its messages are counted as orders, when they leave
        self.gate.record_quotes(sender, 0, len(passed))
        return QuoteOutcome(batch, codes, ids, len(passed) * PAIR_MESSAGES)

    def _on_pair(self, report: QuoteReport) -> None:
        """A step of a quote that is a pair of orders."""
        if report.reason is Reason.QUOTE_REPLACED:
            # It waited for its turn when a newer one came: nobody refused it
            self._answers.answered(report.quote_id, report.contract_code)
            return
        self.on_report(report)
        if report.status is QuoteStatus.REFUSED:
            self._bus.publish(report)
