"""What position limits count (限仓, rulebook 5.1): of one account and underlying, and of the member over all."""

from decimal import Decimal

import msgspec

from terminal.domain.account_rights import AccountKind
from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.contracts import Right
from terminal.domain.orders import Instruction
from terminal.rules.limits import PositionCounts


class LimitCount(msgspec.Struct, gc=False):
    """Contracts of one account on one underlying; see `rules.limits.PositionCounts`."""

    long_calls: int = 0
    long_puts: int = 0
    short_calls: int = 0
    short_puts: int = 0
    covered_calls: int = 0
    working_buy_calls: int = 0
    working_buy_puts: int = 0
    working_sell_calls: int = 0
    working_sell_puts: int = 0
    working_covered: int = 0
    bought_open_today: int = 0
    opened_today: int = 0

    @property
    def all_contracts(self) -> int:
        """Positions and working opens."""
        return (
            self.long_calls
            + self.long_puts
            + self.short_calls
            + self.short_puts
            + self.covered_calls
            + self.working_buy_calls
            + self.working_buy_puts
            + self.working_sell_calls
            + self.working_sell_puts
            + self.working_covered
        )

    def hold(self, side: PositionSide, right: Right, quantity: int) -> None:
        """Count contracts that came into a position; a negative quantity takes them out."""
        if side is PositionSide.COVERED:
            self.covered_calls += quantity
        elif side is PositionSide.LONG:
            if right is Right.CALL:
                self.long_calls += quantity
            else:
                self.long_puts += quantity
        elif right is Right.CALL:
            self.short_calls += quantity
        else:
            self.short_puts += quantity

    def work(self, instruction: Instruction, right: Right, quantity: int) -> None:
        """Count contracts of a working order that opens; a negative quantity takes them out."""
        if instruction is Instruction.COVERED_OPEN:
            self.working_covered += quantity
        elif instruction is Instruction.BUY_OPEN:
            if right is Right.CALL:
                self.working_buy_calls += quantity
            else:
                self.working_buy_puts += quantity
        elif right is Right.CALL:
            self.working_sell_calls += quantity
        else:
            self.working_sell_puts += quantity

    def counts(self, all_products: int) -> PositionCounts:
        """As the rules take it."""
        return PositionCounts(
            long_calls=self.long_calls,
            long_puts=self.long_puts,
            short_calls=self.short_calls,
            short_puts=self.short_puts,
            covered_calls=self.covered_calls,
            working_buy_calls=self.working_buy_calls,
            working_buy_puts=self.working_buy_puts,
            working_sell_calls=self.working_sell_calls,
            working_sell_puts=self.working_sell_puts,
            working_covered=self.working_covered,
            bought_open_today=self.bought_open_today,
            opened_today=self.opened_today,
            all_products=all_products,
        )


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
    return kind in (AccountKind.INDIVIDUAL, AccountKind.INSTITUTION)
