"""Rights, limits and margins of a client in the desk's checks, and that the counter says the same."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from terminal.domain.account_rights import (
    AccountKind,
    AccountProfile,
    AccountRights,
    AccountState,
    Restriction,
    Tier,
)
from terminal.domain.accounts import Funds, Holding, Position, PositionSide
from terminal.domain.contracts import Right
from terminal.domain.messages import AccountReport, DayOpened, LimitUse, PhaseChanged
from terminal.domain.orders import Fill, Instruction, Order, OrderRequest, OrderStatus, OrderType
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.rules.client_margin import MarginKind, client_margin
from terminal.services.account_counts import position_counts, purchase_used
from terminal.services.bus import Bus
from terminal.services.checks import DeskLimits, OrderChecks
from terminal.services.client_terms import ClientTerms
from terminal.services.market_data import MarketData
from terminal.services.order_draft import DraftJudge, OrderDraft
from terminal.services.portfolio import Portfolio
from tests.harness import (
    CALENDAR,
    CALL,
    CHEAP_CALL,
    CONTRACTS,
    DAY,
    FUND,
    PUT,
    START,
    UNDERLYINGS,
    HandClock,
    World,
    limit,
    market_settings,
    play,
)
from tests.venue.counter.market import profile

MAKER = AccountProfile(rights=AccountRights(kind=AccountKind.MARKET_MAKER_PRIMARY), margin_group="exchange")
CONTRACT_OF = {c.code: c for c in CONTRACTS}


def person(tier: Tier = Tier.THREE, **more: Any) -> AccountProfile:
    return AccountProfile(rights=AccountRights(kind=AccountKind.INDIVIDUAL, tier=tier, **more))


def position(code: str, side: PositionSide, quantity: int, average: str = "0.1000") -> Position:
    return Position(contract_code=code, side=side, quantity=quantity, average_price=Decimal(average))


def working(code: str, instruction: Instruction, quantity: int, price: str, filled: int = 0) -> Order:
    return Order(
        client_order_id=f"{code}{instruction}",
        account_id="A",
        contract_code=code,
        instruction=instruction,
        order_type=OrderType.LIMIT,
        quantity=quantity,
        price=Decimal(price),
        status=OrderStatus.WORKING,
        submitted_at=START,
        updated_at=START,
        filled_quantity=filled,
    )


def build(
    account: AccountProfile,
    *positions: Position,
    orders: tuple[Order, ...] = (),
    days_left: int | None = None,
    limits: tuple[LimitUse, ...] = (),
) -> tuple[OrderChecks, Portfolio, MarketData]:
    bus = Bus()
    market = MarketData(bus, HandClock())
    market.open_day(DayOpened(trading_day=DAY, underlyings=UNDERLYINGS, contracts=CONTRACTS))
    market.on_phase(PhaseChanged(phase=Phase.CONTINUOUS, at=START, ends_at=START + timedelta(hours=1)))
    portfolio = Portfolio(bus, lambda: START)
    portfolio.on_account(
        AccountReport(
            sequence=0,
            account_id="A",
            at=START,
            funds=Funds(balance=Decimal(10_000_000)),
            positions=positions,
            holdings=(Holding(underlying=FUND, total=100_000, locked=50_000),),
            profile=account,
        )
    )
    portfolio.take_limits(limits)
    terms = ClientTerms(
        profile(), market, portfolio, lambda e: CALENDAR.days_left(DAY, e) if days_left is None else days_left
    )
    checks = OrderChecks(profile(), market, portfolio, DeskLimits(Decimal(10_000_000)), terms)
    checks.working = lambda: orders
    return checks, portfolio, market


def reasons(checks: OrderChecks, request: OrderRequest) -> list[Reason]:
    return [denial.reason for denial in checks.failures(request)]


@pytest.mark.requirement("O5", "O7")
def test_counts_take_positions_working_opens_and_the_days_fills() -> None:
    orders = (
        working(CALL, Instruction.BUY_OPEN, 10, "0.4000", filled=4),
        working(PUT, Instruction.SELL_OPEN, 3, "0.0700"),
        working(CALL, Instruction.COVERED_OPEN, 2, "0.4700"),
        working(CALL, Instruction.SELL_CLOSE, 5, "0.4700"),
    )
    _, portfolio, market = build(
        person(),
        position(CALL, PositionSide.LONG, 7),
        position(PUT, PositionSide.LONG, 2),
        position(CHEAP_CALL, PositionSide.SHORT, 4),
        position(CALL, PositionSide.COVERED, 1),
        position("99999999", PositionSide.LONG, 50),
    )
    for number, instruction in enumerate((Instruction.BUY_OPEN, Instruction.SELL_OPEN, Instruction.SELL_CLOSE), 1):
        portfolio.fills.append(
            Fill(
                fill_id=str(number), client_order_id="o", exchange_order_id="e", account_id="A", contract_code=CALL,
                instruction=instruction, price=Decimal("0.4"), quantity=number, fee=Decimal(0), at=START,
            )
        )  # fmt: skip
    counts = position_counts(portfolio, orders, market, FUND)
    assert (counts.long_calls, counts.long_puts, counts.short_calls, counts.covered_calls) == (7, 2, 4, 1)
    assert (counts.working_buy_calls, counts.working_sell_puts, counts.working_covered) == (6, 3, 2)
    assert (counts.bought_open_today, counts.opened_today) == (1, 3)
    # A contract that is not listed counts over all underlyings alone
    assert counts.all_products == 7 + 2 + 4 + 1 + 50 + 6 + 3 + 2
    assert counts.right_side == 7 + 2 + 6
    # Paid 0.1000 for 7 calls and 2 puts, 0.4000 frozen for the 6 that still work
    assert purchase_used(portfolio, orders, market) == Decimal(9 * 1000 + 6 * 4000)


@pytest.mark.requirement("O7")
def test_limits_count_what_works_and_never_stop_a_way_out() -> None:
    wide = profile().limits.institution.right_side
    assert isinstance(wide, int)
    held = position(CALL, PositionSide.LONG, wide - 5)
    orders = (working(CALL, Instruction.BUY_OPEN, 3, "0.1700"),)
    checks, _, _ = build(AccountProfile(), held, orders=orders)
    assert reasons(checks, limit(CALL, "0.1700", 2)) == []
    (denial,) = checks.failures(limit(CALL, "0.1700", 3))
    assert (denial.reason, denial.field, denial.given, denial.allowed) == (
        Reason.LIMIT_RIGHT_SIDE, "quantity", "3", f"2 of {wide}",
    )  # fmt: skip
    assert reasons(checks, limit(CALL, "0.4700", 50, Instruction.SELL_CLOSE)) == []


@pytest.mark.requirement("O7", "M4")
def test_an_individuals_limits_are_those_the_counter_told() -> None:
    told = (
        LimitUse(limit=Reason.LIMIT_RIGHT_SIDE, underlying=FUND, used=Decimal(0), allowed=Decimal(4)),
        LimitUse(limit=Reason.LIMIT_TOTAL, underlying=FUND, used=Decimal(0), allowed=None),
        LimitUse(limit=Reason.LIMIT_PURCHASE, used=Decimal(0), allowed=Decimal("10000.00")),
    )
    checks, _, _ = build(person(), limits=told)
    assert reasons(checks, limit(CALL, "0.2000", 4)) == []
    assert reasons(checks, limit(CALL, "0.2000", 5)) == [Reason.LIMIT_RIGHT_SIDE]
    assert reasons(checks, limit(CALL, "0.2501", 4)) == [Reason.LIMIT_PURCHASE]
    assert reasons(checks, limit(PUT, "0.0700", 30, Instruction.SELL_OPEN)) == []
    # Before the counter has told, the counter alone knows: an individual's level rests on its record
    unknown, _, _ = build(person())
    assert reasons(unknown, limit(CALL, "0.4000", 5)) == []


@pytest.mark.requirement("M2")
@pytest.mark.parametrize(
    ("account", "forbidden"),
    [
        (person(Tier.ONE), {Instruction.SELL_OPEN}),
        (person(Tier.TWO), {Instruction.SELL_OPEN}),
        (person(Tier.THREE), set()),
        (person(restrictions=Restriction.SELL_OPEN | Restriction.COVERED_OPEN),
         {Instruction.SELL_OPEN, Instruction.COVERED_OPEN}),
        (person(state=AccountState.CLOSE_ONLY),
         {Instruction.BUY_OPEN, Instruction.SELL_OPEN, Instruction.COVERED_OPEN}),
        (person(state=AccountState.FROZEN), set(Instruction)),
        (AccountProfile(), set()),
    ],
)  # fmt: skip
def test_what_an_account_may_not_do_at_all(account: AccountProfile, forbidden: set[Instruction]) -> None:
    checks, _, _ = build(account)
    assert {i for i in Instruction if checks.forbidden(i) is not None} == forbidden


@pytest.mark.requirement("M2")
def test_level_one_can_open_no_call() -> None:
    checks, portfolio, market = build(person(Tier.ONE))
    judge = DraftJudge(checks, market, portfolio)
    bought = OrderDraft(CALL, Instruction.BUY_OPEN, price_text="0.2000")
    assert judge.largest_quantity(bought) == 0
    checks, portfolio, market = build(person(Tier.TWO))
    most = DraftJudge(checks, market, portfolio).largest_quantity(bought)
    assert most is not None
    assert most > 0


@pytest.mark.requirement("M2")
def test_level_one_buys_puts_up_to_its_shares() -> None:
    orders = (working(PUT, Instruction.BUY_OPEN, 3, "0.0700", filled=1),)
    checks, _, _ = build(person(Tier.ONE), position(PUT, PositionSide.LONG, 4), orders=orders)
    # 100,000 shares: 4 held and 2 working leave 4
    assert reasons(checks, limit(PUT, "0.0700", 4)) == []
    assert reasons(checks, limit(PUT, "0.0700", 5)) == [Reason.TIER]
    assert reasons(checks, limit(CALL, "0.4000", 1)) == [Reason.TIER]


@pytest.mark.requirement("O5")
def test_the_margin_shown_is_the_groups() -> None:
    contract = CONTRACT_OF[PUT]
    sell = limit(PUT, "0.0700", 2, Instruction.SELL_OPEN)
    for account, multiple in ((AccountProfile(), "1.20"), (MAKER, "1.00")):
        checks, _, _ = build(account)
        cost = checks.cost(sell)
        assert cost is not None
        assert cost.margin == (contract.margin * Decimal(multiple)).quantize(Decimal("0.01")) * 2
        assert checks.terms.multiple == Decimal(multiple)
    # A group of another profile: the default, until the counter says otherwise
    odd, _, _ = build(replace(MAKER, margin_group="unheard of"))
    assert odd.terms.group == profile().margin.default_group


@pytest.mark.requirement("O5")
def test_near_expiry_the_brokers_uplift_is_shown() -> None:
    # Rulebook 4.2: on the expiry day a call near the money pays the higher multiple, a put strike x unit in full
    checks, _, _ = build(AccountProfile(), days_left=0)
    put = CONTRACT_OF[PUT]
    near_the_money = checks.cost(limit(PUT, "0.0700", 1, Instruction.SELL_OPEN))
    assert near_the_money is not None
    assert near_the_money.margin == put.strike * put.multiplier
    call = CONTRACT_OF[CALL]
    cost = checks.cost(limit(CALL, "0.4630", 1, Instruction.SELL_OPEN))
    assert cost is not None
    assert cost.margin == client_margin(
        call,
        kind=MarginKind.OPENING,
        underlying_price=call.underlying_close,
        settlement=call.previous_settlement,
        group="standard",
        days_to_expiry=0,
        rules=profile().margin,
    )
    assert cost.margin > (call.margin * Decimal("1.20"))
    maker, _, _ = build(MAKER, days_left=0)
    exempt = maker.cost(limit(CALL, "0.4630", 1, Instruction.SELL_OPEN))
    assert exempt is not None
    assert exempt.margin == call.margin
    assert call.right is Right.CALL


@pytest.mark.requirement("O7")
def test_one_order_of_a_market_maker_has_its_amount() -> None:
    most = profile().limits.maker_order_amount
    assert isinstance(most, int)
    dear = replace(CONTRACT_OF[CALL], limit_order_max=100_000)
    checks, _, market = build(MAKER)
    market._by_code[CALL] = dear
    quantity = most // 7500 + 1
    assert Reason.LIMIT_AMOUNT in reasons(checks, limit(CALL, "0.7500", quantity))


@pytest.mark.requirement("O5", "M2")
def test_desk_and_counter_agree_on_a_person_of_level_two(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.kill_venue()
        world.options = replace(world.options, accounts=market_settings().accounts)
        world.open_venue()
        rig = await world.open_desk(account_id="L2001")
        await world.settle()
        assert rig.portfolio.profile.rights.tier is Tier.TWO
        allowed = rig.portfolio.limits_told[Reason.LIMIT_PURCHASE, ""].allowed
        assert allowed is not None
        each = Decimal("0.4630") * 10_000
        most = min(int(allowed // each), 50)
        assert rig.checks.failures(limit(CALL, "0.4630", most)) == []
        assert Reason.LIMIT_PURCHASE in [d.reason for d in rig.checks.failures(limit(CALL, "0.4630", most + 1))]
        denied = await rig.orders.submit(limit(PUT, "0.0690", 1, Instruction.SELL_OPEN))
        assert (denied.status, denied.reason) == (OrderStatus.DENIED, Reason.TIER)
        order = await rig.orders.submit(limit(CALL, "0.4630", 1))
        await world.settle()
        assert rig.order(order).status is OrderStatus.FILLED

    play(tmp_path, story)
