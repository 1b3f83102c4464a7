"""Day and month reports of the quoting obligations, as tables for CSV and as one HTML page.

The words of headers and codes come from the caller, so that a report speaks the user's language. Everything is escaped
in HTML; in CSV the writer (`storage.csv_export`) guards every cell against being taken for a formula (F47).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from html import escape
from statistics import fmean

import numpy as np

from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput
from terminal.rules.obligations.clock import TOTAL_COUNT, QuotingState, Total
from terminal.rules.obligations.figures import Figures
from terminal.rules.obligations.validity import CAUSES, QuoteFault
from terminal.services.quoting_day import DayResult

Cell = str | int | float | None
Words = Callable[[StrEnum], str]


class ReportTable(StrEnum):
    """The tables of a report."""

    SUMMARY = "summary"
    CONTRACTS = "contracts"
    INQUIRIES = "inquiries"
    EVIDENCE = "evidence"
    EXEMPTIONS = "exemptions"
    PAUSES = "pauses"


class ReportColumn(StrEnum):
    """Headers, and the lines of the summary. Times in seconds, rates as fractions, spreads in yuan."""

    FIGURE = "figure"
    VALUE = "value"
    DAY = "day"
    DAYS = "days"
    TERMS = "terms"
    CONTRACT = "contract"
    UNDERLYING = "underlying"
    PARTICIPATION = "participation"
    REQUIRED = "required"
    REACHED = "reached"
    OBLIGATED = "obligated"
    COMPLIANT = "compliant"
    GRACE = "grace"
    MISSED = "missed"
    EXEMPT = "exempt"
    SPREAD = "spread"
    SPREAD_USE = "spread_use"
    SIZE = "size"
    CONTRACT_RATE = "contract_rate"
    CONTRACTS_REQUIRED = "contracts_required"
    SCORE = "score"
    ASKED = "asked"
    ANSWERED = "answered"
    ANSWER_RATE = "answer_rate"
    MEDIAN_SECONDS = "median_seconds"
    PULLED_EARLY = "pulled_early"
    INQUIRY = "inquiry"
    STATUS = "status"
    QUANTITY = "quantity"
    RESPONSE_SECONDS = "response_seconds"
    HELD_SECONDS = "held_seconds"
    ANSWER_END = "answer_end"
    QUOTE = "quote"
    LAST_QUOTE = "last_quote"
    BEGIN = "begin"
    END = "end"
    STATE = "state"
    CAUSE = "cause"
    NUMBER = "number"
    UNTIL = "until"
    LIFTED = "lifted"
    ENDED = "ended"
    BY = "by"
    REASON = "reason"
    COUNTS = "counts"


@dataclass(frozen=True, slots=True)
class Table:
    """One table, ready for `storage.csv_export.export_csv` and for HTML."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class MonthResult:
    """Some days together: times added up contract by contract, scores averaged."""

    days: tuple[DayResult, ...]
    figures: Figures
    score: float


_C = ReportColumn
_CONTRACT_COLUMNS = (
    *(_C.CONTRACT, _C.UNDERLYING, _C.PARTICIPATION, _C.REQUIRED, _C.REACHED, _C.OBLIGATED, _C.COMPLIANT, _C.GRACE),
    *(_C.MISSED, _C.EXEMPT, _C.SPREAD, _C.SPREAD_USE, _C.SIZE),
)
_INQUIRY_COLUMNS = (
    *(_C.INQUIRY, _C.CONTRACT, _C.QUANTITY, _C.BEGIN, _C.STATUS, _C.RESPONSE_SECONDS, _C.QUOTE, _C.HELD_SECONDS),
    *(_C.ANSWER_END, _C.PULLED_EARLY),
)
_EVIDENCE_COLUMNS = (_C.CONTRACT, _C.BEGIN, _C.END, _C.STATE, _C.CAUSE, _C.QUOTE, _C.LAST_QUOTE)
_HAND_COLUMNS = (_C.NUMBER, _C.CONTRACT, _C.BEGIN, _C.UNTIL, _C.END, _C.BY, _C.LIFTED, _C.REASON, _C.COUNTS)

_PAUSE_COLUMNS = (_C.CONTRACT, _C.BEGIN, _C.UNTIL, _C.END, _C.BY, _C.ENDED)


def month_result(days: Sequence[DayResult]) -> MonthResult:
    """Days under one set of terms together. Raises BadInput for none, or for days under several terms."""
    if len({day.terms.name for day in days}) != 1:
        raise BadInput("days", len(days), "at least one, all under the same terms")
    codes: dict[str, int] = {}
    underlyings: list[str] = []
    for day in days:
        for code, underlying in zip(day.figures.codes, day.figures.underlyings, strict=True):
            if code not in codes:
                codes[code] = len(codes)
                underlyings.append(underlying)
    totals = np.zeros((len(codes), TOTAL_COUNT), np.int64)
    least = [1] * len(codes)
    for day in days:
        places = [codes[code] for code in day.figures.codes]
        totals[places] += day.figures.totals_us
        for place, quantity in zip(places, day.figures.least_quantities, strict=True):
            least[place] = quantity
    figures = Figures(
        terms=days[-1].terms,
        now_us=days[-1].figures.now_us,
        codes=tuple(codes),
        underlyings=tuple(underlyings),
        totals_us=totals,
        remaining_us=np.zeros(len(codes), np.int64),
        states=(QuotingState.OFF,) * len(codes),
        faults=(None,) * len(codes),
        least_quantities=tuple(least),
    )
    scores = [day.score.total for day in days if day.score.total == day.score.total]
    return MonthResult(tuple(days), figures, fmean(scores) if scores else float("nan"))


def day_tables(day: DayResult, words: Words) -> tuple[Table, ...]:
    """Summary, contracts, inquiries, and the evidence: every stretch with its quotes."""
    summary: list[tuple[ReportColumn, Cell]] = [
        (_C.DAY, day.trading_day.isoformat()),
        *_summary([day], day.figures, day.score.total),
    ]
    return (
        _pairs(summary, words),
        _contracts(day.figures, words),
        _table(ReportTable.INQUIRIES, _INQUIRY_COLUMNS, list(_inquiries([day], words)), words),
        _table(ReportTable.EVIDENCE, _EVIDENCE_COLUMNS, list(_evidence([day], words)), words),
        *_exemptions([day], words),
        *_pauses([day], words),
    )


def month_tables(month: MonthResult, words: Words) -> tuple[Table, ...]:
    """The same over the days of a month."""
    days = month.days
    span = f"{days[0].trading_day.isoformat()} - {days[-1].trading_day.isoformat()}"
    summary: list[tuple[ReportColumn, Cell]] = [
        (_C.DAY, span),
        (_C.DAYS, len(days)),
        *_summary(days, month.figures, month.score),
    ]
    return (
        _pairs(summary, words),
        _contracts(month.figures, words),
        _table(ReportTable.INQUIRIES, _INQUIRY_COLUMNS, list(_inquiries(days, words)), words),
        _table(ReportTable.EVIDENCE, _EVIDENCE_COLUMNS, list(_evidence(days, words)), words),
        *_exemptions(days, words),
        *_pauses(days, words),
    )


def html_page(title: str, tables: Iterable[Table]) -> str:
    """One page that stands alone; all text in it is escaped."""
    parts = [
        '<!DOCTYPE html><html><head><meta charset="utf-8">',
        f"<title>{escape(title)}</title>",
        "<style>body{font-family:sans-serif}table{border-collapse:collapse;margin-bottom:2em}"
        "td,th{border:1px solid #999;padding:2px 6px;text-align:left}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
    ]
    for table in tables:
        parts.append(f"<h2>{escape(table.title)}</h2><table><tr>")
        parts += [f"<th>{escape(header)}</th>" for header in table.headers]
        parts.append("</tr>")
        for row in table.rows:
            cells = "".join([f"<td>{escape(_shown(cell))}</td>" for cell in row])
            parts.append(f"<tr>{cells}</tr>")
        parts.append("</table>")
    parts.append("</body></html>")
    return "\n".join(parts)


def _summary(days: Sequence[DayResult], figures: Figures, score: float) -> list[tuple[ReportColumn, Cell]]:
    owed = figures.totals_us[:, [Total.COMPLIANT, Total.MISSED]].sum()
    summaries = [day.summary for day in days]
    decided = sum(s.answered + s.late + s.missed for s in summaries)
    answered = sum(s.answered for s in summaries)
    seconds = sorted(
        r.response_seconds for day in days for r in day.inquiries if r.counted and r.response_seconds is not None
    )
    return [
        (_C.TERMS, figures.terms.title),
        (_C.PARTICIPATION, float(figures.totals_us[:, Total.COMPLIANT].sum() / owed) if owed else None),
        (_C.CONTRACT_RATE, figures.contract_rate),
        (_C.CONTRACTS_REQUIRED, figures.required_contracts),
        (_C.REACHED, figures.contracts_reachable),
        (_C.ASKED, sum(s.counted for s in summaries)),
        (_C.ANSWERED, answered),
        (_C.ANSWER_RATE, answered / decided if decided else None),
        (_C.MEDIAN_SECONDS, float(np.median(seconds)) if seconds else None),
        (_C.PULLED_EARLY, sum(s.pulled_early for s in summaries)),
        (_C.SCORE, score),
    ]


def _contracts(figures: Figures, words: Words) -> Table:
    rows: list[tuple[Cell, ...]] = []
    required = float(figures.terms.participation.rate)
    by_cause = [figures.exempt_by(cause) for cause in CAUSES]
    for place, code in enumerate(figures.codes):
        rows.append(
            (
                code,
                figures.underlyings[place],
                float(figures.participation[place]),
                required,
                int(figures.counted[place] and not figures.failed[place]),
                float(figures.obligated[place]),
                float(figures.compliant[place]),
                float(figures.grace[place]),
                float(figures.missed[place]),
                float(figures.exempt[place]),
                float(figures.spread[place]),
                float(figures.spread_use[place]),
                float(figures.size[place]),
                *[float(seconds[place]) for seconds in by_cause],
            )
        )
    return _table(ReportTable.CONTRACTS, (*_CONTRACT_COLUMNS, *CAUSES), rows, words)


def _inquiries(days: Iterable[DayResult], words: Words) -> Iterable[tuple[Cell, ...]]:
    for day in days:
        for r in day.inquiries:
            yield (
                r.inquiry,
                r.contract_code,
                r.quantity,
                _moment(day, r.opened),
                words(r.status),
                r.response_seconds,
                r.quote_id,
                r.held_seconds,
                "" if r.end is None else words(r.end),
                int(r.pulled_early),
            )


def _evidence(days: Iterable[DayResult], words: Words) -> Iterable[tuple[Cell, ...]]:
    coded: dict[str, StrEnum] = {member.value: member for member in (*QuoteFault, *CAUSES)}
    for day in days:
        for code, stretches in day.stretches.items():
            for s in stretches:
                yield (
                    code,
                    _moment(day, s.begin),
                    _moment(day, s.end),
                    words(s.state),
                    words(coded[s.detail]) if s.detail else "",
                    s.first_quote,
                    s.last_quote,
                )


def _exemptions(days: Sequence[DayResult], words: Words) -> tuple[Table, ...]:
    """What people exempted, a row for each contract; none where nobody did. The last column: the terms accept it."""
    rows: list[tuple[Cell, ...]] = [
        (
            one.number,
            code,
            one.begin.isoformat(sep=" "),
            one.until.isoformat(sep=" "),
            one.end.isoformat(sep=" "),
            one.by,
            one.lifted_by,
            one.reason,
            int(day.terms.exemptions.by_hand),
        )
        for day in days
        for one in day.by_hand
        for code in one.codes
    ]
    return (_table(ReportTable.EXEMPTIONS, _HAND_COLUMNS, rows, words),) if rows else ()


def _pauses(days: Sequence[DayResult], words: Words) -> tuple[Table, ...]:
    """What people paused by choice, until when, and who ended it early; none where nobody did. It stays owed."""
    rows: list[tuple[Cell, ...]] = [
        (
            one.code,
            one.begin.isoformat(sep=" "),
            one.until.isoformat(sep=" "),
            one.end.isoformat(sep=" "),
            one.by,
            one.ended_by,
        )
        for day in days
        for one in day.pauses
    ]
    return (_table(ReportTable.PAUSES, _PAUSE_COLUMNS, rows, words),) if rows else ()


def _pairs(pairs: Sequence[tuple[ReportColumn, Cell]], words: Words) -> Table:
    rows = [(words(column), value) for column, value in pairs]
    return _table(ReportTable.SUMMARY, (_C.FIGURE, _C.VALUE), rows, words)


def _table(title: ReportTable, columns: Sequence[StrEnum], rows: Sequence[tuple[Cell, ...]], words: Words) -> Table:
    return Table(words(title), tuple([words(column) for column in columns]), tuple(rows))


def _moment(day: DayResult, microseconds: int) -> str:
    midnight = datetime.combine(day.trading_day, time.min, SHANGHAI)
    return (midnight + timedelta(microseconds=microseconds)).isoformat(sep=" ")


def _shown(cell: Cell) -> str:
    if cell is None or cell != cell:
        return ""
    return f"{cell:.6g}" if isinstance(cell, float) else str(cell)
