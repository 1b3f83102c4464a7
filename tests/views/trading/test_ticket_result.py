"""What the ticket says of the order it sent last: how far it has come, as the venue tells."""

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from terminal.domain.messages import OrderReport
from terminal.domain.orders import ExecType, Instruction, OrderType
from terminal.domain.reasons import Reason
from terminal.services.desk import Desk
from terminal.views.trading.ticket import Ticket
from terminal.views.translation import Languages
from tests.views.trading.ticket_rig import NOW, Started, click, code_of, type_in


def tell(desk: Desk, sequence: int, exec_type: ExecType, **more: Any) -> None:
    """What the venue reports of the first order of the day, 5 lots bought to open at 0.0510."""
    desk.on_event(
        OrderReport(
            sequence=sequence,
            report_id=f"R{sequence}",
            account_id="A-1",
            client_order_id="D1-261109-000001",
            exchange_order_id="X1",
            exec_type=exec_type,
            contract_code=code_of(desk),
            instruction=Instruction.BUY_OPEN,
            order_type=OrderType.LIMIT,
            quantity=5,
            at=NOW,
            trading_day=NOW.date(),
            **{"price": Decimal("0.0510"), **more},
        )
    )


@pytest.fixture
def sent(ticket: Ticket, started: Started) -> Ticket:
    type_in(ticket.price.line, "0.0510")
    type_in(ticket.quantity.line, "5")
    click(ticket.send_button)
    started.finish()
    return ticket


@pytest.mark.requirement("O2", "O3")
def test_the_ticket_follows_its_order_to_the_fill(sent: Ticket, desk: Desk, languages: Languages) -> None:
    assert sent.result.text() == "50ETF Nov 2.50 Call: sent D1-261109-000001"
    tell(desk, 1, ExecType.ACKNOWLEDGED)
    sent.flush()
    assert sent.result.text() == "50ETF Nov 2.50 Call: Working"
    tell(desk, 2, ExecType.TRADE, filled_quantity=2, last_quantity=2, last_price=Decimal("0.0509"))
    sent.flush()
    assert sent.result.text() == "50ETF Nov 2.50 Call: Part filled 2/5 @ 0.0509"
    tell(desk, 3, ExecType.TRADE, filled_quantity=5, last_quantity=3, last_price=Decimal("0.0509"))
    sent.flush()
    assert sent.result.text() == "50ETF Nov 2.50 Call: Filled 5 @ 0.0509"
    languages.use("zh_CN")
    QCoreApplication.sendPostedEvents()
    assert sent.result.text() == "50ETF购11月2500: 全部成交 5 @ 0.0509"


@pytest.mark.requirement("O2")
@pytest.mark.parametrize(
    ("exec_type", "reason", "words"),
    [
        (ExecType.REJECTED, Reason.PHASE_CLOSED, "Rejected · No orders are taken in this trading phase"),
        (ExecType.CANCELLED, Reason.FILL_OR_KILL, "Cancelled · The whole quantity could not trade at once"),
    ],
)
def test_an_order_that_the_venue_ended_is_not_told_as_sent(
    sent: Ticket, desk: Desk, exec_type: ExecType, reason: Reason, words: str
) -> None:
    tell(desk, 1, exec_type, reason=reason)
    sent.flush()
    assert sent.result.text() == f"50ETF Nov 2.50 Call: {words}"


def test_another_order_in_the_ticket_ends_the_tale(sent: Ticket, desk: Desk) -> None:
    type_in(sent.quantity.line, "6")
    tell(desk, 1, ExecType.ACKNOWLEDGED)
    sent.flush()
    assert sent.result.text().startswith("Notional about")
