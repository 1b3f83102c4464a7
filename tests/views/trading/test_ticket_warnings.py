"""Warnings in the ticket: each has a box, all must be ticked before it sends, ticks hold for one order only."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from terminal.domain.orders import Instruction
from terminal.domain.ports import RecordKind
from terminal.rules.order_warnings import OrderWarning, Warned
from terminal.services.desk import Desk
from terminal.views.trading.ticket import Ticket
from terminal.views.trading.ticket_warnings import warning_sentence
from terminal.views.translation import Languages
from tests.views.trading.ticket_rig import OTHER_CALL, Started, click, code_of, submitted, type_in

DEEP = Warned(OrderWarning.DEEP_OUT_OF_MONEY, {"percent": "12.3", "delta": "0.021"})
NEAR = Warned(OrderWarning.NEAR_EXPIRY, {"days": "3", "day": "2026-11-25"})
OLD = Warned(OrderWarning.ADJUSTED, {"unit": "10220", "strike": "2.006"})


@pytest.fixture
def warned(ticket: Ticket, desk: Desk) -> list[Warned]:
    """What opening orders are warned of; closing ones never."""
    found = [DEEP, NEAR]

    def warnings(request: Any) -> tuple[Warned, ...]:
        opens = request.instruction in (Instruction.BUY_OPEN, Instruction.SELL_OPEN)
        return tuple(found) if opens else ()

    desk.quoting.gate.warnings = warnings
    ticket._judge._checks.warnings = warnings
    ticket._mark_dirty()
    ticket.flush()
    return found


@pytest.mark.requirement("T8", "T9", "T10")
def test_it_sends_only_when_every_box_is_ticked_and_writes_who_and_when(
    ticket: Ticket, warned: list[Warned], started: Started, gateway: Any, journal: Any
) -> None:
    boxes = ticket.warnings.boxes
    assert [box.text() for box in boxes.values() if box.isVisible()] == [
        "Deep out of the money: 12.3 % away, delta 0.021",
        "Near expiry: 3 trading days left, until 2026-11-25",
    ]
    assert not ticket.send_button.isEnabled()
    ticket.press()
    boxes[OrderWarning.DEEP_OUT_OF_MONEY].click()
    ticket.press()
    assert not ticket.send_button.isEnabled()
    assert not started.work
    boxes[OrderWarning.NEAR_EXPIRY].click()
    assert ticket.send_button.isEnabled()
    click(ticket.send_button)
    started.finish()
    assert len(submitted(gateway)) == 1
    kinds = [kind for kind, _, _ in journal.written]
    assert kinds[-2:] == [RecordKind.NOTE, RecordKind.SUBMITTED]
    # The next order is read anew
    assert ticket.warnings.read == ()
    assert not ticket.send_button.isEnabled()


@pytest.mark.requirement("T10")
def test_ticks_go_with_another_contract_or_instruction_and_stay_while_figures_move(
    ticket: Ticket, warned: list[Warned], desk: Desk
) -> None:
    warned[:] = [OLD]
    ticket._mark_dirty()
    ticket.flush()
    box = ticket.warnings.boxes[OrderWarning.ADJUSTED]
    box.click()
    type_in(ticket.quantity.line, "2")
    assert ticket.warnings.all_read
    warned[:] = [Warned(OrderWarning.ADJUSTED, {"unit": "10230", "strike": "2.006"})]
    ticket._mark_dirty()
    ticket.flush()
    assert box.isChecked()
    assert "10230" in box.text()
    ticket.show_contract(code_of(desk, OTHER_CALL))
    assert not box.isChecked()
    box.click()
    ticket.set_instruction(Instruction.SELL_OPEN)
    assert not box.isChecked()
    ticket.set_instruction(Instruction.SELL_CLOSE)
    assert not ticket.warnings.isVisible()
    assert ticket.warnings.all_read


def test_each_warning_speaks_both_languages(qtbot: QtBot, languages: Languages) -> None:
    every = [
        DEEP,
        Warned(OrderWarning.DEEP_OUT_OF_MONEY, {"percent": "12.3"}),
        NEAR,
        Warned(OrderWarning.NEAR_EXPIRY, {"days": "0", "day": "2026-11-25"}),
        OLD,
        Warned(OrderWarning.MARGIN_TIGHT, {"ratio": "0.8123", "warn": "0.80", "frozen": "1"}),
    ]
    assert {one.warning for one in every} == set(OrderWarning)
    assert warning_sentence(every[5]) == "Margin gets tight: risk ratio 81.2%, warned from 80.0%"
    languages.use("zh_CN")
    said = [warning_sentence(one) for one in every]
    languages.use("en")
    assert said[0] == "严重价外：虚值 12.3 %，Delta 0.021"
    assert said[3] == "今日到期"
    assert all("{" not in sentence for sentence in said)
