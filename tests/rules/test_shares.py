"""Trading shares of an underlying: fees, and what a book gives."""

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.contracts import UnderlyingKind
from terminal.resources import resource_folder
from terminal.rules.profile import ShareRules, parse_profile
from terminal.rules.shares import ShareBook, amount_of, check_book, share_fee, shown_within


def rules(name: str = "sse_2025") -> ShareRules:
    """The figures of a shipped profile."""
    text = (resource_folder() / "rules" / f"{name}.toml").read_text("utf-8")
    return parse_profile(text, name).shares


@pytest.mark.parametrize(("name", "duty"), [("sse_2025", "50.00"), ("sse_simulation_2014", "100.00")])
def test_a_fund_pays_commission_and_a_stocks_sale_stamp_duty(name: str, duty: str) -> None:
    amount, figures = Decimal("100000.00"), rules(name)
    assert share_fee(figures, UnderlyingKind.ETF, amount, buys=True) == Decimal("10.00")
    assert share_fee(figures, UnderlyingKind.ETF, amount, buys=False) == Decimal("10.00")
    assert share_fee(figures, UnderlyingKind.STOCK, amount, buys=True) == Decimal("10.00")
    assert share_fee(figures, UnderlyingKind.STOCK, amount, buys=False) == Decimal("10.00") + Decimal(duty)


def test_a_broker_may_ask_for_a_least_commission() -> None:
    figures = msgspec.structs.replace(rules(), least_commission=Decimal("5.00"))
    assert share_fee(figures, UnderlyingKind.ETF, Decimal("296.30"), buys=True) == Decimal("5.00")
    assert share_fee(figures, UnderlyingKind.ETF, Decimal("500000.00"), buys=True) == Decimal("50.00")


LEVELS = st.lists(st.integers(1, 100_000), min_size=1, max_size=5)


@given(LEVELS, st.integers(-2, 6), st.integers(1, 300_000), st.booleans())
def test_what_a_book_gives_is_all_within_the_price_and_never_beyond_it(
    sizes: list[int], ticks: int, quantity: int, buys: bool
) -> None:
    step = 10 if buys else -10
    levels = tuple((29_630 + step * n, size) for n, size in enumerate(sizes))
    book = ShareBook(asks=levels) if buys else ShareBook(bids=levels)
    price = Decimal(29_630 + step * ticks) / 10_000
    shown = shown_within(levels, price, buys=buys)
    assert (check_book(book, quantity, price, buys=buys) is None) == (0 < quantity <= shown)
    if quantity <= shown:
        amount, touch = amount_of(levels, quantity), Decimal("2.963") * quantity
        # To the cent: no worse than the price, no better than the touch
        cent = Decimal("0.005")
        low, high = sorted((touch, price * quantity))
        assert low - cent <= amount <= high + cent
