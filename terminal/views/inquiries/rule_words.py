"""Rules of automatic answers in words: their fields, what became of an inquiry, why a value is refused."""

from enum import StrEnum

from terminal.domain.errors import BadInput
from terminal.strategies.contract_terms import WidthRule
from terminal.strategies.inquiry_rules import InquiryRule, Outcome, Verdict, write_field
from terminal.views.inquiries.words import word
from terminal.views.refusals import refusal
from terminal.views.translation import mark

WIDTHS: dict[StrEnum, str] = {
    WidthRule.TICKS: mark("inquiries", "Ticks"),
    WidthRule.VOLATILITY: mark("inquiries", "Volatility"),
    WidthRule.ALLOWED: mark("inquiries", "Obligation"),
}
FIELD_NAMES = {
    "enabled": mark("inquiries", "On"),
    "least_delta": mark("inquiries", "|Δ| from"),
    "most_delta": mark("inquiries", "|Δ| to"),
    "least_days": mark("inquiries", "Days from"),
    "most_days": mark("inquiries", "Days to"),
    "least_quantity": mark("inquiries", "Asked from"),
    "most_quantity": mark("inquiries", "Asked to"),
    "width": mark("inquiries", "Width rule"),
    "half_width": mark("inquiries", "Width"),
    "size": mark("inquiries", "Size"),
    "delay_seconds": mark("inquiries", "Delay, s"),
    "rules": mark("inquiries", "Rules"),
}
FIELD_TIPS = {
    "enabled": mark("inquiries", "A rule that is off is passed over"),
    "least_delta": mark("inquiries", "Moneyness: delta of a share, its sign aside, 0 to 1"),
    "most_delta": mark("inquiries", "Moneyness: delta of a share, its sign aside, 0 to 1"),
    "least_days": mark("inquiries", "Calendar days to expiry, 0 on the day itself"),
    "most_days": mark("inquiries", "Calendar days to expiry, 0 on the day itself"),
    "least_quantity": mark("inquiries", "Contracts asked for; an inquiry without a size counts as 0"),
    "most_quantity": mark("inquiries", "Contracts asked for; what asks for more is left to a person"),
    "width": mark("inquiries", "What the width is counted in"),
    "half_width": mark("inquiries", "Half the spread in ticks or volatility points; a share of the allowed spread"),
    "size": mark("inquiries", "Contracts on each side"),
}
_VERDICTS = {
    Verdict.WAITING: mark("inquiries", "waits"),
    Verdict.ANSWERED: mark("inquiries", "rule {number}"),
    Verdict.STOOD: mark("inquiries", "our quote stood"),
    Verdict.OFF: mark("inquiries", "off"),
    Verdict.NO_RULE: mark("inquiries", "no rule fits"),
    Verdict.NO_PRICE: mark("inquiries", "no sound price"),
    Verdict.NO_WIDTH: mark("inquiries", "no allowed width known"),
    Verdict.ALONE: mark("inquiries", "would be alone"),
    Verdict.TOO_WIDE: mark("inquiries", "too wide behind the others"),
    Verdict.NO_ROOM: mark("inquiries", "no room in the price limits"),
    Verdict.HELD_BACK: mark("inquiries", "held back by the gate"),
}


def outcome_words(outcome: Outcome) -> str:
    """Which rule answered, or why none did."""
    return word(_VERDICTS[outcome.verdict]).format(number=outcome.number)


def outcome_tip(outcome: Outcome) -> str:
    """The same with the rule that fitted, as it stood then."""
    if outcome.rule is None:
        return outcome_words(outcome)
    pattern = word("{what} · rule {number}: {rule}")
    return pattern.format(what=outcome_words(outcome), number=outcome.number, rule=rule_words(outcome.rule))


def rule_words(rule: InquiryRule) -> str:
    """One rule in a line."""
    pattern = word(
        "|Δ| {least_delta}–{most_delta}, {least_days}–{most_days} days, asked {least}–{most}: {width} × {size}"
    )
    return pattern.format(
        least_delta=write_field(rule.least_delta),
        most_delta=write_field(rule.most_delta),
        least_days=rule.least_days,
        most_days=rule.most_days,
        least=rule.least_quantity,
        most=rule.most_quantity,
        width=f"{word(WIDTHS[rule.width])} {write_field(rule.half_width)}",
        size=rule.size,
    )


def rule_refusal(error: BadInput) -> str:
    """A refusal under the names of the rules' fields and widths."""
    if error.field == "width":
        error = BadInput(error.field, error.value, f"one of {', '.join(word(text) for text in WIDTHS.values())}")
    return refusal(error, word(FIELD_NAMES[error.field]) if error.field in FIELD_NAMES else "")
