"""Shares of an underlying bought and sold at the counter (现货买卖): what they cost, what is refused, T+1."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain.account_rights import AccountProfile, AccountRights, AccountState
from terminal.domain.calendar import SHANGHAI
from terminal.domain.instructions import InstructionKind as K
from terminal.domain.messages import Instruct, InstructionReport
from terminal.domain.orders import Instruction
from terminal.domain.reasons import Reason
from terminal.domain.settlement import CashKind
from terminal.venue.counter.cash_flow import movements
from terminal.venue.counter.entries import Instructed, decode_entry, encode_entry
from terminal.venue.counter.ledger import BANK, FEES, SHARE_CLEARING
from terminal.venue.counter.standing import Standing
from terminal.venue.exchange.messages import Suspend
from tests.venue.counter.market import CHEAP_CALL, CONTRACTS, FUND, UNDERLYINGS, Hall, next_trading_day, yuan
from tests.venue.counter.settlement.floor import Floor, without_interest


def hall(cash: str = "1000000.00", shares: int = 60_000) -> Hall:
    found = Hall().open("A", cash, shares)
    found.quote_shares()
    return found


@pytest.mark.requirement("O4", "O10")
def test_a_purchase_pays_at_the_touch_and_a_sale_may_be_spent_at_once_but_not_taken_out() -> None:
    market = hall()
    bought = market.trade_shares(K.BUY_SHARES, 10_000, "2.965")
    # 10000 x 2.963, the touch and not the limit; commission 0.0001 of it, half up
    assert (bought.reason, bought.amount, bought.fee, bought.price) == (
        None,
        yuan("29630.00"),
        yuan("2.96"),
        yuan("2.965"),
    )
    assert market.funds().available == market.funds().withdrawable == yuan("970367.04")
    sold = market.trade_shares(K.SELL_SHARES, 20_000, "2.962")
    assert (sold.amount, sold.fee) == (yuan("59240.00"), yuan("5.92"))
    funds = market.funds()
    assert funds.available == yuan("1029601.12")
    assert funds.withdrawable == yuan("970361.12")
    assert funds.fees == yuan("8.88")
    holding = market.holding()
    assert (holding.total, holding.bought_today, holding.sold_today, holding.sellable) == (
        50_000,
        10_000,
        20_000,
        40_000,
    )
    books = market.counter._books
    flow = [(m.kind, m.amount, m.contract_code) for m in movements(books.account("A"), books.ledger, market.day)]
    assert flow[1:] == [
        (CashKind.SHARES, yuan("-29630.00"), FUND),
        (CashKind.FEE, yuan("-2.96"), FUND),
        (CashKind.SHARES, yuan("59240.00"), FUND),
        (CashKind.FEE, yuan("-5.92"), FUND),
    ]


def test_it_takes_level_by_level_and_what_is_taken_is_gone_until_the_market_quotes_anew() -> None:
    market = hall()
    swept = market.trade_shares(K.BUY_SHARES, 60_000, "2.964")
    assert swept.amount == 50_000 * yuan("2.963") + 10_000 * yuan("2.964")
    book = market.exchange.share_book(FUND)
    assert book.asks[:2] == ((29_640, 40_000), (29_650, 50_000))
    refused = market.trade_shares(K.BUY_SHARES, 40_100, "2.964")
    assert (refused.reason, refused.reason_detail) == (Reason.FILL_OR_KILL, "quantity 40100 | 40000")
    market.quote_shares()
    assert market.trade_shares(K.BUY_SHARES, 50_000, "2.963").reason is None


@pytest.mark.requirement("O4")
@pytest.mark.parametrize(
    ("kind", "quantity", "price", "reason", "detail"),
    [
        (K.BUY_SHARES, 150, "2.963", Reason.QUANTITY_LOT, "quantity 150 | 100"),
        (K.SELL_SHARES, 150, "2.962", Reason.QUANTITY_LOT, "quantity 150 | 100"),
        (K.BUY_SHARES, 1_000_100, "2.963", Reason.QUANTITY_RANGE, "quantity 1000100 | 1-1000000"),
        (K.BUY_SHARES, 100, "2.9635", Reason.PRICE_TICK, "price 2.9635 | 0.001"),
        (K.BUY_SHARES, 100, "3.260", Reason.PRICE_LIMIT, "price 3.260 | 2.667-3.259"),
        (K.SELL_SHARES, 100, "2.666", Reason.PRICE_LIMIT, "price 2.666 | 2.667-3.259"),
        (K.BUY_SHARES, 100, "2.962", Reason.NOT_AT_TOUCH, "price 2.962 | 2.963"),
        (K.SELL_SHARES, 100, "2.963", Reason.NOT_AT_TOUCH, "price 2.963 | 2.962"),
        (K.SELL_SHARES, 60_100, "2.950", Reason.SHARES, "quantity 60100 | 60000"),
    ],
)
def test_each_thing_that_is_wrong_has_its_own_reason(
    kind: K, quantity: int, price: str, reason: Reason, detail: str
) -> None:
    market = hall()
    report = market.trade_shares(kind, quantity, price)
    assert (report.reason, report.reason_detail) == (reason, detail)
    assert market.funds().balance == yuan("1000000.00")


@pytest.mark.requirement("O4")
@pytest.mark.parametrize("price", ["1E-999999", "2.963" + "0" * 100_000 + "1", "1E+6"])
def test_a_price_that_nobody_can_have_meant_is_not_written_out(price: str) -> None:
    report = hall().trade_shares(K.BUY_SHARES, 100, price)
    assert report.reason in (Reason.PRICE_LIMIT, Reason.PRICE_TICK)
    assert len(report.reason_detail) < 60
    assert len(str(report.price)) < 30


def test_money_that_is_short_names_what_is_needed_with_the_fee() -> None:
    market = hall(cash="29632.95")
    report = market.trade_shares(K.BUY_SHARES, 10_000, "2.963")
    assert (report.reason, report.reason_detail) == (Reason.FUNDS, "account 29632.96 | 29632.95")


def test_an_odd_rest_is_sold_in_one_go_alone_or_with_lots() -> None:
    for quantity, reason in (
        (37, None),
        (137, None),
        (100, None),
        (38, Reason.QUANTITY_LOT),
        (36, Reason.QUANTITY_LOT),
    ):
        assert hall(shares=137).trade_shares(K.SELL_SHARES, quantity, "2.962").reason is reason
    # 37 x 2.962 = 109.594
    assert hall(shares=37).trade_shares(K.SELL_SHARES, 37, "2.962").amount == yuan("109.59")


def test_shares_trade_in_the_continuous_sessions_alone() -> None:
    market = hall()
    for moment, is_open in (
        ((9, 20), False),
        ((9, 30), True),
        ((11, 29), True),
        ((12, 0), False),
        ((13, 0), True),
        ((14, 56), True),
        ((14, 58), False),
        ((15, 5), False),
    ):
        market.now = market.now.replace(hour=moment[0], minute=moment[1])
        report = market.trade_shares(K.BUY_SHARES, 100, "2.963")
        assert report.reason is (None if is_open else Reason.PHASE_CLOSED)


def test_nothing_trades_while_the_underlying_is_halted_or_shows_no_price() -> None:
    market = hall()
    market.send(Suspend(FUND))
    assert market.trade_shares(K.BUY_SHARES, 100, "2.963").reason is Reason.SUSPENDED
    market.send(Suspend(FUND, resume=True))
    assert market.trade_shares(K.BUY_SHARES, 100, "2.963").reason is None
    market.quote_shares(size=0)
    assert market.trade_shares(K.BUY_SHARES, 100, "2.963").reason is Reason.NO_OPPOSITE_SIDE


def test_what_no_share_costs_is_malformed_and_not_repeated() -> None:
    market = hall()
    for price in ("NaN", "-1", "0", "1E+300"):
        command = Instruct(instruction_id=price, kind=K.BUY_SHARES, underlying=FUND, quantity=100, price=Decimal(price))
        (report,) = market.command("A", command)
        assert isinstance(report, InstructionReport)
        assert (report.reason, report.price) == (Reason.MALFORMED, Decimal(0))
    wrong = Instruct(instruction_id="x", kind=K.BUY_SHARES, underlying="600000", quantity=100, price=yuan("2.963"))
    (report,) = market.command("A", wrong)
    assert isinstance(report, InstructionReport)
    assert report.reason is Reason.UNKNOWN_CONTRACT


def test_a_frozen_account_and_a_programme_that_was_not_filed_trade_no_shares() -> None:
    frozen = Standing(profile=AccountProfile(rights=AccountRights(state=AccountState.FROZEN)))
    market = Hall().open("A", standing=frozen)
    market.quote_shares()
    assert market.trade_shares(K.BUY_SHARES, 100, "2.963").reason is Reason.ACCOUNT_STATE
    other = hall()
    by_program = Instruct(
        instruction_id="p", kind=K.BUY_SHARES, underlying=FUND, quantity=100, price=yuan("2.963"), by_program=True
    )
    (report,) = other.command("A", by_program)
    assert isinstance(report, InstructionReport)
    assert report.reason is Reason.NOT_FILED


@pytest.mark.requirement("O4")
def test_shares_bought_today_are_not_sold_nor_taken_out_but_locked_and_cover() -> None:
    market = hall(shares=0)
    market.trade_shares(K.BUY_SHARES, 20_000, "2.963")
    refused = market.trade_shares(K.SELL_SHARES, 100, "2.962")
    assert (refused.reason, refused.reason_detail) == (Reason.BOUGHT_TODAY, "quantity 100 | 0")
    assert market.instruct(K.SHARES_OUT, underlying=FUND, quantity=100).reason is Reason.BOUGHT_TODAY
    assert market.lock(10_000).reason is None
    assert market.submit(Instruction.COVERED_OPEN, CHEAP_CALL, 1, "0.0100").reason is None
    # 5,000 that were there this morning may be sold: locks take what was bought today first
    market.instruct(K.SHARES_IN, underlying=FUND, quantity=5_000)
    assert market.holding().sellable == 5_000
    assert market.trade_shares(K.SELL_SHARES, 5_100, "2.962").reason is Reason.BOUGHT_TODAY
    assert market.trade_shares(K.SELL_SHARES, 5_000, "2.962").reason is None
    assert market.holding().sellable == 0


@pytest.mark.fault("F51", "F52")
def test_a_restarted_counter_knows_what_was_bought_today() -> None:
    market = hall()
    market.trade_shares(K.BUY_SHARES, 20_000, "2.963")
    market.trade_shares(K.SELL_SHARES, 30_000, "2.962")
    market.trade_shares(K.SELL_SHARES, 90_000, "2.962")
    again = market.restarted()
    assert again.picture() == market.counter.picture()
    assert again.account_report("A", market.now).holdings == market.report().holdings
    assert again.resume(market.now).forward == []
    for entry in market.journal:
        assert decode_entry(encode_entry(entry)) == entry


def test_an_entry_of_a_day_before_shares_were_traded_is_read_and_written_as_it_was() -> None:
    at = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)
    old = Instructed(account_id="A", instruction_id="i", kind=K.LOCK, underlying=FUND, quantity=100, at=at)
    body = encode_entry(old)
    assert b"price" not in body
    assert b"fee" not in body
    assert decode_entry(body) == old


@pytest.mark.requirement("O4")
def test_the_next_day_everything_may_be_sold() -> None:
    market = hall(shares=0)
    market.trade_shares(K.BUY_SHARES, 20_000, "2.963")
    day, now = next_trading_day()
    after, opening = market.counter.next_day(market.rules, day, UNDERLYINGS, CONTRACTS)
    assert opening.entries
    holding = after.account_report("A", now).holdings[0]
    assert (holding.total, holding.bought_today, holding.sellable) == (20_000, 0, 20_000)


@pytest.mark.requirement("A10")
def test_the_days_end_settles_the_money_of_shares_and_reconciles_them() -> None:
    floor = Floor(without_interest()).open("A", "100000.00", shares=10_000).open("B", "100000.00")
    market = Hall()
    market.quote_shares("3.099", "3.100")
    book = market.exchange.share_book(FUND)
    now = floor.now.replace(hour=10, minute=0)
    for account_id, kind, price in (("A", K.SELL_SHARES, "3.099"), ("B", K.BUY_SHARES, "3.100")):
        command = Instruct(instruction_id="1", kind=kind, underlying=FUND, quantity=10_000, price=yuan(price))
        result = floor.counter.handle(account_id, command, now, book)
        assert [e.reason for e in result.entries if isinstance(e, Instructed)] == [None]
    assert floor.counter.trial_balance()[SHARE_CLEARING] == yuan("-10.00")
    floor.settle()
    trial = floor.counter.trial_balance()
    assert trial[SHARE_CLEARING] == sum(trial.values()) == 0
    assert (floor.balance("A"), floor.balance("B")) == (yuan("130986.90"), yuan("68996.90"))
    assert floor.next_day().holding("B").sellable == 10_000


STEPS = st.lists(
    st.tuples(
        st.sampled_from([K.BUY_SHARES, K.BUY_SHARES, K.SELL_SHARES, K.SELL_SHARES, K.LOCK, K.UNLOCK]),
        st.integers(1, 60),
        st.sampled_from([0, 1, 2, 4, -1]),
        st.sampled_from([True, True, True, False]),
    ),
    min_size=4,
    max_size=25,
)


@pytest.mark.requirement("O4", "O10")
@settings(max_examples=80, deadline=None)
@given(STEPS, st.integers(0, 3_050))
def test_money_and_shares_are_conserved_and_no_more_is_sold_than_the_morning_had(
    steps: list[tuple[K, int, int, bool]], morning: int
) -> None:
    market = Hall().open("A", "100000.00", morning)
    market.quote_shares(size=6_000)
    total, bought, sold, money, fees = morning, 0, 0, yuan("100000.00"), yuan("0.00")
    for kind, lots, ticks, whole in steps:
        quantity = lots * 100 if whole else lots * 37
        if kind in (K.LOCK, K.UNLOCK):
            market.lock(quantity, unlock=kind is K.UNLOCK)
            continue
        market.quote_shares(size=6_000)
        touch = 2963 + ticks if kind is K.BUY_SHARES else 2962 - ticks
        report = market.trade_shares(kind, quantity, str(Decimal(touch).scaleb(-3)))
        if report.reason is None:
            sign = 1 if kind is K.BUY_SHARES else -1
            total += sign * quantity
            bought += quantity if sign > 0 else 0
            sold += quantity if sign < 0 else 0
            money -= sign * report.amount + report.fee
            fees += report.fee
            # Never outside the limit that was given
            assert sign * report.amount <= sign * report.price * quantity + Decimal("0.005")
        holding = market.holding() if morning or bought else None
        if holding is not None:
            assert (holding.total, holding.bought_today, holding.sold_today) == (total, bought, sold)
            assert holding.free >= 0
        assert sold <= morning
        assert market.funds().balance == money >= 0
        trial = market.counter.trial_balance()
        assert sum(trial.values()) == 0
        assert trial.get(FEES, Decimal(0)) == -fees
        assert trial[BANK] == yuan("100000.00")
    assert market.restarted().picture() == market.counter.picture()
