"""What the tests of the main window share: stand-ins for its panels, and turns of its frames."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from terminal.views.main_window import MainWindow


def panel(name: str) -> QLabel:
    """Stands where a panel of another folder goes."""
    label = QLabel(name)
    label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return label


class Asked:
    """An exit request that remembers."""

    def __init__(self) -> None:
        self.times = 0

    def set(self) -> None:
        """The user wants to leave."""
        self.times += 1


def shown(window: MainWindow) -> set[str]:
    return {name for name, dock in window.docks.items() if not dock.isHidden()}


def tick(window: MainWindow, frames: int) -> None:
    for _ in range(frames):
        QApplication.processEvents()
        window.flush()
