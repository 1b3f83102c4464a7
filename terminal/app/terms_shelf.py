"""Where obligation terms come from: those shipped, the user's own, and which of them counts from the next start."""

from collections.abc import Sequence
from pathlib import Path

from terminal.app.preferences import Preferences
from terminal.config import Settings
from terminal.domain.errors import BadInput, ConfigurationError
from terminal.resources import resource_folder
from terminal.rule_files import read_obligations
from terminal.rules.obligations.terms import Terms
from terminal.storage.own_terms import OwnTerms

FOLDER = "obligations"
_CHOSEN = "obligation_terms"


class DeskTerms:
    """The terms of one data folder. `remarks` of the preferences tell what could not be read."""

    def __init__(self, folder: Path, settings: Settings, preferences: Preferences) -> None:
        self._own = OwnTerms(folder / FOLDER)
        self._preferences = preferences
        self._configured = settings.obligations
        self.in_force = self._first()

    @property
    def chosen(self) -> str:
        """Name of those that count from the next start."""
        kept = self._preferences.read(_CHOSEN)
        return kept if isinstance(kept, str) else self._configured

    def names(self) -> Sequence[tuple[str, bool]]:
        """The shipped ones, then the user's own."""
        return [*((name, False) for name in _shipped()), *((name, True) for name in self._own.names())]

    def read(self, name: str) -> Terms:
        """One of them. Raises ConfigurationError."""
        return self._own.load(name) if name in self._own.names() else read_obligations(name)

    def all(self) -> tuple[Terms, ...]:
        """Every set that can be read."""
        found: list[Terms] = []
        for name, _ in self.names():
            try:
                found.append(self.read(name))
            except ConfigurationError:
                # Told where it is chosen; for comparing days it is passed by
                continue
        return tuple(found)

    def save(self, terms: Terms) -> None:
        """Keep the user's own. Raises BadInput for a name that is taken or none, OSError for the disk."""
        if terms.name in _shipped():
            raise BadInput("name", terms.name, "another name than those shipped")
        self._own.save(terms)

    def remove(self, name: str) -> None:
        """Forget one of the user's own; if it was chosen, the configured ones count again."""
        self._own.remove(name)
        if self.chosen == name:
            self._preferences.write(_CHOSEN, self._configured)

    def choose(self, name: str) -> None:
        """Let others count from the next start."""
        self._preferences.write(_CHOSEN, name)

    def _first(self) -> Terms:
        try:
            return self.read(self.chosen)
        except ConfigurationError as error:
            if self.chosen == self._configured:
                raise
            self._preferences.remarks = (*self._preferences.remarks, str(error))
            return self.read(self._configured)


def _shipped() -> tuple[str, ...]:
    folder = resource_folder() / "rules" / "obligations"
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))
