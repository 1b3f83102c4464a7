"""Rates and time on screen: typed, taken from a file, refused beside the field, shown for every expiry."""

from collections.abc import Callable, Iterator
from datetime import date, time
from pathlib import Path

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.app.analysis import load_for_day
from terminal.domain.calendar import TradingCalendar, TradingYear
from terminal.services.pricing_terms import PricingTermsService, VolatilityClock
from terminal.views.appearance import Appearance
from terminal.views.translation import Languages
from terminal.views.volatility.terms_panel import TermsPanel
from tests.services.analysis_rig import Rig

HOURS = ((time(9, 30), time(11, 30)), (time(13, 0), time(15, 0)))
FILE = """报告日,隔夜,1周,2周,1月,3月,6月,9月,1年
2026-11-06,1.5,1.6,1.7,1.8,1.9,2.0,2.1,2.2
2026-11-07,1.5,1.6,1.7,x,1.9,2.0,2.1,2.2
2026-12-01,3.5,3.6,3.7,3.8,3.9,4.0,4.1,4.2
"""


class Asked:
    """Stands for the file dialog: answers at once."""

    path = Path()

    def __call__(self, title: str, chosen: Callable[[Path], None]) -> None:
        chosen(self.path)


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def panel(rig: Rig, appearance: Appearance, asked: Asked, qtbot: QtBot) -> Iterator[TermsPanel]:
    calendar = TradingCalendar([TradingYear(2026, frozenset())])
    terms = PricingTermsService(
        rig.valuation, rig.market, calendar, HOURS, rig.bus, lambda: rig.now, lambda _plain: None
    )
    panel = TermsPanel(
        rig.market,
        rig.valuation,
        terms,
        appearance,
        days_left=lambda day: calendar.days_left(rig.now.date(), day),
        ask_for_file=asked,
        load=load_for_day,
    )
    panel.resize(760, 260)
    panel.show()
    panel.flush()
    yield panel
    panel.close()
    panel.deleteLater()


def typed(qtbot: QtBot, panel: TermsPanel, days: int, text: str) -> None:
    field = panel.tenor_fields[days]
    field.selectAll()
    qtbot.keyClicks(field, text)
    field.editingFinished.emit()


def column(panel: TermsPanel, key: str) -> list[str]:
    return [row[panel.model.column_of(key)] for row in panel.model.plain_rows()]


@pytest.mark.requirement("T5")
def test_every_expiry_with_its_rate_and_what_its_forward_says(panel: TermsPanel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(panel.model)
    assert column(panel, "expiry") == ["2026-11-25", "2026-12-23"]
    assert column(panel, "days") == ["12", "32"]
    assert column(panel, "rate") == ["2.000%", "2.000%"]
    assert all(abs(float(text)) < 0.002 for text in column(panel, "dividend"))


def test_a_rate_is_typed_by_maturity(panel: TermsPanel, qtbot: QtBot) -> None:
    panel.table_of_rates.click()
    assert panel.tenor_fields[30].isEnabled()
    assert not panel.rate_field.isEnabled()
    typed(qtbot, panel, 14, "1.0")
    typed(qtbot, panel, 30, "3.0")
    near, far = (float(text.rstrip("%")) for text in column(panel, "rate"))
    # On 360 days, and the forward rate is flat between two maturities
    assert near == pytest.approx(1.52, abs=0.01)
    assert far == pytest.approx(2.541, abs=0.01)
    panel.flat.click()
    assert column(panel, "rate") == ["2.000%", "2.000%"]


@pytest.mark.fault("F37")
def test_what_is_no_rate_is_told_and_stays_to_be_mended(panel: TermsPanel, qtbot: QtBot) -> None:
    panel.table_of_rates.click()
    before = column(panel, "rate")
    typed(qtbot, panel, 30, "300")
    assert "30 d" in panel.note.text()
    assert panel.tenor_fields[30].text() == "300"
    typed(qtbot, panel, 30, "two")
    assert "1M" in panel.note.text()
    assert column(panel, "rate") == before


@pytest.mark.requirement("T5")
def test_rates_come_from_a_file_as_of_the_trading_day(panel: TermsPanel, asked: Asked, tmp_path: Path) -> None:
    asked.path = tmp_path / "shibor.csv"
    asked.path.write_text(FILE, encoding="utf-8")
    panel.file.click()
    assert panel.table_of_rates.isChecked()
    assert [panel.tenor_fields[days].text() for days in (1, 30, 365)] == ["1.5", "1.8", "2.2"]
    assert "1" in panel.note.text()
    near, far = (float(text.rstrip("%")) for text in column(panel, "rate"))
    # Simple on 360 days, continuous on 365
    assert 1.7 * 365 / 360 < near < far < 1.9 * 365 / 360


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", FILE.replace("2026", "2036")])
def test_a_file_that_is_none_changes_nothing(panel: TermsPanel, asked: Asked, tmp_path: Path, content: str) -> None:
    asked.path = tmp_path / "rates.csv"
    asked.path.write_text(content, encoding="utf-8")
    panel.file.click()
    assert panel.note.text()
    assert panel.flat.isChecked()
    asked.path = tmp_path / "missing.csv"
    panel.file.click()
    assert "missing.csv" in panel.note.text()
    assert column(panel, "rate") == ["2.000%", "2.000%"]


def test_volatility_counts_trading_time(panel: TermsPanel, qtbot: QtBot) -> None:
    before = column(panel, "years")
    panel.trading.click()
    assert column(panel, "years") != before
    assert column(panel, "rate") == ["2.000%", "2.000%"]
    panel.days_field.selectAll()
    qtbot.keyClicks(panel.days_field, "12")
    panel.days_field.editingFinished.emit()
    assert "200 to 366" in panel.note.text()
    assert panel._terms.terms.clock is VolatilityClock.TRADING
    panel.calendar.click()
    assert column(panel, "years") == before


def test_the_language_changes_while_it_runs(panel: TermsPanel, languages: Languages, qtbot: QtBot) -> None:
    languages.use("zh_CN")
    qtbot.waitUntil(lambda: panel.flat.text() == "单一利率")
    languages.use("en")
    qtbot.waitUntil(lambda: panel.flat.text() == "One rate")


def test_the_real_file_reads(panel: TermsPanel) -> None:
    real = Path(__file__).parents[4] / "shared" / "data" / "shibor_2006_2024-11.csv"
    if not real.exists():
        pytest.skip("the reference data are not beside the project")
    loaded = load_for_day(real, date(2018, 11, 9))
    assert loaded.day == date(2018, 11, 9)
    assert 1.5 < loaded.tenors[1] < loaded.tenors[365] < 4.0
