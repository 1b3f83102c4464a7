"""One strategy as the engine keeps it: where it stands, who put it there, how it does."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from terminal.domain.reasons import Reason
from terminal.strategies.asks import LiveAsk, ShadowAsk
from terminal.strategies.protocol import Strategy


class StrategyState(StrEnum):
    """Where a strategy stands."""

    STOPPED = "stopped"
    RUNNING = "running"
    SHADOW = "shadow"
    """Runs and sends nothing (影子模式)"""
    FAULTED = "faulted"
    """Stopped by the engine; a person must start it again"""


@dataclass(slots=True)
class StrategyEntry:
    """One strategy and how it does."""

    strategy: Strategy
    state: StrategyState = StrategyState.STOPPED
    cause: str = ""
    """Why it was stopped"""
    by: str = ""
    """Who started or stopped it last"""
    at: datetime | None = None
    ask: LiveAsk | ShadowAsk | None = None
    calls: int = 0
    worst_ms: float = 0.0
    fills: int = 0
    nonsense: deque[float] = field(default_factory=deque)
    rejects: dict[Reason, deque[float]] = field(default_factory=dict)

    @property
    def is_active(self) -> bool:
        """Whether it is called."""
        return self.state in (StrategyState.RUNNING, StrategyState.SHADOW)
