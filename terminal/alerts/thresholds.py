"""When the desk reminds: figures of the rule profile, the desk's own (`resources/alerts/defaults.toml`), the user's.

The user's stand in his settings by name and are checked one by one; a figure that is refused leaves the default.
"""

from collections.abc import Iterator, Mapping
from datetime import time, timedelta
from decimal import Decimal
from typing import Annotated, Any

import msgspec

from terminal.alerts.alert import AlertKind
from terminal.alerts.repetition import Repetition
from terminal.domain.errors import BadInput, ConfigurationError
from terminal.rules.profile import Positive, Profile, Section

_Days = Annotated[int, msgspec.Meta(ge=0, le=60)]
_Minutes = Annotated[int, msgspec.Meta(ge=0, le=1440)]
#: A person must not switch off what may hold his orders back, or what tells him that he is blind
NEVER_OFF = frozenset(
    {
        AlertKind.EXERCISE,
        AlertKind.ADJUSTMENT_COMING,
        AlertKind.COVERED_SHORTFALL,
        AlertKind.ASSIGNED,
        AlertKind.MARGIN,
        AlertKind.FORCED_CLOSE,
        AlertKind.CONNECTION,
        AlertKind.STALE_DATA,
        AlertKind.INSTRUCTOR,
    }
)


class RepetitionSetting(Section, frozen=True, kw_only=True):
    """How one kind repeats."""

    every_minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)] | None = None
    within_minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)] | None = None
    at: tuple[time, ...] = ()
    rest_minutes: _Minutes = 5

    def repetition(self) -> Repetition:
        """What the engine takes."""
        every = None if self.every_minutes is None else timedelta(minutes=self.every_minutes)
        within = None if self.within_minutes is None else timedelta(minutes=self.within_minutes)
        return Repetition(every, within, self.at, timedelta(minutes=self.rest_minutes))


class Thresholds(Section, frozen=True, kw_only=True):
    """Figures of all rules; fractions as decimals, days are trading days."""

    near_expiry_days: _Days
    top_up_days: tuple[_Days, ...]
    """Before an ex-day, at which missing cover is told again"""
    exercise_days: tuple[_Days, ...]
    """Before expiry, 0 for the day itself"""
    exercise_times: tuple[time, ...]
    """On the expiry day; from the last on new orders wait"""
    obligation_days: _Days
    """Before expiry, from which a writer's means are looked at"""
    deep_out_percent: Decimal
    """Of the underlying's price: an option this far out of the money is deep out (严重价外), or"""
    deep_out_delta: Decimal
    """one of an absolute delta below this"""
    margin_warn: Decimal
    """Risk ratios (风险度)"""
    margin_call: Decimal
    margin_force: Decimal
    large_holder: Decimal
    """Part of a position limit"""
    adjustment_days: tuple[_Days, ...]
    not_closed_from: time
    position_limit: Decimal
    purchase_limit: Decimal
    link_seconds: Positive
    link_urgent_seconds: Positive
    stale_seconds: Positive
    slack_part: Decimal
    resumption_minutes: Positive
    group_from: Annotated[int, msgspec.Meta(ge=2, le=1000)]
    off: tuple[AlertKind, ...] = ()
    repetition: dict[AlertKind, RepetitionSetting]

    def repetitions(self) -> dict[AlertKind, Repetition]:
        """By kind, for the engine."""
        return {kind: setting.repetition() for kind, setting in self.repetition.items()}


def read_thresholds(profile: Profile, text: str, source: str) -> Thresholds:
    """The defaults: the profile's figures and the desk's file. Raises ConfigurationError that names file and key."""
    try:
        own = msgspec.toml.decode(text)
        thresholds = msgspec.convert(_of_profile(profile) | own, Thresholds, str_keys=True)
    except (msgspec.MsgspecError, ValueError, TypeError) as error:
        raise ConfigurationError(f"reminders {source}: {error}") from error
    for name, rule in _broken(thresholds):
        raise ConfigurationError(f"reminders {source}: {name}: {rule}")
    return thresholds


def with_changes(thresholds: Thresholds, changes: Mapping[str, Any]) -> tuple[Thresholds, tuple[BadInput, ...]]:
    """The user's figures over the defaults, and what was refused of them: field, value and rule."""
    refused: list[BadInput] = []
    for name, value in changes.items():
        try:
            thresholds = changed(thresholds, name, value)
        except BadInput as error:
            refused.append(error)
    return thresholds, tuple(refused)


def changed(thresholds: Thresholds, name: str, value: object) -> Thresholds:
    """One figure of the user's put in force. Raises BadInput with field, value and rule."""
    if name not in Thresholds.__struct_fields__:
        raise BadInput("reminder setting", name, f"one of {', '.join(Thresholds.__struct_fields__)}")
    built = msgspec.to_builtins(thresholds)
    if name == "repetition" and isinstance(value, Mapping):
        value = built[name] | dict(value)
    try:
        after = msgspec.convert(built | {name: value}, Thresholds)
    except msgspec.ValidationError as error:
        raise BadInput(name, value, str(error)) from error
    for broken, rule in _broken(after):
        raise BadInput(name, value, rule if broken == name else f"{broken}: {rule}")
    return after


def _of_profile(profile: Profile) -> dict[str, object]:
    built: dict[str, Any] = msgspec.to_builtins(profile.reminders)
    # The contract list bears this flag itself
    del built["adjusted_days"]
    risk = profile.risk
    return built | {
        "margin_warn": str(risk.warn),
        "margin_call": str(risk.call),
        "margin_force": str(risk.force),
        "large_holder": str(risk.large_holder),
    }


def _broken(t: Thresholds) -> Iterator[tuple[str, str]]:
    """Every field that breaks a rule the types do not tell."""
    for name in ("position_limit", "purchase_limit", "large_holder", "slack_part", "deep_out_delta"):
        figure = getattr(t, name)
        if not figure.is_finite() or not 0 < figure <= 1:
            yield name, "above 0, at most 1"
    if not t.deep_out_percent.is_finite() or not 0 < t.deep_out_percent <= 100:
        yield "deep_out_percent", "above 0, at most 100"
    for name in ("margin_warn", "margin_call", "margin_force"):
        if not getattr(t, name).is_finite() or getattr(t, name) <= 0:
            yield name, "above 0"
    if t.margin_warn.is_finite() and t.margin_call.is_finite() and t.margin_warn > t.margin_call:
        yield "margin_warn", f"at most margin_call, {t.margin_call}"
    if t.margin_call.is_finite() and t.margin_force.is_finite() and t.margin_call > t.margin_force:
        yield "margin_call", f"at most margin_force, {t.margin_force}"
    if list(t.exercise_times) != sorted(set(t.exercise_times)) or not t.exercise_times:
        yield "exercise_times", "at least one time, each later than the one before"
    if 0 not in t.exercise_days:
        yield "exercise_days", "holds 0, the expiry day itself"
    if t.link_urgent_seconds < t.link_seconds:
        yield "link_urgent_seconds", f"at least link_seconds, {t.link_seconds}"
    kept = sorted(kind.value for kind in NEVER_OFF.intersection(t.off))
    if kept:
        yield "off", f"{', '.join(kept)} cannot be switched off"
