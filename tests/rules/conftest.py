"""What the rule tests share: the shipped profile and calendar, and one contract of a plain day."""

import tomllib
from datetime import date
from decimal import Decimal

import pytest

from terminal.domain.calendar import TradingCalendar, TradingYear
from terminal.domain.contracts import Contract, Right
from terminal.resources import resource_folder
from terminal.rules.profile import Profile, parse_profile


@pytest.fixture(scope="session")
def profile() -> Profile:
    """Give the default rules."""
    return parse_profile((resource_folder() / "rules" / "sse_2025.toml").read_text(encoding="utf-8"), "sse_2025.toml")


@pytest.fixture(scope="session")
def simulation() -> Profile:
    """Give the rules of the simulation of 2014."""
    name = "sse_simulation_2014.toml"
    return parse_profile((resource_folder() / "rules" / name).read_text(encoding="utf-8"), name)


@pytest.fixture(scope="session")
def calendar() -> TradingCalendar:
    """Give the shipped trading calendar."""
    data = tomllib.loads((resource_folder() / "calendar" / "sse.toml").read_text(encoding="utf-8"))
    return TradingCalendar(
        TradingYear(y["year"], frozenset(y["closed"]), estimated=y["status"] != "official") for y in data["year"]
    )


@pytest.fixture(scope="session")
def contract() -> Contract:
    """Give a call with round figures: limits 0.0001 to 0.7593, margin 8,185.60 yuan (rulebook 2.7 and 4.3)."""
    expiry = date(2025, 12, 24)
    return Contract(
        code="10001771",
        trading_code="510050C2512M02500",
        name="50ETF购12月2500",
        underlying="510050",
        right=Right.CALL,
        strike=Decimal("2.5"),
        multiplier=10000,
        first_day=date(2025, 5, 29),
        last_day=expiry,
        exercise_day=expiry,
        delivery_day=date(2025, 12, 25),
        expiry=expiry,
        previous_settlement=Decimal("0.4630"),
        underlying_close=Decimal("2.963"),
        limit_up=Decimal("0.7593"),
        limit_down=Decimal("0.0001"),
        margin=Decimal("8185.60"),
    )
