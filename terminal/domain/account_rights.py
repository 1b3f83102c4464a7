"""What an account is and may do (账户权限): kind, level, state and single prohibitions (rulebook 5.4, 5.5)."""

from dataclasses import dataclass
from enum import IntEnum, IntFlag, StrEnum


class AccountKind(StrEnum):
    """Whose account it is; limits and margin depend on it."""

    INDIVIDUAL = "individual"
    INSTITUTION = "institution"
    PROPRIETARY = "proprietary"
    MARKET_MAKER_PRIMARY = "market_maker_primary"
    """主做市商"""
    MARKET_MAKER_GENERAL = "market_maker_general"
    """一般做市商"""

    # Kept on the members and not reckoned: asked for with every order
    def __init__(self, word: str) -> None:
        self.is_market_maker = word in ("market_maker_primary", "market_maker_general")
        """Whether the account quotes under an agreement with the exchange (做市商)"""


_INDIVIDUAL = AccountKind.INDIVIDUAL


class Tier(IntEnum):
    """Level of an individual (投资者分级)."""

    ONE = 1
    TWO = 2
    THREE = 3


_THREE = Tier.THREE


class AccountState(StrEnum):
    """Whether an account trades at all."""

    NORMAL = "normal"
    CLOSE_ONLY = "close_only"
    """Only closing (只能平仓)"""
    FROZEN = "frozen"
    """Nothing but what the broker does itself (冻结)"""
    FORBIDDEN = "forbidden"
    """No trading (禁止交易)"""


class Restriction(IntFlag):
    """Single prohibitions (限交易), one bit each, in the order of a counter's field."""

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
class AccountRights:
    """What was granted to one account. Nothing is granted that is not said."""

    kind: AccountKind = AccountKind.INDIVIDUAL
    tier: Tier = Tier.ONE
    """Of individuals; all others have the rights of level three"""
    state: AccountState = AccountState.NORMAL
    restrictions: Restriction = Restriction.NONE
    has_contract_account: bool = True
    """Whether a contract account is open (合约账户)"""
    designated: bool = True
    """Whether the account is designated to this broker (指定交易)"""
    filed_for_programs: bool = False
    """Whether programme trading was filed (程序化交易报备)"""

    @property
    def level(self) -> Tier:
        """The level that counts."""
        return self.tier if self.kind is _INDIVIDUAL else _THREE


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountProfile:
    """The standing facts of one account. An empty number is an account that is not linked."""

    rights: AccountRights = AccountRights(kind=AccountKind.INSTITUTION)
    margin_group: str = ""
    """Which multiple of the exchange's margin the broker asks; empty: the profile's default"""
    funds_account: str = ""
    """衍生品资金账户"""
    securities_account: str = ""
    """普通证券账户"""
    contract_account: str = ""
    """衍生品合约账户: the securities account with 888 behind it"""
    filed: bool = False
    """A market maker's account that was filed with the exchange (已向交易所报备)"""
