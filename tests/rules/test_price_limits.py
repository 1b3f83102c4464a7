"""Price limits of options and underlyings: worked figures of the rulebook, then 2,816 published rows."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.contracts import Right
from terminal.rules.price_limits import EXCHANGE_RULES, PriceLimits, price_limits, underlying_limits
from terminal.rules.profile import Profile

D = Decimal
CALL, PUT = Right.CALL, Right.PUT


@pytest.mark.requirement("O5")
@pytest.mark.parametrize(
    ("right", "strike", "close", "settlement", "rate", "last_day", "down", "up"),
    [
        # Rulebook 2.7, the records of 2019-04-24, an expiry day
        (CALL, "2.500", "2.963", "0.4630", "0.10", False, "0.1667", "0.7593"),
        (CALL, "2.500", "2.963", "0.4630", "0.10", True, "0.0001", "0.7593"),
        # Rulebook 2.7, more computed checks
        (CALL, "3.20", "2.963", "0.0080", "0.10", False, "0.0001", "0.2806"),
        (CALL, "3.00", "2.963", "0.0456", "0.10", False, "0.0001", "0.3382"),
        (PUT, "3.50", "2.963", "0.5400", "0.10", False, "0.2437", "0.8363"),
        (CALL, "1.10", "1.050", "0.0300", "0.20", False, "0.0001", "0.2300"),
        (PUT, "1.10", "1.050", "0.0700", "0.20", False, "0.0001", "0.2800"),
        # Far out of the money the half percent counts: 0.005 x 2.530 = 0.01265, half-up to the tick
        (CALL, "5.500", "2.530", "0.0001", "0.10", False, "0.0001", "0.0128"),
        (PUT, "1.250", "2.963", "0.0001", "0.10", False, "0.0001", "0.0064"),
    ],
)
def test_limits_follow_the_worked_figures(
    right: Right, strike: str, close: str, settlement: str, rate: str, last_day: bool, down: str, up: str
) -> None:
    found = price_limits(
        right=right,
        strike=D(strike),
        underlying_close=D(close),
        previous_settlement=D(settlement),
        rate=D(rate),
        is_last_trading_day=last_day,
    )
    assert found == PriceLimits(limit_down=D(down), limit_up=D(up))


@pytest.mark.requirement("O5")
def test_every_published_row_of_june_2018_agrees(shared_data: Path) -> None:
    with (shared_data / "limits_greeks_2018-06.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = []
    for row in rows:
        found = price_limits(
            right=CALL if row["CallPut"] == "Call" else PUT,
            strike=D(row["strike"]),
            underlying_close=D(row["S_prev_adj"]),
            previous_settlement=D(row["pre_settle"]),
            is_last_trading_day=row["date"] == row["MatureDate"],
        )
        if found != PriceLimits(D(row["downlimit"]), D(row["uplimit"])):
            wrong.append((row["date"], row["Code"], found))
    assert len(rows) == 2816
    assert sum(row["date"] == row["MatureDate"] for row in rows) == 62
    assert wrong == []


@given(
    right=st.sampled_from(Right),
    strike=st.decimals("0.05", "10", places=3),
    close=st.decimals("0.05", "10", places=3),
    settlement=st.decimals("0.0001", "5", places=4),
    rate=st.sampled_from([D("0.10"), D("0.20")]),
    last_day=st.booleans(),
)
def test_limits_are_ticks_around_the_settlement(
    right: Right, strike: Decimal, close: Decimal, settlement: Decimal, rate: Decimal, last_day: bool
) -> None:
    found = price_limits(
        right=right,
        strike=strike,
        underlying_close=close,
        previous_settlement=settlement,
        rate=rate,
        is_last_trading_day=last_day,
    )
    tick = D("0.0001")
    assert tick <= found.limit_down <= settlement < found.limit_up
    assert found.limit_up % tick == found.limit_down % tick == 0


@pytest.mark.parametrize(
    ("close", "rate", "tick", "down", "up"),
    [
        ("2.963", "0.10", "0.001", "2.667", "3.259"),  # 2.6667 and 3.2593
        ("1.045", "0.10", "0.001", "0.941", "1.150"),  # 0.9405 and 1.1495, both half-up
        ("1.050", "0.20", "0.001", "0.840", "1.260"),
        ("0.004", "0.10", "0.001", "0.003", "0.005"),  # never less than a tick away
        ("0.001", "0.10", "0.001", "0.001", "0.002"),  # never below a tick
    ],
)
def test_underlying_limits_are_rounded_half_up(close: str, rate: str, tick: str, down: str, up: str) -> None:
    assert underlying_limits(D(close), D(rate), D(tick)) == PriceLimits(D(down), D(up))


def test_the_figures_of_the_formula_are_the_profiles(profile: Profile) -> None:
    assert profile.price_limits == EXCHANGE_RULES
    # 0.5 % of 3.015 is 0.015075: half-up and cut
    far: dict[str, Any] = {
        "right": CALL,
        "strike": D(9),
        "underlying_close": D("3.015"),
        "previous_settlement": D("0.0001"),
    }
    for rules, up in (
        (EXCHANGE_RULES, "0.0152"),
        (msgspec.structs.replace(EXCHANGE_RULES, rounding="down"), "0.0151"),
        (msgspec.structs.replace(EXCHANGE_RULES, least_up=D("0.01")), "0.0303"),
    ):
        assert price_limits(**far, rules=rules).limit_up == D(up)
