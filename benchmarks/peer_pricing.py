"""One peer's figures, run inside the peer's environment: `python -m benchmarks.peer_pricing PEER FILE`, JSON out.

Nothing of our own program is imported here. Each peer does the work of `benchmarks/pricing.py` in its own best way:
whole arrays where it takes them, one call an option where it does not.
"""

import json
import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from math import exp
from typing import Any

import numpy as np

from benchmarks.timing import seconds, seconds_each

#: Underlying ticks replayed: the interpreted model needs a quarter of a second for each
TICKS = {"vnpy": 4, "vnpy-compiled": 120}
Figures = dict[str, float]


def vectorized(data: dict[str, Any]) -> Figures:
    """py_vollib_vectorized: arrays through numba."""
    api = import_module("py_vollib_vectorized")
    flag = np.where(data["sign"] > 0, "c", "p")
    spot, strike, years, rate, volatility, dividend = (data[name] for name in INPUTS)
    common = {"model": "black_scholes_merton", "return_as": "numpy"}

    def greeks() -> None:
        api.vectorized_black_scholes_merton(flag, spot, strike, years, rate, volatility, dividend, return_as="numpy")
        api.get_all_greeks(
            flag, spot, strike, years, rate, volatility, dividend, model="black_scholes_merton", return_as="dict"
        )

    def implied() -> Any:
        return api.vectorized_implied_volatility(
            data["price"], spot, strike, years, rate, flag, dividend, on_error="ignore", **common
        )

    return _figures(greeks, implied, data)


def quantlib(data: dict[str, Any]) -> Figures:
    """QuantLib: one calculator an option."""
    ql = import_module("QuantLib")
    rows = list(zip(*(data[name].tolist() for name in ("sign", *INPUTS, "price")), strict=True))
    kinds = {1.0: ql.Option.Call, -1.0: ql.Option.Put}

    def greeks() -> None:
        for sign, spot, strike, years, rate, volatility, dividend, _ in rows:
            forward, discount = spot * exp((rate - dividend) * years), exp(-rate * years)
            calculator = ql.BlackCalculator(
                ql.PlainVanillaPayoff(kinds[sign], strike), forward, volatility * years**0.5, discount
            )
            calculator.value(), calculator.delta(spot), calculator.gamma(spot)
            calculator.vega(years), calculator.theta(spot, years), calculator.rho(years)

    def implied() -> list[float]:
        found = []
        for sign, spot, strike, years, rate, _, dividend, price in rows:
            forward, discount = spot * exp((rate - dividend) * years), exp(-rate * years)
            try:
                deviation = ql.blackFormulaImpliedStdDevLiRS(kinds[sign], strike, forward, price, discount)
            except RuntimeError:
                deviation = float("nan")
            found.append(deviation / years**0.5)
        return found

    return _figures(greeks, implied, data)


def vollib(data: dict[str, Any]) -> Figures:
    """vollib: one call an option and greek."""
    model = import_module("vollib.black_scholes_merton")
    analytical = import_module("vollib.black_scholes_merton.greeks.analytical")
    solve = import_module("vollib.black_scholes_merton.implied_volatility").implied_volatility
    rows = list(zip(*(data[name].tolist() for name in ("sign", *INPUTS, "price")), strict=True))
    every = [getattr(analytical, name) for name in ("delta", "gamma", "vega", "theta", "rho")]

    def greeks() -> None:
        for sign, spot, strike, years, rate, volatility, dividend, _ in rows:
            arguments = ("c" if sign > 0 else "p", spot, strike, years, rate, volatility, dividend)
            model.black_scholes_merton(*arguments)
            for greek in every:
                greek(*arguments)

    def implied() -> list[float]:
        return [
            solve(price, spot, strike, years, rate, dividend, "c" if sign > 0 else "p")
            for sign, spot, strike, years, rate, _, dividend, price in rows
        ]

    return _figures(greeks, implied, data)


def vnpy(data: dict[str, Any], model_name: str = "black_scholes") -> Figures:
    """vnpy_optionmaster with the pricing model that pip gives on this machine."""
    model = import_module(f"vnpy_optionmaster.pricing.{model_name}")
    # It knows no dividend: the spot less its present value is the same thing
    bare = data["spot"] * np.exp(-data["dividend_yield"] * data["years"])
    columns = (
        bare,
        data["strike"],
        data["rate"],
        data["years"],
        data["volatility"],
        data["sign"].astype(int),
        data["price"],
    )
    rows = list(zip(*(column.tolist() for column in columns), strict=True))

    def greeks() -> None:
        for spot, strike, rate, years, volatility, sign, _ in rows:
            model.calculate_greeks(spot, strike, rate, years, volatility, sign)

    def implied() -> list[float]:
        return [
            model.calculate_impv(price, spot, strike, rate, years, sign)
            for spot, strike, rate, years, _, sign, price in rows
        ]

    figures = _figures(greeks, implied, data)
    for size in data["sizes"].tolist():
        figures[f"tick {size}"] = _vnpy_tick(
            data, size, model, TICKS["vnpy" if model_name == "black_scholes" else "vnpy-compiled"]
        )
    return figures


def vnpy_compiled(data: dict[str, Any]) -> Figures:
    """The same with its own Cython model, compiled."""
    return vnpy(data, "black_scholes_cython")


def _vnpy_tick(data: dict[str, Any], size: int, model: Any, ticks: int) -> float:
    """Seconds from an underlying tick to every volatility and greek, through the portfolio the application uses."""
    objects, constants = import_module("vnpy.trader.object"), import_module("vnpy.trader.constant")
    base = import_module("vnpy_optionmaster.base")
    datetime = import_module("datetime").datetime
    now = datetime.now()
    common = {"gateway_name": "file", "exchange": constants.Exchange.SSE}
    portfolio = base.PortfolioData("510050_O.SSE", None)
    terms = {name: data[f"{size} {name}"].tolist() for name in ("sign", "strike", "years", "expiry")}
    for number, (sign, strike, expiry) in enumerate(zip(terms["sign"], terms["strike"], terms["expiry"], strict=True)):
        contract = objects.ContractData(
            symbol=f"{10_000_000 + number}", name="", product=constants.Product.OPTION, size=10_000, pricetick=0.0001,
            option_strike=strike, option_underlying=f"510050_{expiry}", option_expiry=now, option_index=f"{strike:.3f}",
            option_type=constants.OptionType.CALL if sign > 0 else constants.OptionType.PUT, **common,
        )  # fmt: skip
        portfolio.add_option(contract)
    underlying = objects.ContractData(
        symbol="510050", name="", product=constants.Product.FUND, size=1, pricetick=0.001, **common
    )
    for expiry in sorted(set(terms["expiry"])):
        portfolio.set_chain_underlying(f"510050_{expiry}.SSE", underlying)
    portfolio.set_pricing_model(model)
    portfolio.set_interest_rate(float(data["chain_rate"]))
    options = list(portfolio.options.values())
    for option in options:
        number = int(option.symbol) - 10_000_000
        option.time_to_expiry = terms["years"][number]
        option.net_pos = 1
    spots, bids, asks = data[f"{size} spot"], data[f"{size} bid"], data[f"{size} ask"]

    def tick(symbol: str, bid: float, ask: float) -> Any:
        return objects.TickData(symbol=symbol, datetime=now, last_price=ask, bid_price_1=bid, ask_price_1=ask, **common)

    current: list[Any] = [None]

    def prepare(number: int) -> None:
        step = number % len(spots)
        for option in options:
            place = int(option.symbol) - 10_000_000
            option.tick = tick(option.symbol, float(bids[step, place]), float(asks[step, place]))
            option.mid_price = (option.tick.bid_price_1 + option.tick.ask_price_1) / 2
        portfolio.calculate_atm_price()
        current[0] = tick("510050", float(spots[step]) - 0.0005, float(spots[step]) + 0.0005)

    return seconds_each(prepare, lambda: portfolio.update_tick(current[0]), ticks)


INPUTS = ("spot", "strike", "years", "rate", "volatility", "dividend_yield")
PEERS: dict[str, Callable[[dict[str, Any]], Figures]] = {
    "vectorized": vectorized,
    "quantlib": quantlib,
    "vollib": vollib,
    "vnpy": vnpy,
    "vnpy-compiled": vnpy_compiled,
}


def _figures(greeks: Callable[[], object], implied: Callable[[], Any], data: dict[str, Any]) -> Figures:
    count = len(data["sign"])
    error = np.abs(np.asarray(implied(), dtype=float) - data["volatility"])
    return {
        "greeks": seconds(greeks) / count,
        "implied": seconds(implied) / count,
        "error": float(np.nanmax(error)),
        "unsolved": float(np.count_nonzero(~(error < 1e-3))),
    }


def main() -> int:
    """Print one line of JSON."""
    name, file = sys.argv[1:]
    warnings.simplefilter("ignore")
    with np.load(file) as stored:
        data = {key: stored[key] for key in stored.files}
    print(json.dumps(PEERS[name](data)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
