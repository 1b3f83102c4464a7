"""The desk's checks of instructions that are no orders (非交易指令), and what one would need, bring and hold.

A snapshot's verdict, as for orders: the counter checks again and has the last word. Windows, fees and margins come from
the profile; a denial names the field it concerns: ``contract``, ``underlying``, ``quantity``, ``amount``,
``instruction`` or ``account``.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from terminal.domain.accounts import ZERO, Holding, Position, PositionSide
from terminal.domain.calendar import TradingCalendar
from terminal.domain.combinations import Combination, CombinationStrategy
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import CalendarError
from terminal.domain.instructions import FIELDS, InstructionKind
from terminal.domain.messages import Instruct
from terminal.domain.phases import Phase
from terminal.domain.reasons import Denial, Reason
from terminal.rules import shares
from terminal.rules.account_rights import check_rights
from terminal.rules.combinations import ContractLeg, check_build, validate
from terminal.rules.exercise import check_exercise, check_exercise_time, check_merged, window_open
from terminal.rules.profile import Profile, Window
from terminal.rules.shares import ShareBook
from terminal.services.client_terms import ClientTerms
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio

_FIELD_OF = {
    "underlying": "underlying",
    "contract_code": "contract",
    "second_code": "contract",
    "strategy": "contract",
    "combination_id": "contract",
    "quantity": "quantity",
    "amount": "amount",
    "price": "price",
}
_CENT = Decimal("0.01")
#: A longer figure is a slip of the keyboard
_MOST_YUAN = Decimal(10) ** 12
_EXERCISES = frozenset(
    {
        InstructionKind.EXERCISE,
        InstructionKind.WITHDRAW_EXERCISE,
        InstructionKind.MERGED_EXERCISE,
        InstructionKind.WITHDRAW_MERGED,
    }
)


class InstructionChecks:
    """Looks at an instruction with everything the desk knows now; `now` gives market time."""

    def __init__(
        self,
        profile: Profile,
        market: MarketData,
        portfolio: Portfolio,
        terms: ClientTerms,
        calendar: TradingCalendar,
        now: Callable[[], datetime],
    ) -> None:
        self.profile = profile
        self.terms = terms
        self._market = market
        self._portfolio = portfolio
        self._calendar = calendar
        self._now = now
        self.merged_in_force: Callable[[str, str], int] = lambda _call, _put: 0
        """Pairs exercised together today and not taken back; the instruction service knows"""
        self.exercises_in_force: Callable[[str], int] = lambda _code: 0
        """Contracts exercised today by themselves and not taken back"""

    def failures(self, command: Instruct) -> list[Denial]:
        """Every check that fails, the most telling first; empty when the instruction may leave."""
        malformed = list(self._form(command))
        if malformed:
            return malformed
        forbidden = self.forbidden(command.kind)
        found = [forbidden] if forbidden is not None else []
        time = self._check_time(command)
        if time is not None:
            found.append(time)
        found += self._check_substance(command)
        return found

    def forbidden(self, kind: InstructionKind) -> Denial | None:
        """Why the account may not give a kind at all, whatever its fields; None if it may."""
        return self._offered(kind) or check_rights(self._portfolio.profile.rights, kind)

    def window_of(self, kind: InstructionKind) -> tuple[Window, ...] | None:
        """When a kind is entered; None for what has no hours of its own."""
        sessions = self.profile.sessions
        if kind in _EXERCISES:
            return sessions.exercise
        match kind:
            case (
                InstructionKind.COMBINE
                | InstructionKind.RELEASE
                | InstructionKind.TO_COVERED
                | InstructionKind.TO_NAKED
            ):
                return sessions.combination
            case (
                InstructionKind.LOCK | InstructionKind.UNLOCK | InstructionKind.TO_BROKER | InstructionKind.TO_INVESTOR
            ):
                return sessions.covered_lock
            case InstructionKind.BUY_SHARES | InstructionKind.SELL_SHARES:
                return shares.trading_windows(sessions)
        return None

    # ---- what may be used

    def exercisable(self, contract: Contract) -> int:
        """Long contracts that may still be exercised (rulebook 2.1).

        What no combination, closing order or exercise holds, and no more than shorts and covered ones leave when the
        clearing house nets them at the day's end.
        """
        long = self._position(contract.code, PositionSide.LONG)
        if long is None:
            return 0
        short = self._position(contract.code, PositionSide.SHORT)
        covered = self._position(contract.code, PositionSide.COVERED)
        netted = sum(p.quantity - p.combined_quantity for p in (short, covered) if p is not None)
        uncombined = long.quantity - long.combined_quantity
        return max(min(uncombined - long.frozen_quantity, uncombined - netted) - long.exercising_quantity, 0)

    def largest_quantity(self, command: Instruct) -> int | None:
        """How many the account could ask for; None where it is not a matter of what is held."""
        contract = self._market.contract(command.contract_code)
        holding = self._holding(command.underlying)
        match command.kind:
            case InstructionKind.LOCK | InstructionKind.TO_BROKER:
                return max(holding.free, 0)
            case InstructionKind.SHARES_OUT:
                return holding.sellable
            case InstructionKind.SELL_SHARES:
                return min(holding.sellable, self.profile.shares.largest_order)
            case InstructionKind.BUY_SHARES:
                return self._affordable(command.price)
            case InstructionKind.UNLOCK:
                return max(holding.unlockable, 0)
            case InstructionKind.TO_INVESTOR:
                return holding.disposal
            case InstructionKind.EXERCISE:
                return self.exercisable(contract) if contract is not None else 0
            case InstructionKind.WITHDRAW_EXERCISE:
                return self.exercises_in_force(command.contract_code)
            case InstructionKind.MERGED_EXERCISE:
                second = self._market.contract(command.second_code)
                legs = [self.exercisable(c) for c in (contract, second) if c is not None]
                return min(legs) if len(legs) == 2 else 0
            case InstructionKind.WITHDRAW_MERGED:
                return self.merged_in_force(command.contract_code, command.second_code)
            case InstructionKind.COMBINE:
                return self._combinable(command)
            case InstructionKind.RELEASE:
                combination = self.combination(command.combination_id)
                return combination.quantity if combination is not None else 0
            case InstructionKind.TO_COVERED:
                return self._available(command.contract_code, PositionSide.SHORT)
            case InstructionKind.TO_NAKED:
                return self._available(command.contract_code, PositionSide.COVERED)
        return None

    def combination(self, number: str) -> Combination | None:
        """One combination by its number."""
        return next((c for c in self._portfolio.combinations if c.number == number), None)

    def leg(self, code: str) -> ContractLeg | None:
        """A contract with the side a combination would take of it: long where it is long, else short."""
        contract = self._market.contract(code)
        if contract is None:
            return None
        side = PositionSide.LONG if self._available(code, PositionSide.LONG) > 0 else PositionSide.SHORT
        return ContractLeg(contract, side)

    def build_denial(self, strategy: CombinationStrategy, first: ContractLeg, second: ContractLeg) -> Denial | None:
        """Why two legs may not be built into a combination today, held already or not; None if they may."""
        legs = first, second
        try:
            return check_build(strategy, legs, self._now().date(), self._calendar, self.profile.combinations)
        except CalendarError:
            return validate(strategy, legs)

    # ---- inside

    def _form(self, command: Instruct) -> Iterator[Denial]:
        wanted = FIELDS[command.kind]
        for name in ("underlying", "contract_code", "second_code", "strategy", "combination_id"):
            if name in wanted and not getattr(command, name):
                rule = "choose one" if name != "strategy" else "two positions that form a combination"
                yield Denial(Reason.MALFORMED, _FIELD_OF[name], "", rule)
            elif name not in wanted and getattr(command, name):
                yield Denial(Reason.MALFORMED, _FIELD_OF[name], str(getattr(command, name))[:40], "nothing")
        if "quantity" in wanted and command.quantity < 1:
            yield Denial(Reason.MALFORMED, "quantity", str(command.quantity), "a whole number above zero")
        if "amount" in wanted:
            amount = command.amount
            if not amount.is_finite() or not 0 < amount <= _MOST_YUAN or amount != amount.quantize(_CENT):
                yield Denial(Reason.MALFORMED, "amount", f"{amount}"[:20], "yuan above zero, at most two decimals")
        if "price" in wanted and not (command.price.is_finite() and 0 < command.price <= _MOST_YUAN):
            yield Denial(Reason.MALFORMED, "price", f"{command.price}"[:20], "yuan above zero")

    def _offered(self, kind: InstructionKind) -> Denial | None:
        offers = self.profile.capabilities
        merged = (InstructionKind.MERGED_EXERCISE, InstructionKind.WITHDRAW_MERGED)
        for kinds, offered in (
            ((InstructionKind.COMBINE, InstructionKind.RELEASE), offers.combinations),
            (merged, offers.merged_exercise),
            ((InstructionKind.TO_COVERED, InstructionKind.TO_NAKED), offers.covered_conversion),
        ):
            if kind in kinds and not offered:
                return Denial(Reason.NOT_SUPPORTED, "instruction", "", self.profile.name)
        return None

    def _check_time(self, command: Instruct) -> Denial | None:
        now = self._now()
        if command.kind in _EXERCISES:
            contract = self._market.contract(command.contract_code)
            return check_exercise_time(contract, now, self.profile.sessions) if contract is not None else None
        windows = self.window_of(command.kind)
        if windows is None or window_open(windows, now):
            return None
        allowed = " ".join(f"{first:%H:%M}-{last:%H:%M}" for first, last in windows)
        return Denial(Reason.PHASE_CLOSED, "instruction", f"{now:%H:%M:%S}", allowed)

    def _check_substance(self, command: Instruct) -> list[Denial]:
        contract = self._market.contract(command.contract_code)
        if command.contract_code and contract is None:
            return [Denial(Reason.UNKNOWN_CONTRACT, "contract", command.contract_code)]
        second = self._market.contract(command.second_code)
        if command.second_code and second is None:
            return [Denial(Reason.UNKNOWN_CONTRACT, "contract", command.second_code)]
        if command.underlying and self._market.underlying(command.underlying) is None:
            return [Denial(Reason.UNKNOWN_CONTRACT, "underlying", command.underlying)]
        match command.kind:
            case InstructionKind.EXERCISE if contract is not None:
                return self._list(self._check_exercise(contract, command.quantity))
            case InstructionKind.MERGED_EXERCISE if contract is not None and second is not None:
                longs = self.exercisable(contract), self.exercisable(second)
                return self._list(
                    check_merged(contract, second, command.quantity, net_long_calls=longs[0], net_long_puts=longs[1])
                )
            case InstructionKind.COMBINE:
                return self._check_combine(command)
            case InstructionKind.RELEASE if self.combination(command.combination_id) is None:
                return [Denial(Reason.POSITION, "contract", command.combination_id, "0")]
            case InstructionKind.CASH_OUT:
                funds = self._portfolio.funds
                if funds is not None and command.amount > funds.withdrawable:
                    return [Denial(Reason.FUNDS, "amount", f"{command.amount:,.2f}", f"{funds.withdrawable:,.2f}")]
                return []
            case InstructionKind.BUY_SHARES | InstructionKind.SELL_SHARES:
                return self._check_shares(command)
            case InstructionKind.SHARES_OUT:
                holding = self._holding(command.underlying)
                return _grouped(self._list(shares.check_sellable(command.quantity, holding.free, holding.sellable)))
            case InstructionKind.TO_COVERED if contract is not None and contract.right is not Right.CALL:
                return [Denial(Reason.COVERED_CALLS_ONLY, "contract")]
        found = self._list(self._check_most(command))
        if contract is not None and command.kind is InstructionKind.TO_COVERED:
            needed, has = command.quantity * contract.multiplier, self.coverable(contract.underlying)
            if needed > has:
                found.append(Denial(Reason.COVERED_SHARES, "quantity", f"{needed:,}", f"{has:,}"))
        if command.kind is InstructionKind.TO_NAKED or command.kind is InstructionKind.RELEASE:
            found += self._list(self._check_margin(command))
        return found

    def share_book(self, underlying: str) -> ShareBook:
        """What the cash market shows of an underlying, as far as the desk has heard."""
        bids, asks = self._market.bids(underlying), self._market.asks(underlying)
        return ShareBook(
            tuple((level.price, level.quantity) for level in bids),
            tuple((level.price, level.quantity) for level in asks),
            self._market.phase_of(underlying) is Phase.HALTED,
        )

    def _check_shares(self, command: Instruct) -> list[Denial]:
        underlying = self._market.underlying(command.underlying)
        if underlying is None:
            return []
        rules, holding = self.profile.shares, self._holding(underlying.code)
        buys, quantity, price = command.kind is InstructionKind.BUY_SHARES, command.quantity, command.price
        book = self.share_book(underlying.code)
        found = self._list(
            shares.check_form(underlying, quantity, price, rules, buys=buys, sellable=holding.sellable),
            None if buys else shares.check_sellable(quantity, holding.free, holding.sellable),
            shares.check_book(book, quantity, price, buys=buys),
        )
        if not found and (funds := self._portfolio.funds) is not None:
            amount = shares.amount_of(book.asks if buys else book.bids, quantity)
            fee = shares.share_fee(rules, underlying.kind, amount, buys=buys)
            needed = amount + fee if buys else fee - amount
            if needed > max(funds.available, ZERO):
                found.append(Denial(Reason.FUNDS, "quantity", f"{needed:,.2f}", f"{funds.available:,.2f}"))
        return _grouped(found)

    def _affordable(self, price: Decimal) -> int:
        """Whole lots that the money reaches for at a price, fee included."""
        funds, rules = self._portfolio.funds, self.profile.shares
        if funds is None or not price.is_finite() or price <= 0:
            return 0
        money = max(funds.available - rules.least_commission, ZERO)
        lots = int(money / (price * (1 + rules.commission_rate))) // rules.lot
        return min(lots * rules.lot, rules.largest_order)

    def coverable(self, underlying: str) -> int:
        """Shares that may cover a converted call: locked ones that cover nothing, and free ones, which are locked."""
        holding = self._holding(underlying)
        return max(holding.unlockable, 0) + max(holding.free, 0)

    def _check_exercise(self, contract: Contract, quantity: int) -> Denial | None:
        long = self._position(contract.code, PositionSide.LONG)
        entered = long.exercising_quantity if long is not None else 0
        funds = self._portfolio.funds
        return check_exercise(
            contract,
            quantity,
            net_long=self.exercisable(contract) + entered,
            already_entered=entered,
            available_cash=funds.available if funds is not None else ZERO,
            available_shares=max(self._holding(contract.underlying).free, 0),
            fees=self.profile.fees,
        )

    def _check_most(self, command: Instruct) -> Denial | None:
        most = self.largest_quantity(command)
        if most is None or command.quantity <= most:
            return None
        reason = Reason.SHARES if "underlying" in FIELDS[command.kind] else Reason.POSITION
        return Denial(reason, "quantity", f"{command.quantity:,}", f"{most:,}")

    def _combinable(self, command: Instruct) -> int:
        legs = [self.leg(code) for code in (command.contract_code, command.second_code)]
        held = [self._available(leg.contract.code, leg.side) for leg in legs if leg is not None]
        return max(min(held), 0) if len(held) == 2 else 0

    def _check_combine(self, command: Instruct) -> list[Denial]:
        first, second = self.leg(command.contract_code), self.leg(command.second_code)
        if first is None or second is None or command.strategy is None:
            return []
        return self._list(self.build_denial(command.strategy, first, second), self._check_most(command))

    def _check_margin(self, command: Instruct) -> Denial | None:
        funds, change = self._portfolio.funds, self.terms.margin_change(command)
        if funds is None or change is None:
            return None
        more = change.after - change.before
        if more > 0 and more > funds.available:
            return Denial(Reason.FUNDS, "quantity", f"{more:,.2f}", f"{funds.available:,.2f}")
        return None

    def _position(self, code: str, side: PositionSide) -> Position | None:
        return self._portfolio.position(code, side)

    def _available(self, code: str, side: PositionSide) -> int:
        position = self._position(code, side)
        return position.available_quantity if position is not None else 0

    def _holding(self, underlying: str) -> Holding:
        return self._portfolio.holdings.get(underlying) or Holding(underlying=underlying, total=0)

    @staticmethod
    def _list(*denials: Denial | None) -> list[Denial]:
        return [denial for denial in denials if denial is not None]


def _grouped(denials: list[Denial]) -> list[Denial]:
    """The same with thousands apart, as a person reads shares."""

    def figure(text: str) -> str:
        return f"{int(text):,}" if text.isdecimal() else text

    return [replace(denial, given=figure(denial.given), allowed=figure(denial.allowed)) for denial in denials]
