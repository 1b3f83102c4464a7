"""One line of the table for each strategy, made of what engine, gate and books know of it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from math import isnan

from PySide6.QtGui import QColor

from terminal.domain.reasons import Reason
from terminal.strategies.asks import LiveAsk, ShadowAsk
from terminal.strategies.entry import StrategyEntry, StrategyState
from terminal.strategies.plug_ins.proxy import PlugInStrategy
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, clock
from terminal.views.quoting.words import by_words
from terminal.views.strategies.kept import Kind
from terminal.views.strategies.strategy_desk import StrategyDesk, kind_of
from terminal.views.strategies.words import kind_words, line_of, sentence, state_words, word
from terminal.views.table_model import RIGHT, TableColumn
from terminal.views.texts import words

_UNDERLYINGS_SHOWN = 4
#: Which columns give way where room is short, the highest first; what was refused stands in the report too
RANKS = {"calls": 7, "worst": 7, "by": 6, "refused": 5, "orders": 4, "since": 3, "quotes": 2, "underlyings": 1}


@dataclass(frozen=True, slots=True)
class StrategyLine:
    """How one strategy does."""

    name: str
    kind: Kind
    state: StrategyState
    cause: str
    underlyings: tuple[str, ...]
    at: datetime | None
    by: str
    calls: int
    worst_ms: float | None
    quotes: int
    orders: int
    fills: int
    refused: tuple[tuple[Reason, int], ...]
    live: int


def lines_of(desk: StrategyDesk) -> list[StrategyLine]:
    """All strategies, in the order they were added."""
    entries = list(desk.engine.entries)
    if not entries:
        return []
    owners = desk.desk.quoting.owners
    live = Counter(owners[number] for number in desk.desk.quoting.board.live_numbers)
    return [_line(entry, live[entry.strategy.name]) for entry in entries]


def refusals_words(refused: Iterable[tuple[Reason, int]]) -> str:
    """Refusals by reason, the most frequent first."""
    return " · ".join(f"{words(reason)} {times:,}" for reason, times in refused)


def columns(appearance: Callable[[], Appearance]) -> tuple[TableColumn[StrategyLine], ...]:
    """The table's columns."""

    def state_colour(line: StrategyLine) -> QColor | None:
        theme = appearance().theme
        if line.state is StrategyState.FAULTED:
            return theme.critical
        if line.state is StrategyState.RUNNING:
            return theme.ok
        return theme.focus if line.state is StrategyState.SHADOW else theme.dim

    def figure(
        key: str, title: Callable[[], str], value: Callable[[StrategyLine], int], chars: int = 7
    ) -> TableColumn[StrategyLine]:
        return TableColumn(key, title, lambda line: f"{value(line):,}", RIGHT, sort=value, width_chars=chars)

    return (
        TableColumn("name", lambda: word("Name"), lambda line: line_of(line.name, 40), width_chars=16),
        TableColumn(
            "kind",
            lambda: word("Kind"),
            lambda line: kind_words(line.kind.name, is_plug_in=line.kind.is_plug_in),
            width_chars=17,
        ),
        TableColumn(
            "state",
            lambda: word("State"),
            _state,
            colour=state_colour,
            width_chars=12,
            tip=lambda line: sentence(line.cause) if line.cause else "",
        ),
        TableColumn("underlyings", lambda: word("Underlyings"), _underlyings, width_chars=8),
        TableColumn("since", lambda: word("Since"), lambda line: clock(line.at) if line.at else DASH, width_chars=8),
        TableColumn("by", lambda: word("By"), lambda line: line_of(by_words(line.by), 40) or DASH, width_chars=8),
        figure("quotes", lambda: word("Quotes"), lambda line: line.quotes),
        figure("orders", lambda: word("Orders"), lambda line: line.orders),
        figure("fills", lambda: word("Fills"), lambda line: line.fills, 6),
        figure("live", lambda: word("Live quotes"), lambda line: line.live, 6),
        figure("calls", lambda: word("Calls"), lambda line: line.calls),
        TableColumn(
            "worst",
            lambda: word("Worst call, ms"),
            lambda line: DASH if line.worst_ms is None else f"{line.worst_ms:.1f}",
            RIGHT,
            sort=lambda line: line.worst_ms,
            width_chars=7,
        ),
        TableColumn(
            "refused",
            lambda: word("Refused"),
            lambda line: refusals_words(line.refused) or DASH,
            tip=lambda line: refusals_words(line.refused),
            sort=lambda line: sum(times for _, times in line.refused),
            width_chars=20,
        ),
    )


def _line(entry: StrategyEntry, live: int) -> StrategyLine:
    strategy, ask = entry.strategy, entry.ask
    # In its own process a call ends later than the desk's, which only posts it
    worst = strategy.worst_ms if isinstance(strategy, PlugInStrategy) else entry.worst_ms
    quotes = orders = 0
    if isinstance(ask, LiveAsk):
        quotes, orders = ask.quoted, ask.ordered
    elif isinstance(ask, ShadowAsk):
        quotes, orders = ask.report.quotes, ask.report.orders
    refused = () if ask is None else tuple(sorted(ask.refused.items(), key=lambda one: (-one[1], one[0])))
    return StrategyLine(
        strategy.name,
        kind_of(strategy),
        entry.state,
        entry.cause,
        strategy.underlyings,
        entry.at,
        entry.by,
        entry.calls,
        None if isnan(worst) or not entry.calls else worst,
        quotes,
        orders,
        entry.fills,
        refused,
        live,
    )


def _state(line: StrategyLine) -> str:
    text = state_words(line.state)
    if line.state is StrategyState.FAULTED:
        return word("{state}: {cause}").format(state=text, cause=sentence(line.cause))
    return text


def _underlyings(line: StrategyLine) -> str:
    shown = ", ".join(line_of(code, 12) for code in line.underlyings[:_UNDERLYINGS_SHOWN])
    more = len(line.underlyings) - _UNDERLYINGS_SHOWN
    return (f"{shown} +{more}" if more > 0 else shown) or DASH
