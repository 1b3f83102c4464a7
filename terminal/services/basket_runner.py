"""Who sends baskets: one at a time, told by the bus only while one is on its way."""

from collections.abc import Callable

from terminal.domain.ports import LinkState
from terminal.services.basket_judge import BasketJudge
from terminal.services.basket_plan import BasketPlan
from terminal.services.basket_run import Acknowledged, BasketRun, Spawn
from terminal.services.desk import Desk
from terminal.services.events import AccountChanged, DayBegan, LinkChanged, OrderChanged


class BasketRunner:
    """Sends one basket at a time. Hears of orders only while one is on its way."""

    def __init__(self, desk: Desk, judge: BasketJudge, spawn: Spawn) -> None:
        self._desk = desk
        self._judge = judge
        self._spawn = spawn
        self._count = 0
        self._leave: list[Callable[[], None]] = []
        self.run: BasketRun | None = None
        """The newest, over or not"""
        self.revision = 0
        """Raised whenever something of the run may be another"""

    @property
    def is_busy(self) -> bool:
        """Whether a basket is on its way."""
        return self.run is not None and not self.run.is_over

    def start(self, plan: BasketPlan, acknowledged: Acknowledged | None = None) -> BasketRun | None:
        """Begin to send a plan; None, and nothing is sent, while another is on its way."""
        if self.is_busy:
            return None
        self._count += 1
        self.run = BasketRun(self._desk, self._judge, plan, self._spawn, f"basket {self._count}", acknowledged or {})
        self._leave_bus()
        bus = self._desk.bus
        self._leave = [
            bus.subscribe(OrderChanged, self._on_order),
            bus.subscribe(AccountChanged, lambda _event: self.look()),
            bus.subscribe(DayBegan, self._on_day),
            bus.subscribe(LinkChanged, self._on_link),
        ]
        self.look()
        return self.run

    def look(self) -> None:
        """Let the run go on if it can: its beat while one is on its way."""
        if self.run is not None:
            self.run.look()
            self._settle()

    def cancel_rest(self) -> None:
        """Send nothing more of it and cancel what works."""
        if self.run is not None:
            self._spawn(self.run.cancel_rest())
            self._settle()

    def forget(self) -> None:
        """Drop a run that is over."""
        if not self.is_busy:
            self.run = None
            self._settle()

    def _on_order(self, event: OrderChanged) -> None:
        if self.run is not None:
            self.run.on_order(event.order)
            self._settle()

    def _on_day(self, _event: DayBegan) -> None:
        if self.run is not None:
            self.run.end_day()
            self._settle()

    def _on_link(self, event: LinkChanged) -> None:
        if self.run is not None and event.state is not LinkState.UP:
            self.run.on_line_lost()
            self._settle()

    def _settle(self) -> None:
        self.revision += 1
        # A fill that was under way when an order was cancelled still counts: the run is left only with the next one
        if self.run is None:
            self._leave_bus()

    def _leave_bus(self) -> None:
        for leave in self._leave:
            leave()
        self._leave = []
