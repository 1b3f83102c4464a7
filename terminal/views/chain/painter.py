"""Paints cells of the chain from whole numbers: ground, bar, marks, figure. Knows colours and fonts, not the market.

A cell is filled up to the grid line below it, which only a full repaint draws. Everything that is the same for many
cells (colours by role, fonts, glyph runs) is made once per change of the screen's appearance.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygonF

from terminal.pricing.quality import Quality
from terminal.views.appearance import Appearance
from terminal.views.chain.columns import Kind
from terminal.views.chain.figures import NONE, CellColumn
from terminal.views.chain.glyphs import Figures, Pen
from terminal.views.chain.lamps import LampPainter
from terminal.views.chain.style import (
    BAR_MASK,
    BAR_SHIFT,
    BAR_STEPS,
    CALL_LAMP_SHIFT,
    FLASH_MASK,
    FLASH_SHIFT,
    GROUND_SHIFT,
    INK_MASK,
    PUT_LAMP_SHIFT,
    QUALITY_MASK,
    QUALITY_SHIFT,
    Ink,
    Lamp,
    Mark,
)
from terminal.views.chain.texts import cell_text, own_parts, strike_text
from terminal.views.formatting import DASH
from terminal.views.style_sheet import mixed
from terminal.views.theme import CELL_PADDING, SIZE_BODY, ColourMode

_BOLD, _STALE, _HATCH = int(Mark.BOLD), int(Mark.STALE), int(Mark.HATCH)
_TOUCH, _BEHIND = int(Mark.OWN_TOUCH), int(Mark.OWN_BEHIND)
_LIMIT_UP, _LIMIT_DOWN = int(Mark.LIMIT_UP), int(Mark.LIMIT_DOWN)
_EDGE = int(Mark.EDGE)
_UNDER = BAR_MASK | QUALITY_MASK | _EDGE | _HATCH | _TOUCH | _BEHIND | _LIMIT_UP | _LIMIT_DOWN
_AT_THE_MONEY = int(Mark.AT_THE_MONEY) >> GROUND_SHIFT
#: By flash level; the fourth is never used, it fills the place of two bits
_FLASH_ALPHA = (0.0, 0.20, 0.42, 0.42)
_BAR_ALPHA = 0.16
_EDGE_ALPHA = 0.24
_TOUCH_EDGE_ALPHA = 0.32
_OWN_BAR = 3
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class _Place:
    """One column on the screen and what its cells need."""

    x: int
    width: int
    grounds: list[QColor]
    """By the five style bits from FLASH_SHIFT on: flash level and direction, in and at the money"""
    bars: list[QColor]
    """Depth bar by in and at the money"""
    kind: Kind
    key: str
    regular: Figures
    bold: Figures
    italic: Figures
    ends: dict[int, QPointF] = field(default_factory=dict)
    """Where a figure's base line ends, by the upper edge of its cell"""


class ChainPainter:
    """Paints with the appearance and the columns it was prepared for last."""

    def __init__(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self._places: list[_Place] = []
        self._figures: dict[Kind, tuple[Figures, Figures, Figures]] = {}
        self._language = ""
        self.take_appearance()

    def take_appearance(self) -> None:
        """Fetch colours and fonts again."""
        look, theme = self._appearance, self._appearance.theme
        self._inks = {
            Ink.TEXT: theme.text,
            Ink.SECOND: theme.text_2,
            Ink.DIM: theme.dim,
            Ink.UP: look.up,
            Ink.DOWN: look.down,
            Ink.FLAT: look.flat,
            Ink.BID: look.bid,
            Ink.ASK: look.ask,
            Ink.OWN: theme.own,
            Ink.POSITION: theme.position,
            Ink.THEO: theme.theo,
            Ink.WARN: theme.warn,
            Ink.FAINT: theme.faint,
        }
        self._pens = [QPen(self._inks[ink]) for ink in Ink]
        self._stale_pens = [QPen(mixed(pen.color(), theme.panel, 0.6)) for pen in self._pens]
        regular, bold = look.figures, QFont(look.figures)
        bold.setWeight(QFont.Weight.DemiBold)
        italic = QFont(regular)
        italic.setItalic(True)
        self._regular, self._bold, self._italic = Pen(regular), Pen(bold), Pen(italic)
        self._strike = Pen(look.figures_at(SIZE_BODY, bold=True))
        self._figures.clear()
        self._edges = {"bid": _clear(look.bid, _TOUCH_EDGE_ALPHA), "ask": _clear(look.ask, _TOUCH_EDGE_ALPHA)}
        self._edge = _clear(theme.theo, _EDGE_ALPHA)
        self._hatch = QBrush(_clear(theme.warn, 0.45), Qt.BrushStyle.BDiagPattern)
        self._lamps = LampPainter(look)

    def set_columns(self, columns: Sequence[CellColumn], edges: Sequence[tuple[int, int]], language: str) -> None:
        """Take the columns with their (x, width) on screen."""
        if language != self._language:
            self._figures.clear()
            self._language = language
        theme = self._appearance.theme
        by_side = self._appearance.mode is ColourMode.BY_SIDE
        look = self._appearance
        tints = {"bid": look.bid_cell, "ask": look.ask_cell} if by_side else {}
        places = []
        for cell, (x, width) in zip(columns, edges, strict=True):
            key = cell.column.key
            plain, inside, atm = theme.panel, theme.itm_tint, theme.atm_row
            if cell.right is None:
                plain = inside = theme.raised
            if (tint := tints.get(key)) is not None:
                plain, inside, atm = tint, tint, mixed(tint, atm, 0.5)
            kind = cell.column.kind
            plains = (plain, inside, atm, atm)
            bar = look.bid if key == "bid_quantity" else look.ask
            bars = [mixed(bar, ground, _BAR_ALPHA) for ground in plains]
            places.append(_Place(x, width, self._grounds(plains), bars, kind, key, *self._figures_of(kind)))
        self._places = places

    def _grounds(self, plains: Sequence[QColor]) -> list[QColor]:
        look = self._appearance
        return [
            mixed(colour, plain, alpha) if alpha else plain
            for plain in plains
            for colour in (look.up, look.down)
            for alpha in _FLASH_ALPHA
        ]

    def _figures_of(self, kind: Kind) -> tuple[Figures, Figures, Figures]:
        known = self._figures.get(kind)
        if known is None:
            language = self._language

            def text_of(value: int) -> str:
                return cell_text(kind, value, language)

            known = (Figures(self._regular, text_of), Figures(self._bold, text_of), Figures(self._italic, text_of))
            self._figures[kind] = known
        return known

    def ground(self, painter: QPainter, y: int, height: int, width: int) -> None:
        """Draw the grid line below a row."""
        painter.fillRect(0, y + height - 1, width, 1, self._appearance.theme.grid)

    def paint_column(
        self,
        painter: QPainter,
        number: int,
        values: Sequence[int],
        styles: Sequence[int],
        tops: Sequence[int],
        height: int,
    ) -> None:
        """Paint cells of one column: their values, styles and upper edges; rows are `height` pixels high."""
        place = self._places[number]
        fill = height - 1
        kind = place.kind
        if kind is Kind.STRIKE:
            for value, style, y in zip(values, styles, tops, strict=True):
                self._strike_cell(painter, place, y, fill, value, style)
            return
        own = kind in (Kind.OWN_BID, Kind.OWN_ASK)
        x, width, grounds = place.x, place.width, place.grounds
        regular, bold, italic, ends = place.regular, place.bold, place.italic, place.ends
        base = self._regular.baseline(fill)
        edge = x + width - CELL_PADDING
        pens, stale_pens, flash_pen = self._pens, self._stale_pens, self._pens[Ink.TEXT]
        fill_rect, set_pen, glyph_run = painter.fillRect, painter.setPen, painter.drawGlyphRun
        pen = None
        for value, style, y in zip(values, styles, tops, strict=True):
            fill_rect(x, y, width, fill, grounds[(style >> FLASH_SHIFT) & 31])
            if style & _UNDER:
                self._under(painter, place, y, fill, style)
                pen = None
            if value == NONE:
                written = regular[value]
            elif own:
                self._own_cell(painter, place, y, fill, value, style)
                pen = None
                continue
            else:
                written = (italic if style & _STALE else bold if style & _BOLD else regular)[value]
            # Red on red cannot be read: while it flashes the ground alone tells the direction
            wanted = flash_pen if style & FLASH_MASK else (stale_pens if style & _STALE else pens)[style & INK_MASK]
            if wanted is not pen:
                pen = wanted
                set_pen(pen)
            if written.run is not None:
                end = ends.get(y)
                if end is None:
                    end = ends[y] = QPointF(edge, y + base)
                glyph_run(end, written.run)
            else:
                painter.setFont(self._regular.font)
                painter.drawText(QRectF(x, y, width - CELL_PADDING, fill), _RIGHT, written.text)

    def _under(self, painter: QPainter, place: _Place, y: int, height: int, style: int) -> None:
        x, width = place.x, place.width
        theme = self._appearance.theme
        if style & _EDGE and not style & FLASH_MASK:
            painter.fillRect(x, y, width, height, self._edges.get(place.key, self._edge))
        if quality := (style & QUALITY_MASK) >> QUALITY_SHIFT:
            self._quality_glyph(painter, x + 2, y, height, quality)
        if bar := (style & BAR_MASK) >> BAR_SHIFT:
            length = max(1, (width - 1) * bar // BAR_STEPS)
            # The bar stands on the side of its price
            left = x + width - length if place.key == "bid_quantity" else x
            painter.fillRect(left, y, length, height, place.bars[(style >> GROUND_SHIFT) & 3])
        if style & _HATCH:
            painter.fillRect(x, y, width, height, self._hatch)
        if style & (_TOUCH | _BEHIND):
            bar_width = 1
            if style & _TOUCH:
                painter.fillRect(x, y, width, height, theme.own_fill)
                bar_width = _OWN_BAR
            left = x + width - bar_width if place.kind is Kind.OWN_BID else x
            painter.fillRect(left, y, bar_width, height, theme.own)
        if style & (_LIMIT_UP | _LIMIT_DOWN):
            rises = bool(style & _LIMIT_UP)
            top = y if rises else y + height - 2
            painter.fillRect(x, top, width, 2, self._appearance.up if rises else self._appearance.down)
            tip = 5.0 if rises else -5.0
            edge = float(y if rises else y + height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._appearance.up if rises else self._appearance.down)
            painter.drawPolygon(QPolygonF([QPointF(x, edge), QPointF(x + 6, edge), QPointF(x, edge + tip)]))

    def _quality_glyph(self, painter: QPainter, x: int, y: int, height: int, quality: int) -> None:
        """What a figure stands on, by shape, in four pixels at the cell's left: one-sided a half, stale a bar, from
        other strikes a ring, crossed a cross."""
        top = y + (height - 4) // 2
        ink = self._appearance.theme.warn if quality == Quality.CROSSED else self._appearance.theme.dim
        if quality == Quality.ONE_SIDED:
            painter.fillRect(x, top, 2, 4, ink)
        elif quality == Quality.STALE:
            painter.fillRect(x, top + 2, 4, 1, ink)
        elif quality == Quality.INTERPOLATED:
            for left, up, wide, high in ((1, 0, 2, 1), (1, 3, 2, 1), (0, 1, 1, 2), (3, 1, 1, 2)):
                painter.fillRect(x + left, top + up, wide, high, ink)
        elif quality == Quality.CROSSED:
            for step in range(4):
                painter.fillRect(x + step, top + step, 1, 1, ink)
                painter.fillRect(x + 3 - step, top + step, 1, 1, ink)

    def _own_cell(self, painter: QPainter, place: _Place, y: int, height: int, value: int, style: int) -> None:
        """Quantity dim, price in my colour; the price is the one next to the book."""
        size, at = own_parts(value)
        pen = self._bold if style & _TOUCH else self._regular
        base = y + pen.baseline(height)
        price, quantity = pen.write(at), self._regular.write(size)
        gap, edge = 6.0, CELL_PADDING + 2.0
        if place.kind is Kind.OWN_BID:
            price_left = place.x + place.width - edge - price.width
            quantity_left = price_left - gap - quantity.width
        else:
            price_left = place.x + edge
            quantity_left = price_left + price.width + gap
        painter.setPen(self._pens[Ink.OWN])
        pen.draw(painter, price_left, base, price)
        if place.x <= quantity_left and quantity_left + quantity.width <= place.x + place.width:
            painter.setPen(self._pens[Ink.SECOND])
            self._regular.draw(painter, quantity_left, base, quantity)

    def _strike_cell(self, painter: QPainter, place: _Place, y: int, height: int, value: int, style: int) -> None:
        x, width = place.x, place.width
        theme = self._appearance.theme
        painter.fillRect(x, y, width, height, place.grounds[(style >> FLASH_SHIFT) & 31])
        if (style >> GROUND_SHIFT) & _AT_THE_MONEY:
            painter.fillRect(x, y, 2, height + 1, theme.spot)
            painter.fillRect(x + width - 2, y, 2, height + 1, theme.spot)
        elif style & Mark.IN_RANGE:
            painter.fillRect(x, y, 2, height + 1, mixed(theme.spot, theme.raised, 0.35))
            painter.fillRect(x + width - 2, y, 2, height + 1, mixed(theme.spot, theme.raised, 0.35))
        written = self._strike.write(DASH if value == NONE else strike_text(value))
        painter.setPen(self._pens[Ink.TEXT])
        left = float(round(x + (width - written.width) / 2))
        self._strike.draw(painter, left, y + self._strike.baseline(height), written)
        middle = y + height / 2
        self._lamps.paint(painter, x + 10.0, middle, Lamp((style >> CALL_LAMP_SHIFT) & 0xF))
        self._lamps.paint(painter, x + width - 10.0, middle, Lamp((style >> PUT_LAMP_SHIFT) & 0xF))


def _clear(colour: QColor, alpha: float) -> QColor:
    clear = QColor(colour)
    clear.setAlphaF(alpha)
    return clear
