"""Kept figures: written once, drawn as Qt would place them, and never more of them than allowed."""

import pytest
from PySide6.QtGui import QFontDatabase
from pytestqt.qtbot import QtBot

from terminal.views.chain.glyphs import LIMIT, Figures, Pen
from terminal.views.formatting import price


@pytest.fixture
def pen(qtbot: QtBot) -> Pen:
    return Pen(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))


def test_a_figure_is_written_once(pen: Pen) -> None:
    written: list[int] = []

    def text_of(value: int) -> str:
        written.append(value)
        return price(value)

    figures = Figures(pen, text_of)
    assert figures[704].text == "0.0704"
    assert figures[704] is figures[704]
    assert written == [704]


def test_runs_of_one_length_share_their_places_and_not_their_signs(pen: Pen) -> None:
    first, second, longer = (pen.write(text) for text in ("0.0704", "1.2345", "12.3456"))
    if first.run is None or second.run is None or longer.run is None:
        pytest.skip("this machine's fixed font is not fixed")
    assert first.run.glyphIndexes() != second.run.glyphIndexes()
    assert first.run.positions() == second.run.positions()
    # They end where their origin is
    assert [place.x() for place in longer.run.positions()] == [(n - 7) * longer.width / 7 for n in range(7)]
    assert (len(first.run.glyphIndexes()), len(longer.run.glyphIndexes())) == (6, 7)


@pytest.mark.fault("F82")
def test_no_more_figures_are_kept_than_allowed_and_the_oldest_goes(pen: Pen) -> None:
    figures = Figures(pen, price)
    for value in range(3 * LIMIT):
        assert figures[value].text == price(value)
        assert len(figures) <= LIMIT
    assert list(figures) == list(range(2 * LIMIT, 3 * LIMIT))
