"""Delivery on E+1: the worked cash fallback of rulebook 6, order of the shares, and the put side."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.errors import BadInput
from terminal.rules.delivery import Delivery, deliver_assigned_calls, deliver_exercised_puts, take_assigned_puts
from terminal.rules.profile import Profile

D = Decimal
NOBODY: dict[str, Any] = {"covered_shares": 0, "other_covered_shares": 0, "free_shares": 0}


def _calls(profile: Profile, assigned: int = 10, *, use_other: bool = True, **shares: Any) -> Delivery:
    rules = msgspec.structs.replace(profile.delivery, use_other_covered=use_other)
    figures = NOBODY | shares
    return deliver_assigned_calls(
        assigned, strike=D("5.000"), multiplier=10_000, close=D("5.01"), rules=rules, **figures
    )


@pytest.mark.requirement("AC9", "AC12")
def test_the_worked_example_of_the_cash_fallback(profile: Profile) -> None:
    # rulebook 6: 10 short 300ETF November 5.000 calls, 30,000 shares: [5.01 x 1.1 - 5] x 10000 x 7 = 35,770
    delivery = _calls(profile, free_shares=30_000)
    assert (delivery.delivered, delivery.cash_settled) == (3, 7)
    assert str(delivery.cash_paid) == "35770.00"
    assert str(delivery.cash_received) == "150000.00"
    assert delivery.shares_given == 30_000


@pytest.mark.requirement("AC12")
def test_covering_shares_go_first_then_free_ones_then_those_of_other_months(profile: Profile) -> None:
    shares: dict[str, Any] = {"covered_shares": 40_000, "free_shares": 15_000, "other_covered_shares": 20_000}
    delivery = _calls(profile, **shares)
    assert (delivery.shares_covered, delivery.shares_free, delivery.shares_other_covered) == (40_000, 15_000, 15_000)
    assert (delivery.delivered, delivery.cash_settled) == (7, 3)
    without = _calls(profile, use_other=False, **shares)
    assert (without.shares_covered, without.shares_free, without.shares_other_covered) == (40_000, 10_000, 0)
    assert (without.delivered, without.cash_settled) == (5, 5)
    few = _calls(profile, 2, **shares)
    assert (few.shares_covered, few.shares_free, few.cash_paid) == (20_000, 0, D(0))


def test_a_close_far_below_the_strike_costs_nothing(profile: Profile) -> None:
    delivery = deliver_assigned_calls(
        1, strike=D(5), multiplier=10_000, close=D("4.5"), rules=profile.delivery, **NOBODY
    )
    assert (delivery.cash_settled, delivery.cash_paid) == (1, D(0))


@pytest.mark.requirement("AC9")
def test_a_put_without_shares_lapses_or_is_settled_by_the_profile(profile: Profile) -> None:
    def puts(shortfall: str) -> Delivery:
        rules = msgspec.structs.replace(profile.delivery, put_shortfall=shortfall)
        return deliver_exercised_puts(
            5, strike=D(5), multiplier=10_000, free_shares=29_000, close=D("4.9"), rules=rules
        )

    lapsed = puts("invalid")
    assert (lapsed.delivered, lapsed.invalid, lapsed.cash_settled, lapsed.shares_free) == (2, 3, 0, 20_000)
    assert lapsed.cash_received == D(100_000)
    # (5 - 4.9 x 0.9) x 10,000 x 3 = 17,700
    settled = puts("cash")
    assert (settled.delivered, settled.invalid, settled.cash_settled) == (2, 0, 3)
    assert settled.cash_received == D(117_700)


def test_the_shipped_profiles_let_such_a_put_lapse(profile: Profile, simulation: Profile) -> None:
    assert (profile.delivery.put_shortfall, simulation.delivery.put_shortfall) == ("invalid", "invalid")


@pytest.mark.requirement("AC9", "O4")
def test_shares_a_put_writer_cannot_pay_go_to_the_disposal_account() -> None:
    taken = take_assigned_puts(5, strike=D("3.000"), multiplier=10_000, available_cash=D("89999.99"))
    assert (taken.delivered, taken.to_disposal) == (2, 3)
    assert (taken.cash_paid, taken.cash_short) == (D(60_000), D(90_000))
    broke = take_assigned_puts(1, strike=D(3), multiplier=10_000, available_cash=D(-5))
    assert (broke.delivered, broke.to_disposal) == (0, 1)


def test_negative_figures_are_refused(profile: Profile) -> None:
    with pytest.raises(BadInput, match="delivery"):
        _calls(profile, free_shares=-1)
    with pytest.raises(BadInput, match="delivery"):
        take_assigned_puts(-1, strike=D(3), multiplier=10_000, available_cash=D(0))


_shares = st.integers(0, 200_000)


@given(assigned=st.integers(0, 20), covered=_shares, other=_shares, free=_shares)
def test_every_contract_is_settled_once_and_no_share_is_given_twice(
    profile: Profile, assigned: int, covered: int, other: int, free: int
) -> None:
    delivery = _calls(profile, assigned, covered_shares=covered, other_covered_shares=other, free_shares=free)
    assert delivery.delivered + delivery.cash_settled == assigned
    assert delivery.shares_given == delivery.delivered * 10_000
    assert delivery.shares_covered <= covered
    assert delivery.shares_free <= free
    assert delivery.shares_other_covered <= other
    # Money only where one more contract could not be delivered
    assert delivery.cash_settled == 0 or covered + other + free - delivery.shares_given < 10_000
