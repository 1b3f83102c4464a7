"""Positions on screen are the counter's, and each picture of the counter must agree with the fills booked here."""

from dataclasses import replace as changed
from datetime import datetime
from decimal import Decimal

import pytest

from terminal.domain.accounts import Funds, Position, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import AccountReport
from terminal.domain.orders import Fill, Instruction
from terminal.services.bus import Bus
from terminal.services.events import AccountChanged, AlarmKind, AlarmRaised
from terminal.services.portfolio import Portfolio, position_side

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)
CODE = "10001771"
FILL = Fill(
    fill_id="1",
    client_order_id="o",
    exchange_order_id="1",
    account_id="A",
    contract_code=CODE,
    instruction=Instruction.BUY_OPEN,
    price=Decimal("0.1"),
    quantity=3,
    fee=Decimal(1),
    at=NOW,
)


@pytest.fixture
def alarms() -> list[AlarmRaised]:
    return []


@pytest.fixture
def portfolio(alarms: list[AlarmRaised]) -> Portfolio:
    bus = Bus()
    bus.subscribe(AlarmRaised, alarms.append)
    return Portfolio(bus, lambda: NOW)


def picture(sequence: int, *, is_clearing: bool = False, **quantities: int) -> AccountReport:
    positions = tuple(
        Position(contract_code=CODE, side=PositionSide(side), quantity=quantity)
        for side, quantity in quantities.items()
    )
    funds = Funds(balance=Decimal(100))
    return AccountReport(
        sequence=sequence,
        account_id="A",
        at=NOW,
        funds=funds,
        positions=positions,
        holdings=(),
        is_clearing=is_clearing,
    )


@pytest.mark.parametrize(
    ("instruction", "side"),
    [
        (Instruction.BUY_OPEN, PositionSide.LONG),
        (Instruction.SELL_CLOSE, PositionSide.LONG),
        (Instruction.SELL_OPEN, PositionSide.SHORT),
        (Instruction.BUY_CLOSE, PositionSide.SHORT),
        (Instruction.COVERED_OPEN, PositionSide.COVERED),
        (Instruction.COVERED_CLOSE, PositionSide.COVERED),
    ],
)
def test_each_instruction_has_its_side(instruction: Instruction, side: PositionSide) -> None:
    assert position_side(instruction) is side


def test_a_fill_counts_from_the_picture_that_knows_it(portfolio: Portfolio, alarms: list[AlarmRaised]) -> None:
    portfolio.on_account(picture(0, long=5))
    portfolio.on_fill(FILL, 2)
    portfolio.on_account(picture(1, long=5))
    assert portfolio.breaks == set()
    portfolio.on_account(picture(2, long=8))
    assert portfolio.breaks == set()
    assert not alarms
    assert portfolio.net_quantity(CODE) == 8


@pytest.mark.fault("F24")
def test_a_difference_names_contract_and_both_figures_once_and_goes_when_they_agree(
    portfolio: Portfolio, alarms: list[AlarmRaised]
) -> None:
    portfolio.on_account(picture(0, long=5))
    portfolio.on_account(picture(1, long=7))
    portfolio.on_account(picture(2, long=7))
    assert portfolio.breaks == {(CODE, PositionSide.LONG)}
    assert [(a.kind, a.figures) for a in alarms] == [(AlarmKind.RECONCILIATION, (CODE, "long", "5", "7"))]
    portfolio.on_fill(changed(FILL, quantity=2), 3)
    portfolio.on_account(picture(3, long=7))
    assert portfolio.breaks == set()


def test_what_the_clearing_house_takes_out_at_the_end_of_the_day_is_no_difference(
    portfolio: Portfolio, alarms: list[AlarmRaised]
) -> None:
    portfolio.on_account(picture(0, long=5))
    portfolio.on_fill(FILL, 1)
    portfolio.on_account(picture(1, long=8))
    portfolio.on_account(picture(1, long=0, is_clearing=True))
    portfolio.on_account(picture(2, is_clearing=True))
    assert (portfolio.breaks, alarms) == (set(), [])


def test_a_desk_that_starts_after_the_day_s_end_takes_the_cleared_positions(
    portfolio: Portfolio, alarms: list[AlarmRaised]
) -> None:
    portfolio.on_fill(FILL, 1)
    portfolio.on_account(picture(2, is_clearing=True))
    assert (portfolio.breaks, alarms) == (set(), [])


@pytest.mark.fault("F24")
def test_after_a_start_a_fill_that_the_counter_does_not_have_shows_at_once(
    portfolio: Portfolio, alarms: list[AlarmRaised]
) -> None:
    # Recovery brings the fills of the day before the first picture
    portfolio.on_fill(FILL, 1)
    portfolio.on_account(picture(2, long=2))
    assert [a.figures for a in alarms] == [(CODE, "long", "3", "2")]


def test_after_a_start_the_opening_positions_are_the_picture_less_the_fills(
    portfolio: Portfolio, alarms: list[AlarmRaised]
) -> None:
    portfolio.on_fill(FILL, 1)
    portfolio.on_fill(changed(FILL, instruction=Instruction.BUY_CLOSE, quantity=2), 2)
    portfolio.on_account(picture(2, long=4, short=8))
    portfolio.on_fill(changed(FILL, instruction=Instruction.SELL_CLOSE, quantity=4), 3)
    portfolio.on_account(picture(3, short=8))
    assert not alarms
    assert portfolio.net_quantity(CODE) == -8


@pytest.mark.fault("F32")
def test_an_older_picture_is_passed_over(portfolio: Portfolio, alarms: list[AlarmRaised]) -> None:
    portfolio.on_fill(FILL, 1)
    portfolio.on_account(picture(1, long=3))
    portfolio.on_account(picture(0))
    assert portfolio.net_quantity(CODE) == 3
    assert not alarms


def test_a_new_day_starts_from_its_own_picture(portfolio: Portfolio, alarms: list[AlarmRaised]) -> None:
    portfolio.on_fill(FILL, 7)
    portfolio.on_account(picture(7, long=3))
    portfolio.start_day()
    assert portfolio.fills == []
    portfolio.on_account(picture(0, long=3))
    assert portfolio.breaks == set()
    assert not alarms


def test_state_is_stored_before_it_is_published() -> None:
    bus = Bus()
    portfolio = Portfolio(bus, lambda: NOW)
    seen: list[int] = []
    bus.subscribe(AccountChanged, lambda _: seen.append(portfolio.net_quantity(CODE)))
    portfolio.on_account(picture(0, covered=2))
    assert seen == [-2]
    position = portfolio.position(CODE, PositionSide.COVERED)
    assert position is not None
    assert position.quantity == 2
