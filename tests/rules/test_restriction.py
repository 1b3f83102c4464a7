"""Open restriction: the real case of rulebook 5.3 and its hysteresis."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.contracts import UnderlyingKind
from terminal.domain.errors import BadInput
from terminal.rules.profile import Profile
from terminal.rules.restriction import float_share, restricted_next_day

D = Decimal


@pytest.mark.requirement("T2")
def test_may_2019_is_restricted_as_it_was(profile: Profile) -> None:
    # rulebook 5.3: on 2019-05-06 1,397,700 calls of May stood for 79.05 % of the float, which gives the float
    share = float_share([(1_397_700, 10_000)], 17_681_214_421)
    assert round(share, 4) == D("0.7905")
    assert restricted_next_day(share, False, profile.restriction)


def test_units_of_adjusted_contracts_count_in_shares() -> None:
    assert float_share([(100, 10_000), (100, 10_220)], 10_110_000) == D("0.2")
    assert float_share([], 1) == 0


@pytest.mark.parametrize("shares", [0, -1])
def test_a_float_that_is_none_is_refused(shares: int) -> None:
    with pytest.raises(BadInput, match="float shares"):
        float_share([(1, 10_000)], shares)


@pytest.mark.requirement("T2")
@pytest.mark.parametrize(
    ("share", "restricted_today", "kind", "tomorrow"),
    [
        ("0.75", False, UnderlyingKind.ETF, False),  # not above the trigger
        ("0.7501", False, UnderlyingKind.ETF, True),
        ("0.7001", True, UnderlyingKind.ETF, True),
        ("0.70", True, UnderlyingKind.ETF, False),  # at the lift
        ("0.72", False, UnderlyingKind.ETF, False),
        ("0.30", False, UnderlyingKind.STOCK, False),
        ("0.3001", False, UnderlyingKind.STOCK, True),
        ("0.2801", True, UnderlyingKind.STOCK, True),
        ("0.28", True, UnderlyingKind.STOCK, False),
    ],
)
def test_it_begins_above_the_trigger_and_ends_at_the_lift(
    profile: Profile, share: str, restricted_today: bool, kind: UnderlyingKind, tomorrow: bool
) -> None:
    assert restricted_next_day(D(share), restricted_today, profile.restriction, kind) is tomorrow


@given(share=st.decimals(0, 2, places=4), kind=st.sampled_from(UnderlyingKind))
def test_an_unchanged_share_never_changes_the_state_twice(
    profile: Profile, share: Decimal, kind: UnderlyingKind
) -> None:
    rules = profile.restriction
    for start in (False, True):
        once = restricted_next_day(share, start, rules, kind)
        assert restricted_next_day(share, once, rules, kind) is once
    # Whoever was restricted is never freed by a share at which another would be restricted
    assert restricted_next_day(share, True, rules, kind) >= restricted_next_day(share, False, rules, kind)
