"""Limits of a desk and of a market maker: shipped, overwritten by table, refused by name."""

import math

import pytest

from terminal.app.limits import maker_limits
from terminal.domain.errors import ConfigurationError
from terminal.rules.protection.limit_sheet import NOTHING
from terminal.rules.protection.market_maker import Scope

pytestmark = pytest.mark.requirement("M4")


def test_shipped_limits_guard_contract_expiry_and_underlying() -> None:
    limits = maker_limits({})
    assert limits.quoter != NOTHING
    assert set(limits.windows) == {Scope.CONTRACT, Scope.EXPIRY, Scope.UNDERLYING}
    assert all(window.volume > 0 and window.window_seconds > 0 for window in limits.windows.values())
    assert limits.pull.jump_fraction == 0.02


def test_what_the_configuration_says_takes_the_place_and_blank_allows_nothing() -> None:
    limits = maker_limits({"window_expiry": {"volume": 7, "loss": ""}, "window_book": {"volume": "inf"}})
    assert (limits.windows[Scope.EXPIRY].volume, limits.windows[Scope.EXPIRY].loss) == (7.0, 0.0)
    assert math.isinf(limits.windows[Scope.BOOK].volume)
    assert limits.windows[Scope.BOOK].delta == 0.0


@pytest.mark.parametrize(
    ("table", "figures"),
    [("windows", {}), ("quoter", {"size": 1}), ("pull", {"jump_fraction": "much"}), ("window_book", {"volum": 1})],
)
def test_a_bad_table_or_figure_is_refused_by_name(table: str, figures: dict[str, float | str]) -> None:
    with pytest.raises(ConfigurationError, match="maker_limits"):
        maker_limits({table: figures})
