"""The inquiry cockpit (询价应答), F9: the inquiry to answer, those that wait behind it, and today's answers."""

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from terminal.domain.errors import BadInput
from terminal.domain.quotes import QuoteEntry
from terminal.rules.obligations.inquiries import InquiryResult
from terminal.rules.obligations.measure import Measure
from terminal.rules.obligations.spread import units
from terminal.services.answer_log import AnswerLog
from terminal.services.desk import Desk
from terminal.services.obligations import Obligations
from terminal.services.own_quotes import OwnQuoteState
from terminal.services.quote_drafts import QuoteDrafts
from terminal.services.risk import RiskService
from terminal.views.appearance import Appearance
from terminal.views.fitted_table import FittedTable
from terminal.views.formatting import number
from terminal.views.inquiries.answers import RANKS, InquiryLine, answer_columns, line_of
from terminal.views.inquiries.card import InquiryCard
from terminal.views.inquiries.histogram import ResponseHistogram
from terminal.views.inquiries.rules_box import AutomaticAnswers, RulesBox
from terminal.views.inquiries.small_cards import SmallCards
from terminal.views.inquiries.state import Cockpit
from terminal.views.inquiries.words import word
from terminal.views.obligations.words import answer_stays
from terminal.views.record_table import Export
from terminal.views.refusals import refusal
from terminal.views.style_sheet import set_role
from terminal.views.table_model import RecordTableModel
from terminal.views.texts import denial_sentence, name_of, reason_sentence
from terminal.views.theme import PANEL_PADDING, PANEL_TITLE
from terminal.views.trading.press_guard import PressGuard


class InquiryPanel(QWidget):
    """The cockpit. Served a few times a second, for the ring."""

    contract_chosen = Signal(str)

    def __init__(
        self,
        desk: Desk,
        obligations: Obligations,
        drafts: QuoteDrafts,
        log: AnswerLog,
        risk: RiskService,
        appearance: Appearance,
        export: Export,
        automatic: AutomaticAnswers,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._obligations = obligations
        self._drafts = drafts
        self._log = log
        self._guard = PressGuard(desk.monotonic)
        self._shown: dict[str, InquiryLine] = {}
        self._sent_quote = ""
        self.state = Cockpit(obligations)
        set_role(self, "panel")
        self._automatic = automatic
        self.rules_box = RulesBox(automatic, appearance, self)
        self.rules_button = QPushButton(self)
        self.rules_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rules_button.clicked.connect(lambda _=False: self._open_rules())
        self.rules_note, self.note = QLabel(self), QLabel(self)
        set_role(self.rules_note, "dim")
        self.card = InquiryCard(desk, drafts, risk, appearance, self)
        self.small = SmallCards(appearance, self._name, self)
        self.model: RecordTableModel[InquiryLine] = RecordTableModel(
            answer_columns(desk.market, appearance, self._limit), newest_first=True, parent=self
        )
        self.table = FittedTable(
            self.model,
            appearance,
            title=lambda: word("Answers"),
            export=export,
            ranks=RANKS,
            grows=frozenset({"contract", "by", "result"}),
            by_content=True,
            parent=self,
        )
        self.table_title = QLabel(self)
        set_role(self.table_title, "title")
        self.histogram = ResponseHistogram(appearance, self)
        self.nothing = QLabel(self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        set_role(self.nothing, "dim")
        self._build()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card.answered.connect(self.answer)
        self.card.declined.connect(self.decline)
        self.small.taken.connect(self._take_up)
        self.small.withdrawn.connect(self.withdraw)
        self.table.selectionModel().currentRowChanged.connect(lambda index, _: self._on_current(index.row()))
        self.retranslate()
        self.flush()

    @property
    def waiting(self) -> int:
        """How many inquiries wait, for the tab; counted anew, the panel may be hidden."""
        if not self._desk.portfolio.profile.rights.kind.is_market_maker:
            return 0
        return sum(
            1
            for opened in self._obligations.inquiries.waiting(self._desk.clock.now())
            if opened.inquiry not in self.state.declined and self._log.answer(opened.inquiry) is None
        )

    # ---- what others ask for

    def _nothing_words(self, *, is_maker: bool) -> str:
        if is_maker:
            return word("No inquiries are known yet: the day's list has not come.")
        if self._desk.portfolio.funds is None:
            return word("Waits for the counter to tell what kind of account this is")
        return word("Inquiries are answered by market makers; this account is none.")

    def flush(self) -> None:
        """Show what has changed."""
        is_maker = self._desk.portfolio.profile.rights.kind.is_market_maker
        known = self._obligations.measure is not None
        self._pages.setCurrentIndex(0 if is_maker and known else 1)
        if not is_maker or not known:
            self.nothing.setText(self._nothing_words(is_maker=is_maker))
            return
        now = self._desk.clock.now()
        before = self.state.current
        self.state.look()
        shown = self.state.shown
        self._follow_sent()
        left = self.state.seconds_left(shown, now) if shown is not None else 0.0
        self.card.show_inquiry(shown, left, self._limit())
        if shown is not None and before != self.state.current and self._has_focus():
            self._focus_price()
        self.small.show_cards(self.state.small(now))
        self._show_answers()
        self._show_rules()

    def answer(self, entry: QuoteEntry) -> None:
        """Send the answer to the inquiry on the card."""
        inquiry = self.card.inquiry
        if not inquiry or not self._guard.passes(("answer", inquiry)):
            return
        self.note.hide()
        try:
            denial = self._drafts.send(entry, inquiry)
        except BadInput as error:
            self.card.mark_refused(refusal(error))
            return
        if denial is not None:
            self.card.mark_refused(denial_sentence(denial))
            return
        self._sent_quote = self._drafts.newest_id(entry.contract_code)
        self.card.mark_sent()

    def decline(self) -> None:
        """Put the inquiry aside and say that it counts."""
        declined = self.state.decline()
        if declined is not None:
            text = word("{contract} declined: it counts as not answered; take it up again while its time lasts.")
            self._say(text.format(contract=self._name(declined.contract_code)), "warn")
            self.flush()

    def withdraw(self, code: str) -> None:
        """Take an answer out whose hold is over."""
        if self._guard.passes(("withdraw", code)):
            quoting = self._desk.quoting
            number = quoting.number_of(code)
            if number is not None and quoting.withdraw([number]):
                self._say(answer_stays(code, self._desk.market), "warn")
                return
            self._say(word("{contract}: being taken out").format(contract=self._name(code)), "second")

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        terms = self._obligations.terms.inquiries
        text = word("Answer within {limit} s · keep at least {hold} s")
        self.rules_note.setText(text.format(limit=terms.max_response_seconds, hold=terms.min_hold_seconds))
        self.table.setAccessibleName(word("Answers"))
        self.card.retranslate()
        self.note.hide()

    def sizeHint(self) -> QSize:
        """The column beside chain and dashboard."""
        return QSize(470, 760)

    # ---- Qt's side

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes to the bid, where there is something to answer."""
        super().focusInEvent(event)
        self._focus_price()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, X and W from anywhere in the panel; other keys go on."""
        if not self.card.takes(event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # ---- inside

    def _build(self) -> None:
        head = QWidget(self)
        head.setFixedHeight(PANEL_TITLE)
        row = QHBoxLayout(head)
        row.setContentsMargins(PANEL_PADDING, 0, PANEL_PADDING, 0)
        row.addWidget(self.rules_note, 1)
        row.addWidget(self.rules_button)
        self.note.setWordWrap(True)
        self.note.setContentsMargins(PANEL_PADDING, 2, PANEL_PADDING, 2)
        self.note.hide()
        title = QWidget(self)
        title.setFixedHeight(PANEL_TITLE)
        line = QHBoxLayout(title)
        line.setContentsMargins(PANEL_PADDING, 0, PANEL_PADDING, 0)
        line.addWidget(self.table_title, 1)
        line.addWidget(self.histogram)
        frame = QWidget(self)
        around = QVBoxLayout(frame)
        around.setContentsMargins(PANEL_PADDING, 0, PANEL_PADDING, 6)
        around.addWidget(self.card)
        held = QWidget(self)
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((head, 0), (frame, 0), (self.note, 0), (self.small, 0), (title, 0), (self.table, 1)):
            column.addWidget(widget, stretch)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(held)
        self._pages.addWidget(self.nothing)

    def _open_rules(self) -> None:
        """The rules of the underlying that is asked for, or of the first."""
        shown = self.state.shown
        contract = None if shown is None else self._desk.market.contract(shown.contract_code)
        self.rules_box.show_for("" if contract is None else contract.underlying)

    def _show_rules(self) -> None:
        responders = self._automatic.responders
        on = sum(responders.control(code).is_on for code in self._automatic.underlyings())
        text = word("Automatic answers: {count} on…").format(count=on) if on else word("Automatic answers: off…")
        if text != self.rules_button.text():
            self.rules_button.setText(text)
        if self.rules_box.isVisible():
            self.rules_box.flush()

    def _limit(self) -> int:
        return self._obligations.terms.inquiries.max_response_seconds

    def _name(self, code: str) -> str:
        return name_of(code, self._desk.market)

    def _follow_sent(self) -> None:
        """An answer that the venue refused, or that lies there without counting, may be given again."""
        shown = self.state.shown
        if not self.card.is_sent or shown is None or shown.inquiry != self.card.inquiry:
            return
        if self._drafts.is_under_way(shown.contract_code, self._sent_quote):
            return
        newest = self._obligations.own.newest(shown.contract_code)
        if newest is not None and newest.state is OwnQuoteState.ENDED and newest.reason is not None:
            self.card.mark_refused(reason_sentence(newest.reason))
        else:
            self.card.mark_refused(word("The venue's answer: this quote does not count"))

    def _take_up(self, inquiry: int) -> None:
        self.state.take(inquiry)
        self.flush()
        self._focus_price()

    def _has_focus(self) -> bool:
        focused = self.window().focusWidget() if self.isActiveWindow() else None
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def _focus_price(self) -> None:
        line = self.card.bid.price_field.line
        if line.isEnabled() and self._pages.currentIndex() == 0:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            line.selectAll()

    def _say(self, text: str, role: str) -> None:
        self.note.setText(text)
        set_role(self.note, role)
        self.note.show()

    def _show_answers(self) -> None:
        measure = self._obligations.measure
        if measure is None:
            return
        lines = {str(r.inquiry): self._line_of(r, measure) for r in self.state.results}
        if lines.keys() >= self._shown.keys():
            for key, line in lines.items():
                if not _looks_alike(self._shown.get(key), line):
                    self.model.upsert(key, line)
            self.table.flush()
        else:
            self.model.replace_all(lines.items())
        self._shown = lines
        seconds = [r.response_seconds for r in self.state.results if r.counted and r.response_seconds is not None]
        self.histogram.show_seconds(seconds, self._limit())
        summary = self._obligations.inquiry_summary()
        if summary is not None:
            decided = summary.answered + summary.late + summary.missed
            text = word("Today {answered} / {asked} · median {seconds} s")
            self.table_title.setText(
                text.format(answered=summary.answered, asked=decided, seconds=number(summary.median_seconds, 1))
            )

    def _line_of(self, result: InquiryResult, measure: Measure) -> InquiryLine:
        answer = self._log.answer(result.inquiry) if result.answered is not None else None
        contract = self._desk.market.contract(result.contract_code)
        return line_of(
            result,
            measure.moment(result.opened),
            answer,
            self._desk.portfolio.fills,
            declined=result.inquiry in self.state.declined,
            outcome=self._automatic.responders.outcome(result.inquiry),
            allowed=measure.allowed(result.contract_code, answer.quote.bid) if answer is not None else None,
            tick=1 if contract is None else units(contract.tick_size),
        )

    def _on_current(self, row: int) -> None:
        line: Any = self.model.record(row)
        if line is not None:
            self.contract_chosen.emit(line.result.contract_code)


def _looks_alike(shown: InquiryLine | None, line: InquiryLine) -> bool:
    """Whether a row need not be made anew: how long a standing answer has stood is not shown."""
    if shown is None or shown == line:
        return shown is not None
    a, b = shown.result, line.result
    same = (a.status, a.answered, a.end, a.pulled_early) == (b.status, b.answered, b.end, b.pulled_early)
    others = (shown.outcome, shown.answer, shown.bought, shown.sold, shown.declined) == (
        line.outcome,
        line.answer,
        line.bought,
        line.sold,
        line.declined,
    )
    return same and others and (a.end is None or a.held_seconds == b.held_seconds)
