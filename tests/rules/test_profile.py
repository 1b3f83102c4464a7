"""Rule profiles: the shipped one, and files that are wrong."""

from datetime import time
from decimal import Decimal

import pytest

from terminal.domain.contracts import UnderlyingKind, kind_of
from terminal.domain.errors import ConfigurationError
from terminal.domain.phases import Phase
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
        ("right_side = 5000, ", "", "right_side"),
        ("right_side = 5000", 'right_side = ""', "institution"),
        ("right_side = 5000", 'right_side = "unlimited"', "institution"),
        ("right_side = 5000", "right_side = true", "institution"),
        ('member_client = "none"', "", "member_client"),
        ('direction = "none"', "direction = 7", r"limits\.institution\.direction"),
        ('default_group = "standard"', 'default_group = "vip"', "margin: 'vip'"),
        ('exempt_groups = ["exchange"]', 'exempt_groups = ["prop"]', "margin: 'prop'"),
        ("min_contracts_traded = 500", "min_contracts_traded = 99", r"limits.individual\[3\].min_contracts_traded"),
        ('breaker = "V"', 'breaker = "VV"', "breaker"),
        ('etf_lift = "0.70"', 'etf_lift = "0.80"', "restriction.etf_lift"),
        ('warn = "0.80"', 'warn = "1.10"', "risk.warn"),
        ('call = "1.00"', 'call = "1.40"', "risk.call"),
        ("min_quantity = 1 ", "min_quantity = 51 ", "quotes.min_quantity"),
        ("limit_order_min = 1\n", "limit_order_min = 51\n", "orders.limit_order_min"),
        ('self_trade = "cancel_resting"', 'self_trade = "cancel"', "self_trade"),
        ('rounding = "half_up"', 'rounding = "up"', "rounding"),
        ('strike_tie = "higher"', 'strike_tie = "none"', "strike_tie"),
        ('put_shortfall = "invalid"', 'put_shortfall = "lost"', "put_shortfall"),
        ("float_shares = 16000000000", "float_shares = 0", "float_shares"),
        ("[13:00:00, 15:30:00]", "[15:30:00, 13:00:00]", "sessions.exercise"),
        (
            "[[09:30:00, 11:30:00], [13:00:00, 15:15:00]]\ncovered",
            "[[11:30:00, 09:30:00]]\ncovered",
            "sessions.combination",
        ),
        ('mode = "right_total"', 'mode = "direction"', r"right_side"),
        ('min_own_assets = "0"', 'min_own_assets = "-1"', r"limits.individual\[1\].min_own_assets"),
        ("[orders]", "[orders", "line"),
    ],
)
def test_a_wrong_profile_is_refused_and_the_file_and_key_are_named(old: str, new: str, says: str) -> None:
    assert old in _text()
    with pytest.raises(ConfigurationError, match=says) as raised:
        parse_profile(_text().replace(old, new, 1), "mine.toml")
    assert "mine.toml" in str(raised.value)


@pytest.mark.fault("F45")
def test_a_profile_without_levels_for_individuals_is_refused() -> None:
    text = _text()
    first = text.index("[[limits.individual]]")
    last = text.index("# Individuals only")
    emptied = text[:first] + text[last:]
    with pytest.raises(ConfigurationError, match="individual"):
        parse_profile(emptied, "mine.toml")
    with pytest.raises(ConfigurationError, match=r"limits.individual: at least one level"):
        parse_profile(emptied.replace("[limits]\n", "[limits]\nindividual = []\n"), "mine.toml")


def test_the_published_defaults_stand_in_the_profile(profile: Profile) -> None:
    # rulebook 4.2, 5.1, 5.2, 5.3, 6, 9, 11, 11b
    assert profile.margin.groups == {"standard": Decimal("1.20"), "exchange": Decimal("1.00")}
    assert profile.margin.default_group == "standard"
    levels = [(v.right_side, v.total, v.daily_buy_open) for v in profile.limits.individual]
    assert levels == [(100, 200, 400), (1000, 2000, 4000), (2000, 4000, 8000), (5000, 10000, 10000)]
    assert (profile.restriction.etf_trigger, profile.restriction.etf_lift) == (Decimal("0.75"), Decimal("0.70"))
    assert (profile.delivery.call_cash_rate, profile.delivery.put_cash_rate) == (Decimal("1.10"), Decimal("0.90"))
    assert profile.delivery.cut_off == time(10, 30)
    assert (profile.order_rate.per_second, profile.order_rate.per_day) == (300, 20_000)
    assert (profile.risk.warn, profile.risk.call, profile.risk.force) == tuple(map(Decimal, ("0.80", "1.00", "1.30")))
    assert profile.clearing.reserve_minimum == 2_000_000
    assert profile.clearing.forced_close_by == time(11, 30)
    assert profile.interest.overdraft_per_day == Decimal("0.0005")
    assert profile.inquiries.min_interval_seconds == 60
    assert profile.inquiries.narrow_spread == Decimal("0.05")
    assert (profile.reminders.near_expiry_days, profile.reminders.adjusted_days) == (5, 5)


def test_the_simulation_differs_where_the_rulebook_says_so(profile: Profile, simulation: Profile) -> None:
    """Rulebook 12, row by row."""
    assert {kind_of(u.code) for u in simulation.underlyings} == set(UnderlyingKind)
    assert (simulation.orders.limit_order_max, simulation.orders.market_order_max) == (100, 50)
    rates = simulation.margin
    assert (rates.etf_call.ratio_1, rates.etf_call.ratio_2) == (Decimal(15), Decimal(7))
    assert rates.etf_put == rates.etf_call
    assert (rates.stock_call.ratio_1, rates.stock_call.ratio_2) == (Decimal(25), Decimal(10))
    assert rates.stock_put == rates.stock_call
    assert simulation.listing.strikes_each_side == 2
    assert simulation.breaker.enabled
    assert simulation.phase_codes.breaker == "V"
    assert simulation.limits.mode == "direction"
    assert [level.direction for level in simulation.limits.individual] == [1000]
    assert not simulation.capabilities.combinations
    assert not simulation.capabilities.merged_exercise
    assert (simulation.listing.near_expiry_days, simulation.listing.adjusted_flag_days) == (10, 10)
    assert simulation.orders.tick_of(UnderlyingKind.STOCK) == Decimal("0.001")
    assert simulation.orders.tick_of(UnderlyingKind.ETF) == profile.orders.tick_size == Decimal("0.0001")


def test_the_letters_of_the_live_profile_are_those_of_the_phases(profile: Profile) -> None:
    letters = {name: getattr(profile.phase_codes, name) for name in profile.phase_codes.__struct_fields__}
    # What follows the closing auction has a letter inside the program only, and is published as closed
    assert letters == {phase.name.lower(): phase.value for phase in Phase if phase is not Phase.AFTER_CLOSE}
