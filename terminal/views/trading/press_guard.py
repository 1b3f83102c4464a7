"""A second press that comes at once is a double click or a held key, not a second wish (F80)."""

from collections.abc import Callable, Hashable

#: Longer than any double click, shorter than a person needs to decide to try again
REPEAT_SECONDS = 1.0


class PressGuard:
    """Lets one press of each thing through per REPEAT_SECONDS; `monotonic` gives seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._pressed: dict[Hashable, float] = {}

    def passes(self, what: Hashable) -> bool:
        """Whether this press counts; one that does shuts the door behind it."""
        now = self._monotonic()
        self._pressed = {key: at for key, at in self._pressed.items() if now - at < REPEAT_SECONDS}
        if what in self._pressed:
            return False
        self._pressed[what] = now
        return True
