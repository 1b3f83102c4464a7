"""What position limits count (限仓, rulebook 5.1): of one account and underlying, and of the member over all."""

from decimal import Decimal

import msgspec

from terminal.domain.account_rights import AccountKind
from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.contracts import Right
from terminal.domain.orders import Instruction
from terminal.rules.limits import PositionCounts

# An enum's member is found by a call in Python: as names of the module the hot path has them at once
_LONG, _COVERED, _CALL = PositionSide.LONG, PositionSide.COVERED, Right.CALL
_BUY_OPEN, _COVERED_OPEN = Instruction.BUY_OPEN, Instruction.COVERED_OPEN
_INDIVIDUAL, _INSTITUTION = AccountKind.INDIVIDUAL, AccountKind.INSTITUTION


class LimitCount(PositionCounts, kw_only=True, gc=False):
    """Contracts of one account on one underlying, as the rules take them; `all_products` stays zero here."""

    @property
    def all_contracts(self) -> int:
        """Positions and working opens."""
        return self.total

    def hold(self, side: PositionSide, right: Right, quantity: int) -> None:
        """Count contracts that came into a position; a negative quantity takes them out."""
        if side is _COVERED:
            self.covered_calls += quantity
        elif side is _LONG:
            if right is _CALL:
                self.long_calls += quantity
            else:
                self.long_puts += quantity
        elif right is _CALL:
            self.short_calls += quantity
        else:
            self.short_puts += quantity

    def work(self, instruction: Instruction, right: Right, quantity: int) -> None:
        """Count contracts of a working order that opens; a negative quantity takes them out."""
        if instruction is _COVERED_OPEN:
            self.working_covered += quantity
        elif instruction is _BUY_OPEN:
            if right is _CALL:
                self.working_buy_calls += quantity
            else:
                self.working_buy_puts += quantity
        elif right is _CALL:
            self.working_sell_calls += quantity
        else:
            self.working_sell_puts += quantity

    def counts(self, all_products: int) -> PositionCounts:
        """The same with what is there over all underlyings."""
        return msgspec.structs.replace(self, all_products=all_products) if all_products else self


class MemberCount(msgspec.Struct, gc=False):
    """What the limits of the member itself count over all its accounts (会员限仓, 日间额度)."""

    client: int = 0
    """Positions and working opens of individuals and institutions, contracts"""
    proprietary: int = 0
    """The same of the member's own account and of market makers"""
    opening_margin: Decimal = ZERO
    """Margin of today's sell-opens, filled and working, yuan"""

    def add(self, kind: AccountKind, quantity: int) -> None:
        """Count contracts of an account of some kind; a negative quantity takes them out."""
        if is_client(kind):
            self.client += quantity
        else:
            self.proprietary += quantity


def is_client(kind: AccountKind) -> bool:
    """Whether an account counts as a client's; the member's own and market makers' do not (D)."""
    return kind is _INDIVIDUAL or kind is _INSTITUTION
