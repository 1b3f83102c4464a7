"""What a working order holds for each contract (冻结), yuan.

Held amounts are rounded up to the cent per contract, booked ones half-up per fill: so the sum of the fills of an order
is never more than was held for it.
"""

from decimal import ROUND_UP, Decimal

import msgspec

from terminal.domain.accounts import ZERO
from terminal.rules.rounding import CENT


def cents_up(amount: Decimal) -> Decimal:
    """Round an amount that is not negative up to 0.01 yuan."""
    return amount.quantize(CENT, ROUND_UP)


class Charge(msgspec.Struct, frozen=True, gc=False):
    """Whole cents per contract, by cause."""

    premium_each: Decimal = ZERO
    margin_each: Decimal = ZERO
    fee_each: Decimal = ZERO

    def total(self, quantity: int) -> Decimal:
        """What `quantity` contracts hold."""
        return (self.premium_each + self.margin_each + self.fee_each) * quantity
