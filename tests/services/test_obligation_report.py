"""Reports of a day and a month: figures, evidence down to quotes and times, safe cells, escaped text."""

import csv
from enum import StrEnum
from pathlib import Path

import pytest

from terminal.domain.errors import BadInput
from terminal.domain.messages import InquiryOpened
from terminal.domain.quotes import QuoteStatus
from terminal.domain.reasons import Reason
from terminal.services.obligation_records import days_of
from terminal.services.obligation_report import day_tables, html_page, month_result, month_tables
from terminal.services.quoting_day import DayResult, score_day
from terminal.storage.csv_export import export_csv
from tests.harness import CALL
from tests.services.obligation_desk import Hand, Ledger, at, sessions, terms_of

EVIL = "=cmd|'/c calc'!A1<script>"


def word(member: StrEnum) -> str:
    """The code itself."""
    return member.value


def scored(terms: str = "sse_generic") -> DayResult:
    """A day with an hour and a half of quotes, one gap, one inquiry, and a hostile quote id."""
    ledger = Ledger()
    hand = Hand(ledger).open()
    hand.bus.publish(ledger.quoted("09:30:00", quote_id=EVIL))
    hand.bus.publish(InquiryOpened(inquiry=7, contract_code=CALL, quantity=3, at=at("10:00:00")))
    cancelled, user = QuoteStatus.CANCELLED, Reason.CANCELLED_BY_USER
    hand.bus.publish(ledger.quoted("10:00:05", quote_id=EVIL, status=cancelled, reason=user))
    hand.bus.publish(ledger.quoted("10:30:00", quote_id="q2"))
    (day,) = days_of(ledger.records)
    return score_day(day, terms_of(terms), sessions())


@pytest.mark.requirement("M6", "M8", "X1")
def test_a_day_has_summary_contracts_inquiries_and_evidence() -> None:
    summary, contracts, inquiries, evidence = day_tables(scored(), word)
    row = dict(zip(contracts.headers, next(r for r in contracts.rows if r[0] == CALL), strict=True))
    # 14,220 s owed (rulebook 2.4), 1,795 without a quote
    assert (row["obligated"], row["compliant"], row["missed"]) == (14_220.0, 12_425.0, 1795.0)
    assert (row["reached"], row["required"]) == (1, 0.7)
    told = {row[0]: row[1] for row in summary.rows}
    assert (told["day"], told["answered"], told["answer_rate"], told["pulled_early"]) == ("2026-03-02", 1, 1.0, 1)
    assert inquiries.rows == ((7, CALL, 3, "2026-03-02 10:00:00+08:00", "answered", 0.0, EVIL, 5.0, "cancelled", 1),)
    assert [row[1:] for row in evidence.rows if row[0] == CALL][:3] == [
        ("2026-03-02 09:30:00+08:00", "2026-03-02 10:00:05+08:00", "live", "", EVIL, EVIL),
        ("2026-03-02 10:00:05+08:00", "2026-03-02 10:30:00+08:00", "missed", "no_quote", "", ""),
        ("2026-03-02 10:30:00+08:00", "2026-03-02 11:30:00+08:00", "live", "", "q2", "q2"),
    ]


@pytest.mark.fault("F47")
def test_no_cell_is_a_formula_and_no_text_is_markup(tmp_path: Path) -> None:
    tables = day_tables(scored(), word)
    for table in tables:
        path = tmp_path / f"{table.title}.csv"
        assert export_csv(path, table.headers, table.rows) == len(table.rows)
        cells = [cell for row in csv.reader(path.read_text("utf-8-sig").splitlines()) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]
    page = html_page("<b>", tables)
    assert "<script>" not in page
    assert "=cmd|&#x27;/c calc&#x27;!A1&lt;script&gt;" in page
    assert "<title>&lt;b&gt;</title>" in page
    assert "nan" not in page


@pytest.mark.requirement("M6", "M7")
def test_a_month_adds_its_days_up() -> None:
    one = scored()
    month = month_result([one, one])
    assert month.score == pytest.approx(one.score.total)
    assert month.figures.obligated.sum() == 2 * one.figures.obligated.sum()
    summary, contracts, inquiries, _ = month_tables(month, word)
    told = {row[0]: row[1] for row in summary.rows}
    assert (told["day"], told["days"], told["asked"]) == ("2026-03-02 - 2026-03-02", 2, 2)
    assert len(inquiries.rows) == 2
    assert len(contracts.rows) == len(one.figures.codes)
    with pytest.raises(BadInput, match="days"):
        month_result([])
    with pytest.raises(BadInput, match="same terms"):
        month_result([one, scored("hkex")])
