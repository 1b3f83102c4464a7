"""The obligation dashboard (义务看板), F8: cards, the obliged contracts by slack, what may be done about each.

Every quote goes through `QuoteDrafts`: held to the terms and to the gate first. A pause asks until when and says what
it costs; no cancel is ever blocked. Accounts that owe nothing see a line that says so.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.account_rights import AccountKind
from terminal.domain.errors import BadInput
from terminal.domain.reasons import Denial
from terminal.rules.obligations.clock import Windows
from terminal.services.desk import Desk
from terminal.services.obligation_scores import MonthScore, ObligationScores
from terminal.services.quote_drafts import QuoteDrafts
from terminal.views.appearance import Appearance
from terminal.views.obligations.as_table import obligation_table
from terminal.views.obligations.card_figures import (
    coverage_card,
    first_card,
    inquiries_card,
    participation_card,
    score_card,
)
from terminal.views.obligations.cards import Cards
from terminal.views.obligations.cells import UNFIT_WORDS
from terminal.views.obligations.evidence import Evidence
from terminal.views.obligations.exempt_box import ExemptBox
from terminal.views.obligations.model import ObligationModel
from terminal.views.obligations.pause_box import PauseBox
from terminal.views.obligations.recorded_box import RecordedBox
from terminal.views.obligations.report_cells import SavePage, Spawn
from terminal.views.obligations.rows import Action
from terminal.views.obligations.standing import Level, StandingSource
from terminal.views.obligations.table import ObligationTable
from terminal.views.obligations.words import title_words, word
from terminal.views.record_table import Export
from terminal.views.refusals import refusal
from terminal.views.still_text import put_still
from terminal.views.style_sheet import set_role
from terminal.views.texts import denial_sentence, name_of
from terminal.views.theme import PANEL_PADDING
from terminal.views.trading.panel_bar import PanelBar
from terminal.views.trading.press_guard import PressGuard

#: Which levels have a button, with the words of it
_FILTERS = ((None, "All"), (Level.MISSED, "Missed"), (Level.CRITICAL, "Critical"), (Level.EXEMPT, "Exempt"))
#: How long what was said stays
_SAID_SECONDS = 60.0
#: Below this height the cards make room for the table
_CARDS_FROM = 300


class ObligationPanel(QWidget):
    """The dashboard. Served twice a second at most."""

    contract_chosen = Signal(str)
    ticket_wanted = Signal(str)

    def __init__(
        self,
        desk: Desk,
        source: StandingSource,
        drafts: QuoteDrafts,
        scores: ObligationScores,
        appearance: Appearance,
        spawn: Spawn,
        export: Export,
        save_page: SavePage,
        by: Callable[[], str],
        pause_box: PauseBox,
        parent: QWidget | None = None,
    ) -> None:
        """`by` names the person who sits here."""
        super().__init__(parent)
        self._desk = desk
        self._source = source
        self._drafts = drafts
        self._scores = scores
        self._spawn = spawn
        self._guard = PressGuard(desk.monotonic)
        self._month: MonthScore | None = None
        self._month_of = ""
        self._said_at = 0.0
        set_role(self, "panel")
        self.cards = Cards(appearance, self)
        self.model = ObligationModel(source, desk.market, self)
        self.pause_box = pause_box
        # Its place until it is opened over whoever asks
        pause_box.setParent(self)
        self.model.lines.pauses = pause_box.pauses
        self._had_pauses = False
        self.table = ObligationTable(self.model, appearance, self._windows, self)
        self.bar = PanelBar(self)
        self.filters: list[QPushButton] = []
        self._filter_group = QButtonGroup(self)
        for level, _ in _FILTERS:
            button = self.bar.add_button(partial(self._filter, level), checkable=True)
            button.setChecked(level is None)
            self._filter_group.addButton(button)
            self.filters.append(button)
        self.exempt_box = ExemptBox(desk, source.obligations, by, self)
        self.exempt_button = self.bar.add_button(self._exempt)
        self.evidence = Evidence(source, scores, spawn, export, save_page, self._say, self)
        self.recorded_box = RecordedBox(
            scores, lambda: source.obligations.terms, desk.clock.now, spawn, export, save_page, self
        )
        self.evidence.recorded_wanted.connect(self.recorded_box.open_now)
        self.bar.add(self.evidence.export_button)
        self.bar.add(self.evidence.score_button)
        self.strip, self.said = QWidget(self), QLabel()
        self.leave_button = QPushButton()
        self._build_strip()
        self.terms_line = QLabel(self)
        set_role(self.terms_line, "note")
        # A title may be the user's own
        self.terms_line.setTextFormat(Qt.TextFormat.PlainText)
        self.terms_line.setContentsMargins(PANEL_PADDING, 3, PANEL_PADDING, 3)
        self.nothing = QLabel(self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        set_role(self.nothing, "dim")
        owed = QWidget(self)
        column = QVBoxLayout(owed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in (
            (self.cards, 0),
            (self.bar, 0),
            (self.table, 1),
            (self.strip, 0),
            (self.terms_line, 0),
        ):
            column.addWidget(widget, stretch)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(owed)
        self._pages.addWidget(self.nothing)
        self.table.action_wanted.connect(self.act)
        self.table.action_unfit.connect(self._say_unfit)
        self.table.exempt_wanted.connect(self._exempt)
        for wanted in (self.table.export_wanted, self.evidence.table_wanted):
            wanted.connect(lambda: export(*obligation_table(self.model)))
        self.table.contract_chosen.connect(self.contract_chosen)
        self.setFocusProxy(self.table)
        self.retranslate()
        self.flush()

    # ---- what others ask for

    def flush(self) -> None:
        """Show what has changed."""
        standing = self._source.now()
        kind = self._source.kind
        owes = standing is not None and bool(standing.figures.codes) and kind is AccountKind.MARKET_MAKER_PRIMARY
        self._pages.setCurrentIndex(0 if owes else 1)
        if standing is None or not owes:
            self.nothing.setText(self._nothing_words())
            return
        self.model.flush()
        self._make_room()
        counts = [len(standing.figures.codes), *[standing.count(level) for level, _ in _FILTERS if level is not None]]
        for button, (_, name), count in zip(self.filters, _FILTERS, counts, strict=True):
            put_still(button, f" {word(name)} {count} ")
        self.cards.setVisible(self.height() >= _CARDS_FROM)
        if self.cards.isVisibleTo(self):
            self._show_cards()
        self._ask_month()
        self._settle_strip()
        if self.exempt_box.isVisible():
            self.exempt_box.flush()
        terms = self._source.obligations.terms
        state = "" if self._source.obligations.is_current else word(" · the line is down: figures stand still")
        line = word("Terms: {title} · counted by the exchange's acknowledgements{state}")
        text = line.format(title=title_words(terms.title), state=state)
        if text != self.terms_line.text():
            self.terms_line.setText(text)

    def act(self, code: str, action: Action) -> None:
        """Do something about a contract; a second press at once is none."""
        if not self._guard.passes((code, action)):
            return
        self.strip.hide()
        if action is Action.TICKET:
            self.ticket_wanted.emit(code)
        elif action is Action.PAUSE:
            self.pause_box.open_for(code, self.table, self._say)
        elif action is Action.RESUME:
            self.pause_box.end_now(code, self._say)
        else:
            self._quote(code, action)

    def sizeHint(self) -> QSize:
        """Room for the cards and some rows."""
        return QSize(1100, 420)

    # ---- quotes

    def _quote(self, code: str, action: Action) -> None:
        entry = self._drafts.draft(code) if action is Action.JOIN else self._drafts.widened(code)
        name = name_of(code, self._desk.market)
        if entry is None:
            self._say(word("{contract}: no price to quote around").format(contract=name), "warn")
            return
        try:
            denial = self._drafts.send(entry)
        except BadInput as error:
            self._say(refusal(error), "critical")
            return
        if denial is not None:
            self._refused(name, denial)
            return
        pattern = word("{contract}: sent {bid} / {ask}, {size} each side")
        text = pattern.format(contract=name, bid=entry.bid_price, ask=entry.ask_price, size=entry.bid_quantity)
        self._say(text, "ok")

    def _refused(self, name: str, denial: Denial) -> None:
        self._say(f"{name}: {denial_sentence(denial)}", "critical")

    def _settle_strip(self) -> None:
        """What was said fades."""
        if self.strip.isVisibleTo(self) and self._desk.monotonic() - self._said_at >= _SAID_SECONDS:
            self.strip.hide()

    def _exempt(self) -> None:
        """Open the box of the exemptions by hand over the rows chosen."""
        codes = self.table.chosen_codes
        if codes or self._source.obligations.by_hand.all:
            self.exempt_box.show_for(codes)
        else:
            self._say(word("Choose the contracts to exempt first"), "second")

    # ---- the month

    async def _count_month(self) -> None:
        measure = self._source.obligations.measure
        if measure is not None:
            self._month = await self._scores.month(measure.terms, measure.trading_day)

    def _ask_month(self) -> None:
        """Count the days before today once a day, in a thread."""
        measure = self._source.obligations.measure
        today = "" if measure is None else measure.trading_day.isoformat()
        if today and today != self._month_of:
            self._month_of, self._month = today, None
            self._spawn(self._count_month())

    # ---- inside

    def _make_room(self) -> None:
        """Until when a contract is paused stands in full as long as one is."""
        if self._had_pauses != self.model.has_pauses:
            self._had_pauses = not self._had_pauses
            self.table.fit_columns()

    def _show_cards(self) -> None:
        obligations = self._source.obligations
        standing, measure = self._source.now(), obligations.measure
        summary = obligations.inquiry_summary()
        if standing is None or measure is None or summary is None:
            return
        inquiries = obligations.terms.inquiries
        first = next(iter(standing.figures.first_to_fail(1)), "")
        place = standing.figures.place(first)
        self.cards.show_cards(
            (
                score_card(standing, summary, self._source.kind, self._desk.clock.now(), self._month),
                participation_card(standing, self._desk.market),
                coverage_card(standing),
                inquiries_card(
                    summary,
                    obligations.inquiry_results(),
                    inquiries.max_response_seconds,
                    inquiries.min_hold_seconds,
                ),
                first_card(self.model.line_at(place) if place is not None else None, measure),
            )
        )

    def _windows(self) -> Windows:
        measure = self._source.obligations.measure
        return () if measure is None else measure.windows

    def _filter(self, level: Level | None) -> None:
        self.model.show_level(level)

    def _nothing_words(self) -> str:
        if self._desk.portfolio.funds is None:
            return word("Waits for the counter to tell what kind of account this is")
        if self._source.kind is AccountKind.MARKET_MAKER_GENERAL:
            return word("A general market maker owes answers to inquiries and no quoting time.")
        if not self._source.kind.is_market_maker:
            return word("This account is no market maker's: it owes no quotes and no answers.")
        return word("Nothing is owed yet: the day's list has not come, or no contract lies in the scope of the terms.")

    def _build_strip(self) -> None:
        row = QHBoxLayout(self.strip)
        row.setContentsMargins(PANEL_PADDING, 3, PANEL_PADDING, 3)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        row.addWidget(self.said, 1)
        self.leave_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.leave_button.clicked.connect(lambda _=False: self.strip.hide())
        row.addWidget(self.leave_button)
        set_role(self.strip, "raised")
        self.strip.hide()

    def _say_unfit(self, code: str, action: Action) -> None:
        """A key that does nothing says why."""
        self._say(word(UNFIT_WORDS[action]).format(contract=name_of(code, self._desk.market)), "warn")

    def _say(self, text: str, role: str) -> None:
        self._said_at = self._desk.monotonic()
        self.said.setText(text)
        set_role(self.said, role)
        self.strip.show()

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.evidence.retranslate()
        self.leave_button.setText(word("Close"))
        self.bar.note.setText(word("Obliged contracts by slack: first to fail on top"))
        self.exempt_button.setText(word("Exempt…"))
        self.exempt_button.setToolTip(
            word("Write down what the exchange agreed to by telephone: contracts, until when, why  [X]")
        )
        self.bar.note.setToolTip(self.bar.note.text())
        self.table.setAccessibleName(word("Obliged contracts"))
        self.strip.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
