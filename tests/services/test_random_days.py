"""Whatever is cut, killed or late: in the end desk and counter agree, nothing told is lost, nothing is there twice.

Two desks trade on one venue; the line, a desk's process or the venue's is lost at random moments, disks are slow. Then
everything is let run out and compared (reliability, invariants I1, I2, I3, I5, I12).
"""

import asyncio
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terminal.domain.messages import AccountReport, OrderReport
from terminal.domain.orders import ExecType, Instruction, OrderRequest, OrderStatus, OrderType
from terminal.domain.ports import LinkState
from tests.harness import CALL, GRACE, PUT, DeskRig, World, limit

ACCOUNTS = {"D1": "A1", "D2": "A2"}
#: Inside the spread the two desks meet each other, at its ends the crowd, far away nobody
PRICES = {CALL: ("0.4000", "0.4620", "0.4624", "0.4626", "0.4630"), PUT: ("0.0690", "0.0700", "0.0710")}


@dataclass(frozen=True)
class Step:
    """One thing that happens; which desk it happens to, and how."""

    what: str
    desk: str = "D1"
    code: str = CALL
    price: int = 0
    quantity: int = 1
    instruction: Instruction = Instruction.BUY_OPEN
    order_type: OrderType = OrderType.LIMIT


desks = st.sampled_from(sorted(ACCOUNTS))
orders = st.builds(
    Step,
    what=st.just("order"),
    desk=desks,
    code=st.sampled_from([CALL, PUT]),
    price=st.integers(0, 4),
    quantity=st.integers(1, 12),
    instruction=st.sampled_from(
        [Instruction.BUY_OPEN, Instruction.SELL_OPEN, Instruction.SELL_CLOSE, Instruction.BUY_CLOSE]
    ),
    order_type=st.sampled_from([OrderType.LIMIT, OrderType.LIMIT, OrderType.LIMIT_FOK, OrderType.MARKET_TO_LIMIT]),
)
happenings = st.builds(
    Step,
    what=st.sampled_from(
        [
            *("cancel", "cancel all", "settle", "settle", "pump", "time"),
            *("cut", "connect", "connect", "connect", "slow desk", "slow venue", "quick", "hold", "let go"),
            *("kill desk", "kill venue", "double", "lose", "whole"),
        ]
    ),
    desk=desks,
    price=st.integers(0, 4),
)


@dataclass
class Day:
    """The world and what the desks were told that must stay true."""

    world: World
    told: dict[str, dict[str, OrderReport]] = field(default_factory=dict)
    """By account: every report that reached a desk, by its id"""
    sending: set["asyncio.Task[Any]"] = field(default_factory=set)

    async def take(self, step: Step) -> None:
        """Let one thing happen."""
        world, rig = self.world, self.world.rigs[step.desk]
        if step.what == "order":
            self._send(rig, step)
        elif step.what == "cancel":
            working = rig.orders.working()
            if working:
                await self._soon(rig.orders.cancel(working[step.price % len(working)].client_order_id))
        elif step.what == "cancel all":
            await self._soon(rig.orders.cancel_all())
        elif step.what == "settle":
            await world.settle()
        elif step.what == "pump":
            rig.gateway.pump()
        elif step.what == "time":
            world.pass_time(0.9, ticks=3)
        elif step.what == "cut":
            self._note(rig)
            rig.gateway.cut()
        elif step.what == "connect":
            for every in world.rigs.values():
                every.gateway.connect()
        elif step.what == "slow desk":
            rig.journal.hold = True
        elif step.what == "slow venue" and world.venue_journal is not None:
            world.venue_journal.hold = True
        elif step.what == "quick":
            await self._quick()
        elif step.what == "hold":
            rig.gateway.hold_to_desk = rig.gateway.hold_to_venue = True
        elif step.what == "let go":
            rig.gateway.hold_to_desk = rig.gateway.hold_to_venue = False
        elif step.what == "kill desk":
            await self.kill_desk(step.desk)
        elif step.what == "kill venue":
            self.note_all()
            await world.kill_venue()
            world.open_venue()
        elif step.what == "double":
            rig.gateway.meddle = lambda event: [event, event]
        elif step.what == "lose":
            rig.gateway.meddle = lambda event: [] if isinstance(event, OrderReport) else [event]
        elif step.what == "whole":
            rig.gateway.meddle = None

    def _send(self, rig: DeskRig, step: Step) -> None:
        prices = PRICES[step.code]
        if step.order_type.has_price:
            request = limit(
                step.code,
                prices[step.price % len(prices)],
                step.quantity,
                step.instruction,
                order_type=step.order_type,
            )
        else:
            request = OrderRequest(step.code, step.instruction, step.order_type, min(step.quantity, 10))
        task = asyncio.ensure_future(rig.orders.submit(request))
        self.sending.add(task)
        task.add_done_callback(self.sending.discard)

    async def _soon(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.ensure_future(work)
        self.sending.add(task)
        task.add_done_callback(self.sending.discard)
        await asyncio.sleep(0)

    async def _quick(self) -> None:
        for rig in self.world.rigs.values():
            await rig.journal.release()
        if self.world.venue_journal is not None:
            await self.world.venue_journal.release()

    def _note(self, rig: DeskRig) -> None:
        told = self.told.setdefault(rig.desk.account_id, {})
        for event in rig.gateway.received:
            if isinstance(event, OrderReport):
                before = told.setdefault(event.report_id, event)
                assert before == event, "one report id, two stories"

    def note_all(self) -> None:
        """Remember everything the desks have been told so far."""
        for rig in self.world.rigs.values():
            self._note(rig)

    async def kill_desk(self, desk_id: str) -> None:
        """Kill a desk's process and start another on its journal."""
        rig = self.world.rigs[desk_id]
        self._note(rig)
        for task in list(self.sending):
            task.cancel()
        await asyncio.gather(*self.sending, return_exceptions=True)
        await self.world.kill_desk(desk_id)
        await self.world.open_desk(desk_id, ACCOUNTS[desk_id])

    async def run_out(self) -> None:
        """Let everything arrive: disks quick, lines whole, gaps asked for again."""
        for rig in self.world.rigs.values():
            rig.gateway.hold_to_desk = rig.gateway.hold_to_venue = False
            rig.gateway.meddle = None
        await self._quick()
        await asyncio.gather(*self.sending, return_exceptions=True)
        for rig in self.world.rigs.values():
            rig.gateway.connect()
        await self.world.settle()
        # A heartbeat's picture shows a lost report, and orders without an answer are asked for
        for _ in range(3):
            for _ in range(2):
                self.world.pass_time(1.3, ticks=51)
                await self.world.settle()
            for rig in self.world.rigs.values():
                rig.desk.ping()
            await self.world.settle()
        self.note_all()


def compare(day: Day, rig: DeskRig) -> None:
    """What the desk shows is what the counter has."""
    counter, account = day.world.market.counter, rig.desk.account_id
    assert rig.desk.link is LinkState.UP
    report: AccountReport = counter.account_report(account, day.world.market.now)
    # I5, I12
    assert rig.held() == {(p.contract_code, p.side): p.quantity for p in report.positions if p.quantity}
    assert rig.portfolio.funds == report.funds
    assert rig.portfolio.breaks == set()
    reports = [r for r in counter.reports_after(account, 0) if isinstance(r, OrderReport)]
    by_id = {r.report_id: r for r in reports}
    assert len(by_id) == len(reports)
    for report_id, told in day.told[account].items():
        assert by_id[report_id] == told
    # I1, I2: every execution once, and together the positions
    trades = [r for r in reports if r.exec_type is ExecType.TRADE]
    assert sorted(f.fill_id for f in rig.portfolio.fills) == sorted(r.report_id for r in trades)
    assert sum(f.fee for f in rig.portfolio.fills) == report.funds.fees
    # I3, and each order where the counter has it
    working = {o.client_order_id for o in rig.orders.working()}
    at_counter = counter._books.accounts[account]
    assert working == set(at_counter.working.values())
    for order in rig.orders.orders:
        assert 0 <= order.filled_quantity <= order.quantity
        assert not order.in_doubt, order
        assert order.status not in (OrderStatus.SUBMITTED, OrderStatus.CANCEL_PENDING), order
        if order.status is OrderStatus.DENIED:
            continue
        there = at_counter.orders.get(order.client_order_id)
        if there is None:
            assert order.status is OrderStatus.REJECTED
            continue
        assert order.filled_quantity == there.filled
        assert order.status.is_final == there.status.is_final
        assert order.leaves_quantity == there.leaves
    known = {o.client_order_id for o in rig.orders.orders}
    assert {r.client_order_id for r in reports} <= known
    # What the desk shows is also what its disk will bring back
    unexpected = [a for a in rig.alarms if a.kind.value not in ("order_in_doubt", "venue_refused")]
    assert unexpected == []


async def _play(steps: list[Step], folder: Path) -> None:
    world = World(folder)
    world.open_venue()
    day = Day(world)
    try:
        for desk_id, account in ACCOUNTS.items():
            await world.open_desk(desk_id, account)
        await world.settle()
        for step in steps:
            await day.take(step)
        await day.run_out()
        for rig in world.rigs.values():
            compare(day, rig)
        # Once more from the disks alone: desks and venue
        for desk_id in ACCOUNTS:
            await day.kill_desk(desk_id)
        picture = world.market.counter.picture()
        await world.kill_venue()
        world.open_venue()
        assert world.market.counter.picture() == picture
        await day.run_out()
        for rig in world.rigs.values():
            compare(day, rig)
        assert sum(world.market.counter.trial_balance().values(), Decimal(0)) == 0
        # And the way out is open
        for rig in world.rigs.values():
            rig.gateway.cut()
        world.pass_time(GRACE + 6, ticks=3)
        assert world.market.counter.working_orders() == []
    finally:
        await day.world.close()


@pytest.mark.slow
@pytest.mark.fault("F01", "F05", "F06", "F09", "F14", "F51", "F52", "F60")
@pytest.mark.requirement("T12", "O2", "O3", "O5")
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.one_of(orders, happenings), max_size=40))
def test_desks_and_counter_agree_after_any_day(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_play(steps, Path(folder)))
