"""Formulas over eight doubles at a time, written down as LLVM's assembly.

An expression such as `a * b + c` on `Vector` appends instructions to its `Listing`; the same instruction is never
written twice. LLVM splits the eight doubles to the width of the host. There is no fast-math: what a formula does with
nan and infinity is what it says. Source: LLVM Language Reference Manual.
"""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from terminal.pricing.compiled.kernels import LANES

_DOUBLES = f"<{LANES} x double>"
_WHOLE = f"<{LANES} x i64>"
_BITS = f"<{LANES} x i1>"
_FMA = f"llvm.fmuladd.v{LANES}f64"
_ABS = f"llvm.fabs.v{LANES}f64"
_SUM = f"llvm.vector.reduce.fadd.v{LANES}f64"
#: Adding and taking off this leaves the nearest whole number, and that number in the low bits of the sum
ROUNDER = 1.5 * 2.0**52
DECLARATIONS = "\n".join(
    (
        f"declare {_DOUBLES} @{_FMA}({_DOUBLES}, {_DOUBLES}, {_DOUBLES})",
        f"declare {_DOUBLES} @{_ABS}({_DOUBLES})",
        f"declare double @{_SUM}(double, {_DOUBLES})",
    )
)


class Listing:
    """The instructions of one loop body, in order."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._known: dict[str, str] = {}

    def append(self, instruction: str) -> str:
        """Name of the result of an instruction that depends on nothing but its operands."""
        known = self._known.get(instruction)
        if known is None:
            known = self._known[instruction] = f"%v{len(self.lines)}"
            self.lines.append(f"{known} = {instruction}")
        return known

    def append_store(self, instruction: str) -> None:
        """Append what has no result."""
        self.lines.append(instruction)


@dataclass(frozen=True, slots=True)
class Mask:
    """Eight truths."""

    listing: Listing
    name: str

    def __and__(self, other: "Mask") -> "Mask":
        return Mask(self.listing, self.listing.append(f"and {_BITS} {self.name}, {other.name}"))

    def __invert__(self) -> "Mask":
        ones = ", ".join(["i1 true"] * LANES)
        return Mask(self.listing, self.listing.append(f"xor {_BITS} {self.name}, <{ones}>"))


@dataclass(frozen=True, slots=True)
class Vector:
    """Eight doubles; a Python number beside one is spread over all eight."""

    listing: Listing
    name: str

    def __add__(self, other: "Vector | float") -> "Vector":
        return self._with("fadd", other)

    def __radd__(self, other: float) -> "Vector":
        return self._with("fadd", other)

    def __sub__(self, other: "Vector | float") -> "Vector":
        return self._with("fsub", other)

    def __rsub__(self, other: float) -> "Vector":
        return self.spread(other)._with("fsub", self)

    def __mul__(self, other: "Vector | float") -> "Vector":
        return self._with("fmul", other)

    def __rmul__(self, other: float) -> "Vector":
        return self._with("fmul", other)

    def __truediv__(self, other: "Vector | float") -> "Vector":
        return self._with("fdiv", other)

    def __rtruediv__(self, other: float) -> "Vector":
        return self.spread(other)._with("fdiv", self)

    def __neg__(self) -> "Vector":
        return self._made(f"fneg {_DOUBLES} {self.name}")

    def __abs__(self) -> "Vector":
        return self._made(f"call {_DOUBLES} @{_ABS}({_DOUBLES} {self.name})")

    def __lt__(self, other: "Vector | float") -> Mask:
        return self._compared("olt", other)

    def __le__(self, other: "Vector | float") -> Mask:
        return self._compared("ole", other)

    def __gt__(self, other: "Vector | float") -> Mask:
        return self._compared("ogt", other)

    def equals(self, other: "Vector | float") -> Mask:
        """Where both are the same number; nan is the same as none."""
        return self._compared("oeq", other)

    def times_plus(self, factor: "Vector | float", addend: "Vector | float") -> "Vector":
        """This times `factor` plus `addend`, rounded once where the processor can."""
        operands = (self, self.spread(factor), self.spread(addend))
        return self._made(f"call {_DOUBLES} @{_FMA}({', '.join(f'{_DOUBLES} {each.name}' for each in operands)})")

    def spread(self, number: "Vector | float") -> "Vector":
        """A number eight times."""
        if isinstance(number, Vector):
            return number
        return Vector(self.listing, _eight("double", _hexadecimal(number)))

    def bits_shifted_left(self, count: int) -> "Vector":
        """The pattern of bits moved up, read as a double again."""
        whole = self.listing.append(f"bitcast {_DOUBLES} {self.name} to {_WHOLE}")
        moved = self.listing.append(f"shl {_WHOLE} {whole}, {_eight('i64', str(count))}")
        return self._made(f"bitcast {_WHOLE} {moved} to {_DOUBLES}")

    def bits_shifted_right(self, count: int) -> "Vector":
        """The pattern of bits moved down, zeros following, read as a double again."""
        whole = self.listing.append(f"bitcast {_DOUBLES} {self.name} to {_WHOLE}")
        moved = self.listing.append(f"lshr {_WHOLE} {whole}, {_eight('i64', str(count))}")
        return self._made(f"bitcast {_WHOLE} {moved} to {_DOUBLES}")

    def bits_joined(self, keep: int, add: int) -> "Vector":
        """The bits of `keep`, and those of `add` set."""
        whole = self.listing.append(f"bitcast {_DOUBLES} {self.name} to {_WHOLE}")
        kept = self.listing.append(f"and {_WHOLE} {whole}, {_eight('i64', str(keep))}")
        joined = self.listing.append(f"or {_WHOLE} {kept}, {_eight('i64', str(add))}")
        return self._made(f"bitcast {_WHOLE} {joined} to {_DOUBLES}")

    def _with(self, operation: str, other: "Vector | float") -> "Vector":
        return self._made(f"{operation} {_DOUBLES} {self.name}, {self.spread(other).name}")

    def _compared(self, relation: str, other: "Vector | float") -> Mask:
        compared = f"fcmp {relation} {_DOUBLES} {self.name}, {self.spread(other).name}"
        return Mask(self.listing, self.listing.append(compared))

    def _made(self, instruction: str) -> "Vector":
        return Vector(self.listing, self.listing.append(instruction))


def select(mask: Mask, then: Vector | float, otherwise: Vector) -> Vector:
    """`then` where the mask is true."""
    chosen = otherwise.spread(then)
    text = f"select {_BITS} {mask.name}, {_DOUBLES} {chosen.name}, {_DOUBLES} {otherwise.name}"
    return Vector(otherwise.listing, otherwise.listing.append(text))


def polynomial(x: Vector, coefficients: Sequence[float]) -> Vector:
    """Sum of coefficients times powers of x, the constant first; halves are summed apart, which shortens the wait."""
    count = len(coefficients)
    if count == 1:
        return x.spread(coefficients[0])
    if count == 2:
        return x.times_plus(coefficients[1], coefficients[0])
    square = x * x
    even, odd = coefficients[0::2], coefficients[1::2]
    return x.times_plus(_straight(square, odd), _straight(square, even))


def _straight(x: Vector, coefficients: Sequence[float]) -> Vector:
    total = x.spread(coefficients[-1])
    for coefficient in reversed(coefficients[:-1]):
        total = total.times_plus(x, coefficient)
    return total


class Body:
    """Where a loop body finds its columns: rows of one array, eight entries at a time, and a few plain numbers."""

    def __init__(self, listing: Listing, numbers: Sequence[str]) -> None:
        self._listing = listing
        self.numbers = tuple(Vector(listing, f"%{name}_s") for name in numbers)
        """The plain numbers, spread"""

    def __getitem__(self, row: int) -> Vector:
        return Vector(self._listing, self._listing.append(f"load {_DOUBLES}, ptr {self._place(row)}, align 8"))

    def __setitem__(self, row: int, figures: Vector) -> None:
        self._listing.append_store(f"store {_DOUBLES} {figures.name}, ptr {self._place(row)}, align 8")

    def _place(self, row: int) -> str:
        start = self._listing.append(f"mul i64 %length, {row}")
        place = self._listing.append(f"add i64 {start}, %i")
        return self._listing.append(f"getelementptr double, ptr %block, i64 {place}")


def kernel(name: str, numbers: Sequence[str], body: Callable[[Body], Mask | None]) -> str:
    """Assembly of `double name(block, length, *numbers)`: the body for every eight entries of rows of `length`.

    It gives how often the mask that the body returns was true. A body reads a row before it overwrites it.
    """
    listing = Listing()
    counted = body(Body(listing, numbers))
    one_more = "%count"
    if counted is not None:
        ones = select(counted, 1.0, Vector(listing, _eight("double", _hexadecimal(0.0))))
        one_more = (Vector(listing, "%count") + ones).name
    spread = [
        line
        for number in numbers
        for line in (
            f"%{number}_1 = insertelement {_DOUBLES} poison, double %{number}, i64 0",
            f"%{number}_s = shufflevector {_DOUBLES} %{number}_1, {_DOUBLES} poison, <{LANES} x i32> zeroinitializer",
        )
    ]
    arguments = ", ".join(("ptr %block", "i64 %length", *(f"double %{number}" for number in numbers)))
    return "\n".join(
        (
            f"define double @{name}({arguments}) nounwind {{",
            "entry:",
            *spread,
            "br label %loop",
            "loop:",
            "%i = phi i64 [0, %entry], [%next, %loop]",
            f"%count = phi {_DOUBLES} [zeroinitializer, %entry], [{one_more}, %loop]",
            *listing.lines,
            f"%next = add i64 %i, {LANES}",
            "%more = icmp ult i64 %next, %length",
            "br i1 %more, label %loop, label %end",
            "end:",
            f"%total = call double @{_SUM}(double 0.0, {_DOUBLES} {one_more})",
            "ret double %total",
            "}",
        )
    )


def _eight(kind: str, constant: str) -> str:
    return f"<{', '.join([f'{kind} {constant}'] * LANES)}>"


def _hexadecimal(number: float) -> str:
    """A double as LLVM reads it without rounding."""
    return f"0x{struct.unpack('<Q', struct.pack('<d', number))[0]:016X}"
