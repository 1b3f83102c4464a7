"""Texts that change often in a widget that keeps its place: one of a fixed size lays nothing out anew.

Every other change of a label inside a dock lets Qt place all docks of the window again.
"""

from PySide6.QtWidgets import QLabel, QPushButton


def put_still(widget: QLabel | QPushButton, text: str) -> None:
    """Show a text in a widget that keeps the widest room it has needed."""
    if widget.text() == text:
        return
    widget.setText(text)
    wanted = widget.sizeHint()
    if wanted.width() > widget.minimumWidth() or wanted.height() > widget.minimumHeight():
        widget.setFixedSize(wanted.expandedTo(widget.minimumSize()))
