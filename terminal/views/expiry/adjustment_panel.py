"""The adjustment sheet (合约调整单): what an ex-day makes of strikes, units, codes and names, and of my positions."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from terminal.services.adjustments import AdjustmentRow, AdjustmentSheet, margin_change
from terminal.services.desk import Desk
from terminal.services.expiry_services import ExpiryServices
from terminal.views.account.figure_grid import FigureGrid
from terminal.views.appearance import Appearance
from terminal.views.expiry.adjustment_columns import RANKS, adjustment_columns
from terminal.views.expiry.renewal import renew
from terminal.views.expiry.words import names_of, word
from terminal.views.fitted_table import FittedTable
from terminal.views.formatting import DASH, day, decimal_price, money, quantity, signed_money
from terminal.views.record_table import Export
from terminal.views.style_sheet import set_role
from terminal.views.table_model import RecordTableModel
from terminal.views.texts import month_words
from terminal.views.theme import PANEL_PADDING
from terminal.views.trading.panel_bar import PanelBar


class AdjustmentPanel(QWidget):
    """Served by the frame timer."""

    lock_wanted = Signal(str)
    """The underlying whose cover is to be topped up"""
    contract_chosen = Signal(str)

    def __init__(
        self,
        desk: Desk,
        services: ExpiryServices,
        appearance: Appearance,
        export: Export,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._services = services
        self._appearance = appearance
        self._sheet: AdjustmentSheet | None = None
        self._wanted: str = ""
        set_role(self, "panel")
        self.bar = PanelBar(self)
        self.sheets, self.months = QComboBox(self), QComboBox(self)
        for box in (self.sheets, self.months):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.bar.add(box)
        self.mine_button = self.bar.add_button(self.flush, checkable=True)
        self.facts = FigureGrid(7, 1, self)
        self.facts.setContentsMargins(PANEL_PADDING, 0, PANEL_PADDING, 0)
        self.model: RecordTableModel[AdjustmentRow] = RecordTableModel(
            adjustment_columns(desk.market, appearance), parent=self
        )
        self.table = FittedTable(
            self.model,
            appearance,
            title=lambda: word("Contract adjustment"),
            export=export,
            ranks=RANKS,
            parent=self,
        )
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.setContentsMargins(PANEL_PADDING, 4, PANEL_PADDING, 4)
        set_role(self.note, "note")
        self.cover = QWidget(self)
        self.cover_text, self.lock_button = QLabel(self.cover), QPushButton(self.cover)
        self.cover_text.setWordWrap(True)
        row = QHBoxLayout(self.cover)
        row.setContentsMargins(PANEL_PADDING, 6, PANEL_PADDING, 6)
        row.addWidget(self.cover_text, 1)
        row.addWidget(self.lock_button)
        set_role(self.cover_text, "warn")
        set_role(self.cover, "raised")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget, stretch in ((self.bar, 0), (self.facts, 0), (self.table, 1), (self.note, 0), (self.cover, 0)):
            layout.addWidget(widget, stretch)
        self.sheets.activated.connect(lambda _: self.flush())
        self.months.activated.connect(lambda _: self.flush())
        self.lock_button.clicked.connect(self._lock)
        self.table.clicked.connect(self._on_clicked)
        self.retranslate()

    # ---- what others call

    def show_underlying(self, underlying: str) -> None:
        """Turn to the sheet of an underlying."""
        self._wanted = underlying
        self.flush()

    def flush(self) -> None:
        """Show what has changed."""
        found = self._services.adjustments.sheets()
        self._fill(self.sheets, [(self._name(s), f"{s.underlying} {s.ex_day}") for s in found])
        if self._wanted:
            place = next((n for n, s in enumerate(found) if s.underlying == self._wanted), -1)
            self._wanted = ""
            if place >= 0:
                self.sheets.setCurrentIndex(place)
        place = self.sheets.currentIndex()
        self._sheet = sheet = found[place] if 0 <= place < len(found) else None
        self.sheets.setVisible(len(found) > 1)
        self.months.setVisible(sheet is not None)
        self.mine_button.setVisible(sheet is not None)
        if sheet is None:
            self.model.replace_all(())
            self.bar.note.setText(word("No ex-day is announced and none was lately"))
            self.facts.show_figures(())
            self.note.setText("")
            self.cover.hide()
            return
        months = sorted({row.contract.month for row in sheet.rows})
        entries = [(f"{month_words(m)} {y}", f"{y}-{m}") for y, m in months] + [(word("All months"), "")]
        self._fill(self.months, entries)
        chosen = str(self.months.currentData() or "")
        rows = [
            row
            for row in (sheet.mine if self.mine_button.isChecked() else sheet.rows)
            if chosen in ("", f"{row.contract.month[0]}-{row.contract.month[1]}")
        ]
        renew(self.model, {row.contract.code: row for row in rows})
        self.table.flush()
        self.bar.note.setText(self._name(sheet))
        self.mine_button.setText(f"{word('Mine')} {len(sheet.mine)}")
        self.facts.show_figures(self._facts(sheet))
        self.note.setText(self._note(sheet))
        self._show_cover(sheet)

    # ---- inside

    def _name(self, sheet: AdjustmentSheet) -> str:
        names = names_of([sheet.underlying], self._desk.market)
        return word("{underlying} · ex-day {day}").format(underlying=names, day=day(sheet.ex_day))

    def _facts(self, sheet: AdjustmentSheet) -> list[tuple[str, str, str]]:
        known = self._desk.market.underlying(sheet.underlying)
        tick = known.tick_size if known is not None else None
        first = next((row for row in sheet.mine), next(iter(sheet.rows), None))
        rows = [(word("Dividend a share"), f"{sheet.cash:f}" if sheet.cash is not None else DASH, "")]
        if sheet.reference is not None and tick is not None:
            rows.append((word("Price reckoned with"), decimal_price(sheet.reference, tick), ""))
        if first is not None:
            old = quantity(first.old_multiplier) if first.old_multiplier is not None else DASH
            rows.append((word("Contract unit"), f"{old} → {quantity(first.new_multiplier)}", ""))
            # Without the underlying, which stands above
            codes = [code[6:] if code else DASH for code in (first.old_trading_code, first.new_trading_code)]
            rows.append((word("Trading code"), " → ".join(codes), ""))
            short = "…" + first.new_name.rpartition("月")[2] if first.old_name else first.new_name
            rows.append((word("Short name"), f"{first.old_name or DASH} → {short}", ""))
        rows.append((word("Contracts, mine"), f"{quantity(len(sheet.rows))}, {quantity(len(sheet.mine))}", ""))
        change = margin_change(sheet)
        if change is not None:
            before, after = change
            text = f"{money(before)} → {money(after)} ({signed_money(after - before)})"
            rows.append((word("Margin of my shorts"), text, "warn" if after > before else ""))
        return rows

    def _note(self, sheet: AdjustmentSheet) -> str:
        if sheet.is_estimate:
            return word(
                "Estimated at the price of now: the exchange publishes units and strikes after the close of the eve. "
                "Contract codes stay."
            )
        if sheet.ex_day > self._services.desk.today:
            return word("As published: in force from the ex-day on. Contract codes stay.")
        if any(row.old_strike is None for row in sheet.rows):
            return word("Contracts adjusted before have no old terms here. Contract codes stayed.")
        return word("In force. Contract codes stayed; old terms are told back from the trading code.")

    def _show_cover(self, sheet: AdjustmentSheet) -> None:
        row = self._services.pool.row(sheet.underlying)
        missing = row.to_lock if row is not None else 0
        self.cover.setVisible(bool(missing))
        if row is not None and missing:
            covered = sum(r.covered for r in sheet.mine)
            until = f"{row.cut_off:%m-%d %H:%M}" if row.cut_off is not None else DASH
            self.cover_text.setText(
                word(
                    "{count} covered calls need {shares} shares more. Lock or close until {until}, else forced close."
                ).format(count=quantity(covered), shares=quantity(missing), until=until)
            )

    def _lock(self) -> None:
        if self._sheet is not None:
            self.lock_wanted.emit(self._sheet.underlying)

    def _on_clicked(self, index: object) -> None:
        row = self.model.record(self.table.currentIndex().row())
        if row is not None:
            self.contract_chosen.emit(row.contract.code)

    @staticmethod
    def _fill(box: QComboBox, entries: list[tuple[str, str]]) -> None:
        shown = [(box.itemText(n), box.itemData(n)) for n in range(box.count())]
        if shown != entries:
            before = box.currentData()
            box.clear()
            for text, data in entries:
                box.addItem(text, data)
            box.setCurrentIndex(max(box.findData(before), 0) if entries else -1)

    def minimumSizeHint(self) -> QSize:
        """A narrow column."""
        return QSize(240, 200)

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.lock_button.setText(word("Go and lock"))
        self.mine_button.setText(word("Mine"))
        self.table.setAccessibleName(word("Contract adjustment"))
        self.flush()
        self.table.fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
