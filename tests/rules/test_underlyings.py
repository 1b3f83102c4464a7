"""The day's underlyings out of profile and closes."""

from decimal import Decimal

import pytest

from terminal.domain.contracts import UnderlyingKind
from terminal.domain.errors import BadInput
from terminal.rules.profile import Profile
from terminal.rules.underlyings import build_underlying


@pytest.mark.requirement("T1")
def test_an_underlying_has_its_own_limits_and_name(profile: Profile) -> None:
    kc = build_underlying(profile, "588000", Decimal("1.050"))
    assert (kc.code, kc.name, kc.pinyin, kc.kind) == ("588000", "科创50", "KC50", UnderlyingKind.ETF)
    assert (kc.limit_down, kc.limit_up) == (Decimal("0.840"), Decimal("1.260"))
    assert (kc.previous_close, kc.limit_rate, kc.tick_size) == (Decimal("1.050"), Decimal("0.20"), Decimal("0.001"))


@pytest.mark.parametrize(("code", "close", "field"), [("510051", "1", "underlying"), ("510050", "0", "previous close")])
def test_what_is_not_listed_or_has_no_price_is_refused(profile: Profile, code: str, close: str, field: str) -> None:
    with pytest.raises(BadInput, match=field):
        build_underlying(profile, code, Decimal(close))


def test_a_close_that_is_no_number_is_refused(profile: Profile) -> None:
    with pytest.raises(BadInput, match="previous close"):
        build_underlying(profile, "510050", Decimal("NaN"))
