"""The desk's end of the view: what changed of it since the worker was told last, taken in one breath.

A tick changes prices, deltas and some market rows; the other arrays follow four times a second or rarer. Comparing
costs less than copying and sending all of it at every call.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from terminal.services.universe import Universe
from terminal.strategies.plug_ins.frames import Day, Snapshot
from terminal.strategies.read_only import ReadOnlyQuotes
from terminal.strategies.view import DeskView

IntArray = NDArray[np.int64]


class Snapshots:
    """What one worker knows of the view."""

    def __init__(self, view: DeskView) -> None:
        self._view = view
        self._universe: Universe | None = None
        self._known: dict[str, bytes] = {}
        self._rows: IntArray = np.zeros((0, 0), np.int64)

    def day(self) -> Day | None:
        """The day's list, when the worker has not this one; it knows nothing else then."""
        view = self._view
        view.refresh()
        if view.universe is self._universe and view.market_rows.shape == self._rows.shape:
            return None
        self._universe = view.universe
        self._known.clear()
        self._rows = np.zeros_like(view.market_rows)
        return Day(underlyings=view.underlyings, contracts=view.universe.contracts)

    def take(self) -> Snapshot:
        """The view now; `day` was asked before."""
        view = self._view
        rows = view.market_rows
        changed = np.flatnonzero((rows != self._rows).any(axis=1))
        new = rows[changed]
        self._rows[changed] = new
        codes = [underlying.code for underlying in view.underlyings]
        return Snapshot(
            now=view.now(),
            monotonic=view.monotonic(),
            market_phase=view.market_phase,
            has_widths=view.allowed_width is not None,
            spots=tuple(map(view.spot, codes)),
            ages=tuple(map(view.age, codes)),
            shares=tuple(map(view.shares, codes)),
            arrays=self._changed(view.figures() | self._own()),
            rows=changed.tobytes(),
            quotes=new.tobytes(),
        )

    def own(self) -> dict[str, bytes]:
        """Own quotes alone, after something was asked for; nothing when the worker has another list."""
        return self._changed(self._own()) if self.is_of_today else {}

    @property
    def is_of_today(self) -> bool:
        """Whether contract numbers that the worker names are those of the list in force."""
        self._view.refresh()
        return self._view.universe is self._universe

    def _own(self) -> dict[str, NDArray[Any]]:
        own = self._view.own
        return {f"own.{name}": getattr(own, name) for name in ReadOnlyQuotes.ROWS}

    def _changed(self, arrays: dict[str, NDArray[Any]]) -> dict[str, bytes]:
        found, known = {}, self._known
        for name, array in arrays.items():
            # As bytes: nan is the same as nan
            data = array.tobytes()
            if known.get(name) != data:
                known[name] = found[name] = data
        return found
