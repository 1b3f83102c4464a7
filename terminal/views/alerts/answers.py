"""What a person answers to a reminder, given to the book with who and when; and what each action can do now."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from terminal.alerts.alert import AlertAction, Finding
from terminal.alerts.engine import AlertBook
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput, CalendarError
from terminal.views.alerts.words import word

logger = logging.getLogger(__name__)
#: Minutes after which a reminder can be had again
LATER_MINUTES = (5, 10, 30)
#: What the button and the key choose
USUAL_MINUTES = 10
#: So long before the opening auction a reminder of tomorrow comes
_BEFORE_OPEN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Later:
    """One choice of when to be reminded again."""

    words: str
    until: datetime


class Answers:
    """Answers to reminders of one book. `now` is market time, `who` whose hand it was."""

    def __init__(
        self,
        book: AlertBook,
        *,
        now: Callable[[], datetime],
        who: Callable[[], str],
        next_day: Callable[[date], date],
        opens_at: time,
    ) -> None:
        self.book = book
        self.now = now
        self.given = 0
        """How many answers were given: a screen shows what comes of one at once"""
        self._who = who
        self._next_day = next_day
        self._opens_at = opens_at

    def acknowledge(self, keys: Iterable[str]) -> None:
        """Seen, all of them; what is over by now is passed by."""
        keys = self._waiting(keys)
        if keys:
            self.given += 1
            self.book.acknowledge_all(keys, self._who(), self.now())

    def put_off(self, keys: Iterable[str], until: datetime) -> None:
        """Say them again then; a time that has passed while a menu was open leaves them open."""
        keys = self._waiting(keys)
        if keys and until > self.now():
            self.given += 1
            self.book.snooze_all(keys, until, self._who(), self.now())

    def put_off_minutes(self, keys: Iterable[str], minutes: int = USUAL_MINUTES) -> None:
        """Say them again in so many minutes of the market."""
        self.put_off(keys, self.now() + timedelta(minutes=minutes))

    def let_go(self, keys: Iterable[str]) -> None:
        """A toast went by itself."""
        for key in keys:
            self.book.dismiss(key, self.now())

    def choices(self) -> list[Later]:
        """When it can be said again, as of now."""
        now = self.now()
        found = [
            Later(word("in {minutes} minutes").format(minutes=n), now + timedelta(minutes=n)) for n in LATER_MINUTES
        ]
        try:
            day = self._next_day(now.astimezone(SHANGHAI).date())
        except CalendarError as error:
            logger.info("no next trading day is known: %s", error)
            return found
        opening = datetime.combine(day, self._opens_at, SHANGHAI) - _BEFORE_OPEN
        found.append(Later(word("before the open of {day}").format(day=f"{opening:%m-%d %H:%M}"), opening))
        return found

    def at(self, text: str) -> datetime:
        """A time of today as typed: 14:30. Raises BadInput for what is none, or is over."""
        now = self.now().astimezone(SHANGHAI)
        try:
            clock = time.fromisoformat(text.strip()) if len(text.strip()) <= 8 else None
        except ValueError:
            clock = None
        if clock is None or clock.tzinfo is not None:
            raise BadInput("time", text, "a time of day such as 14:30")
        until = datetime.combine(now.date(), clock, SHANGHAI)
        if until <= now:
            raise BadInput("time", text, f"after {now:%H:%M}, which is now")
        return until

    def _waiting(self, keys: Iterable[str]) -> tuple[str, ...]:
        standing = {alert.finding.key for alert in self.book.alerts()}
        return tuple(key for key in keys if key in standing)


class Actions:
    """What reminders offer to do. `reason` says why an action cannot be had now, empty where it can."""

    def __init__(
        self, *, reason: Callable[[AlertAction, Finding], str], act: Callable[[AlertAction, Finding], None]
    ) -> None:
        self.reason = reason
        self._act = act

    def act(self, action: AlertAction, finding: Finding) -> bool:
        """Do it where it can be done; gives whether it was."""
        if self.reason(action, finding):
            return False
        self._act(action, finding)
        return True


def panel_missing() -> str:
    """Why a button is grey whose panel is not part of this window."""
    return word("Its panel is not in this window")


def nothing_held() -> str:
    """Why nothing can be closed."""
    return word("Nothing of it is held that could be closed now")


def nothing_named() -> str:
    """Why there is nothing to turn to."""
    return word("It names nothing that is listed today")
