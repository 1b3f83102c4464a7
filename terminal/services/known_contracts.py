"""Contracts that a list has named so far (曾挂牌合约): what past days are told with when the list has them no more.

A code is never given twice (rulebook 1.4), but an adjustment changes name, strike and unit of the one that has it. So
the journal has every contract when it is first listed and whenever these change, and a past day is read with the terms
that it had.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

import msgspec

from terminal.domain.contracts import Contract, Underlying
from terminal.domain.errors import JournalError, shown

_DECODER = msgspec.msgpack.Decoder(tuple[Contract, ...])


class Listing(Protocol):
    """Whoever can tell what a code stands for."""

    def known(self, code: str) -> Contract | None:
        """The contract of a code with the terms of the day that is looked at; None for one that no list has named."""

    def underlying(self, code: str) -> Underlying | None:
        """The underlying of a code."""


class KnownContracts:
    """Every contract of every list so far, with the terms it had last."""

    def __init__(self) -> None:
        self._by_code: dict[str, Contract] = {}

    def get(self, code: str) -> Contract | None:
        """The contract of a code."""
        return self._by_code.get(code)

    @property
    def all(self) -> tuple[Contract, ...]:
        """All of them, those that are listed no more included."""
        return tuple(self._by_code.values())

    def take(self, contracts: Iterable[Contract]) -> tuple[Contract, ...]:
        """Learn a list; gives those that are new, or called otherwise than before."""
        changed = tuple(contract for contract in contracts if self._is_news(contract))
        self._by_code.update((contract.code, contract) for contract in changed)
        return changed

    def _is_news(self, contract: Contract) -> bool:
        known = self._by_code.get(contract.code)
        return known is None or _name(known) != _name(contract)


class PastListing:
    """What codes stood for on a past day; those that its records do not name are called as they were last."""

    def __init__(self, newest: Listing) -> None:
        self._newest = newest
        self.contracts: Mapping[str, Contract] = {}

    def known(self, code: str) -> Contract | None:
        """The contract of a code on that day."""
        return self.contracts.get(code) or self._newest.known(code)

    def underlying(self, code: str) -> Underlying | None:
        """The underlying of a code."""
        return self._newest.underlying(code)


def listed_body(contracts: tuple[Contract, ...]) -> bytes:
    """The body of a journal record of contracts."""
    return msgspec.msgpack.encode(contracts)


def listed_in(body: bytes) -> tuple[Contract, ...]:
    """Read such a body. Raises JournalError for anything else."""
    try:
        return _DECODER.decode(body)
    except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
        raise JournalError(f"no contracts: {shown(error)}") from error


def _name(contract: Contract) -> tuple[object, ...]:
    """All that a record of a past day is told with."""
    return (
        *(contract.trading_code, contract.name, contract.underlying, contract.strike),
        *(contract.multiplier, contract.tick_size, contract.expiry),
    )
