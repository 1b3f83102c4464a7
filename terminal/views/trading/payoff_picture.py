"""Profit at expiry of an order or a basket (到期盈亏图): gain and loss by the price of the underlying then."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from terminal.domain.contracts import Contract
from terminal.domain.orders import OrderRequest
from terminal.rules.expiry_profit import profit_at_expiry
from terminal.rules.preview import OrderCost
from terminal.views.appearance import Appearance
from terminal.views.formatting import signed_money
from terminal.views.theme import SIZE_NOTE

#: Less room than this shows nothing, pixels
_LEAST, _MOST = 54, 132
_FOOT = 15
#: Of the strike, to each side of what must be seen
_ROOM = 0.06
_FILL = 0.16
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


@dataclass(frozen=True, slots=True)
class _Shown:
    """One order's line: where it starts, bends, crosses zero and ends."""

    prices: tuple[float, ...]
    profits: tuple[float, ...]
    spot: float
    evens: tuple[float, ...]

    def profit_at(self, price: float) -> float:
        """On the line."""
        return float(np.interp(price, self.prices, self.profits))


class PayoffPicture(QWidget):
    """Takes the room that the ticket has left, and shows nothing where there is little; the mouse reads the line."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shown: _Shown | None = None
        self._mouse: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(_MOST)
        self.setMouseTracking(True)
        # It paints all of itself: nothing behind it need be painted first
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._line = QPixmap()
        """The profit without what moves with the price, as it was painted last"""
        self._line_of: tuple[object, ...] = ()
        appearance.changed.connect(self._paint_anew)

    def sizeHint(self) -> QSize:
        """As high as there is room for."""
        return QSize(200, _MOST)

    def minimumSizeHint(self) -> QSize:
        """None: the fields come first."""
        return QSize(0, 0)

    def show_order(
        self,
        contract: Contract | None,
        request: OrderRequest | None,
        cost: OrderCost | None,
        spot: Decimal | None,
    ) -> None:
        """Show the line of an order; nothing while it cannot be read and for one that closes."""
        if contract is None or request is None or cost is None or spot is None:
            self._show(None)
        else:
            self._show(_line(contract, request, cost, float(spot)))

    def show_line(self, prices: Sequence[float], profits: Sequence[float], spot: float, evens: Sequence[float]) -> None:
        """Show a line that bends at `prices`, of the part around spot, strikes and `evens`; nothing without prices.

        The first price is where it begins and the last where it ends, yuan per share; `profits` in yuan.
        """
        self._show(_part(prices, profits, spot, evens) if len(prices) > 1 else None)

    def words(self) -> str:
        """What the picture says, for who does not see it."""
        shown = self._shown
        if shown is None:
            return ""
        low, high = min(shown.profits), max(shown.profits)
        return self.tr("Profit at expiry from {low} to {high}, even at {even}").format(
            low=_yuan(low), high=_yuan(high), even=", ".join(f"{even:.4f}" for even in shown.evens)
        )

    def reading(self) -> str:
        """Price and profit where the mouse is; empty elsewhere."""
        shown, price = self._shown, self._price_at_mouse()
        return "" if shown is None or price is None else f"{price:.3f}  {_yuan(shown.profit_at(price))}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the line there."""
        self._mouse = event.position().x()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Read no more."""
        self._mouse = None
        self.update()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(self.words())
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, zero, gain and loss, the strike's bend, spot and break-even below."""
        shown = self._shown
        painter = QPainter(self)
        if shown is None or self.height() < _LEAST:
            painter.fillRect(self.rect(), self._appearance.theme.panel)
        else:
            wanted = (shown.prices, shown.profits, self.size(), self.devicePixelRatioF())
            if wanted != self._line_of:
                self._line_of = wanted
                self._paint_line(shown)
            painter.drawPixmap(0, 0, self._line)
            self._paint_foot(painter, shown)
            self._paint_head(painter)
        painter.end()

    # ---- inside

    def _show(self, shown: _Shown | None) -> None:
        if shown != self._shown:
            self._shown = shown
            self.setAccessibleName(self.words())
            self.update()

    def _area(self) -> QRectF:
        return QRectF(6, 15, max(self.width() - 12, 1), max(self.height() - 18 - _FOOT, 1))

    def _pixel(self, price: float, profit: float) -> QPointF:
        shown, area = self._shown, self._area()
        assert shown is not None
        low, high = shown.prices[0], shown.prices[-1]
        least, most = min(*shown.profits, 0.0), max(*shown.profits, 0.0)
        across, up = (price - low) / (high - low), (profit - least) / max(most - least, 1e-9)
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    def _price_at_mouse(self) -> float | None:
        shown, area = self._shown, self._area()
        if shown is None or self._mouse is None or not area.left() <= self._mouse <= area.right():
            return None
        low, high = shown.prices[0], shown.prices[-1]
        return low + (self._mouse - area.left()) / area.width() * (high - low)

    def _paint_anew(self) -> None:
        self._line_of = ()
        self.update()

    def _paint_line(self, shown: _Shown) -> None:
        """Ground, zero, gain and loss."""
        theme, area, ratio = self._appearance.theme, self._area(), self.devicePixelRatioF()
        self._line = QPixmap(self.size() * ratio)
        self._line.setDevicePixelRatio(ratio)
        self._line.fill(theme.well)
        painter = QPainter(self._line)
        painter.setPen(QPen(theme.border, 1))
        zero = self._pixel(0.0, 0.0).y()
        painter.drawLine(QLineF(area.left(), zero, area.right(), zero))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for start, end in zip(range(len(shown.prices) - 1), range(1, len(shown.prices)), strict=True):
            self._paint_part(painter, shown, start, end, zero)
        painter.end()

    def _paint_part(self, painter: QPainter, shown: _Shown, start: int, end: int, zero: float) -> None:
        """A straight part, which lies on one side of zero."""
        left = self._pixel(shown.prices[start], shown.profits[start])
        right = self._pixel(shown.prices[end], shown.profits[end])
        ink = self._appearance.colour_of(shown.profits[start] + shown.profits[end])
        ground = QColor(ink)
        ground.setAlphaF(_FILL)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawPolygon(QPolygonF([left, right, QPointF(right.x(), zero), QPointF(left.x(), zero)]))
        painter.setPen(QPen(ink, 1.4))
        painter.drawLine(left, right)

    def _paint_foot(self, painter: QPainter, shown: _Shown) -> None:
        """The price now and where the order ends even; a word that finds no room is left out."""
        theme, area = self._appearance.theme, self._area()
        painter.setFont(self._appearance.figures_at(SIZE_NOTE))
        metrics = painter.fontMetrics()
        taken: list[QRectF] = []
        for price, ink in ((shown.spot, theme.spot), *((even, theme.text) for even in shown.evens)):
            if not shown.prices[0] <= price <= shown.prices[-1]:
                continue
            at, text = self._pixel(price, 0.0).x(), f"{price:.3f}"
            painter.setPen(QPen(ink, 1, Qt.PenStyle.SolidLine if price == shown.spot else Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(round(at), area.top(), round(at), area.bottom()))
            width = metrics.horizontalAdvance(text) + 4
            left = min(max(at - width / 2, 0.0), self.width() - width)
            word = QRectF(left, self.height() - _FOOT - 1, width, _FOOT)
            if not any(word.intersects(other) for other in taken):
                painter.drawText(word, _CENTRE, text)
                taken.append(word)

    def _paint_head(self, painter: QPainter) -> None:
        """Largest gain and loss in sight, or the reading at the mouse."""
        shown, theme = self._shown, self._appearance.theme
        assert shown is not None
        room = QRectF(6, 0, self.width() - 12, 15)
        painter.setFont(self._appearance.words_at(SIZE_NOTE))
        painter.setPen(theme.dim)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.tr("At expiry"))
        price, profit, text = self._price_at_mouse(), min(shown.profits), ""
        if price is not None:
            profit, text = shown.profit_at(price), self.reading()
            at = round(self._pixel(price, 0.0).x())
            painter.drawLine(QLineF(at, self._area().top(), at, self._area().bottom()))
        painter.setFont(self._appearance.figures_at(SIZE_NOTE))
        painter.setPen(self._appearance.colour_of(profit))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text or _yuan(profit))


def _part(prices: Sequence[float], profits: Sequence[float], spot: float, evens: Sequence[float]) -> _Shown:
    """What must be seen of a longer line, with some room to each side."""
    marks = [*prices[1:-1], spot, *evens]
    room = _ROOM * max(spot, *prices[1:-1])
    low, high = max(min(marks) - room, prices[0]), max(marks) + room
    # Beyond its last price the line goes on as it came
    reach = max(high, prices[-1])
    slope = (profits[-1] - profits[-2]) / (prices[-1] - prices[-2])
    known = np.array([*prices, reach] if reach > prices[-1] else prices)
    worth = np.array([*profits, profits[-1] + slope * (reach - prices[-1])] if reach > prices[-1] else profits)
    bends = np.unique(np.array([low, *(p for p in (*prices, *evens) if low < p < high), high]))
    seen = tuple(even for even in evens if low <= even <= high)
    return _Shown(tuple(bends.tolist()), tuple(np.interp(bends, known, worth).tolist()), spot, seen)


def _line(contract: Contract, request: OrderRequest, cost: OrderCost, spot: float) -> _Shown | None:
    """The line between a little below and a little above the prices that matter."""
    strike = float(contract.strike)
    marks = [strike, float(contract.underlying_close), spot]
    if cost.break_even is not None and cost.break_even > 0:
        marks.append(float(cost.break_even))
    room = _ROOM * strike
    ends = np.array([max(min(marks) - room, 0.0), strike, max(marks) + room])
    profits = profit_at_expiry(request, contract, cost, ends, spot)
    if profits is None or not np.isfinite(profits).all():
        return None
    evens = tuple(
        float(a + (b - a) * p / (p - q))
        for a, b, p, q in zip(ends[:-1], ends[1:], profits[:-1], profits[1:], strict=True)
        if p * q < 0
    )
    prices = np.unique(np.concatenate((ends, np.array(evens))))
    return _Shown(tuple(prices.tolist()), tuple(np.interp(prices, ends, profits).tolist()), spot, evens)


def _yuan(profit: float) -> str:
    return signed_money(Decimal(round(profit * 100)).scaleb(-2))
