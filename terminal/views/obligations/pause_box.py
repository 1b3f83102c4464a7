"""Pause until… (暂停至…): asks for a time of the venue's clock, says what it costs, and pauses the contract.

It stands in the window that asked, over the desk that goes on. Where the contract rate breaks with it the question that
all giving up by choice asks comes next. No cancel and no stop comes by here.
"""

import math
from collections.abc import Callable, Collection
from datetime import datetime, time, timedelta

from PySide6.QtCore import QEvent, QPoint, Qt, QTime
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QTimeEdit, QVBoxLayout, QWidget

from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput
from terminal.domain.ports import LinkState
from terminal.rules.obligations.control import may_cancel_answer, pull_question
from terminal.services.desk import Desk
from terminal.services.pauses import Pause
from terminal.services.quote_pauses import QuotePauses
from terminal.views.formatting import clock, duration
from terminal.views.obligations.pause_times import FIRST_PAUSE, PAUSE_TIMES, PauseTime
from terminal.views.obligations.pause_words import pause_refusal
from terminal.views.obligations.pull_ask import rate_words
from terminal.views.obligations.standing import StandingSource
from terminal.views.obligations.words import answer_stays, word
from terminal.views.style_sheet import set_role
from terminal.views.texts import bounded, name_of

_WIDTH = 620
#: Below the bars of the window
_TOP = 90
GiveUp = Callable[[Collection[str], Callable[[], object]], object]
Tell = Callable[[str, str], None]


class PauseBox(QFrame):
    """One contract at a time. Served by the frame timer while it is seen: the market's time goes on."""

    def __init__(
        self, desk: Desk, source: StandingSource, pauses: QuotePauses, give_up: GiveUp, by: Callable[[], str]
    ) -> None:
        """`give_up` asks what giving up by choice asks, then does it; `by` names the person who sits here."""
        super().__init__()
        self._desk = desk
        self._source = source
        self.pauses = pauses
        self._give_up = give_up
        self._by = by
        self._code = ""
        self._refused = ""
        self._tell: Tell = lambda text, role: None
        self._before: QWidget | None = None
        set_role(self, "drop")
        self.setFixedWidth(_WIDTH)
        self.asked, self.until, self.costs = QLabel(), QLabel(), QLabel()
        set_role(self.asked, "title")
        self.time = QTimeEdit()
        self.time.setDisplayFormat("HH:mm:ss")
        self.choices: dict[PauseTime, QPushButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        for choice in PAUSE_TIMES:
            button = self.choices[choice] = QPushButton()
            button.setCheckable(True)
            button.toggled.connect(lambda _: self._choose())
            self._group.addButton(button)
            row.addWidget(button)
        row.addWidget(self.time)
        row.addStretch(1)
        self.time.timeChanged.connect(lambda _: self._type())
        self.pause_button, self.end_button, self.leave_button = QPushButton(), QPushButton(), QPushButton()
        set_role(self.pause_button, "primary")
        foot = QHBoxLayout()
        foot.addWidget(self.until, 1)
        for button, do in (
            (self.pause_button, self.pause),
            (self.end_button, self.end),
            (self.leave_button, self.leave),
        ):
            button.clicked.connect(lambda _=False, run=do: run())
            foot.addWidget(button)
        column = QVBoxLayout(self)
        for label in (self.asked, self.costs, self.until):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        column.addWidget(self.asked)
        column.addLayout(row)
        column.addWidget(self.costs)
        column.addLayout(foot)
        self._name()
        self.hide()

    # ---- what others ask for

    @property
    def code(self) -> str:
        """The contract that is asked about; empty while none is."""
        return self._code

    def open_for(self, code: str, over: QWidget, tell: Tell) -> None:
        """Ask about a contract in the window of a widget; `tell(text, role)` is told what became of it."""
        self._code, self._tell, self._before, self._refused = code, tell, over, ""
        first = self._now() + timedelta(minutes=FIRST_PAUSE.minutes)
        before = self.pauses.of(code)
        shown = first if before is None else max(before.until, first)
        self.time.setTime(QTime(shown.hour, shown.minute, shown.second))
        self.choices[FIRST_PAUSE].setChecked(True)
        self.flush()
        window = over.window()
        self.setParent(window)
        self.adjustSize()
        # Over the head of the table it was asked from: neither the prices nor the row are covered
        head = over.mapTo(window, QPoint(over.width() // 2, 0))
        x = min(max(head.x() - self.width() // 2, 0), max(window.width() - self.width(), 0))
        y = min(max(head.y() - self.height(), _TOP), max(window.height() - self.height(), 0))
        self.move(x, y)
        self.show()
        self.raise_()
        self.choices[FIRST_PAUSE].setFocus()

    def flush(self) -> None:
        """Show until when, and what it costs now."""
        if not self._code:
            return
        name, pause = name_of(self._code, self._desk.market), self.pauses.of(self._code)
        self.end_button.setVisible(pause is not None)
        self.pause_button.setText(word("Pause") if pause is None else word("Change"))
        self.leave_button.setText(word("Keep quoting") if pause is None else word("Close"))
        if pause is None:
            _put(self.asked, word("Pause {contract}").format(contract=name))
        else:
            _put(self.asked, f"{name}: {self._paused(pause)}")
        until, now = self._until(), self._now()
        if until is not None and pause is None and self._chosen() is not PAUSE_TIMES[-1] and not self.time.hasFocus():
            # What a clock time would begin with says the same as the button that is chosen
            self.time.blockSignals(True)
            self.time.setTime(QTime(until.hour, until.minute, until.second))
            self.time.blockSignals(False)
        text = "" if until is None else word("until {time}, market time").format(time=clock(until))
        if until is not None and until > now:
            text = f"{text} · {duration((until - now).total_seconds())}"
        _put(self.until, text)
        costs, is_grave = (self._refused, True) if self._refused else self._costs()
        _put(self.costs, costs)
        set_role(self.costs, "critical" if is_grave else "warn")
        if self.isVisible() and self.height() != self.sizeHint().height():
            self.adjustSize()

    # ---- what a person does

    def pause(self) -> None:
        """Pause until the time chosen, after the question of the contract rate where it breaks."""
        code, tell, choice, typed = self._code, self._tell, self._chosen(), self._typed()
        try:
            # Refused before anybody is asked anything
            self.pauses.check(code, self._moment(choice, typed), self._by())
        except BadInput as error:
            self._say_refused(error)
            return

        def do() -> None:
            try:
                # Minutes count from now: a person may have been asked meanwhile
                pause = self.pauses.pause(code, self._moment(choice, typed), self._by())
            except BadInput as error:
                tell(pause_refusal(error, self._source.obligations.quotes_end), "critical")
                return
            tell(*self._done(pause))

        self.leave()
        self._give_up([code], do)

    def end(self) -> None:
        """End the pause of the contract now."""
        code, tell = self._code, self._tell
        self.leave()
        self.end_now(code, tell)

    def end_now(self, code: str, tell: Tell) -> None:
        """The same without the box, from a row."""
        if self.pauses.end(code, self._by()):
            tell(word("{contract}: the pause is over").format(contract=name_of(code, self._desk.market)), "ok")

    def leave(self) -> None:
        """Leave everything as it is."""
        self._code = ""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    # ---- Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, Enter pauses, digits and letters choose; no other key goes by here to what lies below."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            pressed = next((b for b in (self.end_button, self.leave_button) if b.hasFocus()), self.pause_button)
            pressed.click()
        else:
            choice = next((c for c in PAUSE_TIMES if c.key == key), None)
            if choice is not None:
                self.choices[choice].setChecked(True)
                (self.choices[choice] if choice.minutes or choice.to_close else self.time).setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            self.flush()
        super().changeEvent(event)

    # ---- inside

    def _choose(self) -> None:
        self._refused = ""
        self.flush()

    def _type(self) -> None:
        self.choices[PAUSE_TIMES[-1]].setChecked(True)
        self._choose()

    def _now(self) -> datetime:
        return self._desk.clock.now().astimezone(SHANGHAI)

    def _chosen(self) -> PauseTime:
        return next(choice for choice, button in self.choices.items() if button.isChecked())

    def _typed(self) -> time:
        at = self.time.time()
        return time(at.hour(), at.minute(), at.second())

    def _moment(self, choice: PauseTime, typed: time) -> datetime | None:
        close = self._source.obligations.quotes_end
        return None if close is None else choice.until(self._now(), close, typed)

    def _until(self) -> datetime | None:
        return self._moment(self._chosen(), self._typed())

    def _paused(self, pause: Pause) -> str:
        pattern = word("paused until {time} by {name}")
        return pattern.format(time=clock(pause.until), name=bounded(pause.by))

    def _costs(self) -> tuple[str, bool]:
        """What the time away costs, and whether more than time."""
        standing, until, now = self._source.now(), self._until(), self._now()
        if standing is None or until is None:
            return "", False
        code, obligations = self._code, self._source.obligations
        seconds = max((until - now).total_seconds(), 0.0)
        question = pull_question(standing.figures, frozenset({code}), seconds)
        place = standing.figures.place(code)
        slack = float(standing.figures.slack[place]) if place is not None else math.nan
        parts = []
        if question.failing:
            parts.append(word("its participation is lost after {time}").format(time=duration(slack)))
        elif math.isfinite(slack) and slack > 0:
            parts.append(word("slack {time}").format(time=duration(slack)))
        parts.append(rate_words(question))
        hold = may_cancel_answer(obligations.answered_at(code), obligations.terms.inquiries, now)
        if not hold.allowed:
            parts.append(
                word("it answers an inquiry for {seconds} s more").format(seconds=math.ceil(hold.seconds_left))
            )
        if self.pauses.by_strategy(code) is not None:
            parts.append(word("nothing quotes it by itself: it will not come back"))
        return " · ".join(parts), question.breaks or bool(question.failing) or not hold.allowed

    def _done(self, pause: Pause) -> tuple[str, str]:
        name = name_of(pause.code, self._desk.market)
        if self._desk.quoting.live(pause.code) is not None and not self.pauses.is_shut(pause.code):
            return answer_stays(pause.code, self._desk.market), "warn"
        pattern = word("{contract}: paused until {time}")
        if self._desk.link is not LinkState.UP:
            pattern = word("{contract}: paused until {time}; is taken out once the line is back")
        text = pattern.format(contract=name, time=clock(pause.until))
        return text, "ok" if self._desk.link is LinkState.UP else "warn"

    def _say_refused(self, error: BadInput) -> None:
        self._refused = pause_refusal(error, self._source.obligations.quotes_end)
        self.flush()

    def _name(self) -> None:
        for choice, button in self.choices.items():
            button.setText(choice.words)
            button.setToolTip(f"[{choice.letter}]")
        self.time.setAccessibleName(word("Until"))
        self.end_button.setText(word("End pause"))


def _put(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
