"""A second ledger and position keeper, written from the rulebook with plain dicts and fed by reports alone.

It knows nothing of what is frozen. From each report it books what the report says happened: premium and fee of a
trade (rulebook 2.1), cash and shares moved, contracts combined, converted, exercised. The counter must show the same
positions, shares, money and margin after every step.
"""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from terminal.domain.combinations import CombinationStrategy
from terminal.domain.contracts import Contract
from terminal.domain.messages import InstructionReport, NumberedReport, OrderReport

_ENTRY = {"BO": ("long", 1), "SC": ("long", -1), "SO": ("short", 1), "BC": ("short", -1)} | {
    "VO": ("covered", 1),
    "VC": ("covered", -1),
}


def cents(amount: Decimal | Fraction) -> Decimal:
    """Half up to the cent; an exact fraction is rounded once."""
    if isinstance(amount, Fraction):
        doubled = amount * 200
        whole = (doubled.numerator // doubled.denominator + 1) // 2
        return Decimal(whole) / 100
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


class NaiveKeeper:
    """One account. `margin_of` gives the opening margin of one short contract."""

    def __init__(
        self, cash: Decimal, shares: int, contracts: dict[str, Contract], margin_of: dict[str, Decimal]
    ) -> None:
        self.balance = cash
        self.contracts = contracts
        self.margin_of = margin_of
        self.quantity: dict[tuple[str, str], int] = defaultdict(int)
        self.combined: dict[tuple[str, str], int] = defaultdict(int)
        self.margin: dict[str, Decimal] = defaultdict(Decimal)
        """Of the uncombined short contracts of a code"""
        self.combinations: dict[str, tuple[CombinationStrategy, str, str, int, Decimal]] = {}
        self.exercising: dict[str, int] = defaultdict(int)
        self.exercise_cash = Decimal(0)
        self.shares = {"total": shares, "locked": 0, "disposal": 0, "bought": 0}

    def carry(self, code: str, side: str, quantity: int) -> None:
        """Take over a position of an earlier day; a covered one has its shares locked."""
        self.quantity[code, side] = quantity
        if side == "short":
            self.margin[code] = self.margin_of[code] * quantity
        elif side == "covered":
            self.shares["locked"] += quantity * self.contracts[code].multiplier

    @property
    def held(self) -> Decimal:
        """Margin of naked shorts and of combinations."""
        return sum(self.margin.values(), Decimal(0)) + sum((c[4] for c in self.combinations.values()), Decimal(0))

    def book(self, report: NumberedReport) -> None:
        """Take one report; what was refused changes nothing."""
        if isinstance(report, OrderReport):
            if report.last_price is not None and report.last_quantity:
                self._trade(report)
        elif isinstance(report, InstructionReport) and report.reason is None:
            getattr(self, f"_{report.kind.value}")(report)

    def _confirm_statement(self, report: InstructionReport) -> None:
        """Neither money nor positions move."""

    def _trade(self, report: OrderReport) -> None:
        code, quantity = report.contract_code, report.last_quantity
        assert report.last_price is not None
        premium = cents(report.last_price * self.contracts[code].multiplier * quantity)
        self.balance += (-premium if report.instruction.value in ("BO", "BC", "VC") else premium) - report.fee
        side, sign = _ENTRY[report.instruction.value]
        if report.instruction.value == "SO":
            self.margin[code] += self.margin_of[code] * quantity
        elif report.instruction.value == "BC":
            self._free(code, quantity)
        self.quantity[code, side] += sign * quantity

    def _free(self, code: str, quantity: int) -> Decimal:
        """Release the margin that some uncombined short contracts hold."""
        naked = self.quantity[code, "short"] - self.combined[code, "short"]
        freed = cents(Fraction(self.margin[code]) * quantity / naked)
        self.margin[code] -= freed
        return freed

    # ---- instructions, by the names of their kinds

    def _lock(self, report: InstructionReport) -> None:
        self.shares["locked"] += report.quantity

    def _unlock(self, report: InstructionReport) -> None:
        self.shares["locked"] -= report.quantity

    def _shares_in(self, report: InstructionReport) -> None:
        self.shares["total"] += report.quantity

    def _shares_out(self, report: InstructionReport) -> None:
        self.shares["total"] -= report.quantity

    def _buy_shares(self, report: InstructionReport) -> None:
        assert report.quantity % 100 == 0
        self.balance -= report.amount + report.fee
        self.shares["total"] += report.quantity
        self.shares["bought"] += report.quantity

    def _sell_shares(self, report: InstructionReport) -> None:
        self.balance += report.amount - report.fee
        self.shares["total"] -= report.quantity
        # Rulebook of the cash market: what was bought today is there tomorrow still
        assert self.shares["total"] >= self.shares["bought"]

    def _to_broker(self, report: InstructionReport) -> None:
        self.shares["total"] -= report.quantity
        self.shares["disposal"] += report.quantity

    def _to_investor(self, report: InstructionReport) -> None:
        self.shares["total"] += report.quantity
        self.shares["disposal"] -= report.quantity

    def _cash_in(self, report: InstructionReport) -> None:
        self.balance += report.amount

    def _cash_out(self, report: InstructionReport) -> None:
        self.balance -= report.amount

    def _exercise(self, report: InstructionReport, sign: int = 1) -> None:
        self.exercising[report.contract_code] += sign * report.quantity
        self.exercise_cash += sign * report.amount

    def _withdraw_exercise(self, report: InstructionReport) -> None:
        self._exercise(report, -1)

    def _merged_exercise(self, report: InstructionReport, sign: int = 1) -> None:
        self._exercise(report, sign)
        self.exercising[report.second_code] += sign * report.quantity

    def _withdraw_merged(self, report: InstructionReport) -> None:
        self._merged_exercise(report, -1)

    def _sides(self, strategy: CombinationStrategy) -> tuple[str, str]:
        return ("short" if strategy.value in ("KS", "KKS") else "long"), "short"

    def _combine(self, report: InstructionReport) -> None:
        assert report.strategy is not None
        codes = report.contract_code, report.second_code
        for code, side in zip(codes, self._sides(report.strategy), strict=True):
            if side == "short":
                self._free(code, report.quantity)
            self.combined[code, side] += report.quantity
        assert report.combination_id not in self.combinations
        self.combinations[report.combination_id] = (report.strategy, *codes, report.quantity, report.amount)

    def _release(self, report: InstructionReport) -> None:
        strategy, first, second, quantity, margin = self.combinations.pop(report.combination_id)
        left = quantity - report.quantity
        if left:
            freed = cents(Fraction(margin) * report.quantity / quantity)
            self.combinations[report.combination_id] = (strategy, first, second, left, margin - freed)
        for code, side in zip((first, second), self._sides(strategy), strict=True):
            self.combined[code, side] -= report.quantity
            if side == "short":
                self.margin[code] += self.margin_of[code] * report.quantity

    def _to_covered(self, report: InstructionReport) -> None:
        code, needed = report.contract_code, report.quantity * self.contracts[report.contract_code].multiplier
        assert self._free(code, report.quantity) == report.amount
        self.quantity[code, "short"] -= report.quantity
        spare = self.shares["locked"] - self.covering_with(report)
        self.shares["locked"] += max(needed - spare, 0)
        self.quantity[code, "covered"] += report.quantity

    def covering_with(self, report: InstructionReport) -> int:
        """Shares that secured positions and working orders before the report."""
        return self.working_cover + self.covered_shares()

    working_cover = 0
    """Shares of working covered-opens, told by whoever drives the keeper"""

    def covered_shares(self) -> int:
        """Shares that covered positions need."""
        return sum(q * self.contracts[c].multiplier for (c, side), q in self.quantity.items() if side == "covered")

    def _to_naked(self, report: InstructionReport) -> None:
        code = report.contract_code
        self.quantity[code, "covered"] -= report.quantity
        self.quantity[code, "short"] += report.quantity
        self.margin[code] += self.margin_of[code] * report.quantity
        assert report.amount == self.margin_of[code] * report.quantity
