"""An expiry day in figures (到期日): what is held, what it is worth exercised or sold, and what that needs.

Asked by screens and reminders alike, so that both show the same; nothing here is kept up to date, whoever looks asks.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from terminal.domain.accounts import ZERO, Holding, PositionSide
from terminal.domain.calendar import SHANGHAI, TradingCalendar
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import CalendarError
from terminal.rules.client_margin import moneyness_percent
from terminal.rules.exercise import exercise_cash, exercise_shares
from terminal.rules.expiry.exercises import Exercise, ExerciseNeeds, MergedPair, exercise_needs, find_pairs
from terminal.rules.expiry.worth import Worth, worth
from terminal.rules.profile import Profile
from terminal.services.abandonments import Abandonment, Abandonments
from terminal.services.instructions import InstructionService
from terminal.services.market_data import MarketData, price_decimal
from terminal.services.portfolio import Portfolio


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingRow:
    """One expiring long position."""

    contract: Contract
    quantity: int
    exercisable: int
    """May still be exercised: not netted, combined, on sale or exercised already"""
    exercised: int
    """Exercised by itself today"""
    merged: int
    """Exercised in pairs today"""
    percent: Decimal
    """In the money, percent of the underlying's price (实值)"""
    worth: Worth
    """Of what may still be exercised, else of all that is held"""
    cash: Decimal
    """To exercise what may still be, fee included"""
    shares: int
    abandoned: Abandonment | None

    @property
    def inside(self) -> bool:
        """Whether it is in the money."""
        return self.worth.inside > 0

    @property
    def entered(self) -> int:
        """Exercised in either way."""
        return self.exercised + self.merged

    @property
    def waits(self) -> bool:
        """Whether somebody has yet to decide: worth exercising, not yet exercised nor given up."""
        return self.exercisable > 0 and self.worth.exercise > 0 and self.abandoned is None


@dataclass(frozen=True, slots=True)
class Have:
    """What is there: yuan, and shares by underlying."""

    cash: Decimal
    shares: dict[str, int]


class ExpiryDesk:
    """Looks at one account. What writers owe is told by `AssignmentDesk`."""

    def __init__(
        self,
        *,
        profile: Profile,
        market: MarketData,
        portfolio: Portfolio,
        instructions: InstructionService,
        abandonments: Abandonments,
        calendar: TradingCalendar,
        now: Callable[[], datetime],
    ) -> None:
        self.profile = profile
        self.market = market
        self.portfolio = portfolio
        self.instructions = instructions
        self.abandonments = abandonments
        self.calendar = calendar
        self.now = now

    # ---- days

    @property
    def today(self) -> date:
        """The market's trading day."""
        return self.market.day.trading_day if self.market.day else self.now().astimezone(SHANGHAI).date()

    def expiries(self) -> list[date]:
        """Every exercise day that is listed, soonest first."""
        return sorted({c.exercise_day for c in self.market.contracts})

    def next_expiry(self) -> date | None:
        """Today's if contracts expire today, else the next one."""
        today = self.today
        return next((day for day in self.expiries() if day >= today), None)

    def shifted(self, day: date, count: int) -> date | None:
        """So many trading days after a day; None outside the calendar."""
        try:
            return self.calendar.shift(day, count)
        except CalendarError:
            return None

    def days_left(self, day: date) -> int:
        """Trading days to a day: 0 on the day itself, below zero once it is behind."""
        if day < self.today:
            return -1
        try:
            return self.calendar.days_left(self.today, day)
        except CalendarError:
            return (day - self.today).days

    def deadline(self, expiry: date) -> datetime:
        """When the last exercise of a day is taken (行权申报截止)."""
        return datetime.combine(expiry, self.profile.sessions.exercise[-1][1], SHANGHAI)

    # ---- prices

    def price(self, underlying: str) -> Decimal | None:
        """Last price of an underlying, before its first trade the previous close."""
        last = self.market.last(underlying)
        known = self.market.underlying(underlying)
        return last if last is not None else known.previous_close if known is not None else None

    def bid(self, contract: Contract) -> Decimal | None:
        """Best bid; None where nobody bids or trading is over."""
        bids = self.market.bids(contract.code)
        return price_decimal(bids[0].price) if bids else None

    def percent(self, contract: Contract) -> Decimal:
        """How far in the money, percent."""
        price = self.price(contract.underlying)
        return moneyness_percent(contract.right, contract.strike, price) if price else ZERO

    # ---- holders

    def holdings(self, expiry: date, underlying: str = "") -> list[HoldingRow]:
        """Long positions that expire, the deepest in the money first."""
        rows = []
        for (code, side), position in self.portfolio.positions.items():
            contract = self.market.contract(code)
            if side is not PositionSide.LONG or contract is None or contract.exercise_day != expiry:
                continue
            if position.quantity < 1 or underlying not in ("", contract.underlying):
                continue
            rows.append(self._holding(contract, position.quantity, position.exercising_quantity))
        return sorted(rows, key=lambda r: (-r.percent, r.contract.underlying, r.contract.strike, r.contract.code))

    def _holding(self, contract: Contract, quantity: int, exercising: int) -> HoldingRow:
        exercisable = self.instructions.checks.exercisable(contract)
        exercised = min(self.instructions.exercises_in_force(contract.code), exercising)
        price = self.price(contract.underlying) or contract.underlying_close
        fees = self.profile.fees
        return HoldingRow(
            contract=contract,
            quantity=quantity,
            exercisable=exercisable,
            exercised=exercised,
            merged=exercising - exercised,
            percent=moneyness_percent(contract.right, contract.strike, price),
            worth=worth(contract, exercisable or quantity, underlying_price=price, bid=self.bid(contract), fees=fees),
            cash=exercise_cash(contract, exercisable, fees),
            shares=exercise_shares(contract, exercisable),
            abandoned=self.abandonments.of(contract.code),
        )

    def undecided(self, expiry: date) -> list[HoldingRow]:
        """Holdings in the money that nobody has decided on."""
        return [row for row in self.holdings(expiry) if row.waits]

    def pairs(self, expiry: date, underlying: str = "") -> list[MergedPair]:
        """What may be exercised together at no loss; given up holdings are left out."""
        if not self.profile.capabilities.merged_exercise:
            return []
        longs = [
            Exercise(row.contract, row.exercisable)
            for row in self.holdings(expiry, underlying)
            if row.exercisable > 0 and row.abandoned is None
        ]
        prices = {long.contract.underlying: self.price(long.contract.underlying) for long in longs}
        return find_pairs(longs, {code: price for code, price in prices.items() if price is not None})

    def mergeable(self, rows: Iterable[HoldingRow]) -> set[str]:
        """Those of the holdings that have one of the other right among them to be exercised with at no loss."""
        longs = [row for row in rows if row.inside and row.exercisable > 0 and row.abandoned is None]
        if not self.profile.capabilities.merged_exercise:
            return set()
        kinds = {(row.contract.underlying, row.contract.multiplier, row.contract.right) for row in longs}
        return {
            row.contract.code
            for row in longs
            for c in (row.contract,)
            if all((c.underlying, c.multiplier, right) in kinds for right in Right)
        }

    def needs(self, singles: Iterable[Exercise], pairs: Iterable[MergedPair]) -> ExerciseNeeds:
        """What exercises need beside those that were sent already."""
        return exercise_needs(singles, pairs, self.profile.fees)

    def have(self) -> Have:
        """What exercises may use now."""
        funds = self.portfolio.funds
        shares = {code: max(holding.free, 0) for code, holding in self.portfolio.holdings.items()}
        return Have(max(funds.available, ZERO) if funds is not None else ZERO, shares)

    def holding_of(self, underlying: str) -> Holding:
        """The shares of an underlying."""
        return self.portfolio.holdings.get(underlying) or Holding(underlying=underlying, total=0)

    def prices(self) -> dict[str, Decimal]:
        """Prices of all underlyings that have one."""
        known = {u.code: self.price(u.code) for u in self.market.underlyings}
        return {code: price for code, price in known.items() if price is not None}


def waiting_value(rows: Sequence[HoldingRow]) -> Decimal:
    """What is lost if nothing is done about these holdings, yuan."""
    return sum((row.worth.exercise for row in rows), ZERO)
