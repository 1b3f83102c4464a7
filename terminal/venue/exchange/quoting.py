"""Where two-sided quotes (双边报价), mass quotes and inquiries come in, and who may quote.

A quote replaces the participant's live one in its contract in one step: nothing trades between the two, and when the
new one is refused the old one stays. Where cancels are not taken a live quote cannot be replaced either, since that
would take it out. The bid meets the book before the ask does.
"""

from collections.abc import Sequence

from terminal.domain.errors import BadInput
from terminal.domain.orders import OrderType, Side
from terminal.domain.reasons import Reason
from terminal.rules.profile import Profile
from terminal.venue.exchange.day_course import DayCourse
from terminal.venue.exchange.inquiries import InquiryBoard
from terminal.venue.exchange.instrument import TradedContract
from terminal.venue.exchange.messages import (
    CancelQuote,
    ExchangeEvent,
    MassQuote,
    NewOrder,
    NewQuote,
    QuoteAccepted,
    QuoteCancelRefused,
    QuoteRefused,
    RegisterMaker,
    RequestQuote,
)
from terminal.venue.exchange.messages import InquiryRefused as _InquiryRefused
from terminal.venue.exchange.order_checks import yuan
from terminal.venue.exchange.order_ids import OrderIds
from terminal.venue.exchange.quote_book import LiveQuote, QuoteBook
from terminal.venue.exchange.quote_checks import malformed_quote, quote_refusal, quote_refused
from terminal.venue.exchange.self_trade import Owner, own_price
from terminal.venue.exchange.trading import Trading

_BUY, _SELL, _LIMIT = Side.BUY, Side.SELL, OrderType.LIMIT


class QuoteDesk:
    """Takes quotes and inquiries; `contract_underlyings` names the underlying of every contract by its place."""

    __slots__ = (
        "_course",
        "_ids",
        "_makers",
        "_quotes",
        "_rules",
        "_supported",
        "_trading",
        "_underlyings",
        "inquiries",
    )

    def __init__(
        self,
        trading: Trading,
        course: DayCourse,
        quotes: QuoteBook,
        profile: Profile,
        contract_underlyings: Sequence[str],
    ) -> None:
        self._trading = trading
        self._course = course
        self._quotes = quotes
        self._rules = profile.quotes
        self._supported = profile.capabilities.inquiries
        self._underlyings = tuple(contract_underlyings)
        self._ids = OrderIds()
        self._makers: dict[int, tuple[str, ...]] = {}
        self.inquiries = InquiryBoard(trading, profile.inquiries)

    # ---- makers

    def register(self, command: RegisterMaker, events: list[ExchangeEvent]) -> None:
        """Set what a participant may quote; live quotes of what it may quote no longer are taken out.

        Raises BadInput for a code that no contract of the day has.
        """
        for code in command.underlyings:
            if code not in self._underlyings:
                raise BadInput("underlying", code, "one with contracts today")
        if command.underlyings:
            self._makers[command.participant] = command.underlyings
        else:
            self._makers.pop(command.participant, None)
        for quote in self._quotes.of_participant(command.participant):
            if self._underlying_of(quote.instrument) not in command.underlyings:
                events.append(self._quotes.take_out(quote, Reason.NOT_A_MAKER))

    def makers_of(self, instrument: int) -> list[int]:
        """The participants who may quote a contract, in the order they were registered."""
        underlying = self._underlying_of(instrument)
        return [participant for participant, codes in self._makers.items() if underlying in codes]

    def registered(self) -> list[RegisterMaker]:
        """All makers, as they would be registered anew."""
        return [RegisterMaker(participant, codes) for participant, codes in self._makers.items()]

    # ---- quotes

    def enter(self, quote: NewQuote, events: list[ExchangeEvent]) -> None:
        """Take a quote in the place of the live one, or refuse it."""
        refusal = self._refusal(quote)
        if refusal is not None:
            events.append(refusal)
            return
        trading = self._trading
        contract = trading.contract(quote.instrument)
        sides = _sides(quote)
        live = self._quotes.find(quote.participant, quote.instrument)
        owner = trading.matcher.guards.of(quote.participant)
        if owner is not None and owner.rejects:
            met = self._met(owner, sides, contract, live)
            if met is not None:
                events.append(quote_refused(quote, Reason.SELF_TRADE, "contract", yuan(met)))
                return
            owner = None
        if live is not None:
            events.append(self._quotes.take_out(live, Reason.QUOTE_REPLACED))
        ids = [0 if side is None else side.order_id for side in sides]
        self._ids.add(quote.quote_id)
        self._quotes.put(LiveQuote(quote.quote_id, quote.participant, quote.instrument, *ids))
        events.append(QuoteAccepted(quote.quote_id, quote.participant, quote.instrument, *ids))
        if quote.inquiry_id:
            self.inquiries.answer(quote, events)
        trading.mark(contract)
        for side, opposite in zip(sides, (contract.book.asks, contract.book.bids), strict=True):
            if side is None:
                continue
            trading.order_ids.add(side.order_id)
            if trading.matcher.cross(side, contract, opposite, owner, events):
                self._course.trip(contract, events)

    def enter_all(self, command: MassQuote, events: list[ExchangeEvent]) -> None:
        """Take each quote of a mass quote on its own; none when their number is not the one it says."""
        quotes = command.quotes
        if type(command.total) is not int or command.total != len(quotes) or not quotes:
            allowed = str(len(quotes)) if quotes else "at least 1"
            refusals = [
                quote_refused(quote, Reason.QUOTE_COUNT, "total", command.total, allowed) for quote in quotes
            ] or [QuoteRefused(0, command.participant, 0, Reason.QUOTE_COUNT, "total", "0", allowed)]
            events += refusals
            return
        for quote in quotes:
            if quote.participant != command.participant:
                # Told to who sent it: the other one never asked
                events.append(
                    QuoteRefused(quote.quote_id, command.participant, quote.instrument, Reason.MALFORMED, "participant")
                )
            else:
                self.enter(quote, events)

    def cancel(self, command: CancelQuote, events: list[ExchangeEvent]) -> None:
        """Take live quotes out; where both are named the contract counts."""
        quotes = self._quotes.of_participant(command.participant)
        if command.instrument is not None:
            quotes = [quote for quote in quotes if quote.instrument == command.instrument]
        elif command.underlying is not None:
            quotes = [quote for quote in quotes if self._underlying_of(quote.instrument) == command.underlying]
        reason = self._trading.moment.cancel_refusal if quotes else Reason.UNKNOWN_QUOTE
        if reason is not None:
            events.append(QuoteCancelRefused(command.participant, command.instrument, command.underlying, reason))
            return
        events += [self._quotes.take_out(quote, command.reason) for quote in quotes]

    # ---- inquiries

    def request(self, command: RequestQuote, events: list[ExchangeEvent]) -> None:
        """Publish an inquiry or refuse it, as an era without inquiries does with all."""
        if self._supported:
            self.inquiries.request(command, events)
            return
        events.append(
            _InquiryRefused(command.inquiry_id, command.participant, command.instrument, Reason.NOT_SUPPORTED)
        )

    # ---- inside

    def restore(self, quotes: Sequence[LiveQuote]) -> None:
        """Take in quotes whose sides are back in the book; those without any are over."""
        for quote in quotes:
            if quote.quote_id in self._ids:
                raise BadInput("quote_id", quote.quote_id, "a quote is put back once")
            self._ids.add(quote.quote_id)
            if self._quotes.leaves(quote.bid_order_id) or self._quotes.leaves(quote.ask_order_id):
                self._quotes.put(quote)

    def _underlying_of(self, instrument: int) -> str:
        return self._underlyings[instrument - self._trading.first_contract]

    def _refusal(self, quote: NewQuote) -> QuoteRefused | None:
        """The first rule that is broken; a guard against self-trades comes after these."""
        refusal = malformed_quote(quote)
        if refusal is not None:
            return refusal
        trading = self._trading
        if not trading.is_contract(quote.instrument):
            return quote_refused(quote, Reason.UNKNOWN_CONTRACT, "contract", quote.instrument)
        if self._underlying_of(quote.instrument) not in self._makers.get(quote.participant, ()):
            return quote_refused(quote, Reason.NOT_A_MAKER, "contract", quote.instrument)
        if quote.quote_id in self._ids:
            return quote_refused(quote, Reason.DUPLICATE_QUOTE_ID, "quote_id", quote.quote_id)
        for field, order_id in (("bid_order_id", quote.bid_order_id), ("ask_order_id", quote.ask_order_id)):
            if order_id in trading.order_ids:
                return quote_refused(quote, Reason.DUPLICATE_ORDER_ID, field, order_id)
        contract = trading.contract(quote.instrument)
        refusal = quote_refusal(quote, contract, self._rules, takes_quotes=trading.moment.accepts_quotes)
        if refusal is not None:
            return refusal
        if quote.inquiry_id and not self.inquiries.knows(quote.inquiry_id, quote.instrument):
            return quote_refused(quote, Reason.UNKNOWN_INQUIRY, "inquiry_id", quote.inquiry_id)
        if trading.moment.cancel_refusal is not None and self._quotes.find(quote.participant, quote.instrument):
            return quote_refused(quote, trading.moment.cancel_refusal, "contract", quote.instrument)
        return None

    def _met(
        self,
        owner: Owner,
        sides: tuple[NewOrder | None, NewOrder | None],
        contract: TradedContract,
        live: LiveQuote | None,
    ) -> int | None:
        """The price of the first own order that a side would meet once the live quote is gone."""
        leaving = () if live is None else (live.bid_order_id, live.ask_order_id)
        for side, opposite in zip(sides, (contract.book.asks, contract.book.bids), strict=True):
            if side is None:
                continue
            bound = side.price * opposite.sign
            met = own_price(owner, contract, opposite, bound, side.quantity, may_rest=True, leaving=leaving)
            if met is not None:
                return met
        return None


def _sides(quote: NewQuote) -> tuple[NewOrder | None, NewOrder | None]:
    """Bid and ask as orders; None for a side that is not there."""
    bid = ask = None
    if quote.bid_quantity:
        bid = NewOrder(
            quote.bid_order_id,
            quote.participant,
            quote.instrument,
            _BUY,
            _LIMIT,
            quote.bid_quantity,
            quote.bid_price,
            quote.bid_closes,
        )
    if quote.ask_quantity:
        ask = NewOrder(
            quote.ask_order_id,
            quote.participant,
            quote.instrument,
            _SELL,
            _LIMIT,
            quote.ask_quantity,
            quote.ask_price,
            quote.ask_closes,
        )
    return bid, ask
