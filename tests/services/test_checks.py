"""The desk's own checks: funds, positions, value and form, each failure with its field and both figures."""

from datetime import timedelta
from decimal import Decimal

import pytest

from terminal.domain.accounts import Funds, Holding, Position, PositionSide
from terminal.domain.messages import AccountReport, DayOpened, PhaseChanged
from terminal.domain.orders import Instruction, OrderRequest, OrderType
from terminal.domain.phases import Phase
from terminal.domain.reasons import Denial, Reason
from terminal.services.bus import Bus
from terminal.services.checks import DeskLimits, OrderChecks
from terminal.services.client_terms import ClientTerms
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio
from tests.harness import CALENDAR, CALL, CONTRACTS, DAY, FUND, PUT, START, UNDERLYINGS, HandClock, limit
from tests.venue.counter.market import profile

MARKET_BUY = OrderRequest(CALL, Instruction.BUY_OPEN, OrderType.MARKET_IOC, 1)


def build(
    *,
    balance: str = "1000000",
    positions: tuple[Position, ...] = (),
    locked: int = 0,
    covering: int = 0,
    value: Decimal | None = Decimal(2_000_000),
) -> OrderChecks:
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
            funds=Funds(balance=Decimal(balance)),
            positions=positions,
            holdings=(Holding(underlying=FUND, total=100_000, locked=locked, covering=covering),),
        )
    )
    terms = ClientTerms(profile(), market, portfolio, lambda expiry: CALENDAR.days_left(DAY, expiry))
    return OrderChecks(profile(), market, portfolio, DeskLimits(value), terms)


def reasons(found: list[Denial]) -> list[Reason]:
    return [denial.reason for denial in found]


@pytest.mark.requirement("O5")
def test_a_good_order_passes_and_an_unknown_contract_does_not() -> None:
    assert build().failures(limit(CALL, "0.4630", 3)) == []
    assert build().failures(limit("10009999", "0.4630", 3)) == [Denial(Reason.UNKNOWN_CONTRACT, "contract", "10009999")]
    assert build().cost(limit("10009999", "0.4630", 3)) is None


@pytest.mark.requirement("O5")
@pytest.mark.fault("F58")
def test_a_market_order_is_checked_at_the_price_limit() -> None:
    # Limit-up 0.7593: 7593.00 premium and 3.00 of fees
    assert reasons(build(balance="7596.00").failures(MARKET_BUY)) == []
    (denial,) = build(balance="7595.99").failures(MARKET_BUY)
    assert denial == Denial(Reason.FUNDS, "quantity", "7,596.00", "7,595.99")
    assert reasons(build(balance="4633.00").failures(limit(CALL, "0.4630", 1))) == []


@pytest.mark.requirement("O5")
def test_a_short_is_checked_with_the_broker_s_margin() -> None:
    # Rulebook 4.3: 4255.60 of margin; the broker holds 1.2 times that, and a sell-open costs no fee
    each = Decimal("5106.72") + Decimal("1.40")
    assert reasons(build(balance=str(each)).failures(limit(PUT, "0.0700", 1, Instruction.SELL_OPEN))) == []
    assert reasons(build(balance="5106.71").failures(limit(PUT, "0.0700", 1, Instruction.SELL_OPEN))) == [Reason.FUNDS]


@pytest.mark.fault("F45")
@pytest.mark.parametrize(
    "value", [None, Decimal(0), Decimal(-1), Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity")]
)
def test_a_limit_that_is_blank_or_no_number_allows_nothing(value: Decimal | None) -> None:
    assert reasons(build(value=value).failures(limit(CALL, "0.4630", 1))) == [Reason.ORDER_VALUE]


@pytest.mark.fault("F79")
def test_an_order_above_the_value_limit_names_both_figures() -> None:
    # 3 x 0.4630 x 10,000
    checks = build(value=Decimal("13890.00"))
    assert checks.failures(limit(CALL, "0.4630", 3)) == []
    assert checks.failures(limit(CALL, "0.4631", 3)) == [
        Denial(Reason.ORDER_VALUE, "quantity", "13,893.00", "13,890.00")
    ]


@pytest.mark.requirement("O5")
def test_only_what_is_held_and_not_frozen_can_be_closed() -> None:
    held = Position(contract_code=CALL, side=PositionSide.LONG, quantity=5, frozen_quantity=2)
    checks = build(positions=(held,))
    assert checks.failures(limit(CALL, "0.4630", 3, Instruction.SELL_CLOSE)) == []
    assert checks.failures(limit(CALL, "0.4630", 4, Instruction.SELL_CLOSE)) == [
        Denial(Reason.POSITION, "quantity", "4", "3")
    ]
    assert reasons(checks.failures(limit(CALL, "0.4630", 1, Instruction.BUY_CLOSE))) == [Reason.POSITION]


@pytest.mark.requirement("O5")
def test_closing_a_long_is_let_through_however_low_the_funds_are() -> None:
    held = Position(contract_code=CALL, side=PositionSide.LONG, quantity=5)
    assert build(balance="-500", positions=(held,)).failures(limit(CALL, "0.4630", 3, Instruction.SELL_CLOSE)) == []


@pytest.mark.requirement("O5")
def test_covered_opening_needs_locked_shares_that_cover_nothing_yet() -> None:
    order = limit(CALL, "0.4630", 2, Instruction.COVERED_OPEN)
    assert build(locked=20_000).failures(order) == []
    assert build(locked=30_000, covering=10_001).failures(order) == [
        Denial(Reason.COVERED_SHARES, "quantity", "20,000", "19,999")
    ]
    assert Reason.COVERED_CALLS_ONLY in reasons(
        build(locked=20_000).failures(limit(PUT, "0.0700", 1, Instruction.COVERED_OPEN))
    )


def test_every_failure_is_named_the_form_first() -> None:
    found = build(balance="1").failures(limit(CALL, "0.76001", 99))
    assert reasons(found) == [Reason.PRICE_TICK, Reason.PRICE_LIMIT, Reason.QUANTITY_RANGE, Reason.FUNDS]
