"""One strategy beside the table: parameters, limit sheet, report; and the same forms empty for one that is added."""

from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.errors import BadInput
from terminal.rules.protection.limit_sheet import NOTHING, LimitSheet
from terminal.strategies.parameters import FieldKind, ParameterField, check_text
from terminal.views.strategies.fields import default_text, is_blank, parameter_fields, sheet_fields, sheet_warning
from terminal.views.strategies.form import FieldForm
from terminal.views.strategies.kept import LONGEST_NAME, OFFERED, Kind, check_limit, sheet_texts
from terminal.views.strategies.report import ReportPage
from terminal.views.strategies.strategy_desk import StrategyDesk, kind_of
from terminal.views.strategies.words import ABOUT_KINDS, kind_words, line_of, refusal_beside_field, word
from terminal.views.style_sheet import set_role
from terminal.views.tab_overflow import TabOverflow
from terminal.views.texts import underlying_name
from terminal.views.theme import PANEL_PADDING

PARAMETERS, LIMITS, REPORT = range(3)


class DetailPane(QWidget):
    """What is staged here is put in force by `apply`, or taken in by it while one is added."""

    done = Signal(str)
    """This strategy was added or changed"""

    def __init__(self, desk: StrategyDesk) -> None:
        super().__init__()
        set_role(self, "panel")
        self._desk = desk
        self.is_adding = False
        self.is_busy = False
        self.name = ""
        """The strategy shown"""
        self.kind: Kind | None = None
        self._fields: tuple[ParameterField, ...] = ()
        self._asked = 0
        self.tabs, self.inner = QTabBar(), QStackedWidget()
        self.kinds, self.name_field = QComboBox(), QLineEdit()
        self.name_field.setMaxLength(LONGEST_NAME)
        self.parameters = FieldForm(self._judge, lambda name, text: "")
        self.sheet = FieldForm(check_limit, sheet_warning)
        self.report = ReportPage(desk)
        self.elsewhere, self.about, self.sheet_note, self.note = QLabel(), QLabel(), QLabel(), QLabel()
        self._kind_label, self._name_label = QLabel(), QLabel()
        self.revert_button, self.apply_button = QPushButton(), QPushButton()
        self._lay_out()
        self.kinds.activated.connect(lambda _: self.choose_kind(self.kinds.currentIndex()))
        self.parameters.edited.connect(self._edited)
        self.sheet.edited.connect(self._edited)
        self.revert_button.clicked.connect(lambda _=False: self.revert())
        self.apply_button.clicked.connect(lambda _=False: self.apply())
        self.tabs.currentChanged.connect(self._turn)
        self._name()
        self.show_strategy("")

    # ---- what the panel asks for

    def show_strategy(self, name: str) -> None:
        """Turn to a strategy; what was staged and not applied is gone."""
        self.is_adding, self.name = False, name
        entry = self._desk.entry(name)
        self.kind = None if entry is None else kind_of(entry.strategy)
        self._fields = ()
        self._say("")
        self._show_forms()
        self._fetch()
        self.refresh()

    def begin_adding(self) -> None:
        """Empty forms for a new one; the folder of plug-ins is read again."""
        self.is_adding = True
        self._fill_kinds()
        self.tabs.setCurrentIndex(PARAMETERS)
        self.choose_kind(0)
        self.kinds.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_kind(self, place: int) -> None:
        """Show the form of a kind that can be added."""
        kind = self.kinds.itemData(place)
        if not isinstance(kind, Kind):
            return
        self.kinds.setCurrentIndex(place)
        self.kind, self.name, self._fields = kind, "", ()
        self.name_field.setText(self._free_name(kind))
        self._say("")
        self._show_forms()
        self._fetch()

    def apply(self) -> None:
        """Take the new one in, or put what is staged in force."""
        if self.kind is None or self.is_busy or not self.apply_button.isEnabled():
            return
        for form, page in ((self.parameters, PARAMETERS), (self.sheet, LIMITS)):
            if not form.check():
                self.tabs.setCurrentIndex(page)
                self._show_buttons()
                return
        self._keep_keys(self.apply_button)
        self._begin(self._add() if self.is_adding else self._change())

    def revert(self) -> None:
        """Drop what is staged, or the new one."""
        if self.is_adding:
            self.show_strategy("")
            self.done.emit("")
            return
        self.parameters.revert()
        self.sheet.revert()
        self._say("")
        self._edited()

    def refresh(self) -> None:
        """Show the newest of the report, if it is the page in front."""
        if self.tabs.currentIndex() == REPORT:
            self.report.show_strategy(self.name)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    # ---- work that may wait for a plug-in's process

    def _fetch(self) -> None:
        """Get the fields of the kind shown."""
        kind = self.kind
        if kind is None or not (kind.is_plug_in or kind.name in OFFERED):
            return
        known = None if self.is_adding else self._desk.forms.get(kind.name)
        if kind.is_plug_in and known is None:
            self._asked += 1
            self._begin(self._read_form(kind, self._asked))
        else:
            self._take_fields(known or self._desk.built_in_fields(kind))

    async def _read_form(self, kind: Kind, asked: int) -> None:
        try:
            fields = await self._desk.fields(kind)
        except BadInput as error:
            self._ended(error, asked)
            return
        if asked == self._asked and kind == self.kind:
            self.is_busy = False
            self._say("")
            self._take_fields(fields)
        else:
            self._ended(None, asked)

    async def _add(self) -> None:
        assert self.kind is not None
        name = self.name_field.text().strip()
        try:
            sheet = LimitSheet.of(self.sheet.texts())
            await self._desk.add(self.kind, name, self._values(), sheet)
        except BadInput as error:
            self._ended(error)
            return
        self.is_busy = False
        self._keep_keys(self)
        self.show_strategy(name)
        self.done.emit(name)

    async def _change(self) -> None:
        name = self.name
        try:
            sheet = LimitSheet.of(self.sheet.texts())
            values = self._values() if self._fields else self._desk.values(name)
            await self._desk.change(name, values, sheet)
        except BadInput as error:
            self._ended(error)
            return
        self.is_busy = False
        if self.name == name and not self.is_adding:
            self.show_strategy(name)
            self._say(word("In force"), "ok")
        self.done.emit(name)

    def _keep_keys(self, place: QWidget) -> None:
        """Before a place goes away that has the keys: they stay here instead of going to what comes next."""
        focused: QWidget | None = self.window().focusWidget()
        if focused is not None and (focused is place or place.isAncestorOf(focused)):
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        self.is_busy = True
        is_plug_in = self.kind is not None and self.kind.is_plug_in
        self._say(word("The plug-in is being loaded in a process of its own…") if is_plug_in else "", "dim")
        self._desk.spawn(work)

    def _ended(self, error: BadInput | None, asked: int | None = None) -> None:
        if asked is not None and asked != self._asked:
            return
        self.is_busy = False
        if error is None:
            self._say("")
        elif error.field == "name":
            self._say(word("Name: {what}").format(what=refusal_beside_field(error)), "critical")
        elif self.parameters.refuse(error):
            self.tabs.setCurrentIndex(PARAMETERS)
            self._say("")
        elif self.sheet.refuse(error):
            self.tabs.setCurrentIndex(LIMITS)
            self._say("")
        else:
            field = word("Plug-in") if error.field == "plug-in" else line_of(error.field, 40)
            self._say(word("{field}: {what}").format(field=field, what=refusal_beside_field(error)), "critical")

    # ---- inside

    def _take_fields(self, fields: tuple[ParameterField, ...]) -> None:
        self._fields = fields
        given = {} if self.is_adding else self._desk.values(self.name)
        texts = {f.name: given.get(f.name, default_text(f.default)) for f in fields if f.kind is not FieldKind.NESTED}
        for field in fields:
            if field.kind is FieldKind.SWITCH:
                texts[field.name] = "true" if texts[field.name].strip().lower() in ("true", "yes", "1") else "false"
        self.parameters.show_fields(self._form_fields(), texts)
        self._edited()

    def _form_fields(self) -> Any:
        market = self._desk.desk.market
        listed = [market.underlying(code) for code in self._desk.underlyings()]
        names = [
            (u.code, f"{u.code} {underlying_name(u)}" if u.name != u.code else u.code) for u in listed if u is not None
        ]
        return parameter_fields(self._fields, names, is_plug_in=self.kind is not None and self.kind.is_plug_in)

    def _values(self) -> dict[str, str]:
        """What is typed; a field without a default that was left blank is the plug-in's own affair."""
        optional = {field.name for field in self._fields if field.default is None}
        typed = {name: text.strip() for name, text in self.parameters.texts().items()}
        return {name: text for name, text in typed.items() if text or name not in optional}

    def _judge(self, name: str, text: str) -> None:
        field = next(field for field in self._fields if field.name == name)
        if not text.strip() and field.default is None:
            return
        check_text(field, text)

    def _show_forms(self) -> None:
        """Empty the forms, or show those of a strategy that is set here."""
        here = self.kind is not None and (self.kind.is_plug_in or self.kind.name in OFFERED)
        self.parameters.show_fields((), {})
        sheet = self._desk.default_sheet if self.is_adding else self._desk.sheet(self.name) or NOTHING
        self.sheet.show_fields(sheet_fields() if here else (), sheet_texts(sheet) if here else {})
        self.head.setVisible(self.is_adding)
        self.tabs.setTabEnabled(REPORT, not self.is_adding)
        self._show_page()
        self._edited()

    def _show_page(self) -> None:
        page = self.tabs.currentIndex()
        here = self.kind is not None and (self.kind.is_plug_in or self.kind.name in OFFERED)
        self.inner.setCurrentIndex(page if here or page == REPORT else 3)
        if self.kind is None:
            self.elsewhere.setText(word("Choose a strategy in the table, or add one"))
        else:
            self.elsewhere.setText(word("Parameters and limits of this one are set on its own screen"))
        about = ABOUT_KINDS.get(self.kind.name, "") if self.kind is not None and not self.kind.is_plug_in else ""
        self.about.setText(word(about) if about else "")
        self.about.setVisible(bool(about) and self.is_adding)

    def _turn(self, _page: int) -> None:
        self._show_page()
        self.refresh()

    def _edited(self) -> None:
        if self.sheet.editors:
            sheet = {name: text for name, text in self.sheet.texts().items() if not is_blank(name, text)}
            self.sheet_note.setText(
                word("A blank figure allows nothing; inf is no limit")
                if sheet
                else word("This sheet allows nothing: the strategy cannot be started with it")
            )
            set_role(self.sheet_note, "dim" if sheet else "warn")
        self._show_buttons()

    def _show_buttons(self) -> None:
        count = len(self.parameters.staged) + len(self.sheet.staged)
        shown = count > 0 and not self.is_adding
        ready = bool(self._fields) if self.is_adding else count > 0
        self.apply_button.setEnabled(ready and not self.is_busy)
        self.revert_button.setEnabled(self.is_adding or count > 0)
        apply = word("Apply {count} ↵").format(count=count) if shown else word("Apply ↵")
        self.apply_button.setText(word("Add ↵") if self.is_adding else apply)
        self.revert_button.setText(word("Cancel") if self.is_adding else word("Revert"))
        for button in (self.apply_button, self.revert_button):
            button.setVisible(self.kind is not None)

    def _fill_kinds(self) -> None:
        chosen = self.kinds.currentData()
        self.kinds.clear()
        for kind in self._desk.kinds():
            self.kinds.addItem(kind_words(kind.name, is_plug_in=kind.is_plug_in), kind)
        for place in range(self.kinds.count()):
            if self.kinds.itemData(place) == chosen:
                self.kinds.setCurrentIndex(place)

    def _free_name(self, kind: Kind) -> str:
        stem = kind.name.replace("_", " ")[: LONGEST_NAME - 4]
        number = 1
        while self._desk.entry(f"{stem} {number}") is not None:
            number += 1
        return f"{stem} {number}"

    def _say(self, text: str, role: str = "dim") -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
        set_role(self.note, role)
        self._show_buttons()

    def _lay_out(self) -> None:
        self.tabs.setExpanding(False)
        set_role(self.tabs, "tight")
        TabOverflow(self.tabs)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for _ in range(3):
            self.tabs.addTab("")
        set_role(self.apply_button, "primary")
        set_role(self.elsewhere, "dim")
        self.elsewhere.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self.elsewhere, self.about, self.sheet_note, self.note):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setContentsMargins(PANEL_PADDING, 2, PANEL_PADDING, 2)
        for label in (self._kind_label, self._name_label, self.about):
            set_role(label, "dim")
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 0, PANEL_PADDING, 0)
        bar.setSpacing(5)
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        bar.addWidget(self.revert_button)
        bar.addWidget(self.apply_button)
        self.head = QWidget()
        set_role(self.head, "panel")
        row = QHBoxLayout(self.head)
        row.setContentsMargins(PANEL_PADDING, 2, PANEL_PADDING, 2)
        row.setSpacing(5)
        self.kinds.setMinimumWidth(130)
        row.addWidget(self._kind_label)
        row.addWidget(self.kinds, 1)
        row.addWidget(self._name_label)
        row.addWidget(self.name_field, 1)
        limits = QWidget()
        set_role(limits, "panel")
        box = QVBoxLayout(limits)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.sheet_note)
        box.addWidget(self.sheet, 1)
        for page in (self.parameters, limits, self.report, self.elsewhere):
            self.inner.addWidget(page)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addLayout(bar)
        around.addWidget(self.head)
        around.addWidget(self.about)
        around.addWidget(self.note)
        around.addWidget(self.inner, 1)

    def _name(self) -> None:
        self.tabs.setTabText(PARAMETERS, word("Parameters"))
        self.tabs.setTabText(LIMITS, word("Limit sheet"))
        self.tabs.setTabText(REPORT, word("Report and log"))
        self._kind_label.setText(word("Kind"))
        self._name_label.setText(word("Name"))
        self.name_field.setAccessibleName(word("Name"))
        self.kinds.setAccessibleName(word("Kind"))
        self.apply_button.setToolTip(word("Takes the new one in, or puts what is staged in force  [Ctrl+Return]"))
        for place in range(self.kinds.count()):
            kind = self.kinds.itemData(place)
            self.kinds.setItemText(place, kind_words(kind.name, is_plug_in=kind.is_plug_in))
        if self._fields:
            self.parameters.rename(self._form_fields())
        if self.sheet.editors:
            self.sheet.rename(sheet_fields())
        self._say("")
        self._show_page()
        self._edited()
