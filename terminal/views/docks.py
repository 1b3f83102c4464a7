"""The movable panels of the window. One alone and one torn off have a slim title, tabbed ones only their tabs.

Every dock can be moved, tabbed and torn off to another screen; closing hides it, the View menu brings it back.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QLabel, QMainWindow, QScrollArea, QToolButton, QWidget

from terminal.views.style_sheet import set_role
from terminal.views.translation import translate

TITLE_HEIGHT = 22


class _Title(QWidget):
    """Name, tear off, hide. Dragging it moves the dock, as Qt does for any title widget that ignores the mouse."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        set_role(self, "panel")
        self.setFixedHeight(TITLE_HEIGHT)
        self.name = QLabel()
        set_role(self.name, "dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 2, 0)
        row.setSpacing(0)
        row.addWidget(self.name)
        row.addStretch()
        self.tear_off, self.hide_button = QToolButton(), QToolButton()
        for button, text in ((self.tear_off, "↗"), (self.hide_button, "✕")):
            button.setText(text)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setFixedSize(22, 20)
            set_role(button, "title-button")
            row.addWidget(button)
        self.tear_off.clicked.connect(lambda: dock.setFloating(not dock.isFloating()))
        self.hide_button.clicked.connect(dock.close)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the narrowest panel."""
        return QSize(NARROWEST, TITLE_HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Left to the dock."""
        event.ignore()


NARROWEST = 30


class _NoTitle(QWidget):
    """Takes no room: the tab already says the name."""

    def sizeHint(self) -> QSize:
        """Nothing."""
        return QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """Nothing."""
        return QSize(0, 0)


class Dock(QDockWidget):
    """One panel. `title` is a source text of the context Dock; `count` adds a figure to the tab.

    `on_tab` is such a text too: shorter, with the key that `key` tells, it stands on the tab beside others'.
    """

    moved = Signal()
    """Moved, resized, torn off, shown or hidden: the layout is to be saved"""

    def __init__(
        self,
        name: str,
        title: str,
        panel: QWidget,
        window: QMainWindow,
        *,
        count: Callable[[], int] | None = None,
        on_tab: str = "",
        key: Callable[[], str] | None = None,
        type_ahead: Callable[[QKeyEvent], bool] | None = None,
    ) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self._title = title
        self._name = title
        """In the language in force"""
        self._shown = ""
        self._on_tab = on_tab
        self._key = key
        self._count = count
        self._type_ahead = type_ahead
        self.setWidget(panel)
        self._bar = _Title(self)
        self._none = _NoTitle(self)
        self._none.hide()
        self.setTitleBarWidget(self._bar)
        for signal in (self.dockLocationChanged, self.topLevelChanged, self.visibilityChanged):
            signal.connect(self.moved)
        self._retranslate()

    @property
    def titled(self) -> bool:
        """Whether it has its slim title now."""
        return self.titleBarWidget() is self._bar

    @property
    def full_title(self) -> str:
        """The name with its newest figure, also where a tab says less."""
        count = self._count() if self._count is not None else 0
        return f"{self._name} {count}" if count else self._name

    def dress(self, *, untitled: bool) -> None:
        """Choose the title that fits where the dock is."""
        # Torn off it needs its title the more: to move it, and for the button that puts it back
        wanted = self._none if untitled and not self.isFloating() else self._bar
        self._bar.tear_off.setText("↙" if self.isFloating() else "↗")
        if self.titleBarWidget() is not wanted:
            for bar in (self._bar, self._none):
                bar.setVisible(bar is wanted)
            self.setTitleBarWidget(wanted)
            self.retitle()

    def retitle(self) -> None:
        """The name with its newest figure; on a tab the shorter one with its key."""
        shown = self.full_title
        if self._on_tab and not self.titled:
            key = self._key() if self._key is not None else ""
            shown = f"{translate('Dock', self._on_tab)} {key}".rstrip()
        if shown != self._shown:
            self._shown = shown
            self.setWindowTitle(shown)
            self._bar.name.setText(shown)

    def event(self, event: QEvent) -> bool:
        """Tell of sizes; hand letters that no panel wanted to the smart box."""
        if event.type() == QEvent.Type.Resize:
            self.moved.emit()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self._type_ahead is not None and self._type_ahead(event):
                return True
        elif event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        return bool(super().event(event))

    def _retranslate(self) -> None:
        self._name = translate("Dock", self._title)
        self.retitle()
        self._bar.tear_off.setToolTip(self.tr("Tear off or put back"))
        self._bar.hide_button.setToolTip(self.tr("Hide"))


def scrolled(panel: QWidget) -> QScrollArea:
    """A panel that asks for more than a small screen has, so that its dock does not have to give it."""
    area = QScrollArea()
    area.setWidget(panel)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def tabbed_with_others(dock: QDockWidget, window: QMainWindow) -> bool:
    """Whether another visible dock shares its place."""
    others: list[QObject] = list(window.tabifiedDockWidgets(dock))
    return any(isinstance(other, QDockWidget) and not other.isHidden() and not other.isFloating() for other in others)
