"""The columns a chain can show, the four sets they come in, and a user's own choice, order and widths.

A layout describes the call half from the outside to the strike. The put half mirrors it, but the columns of the book
keep their order: the bid stands left of the ask on both halves, whatever a user has moved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, StrEnum

#: (key, visible, width) of one column: what settings store
ColumnState = tuple[str, bool, int]
WIDTH_MIN, WIDTH_MAX = 24, 200
STRIKE_WIDTH = 78
BOOK_PLACES = 10


class Kind(Enum):
    """How the whole number of a cell is written, and what its unit is."""

    PRICE = "price"
    """0.0001 yuan, four decimals"""
    QUANTITY = "quantity"
    """Whole contracts, parted by thousands"""
    COMPACT = "compact"
    """Whole contracts, 12.86万 when there are many"""
    POSITION = "position"
    """Net contracts times two, plus one when some are covered"""
    CHANGE = "change"
    """Tenths of a per cent with ▲ or ▼"""
    TENTHS = "tenths"
    HUNDREDTHS = "hundredths"
    WHOLE = "whole"
    OWN_BID = "own_bid"
    """Quantity times 2^40 plus price in 0.0001 yuan"""
    OWN_ASK = "own_ask"
    STRIKE = "strike"


class ColumnSet(StrEnum):
    """The sets a user switches between."""

    QUOTES = "quotes"
    VALUE = "value"
    TRADER = "trader"
    RETAIL = "retail"


@dataclass(frozen=True, slots=True)
class ChainColumn:
    """One column: its two header lines (English sources), width in pixels, and how its cells are written."""

    key: str
    name: str
    unit: str
    width: int
    kind: Kind
    book_place: int = 0
    """Above 0 for the columns of the book: their order from left to right on both halves"""
    rank: int = 5
    """Where room is short the highest rank is left out first"""

    @property
    def in_book(self) -> bool:
        """Whether the column keeps its place on the mirrored half."""
        return self.book_place > 0


STRIKE = ChainColumn("strike", "Strike", "CNY", STRIKE_WIDTH, Kind.STRIKE, rank=0)
_ALL = (
    ChainColumn("position", "Pos", "lots", 36, Kind.POSITION, rank=3),
    ChainColumn("open_interest", "OI", "lots", 54, Kind.COMPACT, rank=6),
    ChainColumn("volume", "Volume", "lots", 54, Kind.COMPACT, rank=4),
    ChainColumn("change", "Chg", "%", 48, Kind.CHANGE, rank=4),
    ChainColumn("last", "Last", "CNY", 46, Kind.PRICE, rank=3),
    ChainColumn("delta", "Δ", "shares", 42, Kind.WHOLE, rank=5),
    ChainColumn("gamma", "Γ", "per 1%", 40, Kind.WHOLE, rank=9),
    ChainColumn("vega", "V", "CNY/pt", 36, Kind.TENTHS, rank=8),
    ChainColumn("theta", "Θ", "CNY/day", 40, Kind.TENTHS, rank=9),
    ChainColumn("theo", "Theo", "CNY", 50, Kind.PRICE, rank=3),
    ChainColumn("iv", "IV", "%", 41, Kind.HUNDREDTHS, rank=4),
    ChainColumn("intrinsic", "Intr.", "CNY", 46, Kind.PRICE, rank=6),
    ChainColumn("time_value", "Time", "CNY", 52, Kind.PRICE, rank=5),
    ChainColumn("premium", "Prem.", "%", 40, Kind.TENTHS, rank=7),
    ChainColumn("leverage", "Lever", "x", 38, Kind.TENTHS, rank=8),
    ChainColumn("sell_edge", "Edge S", "ticks", 42, Kind.TENTHS, book_place=1, rank=6),
    ChainColumn("bid_iv", "Bid IV", "%", 41, Kind.HUNDREDTHS, book_place=2, rank=4),
    ChainColumn("my_bid", "My bid", "qty × price", 68, Kind.OWN_BID, book_place=3, rank=2),
    ChainColumn("bid_quantity", "BidQ", "lots", 32, Kind.QUANTITY, book_place=4, rank=2),
    ChainColumn("bid", "Bid", "CNY", 48, Kind.PRICE, book_place=5, rank=1),
    ChainColumn("ask", "Ask", "CNY", 48, Kind.PRICE, book_place=6, rank=1),
    ChainColumn("ask_quantity", "AskQ", "lots", 32, Kind.QUANTITY, book_place=7, rank=2),
    ChainColumn("my_ask", "My ask", "price × qty", 68, Kind.OWN_ASK, book_place=8, rank=2),
    ChainColumn("ask_iv", "Ask IV", "%", 41, Kind.HUNDREDTHS, book_place=9, rank=4),
    ChainColumn("buy_edge", "Edge B", "ticks", 42, Kind.TENTHS, book_place=10, rank=6),
    ChainColumn("open", "Open", "CNY", 48, Kind.PRICE, rank=9),
    ChainColumn("high", "High", "CNY", 48, Kind.PRICE, rank=9),
    ChainColumn("low", "Low", "CNY", 48, Kind.PRICE, rank=9),
    ChainColumn("settlement", "Settle", "prev", 48, Kind.PRICE, rank=9),
    ChainColumn("limit_up", "Limit up", "CNY", 52, Kind.PRICE, rank=9),
    ChainColumn("limit_down", "Limit dn", "CNY", 52, Kind.PRICE, rank=9),
)
COLUMNS = {column.key: column for column in _ALL}
SETS: dict[ColumnSet, tuple[str, ...]] = {
    ColumnSet.QUOTES: (
        *("position", "open_interest", "volume", "change", "last"),
        *("bid_quantity", "bid", "ask", "ask_quantity"),
    ),
    ColumnSet.VALUE: (
        *("leverage", "premium", "time_value", "intrinsic", "iv", "delta", "gamma", "vega", "theta", "theo"),
        *("bid", "ask", "change", "last"),
    ),
    ColumnSet.TRADER: (
        *("position", "delta", "vega", "theo"),
        *(
            "sell_edge",
            "bid_iv",
            "my_bid",
            "bid_quantity",
            "bid",
            "ask",
            "ask_quantity",
            "my_ask",
            "ask_iv",
            "buy_edge",
        ),
        "last",
    ),
    ColumnSet.RETAIL: (
        *("position", "leverage", "premium", "time_value", "intrinsic", "delta", "iv", "open_interest", "volume"),
        *("bid", "ask", "change", "last"),
    ),
}


def default_layout(column_set: ColumnSet) -> list[ColumnState]:
    """The set as shipped: its columns shown, all others hidden behind them."""
    shown = SETS[column_set]
    hidden = [key for key in COLUMNS if key not in shown]
    return [(key, True, COLUMNS[key].width) for key in shown] + [(key, False, COLUMNS[key].width) for key in hidden]


def sound_layout(states: Iterable[Sequence[object]], column_set: ColumnSet) -> list[ColumnState]:
    """A stored layout made whole: unknown and repeated keys dropped, missing ones hidden at the end, widths bounded.

    An entry of another shape is dropped, so settings of another version or a damaged file never cost the chain.
    """
    layout: dict[str, ColumnState] = {}
    for state in states:
        match list(state):
            case [str() as key, bool() as visible, int() as width] if key in COLUMNS and key not in layout:
                layout[key] = (key, visible, min(max(width, WIDTH_MIN), WIDTH_MAX))
    if not any(visible for _, visible, _ in layout.values()):
        return default_layout(column_set)
    for key, column in COLUMNS.items():
        layout.setdefault(key, (key, False, column.width))
    return list(layout.values())


def shown_columns(layout: Iterable[ColumnState]) -> list[ChainColumn]:
    """The visible columns of a layout in call order, with its widths; book columns from bid to ask."""
    columns = [replace(COLUMNS[key], width=width) for key, visible, width in layout if visible]
    book = iter(sorted((c for c in columns if c.in_book), key=lambda c: c.book_place))
    return [next(book) if c.in_book else c for c in columns]


def put_half(calls: Sequence[ChainColumn]) -> list[ChainColumn]:
    """The put half of a call half: mirrored, each run of book columns in its own order."""
    mirrored: list[ChainColumn] = []
    run: list[ChainColumn] = []
    for column in reversed(calls):
        if column.in_book:
            run.insert(0, column)
        else:
            mirrored += [*run, column]
            run = []
    return [*mirrored, *run]


def fitting(calls: Sequence[ChainColumn], width: int) -> list[ChainColumn]:
    """The columns of a half that fit beside the strike into `width` pixels, the most wanted first.

    The two sides of the book stand or go together, and the best bid and ask stay however little room there is.
    """
    room = (width - STRIKE.width) // 2
    kept: set[str] = set()
    for column in sorted(calls, key=lambda c: c.rank):
        if column.key in kept:
            continue
        together = [column]
        if column.in_book:
            places = (column.book_place, BOOK_PLACES + 1 - column.book_place)
            together = [c for c in calls if c.book_place in places]
        needed = sum(c.width for c in together)
        if needed <= room or column.rank <= 1:
            room -= needed
            kept.update(c.key for c in together)
    return [c for c in calls if c.key in kept]


def moved(layout: Sequence[ColumnState], visible_order: Sequence[str]) -> list[ColumnState]:
    """The layout with its visible columns in another order; hidden ones keep their places."""
    by_key = {state[0]: state for state in layout}
    order = iter([by_key[key] for key in visible_order])
    return [next(order) if state[1] else state for state in layout]


def with_visible(layout: Sequence[ColumnState], key: str, visible: bool) -> list[ColumnState]:
    """The layout with one column shown or hidden; the last visible one stays."""
    changed = [(k, visible if k == key else v, w) for k, v, w in layout]
    return changed if any(v for _, v, _ in changed) else list(layout)


def with_width(layout: Sequence[ColumnState], key: str, width: int) -> list[ColumnState]:
    """The layout with one column's width changed."""
    return [(k, v, min(max(width, WIDTH_MIN), WIDTH_MAX) if k == key else w) for k, v, w in layout]
