"""LLVM's assembly made into code of this process by llvmlite: the one file that knows it.

llvmlite's binding has no types; what comes out of it is annotated here. Nothing is kept on disk.
"""

import sys
from collections.abc import Callable
from ctypes import PYFUNCTYPE, c_double, c_int64, c_void_p
from typing import Any

import llvmlite.binding as llvm

from terminal.pricing.compiled.functions import falling_square, normal_probability
from terminal.pricing.compiled.kernels import Kernels
from terminal.pricing.compiled.value_kernel import value_formulas
from terminal.pricing.compiled.vectors import DECLARATIONS, Body, kernel
from terminal.pricing.compiled.volatility_kernel import volatility_formulas

_VALUE_NUMBERS = ("spot",)
_VOLATILITY_NUMBERS = ("spot", "log_spot")


def assembly() -> str:
    """All kernels as LLVM reads them."""
    return "\n".join(
        (
            DECLARATIONS,
            kernel("value", _VALUE_NUMBERS, value_formulas),
            kernel("volatility", _VOLATILITY_NUMBERS, volatility_formulas),
            kernel("probability", (), _probabilities),
        )
    )


def _probabilities(row: Body) -> None:
    row[0] = normal_probability(row[0], falling_square(row[0]))


def compile_kernels(processor: str | None = None) -> Kernels:
    """Compile for the processor at hand, or for one of this family that can do less, by the name LLVM has for it.

    Raises RuntimeError when LLVM does not know how.
    """
    engine = engine_of(assembly(), processor)
    return Kernels(
        value=_function(engine, "value", len(_VALUE_NUMBERS)),
        volatility=_function(engine, "volatility", len(_VOLATILITY_NUMBERS)),
        probability=_function(engine, "probability", 0),
        processor=processor or llvm.get_host_cpu_name(),
        owner=engine,
    )


def engine_of(text: str, processor: str | None = None) -> Any:
    """The code of this assembly, in memory as long as this lives; `get_function_address` names its functions.

    Raises RuntimeError for what LLVM does not understand, OSError where the system lets no code be made.
    """
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    llvm.check_jit_execution()
    # What the host's name promises may be switched off, so its features are asked for one by one
    features: str = "" if processor else llvm.get_host_cpu_features().flatten()
    machine = llvm.Target.from_triple(_triple()).create_target_machine(
        cpu=processor or llvm.get_host_cpu_name(),
        features=features,
        opt=2,
        jit=True,
        # Constants are read where they are used. By the large model each is fetched by its address before the loop and,
        # for want of registers, put on the stack: 5.6 kB of it, for which Windows wants a function of its library
        codemodel="small",
    )
    # The small model wants code and constants near each other: llvmlite's own memory is one stretch
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(text), machine, use_lmm=True)
    engine.finalize_object()
    return engine


def _triple() -> str:
    """This system as LLVM names it; its loader takes no other format than ELF on Windows."""
    triple: str = llvm.get_default_triple()
    return f"{triple}-elf" if sys.platform == "win32" else triple


def _function(engine: Any, name: str, numbers: int) -> Callable[..., float]:
    # Called with the interpreter's lock kept: to give it away and wait for it again may cost more than the kernel
    prototype = PYFUNCTYPE(c_double, c_void_p, c_int64, *[c_double] * numbers)
    return prototype(engine.get_function_address(name))
