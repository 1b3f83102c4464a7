"""The volatility curves of every underlying and expiry (波动率曲线): fitted to the book, and the trader's own.

The fit follows the market while somebody looks at the underlying. The trader's curve is worked on here and counts once
it is published: it then makes theoretical prices and greeks, is written to disk before the call returns, and is in
force again after a crash. An expiry without a published curve is priced on its fit.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from terminal.domain.errors import BadInput
from terminal.pricing.black_scholes import sign_of
from terminal.pricing.curve import Curve, Shape
from terminal.pricing.implied_volatility import implied_on_forward
from terminal.services.bus import Bus
from terminal.services.curve_fit import FitModel, FittedSlices, fit_slices
from terminal.services.events import AlarmKind, AlarmRaised, CurveChanged
from terminal.services.market_data import MarketData
from terminal.services.publish_impact import PublishImpact, impact_of
from terminal.services.resting import Resting
from terminal.services.settlement_values import SettlementValues
from terminal.services.smile import Points, Smile, dividend_of, middle_volatility, points_of
from terminal.services.valuation import Valuation, ValuedBook

FloatArray = NDArray[np.float64]
CurveKey = tuple[str, date]
#: A fit is made anew no sooner than this, seconds: a curve in log moneyness moves with the forward meanwhile
_FIT_SECONDS = 1.0
#: Strikes of a curve that can be dragged, nearest to the money
_HANDLES = 25


class CurveStore(Protocol):
    """Where published curves outlive the program."""

    def load(self) -> tuple[Mapping[CurveKey, Curve], tuple[str, ...]]:
        """The curves saved last, and remarks about what could not be read. Never raises."""

    def save(self, curves: Mapping[CurveKey, Curve]) -> None:
        """Put these on disk, whole or not at all, before returning. Raises OSError."""


class Adjusting(StrEnum):
    """What the hand does to a whole curve; amounts as in `pricing.curve.Adjustment`."""

    SHIFT = "shift"
    TILT = "tilt"
    WIDEN = "widen"


class CurveService:
    """Fits, and the trader's curves. `now` is market time, `monotonic` seconds; `resting` gives own working orders."""

    def __init__(
        self,
        market: MarketData,
        valuation: Valuation,
        settled: SettlementValues,
        bus: Bus,
        now: Callable[[], datetime],
        *,
        monotonic: Callable[[], float],
        store: CurveStore,
        resting: Callable[[], Resting],
    ) -> None:
        self._market = market
        self._valuation = valuation
        self._settled = settled
        self._bus = bus
        self._now = now
        self._monotonic = monotonic
        self._store = store
        self._resting = resting
        self._fits: dict[str, FittedSlices] = {}
        self._fitted_at: dict[str, float] = {}
        self._models: dict[str, FitModel] = {}
        self._due: set[str] = set()
        self._behind: set[str] = set()
        curves, self.remarks = store.load()
        # Work that was not published ended with the program that it was done in
        self._curves: dict[CurveKey, Curve] = {key: curve.revert() for key, curve in curves.items()}
        self.revision = 0
        """Counts what was done to curves by hand"""
        valuation.fitter = self

    # ---- the fit

    def fit(self, underlying: str, book: ValuedBook) -> bool:
        """Fit the books the valuation has just solved, and lay curves under its prices."""
        known, now = self._fits.get(underlying), self._monotonic()
        if known is not None and known.expiries != book.expiries:
            known = None
        fresh = known is None or now - self._fitted_at[underlying] >= _FIT_SECONDS
        if not fresh:
            self._behind.add(underlying)
            if underlying not in self._due:
                return False
        if fresh:
            points = [points_of(book.columns, book.rows, n) for n in range(len(book.expiries))]
            self._fits[underlying] = fit_slices(
                points, book.columns.years, book.expiries, self.model(underlying), known
            )
            self._fitted_at[underlying] = now
            self._behind.discard(underlying)
        self._due.discard(underlying)
        fits = self._fits[underlying]
        for number, expiry in enumerate(book.expiries):
            book.columns.set_curve(number, self._in_force(underlying, expiry, fits.shapes[number], fits.years[number]))
        return True

    def is_behind(self, underlying: str) -> bool:
        """Whether quotes came after the last fit that it has not seen, and it is time for the next."""
        return underlying in self._behind and self._monotonic() - self._fitted_at[underlying] >= _FIT_SECONDS

    def model(self, underlying: str) -> FitModel:
        """What the fit of an underlying is made with."""
        return self._models.get(underlying, FitModel.SVI)

    def set_model(self, underlying: str, model: FitModel) -> None:
        """Fit an underlying with another model from now on."""
        if model is not self.model(underlying):
            self._models[underlying] = model
            self._fits.pop(underlying, None)
            self._valuation.touch(underlying)

    def expiries(self, underlying: str) -> tuple[date, ...]:
        """Expiries of an underlying, nearest first."""
        book = self._valuation.book(underlying)
        return () if book is None else book.expiries

    def smile(self, underlying: str, expiry: date) -> Smile | None:
        """Everything about one expiry now; None for one that is not listed."""
        self._valuation.refresh(underlying)
        book = self._valuation.book(underlying)
        if book is None or expiry not in book.expiries:
            return None
        number = book.expiries.index(expiry)
        columns = book.columns
        points = points_of(columns, book.rows, number)
        fits = self._fits.get(underlying)
        curve = self.curve(underlying, expiry)
        settled = self._settled.columns(underlying)
        return Smile(
            underlying=underlying,
            expiry=expiry,
            years=float(columns.years[number]),
            spot=self._valuation.spot(underlying),
            forward=self._valuation.forward(underlying, expiry),
            carry=float(columns.carry[number]),
            dividend=dividend_of(columns, number),
            points=points,
            fit=None if fits is None else fits.shapes[number],
            fit_years=np.nan if fits is None else fits.years[number],
            fit_error=np.nan if fits is None else fits.errors[number],
            butterfly_free=curve.is_butterfly_free if curve else fits is not None and fits.butterfly_free[number],
            calendar_free=fits is None or fits.calendar_free[number],
            curve=curve,
            settlement=np.full(len(points.k), np.nan) if settled is None else middle_volatility(settled, number),
            own_bid=self._own(points, book, number, bids=True),
            own_ask=self._own(points, book, number, bids=False),
        )

    # ---- the trader's curve

    def curve(self, underlying: str, expiry: date) -> Curve | None:
        """The trader's curve of an expiry; None where it is still the fit."""
        return self._curves.get((underlying, expiry))

    def begin(self, underlying: str, expiry: date) -> Curve:
        """The trader's curve, made from the fit if there is none. Raises BadInput where nothing can be fitted."""
        known = self.curve(underlying, expiry)
        if known is not None:
            return known
        smile = self.smile(underlying, expiry)
        if smile is None or smile.fit is None:
            raise BadInput("expiry", expiry, "an expiry with enough sound quotes to fit a curve")
        k = np.unique(np.round(smile.points.k, 9))
        nearest = np.sort(k[np.argsort(np.abs(k), kind="stable")[:_HANDLES]])
        return Curve.of(expiry, smile.fit_years, smile.forward.price, smile.fit, tuple(nearest.tolist()))

    def drag(self, underlying: str, expiry: date, handle: int, volatility: float) -> None:
        """Pull one point to a volatility. Raises BadInput as `Curve.drag`."""
        self._take(underlying, expiry, self.begin(underlying, expiry).drag(handle, volatility))

    def toggle_lock(self, underlying: str, expiry: date, handle: int) -> None:
        """Hold one point where it is, or let it go."""
        curve = self.begin(underlying, expiry)
        held = 0 <= handle < len(curve.handles) and curve.adjustment.locks[handle] is not None
        self._take(underlying, expiry, curve.unlock(handle) if held else curve.lock(handle))

    def adjust(self, underlying: str, expiry: date, what: Adjusting, by: float) -> None:
        """Shift, tilt or widen the whole curve. Raises BadInput for an amount that is a slip."""
        curve = self.begin(underlying, expiry)
        done = {Adjusting.SHIFT: curve.shift, Adjusting.TILT: curve.tilt, Adjusting.WIDEN: curve.widen}[what](by)
        self._take(underlying, expiry, done)

    def refit(self, underlying: str, expiry: date) -> None:
        """Put the newest fit under the hand's work; locked points stay."""
        curve = self.begin(underlying, expiry)
        smile = self.smile(underlying, expiry)
        if smile is not None and smile.fit is not None:
            followed = curve.follow(smile.fit, years=smile.fit_years, forward=smile.forward.price)
            self._take(underlying, expiry, followed)

    def publish(self, underlying: str, expiry: date) -> None:
        """Put the trader's curve in force, on disk before this returns; a disk that fails raises an alarm."""
        self._curves[underlying, expiry] = self.begin(underlying, expiry).publish()
        self._changed(underlying, expiry, published=True)
        self._save()

    def revert(self, underlying: str, expiry: date) -> None:
        """Go back to what was published; where nothing was, to the fit."""
        curve = self.curve(underlying, expiry)
        if curve is None:
            return
        if curve.published is None:
            del self._curves[underlying, expiry]
        else:
            self._curves[underlying, expiry] = curve.revert()
        self._changed(underlying, expiry, published=False)

    def withdraw(self, underlying: str, expiry: date) -> None:
        """Take the published curve out of force: the fit makes the prices again."""
        if self._curves.pop((underlying, expiry), None) is not None:
            self._changed(underlying, expiry, published=True)
            self._save()

    def impact(self, underlying: str, expiry: date) -> PublishImpact | None:
        """What publishing the trader's curve would change; None where there is nothing to publish."""
        curve, book, fits = self.curve(underlying, expiry), self._valuation.book(underlying), self._fits.get(underlying)
        if curve is None or not curve.is_changed or book is None or expiry not in book.expiries or fits is None:
            return None
        number = book.expiries.index(expiry)
        before = self._in_force(underlying, expiry, fits.shapes[number], fits.years[number])
        return None if before is None else impact_of(book, number, before, curve.volatility, self._resting())

    # ---- inside

    def _in_force(
        self, underlying: str, expiry: date, shape: Shape | None, years: float
    ) -> Callable[[FloatArray], FloatArray] | None:
        curve = self.curve(underlying, expiry)
        if curve is not None and curve.published is not None:
            return curve.published_volatility
        return None if shape is None else lambda k: shape.volatility(k, years)

    def _take(self, underlying: str, expiry: date, curve: Curve) -> None:
        self._curves[underlying, expiry] = curve
        self._changed(underlying, expiry, published=False)

    def _changed(self, underlying: str, expiry: date, *, published: bool) -> None:
        self.revision += 1
        if published:
            self._due.add(underlying)
            self._valuation.touch(underlying)
        self._bus.publish(CurveChanged(underlying, expiry, published))

    def _save(self) -> None:
        today = self._market.day.trading_day if self._market.day is not None else self._now().date()
        kept = {key: c for key, c in self._curves.items() if c.published is not None and key[1] >= today}
        try:
            self._store.save(kept)
        except OSError as error:
            self._bus.publish(AlarmRaised(AlarmKind.CURVES_NOT_SAVED, self._now(), (error.strerror or str(error),)))

    def _own(self, points: Points, book: ValuedBook, expiry: int, *, bids: bool) -> FloatArray:
        """Volatility of my best orders of one side: the highest bid, the lowest ask of call and put of a strike."""
        resting = self._resting()
        price = resting.best_bid if bids else resting.best_ask
        columns = book.columns
        sides = []
        for rows, is_call in ((points.call_rows, True), (points.put_rows, False)):
            mine = np.where(rows >= 0, price[rows], np.nan)
            if not np.isfinite(mine).any():
                continue
            forward, discount = columns.forward[expiry], columns.discount[expiry]
            sign = sign_of(is_call)
            sides.append(implied_on_forward(sign, mine, forward, points.strike, columns.years[expiry], discount))
        return _best(sides, len(points.k), highest=bids)


def _best(sides: Iterable[FloatArray], count: int, *, highest: bool) -> FloatArray:
    best = np.full(count, np.nan)
    for side in sides:
        best = np.fmax(best, side) if highest else np.fmin(best, side)
    return best
