"""What a user typed, read strictly: plain digits are a price, anything else is refused by its field."""

from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.accounts import Funds, Holding, Position, PositionSide
from terminal.domain.market_data import COLUMN_COUNT, Column, pack_rows
from terminal.domain.messages import AccountReport, DayOpened, MarketDataBatch, PhaseChanged
from terminal.domain.orders import Instruction, OrderRequest, OrderType, Side
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.services.bus import Bus
from terminal.services.checks import DeskLimits, OrderChecks
from terminal.services.client_terms import ClientTerms
from terminal.services.market_data import MarketData
from terminal.services.order_draft import CostBasis, DraftJudge, OrderDraft, usual_instruction
from terminal.services.portfolio import Portfolio
from tests.harness import CALENDAR, CALL, CONTRACTS, DAY, FUND, START, UNDERLYINGS, HandClock
from tests.venue.counter.market import profile

DRAFT = OrderDraft(contract_code=CALL, price_text="0.4630", quantity_text="3")


def build_judge(*, known_account: bool = True) -> DraftJudge:
    bus = Bus()
    market = MarketData(bus, HandClock())
    market.open_day(DayOpened(trading_day=DAY, underlyings=UNDERLYINGS, contracts=CONTRACTS))
    market.on_phase(PhaseChanged(phase=Phase.CONTINUOUS, at=START, ends_at=START + timedelta(hours=1)))
    row = np.zeros((1, COLUMN_COUNT), np.int64)
    row[0, [Column.INSTRUMENT, Column.PHASE]] = len(UNDERLYINGS), ord("T")
    row[0, [Column.BID_PRICE, Column.ASK_PRICE, Column.LAST]] = 4620, 4630, 4625
    row[0, [Column.BID_QUANTITY, Column.ASK_QUANTITY]] = 10, 10
    row[0, [Column.ASK_PRICE + 1, Column.ASK_QUANTITY + 1]] = 4650, 5
    market.apply(MarketDataBatch(at=START, rows=pack_rows(row)))
    portfolio = Portfolio(bus, lambda: START)
    if known_account:
        portfolio.on_account(
            AccountReport(
                sequence=0,
                account_id="A",
                at=START,
                funds=Funds(balance=Decimal("20000.00")),
                positions=(Position(contract_code=CALL, side=PositionSide.LONG, quantity=5, frozen_quantity=1),),
                holdings=(Holding(underlying=FUND, total=50_000, locked=30_000, covering=5_000),),
            )
        )
    terms = ClientTerms(profile(), market, portfolio, lambda expiry: CALENDAR.days_left(DAY, expiry))
    checks = OrderChecks(profile(), market, portfolio, DeskLimits(Decimal(10**6)), terms)
    return DraftJudge(checks, market, portfolio)


@pytest.fixture
def judge() -> DraftJudge:
    return build_judge()


def test_a_good_draft_is_an_order_with_its_cost(judge: DraftJudge) -> None:
    verdict = judge.judge(DRAFT)
    assert verdict.may_be_sent
    assert verdict.request == OrderRequest(CALL, Instruction.BUY_OPEN, OrderType.LIMIT, 3, Decimal("0.4630"))
    assert verdict.cost is not None
    assert verdict.cost.premium == Decimal("13890.00")


@pytest.mark.fault("F46", "F79")
@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "abc",
            "1e5",
            "1E-4",
            "1_0",
            "０.４６",
            "٣",
            "nan",
            "Infinity",
            "-0.1",
            "+0.1",
            "0",
            "0.0000",
            ".",
            "1,5",
        ),
        *("9" * 17, "0.4630\u202e", "0.46 30"),
    ],
)
def test_what_is_no_plain_price_is_refused_at_the_price(judge: DraftJudge, text: str) -> None:
    verdict = judge.judge(OrderDraft(CALL, price_text=text))
    assert verdict.request is None
    denial = verdict.failure_at("price")
    assert denial is not None
    assert denial.reason is Reason.MALFORMED
    assert denial.given.isprintable()
    assert len(denial.given) <= 6 * 16


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "", "x", "１", "²", "9" * 17, "1e2"])
def test_what_is_no_count_is_refused_at_the_quantity(judge: DraftJudge, text: str) -> None:
    denial = judge.judge(OrderDraft(CALL, price_text="0.4630", quantity_text=text)).failure_at("quantity")
    assert denial is not None


@pytest.mark.parametrize("text", [".4630", "0.463", " 0.4630 ", "00.4630"])
def test_a_plain_price_may_be_written_in_these_ways(judge: DraftJudge, text: str) -> None:
    verdict = judge.judge(OrderDraft(CALL, price_text=text))
    assert verdict.request is not None
    assert verdict.request.price == Decimal("0.463")


@given(price=st.text(max_size=20), quantity=st.text(max_size=20))
def test_no_text_breaks_the_judge(price: str, quantity: str) -> None:
    judge = build_judge()
    draft = OrderDraft(CALL, price_text=price, quantity_text=quantity)
    verdict = judge.judge(draft)
    assert verdict.request is not None or verdict.failures
    judge.largest_quantity(draft)


def test_a_market_draft_needs_no_price(judge: DraftJudge) -> None:
    draft = OrderDraft(CALL, order_type=OrderType.MARKET_IOC, price_text="nonsense", quantity_text="1")
    assert judge.judge(draft).may_be_sent


@pytest.mark.requirement("O5")
@pytest.mark.parametrize(
    ("order_type", "instruction", "quantity", "basis", "premium"),
    [
        (OrderType.LIMIT, Instruction.BUY_OPEN, 3, CostBasis.LIMIT, "15000.00"),
        # Ten asked for at 0.4630, five at 0.4650
        (OrderType.MARKET_IOC, Instruction.BUY_OPEN, 10, CostBasis.BOOK, "46300.00"),
        (OrderType.MARKET_FOK, Instruction.BUY_OPEN, 15, CostBasis.BOOK, "69550.00"),
        (OrderType.MARKET_IOC, Instruction.SELL_OPEN, 2, CostBasis.BOOK, "9240.00"),
        # What the best does not hold rests at its price
        (OrderType.MARKET_TO_LIMIT, Instruction.BUY_OPEN, 15, CostBasis.BOOK, "69450.00"),
        # Beyond what is seen: as it is set aside, at limit-up
        (OrderType.MARKET_IOC, Instruction.BUY_OPEN, 16, CostBasis.BOUND, ""),
    ],
)
def test_a_market_order_is_expected_at_what_it_meets(
    judge: DraftJudge, order_type: OrderType, instruction: Instruction, quantity: int, basis: CostBasis, premium: str
) -> None:
    verdict = judge.judge(OrderDraft(CALL, instruction, order_type, "0.5000", str(quantity)))
    expected, cost = judge.expected(verdict), verdict.cost
    assert expected is not None
    assert cost is not None
    assert expected.basis is basis
    assert expected.cost.premium == (Decimal(premium) if premium else cost.premium)


def test_a_contract_that_is_not_listed_has_no_expected_cost(judge: DraftJudge) -> None:
    verdict = judge.judge(OrderDraft("10009999", order_type=OrderType.MARKET_IOC))
    assert verdict.request is not None
    assert judge.expected(verdict) is None
    assert judge.expected(judge.judge(OrderDraft(CALL, price_text="abc"))) is None


@pytest.mark.parametrize(
    ("instruction", "price", "expected"),
    [
        (Instruction.BUY_OPEN, "0.4630", 4),  # 20,000 / (4630 + 3)
        (Instruction.BUY_OPEN, "", 4),  # at the last price 0.4625
        (Instruction.SELL_OPEN, "0.4630", 2),  # 20,000 / (8185.60 x 1.2)
        (Instruction.SELL_CLOSE, "", 4),
        (Instruction.BUY_CLOSE, "", 0),
        (Instruction.COVERED_OPEN, "", 2),
        (Instruction.COVERED_CLOSE, "", 0),
    ],
)
def test_the_largest_quantity_follows_funds_position_or_shares(
    judge: DraftJudge, instruction: Instruction, price: str, expected: int
) -> None:
    assert judge.largest_quantity(OrderDraft(CALL, instruction, price_text=price)) == expected


def test_without_a_picture_of_the_account_the_largest_quantity_is_not_known() -> None:
    judge = build_judge(known_account=False)
    assert judge.largest_quantity(DRAFT) is None
    assert judge.largest_quantity(OrderDraft("none")) is None


def test_suggested_prices_come_from_the_book(judge: DraftJudge) -> None:
    buy, sell = Instruction.BUY_OPEN, Instruction.SELL_OPEN
    assert judge.suggested_price(CONTRACTS[0], buy, "opposite") == Decimal("0.4630")
    assert judge.suggested_price(CONTRACTS[0], buy, "own") == Decimal("0.4620")
    assert judge.suggested_price(CONTRACTS[0], sell, "opposite") == Decimal("0.4620")
    assert judge.suggested_price(CONTRACTS[0], sell, "own") == Decimal("0.4630")
    assert judge.suggested_price(CONTRACTS[0], sell, "last") == Decimal("0.4625")
    assert judge.suggested_price(CONTRACTS[1], buy, "opposite") is None
    assert DRAFT.with_price(Decimal("0.0001")).price_text == "0.0001"
    assert DRAFT.with_price(None).price_text == ""
    assert judge.held(CALL) == {PositionSide.LONG: 5}


@pytest.mark.requirement("O2")
def test_a_click_on_a_price_closes_only_what_is_sold_and_held_long() -> None:
    both = {PositionSide.LONG: 2, PositionSide.SHORT: 3}
    assert usual_instruction(Side.BUY, both) is Instruction.BUY_OPEN
    assert usual_instruction(Side.SELL, both) is Instruction.SELL_CLOSE
    assert usual_instruction(Side.SELL, {PositionSide.SHORT: 3}) is Instruction.SELL_OPEN
    assert usual_instruction(Side.SELL, {PositionSide.LONG: 0}) is Instruction.SELL_OPEN
