"""The drawer's history: every reminder with what became of it, by kind, text and day, taken away as it is shown."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from terminal.alerts.alert import Alert, AlertKind, Level
from terminal.alerts.memory import AlertsTold, encode_alerts
from terminal.domain.ports import RecordKind
from terminal.views.translation import Languages
from tests.views.alerts.screen_rig import Screen


@dataclass
class Kept:
    """A record as the journal gives it back."""

    number: int
    at: datetime
    kind: RecordKind
    body: bytes


def shown(screen: Screen) -> list[list[str]]:
    return screen.drawer.history.model.plain_rows()


def titles(screen: Screen) -> list[str]:
    return [row[4] for row in shown(screen)]


@pytest.fixture
def past(screen: Screen) -> Screen:
    """One acknowledged, one put off, one gone by itself, one over, one open; the history is in front."""
    kinds = (AlertKind.MARGIN, AlertKind.WRITER, AlertKind.STALE_DATA, AlertKind.EXERCISE)
    findings = [screen.sample(kind, Level.CARD) for kind in kinds]
    screen.find(*findings, screen.sample(AlertKind.LISTING, Level.TOAST))
    screen.answers.acknowledge([findings[0].key])
    screen.answers.put_off_minutes([findings[1].key])
    for _ in range(9):
        screen.look(1.0)
    screen.find(*(f for f in screen.found if f.kind is not AlertKind.STALE_DATA))
    screen.drawer.all.click()
    screen.look()
    return screen


@pytest.mark.requirement("T12")
def test_what_became_of_each_is_told(past: Screen) -> None:
    states = {row[2]: row[8] for row in shown(past)}
    assert states == {
        "Risk ratio": "acknowledged · chen",
        "Short side": "put off · 10:40",
        "New contracts": "went by itself",
        "Stale data": "over",
        "Exercise": "open",
    }
    row = next(row for row in shown(past) if row[2] == "Exercise")
    assert row[:2] == ["2026-11-09", "10:30:00"]
    assert row[3:] == [
        "▲ Card",
        "2 contracts of 50ETF: in the money, not exercised yet",
        "50ETF Nov 2.50 Call ×20, 50ETF Nov 2.50 Put ×10",
        "62,900.00",
        "1",
        "open",
    ]


def test_the_history_is_filtered_by_kind_text_and_day(past: Screen) -> None:
    page = past.drawer.history
    page.kind.setCurrentIndex(page.kind.findData("margin"))
    assert titles(past) == ["The risk ratio 132.4% is over the line of the forced close"]
    page.kind.setCurrentIndex(0)
    page.text.setText("2.50 put")
    assert {row[2] for row in shown(past)} == {"Exercise", "Risk ratio"}
    page.text.setText("10000005")
    assert "Exercise" in {row[2] for row in shown(past)}
    page.text.clear()
    assert [page.day.itemText(n) for n in range(page.day.count())] == ["Every day", "2026-11-09"]
    page.day.setCurrentIndex(1)
    assert len(titles(past)) == 5


def test_days_before_are_there_after_a_start(past: Screen) -> None:
    alerts = tuple(past.book.history())
    before = encode_alerts(
        AlertsTold(
            scope="venue/account",
            at=alerts[0].said_at,
            alerts=tuple(_earlier(alert, days=3) for alert in alerts[:2]),
        )
    )
    past.book.restore([Kept(number=1, at=alerts[0].said_at, kind=RecordKind.ALERT, body=before)])
    past.drawer.mark_stale()
    past.look(1.1)
    page = past.drawer.history
    page.renew()
    assert "2026-11-06" in [page.day.itemText(n) for n in range(page.day.count())]


def test_what_is_shown_is_exported(past: Screen) -> None:
    past.drawer.history.text.setText("exercise")
    past.drawer.history.export_button.click()
    ((title, headers, rows),) = past.exported
    assert title == "Reminders"
    assert headers == ["Day", "Said at", "Kind", "Level", "Reminder", "Contracts", "Yuan", "Times", "State"]
    assert rows == shown(past)
    assert len(rows) >= 1


def test_the_table_follows_the_language(past: Screen, languages: Languages) -> None:
    languages.use("zh_CN")
    past.drawer.history.retranslate()
    states = {row[2]: row[8] for row in shown(past)}
    assert states["风险度"] == "已确认 · chen"
    assert states["新合约"] == "自动收起"


def test_the_model_is_sound(past: Screen, qtmodeltester: object) -> None:
    qtmodeltester.check(past.drawer.history.model)  # type: ignore[attr-defined]


def test_pending_is_a_click_away(past: Screen) -> None:
    past.drawer.pending.click()
    past.look()
    assert [card.group.kind for card in past.drawer.cards.values() if card.group] == [AlertKind.EXERCISE]
    assert len(past.drawer.newest.rows) == 3


def _earlier(alert: Alert, *, days: int) -> Alert:
    back = timedelta(days=days)
    return replace(alert, raised_at=alert.raised_at - back, said_at=alert.said_at - back)
