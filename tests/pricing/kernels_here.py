"""Kernels for tests, compiled once; where llvmlite is missing their tests are skipped with that reason."""

from ctypes import CFUNCTYPE, c_double, c_int64, c_void_p
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from terminal.pricing.compiled.kernels import Block, Kernels
from terminal.pricing.compiled.vectors import DECLARATIONS, Body, Mask, kernel

FloatArray = NDArray[np.float64]


@lru_cache(maxsize=1)
def kernels_here() -> Kernels:
    """What this processor got."""
    pytest.importorskip("llvmlite", reason="llvmlite has no wheel here: numpy prices")
    from terminal.pricing.compiled.compiler import compile_kernels

    return compile_kernels()


class Compiled:
    """A body compiled by itself: rows in, rows out, and how often its mask was true."""

    def __init__(self, body: Any, numbers: tuple[str, ...] = ()) -> None:
        pytest.importorskip("llvmlite", reason="llvmlite has no wheel here: numpy prices")
        from terminal.pricing.compiled.compiler import engine_of

        self._numbers = numbers
        self._engine = engine_of(f"{DECLARATIONS}\n{kernel('body', numbers, body)}")
        prototype = CFUNCTYPE(c_double, c_void_p, c_int64, *[c_double] * len(numbers))
        self._function = prototype(self._engine.get_function_address("body"))

    def __call__(self, rows: FloatArray, *numbers: float) -> tuple[FloatArray, int]:
        block = Block(len(rows), rows.shape[1])
        block.rows[:, : rows.shape[1]] = rows
        count = self._function(block.address, block.length, *numbers)
        return block.rows[:, : rows.shape[1]].copy(), int(count)


def on_first_row(function: Any) -> Compiled:
    """A function of one vector, from the first row into the second."""

    def body(row: Body) -> Mask | None:
        row[1] = function(row[0])
        return None

    return Compiled(body)
