"""What became of reminders (提醒历史): a table by kind, text and day, taken away as CSV; and its newest lines."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from terminal.alerts.alert import Alert, AlertKind, Standing
from terminal.alerts.groups import AlertGroup
from terminal.domain.calendar import SHANGHAI
from terminal.services.market_data import MarketData
from terminal.views.alerts.card_text import contracts_line, title_of
from terminal.views.alerts.inks import ink_of
from terminal.views.alerts.kinds import KINDS
from terminal.views.alerts.words import GLYPHS, LEVEL_WORDS, STANDING_WORDS, moment, severity_of, word
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, clock, day, money
from terminal.views.record_table import Export, RecordTable
from terminal.views.style_sheet import set_role
from terminal.views.table_model import CENTRE, RIGHT, RecordTableModel, TableColumn
from terminal.views.texts import bounded
from terminal.views.theme import PANEL_PADDING, ROW_TABLE, SIZE_TABLE

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def record_key(alert: Alert) -> str:
    """One line for each time a cause began."""
    return f"{alert.finding.key} {alert.raised_at.isoformat()}"


def title_alone(alert: Alert, market: MarketData) -> str:
    """The title of one reminder."""
    return title_of(AlertGroup((alert,)), market)


def ended_words(alert: Alert, now: datetime) -> str:
    """What became of it, by whom, or until when it is put off."""
    text = word(STANDING_WORDS[alert.standing])
    if alert.standing is Standing.ACKNOWLEDGED:
        return f"{text} · {bounded(alert.acknowledged_by)}" if alert.acknowledged_by else word("went by itself")
    if alert.standing is Standing.SNOOZED and alert.snoozed_until is not None:
        return f"{text} · {moment(alert.snoozed_until, now)}"
    return text


def history_columns(
    market: MarketData, now: Callable[[], datetime], appearance: Appearance
) -> list[TableColumn[Alert]]:
    """Day, time, kind, level, what it said, contracts, money, what became of it."""

    def ink(alert: Alert) -> QColor | None:
        return ink_of(severity_of(alert.finding, alert.said_at), appearance.theme)

    return [
        TableColumn("day", lambda: word("Day"), lambda a: day(a.said_at), CENTRE, width_chars=11),
        TableColumn("at", lambda: word("Said at"), lambda a: clock(a.said_at), CENTRE, width_chars=9),
        TableColumn(
            "kind", lambda: word("Kind"), lambda a: word(KINDS[a.finding.kind].name), colour=ink, width_chars=14
        ),
        TableColumn(
            "level",
            lambda: word("Level"),
            lambda a: f"{GLYPHS[severity_of(a.finding, a.said_at)]} {word(LEVEL_WORDS[a.finding.level])}",
            colour=ink,
            width_chars=10,
        ),
        TableColumn("title", lambda: word("Reminder"), lambda a: title_alone(a, market), width_chars=40),
        TableColumn(
            "contracts", lambda: word("Contracts"), lambda a: contracts_line(a.finding, market), width_chars=30
        ),
        TableColumn(
            "money",
            lambda: word("Yuan"),
            lambda a: money(a.finding.money),
            RIGHT,
            sort=lambda a: a.finding.money,
            width_chars=13,
        ),
        TableColumn("times", lambda: word("Times"), lambda a: str(a.times_said), RIGHT, width_chars=6),
        TableColumn("ended", lambda: word("State"), lambda a: ended_words(a, now()), width_chars=22),
    ]


class HistoryPage(QWidget):
    """Every reminder of this account; `read` gives them, the newest first. Work only while it is shown."""

    def __init__(
        self,
        market: MarketData,
        read: Callable[[], tuple[Alert, ...]],
        now: Callable[[], datetime],
        appearance: Appearance,
        export: Export,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._market = market
        self._read = read
        self._export = export
        self._every: tuple[Alert, ...] = ()
        self.kind, self.day, self.text = QComboBox(self), QComboBox(self), QLineEdit(self)
        self.export_button = QPushButton(self)
        for field in (self.kind, self.day, self.export_button):
            field.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.text.setMaxLength(60)
        self.text.setClearButtonEnabled(True)
        self.model: RecordTableModel[Alert] = RecordTableModel(
            history_columns(market, now, appearance), newest_first=True, parent=self
        )
        self.table = RecordTable(self.model, appearance, title=lambda: word("Reminders"), export=export, parent=self)
        self.kind.currentIndexChanged.connect(self.refill)
        self.day.currentIndexChanged.connect(self.refill)
        self.text.textChanged.connect(self.refill)
        self.export_button.clicked.connect(self.export)
        top, below = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.kind, 1)
        top.addWidget(self.day)
        below.addWidget(self.text, 1)
        below.addWidget(self.export_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(PANEL_PADDING, 4, PANEL_PADDING, 4)
        box.setSpacing(4)
        box.addLayout(top)
        box.addLayout(below)
        box.addWidget(self.table, 1)
        self.retranslate()

    def renew(self) -> None:
        """Read what there is now; rows that stay only change."""
        self._every = self._read()
        days = sorted({a.said_at.astimezone(SHANGHAI).date() for a in self._every}, reverse=True)
        known = [self.day.itemData(n) for n in range(1, self.day.count())]
        if days != known:
            self._fill_days(days)
        wanted = {record_key(a): a for a in reversed(self._every) if self._fits(a)}
        shown = [self.model.key(row) for row in range(self.model.rowCount())]
        if wanted.keys() >= {key for key in shown if key is not None}:
            for key, alert in wanted.items():
                row = self.model.row_of(key)
                if row is None or self.model.record(row) != alert:
                    self.model.upsert(key, alert)
            self.table.flush()
        else:
            self.model.replace_all(wanted.items())

    def refill(self) -> None:
        """Another filter."""
        self.model.replace_all((record_key(a), a) for a in reversed(self._every) if self._fits(a))

    def export(self) -> None:
        """What is shown, as CSV."""
        self._export(word("Reminders"), self.model.titles(), self.model.plain_rows())

    def retranslate(self) -> None:
        """Words in another language."""
        chosen = self.kind.currentData()
        self.kind.blockSignals(True)
        self.kind.clear()
        self.kind.addItem(word("Every kind"), None)
        for kind in AlertKind:
            self.kind.addItem(word(KINDS[kind].name), kind.value)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        self.kind.blockSignals(False)
        self._fill_days([self.day.itemData(n) for n in range(1, self.day.count())])
        self.text.setPlaceholderText(word("Search"))
        self.export_button.setText(word("Export…"))
        for field, name in ((self.kind, word("Kind")), (self.day, word("Day")), (self.text, word("Search"))):
            field.setAccessibleName(name)
        self.model.retranslate()

    def _fill_days(self, days: list[date]) -> None:
        chosen = self.day.currentData()
        self.day.blockSignals(True)
        self.day.clear()
        self.day.addItem(word("Every day"), None)
        for one in days:
            self.day.addItem(day(one), one)
        self.day.setCurrentIndex(max(0, self.day.findData(chosen)))
        self.day.blockSignals(False)

    def _fits(self, alert: Alert) -> bool:
        kind, wanted_day = self.kind.currentData(), self.day.currentData()
        if kind is not None and alert.finding.kind.value != kind:
            return False
        if wanted_day is not None and alert.said_at.astimezone(SHANGHAI).date() != wanted_day:
            return False
        text = self.text.text().strip().casefold()
        if not text:
            return True
        told = f"{title_alone(alert, self._market)} {contracts_line(alert.finding, self._market, 50)}"
        return text in f"{told} {' '.join(alert.finding.codes)}".casefold()


class NewestLines(QWidget):
    """The newest reminders that no longer wait, a line each, painted."""

    MOST = 7

    def __init__(self, market: MarketData, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._market = market
        self._appearance = appearance
        self.rows: list[tuple[Alert, str, str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(ROW_TABLE)
        set_role(self, "panel")
        appearance.changed.connect(self.update)

    def show_alerts(self, alerts: tuple[Alert, ...], now: datetime) -> None:
        """Those of them that are answered or over."""
        over = [a for a in alerts if a.standing in (Standing.ACKNOWLEDGED, Standing.RESOLVED)][: self.MOST]
        rows = [
            (a, moment(a.said_at, now), title_alone(a, self._market), word(STANDING_WORDS[a.standing])) for a in over
        ]
        if rows != self.rows:
            self.rows = rows
            self.setAccessibleName("\n".join(f"{at} {title} {state}" for _, at, title, state in rows))
            self.setFixedHeight(self.sizeHint().height())
            self.update()

    def sizeHint(self) -> QSize:
        """Its lines."""
        return QSize(300, max(len(self.rows), 1) * ROW_TABLE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark, time, title, state."""
        look, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        area = QRect(8, 0, self.width() - 16, ROW_TABLE)
        for alert, at, title, state in self.rows:
            painter.setFont(look.words_at(SIZE_TABLE))
            painter.fillRect(area.left(), area.top() + 6, 3, ROW_TABLE - 12, ink_of(
                severity_of(alert.finding, alert.said_at), theme
            ))  # fmt: skip
            painter.setPen(theme.dim)
            painter.drawText(area, _RIGHT, state)
            room = painter.fontMetrics().horizontalAdvance(state) + 8
            painter.setFont(look.figures_at(SIZE_TABLE))
            wide = max(painter.fontMetrics().horizontalAdvance(at), painter.fontMetrics().horizontalAdvance("00:00"))
            painter.drawText(area.adjusted(10, 0, 0, 0), _LEFT, at)
            painter.setFont(look.words_at(SIZE_TABLE))
            painter.setPen(theme.text_2)
            inner = area.adjusted(10 + wide + 10, 0, -room, 0)
            painter.drawText(
                inner, _LEFT, painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, inner.width())
            )
            area.translate(0, ROW_TABLE)
        if not self.rows:
            painter.setPen(theme.dim)
            painter.drawText(area, _LEFT, DASH)
        painter.end()
