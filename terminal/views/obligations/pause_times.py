"""Until when a contract is paused: minutes from now, to the close, or a time of the venue's day."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from PySide6.QtCore import Qt

from terminal.domain.calendar import SHANGHAI
from terminal.views.obligations.words import word


@dataclass(frozen=True, slots=True)
class PauseTime:
    """One choice: so many minutes; none and `to_close`; none for the clock time that is typed."""

    key: Qt.Key
    letter: str
    minutes: int = 0
    to_close: bool = False

    @property
    def words(self) -> str:
        """What its button says."""
        if self.minutes:
            return word("{minutes} min").format(minutes=self.minutes)
        return word("To the close") if self.to_close else word("At")

    def until(self, now: datetime, close: datetime, typed: time) -> datetime:
        """The moment it means now: minutes never go beyond the close, a clock time is taken as it stands."""
        if self.minutes:
            return min(now + timedelta(minutes=self.minutes), close)
        return close if self.to_close else datetime.combine(now.astimezone(SHANGHAI).date(), typed, SHANGHAI)


PAUSE_TIMES = (
    PauseTime(Qt.Key.Key_1, "1", minutes=1),
    PauseTime(Qt.Key.Key_2, "2", minutes=2),
    PauseTime(Qt.Key.Key_5, "5", minutes=5),
    PauseTime(Qt.Key.Key_0, "0", minutes=10),
    PauseTime(Qt.Key.Key_3, "3", minutes=30),
    PauseTime(Qt.Key.Key_C, "C", to_close=True),
    PauseTime(Qt.Key.Key_T, "T"),
)
#: Long enough for a piece of news to be read, short enough to be missed without harm (D)
FIRST_PAUSE = PAUSE_TIMES[2]
