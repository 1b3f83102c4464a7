"""What the docks stand around: the chain, or nothing where the panels have all of the height.

Without a visible central widget Qt shares the width among the docks anew at every pass of its layout, a few pixels from
the middle to the sides each time. Here there always is one; without the chain it is as wide as it likes and 0 high.
"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

_ANY_HEIGHT = 16_777_215


class Centre(QWidget):
    """Holds the chain; who gives it the keyboard gives it to the chain."""

    def __init__(self, chain: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chain = chain
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(chain)
        self.setFocusProxy(chain)

    def show_chain(self, on: bool) -> None:
        """With the chain, or without a height."""
        self._chain.setVisible(on)
        self.setMaximumHeight(_ANY_HEIGHT if on else 0)
