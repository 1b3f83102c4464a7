"""The quoting console put together: a maker's desk, its limits, the grid and the box of the protections."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from terminal.app.limits import MakerLimits
from terminal.app.preferences import Preferences
from terminal.app.quoting_desk import QuotingDesk
from terminal.domain.quotes import Handling
from terminal.rules.obligations.terms import Terms
from terminal.services.allowed_widths import AllowedWidths
from terminal.services.events import AccountChanged
from terminal.services.quote_control import QuoteControl
from terminal.services.quote_results import QuoteResults
from terminal.services.risk import RiskService
from terminal.services.theoretical import Theoretical
from terminal.views.appearance import Appearance
from terminal.views.banner import Banner, Gravity
from terminal.views.chain.panel import ChainPanel
from terminal.views.frame_timer import BEAT, FRAMES_PER_SECOND, FrameTimer
from terminal.views.obligations.pause_box import PauseBox
from terminal.views.quoting.exposure_box import ExposureBox
from terminal.views.quoting.hand_quotes import HandQuotes, Words
from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.quoting.panel import QuotingPanel
from terminal.views.quoting.protection_panel import ProtectionPanel
from terminal.views.quoting.quote_ticket import QuoteTicket
from terminal.views.quoting.stop_menu import StopMenu
from terminal.views.record_table import Export

#: Four times a second
_GRID_FRAMES = BEAT
#: Sixteen times a second: the end of a spin of the wheel is met within 60 ms
_SPIN_FRAMES = 2
#: Under which keys the banner has what became of a quote by hand, of a pause asked for in the grid
_MESSAGE, _PAUSE = "quote by hand", "pause"
#: In the records of protections, whose limits they are until a person sets others
_SHIPPED = "limits file"


def build_maker(
    quoting: QuotingDesk,
    theoretical: Theoretical,
    terms: Terms,
    limits: MakerLimits,
    days_left: Callable[[date], int],
    handling: Handling = Handling.REFUSE,
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

    control = QuoteControl(allowed, desk.market, theoretical, handling)

    def guard(_event: AccountChanged) -> None:
        desk.quoting.gate.quote_control = control if maker.is_maker else None
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
        hand: HandQuotes,
        risk: RiskService,
        appearance: Appearance,
        preferences: Preferences,
        chain: ChainPanel,
        export: Export | None = None,
    ) -> None:
        def series() -> tuple[str, object] | None:
            shown = chain.series
            return None if shown is None else (shown.key[0], shown.key[1])

        self.grid = QuotingPanel(maker, appearance, preferences, export=export)
        self.protection = ProtectionPanel(maker, appearance, preferences, maker.desk.monotonic, series)
        self.stop_menu = StopMenu(maker, appearance, preferences, maker.desk.monotonic, series)
        """What drops down beside the STOP of the top bar"""
        self.exposure = ExposureBox(maker, risk, appearance, lambda: (series() or ("", None))[0])
        self.hand = hand
        self.ticket = QuoteTicket(hand, risk, appearance, preferences.settings.quantity_presets)
        chain.underlying_selected.connect(self.grid.show_underlying)
        self.ticket.row_off_wanted.connect(self.grid.switch_off)

    @property
    def by_name(self) -> dict[str, QWidget]:
        """The panels by the names of their docks."""
        return {
            "quote": self.ticket,
            "quoting": self.grid,
            "protection": self.protection,
            "exposure": self.exposure,
        }

    @property
    def counts(self) -> dict[str, Callable[[], int]]:
        """Figures beside the names of docks."""
        return {"quoting": lambda: self.grid.count}

    def register(self, frame_timer: FrameTimer) -> None:
        """Have the panels served."""
        frame_timer.register(self.grid, _GRID_FRAMES)
        frame_timer.register(self.protection, self.protection.pace)
        frame_timer.register(self.exposure, FRAMES_PER_SECOND)
        frame_timer.register(self.ticket, _GRID_FRAMES)
        frame_timer.register(self.hand, _SPIN_FRAMES)

    def join(self, chain: ChainPanel, banner: Banner, pause_box: PauseBox | None = None) -> None:
        """Let the chain ask for quotes by hand and the grid for pauses, and say what became of it where all is said."""

        def tell(words: Words | None) -> None:
            if words is None:
                banner.withdraw(_MESSAGE)
            else:
                banner.post(_MESSAGE, Gravity.WARNING, words)
            if self.ticket.isVisible():
                self.ticket.flush()

        def tell_pause(text: str, role: str) -> None:
            # Where all is well the row says it
            if role == "ok":
                banner.withdraw(_PAUSE)
            else:
                banner.post(_PAUSE, Gravity.WARNING, lambda: text)

        grid = self.grid.grid
        if pause_box is not None:
            grid.pause_wanted.connect(lambda code: pause_box.open_for(code, grid, tell_pause))
        hand = self.hand
        hand.tell = tell
        chain.quote_toggled.connect(lambda code: tell(hand.toggle(code)))
        chain.quote_wanted.connect(lambda code: tell(hand.quote(code)))
        chain.quote_pull_wanted.connect(lambda code: tell(hand.give_up(code)))
        chain.own_price_stepped.connect(hand.step)
