"""docs/reminders.md: every kind has its line, and the figures it gives are those that are shipped."""

import re
from pathlib import Path

import pytest

from terminal.alerts.alert import AlertKind
from terminal.alerts.conditions import Condition, How, Measure
from terminal.rules.order_warnings import OrderWarning
from tests.alerts.room import thresholds

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "reminders.md").read_text("utf-8")
ROWS = {
    match[1]: [cell.strip() for cell in match[0].strip("|").split("|")]
    for match in re.finditer(r"^\| `(\w+)` .*\|$", TEXT, re.MULTILINE)
}


@pytest.mark.parametrize("kind", AlertKind)
def test_every_kind_has_a_line_with_trigger_default_level_end_and_pictures(kind: AlertKind) -> None:
    row = ROWS[kind.value]
    assert len(row) == 8
    assert all(row), row
    for language in ("en", "zh"):
        picture = DOCS / "images" / "reminders" / f"{kind.value}-{language}.png"
        assert f"(images/reminders/{picture.name})" in row[7]
        assert picture.is_file()


def test_warnings_before_an_order_are_kinds_of_reminders_too() -> None:
    named = {warning.value for warning in OrderWarning} - {OrderWarning.MARGIN_TIGHT.value}
    assert named <= {kind.value for kind in AlertKind}


def test_the_figures_are_the_shipped_ones() -> None:
    t = thresholds()
    for kind, part in (
        ("near_expiry", f"P {t.near_expiry_days} trading days"),
        ("exercise", f"E {t.exercise_times[0]:%H:%M}, {t.exercise_times[1]:%H:%M}"),
        ("not_closed", f"{t.not_closed_from:%H:%M}"),
        ("adjustment_coming", ", ".join(map(str, t.adjustment_days))),
        ("covered_shortfall", ", ".join(map(str, t.top_up_days))),
        ("margin", f"{t.margin_warn:.0%}, {t.margin_call:.0%}, {t.margin_force:.0%}".replace("%", " %")),
        ("position_limit", f"{t.position_limit:.0%}".replace("%", " %")),
        ("purchase_limit", f"{t.purchase_limit:.0%}".replace("%", " %")),
        ("large_holder", f"{t.large_holder:.0%}".replace("%", " %")),
        ("suspension", f"{t.resumption_minutes} minutes"),
        ("connection", f"{t.link_seconds} s, urgent from {t.link_urgent_seconds} s"),
        ("stale_data", f"{t.stale_seconds} s"),
        ("obligation", f"{t.slack_part:.0%}".replace("%", " %")),
        ("deep_out_of_money", f"{t.deep_out_percent:f} %, {t.deep_out_delta:f}"),
    ):
        assert part in ROWS[kind][2], kind


def test_every_field_measure_and_way_of_a_condition_is_told() -> None:
    table = TEXT[TEXT.index("| field | values |") :]
    for name in (*Condition.__struct_fields__, *Measure, *How):
        assert f"`{name}`" in table
