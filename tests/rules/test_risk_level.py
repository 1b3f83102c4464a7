"""The broker's steps of the risk ratio, rulebook 11b: used margin over cash, from the profile's marks on."""

from decimal import Decimal

import pytest

from terminal.domain.accounts import Funds
from terminal.rules.risk_level import RiskLevel, risk_level
from tests.venue.counter.market import profile


@pytest.mark.requirement("O16")
@pytest.mark.parametrize(
    ("balance", "margin", "level"),
    [
        ("100", "79.99", RiskLevel.NORMAL),
        ("100", "80", RiskLevel.WARN),
        ("100", "99.99", RiskLevel.WARN),
        ("100", "100", RiskLevel.CALL),
        ("100", "129.99", RiskLevel.CALL),
        ("100", "130", RiskLevel.FORCE),
        ("0", "0", RiskLevel.NORMAL),
        ("0", "0.01", RiskLevel.FORCE),
        ("-5", "1", RiskLevel.FORCE),
    ],
)
def test_each_step_holds_from_its_mark_on(balance: str, margin: str, level: RiskLevel) -> None:
    assert risk_level(Funds(balance=Decimal(balance), margin=Decimal(margin)), profile().risk) is level


def test_an_account_nobody_told_of_is_not_at_risk() -> None:
    assert risk_level(None, profile().risk) is RiskLevel.NORMAL
