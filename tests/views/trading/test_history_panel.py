"""The past: a day of the journal as orders, fills and instructions, to read and to take away."""

from asyncio import AbstractEventLoop, Future
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from terminal.domain import wire
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import JournalError
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import DayOpened, InstructionReport, OrderReport
from terminal.domain.orders import ExecType, Instruction, Order, OrderStatus, OrderType
from terminal.domain.ports import Record, RecordKind
from terminal.domain.reasons import Reason
from terminal.services.desk import Desk
from terminal.services.events import OrderChanged
from terminal.services.history import History
from terminal.services.known_contracts import KnownContracts, listed_body
from terminal.views.appearance import Appearance
from terminal.views.texts import name_of
from terminal.views.trading import history_panel
from terminal.views.trading.history_panel import HistoryPanel
from terminal.views.translation import Languages

FRIDAY = datetime(2026, 11, 6, 10, 0, tzinfo=SHANGHAI)
THURSDAY = FRIDAY - timedelta(days=1)
Exported = list[tuple[str, list[str], list[list[str]]]]
Export = Callable[[str, list[str], list[list[str]]], None]


@dataclass(frozen=True)
class Written:
    """One journal record."""

    number: int
    at: datetime
    kind: RecordKind
    body: bytes


@dataclass
class PastJournal:
    """A journal that was written before; `failure`, when set, is what reading raises."""

    loop: AbstractEventLoop
    records: list[Written] = field(default_factory=list)
    failure: JournalError | None = None
    reads: int = 0
    begun_after: list[int] = field(default_factory=list)

    def append(self, records: Sequence[tuple[RecordKind, datetime, bytes]]) -> "Future[int]":
        """Keep the records."""
        for kind, at, body in records:
            self.records.append(Written(len(self.records) + 1, at, kind, body))
        done: Future[int] = self.loop.create_future()
        done.set_result(len(self.records))
        return done

    def set_bookmark(self, at: datetime, body: bytes) -> "Future[int]":
        """No place is kept."""
        return self.append([])

    def bookmark(self) -> tuple[int, bytes] | None:
        """None."""
        return None

    def read(self, after: int = 0) -> Sequence[Record]:
        """Everything written."""
        self.reads += 1
        if self.failure is not None:
            raise self.failure
        return self.records[after:]

    def read_kind(self, kinds: Iterable[RecordKind], after: int) -> Sequence[Record]:
        """What is of the kinds."""
        self.begun_after.append(after)
        return [record for record in self.read(after) if record.kind in set(kinds)]

    async def close(self) -> None:
        """Nothing to do."""


@pytest.fixture
def past(qt_loop: AbstractEventLoop, desk: Desk) -> PastJournal:
    """Thursday: a lock and a refused order. Friday: an order filled by 4 of 10."""
    journal = PastJournal(qt_loop)
    code = desk.market.contracts[4].code

    def order(number: int, at: datetime, status: OrderStatus, reason: Reason | None = None) -> Order:
        return Order(
            client_order_id=f"D1-{at:%y%m%d}-{number:06d}",
            account_id="A-1",
            contract_code=code,
            instruction=Instruction.BUY_OPEN,
            order_type=OrderType.LIMIT,
            quantity=10,
            price=Decimal("0.0500"),
            status=status,
            submitted_at=at,
            updated_at=at,
            reason=reason,
        )

    refused = order(1, THURSDAY, OrderStatus.DENIED, Reason.FUNDS)
    sent = order(1, FRIDAY, OrderStatus.SUBMITTED)
    lock = InstructionReport(
        sequence=1, instruction_id="D1-L1", kind=InstructionKind.LOCK, underlying="510050", quantity=10_000,
        at=THURSDAY, trading_day=THURSDAY.date(),
    )  # fmt: skip
    fill = OrderReport(
        sequence=1,
        report_id="R1",
        account_id="A-1",
        client_order_id=sent.client_order_id,
        exchange_order_id="X1",
        exec_type=ExecType.TRADE,
        contract_code=code,
        instruction=Instruction.BUY_OPEN,
        order_type=OrderType.LIMIT,
        quantity=10,
        price=Decimal("0.0500"),
        last_price=Decimal("0.0498"),
        filled_quantity=4,
        last_quantity=4,
        fee=Decimal("12.00"),
        at=FRIDAY,
        trading_day=FRIDAY.date(),
    )
    journal.append(
        [
            (RecordKind.DENIED, THURSDAY, msgspec.msgpack.encode(refused)),
            (RecordKind.EVENT, THURSDAY, wire.encode(lock)),
            (RecordKind.SUBMITTED, FRIDAY, msgspec.msgpack.encode(sent)),
            (RecordKind.EVENT, FRIDAY, wire.encode(fill)),
        ]
    )
    return journal


def cancelled(order: Order) -> OrderReport:
    """The report that takes the rest of an order out."""
    return OrderReport(
        sequence=2,
        report_id="R2",
        account_id="A-1",
        client_order_id=order.client_order_id,
        exchange_order_id="X1",
        exec_type=ExecType.CANCELLED,
        contract_code=order.contract_code,
        instruction=order.instruction,
        order_type=order.order_type,
        quantity=order.quantity,
        price=order.price,
        filled_quantity=order.filled_quantity,
        at=FRIDAY,
        trading_day=FRIDAY.date(),
    )


@contextmanager
def shown(qtbot: QtBot, panel: HistoryPanel) -> Iterator[None]:
    """On screen, then hidden again."""
    panel.show()
    qtbot.waitExposed(panel)
    yield
    panel.hide()


@pytest.fixture
def panel(qtbot: QtBot, past: PastJournal, desk: Desk, appearance: Appearance, export: Export) -> HistoryPanel:
    panel = HistoryPanel(History(past.read_kind), desk, appearance, export)
    qtbot.addWidget(panel)
    return panel


@pytest.mark.requirement("T12")
def test_the_journal_is_read_when_first_shown_and_the_newest_day_chosen(
    qtbot: QtBot, panel: HistoryPanel, past: PastJournal
) -> None:
    assert past.reads == 0
    panel.show()
    qtbot.waitExposed(panel)
    panel.close()
    assert panel.day == date(2026, 11, 6)
    assert [panel.day_choice.itemText(n) for n in range(panel.day_choice.count())] == ["2026-11-06", "2026-11-05"]
    assert [panel.tabs.tabText(n) for n in range(3)] == ["Orders 1", "Fills 1", "Instructions 0"]
    assert panel.orders.plain_rows()[0][1:8] == [
        "50ETF Nov 2.50 Call", "Buy open", "0.0500", "10", "4", "0.0498", "◐ Part filled",
    ]  # fmt: skip
    assert panel.bar.note.text() == "Lots traded 4, fees 12.00 yuan"


@pytest.mark.requirement("T12")
def test_each_table_of_a_chosen_day_is_exported_under_its_name_and_day(panel: HistoryPanel, exported: Exported) -> None:
    panel.refresh()
    panel.choose(date(2026, 11, 5))
    for tab in range(3):
        panel.tabs.setCurrentIndex(tab)
        panel.export_button.click()
    assert [(title, len(rows)) for title, _, rows in exported] == [
        ("Orders 2026-11-05", 1),
        ("Fills 2026-11-05", 0),
        ("Instructions 2026-11-05", 1),
    ]
    assert exported[2][2][0][1:5] == ["Lock shares", "50ETF", "10,000", "✓ Accepted"]


@pytest.mark.requirement("T12")
def test_the_newest_day_is_read_again_once_it_has_moved_on(
    qtbot: QtBot, panel: HistoryPanel, past: PastJournal, desk: Desk
) -> None:
    with shown(qtbot, panel):
        assert past.reads == 1
        assert panel.orders.plain_rows()[0][7] == "◐ Part filled"
        sent = panel.orders.record(0)
        assert sent is not None
        reads = past.reads
        past.append([(RecordKind.EVENT, FRIDAY, wire.encode(cancelled(sent)))])
        desk.bus.publish(OrderChanged(sent))
        panel.flush()
        # In front it says so and does not read by itself
        assert panel.bar.note.text().startswith("More has come since: read again")
        assert past.reads == reads
    with shown(qtbot, panel):
        # From where it was left: a maker's journal would keep his quotes waiting for seconds
        assert past.begun_after == [0, 4]
        assert panel.orders.plain_rows()[0][7] == "⊘ Cancelled"
        assert panel.bar.note.text() == "Lots traded 4, fees 12.00 yuan"
        reads = past.reads
    # An earlier day stands still
    panel.choose(date(2026, 11, 5))
    desk.bus.publish(OrderChanged(sent))
    with shown(qtbot, panel):
        assert panel.day == date(2026, 11, 5)
        assert past.reads == reads
        assert panel.bar.note.text() == "Lots traded 0, fees 0.00 yuan"


def test_contracts_get_their_names_when_the_list_comes_after_the_past(
    qtbot: QtBot, panel: HistoryPanel, desk: Desk
) -> None:
    day = desk.market.day
    assert day is not None
    # A journal of before contracts were written down
    desk.market.known_contracts = KnownContracts()
    desk.on_event(DayOpened(trading_day=day.trading_day, underlyings=day.underlyings, contracts=()))
    panel.refresh()
    assert panel.orders.plain_rows()[0][1].isdigit()
    desk.on_event(day)
    assert panel.orders.plain_rows()[0][1] == "50ETF Nov 2.50 Call"


def test_a_long_journal_is_read_a_little_at_a_time_and_only_while_it_is_seen(
    qtbot: QtBot, panel: HistoryPanel, past: PastJournal, languages: Languages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_panel, "_SLICE", 1)
    with shown(qtbot, panel):
        assert panel.bar.note.text() == "The journal is being read…"
        languages.use("zh_CN")
        QCoreApplication.processEvents()
        assert panel.bar.note.text() == "正在读取日志…"
        languages.use("en")
        assert panel.day is None
    # Behind another tab nothing is read
    assert not panel._next_slice.isActive()
    with shown(qtbot, panel):
        qtbot.waitUntil(lambda: panel.day == FRIDAY.date())
        assert panel.bar.note.text() == "Lots traded 4, fees 12.00 yuan"
    assert past.begun_after == [0]


def test_reading_again_keeps_the_day(panel: HistoryPanel) -> None:
    panel.refresh()
    panel.choose(date(2026, 11, 5))
    panel.choose(date(1999, 1, 1))
    panel.refresh()
    assert panel.day == date(2026, 11, 5)


def test_a_journal_that_cannot_be_read_is_told_and_shows_nothing_old(panel: HistoryPanel, past: PastJournal) -> None:
    panel.refresh()
    past.failure = JournalError("record 3 does not verify")
    panel.refresh()
    assert panel.bar.note.text() == "✕ The journal cannot be read: record 3 does not verify"
    assert panel.orders.rowCount() == 0


def test_an_empty_journal_says_so_in_either_language(
    panel: HistoryPanel, past: PastJournal, languages: Languages, qtbot: QtBot
) -> None:
    past.records.clear()
    panel.refresh()
    assert panel.day is None
    assert panel.bar.note.text() == "No earlier day in the journal"
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert panel.bar.note.text() == "日志中没有历史交易日"
    assert panel.tabs.tabText(2) == "非交易指令 0"


@pytest.mark.requirement("T12")
def test_a_contract_that_has_left_the_list_has_the_name_and_unit_of_its_day(
    panel: HistoryPanel, past: PastJournal, desk: Desk
) -> None:
    listed = desk.market.contracts[4]
    gone = replace(listed, code="10008888", trading_code="510050C2610M02600", strike=Decimal("2.600"))
    later = replace(gone, trading_code="510050C2610A02600", strike=Decimal("2.549"), multiplier=10_200)
    event = wire.decode_event(past.records[-1].body)
    assert isinstance(event, OrderReport)
    fill = msgspec.structs.replace(event, report_id="R2", client_order_id="D1-2", contract_code=gone.code)
    past.records.pop()
    past.append(
        [
            (RecordKind.LISTED, FRIDAY, listed_body((gone,))),
            (RecordKind.EVENT, FRIDAY, wire.encode(fill)),
            (RecordKind.LISTED, FRIDAY + timedelta(days=3), listed_body((later,))),
        ]
    )
    desk.market.known_contracts.take((gone, later))
    panel.refresh()
    names = [column.key for column in panel.fills.columns]
    (row,) = panel.fills.plain_rows()
    # 4 x 0.0498 x 10,000
    assert (row[names.index("contract")], row[names.index("amount")]) == ("50ETF Oct 2.60 Call", "1,992.00")
    # A page of now calls it as it was called last
    assert name_of(gone.code, desk.market) == "50ETF Oct 2.549A Call"
