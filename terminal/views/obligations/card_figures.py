"""What the dashboard's cards say, from the figures of the moment."""

from collections.abc import Sequence
from datetime import datetime

from terminal.domain.account_rights import AccountKind
from terminal.rules.obligations.clock import QuotingState, Windows
from terminal.rules.obligations.inquiries import InquiryResult, InquirySummary
from terminal.rules.obligations.measure import Measure
from terminal.rules.obligations.score import score
from terminal.services.market_data import MarketData
from terminal.services.obligation_scores import MonthScore
from terminal.views.account.words import ACCOUNT_KINDS
from terminal.views.account.words import word as account_word
from terminal.views.formatting import DASH, clock, number, percent
from terminal.views.obligations.cards import Bar, Card
from terminal.views.obligations.rows import Line, live_words, slack_words
from terminal.views.obligations.standing import Level, Standing
from terminal.views.obligations.words import word
from terminal.views.texts import underlying_name

_MOST_BARS = 3


def owed_moment(windows: Windows, now_us: int, seconds: float) -> int | None:
    """When so many seconds of owed time have passed from now, microseconds since midnight; None not today."""
    left = int(seconds * 1e6)
    for first, last in windows:
        begin = max(first, now_us)
        if begin < last:
            if begin + left <= last:
                return begin + left
            left -= last - begin
    return None


def score_card(
    standing: Standing, summary: InquirySummary, kind: AccountKind, now: datetime, month: MonthScore | None
) -> Card:
    """Today's score and the month's."""
    today = score(standing.figures, summary).total
    if month is None:
        so_far = DASH
    else:
        totals = month.days * (month.mean if month.days else 0.0)
        days = month.days + (1 if today == today else 0)
        so_far = number((totals + (today if today == today else 0.0)) / days * 100, 1) if days else DASH
    return Card(
        title=word("Score today"),
        corner=f"{now:%Y-%m}",
        figure=number(today * 100, 1),
        beside=account_word(ACCOUNT_KINDS[kind]),
        notes=(
            (word("Month to date"), so_far),
            (word("Days before today"), DASH if month is None else str(month.days)),
        ),
    )


def participation_card(standing: Standing, market: MarketData) -> Card:
    """Participation of each underlying against what is asked; those that stand worst where there are many."""
    figures = standing.figures
    rate = float(figures.terms.participation.rate)
    parts = sorted(figures.participation_by_underlying().items(), key=lambda item: (item[1] != item[1], item[1]))
    bars = []
    for code, part in parts[:_MOST_BARS]:
        underlying = market.underlying(code)
        name = underlying_name(underlying) if underlying is not None else code
        bars.append(Bar(name, part, rate, percent(part, 1), not part < rate))
    return Card(
        title=word("Participation today"), corner=word("asked ≥ {rate}").format(rate=percent(rate, 0)), bars=bars
    )


def coverage_card(standing: Standing) -> Card:
    """How many contracts reach their participation."""
    figures = standing.figures
    counted, required = int(figures.counted.sum()), figures.required_contracts
    reachable = figures.contracts_reachable
    asked = figures.terms.coverage.rate
    spare = figures.contracts_to_spare
    return Card(
        title=word("Contract rate"),
        corner=f"{reachable} / {counted}",
        figure=percent(figures.contract_rate, 1),
        beside=word("reached so far"),
        notes=(
            (word("Asked"), f"≥ {percent(float(asked), 0)} · {required}" if asked is not None else f"≥ {required}"),
            (word("May still be lost"), str(max(spare, 0)) if spare >= 0 else word("failed")),
        ),
        level="critical" if spare < 0 else "warn" if spare == 0 and counted else "",
    )


def inquiries_card(summary: InquirySummary, results: Sequence[InquiryResult], limit: int, hold: int) -> Card:
    """Answers in time, the slowest one, the shortest hold."""
    counted = [r for r in results if r.counted]
    slowest = max((r.response_seconds for r in counted if r.response_seconds is not None), default=None)
    held = min((r.held_seconds for r in counted if r.held_seconds is not None and r.end is not None), default=None)
    decided = summary.answered + summary.late + summary.missed
    median = number(summary.median_seconds, 1)
    return Card(
        title=word("Inquiries answered"),
        corner=word("asked ≥ {rate}").format(rate=percent(summary.required_rate, 0)),
        figure=f"{summary.answered} / {decided}",
        beside=word("median {seconds} s").format(seconds=median),
        notes=(
            (word("Slowest / limit"), f"{number(slowest, 1)} / {limit} s"),
            (word("Shortest / hold"), f"{number(held, 1)} / {hold} s"),
        ),
        level="critical" if summary.fails else "warn" if summary.pulled_early else "",
    )


def first_card(line: Line | None, measure: Measure) -> Card:
    """The contract that fails first, and when."""
    if line is None or not line.owes:
        return Card(title=word("First to fail"), figure=DASH)
    if line.slack < 0:
        notes = [(word("lost for today"), "")]
    else:
        moment = owed_moment(measure.windows, measure.now_us, line.slack)
        if moment is None:
            notes = [(word("reached whatever comes"), "")]
        elif line.state is QuotingState.MISSED:
            notes = [(word("Fails at"), clock(measure.moment(moment)))]
        else:
            notes = [(word("At the earliest"), clock(measure.moment(moment)))]
    level = {Level.MISSED: "critical", Level.CRITICAL: "warn"}.get(line.level, "")
    return Card(
        title=word("First to fail"),
        corner=live_words(line),
        figure=slack_words(line.slack),
        # Beside the figure a name has no room for one line on a small screen
        notes=[(line.name, ""), *notes],
        level=level,
    )
