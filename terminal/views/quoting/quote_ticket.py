"""The two-sided quote (双边报价): both sides of the contract selected, by hand, held to terms and gate at every edit.

The fields show our quote where one lies in the book, else a draft that follows the theoretical price; neither moves
once the user has touched a field. What would be refused cannot be sent and says why.
"""

from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from terminal.domain.account_rights import AccountKind
from terminal.domain.contracts import Contract
from terminal.domain.quotes import QuoteEntry
from terminal.domain.reasons import Denial
from terminal.rules.obligations.spread import units
from terminal.services.quote_drafts import Facts, Verdict
from terminal.services.risk import RiskService
from terminal.views.appearance import Appearance
from terminal.views.docks import scrolled
from terminal.views.quoting.hand_quotes import HandQuotes, Standing, Words
from terminal.views.quoting.quote_form import QuoteForm
from terminal.views.quoting.quote_words import change_words, fact_words, lying_words, rival_words, taking_words
from terminal.views.quoting.words import word
from terminal.views.still_text import put_still
from terminal.views.style_sheet import set_role
from terminal.views.texts import contract_name, denial_sentence
from terminal.views.theme import PANEL_PADDING
from terminal.views.two_sided.worth import effect_lines, volatility_words

_TICK = Decimal("0.0001")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuoteTicket(QWidget):
    """Served a few times a second while it is seen."""

    row_off_wanted = Signal(str)
    """The quoter shall quote this contract no longer"""

    def __init__(
        self,
        hand: HandQuotes,
        risk: RiskService,
        appearance: Appearance,
        sizes: tuple[int, ...] = (1, 5, 10, 20, 50),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._hand = hand
        self._drafts = hand.drafts
        self._desk = hand.maker.desk
        self._risk = risk
        self._code = ""
        self._facts: Facts | None = None
        self._standing: Standing | None = None
        self._sent = ""
        """Id of the quote that is on its way from here"""
        self._words: Words | None = None
        """Why the last press did nothing"""
        self.is_touched = False
        """Whether the user has put figures of his own into the fields"""
        self.verdict: Verdict | None = None
        self.outgoing: QuoteEntry | None = None
        """What Enter would send; None while nothing may be"""
        set_role(self, "panel")
        self.form = QuoteForm(appearance, self._tick, sizes, self)
        self.nothing = QLabel(self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.setMargin(PANEL_PADDING)
        set_role(self.nothing, "dim")
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.nothing)
        self._area = scrolled(self.form)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages.addWidget(self._area)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.form.edited.connect(self._on_edit)
        self.form.size_chosen.connect(self.choose_size)
        self.form.send_wanted.connect(self.send)
        self.form.pull_wanted.connect(self.pull)
        self.form.row_off_wanted.connect(self._turn_row_off)
        for line in self.form.lines:
            line.installEventFilter(self)
        self.flush()

    # ---- what others call

    @property
    def contract(self) -> Contract | None:
        """The contract the ticket stands on."""
        return self._desk.market.contract(self._code)

    @property
    def entry(self) -> QuoteEntry | None:
        """What stands in the fields; None while something of it is no figure."""
        bid, ask = self.form.bid, self.form.ask
        if bid.price is None or ask.price is None or bid.quantity is None or ask.quantity is None:
            return None
        return QuoteEntry(
            contract_code=self._code,
            bid_price=bid.price,
            bid_quantity=bid.quantity,
            ask_price=ask.price,
            ask_quantity=ask.quantity,
        )

    def show_contract(self, code: str) -> None:
        """Stand on another contract, with fresh figures."""
        if code != self._code:
            self._code, self._sent, self._words, self.is_touched = code, "", None, False
            self._put(None)
            if self.isVisible():
                self.flush()

    def flush(self) -> None:
        """Show what has moved, and judge anew."""
        forbidden, contract = self._hand.forbidden(), self.contract
        self._pages.setCurrentIndex(int(forbidden is None and contract is not None))
        if forbidden is not None or contract is None:
            self.nothing.setText(word("Choose a contract in the chain") if forbidden is None else forbidden())
            return
        self._facts = self._drafts.facts(self._code)
        self._standing = self._hand.standing(self._code)
        self._follow_sent(self._standing)
        if not self.is_touched and not self._is_edited():
            self._fill()
        self._show_head(contract)
        self._judge()

    # ---- what the user does

    def send(self) -> None:
        """Send both sides, when nothing speaks against it."""
        self._judge()
        if self.outgoing is None or not self.form.send.isEnabled():
            return
        before = self._drafts.newest_id(self._code)
        self._words = self._hand.send(self.outgoing)
        sent = self._drafts.newest_id(self._code)
        if self._words is None and sent and sent != before:
            self._sent = sent
            self._mark_whole()
        self._standing = self._hand.standing(self._code)
        self._judge()

    def pull(self) -> None:
        """Take our quote out."""
        if self.form.pull.isEnabled():
            self._words = self._hand.pull(self._code)
            self.revert(keep_words=True)

    def revert(self, *, keep_words: bool = False) -> None:
        """Drop what was typed: our quote in the book, or the draft, stands in the fields again."""
        self.is_touched = False
        if not keep_words:
            self._words = None
        self._mark_whole()
        self.flush()

    def choose_size(self, size: int) -> None:
        """The same size on both sides."""
        if size > 0:
            for box in (self.form.bid, self.form.ask):
                box.size_field.set_text(str(size))
            self._on_edit()

    # ---- Qt's side

    def sizeHint(self) -> QSize:
        """The column beside the chain."""
        return QSize(356, 440)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the form how much room there is."""
        super().resizeEvent(event)
        self.form.fit(event.size().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes to the bid, marked as a whole: it follows until something is typed."""
        super().focusInEvent(event)
        line = self.form.bid.price_field.line
        if self._pages.currentIndex() and line.isEnabled():
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the fields Enter sends, C pulls, Esc reverts: no price has these letters."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._takes(event):
            return True
        return bool(super().eventFilter(watched, event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The same from anywhere in the ticket; other keys go on."""
        if not self._takes(event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.form.retranslate()
            self.flush()
        super().changeEvent(event)

    # ---- inside

    def _tick(self) -> Decimal:
        contract = self.contract
        return _TICK if contract is None else contract.tick_size

    def _takes(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        does = self.send if event.key() in _ENTER else None
        does = self.pull if event.key() == Qt.Key.Key_C else does
        does = self.revert if event.key() == Qt.Key.Key_Escape else does
        if does is None or not self._pages.currentIndex():
            return False
        if not event.isAutoRepeat():  # F80: a key held down is one quote
            does()
        return True

    def _is_edited(self) -> bool:
        """Whether the cursor stands in a figure that is not marked as a whole."""
        return any(line.hasFocus() and line.text() and line.selectedText() != line.text() for line in self.form.lines)

    def _mark_whole(self) -> None:
        for line in self.form.lines:
            if line.hasFocus():
                line.selectAll()

    def _on_edit(self) -> None:
        self.is_touched, self._words = True, None
        self._judge()

    def _follow_sent(self, standing: Standing) -> None:
        """Once the venue has taken what was sent the fields follow again; what it refused stays to be corrected."""
        if not self._sent or standing.is_under_way or standing.in_doubt:
            return
        if standing.live is not None and standing.live.quote_id == self._sent:
            self.is_touched = False
        self._sent = ""

    def _fill(self) -> None:
        self._put(self._drafts.standing(self._code) or self._drafts.draft(self._code))

    def _put(self, entry: QuoteEntry | None) -> None:
        bid, ask = self.form.bid, self.form.ask
        if entry is None:
            bid.put(None, None)
            ask.put(None, None)
        else:
            bid.put(entry.bid_price, entry.bid_quantity)
            ask.put(entry.ask_price, entry.ask_quantity)

    def _judge(self) -> None:
        """Hold what stands in the fields to the terms and the gate, and show what filling it would do."""
        form, contract, facts, standing = self.form, self.contract, self._facts, self._standing
        if contract is None or facts is None or standing is None:
            return
        entry = self.entry
        self.verdict = None if entry is None else self._drafts.verdict(entry)
        self.outgoing, changes = None, ""
        denial = None if self.verdict is None else self.verdict.denial
        if entry is not None:
            checked = self._drafts.prepared(entry)
            if checked.changes:
                changes = change_words(checked)
                verdict = self._drafts.verdict(checked.entry)
                denial = None if verdict is None else verdict.denial
            denial = denial or self._hand.beyond(checked.entry)
            self.outgoing = checked.entry if denial is None else None
        form.width_bar.show_width(self.verdict, None if entry is None else entry.bid_price, contract.tick_size)
        least = 0 if self.verdict is None else self.verdict.least_quantity
        form.show_size(form.bid.quantity, form.ask.quantity, least or form.least_size)
        waits = bool(self._sent)
        form.send.setEnabled(self.outgoing is not None and not waits)
        lies = standing.live is not None
        form.send.setText(word("Update both sides  ↵") if lies else word("Quote both sides  ↵"))
        form.pull.setEnabled(lies or standing.is_under_way)
        self._show_said(entry, denial, changes)
        text, role = lying_words(standing)
        form.say(form.lies, text)
        set_role(form.lies, role)
        form.show_rival(rival_words(standing), has_row=standing.has_row)
        self._show_worth(entry, contract, facts)

    def _show_said(self, entry: QuoteEntry | None, denial: Denial | None, changes: str) -> None:
        assert self._facts is not None
        assert self._standing is not None
        taking = "" if entry is None else taking_words(entry, self._facts, self._standing.live)
        if self._words is not None:
            text, role = f"✕ {self._words()}", "critical"
        elif self._sent:
            text, role = word("Sent: the venue's word is awaited"), "second"
        elif entry is None:
            empty = not any(line.text() for line in self.form.lines)
            text = word("No price to quote around") if empty else word("Two prices and two sizes are needed")
            text, role = f"✕ {text}", "critical"
        elif denial is not None:
            text, role = f"✕ {denial_sentence(denial)}", "critical"
        elif changes or taking:
            text, role = "\n".join(part for part in (changes and f"▲ {changes}", taking) if part), "warn"
        else:
            text, role = f"✓ {self._fits_words()}", "ok"
        self.form.say(self.form.said, text)
        set_role(self.form.said, role)

    def _turn_row_off(self) -> None:
        """What was said of the row before is done with."""
        self._words = None
        self.row_off_wanted.emit(self._code)

    def _fits_words(self) -> str:
        """A quote that may leave; a general maker owes none."""
        if self._desk.portfolio.profile.rights.kind is AccountKind.MARKET_MAKER_GENERAL:
            return word("Within the limits; a general market maker owes answers to inquiries, not this quote")
        return word("Within the terms and the desk's limits")

    def _show_head(self, contract: Contract) -> None:
        assert self._facts is not None
        for label, text in (
            (self.form.name, f"{contract_name(contract, self._desk.market)}  {contract.code}"),
            (self.form.facts, fact_words(self._facts)),
        ):
            if text != label.text():
                label.setText(text)

    def _show_worth(self, entry: QuoteEntry | None, contract: Contract, facts: Facts) -> None:
        """Volatility and edge of both prices, and what fills would make of the book."""
        boxes = (self.form.bid, self.form.ask)
        if entry is None:
            self.form.effects.show_lines(())
            for box in boxes:
                put_still(box.note, "")
                box.show_edge(None)
            return
        tick = units(contract.tick_size)
        edges = facts.theoretical - units(entry.bid_price), units(entry.ask_price) - facts.theoretical
        implied = self._drafts.volatilities(contract.code, entry.bid_price, entry.ask_price)
        for box, edge, volatility in zip(boxes, edges, implied, strict=True):
            put_still(box.note, volatility_words(volatility))
            box.show_edge(edge / tick)
        if self.form.effects.isVisibleTo(self.form):
            table = self._risk.table([contract.underlying])
            held = self._desk.portfolio.net_quantity(contract.code)
            self.form.effects.show_lines(effect_lines(entry, facts, contract.multiplier, table, held))
