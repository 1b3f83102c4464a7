"""The rail's own painting: names at the left, figures at the right in their colour, the chosen series on its ground."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from terminal.views.appearance import Appearance
from terminal.views.rail_cells import RailCells
from terminal.views.theme import ThemeName


def _inks(tree: QTreeWidget, item: QTreeWidgetItem, column: int) -> dict[str, list[int]]:
    """Where in a cell each colour was painted, from its left edge."""
    image = tree.viewport().grab().toImage()
    area = tree.visualRect(tree.indexFromItem(item, column))
    found: dict[str, list[int]] = {}
    for x in range(area.left(), area.right()):
        for y in range(area.top(), area.bottom()):
            found.setdefault(image.pixelColor(QPoint(x, y)).name(), []).append(x - area.left())
    return found


def test_figures_keep_their_colour_on_any_ground(qtbot: QtBot, appearance: Appearance) -> None:
    tree = QTreeWidget()
    qtbot.addWidget(tree)
    tree.setColumnCount(2)
    tree.setItemDelegate(RailCells(appearance, tree))
    tree.resize(300, 120)
    top = QTreeWidgetItem(tree, ["50ETF", "▇▇"])
    series = QTreeWidgetItem(top, ["▇▇", "▇▇"])
    top.setExpanded(True)
    top.setForeground(1, appearance.up)
    tree.show()
    theme = appearance.theme
    figures, width = _inks(tree, top, 1), tree.columnWidth(1)
    assert min(figures[appearance.up.name()]) > width / 2
    assert theme.text.name() not in figures
    assert max(_inks(tree, series, 0)[theme.text.name()]) < tree.columnWidth(0) / 2
    tree.setCurrentItem(series)
    assert {theme.selected.name(), theme.text.name()} <= _inks(tree, series, 1).keys()
    appearance.set_theme(ThemeName.LIGHT)
    assert QColor(appearance.theme.text).name() in _inks(tree, series, 1)
