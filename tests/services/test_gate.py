"""The gate before orders and quotes of a real desk: every refusal with its rule and figures, and no way round."""

import asyncio
import math
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from terminal.domain.messages import CancelAll, SubmitOrder
from terminal.domain.orders import Instruction, OrderStatus, OrderType, Side
from terminal.domain.reasons import Reason
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.rules.protection.stops import Stops
from terminal.services.gate import DESK
from terminal.services.quote_codes import QUOTE_REASONS
from tests.harness import CHEAP_CALL, CONTRACTS, FUND, OPEN_SHEET, PUT, DeskRig, World, limit, play
from tests.quoting_rig import STRATEGY, limits, open_maker, quote, with_limits


def refusal(rig: DeskRig, code: str, price: str, quantity: int = 1, sender: str = DESK) -> Reason | None:
    denial = rig.gate.order_denial(limit(code, price, quantity), sender)
    return None if denial is None else denial.reason


@pytest.mark.fault("F45")
@pytest.mark.requirement("M5")
def test_without_a_sheet_nothing_leaves_by_hand_or_programme(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        rig.gate.set_sheet(DESK, None)
        order = await rig.orders.submit(limit(PUT, "0.0600"))
        assert (order.status, order.reason) == (OrderStatus.DENIED, Reason.NO_LIMIT_SHEET)
        denial = rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        assert denial is not None
        assert denial.reason is Reason.NO_LIMIT_SHEET
        rig.gate.set_sheet(DESK, LimitSheet())
        order = await rig.orders.submit(limit(PUT, "0.0600"))
        assert order.status is OrderStatus.DENIED
        rig.gate.set_sheet(DESK, OPEN_SHEET)
        # A strategy needs its own besides
        assert refusal(rig, PUT, "0.0600", sender=STRATEGY) is Reason.NO_LIMIT_SHEET
        assert not any(isinstance(command, SubmitOrder) for command in rig.gateway.sent)

    play(tmp_path, story)


@pytest.mark.fault("F79")
def test_fat_fingers_are_stopped_with_the_figures(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        with_limits(rig, order_quantity=10, order_notional=4000)
        denial = rig.gate.order_denial(limit(PUT, "0.0600", 11))
        assert denial is not None
        assert (denial.reason, denial.field, denial.given, denial.allowed) == (
            Reason.ORDER_SIZE,
            "quantity",
            "11",
            "10",
        )
        denial = rig.gate.order_denial(limit(PUT, "0.0600", 7))
        assert denial is not None
        assert (denial.reason, denial.given, denial.allowed) == (Reason.NOTIONAL, "4,200.00", "4,000.00")
        assert rig.gate.order_denial(limit(PUT, "0.0571", 7)) is None

    play(tmp_path, story)


@pytest.mark.fault("F58")
def test_a_market_order_is_judged_at_the_limit_up(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        with_limits(rig, order_notional=4000)
        request = replace(limit(PUT, "0.0600", 2), order_type=OrderType.MARKET_IOC, price=None)
        denial = rig.gate.order_denial(request)
        assert denial is not None
        # 0.3663 x 2 x 10,000
        assert (denial.reason, denial.given) == (Reason.NOTIONAL, "7,326.00")

    play(tmp_path, story)


@pytest.mark.fault("F30", "F79")
def test_a_price_far_on_the_bad_side_is_stopped_and_a_good_one_is_not(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        with_limits(rig, collar_theoretical_ticks=20, collar_theoretical_fraction=0)
        number = rig.theoretical.universe.number_of[PUT]
        theoretical = round(rig.theoretical.price[number])
        assert 690 <= theoretical <= 710
        assert refusal(rig, PUT, f"{(theoretical + 25) / 1e4:.4f}") is Reason.COLLAR_THEORETICAL
        assert refusal(rig, PUT, f"{(theoretical - 300) / 1e4:.4f}") is None
        sale = rig.gate.order_denial(limit(PUT, "0.0600", 1, Instruction.SELL_OPEN))
        assert sale is not None
        assert sale.reason is Reason.COLLAR_THEORETICAL
        with_limits(rig, collar_last_ticks=0, collar_last_fraction=0.10)
        # Nothing has traded: the previous settlement, 0.0700, stands for the last price
        assert refusal(rig, PUT, "0.0770") is None
        assert refusal(rig, PUT, "0.0771") is Reason.COLLAR_LAST

    play(tmp_path, story)


@pytest.mark.fault("F23")
def test_own_orders_and_quotes_never_meet(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        # Unanswered as well as live
        for _ in range(2):
            denial = rig.gate.order_denial(limit(PUT, "0.0708"))
            assert denial is not None
            assert (denial.reason, denial.given, denial.allowed) == (Reason.OWN_ORDER, "0.0708", "0.0708")
            assert refusal(rig, PUT, "0.0707") is None
            await world.settle()
        order = await rig.orders.submit(limit(PUT, "0.0695"))
        assert order.status is OrderStatus.SUBMITTED
        # A quote may replace its own, but not meet the order
        assert rig.quoting.failures(quote(PUT, "0.0700", "0.0712")) == []
        (denial,) = rig.quoting.failures(quote(PUT, "0.0690", "0.0695"))
        assert denial.reason is Reason.OWN_ORDER

    play(tmp_path, story)


@pytest.mark.fault("F89")
def test_of_many_orders_at_once_exactly_the_fitting_ones_pass(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        with_limits(rig, contract_position=20)
        rig.journal.hold = True
        sending = [asyncio.ensure_future(rig.orders.submit(limit(PUT, "0.0600", 3))) for _ in range(50)]
        await asyncio.sleep(0)
        await rig.journal.release()
        orders = await asyncio.gather(*sending)
        passed = [order for order in orders if order.status is OrderStatus.SUBMITTED]
        assert len(passed) == 6
        assert {order.reason for order in orders} == {None, Reason.CONTRACT_POSITION}
        await world.settle()
        assert len(rig.orders.working()) == 6

    play(tmp_path, story)


@pytest.mark.fault("F89")
def test_quotes_and_orders_share_one_position_limit_and_a_refresh_uses_nothing_up(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        with_limits(rig, contract_position=8)
        assert rig.quoting.quote(quote(PUT, "0.0692", "0.0708")) is None
        await world.settle()
        assert refusal(rig, PUT, "0.0600", 3) is None
        assert refusal(rig, PUT, "0.0600", 4) is Reason.CONTRACT_POSITION
        for bid in ("0.0691", "0.0690", "0.0692"):
            assert rig.quoting.quote(quote(PUT, bid, "0.0708")) is None
        (denial,) = rig.quoting.failures(quote(PUT, "0.0692", "0.0708", 9))
        assert denial.reason is Reason.CONTRACT_POSITION

    play(tmp_path, story)


@pytest.mark.fault("F89")
def test_the_worst_case_of_delta_and_vega_counts_what_works(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        number = rig.theoretical.universe.number_of[PUT]
        each = abs(float(rig.theoretical.delta[number]))
        shares = rig.gate.commitments.exposure(FUND).held
        assert shares == 3_000_000
        with_limits(rig, delta=shares + 12 * each)
        # A quote of 10 puts: its ask, filled, raises delta by 10
        assert rig.quoting.quote(quote(PUT, "0.0692", "0.0708", 10)) is None
        (denial,) = rig.quoting.failures(quote(PUT, "0.0692", "0.0708", 13))
        assert denial.reason is Reason.DELTA_LIMIT
        sell = rig.gate.order_denial(limit(PUT, "0.0720", 3, Instruction.SELL_OPEN))
        assert sell is not None
        assert sell.reason is Reason.DELTA_LIMIT
        # Buying puts lowers it: the way back is open; so is closing
        assert refusal(rig, PUT, "0.0600", 40) is None
        with_limits(rig, vega=float(rig.theoretical.vega[number]) * 10.5)
        assert refusal(rig, PUT, "0.0600", 1) is Reason.VEGA_LIMIT
        close = rig.gate.order_denial(limit(PUT, "0.0720", 40, Instruction.SELL_CLOSE))
        assert close is None

    play(tmp_path, story)


@pytest.mark.fault("F26", "F27", "F28")
def test_a_programme_acts_on_fresh_sound_input_only(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        rig.gate.set_sheet(STRATEGY, limits(input_age_seconds=3))
        assert refusal(rig, PUT, "0.0600", sender=STRATEGY) is None
        batch = rig.quoting.batch_of([quote(PUT, "0.0692", "0.0708")])
        assert rig.gate.quote_codes(batch, STRATEGY)[0] == 0
        world.clock.seconds += 3.1
        assert refusal(rig, PUT, "0.0600", sender=STRATEGY) is Reason.STALE_INPUT
        assert QUOTE_REASONS[rig.gate.quote_codes(batch, STRATEGY)[0] - 1] is Reason.STALE_INPUT
        # A person sees how old it is
        assert refusal(rig, PUT, "0.0600") is None
        # Of this contract no volatility can be found: a programme has no price for it
        assert refusal(rig, CONTRACTS[3].code, "0.3914", sender=DESK) is None
        blind = rig.gate.order_denial(limit(CONTRACTS[3].code, "0.3914"), STRATEGY)
        assert blind is not None

    play(tmp_path, story)


@pytest.mark.fault("F72")
@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ((0, 5, 708, 5), Reason.MALFORMED),
        ((-1, 5, 708, 5), Reason.MALFORMED),
        ((692, -5, 708, 5), Reason.MALFORMED),
        ((692, 0, 708, 0), Reason.MALFORMED),
        ((708, 5, 692, 5), Reason.QUOTE_CROSSED),
        ((700, 5, 700, 5), Reason.QUOTE_CROSSED),
        ((692, 5, 3_664, 5), Reason.PRICE_LIMIT),
        ((692, 5, 708, 5), None),
    ],
)
def test_nonsense_never_reaches_the_line(
    tmp_path: Path, entry: tuple[int, int, int, int], reason: Reason | None
) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        number = rig.theoretical.universe.number_of[PUT]
        bid, bid_quantity, ask, ask_quantity = (np.array([value]) for value in entry)
        no = np.zeros(1, np.bool_)
        batch = QuoteBatch.of_sides(np.array([number]), bid, bid_quantity, ask, ask_quantity, no, no)
        outcome = rig.quoting.submit(batch)
        assert [denial.reason for _, denial in rig.quoting.denials(outcome)] == ([reason] if reason else [])
        for wrong in (-1, 99):
            nowhere = replace(batch, index=np.array([wrong]))
            assert QUOTE_REASONS[rig.gate.quote_codes(nowhere)[0] - 1] is Reason.UNKNOWN_CONTRACT

    play(tmp_path, story)


def test_a_contract_that_is_refused_does_not_hold_the_others_up(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        with_limits(rig, order_quantity=6)
        batch = rig.quoting.batch_of([quote(PUT, "0.0692", "0.0708", 7), quote(CHEAP_CALL, "0.0079", "0.0083")])
        outcome = rig.quoting.submit(batch)
        assert outcome.sent == 1
        await world.settle()
        assert rig.quoting.live(CHEAP_CALL) is not None
        assert rig.quoting.live(PUT) is None

    play(tmp_path, story)


@pytest.mark.fault("F71", "F94", "F16")
def test_a_runaway_is_throttled_and_its_cancels_are_not(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        with_limits(rig, messages_per_second=10, messages_per_day=1000, cancel_reserve=0.2)
        orders = [await rig.orders.submit(limit(PUT, "0.0600")) for _ in range(12)]
        assert [order.reason for order in orders] == [None] * 8 + [Reason.MESSAGES_SECOND] * 4
        assert rig.quoting.quote(quote(PUT, "0.0692", "0.0708")) is not None
        await world.settle()
        assert await rig.orders.cancel_all() == 8
        assert rig.quoting.cancel() is True
        assert isinstance(rig.gateway.sent[-2], CancelAll)
        assert rig.gate.warning() == 1.0
        world.clock.seconds += 1.1
        assert refusal(rig, PUT, "0.0600") is None

    play(tmp_path, story)


@pytest.mark.requirement("X4")
def test_a_stop_concerns_what_it_names_and_never_a_close_that_reduces(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        expiry = CONTRACTS[0].expiry
        close = limit(PUT, "0.0720", 1, Instruction.SELL_CLOSE)
        batch = rig.quoting.batch_of([quote(PUT, "0.0692", "0.0708")])
        for stops, reason, close_reason in (
            (Stops(sides=(Side.BUY,)), Reason.SIDE_STOPPED, None),
            (Stops(expiries=((FUND, expiry),)), Reason.EXPIRY_STOPPED, None),
            (Stops(reduce_only=True), Reason.REDUCE_ONLY, None),
            (Stops(everything=True), Reason.STOPPED, Reason.STOPPED),
        ):
            rig.gate.stops = stops
            assert refusal(rig, PUT, "0.0600") is reason
            assert QUOTE_REASONS[rig.gate.quote_codes(batch)[0] - 1] is reason
            denial = rig.gate.order_denial(close)
            assert (denial.reason if denial else None) is close_reason

    play(tmp_path, story)


def test_a_strategy_passes_its_own_sheet_and_the_desk_s(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        with_limits(rig, order_quantity=5)
        rig.gate.set_sheet(STRATEGY, limits(order_quantity=math.inf))
        assert refusal(rig, PUT, "0.0600", 6, STRATEGY) is Reason.ORDER_SIZE
        rig.gate.set_sheet(STRATEGY, limits(order_quantity=3))
        assert refusal(rig, PUT, "0.0600", 4, STRATEGY) is Reason.ORDER_SIZE
        assert refusal(rig, PUT, "0.0600", 4) is None
        order = await rig.orders.submit(limit(PUT, "0.0600", 3), sender=STRATEGY)
        assert rig.orders.sender(order.client_order_id) == STRATEGY
        command = rig.gateway.sent[-1]
        assert isinstance(command, SubmitOrder)
        assert command.by_program
        rig.gate.stop_sender(STRATEGY)
        assert refusal(rig, PUT, "0.0600", 1, STRATEGY) is Reason.STRATEGY_STOPPED
        rig.gate.let_go(STRATEGY)
        assert refusal(rig, PUT, "0.0601", 1, STRATEGY) is None
        assert Decimal("0.06") == order.price

    play(tmp_path, story)


@pytest.mark.fault("F85")
@pytest.mark.requirement("M5")
def test_messages_of_the_day_are_counted_on_after_a_restart_and_anew_the_next_day(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        with_limits(rig, messages_per_day=100, messages_per_second=1e6)
        for bid in ("0.0691", "0.0692"):
            assert rig.quoting.quote(quote(PUT, bid, "0.0708")) is None
        for _ in range(3):
            await rig.orders.submit(limit(PUT, "0.0600"))
        await world.settle()
        assert rig.gate.messages_used()[1] == pytest.approx(0.05)
        await world.kill_desk("D1")
        again = await open_maker(world)
        with_limits(again, messages_per_day=100, messages_per_second=1e6)
        assert again.gate.messages_used()[1] == pytest.approx(0.05)
        # The limit is the day's, whichever run of the desk has used it up
        with_limits(again, messages_per_day=5, messages_per_second=1e6, cancel_reserve=0.0)
        assert refusal(again, PUT, "0.0600") is Reason.MESSAGES_DAY
        again.quoting.start_day()
        assert refusal(again, PUT, "0.0600") is None

    play(tmp_path, story)
