"""The picture of the ticket: what an order ends with by the price of the underlying then."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from terminal.domain.orders import Instruction
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.trading.payoff_picture import PayoffPicture
from terminal.views.trading.ticket import Ticket
from terminal.views.translation import Languages
from tests.views.trading.ticket_rig import type_in


@pytest.fixture
def picture(ticket: Ticket) -> PayoffPicture:
    ticket.resize(300, 700)
    ticket.show()
    type_in(ticket.price.line, "0.0500")
    type_in(ticket.quantity.line, "2")
    found = ticket.findChild(PayoffPicture)
    assert isinstance(found, PayoffPicture)
    return found


@pytest.mark.requirement("O5", "O10")
def test_a_bought_call_loses_its_premium_and_ends_even_above_its_strike(picture: PayoffPicture) -> None:
    """0.05 x 20,000 and a fee of 6.00; 2.50 + 1,006 / 20,000 = 2.5503."""
    assert picture.words().startswith("Profit at expiry from −1,006.00 to +")
    assert picture.words().endswith("even at 2.5503")
    assert picture.accessibleName() == picture.words()


def test_a_covered_call_is_even_below_what_its_shares_cost(ticket: Ticket, picture: PayoffPicture, desk: Desk) -> None:
    """Even where the shares have lost what the premium less the fee brings: 0.04986 a share."""
    ticket.set_instruction(Instruction.COVERED_OPEN)
    contract = ticket.contract
    assert contract is not None
    spot = desk.market.last(contract.underlying) or contract.underlying_close
    assert picture.words().endswith(f"even at {spot - Decimal('0.04986'):.4f}")


def test_nothing_is_shown_for_what_closes_and_for_what_cannot_be_read(ticket: Ticket, picture: PayoffPicture) -> None:
    type_in(ticket.quantity.line, "x")
    assert picture.words() == ""
    type_in(ticket.quantity.line, "2")
    assert picture.words()
    ticket.set_instruction(Instruction.SELL_CLOSE)
    assert picture.words() == ""


def move(picture: PayoffPicture, x: int) -> None:
    at, none = QPointF(x, 40), Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, at, picture.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(picture, event)


def test_the_mouse_reads_the_line(picture: PayoffPicture) -> None:
    assert picture.height() > 54
    assert picture.reading() == ""
    move(picture, 7)
    assert picture.reading().endswith("−1,006.00")
    move(picture, picture.width() - 7)
    assert "+" in picture.reading()
    QApplication.sendEvent(picture, QEvent(QEvent.Type.Leave))
    assert picture.reading() == ""


def test_it_is_painted_in_the_colours_of_gain_and_loss_and_only_with_room(
    picture: PayoffPicture, appearance: Appearance
) -> None:
    def colours() -> set[str]:
        image = picture.grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}

    assert {appearance.colour_of(1.0).name(), appearance.colour_of(-1.0).name()} <= colours()
    picture.setFixedHeight(40)
    assert len(colours()) == 1


def test_it_follows_the_language(picture: PayoffPicture, languages: Languages, qtbot: QtBot) -> None:
    languages.use("zh_CN")
    qtbot.waitUntil(lambda: picture.accessibleName().startswith("到期盈亏"))
