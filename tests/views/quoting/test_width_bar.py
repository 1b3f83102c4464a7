"""The bar between the width of a quote and what is allowed."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QRect
from pytestqt.qtbot import QtBot

from terminal.services.quote_drafts import Verdict
from terminal.views.appearance import Appearance
from terminal.views.two_sided.width_bar import WidthBar

pytestmark = pytest.mark.requirement("M3")
_TICK = Decimal("0.0001")


def test_a_bid_above_its_ask_fills_nothing_and_paints_over_no_words(appearance: Appearance, qtbot: QtBot) -> None:
    bar = WidthBar(appearance)
    qtbot.addWidget(bar)
    bar.resize(360, 18)
    bar.show_width(Verdict(125, 250, 10, None), Decimal("0.0289"), _TICK)
    assert bar.part == 0.5
    bar.show_width(Verdict(-96_463, 9_999, 10, None), Decimal("9.9999"), _TICK)
    assert bar.part == 0.0
    # Where the words stand there is nothing of the bar
    image = bar.grab(QRect(QPoint(0, 0), bar.size())).toImage()
    focus = appearance.theme.focus.rgb()
    assert focus not in {image.pixel(x, 9) for x in range(image.width())}
