"""Notices and alarms (通知与提醒) of the day: time, kind and words, newest first, filtered by kind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.messages import Notice, NoticeKind
from terminal.services.desk import Desk
from terminal.services.events import AlarmRaised, DayChanged, NoticeReceived
from terminal.views import alarm_texts, notice_texts, texts
from terminal.views.appearance import Appearance
from terminal.views.formatting import clock
from terminal.views.record_table import Export, RecordTable
from terminal.views.style_sheet import set_role
from terminal.views.table_model import CENTRE, RECORD_ROLE, RecordTableModel, TableColumn
from terminal.views.theme import PANEL_PADDING, SIZE_NOTE
from terminal.views.translation import translate

_ALARM = "alarm"
_LIMIT = 500
#: A lower panel shows its lines alone
_LOW = 150


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line: `kind` is a notice's kind, None for an alarm."""

    at: datetime
    kind: NoticeKind | None
    text: Callable[[], str]
    subject: Callable[[], str]


class _ChipDelegate(QStyledItemDelegate):
    """Draws a kind as an outlined chip."""

    def __init__(self, colour: Callable[[NoticeLine], QColor], appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = colour
        self._appearance = appearance

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, frame, word."""
        line: NoticeLine = index.data(RECORD_ROLE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._appearance.theme.selected)
        colour = self._colour(line)
        frame = QRectF(option.rect).adjusted(4.5, 3.5, -4.5, -3.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1))
        painter.drawRoundedRect(frame, 2, 2)
        painter.setFont(self._appearance.words_at(SIZE_NOTE))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, index.data())
        painter.restore()


class NoticesPanel(QWidget):
    """Follows the desk's notices and alarms; served by the frame timer."""

    def __init__(
        self, desk: Desk, appearance: Appearance, *, export: Export | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._appearance = appearance
        self._lines: dict[str, NoticeLine] = {}
        self._alarms = 0
        self._interrupted: dict[str, list[Notice]] = {}
        """Volatility interruptions of contracts that are not ours, by underlying: one line for all of them"""
        set_role(self, "panel")
        self.model: RecordTableModel[NoticeLine] = RecordTableModel(
            [
                TableColumn("at", lambda: self.tr("Time"), lambda line: clock(line.at), CENTRE, width_chars=9),
                TableColumn("kind", lambda: self.tr("Kind"), _kind_words, CENTRE, width_chars=11),
                TableColumn("subject", lambda: self.tr("Concerns"), lambda line: line.subject(), width_chars=20),
                TableColumn("text", lambda: self.tr("Notice"), lambda line: line.text(), width_chars=60),
            ],
            newest_first=True,
            parent=self,
        )
        self.table = RecordTable(self.model, appearance, title=lambda: self.tr("Notices"), export=export, parent=self)
        self.table.setItemDelegateForColumn(1, _ChipDelegate(self._colour_of, appearance, self.table))
        self._filter = QComboBox()
        self._filter.setMinimumWidth(110)
        self._filter.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._filter.currentIndexChanged.connect(self._refill)
        self._show_label = QLabel()
        set_role(self._show_label, "dim")
        self._bar = QWidget(self)
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(PANEL_PADDING, 2, PANEL_PADDING, 2)
        bar.setSpacing(8)
        bar.addWidget(self._show_label)
        bar.addWidget(self._filter)
        bar.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self.table)
        self._leave = [
            desk.bus.subscribe(NoticeReceived, self._on_notice),
            desk.bus.subscribe(AlarmRaised, self._on_alarm),
            desk.bus.subscribe(DayChanged, self._on_day),
        ]
        for notice in desk.notices:
            self._on_notice(NoticeReceived(notice))
        self._retranslate()

    @property
    def count(self) -> int:
        """How many lines there are, whatever the filter."""
        return len(self._lines)

    def flush(self) -> None:
        """Show what has come."""
        self.table.flush()

    def set_filter(self, kind: NoticeKind | str | None) -> None:
        """Show one kind only, `alarm` for alarms, None for everything."""
        self._filter.setCurrentIndex(max(0, self._filter.findData(kind)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines alone where there is no height for more; a filter that hides some stays in sight."""
        low = self.height() < _LOW
        self._bar.setVisible(not low or self._filter.currentData() is not None)
        self.table.horizontalHeader().setVisible(not low)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _on_notice(self, event: NoticeReceived) -> None:
        notice, market = event.notice, self._desk.market
        if self._gather(notice):
            return
        # What is told to this desk alone has no number on the board, and every day's board begins with 1
        key = f"{notice.at:%Y%m%d} {notice.number}" if notice.number else f"{notice.at.isoformat()} {notice.codes[:1]}"
        self._add(
            f"notice {key}",
            NoticeLine(
                notice.at,
                notice.kind,
                lambda: notice_texts.notice_sentence(notice, market),
                lambda: notice_texts.notice_subject(notice, market),
            ),
        )

    def _gather(self, notice: Notice) -> bool:
        """Whether a notice went into its underlying's one line: interruptions of what we neither hold nor order."""
        contract = self._desk.market.contract(notice.codes[0]) if len(notice.codes) == 1 else None
        if contract is None or self._is_ours(contract.code):
            return False
        gathered = self._interrupted.setdefault(contract.underlying, [])
        if notice.kind is NoticeKind.RESUMPTION:
            return any(known.codes == notice.codes for known in gathered)
        if notice.kind is not NoticeKind.BREAKER:
            return False
        gathered.append(notice)
        market = self._desk.market
        key = f"interrupted {notice.at:%Y%m%d} {contract.underlying}"
        # The newest interruption says where the line stands, so the line of the one before goes
        if self._lines.pop(before := f"{key} {len(gathered) - 1}", None) is not None:
            self.model.remove(before)
        self._add(
            f"{key} {len(gathered)}",
            NoticeLine(
                notice.at,
                notice.kind,
                lambda: notice_texts.interruptions_sentence(gathered, market),
                lambda: notice_texts.notice_subject(gathered[-1], market),
            ),
        )
        return True

    def _is_ours(self, code: str) -> bool:
        """Whether the account holds the contract or has an order working in it."""
        held = any(of == code and p.quantity for (of, _), p in self._desk.portfolio.positions.items())
        return held or any(order.contract_code == code for order in self._desk.orders.working())

    def _on_alarm(self, alarm: AlarmRaised) -> None:
        self._alarms += 1
        market = self._desk.market
        line = NoticeLine(alarm.at, None, lambda: alarm_texts.alarm_sentence(alarm, market), lambda: "")
        self._add(f"alarm {self._alarms}", line)

    def _on_day(self, _event: DayChanged) -> None:
        self._interrupted.clear()
        # The names of contracts came with the list; lines made before it get them now
        self.model.retranslate()

    def _add(self, key: str, line: NoticeLine) -> None:
        self._lines[key] = line
        if self._fits(line):
            self.model.upsert(key, line)
        while len(self._lines) > _LIMIT:
            oldest = next(iter(self._lines))
            del self._lines[oldest]
            self.model.remove(oldest)

    def _fits(self, line: NoticeLine) -> bool:
        wanted = self._filter.currentData()
        return wanted is None or wanted == (line.kind or _ALARM)

    def _refill(self) -> None:
        self.model.replace_all((key, line) for key, line in self._lines.items() if self._fits(line))

    def _colour_of(self, line: NoticeLine) -> QColor:
        theme = self._appearance.theme
        if line.kind is None:
            return theme.critical
        if line.kind in (NoticeKind.SUSPENSION, NoticeKind.BREAKER, NoticeKind.OPEN_RESTRICTION):
            return theme.warn
        if line.kind in (NoticeKind.LISTING, NoticeKind.RESUMPTION):
            return theme.ok
        return theme.focus if line.kind in (NoticeKind.EXPIRY, NoticeKind.EX_RIGHT) else theme.dim

    def _retranslate(self) -> None:
        chosen = self._filter.currentData()
        self._filter.blockSignals(True)
        self._filter.clear()
        self._filter.addItem(self.tr("Everything"), None)
        self._filter.addItem(self.tr("Alarms"), _ALARM)
        for kind in NoticeKind:
            self._filter.addItem(texts.words(kind), kind.value)
        self._filter.setCurrentIndex(max(0, self._filter.findData(chosen)))
        self._filter.blockSignals(False)
        self._show_label.setText(self.tr("Show"))


def _kind_words(line: NoticeLine) -> str:
    return texts.words(line.kind) if line.kind is not None else translate("NoticeKind", "Alarm")
