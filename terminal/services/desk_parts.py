"""The services of one desk (席位), put together: the same for a window, for none, for a measurement and for a test.

What differs between them is handed in: the line, the journal, the clocks, the limits. Nothing runs before `desk.start`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from terminal.domain.calendar import TradingCalendar
from terminal.domain.errors import CalendarError
from terminal.domain.ports import Gateway, Journal
from terminal.rules.obligations.terms import Terms
from terminal.rules.profile import Profile, Sessions
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.services.bus import Bus
from terminal.services.checks import DeskLimits, OrderChecks
from terminal.services.client_terms import ClientTerms
from terminal.services.desk import Desk
from terminal.services.gate import DESK, Gate
from terminal.services.inquiries import Inquiries
from terminal.services.instruction_checks import InstructionChecks
from terminal.services.instructions import InstructionService
from terminal.services.market_clock import MarketClock
from terminal.services.market_data import MarketData
from terminal.services.obligations import Obligations
from terminal.services.orders import OrderService
from terminal.services.own_quotes import OwnQuotes
from terminal.services.portfolio import Portfolio
from terminal.services.quoting import QuoteService
from terminal.services.theoretical import Theoretical
from terminal.services.valuation import Valuation


@dataclass(frozen=True, slots=True)
class DeskParts:
    """A desk and what stands beside it; orders, quotes, market and portfolio are the desk's own."""

    desk: Desk
    terms: ClientTerms
    checks: OrderChecks
    valuation: Valuation
    theoretical: Theoretical
    gate: Gate
    days_left: Callable[[date], int]
    """Trading days to an expiry from the venue's day; calendar days beyond the calendar"""


def build_desk(
    *,
    desk_id: str,
    account_id: str,
    gateway: Gateway,
    journal: Journal,
    profile: Profile,
    calendar: TradingCalendar,
    limits: DeskLimits,
    sheet: LimitSheet,
    rate: float,
    clock: MarketClock,
    monotonic: Callable[[], float],
) -> DeskParts:
    """Build it. `sheet` is the desk's limit sheet, `rate` the flat riskless rate a year, `monotonic` gives seconds."""
    bus = Bus()
    market, portfolio = MarketData(bus, monotonic), Portfolio(bus, clock.now)

    def days_left(expiry: date) -> int:
        today = market.day.trading_day if market.day else clock.now().date()
        try:
            return calendar.days_left(today, expiry)
        except CalendarError:
            return (expiry - today).days

    terms = ClientTerms(profile, market, portfolio, days_left)
    checks = OrderChecks(profile, market, portfolio, limits, terms)
    valuation = Valuation(market, bus, clock.now, rate=rate)
    theoretical = Theoretical(market, valuation, bus, monotonic)
    quoting: QuoteService
    gate = Gate(market, portfolio, theoretical, lambda: quoting.board, monotonic)
    gate.set_sheet(DESK, sheet)
    orders = OrderService(
        desk_id=desk_id,
        send=gateway.send,
        journal=journal,
        checks=checks,
        gate=gate,
        portfolio=portfolio,
        market=market,
        bus=bus,
        now=clock.now,
        monotonic=monotonic,
    )
    instructions = InstructionService(
        desk_id=desk_id,
        send=gateway.send,
        journal=journal,
        checks=InstructionChecks(profile, market, portfolio, terms, calendar, clock.now),
        orders=orders,
        gate=gate,
        portfolio=portfolio,
        bus=bus,
        now=clock.now,
    )
    quoting = QuoteService(
        desk_id=desk_id,
        send=gateway.send,
        journal=journal,
        orders=orders,
        gate=gate,
        theoretical=theoretical,
        bus=bus,
        now=clock.now,
        monotonic=monotonic,
    )
    desk = Desk(
        desk_id=desk_id,
        account_id=account_id,
        gateway=gateway,
        journal=journal,
        bus=bus,
        clock=clock,
        market=market,
        portfolio=portfolio,
        orders=orders,
        instructions=instructions,
        quoting=quoting,
        monotonic=monotonic,
    )
    return DeskParts(desk, terms, checks, valuation, theoretical, gate, days_left)


def build_obligations(desk: Desk, terms: Terms, sessions: Sessions) -> Obligations:
    """What the desk's account owes as a maker (做市义务). It hears of what happens after all that was built before."""
    return Obligations(
        bus=desk.bus,
        market=desk.market,
        own=OwnQuotes(desk.bus),
        inquiries=Inquiries(desk.bus, terms.inquiries),
        terms=terms,
        sessions=sessions,
        kind=lambda: desk.portfolio.profile.rights.kind,
        now=desk.clock.now,
        write=desk.orders.write,
    )
