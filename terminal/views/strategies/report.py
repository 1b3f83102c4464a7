"""What a strategy says and would have done: its shadow report, its own log, the output of a plug-in's process."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from terminal.domain.errors import ascii_safe
from terminal.strategies.asks import ShadowReport
from terminal.views.strategies.lines import refusals_words
from terminal.views.strategies.strategy_desk import StrategyDesk
from terminal.views.strategies.words import line_of, word
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING

_NOTES_SHOWN, _OUTPUT_LINES = 60, 60
_LONGEST_LINE = 300


class ReportPage(QWidget):
    """One strategy's report; `show_strategy` is asked once a second while it is seen."""

    def __init__(self, desk: StrategyDesk) -> None:
        super().__init__()
        self._desk = desk
        set_role(self, "panel")
        self.shadow, self.log = QLabel(), QPlainTextEdit()
        self.shadow.setWordWrap(True)
        self.shadow.setTextFormat(Qt.TextFormat.PlainText)
        self.shadow.setContentsMargins(PANEL_PADDING, 4, PANEL_PADDING, 4)
        set_role(self.shadow, "second")
        self.log.setReadOnly(True)
        self.log.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.log.setMinimumHeight(40)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.shadow)
        box.addWidget(self.log, 1)
        self._name()

    def show_strategy(self, name: str) -> None:
        """Show the newest of one; an empty name for none."""
        entry = self._desk.entry(name)
        report = self._desk.engine.shadow_report(name)
        text = "" if entry is None else shadow_words(report)
        if self.shadow.text() != text:
            self.shadow.setText(text)
        notes = [] if entry is None or entry.ask is None else list(entry.ask.notes)[-_NOTES_SHOWN:]
        lines = [line_of(note, _LONGEST_LINE) for note in reversed(notes)]
        printed = output_lines(self._desk.output(name)) if entry is not None else []
        if printed:
            lines += [word("— printed by its process, newest first —"), *printed]
        shown = "\n".join(lines)
        if self.log.toPlainText() != shown:
            self.log.setPlainText(shown)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def _name(self) -> None:
        self.log.setPlaceholderText(word("It has said nothing yet"))
        self.log.setAccessibleName(word("Log"))


def shadow_words(report: ShadowReport | None) -> str:
    """What a strategy in shadow mode would have done."""
    if report is None:
        return word("No shadow run: in shadow mode it would say here what it would have sent")
    figures = word(
        "Shadow: would have sent {quotes} quotes in {messages} messages and {orders} orders; "
        "trades would have filled {bought} bought, {sold} sold; edge {edge} yuan"
    ).format(
        quotes=f"{report.quotes:,}",
        messages=f"{report.messages:,}",
        orders=f"{report.orders:,}",
        bought=f"{report.bought:,}",
        sold=f"{report.sold:,}",
        edge=f"{report.edge:+,.2f}",
    )
    refused = refusals_words(sorted(report.refused.items(), key=lambda one: (-one[1], one[0])))
    return figures + (f"\n{word('Refused: {what}').format(what=refused)}" if refused else "")


def output_lines(text: str) -> list[str]:
    """The newest lines of a process's output, newest first, escaped and cut."""
    # Cut before anything else: what a process prints may be one line without end
    newest = text[-_OUTPUT_LINES * _LONGEST_LINE :].splitlines()[-_OUTPUT_LINES:]
    return [ascii_safe(line)[:_LONGEST_LINE] for line in reversed(newest) if line.strip()]
