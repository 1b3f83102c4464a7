"""Refusals as values."""

from terminal.domain.reasons import Denial, Reason


def test_a_denial_tells_its_figures_in_one_short_text() -> None:
    assert Denial(Reason.PRICE_LIMIT, "price", "0.7594", "0.0001-0.7593").detail == "price 0.7594 | 0.0001-0.7593"
    assert Denial(Reason.SUSPENDED).detail == ""


def test_every_reason_is_a_code_of_its_own() -> None:
    assert len({reason.value for reason in Reason}) == len(Reason)
    assert all(reason.value == reason.name.lower() for reason in Reason)
