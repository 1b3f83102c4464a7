"""The written debrief (复盘): what happened, what was asked, what was done when, the score, what would have been right.

Markdown, in either language. Reminders, events and checkpoints come from the journals, the rest from the file.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import ClassEventKind, EventInjected
from terminal.training.checkpoints import Result, State, total
from terminal.training.evidence import Evidence
from terminal.training.scenario import Scenario
from terminal.training.words import EVENT_WORDS, STATE_WORDS, TEXTS

#: So many reminders of a kind at one time are one line
_GROUP_FROM = 5


def debrief(
    scenario: Scenario,
    results: Sequence[Result],
    evidence: Evidence,
    events: Iterable[EventInjected],
    *,
    language: str,
    taken_off: int = 0,
    pass_mark: int = 60,
) -> str:
    """The debrief of one trainee."""
    texts = TEXTS["zh" if language.startswith("zh") else "en"]
    earned = max(total(results) - taken_off, 0)
    share = round(100 * earned / scenario.points)
    verdict = texts["passed"] if share >= pass_mark else texts["failed"]
    lines = [
        f"# {texts['debrief']} · {scenario.title.of(language)}",
        "",
        f"**{texts['score']}: {earned} / {scenario.points} ({share} %) · {verdict}**",
    ]
    if taken_off:
        lines.append(f"{texts['hints']}: -{taken_off}")
    lines += ["", f"## {texts['asked']}", "", scenario.page.task.of(language), "", f"## {texts['happened']}", ""]
    lines += [f"- {stamp(record.at)} {event_words(record, language)}" for record in events] or [f"- {texts['none']}"]
    lines += ["", f"## {texts['reminders']}", ""]
    lines += _reminders(evidence) or [f"- {texts['none']}"]
    header = (texts["checkpoint"], texts["state"], texts["when"], texts["seconds"], texts["points"])
    lines += ["", f"## {texts['checkpoints']}", "", f"| {' | '.join(header)} |", "|---|---|---|---|---|"]
    titles = {spec.name: spec for spec in scenario.checkpoint}
    states = STATE_WORDS["zh" if language.startswith("zh") else "en"]
    for result in results:
        spec = titles[result.checkpoint.name]
        when = stamp(result.at) if result.at is not None else "–"
        took = f"{result.seconds:.0f}" if result.seconds is not None else "–"
        points = f"{result.points} / {result.checkpoint.points}"
        lines.append(f"| {spec.title.of(language)} | {states[result.state]} | {when} | {took} | {points} |")
    lines += ["", f"## {texts['right']}", ""]
    for result in results:
        mark = "✔" if result.state is State.DONE else "✘"
        spec = titles[result.checkpoint.name]
        lines.append(f"- {mark} **{spec.title.of(language)}** – {spec.right.of(language)}")
    lines += ["", scenario.debrief.of(language), ""]
    return "\n".join(lines)


def _reminders(evidence: Evidence) -> list[str]:
    """When each cause was said, first and again; many causes of a kind at one time are one line."""
    times: dict[tuple[datetime, str], list[str]] = {}
    for reminder in evidence.said():
        times.setdefault((reminder.said_at, reminder.kind), []).append(reminder.subject)
    return [
        f"- {stamp(at)} {kind} {' '.join(subjects) if len(subjects) < _GROUP_FROM else f'x {len(subjects)}'}"
        for (at, kind), subjects in times.items()
    ]


def stamp(at: datetime) -> str:
    """Day and time of the market."""
    return at.astimezone(SHANGHAI).strftime("%m-%d %H:%M:%S")


def event_words(record: EventInjected, language: str) -> str:
    """One event in words with its figures."""
    event = record.event
    short = "zh" if language.startswith("zh") else "en"
    figures = [event.code or event.underlying, event.account_id]
    if event.move and event.kind in (ClassEventKind.GAP, ClassEventKind.VOLATILITY):
        figures.append(f"{event.move:+.1%}")
    if event.price is not None:
        figures.append(f"{event.price:f}")
    if event.amount:
        figures.append(f"{event.amount:f}")
    if event.seconds:
        figures.append(f"{event.seconds:g} s")
    if event.day is not None:
        figures.append(event.day.isoformat())
    said = event.text.get("zh_CN" if short == "zh" else "en", "")
    words = f"{EVENT_WORDS[short][event.kind]} {' '.join(f for f in figures if f)} {said}".strip()
    return words if record.done else f"{words} ✘ {record.detail}"
