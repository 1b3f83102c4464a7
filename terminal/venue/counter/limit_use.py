"""What of its limits an account uses (限额查询), working orders included: one row for each limit and underlying."""

from decimal import Decimal

from terminal.domain.account_rights import AccountKind
from terminal.domain.accounts import ZERO
from terminal.domain.messages import LimitUse
from terminal.domain.reasons import Reason
from terminal.rules.profile import Limit
from terminal.venue.counter.books import Books
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.limit_checks import all_contracts
from terminal.venue.counter.limit_count import is_client
from terminal.venue.counter.standing import position_limits
from terminal.venue.counter.state import AccountState


def limit_uses(account: AccountState, books: Books, day: DayList) -> tuple[LimitUse, ...]:
    """Position limits of every underlying the account has to do with, then what counts over all of them."""
    rules = day.profile.limits
    limits, kind = position_limits(account, rules), account.profile.rights.kind
    rows: list[LimitUse] = []
    for underlying, count in account.counts.items():
        counts = count.counts(0)
        rows += [
            _use(Reason.LIMIT_RIGHT_SIDE, underlying, counts.right_side, limits.right_side),
            _use(Reason.LIMIT_BUY_OPEN, underlying, counts.daily_buy_open, limits.daily_buy_open),
            _use(Reason.LIMIT_OPEN, underlying, counts.daily_open, limits.daily_open),
            _use(Reason.LIMIT_TOTAL, underlying, counts.total, limits.total),
            _use(Reason.LIMIT_DIRECTION, underlying, max(counts.bullish, counts.bearish), limits.direction),
        ]
    rows.append(_use(Reason.LIMIT_ALL_PRODUCTS, "", all_contracts(account), limits.all_products))
    if kind is AccountKind.INDIVIDUAL:
        bought = account.purchases_held + account.purchases_working
        rows.append(LimitUse(limit=Reason.LIMIT_PURCHASE, used=bought, allowed=account.purchase_limit or ZERO))
    if kind.is_market_maker:
        rows.append(_use(Reason.LIMIT_AMOUNT, "", account.quoted, day.profile.concentration.quoted_amount))
    member = books.member
    if is_client(kind):
        rows.append(_use(Reason.LIMIT_MEMBER, "", member.client, rules.member_client))
    else:
        rows.append(_use(Reason.LIMIT_MEMBER, "", member.proprietary, rules.member_proprietary))
    quota = day.profile.clearing.opening_margin_quota
    rows.append(_use(Reason.LIMIT_MARGIN_QUOTA, "", member.opening_margin, quota))
    return tuple(rows)


def _use(limit: Reason, underlying: str, used: int | Decimal, allowed: Limit) -> LimitUse:
    bound = None if isinstance(allowed, str) else Decimal(max(allowed, 0))
    return LimitUse(limit=limit, underlying=underlying, used=Decimal(used), allowed=bound)
