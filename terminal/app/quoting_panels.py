"""The quoting console put together: a maker's desk, its limits, the grid and the box of the protections."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from terminal.app.limits import MakerLimits
from terminal.app.preferences import Preferences
from terminal.app.quoting_desk import QuotingDesk
from terminal.rules.obligations.terms import Terms
from terminal.services.allowed_widths import AllowedWidths
from terminal.services.events import AccountChanged
from terminal.services.quote_results import QuoteResults
from terminal.services.risk import RiskService
from terminal.services.theoretical import Theoretical
from terminal.views.chain.panel import ChainPanel
from terminal.views.frame_timer import FRAMES_PER_SECOND, FrameTimer
from terminal.views.quoting.exposure_box import ExposureBox
from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.quoting.panel import QuotingPanel
from terminal.views.quoting.protection_panel import ProtectionPanel
from terminal.views.theme import Appearance
from terminal.views.translation import Languages

#: Four times a second
_GRID_FRAMES = 8
#: In the records of protections, whose limits they are until a person sets others
_SHIPPED = "limits file"


def build_maker(
    quoting: QuotingDesk,
    theoretical: Theoretical,
    terms: Terms,
    limits: MakerLimits,
    days_left: Callable[[date], int],
) -> MakerDesk:
    """What the console stands on. Windows and pull rules are put in force once the account is known for a maker's."""
    desk = quoting.desk
    allowed = AllowedWidths(terms, desk.market, theoretical)
    quoting.view.allowed_width = allowed
    maker = MakerDesk(
        desk=desk,
        engine=quoting.engine,
        protection=quoting.protection,
        theoretical=theoretical,
        results=QuoteResults(theoretical, desk.orders, desk.bus, desk.monotonic),
        allowed=allowed,
        sheet=limits.quoter,
        is_two_sided=lambda: desk.rules.quotes.two_sided,
        days_left=days_left,
    )

    def guard(_event: AccountChanged) -> None:
        if maker.is_maker and quoting.protection.rules is None:
            quoting.protection.rules = limits.pull
            for scope, window in limits.windows.items():
                quoting.protection.set_limits(scope, window, _SHIPPED)

    desk.bus.subscribe(AccountChanged, guard)
    return maker


class QuotingPanels:
    """The panels. Served by the frame timer."""

    def __init__(
        self,
        maker: MakerDesk,
        risk: RiskService,
        appearance: Appearance,
        preferences: Preferences,
        languages: Languages,
        chain: ChainPanel,
    ) -> None:
        def series() -> tuple[str, object] | None:
            shown = chain.series
            return None if shown is None else (shown.key[0], shown.key[1])

        self.grid = QuotingPanel(maker, appearance, preferences)
        self.protection = ProtectionPanel(maker, appearance, preferences, maker.desk.monotonic, series)
        self.exposure = ExposureBox(maker, risk, appearance, languages, lambda: (series() or ("", None))[0])
        chain.underlying_selected.connect(self.grid.show_underlying)

    @property
    def by_name(self) -> dict[str, QWidget]:
        """The panels by the names of their docks."""
        return {"quoting": self.grid, "protection": self.protection, "exposure": self.exposure}

    @property
    def counts(self) -> dict[str, Callable[[], int]]:
        """Figures beside the names of docks."""
        return {"quoting": lambda: self.grid.count}

    def register(self, frame_timer: FrameTimer) -> None:
        """Have the panels served."""
        frame_timer.register(self.grid, _GRID_FRAMES)
        frame_timer.register(self.protection, self.protection.pace)
        frame_timer.register(self.exposure, FRAMES_PER_SECOND)
