"""Own prices have one colour wherever they stand: in the fields they are typed in, in the chain, in the depth."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from terminal.domain.contracts import Right
from terminal.domain.orders import Side
from terminal.views.appearance import Appearance
from terminal.views.chain.depth import DepthPopup
from terminal.views.theme import ThemeName
from terminal.views.two_sided.side_box import SideBox
from tests.views.chain.conftest import seen
from tests.views.chain.stage import Seen, near

__all__ = ["seen"]
pytestmark = pytest.mark.requirement("M4")


def pixels(widget: QWidget) -> list[QColor]:
    image: QImage = widget.grab().toImage()
    return [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]


@pytest.mark.parametrize("theme", ThemeName)
@pytest.mark.parametrize("side", Side)
def test_the_price_typed_is_in_the_colour_of_ours_and_grey_when_nothing_may_be_typed(
    qtbot: QtBot, qapp: QApplication, appearance: Appearance, side: Side, theme: ThemeName
) -> None:
    before = qapp.styleSheet()
    appearance.set_theme(theme)
    appearance.apply(qapp)
    box = SideBox(side, appearance, lambda: Decimal("0.0001"))
    qtbot.addWidget(box)
    box.retranslate()
    box.put(Decimal("0.0702"), 10)
    box.resize(170, 110)
    box.show()
    own = appearance.theme.own
    assert near(pixels(box.price_field.line), own) > 20
    # A size is no price
    assert near(pixels(box.size_field.line), own) == 0
    assert near(pixels(box.title), appearance.bid if side is Side.BUY else appearance.ask) > 5
    box.set_usable(False)
    assert near(pixels(box.price_field.line), own) == 0
    qapp.setStyleSheet(before)


def test_the_pop_up_marks_the_level_of_ours(seen: Seen, appearance: Appearance) -> None:
    call = seen.contract(Right.CALL, "2.50")
    popup: DepthPopup = seen.view.depth_popup
    seen.quote(call, bid_price=321, bid_quantity=7, ask_price=330, ask_quantity=4)
    popup.open_for(call, QPoint(0, 0))
    assert near(pixels(popup), appearance.theme.own) == 0
    seen.work(call, Side.BUY, 321)
    seen.panel.flush()
    popup.flush()
    assert near(pixels(popup), appearance.theme.own) > 3 * 10 + 5
