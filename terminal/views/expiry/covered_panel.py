"""The covered pool (备兑池): shares locked, free and needed after an adjustment; lock, unlock, convert, close."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from terminal.domain.accounts import PositionSide
from terminal.domain.instructions import InstructionKind
from terminal.services.covered_pool import CoverPosition, CoverRow
from terminal.services.desk import Desk
from terminal.services.expiry_services import ExpiryServices
from terminal.services.instructions import InstructionRequest
from terminal.views.appearance import Appearance
from terminal.views.expiry.ask_strip import AskStrip
from terminal.views.expiry.cards import CardButton, CardList, CardText
from terminal.views.expiry.sender import Sender, Spawn
from terminal.views.expiry.words import days_words, names_of, word
from terminal.views.formatting import DASH, day, money, quantity
from terminal.views.style_sheet import set_role
from terminal.views.texts import contract_name, words
from terminal.views.trading.panel_bar import PanelBar

_LOCK, _UNLOCK, _CLOSE, _CONVERT, _BRING = "lock", "unlock", "close", "convert", "bring"


class CoveredPanel(QWidget):
    """Served by the frame timer."""

    close_wanted = Signal(str, object)
    instruction_wanted = Signal(object, str, int)

    def __init__(
        self,
        desk: Desk,
        services: ExpiryServices,
        appearance: Appearance,
        spawn: Spawn,
        *,
        confirm: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._services = services
        set_role(self, "panel")
        self.bar = PanelBar(self)
        self.cards = CardList(appearance, self)
        self.strip = AskStrip(self)
        self.sending = Sender("covered", desk, spawn, self.strip, confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.cards, 1)
        layout.addWidget(self.strip)
        self.cards.pressed.connect(self._on_pressed)
        self.flush()

    def flush(self) -> None:
        """Show what has changed."""
        rows = self._services.pool.rows()
        cards: list[CardText] = []
        for row in rows:
            cards.append(self._pool_card(row))
            cards += [self._position_card(position) for position in row.positions]
        if not cards:
            cards = [CardText("none", word("No shares are held and no call is written"), "dim")]
        self.cards.show_cards(cards)
        missing = sum(row.to_lock for row in rows)
        text = word("{shares} shares are to be locked").format(shares=quantity(missing)) if missing else ""
        text = text or word("Every covered call has its shares")
        if text != self.bar.note.text():
            self.bar.note.setText(text)
            set_role(self.bar.note, "warn" if missing else "second")

    def lock_missing(self, underlying: str) -> None:
        """Ask to lock what can be locked of what is missing."""
        row = self._services.pool.row(underlying)
        if row is not None and row.lockable:
            self._lock(row, row.lockable)

    # ---- cards

    def _pool_card(self, row: CoverRow) -> CardText:
        holding, need = row.holding, row.need
        figures = [
            (word("Held"), quantity(holding.total), ""),
            (word("Locked"), quantity(holding.locked), ""),
            (word("Covering"), quantity(holding.covering), ""),
            (word("Free, may be locked"), quantity(holding.free), ""),
        ]
        if row.ex_day is not None:
            after = f"{quantity(need.needed_now)} → {quantity(need.needed_after)}"
            figures.append((word("Needed at the new unit"), after, "warn" if row.to_lock else ""))
            figures.append((word("Ex-day"), day(row.ex_day), ""))
        if row.to_lock:
            figures.append((word("To be locked"), word("{shares} shares").format(shares=quantity(row.to_lock)), "warn"))
        desk = self._services.desk
        if row.cut_off is not None and row.to_lock:
            left = days_words(row.cut_off, desk.now(), desk.today)
            figures.append((word("Until"), f"{row.cut_off:%m-%d %H:%M} · {left}", "warn"))
        note, tone = "", "ok" if need.needed_now else "dim"
        if need.missing_shares:
            tone = "critical"
            note = word(
                "{shares} shares are not there: bring them in, or close {count}; else the broker closes"
            ).format(shares=quantity(need.missing_shares), count=quantity(need.contracts_to_close))
        elif row.to_lock:
            tone, note = "warn", word("Free shares are enough: lock them")
        buttons = []
        lock = InstructionRequest(
            kind=InstructionKind.LOCK, underlying=row.underlying, quantity=row.lockable or max(holding.free, 0)
        )
        size = lock.quantity
        locks = word("Lock {shares}").format(shares=quantity(size)) if size else word("Lock")
        buttons.append(
            CardButton(
                f"{_LOCK} {size}",
                locks,
                self.sending.refusal(lock) if size else word("No free shares"),
                bool(row.to_lock),
            )
        )
        if need.missing_shares:
            bring = word("Bring in {shares}").format(shares=quantity(need.missing_shares))
            buttons.append(CardButton(f"{_BRING} {need.missing_shares}", bring))
        spare = max(holding.unlockable, 0)
        unlock = InstructionRequest(kind=InstructionKind.UNLOCK, underlying=row.underlying, quantity=spare)
        frees = word("Unlock {shares}").format(shares=quantity(spare)) if spare else word("Unlock")
        buttons.append(
            CardButton(
                f"{_UNLOCK} {spare}", frees, self.sending.refusal(unlock) if spare else word("All locked shares cover")
            )
        )
        part = min(holding.locked / need.needed_after, 1.0) if need.needed_after else None
        title = f"{names_of([row.underlying], self._desk.market)} {row.underlying}"
        return CardText(row.underlying, title, tone, note, tuple(figures), part, tuple(buttons))

    def _position_card(self, position: CoverPosition) -> CardText:
        contract, covered = position.contract, position.side is PositionSide.COVERED
        kind = InstructionKind.TO_NAKED if covered else InstructionKind.TO_COVERED
        request = InstructionRequest(kind=kind, contract_code=contract.code, quantity=position.convertible)
        refused = self.sending.refusal(request) if position.convertible else word("Held by orders or combinations")
        unit = quantity(contract.multiplier)
        if position.new_multiplier != contract.multiplier:
            unit += f" → {quantity(position.new_multiplier)}"
        figures = [(word("Contract unit"), unit, "")]
        if covered:
            figures.append((word("Shares bound"), quantity(position.shares_now), ""))
        else:
            figures.append((word("Margin held"), money(position.margin) if position.margin else DASH, ""))
        text = word("Make it short") if covered else word("Cover it")
        buttons = (
            CardButton(f"{_CONVERT} {position.convertible} {kind}", text, refused),
            CardButton(f"{_CLOSE} {position.side}", word("Close position")),
        )
        title = f"{contract_name(contract, self._desk.market)} {words(position.side)} −{quantity(position.quantity)}"
        return CardText(contract.code, title, "focus" if covered else "dim", "", tuple(figures), None, buttons)

    # ---- hands

    def _on_pressed(self, card: str, button: str) -> None:
        kind, *rest = button.split(" ")
        row = self._services.pool.row(card)
        if kind == _LOCK and row is not None:
            self._lock(row, int(rest[0]))
        elif kind == _UNLOCK:
            request = InstructionRequest(kind=InstructionKind.UNLOCK, underlying=card, quantity=int(rest[0]))
            self.sending.press([request])
        elif kind == _CONVERT:
            request = InstructionRequest(kind=InstructionKind(rest[1]), contract_code=card, quantity=int(rest[0]))
            self.sending.press([request], self._conversion_question(request))
        elif kind == _BRING:
            self.instruction_wanted.emit(InstructionKind.SHARES_IN, card, int(rest[0]))
        elif kind == _CLOSE:
            self.close_wanted.emit(card, PositionSide(rest[0]))

    def _lock(self, row: CoverRow, shares: int) -> None:
        request = InstructionRequest(kind=InstructionKind.LOCK, underlying=row.underlying, quantity=shares)
        self.sending.press([request])

    def _conversion_question(self, request: InstructionRequest) -> str:
        """What a conversion does to margin and shares."""
        contract = self._desk.market.contract(request.contract_code)
        if contract is None:
            return ""
        shares = quantity(contract.multiplier * request.quantity)
        terms = self._desk.instructions.checks.terms
        if request.kind is InstructionKind.TO_COVERED:
            text = word("{what}? {shares} shares are locked, margin is freed")
            return text.format(what=self.sending.words([request]), shares=shares)
        margin = money(terms.opening(contract) * request.quantity)
        text = word("{what}? {shares} shares are freed, {margin} margin is held")
        return text.format(what=self.sending.words([request]), shares=shares, margin=margin)

    def minimumSizeHint(self) -> QSize:
        """A narrow column."""
        return QSize(240, 160)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.strip.leave()
            self.flush()
        super().changeEvent(event)
