"""A basket on its way: where each leg stands, what position it leaves, the way out, the combination it may become."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from terminal.services.basket_margin import KnownPair
from terminal.services.basket_run import BasketRun
from terminal.services.basket_runner import BasketRunner
from terminal.services.desk import Desk
from terminal.views import formatting
from terminal.views.account.instruction_rows import result_words
from terminal.views.account.words import strategy_words
from terminal.views.basket.words import order_words, run_words, state_role, state_words, word
from terminal.views.ladder.moves import Spawn
from terminal.views.rows_area import RowsArea
from terminal.views.style_sheet import set_role
from terminal.views.texts import denial_sentence
from terminal.views.trading.press_guard import PressGuard


class RunBox(QWidget):
    """Shown while there is a run."""

    def __init__(
        self,
        desk: Desk,
        runner: BasketRunner,
        spawn: Spawn,
        *,
        confirm: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._spawn = spawn
        self._confirm = confirm
        self._guard = PressGuard(desk.monotonic)
        self._armed: KnownPair | None = None
        self._built: dict[KnownPair, str] = {}
        """The instruction that builds a pair, empty until it is written"""
        self._of: BasketRun | None = None
        set_role(self, "panel")
        self.title, self.sentence, self.built = QLabel(self), QLabel(self), QLabel(self)
        self.lines: list[tuple[QLabel, QLabel]] = []
        self.cancel_button, self.build_button, self.done_button = (QPushButton(self) for _ in range(3))
        set_role(self.title, "title")
        for label in (self.sentence, self.built):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            set_role(label, "second")
        set_role(self.build_button, "primary")
        self._legs = QVBoxLayout()
        self._legs.setSpacing(2)
        self._lay_out()
        self.cancel_button.clicked.connect(lambda _=False: self._cancel())
        self.build_button.clicked.connect(lambda _=False: self.build())
        self.done_button.clicked.connect(lambda _=False: self._done())
        self.retranslate()
        self.flush()

    def flush(self) -> None:
        """Show where it stands now."""
        run = self._runner.run
        if run is not self._of:
            self._of, self._armed, self._built = run, None, {}
        self.setVisible(run is not None)
        if run is None:
            return
        filled = sum(leg.state.value == "filled" for leg in run.legs)
        self.title.setText(word("Sent: {filled} of {legs} legs filled").format(filled=filled, legs=len(run.legs)))
        while len(self.lines) < len(run.legs):
            self._add_line()
        for place, (name, state) in enumerate(self.lines):
            shown = place < len(run.legs)
            name.setVisible(shown)
            state.setVisible(shown)
            if shown:
                leg = run.legs[place]
                name.setText(order_words(leg.planned, leg.limit, self._desk.market))
                state.setText(state_words(leg))
                set_role(state, state_role(leg))
        self.sentence.setText(run_words(run, self._desk.market))
        set_role(self.sentence, "warn" if run.left else "second")
        self.cancel_button.setVisible(not run.is_over)
        self.done_button.setVisible(run.is_over)
        self._show_build(run)

    def build(self) -> None:
        """Build the next combination the exchange knows (组合构建), after a second press where the settings ask."""
        run = self._runner.run
        pair = None if run is None else self._next_pair(run)
        if run is None or pair is None or self._desk.instructions.failures(pair.request()):
            return
        if self._confirm() and self._armed != pair:
            self._armed = pair
            self.flush()
            return
        if not self._guard.passes(pair):
            return
        self._armed = None
        self._built[pair] = ""
        self._spawn(self._build(pair, f"{run.name} {pair.first} {pair.second}"))
        self.flush()

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.cancel_button.setText(word("Cancel the rest"))
        self.cancel_button.setToolTip(word("Send no more legs and cancel those that work (Esc)"))
        self.done_button.setText(word("Done"))

    # ---- inside

    def _lay_out(self) -> None:
        rows = QWidget(self)
        set_role(rows, "panel")
        inner = QVBoxLayout(rows)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.title)
        inner.addLayout(self._legs)
        for widget in (self.sentence, self.built, self.build_button):
            inner.addWidget(widget)
        inner.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        # Many legs scroll; the way out stays in sight
        layout.addWidget(RowsArea(rows, self), 1)
        for button in (self.cancel_button, self.done_button):
            button.setMinimumHeight(32)
            layout.addWidget(button)

    async def _build(self, pair: KnownPair, nonce: str) -> None:
        entry = await self._desk.instructions.instruct(pair.request(), nonce)
        self._built[pair] = entry.command.instruction_id
        self.flush()

    def _next_pair(self, run: BasketRun) -> KnownPair | None:
        return next((pair for pair in run.pairs if pair not in self._built), None)

    def _show_build(self, run: BasketRun) -> None:
        pair = self._next_pair(run)
        self.build_button.setVisible(pair is not None)
        said = [
            result_words(entry)[0]
            for number in self._built.values()
            if number and (entry := self._desk.instructions.entry(number)) is not None
        ]
        if pair is not None:
            failures = self._desk.instructions.failures(pair.request())
            self.build_button.setEnabled(not failures)
            text = word("Build {strategy} × {count}").format(
                strategy=strategy_words(pair.strategy), count=formatting.quantity(pair.quantity)
            )
            self.build_button.setText(f"{word('Press again:')} {text}" if self._armed == pair else text)
            freed = word("Building it frees {freed} yuan of margin.").format(freed=formatting.money(pair.freed))
            said.append(denial_sentence(failures[0]) if failures else freed)
        self.built.setText("\n".join(said))
        self.built.setVisible(bool(said))

    def _add_line(self) -> None:
        name, state = QLabel(self), QLabel(self)
        for label in (name, state):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            self._legs.addWidget(label)
        self.lines.append((name, state))

    def _cancel(self) -> None:
        self._runner.cancel_rest()
        self.flush()

    def _done(self) -> None:
        self._runner.forget()
        self.flush()
