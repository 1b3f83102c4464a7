"""Money by hand: what an order freezes, what a fill books, what comes back. Yuan to the cent.

Figures: rulebook 2.1 (what each instruction freezes), 2.2 (market orders at limit-up), 4.3 (margins), 9 (fees: 1.30 +
0.30 + 1.40 = 3.00 a contract, 1.40 for sell-open and covered-open, whose exchange fees are waived).
"""

from decimal import Decimal

import pytest

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.messages import CancelOrder
from terminal.domain.orders import ExecType, Instruction, OrderType, SelfTrade, Side
from terminal.domain.reasons import Reason
from tests.venue.counter.market import ADJUSTED_CALL, CALL, CHEAP_CALL, PUT, Hall, profile, yuan

LONG, SHORT = PositionSide.LONG, PositionSide.SHORT


@pytest.mark.requirement("O5", "O10", "O12")
def test_buy_open_freezes_premium_and_fee_and_a_better_price_frees_the_rest() -> None:
    hall = Hall().open()
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 3, "0.0100")
    funds = hall.funds()
    assert (funds.frozen_premium, funds.frozen_fee, funds.frozen_margin) == (yuan("300.00"), yuan("9.00"), ZERO)
    assert funds.available == yuan("999691.00")
    assert funds.balance == yuan("1000000.00")

    hall = Hall().open()
    hall.crowd(Side.SELL, CHEAP_CALL, 2, "0.0095")
    report = hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 3, "0.0100")
    assert (report.exec_type, report.last_price, report.last_quantity) == (ExecType.TRADE, yuan("0.0095"), 2)
    assert (report.fee, report.filled_quantity) == (yuan("6.00"), 2)
    funds = hall.funds()
    assert (funds.premium_paid, funds.fees) == (yuan("190.00"), yuan("6.00"))
    assert funds.balance == yuan("999804.00")
    assert (funds.frozen_premium, funds.frozen_fee) == (yuan("100.00"), yuan("3.00"))
    assert funds.available == yuan("999701.00")
    position = hall.position(CHEAP_CALL, LONG)
    assert (position.quantity, position.today_quantity, position.average_price) == (2, 2, yuan("0.0095"))


@pytest.mark.requirement("O5", "O10")
def test_sell_open_freezes_margin_times_the_uplift_and_the_fill_moves_it_into_margin_held() -> None:
    hall = Hall().open()
    hall.submit(Instruction.SELL_OPEN, CALL, 2, "0.5000")
    # 8185.60 x 1.20 = 9822.72 a contract
    assert hall.funds().frozen_margin == yuan("19645.44")
    assert hall.funds().frozen_fee == yuan("2.80")
    assert hall.funds().available == yuan("980351.76")

    hall.crowd(Side.BUY, CALL, 1, "0.5000")
    funds = hall.funds()
    assert (funds.margin, funds.frozen_margin) == (yuan("9822.72"), yuan("9822.72"))
    assert (funds.premium_received, funds.fees) == (yuan("5000.00"), yuan("1.40"))
    assert funds.balance == yuan("1004998.60")
    assert funds.available == yuan("985351.76")  # 1004998.60 - 9822.72 - 9822.72 - 1.40
    assert hall.position(CALL, SHORT).margin == yuan("9822.72")


@pytest.mark.requirement("O10", "O12")
def test_buy_close_releases_margin_in_proportion_and_realises_the_profit() -> None:
    hall = Hall().open()
    hall.crowd(Side.BUY, PUT, 3, "0.0700")
    hall.submit(Instruction.SELL_OPEN, PUT, 3, "0.0700")
    # 4255.60 x 1.20 = 5106.72 a contract
    assert hall.funds().margin == yuan("15320.16")
    hall.crowd(Side.SELL, PUT, 1, "0.0650")
    hall.submit(Instruction.BUY_CLOSE, PUT, 1, "0.0700")
    funds = hall.funds()
    assert funds.margin == yuan("10213.44")
    assert funds.balance == yuan("1001442.80")  # + 2100.00 - 4.20 - 650.00 - 3.00
    position = hall.position(PUT, SHORT)
    assert (position.quantity, position.realised, position.average_price) == (2, yuan("50.00"), yuan("0.0700"))
    assert funds.frozen == 0


@pytest.mark.requirement("O10", "O12")
def test_sell_close_realises_against_the_average_price_and_freezes_no_money() -> None:
    hall = Hall().open()
    hall.crowd(Side.SELL, PUT, 1, "0.0600")
    hall.crowd(Side.SELL, PUT, 3, "0.0640")
    hall.submit(Instruction.BUY_OPEN, PUT, 4, "0.0640")
    assert hall.position(PUT, LONG).average_price == yuan("0.0630")
    hall.submit(Instruction.SELL_CLOSE, PUT, 3, "0.0700")
    assert hall.funds().frozen == 0
    assert hall.position(PUT, LONG).frozen_quantity == 3
    hall.crowd(Side.BUY, PUT, 2, "0.0700")
    position = hall.position(PUT, LONG)
    assert (position.quantity, position.frozen_quantity, position.realised) == (2, 1, yuan("140.00"))
    assert position.average_price == yuan("0.0630")
    # - 2520.00 - 12.00 + 1400.00 - 6.00
    assert hall.funds().balance == yuan("998862.00")


@pytest.mark.requirement("O3", "O5")
@pytest.mark.fault("F58")
def test_a_market_buy_freezes_at_limit_up_and_then_at_the_price_its_remainder_rests_at() -> None:
    hall = Hall().open(cash="5618.00")
    hall.crowd(Side.SELL, CHEAP_CALL, 1, "0.0100")
    # 0.2806 x 10000 x 2 + 6.00 = 5618.00: to the cent what the account has
    report = hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 2, order_type=OrderType.MARKET_TO_LIMIT)
    assert (report.exec_type, report.price) == (ExecType.RESTATED, yuan("0.0100"))
    funds = hall.funds()
    assert (funds.frozen_premium, funds.frozen_fee) == (yuan("100.00"), yuan("3.00"))
    assert funds.balance == yuan("5515.00")

    poorer = Hall().open(cash="5617.99")
    poorer.crowd(Side.SELL, CHEAP_CALL, 2, "0.0100")
    report = poorer.submit(Instruction.BUY_OPEN, CHEAP_CALL, 2, order_type=OrderType.MARKET_TO_LIMIT)
    assert (report.exec_type, report.reason) == (ExecType.REJECTED, Reason.FUNDS)
    assert report.reason_detail == "account 5618.00 | 5617.99"


@pytest.mark.requirement("O3", "O5")
@pytest.mark.parametrize("order_type", [OrderType.MARKET_IOC, OrderType.MARKET_FOK, OrderType.LIMIT_FOK])
def test_what_the_exchange_does_not_fill_at_once_is_free_again(order_type: OrderType) -> None:
    hall = Hall().open()
    hall.crowd(Side.SELL, CHEAP_CALL, 1, "0.0100")
    price = "0.0100" if order_type is OrderType.LIMIT_FOK else None
    report = hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 4, price, order_type=order_type)
    assert report.exec_type is ExecType.CANCELLED
    filled = 1 if order_type is OrderType.MARKET_IOC else 0
    assert report.filled_quantity == filled
    assert hall.funds().frozen == 0
    assert hall.funds().balance == yuan("1000000.00") - filled * yuan("103.00")


@pytest.mark.requirement("O5")
def test_cancel_and_refusal_by_the_exchange_free_everything() -> None:
    hall = Hall().open()
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 5, "0.0100", client_order_id="x")
    hall.submit(Instruction.SELL_OPEN, CALL, 1, "0.5000", client_order_id="y")
    assert hall.funds().frozen == yuan("515.00") + yuan("9824.12")
    hall.command("A", CancelOrder(client_order_id="x"))
    assert hall.funds().frozen == yuan("9824.12")
    hall.command("A", CancelOrder(client_order_id="y"))
    # A market order finds nobody on the other side: the exchange refuses it (rulebook 2.2)
    report = hall.submit(Instruction.BUY_OPEN, PUT, 1, order_type=OrderType.MARKET_IOC)
    assert (report.exec_type, report.reason) == (ExecType.REJECTED, Reason.NO_OPPOSITE_SIDE)
    funds = hall.funds()
    assert funds.frozen == 0
    assert funds.available == funds.balance == yuan("1000000.00")


@pytest.mark.requirement("O5", "O10")
def test_an_adjusted_contract_is_booked_half_up_to_the_cent_and_frozen_up_to_it() -> None:
    hall = Hall().open()
    hall.submit(Instruction.BUY_OPEN, ADJUSTED_CALL, 3, "0.3913")
    # 0.3913 x 10220 = 3999.086: 3999.09 held for each
    assert hall.funds().frozen_premium == yuan("11997.27")
    hall.crowd(Side.SELL, ADJUSTED_CALL, 3, "0.3913")
    # 3 x 3999.086 = 11997.258
    assert hall.funds().premium_paid == yuan("11997.26")
    assert hall.funds().frozen == 0
    assert hall.position(ADJUSTED_CALL, LONG).average_price == yuan("0.3913")
    hall.submit(Instruction.SELL_OPEN, ADJUSTED_CALL, 1, "0.5000")
    assert hall.funds().frozen_margin == yuan("8342.46")  # 6952.05 x 1.20


@pytest.mark.requirement("O5")
def test_fills_one_by_one_never_cost_more_than_was_frozen() -> None:
    # A commission of 1.405 makes 3.005 a contract: each fill of one rounds up to 3.01
    hall = Hall(profile(commission="1.405")).open(cash="12006.30")
    report = hall.submit(Instruction.BUY_OPEN, ADJUSTED_CALL, 3, "0.3913")
    assert report.exec_type is ExecType.ACKNOWLEDGED
    for _ in range(3):
        hall.crowd(Side.SELL, ADJUSTED_CALL, 1, "0.3913")
    funds = hall.funds()
    assert (funds.premium_paid, funds.fees) == (yuan("11997.27"), yuan("9.03"))
    assert funds.balance == funds.available == 0


def test_two_desks_that_trade_with_each_other_leave_nothing_with_the_clearing_house() -> None:
    hall = Hall().open("A").open("B")
    hall.submit(Instruction.SELL_OPEN, PUT, 2, "0.0700", account_id="A")
    hall.submit(Instruction.BUY_OPEN, PUT, 2, "0.0700", account_id="B")
    assert hall.position(PUT, SHORT, "A").quantity == hall.position(PUT, LONG, "B").quantity == 2
    balance = hall.counter.trial_balance()
    assert balance["premium_clearing"] == 0
    assert balance["fees_income"] == -yuan("8.80")
    assert sum(balance.values()) == 0


def test_an_account_that_may_trade_with_itself_pays_only_fees() -> None:
    hall = Hall(profile(self_trade=SelfTrade.ALLOW)).open()
    hall.submit(Instruction.SELL_OPEN, PUT, 1, "0.0700")
    hall.submit(Instruction.BUY_OPEN, PUT, 1, "0.0700")
    assert hall.position(PUT, LONG).quantity == hall.position(PUT, SHORT).quantity == 1
    assert hall.funds().balance == yuan("999995.60")
    assert [r.sequence for r in hall.reports()] == [1, 2, 3, 4]


def test_option_value_is_marked_long_less_short_at_last_prices() -> None:
    hall = Hall().open()
    hall.crowd(Side.SELL, CHEAP_CALL, 2, "0.0100")
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 2, "0.0100")
    hall.crowd(Side.BUY, PUT, 1, "0.0700")
    hall.submit(Instruction.SELL_OPEN, PUT, 1, "0.0700")
    # Not marked yet: the previous settlements 0.0080 and 0.0700
    assert hall.funds().option_value == yuan("160.00") - yuan("700.00")
    hall.counter.mark({CHEAP_CALL: Decimal("0.0123"), PUT: Decimal("0.0655")})
    assert hall.funds().option_value == yuan("246.00") - yuan("655.00")
