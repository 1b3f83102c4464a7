"""A strategy that works elsewhere: what the engine does for it beside calling it."""

from collections.abc import Callable

from terminal.strategies.protocol import Strategy


class Detached(Strategy):
    """Its calls return at once, so what goes wrong is told to the engine later."""

    def attach(self, fail: Callable[[str], None], route: Callable[[], None]) -> None:
        """It is being started: `fail` stops it with a cause, `route` is called when its underlyings are others."""

    def detach(self) -> None:
        """It was stopped: end what works for it. May be said more than once."""
