"""The strategies' screen put together: what was kept comes back stopped, before anybody looks."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtWidgets import QWidget

from terminal.app.export import Exporter
from terminal.app.preferences import Preferences
from terminal.app.quoting_desk import QuotingDesk
from terminal.views.appearance import Appearance
from terminal.views.frame_timer import FrameTimer
from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.strategies.kept import KeptStrategies
from terminal.views.strategies.panel import StrategiesPanel
from terminal.views.strategies.strategy_desk import StrategyDesk

Spawn = Callable[[Coroutine[Any, Any, Any]], object]


class StrategyPanels:
    """The one panel. Served by the frame timer."""

    def __init__(
        self,
        quoting: QuotingDesk,
        maker: MakerDesk,
        appearance: Appearance,
        preferences: Preferences,
        spawn: Spawn,
        exporter: Exporter,
    ) -> None:
        self.strategies = StrategyDesk(
            desk=quoting.desk,
            engine=quoting.engine,
            plug_ins=quoting.plug_ins,
            default_sheet=maker.sheet,
            by=lambda: maker.by,
            kept=KeptStrategies(preferences),
            spawn=spawn,
        )
        refused = self.strategies.restore()
        self.panel = StrategiesPanel(
            self.strategies, appearance, quoting.desk.monotonic, refused, export=exporter.export
        )
        self.panel.give_up = lambda name, do: maker.give_up(maker.quoted_by(name), do)

    @property
    def by_name(self) -> dict[str, QWidget]:
        """The panel by the name of its dock."""
        return {"strategies": self.panel}

    @property
    def counts(self) -> dict[str, Callable[[], int]]:
        """The figure beside the name of the dock."""
        return {"strategies": lambda: self.panel.count}

    def register(self, frame_timer: FrameTimer) -> None:
        """Have the panel served."""
        frame_timer.register(self.panel, self.panel.pace)
