"""What a person must look at now, in words: alarms, calls for money, and what a start brought back."""

from datetime import date, datetime
from decimal import Decimal

from terminal.domain.calendar import SHANGHAI
from terminal.domain.forced import ForcedCause
from terminal.domain.reasons import Reason
from terminal.rules.profile import Profile
from terminal.rules.protection.pull_rules import PullCause
from terminal.rules.protection.stops import StopTier
from terminal.rules.sessions import DaySchedule, Entry
from terminal.services.events import AlarmKind, AlarmRaised, RecoveryFinished
from terminal.services.market_data import MarketData
from terminal.views.formatting import money
from terminal.views.plurals import in_number
from terminal.views.quoting.trip_words import trip_words
from terminal.views.quoting.words import by_words, pull_cause_words, stop_words
from terminal.views.texts import bounded, name_of, reason_sentence, underlying_name, words
from terminal.views.translation import translate


def alarm_sentence(alarm: AlarmRaised, market: MarketData) -> str:
    """An alarm in words, its figures after a colon."""
    figures = [bounded(figure) for figure in alarm.figures if figure]
    if alarm.kind is AlarmKind.UNORDERED_EXECUTION and len(alarm.figures) == 3:
        code, count, cause = alarm.figures
        return _forced_sentence(ForcedCause(cause), name_of(code, market), bounded(count))
    if alarm.kind is AlarmKind.RECONCILIATION and len(figures) == 4:
        pattern = translate("AlarmKind", "Contract {code}: the desk counts {ours}, the counter {theirs}")
        return pattern.format(code=figures[0], ours=figures[2], theirs=figures[3])
    if alarm.kind is AlarmKind.INQUIRY_UNANSWERED and len(figures) == 2:
        pattern = translate("AlarmKind", "An inquiry is about to be missed: {contract}, {seconds} s left")
        return pattern.format(contract=name_of(alarm.figures[0], market), seconds=figures[1])
    if alarm.kind is AlarmKind.PROTECTION:
        causes = {cause.value: pull_cause_words(cause) for cause in PullCause}
        causes |= {f"stop {tier}": stop_words(tier) for tier in StopTier}
        known = market.underlying(alarm.figures[0]) if alarm.figures else None
        figures = [causes.get(figure) or by_words(figure) for figure in alarm.figures if figure]
        if known is not None:
            figures[0] = underlying_name(known)
        tripped = trip_words(alarm.figures, market)
        figures = figures if tripped is None else [tripped]
    if alarm.kind is AlarmKind.VENUE_REFUSED and alarm.figures:
        reason = next((member for member in Reason if member.value == alarm.figures[0]), None)
        if reason is not None:
            figures = [reason_sentence(reason, alarm.figures[1] if len(alarm.figures) > 1 else "")]
    pattern = translate("AlarmKind", "{alarm}: {figures}")
    return pattern.format(alarm=words(alarm.kind), figures=", ".join(figures)) if figures else words(alarm.kind)


def waits_for_a_person(alarm: AlarmRaised, market: MarketData) -> bool:
    """Whether a protection did what a person has to lift or to re-arm: a stop, a tripped window."""
    return (
        alarm.figures[:1] in [(f"stop {tier}",) for tier in StopTier] or trip_words(alarm.figures, market) is not None
    )


def _forced_sentence(cause: ForcedCause, contract: str, count: str) -> str:
    """What was executed though nobody of the account ordered it, and why."""
    pattern = {
        ForcedCause.MARGIN: translate("AlarmKind", "Closed by force for margin: {contract}, size {count}"),
        ForcedCause.COVERED: translate("AlarmKind", "Closed by force for missing cover: {contract}, size {count}"),
        ForcedCause.OTHER: translate("AlarmKind", "Executed though nobody here ordered it: {contract}, size {count}"),
    }[cause]
    return pattern.format(contract=contract, count=count)


def margin_call_sentence(called: Decimal, rules: Profile, day: date) -> str:
    """What must be brought in by when, and from when on the broker closes: when trading goes on after the deadline."""
    deadline = datetime.combine(day, rules.clearing.forced_close_by, SHANGHAI)
    first = DaySchedule.of(rules.sessions, day).first_accepted(Entry.ORDERS, deadline) or deadline
    pattern = translate(
        "Banner", "Margin call: bring in {money} yuan by {until}, or positions are closed by force from {first} on"
    )
    return pattern.format(money=money(called), until=f"{deadline:%H:%M}", first=f"{first:%H:%M}")


def recovery_sentence(finished: RecoveryFinished) -> str:
    """What a start brought back."""
    text = translate("Recovery", "Recovered {orders} orders, {fills} fills, {working} working").format(
        orders=finished.orders, fills=finished.fills, working=finished.working
    )
    if finished.instructions:
        text += translate("Recovery", ", {instructions} instructions").format(instructions=finished.instructions)
    if finished.replayed:
        text += translate("Recovery", ", {replayed} sent again by the venue").format(replayed=finished.replayed)
    if finished.in_doubt:
        text += translate("Recovery", ", {in_doubt} asked for").format(in_doubt=finished.in_doubt)
    return in_number(text)
