"""The desk (交易台): takes every event of the venue and hands it to the service it belongs to.

The line's life is here too: hello, recovery of what was missed, heartbeats. The order of `on_event` is the order of the
venue; what is numbered goes through `report_sequence.py` first.
"""

import logging
from collections.abc import Callable
from datetime import date

from terminal.domain.errors import shown
from terminal.domain.messages import (
    PROTOCOL,
    AccountReport,
    Answer,
    Capability,
    ClassOpened,
    ClockChanged,
    DayOpened,
    DeskSeen,
    Event,
    EventInjected,
    Hello,
    InquiryOpened,
    InquiryReport,
    InstructionReport,
    MarketDataBatch,
    Notice,
    NumberedReport,
    OrderReport,
    OrderUnknown,
    PhaseChanged,
    Ping,
    Pong,
    QueryKind,
    QuoteReport,
    Recovered,
    Refused,
    SetClock,
    StepReached,
    TradeBatch,
    Welcome,
)
from terminal.domain.ports import Gateway, Journal, LinkState, RecordKind
from terminal.domain.reasons import Reason
from terminal.rules.profile import Profile
from terminal.services.bus import Bus
from terminal.services.day_start import DayStart
from terminal.services.desk_day import DeskDay
from terminal.services.events import (
    AlarmKind,
    AlarmRaised,
    ClockUpdated,
    DayBegan,
    LatencyMeasured,
    LinkChanged,
    NoticeReceived,
    RecoveryFinished,
)
from terminal.services.instructions import InstructionService
from terminal.services.known_contracts import listed_body
from terminal.services.market_clock import MarketClock
from terminal.services.market_data import MarketData
from terminal.services.orders import OVERDUE_SECONDS, OrderService
from terminal.services.portfolio import Portfolio
from terminal.services.queries import QueryService
from terminal.services.quoting import QuoteService
from terminal.services.report_sequence import ReportSequence

logger = logging.getLogger(__name__)
#: Notices kept for the panel
NOTICE_LIMIT = 500


class Desk:
    """Everything of one desk between gateway and screen. Built by app.py, which knows every class."""

    def __init__(
        self,
        *,
        desk_id: str,
        account_id: str,
        gateway: Gateway,
        journal: Journal,
        bus: Bus,
        clock: MarketClock,
        market: MarketData,
        portfolio: Portfolio,
        orders: OrderService,
        instructions: InstructionService,
        quoting: QuoteService,
        monotonic: Callable[[], float],
    ) -> None:
        self.desk_id = desk_id
        self.account_id = account_id
        self.gateway = gateway
        self.bus = bus
        self.clock = clock
        self.market = market
        self.portfolio = portfolio
        self.orders = orders
        self.instructions = instructions
        self.quoting = quoting
        self.queries = QueryService(desk_id, gateway.send, portfolio)
        self.notices: list[Notice] = []
        self.venue: Welcome | None = None
        self.link = LinkState.DOWN
        self._sequence = ReportSequence(self._take, gateway.send, monotonic)
        self.monotonic = monotonic
        self._today = DeskDay(
            journal=journal,
            market=market,
            portfolio=portfolio,
            orders=orders,
            instructions=instructions,
            quoting=quoting,
            sequence=self._sequence,
            forget_notices=self.notices.clear,
        )
        self._pings: dict[int, float] = {}
        self._ping_number = 0
        self._replayed = 0
        self._handlers: dict[type, Callable[..., None]] = {
            MarketDataBatch: market.apply,
            TradeBatch: market.on_trades,
            PhaseChanged: market.on_phase,
            ClockChanged: self._on_clock,
            OrderReport: self._on_numbered,
            InstructionReport: self._on_numbered,
            QuoteReport: self._on_numbered,
            InquiryReport: self._on_numbered,
            InquiryOpened: self.bus.publish,
            Answer: self._on_answer,
            AccountReport: self._on_account,
            Notice: self._on_notice,
            Welcome: self._on_welcome,
            DayOpened: self._on_day,
            Recovered: self._on_recovered,
            OrderUnknown: orders.reports.on_unknown,
            Pong: self._on_pong,
            Refused: self._on_refused,
            ClassOpened: self.bus.publish,
            StepReached: self.bus.publish,
            EventInjected: self.bus.publish,
            DeskSeen: self.bus.publish,
        }

    async def start(self, begun: DayStart | None = None) -> None:
        """Bring back the day from the journal, from `begun` on where a picture gives it, then open the line."""
        self._today.restore(begun)
        await self.gateway.start(self)

    async def stop(self) -> None:
        """Refuse new orders and close the line. Working orders are cancelled or left by the caller before this."""
        self.orders.stop_accepting()
        await self.gateway.stop()

    @property
    def last_sequence(self) -> int:
        """The number of the newest report taken today."""
        return self._sequence.last

    @property
    def rules(self) -> Profile:
        """The rules this desk checks by."""
        return self.instructions.checks.profile

    def can(self, capability: Capability) -> bool:
        """Whether the venue does this; screens grey out what it cannot."""
        return self.venue is not None and capability in self.venue.capabilities

    # ---- the venue's side

    def on_event(self, event: Event) -> None:
        """Hand one event to the service it belongs to."""
        self._handlers[type(event)](event)

    def on_link(self, state: LinkState, detail: str) -> None:
        """The line changed."""
        was, self.link = self.link, state
        if state is LinkState.RECOVERING:
            self.gateway.send(
                Hello(
                    protocol=PROTOCOL,
                    desk_id=self.desk_id,
                    account_id=self.account_id,
                    book_id=self._today.book_id,
                    last_day=self._today.day,
                    last_sequence=self.last_sequence,
                )
            )
        elif state in (LinkState.DOWN, LinkState.CONNECTING) and was in (LinkState.UP, LinkState.RECOVERING):
            self.orders.on_line_lost()
            self.instructions.on_line_lost()
            self.quoting.on_line_lost()
            self.queries.on_line_lost()
            self._sequence.on_line_lost()
            self._pings.clear()
        if state is not was:
            self.bus.publish(LinkChanged(state, detail))

    # ---- what the screen asks for

    def ping(self) -> None:
        """Send a heartbeat, whose answer is published as LatencyMeasured, and ask for orders that got no answer."""
        if self.link is not LinkState.UP:
            return
        self.orders.ask_unanswered(OVERDUE_SECONDS)
        self.quoting.ask_unanswered(OVERDUE_SECONDS)
        self._ping_number += 1
        self._pings[self._ping_number] = self.monotonic()
        self.gateway.send(Ping(number=self._ping_number))

    def set_clock(self, *, speed: float | None = None, step_seconds: float | None = None) -> None:
        """Drive the simulated venue's clock."""
        self.gateway.send(SetClock(speed=speed, step_seconds=step_seconds))

    # ---- inside

    def _on_welcome(self, message: Welcome) -> None:
        if message.protocol != PROTOCOL:
            # Without a venue nothing can be sent (F113)
            self.venue = None
            detail = f"protocol {message.protocol}, this desk speaks {PROTOCOL}: start both from the same version"
            self._venue_refused(Reason.NOT_SUPPORTED, detail)
            return
        self.venue = message
        self.orders.account_id = message.account_id
        self.instructions.set_capabilities(message.capabilities)
        today = self._today
        if today.book_id != message.book_id:
            # Orders of another venue's book stay in the journal, but are not this venue's
            today.book_id = message.book_id
            self._begin_day(message.trading_day)
            self.orders.note_day(RecordKind.BOOK, message.trading_day, message.book_id.encode())
        elif today.day != message.trading_day:
            self._begin_day(message.trading_day)

    def _on_day(self, message: DayOpened) -> None:
        if self._today.day != message.trading_day:
            self._begin_day(message.trading_day)
        changed = self.market.known_contracts.take(message.contracts)
        if changed:
            self.orders.note_day(RecordKind.LISTED, message.trading_day, listed_body(changed))
        self.market.open_day(message)

    def _begin_day(self, day: date) -> None:
        """Begin another day, or another book's, and tell so."""
        self._today.begin(day)
        self.bus.publish(DayBegan(day))

    def _on_numbered(self, report: NumberedReport) -> None:
        if report.sequence <= self.last_sequence:
            if isinstance(report, OrderReport):
                # An answer to a query, or a duplicate: the service tells them apart
                self.orders.reports.on_report(report)
            return
        if self._sequence.on_report(report):
            self._finish_recovery()

    def _take(self, report: NumberedReport) -> None:
        if self.link is LinkState.RECOVERING:
            self._replayed += 1
        if isinstance(report, OrderReport):
            self.quoting.on_order_report(report)
            self.orders.reports.on_report(report)
        else:
            self.orders.remember(report)
            if isinstance(report, QuoteReport):
                self.quoting.on_report(report)
                self.orders.reports.on_quote_report(report)
            if isinstance(report, InstructionReport):
                self.portfolio.on_instruction(report)
                self.instructions.on_report(report)
        self.bus.publish(report)

    def _on_account(self, report: AccountReport) -> None:
        if report.sequence <= self.last_sequence:
            known = self.portfolio.profile
            self.portfolio.on_account(report)
            if self.link is LinkState.UP and self.portfolio.profile != known and self.can(Capability.QUERIES):
                # Other rights, other limits
                self.queries.ask(QueryKind.LIMITS)
        elif self.link is LinkState.UP or self._sequence.is_recovering:
            # A picture beyond the last report we have: the newest report was lost
            self._sequence.ask_for_gap()

    def _on_answer(self, answer: Answer) -> None:
        self.instructions.on_answer(answer)
        self.queries.on_answer(answer)
        self.bus.publish(answer)

    def _on_clock(self, message: ClockChanged) -> None:
        self.clock.set(message)
        self.bus.publish(ClockUpdated())

    def _on_notice(self, notice: Notice) -> None:
        # Compared whole: a venue that came back numbers what it posts now like what it had posted before
        if notice in self.notices:
            return
        self.notices.append(notice)
        del self.notices[:-NOTICE_LIMIT]
        self.bus.publish(NoticeReceived(notice))

    def _on_recovered(self, message: Recovered) -> None:
        if self._sequence.on_recovered(message.last_sequence):
            self._finish_recovery()

    def _finish_recovery(self) -> None:
        self.link = LinkState.UP
        in_doubt = self.orders.on_line_recovered(allowed=self.can(Capability.ORDERS))
        in_doubt += self.instructions.on_line_recovered()
        # An account that is no maker's may not quote, whatever the venue offers
        may_quote = self.can(Capability.QUOTES) and self.portfolio.profile.rights.kind.is_market_maker
        in_doubt += self.quoting.on_line_recovered(allowed=may_quote, as_orders=self.can(Capability.ORDERS))
        if self.can(Capability.QUERIES):
            self.queries.ask(QueryKind.LIMITS)
        self.bus.publish(LinkChanged(LinkState.UP, "recovered"))
        self.bus.publish(
            RecoveryFinished(
                orders=sum(1 for _ in self.orders.orders),
                fills=len(self.portfolio.fills),
                working=len(self.orders.working()),
                in_doubt=in_doubt,
                replayed=self._replayed,
                instructions=sum(1 for _ in self.instructions.entries),
            )
        )
        self._replayed = 0

    def _on_pong(self, message: Pong) -> None:
        sent = self._pings.pop(message.number, None)
        if sent is not None:
            self.bus.publish(LatencyMeasured((self.monotonic() - sent) * 1000, None))

    def _on_refused(self, message: Refused) -> None:
        logger.info("venue refused a command: %s %s", message.reason, shown(message.detail))
        if self.quoting.on_refused(message.reason, message.detail) and message.reason is Reason.UNKNOWN_QUOTE:
            # Nothing was left to be taken out: a cancel that came too late, or one to be on the safe side
            return
        self._venue_refused(message.reason, message.detail)
        if self.link is LinkState.UP:
            # A refusal names no order: whichever it was gets no report
            self.orders.ask_unanswered()

    def _venue_refused(self, reason: Reason, detail: str) -> None:
        self.bus.publish(AlarmRaised(AlarmKind.VENUE_REFUSED, self.clock.now(), (reason, detail)))
