"""The form of one event (注入): the fields its kind needs, what is wrong with them, and the button that injects it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.account_rights import Restriction
from terminal.domain.class_events import check_event
from terminal.domain.errors import BadInput
from terminal.domain.messages import ClassEvent, ClassEventKind, DayOpened
from terminal.training.event_forms import FIELDS
from terminal.views.refusals import refusal
from terminal.views.style_sheet import set_role
from terminal.views.training.words import EVENTS, RESTRICTIONS, word

_LABELS = {
    "underlying": "Underlying",
    "code": "Contract",
    "account_id": "For",
    "move": "Move, %",
    "seconds": "Seconds",
    "lag": "Late by, s",
    "count": "Count",
    "price": "Price",
    "amount": "Amount, CNY",
    "day": "Day",
    "zh": "Words, Chinese",
    "en": "Words, English",
    "restrictions": "Forbidden",
}
_FIRST = {"move": "-2.0", "seconds": "60", "lag": "3", "count": "12", "amount": "30000", "price": ""}


class InjectForm(QWidget):
    """Built anew for every kind; `accounts` gives who is in the class."""

    wanted = Signal(object)
    """ClassEvent, sound as far as can be seen here"""

    def __init__(self, accounts: Callable[[], list[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self._accounts = accounts
        self._list: DayOpened | None = None
        self.kind = ClassEventKind.GAP
        self.fields: dict[str, QWidget] = {}
        self._title, self.wrong = QLabel(), QLabel()
        set_role(self._title, "title")
        set_role(self.wrong, "warn")
        self.wrong.setWordWrap(True)
        self._rows = QFormLayout()
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(5)
        self.inject = QPushButton()
        set_role(self.inject, "primary")
        self.inject.clicked.connect(self._send)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        box.addLayout(head)
        box.addLayout(self._rows)
        foot = QHBoxLayout()
        foot.addWidget(self.wrong, 1)
        foot.addWidget(self.inject)
        box.addLayout(foot)
        self.show_kind(self.kind)

    def show_list(self, opened: DayOpened) -> None:
        """The day's contracts, for the boxes."""
        if opened is not self._list:
            self._list = opened
            self.show_kind(self.kind)

    def show_kind(self, kind: ClassEventKind) -> None:
        """Turn to another event."""
        self.kind = kind
        while self._rows.rowCount():
            self._rows.removeRow(0)
        self.fields = {name: self._field(name) for name in FIELDS[kind]}
        for name, field in self.fields.items():
            direction = name == "move" and kind is ClassEventKind.BREAKER
            label = QLabel(word("Direction") if direction else word(_LABELS[name]))
            set_role(label, "second")
            self._rows.addRow(label, field)
        self._title.setText(word("Inject · {event}").format(event=word(EVENTS[kind])))
        self.inject.setText(word("Inject now"))
        self.wrong.clear()

    def address(self, account_id: str) -> None:
        """Choose whom it is for."""
        field = self.fields.get("account_id")
        if isinstance(field, QComboBox) and (place := field.findData(account_id)) >= 0:
            field.setCurrentIndex(place)

    def event_now(self) -> ClassEvent:
        """What the fields say. Raises BadInput for what is no event of this kind."""
        said = {name: self._said(name) for name in self.fields}

        def number(name: str) -> float:
            try:
                return float(said.get(name) or 0)
            except ValueError:
                raise BadInput(word(_LABELS[name]), said[name], word("a number")) from None

        def decimal(name: str) -> Decimal | None:
            if not said.get(name):
                return None
            try:
                return Decimal(said[name])
            except InvalidOperation:
                raise BadInput(word(_LABELS[name]), said[name], word("a number")) from None

        try:
            day = date.fromisoformat(said["day"]) if said.get("day") else None
        except ValueError:
            raise BadInput(word(_LABELS["day"]), said["day"], word("a day like 2026-11-25")) from None
        event = ClassEvent(
            kind=self.kind,
            underlying=said.get("underlying", ""),
            code=said.get("code", ""),
            account_id=said.get("account_id", ""),
            move=number("move") / 100,
            seconds=number("seconds"),
            lag=number("lag"),
            count=int(number("count")) or self._restrictions(),
            price=decimal("price"),
            amount=decimal("amount") or Decimal(0),
            day=day,
            text={name: said[key] for key, name in (("zh", "zh_CN"), ("en", "en")) if said.get(key)},
        )
        check_event(event)
        return event

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.show_kind(self.kind)
        super().changeEvent(event)

    # ---- inside

    def _send(self) -> None:
        try:
            event = self.event_now()
        except BadInput as error:
            self.wrong.setText(refusal(error, word(_LABELS[error.field]) if error.field in _LABELS else ""))
            return
        self.wrong.clear()
        self.wanted.emit(event)

    def _field(self, name: str) -> QWidget:
        opened = self._list
        if name == "underlying":
            return _box([(f"{u.name} {u.code}", u.code) for u in opened.underlyings] if opened else [])
        if name == "code":
            rows = [(f"{c.name} {c.code}", c.code) for c in opened.contracts] if opened else []
            optional = [] if self.kind in (ClassEventKind.BREAKER, ClassEventKind.FORCED_CLOSE) else [("–", "")]
            return _box([*optional, *rows])
        if name == "account_id":
            needs = self.kind is not ClassEventKind.MESSAGE
            everybody = [] if needs else [(word("Everybody"), "")]
            return _box([*everybody, *((account, account) for account in self._accounts())], editable=needs)
        if name == "move" and self.kind is ClassEventKind.BREAKER:
            return _box([(word("Upwards"), "100"), (word("Downwards"), "-100")])
        if name == "restrictions":
            return _box([(word(text), str(int(bits))) for text, bits in RESTRICTIONS])
        if name == "day" and opened is not None and self.kind is not ClassEventKind.DIVIDEND:
            days = sorted({c.expiry.isoformat() for c in opened.contracts})
            return _box([(day, day) for day in days])
        field = QLineEdit(_FIRST.get(name, ""))
        set_role(field, "figure" if name in _FIRST else "")
        if name in ("zh", "en"):
            field.setMaxLength(500)
        return field

    def _said(self, name: str) -> str:
        field = self.fields[name]
        if isinstance(field, QComboBox):
            chosen = field.currentData()
            typed = field.currentText().strip()
            return typed if field.isEditable() and typed != field.itemText(field.currentIndex()) else str(chosen or "")
        assert isinstance(field, QLineEdit)
        return field.text().strip()

    def _restrictions(self) -> int:
        return int(self._said("restrictions") or 0) if "restrictions" in self.fields else int(Restriction.NONE)


def _box(rows: list[tuple[str, str]], *, editable: bool = False) -> QComboBox:
    box = QComboBox()
    box.setEditable(editable)
    for text, value in rows:
        box.addItem(text, value)
    return box
