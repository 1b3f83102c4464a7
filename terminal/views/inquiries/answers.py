"""Today's inquiries as a table: when, what, how soon, by whom, with what, how long it was held, what came of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtGui import QColor

from terminal.domain.orders import Fill, Side
from terminal.rules.obligations.inquiries import InquiryResult, InquiryStatus
from terminal.services.answer_log import Answer
from terminal.services.market_data import MarketData
from terminal.strategies.inquiry_rules import Outcome, Verdict
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, clock, number, price
from terminal.views.inquiries.rule_words import outcome_tip, outcome_words
from terminal.views.inquiries.words import word
from terminal.views.table_model import RIGHT, TableColumn
from terminal.views.texts import bounded, name_of, words

#: By which columns give way where room is short, the highest first: what they tell stands in tips too
RANKS = {"rule": 2, "width": 1}


@dataclass(frozen=True, slots=True)
class InquiryLine:
    """One inquiry of the day; `bought` and `sold` are what traded with the answer."""

    result: InquiryResult
    opened: datetime
    answer: Answer | None
    bought: int = 0
    sold: int = 0
    declined: bool = False
    outcome: Outcome | None = None
    """What the responder did about it; None for one that came before this desk was started"""
    allowed: int = 0
    """Widest spread for the answer's bid, 0.0001 yuan; 0 where none is known"""
    tick: int = 1


def line_of(
    result: InquiryResult,
    opened: datetime,
    answer: Answer | None,
    fills: Iterable[Fill],
    *,
    declined: bool,
    outcome: Outcome | None = None,
    allowed: int | None = None,
    tick: int = 1,
) -> InquiryLine:
    """Put an inquiry together with what traded against its answer."""
    bought = sold = 0
    if answer is not None:
        for fill in fills:
            if fill.client_order_id in answer.quote.sides:
                if fill.instruction.side is Side.BUY:
                    bought += fill.quantity
                else:
                    sold += fill.quantity
    return InquiryLine(result, opened, answer, bought, sold, declined, outcome, allowed or 0, tick)


def by_words(line: InquiryLine) -> str:
    """By hand, by which rule or strategy, or why no rule did; nothing where this desk did not see it."""
    if line.answer is None:
        return rule_words_of(line)
    if line.outcome is not None and line.outcome.verdict is Verdict.ANSWERED:
        return outcome_words(line.outcome)
    return word("by hand") if line.answer.by_hand else bounded(line.answer.sender)


def answer_words(line: InquiryLine) -> str:
    """Both sizes; the prices are in the tip."""
    if line.answer is None:
        return DASH
    quote = line.answer.quote
    return f"{quote.original_bid_quantity}×{quote.original_ask_quantity}"


def answer_tip(line: InquiryLine) -> str:
    """Both prices with their sizes, and the ticks between them."""
    if line.answer is None:
        return ""
    quote = line.answer.quote
    bid = f"{price(quote.bid)} × {quote.original_bid_quantity}"
    ask = f"{price(quote.ask)} × {quote.original_ask_quantity}"
    return f"{bid} / {ask} · {word('Width/allowed')} {width_words(line)}"


def rule_words_of(line: InquiryLine) -> str:
    """Which rule answered, or why none did."""
    return DASH if line.outcome is None else outcome_words(line.outcome)


def rule_tip(line: InquiryLine) -> str:
    """The rule as it stood then."""
    return "" if line.outcome is None else outcome_tip(line.outcome)


def width_words(line: InquiryLine) -> str:
    """Ticks between the answer's sides, and how many are allowed."""
    if line.answer is None or not line.answer.quote.bid or not line.answer.quote.ask:
        return DASH
    width = line.answer.quote.ask - line.answer.quote.bid
    return f"{width // line.tick}/{line.allowed // line.tick or DASH}"


def held_words(line: InquiryLine) -> str:
    """How long the answer stood, or that it still stands."""
    result = line.result
    if result.held_seconds is None:
        return DASH
    return word("stands") if result.end is None else number(result.held_seconds, 1)


def result_words(line: InquiryLine) -> str:
    """What came of it."""
    result = line.result
    if result.status is not InquiryStatus.ANSWERED and result.status is not InquiryStatus.LATE:
        if line.declined and result.status in (InquiryStatus.OPEN, InquiryStatus.MISSED):
            return word("declined")
        return words(result.status) if result.counted else word("not owed")
    parts = [words(result.status)] if result.status is InquiryStatus.LATE else []
    if line.bought:
        parts.append(word("bought {count}").format(count=line.bought))
    if line.sold:
        parts.append(word("sold {count}").format(count=line.sold))
    if result.pulled_early:
        parts.append(word("withdrawn too soon"))
    elif result.end is not None and not line.bought and not line.sold:
        parts.append(words(result.end))
    return " · ".join(parts) or DASH


def answer_columns(
    market: MarketData, appearance: Appearance, limit: Callable[[], int]
) -> list[TableColumn[InquiryLine]]:
    """The columns of the table."""

    def bad(line: InquiryLine) -> QColor | None:
        result = line.result
        if not result.counted:
            return appearance.theme.dim
        if result.status in (InquiryStatus.MISSED, InquiryStatus.LATE) or result.pulled_early:
            return appearance.theme.critical
        if result.status is InquiryStatus.LAPSED:
            return appearance.theme.dim
        return appearance.theme.position if line.bought or line.sold else None

    def slow(line: InquiryLine) -> QColor | None:
        seconds = line.result.response_seconds
        if seconds is None:
            return bad(line)
        theme = appearance.theme
        return theme.critical if seconds > limit() else theme.warn if seconds > limit() / 2 else None

    return [
        TableColumn("time", lambda: word("Time"), lambda line: clock(line.opened), width_chars=8),
        TableColumn(
            "contract",
            lambda: word("Contract"),
            lambda line: name_of(line.result.contract_code, market),
            width_chars=14,
            tip=lambda line: name_of(line.result.contract_code, market),
            code=lambda line: bounded(line.result.contract_code),
            colour=lambda line: bad(line) if line.result.status is InquiryStatus.MISSED else None,
        ),
        TableColumn(
            "seconds",
            lambda: word("s"),
            lambda line: number(line.result.response_seconds, 1),
            align=RIGHT,
            colour=slow,
            sort=lambda line: line.result.response_seconds,
            width_chars=5,
        ),
        TableColumn("by", lambda: word("By"), by_words, width_chars=8, tip=rule_tip),
        TableColumn("answer", lambda: word("Sizes"), answer_words, width_chars=6, tip=answer_tip),
        TableColumn(
            "held",
            lambda: word("Held s"),
            held_words,
            align=RIGHT,
            sort=lambda line: line.result.held_seconds,
            width_chars=5,
        ),
        TableColumn("result", lambda: word("Result"), result_words, colour=bad, width_chars=9, tip=result_words),
        # What is looked at afterwards stands behind what is looked at while they come
        TableColumn("width", lambda: word("Width/allowed"), width_words, align=RIGHT, width_chars=7, tip=answer_tip),
        TableColumn("rule", lambda: word("Rule"), rule_words_of, width_chars=12, tip=rule_tip),
    ]
