"""The user's choices between the screens and the disk: plain values by key for views, typed ones for the assembly."""

import logging
from typing import Any

import msgspec

from terminal.storage.settings import Settings, SettingsFile

logger = logging.getLogger(__name__)
#: What screens keep that the program reads before there is a screen
_TYPED = frozenset({"language", "theme", "colour_pack", "colour_mode", "keys", "confirm_orders"})


class Preferences:
    """Read at once, written soon: `flush` of the frame timer puts what changed on disk."""

    def __init__(self, file: SettingsFile) -> None:
        self._file = file
        loaded = file.load()
        self.settings: Settings = loaded.settings
        self.remarks = loaded.remarks
        """What the user should be told of how the settings came about"""
        self.is_known = file.path.exists()
        """Whether this user has been here before"""
        self._changed = False

    def read(self, key: str) -> Any:
        """A value that a screen keeps; None when there is none."""
        if key in _TYPED:
            return getattr(self.settings, key)
        return self.settings.screen.get(key)

    def write(self, key: str, value: Any) -> None:
        """Keep a screen's value."""
        if key in _TYPED:
            if getattr(self.settings, key) != value:
                self.change(**{key: value})
        elif self.settings.screen.get(key) != value:
            self.change(screen={**self.settings.screen, key: value})

    def change(self, **fields: Any) -> None:
        """Change typed settings."""
        self.settings = msgspec.structs.replace(self.settings, **fields)
        self._changed = True

    def isVisible(self) -> bool:
        """Always: the frame timer serves it like a view."""
        return True

    def flush(self) -> None:
        """Write if something changed; a disk that does not take it costs the arrangement, never the desk."""
        if not self._changed:
            return
        self._changed = False
        try:
            self._file.save(self.settings)
        except (OSError, ValueError) as error:
            logger.info("settings were not written: %s", error)
