"""The day of an underlying (分时): price and average lines, the close before dashed, volume below; lunch folded."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QWidget

from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.services.day_minutes import DayMinutes, Minutes
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, percent, price
from terminal.views.plot import GAP, Label, Levels, Plot, Range, hairline, html
from terminal.views.plot_items import Bars, Line, Marks, Rule
from terminal.views.texts import underlying_name
from terminal.views.theme import SIZE_NOTE, SIZE_TABLE, SIZE_TITLE

_TITLE, _SIDE = 24, 16
#: Of the height, for the volume
_VOLUME_SHARE = 0.2
#: The word for the close before stands over this end of the day, a share of it
_LATE = 0.6
#: The lines stand in a range at least this wide, of the price: a quiet minute is no mountain
_LEAST_RANGE = 0.002
#: Prices of underlyings have so many decimals
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above the plot."""

    code: str
    last: float
    close: float


class IntradayPanel(Plot):
    """Stands on the underlying that was chosen last; served by the frame timer once a second."""

    def __init__(self, desk: Desk, minutes: DayMinutes, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, _TITLE, _SIDE, parent)
        self._desk = desk
        self._minutes = minutes
        self._underlying = ""
        self._head = _Head("", np.nan, np.nan)
        self._day: Minutes | None = None
        self.setMinimumSize(200, 120)
        self._prices = self.add_area(lambda value: f"{value:.{_DECIMALS}f}", zooms=True)
        self._volumes = self.add_area(lambda value: "")
        self.scales[1].write([])
        self._prices.setLimits(xMin=0.0, xMax=float(minutes.length), minXRange=10.0, yMin=0.0, minYRange=0.005)
        self._prices.sigXRangeChanged.connect(self._follow)
        self._title = Label(self, (0.0, 0.0), (6.0, 0.0))
        self._before = Rule(self._prices, is_upright=False, has_word=True)
        self._average, self._price = Line(self._prices), Line(self._prices)
        self._newest = Marks(self._prices, "o", 5.0)
        self._rises, self._falls = Bars(self._volumes), Bars(self._volumes)
        self.finish(str)
        self.across.write(self._time_ticks())
        self.flush()

    @property
    def underlying(self) -> str:
        """Code of the underlying that was chosen last."""
        return self._underlying or self._head.code

    @property
    def day(self) -> Minutes | None:
        """The minutes that are shown."""
        return self._day

    def show_underlying(self, code: str) -> None:
        """Turn to an underlying."""
        if code != self._underlying:
            self._underlying = code
            if self.isVisible():
                self.flush()

    def show_contract(self, code: str) -> None:
        """Turn to the underlying of a contract."""
        contract = self._desk.market.contract(code)
        if contract is not None:
            self.show_underlying(contract.underlying)

    def flush(self) -> None:
        """Show what has been traded since; nothing is painted where nothing was."""
        market = self._desk.market
        shown = market.underlying(self._underlying) or next(iter(market.underlyings), None)
        head, day = _Head("", np.nan, np.nan), None
        if shown is not None:
            last = market.quotes[market.row_of[shown.code], Column.LAST] / PRICE_SCALE or np.nan
            head, day = _Head(shown.code, float(last), float(shown.previous_close)), self._minutes.of(shown.code)
        if repr(head) != repr(self._head) or not _same(day, self._day):
            self._head, self._day = head, day
            self.setAccessibleName(f"{self.tr('Intraday')} {' '.join(self.heading())}")
            self._show()

    def heading(self) -> tuple[str, str, str]:
        """Name, last price and its change since the close before."""
        underlying = self._desk.market.underlying(self._head.code)
        if underlying is None:
            return DASH, DASH, ""
        name, last, close = underlying_name(underlying), self._head.last, self._head.close
        if not last > 0:
            return name, DASH, ""
        change = last / close - 1 if close > 0 else np.nan
        glyph = self.appearance.glyph(last - close)
        return name, price(round(last * PRICE_SCALE), _DECIMALS), f"{glyph}{percent(abs(change))}"

    def heights(self, room: float) -> tuple[float, ...]:
        """Prices, and the volume below them."""
        return (1.0 - _VOLUME_SHARE) * (room - GAP), _VOLUME_SHARE * (room - GAP)

    def sizeHint(self) -> QSize:
        """Below the picker."""
        return QSize(300, 230)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.dress()
        super().changeEvent(event)

    def dress(self) -> None:
        """Fetch colours, fonts and words again."""
        look, theme = self.appearance, self.appearance.theme
        self._before.setPen(hairline(theme.dim, Qt.PenStyle.DashLine))
        self._before.dress_word(look.words_at(SIZE_NOTE), theme.dim)
        self._average.setPen(hairline(theme.spot))
        self._price.setPen(hairline(theme.text))
        self._rises.setPen(hairline(look.up))
        self._falls.setPen(hairline(look.down))
        self._show()

    # ---- inside

    def _show(self) -> None:
        """Heading, close before, average, price and volume."""
        day, close, ink = self._day, self._head.close, self.appearance.colour_of(self._head.last - self._head.close)
        self._title.lay(self._heading_html())
        self.show_areas(is_shown=day is not None)
        if day is None:
            return
        x = np.linspace(0.5, self._minutes.length - 0.5, self._minutes.length, dtype=np.float64)
        self._average.lay(x, day.average)
        self._price.lay(x, day.last)
        known = np.flatnonzero(np.isfinite(day.last))
        self._newest.dress(hairline(ink), ink)
        self._newest.lay(x[known[-1:]], day.last[known[-1:]])
        moves = np.diff(day.last[known], prepend=close)
        for bars, these in ((self._rises, known[moves >= 0]), (self._falls, known[moves < 0])):
            bars.lay(x[these], np.zeros(len(these)), day.volume[these])
        most = float(np.nanmax(day.volume)) if np.isfinite(day.volume).any() else 0.0
        whole = (0.0, float(self._minutes.length))
        self._prices.stand(whole, self._price_range())
        self._volumes.stand(self._prices.x_range, (0.0, most or 1.0))
        text = (
            self.tr("prev. close {price}").format(price=price(round(close * PRICE_SCALE), _DECIMALS))
            if close > 0
            else ""
        )
        # Above the line, and below it where the price stands there at the day's end
        late = day.last[known][x[known] > _LATE * whole[1]]
        self._before.lay(close, text, (1.0, 0.0 if (late > close).any() else 1.0))

    def _follow(self) -> None:
        self._volumes.stand(self._prices.x_range, self._volumes.home[1])

    def _price_range(self) -> Range:
        day, close = self._day, self._head.close
        every = np.array([close]) if day is None else np.concatenate((day.last, day.average, [close]))
        every = every[np.isfinite(every) & (every > 0)]
        if not every.size:
            return 0.0, 1.0
        low, high = float(every.min()), float(every.max())
        room = max(0.06 * (high - low), (_LEAST_RANGE * high - (high - low)) / 2)
        return low - room, high + room

    def _heading_html(self) -> str:
        theme, look = self.appearance.theme, self.appearance
        name, last, change = self.heading()
        ink = look.colour_of(self._head.last - self._head.close if change else 0.0)
        parts = [
            html(name, look.words_at(SIZE_TABLE, bold=True), theme.text),
            html(last, look.figures_at(SIZE_TITLE, bold=True), ink),
            html(change, look.figures_at(SIZE_TABLE), ink),
        ]
        average = self._day.average[np.isfinite(self._day.average)] if self._day is not None else np.zeros(0)
        if average.size:
            text = self.tr("avg {price}").format(price=price(round(float(average[-1]) * PRICE_SCALE), _DECIMALS))
            parts.append(html(text, look.words_at(SIZE_NOTE), theme.spot))
        return "&nbsp; ".join(parts)

    def _time_ticks(self) -> Levels:
        """Opening, middles of the sessions, lunch and close."""
        (first, noon), (after, end) = self._minutes.sessions
        morning = noon - first
        return [
            [
                (0.0, _clock(first)),
                (float(morning), f"{_clock(noon)}/{_clock(after)}"),
                (float(self._minutes.length), _clock(end)),
            ],
            [
                (float(morning // 2), _clock((first + noon) // 2)),
                (float(morning + (end - after) // 2), _clock((after + end) // 2)),
            ],
        ]


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _same(one: Minutes | None, other: Minutes | None) -> bool:
    if one is None or other is None:
        return one is other
    pairs = ((one.last, other.last), (one.volume, other.volume), (one.average, other.average))
    return all(np.array_equal(a, b, equal_nan=True) for a, b in pairs)
