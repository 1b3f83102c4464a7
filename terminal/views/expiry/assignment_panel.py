"""The assignment desk (指派与交收): what may be assigned before the day's end, what was after it, what to do for E+1.

Before: the range that pro-rata assignment leaves. After: each delivery with what is there for it, what is missing, what
money in place of shares costs, and the hedge until the shares come.
"""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Right
from terminal.domain.instructions import InstructionKind
from terminal.domain.settlement import Delivery
from terminal.rules.expiry.writers import WriterNeed
from terminal.rules.sessions import takes_orders
from terminal.services.assignment_desk import SharesComing, WriterRow
from terminal.services.desk import Desk
from terminal.services.expiry_services import ExpiryServices
from terminal.services.instructions import InstructionRequest
from terminal.views.appearance import Appearance
from terminal.views.expiry.ask_strip import AskStrip
from terminal.views.expiry.cards import CardButton, CardList, CardText
from terminal.views.expiry.sender import Sender, Spawn
from terminal.views.expiry.words import days_words, large_words, names_of, percent_words, word
from terminal.views.expiry.writer_columns import expected_words, needs_nothing, verdict_words
from terminal.views.formatting import DASH, day, money, quantity, signed_quantity
from terminal.views.style_sheet import set_role
from terminal.views.texts import contract_name, delivery_name, name_of, words
from terminal.views.trading.panel_bar import PanelBar

_SHARES, _CASH, _HEDGE, _CLOSE = "shares", "cash", "hedge", "close"


class AssignmentPanel(QWidget):
    """Served by the frame timer."""

    close_wanted = Signal(str, object)
    """A contract and the side of it that is to be closed"""
    hedge_wanted = Signal(str, int)
    """A contract to be bought, and how many"""
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
        self.sending = Sender("assignment", desk, spawn, self.strip, confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.cards, 1)
        layout.addWidget(self.strip)
        self.cards.pressed.connect(self._on_pressed)
        self.flush()

    # ---- what others call

    def flush(self) -> None:
        """Show what has changed."""
        services = self._services
        assigned, coming = services.assignments.assigned(), services.assignments.shares_coming()
        cards = [self._assigned_card(need) for need in assigned]
        cards += [self._own_card(d) for d in self._desk.portfolio.deliveries if d.side is PositionSide.LONG]
        cards += [self._plan_card(one) for one in coming]
        expiry = services.desk.next_expiry()
        rows = services.assignments.writers(expiry) if expiry is not None else []
        cards += [self._expected_card(row) for row in rows]
        if not cards:
            cards = [CardText("none", word("Nothing is assigned and nothing written expires next"), "dim")]
        self.cards.show_cards(cards)
        if assigned:
            text = word("{count} deliveries of assignments").format(count=len(assigned))
        elif rows and expiry is not None:
            text = word("Expected for {day}, told before the open of E+1").format(day=expiry.isoformat())
        else:
            text = word("Nothing written expires next")
        if text != self.bar.note.text():
            self.bar.note.setText(text)

    # ---- cards

    def _expected_card(self, row: WriterRow) -> CardText:
        market, need = self._desk.market, row.need
        covered = f" {words(PositionSide.COVERED)}" if row.side is PositionSide.COVERED else ""
        title = f"{contract_name(row.contract, market)}{covered} −{quantity(row.quantity)}"
        figures = [
            (word("In money"), percent_words(row.percent), ""),
            (word("Expected to be assigned"), expected_words(row), ""),
        ]
        tone = "dim"
        if not needs_nothing(row):
            tone = "ok" if need.enough else "warn" if need.shares_short else "critical"
            figures += self._owed(need)
        buttons = []
        if not need.enough or not needs_nothing(row):
            buttons.append(CardButton(f"{_CLOSE} {row.side}", word("Close position"), self._closed_to_trade(row)))
        if need.shares_short:
            buttons.insert(0, CardButton(f"{_SHARES} {need.shares_short}", self._bring(need), primary=True))
        return CardText(row.contract.code, title, tone, verdict_words(row), tuple(figures), _part(need), tuple(buttons))

    def _assigned_card(self, need: WriterNeed) -> CardText:
        written, services = need.written, self._services
        delivery = self._delivery_of(need)
        side = f" {words(PositionSide.COVERED)}" if written.side is PositionSide.COVERED else ""
        market = self._desk.market
        name = delivery_name(delivery, market) if delivery is not None else name_of(written.contract_code, market)
        title = word("{contract}{side}: {count} assigned").format(
            contract=name, side=side, count=quantity(written.quantity)
        )
        figures = self._owed(need)
        if delivery is not None:
            due = services.assignments.cut_off(delivery.delivery_day)
            left = days_words(due, services.desk.now(), services.desk.today)
            figures.append((word("Until"), f"{day(delivery.delivery_day)} {due:%H:%M} · {left}", ""))
        buttons = []
        if need.shares_short:
            buttons.append(CardButton(f"{_SHARES} {need.shares_short}", self._bring(need), primary=True))
        if need.cash_short:
            buttons.append(CardButton(f"{_CASH} {need.cash_short}", word("Bring in money"), primary=True))
        if need.enough:
            note, tone = "● " + word("everything is there"), "ok"
        elif need.shares_short:
            note = word(
                "What is missing is paid in money: (price × {rate} % − strike) × unit, {cost} at the price of now"
            )
            rate = f"{services.desk.profile.delivery.call_cash_rate * 100:.0f}"
            note, tone = "◐ " + note.format(rate=rate, cost=money(need.cash_cost)), "warn"
        else:
            note, tone = "✕ " + word("Shares that cannot be paid go to the broker's disposal account"), "critical"
        return CardText(
            f"assigned {written.contract_code} {written.side}",
            title,
            tone,
            note,
            tuple(figures),
            _part(need),
            tuple(buttons),
        )

    def _own_card(self, delivery: Delivery) -> CardText:
        name = delivery_name(delivery, self._desk.market)
        title = word("{contract}: {count} exercised").format(contract=name, count=quantity(delivery.quantity))
        pays = delivery.receives_shares
        figures = (
            (word("To pay") if pays else word("To receive"), money(delivery.amount), ""),
            (word("Shares to come") if pays else word("Shares to give"), quantity(delivery.shares), ""),
            (word("Delivery"), day(delivery.delivery_day), ""),
        )
        return CardText(f"own {delivery.contract_code}", title, "focus", "", figures)

    def _plan_card(self, coming: SharesComing) -> CardText:
        """The shares of one underlying over all deliveries, and what holds their value until they are usable."""
        services = self._services
        title = word("Delivery plan, {underlying}").format(underlying=names_of([coming.underlying], self._desk.market))
        figures = [
            (word("Shares in / out"), f"{large_words(coming.incoming)} / {large_words(coming.outgoing)}", ""),
            (word("Net"), signed_quantity(coming.net), ""),
        ]
        if coming.usable_on is not None:
            figures.append((word("Usable from"), day(coming.usable_on), ""))
        hedge = services.assignments.hedge(coming)
        note, buttons = "", []
        if hedge is not None:
            contract, count = hedge
            name = contract_name(contract, self._desk.market)
            sentence = (
                word("Until the shares are usable their price can fall; {count} {contract} hold it")
                if coming.net > 0
                else word("Shares that go may be dearer to buy back; {count} {contract} hold the price")
            )
            note = sentence.format(count=quantity(count), contract=name)
            buttons.append(CardButton(f"{_HEDGE} {contract.code} {count}", word("Hedge in the ticket")))
        return CardText(f"plan {coming.underlying}", title, "theo", note, tuple(figures), None, tuple(buttons))

    def _owed(self, need: WriterNeed) -> list[tuple[str, str, str]]:
        written = need.written
        if written.right is Right.PUT:
            rows = [
                (word("To pay"), money(written.amount), ""),
                (word("Shares to come"), quantity(written.shares), ""),
                (
                    word("Missing"),
                    money(need.cash_short) if need.cash_short else DASH,
                    "critical" if need.cash_short else "",
                ),
            ]
        else:
            there = need.shares_covering + need.shares_free + need.shares_other_covering
            rows = [
                (word("Shares to give"), quantity(written.shares), ""),
                (
                    word("There: locked + free"),
                    f"{quantity(there - need.shares_free)} + {quantity(need.shares_free)}",
                    "",
                ),
                (word("To receive"), money(need.cash_received), ""),
            ]
            if need.shares_short:
                rows.append(
                    (word("Missing"), word("{shares} shares").format(shares=quantity(need.shares_short)), "warn")
                )
                rate = f"{self._services.desk.profile.delivery.call_cash_rate * 100:.0f}"
                label = word("Money instead, {rate} %").format(rate=rate)
                rows.append((label, money(need.cash_cost), "warn"))
        return rows

    def _bring(self, need: WriterNeed) -> str:
        return word("Bring in {shares} shares").format(shares=large_words(need.shares_short))

    def _delivery_of(self, need: WriterNeed) -> Delivery | None:
        wanted = need.written.contract_code, need.written.side
        return next((d for d in self._desk.portfolio.deliveries if (d.contract_code, d.side) == wanted), None)

    def _closed_to_trade(self, row: WriterRow) -> str:
        phase = self._desk.market.phase_of(row.contract.code)
        return "" if takes_orders(phase) else word("The contract does not trade now")

    # ---- hands

    def _on_pressed(self, card: str, button: str) -> None:
        kind, _, rest = button.partition(" ")
        underlying = self._underlying_of(card)
        if kind == _SHARES:
            self.instruction_wanted.emit(InstructionKind.SHARES_IN, underlying, int(rest))
        elif kind == _CASH:
            request = InstructionRequest(kind=InstructionKind.CASH_IN, amount=Decimal(rest))
            question = word("Bring in {money} yuan from the bank?").format(money=money(Decimal(rest)))
            self.sending.press([request], question)
        elif kind == _HEDGE:
            code, _, count = rest.partition(" ")
            self.hedge_wanted.emit(code, int(count))
        elif kind == _CLOSE:
            self.close_wanted.emit(card, PositionSide(rest))

    def _underlying_of(self, card: str) -> str:
        code = card.split(" ")[1] if " " in card else card
        contract = self._desk.market.contract(code)
        if contract is not None:
            return contract.underlying
        found = next((d for d in self._desk.portfolio.deliveries if d.contract_code == code), None)
        return found.underlying if found is not None else code

    def minimumSizeHint(self) -> QSize:
        """A narrow column."""
        return QSize(240, 160)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.strip.leave()
            self.flush()
        super().changeEvent(event)


def _part(need: WriterNeed) -> float | None:
    """What is there of what is needed."""
    if need.cash > 0:
        return float((need.cash - need.cash_short) / need.cash)
    return (need.shares - need.shares_short) / need.shares if need.shares else None
