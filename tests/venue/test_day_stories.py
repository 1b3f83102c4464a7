"""Three stories of the clearing house, told with the real market: exchange, counter, crowd and the day's end."""

from datetime import date
from decimal import Decimal

import pytest

from terminal.domain.accounts import Position, PositionSide
from terminal.domain.contracts import ListingState, Right
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import OrderReport
from terminal.domain.orders import ExecType, Instruction, OrderStatus
from terminal.domain.reasons import Reason
from terminal.domain.settlement import CashKind
from tests.venue.play import FUND, Play

LONG, SHORT, COVERED = PositionSide.LONG, PositionSide.SHORT, PositionSide.COVERED


@pytest.mark.requirement("AC12", "O10", "O12", "O13")
@pytest.mark.fault("F85", "F86")
def test_an_expiry_month_from_listing_to_delivery() -> None:
    # 2023-03-22 is the fourth Wednesday: the March month expires, and a new month is listed the day after
    play = Play(date(2023, 3, 22))
    play.open("L", "2000000.00", shares=0)
    play.open("W", "2000000.00", shares=100_000)
    before = {c.month for c in play.market.contracts}
    play.skip()
    assert play.market.trading_day == date(2023, 3, 23)
    (month,) = {c.month for c in play.market.contracts} - before
    fresh = [c for c in play.market.contracts if c.month == month]
    assert {c.listing for c in fresh} == {ListingState.NEW}
    assert {c.open_interest for c in fresh} == {0}

    # Somebody buys the lowest call of what is now the nearest month; somebody else writes it
    play.play_until(10, 0, 300.0)
    call = play.contract(Right.CALL, place=0)
    assert call.last_day == date(2023, 4, 26)
    play.order("L", call, Instruction.BUY_OPEN, 2)
    play.order("W", call, Instruction.SELL_OPEN, 2)
    play.play_until(14, 0, 300.0)
    assert play.quantity("L", call.code, LONG) == play.quantity("W", call.code, SHORT) == 2
    play.next()
    while play.market.trading_day < call.last_day:
        play.skip()
        contract = play.listed(call.code)
        assert contract is not None
        assert (contract.strike, contract.multiplier, contract.trading_code) == (
            call.strike,
            call.multiplier,
            call.trading_code,
        )
    # The writer's margin follows settlement price and close, day by day
    assert play.market.counter.account_report("W", play.market.now).funds.margin > 0

    play.play_until(15, 0, 300.0)
    play.market.counter._books.accounts["L"].exercises[call.code] = 2
    play.close()
    play.settle()
    inputs = play.market.counter.settlement.state.inputs
    assert inputs is not None
    close = inputs.closes[FUND]
    assert inputs.prices[call.code] == max(close - call.strike, Decimal(0))
    assert play.quantity("L", call.code, LONG) == play.quantity("W", call.code, SHORT) == 0
    (due,) = play.statement("L").deliveries
    assert (due.quantity, due.receives_shares, due.delivery_day) == (2, True, date(2023, 4, 27))
    cash = play.statement("L").funds.balance
    assigned = play.statement("W").deliveries

    play.open_next_day()
    assert play.listed(call.code) is None
    play.end()
    assert play.holding("L").total == 20_000
    strike_money = [m.amount for m in play.statement("L").movements if m.kind is CashKind.EXERCISE]
    assert strike_money == [-2 * 10_000 * call.strike]
    assert play.statement("L").funds.balance <= cash - 20_000 * call.strike + 100
    given = sum(d.shares for d in assigned)
    assert play.holding("W").total == 100_000 - given
    # The shares are usable the day after delivery
    play.open_next_day()
    assert play.holding("L").free == 20_000


@pytest.mark.requirement("AC14", "AC16", "O18")
@pytest.mark.fault("F38")
def test_a_dividend_leaves_covered_calls_short_of_shares() -> None:
    play = Play(date(2023, 3, 1), dividends=[(2, "0.055")])
    call = play.contract(Right.CALL, place=1, month=1)
    covered = Position(contract_code=call.code, side=COVERED, quantity=5, average_price=Decimal("0.0500"))
    play.open("short", "10000.00", covered, shares=50_000, locked=50_000)
    play.open("ample", "10000.00", covered, shares=60_000, locked=50_000)
    play.next()
    # The eve: the dividend is paid to who holds, and nothing is short yet
    play.end()
    assert play.statement("short").movements[-1].kind is CashKind.DIVIDEND
    assert play.statement("short").movements[-1].amount == Decimal("2750.00")
    eve = play.market.counter.settlement.state.inputs
    assert eve is not None
    eve_close = eve.closes[FUND]
    play.open_next_day()

    # The ex-day: the same code has a larger unit and a lower strike, and a standard set is listed beside it
    adjusted = play.listed(call.code)
    assert adjusted is not None
    assert adjusted.multiplier == round(10_000 * eve_close / (eve_close - Decimal("0.055")))
    assert adjusted.strike < call.strike
    assert adjusted.trading_code[11] == "A"
    fresh = [c for c in play.market.contracts if c.listing is ListingState.NEW]
    assert len(fresh) >= 12
    assert {c.multiplier for c in fresh} == {10_000}
    missing = 5 * (adjusted.multiplier - 10_000)
    assert play.holding("short").short == missing
    report = play.market.counter.account_report("short", play.market.now)
    (position,) = report.positions
    assert position.average_price == (Decimal("0.05") * 10_000 / adjusted.multiplier).quantize(Decimal("0.00000001"))
    play.end()
    # In the evening the clearing house locks what is there and lists who is short
    assert (play.holding("ample").locked, play.holding("ample").short) == (50_000 + missing, 0)
    (told,) = play.told("short")
    assert (told.kind, told.reason, told.quantity) == (InstructionKind.LOCK, Reason.COVERED_SHARES, missing)
    assert play.told("ample") == []

    # Nobody tops up: after the cut-off of the next day one contract is closed, which frees more than is missing
    play.open_next_day()
    play.play_until(11, 30, 300.0)
    assert play.quantity("short", call.code, COVERED) == 5
    play.play_until(15, 0, 300.0)
    assert play.quantity("short", call.code, COVERED) == 4
    assert play.quantity("ample", call.code, COVERED) == 5
    forced = [r for r in play.reports("short") if isinstance(r, OrderReport)]
    assert {r.client_order_id[:3] for r in forced} == {"CV1"}
    assert not any(r.ordered for r in forced)
    assert forced[-1].exec_type is ExecType.TRADE
    assert play.holding("short").short == 0
    play.close()
    play.settle()


@pytest.mark.requirement("O11", "O16", "O18", "AC16")
@pytest.mark.fault("F19")
def test_a_margin_call_ends_in_a_forced_close() -> None:
    play = Play(date(2023, 3, 1))
    call = play.contract(Right.CALL, place=0, month=1)
    short = Position(
        contract_code=call.code, side=SHORT, quantity=8, average_price=Decimal("0.0500"), margin=Decimal(1)
    )
    play.open("late", "30000.00", short)
    play.open("calm", "300000.00", short)
    play.end()
    called = play.statement("late").margin_call
    assert called > 0
    (told,) = play.told("late")
    assert (told.kind, told.amount) == (InstructionKind.CASH_IN, called)
    inputs = play.market.counter.settlement.state.inputs
    assert inputs is not None
    assert f"{inputs.next_day} 11:30" in told.reason_detail

    play.open_next_day()
    assert play.market.counter.account_report("late", play.market.now).funds.margin_call == called
    play.play_until(11, 25, 300.0)
    assert play.quantity("late", call.code, SHORT) == 8
    play.play_until(15, 0, 300.0)
    left = play.quantity("late", call.code, SHORT)
    assert left < 8
    forced = [r for r in play.reports("late") if isinstance(r, OrderReport)]
    assert {r.client_order_id[:3] for r in forced} == {"QP1"}
    assert not any(r.ordered for r in forced)
    listed = play.listed(call.code)
    assert listed is not None
    assert all(r.price == listed.limit_up for r in forced)
    assert forced[-1].instruction is Instruction.BUY_CLOSE
    funds = play.market.counter.account_report("late", play.market.now).funds
    assert funds.available >= 0 or left == 0
    assert play.reports("calm") == []
    orders = play.market.counter._books.accounts["late"].orders.values()
    assert all(order.status is OrderStatus.FILLED for order in orders)
    play.close()
    play.settle()
    assert play.statement("calm").margin_call == 0
