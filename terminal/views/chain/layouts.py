"""The user's columns of every set: the shipped ones until something is changed."""

from collections.abc import Iterable, Sequence

from terminal.views.chain.columns import (
    ChainColumn,
    ColumnSet,
    ColumnState,
    default_layout,
    fitting,
    shown_columns,
    sound_layout,
)


class ColumnLayouts:
    """A layout per set and which of them the user has made his own."""

    def __init__(self) -> None:
        self._layouts = {column_set: default_layout(column_set) for column_set in ColumnSet}

    def layout(self, column_set: ColumnSet) -> list[ColumnState]:
        """Key, visibility and width of every column of a set, in order."""
        return list(self._layouts[column_set])

    def take(self, column_set: ColumnSet, states: Iterable[Sequence[object]]) -> None:
        """Store a layout; damaged parts of it are left out."""
        self._layouts[column_set] = sound_layout(states, column_set)

    def columns(self, column_set: ColumnSet, width: int) -> tuple[list[ChainColumn], int]:
        """The call half in a view of `width` pixels, and how many of its columns found no room.

        A set as shipped leaves columns out where room is short; a user's own choice is kept and scrolls.
        """
        calls = shown_columns(self._layouts[column_set])
        if self._layouts[column_set] != default_layout(column_set):
            return calls, 0
        fits = fitting(calls, width)
        return fits, len(calls) - len(fits)
