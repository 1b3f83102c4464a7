"""The desk's limit sheet and a maker's limits: shipped figures, with those that the user's configuration overwrites."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TypeVar

from terminal.domain.errors import BadInput, ConfigurationError
from terminal.resources import resource_folder
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.rules.protection.market_maker import ProtectionLimits, Scope
from terminal.rules.protection.pull_rules import PullRules
from terminal.rules.protection.risk_value import RiskValueLimits

P = TypeVar("P", ProtectionLimits, PullRules, RiskValueLimits)


@dataclass(frozen=True, slots=True)
class MakerLimits:
    """What guards the quotes of a market maker."""

    quoter: LimitSheet
    """Of each quoter"""
    windows: Mapping[Scope, ProtectionLimits]
    pull: PullRules
    risk: RiskValueLimits
    """Of the book's live risk value"""


def desk_sheet(overwritten: Mapping[str, float | str], order_value: Decimal | None) -> LimitSheet:
    """The sheet in force. `order_value` is the older setting for the premium of one order; blank allows nothing.

    Raises ConfigurationError for a name that is no limit and for what is no number.
    """
    figures: dict[str, object] = tomllib.loads((resource_folder() / "limits" / "desk.toml").read_text("utf-8"))
    figures["order_notional"] = None if order_value is None else float(order_value)
    try:
        return LimitSheet.of(figures | dict(overwritten))
    except BadInput as error:
        raise ConfigurationError(f"desk_limits: {error}") from error


def maker_limits(overwritten: Mapping[str, Mapping[str, float | str]]) -> MakerLimits:
    """The limits in force, `overwritten` by table. Raises ConfigurationError as `desk_sheet` does."""
    tables: dict[str, dict[str, object]] = tomllib.loads(
        (resource_folder() / "limits" / "maker.toml").read_text("utf-8")
    )
    for name, figures in overwritten.items():
        if name not in ("quoter", "pull", "risk_value", *(f"window_{scope}" for scope in Scope)):
            raise ConfigurationError(f"maker_limits: {name!r} is no table of limits")
        tables[name] = {**tables.get(name, {}), **figures}
    try:
        return MakerLimits(
            LimitSheet.of(tables["quoter"]),
            {
                scope: _figures(ProtectionLimits, tables[f"window_{scope}"])
                for scope in Scope
                if f"window_{scope}" in tables
            },
            _figures(PullRules, tables["pull"]),
            _figures(RiskValueLimits, tables["risk_value"]),
        )
    except BadInput as error:
        raise ConfigurationError(f"maker_limits: {error}") from error


def _figures(kind: type[P], given: Mapping[str, object]) -> P:
    known = {field.name for field in fields(kind)}
    taken: dict[str, float] = {}
    for name, value in given.items():
        if name not in known:
            raise BadInput(name, value, "the name of a limit")
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise BadInput(name, value, "a number; blank allows nothing")
        try:
            taken[name] = float(value or 0.0)
        except ValueError:
            raise BadInput(name, value, "a number; blank allows nothing") from None
    return kind(**taken)
