"""An account with everything in it on the exercise day of the tests' first expiry, and hands for its panels."""

from asyncio import AbstractEventLoop
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from terminal.domain.accounts import Funds, Holding, Position, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.combinations import Combination, CombinationStrategy
from terminal.domain.contracts import Right
from terminal.domain.messages import ClockChanged
from terminal.domain.settlement import Delivery
from terminal.services.desk import Desk
from terminal.views.account.instruction_form import InstructionForm
from tests.views.desk_rig import EXPIRIES, account_report
from tests.views.trading.ticket_rig import Started

#: Ten past two on the exercise day
EXERCISE_TIME = datetime(2026, 11, 25, 14, 10, tzinfo=SHANGHAI)
#: 50ETF November by place in the list: calls of 2.40, 2.55 and 2.60, puts of 2.45 and 2.50
CALL_240, PUT_245, PUT_250, CALL_255, CALL_260 = 0, 3, 5, 6, 8


@pytest.fixture
def started(qt_loop: AbstractEventLoop) -> Started:
    """What a form has started; it goes on when the test says so."""
    return Started(qt_loop)


def code(desk: Desk, number: int) -> str:
    return desk.market.contracts[number].code


@pytest.fixture
def rich(desk: Desk) -> Desk:
    """A desk whose account holds longs, shorts, covered calls, a combination and two deliveries to come."""
    desk.on_event(ClockChanged(at=EXERCISE_TIME, speed=1.0))

    def held(number: int, side: PositionSide, quantity: int, margin: str = "0", **more: Any) -> Position:
        return Position(
            contract_code=code(desk, number),
            side=side,
            quantity=quantity,
            average_price=Decimal("0.0500"),
            margin=Decimal(margin),
            **more,
        )

    def due(right: Right, side: PositionSide, quantity: int) -> Delivery:
        return Delivery(
            contract_code="10009999",
            underlying="510050",
            right=right,
            side=side,
            strike=Decimal("2.40"),
            multiplier=10_000,
            quantity=quantity,
            exercise_day=EXPIRIES[0],
            delivery_day=EXPIRIES[0].replace(day=26),
        )

    desk.on_event(
        account_report(
            held(CALL_240, PositionSide.LONG, 20, exercising_quantity=5),
            held(PUT_250, PositionSide.LONG, 12),
            held(CALL_255, PositionSide.SHORT, 8, "20000.00", combined_quantity=3),
            held(PUT_245, PositionSide.SHORT, 8, "15000.00", combined_quantity=3),
            held(CALL_260, PositionSide.COVERED, 4),
            funds=Funds(
                balance=Decimal("400000.00"), margin=Decimal("50000.00"), withdrawable=Decimal("30000.00"),
                opening_balance=Decimal("400000.00"),
            ),
            holdings=(Holding(underlying="510050", total=160_000, locked=50_000, covering=40_000),),
            combinations=(
                Combination(
                    number="C-7",
                    strategy=CombinationStrategy.KKS,
                    first_code=code(desk, CALL_255),
                    second_code=code(desk, PUT_245),
                    quantity=3,
                    margin=Decimal("14300.00"),
                ),
            ),
            deliveries=(due(Right.CALL, PositionSide.LONG, 20), due(Right.CALL, PositionSide.SHORT, 20)),
        )
    )  # fmt: skip
    return desk


@pytest.fixture
def confirm() -> list[bool]:
    """What the settings say of confirmation; a test may change it."""
    return [False]


@pytest.fixture
def form(qtbot: QtBot, rich: Desk, started: Started, confirm: list[bool]) -> InstructionForm:
    """The form of instructions over that account."""
    form = InstructionForm(rich, started, confirm=lambda: confirm[0])
    qtbot.addWidget(form)
    form.resize(330, 500)
    form.show()
    return form
