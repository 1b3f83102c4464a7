"""Notices of the venue (公告) in words: what they concern, and their figures, bounded and escaped."""

from collections.abc import Sequence

from terminal.domain.messages import Notice, NoticeKind
from terminal.domain.phases import Phase
from terminal.services.market_data import MarketData
from terminal.views.day_end_words import step_words
from terminal.views.texts import bounded, contract_name, underlying_name, words
from terminal.views.translation import translate


def notice_sentence(notice: Notice, market: MarketData) -> str:
    """A notice in words, with what it concerns and its figures."""
    figures = {key: bounded(value) for key, value in notice.figures.items()}
    what = notice_subject(notice, market)
    count = figures.get("count", "1")
    pattern: str
    match notice.kind:
        case NoticeKind.INSTRUCTOR:
            # Said by a person in both languages, or in one
            spoken = translate("Notice", "en")
            pattern, what = "{what}", figures.get(spoken) or next(iter(figures.values()), words(notice.kind))
        case NoticeKind.SUSPENSION if notice.underlying:
            pattern = translate("Notice", "{what}: {count} contracts are suspended")
        case NoticeKind.SUSPENSION:
            pattern = translate("Notice", "{what}: trading is halted")
        case NoticeKind.RESUMPTION:
            pattern = translate("Notice", "{what}: trading goes on")
        case NoticeKind.LISTING if figures.get("cause") == "month":
            pattern = translate("Notice", "{what}: a new month, {count} contracts are listed today")
        case NoticeKind.LISTING if figures.get("cause") == "adjustment":
            pattern = translate("Notice", "{what}: after the ex-day {count} standard contracts are listed today")
        case NoticeKind.LISTING:
            pattern = translate("Notice", "{what}: {count} new contracts are listed today")
        case NoticeKind.EX_RIGHT if "close" in figures:
            pattern = translate(
                "Notice", "{what}: adjusted from {day} on by the close of {close}, dividend of {cash} yuan"
            )
        case NoticeKind.EX_RIGHT if "cash" in figures:
            pattern = translate("Notice", "{what}: ex-day on {day}, dividend of {cash} yuan a share")
        case NoticeKind.EX_RIGHT:
            pattern = translate("Notice", "{what}: {count} contracts were adjusted, contract unit now {unit}")
        case NoticeKind.EXPIRY if figures.get("today") == "yes":
            pattern = translate("Notice", "{what}: {count} contracts expire today")
        case NoticeKind.EXPIRY:
            pattern = translate("Notice", "{what}: {count} contracts expire on {day}")
        case NoticeKind.BREAKER:
            pattern = translate("Notice", "{what}: volatility interruption, auction until {until}")
        case NoticeKind.OPEN_RESTRICTION if figures.get("lifted"):
            pattern = translate("Notice", "{what}: from the next trading day calls of {day} may be opened again")
        case NoticeKind.OPEN_RESTRICTION if figures.get("from") == "next":
            pattern = translate("Notice", "{what}: from the next trading day calls of {day} may not be opened")
        case NoticeKind.OPEN_RESTRICTION:
            pattern = translate("Notice", "{what}: opening is restricted in {count} contracts")
        case NoticeKind.INQUIRY if len(notice.codes) > 1:
            pattern = translate("Notice", "{what}: quotes are asked for in {count} contracts")
        case NoticeKind.INQUIRY:
            pattern = translate("Notice", "{what}: a quote is asked for")
        case NoticeKind.SESSION if "stopped" in figures:
            pattern = translate("Notice", "The day's end has stopped: {why}")
        case NoticeKind.SESSION if figures.get("step") == "settled":
            pattern = translate("Notice", "The day is settled")
        case NoticeKind.SESSION if "step" in figures:
            pattern = translate("Notice", "Day's end {number} of {of}: {step}")
        case NoticeKind.SESSION:
            phase = next((p for p in Phase if p.value == figures.get("phase")), None)
            pattern, what = "{what}", words(phase) if phase is not None else words(notice.kind)
    return pattern.format(
        what=what,
        count=count,
        step=step_words(figures.get("step", "")),
        unit=figures.get("unit", "?"),
        day=figures.get("day", "?"),
        until=figures.get("until", "?"),
        close=figures.get("close", "?"),
        cash=figures.get("cash", "?"),
        why=figures.get("stopped", "?"),
        number=figures.get("number", "?"),
        of=figures.get("of", "?"),
    )


def interruptions_sentence(notices: Sequence[Notice], market: MarketData) -> str:
    """Volatility interruptions of one underlying's contracts in one sentence, the newest named."""
    newest = notices[-1]
    contract = market.contract(newest.codes[0])
    underlying = market.underlying(contract.underlying) if contract is not None else None
    if len(notices) == 1 or underlying is None:
        return notice_sentence(newest, market)
    pattern = translate("Notice", "{what}: {count} volatility interruptions, the last in {contract} until {until}")
    return pattern.format(
        what=underlying_name(underlying),
        count=len(notices),
        contract=notice_subject(newest, market),
        until=bounded(newest.figures.get("until", "?")),
    )


def notice_subject(notice: Notice, market: MarketData) -> str:
    """The underlying or contract a notice is about; the market itself where it names none."""
    underlying = market.underlying(notice.underlying)
    if underlying is not None:
        return underlying_name(underlying)
    if notice.underlying:
        return bounded(notice.underlying)
    if len(notice.codes) == 1:
        code = notice.codes[0]
        contract, share = market.contract(code), market.underlying(code)
        if contract is not None:
            return contract_name(contract, market)
        return share.name if share is not None else bounded(code)
    return translate("Notice", "Market")
