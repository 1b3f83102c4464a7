"""The figures of a maker's day at one moment (参与率, 持续报价合约率): arrays over the obliged contracts.

What is still to come counts as obligated: nobody knows an exemption beforehand, but for a halt or a restriction of the
whole day.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import ceil

import numpy as np
from numpy.typing import NDArray

from terminal.domain.market_data import PRICE_SCALE
from terminal.rules.obligations.clock import TOTAL_COUNT, USE_SCALE, QuotingState, Total
from terminal.rules.obligations.terms import Terms
from terminal.rules.obligations.validity import CAUSES, ExemptCause, QuoteFault

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
SECOND_US = 1_000_000


@dataclass(frozen=True)
class Figures:
    """Figures by place in `codes`. Times in seconds where no name says microseconds; nan for no figure."""

    terms: Terms
    now_us: int
    """Microseconds since midnight"""
    codes: tuple[str, ...]
    underlyings: tuple[str, ...]
    totals_us: IntArray
    """Shape (n, TOTAL_COUNT): the places are those of `Total`"""
    remaining_us: IntArray
    """Obligated time of the day that is still to come"""
    states: tuple[QuotingState, ...]
    faults: tuple[QuoteFault | None, ...]
    """What is wrong with the quote now; None for a valid one"""
    least_quantities: tuple[int, ...]

    # ---- times

    @cached_property
    def compliant(self) -> FloatArray:
        """With a valid quote, or excused by a fill."""
        return self._seconds(Total.COMPLIANT)

    @cached_property
    def grace(self) -> FloatArray:
        """Of the compliant time, what a fill excused."""
        return self._seconds(Total.GRACE)

    @cached_property
    def missed(self) -> FloatArray:
        """Obligated and not quoted."""
        return self._seconds(Total.MISSED)

    @cached_property
    def obligated(self) -> FloatArray:
        """Compliant and missed."""
        return np.asarray(self._obligated_us / SECOND_US)

    @cached_property
    def exempt(self) -> FloatArray:
        """Exempt by whatever cause."""
        return np.asarray(self.totals_us[:, Total.EXEMPT : TOTAL_COUNT].sum(axis=1) / SECOND_US)

    def exempt_by(self, cause: ExemptCause) -> FloatArray:
        """Exempt time put down to one cause."""
        return np.asarray(self.totals_us[:, Total.EXEMPT + CAUSES.index(cause)] / SECOND_US)

    # ---- rates

    @cached_property
    def participation(self) -> FloatArray:
        """Compliant over obligated time so far."""
        return _ratio(self.totals_us[:, Total.COMPLIANT], self._obligated_us)

    @cached_property
    def forecast(self) -> FloatArray:
        """Participation at the close if everything stays as it is now: quoted what is quoted, missed what is missed."""
        live = np.array([s in (QuotingState.LIVE, QuotingState.EXEMPT) for s in self._standing], bool)
        compliant = self.totals_us[:, Total.COMPLIANT] + np.where(live, self.remaining_us, 0)
        return _ratio(compliant, self._obligated_us + self.remaining_us)

    @cached_property
    def best(self) -> FloatArray:
        """Participation at the close if nothing more is missed."""
        compliant = self.totals_us[:, Total.COMPLIANT] + self.remaining_us
        return _ratio(compliant, self._obligated_us + self.remaining_us)

    @cached_property
    def slack_us(self) -> IntArray:
        """How many more microseconds may be missed; below zero the contract has failed."""
        whole = self._obligated_us + self.remaining_us
        required = -(-whole * self._rate // SECOND_US)
        return np.asarray(self.totals_us[:, Total.COMPLIANT] + self.remaining_us - required)

    @property
    def slack(self) -> FloatArray:
        """How many more seconds may be missed before the contract fails."""
        return np.asarray(self.slack_us / SECOND_US)

    @property
    def failed(self) -> NDArray[np.bool_]:
        """Contracts that cannot reach their participation any more."""
        return np.asarray(self.slack_us < 0)

    @property
    def safe(self) -> NDArray[np.bool_]:
        """Contracts that reach it whatever comes."""
        return np.asarray(self.slack_us >= self.remaining_us)

    # ---- quality of the quotes

    @cached_property
    def spread(self) -> FloatArray:
        """Time-weighted spread in yuan."""
        return _ratio(self.totals_us[:, Total.SPREAD], self.totals_us[:, Total.QUOTED] * PRICE_SCALE)

    @cached_property
    def size(self) -> FloatArray:
        """Time-weighted size of the smaller side, contracts."""
        return _ratio(self.totals_us[:, Total.SIZE], self.totals_us[:, Total.QUOTED])

    @cached_property
    def spread_use(self) -> FloatArray:
        """Time-weighted part of the allowed spread that the quotes used."""
        return _ratio(self.totals_us[:, Total.USE] / USE_SCALE, self.totals_us[:, Total.QUOTED])

    # ---- the day

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """Contracts that owe anything at all today: those exempt all day do not count in the contract rate."""
        return np.asarray(self._obligated_us + self.remaining_us > 0)

    @property
    def required_contracts(self) -> int:
        """How many contracts must reach their participation."""
        coverage, count = self.terms.coverage, int(self.counted.sum())
        if coverage.count is not None:
            return coverage.count
        return ceil(count * (coverage.rate or Decimal(1)))

    @property
    def contract_rate(self) -> float:
        """Contracts whose participation so far reaches the threshold, as a part of those that owe; nan for none."""
        owed = self._obligated_us > 0
        reached = self.totals_us[:, Total.COMPLIANT] * SECOND_US >= self._rate * self._obligated_us
        return float((reached & owed).sum() / owed.sum()) if owed.any() else float("nan")

    @property
    def contracts_reachable(self) -> int:
        """Contracts that have not failed."""
        return int((self.counted & ~self.failed).sum())

    @property
    def contracts_to_spare(self) -> int:
        """How many more contracts may fail; below zero the day has failed."""
        return self.contracts_reachable - self.required_contracts

    def first_to_fail(self, count: int | None = None) -> tuple[str, ...]:
        """The contracts with the least slack first."""
        order = np.argsort(self.slack_us, kind="stable")
        return tuple([self.codes[place] for place in order if self.counted[place]][:count])

    def participation_by_underlying(self) -> dict[str, float]:
        """Compliant over obligated time of all contracts of each underlying; nan for nothing owed yet."""
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for underlying, compliant, owed in zip(
            self.underlyings,
            self.totals_us[:, Total.COMPLIANT].tolist(),
            self._obligated_us.tolist(),
            strict=True,
        ):
            sums[underlying][0] += compliant
            sums[underlying][1] += owed
        return {code: done / owed if owed else float("nan") for code, (done, owed) in sums.items()}

    def place(self, code: str) -> int | None:
        """Where a contract stands in the arrays; None out of scope."""
        return self._places.get(code)

    # ---- inside

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self.codes)}

    @property
    def _standing(self) -> Sequence[QuotingState]:
        """States, but outside obliged phases what the quote there would count as when one begins."""
        return [
            QuotingState.LIVE if state is QuotingState.OFF and fault is None else state
            for state, fault in zip(self.states, self.faults, strict=True)
        ]

    @cached_property
    def _obligated_us(self) -> IntArray:
        return np.asarray(self.totals_us[:, Total.COMPLIANT] + self.totals_us[:, Total.MISSED])

    @property
    def _rate(self) -> int:
        """The threshold in millionths."""
        return int(self.terms.participation.rate * SECOND_US)

    def _seconds(self, total: Total) -> FloatArray:
        return np.asarray(self.totals_us[:, total] / SECOND_US)


def _ratio(part: NDArray[np.float64] | IntArray, whole: IntArray) -> FloatArray:
    return np.asarray(np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0))
