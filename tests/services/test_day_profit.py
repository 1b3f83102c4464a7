"""Today's profit: cash moved plus value now, less the opening positions at the previous settlement."""

from datetime import date, datetime
from decimal import Decimal

from terminal.domain.accounts import Funds, Position, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right
from terminal.domain.market_data import Column
from terminal.domain.messages import AccountReport, DayOpened
from terminal.domain.orders import Fill, Instruction
from terminal.services.bus import Bus
from terminal.services.day_profit import day_profit
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio

NOW = datetime(2026, 11, 9, 10, 0, tzinfo=SHANGHAI)
CODE = "10000001"


def make(last: int | None) -> tuple[Portfolio, MarketData]:
    """A market with one contract, unit 10,000, previous settlement 0.0800; `last` in 0.0001 yuan."""
    day = date(2026, 11, 25)
    contract = Contract(
        code=CODE,
        trading_code="510050C2611M02500",
        name="50ETF购11月2500",
        underlying="510050",
        right=Right.CALL,
        strike=Decimal("2.5"),
        multiplier=10_000,
        first_day=day,
        last_day=day,
        exercise_day=day,
        delivery_day=day,
        expiry=day,
        previous_settlement=Decimal("0.0800"),
        underlying_close=Decimal("2.5"),
        limit_up=Decimal("0.3"),
        limit_down=Decimal("0.0001"),
        margin=Decimal(3000),
    )
    bus = Bus()
    market = MarketData(bus, lambda: 0.0)
    market.open_day(DayOpened(trading_day=NOW.date(), underlyings=(), contracts=(contract,)))
    market.quotes[0, Column.LAST] = last or 0
    return Portfolio(bus, lambda: NOW), market


def account(balance: str, *positions: Position, opening: str = "100000") -> AccountReport:
    funds = Funds(balance=Decimal(balance), opening_balance=Decimal(opening))
    return AccountReport(sequence=9, account_id="A", at=NOW, funds=funds, positions=positions, holdings=())


def position(side: PositionSide, quantity: int, code: str = CODE) -> Position:
    return Position(contract_code=code, side=side, quantity=quantity)


def fill(instruction: Instruction, price: str, quantity: int) -> Fill:
    return Fill(
        fill_id="1",
        client_order_id="1",
        exchange_order_id="1",
        account_id="A",
        contract_code=CODE,
        instruction=instruction,
        price=Decimal(price),
        quantity=quantity,
        fee=Decimal(3),
        at=NOW,
    )


def test_nothing_is_known_before_the_counters_picture() -> None:
    portfolio, market = make(800)
    assert day_profit(portfolio, market) is None


def test_an_opening_position_is_marked_from_the_settlement() -> None:
    portfolio, market = make(850)
    portfolio.on_account(account("100000", position(PositionSide.LONG, 2), position(PositionSide.SHORT, 5)))
    # long 2 * 0.0050 * 10,000 = 100; short 5 * 0.0050 * 10,000 = 250 lost
    assert day_profit(portfolio, market) == Decimal("-150")


def test_a_position_bought_today_is_marked_from_its_price() -> None:
    portfolio, market = make(850)
    portfolio.on_fill(fill(Instruction.BUY_OPEN, "0.0820", 2), 1)
    # 2 * 0.0820 * 10,000 + 3 fee left the account
    portfolio.on_account(account("98357", position(PositionSide.LONG, 2)))
    assert day_profit(portfolio, market) == Decimal("57")  # 2 * 0.0030 * 10,000 - 3


def test_a_position_closed_today_keeps_its_profit() -> None:
    portfolio, market = make(9000)
    portfolio.on_fill(fill(Instruction.SELL_CLOSE, "0.0900", 1), 1)
    portfolio.on_account(account("100897"))
    assert day_profit(portfolio, market) == Decimal("97")  # 0.0900 - 0.0800 on 10,000, less 3


def test_a_covered_position_is_short() -> None:
    portfolio, market = make(850)
    portfolio.on_account(account("100000", position(PositionSide.COVERED, 1)))
    assert day_profit(portfolio, market) == Decimal("-50")


def test_a_contract_that_has_not_traded_stands_at_its_settlement() -> None:
    portfolio, market = make(None)
    portfolio.on_account(account("100000", position(PositionSide.LONG, 7)))
    assert day_profit(portfolio, market) == 0


def test_a_position_in_an_unlisted_contract_leaves_no_figure() -> None:
    portfolio, market = make(850)
    portfolio.on_account(account("100000", position(PositionSide.LONG, 1, "10000099")))
    assert day_profit(portfolio, market) is None
