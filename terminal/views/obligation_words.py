"""The words for the codes of quoting obligations: faults, exemptions, states, inquiries, reports."""

from enum import StrEnum

from terminal.domain.quotes import Handling
from terminal.rules.obligations.clock import QuotingState
from terminal.rules.obligations.inquiries import AnswerEnd, InquiryStatus
from terminal.rules.obligations.validity import ExemptCause, QuoteFault
from terminal.services.obligation_report import ReportColumn, ReportTable
from terminal.services.own_quotes import OwnQuoteState
from terminal.views.translation import mark

#: By kind of code: its context, and the words
OBLIGATION_WORDS: dict[type, tuple[str, dict[StrEnum, str]]] = {
    QuoteFault: (
        "QuoteFault",
        {
            QuoteFault.NO_QUOTE: mark("QuoteFault", "No quote"),
            QuoteFault.NO_BID: mark("QuoteFault", "No bid"),
            QuoteFault.NO_ASK: mark("QuoteFault", "No ask"),
            QuoteFault.CROSSED: mark("QuoteFault", "Bid not below ask"),
            QuoteFault.BID_SIZE: mark("QuoteFault", "Bid too small"),
            QuoteFault.ASK_SIZE: mark("QuoteFault", "Ask too small"),
            QuoteFault.SPREAD: mark("QuoteFault", "Spread too wide"),
        },
    ),
    ExemptCause: (
        "ExemptCause",
        {
            ExemptCause.VENUE_FAILURE: mark("ExemptCause", "Failure of the exchange"),
            ExemptCause.HALT: mark("ExemptCause", "Halt"),
            ExemptCause.BREAKER: mark("ExemptCause", "Volatility interruption"),
            ExemptCause.LIMIT_UP: mark("ExemptCause", "Limit-up"),
            ExemptCause.LIMIT_DOWN: mark("ExemptCause", "Limit-down"),
            ExemptCause.OPEN_RESTRICTION: mark("ExemptCause", "Open restriction"),
            ExemptCause.DELTA: mark("ExemptCause", "Delta out of range"),
            ExemptCause.BY_HAND: mark("ExemptCause", "By hand"),
        },
    ),
    QuotingState: (
        "QuotingState",
        {
            QuotingState.LIVE: mark("QuotingState", "Quoted"),
            QuotingState.GRACE: mark("QuotingState", "Excused by a fill"),
            QuotingState.MISSED: mark("QuotingState", "Missed"),
            QuotingState.EXEMPT: mark("QuotingState", "Exempt"),
            QuotingState.OFF: mark("QuotingState", "Not owed"),
        },
    ),
    InquiryStatus: (
        "InquiryStatus",
        {
            InquiryStatus.OPEN: mark("InquiryStatus", "Waiting"),
            InquiryStatus.ANSWERED: mark("InquiryStatus", "Answered"),
            InquiryStatus.LATE: mark("InquiryStatus", "Late"),
            InquiryStatus.MISSED: mark("InquiryStatus", "Not answered"),
            InquiryStatus.LAPSED: mark("InquiryStatus", "Lapsed"),
        },
    ),
    AnswerEnd: (
        "AnswerEnd",
        {
            AnswerEnd.FILLED: mark("AnswerEnd", "Filled"),
            AnswerEnd.CANCELLED: mark("AnswerEnd", "Cancelled"),
            AnswerEnd.INVALID: mark("AnswerEnd", "Replaced by one that does not count"),
            AnswerEnd.PROTECTION: mark("AnswerEnd", "Pulled by protection"),
            AnswerEnd.DISCONNECTED: mark("AnswerEnd", "Line lost"),
            AnswerEnd.VENUE: mark("AnswerEnd", "Taken out by the venue"),
            AnswerEnd.EXEMPT: mark("AnswerEnd", "Obligation lifted"),
            AnswerEnd.PHASE: mark("AnswerEnd", "End of the phase"),
        },
    ),
    Handling: (
        "Handling",
        {
            Handling.REFUSE: mark("Handling", "Refuse"),
            Handling.ADJUST: mark("Handling", "Adjust"),
        },
    ),
    OwnQuoteState: (
        "OwnQuoteState",
        {
            OwnQuoteState.ENTERING: mark("OwnQuoteState", "Sent"),
            OwnQuoteState.LIVE: mark("OwnQuoteState", "Live"),
            OwnQuoteState.ENDED: mark("OwnQuoteState", "Ended"),
        },
    ),
    ReportTable: (
        "ReportTable",
        {
            ReportTable.SUMMARY: mark("ReportTable", "Summary"),
            ReportTable.CONTRACTS: mark("ReportTable", "Contracts"),
            ReportTable.INQUIRIES: mark("ReportTable", "Inquiries"),
            ReportTable.EVIDENCE: mark("ReportTable", "Evidence"),
            ReportTable.EXEMPTIONS: mark("ReportTable", "Exemptions by hand"),
            ReportTable.PAUSES: mark("ReportTable", "Pauses"),
        },
    ),
    ReportColumn: (
        "ReportColumn",
        {
            ReportColumn.FIGURE: mark("ReportColumn", "Figure"),
            ReportColumn.VALUE: mark("ReportColumn", "Value"),
            ReportColumn.DAY: mark("ReportColumn", "Day"),
            ReportColumn.DAYS: mark("ReportColumn", "Days"),
            ReportColumn.TERMS: mark("ReportColumn", "Terms"),
            ReportColumn.CONTRACT: mark("ReportColumn", "Contract"),
            ReportColumn.UNDERLYING: mark("ReportColumn", "Underlying"),
            ReportColumn.PARTICIPATION: mark("ReportColumn", "Participation"),
            ReportColumn.REQUIRED: mark("ReportColumn", "Required"),
            ReportColumn.REACHED: mark("ReportColumn", "Reached"),
            ReportColumn.OBLIGATED: mark("ReportColumn", "Obligated s"),
            ReportColumn.COMPLIANT: mark("ReportColumn", "Compliant s"),
            ReportColumn.GRACE: mark("ReportColumn", "Excused s"),
            ReportColumn.MISSED: mark("ReportColumn", "Missed s"),
            ReportColumn.EXEMPT: mark("ReportColumn", "Exempt s"),
            ReportColumn.SPREAD: mark("ReportColumn", "Spread"),
            ReportColumn.SPREAD_USE: mark("ReportColumn", "Part of allowed spread"),
            ReportColumn.SIZE: mark("ReportColumn", "Size"),
            ReportColumn.CONTRACT_RATE: mark("ReportColumn", "Contract rate"),
            ReportColumn.CONTRACTS_REQUIRED: mark("ReportColumn", "Contracts required"),
            ReportColumn.SCORE: mark("ReportColumn", "Score"),
            ReportColumn.ASKED: mark("ReportColumn", "Inquiries"),
            ReportColumn.ANSWERED: mark("ReportColumn", "Answered in time"),
            ReportColumn.ANSWER_RATE: mark("ReportColumn", "Answer rate"),
            ReportColumn.MEDIAN_SECONDS: mark("ReportColumn", "Median seconds"),
            ReportColumn.PULLED_EARLY: mark("ReportColumn", "Pulled early"),
            ReportColumn.INQUIRY: mark("ReportColumn", "Inquiry"),
            ReportColumn.STATUS: mark("ReportColumn", "Status"),
            ReportColumn.QUANTITY: mark("ReportColumn", "Quantity"),
            ReportColumn.RESPONSE_SECONDS: mark("ReportColumn", "Seconds to answer"),
            ReportColumn.HELD_SECONDS: mark("ReportColumn", "Seconds held"),
            ReportColumn.ANSWER_END: mark("ReportColumn", "Ended by"),
            ReportColumn.QUOTE: mark("ReportColumn", "Quote"),
            ReportColumn.LAST_QUOTE: mark("ReportColumn", "Last quote"),
            ReportColumn.BEGIN: mark("ReportColumn", "Begin"),
            ReportColumn.END: mark("ReportColumn", "End"),
            ReportColumn.STATE: mark("ReportColumn", "State"),
            ReportColumn.CAUSE: mark("ReportColumn", "Cause"),
            ReportColumn.NUMBER: mark("ReportColumn", "Number"),
            ReportColumn.UNTIL: mark("ReportColumn", "Until"),
            ReportColumn.LIFTED: mark("ReportColumn", "Lifted by"),
            ReportColumn.ENDED: mark("ReportColumn", "Ended early by"),
            ReportColumn.BY: mark("ReportColumn", "By"),
            ReportColumn.REASON: mark("ReportColumn", "Reason"),
            ReportColumn.COUNTS: mark("ReportColumn", "Accepted by the terms"),
        },
    ),
}
