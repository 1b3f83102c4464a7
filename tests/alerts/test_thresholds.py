"""Figures of the reminders: the profile's, the desk's, the user's; what is refused says field, value and rule."""

from datetime import time, timedelta
from decimal import Decimal

import pytest

from terminal.alerts.alert import AlertKind
from terminal.alerts.repetition import Repetition
from terminal.alerts.thresholds import NEVER_OFF, changed, read_thresholds, with_changes
from terminal.domain.errors import BadInput, ConfigurationError
from terminal.resources import resource_folder
from terminal.rules.profile import parse_profile
from tests.alerts.room import thresholds
from tests.venue.counter.market import profile


@pytest.mark.requirement("T4", "T5", "T6", "R1")
def test_the_shipped_figures_are_those_of_the_rulebook() -> None:
    # rulebook 11b
    figures = thresholds()
    assert (figures.near_expiry_days, figures.obligation_days) == (5, 2)
    assert (figures.top_up_days, figures.exercise_days) == ((5, 3, 1), (2, 1, 0))
    assert figures.exercise_times == (time(14, 30), time(15, 10))
    assert (figures.margin_warn, figures.margin_call, figures.margin_force) == (
        Decimal("0.80"),
        Decimal("1.00"),
        Decimal("1.30"),
    )
    assert (figures.deep_out_percent, figures.deep_out_delta) == (Decimal(10), Decimal("0.05"))
    assert figures.large_holder == Decimal("0.80")
    assert figures.repetitions()[AlertKind.EXERCISE] == Repetition(
        every=timedelta(minutes=10), within=timedelta(minutes=60)
    )


def test_another_era_brings_its_own_figures() -> None:
    text = (resource_folder() / "rules" / "sse_simulation_2014.toml").read_text("utf-8")
    own = (resource_folder() / "alerts" / "defaults.toml").read_text("utf-8")
    # rulebook 11b: ten days in the older specification
    assert read_thresholds(parse_profile(text, "sim"), own, "defaults").near_expiry_days == 10


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("near_expiry_days", 10),
        ("exercise_times", ["14:00:00", "15:20:00"]),
        ("margin_warn", "0.6"),
        ("off", ["listing", "near_expiry"]),
        ("repetition", {"listing": {"every_minutes": 60}}),
    ],
)
def test_a_user_changes_one_figure(name: str, value: object) -> None:
    after, refused = with_changes(thresholds(), {name: value})
    assert refused == ()
    assert getattr(after, name) != getattr(thresholds(), name)
    assert AlertKind.EXERCISE in after.repetitions()


@pytest.mark.fault("F45")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("near_expiry_days", -1),
        ("near_expiry_days", "soon"),
        ("margin_warn", "NaN"),
        ("margin_warn", "0"),
        ("margin_warn", "1.2"),
        ("margin_call", "2"),
        ("position_limit", "1.01"),
        ("slack_part", "0"),
        ("deep_out_percent", "0"),
        ("exercise_times", []),
        ("exercise_times", ["15:10:00", "14:30:00"]),
        ("exercise_days", [2, 1]),
        ("link_seconds", 0),
        ("link_urgent_seconds", 1),
        ("group_from", 1),
        ("off", ["margin"]),
        ("off", ["moods"]),
        ("repetition", {"moods": {}}),
        ("repetition", {"listing": {"every_minutes": 0}}),
        ("colour", "red"),
    ],
)
def test_a_bad_figure_is_refused_and_leaves_the_default(name: str, value: object) -> None:
    with pytest.raises(BadInput) as refused:
        changed(thresholds(), name, value)
    assert refused.value.rule
    after, errors = with_changes(thresholds(), {name: value, "stale_seconds": 60})
    assert after == changed(thresholds(), "stale_seconds", 60)
    assert len(errors) == 1


def test_what_holds_orders_or_tells_of_blindness_cannot_be_switched_off() -> None:
    for kind in NEVER_OFF:
        with pytest.raises(BadInput, match="cannot be switched off"):
            changed(thresholds(), "off", [kind.value])


@pytest.mark.parametrize("text", ["", "group_from = 5", 'position_limit = "2"', "near = 1", "x ="])
def test_a_file_of_defaults_that_is_wrong_is_refused_by_its_name(text: str) -> None:
    own = (resource_folder() / "alerts" / "defaults.toml").read_text("utf-8")
    if "=" in text and text.split(" ")[0] in own:
        text = "\n".join([text, *(line for line in own.splitlines() if not line.startswith(text.split(" ")[0]))])
        if "group_from" in text:
            text = text.replace("group_from = 5", "group_from = 0")
    with pytest.raises(ConfigurationError, match=r"reminders defaults\.toml"):
        read_thresholds(profile(), text, "defaults.toml")
