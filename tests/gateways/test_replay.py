"""Replay: a recorded day comes through the same port, and nothing can be sent into it."""

import asyncio
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from terminal.domain.accounts import Funds
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import JournalError
from terminal.domain.messages import (
    PROTOCOL,
    AccountReport,
    CancelAll,
    Capability,
    ClockChanged,
    Event,
    Hello,
    OrderReport,
    PhaseChanged,
    Ping,
    Pong,
    Recovered,
    Refused,
    SetClock,
    SubmitOrder,
    Welcome,
)
from terminal.domain.orders import ExecType, Instruction, OrderType
from terminal.domain.phases import Phase
from terminal.domain.ports import Gateway, LinkState
from terminal.domain.reasons import Reason
from terminal.gateways.replay import Recording, ReplayGateway

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)
FAST = 1e6
WELCOME = Welcome(
    protocol=PROTOCOL,
    venue="sim",
    account_id="8800",
    capabilities=tuple(Capability),
    trading_day=DAY,
    book_id="b1",
    simulated=True,
    seed=7,
)
ORDER = SubmitOrder(
    client_order_id="d-1",
    contract_code="10001771",
    instruction=Instruction.BUY_OPEN,
    order_type=OrderType.LIMIT,
    quantity=1,
    price=Decimal("0.1"),
)


def phase(second: int, name: Phase = Phase.CONTINUOUS) -> tuple[datetime, Event]:
    at = AT + timedelta(seconds=second)
    return at, PhaseChanged(phase=name, at=at)


def report(sequence: int) -> OrderReport:
    return OrderReport(
        sequence=sequence,
        report_id=f"r{sequence}",
        account_id="8800",
        client_order_id="d-1",
        exchange_order_id="e-1",
        exec_type=ExecType.ACKNOWLEDGED,
        contract_code="10001771",
        instruction=Instruction.BUY_OPEN,
        order_type=OrderType.LIMIT,
        quantity=1,
        at=AT,
        trading_day=DAY,
    )


class Listener:
    """Keeps what it was told; `until` waits for a condition over it."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.links: list[tuple[LinkState, str]] = []
        self._news = asyncio.Event()

    def on_event(self, event: Event) -> None:
        self.events.append(event)
        self._news.set()

    def on_link(self, state: LinkState, detail: str) -> None:
        self.links.append((state, detail))
        self._news.set()

    async def until(self, kind: type[Event] | LinkState, count: int = 1) -> None:
        while sum(link[0] is kind for link in self.links) + len(self.of(kind)) < count:
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), 10)

    def of(self, kind: object) -> list[Event]:
        return [event for event in self.events if type(event) is kind]

    def played(self) -> list[Event]:
        return [event for event in self.events if not isinstance(event, ClockChanged)]


def tape(*events: tuple[datetime, Event]) -> Recording:
    return lambda: iter(events)


@pytest.mark.parametrize("turns", range(4))
def test_the_end_is_not_lost_on_a_change_that_comes_with_it(turns: int) -> None:
    async def run() -> None:
        listener = Listener()
        gateway = ReplayGateway(tape((AT, WELCOME), phase(7200)), speed=1.0)
        await gateway.start(listener)
        for _ in range(10):
            await asyncio.sleep(0)
        assert gateway._changed._waiters
        gateway.send(SetClock(speed=2.0))
        for _ in range(turns):
            await asyncio.sleep(0)
        stopping = asyncio.ensure_future(gateway.stop())
        for _ in range(10):
            await asyncio.sleep(0)
        assert stopping.done()

    asyncio.run(run())


@pytest.mark.requirement("X9")
def test_a_day_comes_in_its_order_after_a_welcome_that_offers_the_clock_alone() -> None:
    async def run() -> None:
        listener = Listener()
        gateway: Gateway = ReplayGateway(
            tape(
                (AT, WELCOME),
                phase(1),
                (AT, Pong(number=1, at=AT)),
                (AT, ClockChanged(at=AT, speed=1.0)),
                (AT, Recovered(last_sequence=4)),
                phase(7200, Phase.LUNCH),
            ),
            speed=FAST,
        )
        assert not gateway.send(Ping(number=1))
        await gateway.start(listener)
        await listener.until(PhaseChanged, 2)
        await gateway.stop()
        assert [state for state, _ in listener.links] == [LinkState.CONNECTING, LinkState.RECOVERING]
        welcome, *rest = listener.played()
        assert isinstance(welcome, Welcome)
        assert welcome.capabilities == (Capability.CLOCK_CONTROL,)
        assert (welcome.account_id, welcome.trading_day, welcome.book_id) == ("8800", DAY, "replay-b1")
        assert welcome.is_replay
        assert not WELCOME.is_replay
        assert rest == [Recovered(last_sequence=0), phase(1)[1], phase(7200, Phase.LUNCH)[1]]
        assert not gateway.send(Ping(number=1))

    asyncio.run(run())


def test_orders_are_refused_and_a_ping_is_answered() -> None:
    async def run() -> None:
        listener = Listener()
        gateway = ReplayGateway(tape((AT, WELCOME), phase(60)), speed=0)
        await gateway.start(listener)
        await listener.until(Recovered)
        assert gateway.send(Hello(protocol=PROTOCOL, desk_id="d", account_id="8800"))
        for command in (ORDER, CancelAll(), SetClock(speed=-1.0), SetClock(speed=float("nan")), Ping(number=9)):
            before = len(listener.events)
            assert gateway.send(command)
            assert len(listener.events) == before, "not from inside the call"
        await listener.until(Pong)
        reasons = [event.reason for event in listener.events if isinstance(event, Refused)]
        assert reasons == [Reason.NOT_SUPPORTED] * 2 + [Reason.MALFORMED] * 2
        assert listener.events[-1] == Pong(number=9, at=AT)
        await gateway.stop()

    asyncio.run(run())


def test_a_paused_replay_moves_by_steps_and_then_at_a_new_speed() -> None:
    async def run() -> None:
        listener = Listener()
        gateway = ReplayGateway(tape((AT, WELCOME), phase(10), phase(20), phase(3600)), speed=0)
        await gateway.start(listener)
        await listener.until(Recovered)
        gateway.send(SetClock(step_seconds=10.0))
        await listener.until(PhaseChanged)
        assert listener.played()[-1] == phase(10)[1]
        clocks = [event for event in listener.events if isinstance(event, ClockChanged)]
        assert [(clock.at, clock.speed) for clock in clocks] == [(AT, 0.0), (AT + timedelta(seconds=10), 0.0)]
        gateway.send(SetClock(speed=FAST))
        await listener.until(PhaseChanged, 3)
        assert listener.played()[-2:] == [phase(20)[1], phase(3600)[1]]
        await gateway.stop()

    asyncio.run(run())


def test_after_the_last_event_the_clock_stands() -> None:
    async def run() -> None:
        listener = Listener()
        gateway = ReplayGateway(tape((AT, WELCOME), phase(5)), speed=FAST)
        await gateway.start(listener)
        await listener.until(PhaseChanged)
        await listener.until(ClockChanged, 2)
        last = listener.events[-1]
        assert isinstance(last, ClockChanged)
        assert (last.at, last.speed) == (AT + timedelta(seconds=5), 0.0)
        await gateway.stop()

    asyncio.run(run())


def test_reports_count_from_one_where_the_recording_begins_in_the_middle_of_a_day() -> None:
    account = AccountReport(
        sequence=41, account_id="8800", at=AT, funds=Funds(balance=Decimal(1)), positions=(), holdings=()
    )

    async def run() -> list[int]:
        listener = Listener()
        gateway = ReplayGateway(
            tape((AT, WELCOME), (AT, account), (AT, report(42)), (AT, report(43)), (AT, report(42)), phase(1)),
            speed=FAST,
        )
        await gateway.start(listener)
        await listener.until(PhaseChanged)
        await gateway.stop()
        return [e.sequence for e in listener.events if isinstance(e, AccountReport | OrderReport)]

    assert asyncio.run(run()) == [0, 1, 2, 1]


def test_a_damaged_recording_takes_the_line_down_and_says_why() -> None:
    def damaged() -> Iterator[tuple[datetime, Event]]:
        yield AT, WELCOME
        raise JournalError("damaged at byte 77")

    async def run() -> None:
        for recording, words in [(damaged, "byte 77"), (tape(), "empty")]:
            listener = Listener()
            gateway = ReplayGateway(recording, speed=FAST)
            await gateway.start(listener)
            await listener.until(LinkState.DOWN)
            assert words in listener.links[-1][1]
            assert not gateway.send(ORDER)
            await gateway.stop()

    asyncio.run(run())
