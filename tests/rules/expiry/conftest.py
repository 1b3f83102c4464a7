"""Contracts of one expiring month, as the day of the rulebook's examples has them."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from terminal.domain.contracts import Contract, Right

Maker = Callable[..., Contract]


@pytest.fixture(scope="session")
def option(contract: Contract) -> Maker:
    """Make a contract of the month by right and strike."""

    def make(right: Right, strike: str, multiplier: int = 10_000, underlying: str = "510050") -> Contract:
        code = f"{abs(hash_of(underlying, right, strike, multiplier)) % 10**8:08d}"
        return replace(
            contract,
            code=code,
            name=f"50ETF{right.mark}12月{strike.replace('.', '')}0",
            right=right,
            strike=Decimal(strike),
            multiplier=multiplier,
            underlying=underlying,
        )

    return make


def hash_of(underlying: str, right: Right, strike: str, multiplier: int) -> int:
    """Tell contracts apart by number, the same in every run."""
    return int(underlying) * 100_003 + ord(right.value) * 7_919 + int(strike.replace(".", "")) * 31 + multiplier
