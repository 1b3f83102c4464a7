"""What the counter knows of two-sided quotes and inquiries that desks sent."""

from datetime import datetime

import msgspec


class QuoteState(msgspec.Struct, gc=False):
    """One quote of one contract; its sides are orders of their own, by order number."""

    account_id: str
    quote_id: str
    number: int
    """What the exchange knows it by"""
    contract_code: str
    bid: int
    """Order number of the side; 0 where the quote has none"""
    ask: int
    inquiry: int = 0
    accepted: bool = False

    @property
    def sides(self) -> tuple[int, ...]:
        """Order numbers of the sides there are."""
        return tuple(number for number in (self.bid, self.ask) if number)


class InquiryState(msgspec.Struct, gc=False):
    """One inquiry (询价) of a desk."""

    request_id: str
    number: int
    contract_code: str
    quantity: int
    at: datetime
    answered: int = 0
    """Sequence of the report that answered it; 0 before"""
    published: bool = False
