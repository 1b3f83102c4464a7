"""What of a smile is drawn, in the figures of its axes: volatilities in points, 32.5 is 32.5 %."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from terminal.pricing.chain_columns import ASK, BID, MID
from terminal.pricing.quality import Quality
from terminal.services.smile import Smile
from terminal.services.trade_trail import Trades
from terminal.views.plot import Range
from terminal.views.volatility.axis import Axis, places

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
Line = tuple[FloatArray, FloatArray]
_CURVE_POINTS = 161
_PAD = 0.025
#: A book wider than this tells little, volatility
_WIDE = 0.03
#: From here on a residual is a weak one, volatility
_WEAK_BAND = 0.01
#: What is shown of an empty book, points
_NOTHING_KNOWN = 10.0, 30.0


@dataclass(frozen=True, slots=True)
class Books:
    """The books of one right, by strike; nan where a side is missing."""

    x: FloatArray
    bid: FloatArray
    ask: FloatArray
    middle: FloatArray
    is_strong: BoolArray
    """Live, and out of the money"""


@dataclass(frozen=True, slots=True)
class SmilePicture:
    """One smile on one axis."""

    x_range: Range
    y_wanted: Range
    """Lowest and highest volatility that must be seen"""
    curve: Line
    fit: Line
    settlement: Line
    calls: Books
    puts: Books
    middles: Line
    own: tuple[FloatArray, FloatArray, FloatArray]
    """Places, own bids and own asks where there are both"""
    handles: Line
    locks: tuple[bool, ...]
    spot: float
    """nan for none"""
    forward: float
    residuals: Line
    """Basis points"""
    is_weak: BoolArray
    """Whose book is wide, one a residual"""
    trades: FloatArray
    """Places, volatilities, quantities, ages and sides as of `Trades`, one column a trade"""


def picture_of(smile: Smile, axis: Axis, trades: Trades | None = None) -> SmilePicture | None:
    """Lay a smile out; None for one without strikes or forward."""
    points = smile.points
    if not len(points.k) or not np.isfinite(smile.forward.price):
        return None
    pad = _PAD * float(points.k[-1] - points.k[0]) + 1e-4
    dense = np.linspace(points.k[0] - pad, points.k[-1] + pad, _CURVE_POINTS)
    x, at = places(axis, smile, dense), places(axis, smile, points.k)
    own, fit = smile.curve_volatility(dense) * 100.0, smile.fit_volatility(dense) * 100.0
    inside = points.strike < smile.forward.price
    calls, puts = (
        Books(
            at,
            volatility[BID] * 100.0,
            volatility[ASK] * 100.0,
            volatility[MID] * 100.0,
            (marks == Quality.LIVE) & outer,
        )
        for volatility, marks, outer in (
            (points.call, points.call_marks, ~inside),
            (points.put, points.put_marks, inside),
        )
    )
    both = np.isfinite(smile.own_bid) & np.isfinite(smile.own_ask)
    handles, locks = _handles(smile, axis)
    residual = smile.residual * 10_000.0
    sound = np.isfinite(residual)
    spot = np.nan
    if smile.spot > 0.0:
        spot = float(places(axis, smile, np.log(np.array([smile.spot / smile.forward.price])))[0])
    return SmilePicture(
        x_range=(float(x[0]), float(x[-1])),
        y_wanted=_wanted(smile, own, fit),
        curve=(x, own),
        fit=(x, fit),
        settlement=(at, smile.settlement * 100.0),
        calls=calls,
        puts=puts,
        middles=(at, points.middle * 100.0),
        own=(at[both], smile.own_bid[both] * 100.0, smile.own_ask[both] * 100.0),
        handles=handles,
        locks=locks,
        spot=spot,
        forward=float(places(axis, smile, np.zeros(1))[0]),
        residuals=(at[sound], residual[sound]),
        is_weak=np.abs(points.band[sound]) > _WEAK_BAND,
        trades=np.zeros((5, 0)) if trades is None else _trades(smile, axis, trades),
    )


def _trades(smile: Smile, axis: Axis, trades: Trades) -> FloatArray:
    at = places(axis, smile, np.log(trades.strike / smile.forward.price))
    return np.stack((at, trades.volatility * 100.0, trades.quantity, trades.age, trades.side))


def _wanted(smile: Smile, own: FloatArray, fit: FloatArray) -> Range:
    points = smile.points
    sound = np.abs(points.band) < _WIDE
    every = np.concatenate((own, fit, points.low[sound] * 100.0, points.high[sound] * 100.0))
    every = every[np.isfinite(every)]
    return (float(every.min()), float(every.max())) if every.size else _NOTHING_KNOWN


def _handles(smile: Smile, axis: Axis) -> tuple[Line, tuple[bool, ...]]:
    curve = smile.curve
    k = smile.points.k if curve is None else np.array(curve.handles)
    locks = (False,) * len(k) if curve is None else tuple([lock is not None for lock in curve.adjustment.locks])
    y = smile.curve_volatility(k) * 100.0
    if not np.isfinite(y).all():
        # Without a curve there is nothing to take hold of
        return (np.zeros(0), np.zeros(0)), ()
    return (places(axis, smile, k), y), locks
