"""The table of obliged contracts: columns that give way where room is short, buttons in the row under the mouse."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QToolTip, QWidget

from terminal.rules.obligations.clock import Windows
from terminal.views.appearance import Appearance
from terminal.views.obligations.cells import ACTION_TIPS, ACTION_WORDS, ObligationDelegate, button_areas, buttons_width
from terminal.views.obligations.model import HEADINGS, ObligationModel, column_of
from terminal.views.obligations.rows import PAUSED_ACTIONS, QUOTED_ACTIONS, Action
from terminal.views.obligations.words import word
from terminal.views.theme import CELL_PADDING, ROW_HEADER, ROW_TABLE, SIZE_TABLE
from terminal.views.translation import translate

_KEYS = {Qt.Key.Key_J: Action.JOIN, Qt.Key.Key_W: Action.WIDEN, Qt.Key.Key_P: Action.PAUSE, Qt.Key.Key_R: Action.RESUME}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ObligationTable(QTableView):
    """`action_wanted(code, Action)` tells a press; `contract_chosen(code)` the row that became current.

    `exempt_wanted()` asks for the rows chosen to be exempted by hand.
    """

    action_wanted = Signal(str, object)
    action_unfit = Signal(str, object)
    """A key was pressed for what the row's contract has no use for at the moment"""
    contract_chosen = Signal(str)
    exempt_wanted = Signal()
    export_wanted = Signal()

    def __init__(
        self,
        model: ObligationModel,
        appearance: Appearance,
        windows: Callable[[], Windows],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._appearance = appearance
        self._hovered = -1
        self.setModel(model)
        self.setItemDelegate(
            ObligationDelegate(appearance, windows, self._is_armed, self._is_selected, model.line, self)
        )
        model.holds_order = self._is_aiming
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(ROW_TABLE)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setFixedHeight(ROW_HEADER)
        header.setMinimumSectionSize(20)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSortIndicator(column_of("slack"), Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        appearance.changed.connect(self._dress)
        self._dress()

    @property
    def current_code(self) -> str:
        """The contract of the current row; empty for none."""
        line = self._model.line(self.currentIndex().row())
        return "" if line is None else line.code

    @property
    def chosen_codes(self) -> list[str]:
        """The contracts of the rows chosen, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        lines = [self._model.line(row) for row in rows or [self.currentIndex().row()]]
        return [line.code for line in lines if line is not None]

    def fit_columns(self) -> None:
        """Hide what has no room, the least needed first, and give the line of the day the rest."""
        metrics = QFontMetrics(self._appearance.words_at(SIZE_TABLE))
        widths = {
            h.key: max(h.width, metrics.horizontalAdvance(word(h.title)) + 2 * CELL_PADDING + 14 if h.title else 0)
            for h in HEADINGS
        }
        if self._model.has_pauses:
            # Until when stands in full, whatever else must give way
            widest = word("paused until {time} · {left}").format(time="00:00:00", left="0:00:00")
            widths["live"] = max(widths["live"], metrics.horizontalAdvance(widest) + 2 * CELL_PADDING + 2)
        # No button of a row is lost, in any language
        rows = [*QUOTED_ACTIONS, PAUSED_ACTIONS] if self._model.has_pauses else QUOTED_ACTIONS
        widths["actions"] = max(widths["actions"], buttons_width(rows, metrics))
        room = self.viewport().width()
        shown = list(HEADINGS)
        for rank in range(max(h.rank for h in HEADINGS), 0, -1):
            if sum(widths[h.key] for h in shown) <= room:
                break
            shown = [h for h in shown if h.rank != rank]
        spare = room - sum(widths[h.key] for h in shown)
        stretched = "day" if any(h.key == "day" for h in shown) else "live"
        header = self.horizontalHeader()
        for number, heading in enumerate(HEADINGS):
            header.setSectionHidden(number, heading not in shown)
            extra = max(spare, 0) if heading.key == stretched else 0
            header.resizeSection(number, widths[heading.key] + extra)

    def menu(self) -> QMenu:
        """What may be done about the current row."""
        menu = QMenu(self)
        line = self._model.line(self.currentIndex().row())
        for action in Action if line is not None else ():
            entry = QAction(word(ACTION_WORDS[action]), menu)
            entry.setToolTip(word(ACTION_TIPS[action]))
            entry.setEnabled(line is not None and (action in line.actions or action is Action.TICKET))
            entry.triggered.connect(lambda _=False, a=action: self._press(a))
            menu.addAction(entry)
        if line is not None:
            exempt = menu.addAction(word("Exempt…"))
            exempt.triggered.connect(lambda _=False: self.exempt_wanted.emit())
            menu.addSeparator()
        menu.addAction(translate("RecordTable", "Export to CSV…"), self.export_wanted.emit)
        return menu

    # ---- Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns follow the width."""
        super().resizeEvent(event)
        self.fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J, W, P, R and Enter act on the current row, X on those chosen; other letters go on to the search."""
        action = Action.TICKET if event.key() in _ENTER else _KEYS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if action is not None and plain:
            if not event.isAutoRepeat():
                self._press(action)
        elif event.key() == Qt.Key.Key_X and plain:
            if not event.isAutoRepeat():
                self.exempt_wanted.emit()
        elif event.text().isalnum() and plain:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the mouse shows its buttons."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the mouse."""
        super().leaveEvent(event)
        self._hover(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press of a painted button."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            at = event.position().toPoint()
            action = self.action_at(at)
            if action is not None:
                line = self._model.line(self.indexAt(at).row())
                if line is not None:
                    self.action_wanted.emit(line.code, action)

    def viewportEvent(self, event: QEvent) -> bool:
        """What a button does, as its tip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            action = self.action_at(event.pos())
            if action is not None:
                QToolTip.showText(event.globalPos(), word(ACTION_TIPS[action]), self)
                return True
        return bool(super().viewportEvent(event))

    def changeEvent(self, event: QEvent) -> None:
        """Texts in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._model.retranslate()
            self.fit_columns()
        super().changeEvent(event)

    def action_at(self, at: QPoint) -> Action | None:
        """The button at a point of the viewport."""
        index = self.indexAt(at)
        line = self._model.line(index.row())
        if line is None or HEADINGS[index.column()].key != "actions":
            return None
        metrics = QFontMetrics(self._appearance.words_at(SIZE_TABLE))
        areas = button_areas(line, self.visualRect(index), metrics)
        return next((action for action, area in areas if area.contains(at)), None)

    # ---- inside

    def _is_armed(self, row: int) -> bool:
        return row in (self._hovered, self.currentIndex().row())

    def _is_selected(self, row: int) -> bool:
        return bool(self.selectionModel().isRowSelected(row, QModelIndex()))

    def _is_aiming(self) -> bool:
        """Whether the mouse stands over the buttons: rows must not slip away under it."""
        at = self.viewport().mapFromGlobal(self.cursor().pos())
        return self._hovered >= 0 and self.columnAt(at.x()) == column_of("actions")

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            before, self._hovered = self._hovered, row
            for changed in (before, row):
                if changed >= 0:
                    self.update(self._model.index(changed, column_of("actions")))

    def _press(self, action: Action) -> None:
        line = self._model.line(self.currentIndex().row())
        if line is None:
            return
        fits = action in line.actions or action is Action.TICKET
        (self.action_wanted if fits else self.action_unfit).emit(line.code, action)

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        line = self._model.line(index.row())
        if line is not None:
            self.contract_chosen.emit(line.code)

    def _show_menu(self, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(at))

    def _dress(self) -> None:
        self.setFont(self._appearance.figures)
        self.horizontalHeader().setFont(self._appearance.words)
        self.fit_columns()
        self.viewport().update()
