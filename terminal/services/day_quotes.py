"""Own quotes of one day (当日报价): what lies in the books, who sent it, and what has traded of its sides."""

from collections.abc import Iterable

from terminal.domain.messages import OrderReport, QuoteReport
from terminal.domain.orders import ExecType
from terminal.domain.quotes import QuoteStatus
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.services.bus import Bus
from terminal.services.events import DayChanged, OwnQuotesChanged
from terminal.services.quote_board import LiveQuote, QuoteBoard
from terminal.services.theoretical import Theoretical

#: Quote messages whose sender is remembered; a fill of an older one was told long ago
_SENDERS_KEPT = 10_000


class DayQuotes:
    """Quotes of one account by contract, laid out as arrays for the list of the day."""

    def __init__(self, theoretical: Theoretical, bus: Bus) -> None:
        self._theoretical = theoretical
        self._bus = bus
        self._live: dict[str, QuoteReport] = {}
        """Newest LIVE report of each contract that has a quote in the book"""
        self._filled: dict[str, int] = {}
        """Traded so far, of sides of these"""
        self.owners: list[str] = []
        """Who sent the newest quote, by contract number; empty for nobody"""
        self._senders: dict[str, str] = {}
        """By quote id; the newest are kept"""
        self.codes: tuple[str, ...] = ()
        """Contract codes by number"""
        self._lay_out()
        bus.subscribe(DayChanged, self._on_day)

    @property
    def any_live(self) -> bool:
        """Whether a quote lies in a book."""
        return bool(self._live)

    def live(self, contract_code: str) -> LiveQuote | None:
        """What lies in the book of a contract."""
        number = self._theoretical.universe.number_of.get(contract_code)
        return None if number is None else self.board.live[number]

    def owner(self, contract_code: str) -> str:
        """Who sent the newest quote of a contract; empty for nobody."""
        number = self._theoretical.universe.number_of.get(contract_code)
        return "" if number is None else self.owners[number]

    def sender_of_side(self, order_id: str) -> str:
        """Who sent the quote that an order is a side of; empty for what is no side of a quote of this desk's run."""
        return self._senders.get(order_id.rpartition("-")[0].rpartition("-")[0], "")

    def on_sent(self, quote_id: str, batch: QuoteBatch, sender: str) -> None:
        """A message of quotes has left."""
        self.board.on_sent(quote_id, batch)
        self._senders[quote_id] = sender
        if len(self._senders) > _SENDERS_KEPT:
            del self._senders[next(iter(self._senders))]
        owners = self.owners
        for number in batch.index.tolist():
            owners[number] = sender

    def on_report(self, report: QuoteReport) -> None:
        """One step of one entry, in sequence."""
        code = report.contract_code
        known = self._live.get(code)
        if report.status is QuoteStatus.LIVE:
            if known is not None:
                self._forget_fills(known)
            self._live[code] = report
        elif known is not None and known.quote_id == report.quote_id:
            self._forget_fills(self._live.pop(code))
        number = self._theoretical.universe.number_of.get(code)
        if number is not None:
            self.board.on_report(number, report)

    def on_order_report(self, report: OrderReport) -> None:
        """An execution may be of a side of a quote."""
        if report.exec_type is not ExecType.TRADE:
            return
        side = self._live.get(report.contract_code)
        if side is not None and report.client_order_id in (side.bid_order, side.ask_order):
            self.on_filled(report.client_order_id, report.filled_quantity)
            self._bus.publish(OwnQuotesChanged((report.contract_code,)))

    def on_filled(self, order_id: str, filled_quantity: int) -> None:
        """A side has traded so much so far."""
        self._filled[order_id] = filled_quantity
        self.board.on_fill(order_id, filled_quantity)

    def settle(self, quote_id: str, codes: Iterable[str]) -> None:
        """Nothing of a message is under way any more: it never arrived, or was refused as a whole."""
        number_of, touched = self._theoretical.universe.number_of, []
        for code in codes:
            number = number_of.get(code)
            if number is not None and self.board.newest[number] == quote_id:
                self.board.settle(number)
                touched.append(code)
        if touched:
            self._bus.publish(OwnQuotesChanged(tuple(touched)))

    def start_day(self) -> None:
        """Forget the quotes of an earlier day."""
        self._live.clear()
        self._filled.clear()
        self.codes = ()
        self._lay_out()

    # ---- inside

    def _forget_fills(self, report: QuoteReport) -> None:
        self._filled.pop(report.bid_order, None)
        self._filled.pop(report.ask_order, None)

    def _on_day(self, event: DayChanged) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        """Begin the arrays of a list anew, with what is known to live; the same list again changes nothing."""
        universe = self._theoretical.universe
        codes = tuple(contract.code for contract in universe.contracts)
        if codes == self.codes and codes:
            return
        self.codes = codes
        self.board = QuoteBoard(len(codes))
        self.owners = [""] * len(codes)
        for code, report in self._live.items():
            number = universe.number_of.get(code)
            if number is not None:
                self.board.on_report(number, report)
                for order_id in (report.bid_order, report.ask_order):
                    if order_id in self._filled:
                        self.board.on_fill(order_id, self._filled[order_id])
