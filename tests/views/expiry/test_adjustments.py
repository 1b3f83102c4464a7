"""The adjustment sheet before and after an ex-day, the pool, and the day on which cover must be brought."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.domain.accounts import Holding, Position, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import ListingState, Right
from terminal.domain.instructions import InstructionKind as Kind
from terminal.domain.messages import DayOpened, Instruct, Notice, NoticeKind
from terminal.services.adjustments import margin_change
from terminal.services.desk import Desk
from terminal.services.event_calendar import EventKind, TodoKind
from terminal.services.expiry_services import ExpiryServices
from terminal.views.appearance import Appearance
from terminal.views.expiry.adjustment_panel import AdjustmentPanel
from terminal.views.expiry.covered_panel import CoveredPanel
from terminal.views.record_table import Export
from terminal.views.translation import Languages
from tests.views.desk_rig import MemoryJournal, RecordingGateway, make_contract
from tests.views.expiry.expiry_rig import EX_DAY, EXPIRIES, NOW, TODAY, code_of, contracts, report
from tests.views.trading.ticket_rig import Started

D = Decimal
pytestmark = pytest.mark.requirement("X6", "T4")


def test_new_terms_are_reckoned_ahead_of_the_ex_day(day: Desk, services: ExpiryServices) -> None:
    # rulebook 7: U x P / (P - D) = 10,000 x 2.466 / 2.417 = 10,202.7 -> 10,203; K x 10,000 / 10,203
    (sheet,) = services.adjustments.sheets()
    assert (sheet.ex_day, sheet.cash, sheet.reference, sheet.is_estimate) == (EX_DAY, D("0.049"), D("2.466"), True)
    # What expires before is not adjusted
    assert {row.contract.expiry for row in sheet.rows} == set(EXPIRIES[1:])
    row = next(r for r in sheet.rows if r.contract.code == code_of(day, Right.CALL, "2.60", EXPIRIES[1]))
    assert (row.old_multiplier, row.new_multiplier) == (10_000, 10_203)
    assert (row.old_strike, row.new_strike) == (D("2.60"), D("2.548"))
    assert (row.old_trading_code, row.new_trading_code) == ("510050C2612M02600", "510050C2612A02600")
    assert (row.old_name, row.new_name) == ("50ETF购12月2600", "50ETF购12月2548A")
    assert (row.covered, row.old_margin) == (5, None)
    short = next(r for r in sheet.rows if r.short)
    assert short.short == 8
    change = margin_change(sheet)
    assert change == (short.old_margin, short.new_margin)
    assert short.old_margin is not None
    assert short.new_margin is not None
    # With the close of the eve the exchange's own figures: 10,000 x 2.450 / 2.401 = 10,204.1
    figures = {"day": EX_DAY.isoformat(), "cash": "0.049", "close": "2.450"}
    day.on_event(Notice(kind=NoticeKind.EX_RIGHT, at=NOW, number=9, underlying="510050", figures=figures))
    (published,) = services.adjustments.sheets()
    assert (published.is_estimate, published.reference) == (False, D("2.450"))
    assert {r.new_multiplier for r in published.rows} == {10_204}
    # Worth as much as before but for rounding, so the margin is as well
    assert abs(short.new_margin / short.old_margin - 1) < D("0.02")


def test_old_terms_are_told_back_after_it(day: Desk, services: ExpiryServices) -> None:
    adjusted = replace(
        make_contract(91, "510050", EXPIRIES[1], Right.CALL, "2.006", adjustment="A", unit=10_220),
        trading_code="510050C2612A02050",
        name="50ETF购12月2006A",
        recently_adjusted=True,
        previous_settlement=D("0.3914"),
    )
    fresh = replace(
        make_contract(92, "510050", EXPIRIES[1], Right.CALL, "2.05"), first_day=TODAY, listing=ListingState.NEW
    )
    again = replace(adjusted, code="10000093", trading_code="510050C2612B02050")
    market = day.market
    day.notices.clear()
    listed = (*contracts(), adjusted, again, fresh)
    day.on_event(DayOpened(trading_day=TODAY, underlyings=market.underlyings, contracts=listed, source="test"))
    (sheet,) = services.adjustments.sheets()
    assert (sheet.ex_day, sheet.is_estimate, sheet.cash) == (TODAY, False, None)
    first, second = sorted(sheet.rows, key=lambda r: r.contract.code)
    # rulebook 7, the first live case: 2.05 -> 2.006 with 10,220
    assert (first.old_strike, first.new_strike, first.old_multiplier) == (D("2.05"), D("2.006"), 10_000)
    assert first.old_settlement == D("0.4000")
    assert first.old_trading_code == "510050C2612M02050"
    # Twice adjusted: the terms between are not known here
    assert (second.old_strike, second.old_name, second.new_multiplier) == (None, None, 10_220)


def test_notices_that_cannot_be_read_are_passed_over(day: Desk, services: ExpiryServices) -> None:
    for number, figures in enumerate(({"day": "soon", "cash": "0.1"}, {"day": "2026-12-01", "cash": "NaN"}, {}), 2):
        day.on_event(Notice(kind=NoticeKind.EX_RIGHT, at=NOW, number=number, underlying="510300", figures=figures))
    assert [d.underlying for d in services.adjustments.announced()] == ["510050"]


@pytest.mark.requirement("T5", "O18")
def test_cover_to_be_brought_stands_in_calendar_and_list(day: Desk, services: ExpiryServices) -> None:
    row = services.pool.row("510050")
    assert row is not None
    # 5 covered calls of December by 203 shares each; those of November end before
    assert (row.need.needed_now, row.need.needed_after, row.to_lock, row.lockable) == (170_000, 171_015, 1_015, 1_015)
    assert row.cut_off == datetime(2026, 12, 1, 11, 30, tzinfo=SHANGHAI)
    (todo,) = [t for t in services.events.next_up() if t.kind is TodoKind.TOP_UP]
    assert (todo.shares, todo.due) == (1_015, row.cut_off)
    kinds = {e.kind: e.day for e in services.events.events(TODAY, date(2026, 12, 31)) if e.underlyings == ("510050",)}
    assert kinds[EventKind.EX_EVE] == date(2026, 11, 27)
    assert (kinds[EventKind.EX_DAY], kinds[EventKind.TOP_UP]) == (EX_DAY, date(2026, 12, 1))
    # What the counter says is missing counts without any notice
    day.notices.clear()
    short = Holding(underlying="510050", total=170_000, locked=170_000, covering=170_000, short=700)
    day.on_event(report(day, holdings=(short,)))
    row = services.pool.row("510050")
    assert row is not None
    assert (row.to_lock, row.lockable) == (700, 0)
    assert row.cut_off is not None
    assert row.cut_off.date() == TODAY


@pytest.mark.requirement("X12")
def test_the_sheet_shows_old_and_new_in_both_languages(
    qtbot: QtBot,
    day: Desk,
    services: ExpiryServices,
    appearance: Appearance,
    export: Export,
    languages: Languages,
    qtmodeltester: ModelTester,
) -> None:
    panel = AdjustmentPanel(day, services, appearance, export)
    qtbot.addWidget(panel)
    panel.resize(1500, 700)
    panel.show()
    panel.flush()
    qtmodeltester.check(panel.model)
    assert panel.model.rowCount() == 14
    panel.months.setCurrentIndex(panel.months.count() - 1)
    panel.flush()
    assert panel.model.rowCount() == 28
    panel.mine_button.click()
    # Margin of rulebook 6 with this client's 20 % on top: (0.0500 + 12 % x 2.466 - 0.084) x 10,000 x 1.2 x 8, and
    # (0.0490 + 12 % x 2.417 - 0.082) x 10,203 x 1.2 x 8 behind the ex-day
    assert panel.model.plain_rows() == [
        ["Dec Call", "2.550", "2.499", "10,000", "10,203", "25,497.3", "Short −8", "25,144.32", "25,176.80",
         "0.0500", "0.0490", "50ETF购12月2550", "50ETF购12月2499A", "510050C2612M02550", "510050C2612A02550"],
        ["Dec Call", "2.600", "2.548", "10,000", "10,203", "25,997.2", "Covered −5", "–", "–",
         "0.0500", "0.0490", "50ETF购12月2600", "50ETF购12月2548A", "510050C2612M02600", "510050C2612A02600"],
    ]  # fmt: skip
    assert panel.facts.figures()["Contract unit"] == "10,000 → 10,203"
    assert "Estimated" in panel.note.text()
    assert not panel.cover.isHidden()
    hidden = [n for n in range(panel.model.columnCount()) if panel.table.isColumnHidden(n)]
    assert hidden == []
    panel.resize(340, 700)
    qtbot.waitUntil(lambda: panel.table.isColumnHidden(panel.model.column_of("new_code")))
    assert not panel.table.isColumnHidden(panel.model.column_of("position"))
    with qtbot.waitSignal(panel.lock_wanted) as wanted:
        panel.lock_button.click()
    assert wanted.args == ["510050"]
    languages.use("zh_CN")
    qtbot.waitUntil(lambda: "测算" in panel.note.text())
    assert panel.model.plain_rows()[0][6] == "义务仓 −8"


def test_behind_the_ex_day_the_sheet_has_every_column_too(
    qtbot: QtBot, day: Desk, services: ExpiryServices, appearance: Appearance, export: Export
) -> None:
    # rulebook 7, the first live case, held short; the counter's own margin is told back to the old terms
    adjusted = replace(
        make_contract(91, "510050", EXPIRIES[1], Right.CALL, "2.006", adjustment="A", unit=10_220),
        trading_code="510050C2612A02050",
        name="50ETF购12月2006A",
        recently_adjusted=True,
        previous_settlement=D("0.3914"),
    )
    day.notices.clear()
    listed = (*contracts(), adjusted)
    day.on_event(DayOpened(trading_day=TODAY, underlyings=day.market.underlyings, contracts=listed, source="test"))
    mine = Position(contract_code=adjusted.code, side=PositionSide.SHORT, quantity=2, margin=D("14000"))
    day.on_event(report(day, positions=(mine,)))
    panel = AdjustmentPanel(day, services, appearance, export)
    qtbot.addWidget(panel)
    panel.resize(1500, 700)
    panel.show()
    panel.flush()
    (row,) = panel.model.plain_rows()
    assert row[:7] == ["Dec Call", "2.050", "2.006", "10,000", "10,220", "20,501.3", "Short −2"]
    assert row[9:] == [
        "0.4000", "0.3914", "50ETF购12月2050", "50ETF购12月2006A", "510050C2612M02050", "510050C2612A02050",
    ]  # fmt: skip
    (sheet,) = services.adjustments.sheets()
    assert row[7:9] == [f"{value:,.2f}" for value in margin_change(sheet) or ()]
    assert not [n for n in range(panel.model.columnCount()) if panel.table.isColumnHidden(n)]


def test_without_an_ex_day_the_sheet_says_so(
    qtbot: QtBot, day: Desk, services: ExpiryServices, appearance: Appearance, export: Export
) -> None:
    day.notices.clear()
    panel = AdjustmentPanel(day, services, appearance, export)
    qtbot.addWidget(panel)
    assert panel.bar.note.text() == "No ex-day is announced and none was lately"
    assert panel.model.rowCount() == 0


@pytest.mark.requirement("T5", "O4")
def test_the_pool_locks_unlocks_and_converts(
    qtbot: QtBot,
    day: Desk,
    services: ExpiryServices,
    appearance: Appearance,
    started: Started,
    gateway: RecordingGateway,
    journal: MemoryJournal,
) -> None:
    panel = CoveredPanel(day, services, appearance, started, confirm=lambda: False)
    qtbot.addWidget(panel)
    panel.show()
    cards = {text.key: text for text in panel.cards.texts()}
    pool = cards["510050"]
    assert pool.tone == "warn"
    assert ("To be locked", "1,015 shares", "warn") in pool.figures
    assert [b.key for b in pool.buttons] == ["lock 1015", "unlock 0"]
    assert pool.buttons[1].closed == "All locked shares cover"
    panel.lock_missing("510050")
    panel.lock_missing("510050")
    started.finish()
    sent = [c for c in gateway.sent if isinstance(c, Instruct)]
    assert [(c.kind, c.underlying, c.quantity) for c in sent] == [(Kind.LOCK, "510050", 1_015)]
    # A conversion costs something: it asks even where orders are not confirmed
    code = code_of(day, Right.CALL, "2.60", EXPIRIES[1])
    panel.cards.pressed.emit(code, f"convert 5 {Kind.TO_NAKED}")
    assert "50,000 shares are freed" in panel.strip.said.text()
    assert panel.strip.is_asking
    panel.strip.agree()
    started.finish()
    sent = [c for c in gateway.sent if isinstance(c, Instruct)]
    assert (sent[-1].kind, sent[-1].contract_code, sent[-1].quantity) == (Kind.TO_NAKED, code, 5)
    with qtbot.waitSignal(panel.instruction_wanted) as wanted:
        panel.cards.pressed.emit("510050", "bring 300")
    assert wanted.args == [Kind.SHARES_IN, "510050", 300]
    # More is locked than covers anything: what is over can be had back
    over = Holding(underlying="510050", total=170_000, locked=170_000, covering=120_000)
    day.on_event(report(day, holdings=(over,)))
    panel.flush()
    pool = next(text for text in panel.cards.texts() if text.key == "510050")
    unlock = next(button for button in pool.buttons if button.key.startswith("unlock"))
    assert not unlock.closed
    panel.cards.pressed.emit("510050", unlock.key)
    if panel.strip.is_asking:
        panel.strip.agree()
    started.finish()
    sent = [c for c in gateway.sent if isinstance(c, Instruct)]
    assert (sent[-1].kind, sent[-1].quantity) == (Kind.UNLOCK, int(unlock.key.split()[1]))
    assert 0 < sent[-1].quantity <= 50_000
    short = Holding(underlying="510050", total=170_000, locked=170_000, covering=170_000, short=700)
    day.on_event(report(day, holdings=(short,)))
    panel.flush()
    pool = next(text for text in panel.cards.texts() if text.key == "510050")
    assert pool.tone == "critical"
    assert "close 1" in pool.note
