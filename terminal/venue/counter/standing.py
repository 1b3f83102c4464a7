"""What the broker granted an account (账户资料): profile, trading record, limits; checked before it is written down.

A contract account (衍生品合约账户) is the securities account's number with 888 behind it, and only accounts whose
number begins with A, B or D have one (rulebook 1.4).
"""

from dataclasses import replace
from decimal import Decimal

import msgspec

from terminal.domain.account_rights import AccountKind, AccountProfile
from terminal.domain.accounts import ZERO
from terminal.domain.errors import BadInput
from terminal.rules.limits import NOTHING, TradingRecord, limits_of, purchase_limit
from terminal.rules.profile import UNLIMITED, Limit, LimitRules, PositionLimits, PurchaseRules
from terminal.venue.counter.state import AccountState

_CONTRACT_ACCOUNT = "888"
_CLASSES = ("A", "B", "D")


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What an account is and may do, but for its money and positions."""

    profile: AccountProfile = AccountProfile()
    record: TradingRecord = TradingRecord()
    own_limits: PositionLimits | None = None
    """Position limits of this account alone; None: those of its class"""
    purchase_limit: Decimal | None = None
    """What an individual may have paid for long positions, yuan; None allows it nothing"""


#: An institution under the limits of its class
STANDARD = Standing()


def standing_of(account: AccountState) -> Standing:
    """An account's standing as it is."""
    return Standing(
        profile=account.profile,
        record=account.record,
        own_limits=account.own_limits,
        purchase_limit=account.purchase_limit,
    )


def checked(standing: Standing) -> Standing:
    """The standing as it is written down: a limit that is no figure allows nothing (F45).

    Raises BadInput for account numbers that do not belong together.
    """
    profile = standing.profile
    if profile.contract_account:
        if not profile.securities_account.startswith(_CLASSES):
            raise BadInput("securities account", profile.securities_account, "an A, B or D account")
        if profile.contract_account != profile.securities_account + _CONTRACT_ACCOUNT:
            raise BadInput("contract account", profile.contract_account, "the securities account with 888 behind it")
    limits, purchases = standing.own_limits, standing.purchase_limit
    if limits is not None:
        limits = PositionLimits(**{name: _figure(getattr(limits, name)) for name in NOTHING.__struct_fields__})
    if purchases is not None and not (purchases.is_finite() and purchases > 0):
        purchases = ZERO
    return msgspec.structs.replace(standing, own_limits=limits, purchase_limit=purchases)


def assessed(standing: Standing, cash: Decimal, rules: PurchaseRules) -> Standing:
    """The standing of an individual with a purchase limit (买入额度) by its assets, where none was given."""
    if standing.profile.rights.kind is not AccountKind.INDIVIDUAL or standing.purchase_limit is not None:
        return standing
    assets = max(standing.record.own_assets, cash, ZERO)
    return msgspec.structs.replace(standing, purchase_limit=purchase_limit(rules, assets, ZERO))


def position_limits(account: AccountState, rules: LimitRules) -> PositionLimits:
    """The limits an account has now: its own, else those of its class and, for an individual, of its record."""
    if account.own_limits is not None:
        return account.own_limits
    rights = account.profile.rights
    record = account.record
    if record.tier is not rights.level:
        record = replace(record, tier=rights.level)
    return limits_of(rules, rights.kind, record)


def _figure(value: Limit) -> Limit:
    return value if value == UNLIMITED or type(value) is int else 0
