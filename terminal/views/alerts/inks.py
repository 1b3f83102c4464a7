"""Colours of severities and lines, and the painted pieces that cards, toasts and the sheet share."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from terminal.views.alerts.card_text import Tone
from terminal.views.alerts.words import Severity
from terminal.views.appearance import Appearance
from terminal.views.style_sheet import mixed
from terminal.views.theme import RADIUS_BUTTON, Theme

EDGE = 4
#: So long the edge of what is gravest is bright, and so long dark, wall seconds
BLINK_SECONDS = 0.5
BLINKING = frozenset({Severity.CONFIRM, Severity.URGENT})
"""What blinks until it is answered (ui.md: critical, blinking only until acknowledged)"""


def ink_of(severity: Severity, theme: Theme) -> QColor:
    """The colour of a severity."""
    return {
        Severity.CONFIRM: theme.theo,
        Severity.URGENT: theme.critical,
        Severity.IMPORTANT: theme.warn,
        Severity.NOTE: theme.focus,
    }[severity]


def tone_ink(tone: Tone, severity: Severity, theme: Theme) -> QColor:
    """The colour of a line's value."""
    if tone is Tone.GOOD:
        return theme.ok
    if tone is Tone.BAD:
        return theme.critical if severity in (Severity.URGENT, Severity.CONFIRM) else theme.warn
    return theme.text


def paint_ground(
    painter: QPainter, area: QRectF, severity: Severity, appearance: Appearance, *, lit: bool, dark: bool = False
) -> None:
    """A tinted card with a thick edge on the left; `lit` frames the one the keyboard stands on.

    `dark` is the other half of an edge that blinks.
    """
    theme = appearance.theme
    ink = ink_of(severity, theme)
    frame = area.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.focus if lit else mixed(ink, theme.panel, 0.55), 2 if lit else 1))
    painter.setBrush(mixed(ink, theme.panel, 0.10))
    painter.drawRoundedRect(frame, RADIUS_BUTTON, RADIUS_BUTTON)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    edge = mixed(ink, theme.panel, 0.2) if dark else ink
    painter.fillRect(QRectF(area.left(), area.top(), EDGE, area.height()), edge)


def paint_bar(painter: QPainter, track: QRectF, part: float, ink: QColor, theme: Theme) -> None:
    """A track with the part of it that is left."""
    painter.fillRect(track, theme.border)
    if part > 0:
        painter.fillRect(QRectF(track.left(), track.top(), track.width() * min(part, 1.0), track.height()), ink)


class Padlock(QWidget):
    """A closed lock in the colour of a warning: no font is sure to have one."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setFixedSize(18, 20)
        appearance.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bow and body."""
        ink = self._appearance.theme.warn
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 2))
        painter.drawArc(QRectF(5, 2, 8, 12), 0, 180 * 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(QRectF(2, 8, 14, 10), 2, 2)
        painter.end()
