"""What the exchange must be told of makers, quotes and inquiries of our accounts when it is built anew."""

from terminal.venue.counter.books import Books
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.order_messages import register_maker
from terminal.venue.exchange.exchange import QuotingState
from terminal.venue.exchange.inquiries import Inquiry
from terminal.venue.exchange.quote_book import LiveQuote


def quoting_state(books: Books, day: DayList) -> QuotingState:
    """Makers, the quotes the exchange took, and the inquiries it published; who answered those it does not know."""
    makers = [maker for account in books.accounts.values() if (maker := register_maker(account, day)) is not None]
    quotes = [
        LiveQuote(quote.number, account.participant, day.instruments[quote.contract_code], quote.bid, quote.ask)
        for account in books.accounts.values()
        for quote in account.quotes.values()
        if quote.accepted
    ]
    inquiries = []
    for account, request_id in books.inquirers.values():
        asked = account.inquiries[request_id]
        if asked.published:
            instrument = day.instruments[asked.contract_code]
            inquiries.append(Inquiry(asked.number, account.participant, instrument, asked.quantity, asked.at))
    return QuotingState(tuple(makers), tuple(quotes), tuple(inquiries))
