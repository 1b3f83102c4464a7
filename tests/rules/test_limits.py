"""Position limits, purchase limits, amounts and concentration: the tables of rulebook 5.1 and 5.2, and F45."""

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.account_rights import AccountKind, Tier
from terminal.domain.contracts import Right
from terminal.domain.orders import Instruction, PositionEffect
from terminal.domain.reasons import Denial, Reason
from terminal.rules.limits import (
    NOTHING,
    PositionCounts,
    TradingRecord,
    check_concentration,
    check_limits,
    check_member,
    check_order_amount,
    check_purchase,
    check_quoted_amount,
    limit_failures,
    limits_of,
    purchase_limit,
    room,
)
from terminal.rules.profile import UNLIMITED, Concentration, Limit, PositionLimits, Profile

D = Decimal
CALL, PUT = Right
FREE = PositionLimits(
    right_side=UNLIMITED,
    total=UNLIMITED,
    daily_buy_open=UNLIMITED,
    daily_open=UNLIMITED,
    direction=UNLIMITED,
    all_products=UNLIMITED,
)
OPENING = [i for i in Instruction if i.position_effect is PositionEffect.OPEN]


def only(**limits: Limit) -> PositionLimits:
    return msgspec.structs.replace(FREE, **limits)


@pytest.mark.requirement("O6")
@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (TradingRecord(), (100, 200, 400)),
        (TradingRecord(tier=Tier.THREE, trading_days=10, contracts_traded=100), (1000, 2000, 4000)),
        (TradingRecord(tier=Tier.TWO, trading_days=10, contracts_traded=100), (100, 200, 400)),
        (TradingRecord(tier=Tier.THREE, trading_days=9, contracts_traded=100), (100, 200, 400)),
        (TradingRecord(tier=Tier.THREE, trading_days=10, contracts_traded=99), (100, 200, 400)),
        (
            TradingRecord(tier=Tier.THREE, trading_days=10, contracts_traded=500, own_assets=D(1_000_000)),
            (1000, 2000, 4000),
        ),
        (
            TradingRecord(tier=Tier.THREE, trading_days=10, contracts_traded=500, own_assets=D("1000000.01")),
            (2000, 4000, 8000),
        ),
        (
            TradingRecord(tier=Tier.THREE, trading_days=90, contracts_traded=1000, own_assets=D(3_500_000)),
            (5000, 10000, 10000),
        ),
        (
            TradingRecord(tier=Tier.THREE, trading_days=90, contracts_traded=999, own_assets=D(3_500_000)),
            (2000, 4000, 8000),
        ),
    ],
)
def test_an_individual_has_the_highest_level_it_qualifies_for(
    profile: Profile, record: TradingRecord, expected: tuple[int, int, int]
) -> None:
    limits = limits_of(profile.limits, AccountKind.INDIVIDUAL, record)
    assert (limits.right_side, limits.total, limits.daily_buy_open) == expected


@pytest.mark.requirement("O6")
def test_each_class_has_its_row_and_nobody_passes_the_cap_but_makers(profile: Profile) -> None:
    for kind in (AccountKind.INSTITUTION, AccountKind.PROPRIETARY, AccountKind.MARKET_MAKER_GENERAL):
        limits = limits_of(profile.limits, kind)
        assert (limits.right_side, limits.total, limits.daily_buy_open) == (5000, 10000, 10000)
    assert limits_of(profile.limits, AccountKind.MARKET_MAKER_PRIMARY) is profile.limits.market_maker_primary


@pytest.mark.fault("F45")
def test_who_qualifies_for_no_level_may_open_nothing(profile: Profile) -> None:
    rows = msgspec.structs.replace(profile.limits, individual=profile.limits.individual[1:])
    limits = limits_of(rows, AccountKind.INDIVIDUAL)
    assert limits is NOTHING
    assert check_limits(PositionCounts(), limits, Instruction.BUY_OPEN, CALL, 1) is not None


COUNTS = PositionCounts(
    long_calls=3,
    long_puts=4,
    short_calls=5,
    short_puts=6,
    covered_calls=7,
    working_buy_calls=10,
    working_buy_puts=20,
    working_sell_calls=30,
    working_sell_puts=40,
    working_covered=50,
    bought_open_today=100,
    opened_today=200,
    all_products=1000,
)


def test_what_is_working_counts_as_if_it_had_traded() -> None:
    assert COUNTS.right_side == 3 + 4 + 10 + 20
    assert COUNTS.total == 25 + 150
    assert COUNTS.daily_buy_open == 100 + 30
    assert COUNTS.daily_open == 200 + 150
    # rulebook 5.1: bullish long calls and short puts, bearish short calls and long puts
    assert COUNTS.bullish == 3 + 6 + 10 + 40
    assert COUNTS.bearish == 4 + 5 + 7 + 20 + 30 + 50
    assert COUNTS.bullish + COUNTS.bearish == COUNTS.total


@pytest.mark.requirement("O6")
@pytest.mark.parametrize(
    ("limits", "instruction", "right", "used", "reason"),
    [
        ("right_side", Instruction.BUY_OPEN, CALL, 37, Reason.LIMIT_RIGHT_SIDE),
        ("right_side", Instruction.SELL_OPEN, CALL, None, None),
        ("daily_buy_open", Instruction.BUY_OPEN, PUT, 130, Reason.LIMIT_BUY_OPEN),
        ("daily_buy_open", Instruction.COVERED_OPEN, CALL, None, None),
        ("daily_open", Instruction.SELL_OPEN, PUT, 350, Reason.LIMIT_OPEN),
        ("total", Instruction.COVERED_OPEN, CALL, 175, Reason.LIMIT_TOTAL),
        ("direction", Instruction.BUY_OPEN, CALL, 59, Reason.LIMIT_DIRECTION),
        ("direction", Instruction.SELL_OPEN, PUT, 59, Reason.LIMIT_DIRECTION),
        ("direction", Instruction.SELL_OPEN, CALL, 116, Reason.LIMIT_DIRECTION),
        ("direction", Instruction.BUY_OPEN, PUT, 116, Reason.LIMIT_DIRECTION),
        ("direction", Instruction.COVERED_OPEN, CALL, 116, Reason.LIMIT_DIRECTION),
        ("all_products", Instruction.SELL_OPEN, CALL, 1000, Reason.LIMIT_ALL_PRODUCTS),
    ],
)
def test_each_limit_admits_up_to_itself_and_no_further(
    limits: str, instruction: Instruction, right: Right, used: int | None, reason: Reason | None
) -> None:
    if used is None or reason is None:
        assert check_limits(COUNTS, only(**{limits: 1}), instruction, right, 1) is None
        return
    row = only(**{limits: used + 5})
    assert check_limits(COUNTS, row, instruction, right, 5) is None
    assert check_limits(COUNTS, row, instruction, right, 6) == Denial(reason, "quantity", "6", f"5 of {used + 5}")


@pytest.mark.fault("F45")
@pytest.mark.parametrize("nothing", [0, -1, -(10**9)])
@pytest.mark.parametrize("name", PositionLimits.__struct_fields__)
@pytest.mark.requirement("O6")
def test_a_limit_of_zero_or_less_allows_nothing(name: str, nothing: int) -> None:
    denial = check_limits(PositionCounts(), only(**{name: nothing}), Instruction.BUY_OPEN, CALL, 1)
    assert denial is not None
    assert denial.allowed == "0 of 0"


@pytest.mark.fault("F45")
def test_a_limit_that_is_not_named_is_missing_and_not_unlimited() -> None:
    with pytest.raises(TypeError, match="direction"):
        PositionLimits(  # type: ignore[call-arg] # what is shown
            right_side=1, total=1, daily_buy_open=1, daily_open=1, all_products=1
        )


def test_every_limit_passed_is_told_in_the_order_of_the_counter() -> None:
    row = PositionLimits(right_side=1, total=1, daily_buy_open=1, daily_open=1, direction=1, all_products=1)
    assert [d.reason for d in limit_failures(COUNTS, row, Instruction.BUY_OPEN, CALL, 1)] == [
        Reason.LIMIT_RIGHT_SIDE,
        Reason.LIMIT_BUY_OPEN,
        Reason.LIMIT_OPEN,
        Reason.LIMIT_TOTAL,
        Reason.LIMIT_DIRECTION,
        Reason.LIMIT_ALL_PRODUCTS,
    ]


@pytest.mark.parametrize("instruction", [i for i in Instruction if i not in OPENING])
def test_closing_is_never_stopped_by_a_limit(instruction: Instruction) -> None:
    assert check_limits(COUNTS, NOTHING, instruction, CALL, 10**6) is None
    assert check_member(10, 0, instruction, 5) is None


_limit = st.one_of(st.integers(-5, 60), st.just(UNLIMITED))
_count = st.integers(0, 20)


@given(
    limits=st.builds(
        PositionLimits,
        right_side=_limit,
        total=_limit,
        daily_buy_open=_limit,
        daily_open=_limit,
        direction=_limit,
        all_products=_limit,
    ),
    counts=st.builds(PositionCounts, **dict.fromkeys(PositionCounts.__struct_fields__, _count)),
    instruction=st.sampled_from(OPENING),
    right=st.sampled_from(Right),
    quantity=st.integers(1, 30),
)
def test_what_is_admitted_stays_within_every_limit(
    limits: PositionLimits, counts: PositionCounts, instruction: Instruction, right: Right, quantity: int
) -> None:
    if check_limits(counts, limits, instruction, right, quantity) is not None:
        return
    side = "buy" if instruction is Instruction.BUY_OPEN else "sell"
    name = "working_covered" if instruction is Instruction.COVERED_OPEN else f"working_{side}_{right.name.lower()}s"
    fields = {f: getattr(counts, f) for f in PositionCounts.__struct_fields__}
    fields[name] += quantity
    fields["all_products"] += quantity
    after = PositionCounts(**fields)
    pairs = [(after.total, limits.total), (after.daily_open, limits.daily_open)]
    pairs += [(after.all_products, limits.all_products)]
    if instruction is Instruction.BUY_OPEN:
        pairs += [(after.right_side, limits.right_side), (after.daily_buy_open, limits.daily_buy_open)]
    bullish = after.bullish > counts.bullish
    pairs.append((after.bullish if bullish else after.bearish, limits.direction))
    assert all(isinstance(limit, str) or used <= limit for used, limit in pairs)


def test_the_members_total_counts_all_accounts() -> None:
    assert check_member(90, 100, Instruction.SELL_OPEN, 10) is None
    assert check_member(90, 100, Instruction.SELL_OPEN, 11) == Denial(
        Reason.LIMIT_MEMBER, "quantity", "11", "10 of 100"
    )
    assert check_member(10**9, UNLIMITED, Instruction.SELL_OPEN, 10**6) is None
    assert (room(3, 10), room(30, 10), room(3, UNLIMITED)) == (7, 0, None)


@pytest.mark.requirement("O7", "O17")
@pytest.mark.parametrize(
    ("assets", "holdings", "live", "simulated"),
    [
        ("1000000", "200000", "100000.00", "100000.00"),  # 10 % of the assets
        ("1000000", "800000", "160000.00", "200000.00"),  # 20 % of the holdings; up to the next 100,000
        ("1000001", "0", "100000.10", "200000.00"),
        ("50000", "0", "10000.00", "100000.00"),  # the live market's minimum
        ("0", "0", "10000.00", "0.00"),
    ],
)
def test_the_purchase_limit_is_the_larger_part_and_rounded_by_its_era(
    profile: Profile, simulation: Profile, assets: str, holdings: str, live: str, simulated: str
) -> None:
    assert str(purchase_limit(profile.limits.purchase, D(assets), D(holdings))) == live
    assert str(purchase_limit(simulation.limits.purchase, D(assets), D(holdings))) == simulated


@pytest.mark.requirement("O7")
def test_only_individuals_have_a_purchase_limit() -> None:
    assert check_purchase(AccountKind.INDIVIDUAL, D(10_000), D(9_000), D(1_000)) is None
    denial = check_purchase(AccountKind.INDIVIDUAL, D(10_000), D(9_000), D("1000.01"))
    assert denial == Denial(Reason.LIMIT_PURCHASE, "quantity", "1000.01", "1000")
    assert check_purchase(AccountKind.INSTITUTION, D(0), D(9_000), D(10**9)) is None


@pytest.mark.fault("F45")
@pytest.mark.parametrize("missing", [None, D(0), D(-1), D("NaN"), D("Infinity")])
def test_an_individual_without_a_purchase_limit_buys_nothing(missing: Decimal | None) -> None:
    denial = check_purchase(AccountKind.INDIVIDUAL, missing, D(0), D("0.01"))
    assert denial is not None
    assert denial.allowed == "0"


@pytest.mark.requirement("O7")
def test_one_buy_order_of_a_maker_has_its_amount(profile: Profile) -> None:
    limit = profile.limits.maker_order_amount
    assert check_order_amount(limit, D(5_000_000)) is None
    assert check_order_amount(limit, D("5000000.01")) == Denial(
        Reason.LIMIT_AMOUNT, "quantity", "5000000.01", "5000000"
    )
    assert check_order_amount(UNLIMITED, D(10**12)) is None
    assert check_order_amount(0, D(0)) is not None


@pytest.mark.requirement("R9")
def test_a_large_part_of_the_open_interest_is_refused_once_it_is_large() -> None:
    rules = Concentration(open_interest_percent=30, from_contracts=100, quoted_amount=1000)
    assert check_concentration(60, 40, 0, rules) is None
    assert check_concentration(60, 41, 0, rules) == Denial(Reason.CONCENTRATION, "quantity", "41", "40 of 100")
    assert check_concentration(250, 50, 1000, rules) is None
    assert check_concentration(250, 51, 1000, rules) is not None
    free = msgspec.structs.replace(rules, open_interest_percent=UNLIMITED)
    assert check_concentration(10**6, 1, 0, free) is None


@pytest.mark.requirement("R10")
def test_the_quoted_amount_is_bounded(profile: Profile) -> None:
    assert check_quoted_amount(D(100_000_000), profile.concentration) is None
    assert check_quoted_amount(D(100_000_001), profile.concentration) is not None
