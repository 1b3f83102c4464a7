"""Random numbers one at a time, drawn in blocks: a numpy call for each would cost more than what it decides.

The numbers not yet used belong to the state, so a restored crowd goes on with the very next one.
"""

import math
from typing import Annotated

import msgspec
import numpy as np

#: More than any one action of the crowd uses
_RESERVE = 600
#: Small, as the unused rest is part of every picture that goes to the disk
_BLOCK = 2400
#: The generator's numbers have 128 bits, more than any codec's integers
Digits = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,39}$")]


class SavedDraws(msgspec.Struct, frozen=True):
    """Generator and unused numbers, as saved."""

    state: Digits
    increment: Digits
    has_uint32: Annotated[int, msgspec.Meta(ge=0, le=1)]
    uinteger: Annotated[int, msgspec.Meta(ge=0, lt=1 << 32)]
    uniforms: tuple[float, ...]
    normals: tuple[float, ...]


class Draws:
    """Uniform and normal numbers from one seed. `uniforms` and `normals` may be popped after `ensure`."""

    __slots__ = ("_block", "_reserve", "generator", "normals", "uniforms")

    def __init__(self, seed: int, block: int = _BLOCK, reserve: int = _RESERVE) -> None:
        self._block = block
        self._reserve = reserve
        self.generator = np.random.Generator(np.random.PCG64(seed))
        self.uniforms: list[float] = []
        self.normals: list[float] = []

    def ensure(self) -> None:
        """Have `reserve` numbers at hand, enough for one contract."""
        if len(self.uniforms) < self._reserve:
            self.uniforms = self.generator.random(self._block).tolist()
        if len(self.normals) < self._reserve:
            self.normals = self.generator.standard_normal(self._block).tolist()

    def steps(self, mean: float) -> int:
        """A distance of at least 1 with this mean, exponential above 1."""
        excess = (1.0 - mean) * math.log(1.0 - self.uniforms.pop())
        return 1 + int(excess + self.uniforms.pop())

    def size(self, mean: float, deviation: float) -> int:
        """A size of at least 1 with this mean, log-normal above 1: mostly small, at times very large."""
        excess = (mean - 1.0) * math.exp(deviation * (self.normals.pop() - 0.5 * deviation))
        return 1 + int(excess + self.uniforms.pop())

    def spread(self, mean: float) -> int:
        """A spread of at least 1 with this mean: less scattered than a distance."""
        pop = self.uniforms.pop
        excess = 0.5 * (1.0 - mean) * math.log((1.0 - pop()) * (1.0 - pop()))
        return 1 + int(excess + pop())

    def save(self) -> SavedDraws:
        """The state to go on from."""
        whole = self.generator.bit_generator.state
        return SavedDraws(
            state=str(whole["state"]["state"]),
            increment=str(whole["state"]["inc"]),
            has_uint32=int(whole["has_uint32"]),
            uinteger=int(whole["uinteger"]),
            uniforms=tuple(self.uniforms),
            normals=tuple(self.normals),
        )

    def restore(self, saved: SavedDraws) -> None:
        """Go on from a saved state."""
        self.generator.bit_generator.state = {
            "bit_generator": "PCG64",
            "state": {"state": int(saved.state), "inc": int(saved.increment)},
            "has_uint32": saved.has_uint32,
            "uinteger": saved.uinteger,
        }
        self.uniforms = list(saved.uniforms)
        self.normals = list(saved.normals)
