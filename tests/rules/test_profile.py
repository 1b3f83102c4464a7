"""Rule profiles: the shipped one, and files that are wrong."""

from datetime import time
from decimal import Decimal

import pytest

from terminal.domain.errors import ConfigurationError
from terminal.resources import resource_folder
from terminal.rules.profile import Profile, parse_profile


def _text() -> str:
    return (resource_folder() / "rules" / "sse_2025.toml").read_text(encoding="utf-8")


def test_the_shipped_profile_holds_the_published_figures(profile: Profile) -> None:
    assert [u.code for u in profile.underlyings] == ["510050", "510300", "510500", "588000", "588080"]
    assert (profile.orders.limit_order_max, profile.orders.market_order_max) == (50, 10)
    assert profile.sessions.morning == (time(9, 30), time(11, 30))
    assert (profile.breaker.move, profile.breaker.min_ticks) == (Decimal("0.50"), 10)
    assert profile.underlying("588080") is profile.underlyings[-1]
    assert profile.underlying("159919") is None


@pytest.mark.fault("F44", "F45")
@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("limit_order_max = 50", "", "limit_order_max"),
        ("limit_order_max = 50", "limit_order_max = 0", "limit_order_max"),
        ("limit_order_max = 50", 'limit_order_max = "many"', "limit_order_max"),
        ("lot = 1", "lot = 1\nlots = 2", "lots"),
        ('move = "0.50"', 'move = "half"', "move"),
        ("[orders]", "[orders", "line"),
    ],
)
def test_a_wrong_profile_is_refused_and_the_file_and_key_are_named(old: str, new: str, says: str) -> None:
    assert old in _text()
    with pytest.raises(ConfigurationError, match=says) as raised:
        parse_profile(_text().replace(old, new, 1), "mine.toml")
    assert "mine.toml" in str(raised.value)
