"""What reminders do to orders over a real desk and venue: an open sheet holds them, a warning wants an answer first."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from terminal.alerts.alert import AlertKind, Finding, Level
from terminal.app.alerts import THRESHOLDS_KEY
from terminal.domain.accounts import PositionSide
from terminal.domain.orders import Instruction, OrderStatus
from terminal.domain.ports import RecordKind
from terminal.domain.reasons import Reason
from terminal.rules.order_warnings import OrderWarning
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.services.gate import DESK
from terminal.services.order_warnings import Acknowledgement
from tests.app.reminder_rig import Kept, hold_one, remind
from tests.harness import CALL, CHEAP_CALL, FUND, World, limit, play

SHEET = Finding(AlertKind.INSTRUCTOR, "1", Level.SHEET, figures={"text": "Read the notice"})


# ---- holding orders


@pytest.mark.requirement("T4")
def test_an_open_sheet_holds_new_orders_of_hands_and_strategies_and_nothing_else(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        reminders = remind(world, rig)
        await hold_one(world, rig)
        resting = await rig.orders.submit(limit(CALL, "0.4000"))
        await world.settle()
        rig.gate.set_sheet("quoter", rig.gate.sheet(DESK))
        reminders.tell(SHEET)
        for sender in (DESK, "quoter"):
            denied = await rig.orders.submit(limit(CALL, "0.4001"), sender=sender)
            assert (denied.status, denied.reason) == (OrderStatus.DENIED, Reason.REMINDER_WAITS)
            assert "instructor" in denied.reason_detail
        # The ticket says it beforehand
        assert [failure.reason for failure in rig.checks.failures(limit(CALL, "0.4001"))] == [Reason.REMINDER_WAITS]
        assert await rig.orders.cancel(resting.client_order_id)
        closing = await rig.orders.submit(limit(CALL, "0.4620", instruction=Instruction.SELL_CLOSE))
        await world.settle()
        assert rig.order(closing).status is OrderStatus.FILLED
        assert rig.held() == {}
        reminders.book.acknowledge(SHEET.key, "Li", rig.desk.clock.now())
        assert (await rig.orders.submit(limit(CALL, "0.4001"))).status is OrderStatus.SUBMITTED
        assert (CALL, PositionSide.LONG) not in rig.held()

    play(tmp_path, story)


# ---- warnings before an order


@pytest.mark.requirement("T8", "T9")
def test_a_hand_order_needs_each_warning_acknowledged_and_the_journal_has_who_and_when(tmp_path: Path) -> None:
    kept = Kept({THRESHOLDS_KEY: {"near_expiry_days": 20, "deep_out_percent": "5"}})

    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        remind(world, rig, kept)
        # Strike 3.200 at 2.963: 8 % out, seventeen trading days left
        order = limit(CHEAP_CALL, "0.0082")
        warned = {one.warning for one in rig.gate.warnings(order)}
        assert warned == {OrderWarning.DEEP_OUT_OF_MONEY, OrderWarning.NEAR_EXPIRY}
        now = rig.desk.clock.now()
        read = [Acknowledgement(warning, "Li", now) for warning in OrderWarning if warning in warned]
        for some in ([], read[:1], read[1:]):
            denied = await rig.orders.submit(order, acknowledged=some)
            assert (denied.status, denied.reason) == (OrderStatus.DENIED, Reason.NOT_ACKNOWLEDGED)
        sent = await rig.orders.submit(order, acknowledged=read)
        await world.settle()
        assert rig.order(sent).status is OrderStatus.FILLED
        notes = [json.loads(r.body) for r in rig.journal.read() if r.kind is RecordKind.NOTE]
        told = next(note for note in notes if note.get("order") == sent.client_order_id)
        assert [(w["warning"], w["who"]) for w in told["warnings"]] == [(w.warning.value, "Li") for w in read]
        # Closing is never warned of
        closing = await rig.orders.submit(limit(CHEAP_CALL, "0.0080", instruction=Instruction.SELL_CLOSE))
        assert closing.status is OrderStatus.SUBMITTED

    play(tmp_path, story)


@pytest.mark.requirement("T9")
def test_a_strategy_opens_what_is_warned_of_only_if_its_sheet_says_so(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        remind(world, rig, Kept({THRESHOLDS_KEY: {"near_expiry_days": 20}}))
        open_sheet = rig.gate.sheet(DESK)
        assert isinstance(open_sheet, LimitSheet)
        rig.theoretical.settle(FUND)
        for allowed, status in ((0.0, OrderStatus.DENIED), (1.0, OrderStatus.SUBMITTED)):
            rig.gate.set_sheet("hedger", replace(open_sheet, warned_opens=allowed))
            order = await rig.orders.submit(limit(CALL, "0.4001"), sender="hedger")
            assert order.status is status, order.reason
        # The desk's sheet has the last word
        rig.gate.set_sheet(DESK, replace(open_sheet, warned_opens=0.0))
        order = await rig.orders.submit(limit(CALL, "0.4001", 2), sender="hedger")
        assert order.reason is Reason.NOT_ACKNOWLEDGED

    play(tmp_path, story)
