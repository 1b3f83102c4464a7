"""The bus: tells observers that something changed. The money path never runs over it.

Synchronous and typed by event class. State is stored before it is published. An observer that raises is taken off,
named in an alarm, and the others go on.
"""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

E = TypeVar("E")
logger = logging.getLogger(__name__)


class Bus:
    """Observers by event class, called in the order they subscribed."""

    def __init__(self) -> None:
        self._observers: dict[type, list[Callable[[Any], None]]] = {}
        self.on_fault: Callable[[str, Exception], None] | None = None
        """Told the name of an observer that raised, after it was taken off"""

    def subscribe(self, event_type: type[E], observer: Callable[[E], None]) -> Callable[[], None]:
        """Call `observer` for every event of exactly this class; returns the way to unsubscribe."""
        # A new list each time: a publish under way keeps walking the old one
        self._observers[event_type] = [*self._observers.get(event_type, ()), observer]

        def unsubscribe() -> None:
            self._observers[event_type] = [o for o in self._observers.get(event_type, ()) if o is not observer]

        return unsubscribe

    def publish(self, event: object) -> None:
        """Call every observer of the event's class now."""
        for observer in self._observers.get(type(event), ()):
            try:
                observer(event)
            except Exception as error:
                self._take_off(type(event), observer, error)

    def _take_off(self, event_type: type, observer: Callable[[Any], None], error: Exception) -> None:
        name = getattr(observer, "__qualname__", repr(observer))
        self._observers[event_type] = [o for o in self._observers[event_type] if o is not observer]
        logger.error("observer %s of %s raised and was stopped", name, event_type.__name__, exc_info=error)
        if self.on_fault is not None:
            self.on_fault(name, error)
