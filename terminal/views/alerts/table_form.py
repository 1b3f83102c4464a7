"""A table with its form: side by side where there is room, else one above the other; the form scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from terminal.views.style_sheet import set_role
from terminal.views.theme import GUTTER

_FORM_WIDTH, _NARROW = 370, 720


def table_beside_form(table: QWidget, form: QWidget, parent: QWidget) -> QSplitter:
    """Put both into the parent."""
    set_role(form, "panel")
    area = QScrollArea(parent)
    area.setWidget(form)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumSize(200, 80)
    table.setMinimumSize(160, 80)
    split = QSplitter(Qt.Orientation.Horizontal, parent)
    split.setHandleWidth(GUTTER)
    split.setChildrenCollapsible(False)
    split.addWidget(table)
    split.addWidget(area)
    split.setStretchFactor(0, 1)
    split.setSizes([_FORM_WIDTH + 160, _FORM_WIDTH])
    box = QVBoxLayout(parent)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(split)
    return split


def turn(split: QSplitter, width: int) -> None:
    """Side by side or one above the other, by the room there is."""
    wanted = Qt.Orientation.Horizontal if width >= _NARROW else Qt.Orientation.Vertical
    if split.orientation() is wanted:
        return
    split.setOrientation(wanted)
    # Beside the form the table takes what room there is; above it they share
    split.setStretchFactor(1, 0 if wanted is Qt.Orientation.Horizontal else 1)
    if wanted is Qt.Orientation.Horizontal:
        split.setSizes([max(width - _FORM_WIDTH, 1), _FORM_WIDTH])
    else:
        split.setSizes([split.height() * 2 // 5, split.height() * 3 // 5])
