"""Position limits (限仓), purchase limit (限购), amounts and concentration, rulebook 5.1 and 5.2.

Orders in work count as if they would trade in full, so whatever becomes of them, no limit is passed. A limit of zero or
less allows nothing; only the word ``none`` is unlimited (F45).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

import msgspec

from terminal.domain.account_rights import AccountKind, Tier
from terminal.domain.contracts import Right
from terminal.domain.orders import Instruction, PositionEffect
from terminal.domain.reasons import Denial, Reason
from terminal.rules.profile import UNLIMITED, Concentration, Limit, LimitRules, PositionLimits, PurchaseRules
from terminal.rules.rounding import to_cents

# An enum's member is found by a call in Python: as names of the module the hot path has them at once
_CLOSE, _BUY_OPEN, _INDIVIDUAL = PositionEffect.CLOSE, Instruction.BUY_OPEN, AccountKind.INDIVIDUAL
_BULLISH = frozenset({(Instruction.BUY_OPEN, Right.CALL), (Instruction.SELL_OPEN, Right.PUT)})


class PositionCounts(msgspec.Struct, kw_only=True, gc=False):
    """Contracts of one account on one underlying, working open orders apart; `all_products` spans all underlyings."""

    long_calls: int = 0
    long_puts: int = 0
    short_calls: int = 0
    short_puts: int = 0
    covered_calls: int = 0
    working_buy_calls: int = 0
    """Working buy-open orders, calls"""
    working_buy_puts: int = 0
    working_sell_calls: int = 0
    """Working sell-open orders, calls"""
    working_sell_puts: int = 0
    working_covered: int = 0
    """Working covered-open orders"""
    bought_open_today: int = 0
    """Filled buy-opens of the day, closed since or not"""
    opened_today: int = 0
    """Filled opens of the day, bought, sold and covered"""
    all_products: int = 0
    """Positions and working opens over all underlyings, this one among them"""

    @property
    def working_open(self) -> int:
        """All working orders that open."""
        return (
            self.working_buy_calls
            + self.working_buy_puts
            + self.working_sell_calls
            + self.working_sell_puts
            + self.working_covered
        )

    @property
    def right_side(self) -> int:
        """Right side (权利仓) with what may join it."""
        return self.long_calls + self.long_puts + self.working_buy_calls + self.working_buy_puts

    @property
    def total(self) -> int:
        """Total position (总持仓) with what may join it."""
        held = self.long_calls + self.long_puts + self.short_calls + self.short_puts + self.covered_calls
        return held + self.working_open

    @property
    def daily_buy_open(self) -> int:
        """Bought to open today (单日买入开仓), filled and working."""
        return self.bought_open_today + self.working_buy_calls + self.working_buy_puts

    @property
    def daily_open(self) -> int:
        """Opened today (单日开仓), filled and working."""
        return self.opened_today + self.working_open

    @property
    def bullish(self) -> int:
        """Long calls and short puts (看涨方向), working opens included."""
        return self.long_calls + self.short_puts + self.working_buy_calls + self.working_sell_puts

    @property
    def bearish(self) -> int:
        """Long puts, short and covered calls (看跌方向), working opens included."""
        return (
            self.long_puts
            + self.short_calls
            + self.covered_calls
            + self.working_buy_puts
            + self.working_sell_calls
            + self.working_covered
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TradingRecord:
    """What an individual shows for higher limits."""

    tier: Tier = Tier.ONE
    trading_days: int = 0
    """Since the contract account was opened"""
    contracts_traded: int = 0
    own_assets: Decimal = Decimal(0)


def limits_of(rules: LimitRules, kind: AccountKind, record: TradingRecord | None = None) -> PositionLimits:
    """The limits of an account: its class's, for an individual those of the highest level it qualifies for."""
    match kind:
        case AccountKind.INSTITUTION:
            return rules.institution
        case AccountKind.PROPRIETARY:
            return rules.proprietary
        case AccountKind.MARKET_MAKER_PRIMARY:
            return rules.market_maker_primary
        case AccountKind.MARKET_MAKER_GENERAL:
            return rules.market_maker_general
    shown = record or TradingRecord()
    reached = [
        level
        for level in rules.individual
        if shown.tier >= level.min_tier
        and shown.trading_days >= level.min_trading_days
        and shown.contracts_traded >= level.min_contracts_traded
        and shown.own_assets >= level.min_own_assets
    ]
    return reached[-1] if reached else NOTHING


#: What an account has that qualifies for no level
NOTHING = PositionLimits(right_side=0, total=0, daily_buy_open=0, daily_open=0, direction=0, all_products=0)


def check_limits(
    counts: PositionCounts, limits: PositionLimits, instruction: Instruction, right: Right, quantity: int
) -> Denial | None:
    """The first limit an opening order would pass; None for closing orders: a limit never stops a way out."""
    for reason, used, limit in _measured(counts, limits, instruction, right):
        denial = _over(reason, used, quantity, limit)
        if denial is not None:
            return denial
    return None


def limit_failures(
    counts: PositionCounts, limits: PositionLimits, instruction: Instruction, right: Right, quantity: int
) -> Iterator[Denial]:
    """Every limit an order would pass, in the order right side, bought today, opened today, total, direction, all."""
    for reason, used, limit in _measured(counts, limits, instruction, right):
        denial = _over(reason, used, quantity, limit)
        if denial is not None:
            yield denial


def _measured(
    counts: PositionCounts, limits: PositionLimits, instruction: Instruction, right: Right
) -> list[tuple[Reason, int, Limit]]:
    """What an order adds to, with what is used and allowed of it; what has no limit is left out."""
    rows: list[tuple[Reason, int, Limit]] = []
    if instruction.position_effect is _CLOSE:
        return rows
    if instruction is _BUY_OPEN:
        if limits.right_side != UNLIMITED:
            rows.append((Reason.LIMIT_RIGHT_SIDE, counts.right_side, limits.right_side))
        if limits.daily_buy_open != UNLIMITED:
            rows.append((Reason.LIMIT_BUY_OPEN, counts.daily_buy_open, limits.daily_buy_open))
    if limits.daily_open != UNLIMITED:
        rows.append((Reason.LIMIT_OPEN, counts.daily_open, limits.daily_open))
    if limits.total != UNLIMITED:
        rows.append((Reason.LIMIT_TOTAL, counts.total, limits.total))
    if limits.direction != UNLIMITED:
        side = counts.bullish if is_bullish(instruction, right) else counts.bearish
        rows.append((Reason.LIMIT_DIRECTION, side, limits.direction))
    if limits.all_products != UNLIMITED:
        rows.append((Reason.LIMIT_ALL_PRODUCTS, counts.all_products, limits.all_products))
    return rows


def is_bullish(instruction: Instruction, right: Right) -> bool:
    """Whether an opening instruction adds to the bullish direction (看涨方向); all others add to the bearish."""
    return (instruction, right) in _BULLISH


def check_member(used: int, limit: Limit, instruction: Instruction, quantity: int) -> Denial | None:
    """The member's own total (会员限仓): `used` are the positions and working opens of all its accounts of a class."""
    if instruction.position_effect is _CLOSE:
        return None
    return _over(Reason.LIMIT_MEMBER, used, quantity, limit)


def room(used: int, limit: Limit) -> int | None:
    """How many contracts a limit still admits; None without limit."""
    return None if isinstance(limit, str) else max(limit - used, 0)


def purchase_limit(rules: PurchaseRules, assets: Decimal, average_holdings: Decimal) -> Decimal:
    """What an individual may have paid for the long positions it holds (买入额度), yuan (rulebook 5.2)."""
    amount = max(assets * rules.assets_rate, average_holdings * rules.holdings_rate)
    if rules.round_up_to > 0:
        amount = (amount / rules.round_up_to).to_integral_value(ROUND_CEILING) * rules.round_up_to
    return to_cents(max(amount, rules.minimum))


def check_purchase(kind: AccountKind, limit: Decimal | None, used: Decimal, premium: Decimal) -> Denial | None:
    """Whether a buy-open keeps within the purchase limit; individuals only.

    `used` was paid for long positions still held or is frozen for working buy-opens. An individual without a limit may
    buy nothing (F45).
    """
    if kind is not _INDIVIDUAL:
        return None
    allowed = limit if limit is not None and limit.is_finite() and limit > 0 else Decimal(0)
    if used + premium > allowed:
        return Denial(Reason.LIMIT_PURCHASE, "quantity", f"{premium:f}", f"{max(allowed - used, Decimal(0)):f}")
    return None


def check_order_amount(limit: Limit, premium: Decimal) -> Denial | None:
    """Whether one buy order of a market maker stays within its amount (单笔买入金额)."""
    if isinstance(limit, str) or (premium <= limit and limit > 0):
        return None
    return Denial(Reason.LIMIT_AMOUNT, "quantity", f"{premium:f}", str(max(limit, 0)))


def check_concentration(held: int, quantity: int, open_interest: int, rules: Concentration) -> Denial | None:
    """Whether a position stays within its part of a contract's open interest (持仓集中度); small ones always do.

    `held` counts working opens; `open_interest` is the market's, before the order.
    """
    after = held + quantity
    if isinstance(rules.open_interest_percent, str) or after <= rules.from_contracts:
        return None
    allowed = max(max(open_interest, 0) * max(rules.open_interest_percent, 0) // 100, rules.from_contracts)
    if after > allowed:
        return Denial(Reason.CONCENTRATION, "quantity", str(quantity), f"{max(allowed - held, 0)} of {allowed}")
    return None


def check_quoted_amount(quoted: Decimal, rules: Concentration) -> Denial | None:
    """Whether the amount of all quotes of an account, both sides, stays under its bound (报价金额)."""
    return check_order_amount(rules.quoted_amount, quoted)


def _over(reason: Reason, used: int, quantity: int, limit: Limit) -> Denial | None:
    if isinstance(limit, str):
        return None
    free = max(limit - used, 0)
    if limit <= 0 or quantity > free:
        return Denial(reason, "quantity", str(quantity), f"{free} of {max(limit, 0)}")
    return None
