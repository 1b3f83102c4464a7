"""Our own two-sided quotes (我的报价) as the venue acknowledged them, contract by contract.

A quote enters when it is sent, is accepted or refused, trades, and ends; every step but the first is the venue's word.
Single orders that rest on both sides of a contract quote it too: `levels` has everything of ours that lies in the book.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from terminal.domain.messages import NumberedReport, OrderReport, QuoteReport, SubmitQuotes
from terminal.domain.orders import ExecType, Side
from terminal.domain.ports import LinkState
from terminal.domain.quotes import QuoteStatus
from terminal.domain.reasons import Reason
from terminal.rules.obligations.inquiries import AnswerEnd
from terminal.rules.obligations.spread import units
from terminal.services.bus import Bus
from terminal.services.events import DayBegan, LinkChanged, OwnQuoteChanged

Levels = list[tuple[int, int]]
"""Price in 0.0001 yuan and quantity, best first"""


class OwnQuoteState(StrEnum):
    """Where our newest quote of a contract stands."""

    ENTERING = "entering"
    """Sent and not answered"""
    LIVE = "live"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class OwnQuote:
    """Our quote of one contract; quantities are what is left. A side that is gone has quantity 0."""

    contract_code: str
    quote_id: str
    state: OwnQuoteState
    bid_price: Decimal
    bid_quantity: int
    ask_price: Decimal
    ask_quantity: int
    at: datetime
    """When it came into this state"""
    inquiry: int = 0
    status: QuoteStatus | None = None
    """The venue's newest word; None before there is one"""
    reason: Reason | None = None


@dataclass(slots=True)
class OwnBook:
    """What of ours lies in one book."""

    report: QuoteReport | None = None
    bid_quantity: int = 0
    ask_quantity: int = 0
    orders: dict[str, tuple[Side, int, int]] | None = None
    """Side, price and what is left of single orders"""
    ended: QuoteReport | None = None
    entering: OwnQuote | None = None


class OwnQuotesPicture(msgspec.Struct, frozen=True, kw_only=True):
    """All that the venue's reports of a day told."""

    day: date | None
    sequence: int
    books: dict[str, OwnBook]


_ENDS = {
    Reason.CANCELLED_BY_USER: AnswerEnd.CANCELLED,
    Reason.CANCELLED_ON_DISCONNECT: AnswerEnd.DISCONNECTED,
    None: AnswerEnd.CANCELLED,
}
_NOTHING = (0, 0, 0, 0, "")
_LEAVES = (ExecType.ACKNOWLEDGED, ExecType.RESTATED, ExecType.TRADE)
_GONE = (ExecType.CANCELLED, ExecType.REJECTED)


class OwnQuotes:
    """Keeps what the venue's reports tell; without a bus it tells nobody, as when a past day is played again."""

    def __init__(self, bus: Bus | None = None) -> None:
        self._bus = bus
        self._contracts: dict[str, OwnBook] = {}
        self._day: date | None = None
        self._sequence = 0
        self.in_doubt = False
        if bus is not None:
            bus.subscribe(QuoteReport, self._on_report)
            bus.subscribe(OrderReport, self._on_report)
            bus.subscribe(DayBegan, lambda event: self.clear())
            bus.subscribe(LinkChanged, self._on_link)

    def live(self, contract_code: str) -> OwnQuote | None:
        """Our quote in the book of a contract."""
        known = self._contracts.get(contract_code)
        if known is None or known.report is None:
            return None
        return _quote(known.report, OwnQuoteState.LIVE, known.bid_quantity, known.ask_quantity)

    def newest(self, contract_code: str) -> OwnQuote | None:
        """Our newest quote of a contract, entering and ended ones included."""
        known = self._contracts.get(contract_code)
        if known is None:
            return None
        if known.entering is not None or known.report is not None:
            return known.entering or self.live(contract_code)
        ended = known.ended
        return None if ended is None else _quote(ended, OwnQuoteState.ENDED, ended.bid_quantity, ended.ask_quantity)

    def levels(self, contract_code: str) -> tuple[Levels, Levels]:
        """All of ours in a contract's book, quotes and single orders, bids and asks, best first."""
        known = self._contracts.get(contract_code)
        bids: Levels = []
        asks: Levels = []
        if known is None:
            return bids, asks
        report = known.report
        if report is not None:
            if known.bid_quantity:
                bids.append((units(report.bid_price), known.bid_quantity))
            if known.ask_quantity:
                asks.append((units(report.ask_price), known.ask_quantity))
        if known.orders:
            for side, price, quantity in known.orders.values():
                (bids if side is Side.BUY else asks).append((price, quantity))
            bids.sort(key=lambda level: -level[0])
            asks.sort()
        return bids, asks

    def quoted(self, contract_code: str) -> tuple[int, int, int, int, str] | None:
        """What `levels` and `quote_id` say where a quote and no single order lies in a book, in one step.

        Bid, its size, ask and its size, prices in 0.0001 yuan, zeros where nothing lies there, and the quote's name.
        None where single orders lie there.
        """
        known = self._contracts.get(contract_code)
        if known is None:
            return _NOTHING
        if known.orders:
            return None
        report, bid_quantity, ask_quantity = known.report, known.bid_quantity, known.ask_quantity
        if report is None:
            return _NOTHING
        bid = units(report.bid_price) if bid_quantity else 0
        ask = units(report.ask_price) if ask_quantity else 0
        return bid, bid_quantity, ask, ask_quantity, report.quote_id

    def quote_id(self, contract_code: str) -> str:
        """What to name as evidence: the live quote, else the newest of the orders that stand for one."""
        known = self._contracts.get(contract_code)
        if known is None:
            return ""
        if known.report is not None:
            return known.report.quote_id
        return next(reversed(known.orders), "") if known.orders else ""

    def codes(self) -> list[str]:
        """Contracts in which anything of ours lies."""
        return [code for code, known in self._contracts.items() if known.report is not None or known.orders]

    def note_entering(self, command: SubmitQuotes, at: datetime) -> None:
        """Quotes were sent: until the venue answers they are entering, and what was live stays so."""
        for entry in command.entries:
            self._of(entry.contract_code).entering = OwnQuote(
                contract_code=entry.contract_code,
                quote_id=command.quote_id,
                state=OwnQuoteState.ENTERING,
                bid_price=entry.bid_price,
                bid_quantity=entry.bid_quantity,
                ask_price=entry.ask_price,
                ask_quantity=entry.ask_quantity,
                at=at,
                inquiry=command.inquiry,
            )
            if self._bus is not None:
                self._bus.publish(OwnQuoteChanged(entry.contract_code, at, in_book=False))

    def clear(self) -> None:
        """Forget everything: another day, or another venue's book."""
        self._contracts.clear()
        self._day, self._sequence = None, 0

    def apply(self, report: NumberedReport) -> OwnQuoteChanged | None:
        """Take one report in its order; None where nothing of ours went a step by it, or it was taken before."""
        if self._day != report.trading_day:
            self.clear()
            self._day = report.trading_day
        if report.sequence <= self._sequence:
            return None
        self._sequence = report.sequence
        if isinstance(report, QuoteReport):
            return self._quoted(report)
        return self._ordered(report) if isinstance(report, OrderReport) else None

    def picture(self) -> OwnQuotesPicture:
        """Everything as it stands; the books are our own."""
        return OwnQuotesPicture(day=self._day, sequence=self._sequence, books=self._contracts)

    def go_on_from(self, picture: OwnQuotesPicture) -> None:
        """Take over what reports had told before."""
        self._day, self._sequence, self._contracts = picture.day, picture.sequence, dict(picture.books)

    # ---- inside

    def _on_report(self, report: QuoteReport | OrderReport) -> None:
        step = self.apply(report)
        if step is not None and self._bus is not None:
            self._bus.publish(step)

    def _on_link(self, event: LinkChanged) -> None:
        self.in_doubt = event.state is not LinkState.UP

    def _of(self, code: str) -> OwnBook:
        known = self._contracts.get(code)
        if known is None:
            known = self._contracts[code] = OwnBook()
        return known

    def _quoted(self, report: QuoteReport) -> OwnQuoteChanged | None:
        code, status = report.contract_code, report.status
        # Once for each of a maker's quotes: looked up here rather than by a call
        known = self._contracts.get(code) or self._of(code)
        entering, live = known.entering, known.report
        if entering is not None and entering.quote_id == report.quote_id:
            known.entering = None
        if status is QuoteStatus.LIVE:
            known.report, known.ended = report, None
            known.bid_quantity, known.ask_quantity = report.bid_quantity, report.ask_quantity
            return OwnQuoteChanged(code, report.at)
        if status is QuoteStatus.REFUSED:
            # What was live before it stays
            known.ended = report if live is None else None
            return OwnQuoteChanged(code, report.at, False)
        if live is None or live.quote_id != report.quote_id:
            return None
        known.report, known.ended = None, report
        known.bid_quantity = known.ask_quantity = 0
        if status is QuoteStatus.REPLACED:
            return OwnQuoteChanged(code, report.at)
        end = AnswerEnd.FILLED if status is QuoteStatus.FILLED else _ENDS.get(report.reason, AnswerEnd.VENUE)
        return OwnQuoteChanged(code, report.at, end=end)

    def _ordered(self, report: OrderReport) -> OwnQuoteChanged | None:
        code, known = report.contract_code, self._of(report.contract_code)
        filled = report.exec_type is ExecType.TRADE
        left = report.quantity - report.filled_quantity
        quote = known.report
        if quote is not None and report.client_order_id in (quote.bid_order, quote.ask_order):
            if not filled:
                return None
            if report.client_order_id == quote.bid_order:
                known.bid_quantity = left
            else:
                known.ask_quantity = left
            return OwnQuoteChanged(code, report.at, filled=True, end=AnswerEnd.FILLED)
        orders = known.orders if known.orders is not None else {}
        if report.exec_type in _LEAVES and left > 0 and report.price is not None:
            orders[report.client_order_id] = (report.instruction.side, units(report.price), left)
        elif report.exec_type in _GONE or (filled and left <= 0):
            if orders.pop(report.client_order_id, None) is None:
                return None
        else:
            return None
        known.orders = orders
        end = AnswerEnd.FILLED if filled else _ENDS.get(report.reason, AnswerEnd.VENUE)
        return OwnQuoteChanged(code, report.at, filled=filled, end=end)


def _quote(report: QuoteReport, state: OwnQuoteState, bid_quantity: int, ask_quantity: int) -> OwnQuote:
    return OwnQuote(
        contract_code=report.contract_code,
        quote_id=report.quote_id,
        state=state,
        bid_price=report.bid_price,
        bid_quantity=bid_quantity,
        ask_price=report.ask_price,
        ask_quantity=ask_quantity,
        at=report.at,
        inquiry=report.inquiry,
        status=report.status,
        reason=report.reason,
    )
