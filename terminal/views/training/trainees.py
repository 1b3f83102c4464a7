"""The trainees of a class (学员): seat, account, what is on the screen, reaction, profit, score, verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import IntEnum

from PySide6.QtGui import QColor

from terminal.domain.messages import DeskSeen
from terminal.views.appearance import Appearance
from terminal.views.dock_titles import DOCK_TITLES
from terminal.views.formatting import DASH, signed_money
from terminal.views.presets import preset_title
from terminal.views.record_table import Export, RecordTable
from terminal.views.table_model import RIGHT, RecordTableModel, TableColumn
from terminal.views.training.words import word
from terminal.views.translation import translate


class Need(IntEnum):
    """How much a trainee needs the instructor; the most first."""

    GONE = 0
    HELP = 1
    BUSY = 2
    WELL = 3


@dataclass(frozen=True, slots=True)
class Seat:
    """One row."""

    desk: DeskSeen
    score: int
    of: int
    reaction: float | None
    need: Need
    pass_mark: int

    @property
    def is_decided(self) -> bool:
        """Whether no checkpoint is ahead or open any more."""
        screen = self.desk.screen
        return screen is not None and all(p.state not in ("ahead", "open") for p in screen.checkpoints)

    @property
    def share(self) -> float:
        """Part of the points that can be had."""
        return self.score / self.of if self.of else 0.0


def seat_of(desk: DeskSeen, hint_cost: int, pass_mark: int) -> Seat:
    """The row of a desk as it showed itself last."""
    screen = desk.screen
    points = screen.checkpoints if screen is not None else ()
    score = max(sum(p.points for p in points) - (screen.hints if screen is not None else 0) * hint_cost, 0)
    took = [p.seconds for p in points if p.seconds is not None]
    states = {p.state for p in points}
    need = Need.WELL
    if not desk.connected:
        need = Need.GONE
    elif "missed" in states:
        need = Need.HELP
    elif "open" in states:
        need = Need.BUSY
    reaction = took[-1] if took else None
    return Seat(desk, score, sum(p.of for p in points), reaction, need, pass_mark)


class TraineeTable(RecordTable):
    """Sorted by need; the score has a bar behind its figure."""

    def __init__(self, appearance: Appearance, export: Export | None = None) -> None:
        self._look = appearance
        model: RecordTableModel[Seat] = RecordTableModel(self._columns())
        super().__init__(model, appearance, title=lambda: word("Trainees"), export=export)
        self.seats: RecordTableModel[Seat] = model
        self.by_seat = False
        self._shown: tuple[str, ...] = ()

    def show_desks(self, seats: Sequence[Seat]) -> None:
        """Show these, by need or by seat."""
        ordered = sorted(seats, key=lambda s: (0 if self.by_seat else s.need, s.desk.desk_id))
        names = tuple(seat.desk.desk_id for seat in ordered)
        if names != self._shown:
            chosen = self.chosen()
            self._shown = names
            self.seats.replace_all((seat.desk.desk_id, seat) for seat in ordered)
            self.choose(chosen)
            return
        for seat in ordered:
            if self.seats.record(names.index(seat.desk.desk_id)) != seat:
                self.seats.upsert(seat.desk.desk_id, seat)
        self.seats.flush()

    def chosen(self) -> str:
        """The desk whose row is chosen; empty for none."""
        rows = self.selectionModel().selectedRows()
        return (self.seats.key(rows[0].row()) or "") if rows else ""

    def choose(self, desk_id: str) -> None:
        """Choose a desk's row, the first where it is gone."""
        if self._shown:
            self.selectRow(self._shown.index(desk_id) if desk_id in self._shown else 0)

    def ink(self, need: Need) -> QColor:
        """The colour of a need."""
        theme = self._look.theme
        return {Need.GONE: theme.critical, Need.HELP: theme.critical, Need.BUSY: theme.warn}.get(need, theme.ok)

    def _columns(self) -> list[TableColumn[Seat]]:
        def screen_words(seat: Seat) -> str:
            screen = seat.desk.screen
            if screen is None:
                return DASH
            parts = [word("reminders {count}").format(count=screen.reminders)] if screen.reminders else []
            parts += [word("orders {count}").format(count=screen.working)] if screen.working else []
            parts += [word("quotes {count}").format(count=screen.quotes)] if screen.quotes else []
            return " · ".join([p for p in (_panel_words(screen.panel), screen.contract_code, *parts) if p]) or DASH

        def profit(seat: Seat) -> Decimal | None:
            return seat.desk.screen.profit if seat.desk.screen is not None else None

        def profit_ink(seat: Seat) -> QColor | None:
            value = profit(seat)
            return self._look.colour_of(float(value)) if value is not None else None

        return [
            TableColumn("seat", lambda: word("Seat"), lambda s: s.desk.desk_id[:12], width_chars=9),
            TableColumn("account", lambda: word("Account"), lambda s: s.desk.account_id, width_chars=8),
            TableColumn(
                "state",
                lambda: word("State"),
                lambda s: f"● {need_words(s.need)}",
                colour=lambda s: self.ink(s.need),
                width_chars=11,
            ),
            TableColumn("screen", lambda: word("On screen"), screen_words, width_chars=30),
            TableColumn(
                "reaction",
                lambda: word("Reaction, s"),
                lambda s: f"{s.reaction:.1f}" if s.reaction is not None else DASH,
                align=RIGHT,
                width_chars=9,
            ),
            TableColumn(
                "profit",
                lambda: word("P&L"),
                lambda s: signed_money(profit(s)).rpartition(".")[0] or DASH,
                align=RIGHT,
                colour=profit_ink,
                width_chars=8,
            ),
            TableColumn(
                "hints",
                lambda: word("Hints"),
                lambda s: str(s.desk.screen.hints if s.desk.screen else 0),
                align=RIGHT,
                width_chars=6,
            ),
            TableColumn(
                "score",
                lambda: word("Score"),
                lambda s: f"{s.score} / {s.of}" if s.of else DASH,
                align=RIGHT,
                colour=lambda s: self._verdict_ink(s),
                width_chars=22,
            ),
            TableColumn(
                "verdict", lambda: word("Verdict"), verdict, colour=lambda s: self._verdict_ink(s), width_chars=9
            ),
        ]

    def _verdict_ink(self, seat: Seat) -> QColor:
        theme = self._look.theme
        if seat.share * 100 >= seat.pass_mark:
            return theme.ok
        return theme.warn if seat.is_decided else theme.text


def need_words(need: Need) -> str:
    """State in words."""
    return word({Need.GONE: "Line down", Need.HELP: "Needs help", Need.BUSY: "At work", Need.WELL: "Online"}[need])


def verdict(seat: Seat) -> str:
    """What the score means; nothing before the class is decided or the mark is reached."""
    if not seat.of:
        return DASH
    if not seat.is_decided and seat.share * 100 < seat.pass_mark:
        return DASH
    share = seat.share * 100
    if share >= 90:
        return word("Excellent")
    return word("Passed") if share >= seat.pass_mark else word("Not passed")


def score_rows(seats: Sequence[Seat], at: datetime) -> tuple[list[str], list[list[str]]]:
    """The scores for a CSV file: headers and rows."""
    headers = [
        word("Time"),
        word("Seat"),
        word("Account"),
        word("Checkpoint"),
        word("State"),
        word("Reaction, s"),
        word("Score"),
        word("Of"),
    ]
    rows = []
    for seat in seats:
        points = seat.desk.screen.checkpoints if seat.desk.screen is not None else ()
        for point in points:
            took = f"{point.seconds:.1f}" if point.seconds is not None else ""
            rows.append(
                [
                    at.isoformat(),
                    seat.desk.desk_id,
                    seat.desk.account_id,
                    point.name,
                    point.state,
                    took,
                    str(point.points),
                    str(point.of),
                ]
            )
        rows.append(
            [
                at.isoformat(),
                seat.desk.desk_id,
                seat.desk.account_id,
                word("Total"),
                verdict(seat),
                "",
                str(seat.score),
                str(seat.of),
            ]
        )
    return headers, rows


def _panel_words(name: str) -> str:
    """The title of the panel or of the layout in front of a trainee, in the language of this window."""
    return translate("Dock", DOCK_TITLES[name]) if name in DOCK_TITLES else preset_title(name)
