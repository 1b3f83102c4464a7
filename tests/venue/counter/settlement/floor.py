"""A counter on an expiry day whose accounts are written down, not traded: for tests of the day's end.

Contracts of one fund: three that expire on DAY, a call and a put a month later. `settle` runs all steps and returns the
entries as a journal holds them, a list for each transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

import msgspec

from terminal.domain.account_rights import AccountProfile
from terminal.domain.accounts import Holding, Position, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.combinations import Combination
from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.messages import InstructionReport
from terminal.domain.settlement import Delivery
from terminal.rules.profile import Profile
from terminal.rules.rounding import to_cents
from terminal.venue.counter.counter import FIRST_PARTICIPANT, Counter
from terminal.venue.counter.entries import AccountOpened, JournalEntry
from terminal.venue.counter.settlement.entries import Inputs
from tests.venue.counter.market import profile

FUND = "510050"
DAY, NEXT_DAY, DAY_AFTER = date(2026, 3, 25), date(2026, 3, 26), date(2026, 3, 27)
LATER = date(2026, 4, 22)
CLOSE = Decimal("3.100")
CALL, PUT, ODD_CALL, LATER_CALL, LATER_PUT = "10000001", "10000002", "10000003", "10000004", "10000005"
LONG, SHORT, COVERED = PositionSide.LONG, PositionSide.SHORT, PositionSide.COVERED


def _contract(code: str, right: Right, strike: str, expiry: date, multiplier: int = 10_000) -> Contract:
    letter = "M" if multiplier == 10_000 else "A"
    return Contract(
        code=code,
        trading_code=f"{FUND}{right}{expiry:%y%m}{letter}{int(Decimal(strike) * 1000):05d}",
        name=code,
        underlying=FUND,
        right=right,
        strike=Decimal(strike),
        multiplier=multiplier,
        first_day=date(2025, 9, 25),
        last_day=expiry,
        exercise_day=expiry,
        delivery_day=NEXT_DAY,
        expiry=expiry,
        previous_settlement=Decimal("0.1000"),
        underlying_close=CLOSE,
        limit_up=Decimal("0.5000"),
        limit_down=Decimal("0.0001"),
        margin=Decimal("4000.00"),
    )


CONTRACTS = (
    _contract(CALL, Right.CALL, "3.000", DAY),
    _contract(PUT, Right.PUT, "3.200", DAY),
    _contract(ODD_CALL, Right.CALL, "2.936", DAY, 10_220),
    _contract(LATER_CALL, Right.CALL, "3.100", LATER),
    _contract(LATER_PUT, Right.PUT, "3.000", LATER),
)
BY_CODE = {c.code: c for c in CONTRACTS}
UNDERLYINGS = (
    Underlying(
        code=FUND,
        name="50ETF",
        pinyin="50ETF",
        previous_close=CLOSE,
        limit_up=Decimal("3.410"),
        limit_down=Decimal("2.790"),
    ),
)
PRICES = {
    CALL: Decimal("0.1000"),
    PUT: Decimal("0.1000"),
    ODD_CALL: Decimal("0.1640"),
    LATER_CALL: Decimal("0.0800"),
    LATER_PUT: Decimal("0.0500"),
}


def held(code: str, side: PositionSide, quantity: int, *, combined: int = 0, margin: str = "0") -> Position:
    """A position of an earlier day, at 0.0500 a share."""
    return Position(
        contract_code=code,
        side=side,
        quantity=quantity,
        combined_quantity=combined,
        average_price=Decimal("0.0500"),
        margin=Decimal(margin),
    )


class Floor:
    """One counter; `accounts` are opened by `open`, exercises entered by `exercise` as the desk's instruction would."""

    def __init__(
        self, rules: Profile | None = None, day: date = DAY, contracts: Sequence[Contract] = CONTRACTS
    ) -> None:
        self.rules = rules or profile()
        self.contracts = contracts
        self.counter = Counter(self.rules, day, UNDERLYINGS, contracts)
        self.journal: list[JournalEntry] = []

    def open(
        self,
        account_id: str,
        cash: str,
        *positions: Position,
        shares: int = 0,
        locked: int = 0,
        combinations: Sequence[Combination] = (),
        deliveries: Sequence[Delivery] = (),
        group: str = "",
    ) -> "Floor":
        """Open an account by the entry a day before would have left."""
        entry = AccountOpened(
            account_id=account_id,
            trading_day=self.counter.trading_day,
            participant=FIRST_PARTICIPANT + len(self.counter.account_ids()),
            cash=Decimal(cash),
            holdings=(Holding(underlying=FUND, total=shares, locked=locked),),
            positions=positions,
            combinations=tuple(combinations),
            deliveries=tuple(deliveries),
            profile=AccountProfile(margin_group=group),
        )
        self.counter.restore([entry])
        self.journal.append(entry)
        return self

    def exercise(self, account_id: str, code: str, quantity: int, put_code: str = "") -> "Floor":
        """What an exercise, or with a put's code a merged one, leaves in the account; money and shares held for it."""
        account = self.counter._books.accounts[account_id]
        contract = BY_CODE[code]
        if put_code:
            key = f"{code},{put_code}"
            account.merged_exercises[key] = account.merged_exercises.get(key, 0) + quantity
            return self
        account.exercises[code] = account.exercises.get(code, 0) + quantity
        if contract.right is Right.CALL:
            account.frozen_exercise += to_cents(contract.strike * contract.multiplier * quantity)
        else:
            account.holding(FUND).exercising += contract.multiplier * quantity
        return self

    def inputs(
        self,
        close: Decimal = CLOSE,
        next_day: date | None = None,
        open_interest: Mapping[str, int] | None = None,
        prices: Mapping[str, Decimal] | None = None,
        adjusted: Sequence[str] = (),
        dividends: Mapping[str, Decimal] | None = None,
    ) -> Inputs:
        """The market's figures of the day."""
        day = self.counter.trading_day
        known = dict(prices or PRICES)
        for contract in self.contracts:
            if day >= contract.last_day:
                inside = close - contract.strike if contract.right is Right.CALL else contract.strike - close
                known[contract.code] = max(inside, Decimal(0))
        return Inputs(
            trading_day=day,
            next_day=next_day or (NEXT_DAY if day == DAY else DAY_AFTER),
            closes={FUND: close},
            prices=known,
            open_interest=dict(open_interest or {}),
            days_left={LATER.isoformat(): 19, DAY.isoformat(): max((DAY - day).days, 0)},
            seed=7,
            adjusted=tuple(adjusted),
            dividends=dict(dividends or {}),
        )

    def settle(self, inputs: Inputs | None = None) -> list[list[JournalEntry]]:
        """Run the whole day's end; the transactions."""
        settlement = self.counter.settlement
        now = datetime(*self.counter.trading_day.timetuple()[:3], 15, 30, tzinfo=SHANGHAI)
        done = [settlement.begin(inputs or self.inputs(), now).entries]
        while not settlement.is_settled:
            done.append(settlement.run_step().entries)
        self.journal += [entry for transaction in done for entry in transaction]
        return done

    def next_day(self) -> "Floor":
        """The floor of the trading day after, with what lives on."""
        left = tuple(c for c in self.contracts if c.last_day > self.counter.trading_day)
        after = Floor(self.rules, NEXT_DAY if self.counter.trading_day == DAY else DAY_AFTER, left)
        after.journal += self.counter.carry_into(after.counter).entries
        return after

    def quantity(self, account_id: str, code: str, side: PositionSide) -> int:
        """Contracts of one position."""
        position = self.counter._books.accounts[account_id].positions[side].get(code)
        return position.quantity if position else 0

    def balance(self, account_id: str) -> Decimal:
        """All the money of an account."""
        return self.counter.account_report(account_id, self.now).funds.balance

    def holding(self, account_id: str) -> Holding:
        """Its shares."""
        return self.counter.account_report(account_id, self.now).holdings[0]

    def told(self, account_id: str) -> list[InstructionReport]:
        """What the account was told that nobody asked for."""
        reports = self.counter.reports_after(account_id, 0)
        return [r for r in reports if isinstance(r, InstructionReport) and not r.asked]

    @property
    def now(self) -> datetime:
        """The end of the day."""
        return datetime(*self.counter.trading_day.timetuple()[:3], 15, 30, tzinfo=SHANGHAI)


def without_interest() -> Profile:
    """The shipped profile without interest and penalties, so that worked examples stay readable."""
    shipped = profile()
    interest = msgspec.structs.replace(
        shipped.interest, credit_per_year=Decimal(0), overdraft_per_day=Decimal(0), penalty_per_day=Decimal(0)
    )
    return msgspec.structs.replace(shipped, interest=interest)
