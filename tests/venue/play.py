"""A small market played day by day, for stories: one fund, few strikes, a crowd of few."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from terminal.domain.accounts import Holding, Position, PositionSide
from terminal.domain.contracts import Contract, Right
from terminal.domain.messages import InstructionReport, OrderReport, SubmitOrder
from terminal.domain.orders import Instruction, OrderType, Side
from terminal.domain.settlement import Statement
from terminal.resources import resource_folder
from terminal.rules.profile import Profile
from terminal.storage.calendar_file import load_calendar
from terminal.venue.counter.counter import FIRST_PARTICIPANT
from terminal.venue.counter.entries import AccountOpened
from terminal.venue.counter.state import Report
from terminal.venue.crowd.settings import ComingDividendSettings, MarketSettings
from terminal.venue.days import Days
from terminal.venue.next_list import first_generated_header
from tests.harness import market_settings
from tests.venue.counter.market import profile

FUND = "510050"
STEP = 300.0


def small(dividends: Sequence[tuple[int, str]] = ()) -> tuple[Profile, MarketSettings]:
    """Rules and settings of the small market; dividends as days ahead and cash."""
    shipped, market = profile(), market_settings()
    listing = msgspec.structs.replace(shipped.listing, strikes_each_side=1, near_months=2, quarter_months=0)
    rules = msgspec.structs.replace(
        shipped, listing=listing, underlyings=tuple(u for u in shipped.underlyings if u.code == FUND)
    )
    crowd = msgspec.structs.replace(market.crowd, makers=2, takers=4, refreshes_per_second=0.05, levels=3, levels_max=3)
    settings = msgspec.structs.replace(
        market,
        dividends=(),
        coming_dividends=tuple(
            ComingDividendSettings(underlying=FUND, trading_days_ahead=days, cash=Decimal(cash))
            for days, cash in dividends
        ),
        crowd=crowd,
        underlyings=tuple(u for u in market.underlyings if u.code == FUND),
    )
    return rules, settings


class Play(Days):
    """`Days` with the short words of a story."""

    def __init__(self, day: date, seed: int = 3, dividends: Sequence[tuple[int, str]] = ()) -> None:
        rules, settings = small(dividends)
        calendar = load_calendar(resource_folder() / "calendar" / "sse.toml", None)
        super().__init__(
            rules, settings, calendar, first_generated_header(rules, settings, calendar, day, seed=seed, book_id="s")
        )
        self._orders = 0

    def open(self, account_id: str, cash: str, *positions: Position, shares: int = 0, locked: int = 0) -> None:
        """An account as a day before would have left it."""
        entry = AccountOpened(
            account_id=account_id,
            trading_day=self.market.trading_day,
            participant=FIRST_PARTICIPANT + len(self.market.counter.account_ids()),
            cash=Decimal(cash),
            holdings=(Holding(underlying=FUND, total=shares, locked=locked),),
            positions=positions,
        )
        self.market.counter.restore([entry])
        self.entries.append(entry)

    def contract(self, right: Right, place: int = 0, month: int = 0) -> Contract:
        """The contract of a right by place among the standard strikes, of the nearest month or the next."""
        expiries = sorted({c.expiry for c in self.market.contracts})
        found = [
            c for c in self.market.contracts if c.right is right and c.expiry == expiries[month] and not c.is_adjusted
        ]
        return sorted(found, key=lambda c: c.strike)[place]

    def listed(self, code: str) -> Contract | None:
        """A contract of today's list by its code."""
        return next((c for c in self.market.contracts if c.code == code), None)

    def order(self, account_id: str, contract: Contract, instruction: Instruction, quantity: int) -> OrderReport:
        """A limit order at the day's limit, which trades as soon as somebody is there; the newest report."""
        self._orders += 1
        order = SubmitOrder(
            client_order_id=f"o{self._orders}",
            contract_code=contract.code,
            instruction=instruction,
            order_type=OrderType.LIMIT,
            quantity=quantity,
            price=contract.limit_up if instruction.side is Side.BUY else contract.limit_down,
        )
        self.market.command(account_id, order, self.market.now)
        self.keep()
        reports = self.reports(account_id)
        return [r for r in reports if isinstance(r, OrderReport) and r.client_order_id == order.client_order_id][-1]

    def reports(self, account_id: str) -> list[Report]:
        """Everything the account was told today."""
        return self.market.counter.reports_after(account_id, 0)

    def told(self, account_id: str) -> list[InstructionReport]:
        """What nobody asked for."""
        return [r for r in self.reports(account_id) if isinstance(r, InstructionReport) and not r.asked]

    def quantity(self, account_id: str, code: str, side: PositionSide) -> int:
        """Contracts of one position."""
        position = self.market.counter._books.accounts[account_id].positions[side].get(code)
        return position.quantity if position else 0

    def holding(self, account_id: str) -> Holding:
        """The shares of the fund."""
        return self.market.counter.account_report(account_id, self.market.now).holdings[0]

    def statement(self, account_id: str) -> Statement:
        """The statement of the day that was settled."""
        return self.market.counter.settlement.state.statements[account_id]

    def end(self) -> None:
        """Play to the close and settle."""
        self.play_until(15, 0, STEP)
        self.close()
        self.settle()

    def next(self) -> None:
        """Settle today and open tomorrow."""
        self.end()
        self.open_next_day()

    def skip(self) -> None:
        """A day on which nothing trades after its opening."""
        self.close()
        self.settle()
        self.open_next_day()
