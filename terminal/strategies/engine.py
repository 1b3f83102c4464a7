"""The engine (策略引擎): starts strategies, calls them when something happens that concerns them, and stops them.

None starts without a limit sheet. One that does what `conduct.py` does not let pass is stopped: nothing of it leaves
any more, its quotes and orders are taken out, a person starts it again by name. What runs in a process of its own
(`strategies.plug_ins`) says itself that it failed.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import InquiryOpened, QuoteReport
from terminal.domain.orders import OrderStatus, Side
from terminal.domain.ports import RecordKind
from terminal.domain.quotes import QuoteStatus
from terminal.domain.reasons import Denial, Reason
from terminal.rules.protection.limit_sheet import NOTHING, LimitSheet
from terminal.services.bus import Bus
from terminal.services.events import (
    AccountChanged,
    AlarmKind,
    AlarmRaised,
    DayChanged,
    FillBooked,
    InstructionChanged,
    OrderChanged,
    OwnQuotesChanged,
    ProtectionChanged,
    QuotesChanged,
    StrategyChanged,
    TradesPrinted,
)
from terminal.services.gate import DESK, Gate
from terminal.services.market_data import MarketData
from terminal.services.orders import OrderService
from terminal.services.quoting import QuoteService
from terminal.services.share_trades import ShareTrades
from terminal.services.theoretical import Theoretical
from terminal.strategies.asks import LiveAsk, ShadowAsk, ShadowReport, Spawn
from terminal.strategies.calls import CallWatch
from terminal.strategies.conduct import CALL_SECONDS, Conduct
from terminal.strategies.detached import Detached
from terminal.strategies.engine_notes import changes, note
from terminal.strategies.entry import StrategyEntry, StrategyState
from terminal.strategies.protocol import Strategy
from terminal.strategies.view import DeskView

#: How often volatilities are taken from the valuation, seconds
SETTLE_SECONDS = 0.25
#: Takes what is to be done once everything that has arrived is dealt with
WhenIdle = Callable[[Callable[[], None]], object]


class StrategyEngine:
    """All strategies of one desk.

    `now` is market time, `monotonic` and `clock` seconds; `clock` measures calls. `when_idle` calls back as soon as the
    loop has nothing older to do; without it nothing is prepared ahead of a tick.
    """

    def __init__(
        self,
        *,
        market: MarketData,
        theoretical: Theoretical,
        quoting: QuoteService,
        orders: OrderService,
        view: DeskView,
        bus: Bus,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        clock: Callable[[], float],
        spawn: Spawn,
        call_seconds: float = CALL_SECONDS,
        watch: CallWatch | None = None,
        shares: ShareTrades | None = None,
        when_idle: WhenIdle | None = None,
    ) -> None:
        self._market = market
        self._theoretical = theoretical
        self._quoting = quoting
        self._orders = orders
        self._gate: Gate = quoting.gate
        self.view = view
        self._bus = bus
        self._now = now
        self._monotonic = monotonic
        self._conduct = Conduct(view, monotonic, clock, self._fault, call_seconds, watch)
        self._call = self._conduct.call
        self._spawn = spawn
        self._shares = shares
        self._when_idle = when_idle
        self._will_prepare = False
        self._entries: dict[str, StrategyEntry] = {}
        self._settled_at: dict[str, float] = {}
        self._by_row: dict[int, tuple[StrategyEntry, ...]] = {}
        bus.subscribe(QuotesChanged, self._on_quotes)
        bus.subscribe(OwnQuotesChanged, self._on_ground_changed)
        bus.subscribe(AccountChanged, self._on_ground_changed)
        bus.subscribe(ProtectionChanged, self._on_ground_changed)
        bus.subscribe(FillBooked, self._on_fill)
        bus.subscribe(OrderChanged, self._on_order)
        bus.subscribe(TradesPrinted, self._on_trades)
        bus.subscribe(InquiryOpened, self._on_inquiry)
        bus.subscribe(QuoteReport, self._on_quote_report)
        bus.subscribe(DayChanged, self._on_day)
        bus.subscribe(InstructionChanged, self._on_instruction)

    # ---- what a person asks for

    @property
    def entries(self) -> Iterable[StrategyEntry]:
        """All strategies, in the order they were added."""
        return self._entries.values()

    def entry(self, name: str) -> StrategyEntry | None:
        """One strategy by its name."""
        return self._entries.get(name)

    def add(self, strategy: Strategy, sheet: LimitSheet | None = None) -> None:
        """Take a strategy in, stopped. One of the same name must have been stopped; it is replaced."""
        name = strategy.name
        if name == DESK:
            raise ValueError(f"{DESK} is the desk itself")
        known = self._entries.get(name)
        if known is not None and known.is_active:
            raise ValueError(f"{name} is running")
        self._entries[name] = StrategyEntry(strategy)
        if sheet is not None:
            self._gate.set_sheet(name, sheet)
        self._gate.stop_sender(name)
        self._changed(name)

    def remove(self, name: str, by: str) -> None:
        """Stop a strategy and forget it and its sheet."""
        self.stop(name, "removed", by)
        if self._entries.pop(name, None) is not None:
            self._gate.set_sheet(name, None)
            self._changed(name)

    def set_sheet(self, name: str, sheet: LimitSheet, by: str = "") -> None:
        """Put another limit sheet in force at once."""
        before = self._gate.sheet(name)
        self._gate.set_sheet(name, sheet)
        self._note(name, "limits", by, changed=changes(before, sheet))
        self._changed(name)

    def set_parameters(self, name: str, parameters: Any, by: str = "") -> None:
        """Put other parameters in force at once, running or not; who did it and what changed is written down."""
        entry = self._entries[name]
        self._note(name, "parameters", by, changed=changes(entry.strategy.parameters, parameters))
        self._call(entry, entry.strategy.on_parameters, parameters)
        self._route()
        self._changed(name)

    def start(self, name: str, by: str, *, shadow: bool = False) -> Denial | None:
        """Start a strategy, or say why not: it has no limit sheet, or one that allows nothing."""
        entry = self._entries.get(name)
        if entry is None:
            return Denial(Reason.STRATEGY_STOPPED, "account", name)
        if (self._gate.sheet(name) or NOTHING) == NOTHING:
            return Denial(Reason.NO_LIMIT_SHEET, "account", name)
        if entry.is_active:
            return None
        entry.state = StrategyState.SHADOW if shadow else StrategyState.RUNNING
        entry.cause, entry.by, entry.at = "", by, self._now()
        entry.nonsense.clear()
        entry.rejects.clear()

        def nonsense(what: str) -> None:
            self._conduct.nonsense(entry, what)

        def runaway(what: str) -> None:
            self._fault(entry, what)

        if shadow:
            entry.ask = ShadowAsk(name, self._gate, self.view, nonsense)
        else:
            entry.ask = LiveAsk(name, self._quoting, self._orders, self._spawn, nonsense, runaway, self._shares)
        self._gate.let_go(name)
        if isinstance(entry.strategy, Detached):
            entry.strategy.attach(runaway, self._route)
        self._note(name, str(entry.state), by)
        self._route()
        for underlying in entry.strategy.underlyings:
            self._settle(underlying)
        self._call(entry, entry.strategy.on_start, self.view, entry.ask)
        self._changed(name)
        return None

    def stop(self, name: str, cause: str, by: str) -> None:
        """Stop a strategy and take out what it has in the market."""
        entry = self._entries.get(name)
        if entry is not None and entry.is_active:
            self._end(entry, StrategyState.STOPPED, cause, by)

    def stop_all(self, cause: str, by: str) -> None:
        """Stop every strategy."""
        for name in list(self._entries):
            self.stop(name, cause, by)

    def shadow_report(self, name: str) -> ShadowReport | None:
        """What a strategy in shadow mode would have done; None for one that is not, or was not, in it."""
        entry = self._entries.get(name)
        return entry.ask.report if entry is not None and isinstance(entry.ask, ShadowAsk) else None

    def on_timer(self) -> None:
        """Let time pass; called some twenty times a second by whoever owns the loop."""
        now = self._monotonic()
        active = [entry for entry in self._entries.values() if entry.is_active]
        for underlying in dict.fromkeys(u for entry in active for u in entry.strategy.underlyings):
            if now - self._settled_at.get(underlying, -SETTLE_SECONDS) >= SETTLE_SECONDS:
                self._settle(underlying)
        for entry in active:
            if entry.is_active and entry.ask is not None:
                self._call(entry, entry.strategy.on_timer, self.view, entry.ask)
        self._prepare_soon()

    # ---- what happens

    def _on_quotes(self, event: QuotesChanged) -> None:
        by_row = self._by_row
        if not by_row:
            return
        rows = event.rows.tolist()
        for row, entries in by_row.items():
            if row in rows:
                code = self._market.underlyings[row].code
                if (spot := self._theoretical.moved_to(code)) is not None:
                    self._ahead(code, spot, entries)
                    self._theoretical.reprice(code)
                elif not self._theoretical.is_settled(code):
                    self._settle(code)
                elif not self._theoretical.reprice(code):
                    continue
                for entry in entries:
                    if entry.is_active and entry.ask is not None:
                        self._call(entry, entry.strategy.on_tick, code, self.view, entry.ask)
        self._prepare_soon()

    def _ahead(self, underlying: str, spot: float, entries: Iterable[StrategyEntry]) -> None:
        """Let what cannot wait go before everything is priced anew."""
        for entry in entries:
            strategy = entry.strategy
            if isinstance(entry.ask, LiveAsk) and entry.is_active and type(strategy).on_move is not Strategy.on_move:
                self._call(entry, strategy.on_move, underlying, spot, self.view, entry.ask)

    def _on_ground_changed(self, event: OwnQuotesChanged | AccountChanged | ProtectionChanged) -> None:
        """What strategies have worked out ahead stands on this."""
        self._prepare_soon()

    def _prepare_soon(self) -> None:
        if self._when_idle is not None and not self._will_prepare and self._by_row:
            self._will_prepare = True
            self._when_idle(self._prepare)

    def _prepare(self) -> None:
        self._will_prepare = False
        for entry in self._entries.values():
            strategy = entry.strategy
            if isinstance(entry.ask, LiveAsk) and entry.is_active and type(strategy).prepare is not Strategy.prepare:
                self._call(entry, strategy.prepare, self.view, entry.ask)

    def _on_fill(self, event: FillBooked) -> None:
        fill = event.fill
        sender = self._orders.sender(fill.client_order_id)
        if sender == DESK:
            sender = self._quoting.sender_of_side(fill.client_order_id) or DESK
        entry = self._entries.get(sender)
        if entry is None:
            return
        entry.fills += 1
        if self._gate.on_fill(sender):
            self._fault(entry, "executions repeat too fast")
        elif entry.is_active and entry.ask is not None:
            self._call(entry, entry.strategy.on_fill, fill, self.view, entry.ask)

    def _on_order(self, event: OrderChanged) -> None:
        order = event.order
        self._prepare_soon()
        entry = self._entries.get(self._orders.sender(order.client_order_id))
        if entry is None or not entry.is_active or entry.ask is None:
            return
        if order.status in (OrderStatus.REJECTED, OrderStatus.DENIED) and order.reason is not None:
            self._conduct.refused(entry, order.reason)
        if entry.is_active:
            self._call(entry, entry.strategy.on_order, order, self.view, entry.ask)

    def _on_instruction(self, event: InstructionChanged) -> None:
        """What became of shares that a strategy traded; its next look sees what they made of the delta."""
        outcome = None if self._shares is None else self._shares.outcome(event.instruction_id)
        if outcome is None:
            return
        (sender, told), command = outcome, outcome[1].command
        entry = self._entries.get(sender)
        if entry is None:
            return
        if told.reason is None:
            entry.fills += 1
            if self._gate.on_fill(sender):
                self._fault(entry, "executions repeat too fast")
            return
        if isinstance(entry.ask, LiveAsk):
            shares = command.quantity if command.kind is InstructionKind.BUY_SHARES else -command.quantity
            entry.ask.shares_refused(command.underlying, shares, Denial(told.reason, given=told.reason_detail))
        if entry.is_active:
            self._conduct.refused(entry, told.reason)

    def _on_quote_report(self, report: QuoteReport) -> None:
        if report.status is not QuoteStatus.REFUSED or report.reason is None:
            return
        entry = self._entries.get(self._quoting.owner(report.contract_code))
        if entry is not None and entry.is_active:
            self._conduct.refused(entry, report.reason)

    def _on_inquiry(self, inquiry: InquiryOpened) -> None:
        for entry in list(self._entries.values()):
            if entry.is_active and entry.ask is not None:
                self._call(entry, entry.strategy.on_inquiry, inquiry, self.view, entry.ask)

    def _on_trades(self, event: TradesPrinted) -> None:
        shadows = [entry.ask for entry in self._entries.values() if isinstance(entry.ask, ShadowAsk)]
        first = self.view.universe.first
        for ask in shadows:
            for trade in event.trades:
                if trade.instrument >= first:
                    aggressor = Side(trade.aggressor) if trade.aggressor in ("B", "S") else None
                    ask.on_trade(trade.instrument - first, trade.price, trade.quantity, aggressor)

    def _on_day(self, event: DayChanged) -> None:
        self._settled_at.clear()
        self._route()

    # ---- inside

    def _settle(self, underlying: str) -> None:
        self._settled_at[underlying] = self._monotonic()
        self._theoretical.settle(underlying)

    def _route(self) -> None:
        """Which strategies a tick of which row concerns."""
        by_row: dict[int, list[StrategyEntry]] = {}
        for entry in self._entries.values():
            for underlying in entry.strategy.underlyings if entry.is_active else ():
                row = self._market.row_of.get(underlying)
                if row is not None:
                    by_row.setdefault(row, []).append(entry)
        self._by_row = {row: tuple(entries) for row, entries in by_row.items()}

    def _fault(self, entry: StrategyEntry, cause: str) -> None:
        if entry.is_active:
            self._end(entry, StrategyState.FAULTED, cause, "engine")
            figures = (entry.strategy.name, cause)
            self._bus.publish(AlarmRaised(AlarmKind.STRATEGY_STOPPED, self._now(), figures))

    def _end(self, entry: StrategyEntry, state: StrategyState, cause: str, by: str) -> None:
        name, was = entry.strategy.name, entry.state
        entry.state, entry.cause, entry.by, entry.at = state, cause, by, self._now()
        self._gate.stop_sender(name)
        if isinstance(entry.strategy, Detached):
            entry.strategy.detach()
        self._note(name, str(state), by, cause=cause)
        self._route()
        if was is StrategyState.RUNNING:
            self._quoting.cancel_sender(name)
            for order in self._orders.working():
                if self._orders.sender(order.client_order_id) == name:
                    with suppress(RuntimeError):
                        # Without a loop the program is ending, and its end cancels everything
                        self._spawn(self._orders.cancel(order.client_order_id))
        self._changed(name)

    def _note(self, name: str, what: str, by: str, **more: object) -> None:
        self._orders.write(RecordKind.NOTE, self._now(), note(name, what, by, **more))

    def _changed(self, name: str) -> None:
        self._bus.publish(StrategyChanged(name))
