"""The shipped terms hold the published figures, and a bad file is refused by key, value and rule."""

import re
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from terminal.domain.contracts import Right
from terminal.domain.errors import ConfigurationError
from terminal.rules.obligations.scope import QuotedContract, in_scope
from terminal.rules.obligations.terms import Scope, parse_terms
from terminal.rules.obligations.validity import (
    ExemptCause,
    QuoteFault,
    accepts,
    limit_causes,
    two_sided,
)
from tests.rules.obligations.day import DAY, FOLDER, allowed_spread, quote_fault, quoted, terms_of

NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
GENERIC = (FOLDER / "sse_generic.toml").read_text("utf-8")


@pytest.mark.requirement("X10")
def test_all_five_are_there_and_read() -> None:
    assert NAMES == ["deribit", "eurex", "hkex", "sse_generic", "sse_simulation_2014"]
    assert [terms_of(name).name for name in NAMES] == NAMES


@pytest.mark.requirement("M5")
@pytest.mark.parametrize(
    ("name", "bid", "near", "delta", "allowed"),
    [
        # rulebook 8.2: 10 % of the bid near, 20 % later; below 0.05 the spread must be below 0.025
        ("sse_simulation_2014", "0.0500", True, None, "0.0050"),
        ("sse_simulation_2014", "0.4630", False, None, "0.0926"),
        ("sse_simulation_2014", "0.0499", True, None, "0.0249"),
        # rulebook 8.4: the same, with 0.025 as the cap
        ("sse_generic", "0.0499", True, None, "0.0250"),
        ("sse_generic", "0.0505", True, None, "0.0050"),
        # rulebook 8.3: 15 ticks; 2.0 below 25 points; max(0.01, delta x 0.04)
        ("hkex", "0.4630", True, None, "0.0015"),
        ("eurex", "24.9", True, None, "2.0"),
        ("deribit", "0.3", True, 0.2, "0.0100"),
        ("deribit", "0.3", True, -0.5, "0.0200"),
        ("deribit", "0.3", True, None, "0.0100"),
        ("deribit", "0.3", True, float("nan"), "0.0100"),
    ],
)
def test_the_widest_spread_follows_bid_month_and_delta(
    name: str, bid: str, near: bool, delta: float | None, allowed: str
) -> None:
    assert allowed_spread(terms_of(name), bid, near=near, delta=delta) == Decimal(allowed)


def test_a_month_is_near_below_62_days() -> None:
    # rulebook 8.2: "<62 calendar days to expiry"
    terms = terms_of("sse_generic")
    assert terms.is_near(date(2026, 5, 2), DAY)
    assert not terms.is_near(date(2026, 5, 3), DAY)


@pytest.mark.requirement("M5")
@pytest.mark.parametrize(
    ("bid", "bid_quantity", "ask", "ask_quantity", "fault"),
    [
        ("0.0500", 10, "0.0550", 10, None),
        ("0.0500", 10, "0.0551", 10, QuoteFault.SPREAD),
        ("0.0500", 9, "0.0551", 9, QuoteFault.BID_SIZE),
        ("0.0500", 10, "0.0550", 9, QuoteFault.ASK_SIZE),
        ("0.0500", 10, "0.0500", 10, QuoteFault.CROSSED),
        ("0.0500", 10, None, 0, QuoteFault.NO_ASK),
        ("0.0500", 0, "0.0550", 10, QuoteFault.NO_BID),
        (None, 0, None, 0, QuoteFault.NO_QUOTE),
    ],
)
def test_a_quote_counts_or_the_fault_is_named(
    bid: str | None, bid_quantity: int, ask: str | None, ask_quantity: int, fault: QuoteFault | None
) -> None:
    given, asked = (None if price is None else Decimal(price) for price in (bid, ask))
    assert quote_fault(terms_of("sse_generic"), given, bid_quantity, asked, ask_quantity, near=True) is fault


def test_orders_of_both_sides_quote_where_the_smallest_size_is_reached() -> None:
    assert two_sided([(500, 4), (499, 6), (480, 50)], [(510, 10)], 10) == (499, 10, 510, 10)
    assert two_sided([(500, 4)], [], 10) == (500, 4, 0, 0)


def test_a_limit_is_reached_where_its_own_side_stands_there() -> None:
    # rulebook 8.2: best bid at limit-up, best ask at limit-down and above zero
    bids, asks = np.array([7593, 7592, 0, 1]), np.array([0, 1, 0, 0])
    up, down = limit_causes(bids, asks, np.array([7593, 7593, 7593, 0]), np.array([1, 1, 1, 0]))
    assert (up.tolist(), down.tolist()) == ([True, False, False, False], [False, True, False, False])


def test_causes_excuse_where_the_terms_know_them() -> None:
    # rulebook 8.3, 8.4: breaker and delta
    generic, deribit = terms_of("sse_generic").exemptions, terms_of("deribit").exemptions
    assert accepts(generic, ExemptCause.BREAKER)
    assert not accepts(terms_of("sse_simulation_2014").exemptions, ExemptCause.BREAKER)
    assert accepts(deribit, ExemptCause.DELTA)
    assert not accepts(generic, ExemptCause.DELTA)


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("near_below_days", "near_below_days = 62", "near_below_days = 0"),
        ("near_below_days", "near_below_days = 62", 'near_below_days = "many"'),
        ("phases", 'phases = ["continuous"]', "phases = []"),
        ("phases", '["continuous"]', '["lunch"]'),
        ("spread", 'bid_below = "0.05"\n', ""),
        ("spread[1].near.absolute", 'near = { absolute = "0.025" }', 'near = { absolute = "-0.025" }'),
        ("spread[1].near.absolute", 'near = { absolute = "0.025" }', 'near = { absolute = "0.02501" }'),
        ("spread[1].near", 'near = { absolute = "0.025" }', "near = { }"),
        ("spread[2].far.relative", 'far = { relative = "0.20" }', 'far = { relative = "NaN" }'),
        ("spread[2].far.relative", 'far = { relative = "0.20" }', 'far = { relative = "0" }'),
        ("spread[1].bid_below", 'bid_below = "0.05"', 'bid_below = "0"'),
        ("min_quantity", "near = 10 ", "near = 0 "),
        ("participation.rate", 'rate = "0.70"', 'rate = "1.01"'),
        ("coverage", 'rate = "0.80"', 'rate = "0.80"\ncount = 5'),
        ("coverage", 'rate = "0.80"', ""),
        ("fills.grace_seconds", "grace_seconds = 120", "grace_seconds = -1"),
        ("inquiries.min_hold_seconds", "min_hold_seconds = 20", "min_hold_seconds = -1"),
        ("inquiries.min_answer_rate", 'min_answer_rate = "0.70"', 'min_answer_rate = "0"'),
        ("max_response_seconds", "max_response_seconds = 20", ""),
        ("exemptions.delta.low", '\nlow = "0.05"', '\nlow = "0.96"'),
        ("exemptions.delta.high", 'high = "0.95"', 'high = "1.5"'),
        ("score", 'participation = "0.50"', 'participation = "0.40"'),
        ("score.size", 'size = "0.20"', 'size = "-0.20"'),
        ("halts", "halt = true", "halt = true\nhalts = true"),
    ],
)
def test_a_bad_file_is_refused_by_key(key: str, old: str, new: str) -> None:
    assert old in GENERIC
    with pytest.raises(ConfigurationError, match=re.escape(key)) as refused:
        parse_terms(GENERIC.replace(old, new, 1), "mine.toml")
    assert "mine.toml" in str(refused.value)


def test_the_message_names_value_and_rule() -> None:
    with pytest.raises(ConfigurationError) as refused:
        parse_terms(GENERIC.replace('rate = "0.70"', 'rate = "1.01"'), "mine.toml")
    assert str(refused.value) == (
        "obligation terms mine.toml: participation.rate: '1.01' is not accepted: "
        "above 0, at most 1, at most six decimals"
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_that_no_source_tells_says_so(name: str) -> None:
    # rulebook 8.2 and 8.3 name no participation, contract rate or weights for these: they are this project's
    text = (FOLDER / f"{name}.toml").read_text("utf-8")
    weights = text[text.index("[score]") :]
    assert all("# D" in line for line in weights.splitlines()[1:] if line)


def _chain() -> list[QuotedContract]:
    """Seven months of 21 strikes, calls and puts, at 100."""
    months = [(2026, 3), (2026, 4), (2026, 5), (2026, 6), (2026, 7), (2026, 9), (2026, 12), (2027, 3)]
    return [
        quoted(
            f"{year}{month:02d}{right}{strike}",
            expiry=date(year, month, 25),
            right=right,
            strike=Decimal(strike),
            underlying_close=Decimal("100.4"),
        )
        for year, month in months
        for right in Right
        for strike in range(80, 121)
    ]


def test_the_pool_of_the_hong_kong_template_has_238_series() -> None:
    # rulebook 8.3: nearest 15 OTM + 2 ITM calls and puts in 4 near months + 3 quarters (238 series)
    kept = in_scope(_chain(), terms_of("hkex").scope, DAY)
    assert len(kept) == 238
    assert {c.expiry.month for c in kept} == {3, 4, 5, 6, 9, 12}
    calls = [int(c.strike) for c in kept if c.right is Right.CALL and c.expiry == date(2026, 3, 25)]
    assert calls == list(range(99, 116))
    puts = [int(c.strike) for c in kept if c.right is Right.PUT and c.expiry == date(2026, 3, 25)]
    assert puts == list(range(86, 103))


def test_adjusted_and_expiring_contracts_are_obliged_only_where_the_terms_say_so() -> None:
    contracts = [quoted("1"), quoted("2", adjusted=True), quoted("3", expiry=DAY), quoted("4", underlying="510300")]
    some, every = Scope(adjusted=False, expiring_today=False), Scope(adjusted=True, expiring_today=True)
    assert [c.code for c in in_scope(contracts, some, DAY)] == ["1", "4"]
    assert [c.code for c in in_scope(contracts, every, DAY)] == ["1", "2", "3", "4"]
    assert [c.code for c in in_scope(contracts, every, DAY, {"510050"})] == ["1", "2", "3"]
    assert in_scope([], every, DAY) == ()
