"""Colours and shapes of the levels: the lamp is told apart by its shape first, then by its colour."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from terminal.rules.obligations.clock import QuotingState
from terminal.views.obligations.standing import Level
from terminal.views.style_sheet import mixed
from terminal.views.theme import Theme

_WARN_TINT, _CRITICAL_TINT = 0.14, 0.16


def ink_of(level: Level, theme: Theme) -> QColor:
    """The colour of a level."""
    return {
        Level.GOOD: theme.ok,
        Level.CRITICAL: theme.warn,
        Level.MISSED: theme.critical,
        Level.EXEMPT: theme.dim,
        Level.OFF: theme.dim,
    }[level]


def ground_of(level: Level, theme: Theme) -> QColor | None:
    """The ground of a row that needs a look; None for the others."""
    if level is Level.MISSED:
        return mixed(theme.critical, theme.panel, _CRITICAL_TINT)
    return mixed(theme.warn, theme.panel, _WARN_TINT) if level is Level.CRITICAL else None


def state_ink(state: QuotingState, theme: Theme) -> QColor:
    """The colour of a stretch of the day."""
    if state is QuotingState.MISSED:
        return theme.critical
    if state is QuotingState.GRACE:
        return theme.warn
    return theme.ok if state is QuotingState.LIVE else theme.dim


def draw_lamp(painter: QPainter, centre: QPointF, level: Level, theme: Theme, radius: float = 4.0) -> None:
    """Disc for good, half disc for critical, ringed square for missed, ring for the rest."""
    ink = ink_of(level, theme)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if level is Level.GOOD:
        painter.setBrush(ink)
        painter.drawEllipse(area)
    elif level is Level.CRITICAL:
        painter.drawEllipse(area)
        painter.setBrush(ink)
        painter.drawPie(area, 90 * 16, 180 * 16)
    elif level is Level.MISSED:
        painter.drawEllipse(area.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.fillRect(QRectF(centre.x() - 1.8, centre.y() - 1.8, 3.6, 3.6), ink)
    else:
        painter.drawEllipse(area.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


def draw_bar(painter: QPainter, area: QRectF, part: float, ink: QColor, ground: QColor) -> None:
    """A bar filled from the left; nan leaves it empty."""
    painter.fillRect(area, ground)
    if part == part and part > 0:
        painter.fillRect(QRectF(area.left(), area.top(), area.width() * min(part, 1.0), area.height()), ink)
