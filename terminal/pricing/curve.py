"""A trader's volatility curve of one expiry (我的曲线): a fitted shape and what was done to it by hand, a plain value.

Every operation gives a new curve; nothing is changed in place, so any moment can be kept, sent and brought back, and
msgspec writes and reads it. What is published is what strategies use; the rest is work on the bench.
"""

from datetime import date
from typing import Self, TypeVar

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

from terminal.domain.errors import BadInput
from terminal.pricing.band_spline import BandSpline
from terminal.pricing.svi import SviSlice, density_of

FloatArray = NDArray[np.float64]
Shape = SviSlice | BandSpline
_T = TypeVar("_T")

#: A volatility outside this is a slip of hand or mouse
VOLATILITY_BOUNDS = (0.001, 5.0)
_MOST_HANDLES = 40
_CHECK_STEP = 0.005


class Adjustment(msgspec.Struct, frozen=True):
    """What was done by hand, in volatility: 0.01 is one point."""

    shift: float = 0.0
    tilt: float = 0.0
    """Per 1.00 of z, log moneyness over the root of years"""
    width: float = 0.0
    """Per 1.00 of z squared"""
    offsets: tuple[float, ...] = ()
    """At each handle, straight in between"""
    locks: tuple[float | None, ...] = ()
    """Volatility held at each handle; None where it is free"""


class Published(msgspec.Struct, frozen=True):
    """The curve as it was last published."""

    base: Shape
    adjustment: Adjustment


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """Volatility over log moneyness (log of strike over forward) of one expiry."""

    expiry: date
    years: float
    forward: float
    base: Shape
    handles: tuple[float, ...]
    """Log moneyness of the points that can be dragged and locked, rising"""
    adjustment: Adjustment
    published: Published | None = None
    revision: int = 0
    """Counts what was published"""

    @classmethod
    def of(cls, expiry: date, years: float, forward: float, base: Shape, handles: tuple[float, ...]) -> Self:
        """A curve nobody has touched. Raises BadInput for handles that do not rise."""
        if not 1 <= len(handles) <= _MOST_HANDLES or not np.isfinite(handles).all() or (np.diff(handles) <= 0).any():
            raise BadInput("handles", handles, f"1 to {_MOST_HANDLES} rising log moneynesses")
        untouched = Adjustment(offsets=(0.0,) * len(handles), locks=(None,) * len(handles))
        return cls(expiry=expiry, years=years, forward=forward, base=base, handles=handles, adjustment=untouched)

    def volatility(self, k: ArrayLike) -> FloatArray:
        """Volatility a year at log moneyness `k`; nan once no time is left."""
        return self._adjusted(np.asarray(k, dtype=np.float64), self.base, self.adjustment)

    def published_volatility(self, k: ArrayLike) -> FloatArray:
        """The same of what was last published; nan before anything was."""
        at = np.asarray(k, dtype=np.float64)
        if self.published is None:
            return np.full_like(at, np.nan)
        return self._adjusted(at, self.published.base, self.published.adjustment)

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what is published."""
        return self.published != Published(self.base, self.adjustment)

    @property
    def is_butterfly_free(self) -> bool:
        """Whether the curve between its outer handles gives no butterfly away; a dragged corner may."""
        count = int((self.handles[-1] - self.handles[0]) / _CHECK_STEP) + 5
        k = np.linspace(self.handles[0] - 2 * _CHECK_STEP, self.handles[-1] + 2 * _CHECK_STEP, count)
        w = self.volatility(k) ** 2 * self.years
        slope = np.gradient(w, k)
        inner = slice(2, -2)
        return bool((density_of(k, w, slope, np.gradient(slope, k))[inner] >= -1e-6).all())

    # ---- operations

    def lock(self, handle: int) -> Self:
        """Hold the volatility at a handle where it is, whatever is done to the rest."""
        now = float(self.volatility(self.handles[self._checked(handle)]))
        return self._with(locks=_replaced(self.adjustment.locks, handle, now))

    def unlock(self, handle: int) -> Self:
        """Let a handle go with the rest again, from where it is."""
        return self._with(locks=_replaced(self.adjustment.locks, self._checked(handle), None))

    def drag(self, handle: int, volatility: float) -> Self:
        """Pull the curve at one handle to a volatility; its neighbours stay. A locked one takes its lock along."""
        _check_volatility(volatility)
        k = self.handles[self._checked(handle)]
        moved = self.adjustment.offsets[handle] + volatility - float(self._raw(np.array(k), self.base, self.adjustment))
        locks = self.adjustment.locks
        if locks[handle] is not None:
            locks = _replaced(locks, handle, volatility)
        return self._with(offsets=_replaced(self.adjustment.offsets, handle, moved), locks=locks)

    def shift(self, by: float) -> Self:
        """Raise the whole curve, in volatility."""
        return self._with(shift=_finite("shift", self.adjustment.shift + by))

    def tilt(self, by: float) -> Self:
        """Turn the curve around the forward: up at high strikes, down at low ones, by so much at z = 1."""
        return self._with(tilt=_finite("tilt", self.adjustment.tilt + by))

    def widen(self, by: float) -> Self:
        """Raise both wings, by so much at z = 1 and z = -1."""
        return self._with(width=_finite("width", self.adjustment.width + by))

    def follow(self, base: Shape, *, years: float, forward: float) -> Self:
        """Put a newer fit under the hand's work, at a newer time and forward; locked handles stay where they are."""
        followed = msgspec.structs.replace(self, base=base, years=years, forward=forward)
        return followed._with()

    def publish(self) -> Self:
        """Make this the curve in force."""
        return msgspec.structs.replace(
            self, published=Published(self.base, self.adjustment), revision=self.revision + 1
        )

    def revert(self) -> Self:
        """Go back to what was published; before anything was, take the hand's work away."""
        if self.published is None:
            count = len(self.handles)
            untouched = Adjustment(offsets=(0.0,) * count, locks=(None,) * count)
            return msgspec.structs.replace(self, adjustment=untouched)
        return msgspec.structs.replace(self, base=self.published.base, adjustment=self.published.adjustment)

    # ---- inside

    def _checked(self, handle: int) -> int:
        if not 0 <= handle < len(self.handles):
            raise BadInput("handle", handle, f"0 to {len(self.handles) - 1}")
        return handle

    def _with(
        self,
        *,
        shift: float | None = None,
        tilt: float | None = None,
        width: float | None = None,
        offsets: tuple[float, ...] | None = None,
        locks: tuple[float | None, ...] | None = None,
    ) -> Self:
        now = self.adjustment
        changed = Adjustment(
            now.shift if shift is None else shift,
            now.tilt if tilt is None else tilt,
            now.width if width is None else width,
            now.offsets if offsets is None else offsets,
            now.locks if locks is None else locks,
        )
        if any(lock is not None for lock in changed.locks):
            free = msgspec.structs.replace(changed, offsets=(0.0,) * len(self.handles))
            without = self._raw(np.array(self.handles), self.base, free).tolist()
            kept = tuple(
                offset if lock is None else lock - bare
                for offset, lock, bare in zip(changed.offsets, changed.locks, without, strict=True)
            )
            changed = msgspec.structs.replace(changed, offsets=kept)
        return msgspec.structs.replace(self, adjustment=changed)

    def _raw(self, k: FloatArray, base: Shape, adjustment: Adjustment) -> FloatArray:
        z = k / np.sqrt(self.years) if self.years > 0.0 else np.full_like(k, np.nan)
        by_hand = adjustment.shift + z * (adjustment.tilt + z * adjustment.width)
        dragged = np.interp(k, self.handles, adjustment.offsets)
        return np.asarray(base.volatility(k, self.years) + by_hand + dragged)

    def _adjusted(self, k: FloatArray, base: Shape, adjustment: Adjustment) -> FloatArray:
        return np.asarray(np.clip(self._raw(k, base, adjustment), *VOLATILITY_BOUNDS))


def _replaced(values: tuple[_T, ...], place: int, value: _T) -> tuple[_T, ...]:
    return (*values[:place], value, *values[place + 1 :])


def _finite(field: str, value: float) -> float:
    if not np.isfinite(value) or abs(value) > VOLATILITY_BOUNDS[1]:
        raise BadInput(field, value, f"a change of volatility up to {VOLATILITY_BOUNDS[1]:.0%}")
    return value


def _check_volatility(volatility: float) -> None:
    low, high = VOLATILITY_BOUNDS
    if not low <= volatility <= high:
        raise BadInput("volatility", volatility, f"{low:.1%} to {high:.0%}")
