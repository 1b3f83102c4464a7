"""Accounts of every kind, for tests."""

from decimal import Decimal

from terminal.domain.account_rights import AccountKind, AccountProfile, AccountRights, AccountState, Restriction, Tier
from terminal.rules.limits import TradingRecord
from terminal.rules.profile import PositionLimits
from terminal.venue.counter.standing import Standing


def individual(tier: Tier, purchase_limit: str | None = "1000000.00") -> Standing:
    """An individual of a level, with room to buy."""
    limit = None if purchase_limit is None else Decimal(purchase_limit)
    rights = AccountRights(kind=AccountKind.INDIVIDUAL, tier=tier)
    return Standing(profile=AccountProfile(rights=rights), record=TradingRecord(tier=tier), purchase_limit=limit)


def maker(*, filed: bool = True, kind: AccountKind = AccountKind.MARKET_MAKER_PRIMARY) -> Standing:
    """A market maker, who pays the exchange's own margin."""
    return Standing(profile=AccountProfile(rights=AccountRights(kind=kind), margin_group="exchange", filed=filed))


def institution(
    state: AccountState = AccountState.NORMAL,
    restrictions: Restriction = Restriction.NONE,
    own_limits: PositionLimits | None = None,
) -> Standing:
    """An institution in some state."""
    rights = AccountRights(kind=AccountKind.INSTITUTION, state=state, restrictions=restrictions)
    return Standing(profile=AccountProfile(rights=rights), own_limits=own_limits)
