"""Shares bought and sold by hand (现货买卖) with the real counter: checks beside the field, gate, journal, restarts."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from terminal.domain.instructions import InstructionKind as Kind
from terminal.domain.messages import Capability, Instruct
from terminal.domain.orders import Instruction, OrderRequest, OrderType, Side
from terminal.domain.ports import RecordKind
from terminal.domain.quotes import QuoteEntry
from terminal.domain.reasons import Denial, Reason
from terminal.rules.protection.stops import Stops
from terminal.services.day_profit import day_profit
from terminal.services.gate import DESK
from terminal.services.instruction_effects import InstructionEffects
from terminal.services.instructions import InstructionEntry, InstructionRequest, InstructionState
from terminal.services.quote_codes import QUOTE_REASONS
from tests.harness import CALL, FUND, OPEN_SHEET, DeskRig, World, play

#: The venue asks 19,100 shares at 2.964 and 44,300 at 2.965, and bids 42,300 at 2.963; the last price is 2.963
BUY = InstructionRequest(kind=Kind.BUY_SHARES, underlying=FUND, quantity=20_000, price=Decimal("2.965"))
SELL = replace(BUY, kind=Kind.SELL_SHARES, quantity=30_000, price=Decimal("2.963"))


def sent(rig: DeskRig) -> list[Instruct]:
    return [command for command in rig.gateway.sent if isinstance(command, Instruct)]


def now(rig: DeskRig, entry: InstructionEntry) -> InstructionEntry:
    found = rig.desk.instructions.entry(entry.command.instruction_id)
    assert found is not None
    return found


async def opened(world: World) -> DeskRig:
    rig = await world.open_desk()
    await world.settle()
    return rig


@pytest.mark.requirement("O4", "O5")
def test_a_purchase_is_written_sent_booked_and_counted_in_the_days_profit(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await opened(world)
        effects = InstructionEffects(rig.desk.market, rig.desk.instructions.checks.terms)
        foreseen = effects.of(Instruct(instruction_id="", **{n: getattr(BUY, n) for n in BUY.__dataclass_fields__}))
        entry = await rig.desk.instructions.instruct(BUY)
        assert [r.kind for r in rig.journal.read()].count(RecordKind.INSTRUCTED) == 1
        await world.settle()
        # 19100 x 2.964 + 900 x 2.965, and a ten-thousandth of it
        done = now(rig, entry)
        assert (done.state, done.command.amount, done.fee) == (
            InstructionState.DONE,
            Decimal("59280.90"),
            Decimal("5.93"),
        )
        assert (foreseen.cash_needed, foreseen.fee) == (Decimal("59286.83"), Decimal("5.93"))
        holding, funds = rig.portfolio.holdings[FUND], rig.portfolio.funds
        assert (holding.total, holding.bought_today, holding.sellable) == (120_000, 20_000, 100_000)
        assert funds is not None
        assert funds.balance == Decimal("1000000.00") - Decimal("59286.83")
        # Marked at the last price, 2.963: 59260.00 less what was paid
        assert day_profit(rig.portfolio, rig.desk.market) == Decimal("-26.83")
        sold = await rig.desk.instructions.instruct(SELL)
        await world.settle()
        # 30000 x 2.963 against the close before, which is 2.963 too: the fee of 8.89 alone
        assert now(rig, sold).command.amount == Decimal("88890.00")
        assert day_profit(rig.portfolio, rig.desk.market) == Decimal("-35.72")

    play(tmp_path, story)


@pytest.mark.requirement("O4", "O5")
@pytest.mark.parametrize(
    ("request_", "reason", "field"),
    [
        (replace(BUY, quantity=150), Reason.QUANTITY_LOT, "quantity"),
        (replace(BUY, quantity=0), Reason.MALFORMED, "quantity"),
        (replace(BUY, price=Decimal(0)), Reason.MALFORMED, "price"),
        (replace(BUY, price=Decimal("NaN")), Reason.MALFORMED, "price"),
        (replace(BUY, price=Decimal("2.9645")), Reason.PRICE_TICK, "price"),
        (replace(BUY, price=Decimal("3.260")), Reason.PRICE_LIMIT, "price"),
        (replace(BUY, price=Decimal("2.963")), Reason.NOT_AT_TOUCH, "price"),
        (replace(BUY, quantity=63_500), Reason.FILL_OR_KILL, "quantity"),
        (replace(SELL, quantity=100_100), Reason.SHARES, "quantity"),
        (replace(BUY, underlying="600000"), Reason.UNKNOWN_CONTRACT, "underlying"),
    ],
)
def test_what_fails_stands_beside_its_field_and_nothing_leaves(
    tmp_path: Path, request_: InstructionRequest, reason: Reason, field: str
) -> None:
    async def story(world: World) -> None:
        rig = await opened(world)
        failures = rig.desk.instructions.failures(request_)
        assert (failures[0].reason, failures[0].field) == (reason, field)
        denied = await rig.desk.instructions.instruct(request_)
        assert (denied.state, denied.reason) == (InstructionState.DENIED, reason)
        assert sent(rig) == []
        assert rig.desk.instructions.shares_under_way(FUND) == (0, 0)

    play(tmp_path, story)


def test_all_is_what_the_money_reaches_for_and_what_may_be_sold(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await opened(world)
        checks = rig.desk.instructions.checks

        def most(kind: Kind) -> int | None:
            command = Instruct(instruction_id="", kind=kind, underlying=FUND, quantity=0, price=Decimal("2.965"))
            return checks.largest_quantity(command)

        # 1,000,000 / (2.965 x 1.0001), whole lots
        assert most(Kind.BUY_SHARES) == 337_200
        await rig.desk.instructions.instruct(BUY)
        await world.settle()
        assert most(Kind.SELL_SHARES) == most(Kind.SHARES_OUT) == 100_000
        assert most(Kind.LOCK) == 120_000
        out = rig.desk.instructions.failures(
            InstructionRequest(kind=Kind.SHARES_OUT, underlying=FUND, quantity=100_001)
        )
        assert [denial.reason for denial in out] == [Reason.BOUGHT_TODAY]

    play(tmp_path, story)


@pytest.mark.requirement("X4")
def test_a_persons_shares_pass_the_gate_too(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await opened(world)
        gate, service = rig.gate, rig.desk.instructions
        for stops, wanted, reason in (
            (Stops(everything=True), SELL, Reason.STOPPED),
            (Stops(reduce_only=True), BUY, Reason.REDUCE_ONLY),
            (Stops(sides=(Side.BUY,)), BUY, Reason.SIDE_STOPPED),
            (Stops(sides=(Side.SELL,)), SELL, Reason.SIDE_STOPPED),
        ):
            gate.stops = stops
            assert [denial.reason for denial in service.failures(wanted)] == [reason]
            assert (await service.instruct(wanted)).reason is reason
        gate.stops = Stops(reduce_only=True, sides=(Side.BUY,))
        assert service.failures(SELL) == []
        gate.stops = Stops()
        for figures, reason in (
            ({"share_quantity": 19_999.0}, Reason.ORDER_SIZE),
            ({"delta": 119_999.0}, Reason.DELTA_LIMIT),
            ({"messages_per_day": 0.0}, Reason.MESSAGES_DAY),
        ):
            gate.set_sheet(DESK, replace(OPEN_SHEET, **figures))
            assert (await service.instruct(BUY)).reason is reason
        gate.set_sheet(DESK, None)
        assert (await service.instruct(BUY)).reason is Reason.NO_LIMIT_SHEET
        gate.set_sheet(DESK, OPEN_SHEET)
        gate.held_by = lambda: "writer"
        assert (await service.instruct(BUY)).reason is Reason.REMINDER_WAITS
        assert service.failures(SELL) == []
        assert sent(rig) == []

    play(tmp_path, story)


@pytest.mark.requirement("X4")
@pytest.mark.fault("F89")
def test_what_is_under_way_counts_as_traded_until_the_picture_shows_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await opened(world)
        rig.gate.set_sheet(DESK, replace(OPEN_SHEET, delta=130_000.0))
        rig.gateway.hold_to_desk = True
        await rig.desk.instructions.instruct(BUY)
        await world.settle()
        assert rig.desk.instructions.shares_under_way(FUND) == (20_000, 0)
        denied = await rig.desk.instructions.instruct(replace(BUY, quantity=20_100))
        assert (denied.reason, denied.reason_detail) == (Reason.DELTA_LIMIT, "quantity 140,100 | 130,000")
        rig.gateway.hold_to_desk = False
        await world.settle()
        assert rig.desk.instructions.shares_under_way(FUND) == (0, 0)
        assert rig.portfolio.holdings[FUND].total == 120_000

    play(tmp_path, story)


@pytest.mark.requirement("X4")
@pytest.mark.fault("F89")
def test_an_order_and_a_quote_count_the_shares_under_way_as_traded(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await opened(world)
        gate, market = rig.gate, rig.desk.market
        rig.theoretical.settle(FUND)
        # Deep in the money: a contract is 10,000 shares but for a few
        price = Decimal(market.asks(CALL)[0].price).scaleb(-4)
        order = OrderRequest(CALL, Instruction.BUY_OPEN, OrderType.LIMIT, 1, price)
        entry = QuoteEntry(
            contract_code=CALL, bid_price=price, bid_quantity=1, ask_price=price + Decimal("0.01"), ask_quantity=1
        )
        quote = rig.quoting.batch_of([entry])
        gate.set_sheet(DESK, replace(OPEN_SHEET, delta=120_000.0))

        def reasons() -> tuple[Reason | None, Reason | None]:
            code = int(gate.quote_codes(quote)[0])
            denied = gate.order_denial(order)
            return None if denied is None else denied.reason, QUOTE_REASONS[code - 1] if code else None

        assert reasons() == (None, None)
        rig.gateway.hold_to_desk = True
        await rig.desk.instructions.instruct(BUY)
        assert reasons() == (Reason.DELTA_LIMIT, Reason.DELTA_LIMIT)
        rig.gateway.hold_to_desk = False
        await world.settle()
        assert rig.portfolio.holdings[FUND].total == 120_000
        assert reasons() == (Reason.DELTA_LIMIT, Reason.DELTA_LIMIT)

    play(tmp_path, story)


@pytest.mark.requirement("X4")
def test_a_stop_while_the_disk_writes_keeps_the_shares_here(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await opened(world)
        write = rig.journal.append

        async def slow(records: object) -> int:
            number = await write(records)  # type: ignore[arg-type]
            rig.gate.stops = Stops(everything=True)
            return number

        rig.journal.append = slow  # type: ignore[method-assign, assignment]
        entry = await rig.desk.instructions.instruct(BUY)
        assert (entry.state, entry.reason) == (InstructionState.DENIED, Reason.STOPPED)
        assert sent(rig) == []
        assert rig.desk.instructions.shares_under_way(FUND) == (0, 0)

    play(tmp_path, story)


@pytest.mark.requirement("O4")
@pytest.mark.fault("F14", "F51")
def test_desk_and_venue_come_back_with_the_same_shares_and_send_nothing_again(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await opened(world)
        await rig.desk.instructions.instruct(BUY)
        await world.settle()
        before, reports = rig.portfolio.holdings[FUND], list(rig.desk.instructions.reports)
        funds = rig.portfolio.funds
        await world.kill_desk("D1")
        again = await opened(world)
        assert again.portfolio.holdings[FUND] == before
        assert again.desk.instructions.reports == reports
        await world.kill_venue()
        world.open_venue()
        again.gateway.connect()
        await world.settle()
        assert again.portfolio.holdings[FUND] == before
        assert again.portfolio.funds == funds
        refused = await again.desk.instructions.instruct(replace(SELL, quantity=100_100))
        assert refused.reason is Reason.BOUGHT_TODAY
        assert sent(again) == []

    play(tmp_path, story)


@pytest.mark.fault("F14")
def test_shares_that_the_venue_never_saw_are_not_received_and_under_way_no_more(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await opened(world)
        rig.gateway.hold_to_venue = True
        entry = await rig.desk.instructions.instruct(BUY)
        rig.gateway.cut()
        assert now(rig, entry).in_doubt
        assert rig.desk.instructions.shares_under_way(FUND) == (20_000, 0)
        rig.gateway.to_venue.clear()
        rig.gateway.hold_to_venue = False
        rig.gateway.connect()
        await world.settle()
        assert now(rig, entry).state is InstructionState.NOT_RECEIVED
        assert rig.desk.instructions.shares_under_way(FUND) == (0, 0)
        assert rig.portfolio.holdings[FUND].total == 100_000
        assert len(sent(rig)) == 1

    play(tmp_path, story)


def test_a_venue_that_trades_no_shares_says_so(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await opened(world)
        rig.desk.instructions.set_capabilities(set(Capability) - {Capability.TRADE_SHARES})
        assert rig.desk.instructions.closed_because(Kind.BUY_SHARES) is Reason.NOT_SUPPORTED
        assert rig.desk.instructions.failures(BUY) == [Denial(Reason.NOT_SUPPORTED, "account")]
        assert rig.desk.instructions.closed_because(Kind.LOCK) is None

    play(tmp_path, story)
