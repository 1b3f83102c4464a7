"""The broker's counter (柜台) of one trading day: between desks and exchange, commands in, reports and orders out.

Each call decides, writes entries, applies them and answers with what they tell. The host puts `entries` on disk before
it lets `events` and `forward` out; a counter that applied the same entries is the same counter.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from terminal.domain.accounts import Holding, Position
from terminal.domain.calendar import TradingCalendar
from terminal.domain.contracts import Contract, Underlying
from terminal.domain.errors import BadInput, JournalError, shown
from terminal.domain.messages import AccountReport, Answer, Query
from terminal.domain.orders import Instruction, OrderStatus
from terminal.domain.reasons import Reason
from terminal.rules.profile import Profile
from terminal.rules.shares import NO_SHARES, ShareBook
from terminal.venue.counter.books import Books
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.desk_side import DeskCommand, DeskSide
from terminal.venue.counter.entries import JournalEntry, OrderCancelled
from terminal.venue.counter.exchange_side import ExchangeSide
from terminal.venue.counter.openings import holdings_with_cover, opening_entry
from terminal.venue.counter.order_messages import (
    new_order,
    new_quote,
    register_maker,
    request_quote,
    resting_order,
    rests,
)
from terminal.venue.counter.queries import answer
from terminal.venue.counter.quoting_state import quoting_state
from terminal.venue.counter.rates import Rates
from terminal.venue.counter.result import CounterResult
from terminal.venue.counter.settlement.carry import openings
from terminal.venue.counter.settlement.obligations import Obligations
from terminal.venue.counter.settlement.pipeline import Settlement
from terminal.venue.counter.settlement.reversal import reverse_trade
from terminal.venue.counter.standing import STANDARD, Standing, standing_of
from terminal.venue.counter.state import OrderState, Report
from terminal.venue.counter.statement import account_report
from terminal.venue.counter.valuation import Valuation
from terminal.venue.exchange.exchange import QuotingState
from terminal.venue.exchange.messages import CancelOrder, ExchangeEvent, RegisterMaker, RestingOrder

#: Participants below this number are the crowd
FIRST_PARTICIPANT = 1000


class Counter:
    """One trading day of all accounts. Instrument numbers count underlyings first, then contracts, as given.

    `exchange_ids` is the first order number it gives; the numbers from there on are its own (the crowd has others).
    """

    def __init__(
        self,
        profile: Profile,
        trading_day: date,
        underlyings: Sequence[Underlying],
        contracts: Sequence[Contract],
        exchange_ids: int = 1,
        calendar: TradingCalendar | None = None,
    ) -> None:
        self._day = DayList(profile, trading_day, underlyings, contracts, calendar)
        self._books = Books(trading_day, self._day.contracts, exchange_ids)
        self._rates = Rates(profile.order_rate, self._books)
        self._desk_side = DeskSide(self._day, self._books, self._rates)
        self._exchange_side = ExchangeSide(self._day, self._books)
        self._valuation = Valuation(self._day, underlyings)
        self.settlement = Settlement(self._day, self._books)
        """The day's end"""
        self._obligations = Obligations(self._day, self._books, self._valuation)

    # ---- what happens

    def open_account(
        self,
        account_id: str,
        cash: Decimal,
        holdings: Mapping[str, int] | None = None,
        positions: Sequence[Position] = (),
        standing: Standing = STANDARD,
    ) -> CounterResult:
        """Open an account with yuan (margin included), shares by underlying and positions of earlier days.

        Shares that covered positions need are locked at once; a short position without margin gets today's opening
        margin, an individual without a purchase limit the one its assets give. Raises BadInput for an id in use, cash
        that is not whole cents, account numbers that do not fit, and anything unknown or impossible.
        """
        shares = holdings_with_cover(holdings or {}, positions, self._day.contracts)
        participant = FIRST_PARTICIPANT + len(self._books.accounts)
        return self._open(account_id, participant, cash, shares, positions, standing)

    def change_standing(self, account_id: str, standing: Standing, by: str, now: datetime) -> CounterResult:
        """Change during the day what an account may do; `by` says who did it.

        What it may no longer send is cancelled at once: orders whose right is gone, quotes of who may not quote, and,
        newest first, as many opening orders as exceed a limit (F90). Raises BadInput for an unknown account, a kind of
        account that is not its own, and anything `open_account` refuses.
        """
        return self._desk_side.change_standing(self._books.account(account_id), standing, by, now)

    def call_for_money(self, account_id: str, amount: Decimal, now: datetime) -> CounterResult:
        """Call an account for money during the day (盘中追保); it has until the cut-off like after a day's end.

        Raises BadInput for an unknown account and for an amount that is not whole cents above zero.
        """
        return self._obligations.call_for_money(self._books.account(account_id), amount, now)

    def force_close(self, account_id: str, contract_code: str, quantity: int, now: datetime) -> CounterResult:
        """Close a position for an account now (强行平仓), shorts first; its own orders in the contract are cancelled.

        Raises BadInput for anything unknown and where there is nothing to close.
        """
        return self._obligations.force_close(self._books.account(account_id), contract_code, quantity, now)

    def handle(
        self, account_id: str, command: DeskCommand, now: datetime, book: ShareBook = NO_SHARES
    ) -> CounterResult:
        """Answer one command of a desk; an order that passes every check is in `forward`.

        `book` is what the cash market shows now of the underlying that an instruction names.
        """
        return self._desk_side.handle(account_id, command, now, book)

    def on_exchange(self, event: ExchangeEvent, now: datetime) -> CounterResult:
        """Book one event of the exchange. Raises IllegalTransition, nothing booked, when it does not fit its order."""
        return self._exchange_side.on_exchange(event, now)

    def book_external(
        self,
        account_id: str,
        execution_id: str,
        contract_code: str,
        instruction: Instruction,
        price: Decimal,
        quantity: int,
        now: datetime,
    ) -> CounterResult:
        """Book an execution nobody ordered (无委托成交), e.g. a forced close; told with `ordered` False (F19).

        The same execution again changes nothing. Raises BadInput for anything unknown, for an id that an order has,
        and for more than the account has to close: cancel its working closing orders first.
        """
        return self._exchange_side.book_external(
            account_id, execution_id, contract_code, instruction, price, quantity, now
        )

    def reverse_trade(
        self,
        account_id: str,
        execution_id: str,
        contract_code: str,
        instruction: Instruction,
        price: Decimal,
        quantity: int,
        multiplier: int,
        now: datetime,
    ) -> CounterResult:
        """Book an execution back that is void, of today or of a day that is settled (取消交易, F13)."""
        return reverse_trade(
            self._day,
            self._books,
            account_id=account_id,
            execution_id=execution_id,
            contract_code=contract_code,
            instruction=instruction,
            price=price,
            quantity=quantity,
            multiplier=multiplier,
            now=now,
        )

    def on_time(self, now: datetime) -> CounterResult:
        """Do what the clock brings: shares held for delivery at the cut-off, forced closing after the other (强平)."""
        return self._obligations.on_time(now)

    def mark(self, prices: Mapping[str, Decimal]) -> None:
        """Take the newest prices by code of contract and underlying; one never marked keeps that of the day before."""
        self._valuation.mark(prices)

    # ---- what may be asked

    @property
    def trading_day(self) -> date:
        """The day of these books."""
        return self._day.trading_day

    @property
    def next_order_id(self) -> int:
        """The number the next order gets."""
        return self._books.next_order_id

    def account_ids(self) -> list[str]:
        """Every account, in the order they were opened."""
        return list(self._books.accounts)

    def account_of(self, participant: int) -> str | None:
        """The account that trades under a participant number; None for somebody else's."""
        return self._books.participants.get(participant)

    def account_report(self, account_id: str, now: datetime) -> AccountReport:
        """The counter's picture of an account. Raises BadInput for an unknown one."""
        return account_report(
            self._books.account(account_id),
            self._books.ledger,
            self._valuation,
            now,
            is_clearing=self.settlement.state.inputs is not None,
        )

    def standing(self, account_id: str) -> Standing:
        """What an account is and may do. Raises BadInput for an unknown one."""
        return standing_of(self._books.account(account_id))

    def working_count(self, account_id: str) -> int:
        """Working orders and quotes of an account. Raises BadInput for an unknown one."""
        account = self._books.account(account_id)
        return len(account.working) + len(account.quotes)

    def concerns(self, account_id: str, contract_code: str) -> bool:
        """Whether the account holds, has ordered or quotes a contract. Raises BadInput for an unknown account."""
        account = self._books.account(account_id)
        held = any(side[contract_code].quantity for side in account.positions.values() if contract_code in side)
        ordered = any(account.orders[own].contract_code == contract_code for own in account.working.values())
        return held or ordered or contract_code in account.live_quotes

    def has_quotes(self, account_id: str) -> bool:
        """Whether quotes of the account are in the market. Raises BadInput for an unknown one."""
        return bool(self._books.account(account_id).quotes)

    def answer(self, account_id: str, query: Query, now: datetime) -> Answer:
        """Answer a query about this day (查询), whatever day it names. Raises BadInput for an unknown account."""
        return answer(self._books.account(account_id), query, self._books, self._day, self._valuation, now)

    def quoting_state(self) -> QuotingState:
        """Makers, live quotes and inquiries as the exchange must know them; quotes' sides are `working_orders`."""
        return quoting_state(self._books, self._day)

    def reports_after(self, account_id: str, sequence: int) -> list[Report]:
        """The account's reports with a number above `sequence`. Raises BadInput for an unknown account."""
        return self._books.account(account_id).reports[max(sequence, 0) :]

    def working_orders(self) -> list[RestingOrder]:
        """What must lie in the exchange's books, in the order it was entered."""
        return [
            resting_order(order, self._books.accounts[order.account_id], self._day)
            for order in self._working()
            if rests(order)
        ]

    def trial_balance(self) -> dict[str, Decimal]:
        """Debits less credits by ledger account; the sum is zero."""
        return self._books.ledger.trial_balance()

    def picture(self) -> bytes:
        """The whole state as bytes, marks apart; equal states have equal bytes."""
        return self._books.picture()

    # ---- after a restart, and the next day

    def restore(self, journal: Iterable[JournalEntry]) -> None:
        """Take up the day from its entries, in the order they were written, before anything else is asked.

        Raises JournalError for entries of another day or instrument list, IllegalTransition for a gap in them.
        """
        apply, note = self._books.apply, self._rates.note
        for entry in journal:
            try:
                apply(entry)
                note(entry)
            except KeyError as error:
                name = type(entry).__name__
                raise JournalError(f"{name} names {shown(error)}, which this day does not know") from error

    def resume(self, now: datetime) -> CounterResult:
        """Finish what the restart cut in two, once `working_orders` are back in the exchange.

        Orders the exchange never answered are in `forward` again; an accepted order that cannot rest is cancelled.
        """
        books, result = self._books, CounterResult()
        for order in self._working():
            account = books.accounts[order.account_id]
            if order.quote:
                continue
            if order.status is OrderStatus.SUBMITTED:
                result.forward.append(new_order(order, account, self._day))
            elif not rests(order):
                entry = OrderCancelled(order_id=order.order_id, reason=Reason.REMAINDER_CANCELLED, at=now)
                result.write(books, entry, order.account_id)
                continue
            if order.cancelling:
                result.forward.append(CancelOrder(order.order_id, account.participant))
        for number in sorted(books.quote_owners):
            account = books.quote_owners[number]
            quote = account.quotes[number]
            if not quote.accepted:
                result.forward.append(new_quote(quote, account, books, self._day))
        for account, request_id in books.inquirers.values():
            if not account.inquiries[request_id].answered:
                result.forward.append(request_quote(account.inquiries[request_id], account, self._day))
        return result

    def next_day(
        self,
        profile: Profile,
        trading_day: date,
        underlyings: Sequence[Underlying],
        contracts: Sequence[Contract],
        exchange_ids: int = 1,
        calendar: TradingCalendar | None = None,
    ) -> tuple["Counter", CounterResult]:
        """The counter of the next day with every account carried over, and the entries its journal begins with.

        Numbers, today's quantities and profits start anew; balances, margin held, average prices and locked shares
        stay; a position whose contract is not in the new list is paid. Raises BadInput while an order works.
        """
        counter = Counter(profile, trading_day, underlyings, contracts, exchange_ids, calendar)
        return counter, self.carry_into(counter)

    def carry_into(self, after: "Counter") -> CounterResult:
        """Open every account of this day in the counter of the next; gives the entries its journal begins with.

        Numbers, today's quantities and profits start anew; balances, margin, average prices, locked shares,
        combinations, deliveries, standing and calls for money stay, in the terms of the new list. Raises BadInput
        while an order works.
        """
        result = CounterResult()
        for entry in openings(self._books, self._day.contracts, after._day.contracts, after._books):
            result.write(after._books, entry)
        result.forward += after.makers()
        return result

    def makers(self) -> list[RegisterMaker]:
        """The market makers among the accounts, for the exchange."""
        found = (register_maker(account, self._day) for account in self._books.accounts.values())
        return [maker for maker in found if maker is not None]

    # ---- inside

    def _open(
        self,
        account_id: str,
        participant: int,
        cash: Decimal,
        holdings: Sequence[Holding],
        positions: Iterable[Position],
        standing: Standing,
    ) -> CounterResult:
        if account_id in self._books.accounts:
            raise BadInput("account", account_id, "an id that is not in use")
        result = CounterResult()
        entry = opening_entry(account_id, participant, cash, holdings, positions, standing, self._day)
        result.write(self._books, entry, account_id)
        maker = register_maker(self._books.accounts[account_id], self._day)
        if maker is not None:
            result.forward.append(maker)
        return result

    def _working(self) -> list[OrderState]:
        """All orders and sides of quotes that are not final, in the order they were entered."""
        orders = self._books.orders
        numbers: list[int] = []
        for account in self._books.accounts.values():
            numbers += account.working
            numbers += [side for quote in account.quotes.values() for side in quote.sides if orders[side].leaves]
        return [orders[number] for number in sorted(numbers)]
