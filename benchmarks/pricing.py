"""Our pricing kernels and engine beside those of other libraries, on one seeded file of ticks, in one run.

Ours are measured twice: compiled, as the desk uses them from ten seconds after its start on, and by numpy alone, as
where there is no llvmlite. The limits are held against what is in use here: the compiled ones where they can be had.
Peers are installed into environments of their own, outside ours; one that cannot be is named. Figures are processor
time, rounds of ours and theirs in turn, medians; trust the ratios.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from benchmarks.peer_environments import NotInstalled, compile_vnpy, environment, python_of, versions
from benchmarks.pricing_table import Figures, print_table
from benchmarks.timing import seconds, seconds_each
from terminal.app.pricing_kernels import compile_or_say_why
from terminal.pricing.black_scholes import price
from terminal.pricing.book_volatility import BookVolatility
from terminal.pricing.chain_columns import ChainColumns
from terminal.pricing.chain_terms import ChainTerms
from terminal.pricing.compiled.kernels import Kernels
from terminal.pricing.implied_volatility import implied_volatility
from terminal.pricing.scenario import ScenarioBook, slide
from terminal.pricing.svi import total_variance
from terminal.pricing.svi_fit import fit_svi
from terminal.pricing.value_columns import ValueColumns

FloatArray = NDArray[np.float64]

SEED = 20261109
KERNEL_OPTIONS = 500
SIZES = (240, 720)
STEPS = 120
RATE, DIVIDEND_YIELD, SPOT = 0.02, 0.01, 2.5
#: Figures of ours and what is demanded of them
LIMITS = {
    "greeks": 0.04e-6,
    "warm": 0.10e-6,
    "cold": 0.65e-6,
    "tick 240": 0.15e-3,
    "tick 720": 0.25e-3,
    "scenario": 50e-3,
    "svi": 0.15e-3,
}
#: What the plain formula took an option on the machine the limits were set on: today's over it says how much slower
#: this machine is at this moment
PLAIN_THEN = 0.046e-6
#: Peer, its environment
PEERS = {
    "vnpy-compiled": "vnpy",
    "vnpy": "vnpy",
    "vectorized": "vectorized",
    "quantlib": "quantlib",
    "vollib": "vollib",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when a limit is missed and `--strict` was asked for."""
    parser = argparse.ArgumentParser(prog="pricing", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", action="append", choices=[*PEERS, "none"], help="only these; `none` for ours alone")
    parser.add_argument("--strict", action="store_true", help="fail when a limit is missed")
    arguments = parser.parse_args(argv)
    data = made_up()
    ready, missing = _prepared(arguments.peer or list(PEERS))
    kernels = compile_or_say_why()
    ours: list[Figures] = []
    by_numpy: list[Figures] = []
    theirs: dict[str, list[Figures]] = {name: [] for name in ready}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ticks.npz"
        np.savez(file, allow_pickle=False, **data)
        for _ in range(arguments.rounds):
            # In turn, so that a bad moment of the machine is shared
            if kernels is not None:
                ours.append(measured(data, kernels))
            by_numpy.append(measured(data, None))
            for name, python in ready.items():
                try:
                    theirs[name].append(_peer(python, name, file))
                except NotInstalled as error:
                    missing[name] = str(error)
    plain = _medians(by_numpy)
    middle = _medians(ours) if ours else plain
    names = ("ours, compiled", "ours, numpy") if ours else ("ours, numpy",)
    peers = {name: _medians(rounds) for name, rounds in theirs.items() if rounds}
    print_table(dict(zip(names, (middle, plain), strict=False)), peers, missing, KERNEL_OPTIONS, SIZES)
    for name in sorted({PEERS[name] for name in peers}):
        print(f"environment {name}: {versions(name)}")
    slower = max(middle["plain"] / PLAIN_THEN, 1.0)
    print(
        f"the plain formula takes {middle['plain'] * 1e6:.3f} us: x{slower:.2f} of the machine the limits were set on"
    )
    print(f"the limits are held against {names[0]}")
    missed = [name for name, limit in LIMITS.items() if middle[name] > limit]
    print("every limit is met" if not missed else f"limits missed as they stand: {', '.join(missed)}")
    beyond = [name for name in missed if middle[name] > LIMITS[name] * slower]
    print("every limit is met for this machine" if not beyond else f"missed for this machine too: {', '.join(beyond)}")
    return 1 if beyond and arguments.strict else 0


def made_up() -> dict[str, NDArray[np.generic]]:
    """The file: a list of options for the kernels, and chains with steps of spot, bids and asks for the engine."""
    random = np.random.default_rng(SEED)
    sign, strike, years, _ = _chain(10, 25)
    data: dict[str, NDArray[np.generic]] = {
        "sign": sign,
        "spot": np.full(KERNEL_OPTIONS, SPOT),
        "strike": strike,
        "years": years,
        "rate": np.full(KERNEL_OPTIONS, RATE),
        "dividend_yield": np.full(KERNEL_OPTIONS, DIVIDEND_YIELD),
        "volatility": _smile(strike, SPOT, years) * random.uniform(0.98, 1.02, KERNEL_OPTIONS),
        "sizes": np.array(SIZES),
        "chain_rate": np.array(RATE),
    }
    data["price"] = _price(data)
    for size, (expiries, strikes) in zip(SIZES, ((4, 30), (8, 45)), strict=True):
        sign, strike, years, expiry = _chain(expiries, strikes)
        spot = np.round(SPOT + 0.001 * np.cumsum(random.integers(-1, 2, STEPS)), 3)
        fair = price(
            is_call=sign > 0, spot=spot[:, None], strike=strike, years=years, rate=RATE,
            volatility=_smile(strike, SPOT, years), dividend_yield=DIVIDEND_YIELD,
        )  # fmt: skip
        half = np.maximum(0.0002, 0.004 * fair)
        bid = np.maximum(np.floor((fair - half) * 1e4), 1.0) / 1e4
        ask = np.maximum(np.ceil((fair + half) * 1e4) / 1e4, bid + 1e-4)
        chain = {"sign": sign, "strike": strike, "years": years, "expiry": expiry, "spot": spot, "bid": bid, "ask": ask}
        data |= {f"{size} {name}": column for name, column in chain.items()}
    return data


def measured(data: dict[str, NDArray[np.generic]], kernels: Kernels | None) -> Figures:
    """Our figures of one round, in seconds; without kernels by numpy alone."""
    figures = _kernels({name: column.astype(np.float64) for name, column in data.items() if " " not in name}, kernels)
    for size in SIZES:
        figures |= _engine(data, size, kernels)
    figures["scenario"] = seconds(_scenario(kernels), 5)
    figures["svi"] = _svi()
    return figures


def _kernels(data: dict[str, FloatArray], kernels: Kernels | None) -> Figures:
    sign, spot, strike, years, rate = (data[name] for name in ("sign", "spot", "strike", "years", "rate"))
    volatility, dividend_yield = data["volatility"], data["dividend_yield"]
    forward = spot * np.exp((rate - dividend_yield) * years)
    values = ValueColumns(sign, strike)
    values.use(kernels)
    values.set_time(years, rate)
    values.set_carry(dividend_yield)

    def cold() -> FloatArray:
        return implied_volatility(
            is_call=sign > 0, price=data["price"], spot=spot, strike=strike, years=years, rate=rate,
            dividend_yield=dividend_yield,
        )  # fmt: skip

    # A tick, as the engine does it: take off the intrinsic value, start from the volatilities of the tick before, solve
    book = BookVolatility(len(sign), sides=1)
    book.use(kernels)
    book.set_time(values)
    book.set_carry(values)
    book.set_prices(data["price"][np.newaxis])
    start = volatility * np.random.default_rng(SEED).uniform(0.98, 1.02, len(sign))

    def warm() -> FloatArray:
        np.copyto(book.start, start)
        book.solve(SPOT)
        return book.volatility

    with np.errstate(all="ignore"):
        figures = {
            "greeks": seconds(lambda: _first_order(values, volatility)) / len(sign),
            "plain": seconds(lambda: _plain(sign, forward, strike, years, rate, dividend_yield, volatility))
            / len(sign),
            "all nine": seconds(lambda: _all_nine(values, volatility)) / len(sign),
            "warm": seconds(warm) / len(sign),
            "cold": seconds(cold) / len(sign),
            "warm error": float(np.abs(warm() - volatility).max()),
            "error": float(np.abs(cold() - volatility).max()),
            "unsolved": float(np.isnan(cold()).sum()),
        }
    figures["implied"] = figures["cold"]
    return figures


def _plain(
    sign: FloatArray,
    forward: FloatArray,
    strike: FloatArray,
    years: FloatArray,
    rate: FloatArray,
    dividend_yield: FloatArray,
    volatility: FloatArray,
) -> tuple[FloatArray, ...]:
    """Price, delta, gamma, vega and theta as anybody would write them: the yardstick for the machine."""
    root = np.sqrt(years)
    deviation = volatility * root
    d1 = np.log(forward / strike) / deviation + 0.5 * deviation
    in_forward = np.exp(-dividend_yield * years) * ndtr(sign * d1)
    in_cash = np.exp(-rate * years) * strike * ndtr(sign * (d1 - deviation))
    density = np.exp(-0.5 * d1 * d1 - dividend_yield * years) / np.sqrt(2.0 * np.pi)
    theta = sign * (dividend_yield * SPOT * in_forward - rate * in_cash) - SPOT * density * volatility / (2.0 * root)
    return (
        sign * (SPOT * in_forward - in_cash),
        sign * in_forward,
        density / (SPOT * deviation),
        SPOT * density * root,
        theta,
    )


def _first_order(values: ValueColumns, volatility: FloatArray) -> None:
    values.set_spot(SPOT)
    values.value(volatility)


def _all_nine(values: ValueColumns, volatility: FloatArray) -> None:
    _first_order(values, volatility)
    values.value_second_order(volatility)


def _engine(data: dict[str, NDArray[np.generic]], size: int, kernels: Kernels | None) -> Figures:
    """An underlying tick: bid, ask and mid volatility, nine greeks and theoretical price of every option."""
    chain = {name: data[f"{size} {name}"] for name in ("sign", "strike", "years", "expiry", "spot", "bid", "ask")}
    expiry = chain["expiry"].astype(np.int64)
    expiries = int(expiry.max()) + 1
    terms = ChainTerms.of(
        is_call=(chain["sign"].astype(np.float64) > 0).tolist(),
        strike=chain["strike"].tolist(),
        multiplier=[10_000.0] * size,
        expiry_of=expiry.tolist(),
        series=["M"] * size,
        expiries=expiries,
    )
    columns = ChainColumns(terms)
    columns.use(kernels)
    years, spot, bid, ask = (chain[name].astype(np.float64) for name in ("years", "spot", "bid", "ask"))
    columns.set_time(np.array([years[expiry == number][0] for number in range(expiries)]), np.full(expiries, RATE))
    now = [SPOT]

    def quotes(number: int) -> None:
        step = number % STEPS
        columns.set_quotes(bid[step], ask[step])
        now[0] = float(spot[step])
        columns.fit_forwards(now[0])

    def step(number: int) -> None:
        now[0] = float(spot[number % STEPS])

    def everything() -> None:
        columns.fit_forwards(now[0])
        columns.reprice(now[0])

    quotes(0)
    columns.reprice(now[0])
    with_books = seconds_each(quotes, lambda: columns.reprice(now[0]), 3 * STEPS)
    return {
        f"tick {size}": with_books,
        f"spot alone {size}": seconds_each(step, lambda: columns.reprice(now[0]), 3 * STEPS),
        f"with forwards {size}": seconds_each(quotes, everything, STEPS),
    }


def _scenario(kernels: Kernels | None) -> Callable[[], object]:
    """1,000 positions, 21 spots by 21 volatilities by 5 times, resting quotes filled or not."""
    random = np.random.default_rng(SEED)
    count = 1000
    strike = np.round(SPOT * np.exp(random.normal(0.0, 0.1, count)), 2)
    years = random.choice([24.0, 49.0, 89.0, 154.0], count) / 365.0
    book = ScenarioBook(
        sign=random.choice([-1.0, 1.0], count),
        spot=np.full(count, SPOT),
        strike=strike,
        years=years,
        rate=np.full(count, RATE),
        dividend_yield=np.full(count, DIVIDEND_YIELD),
        # Every position its own, so that no two share a computation
        volatility=_smile(strike, SPOT, years) * random.uniform(0.95, 1.05, count),
        multiplier=np.full(count, 10_000.0),
        quantity=random.integers(-20, 21, count).astype(np.float64),
        bid_quantity=np.full(count, 5.0),
        bid_price=np.full(count, 0.05),
        ask_quantity=np.full(count, 5.0),
        ask_price=np.full(count, 0.06),
    )
    shocks = (np.linspace(-0.1, 0.1, 21), np.linspace(-0.05, 0.05, 21), np.linspace(0.0, 20.0, 5) / 365.0)
    return lambda: slide(book, *shocks, kernels)


def _svi() -> float:
    """Seconds for one slice of 30 strikes, warm, eight in a batch."""
    years = np.array([24.0, 49.0, 89.0, 154.0, 200.0, 250.0, 300.0, 340.0]) / 365.0
    k = np.linspace(-1.0, 1.0, 30) * (0.4 * np.sqrt(years) + 0.02)[:, None]
    root = np.sqrt(years)
    flat = np.ones_like(years)
    true = np.stack((0.02 * years, 0.06 * root, -0.3 * flat, 0.01 * flat, 0.1 * root + 0.03), axis=1)
    random = np.random.default_rng(SEED)
    volatility = np.sqrt(total_variance(true, k) / years[:, None]) + 0.001 * random.normal(size=k.shape)
    band = np.full(k.shape, 0.003)
    start = true * random.uniform(0.97, 1.03, true.shape)
    return seconds(lambda: fit_svi(k, volatility, band, years, start)) / len(years)


def _chain(expiries: int, strikes: int) -> tuple[FloatArray, FloatArray, FloatArray, NDArray[np.int64]]:
    """Sign, strike, years and expiry of a chain of calls and puts, within 2.5 deviations of 20 %."""
    days = np.array([24.0, 49.0, 89.0, 154.0, 200.0, 250.0, 300.0, 340.0, 380.0, 420.0])[:expiries]
    rows = [
        (sign, SPOT * np.exp(0.5 * np.sqrt(day / 365.0) * reach), day / 365.0, number)
        for number, day in enumerate(days)
        for sign in (1.0, -1.0)
        for reach in np.linspace(-1.0, 1.0, strikes)
    ]
    sign, strike, years, expiry = (np.array(column) for column in zip(*rows, strict=True))
    return sign, np.round(strike, 3), years, expiry.astype(np.int64)


def _smile(strike: FloatArray, spot: float, years: FloatArray) -> FloatArray:
    z = np.log(strike / spot) / np.sqrt(years)
    return np.asarray(0.2 - 0.02 * z + 0.08 * z * z)


def _price(data: dict[str, NDArray[np.generic]]) -> FloatArray:
    names = ("spot", "strike", "years", "rate", "volatility", "dividend_yield")
    columns = {name: data[name].astype(np.float64) for name in names}
    return price(is_call=data["sign"].astype(np.float64) > 0, **columns)


def _prepared(names: Sequence[str]) -> tuple[dict[str, Path], dict[str, str]]:
    ready: dict[str, Path] = {}
    missing: dict[str, str] = {}
    for name in names:
        if name == "none":
            continue
        try:
            python = python_of(PEERS[name])
            if name == "vnpy-compiled":
                compile_vnpy(python)
            ready[name] = python
        except (NotInstalled, OSError) as error:
            missing[name] = str(error)
    return ready, missing


def _peer(python: Path, name: str, file: Path) -> Figures:
    command: list[str | Path] = [python, "-m", "benchmarks.peer_pricing", name, file]
    folder = Path(__file__).resolve().parents[1]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotInstalled((done.stderr.strip().splitlines() or ["no word"])[-1])
    figures: Figures = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def _medians(rounds: list[Figures]) -> Figures:
    return {name: statistics.median(figures[name] for figures in rounds) for name in rounds[0]}


if __name__ == "__main__":
    sys.exit(main())
