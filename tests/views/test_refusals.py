"""Refused input on a Chinese screen: field, value and rule, and no rule that a screen can show is left out."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from terminal.domain.class_events import check_event
from terminal.domain.errors import BadFile, BadInput, CalendarError
from terminal.domain.messages import ClassEvent, ClassEventKind
from terminal.views.inquiries.rule_words import rule_refusal
from terminal.views.quoting.words import term_refusal
from terminal.views.refusals import refusal, rule_words
from terminal.views.strategies.words import sentence
from terminal.views.translation import Languages
from tests.views.desk_rig import CALENDAR

TERMINAL = Path(__file__).resolve().parents[2] / "terminal"
#: Files, or how their names begin, whose rules no screen shows by `refusal` or `rule_words`, and where they are read.
#: Every other file with a rule is held to its Chinese: a new one must be said, or named here with its reason
ELSEWHERE = {
    "app/limits.py": "the settings file, on the command line",
    "domain/": "forms that the ticket says in words of its own, by reason",
    "rules/": "figures of the day's files and profiles",
    "serve.py": "the command line",
    "services/abandonments.py": "who acts is known before",
    "services/basket_plan.py": "the panel of the basket, in words of its own",
    "services/auto_exercise.py": "hours that the strip says itself",
    "services/order_draft.py": "the ticket, in words of its own",
    "services/obligation_report.py": "days put together by the program",
    "services/protection.py": "who acts is known before",
    "services/quoting_day.py": "a day counted again, in the log",
    "storage/calendar_file.py": "the command line",
    "storage/chain_": "the venue's start",
    "storage/contract_": "the venue's start",
    "storage/journal_file.py": "times of our own",
    "strategies/plug_ins/worker_ask.py": "the process of a plug-in",
    "training/script.py": "the venue's start",
    "training/scripted_trainee.py": "a class without a screen",
    "venue/": "another process, which answers with reasons",
    "venue_source.py": "the venue's start",
    "scenarios.py": "the command line",
    "views/inquiries/kept_rules.py": "the log: what was kept is passed over",
    "views/keys.py": "the log; the sheet of keys says it itself",
    "views/translation.py": "the log",
    "services/hand_exemptions.py": "views/obligations/exempt_words.py, by the field alone",
    "services/obligations.py": "views/obligations/exempt_words.py, by the field alone",
    "services/pauses.py": "views/obligations/pause_words.py, by the field alone",
}
#: Of those above, what a screen does show
SHOWN = (
    "domain/class_events.py",
    "rules/obligations/terms.py",
    "rules/obligations/terms_texts.py",
    "rules/protection/limit_sheet.py",
)
#: Shown on the strategies' screen, whose sentences know more
BY_SENTENCE = (
    "app/plug_ins.py",
    "rules/protection/limit_sheet.py",
    "strategies/parameters.py",
    "strategies/plug_ins/loading.py",
    "views/strategies/kept.py",
    "views/strategies/strategy_desk.py",
)
FIGURE = "7"
WORD = re.compile(r"[A-Za-z_]*[a-z]{3}[A-Za-z_]*")
#: Names that stand in a file as they are, and are said so in Chinese too
AS_WRITTEN = {
    *("absolute", "book", "clock", "count", "dataclass", "delta", "flat", "high", "rate", "relative", "source"),
    *("Python", "Strategy", "bid_below", "days_per_year", "link_seconds", "margin_call", "margin_force"),
    *("off", "tenors", "ticks", "yes"),
}
MARKS = r"BadInput\(|BadFile\(|[bB]roken"


def texts_in(node: ast.expr | None, file: ast.Module) -> Iterator[str]:
    """The texts an expression may be, a figure for each place; what another error said is not known here."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(next(texts_in(part, file), FIGURE) for part in node.values)
    elif isinstance(node, ast.FormattedValue):
        yield from texts_in(node.value, file) if isinstance(node.value, ast.Name) else ()
    elif isinstance(node, ast.IfExp):
        yield from texts_in(node.body, file)
        yield from texts_in(node.orelse, file)
    elif isinstance(node, ast.Name):
        for assigned in ast.walk(file):
            if isinstance(assigned, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == node.id for target in assigned.targets
            ):
                yield from texts_in(assigned.value, file)


def tells_what_is_broken(function: ast.FunctionDef) -> bool:
    return "broken" in f"{function.name} {ast.unparse(function.returns) if function.returns else ''}".lower()


def rules_of(text: str) -> Iterator[str]:
    """The rules of a source: of its refusals, and of its generators of what is broken."""
    file = ast.parse(text)
    for node in ast.walk(file):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("BadInput", "BadFile"):
            yield from texts_in(node.args[2], file)
        elif isinstance(node, ast.FunctionDef) and tells_what_is_broken(node):
            for told in ast.walk(node):
                if isinstance(told, ast.Yield) and isinstance(told.value, ast.Tuple):
                    yield from texts_in(told.value.elts[-1], file)


def rules_by_file() -> dict[str, tuple[str, ...]]:
    """Of every file under terminal/ that has any."""
    sources = {path.relative_to(TERMINAL).as_posix(): path.read_text("utf-8") for path in TERMINAL.rglob("*.py")}
    named = {file: tuple(rules_of(text)) for file, text in sorted(sources.items()) if re.search(MARKS, text)}
    return {file: rules for file, rules in named.items() if rules}


RULES = rules_by_file()


def is_shown(file: str) -> bool:
    return file in SHOWN or not file.startswith(tuple(ELSEWHERE))


@pytest.mark.requirement("X12")
@pytest.mark.parametrize("file", [file for file in RULES if is_shown(file)])
def test_every_rule_that_a_screen_shows_is_said_in_chinese(languages: Languages, file: str) -> None:
    languages.use("zh_CN")
    said = sentence if file in BY_SENTENCE else rule_words
    english = {rule: set(WORD.findall(said(rule))) - AS_WRITTEN for rule in RULES[file]}
    assert {rule: words for rule, words in english.items() if words} == {}


def test_what_is_read_elsewhere_is_still_there() -> None:
    assert [path for path in ELSEWHERE if not any(file.startswith(path) for file in RULES)] == []
    assert [file for file in (*SHOWN, *BY_SENTENCE) if file not in RULES] == []
    assert sum(len(rules) for file, rules in RULES.items() if is_shown(file)) > 100


@pytest.mark.requirement("X12")
def test_field_value_and_rule_are_said_in_the_language_in_force(languages: Languages) -> None:
    with pytest.raises(BadInput) as caught:
        check_event(ClassEvent(kind=ClassEventKind.GAP, underlying="510050", move=0.75))
    assert refusal(caught.value) == "move: 0.75 is not accepted: a fraction between -0.5 and 0.5"
    languages.use("zh_CN")
    assert refusal(caught.value, "跳空") == "跳空：不接受 0.75，应为：-0.5 至 0.5 之间的比例"
    languages.use("en")


@pytest.mark.parametrize(
    ("rule", "chinese"),
    [
        ("a rate between -50 and 50 per cent", "-50% 至 50% 之间的利率"),
        ("after 14:30, which is now", "晚于当前时间 14:30"),
        ("0 to 100", "0 至 100"),
        ("Expected `float`, got `str` - at `$.near`", "应为 float，实为 str"),
        ("Expected `int` >= 1", "应为不小于 1 的 int"),
    ],
)
def test_figures_of_a_rule_stand_in_its_chinese(languages: Languages, rule: str, chinese: str) -> None:
    languages.use("zh_CN")
    assert rule_words(rule) == chinese


def test_what_the_calendar_says_within_a_rule_is_said_too(languages: Languages) -> None:
    with pytest.raises(CalendarError) as caught:
        CALENDAR.is_trading_day(date(2031, 1, 6))
    languages.use("zh_CN")
    outside = "2031-01-06 不在交易日历之内，日历覆盖 2026 至 2027 年：请导入交易所公告"
    assert rule_words(str(caught.value)) == outside
    assert rule_words(f"a calendar that reaches 2031-01-06: {caught.value}").endswith(outside)


def test_a_rule_nobody_knows_stays_as_it_is(languages: Languages) -> None:
    languages.use("zh_CN")
    assert rule_words("whatever {0} a plug-in says") == "whatever {0} a plug-in says"


def test_a_file_is_named_with_its_line_and_hostile_text_is_bounded(languages: Languages) -> None:
    error = BadFile("row", "\u202e" + "9" * 500, "a date and eight rates", 3, "rates.csv")
    said = refusal(error)
    assert said.startswith("rates.csv, line 3: row: \\u202e999")
    assert len(said) < 120
    languages.use("zh_CN")
    assert refusal(error).startswith("rates.csv 第 3 行：row：")


@pytest.mark.requirement("X12")
def test_a_grid_says_its_own_names_of_fields_and_choices_in_the_same_sentence(languages: Languages) -> None:
    pasted = BadInput("clipboard", "70 lines", "at most 7 lines from here")
    chosen = BadInput("width", "", "ticks or volatility or allowed")
    assert term_refusal(pasted) == "Clipboard: 70 lines is not accepted: at most 7 lines from here"
    assert term_refusal(chosen, "P 2.9") == (
        "P 2.9 Width rule: “” is not accepted: one of Ticks, Volatility, Obligation"
    )
    assert rule_refusal(chosen) == "Width rule: “” is not accepted: one of Ticks, Volatility, Obligation"
    languages.use("zh_CN")
    assert term_refusal(pasted) == "剪贴板：不接受 70 lines，应为：由此处起最多 7 行"
    assert re.search("[a-z]", rule_refusal(chosen)) is None
