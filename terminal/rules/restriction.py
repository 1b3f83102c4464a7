"""Open restriction (限开仓), rulebook 5.3: too large a part of the float stands behind the calls of one month."""

from collections.abc import Iterable
from decimal import Decimal

from terminal.domain.contracts import UnderlyingKind
from terminal.domain.errors import BadInput
from terminal.rules.profile import RestrictionRules


def float_share(open_calls: Iterable[tuple[int, int]], float_shares: int) -> Decimal:
    """Part of the float that open calls of one expiry month stand for; (contracts, unit) of each contract.

    Raises BadInput for a float that is not above zero.
    """
    if float_shares <= 0:
        raise BadInput("float shares", float_shares, "above zero")
    return Decimal(sum(quantity * multiplier for quantity, multiplier in open_calls)) / float_shares


def restricted_next_day(
    share: Decimal, restricted_today: bool, rules: RestrictionRules, kind: UnderlyingKind = UnderlyingKind.ETF
) -> bool:
    """Whether buy-open and sell-open of that month's calls are closed from the next trading day on.

    It begins above the trigger and ends at or below the lift; in between yesterday's state stands. Covered opening and
    closing stay allowed.
    """
    trigger, lift = rules.bounds(kind)
    if share > trigger:
        return True
    return restricted_today and share > lift
