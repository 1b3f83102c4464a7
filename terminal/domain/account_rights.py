"""Who an account belongs to and what it may do (投资者分级, 限交易), rulebook 5.4 and 5.5."""

from dataclasses import dataclass
from enum import IntFlag, StrEnum


class AccountKind(StrEnum):
    """Whose account it is."""

    INDIVIDUAL = "individual"
    INSTITUTION = "institution"
    PROPRIETARY = "proprietary"
    """The member's own book (自营)"""
    PRIMARY_MAKER = "primary_maker"
    """Quotes continuously (主做市商)"""
    GENERAL_MAKER = "general_maker"
    """Answers inquiries (一般做市商)"""

    @property
    def is_maker(self) -> bool:
        """Whether it may send two-sided quotes."""
        return self in (AccountKind.PRIMARY_MAKER, AccountKind.GENERAL_MAKER)


class AccountStanding(StrEnum):
    """What the broker lets an account do at all (账户状态)."""

    NORMAL = "normal"
    CLOSE_ONLY = "close_only"
    """Closing orders, cancels and exercise only (只可平仓)"""
    FROZEN = "frozen"
    """Nothing but cancels (冻结)"""
    CLOSED = "closed"


class Restriction(IntFlag):
    """The nine bits of a counter: each forbids one thing."""

    NONE = 0
    BUY_OPEN = 1
    SELL_CLOSE = 2
    SELL_OPEN = 4
    BUY_CLOSE = 8
    COVERED_OPEN = 16
    COVERED_CLOSE = 32
    LOCK = 64
    UNLOCK = 128
    EXERCISE = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountProfile:
    """The standing facts of one account. An empty text is an account number that is not linked."""

    kind: AccountKind = AccountKind.INSTITUTION
    level: int = 3
    """Of an individual: 1, 2 or 3 (一级, 二级, 三级)"""
    limit_class: str = ""
    """Which row of the profile's position limits holds; empty: the one of its kind"""
    margin_group: str = "standard"
    """Which uplift of the profile the broker asks (保证金收取比例)"""
    standing: AccountStanding = AccountStanding.NORMAL
    restrictions: Restriction = Restriction.NONE
    funds_account: str = ""
    """衍生品资金账户"""
    securities_account: str = ""
    """普通证券账户"""
    contract_account: str = ""
    """衍生品合约账户: the securities account with 888 behind it"""
    filed: bool = False
    """A maker's account that was filed with the exchange (已报备)"""
