"""A ▾ at the end of a row of tabs that has no room for all of them: the list of all, to choose from.

Qt puts two arrows there, which scroll; the list needs one step where they need many. The wheel scrolls as before.
"""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QTabBar, QToolButton

from terminal.views.style_sheet import set_role

_ARROWS = ("ScrollLeftButton", "ScrollRightButton")


class TabOverflow(QToolButton):
    """Lies over the arrows of a row of tabs, and is there when they are."""

    def __init__(self, bar: QTabBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self.setObjectName("overflow")
        self.setText("▾")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(self, "title-button")
        self._arrows = [arrow for arrow in bar.findChildren(QToolButton) if arrow.objectName() in _ARROWS]
        for arrow in self._arrows:
            arrow.installEventFilter(self)
        self.clicked.connect(self._open)
        self._name()
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go where the arrows go."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize):
            self._follow()
        return bool(super().eventFilter(watched, event))

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def menu_of_tabs(self) -> QMenu:
        """All tabs by their names, the one in front marked."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for number in range(self._bar.count()):
            action = menu.addAction(self._bar.tabText(number))
            action.setCheckable(True)
            action.setChecked(number == self._bar.currentIndex())
            action.triggered.connect(lambda _=False, n=number: self._bar.setCurrentIndex(n))
            group.addAction(action)
        return menu

    def _open(self) -> None:
        menu = self.menu_of_tabs()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _follow(self) -> None:
        shown = [arrow for arrow in self._arrows if not arrow.isHidden()]
        self.setVisible(bool(shown))
        area = QRect()
        for arrow in shown:
            area = area.united(arrow.geometry())
        if shown:
            self.setGeometry(area)
            self.raise_()

    def _name(self) -> None:
        self.setToolTip(self.tr("All panels that share this place"))
        self.setAccessibleName(self.toolTip())
