"""A day whose contract list the tests make: one fund, its close, and a dividend to come."""

from datetime import date
from decimal import Decimal

from terminal.domain.calendar import TradingCalendar
from terminal.domain.contracts import Contract, Right
from terminal.rules.listing import Dividend, PriceRangeOf, UnderlyingClose, list_contracts
from terminal.rules.profile import Profile

D = Decimal
FIFTY = UnderlyingClose("510050", D("3.017"))
DAY = date(2025, 11, 20)
EX_DAY = date(2025, 12, 1)
DIVIDEND = Dividend("510050", EX_DAY, cash=D("0.050"), eve_close=D("3.067"))


class Intrinsic:
    """A settlement that scales with close and strike, as any fair price does; it remembers what it was asked."""

    def __init__(self, close: Decimal) -> None:
        self._close = close
        self.asked: list[tuple[str, Right, Decimal, int]] = []

    def __call__(self, underlying: str, right: Right, strike: Decimal, days: int) -> Decimal:
        self.asked.append((underlying, right, strike, days))
        return max(self._close - strike if right is Right.CALL else strike - self._close, D(0))


def listed(
    profile: Profile,
    calendar: TradingCalendar,
    day: date = DAY,
    close: Decimal = FIFTY.previous_close,
    dividends: tuple[Dividend, ...] = (),
    known_codes: dict[str, str] | None = None,
    price_range: PriceRangeOf | None = None,
) -> list[Contract]:
    return list_contracts(
        profile=profile,
        calendar=calendar,
        trading_day=day,
        market=[UnderlyingClose("510050", close)],
        settlement_of=Intrinsic(close),
        dividends=dividends,
        known_codes=known_codes,
        price_range=price_range,
    )
