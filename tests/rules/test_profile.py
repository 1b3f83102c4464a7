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
        ('move = "0.50"', 'move = "NaN"', "breaker.move"),
        ('move = "0.50"', 'move = "0"', "breaker.move"),
        ("right_side = 5000", "right_side = -1", "limits.institution.right_side"),
        ('exchange = "1.30"', 'exchange = "Infinity"', "fees.exchange"),
        ('standard = "1.20"', 'standard = "0.99"', "margin.groups.standard"),
        ('{ step = "5" },', '{ step = "0" },', r"listing.etf_steps\[7\].step"),
        ('{ step = "5" },', '{ up_to = "200", step = "5" },', "listing.etf_steps"),
        ('{ up_to = "20", step = "1" },', '{ step = "1" },', "listing.stock_steps"),
        ("[09:15:00, 09:25:00]", "[09:25:00, 09:15:00]", "sessions"),
        ("[14:59:00, 15:00:00]]", "[15:00:00, 14:59:00]]", "sessions.no_cancel"),
        ('code = "510300"', 'code = "510050"', "underlyings"),
        ("[orders]", "[orders", "line"),
    ],
)
def test_a_wrong_profile_is_refused_and_the_file_and_key_are_named(old: str, new: str, says: str) -> None:
    assert old in _text()
    with pytest.raises(ConfigurationError, match=says) as raised:
        parse_profile(_text().replace(old, new, 1), "mine.toml")
    assert "mine.toml" in str(raised.value)
