"""The grid as Qt sees it: a line for each expiry, its contracts below, cells that are staged when they are edited.

`flush` compares whole columns as arrays and tells Qt of the columns that moved; texts are made for what is painted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from terminal.domain.errors import BadInput
from terminal.domain.reasons import Reason
from terminal.services.quote_codes import CODE_OF
from terminal.strategies.contract_terms import NO_TERMS, ContractTerms, read_term
from terminal.strategies.quoter_parameters import QuoterParameters, effective
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, price, signed_quantity
from terminal.views.obligations.pause_words import paused_until
from terminal.views.plurals import in_number
from terminal.views.quoting.cell_texts import STATE_GLYPHS, STATE_WORDS, cause_text, edited, is_share, term_text, typed
from terminal.views.quoting.columns import COLUMNS, MOVING, Column
from terminal.views.quoting.figures import GATE, GridFigures, GridState, Snapshot
from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.quoting.staging import Cell, StagedEdits
from terminal.views.quoting.words import term_refusal, word
from terminal.views.texts import contract_name, month_words

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
STAGED_ROLE = Role.UserRole + 1
BAR_ROLE = Role.UserRole + 2
"""Share of a bar from 0 to 1, nan for none"""
SWITCH_ROLE = Role.UserRole + 3
"""None for no switch, else whether it is on"""
EXPIRY_ROLE = Role.UserRole + 4
"""The expiry of a line that heads one, None for a contract"""

_PAUSED = GATE + CODE_OF[Reason.QUOTES_PAUSED]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a contract by its place in the figures, or the head of an expiry with place -1."""

    expiry: date
    place: int = -1
    code: str = ""


class GridModel(QAbstractTableModel):
    """The contracts of one underlying."""

    refused = Signal(str)
    """A value was not taken; the words say why"""
    staged_changed = Signal()

    def __init__(self, maker: MakerDesk, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._maker = maker
        self._appearance = appearance
        self.figures = GridFigures(maker)
        self.underlying = ""
        self.staged: dict[str, StagedEdits] = {}
        self._lines: list[Line] = []
        self._codes: list[str] = []
        self._names: list[str] = []
        self._pauses_shown = 0
        self._collapsed: set[tuple[str, date]] = set()
        self._snapshot: Snapshot | None = None
        self._terms: dict[str, ContractTerms] = {}
        self._terms_of: object = None
        self._live: dict[date, tuple[int, int, bool]] = {}
        self._places: dict[date, list[int]] = {}

    # ---- what is shown

    @property
    def edits(self) -> StagedEdits:
        """Staged changes of the underlying shown."""
        return self.staged.setdefault(self.underlying, StagedEdits())

    @property
    def running(self) -> QuoterParameters:
        """What is in force."""
        return self._maker.control(self.underlying).parameters

    @property
    def lines(self) -> Sequence[Line]:
        """The lines as shown."""
        return self._lines

    @property
    def codes(self) -> Sequence[str]:
        """All contracts of the underlying, shown or folded away, by place."""
        return self._codes

    def show(self, underlying: str) -> None:
        """Show the contracts of an underlying, or lay them out anew: another day, another language."""
        self.beginResetModel()
        self.underlying = underlying
        theoretical = self._maker.theoretical
        contracts, is_call = theoretical.universe.contracts, theoretical.universe.is_call
        numbers = theoretical.numbers(underlying).tolist() if underlying else []
        order = sorted(numbers, key=lambda n: (contracts[n].expiry, not is_call[n], contracts[n].strike))
        self.figures.show(underlying, np.array(order, np.int64))
        self._codes = [contracts[n].code for n in order]
        self._names = [contract_name(contracts[n], self._maker.desk.market) for n in order]
        self._snapshot, self._terms_of = (self.figures.read() if underlying else None), None
        self._lay_lines([contracts[n].expiry for n in order])
        self._count_live()
        self.endResetModel()

    def fold(self, expiry: date) -> None:
        """Fold the contracts of an expiry away, or out again."""
        key = self.underlying, expiry
        self._collapsed ^= {key}
        self.show(self.underlying)

    def is_folded(self, expiry: date) -> bool:
        """Whether the contracts of an expiry are folded away."""
        return (self.underlying, expiry) in self._collapsed

    def flush(self) -> None:
        """Compare with what is shown and tell of the columns that moved."""
        if not self.underlying or not self._codes:
            return
        before, now = self._snapshot, self.figures.read()
        self._snapshot = now
        if self._terms_of is not self.running:
            self._forget_terms()
        self._note_pauses()
        if before is None:
            return
        moved = [not np.array_equal(a, b) for a, b in zip(before.columns(), now.columns(), strict=True)]
        last, heads = len(self._lines) - 1, self._live
        self._count_live()
        for row, line in enumerate(self._lines if heads != self._live else ()):
            if line.place < 0:
                self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
        for column, parts in MOVING.items():
            if any(moved[part] for part in parts):
                self.dataChanged.emit(self.index(0, column), self.index(last, column))

    def repaint_terms(self) -> None:
        """What is staged or in force has changed."""
        self._forget_terms()
        self.staged_changed.emit()

    # ---- editing

    def cell(self, index: Index) -> Cell | None:
        """Contract and field that a cell edits; None where nothing is."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line, field = self._lines[index.row()], COLUMNS[Column(index.column())].field
        return (line.code, field) if line.place >= 0 and field else None

    def stage_texts(self, texts: Mapping[Cell, str]) -> bool:
        """Take texts of cells as one step; False, and nothing taken, where one of them is bad."""
        changes: dict[Cell, Any] = {}
        try:
            for cell, text in texts.items():
                where = cell
                share = is_share(self.terms(cell[0]), texts.get((cell[0], "width")))
                changes[cell] = read_term(cell[1], typed(cell[1], text, share=share))
            where = next(iter(texts), ("", ""))
            self.edits.stage(changes, self.running)
        except BadInput as error:
            self.refused.emit(term_refusal(error, self.name_of(where[0])))
            return False
        self.repaint_terms()
        return True

    def stage(self, changes: Mapping[Cell, Any]) -> bool:
        """The same for values that are known to be good by themselves."""
        try:
            self.edits.stage(changes, self.running)
        except BadInput as error:
            self.refused.emit(term_refusal(error))
            return False
        self.repaint_terms()
        return True

    def terms(self, code: str) -> ContractTerms:
        """Terms of a contract as they would be with what is staged."""
        if self._terms_of is not self.running:
            self._forget_terms()
        found = self._terms.get(code)
        if found is None:
            own = self.edits.terms(code, self.running)
            found = self._terms[code] = effective(replace(self.running, contracts={code: own}), code)
        return found

    # ---- Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Which cells can be edited."""
        flags = super().flags(index)
        field = self.cell(index)
        return flags | Qt.ItemFlag.ItemIsEditable if field and field[1] not in ("bid", "ask") else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Titles."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[Column(section)]
        if role == Role.DisplayRole:
            return word(column.title)
        if role == Role.ToolTipRole:
            return word(column.tip)
        if role == Role.TextAlignmentRole:
            return column.align
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Look one cell up."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line, column = self._lines[index.row()], Column(index.column())
        if role == EXPIRY_ROLE:
            return line.expiry if line.place < 0 else None
        if line.place < 0:
            return self._head(line, column, role)
        if role == Role.DisplayRole:
            return self._text(line, column)
        if role == Role.EditRole:
            field = COLUMNS[column].field
            return edited(self.terms(line.code), field) if field else None
        if role == Role.TextAlignmentRole:
            return COLUMNS[column].align
        if role == Role.ForegroundRole:
            return self._ink(line, column)
        if role == STAGED_ROLE:
            return (line.code, COLUMNS[column].field) in self.edits
        if role == SWITCH_ROLE:
            return getattr(self.terms(line.code), COLUMNS[column].field) if column <= Column.ASK else None
        if role == BAR_ROLE:
            return self._share(line, column)
        if role == Role.ToolTipRole:
            return self._tip(line, column)
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Stage a cell from text."""
        cell = self.cell(index)
        return role == Role.EditRole and cell is not None and self.stage_texts({cell: str(value)})

    # ---- inside

    def _lay_lines(self, expiries: list[date]) -> None:
        self._lines, self._places = [], {}
        for expiry in dict.fromkeys(expiries):
            places = self._places[expiry] = [place for place, other in enumerate(expiries) if other == expiry]
            self._lines.append(Line(expiry))
            if not self.is_folded(expiry):
                self._lines += [Line(expiry, place, self._codes[place]) for place in places]

    def _count_live(self) -> None:
        """By expiry: quoted contracts, all of them, whether it is started."""
        self._live = {}
        if self._snapshot is None or not self.underlying:
            return
        control = self._maker.control(self.underlying)
        state = self._snapshot.state
        quoted = (state >= GridState.BID_ONLY) & (state <= GridState.LIVE_WIDE)
        for expiry, places in self._places.items():
            on = control.is_active and control.quotes_expiry(expiry)
            self._live[expiry] = int(quoted[places].sum()), len(places), on

    def _forget_terms(self) -> None:
        self._terms.clear()
        self._terms_of = self.running if self.underlying else None
        self._count_live()
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(COLUMNS) - 1))

    def name_of(self, code: str) -> str:
        """What a contract is called here; empty for one that is not shown."""
        return self._names[self._codes.index(code)] if code in self._codes else ""

    def _head(self, line: Line, column: Column, role: int) -> Any:
        if role == Role.DisplayRole and column == Column.BID:
            live, count, on = self._live.get(line.expiry, (0, 0, False))
            days = self._maker.days_left(line.expiry)
            state = word("quoting") if on else word("stopped")
            words = word("{month}  {days} trading days · {live} of {count} live · {state}").format(
                month=month_words(line.expiry.month), days=days, live=live, count=count, state=state
            )
            return in_number(words)
        if role == SWITCH_ROLE:
            return self._live.get(line.expiry, (0, 0, False))[2]
        if role == Role.ToolTipRole:
            return word("Press to fold or unfold; the button at the left starts or stops the expiry")
        return None

    def _text(self, line: Line, column: Column) -> str:
        shot, place = self._snapshot, line.place
        if column == Column.CONTRACT:
            return self._names[place]
        if COLUMNS[column].field and column != Column.POSITION:
            return term_text(self.terms(line.code), column)
        if shot is None:
            return DASH
        if column == Column.THEO:
            return price(int(shot.theo[place]))
        if column == Column.VOLATILITY:
            return f"{shot.volatility[place] / 100:.2f}" if shot.volatility[place] else DASH
        if column == Column.SPREAD:
            now, allowed = int(shot.spread[place]), int(shot.allowed[place])
            return f"{now or DASH} / {allowed or DASH}"
        if column == Column.POSITION:
            limit = self.terms(line.code).position_limit
            return f"{signed_quantity(int(shot.net[place]))} / {'∞' if limit is None else limit}"
        if column == Column.STATE:
            state = GridState(int(shot.state[place]))
            return f"{STATE_GLYPHS[state]} {word(STATE_WORDS[state])}"
        if column == Column.CAUSE:
            return self._cause(line.code, int(shot.cause[place]))
        if column == Column.FILLS:
            return str(shot.fills[place]) if shot.fills[place] else DASH
        return signed_quantity(int(shot.edge[place])) if shot.edge[place] else DASH

    def _note_pauses(self) -> None:
        """A pause that lasts longer or shorter than it did is no other cause, but another text."""
        pauses, last = self._maker.pauses, len(self._lines) - 1
        if pauses is not None and pauses.revision != self._pauses_shown:
            self._pauses_shown = pauses.revision
            self.dataChanged.emit(self.index(0, Column.CAUSE), self.index(last, Column.CAUSE))

    def _cause(self, code: str, cause: int) -> str:
        pauses = self._maker.pauses
        pause = pauses.of(code) if pauses is not None and cause == _PAUSED else None
        return cause_text(cause) if pause is None else paused_until(pause)

    def _ink(self, line: Line, column: Column) -> QColor:
        theme, shot = self._appearance.theme, self._snapshot
        if COLUMNS[column].field:
            field = COLUMNS[column].field
            if (line.code, field) in self.edits:
                return theme.text
            own = self.running.contracts.get(line.code, NO_TERMS)
            if column == Column.POSITION:
                return theme.position if shot is not None and shot.net[line.place] else theme.dim
            # What the quoter decides stands back behind what a person has set
            return theme.text if getattr(own, field) is not None else theme.text_2
        if column == Column.THEO:
            return theme.theo
        if shot is None:
            return theme.text
        if column == Column.STATE:
            return self.state_ink(GridState(int(shot.state[line.place])))
        if column == Column.EDGE:
            return self._appearance.colour_of(float(shot.edge[line.place]))
        if column == Column.CAUSE:
            return theme.text_2 if shot.cause[line.place] else theme.faint
        return theme.text

    def state_ink(self, state: GridState) -> QColor:
        """The colour of a state; a glyph always stands beside it."""
        theme = self._appearance.theme
        return {
            GridState.LIVE: theme.ok,
            GridState.LIVE_WIDE: theme.warn,
            GridState.BID_ONLY: theme.warn,
            GridState.ASK_ONLY: theme.warn,
            GridState.PROTECTED: theme.warn,
            GridState.FAULTED: theme.critical,
            GridState.SHADOW: theme.theo,
            GridState.ENTERING: theme.own,
        }.get(state, theme.dim)

    def _share(self, line: Line, column: Column) -> float:
        shot = self._snapshot
        if shot is None:
            return float("nan")
        if column == Column.SPREAD and shot.allowed[line.place] and shot.spread[line.place]:
            return float(shot.spread[line.place] / shot.allowed[line.place])
        limit = self.terms(line.code).position_limit if column == Column.POSITION else None
        return float(abs(shot.net[line.place]) / limit) if limit else float("nan")

    def _tip(self, line: Line, column: Column) -> str:
        field = COLUMNS[column].field
        if column == Column.CAUSE:
            return self._cause(line.code, int(self._snapshot.cause[line.place])) if self._snapshot is not None else ""
        if field and (line.code, field) in self.edits:
            runs = edited(effective(self.running, line.code), field) or "∞"
            return word("Staged; {value} is in force").format(value=runs)
        return word(COLUMNS[column].tip)
