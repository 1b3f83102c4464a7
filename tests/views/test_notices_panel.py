"""Notices and alarms in one table."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import Notice, NoticeKind
from terminal.services.desk import Desk
from terminal.services.events import AlarmKind, AlarmRaised
from terminal.venue.counter.settlement.steps import Step
from terminal.views.appearance import Appearance
from terminal.views.notices_panel import NoticesPanel
from terminal.views.translation import Languages
from tests.views.desk_rig import account_report, long_position

NOW = datetime(2026, 11, 9, 10, 30, tzinfo=SHANGHAI)


def send(desk: Desk, number: int, kind: NoticeKind, *codes: str, **figures: str) -> None:
    desk.on_event(Notice(kind=kind, at=NOW, number=number, codes=codes, figures=figures))


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, appearance: Appearance) -> NoticesPanel:
    send(desk, 1, NoticeKind.SESSION, phase="T")
    panel = NoticesPanel(desk, appearance)
    qtbot.addWidget(panel)
    send(desk, 2, NoticeKind.BREAKER, "10000001", until="10:33:00")
    desk.bus.publish(AlarmRaised(AlarmKind.JOURNAL, NOW, ("disk full",)))
    panel.flush()
    return panel


@pytest.mark.requirement("T2")
def test_the_newest_stands_first_with_time_kind_and_words(panel: NoticesPanel) -> None:
    rows = panel.model.plain_rows()
    assert [row[1] for row in rows] == ["Alarm", "Breaker", "Session"]
    assert rows[1] == [
        "10:30:00",
        "Breaker",
        "50ETF Nov 2.40 Call",
        "50ETF Nov 2.40 Call: volatility interruption, auction until 10:33:00",
    ]
    assert panel.count == 3


@pytest.mark.requirement("T2")
def test_interruptions_of_what_is_not_ours_share_one_line_for_each_underlying(
    panel: NoticesPanel, desk: Desk, languages: Languages
) -> None:
    ours = desk.market.contracts[1].code
    desk.on_event(account_report(long_position(ours)))
    send(desk, 3, NoticeKind.RESUMPTION, "10000001")
    send(desk, 4, NoticeKind.BREAKER, "10000003", until="10:41:00")
    send(desk, 5, NoticeKind.BREAKER, ours, until="10:42:00")
    send(desk, 6, NoticeKind.RESUMPTION, ours)
    panel.flush()
    rows = [(row[1], row[3]) for row in panel.model.plain_rows() if row[1] != "Alarm"]
    assert rows == [
        ("Resume", "50ETF Nov 2.40 Put: trading goes on"),
        ("Breaker", "50ETF Nov 2.40 Put: volatility interruption, auction until 10:42:00"),
        ("Breaker", "50ETF: 2 volatility interruptions, the last in 50ETF Nov 2.45 Call until 10:41:00"),
        ("Session", "Continuous"),
    ]
    panel.set_filter(NoticeKind.BREAKER)
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert panel.model.plain_rows()[1][3] == "50ETF：已 2 次波动中断，最近一次为 50ETF购11月2450，至 10:41:00"


def test_the_filter_shows_one_kind_and_goes_on_doing_so(panel: NoticesPanel, desk: Desk) -> None:
    panel.set_filter(NoticeKind.BREAKER)
    assert [row[1] for row in panel.model.plain_rows()] == ["Breaker"]
    send(desk, 3, NoticeKind.SESSION, phase="B")
    send(desk, 4, NoticeKind.BREAKER, "10000022", until="10:40:00")
    panel.flush()
    assert [row[1] for row in panel.model.plain_rows()] == ["Breaker", "Breaker"]
    panel.set_filter("alarm")
    assert [row[1] for row in panel.model.plain_rows()] == ["Alarm"]
    panel.set_filter(None)
    assert panel.model.rowCount() == 5


def test_a_notice_sent_again_is_one_line(panel: NoticesPanel, desk: Desk) -> None:
    send(desk, 2, NoticeKind.BREAKER, "10000001", until="10:33:00")
    panel.flush()
    assert panel.model.rowCount() == 3


def test_a_new_interruption_brings_the_line_of_its_underlying_to_the_top(panel: NoticesPanel, desk: Desk) -> None:
    send(desk, 3, NoticeKind.BREAKER, "10000003", until="10:41:00")
    send(desk, 4, NoticeKind.SESSION, phase="B")
    send(desk, 5, NoticeKind.BREAKER, "10000003", until="10:44:00")
    panel.flush()
    rows = [row[3] for row in panel.model.plain_rows()]
    assert "the last in" in rows[0]
    assert rows[0].endswith("10:44:00")
    assert sum("interruption" in row for row in rows) == 1


def test_the_notices_of_another_day_do_not_take_the_place_of_yesterday_s(panel: NoticesPanel, desk: Desk) -> None:
    before = panel.count
    desk.on_event(
        Notice(kind=NoticeKind.SESSION, at=NOW + timedelta(days=1), number=1, codes=(), figures={"phase": "T"})
    )
    panel.flush()
    assert panel.count == panel.model.rowCount() == before + 1


@pytest.mark.requirement("T2")
def test_each_step_of_the_day_s_end_is_named(panel: NoticesPanel, desk: Desk, languages: Languages) -> None:
    for number, step in enumerate(Step, 1):
        figures = {"phase": "E", "step": step.value, "number": str(number), "of": "15"}
        desk.on_event(Notice(kind=NoticeKind.SESSION, at=NOW, number=100 + number, figures=figures))
    panel.flush()
    rows = [row[3] for row in panel.model.plain_rows()]
    assert rows[9] == "Day's end 6 of 15: who has to deliver"
    assert len({row.partition(": ")[2] for row in rows[:15]}) == 15
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert panel.model.plain_rows()[9][3] == "日终结算 6/15：行权指派"


def test_words_change_with_the_language(panel: NoticesPanel, languages: Languages, qtbot: QtBot) -> None:
    panel.show()
    languages.use("zh_CN")
    qtbot.waitUntil(lambda: panel.model.plain_rows()[1][1] == "熔断")


def test_the_model_keeps_the_rules_of_qt(panel: NoticesPanel, desk: Desk, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(panel.model)
    for number in range(10, 20):
        send(desk, number, NoticeKind.SESSION, phase="T")
    panel.flush()


def test_the_chip_is_painted_in_every_kind(panel: NoticesPanel, desk: Desk) -> None:
    for number, kind in enumerate(NoticeKind, 30):
        send(desk, number, kind, "10000001")
    panel.flush()
    panel.resize(900, 400)
    panel.table.selectRow(0)
    assert not panel.grab().isNull()


@pytest.mark.requirement("T2")
def test_a_low_panel_has_its_lines_alone_but_keeps_a_filter_in_sight(panel: NoticesPanel) -> None:
    panel.show()
    panel.resize(900, 300)
    bar, header = panel._bar, panel.table.horizontalHeader()
    assert (bar.isVisible(), header.isVisible()) == (True, True)
    panel.resize(900, 110)
    assert (bar.isVisible(), header.isVisible()) == (False, False)
    panel.resize(900, 300)
    panel.set_filter("alarm")
    panel.resize(900, 110)
    assert (bar.isVisible(), header.isVisible()) == (True, False)
