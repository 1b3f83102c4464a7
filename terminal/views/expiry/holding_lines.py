"""What the cockpit shows of one expiring holding: its figures, what was chosen for it, and the columns of the table."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QColor

from terminal.domain.contracts import Right
from terminal.rules.expiry.worth import Disposition
from terminal.services.expiry_desk import HoldingRow
from terminal.services.market_data import MarketData
from terminal.views.appearance import Appearance
from terminal.views.expiry.words import DISPOSITIONS, large_shares, large_words, percent_words, word
from terminal.views.formatting import DASH, money, quantity
from terminal.views.table_model import CENTRE, LEFT, RIGHT, TableColumn
from terminal.views.texts import contract_name

#: By which columns give way where room is short, the last first
RANKS = {"best": 3, "intrinsic": 5, "needs": 4, "sale": 2, "percent": 1}


@dataclass(frozen=True, slots=True)
class HoldingLine:
    """A holding, and what was chosen for what may still be exercised of it."""

    row: HoldingRow
    choice: Disposition
    quantity: int
    closed: str
    """Why nothing can be exercised now, as a sentence; empty while it can"""
    can_merge: bool
    can_sell: bool

    def offers(self, choice: Disposition) -> bool:
        """Whether a disposition can be chosen now."""
        match choice:
            case Disposition.EXERCISE:
                return not self.closed and self.row.exercisable > 0
            case Disposition.MERGED:
                return not self.closed and self.can_merge and self.row.exercisable > 0
            case Disposition.SELL:
                return self.can_sell and self.row.exercisable > 0
        return self.row.exercisable > 0


def status_words(line: HoldingLine) -> str:
    """Where a holding stands."""
    row = line.row
    if row.entered and row.exercisable:
        return word("Part {entered}/{all}").format(entered=quantity(row.entered), all=quantity(row.quantity))
    if row.entered:
        return word("Entered {entered}").format(entered=quantity(row.entered))
    if row.abandoned is not None:
        return word("Given up")
    if not row.exercisable:
        return word("Netted or held")
    return word("To enter") if row.waits else word("Lapses")


def holding_columns(market: MarketData, look: Appearance) -> list[TableColumn[HoldingLine]]:
    """Contract, long, in the money, worth either way, needs, disposition, quantity, state."""

    def faded(line: HoldingLine) -> QColor:
        return look.theme.text if line.row.inside and line.row.abandoned is None else look.theme.dim

    def yuan(value: Callable[[HoldingLine], str]) -> Callable[[HoldingLine], str]:
        return lambda line: value(line) if line.row.inside else DASH

    def best(line: HoldingLine) -> str:
        short = {
            Disposition.EXERCISE: word("ex"),
            Disposition.MERGED: word("ex"),
            Disposition.SELL: word("sell"),
            Disposition.ABANDON: DASH,
        }
        return short[line.row.worth.best]

    def needs(line: HoldingLine) -> str:
        row = line.row
        if not row.exercisable or not row.inside:
            return DASH
        if row.contract.right is Right.CALL:
            return word("{money} yuan").format(money=large_words(row.cash))
        return large_shares(row.shares)

    def status_ink(line: HoldingLine) -> QColor:
        theme, row = look.theme, line.row
        if row.waits:
            return theme.warn
        return theme.ok if row.entered and not row.exercisable else theme.text_2 if row.entered else theme.dim

    def tip(line: HoldingLine) -> str:
        given = line.row.abandoned
        if given is not None:
            return word("{by} at {time}: {why}").format(by=given.by, time=f"{given.at:%H:%M:%S}", why=given.why)
        return line.closed

    return [
        TableColumn(
            "contract",
            lambda: word("Contract"),
            lambda line: contract_name(line.row.contract, market),
            LEFT,
            faded,
            width_chars=18,
            tip=lambda line: line.row.contract.code,
        ),
        TableColumn(
            "long",
            lambda: word("Long"),
            lambda line: quantity(line.row.quantity),
            RIGHT,
            lambda line: look.theme.position if line.row.inside else look.theme.dim,
            lambda line: line.row.quantity,
            4,
        ),
        TableColumn(
            "percent",
            lambda: word("In money"),
            lambda line: percent_words(line.row.percent),
            RIGHT,
            lambda line: look.up if line.row.inside else look.theme.dim,
            lambda line: line.row.percent,
            5,
        ),
        TableColumn(
            "intrinsic",
            lambda: word("Intrinsic"),
            lambda line: f"{line.row.worth.intrinsic:.3f}",
            RIGHT,
            faded,
            lambda line: line.row.worth.intrinsic,
            5,
        ),
        TableColumn(
            "sale",
            lambda: word("Sold"),
            lambda line: money(line.row.worth.sale)[:-3] if line.row.worth.sale is not None else DASH,
            RIGHT,
            faded,
            lambda line: line.row.worth.sale,
            7,
            lambda line: word("At the best bid, after the fee"),
        ),
        TableColumn(
            "exercise",
            lambda: word("Exercised"),
            yuan(lambda line: money(line.row.worth.exercise)[:-3]),
            RIGHT,
            faded,
            lambda line: line.row.worth.exercise,
            7,
            lambda line: word("Intrinsic value at the last price, after the fee"),
        ),
        TableColumn(
            "best",
            lambda: word("Best"),
            best,
            CENTRE,
            lambda line: look.theme.focus if line.row.worth.best is not Disposition.ABANDON else look.theme.dim,
            width_chars=4,
        ),
        TableColumn(
            "needs",
            lambda: word("Cash / shares"),
            needs,
            RIGHT,
            lambda line: look.theme.text_2 if line.row.inside else look.theme.dim,
            width_chars=9,
            tip=lambda line: word("To exercise what is not entered yet"),
        ),
        TableColumn("choice", lambda: word("Disposition"), lambda line: "", CENTRE, width_chars=24),
        TableColumn("quantity", lambda: word("Quantity"), lambda line: "", CENTRE, width_chars=11),
        TableColumn("status", lambda: word("State"), status_words, LEFT, status_ink, None, 9, tip),
    ]


def choice_words(choice: Disposition) -> str:
    """The word on the button of a disposition."""
    return word(DISPOSITIONS[choice])
