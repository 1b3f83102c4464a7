"""Cells that were edited and are not in force yet (暂存): one table of changes, undone, taken or dropped."""

from collections.abc import Iterable, Mapping
from typing import Any

from terminal.domain.errors import BadInput
from terminal.strategies.contract_terms import NO_TERMS, ContractTerms, check_terms, with_term
from terminal.strategies.quoter_parameters import QuoterParameters, effective

Cell = tuple[str, str]
"""Contract code and field"""
_UNDO_STEPS = 200


class _Nothing:
    """No change was staged."""


_NOTHING = _Nothing()


class StagedEdits:
    """Changes by contract and field; None takes a cell back to the quoter's own figure."""

    def __init__(self) -> None:
        self._changes: dict[Cell, Any] = {}
        self._undo: list[dict[Cell, Any]] = []

    def __len__(self) -> int:
        return len(self._changes)

    def __contains__(self, cell: object) -> bool:
        return cell in self._changes

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._undo)

    @property
    def cells(self) -> Iterable[Cell]:
        """What is staged."""
        return self._changes.keys()

    def stage(self, changes: Mapping[Cell, Any], running: QuoterParameters) -> None:
        """Take changes as one step, all of them or none. Raises BadInput for terms that do not fit together.

        A half width that was set for another rule goes back to the quoter's own: half of the allowed width is no half
        of a tick.
        """
        wanted = dict(self._changes)
        changes = {**changes, **self._widths_of_another_rule(changes, running)}
        for (code, field), value in changes.items():
            # A side that is on is as the quoter has it
            value = None if field in ("bid", "ask") and value is True else value
            if value == getattr(running.contracts.get(code, NO_TERMS), field):
                wanted.pop((code, field), None)
            else:
                wanted[code, field] = value
        for code in dict.fromkeys(code for code, _ in changes):
            check_terms(self._merged(wanted, code, running))
        step = {cell: self._changes.get(cell, _NOTHING) for cell in changes}
        if wanted == self._changes:
            return
        self._undo = [*self._undo[-_UNDO_STEPS + 1 :], step]
        self._changes = wanted

    def _widths_of_another_rule(self, changes: Mapping[Cell, Any], running: QuoterParameters) -> dict[Cell, None]:
        """Half widths whose rule is changed and which nobody names anew."""
        found: dict[Cell, None] = {}
        for (code, field), rule in changes.items():
            own = self.terms(code, running)
            if field != "width" or (code, "half_width") in changes or own.half_width is None:
                continue
            if (rule or running.width) is not (own.width or running.width):
                found[code, "half_width"] = None
        return found

    def undo(self) -> None:
        """Take the last step back."""
        if self._undo:
            for cell, before in self._undo.pop().items():
                if isinstance(before, _Nothing):
                    self._changes.pop(cell, None)
                else:
                    self._changes[cell] = before

    def clear(self) -> None:
        """Drop everything."""
        self._changes.clear()
        self._undo.clear()

    def terms(self, code: str, running: QuoterParameters) -> ContractTerms:
        """The terms of a contract as they would be in force."""
        own = running.contracts.get(code, NO_TERMS)
        mine = {field: value for (c, field), value in self._changes.items() if c == code}
        for field, value in mine.items():
            own = with_term(own, field, value)
        return own

    def taken(self, running: QuoterParameters) -> dict[str, ContractTerms]:
        """All terms as they would be in force. Raises BadInput where what runs has moved under them."""
        contracts = dict(running.contracts)
        for (code, field), value in self._changes.items():
            contracts[code] = with_term(contracts.get(code, NO_TERMS), field, value)
        for code in {code for code, _ in self._changes}:
            check_terms(self._merged(self._changes, code, running))
        return contracts

    @staticmethod
    def _merged(changes: Mapping[Cell, Any], code: str, running: QuoterParameters) -> ContractTerms:
        terms = effective(running, code)
        for field in ("least_width", "most_width"):
            value = changes.get((code, field), _NOTHING)
            if value is not None and not isinstance(value, _Nothing):
                terms = with_term(terms, field, value)
            elif value is None:
                terms = with_term(terms, field, getattr(running, f"{field}_ticks"))
        return terms


def parse_block(text: str, most_rows: int, most_columns: int) -> list[list[str]]:
    """Lines and cells of a clipboard, parted by tabs. Raises BadInput for more than a grid can take."""
    if len(text) > 200_000:
        raise BadInput("clipboard", f"{len(text)} characters", "at most 200000 characters")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    block = [line.split("\t") for line in lines]
    if len(block) > most_rows:
        raise BadInput("clipboard", f"{len(block)} lines", f"at most {most_rows} lines from here")
    widest = max(len(line) for line in block)
    if widest > most_columns:
        raise BadInput("clipboard", f"{widest} columns", f"at most {most_columns} columns from here")
    return block
