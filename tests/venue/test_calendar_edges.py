"""Leap day, year end and the week in which months roll: the day's end, the next list and the time left are right.

Days by the calendar of the exchange; amounts by hand: 3,600,000 yuan x 0.10 % / 360 = 10 yuan a calendar day.
"""

from datetime import date, datetime
from decimal import Decimal

import pytest

from terminal.domain.accounts import Position, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Right
from terminal.domain.settlement import CashKind
from terminal.pricing.time_to_expiry import years_to_expiry
from tests.venue.play import FUND, Play

pytestmark = pytest.mark.fault("F88")


@pytest.mark.requirement("AC12", "AC15")
@pytest.mark.parametrize(
    ("day", "next_day", "interest", "months", "days_to_nearest"),
    [
        # 2024-02-28 is the fourth Wednesday: February ends there, and April is listed on the leap day
        (date(2024, 2, 28), date(2024, 2, 29), "10.00", [(2024, 3), (2024, 4)], 27),
        (date(2024, 2, 29), date(2024, 3, 1), "10.00", [(2024, 3), (2024, 4)], 26),
        # Friday to Monday
        (date(2024, 3, 1), date(2024, 3, 4), "30.00", [(2024, 3), (2024, 4)], 23),
        # The months roll over the year end with December's expiry, and nothing rolls on its last day
        (date(2024, 12, 25), date(2024, 12, 26), "10.00", [(2025, 1), (2025, 2)], 27),
        (date(2024, 12, 31), date(2025, 1, 2), "20.00", [(2025, 1), (2025, 2)], 20),
        # Spring festival
        (date(2024, 2, 8), date(2024, 2, 19), "110.00", [(2024, 2), (2024, 3)], 9),
    ],
)
def test_a_day_is_settled_into_the_right_next_day(
    day: date, next_day: date, interest: str, months: list[tuple[int, int]], days_to_nearest: int
) -> None:
    play = Play(day)
    play.open("A", "3600000.00")
    play.close()
    play.settle()
    statement = play.statement("A")
    assert statement.trading_day == day
    booked = [m.amount for m in statement.movements if m.kind is CashKind.INTEREST]
    assert booked == [Decimal(interest)]
    play.open_next_day()
    assert play.market.trading_day == next_day
    assert sorted({c.month for c in play.market.contracts}) == months
    nearest = min(c.expiry for c in play.market.contracts)
    closing = datetime(next_day.year, next_day.month, next_day.day, 15, 0, tzinfo=SHANGHAI)
    assert years_to_expiry(closing, nearest) == pytest.approx(days_to_nearest / 365, rel=1e-12)


@pytest.mark.requirement("O12")
def test_what_expires_the_day_before_the_leap_day_is_delivered_on_it() -> None:
    play = Play(date(2024, 2, 28))
    call = play.contract(Right.CALL)
    assert (call.expiry, call.delivery_day) == (date(2024, 2, 28), date(2024, 2, 29))
    held = Position(contract_code=call.code, side=PositionSide.LONG, quantity=2, average_price=Decimal("0.0500"))
    play.open("A", "3600000.00", held)
    play.market.counter._books.accounts["A"].exercises[call.code] = 2
    play.skip()
    assert play.market.trading_day == date(2024, 2, 29)
    account = play.market.counter.account_report("A", play.market.now)
    assert [(d.delivery_day, d.shares) for d in account.deliveries] == [(date(2024, 2, 29), 2 * call.multiplier)]
    play.skip()
    assert play.market.trading_day == date(2024, 3, 1)
    assert play.holding("A").total == 2 * call.multiplier
    assert play.holding("A").underlying == FUND
