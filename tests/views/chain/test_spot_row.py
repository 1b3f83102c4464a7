"""The row of the underlying between two strikes: labels written once, what has no room left out."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

from terminal.views.appearance import Appearance
from terminal.views.chain.figures import SpotLine
from terminal.views.chain.spot_row import SpotRow
from tests.views.chain.stage import Seen

SPOT = "510050"


def test_labels_of_the_spot_row_are_written_once(seen: Seen, appearance: Appearance) -> None:
    row, picture = SpotRow(appearance), QPixmap(1_000, 24)
    row.paint(painter := QPainter(picture), _spot_line(24_800), QRect(0, 0, 1_000, 24), QRect(460, 0, 80, 24))
    written = dict(row._labels)
    row.paint(painter, _spot_line(24_810), QRect(0, 0, 1_000, 24), QRect(460, 0, 80, 24))
    painter.end()
    assert len(written) >= 8
    assert all(row._labels[text] is known for text, known in written.items())
    assert len(row._labels) == len(written)


def test_what_has_no_room_beside_the_spot_is_left_out(appearance: Appearance) -> None:
    def inks(width: int) -> int:
        picture = QPixmap(width, 24)
        painter = QPainter(picture)
        strike = QRect(width // 2 - 40, 0, 80, 24)
        SpotRow(appearance).paint(painter, _spot_line(24_800), QRect(0, 0, width, 24), strike)
        painter.end()
        image = picture.toImage()
        # Above and below run the lines of the row
        return sum(
            image.pixelColor(x, y) != appearance.theme.raised
            for x in range(width)
            for y in range(2, 21)
            if not strike.contains(x, y)
        )

    assert inks(100) == 0
    assert 0 < inks(300) < inks(1_400)


def _spot_line(price: int) -> SpotLine:
    return SpotLine(price, 24_700, 24_600, 24_900, 24_850, 5, 2_345)
