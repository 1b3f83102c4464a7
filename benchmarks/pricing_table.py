"""The table of `benchmarks/pricing.py`: our figures by kernels and by numpy, and those of the peers."""

from collections.abc import Sequence

import numpy as np

#: By name, in seconds
Figures = dict[str, float]


def print_table(
    ours: dict[str, Figures], theirs: dict[str, Figures], missing: dict[str, str], options: int, sizes: Sequence[int]
) -> None:
    """The table; ratios are to the first of ours."""
    first, rows = next(iter(ours.values())), {**ours, **theirs}
    print(f"numpy {np.__version__}; microseconds an option at {options} options, in brackets times the first")
    print(f"{'':24s} {'greeks':>18s} {'implied, cold':>18s} {'largest error':>14s} {'wrong':>6s}")
    for name, row in rows.items():
        print(
            f"{name:24s} {_beside(row['greeks'], first['greeks'], 1e6)}"
            f" {_beside(row['implied'], first['cold'], 1e6)} {row['error']:14.1e} {row['unsolved']:6.0f}"
        )
    for what, key in (("implied, warm", "warm"), ("all nine figures", "all nine")):
        print(f"{what}, microseconds an option")
        for name, row in ours.items():
            error = f", error {row['warm error']:.1e}" if key == "warm" else ""
            print(f"{name:24s} {_beside(row[key], first[key], 1e6)}{error}")
    for size in sizes:
        print(f"milliseconds from a tick of the underlying, {size} options")
        for name, row in rows.items():
            if f"tick {size}" in row:
                print(f"{name:24s} {_beside(row[f'tick {size}'], first[f'tick {size}'], 1e3)}")
        for name, row in ours.items():
            print(
                f"{name:24s} {row[f'spot alone {size}'] * 1e3:9.3f} with books unchanged,"
                f" {row[f'with forwards {size}'] * 1e3:.3f} with forwards anew"
            )
    for name, row in ours.items():
        print(
            f"{name:24s} {row['scenario'] * 1e3:9.1f} ms a scenario 21 x 21 x 5 over 1,000 positions,"
            f" {row['svi'] * 1e3:.3f} ms an SVI slice of 30 strikes, warm"
        )
    for name, why in missing.items():
        print(f"not measured: {name}: {why}")


def _beside(value: float, ours: float, scale: float) -> str:
    return f"{value * scale:9.3f} ({value / ours:6.1f})"
