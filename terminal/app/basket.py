"""The basket put together: what judges and sends it, who adds legs, and the beat that lets a run go on out of sight."""

from terminal.app.ladder import person_of
from terminal.app.preferences import Preferences
from terminal.domain.orders import Side
from terminal.services.basket_judge import BasketJudge
from terminal.services.basket_runner import BasketRunner
from terminal.services.desk import Desk
from terminal.services.order_draft import DraftJudge
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.basket.panel import BasketPanel
from terminal.views.chain.panel import ChainPanel
from terminal.views.ladder.moves import Spawn
from terminal.views.main_window import MainWindow


class BasketBeat:
    """Asks a run to go on while one is on its way, whatever is in sight; the bus tells it the rest."""

    def __init__(self, runner: BasketRunner) -> None:
        self._runner = runner

    def isVisible(self) -> bool:
        """While a basket is on its way."""
        return self._runner.is_busy

    def flush(self) -> None:
        """Let it go on if it can."""
        self._runner.look()


def build_basket(
    desk: Desk,
    judge: DraftJudge,
    valuation: Valuation,
    appearance: Appearance,
    spawn: Spawn,
    preferences: Preferences,
) -> BasketPanel:
    """A basket on the desk, confirmed as orders are."""
    baskets = BasketJudge(judge, desk.market, desk.portfolio, valuation, desk.instructions.checks)
    return BasketPanel(
        desk,
        baskets,
        BasketRunner(desk, baskets, spawn),
        appearance,
        spawn,
        confirm=lambda: preferences.settings.confirm_orders,
        person=lambda: person_of(preferences),
    )


def join_basket(basket: BasketPanel, chain: ChainPanel, window: MainWindow) -> None:
    """A leg from the chain shows the basket and leaves the keyboard where it is: the next leg is clicked there too."""

    def add(code: str, side: Side) -> None:
        basket.add_leg(code, side)
        dock = window.docks["basket"]
        dock.show()
        dock.raise_()

    chain.leg_wanted.connect(add)
