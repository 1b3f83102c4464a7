"""Exercise settlement on the delivery day (行权交收), rulebook 6: shares, money, and what if they are short."""

from dataclasses import dataclass
from decimal import Decimal

from terminal.domain.errors import BadInput
from terminal.rules.profile import DeliveryRules
from terminal.rules.rounding import to_cents

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What one side gives for its exercised or assigned contracts of one option; nothing is negative."""

    delivered: int = 0
    """Contracts settled in shares"""
    cash_settled: int = 0
    """Contracts settled in money (现金结算)"""
    invalid: int = 0
    """Exercises that lapse"""
    to_disposal: int = 0
    """Contracts whose shares go to the disposal account (转处置), because the buyer cannot pay"""
    shares_covered: int = 0
    """Shares that covered these contracts"""
    shares_other_covered: int = 0
    """Shares that cover calls of other months"""
    shares_free: int = 0
    cash_received: Decimal = _ZERO
    """Strike money for delivered shares, yuan"""
    cash_paid: Decimal = _ZERO
    """Strike money for shares taken, or what is paid instead of shares, yuan"""
    cash_short: Decimal = _ZERO
    """Strike money owed and not there, yuan"""

    @property
    def shares_given(self) -> int:
        """All shares delivered."""
        return self.shares_covered + self.shares_other_covered + self.shares_free


def deliver_assigned_calls(
    assigned: int,
    *,
    strike: Decimal,
    multiplier: int,
    covered_shares: int,
    other_covered_shares: int,
    free_shares: int,
    close: Decimal,
    rules: DeliveryRules,
) -> Delivery:
    """A call writer's side: shares first, then money for whole contracts without: (close x 110 % - strike) x unit.

    `covered_shares` lie locked for these contracts, `other_covered_shares` for calls of other months, which are used
    before money is paid when the profile says so. `close` is that of the delivery day. The money is never below zero.
    """
    _refuse_negative(assigned, covered_shares, other_covered_shares, free_shares)
    others = other_covered_shares if rules.use_other_covered else 0
    delivered = min(assigned, (covered_shares + free_shares + others) // multiplier)
    needed = delivered * multiplier
    from_covered = min(needed, covered_shares)
    from_free = min(needed - from_covered, free_shares)
    cash_settled = assigned - delivered
    per_contract = max((close * rules.call_cash_rate - strike) * multiplier, _ZERO)
    return Delivery(
        delivered=delivered,
        cash_settled=cash_settled,
        shares_covered=from_covered,
        shares_free=from_free,
        shares_other_covered=needed - from_covered - from_free,
        cash_received=to_cents(strike * needed),
        cash_paid=to_cents(per_contract * cash_settled),
    )


def deliver_exercised_puts(
    exercised: int, *, strike: Decimal, multiplier: int, free_shares: int, close: Decimal, rules: DeliveryRules
) -> Delivery:
    """A put exerciser's side: what lacks shares lapses or, by the profile, is settled in money.

    The money is (strike - close x 90 %) x unit, never below zero; the percentage is the profile's.
    """
    _refuse_negative(exercised, free_shares)
    delivered = min(exercised, free_shares // multiplier)
    missing = exercised - delivered
    received = to_cents(strike * delivered * multiplier)
    if rules.put_shortfall == "invalid":
        return Delivery(
            delivered=delivered, invalid=missing, shares_free=delivered * multiplier, cash_received=received
        )
    per_contract = max((strike - close * rules.put_cash_rate) * multiplier, _ZERO)
    return Delivery(
        delivered=delivered,
        cash_settled=missing,
        shares_free=delivered * multiplier,
        cash_received=received + to_cents(per_contract * missing),
    )


def take_assigned_puts(assigned: int, *, strike: Decimal, multiplier: int, available_cash: Decimal) -> Delivery:
    """A put writer's side: pays the strike for every contract; what it cannot pay goes to the disposal account."""
    _refuse_negative(assigned)
    each = strike * multiplier
    paid = min(assigned, int(max(available_cash, _ZERO) // each))
    return Delivery(
        delivered=paid,
        to_disposal=assigned - paid,
        cash_paid=to_cents(each * paid),
        cash_short=to_cents(each * (assigned - paid)),
    )


def _refuse_negative(*figures: int) -> None:
    for figure in figures:
        if figure < 0:
            raise BadInput("delivery", figure, "figures from zero upwards")
