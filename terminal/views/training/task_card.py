"""What a trainee sees of a class (学员卡片), under the top bar: the task, its steps, the time left, score, hints."""

from datetime import datetime

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from terminal.services.desk import Desk
from terminal.training.checkpoints import Result, State
from terminal.training.class_desk import ClassChanged, ClassDesk
from terminal.views.appearance import Appearance
from terminal.views.style_sheet import set_role
from terminal.views.theme import SIZE_TABLE
from terminal.views.training.words import language, word

_STEPS_HEIGHT, _BAR_WIDTH = 20, 120


class WatchBadge(QLabel):
    """In the top bar while an instructor watches (教员正在看屏)."""

    def __init__(self, desk: Desk, class_desk: ClassDesk) -> None:
        super().__init__()
        self._class_desk = class_desk
        set_role(self, "warn")
        self.hide()
        self._retranslate()
        desk.bus.subscribe(ClassChanged, self._on_change)

    def _on_change(self, _event: ClassChanged) -> None:
        """Show it while it is so."""
        watched = self._class_desk.scenario is not None and self._class_desk.is_watched
        if watched is self.isHidden():
            self.setVisible(watched)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setText("◉ " + word("Instructor watching"))
        self.setToolTip(word("The instructor sees the panel in front, your working orders and your score"))


class StepRow(QWidget):
    """Checkpoints of the trainee as lamps with words, the score as a bar at the end. Painted."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._rows: list[tuple[State, str]] = []
        self._score = (0, 0, 60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(400, _STEPS_HEIGHT)

    def show_steps(self, rows: list[tuple[State, str]], points: int, of: int, pass_mark: int) -> None:
        """Show these."""
        shown = rows, (points, of, pass_mark)
        if shown != (self._rows, self._score):
            self._rows, self._score = shown
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lamps and words from the left, the bar at the right."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._appearance.words_at(SIZE_TABLE))
        metrics = painter.fontMetrics()
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        middle, x = self.height() / 2, 0.0
        end = self.width() - _BAR_WIDTH - 86
        for number, (state, text) in enumerate(self._rows, start=1):
            ink = {
                State.DONE: theme.ok,
                State.PARTLY: theme.warn,
                State.MISSED: theme.critical,
                State.OPEN: theme.warn,
            }.get(state, theme.dim)
            words = f"{number} {text}"
            width = min(metrics.horizontalAdvance(words) + 4, max(end - x - 16, 0))
            if width < 40:
                break
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(QRectF(x, middle - 4, 8, 8))
            painter.setPen(theme.text if state is not State.AHEAD else theme.dim)
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(width))
            painter.drawText(QRectF(x + 14, 0, width, self.height()), flags, shown)
            x += width + 30
        points, of, pass_mark = self._score
        if not of:
            return
        bar = QRectF(self.width() - _BAR_WIDTH, middle - 4, _BAR_WIDTH, 8)
        share = points / of
        painter.fillRect(bar, theme.well)
        ink = theme.ok if 100 * share >= pass_mark else theme.warn
        painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * min(share, 1.0), bar.height()), ink)
        painter.fillRect(QRectF(bar.left() + bar.width() * pass_mark / 100, bar.top() - 3, 1, 14), theme.text_2)
        painter.setPen(theme.text)
        painter.setFont(self._appearance.figures_at(SIZE_TABLE, bold=True))
        figures = QRectF(bar.left() - 80, 0, 72, self.height())
        painter.drawText(figures, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), f"{points} / {of}")


class TaskCard(QFrame):
    """Hidden outside a class. Served by the frame timer."""

    def __init__(self, desk: Desk, class_desk: ClassDesk, appearance: Appearance) -> None:
        super().__init__()
        self._desk = desk
        self._class_desk = class_desk
        set_role(self, "banner-warn")
        self._chip, self.title, self.task, self.left, self.hint_text = QLabel(), QLabel(), QLabel(), QLabel(), QLabel()
        set_role(self._chip, "chip")
        set_role(self.title, "title")
        set_role(self.task, "second")
        set_role(self.left, "key-figure")
        set_role(self.hint_text, "warn")
        for label in (self.task, self.hint_text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.steps = StepRow(appearance)
        self.hint, self.more = QPushButton(), QPushButton()
        self.more.setCheckable(True)
        for button in (self.hint, self.more):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint.clicked.connect(lambda: self._class_desk.take_hint())
        self.more.clicked.connect(lambda: self.flush())
        self.page = QLabel()
        self.page.setWordWrap(True)
        self.page.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.page, "second")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._chip)
        head.addWidget(self.title)
        head.addWidget(self.task, 1)
        head.addWidget(self.left)
        head.addWidget(self.hint)
        head.addWidget(self.more)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 5, 10, 5)
        box.setSpacing(3)
        box.addLayout(head)
        box.addWidget(self.steps)
        box.addWidget(self.page)
        box.addWidget(self.hint_text)
        self.page.hide()
        self.hint_text.hide()
        self.hide()
        self._retranslate()
        # Hidden, no frame timer serves it
        desk.bus.subscribe(ClassChanged, lambda _event: self.flush())

    def flush(self) -> None:
        """Show the class as it stands."""
        mine = self._class_desk
        scenario = mine.scenario
        self.setVisible(scenario is not None)
        if scenario is None:
            return
        words = language()
        _put(self.title, scenario.title.of(words))
        _put(self.task, scenario.page.task.of(words))
        end = mine.end()
        _put(self.left, remaining(self._desk.clock.now(), end) if end is not None else "")
        titles = {c.name: c.title.of(words) for c in scenario.checkpoint}
        self.steps.show_steps(
            [(r.state, _with_seconds(r, titles[r.checkpoint.name])) for r in mine.results],
            mine.points,
            scenario.points,
            mine.settings.pass_mark,
        )
        taken, there = mine.hints_taken, len(scenario.hint)
        cost = mine.hint_cost(taken + 1) - mine.hint_cost(taken)
        self.hint.setVisible(there > taken)
        _put_button(self.hint, word("Hint −{points}").format(points=cost))
        _put(self.hint_text, "  ·  ".join(hint.text.of(words) for hint in mine.hints()))
        self.hint_text.setVisible(taken > 0)
        self.page.setVisible(self.more.isChecked())
        if self.more.isChecked():
            steps = [f"{n}. {step.of(words)}" for n, step in enumerate(scenario.page.steps, start=1)]
            _put(self.page, "\n".join([scenario.page.sees.of(words), *steps]))

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._chip.setText(word("TRAINING"))
        self.more.setText(word("Task sheet"))
        self.left.setToolTip(word("Market time left"))


def remaining(now: datetime, end: datetime) -> str:
    """Market time until the end: minutes and seconds, days in front where there are any."""
    seconds = max(int((end - now).total_seconds()), 0)
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3600)
    clock = f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours or days else f"{rest // 60:02d}:{rest % 60:02d}"
    return word("{days}d {clock}").format(days=days, clock=clock) if days else clock


def _with_seconds(result: Result, title: str) -> str:
    if result.seconds is None or not result.checkpoint.within:
        return title
    return f"{title} {result.seconds:.1f}/{result.checkpoint.within:g} s"


def _put(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)


def _put_button(button: QPushButton, text: str) -> None:
    if button.text() != text:
        button.setText(text)
