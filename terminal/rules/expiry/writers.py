"""What the writer of options must have when assigned (义务仓备付), and how many may be (指派预估), rulebook 6."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import BadInput
from terminal.domain.settlement import Delivery
from terminal.rules.delivery import deliver_assigned_calls
from terminal.rules.profile import DeliveryRules
from terminal.rules.rounding import to_cents

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Short or covered contracts that are assigned, or are taken to be."""

    contract_code: str
    underlying: str
    right: Right
    side: PositionSide
    strike: Decimal
    multiplier: int
    quantity: int

    @property
    def shares(self) -> int:
        """Shares that change hands."""
        return self.quantity * self.multiplier

    @property
    def amount(self) -> Decimal:
        """Strike times shares, yuan."""
        return to_cents(self.strike * self.shares)


def written_of(contract: Contract, side: PositionSide, quantity: int) -> Written:
    """A position, were this many of it assigned."""
    return Written(
        contract_code=contract.code,
        underlying=contract.underlying,
        right=contract.right,
        side=side,
        strike=contract.strike,
        multiplier=contract.multiplier,
        quantity=quantity,
    )


def assigned_of(delivery: Delivery) -> Written:
    """What an assignment has left to be delivered. Raises BadInput for an exercise of one's own."""
    if delivery.side is PositionSide.LONG:
        raise BadInput("delivery", delivery.side.value, "one of who was assigned")
    return Written(
        contract_code=delivery.contract_code,
        underlying=delivery.underlying,
        right=delivery.right,
        side=delivery.side,
        strike=delivery.strike,
        multiplier=delivery.multiplier,
        quantity=delivery.quantity,
    )


@dataclass(frozen=True, slots=True)
class SharePool:
    """Shares of one underlying that may be delivered."""

    covering: int = 0
    """Locked for the covered contracts in question, or held for them since they were assigned"""
    other_covering: int = 0
    """Locked for other months"""
    free: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterNeed:
    """One written position: what is owed, what is there for it, what is missing."""

    written: Written
    cash: Decimal = _ZERO
    """To be paid for the shares of assigned puts, yuan"""
    cash_short: Decimal = _ZERO
    """What of it is not there"""
    cash_received: Decimal = _ZERO
    """For the shares that are delivered"""
    shares: int = 0
    """To be delivered for assigned calls"""
    shares_covering: int = 0
    shares_other_covering: int = 0
    shares_free: int = 0
    """What is there for them: locked, locked for other months, free"""
    contracts_short: int = 0
    """Contracts without shares, or without money"""
    cash_cost: Decimal = _ZERO
    """What is paid in place of shares that are missing, at the price given: (S x 110 % - K) x U (现金结算)"""

    @property
    def shares_short(self) -> int:
        """Shares missing to deliver every contract."""
        return max(self.shares - self.shares_covering - self.shares_other_covering - self.shares_free, 0)

    @property
    def enough(self) -> bool:
        """Whether everything owed is there."""
        return self.shares_short == 0 and self.cash_short == 0


def writer_needs(
    written: Iterable[Written],
    *,
    pools: Mapping[str, SharePool],
    cash: Decimal,
    prices: Mapping[str, Decimal],
    rules: DeliveryRules,
) -> list[WriterNeed]:
    """What every position needs were it assigned, and what is there, each share and yuan counted once.

    Covered calls first, then short calls, as the clearing house settles them; then puts, out of `cash` alone: money
    that delivered shares will bring is not relied on. `prices` of the underlyings are for the cost of missing shares,
    which is that of whole contracts; without a price it is not reckoned. In the order given.
    """
    rows = list(written)
    left = dict(pools)
    money = max(cash, _ZERO)
    needs: dict[int, WriterNeed] = {}
    for place in sorted(range(len(rows)), key=lambda i: (_turn(rows[i]), i)):
        row = rows[place]
        if row.right is Right.PUT:
            short = max(row.amount - money, _ZERO)
            money -= row.amount - short
            each = to_cents(row.strike * row.multiplier)
            lacking = int((short / each).to_integral_value(ROUND_CEILING)) if each > 0 else 0
            needs[place] = WriterNeed(written=row, cash=row.amount, cash_short=short, contracts_short=lacking)
            continue
        pool = left.get(row.underlying, SharePool())
        needs[place], left[row.underlying] = _call(row, pool, prices.get(row.underlying), rules)
    return [needs[place] for place in range(len(rows))]


def _turn(row: Written) -> int:
    if row.right is Right.PUT:
        return 2
    return 0 if row.side is PositionSide.COVERED else 1


def _call(row: Written, pool: SharePool, price: Decimal | None, rules: DeliveryRules) -> tuple[WriterNeed, SharePool]:
    covering = min(row.shares, pool.covering) if row.side is PositionSide.COVERED else 0
    free = min(row.shares - covering, pool.free)
    others = min(row.shares - covering - free, pool.other_covering) if rules.use_other_covered else 0
    there = covering + free + others
    lacking = row.quantity - there // row.multiplier
    need = WriterNeed(
        written=row,
        shares=row.shares,
        shares_covering=covering,
        shares_free=free,
        shares_other_covering=others,
        cash_received=to_cents(row.strike * (row.quantity - lacking) * row.multiplier),
        contracts_short=lacking,
        cash_cost=cash_in_place_of_shares(row, lacking, price, rules) if price is not None else _ZERO,
    )
    rest = SharePool(
        covering=pool.covering - covering, other_covering=pool.other_covering - others, free=pool.free - free
    )
    return need, rest


def cash_in_place_of_shares(row: Written, contracts: int, close: Decimal, rules: DeliveryRules) -> Decimal:
    """What a call writer pays for contracts without shares, yuan: (close x 110 % - strike) x unit, never below zero."""
    outcome = deliver_assigned_calls(
        contracts,
        strike=row.strike,
        multiplier=row.multiplier,
        covered_shares=0,
        other_covered_shares=0,
        free_shares=0,
        close=close,
        rules=rules,
    )
    return outcome.cash_paid


@dataclass(frozen=True, slots=True)
class AssignmentRange:
    """How many of a short position are assigned: `expected` may be a fraction."""

    least: int
    expected: Decimal
    most: int


def assignment_range(
    short: int, open_interest: int, *, exercised_least: int, exercised_expected: int, exercised_most: int
) -> AssignmentRange:
    """What pro-rata assignment gives a position when so many of all open contracts are exercised.

    Remainders go to the largest fractions, so a share that is no whole number is rounded one way or the other. Open
    interest smaller than the position is taken for the position. Raises BadInput for figures out of order.
    """
    total = max(open_interest, short)
    figures = exercised_least, exercised_expected, exercised_most
    if short < 0 or not 0 <= figures[0] <= figures[1] <= figures[2] <= total:
        raise BadInput("exercised contracts", figures, f"0 to {total}, the least first")
    if short == 0:
        return AssignmentRange(0, _ZERO, 0)
    return AssignmentRange(
        least=short * exercised_least // total,
        expected=Decimal(short) * exercised_expected / total,
        most=-(-short * exercised_most // total),
    )
