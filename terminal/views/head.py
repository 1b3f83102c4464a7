"""What stands above the panels of a window: the top bar, and the lines that come and go below it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Head(QWidget):
    """Lines from the top downwards; more may be added to its layout."""

    def __init__(self, *lines: QWidget) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for line in lines:
            box.addWidget(line)

    def heightForWidth(self, width: int) -> int:
        """How high it is, at no less than the width it has or must have.

        Qt asks at the least width of the panels, which is next to nothing while a layout is put on screen: words that
        wrap would be as high as the screen then, and the window would grow by that.
        """
        return super().heightForWidth(max(width, min(self.width(), self.minimumSizeHint().width())))
