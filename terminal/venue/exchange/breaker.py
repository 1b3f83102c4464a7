"""The volatility interruption (熔断) of rulebook 2.6: which trades trip it and until when the call auction lasts.

Both conditions must hold: a move of at least the profile's fraction of the reference price, and of at least its
number of ticks.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, Decimal

from terminal.domain.calendar import SHANGHAI
from terminal.rules.profile import Breaker, Sessions

#: Above every price that passes the 64-bit check of an order
_NO_LIMIT = 1 << 63


@dataclass(frozen=True, slots=True)
class BreakerRule:
    """The profile's breaker with its figures for one trading day."""

    enabled: bool
    move: Decimal
    min_ticks: int
    length: timedelta
    morning_end: datetime
    afternoon_start: datetime
    closing_start: datetime

    @classmethod
    def of(cls, breaker: Breaker, sessions: Sessions, day: date) -> "BreakerRule":
        """The rule for one day."""

        def moment(at: time) -> datetime:
            return datetime.combine(day, at, SHANGHAI)

        return cls(
            breaker.enabled,
            breaker.move,
            breaker.min_ticks,
            timedelta(seconds=breaker.auction_seconds),
            moment(sessions.morning[1]),
            moment(sessions.afternoon[0]),
            moment(sessions.closing_auction[0]),
        )

    def band(self, reference: int, tick: int) -> tuple[int, int]:
        """Lowest and highest price that may still trade around a reference price (最近参考价格), in 0.0001 yuan."""
        if not self.enabled:
            return 0, _NO_LIMIT
        move = int((self.move * reference).to_integral_value(ROUND_CEILING))
        trip = max(move, self.min_ticks * tick)
        return reference - trip + 1, reference + trip - 1

    def auction_end(self, start: datetime) -> datetime:
        """When the call auction ends: its clock stands still over lunch, and the closing auction swallows it."""
        end = start + self.length
        if start < self.morning_end < end:
            end += self.afternoon_start - self.morning_end
        return min(end, self.closing_start)
