"""The counter's side towards market makers: two-sided quotes (双边报价) and inquiries (询价), rulebook 8.

A quote is checked as a whole: what its two sides need is there together, with what the quote it replaces still holds.
Both sides are held before the quote leaves, and the one before is released when the exchange says it is gone.
"""

from datetime import datetime
from decimal import Decimal

from terminal.domain import messages
from terminal.domain.accounts import ZERO
from terminal.domain.contracts import Contract
from terminal.domain.errors import ascii_safe, shown
from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import Instruction, PositionEffect
from terminal.domain.quotes import QuoteEntry
from terminal.domain.reasons import Denial, Reason
from terminal.rules.account_rights import check_rights
from terminal.rules.limits import check_quoted_amount
from terminal.venue.counter.books import Books
from terminal.venue.counter.charge import Charge
from terminal.venue.counter.checks import OrderChecks
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.funds import available_funds
from terminal.venue.counter.openings import is_id
from terminal.venue.counter.order_messages import new_quote, request_quote
from terminal.venue.counter.quote_entries import InquiryDenied, InquiryTaken, QuoteDenied, QuoteTaken
from terminal.venue.counter.result import CounterResult
from terminal.venue.counter.state import POSITION_SIDE, AccountState, OrderState, PositionState
from terminal.venue.exchange import messages as exchange

#: No price of this market is as high, yuan, and no quantity as large: beyond them a refusal says nothing of either
_HIGHEST = Decimal(10) ** 9
_LARGEST = 10**12
#: Numbers of inquiries are the exchange's: those of the crowd begin far above a desk's
_LARGEST_INQUIRY = 1 << 63
_OPEN = PositionEffect.OPEN


class QuoteSide:
    """Takes quotes and inquiries of desks, over the day's list and the books."""

    def __init__(self, day: DayList, books: Books, checks: OrderChecks) -> None:
        self._day = day
        self._books = books
        self._checks = checks

    def submit(
        self, account: AccountState, command: messages.SubmitQuotes, now: datetime, result: CounterResult
    ) -> None:
        """Take or refuse each entry on its own."""
        if not is_id(command.quote_id) or not command.entries:
            result.tell(account.account_id, messages.Refused(reason=Reason.MALFORMED, detail=shown(command.quote_id)))
            return
        if command.quote_id in account.quote_ids:
            refused = messages.Refused(reason=Reason.DUPLICATE_QUOTE_ID, detail=command.quote_id)
            result.tell(account.account_id, refused)
            return
        seen: set[str] = set()
        for terms in command.entries:
            denial = self._denial(account, command, terms, now, twice=terms.contract_code in seen)
            seen.add(terms.contract_code)
            if denial is None:
                self._take(account, command, terms, now, result)
                continue
            denied = QuoteDenied(
                account_id=account.account_id,
                quote_id=command.quote_id,
                terms=_cut(terms),
                inquiry=command.inquiry,
                reason=denial.reason,
                detail=denial.detail,
                at=now,
            )
            result.write(self._books, denied, account.account_id)

    def cancel(self, account: AccountState, command: messages.CancelQuotes, result: CounterResult) -> None:
        """Send the wish on; what the exchange takes out it tells."""
        code, underlying = command.contract_code, command.underlying
        unknown = code if code and code not in self._day.contracts else underlying
        if (code and code not in self._day.contracts) or (underlying and underlying not in self._day.underlyings):
            result.tell(account.account_id, messages.Refused(reason=Reason.UNKNOWN_CONTRACT, detail=shown(unknown)))
            return
        instrument = self._day.instruments[code] if code else None
        result.forward.append(exchange.CancelQuote(account.participant, instrument, underlying or None))

    def inquire(
        self, account: AccountState, command: messages.RequestQuote, now: datetime, result: CounterResult
    ) -> None:
        """Send an inquiry on, or answer why not."""
        if not is_id(command.request_id):
            result.tell(account.account_id, messages.Refused(reason=Reason.MALFORMED, detail=shown(command.request_id)))
            return
        known = account.inquiries.get(command.request_id)
        if known is not None:
            refused = messages.Refused(reason=Reason.DUPLICATE_INQUIRY_ID, detail=command.request_id)
            result.tell(account.account_id, refused)
            if known.answered:
                result.tell(account.account_id, account.reports[known.answered - 1])
            return
        denial = check_rights(account.profile.rights, Instruction.BUY_CLOSE)
        if denial is not None and denial.reason in (Reason.RESTRICTED, Reason.FORBIDDEN):
            # Asking opens and closes nothing
            denial = None
        if not self._day.profile.capabilities.inquiries:
            denial = Denial(Reason.NOT_SUPPORTED, "instruction", "inquiry")
        elif command.contract_code not in self._day.contracts:
            denial = Denial(Reason.UNKNOWN_CONTRACT, "contract", shown(command.contract_code, 40))
        elif not 0 <= command.quantity < _LARGEST:
            denial = Denial(Reason.MALFORMED, "quantity", shown(command.quantity, 40), "a whole number, not negative")
        if denial is not None:
            denied = InquiryDenied(
                account_id=account.account_id,
                request_id=command.request_id,
                contract_code=ascii_safe(command.contract_code)[:40],
                reason=denial.reason,
                detail=denial.detail,
                at=now,
            )
            result.write(self._books, denied, account.account_id)
            return
        taken = InquiryTaken(
            account_id=account.account_id,
            request_id=command.request_id,
            number=self._books.next_order_id,
            contract_code=command.contract_code,
            quantity=command.quantity,
            at=now,
        )
        result.write(self._books, taken, account.account_id)
        result.forward.append(request_quote(account.inquiries[command.request_id], account, self._day))

    # ---- inside

    def _denial(
        self,
        account: AccountState,
        command: messages.SubmitQuotes,
        terms: QuoteEntry,
        now: datetime,
        *,
        twice: bool,
    ) -> Denial | None:
        """The first rule that a quote breaks; form and moment beyond this the exchange checks."""
        contract = self._day.contracts.get(terms.contract_code)
        if contract is None:
            return Denial(Reason.UNKNOWN_CONTRACT, "contract", shown(terms.contract_code, 40))
        if twice:
            return Denial(Reason.DUPLICATE_QUOTE_ID, "contract", contract.code)
        kind = account.profile.rights.kind
        if not kind.is_market_maker:
            return Denial(Reason.NOT_A_MAKER, "account", kind)
        if not account.profile.filed:
            return Denial(Reason.NOT_A_MAKER, "account", "not filed", "filed with the exchange")
        denial = _check_figures(terms)
        if denial is None and not (0 <= command.inquiry < _LARGEST_INQUIRY):
            denial = Denial(Reason.UNKNOWN_INQUIRY, "contract", shown(command.inquiry, 40))
        return denial or self._check_sides(account, contract, terms, by_program=command.by_program)

    def _check_sides(
        self, account: AccountState, contract: Contract, terms: QuoteEntry, *, by_program: bool
    ) -> Denial | None:
        """Rights, positions, limits and money of both sides at once, as if the live quote were gone already."""
        live = self._live_sides(account, contract.code)
        freed = sum((side.leaves * (side.premium_each + side.margin_each + side.fee_each) for side in live), ZERO)
        sides = [
            (instruction, price, quantity, self._day.charge(contract, instruction, price, account.profile))
            for instruction, price, quantity in _sides(terms)
            if quantity
        ]
        counted: list[tuple[Instruction, int]] = [(side.instruction, -side.leaves) for side in live]
        # What the check alone enters must be gone after it: a recovery never sees a quote that was refused
        entered = [_of(account, i) for i, *_ in sides if contract.code not in _of(account, i)]
        is_new = contract.underlying not in account.counts
        for instruction, quantity in counted:
            self._count(account, contract, instruction, quantity)
        try:
            for instruction, _, quantity, charge in sides:
                denial = self._checks.check_side(
                    account, contract, instruction, quantity, charge, by_program=by_program
                )
                if denial is not None:
                    return denial
                self._count(account, contract, instruction, quantity)
                counted.append((instruction, quantity))
        finally:
            for instruction, quantity in counted:
                self._count(account, contract, instruction, -quantity)
            for positions in entered:
                positions.pop(contract.code, None)
            if is_new:
                account.counts.pop(contract.underlying, None)
        needed = sum((charge.total(quantity) for _, _, quantity, charge in sides), ZERO)
        quoted = account.quoted
        quoted += sum((price * contract.multiplier * quantity for _, price, quantity, _ in sides), ZERO)
        quoted -= sum(((side.price or ZERO) * contract.multiplier * side.leaves for side in live), ZERO)
        denial = check_quoted_amount(quoted, self._day.profile.concentration)
        return denial or self._checks.check_funds(needed, available_funds(account, self._books.ledger) + freed)

    def _count(self, account: AccountState, contract: Contract, instruction: Instruction, quantity: int) -> None:
        """Count contracts as working for the length of a check; only whole numbers change, and change back."""
        position = account.position(POSITION_SIDE[instruction], contract.code)
        if instruction.position_effect is _OPEN:
            position.opening += quantity
            account.count(contract.underlying).work(instruction, contract.right, quantity)
            self._books.member.add(account.profile.rights.kind, quantity)
        else:
            position.frozen += quantity

    def _live_sides(self, account: AccountState, contract_code: str) -> list[OrderState]:
        number = account.live_quotes.get(contract_code)
        if number is None:
            return []
        return [order for side in account.quotes[number].sides if (order := self._books.orders[side]).leaves]

    def _take(
        self,
        account: AccountState,
        command: messages.SubmitQuotes,
        terms: QuoteEntry,
        now: datetime,
        result: CounterResult,
    ) -> None:
        contract, profile = self._day.contracts[terms.contract_code], account.profile
        (bid, bid_price, _), (ask, ask_price, _) = _sides(terms)
        bid_charge = self._day.charge(contract, bid, bid_price, profile) if terms.bid_quantity else Charge()
        ask_charge = self._day.charge(contract, ask, ask_price, profile) if terms.ask_quantity else Charge()
        taken = QuoteTaken(
            account_id=account.account_id,
            quote_id=command.quote_id,
            number=self._books.next_order_id,
            terms=terms,
            inquiry=command.inquiry,
            bid_instruction=bid,
            bid_premium_each=bid_charge.premium_each,
            bid_fee_each=bid_charge.fee_each,
            ask_instruction=ask,
            ask_margin_each=ask_charge.margin_each,
            ask_fee_each=ask_charge.fee_each,
            at=now,
        )
        result.write(self._books, taken, account.account_id)
        result.forward.append(new_quote(account.quotes[taken.number], account, self._books, self._day))


def _of(account: AccountState, instruction: Instruction) -> dict[str, PositionState]:
    return account.positions[POSITION_SIDE[instruction]]


def _sides(terms: QuoteEntry) -> tuple[tuple[Instruction, Decimal, int], tuple[Instruction, Decimal, int]]:
    """Bid and ask with what each does to the position."""
    bid = Instruction.BUY_OPEN if terms.bid_effect is _OPEN else Instruction.BUY_CLOSE
    ask = Instruction.SELL_OPEN if terms.ask_effect is _OPEN else Instruction.SELL_CLOSE
    return (bid, terms.bid_price, terms.bid_quantity), (ask, terms.ask_price, terms.ask_quantity)


def _check_figures(terms: QuoteEntry) -> Denial | None:
    """Whether prices and quantities can be told to the exchange at all."""
    for _, price, quantity in _sides(terms):
        if not price.is_finite() or not 0 <= price < _HIGHEST:
            return Denial(Reason.MALFORMED, "price", shown(price, 40), "a price that is not negative")
        if price * PRICE_SCALE % 1:
            return Denial(Reason.PRICE_TICK, "price", f"{price:f}"[:40], "0.0001")
        if not 0 <= quantity < _LARGEST:
            return Denial(Reason.MALFORMED, "quantity", shown(quantity, 40), "a whole number, not negative")
    return None


def _cut(terms: QuoteEntry) -> QuoteEntry:
    """The refused terms without what nobody can have meant."""
    (_, bid_price, bid_quantity), (_, ask_price, ask_quantity) = _sides(terms)
    return QuoteEntry(
        contract_code=ascii_safe(terms.contract_code)[:40],
        bid_price=bid_price if bid_price.is_finite() and abs(bid_price) < _HIGHEST else ZERO,
        bid_quantity=bid_quantity if abs(bid_quantity) < _LARGEST else 0,
        ask_price=ask_price if ask_price.is_finite() and abs(ask_price) < _HIGHEST else ZERO,
        ask_quantity=ask_quantity if abs(ask_quantity) < _LARGEST else 0,
    )
