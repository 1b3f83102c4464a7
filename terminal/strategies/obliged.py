"""What a maker who sets nothing quotes with: parameters that follow from what is owed and from what may be sent.

A quoter whose sizes, widths and contracts are not those of its obligation (做市义务) quotes all day for nothing. So
widths are a share of the allowed one, sizes the largest of the smallest ones, every obliged contract is quoted, and the
messages of the day are spread over its trading.
"""

from terminal.domain.phases import Phase
from terminal.rules.obligations.terms import Terms
from terminal.rules.protection.limit_sheet import LimitSheet, bound
from terminal.rules.sessions import DaySchedule
from terminal.strategies.contract_terms import WidthRule
from terminal.strategies.inquiry_rules import InquiryRule, ResponderParameters
from terminal.strategies.quoter_parameters import QuoterParameters

#: Of the messages that may be sent in a day, what quoters use; the rest is for hands, answers and cancels
_QUOTERS_SHARE = 0.85
#: Every contract is obliged, however deep; the delta of a call may be a little above one
_ANY_DELTA = 10.0
_ANY_TICKS = 10_000
#: Of the allowed width, what an answer by rule takes
_ALLOWED_SHARE = 0.5
#: Of the time of grace after a fill
_REFILL_SHARE = 0.75


def messages_per_minute(sheets: tuple[LimitSheet, LimitSheet], schedule: DaySchedule, quoters: int) -> float:
    """What each of so many quoters may send a minute of continuous trading, all day; `sheets` are desk's and own."""
    desk, own = (bound(s.messages_per_day) * (1.0 - min(bound(s.cancel_reserve), 1.0)) for s in sheets)
    ends = [at for at, _ in schedule.phases[1:]]
    seconds = sum(
        (end - begin).total_seconds()
        for (begin, phase), end in zip(schedule.phases, ends, strict=False)
        if phase is Phase.CONTINUOUS
    )
    return min(desk * _QUOTERS_SHARE / max(quoters, 1), own * _QUOTERS_SHARE) * 60.0 / seconds


def obliged_quoter(underlying: str, terms: Terms, *, two_sided: bool, messages: float) -> QuoterParameters:
    """The quoter of an underlying under these terms; `messages` a minute."""
    return QuoterParameters(
        underlying=underlying,
        width=WidthRule.ALLOWED,
        size=max(terms.min_quantity.near, terms.min_quantity.far),
        least_delta=0.0,
        most_delta=_ANY_DELTA,
        risk_aversion=1e-6,
        target_delta=None,
        position_lean=0.05,
        # A fill excuses for so long: what is worth a tick and must be bid for at one is not bought again at once
        refill_seconds=terms.fills.grace_seconds * _REFILL_SHARE,
        improve_ticks=_ANY_TICKS,
        tolerance_share=0.2,
        messages_per_minute=messages,
        auctions=any(name.endswith("auction") for name in terms.phases),
        two_sided=two_sided,
    )


def obliged_responder(underlying: str, terms: Terms) -> ResponderParameters:
    """The responder of an underlying under these terms."""
    return ResponderParameters(
        underlying=underlying,
        rules=(
            InquiryRule(
                width=WidthRule.ALLOWED,
                half_width=_ALLOWED_SHARE,
                size=max(terms.min_quantity.near, terms.min_quantity.far),
            ),
        ),
        # Where the book is wider than what is allowed, an answer behind it would not count
        never_alone=False,
        hold_seconds=float(terms.inquiries.min_hold_seconds),
        latest_seconds=float(terms.inquiries.max_response_seconds),
    )
