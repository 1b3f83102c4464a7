"""Obligation terms of the user's own (自定义义务条款): one JSON file each in the data folder, beside those shipped."""

import re
from pathlib import Path
from typing import Final

from terminal.domain.errors import BadInput, ConfigurationError
from terminal.rules.obligations.terms import Terms, decode_terms, encode_terms
from terminal.storage.atomic_file import replace_file

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.ASCII)
_MAX_BYTES: Final = 64 * 1024
_MOST_FILES: Final = 50


class OwnTerms:
    """Files of one folder, which need not be there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> tuple[str, ...]:
        """Names of those there are, in order."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.json") if _NAME.fullmatch(path.stem)))

    def load(self, name: str) -> Terms:
        """Read one. Raises ConfigurationError for what is none, too large, or named otherwise inside."""
        path = self._path(name)
        try:
            with path.open("rb") as file:
                body = file.read(_MAX_BYTES + 1)
        except OSError as error:
            raise ConfigurationError(f"obligation terms {path.name}: {error.strerror}") from error
        if len(body) > _MAX_BYTES:
            raise ConfigurationError(f"obligation terms {path.name}: larger than {_MAX_BYTES} bytes")
        terms = decode_terms(body, path.name)
        if terms.name != name:
            raise ConfigurationError(f"obligation terms {path.name}: name: {terms.name!r} is not that of the file")
        return terms

    def save(self, terms: Terms) -> None:
        """Write one, whole or not at all. Raises BadInput for a name that cannot be one, OSError for the disk."""
        path = self._path(terms.name)
        if not path.exists() and len(self.names()) >= _MOST_FILES:
            raise BadInput("name", terms.name, f"at most {_MOST_FILES} terms of your own")
        replace_file(path, encode_terms(terms))

    def remove(self, name: str) -> None:
        """Forget one; one that is not there is forgotten already."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise BadInput("name", name, "1 to 40 small letters, figures, - and _, a letter or figure first")
        return self._folder / f"{name}.json"
