"""Phases and their letters on the wire (rulebook 10.2)."""

from terminal.domain.phases import Phase


def test_orders_gather_in_the_two_auctions_and_the_breaker() -> None:
    assert {p for p in Phase if p.is_auction} == {Phase.OPENING_AUCTION, Phase.CLOSING_AUCTION, Phase.BREAKER}


def test_each_phase_has_one_letter_of_its_own() -> None:
    """The eight letters that are published, and one of our own for what follows the closing auction."""
    assert sorted(p.value for p in Phase) == sorted("SCTBUEPV" + "A")
