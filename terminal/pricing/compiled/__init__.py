"""Kernels compiled for the processor at hand, while the program runs: `ValueColumns` and `BookVolatility` in one call.

`vectors` turns formulas into LLVM's assembly, `functions` holds the exponential, the logarithm and the normal
distribution, `value_kernel` and `volatility_kernel` the formulas, `compiler` alone knows llvmlite. What they are called
with is in `kernels`, the one file that is imported before somebody asks for them. Everything works without: numpy is
what they are held against.
"""
