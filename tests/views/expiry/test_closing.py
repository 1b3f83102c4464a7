"""The button that closes leads to the side a reminder is about, where a contract is held on several."""

from types import SimpleNamespace
from typing import Any

import pytest

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level
from terminal.app.alert_actions import AlertActions
from terminal.domain.accounts import Position, PositionSide
from terminal.domain.contracts import Right
from terminal.services.desk import Desk
from tests.views.expiry.expiry_rig import code_of, report

LONG, SHORT, COVERED = PositionSide.LONG, PositionSide.SHORT, PositionSide.COVERED


def actions(day: Desk, held: tuple[PositionSide, ...], closed: list[tuple[str, PositionSide]]) -> AlertActions:
    """The buttons over a desk that holds one contract on these sides; what is closed is noted."""
    code = code_of(day, Right.CALL, "2.45")
    positions = tuple(Position(contract_code=code, side=side, quantity=1) for side in held)
    day.on_event(report(day, sequence=day.last_sequence, positions=positions))
    window: Any = SimpleNamespace(bring_up=lambda _name: None)
    return AlertActions(day, lambda: window, lambda _code: None, lambda *what: closed.append(what), lambda *_what: None)


@pytest.mark.requirement("T5", "T6", "O16", "O18", "R1", "R3")
@pytest.mark.parametrize(
    ("kind", "cause", "side"),
    [
        (AlertKind.EXERCISE, "", LONG),
        (AlertKind.NEAR_EXPIRY, "", LONG),
        (AlertKind.NOT_CLOSED, "", LONG),
        (AlertKind.NOT_CLOSED, "margin", SHORT),
        (AlertKind.NOT_CLOSED, "covered", COVERED),
        (AlertKind.WRITER, "", SHORT),
        (AlertKind.COVERED_SHORTFALL, "", COVERED),
        (AlertKind.MARGIN, "", SHORT),
        (AlertKind.FORCED_CLOSE, "margin", SHORT),
    ],
)
def test_what_is_closed_is_what_the_reminder_is_about(
    day: Desk, kind: AlertKind, cause: str, side: PositionSide
) -> None:
    closed: list[tuple[str, PositionSide]] = []
    mine, code = actions(day, (LONG, SHORT, COVERED), closed), code_of(day, Right.CALL, "2.45")
    finding = Finding(kind, "1", Level.CARD, "510050", ("10009999", code), figures={"cause": cause} if cause else {})
    mine.act(AlertAction.CLOSE, finding)
    assert closed == [(code, side)]


def test_a_side_that_is_not_held_closes_nothing_else(day: Desk) -> None:
    closed: list[tuple[str, PositionSide]] = []
    mine = actions(day, (LONG,), closed)
    about = Finding(AlertKind.COVERED_SHORTFALL, "1", Level.CARD, "510050", (code_of(day, Right.CALL, "2.45"),))
    assert mine.reason(AlertAction.CLOSE, about) == "Nothing of it is held that could be closed now"
    mine.act(AlertAction.CLOSE, about)
    assert closed == []
