"""Saved sets of terms (参数组), and defaults by moneyness: text by field, kept by name, read again as if typed.

What comes back from the disk is untrusted: names and numbers are bounded, and every field goes through `read_term`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QInputDialog, QWidget

from terminal.domain.errors import BadInput
from terminal.strategies.contract_terms import FIELDS, ContractTerms, terms_from, write_term
from terminal.strategies.quoter_parameters import QuoterParameters
from terminal.views.settings import Settings

_MOST_SETS = 20
_LONGEST_NAME = 40
_MOST_CONTRACTS = 2000
#: Upper ends of the bands of |Δ|: far out, out, at, in, deep in the money
BANDS = (0.15, 0.40, 0.60, 0.85, 1.01)
AskName = Callable[[QWidget, str], str]


def ask_name(parent: QWidget, question: str) -> str:
    """A line from the user; empty for none."""
    text, accepted = QInputDialog.getText(parent, question, question)
    return text if accepted else ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell in which a saved set is other than what runs; texts, blank for the quoter's own."""

    code: str
    field: str
    running: str
    saved: str


class SavedSets:
    """Sets of one user by underlying and name."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def names(self, underlying: str) -> list[str]:
        """Names of the sets of an underlying."""
        return sorted(self._sets(underlying))

    def save(self, underlying: str, name: str, contracts: Mapping[str, ContractTerms]) -> None:
        """Keep a set. Raises BadInput for a name that is none, or one too many."""
        name, sets = name.strip(), self._sets(underlying)
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            raise BadInput("name", name[:_LONGEST_NAME], f"1 to {_LONGEST_NAME} characters")
        if name not in sets and len(sets) >= _MOST_SETS:
            raise BadInput("name", name, f"at most {_MOST_SETS} sets")
        sets[name] = {code: as_texts(terms) for code, terms in contracts.items() if not terms.is_empty}
        self._settings.write(_key(underlying), sets)

    def remove(self, underlying: str, name: str) -> None:
        """Forget a set."""
        sets = self._sets(underlying)
        if sets.pop(name, None) is not None:
            self._settings.write(_key(underlying), sets)

    def read(self, underlying: str, name: str) -> dict[str, ContractTerms]:
        """A set. Raises BadInput for one that is not there or that holds what cannot be."""
        found = self._sets(underlying).get(name)
        if not isinstance(found, dict):
            raise BadInput("name", name, "the name of a saved set")
        return {str(code): terms_from(_texts(texts)) for code, texts in list(found.items())[:_MOST_CONTRACTS]}

    def keep_applied(self, underlying: str, contracts: Mapping[str, ContractTerms]) -> None:
        """Keep what was put in force, for the next start of the program."""
        kept = {code: as_texts(terms) for code, terms in contracts.items() if not terms.is_empty}
        self._settings.write(f"quoting.applied.{underlying}", kept)

    def applied(self, underlying: str) -> dict[str, ContractTerms]:
        """What was in force last; what cannot be read any more is left out."""
        kept, found = self._settings.read(f"quoting.applied.{underlying}"), {}
        for code, texts in list(kept.items())[:_MOST_CONTRACTS] if isinstance(kept, dict) else ():
            try:
                found[str(code)] = terms_from(_texts(texts))
            except BadInput:
                continue
        return found

    def differences(
        self, underlying: str, name: str, running: QuoterParameters, codes: Callable[[str], bool]
    ) -> list[Difference]:
        """Every cell that the set would change; contracts that are not listed today are left out."""
        saved = self.read(underlying, name)
        found = []
        for code in dict.fromkeys((*running.contracts, *saved)):
            if not codes(code):
                continue
            mine, other = running.contracts.get(code, ContractTerms()), saved.get(code, ContractTerms())
            for field in FIELDS:
                if getattr(mine, field) != getattr(other, field):
                    texts = write_term(getattr(mine, field)), write_term(getattr(other, field))
                    found.append(Difference(code, field, *texts))
        return found

    def keep_band(self, band: int, terms: ContractTerms) -> None:
        """Take these terms as the default of a band of moneyness."""
        self._settings.write("quoting.bands", {**self._bands(), str(band): as_texts(terms)})

    def band_terms(self, band: int) -> ContractTerms | None:
        """The default of a band; None where there is none, or none that can be read."""
        texts = self._bands().get(str(band))
        try:
            return None if texts is None else terms_from(_texts(texts))
        except BadInput:
            return None

    def _sets(self, underlying: str) -> dict[str, Any]:
        kept = self._settings.read(_key(underlying))
        return dict(kept) if isinstance(kept, dict) else {}

    def _bands(self) -> dict[str, Any]:
        kept = self._settings.read("quoting.bands")
        return dict(kept) if isinstance(kept, dict) else {}


def band_of(delta: float) -> int | None:
    """The band of a delta of a share, its sign aside; None where it is not known."""
    return next((place for place, end in enumerate(BANDS) if abs(delta) < end), None)


def as_texts(terms: ContractTerms) -> dict[str, str]:
    """The fields that say something, as text."""
    return {field: write_term(getattr(terms, field)) for field in FIELDS if getattr(terms, field) is not None}


def _texts(given: object) -> dict[str, str]:
    if not isinstance(given, dict):
        raise BadInput("terms", given, "fields by name")
    return {str(field)[:_LONGEST_NAME]: str(text)[: _LONGEST_NAME + 1] for field, text in given.items()}


def _key(underlying: str) -> str:
    return f"quoting.sets.{underlying}"
