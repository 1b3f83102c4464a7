"""What the card says of the contract: book and value."""

from terminal.domain.market_data import PRICE_SCALE
from terminal.services.quote_drafts import Facts
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, number, price, signed_quantity
from terminal.views.inquiries.facts_row import Fact
from terminal.views.inquiries.words import word


def fact_boxes(facts: Facts, held: int, appearance: Appearance) -> tuple[Fact, ...]:
    """The boxes of a contract."""
    theme = appearance.theme
    return (
        Fact(word("Bid"), price(facts.bid), appearance.bid),
        Fact(word("Ask"), price(facts.ask), appearance.ask),
        Fact(word("Sizes"), f"{facts.bid_quantity or DASH}×{facts.ask_quantity or DASH}"),
        Fact(word("Theo"), number(facts.theoretical / PRICE_SCALE, 4), theme.theo),
        Fact(word("Curve IV"), number(facts.volatility * 100, 2)),
        Fact(word("Held"), signed_quantity(held), theme.position),
        Fact("Δ", number(facts.delta, 0)),
    )
