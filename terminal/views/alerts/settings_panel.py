"""The dock "alert_settings": kinds of reminders, and conditions of one's own. Its pages are made when first seen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from terminal.views.alerts.builder import ConditionBuilder
from terminal.views.alerts.settings_page import AlertSettingsPage
from terminal.views.alerts.words import word
from terminal.views.style_sheet import set_role


class AlertSettingsPanel(QWidget):
    """Most days nobody opens it, so a start does not pay for it."""

    def __init__(
        self,
        make_kinds: Callable[[], AlertSettingsPage],
        make_conditions: Callable[[], ConditionBuilder],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = (make_kinds, make_conditions)
        self.kinds: AlertSettingsPage | None = None
        self.conditions: ConditionBuilder | None = None
        self.tabs: QTabWidget | None = None
        set_role(self, "panel")
        # A window must not grow for what is looked at once
        self.setMinimumSize(240, 160)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the pages."""
        if self.tabs is None:
            self.kinds, self.conditions = self._make[0](), self._make[1]()
            self.tabs = QTabWidget(self)
            self.tabs.addTab(self.kinds, "")
            self.tabs.addTab(self.conditions, "")
            self._box.addWidget(self.tabs)
            self._name()
        super().showEvent(event)

    def sizeHint(self) -> QSize:
        """Table and form side by side."""
        return QSize(900, 460)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def _name(self) -> None:
        if self.tabs is not None:
            self.tabs.setTabText(0, word("Kinds of reminders"))
            self.tabs.setTabText(1, word("Own alerts"))
