"""Volatility and risk put together: the services that read the valuation, and the panels that show them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from terminal.app.export import Exporter
from terminal.app.preferences import Preferences
from terminal.domain.calendar import TradingCalendar
from terminal.domain.errors import BadInput, CalendarError
from terminal.pricing.time_to_expiry import EXPIRY_TIME
from terminal.rules.protection.risk_value import RiskValueLimits
from terminal.rules.sections.trading import Sessions
from terminal.services.curves import CurveService, CurveStore
from terminal.services.desk import Desk
from terminal.services.mark_outs import MarkOuts
from terminal.services.pricing_terms import TENORS, PricingTermsService
from terminal.services.profit_explained import ProfitExplained
from terminal.services.resting import Resting, resting_of, with_quotes
from terminal.services.risk import RiskService
from terminal.services.risk_value import RiskWatch
from terminal.services.settlement_values import SettlementValues
from terminal.services.valuation import Valuation
from terminal.storage.rate_file import load_rates
from terminal.views.appearance import Appearance
from terminal.views.chain.panel import ChainPanel
from terminal.views.frame_timer import BEAT, FRAMES_PER_SECOND, FrameTimer
from terminal.views.risk.panel import RiskPanel
from terminal.views.volatility.panel import VolatilityPanel
from terminal.views.volatility.smiles_panel import SmilesPanel
from terminal.views.volatility.surface_panel import SurfacePanel
from terminal.views.volatility.terms_panel import LoadedRates, TermsPanel

_TERMS_KEY = "pricing"


@dataclass(frozen=True, slots=True)
class AnalysisServices:
    """What strategies and screens ask about volatility and risk."""

    curves: CurveService
    risk: RiskService
    profit: ProfitExplained
    mark_outs: MarkOuts
    terms: PricingTermsService
    watch: RiskWatch
    """Of a market maker's book; watches no other"""


def build_services(
    desk: Desk,
    valuation: Valuation,
    calendar: TradingCalendar,
    store: CurveStore,
    sessions: Sessions,
    preferences: Preferences,
    limits: RiskValueLimits,
) -> AnalysisServices:
    """Make the services; all but the watch work only when they are asked."""
    market, portfolio, bus, now = desk.market, desk.portfolio, desk.bus, desk.clock.now

    def settled_at() -> datetime:
        today = market.day.trading_day if market.day else now().date()
        try:
            before = calendar.shift(today, -1)
        except CalendarError:
            before = today - timedelta(days=1)
        return datetime.combine(before, EXPIRY_TIME)

    def resting() -> Resting:
        return resting_of(desk.orders.working(), market)

    def resting_and_quotes() -> Resting:
        return with_quotes(resting(), desk.quoting.board, market)

    settled = SettlementValues(market, valuation, bus, settled_at)
    # A person asks what would be if all that rests were filled, quotes too. The limit of the risk value does not:
    # hundreds of quotes hit at one moment are what the maker protections are for
    held_and_ordered = RiskService(market, portfolio, valuation, resting)
    return AnalysisServices(
        CurveService(
            market, valuation, settled, bus, now, monotonic=desk.monotonic, store=store, resting=resting_and_quotes
        ),
        RiskService(market, portfolio, valuation, resting_and_quotes),
        ProfitExplained(market, portfolio, valuation, settled, bus, now),
        MarkOuts(market, valuation, bus, now),
        _pricing_terms(desk, valuation, calendar, sessions, preferences),
        RiskWatch(held_and_ordered, limits, bus, now, lambda: portfolio.profile.rights.kind.is_market_maker),
    )


def _pricing_terms(
    desk: Desk, valuation: Valuation, calendar: TradingCalendar, sessions: Sessions, preferences: Preferences
) -> PricingTermsService:
    hours = (sessions.morning, (sessions.afternoon[0], sessions.closing_auction[1]))
    terms = PricingTermsService(
        valuation,
        desk.market,
        calendar,
        hours,
        desk.bus,
        desk.clock.now,
        lambda plain: preferences.write(_TERMS_KEY, plain),
    )
    if wrong := terms.restore(preferences.read(_TERMS_KEY)):
        preferences.remarks = (*preferences.remarks, wrong)
    return terms


def load_for_day(path: Path, today: date) -> LoadedRates:
    """The interbank rates of a file that are in force on a day. Raises BadInput (BadFile among them) or OSError."""
    history = load_rates(path)
    curve = history.on_or_before(today)
    if curve is None:
        raise BadInput("date", today, f"a day from {min(history.curves)} on, the first of {path.name}")
    at = max(known for known in history.curves if known <= today)
    tenors = {days: round(curve.simple_rate(days) * 100.0, 4) for days in TENORS}
    return LoadedRates(tenors, at, len(history.problems))


class AnalysisPanels:
    """The five panels, and what makes them follow the chain. Served by the frame timer."""

    def __init__(
        self,
        desk: Desk,
        valuation: Valuation,
        services: AnalysisServices,
        appearance: Appearance,
        chain: ChainPanel,
        *,
        days_left: Callable[[date], int],
        exporter: Exporter,
    ) -> None:
        self._chain = chain
        self._followed: object = None
        self.remarks = services.curves.remarks
        curves = services.curves
        self.volatility = VolatilityPanel(
            desk.market, desk.bus, valuation, curves, appearance, now=desk.clock.now, days_left=days_left
        )
        self.smiles = SmilesPanel(valuation, curves, appearance, days_left=days_left)
        self.surface = SurfacePanel(valuation, curves, appearance)
        self.risk = RiskPanel(
            desk.market,
            valuation,
            services.risk,
            services.profit,
            services.mark_outs,
            appearance,
            exporter.export,
            watch=services.watch,
        )
        self.terms = TermsPanel(
            desk.market,
            valuation,
            services.terms,
            appearance,
            days_left=days_left,
            ask_for_file=exporter.ask_for_file,
            load=load_for_day,
            export=exporter.export,
        )
        self.surface.expiry_chosen.connect(self.volatility.show_series)

    @property
    def by_name(self) -> dict[str, QWidget]:
        """The panels by the names of their docks."""
        return {
            "volatility": self.volatility,
            "smiles": self.smiles,
            "surface": self.surface,
            "risk": self.risk,
            "terms": self.terms,
        }

    def register(self, frame_timer: FrameTimer) -> None:
        """Let the frame timer serve them: the curve four times a second, sums twice."""
        for view, every in (
            (self, BEAT // 2),
            (self.volatility, BEAT),
            (self.smiles, 2 * BEAT),
            (self.surface, 2 * BEAT),
            (self.risk, 2 * BEAT),
            (self.terms, FRAMES_PER_SECOND),
        ):
            frame_timer.register(view, every)

    def isVisible(self) -> bool:
        """Always: following costs one comparison."""
        return True

    def flush(self) -> None:
        """Turn to the series the chain has turned to."""
        series = self._chain.series
        if series is None or series.key == self._followed:
            return
        self._followed = series.key
        self.volatility.show_series(series.underlying, series.expiry)
        for panel in (self.smiles, self.surface, self.risk):
            panel.show_underlying(series.underlying)
