"""What compiling gives, and what it refuses."""

import dataclasses
import gc
import platform

import numpy as np
import pytest

from terminal.pricing.compiled.kernels import Block, Kernels, ValueRow
from terminal.pricing.compiled.trial import agree
from tests.pricing.kernels_here import kernels_here


def test_kernels_of_this_processor_pass_their_trial() -> None:
    kernels = kernels_here()
    assert kernels.processor
    assert agree(kernels)


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="names of x86 processors")
@pytest.mark.parametrize("processor", ["x86-64", "x86-64-v2"])
def test_narrow_processors_without_a_fused_product_pass_too(processor: str) -> None:
    kernels_here()
    from terminal.pricing.compiled.compiler import compile_kernels

    kernels = compile_kernels(processor)
    assert kernels.processor == processor
    assert agree(kernels)


def test_the_trial_finds_what_is_wrong() -> None:
    kernels = kernels_here()

    def wrong_value(address: int, length: int, spot: float) -> float:
        return kernels.value(address, length, spot * (1.0 + 1e-9))

    def idle_volatility(*_: float) -> float:
        return 0.0

    assert not agree(dataclasses.replace(kernels, value=wrong_value))
    assert not agree(dataclasses.replace(kernels, volatility=idle_volatility))
    assert not agree(dataclasses.replace(kernels, probability=idle_volatility))


def test_code_stays_while_somebody_has_the_kernels() -> None:
    kernels_here()
    from terminal.pricing.compiled.compiler import compile_kernels

    kernels: Kernels = compile_kernels()
    gc.collect()
    assert agree(kernels)


def test_assembly_that_is_none_is_refused() -> None:
    kernels_here()
    from terminal.pricing.compiled.compiler import engine_of

    with pytest.raises(RuntimeError):
        engine_of("this is no assembly")


@pytest.mark.parametrize("count", [0, 1, 8, 9, 500])
def test_rows_of_a_block_begin_where_a_vector_does(count: int) -> None:
    block = Block(len(ValueRow), count)
    assert block.length % 8 == 0
    assert block.length >= max(count, 1)
    assert block.address % 64 == 0
    assert [row.ctypes.data for row in block.rows] == [block.address + n * block.length * 8 for n in ValueRow]
    assert not np.any(block.rows)
