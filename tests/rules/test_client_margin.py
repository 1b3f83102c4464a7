"""What a broker holds: group multiples, rulebook 4.2 near expiry, and the simulation's addition on the last day."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.accounts import PositionSide
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import BadInput
from terminal.rules.client_margin import (
    MarginKind,
    SettledLeg,
    client_combination_margin,
    client_margin,
    client_opening_margin,
    moneyness_percent,
    uplift_applies,
)
from terminal.rules.margin import broker_margin, group_multiple
from terminal.rules.profile import Profile

D = Decimal
OPENING, MAINTENANCE = MarginKind
CLOSE = D("2.963")


def _margin(
    contract: Contract,
    profile: Profile,
    *,
    strike: str,
    settlement: str,
    right: Right = Right.CALL,
    kind: MarginKind = MAINTENANCE,
    days: int = 20,
    group: str = "standard",
    underlying: str = "510050",
) -> Decimal:
    return client_margin(
        replace(contract, strike=D(strike), right=right, underlying=underlying),
        kind=kind,
        underlying_price=CLOSE,
        settlement=D(settlement),
        group=group,
        days_to_expiry=days,
        rules=profile.margin,
    )


@pytest.mark.requirement("O10")
def test_clients_pay_the_groups_multiple_of_the_worked_examples(contract: Contract, profile: Profile) -> None:
    # rulebook 4.3 #5: 3,641.60 at the exchange
    assert _margin(contract, profile, strike="3.00", settlement="0.0456") == D("4369.92")
    assert _margin(contract, profile, strike="3.00", settlement="0.0456", group="exchange") == D("3641.60")
    assert broker_margin(contract, profile.margin) == D("9822.72")  # 8,185.60 x 1.20
    assert broker_margin(contract, profile.margin, "exchange") == D("8185.60")


def test_an_unknown_group_is_named(contract: Contract, profile: Profile) -> None:
    with pytest.raises(BadInput, match=r"margin group: 'vip' .* exchange, standard"):
        group_multiple(profile.margin, "vip")


@pytest.mark.requirement("O16")
@pytest.mark.parametrize(
    ("right", "strike", "applies"),
    [
        (Right.CALL, "3.00", True),  # 1.25 % out of the money
        (Right.CALL, "3.051", True),  # 2.97 %
        (Right.CALL, "3.052", False),  # 3.004 %
        (Right.CALL, "2.00", True),
        (Right.PUT, "2.934", True),  # 0.98 %
        (Right.PUT, "2.933", False),  # 1.01 %
        (Right.PUT, "3.50", True),
    ],
)
def test_the_uplift_reaches_from_near_the_money_inwards(
    contract: Contract, profile: Profile, right: Right, strike: str, applies: bool
) -> None:
    given_contract = replace(contract, right=right, strike=D(strike))
    assert uplift_applies(given_contract, MAINTENANCE, CLOSE, "standard", 1, profile.margin) == applies


def test_the_bound_itself_is_charged(contract: Contract, profile: Profile) -> None:
    # (S - K) / S is -3 % exactly
    assert moneyness_percent(Right.CALL, D("3.09"), D(3)) == -3
    assert uplift_applies(replace(contract, strike=D("3.09")), MAINTENANCE, D(3), "standard", 1, profile.margin)
    assert uplift_applies(
        replace(contract, strike=D("2.97"), right=Right.PUT), MAINTENANCE, D(3), "standard", 1, profile.margin
    )


@pytest.mark.requirement("O16")
@pytest.mark.parametrize(
    ("kind", "days", "applies"),
    [
        (OPENING, 2, False),
        (MAINTENANCE, 2, False),
        (OPENING, 1, False),
        (MAINTENANCE, 1, True),
        (OPENING, 0, True),
        (MAINTENANCE, 0, True),
    ],
)
def test_the_uplift_begins_at_the_end_of_the_day_before_expiry(
    contract: Contract, profile: Profile, kind: MarginKind, days: int, applies: bool
) -> None:
    margin = _margin(contract, profile, strike="3.00", settlement="0.0456", kind=kind, days=days)
    # 3,641.60 x 1.40 and x 1.20
    assert margin == (D("5098.24") if applies else D("4369.92"))


@pytest.mark.requirement("O16")
def test_a_put_near_expiry_is_charged_its_strike_in_full(contract: Contract, profile: Profile) -> None:
    put = Right.PUT
    assert _margin(contract, profile, strike="3.00", settlement="0.07", right=put, days=1) == D("30000.00")
    # rulebook 4.3 #7, 8.9 % out of the money: 1,920.00 x 1.20
    assert _margin(contract, profile, strike="2.70", settlement="0.003", right=put, days=1) == D("2304.00")
    own = _margin(contract, profile, strike="3.00", settlement="0.07", right=put, days=1, group="exchange")
    assert own == D("4255.60")


@pytest.mark.requirement("O10")
def test_a_short_pair_near_expiry_takes_the_uplifted_leg_and_the_others_settlement(
    contract: Contract, profile: Profile
) -> None:
    call = SettledLeg(replace(contract, strike=D(3)), PositionSide.SHORT, D("0.0456"))
    put = SettledLeg(replace(contract, strike=D(3), right=Right.PUT), PositionSide.SHORT, D("0.0700"))

    def margin(days: int, group: str) -> Decimal:
        return client_combination_margin(
            CombinationStrategy.KS,
            (call, put),
            kind=MAINTENANCE,
            underlying_price=CLOSE,
            group=group,
            days_to_expiry=days,
            rules=profile.margin,
        )

    # rulebook 4.2: max(3,641.60 x 1.40, 3.00 x 10,000) + 0.0456 x 10,000
    assert margin(1, "standard") == D("30456.00")
    # rulebook 4.3 #12
    assert margin(20, "exchange") == D("4711.60")
    # max(4,369.92, 5,106.72) + 456.00
    assert margin(20, "standard") == D("5562.72")


def test_a_spread_is_charged_with_the_multiple(contract: Contract, profile: Profile) -> None:
    legs = (
        SettledLeg(replace(contract, strike=D("3.2")), PositionSide.LONG, D("0.0080")),
        SettledLeg(replace(contract, strike=D("3.0")), PositionSide.SHORT, D("0.0456")),
    )
    for group, expected in (("exchange", "2000.00"), ("standard", "2400.00")):
        margin = client_combination_margin(
            "CXSJC",
            legs,
            kind=OPENING,
            underlying_price=CLOSE,
            group=group,
            days_to_expiry=9,
            rules=profile.margin,
        )
        assert margin == D(expected)


def test_the_simulation_adds_a_part_of_the_price_on_the_last_day(contract: Contract, simulation: Profile) -> None:
    # 15 % / 7 %: 0.0456 + 0.44445 - 0.037 = 0.45305; on the last day + 7 % of 2.963 (rulebook 4.2)
    def margin(kind: MarginKind, days: int) -> Decimal:
        return _margin(contract, simulation, strike="3.00", settlement="0.0456", kind=kind, days=days, group="exchange")

    assert margin(MAINTENANCE, 1) == D("4530.50")
    assert margin(MAINTENANCE, 0) == D("6604.60")
    assert margin(OPENING, 0) == D("4530.50")
    # 25 % / 10 % and 10 %: 0.0456 + 0.74075 - 0.037 + 0.2963
    stock = _margin(
        contract, simulation, strike="3.00", settlement="0.0456", days=0, group="exchange", underlying="601398"
    )
    assert stock == D("10456.50")


@pytest.mark.requirement("O5", "O10")
@pytest.mark.parametrize(
    ("group", "days", "expected"),
    [
        ("standard", 1, "9822.72"),
        ("standard", 0, "11459.84"),
        ("exchange", 0, "8185.60"),
    ],
)
def test_an_order_is_charged_from_the_published_margin(
    contract: Contract, profile: Profile, group: str, days: int, expected: str
) -> None:
    # rulebook 4.3 #1: 8,185.60; x 1.20, and in the money on the last day x 1.40
    margin = client_opening_margin(contract, group=group, days_to_expiry=days, rules=profile.margin)
    assert margin == D(expected)


@given(
    strike=st.decimals(D(2), D(4), places=3),
    settlement=st.decimals(D("0.0001"), D("1.5"), places=4),
    right=st.sampled_from(Right),
    days=st.integers(0, 3),
    kind=st.sampled_from(MarginKind),
)
def test_a_client_never_pays_less_than_the_exchange_asks_unless_the_strike_is_paid_in_full(
    contract: Contract,
    profile: Profile,
    strike: Decimal,
    settlement: Decimal,
    right: Right,
    days: int,
    kind: MarginKind,
) -> None:
    figures: dict[str, Any] = {
        "strike": str(strike),
        "settlement": str(settlement),
        "right": right,
        "days": days,
        "kind": kind,
    }
    client = _margin(contract, profile, **figures)
    exchange = _margin(contract, profile, group="exchange", **figures)
    assert client >= exchange or client == strike * 10000
