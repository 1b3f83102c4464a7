"""Texts kept laid out: the right one, at the right place, and not without end."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from terminal.views.appearance import Appearance
from terminal.views.laid_texts import CENTRE, LEFT, LIMIT, RIGHT, LaidTexts


def _painted(texts: LaidTexts, text: str, area: QRect, lean: float, *, within: bool = False) -> QRect:
    """Where a text left ink on a picture of 200 by 40."""
    image = QImage(200, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    painter.setPen(QColor("white"))
    (texts.draw_within if within else texts.draw)(painter, area, text, lean)
    painter.end()
    inked = [(x, y) for x in range(200) for y in range(40) if image.pixelColor(x, y).value() > 64]
    if not inked:
        return QRect()
    xs, ys = [x for x, _ in inked], [y for _, y in inked]
    return QRect(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)


def test_a_text_leans_to_its_side_and_stands_in_the_middle_of_the_height(appearance: Appearance) -> None:
    texts = LaidTexts(appearance.figures)
    area = QRect(20, 10, 160, 24)
    left, centre, right = (_painted(texts, "0.0704", area, lean) for lean in (LEFT, CENTRE, RIGHT))
    assert abs(left.left() - area.left()) <= 2
    assert abs(right.right() - area.right()) <= 2
    assert abs(centre.center().x() - area.center().x()) <= 2
    assert abs(left.center().y() - area.center().y()) <= 2
    assert left.size() == right.size()


def test_a_text_too_long_for_its_cell_ends_in_it(appearance: Appearance) -> None:
    texts = LaidTexts(appearance.figures)
    area = QRect(20, 10, 60, 24)
    assert _painted(texts, "0.0704 " * 9, area, LEFT).right() > area.right()
    cut = _painted(texts, "0.0704 " * 9, area, LEFT, within=True)
    assert area.left() <= cut.left()
    assert cut.right() <= area.right()


def test_a_name_of_the_venue_brings_no_markup(appearance: Appearance) -> None:
    texts = LaidTexts(appearance.figures)
    assert texts["<b>x</b>"].width > texts["x"].width * 4


def test_only_so_many_are_kept_and_the_oldest_goes(appearance: Appearance) -> None:
    texts = LaidTexts(appearance.figures)
    for number in range(LIMIT + 5):
        assert texts[str(number)].width > 0
    assert len(texts) == LIMIT
    assert "4" not in texts
    assert "5" in texts
