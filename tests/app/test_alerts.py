"""The reminders over a real desk and venue: wired, remembered over a restart, holding orders, sent outside."""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from terminal.alerts.alert import Alert, AlertKind, Finding, Level, Standing
from terminal.alerts.engine import AlertsChanged
from terminal.alerts.outlook import Outlook
from terminal.app import alerts
from terminal.app.alerts import CONDITIONS_KEY, THRESHOLDS_KEY, Reminders, build_reminders
from terminal.config import Alerts
from terminal.config import Mail as MailSettings
from terminal.domain.accounts import PositionSide
from terminal.domain.errors import BadInput, ConfigurationError
from terminal.domain.orders import Instruction, OrderStatus
from terminal.domain.ports import RecordKind
from terminal.domain.reasons import Reason
from terminal.rules.order_warnings import OrderWarning
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.services.events import AccountChanged, AlarmKind
from terminal.services.gate import DESK
from terminal.services.inquiries import Inquiries
from terminal.services.obligations import Obligations
from terminal.services.order_warnings import Acknowledgement
from terminal.services.own_quotes import OwnQuotes
from terminal.services.valuation import Valuation
from tests.harness import CALENDAR, CALL, CHEAP_CALL, FUND, DeskRig, World, limit, play
from tests.services.obligation_desk import terms_of

_TURNS = 10
SHEET = Finding(AlertKind.INSTRUCTOR, "1", Level.SHEET, figures={"text": "Read the notice"})


@dataclass
class Kept:
    """The user's settings in memory."""

    values: dict[str, Any] = field(default_factory=dict)

    def read(self, key: str) -> Any:
        return self.values.get(key)

    def write(self, key: str, value: Any) -> None:
        # As the file gives it back
        self.values[key] = json.loads(json.dumps(value))


def remind(world: World, rig: DeskRig, kept: Kept | None = None, outside: Alerts | None = None) -> Reminders:
    """Reminders over a desk of the harness."""
    desk, kept = rig.desk, kept or Kept()
    terms = terms_of("sse_generic")
    obligations = Obligations(
        bus=desk.bus,
        market=desk.market,
        own=OwnQuotes(desk.bus),
        inquiries=Inquiries(desk.bus, terms.inquiries),
        terms=terms,
        sessions=world.rules.sessions,
        kind=lambda: desk.portfolio.profile.rights.kind,
        now=desk.clock.now,
        write=desk.orders.write,
    )
    return build_reminders(
        desk,
        gate=rig.gate,
        checks=rig.checks,
        valuation=Valuation(desk.market, desk.bus, desk.clock.now, rate=0.015),
        obligations=obligations,
        calendar=CALENDAR,
        records=rig.journal.read(),
        read=kept.read,
        write=kept.write,
        outside=outside or Alerts(),
    )


def keys(reminders: Reminders) -> list[str]:
    return [alert.finding.key for alert in reminders.book.alerts()]


async def hold_one(world: World, rig: DeskRig) -> None:
    read = [Acknowledgement(OrderWarning.NEAR_EXPIRY, "Li", rig.desk.clock.now())]
    order = await rig.orders.submit(limit(CALL, "0.4630"), acknowledged=read)
    await world.settle()
    assert rig.order(order).status is OrderStatus.FILLED


# ---- memory


@pytest.mark.requirement("T6", "R2")
@pytest.mark.fault("F20")
def test_over_a_restart_nothing_is_said_twice_and_who_acknowledged_is_known(tmp_path: Path) -> None:
    kept = Kept({THRESHOLDS_KEY: {"near_expiry_days": 20}})

    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await hold_one(world, rig)
        reminders = remind(world, rig, kept)
        reminders.evaluate()
        key = f"near_expiry:{FUND}:2026-03-25"
        assert key in keys(reminders)
        reminders.book.acknowledge(key, "Li", rig.desk.clock.now())
        await world.settle()
        await world.kill_desk("D1")
        rig = await world.open_desk()
        again = remind(world, rig, kept)
        said: list[AlertsChanged] = []
        rig.desk.bus.subscribe(AlertsChanged, said.append)
        await world.settle()
        again.evaluate()
        assert key not in keys(again)
        assert [alert.finding.key for event in said for alert in event.said if alert.finding.key == key] == []
        known = again.book.get(key)
        assert known is not None
        assert (known.standing, known.acknowledged_by) == (Standing.ACKNOWLEDGED, "Li")

    play(tmp_path, story)


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


# ---- the user's settings


def test_a_user_changes_figures_and_conditions_and_finds_them_again(tmp_path: Path) -> None:
    kept = Kept({THRESHOLDS_KEY: {"margin_warn": "9", "stale_seconds": 60}, CONDITIONS_KEY: [{"name": "bad"}]})

    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        reminders = remind(world, rig, kept)
        assert [error.field for error in reminders.refused] == ["margin_warn", "reminder condition"]
        assert reminders.thresholds.stale_seconds == 60
        reminders.set_threshold("group_from", 3)
        assert reminders.book.group_from == 3
        with pytest.raises(BadInput, match="group_from"):
            reminders.set_threshold("group_from", 1)
        reminders.set_threshold("stale_seconds", None)
        assert reminders.thresholds.stale_seconds == reminders.defaults.stale_seconds
        reminders.set_condition({"name": "up", "measure": "price", "of": FUND, "comparison": "above", "threshold": "2"})
        again = remind(world, rig, kept)
        assert (again.thresholds, again.conditions) == (reminders.thresholds, reminders.conditions)
        with pytest.raises(BadInput, match="threshold"):
            again.set_condition({"name": "up", "measure": "price", "of": FUND, "comparison": "above"})
        again.remove_condition("up")
        assert kept.values[CONDITIONS_KEY] == []

    play(tmp_path, story)


@pytest.mark.parametrize(("how", "said"), [("once", 1), ("every", 2)])
def test_a_condition_fires_goes_and_comes_back_as_set(tmp_path: Path, how: str, said: int) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        reminders = remind(world, rig)
        heard: list[AlertsChanged] = []
        rig.desk.bus.subscribe(AlertsChanged, heard.append)
        condition = {"name": "long", "measure": "position", "of": CALL, "comparison": "above", "threshold": "0"}
        reminders.set_condition(condition | {"how": how})
        reminders.evaluate()
        assert keys(reminders) == []
        for _ in range(2):
            await hold_one(world, rig)
            reminders.evaluate()
            await rig.orders.submit(limit(CALL, "0.4620", instruction=Instruction.SELL_CLOSE))
            await world.settle()
            reminders.evaluate()
            assert keys(reminders) == []
        assert sum(len(event.said) for event in heard) == said

    play(tmp_path, story)


# ---- faults and pace


def test_a_rule_that_raises_is_stopped_and_named_and_the_others_go_on(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("reminder rule broken raised")

    def broken(outlook: Outlook, thresholds: object) -> Iterator[Finding]:
        raise ZeroDivisionError
        yield

    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await hold_one(world, rig)
        reminders = remind(world, rig, Kept({THRESHOLDS_KEY: {"near_expiry_days": 20}}))
        reminders.watch._rules.insert(0, broken)
        for _ in range(2):
            reminders.evaluate()
        assert keys(reminders) == [f"near_expiry:{FUND}:2026-03-25"]
        assert [alarm.figures for alarm in rig.alarms if alarm.kind is AlarmKind.OBSERVER_STOPPED] == [
            ("broken", "ZeroDivisionError")
        ]

    play(tmp_path, story)


def test_a_look_that_fails_is_told_once_and_the_next_one_is_taken(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("the reminders could not be looked at")

    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        reminders = remind(world, rig)

        def fail(key: str) -> Alert | None:
            raise ZeroDivisionError(key)

        reminders.watch.state_of = fail
        condition = {"name": "up", "measure": "price", "of": FUND, "comparison": "above", "threshold": "0.1"}
        reminders.set_condition(condition)
        for _ in range(3):
            reminders._look()
        assert [alarm.figures for alarm in rig.alarms] == [("reminders", "ZeroDivisionError")]
        reminders.watch.state_of = reminders.book.get
        reminders._look()
        assert len(keys(reminders)) == 1

    play(tmp_path, story)


@pytest.mark.requirement("X4")
@pytest.mark.parametrize("turns", range(4))
def test_the_end_is_not_lost_on_a_cause_that_comes_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turns: int
) -> None:
    monkeypatch.setattr(alerts, "EVALUATE_SECONDS", 0.01)

    async def story(world: World) -> None:
        reminders = remind(world, await world.open_desk())
        running = asyncio.ensure_future(reminders.run())
        while not reminders._due._waiters:
            await world.settle()
            await asyncio.sleep(0)
        reminders.mark_due()
        for _ in range(turns):
            await asyncio.sleep(0)
        running.cancel()
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        assert running.cancelled()

    play(tmp_path, story)


@pytest.mark.requirement("T7")
def test_from_its_cause_to_the_screen_a_reminder_takes_less_than_a_second(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        reminders = remind(world, rig, Kept({THRESHOLDS_KEY: {"near_expiry_days": 20}}))
        loop = asyncio.get_running_loop()
        heard: asyncio.Future[float] = loop.create_future()

        def hear(event: AlertsChanged) -> None:
            if event.said and not heard.done():
                heard.set_result(loop.time())

        rig.desk.bus.subscribe(AlertsChanged, hear)
        running = asyncio.ensure_future(reminders.run())
        try:
            await asyncio.sleep(0)
            await hold_one(world, rig)
            caused = loop.time()
            rig.desk.bus.publish(AccountChanged())
            assert await asyncio.wait_for(heard, 5.0) - caused < 1.0
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    play(tmp_path, story)


def test_before_a_venue_has_told_its_day_nothing_is_said(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.rigs["D9"] = world.build_desk("D9", "A9", None)
        reminders = remind(world, world.rigs["D9"])
        reminders.evaluate()
        assert reminders.book.history() == ()

    play(tmp_path, story)


# ---- outside


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (Alerts(web_hook="file:///etc/passwd"), "web_hook"),
        (Alerts(web_hook="example.org"), "web_hook"),
        (Alerts(mail=MailSettings(host="h", sender="a", recipients=("b@c",))), "addresses"),
        (Alerts(mail=MailSettings(host="h", sender="a@b", recipients=())), "recipients"),
        (Alerts(mail=MailSettings(host="h", sender="a@b\nBcc: x@y", recipients=("b@c",))), "addresses"),
        (Alerts(mail=MailSettings(host="h", sender="a@b", recipients=("b@c",), user="u", tls=False)), "TLS"),
        (
            Alerts(mail=MailSettings(host="h", sender="a@b", recipients=("b@c",), password_file="/none")),
            "password_file",
        ),
    ],
)
def test_a_bad_address_is_refused_at_the_start(tmp_path: Path, settings: Alerts, says: str) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        with pytest.raises(ConfigurationError, match=says):
            remind(world, rig, outside=settings)

    play(tmp_path, story)
