"""Fees of a fill (手续费), rulebook 9: exchange, clearing and broker, yuan per contract."""

from decimal import Decimal

from terminal.domain.orders import Instruction
from terminal.rules.profile import Fees
from terminal.rules.rounding import to_cents

_WAIVED = frozenset({Instruction.SELL_OPEN, Instruction.COVERED_OPEN})


def fill_fee(fees: Fees, instruction: Instruction, quantity: int) -> Decimal:
    """What one fill costs in all. Opening by selling pays the broker alone while the waiver stands."""
    per_contract = fees.commission
    if not (fees.sell_open_waived and instruction in _WAIVED):
        per_contract += fees.exchange + fees.clearing
    return to_cents(per_contract * quantity)
