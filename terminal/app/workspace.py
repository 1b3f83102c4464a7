"""The panels of the window and what joins them: who is told when a contract, a price or a position is chosen."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from terminal.alerts.readings import Readings
from terminal.app.alert_actions import AlertActions
from terminal.app.alert_panels import AlertPanels
from terminal.app.alerts import Reminders
from terminal.app.analysis import AnalysisPanels, AnalysisServices
from terminal.app.basket import BasketBeat, build_basket, join_basket
from terminal.app.expiry_panels import ExpiryPanels
from terminal.app.export import Exporter
from terminal.app.first_contract import begin_at_the_money
from terminal.app.kept_columns import keep_columns
from terminal.app.ladder import build_ladder, join_ladder, person_of
from terminal.app.making import MakingPanels, MakingServices
from terminal.app.preferences import Preferences
from terminal.app.quoting_desk import QuotingDesk
from terminal.app.quoting_panels import QuotingPanels
from terminal.app.strategy_panels import StrategyPanels
from terminal.app.valuation_round import RoundOfValuation
from terminal.domain.accounts import PositionSide
from terminal.domain.instructions import FIELDS, InstructionKind
from terminal.domain.orders import Instruction
from terminal.rules.profile import Sessions
from terminal.services.day_minutes import DayMinutes
from terminal.services.desk import Desk
from terminal.services.expiry_services import ExpiryServices
from terminal.services.history import History
from terminal.services.order_draft import DraftJudge
from terminal.services.valuation import Valuation
from terminal.views.account.instructions_panel import InstructionsPanel
from terminal.views.account.query_panel import QueryPanel
from terminal.views.appearance import Appearance
from terminal.views.banner import Gravity
from terminal.views.basket.panel import BasketPanel
from terminal.views.chain.as_table import chain_table
from terminal.views.chain.panel import ChainPanel
from terminal.views.frame_timer import BEAT, FRAMES_PER_SECOND, FrameTimer
from terminal.views.ladder.panel import LadderPanel
from terminal.views.main_window import ExitRequest, MainWindow
from terminal.views.obligations.pull_ask import PullAsk
from terminal.views.obligations.words import answer_stays
from terminal.views.preset_dress import PresetDress
from terminal.views.quoting.hand_quotes import HandQuotes
from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.rail_filters import RailFilters
from terminal.views.series_figures import MakerSeries
from terminal.views.texts import bounded, table_not_written
from terminal.views.trading.depth import DepthPanel
from terminal.views.trading.depth_and_tape import DepthAndTape
from terminal.views.trading.fills_table import FillsPanel
from terminal.views.trading.funds_panel import FundsArea, FundsPanel
from terminal.views.trading.history_panel import HistoryPanel
from terminal.views.trading.intraday_panel import IntradayPanel
from terminal.views.trading.orders_table import OrdersPanel
from terminal.views.trading.positions_table import PositionsPanel
from terminal.views.trading.tape import TapePanel
from terminal.views.trading.ticket import Ticket
from terminal.views.translation import Languages

_CLOSING = {
    PositionSide.LONG: Instruction.SELL_CLOSE,
    PositionSide.SHORT: Instruction.BUY_CLOSE,
    PositionSide.COVERED: Instruction.COVERED_CLOSE,
}
Spawn = Callable[[Coroutine[Any, Any, Any]], object]

#: Quotes of options alone move their volatilities little: what they are worth is made anew twice a second then
_VALUES_REST_SECONDS = 0.5


# Qt keeps a bound method by a weak reference to its object
@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Workspace:
    """What is on screen."""

    window: MainWindow
    chain: ChainPanel
    ticket: Ticket
    depth: DepthPanel
    tape: TapePanel
    intraday: IntradayPanel
    ladder: LadderPanel
    basket: BasketPanel
    orders: OrdersPanel
    fills: FillsPanel
    positions: PositionsPanel
    funds: FundsPanel
    history: HistoryPanel
    instructions: InstructionsPanel
    queries: QueryPanel
    analysis: AnalysisPanels
    making: MakingPanels
    quoting: QuotingPanels
    strategies: StrategyPanels
    alerts: AlertPanels
    expiry: ExpiryPanels

    def turn_to(self, code: str) -> None:
        """Everything that stands on one contract follows the one that was chosen anywhere."""
        self.chain.show_contract(code)
        self.ticket.show_contract(code)
        self.depth.show_contract(code)
        self.tape.show_contract(code)
        self.ladder.show_contract(code)
        self.basket.show_contract(code)
        self.intraday.show_contract(code)
        self.funds.covered.show_underlying(self.intraday.underlying)
        self.orders.show_contract(code)
        self.quoting.ticket.show_contract(code)
        self.window.show_contract(code)

    def show_underlying(self, code: str) -> None:
        """What stands on one underlying follows the one that was chosen anywhere."""
        self.intraday.show_underlying(code)
        self.funds.covered.show_underlying(code)


def build_workspace(
    *,
    desk: Desk,
    judge: DraftJudge,
    valuation: Valuation,
    analysis: AnalysisServices,
    making: MakingServices,
    maker: MakerDesk,
    quoting_desk: QuotingDesk,
    reminders: Reminders,
    next_day: Callable[[date], date],
    sounds_folder: Path,
    expiry: ExpiryServices,
    history: History,
    sessions: Sessions,
    appearance: Appearance,
    languages: Languages,
    frame_timer: FrameTimer,
    preferences: Preferences,
    exit_requested: ExitRequest,
    spawn: Spawn,
    days_left: Callable[[date], int],
) -> Workspace:
    """Make every panel, place them in the window, join them."""
    exporter = Exporter()
    exporter.day = lambda: desk.market.day.trading_day if desk.market.day is not None else None
    chain = ChainPanel(desk, valuation, appearance, monotonic=desk.monotonic, days_left=days_left)
    chain.view.chain.rest_seconds = _VALUES_REST_SECONDS
    ticket = Ticket(
        desk,
        judge,
        appearance,
        spawn,
        confirm=lambda: preferences.settings.confirm_orders,
        presets=lambda: preferences.settings.quantity_presets,
        person=lambda: person_of(preferences),
    )
    ladder = build_ladder(maker, making.drafts, judge, valuation, appearance, spawn, preferences)
    basket = build_basket(desk, judge, valuation, appearance, spawn, preferences)
    depth, tape = DepthPanel(desk, appearance), TapePanel(desk, appearance)
    intraday = IntradayPanel(desk, DayMinutes(desk.market, desk.bus, sessions), appearance)
    orders = OrdersPanel(desk, appearance, spawn, exporter.export)
    fills = FillsPanel(desk, appearance, exporter.export)
    positions = PositionsPanel(desk, appearance, exporter.export)
    funds = FundsPanel(desk, appearance, export=exporter.export)
    instructions = InstructionsPanel(
        desk, appearance, spawn, exporter.export, confirm=lambda: preferences.settings.confirm_orders
    )
    queries = QueryPanel(desk, appearance, exporter.export, exporter.save_page)
    past = HistoryPanel(history, desk, appearance, exporter.export)
    panels = AnalysisPanels(desk, valuation, analysis, appearance, chain, days_left=days_left, exporter=exporter)
    duties = MakingPanels(desk, making, analysis.risk, appearance, spawn, exporter, maker, preferences)
    hand = HandQuotes(maker, making.drafts, making.obligations)
    quoting = QuotingPanels(maker, hand, analysis.risk, appearance, preferences, chain, exporter.export)
    strategies = StrategyPanels(quoting_desk, maker, appearance, preferences, spawn, exporter)
    alerts = AlertPanels(
        reminders,
        Readings(desk.market, desk.portfolio, valuation),
        appearance,
        preferences,
        exporter,
        next_day=next_day,
        opens_at=sessions.opening_auction[0],
        sounds_folder=sounds_folder,
        current=lambda: ticket.draft.contract_code,
    )
    expiring = ExpiryPanels(
        desk, expiry, appearance, spawn, exporter, confirm=lambda: preferences.settings.confirm_orders
    )
    window = MainWindow(
        desk,
        appearance,
        languages,
        frame_timer,
        preferences,
        exit_requested,
        spawn=spawn,
        days_left=days_left,
        chain=chain,
        depth=DepthAndTape(depth, tape),
        ticket=ticket,
        orders=orders,
        fills=fills,
        positions=positions,
        funds=FundsArea(funds),
        history=past,
        instructions=instructions,
        queries=queries,
        analysis={"intraday": intraday}
        | panels.by_name
        | quoting.by_name
        | strategies.by_name
        | {"ladder": ladder, "basket": basket},
        making=duties.by_name,
        expiry=expiring.by_name,
        counts=quoting.counts | strategies.counts | expiring.counts | alerts.counts,
        reminders=alerts.by_name,
        badge=alerts.badge,
        waiting_inquiries=lambda: duties.inquiries.waiting,
        obligations=duties.gauge,
        sessions=sessions,
        valuation=valuation,
        export=exporter.export,
        stop_everything=maker.stop_everything,
        lift_stop=maker.lift_stop,
        stop_tiers=quoting.stop_menu,
    )
    maker.give_up = PullAsk(duties.source, desk.market, window).ask
    owed = MakerSeries(desk, valuation, duties.source)
    window.rail.maker_figures = owed.now
    filters = RailFilters(chain, window.rail, appearance, preferences, owed.obliged)
    exporter.window = window
    chain.view.export_wanted.connect(lambda: exporter.export(*chain_table(chain.view.chain)))
    exporter.failed = lambda reason: window.banner.post("export", Gravity.WARNING, lambda: table_not_written(reason))
    exporter.written = window.show_written
    workspace = Workspace(
        window=window,
        chain=chain,
        ticket=ticket,
        depth=depth,
        tape=tape,
        intraday=intraday,
        ladder=ladder,
        basket=basket,
        orders=orders,
        fills=fills,
        positions=positions,
        funds=funds,
        history=past,
        instructions=instructions,
        queries=queries,
        analysis=panels,
        making=duties,
        quoting=quoting,
        strategies=strategies,
        alerts=alerts,
        expiry=expiring,
    )
    _join(workspace, desk, spawn, preferences, appearance, frame_timer)
    frame_timer.register(chain, chain.pace)
    for view, every in (
        (depth, BEAT),
        (tape, BEAT),
        (ladder, BEAT // 2),
        (basket, BEAT),
        (BasketBeat(basket.runner), BEAT),
        (intraday, FRAMES_PER_SECOND),
        (ticket, BEAT),
        (orders, BEAT // 2),
        (fills, BEAT),
        (positions, BEAT),
        (funds, BEAT),
        (past, 2 * BEAT),
        (instructions, BEAT),
        (queries, 2 * BEAT),
        (filters, 2 * BEAT),
        (preferences, 2 * FRAMES_PER_SECOND),
        (RoundOfValuation(valuation, desk), 2 * FRAMES_PER_SECOND),
    ):
        frame_timer.register(view, every)
    panels.register(frame_timer)
    duties.register(frame_timer)
    quoting.register(frame_timer)
    strategies.register(frame_timer)
    expiring.register(frame_timer)
    return workspace


def _join(
    workspace: Workspace,
    desk: Desk,
    spawn: Spawn,
    preferences: Preferences,
    appearance: Appearance,
    frame_timer: FrameTimer,
) -> None:
    window, chain, ticket = workspace.window, workspace.chain, workspace.ticket
    turn_to = workspace.turn_to

    def seed(code: str, side: Any, price_units: int) -> None:
        turn_to(code)
        ticket.seed(code, side, price_units)

    def close_position(code: str, side: PositionSide) -> None:
        turn_to(code)
        ticket.set_instruction(_CLOSING[side])
        position = desk.portfolio.position(code, side)
        if position is not None:
            ticket.set_quantity(position.available_quantity)
        ticket.take_opposite_price()

    def open_ticket(code: str) -> None:
        turn_to(code)
        window.bring_up("ticket")

    def cancel_here(code: str) -> None:
        for order in desk.orders.working():
            if order.contract_code == code:
                spawn(desk.orders.cancel(order.client_order_id))
        number = desk.quoting.number_of(code)
        if number is not None and desk.quoting.withdraw([number]):
            window.banner.post("answer", Gravity.WARNING, lambda: answer_stays(code, desk.market))

    def begin_instruction(kind: InstructionKind, subject: str, size: int = 0) -> None:
        window.bring_up("instructions")
        name = "contract"
        if "underlying" in FIELDS[kind]:
            name = "underlying"
        elif "combination_id" in FIELDS[kind]:
            name = "combination"
        workspace.instructions.show_kind(kind, size=size, **{name: subject})

    def seed_instruction(code: str, instruction: Instruction, quantity: int) -> None:
        turn_to(code)
        ticket.set_instruction(instruction)
        ticket.set_quantity(quantity)
        ticket.take_opposite_price()

    def own_screen(dock: str, underlying: str) -> None:
        window.bring_up(dock)
        if dock == "quoting" and underlying:
            workspace.quoting.grid.show_underlying(underlying)

    chain.contract_selected.connect(turn_to)
    chain.order_seeded.connect(seed)
    chain.cancel_requested.connect(cancel_here)
    chain.underlying_selected.connect(window.show_underlying)
    chain.underlying_selected.connect(workspace.show_underlying)
    window.contract_chosen.connect(turn_to)
    window.underlying_chosen.connect(chain.show_underlying)
    window.underlying_chosen.connect(workspace.show_underlying)
    window.series_chosen.connect(chain.show_series)
    workspace.depth.price_chosen.connect(seed)
    join_ladder(workspace.ladder, chain, turn_to, seed, window.bring_up)
    join_basket(workspace.basket, chain, window)
    workspace.positions.close_requested.connect(close_position)
    workspace.positions.contract_chosen.connect(turn_to)
    for asks in (chain, workspace.positions, workspace.funds.shares.table, workspace.funds.covered):
        asks.instruction_wanted.connect(begin_instruction)
    workspace.expiry.join(
        turn_to=turn_to,
        bring_up=window.bring_up,
        seed=seed_instruction,
        close=close_position,
        begin_instruction=begin_instruction,
    )
    workspace.analysis.risk.contract_chosen.connect(turn_to)
    for making in (workspace.making.obligations, workspace.making.inquiries):
        making.contract_chosen.connect(turn_to)
    workspace.making.obligations.ticket_wanted.connect(open_ticket)
    workspace.quoting.grid.contract_chosen.connect(turn_to)
    workspace.quoting.join(chain, window.banner, workspace.making.pause_box)
    window.underlying_chosen.connect(workspace.quoting.grid.show_underlying)
    window.pull_wanted.connect(workspace.quoting.grid.pull_all)
    window.addActions(workspace.quoting.protection.stops.key_actions)
    workspace.strategies.panel.screen_wanted.connect(own_screen)
    leads = AlertActions(desk, lambda: window, turn_to, close_position, begin_instruction)
    workspace.alerts.attach(window, ticket, leads, frame_timer)
    begin_at_the_money(desk, ticket, turn_to)
    for remark in (*preferences.remarks, *workspace.analysis.remarks):
        window.banner.post(f"settings {remark}", Gravity.WARNING, partial(bounded, remark))
    keep_columns(
        preferences,
        chain,
        orders=workspace.orders.table,
        fills=workspace.fills.table,
        positions=workspace.positions.table,
        instructions=workspace.instructions.table,
    )
    dress = PresetDress(chain, appearance, preferences, window)
    dress.resume(window.preset_name)
    window.preset_chosen.connect(dress.put_on)
    # The arrows move in the chain from the first moment on
    chain.setFocus()
