"""Fitting SVI slices to quoted volatilities, all expiries of an underlying in one batch.

The residuals are volatilities over the half-width of their bid-ask band, with the say of a far one fading (Cauchy), so
a bad quote bends nothing. A warm fit takes a few damped Gauss-Newton steps from the last slice. A cold one starts, as
in the quasi-explicit method, from the best of a grid of centres and widths, for which the other three parameters are a
linear problem; what breaks a no-arbitrage condition is repaired.

Source: De Marco and Martini, Quasi-explicit calibration of Gatheral's SVI model (Zeliade, 2009); Gatheral and Jacquier
(2014).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from terminal.pricing.svi import STEEPEST_WING, SviSlice, butterfly_free, total_variance

FloatArray = NDArray[np.float64]

#: Fewer sound quotes tell no smile
LEAST_POINTS = 5
#: Bands closer than this count as this wide, one basis point of volatility: a fit cannot serve them better
_NARROWEST_BAND = 1e-4
#: No quote is believed more than one with this part of its expiry's usual band: a narrow book may be a wrong one
_NARROWEST_SHARE = 0.5
#: Half-widths at which a quote has half of its say left
_FADES_AT = 3.0
_WARM_STEPS = 3
_COLD_STEPS = 60
_FADING_ROUNDS = 6
_CENTRES = np.linspace(-0.3, 0.3, 7)
_WIDTHS = np.geomspace(0.02, 0.6, 5)
#: Bounds of a, b, rho, m, sigma
_LEAST = np.array([-10.0, 1e-8, -0.999, -2.0, 1e-3])
_MOST = np.array([10.0, 2.0, 0.999, 2.0, 5.0])
#: A step that lowers the loss by less, relative, was the last
_SETTLED = 1e-4
_MEDIAN_TO_DEVIATION = 1.4826


@dataclass(frozen=True, slots=True)
class SviFit:
    """Slices of all expiries and how well they meet the quotes."""

    parameters: FloatArray
    """Raw, shape (expiries, 5); nan where too few quotes were sound"""
    residual: FloatArray
    """Volatility of the slice less the quoted one, shape of the quotes; nan without a quote"""
    error: FloatArray
    """Root of the mean square of the residuals of each expiry, robust: in units of volatility"""
    repaired: NDArray[np.bool_]
    """Whether a slice had to be bent to be free of butterflies"""

    def slice_of(self, expiry: int) -> SviSlice | None:
        """The slice of one expiry; None without one."""
        row = self.parameters[expiry]
        return SviSlice(*row.tolist()) if np.isfinite(row).all() else None


def fit_svi(
    k: FloatArray, volatility: FloatArray, band: FloatArray, years: FloatArray, start: FloatArray | None = None
) -> SviFit:
    """Fit one slice an expiry.

    `k`, `volatility` and `band` (half of ask less bid volatility) have shape (expiries, points), nan where there is no
    sound quote; `years` one entry an expiry. `start` has the last parameters, shape (expiries, 5), nan where unknown.
    """
    sound = np.isfinite(k + volatility + band) & (years[:, None] > 0.0)
    enough = sound.sum(axis=1) >= LEAST_POINTS
    data = _Quotes.of(k, volatility, band, years, sound)
    parameters = np.full((len(years), 5), np.nan)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        warm = np.zeros_like(enough) if start is None else enough & np.isfinite(start).all(axis=1)
        if start is not None and warm.any():
            parameters[warm] = _descend(data.rows(warm), start[warm], _WARM_STEPS)
        cold = enough & ~warm
        if cold.any():
            chosen = data.rows(cold)
            parameters[cold] = _descend(chosen, _cold_start(chosen), _COLD_STEPS)
        repaired = enough & ~butterfly_free(parameters)
        for row in np.flatnonzero(repaired):
            parameters[row] = SviSlice(*parameters[row].tolist()).without_butterfly(float(years[row])).parameters
        residual = np.sqrt(total_variance(parameters, k) / years[:, None]) - volatility
        counted = np.isfinite(residual)
        known = np.where(counted, residual, 0.0)
        say = _say(known / data.band) * counted
        error = np.sqrt((say * known * known).sum(axis=1) / say.sum(axis=1))
    return SviFit(parameters, residual, error, repaired)


@dataclass(frozen=True, slots=True)
class _Quotes:
    """The quotes with 0 for what is not known, and weight 0."""

    k: FloatArray
    variance: FloatArray
    band: FloatArray
    weight: FloatArray
    """One over the band in total variance"""

    @classmethod
    def of(
        cls, k: FloatArray, volatility: FloatArray, band: FloatArray, years: FloatArray, sound: NDArray[np.bool_]
    ) -> "_Quotes":
        values = np.where(sound, volatility, 0.0)
        ordered = np.sort(np.where(sound, band, np.inf), axis=1)
        usual = (
            ordered[np.arange(len(band)), np.minimum(sound.sum(axis=1) // 2, band.shape[1] - 1), None]
            if band.size
            else band
        )
        least = np.maximum(np.where(np.isfinite(usual), _NARROWEST_SHARE * usual, 0.0), _NARROWEST_BAND)
        wide = np.maximum(np.where(sound, band, 1.0), least)
        # A small change of volatility changes total variance by twice volatility times years
        to_variance = 2.0 * np.where(sound, volatility, 1.0) * years[:, None] * wide
        weight = np.where(sound, 1.0 / np.where(sound, to_variance, 1.0), 0.0)
        return cls(np.where(sound, k, 0.0), values * values * years[:, None], wide, weight)

    def rows(self, chosen: NDArray[np.bool_]) -> "_Quotes":
        if chosen.all():
            return self
        return _Quotes(self.k[chosen], self.variance[chosen], self.band[chosen], self.weight[chosen])


def _say(residual: FloatArray) -> FloatArray:
    """Weight of a residual in half-widths of its band."""
    return np.asarray(1.0 / (1.0 + (residual / _FADES_AT) ** 2))


def _descend(data: _Quotes, start: FloatArray, steps: int) -> FloatArray:
    """Levenberg-Marquardt with fading weights; a step that makes a slice worse is not taken for that slice."""
    parameters = _allowed(start)
    damping = np.full(len(parameters), 1e-4)
    residual, jacobian = _linearised(data, parameters)
    loss = _loss(residual)
    for _ in range(steps):
        weighted = jacobian * _say(residual)[:, None, :]
        normal = weighted @ jacobian.transpose(0, 2, 1)
        gradient = weighted @ residual[:, :, None]
        diagonal = normal.reshape(-1, 25)[:, ::6]
        diagonal += diagonal * damping[:, None] + (1e-12 * diagonal.max(axis=1) + 1e-30)[:, None]
        moved = _allowed(parameters - np.linalg.solve(normal, gradient)[:, :, 0])
        residual_then, jacobian_then = _linearised(data, moved)
        loss_then = _loss(residual_then)
        better = loss_then <= loss
        if better.all():
            settled = bool((loss - loss_then <= _SETTLED * loss).all())
            parameters, residual, jacobian, loss = moved, residual_then, jacobian_then, loss_then
            damping *= 0.1
            if settled:
                break
            continue
        parameters = np.where(better[:, None], moved, parameters)
        residual = np.where(better[:, None], residual_then, residual)
        jacobian = np.where(better[:, None, None], jacobian_then, jacobian)
        loss = np.where(better, loss_then, loss)
        damping = np.where(better, damping * 0.1, damping * 20.0)
    return parameters


def _loss(residual: FloatArray) -> FloatArray:
    scaled = residual * (1.0 / _FADES_AT)
    return np.asarray(np.log1p(scaled * scaled).sum(axis=1))


def _linearised(data: _Quotes, parameters: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Weighted residuals and their derivatives, shape (expiries, 5, points)."""
    a, b, rho, m, sigma = parameters.T[:, :, None]
    y = data.k - m
    root = np.sqrt(y * y + sigma * sigma)
    jacobian = np.empty((len(parameters), 5, data.k.shape[1]))
    jacobian[:, 0] = 1.0
    bent = np.add(rho * y, root, out=jacobian[:, 1])
    residual = (a + b * bent - data.variance) * data.weight
    np.multiply(b, y, out=jacobian[:, 2])
    per_root = b / root
    np.multiply(per_root, sigma, out=jacobian[:, 4])
    np.multiply(per_root, y, out=jacobian[:, 3])
    np.add(jacobian[:, 3], b * rho, out=jacobian[:, 3])
    np.negative(jacobian[:, 3], out=jacobian[:, 3])
    jacobian *= data.weight[:, None, :]
    return residual, jacobian


def _allowed(parameters: FloatArray) -> FloatArray:
    """The parameters moved into their domain: no negative variance anywhere, no wing too steep."""
    allowed: FloatArray = np.minimum(np.maximum(parameters, _LEAST), _MOST)
    a, b, rho, _, sigma = allowed.T
    np.minimum(b, STEEPEST_WING / (1.0 + np.abs(rho)), out=b)
    np.maximum(a, 1e-10 - b * sigma * np.sqrt(1.0 - rho * rho), out=a)
    return allowed


def _cold_start(data: _Quotes) -> FloatArray:
    """The best of a grid of centre and width, relative to the reach of the strikes; the rest is linear."""
    reach = np.maximum(np.abs(data.k).max(axis=1), 0.02)
    centre = np.repeat(_CENTRES, len(_WIDTHS))[None, :] * 3.0 * reach[:, None]
    width = np.tile(_WIDTHS, len(_CENTRES))[None, :] * 3.0 * reach[:, None]
    y = data.k[:, None, :] - centre[:, :, None]
    root = np.sqrt(y * y + width[:, :, None] ** 2)
    weight = data.weight[:, None, :]
    target = (data.variance * data.weight)[:, None, :]
    # Bad quotes are told from a smile only once there is one, so they fade round by round
    say = np.ones_like(y)
    for _ in range(_FADING_ROUNDS):
        design = np.stack((np.ones_like(y), y, root), axis=-1) * weight[..., None]
        weighted = design * say[..., None]
        normal = weighted.swapaxes(-1, -2) @ design
        normal += 1e-10 * np.einsum("...ii->...", normal)[..., None, None] * np.eye(3)
        linear = np.linalg.solve(normal, weighted.swapaxes(-1, -2) @ target[..., None])[..., 0]
        residual = (design @ linear[..., None])[..., 0] - target
        typical = _MEDIAN_TO_DEVIATION * np.median(np.abs(residual), axis=-1, keepdims=True)
        say = _say(residual / np.maximum(typical, 1.0))
    a, slope, b = np.moveaxis(linear, -1, 0)
    b = np.maximum(b, 1e-6)
    rho = np.clip(slope / b, -0.95, 0.95)
    shape = np.broadcast_to
    candidates = np.stack((a, b, rho, shape(centre, a.shape), shape(width, a.shape)), axis=-1)
    flat = _allowed(candidates.reshape(-1, 5)).reshape(candidates.shape)
    count = len(_CENTRES) * len(_WIDTHS)
    repeated = _Quotes(*(np.repeat(part, count, axis=0) for part in (data.k, data.variance, data.band, data.weight)))
    residual, _ = _linearised(repeated, flat.reshape(-1, 5))
    loss = _loss(residual).reshape(-1, count)
    return np.asarray(flat[np.arange(len(flat)), loss.argmin(axis=1)])
