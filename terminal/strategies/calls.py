"""How a call of a strategy that does not end is broken off."""

from typing import Protocol


class CallOverran(BaseException):
    """A strategy's call was broken off. No Exception, so that a strategy cannot swallow it by accident."""


class CallWatch(Protocol):
    """Breaks off a call that does not end by raising CallOverran in it."""

    def arm(self, seconds: float) -> None:
        """A call begins."""

    def disarm(self) -> None:
        """It has ended; nothing is raised after this."""
