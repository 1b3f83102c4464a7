"""Refused input on a Chinese screen: field, value and rule, and no rule that a screen can show is left out."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from terminal.domain.class_events import check_event
from terminal.domain.errors import BadFile, BadInput
from terminal.domain.messages import ClassEvent, ClassEventKind
from terminal.views.refusals import refusal, rule_words
from terminal.views.translation import Languages

TERMINAL = Path(__file__).resolve().parents[2] / "terminal"
#: Whose rules a screen shows by `refusal` or `rule_words`
SHOWN = (
    "alerts/conditions.py",
    "alerts/engine.py",
    "alerts/thresholds.py",
    "app/terms_shelf.py",
    "domain/class_events.py",
    "pricing/curve.py",
    "pricing/rate_curve.py",
    "pricing/time_to_expiry.py",
    "rules/obligations/spread.py",
    "rules/obligations/terms_texts.py",
    "services/curves.py",
    "services/pricing_terms.py",
    "services/quote_batches.py",
    "storage/own_terms.py",
    "storage/rate_file.py",
    "strategies/parameters.py",
    "views/alerts/answers.py",
    "views/alerts/setting_fields.py",
    "views/alerts/sounds.py",
    "views/volatility/panel.py",
    "views/volatility/terms_panel.py",
)
FIGURE = "7"


def rules_in(file: str) -> Iterator[str]:
    """The rules of a file, a figure for each place; what another error said is not known here."""
    for node in ast.walk(ast.parse((TERMINAL / file).read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != "BadInput":
            continue
        rule = node.args[2]
        if isinstance(rule, ast.Constant):
            yield str(rule.value)
        elif isinstance(rule, ast.JoinedStr):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else FIGURE for p in rule.values)


@pytest.mark.requirement("X12")
@pytest.mark.parametrize("file", SHOWN)
def test_every_rule_that_a_screen_shows_is_said_in_chinese(languages: Languages, file: str) -> None:
    rules = list(rules_in(file))
    languages.use("zh_CN")
    english = [rule for rule in rules if not re.search("[一-龥]", rule_words(rule))]
    assert english == []


def test_there_are_rules_in_these_files() -> None:
    assert sum(len(list(rules_in(file))) for file in SHOWN) > 40


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
