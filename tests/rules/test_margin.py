"""Margin of one short contract: the worked examples 1 to 11 of rulebook 4.3."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.contracts import Contract, Right, UnderlyingKind
from terminal.domain.errors import BadInput
from terminal.rules.adjustment import adjust
from terminal.rules.margin import EXCHANGE_MINIMUM, broker_margin, maintenance_margin, opening_margin, rates_of
from terminal.rules.profile import MarginRate, Profile

D = Decimal
CALL, PUT = Right.CALL, Right.PUT


@pytest.mark.requirement("O5", "O10")
@pytest.mark.parametrize(
    ("right", "strike", "close", "settlement", "expected"),
    [
        pytest.param(CALL, "2.500", "2.963", "0.4630", "8185.60", id="1-published"),
        pytest.param(CALL, "2.550", "2.963", "0.4130", "7685.60", id="2-published"),
        pytest.param(CALL, "1.8", "2", "0.25", "4900.00", id="3-at-12-and-7-percent"),
        pytest.param(CALL, "3.20", "2.963", "0.0080", "2154.10", id="4-out-of-the-money"),
        pytest.param(CALL, "3.00", "2.963", "0.0456", "3641.60", id="5"),
        pytest.param(PUT, "3.00", "2.963", "0.0700", "4255.60", id="6"),
        pytest.param(PUT, "2.70", "2.963", "0.0030", "1920.00", id="7-out-of-the-money"),
        pytest.param(PUT, "3.50", "0.10", "3.40", "35000.00", id="8-capped-at-the-strike"),
    ],
)
def test_margin_of_funds_follows_the_worked_examples(
    right: Right, strike: str, close: str, settlement: str, expected: str
) -> None:
    opening = opening_margin(
        right=right,
        strike=D(strike),
        multiplier=10000,
        underlying_close=D(close),
        previous_settlement=D(settlement),
    )
    maintenance = maintenance_margin(
        right=right, strike=D(strike), multiplier=10000, underlying_close=D(close), settlement=D(settlement)
    )
    assert str(opening) == str(maintenance) == expected


@pytest.mark.requirement("O5")
def test_example_3_takes_the_rates_of_the_simulation() -> None:
    margin = opening_margin(
        right=CALL,
        strike=D("1.8"),
        multiplier=10000,
        underlying_close=D(2),
        previous_settlement=D("0.25"),
        rates=MarginRate(ratio_1=D(15), ratio_2=D(7)),
    )
    assert margin == D("5500.00")


@pytest.mark.requirement("O5")
@pytest.mark.parametrize("kind", ["STOCK", UnderlyingKind.STOCK])
@pytest.mark.parametrize(
    ("right", "strike", "settlement", "expected"),
    [
        pytest.param(CALL, "22", "1.20", "3400.00", id="9"),
        pytest.param(PUT, "18", "0.80", "2600.00", id="10"),
    ],
)
def test_margin_of_shares_follows_the_worked_examples(
    kind: UnderlyingKind | str, right: Right, strike: str, settlement: str, expected: str
) -> None:
    margin = opening_margin(
        right=right,
        strike=D(strike),
        multiplier=1000,
        underlying_close=D(20),
        previous_settlement=D(settlement),
        underlying_kind=kind,
    )
    assert margin == D(expected)


@pytest.mark.requirement("O5")
@pytest.mark.fault("F38")
def test_example_11_uses_the_terms_after_an_adjustment() -> None:
    # 510050 on 2016-11-29: close of the eve 2.460, dividend 0.053
    terms = adjust(strike=D("2.05"), multiplier=10000, underlying_close=D("2.460"), cash_dividend=D("0.053"))
    assert terms.settlement(D("0.4000")) == D("0.3914")
    margin = opening_margin(
        right=CALL,
        strike=terms.strike,
        multiplier=terms.multiplier,
        underlying_close=D("2.407"),
        previous_settlement=terms.settlement(D("0.4000")),
    )
    assert margin == D("6952.05")


def test_an_unknown_kind_of_underlying_is_named() -> None:
    with pytest.raises(BadInput, match="underlying kind: 'BOND'"):
        opening_margin(
            right=CALL,
            strike=D(1),
            multiplier=1,
            underlying_close=D(1),
            previous_settlement=D(1),
            underlying_kind="BOND",
        )


@pytest.mark.parametrize("kind", UnderlyingKind)
@pytest.mark.parametrize("right", Right)
def test_the_live_profile_charges_the_exchange_minimum(profile: Profile, kind: UnderlyingKind, right: Right) -> None:
    assert rates_of(profile.margin, kind, right) == EXCHANGE_MINIMUM[kind, right]


@pytest.mark.requirement("O5")
def test_the_broker_charges_a_multiple_rounded_to_cents(contract: Contract, profile: Profile) -> None:
    # 8185.60 x 1.20
    assert str(broker_margin(contract, profile.margin)) == "9822.72"


@given(
    right=st.sampled_from(Right),
    strike=st.decimals("0.5", "10", places=3),
    close=st.decimals("0.5", "10", places=3),
    settlement=st.decimals("0.0001", "0.5", places=4),
    kind=st.sampled_from(UnderlyingKind),
)
def test_margin_grows_with_the_settlement_and_a_put_never_needs_more_than_the_strike(
    right: Right, strike: Decimal, close: Decimal, settlement: Decimal, kind: UnderlyingKind
) -> None:
    def margin(settled: Decimal) -> Decimal:
        return opening_margin(
            right=right,
            strike=strike,
            multiplier=10000,
            underlying_close=close,
            previous_settlement=settled,
            underlying_kind=kind,
        )

    assert margin(settlement) > 0
    assert margin(settlement) <= margin(settlement + D("0.0001"))
    if right is PUT:
        assert margin(settlement) <= strike * 10000
    else:
        assert margin(settlement) >= settlement * 10000
