"""Beside the smile: the curve in figures, the point under work, and the buttons that publish and take back."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from terminal.services.publish_impact import PublishImpact
from terminal.services.smile import Smile
from terminal.views.formatting import DASH, number, percent, signed_percent
from terminal.views.step_field import StepField
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING
from terminal.views.volatility.figure_row import FigureRow
from terminal.views.volatility.impact_box import ImpactBox
from terminal.views.volatility.words import word

WIDTH = 196
#: Heights, pixels: one line, what stands above and below the lines; the point's buttons, what publishing would change,
#: and from where on those are shown
_ROW_HEIGHT, _FRAME = 19, 96
_BUTTONS, _WITH_BUTTONS, _IMPACT, _WITH_IMPACT = 128, 400, 112, 540
_BY_WORTH = (
    *("atm", "skew", "convexity", "error", "butterfly", "calendar", "forward", "low", "high", "carry", "dividend"),
)


class SidePane(QWidget):
    """Shows what `show_smile` gets; buttons only tell."""

    publish_wanted = Signal()
    revert_wanted = Signal()
    refit_wanted = Signal()
    lock_wanted = Signal()
    nudged = Signal(str, int)
    """What ("tilt", "widen") and the direction"""
    point_wanted = Signal(str)
    """The volatility typed or stepped to for the chosen point, per cent"""
    left = Signal()
    """The keys are the curve's again"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._smile: Smile | None = None
        self._selected = -1
        set_role(self, "panel")
        self.setFixedWidth(WIDTH)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(0, 1)
        self.title, self._against = QLabel(), QLabel()
        set_role(self.title, "title")
        set_role(self._against, "note")
        grid.addWidget(self.title, 0, 0)
        grid.addWidget(self._against, 0, 1, 1, 2, Qt.AlignmentFlag.AlignRight)
        names: tuple[tuple[str, Callable[[], str]], ...] = (
            ("atm", lambda: word("ATM")),
            ("skew", lambda: word("Skew")),
            ("convexity", lambda: word("Convexity")),
            ("low", lambda: word("Low wing")),
            ("high", lambda: word("High wing")),
            ("forward", lambda: word("Forward")),
            ("carry", lambda: word("Carry")),
            ("dividend", lambda: word("Implied div.")),
            ("error", lambda: word("Fit error")),
            ("butterfly", lambda: word("Butterfly")),
            ("calendar", lambda: word("Calendar")),
        )
        self.rows = {key: FigureRow(grid, n, name) for n, (key, name) in enumerate(names, 1)}
        line = QFrame()
        set_role(line, "line")
        self.point = QLabel()
        set_role(self.point, "title")
        self.lock, self.revert, self.refit = (self._button() for _ in range(3))
        self.publish = self._button()
        set_role(self.publish, "primary")
        self.note = QLabel()
        self.note.setWordWrap(True)
        set_role(self.note, "note")
        self.work_box = QWidget(self)
        self.impact = ImpactBox(self)
        head = QHBoxLayout()
        head.addWidget(self.point, 1)
        head.addWidget(self.lock)
        work = QGridLayout()
        work.setVerticalSpacing(2)
        work.setHorizontalSpacing(4)
        self._point_name = QLabel()
        set_role(self._point_name, "dim")
        self.field = StepField(_stepped, self)
        for button in (self.field.less, self.field.more):
            set_role(button, "dense")
        set_role(self.field.line, "small-figure")
        self.field.edited.connect(self._on_edited)
        self.field.line.editingFinished.connect(self._on_typed)
        work.addWidget(self._point_name, 0, 0)
        work.addWidget(self.field, 0, 1, 1, 3)
        self._work: dict[str, tuple[QLabel, QLabel]] = {}
        for n, (key, keys) in enumerate((("tilt", "[]"), ("widen", "{}")), 1):
            name, figure = QLabel(), QLabel()
            set_role(name, "dim")
            set_role(figure, "figure")
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._work[key] = name, figure
            work.addWidget(name, n, 0)
            work.addWidget(figure, n, 1)
            for place, (sign, words) in enumerate(((-1, f"− {keys[0]}"), (1, f"+ {keys[1]}")), 2):
                button = self._button()
                set_role(button, "dense")
                button.setText(words)
                button.clicked.connect(lambda _=False, k=key, s=sign: self.nudged.emit(k, s))
                work.addWidget(button, n, place)
        work.setColumnStretch(0, 1)
        pair = QHBoxLayout()
        pair.setSpacing(4)
        pair.addWidget(self.revert)
        pair.addWidget(self.refit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PANEL_PADDING, 6, PANEL_PADDING, 6)
        layout.setSpacing(5)
        layout.addLayout(grid)
        box = QVBoxLayout(self.work_box)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(line)
        box.addLayout(head)
        box.addLayout(work)
        layout.addWidget(self.work_box)
        layout.addWidget(self.impact)
        layout.addWidget(self.note)
        layout.addStretch(1)
        layout.addLayout(pair)
        layout.addWidget(self.publish)
        self.publish.clicked.connect(self.publish_wanted)
        self.revert.clicked.connect(self.revert_wanted)
        self.refit.clicked.connect(self.refit_wanted)
        self.lock.clicked.connect(self.lock_wanted)
        self._name()

    def show_smile(
        self, smile: Smile | None, selected: int, note: str = "", impact: PublishImpact | None = None
    ) -> None:
        """Put every figure."""
        self._smile, self._selected = smile, selected
        self.impact.show_impact(impact)
        self.setEnabled(smile is not None and smile.fit is not None)
        if self.note.text() != note:
            self.note.setText(note)
        self.note.setVisible(bool(note))
        if smile is None:
            for row in self.rows.values():
                row.put(DASH)
            return
        now, then = smile.traits(), smile.settled_traits()
        for key, value, before in (
            ("atm", now.at_the_money, then.at_the_money),
            ("low", now.low_wing, then.low_wing),
            ("high", now.high_wing, then.high_wing),
        ):
            self.rows[key].put(number(value * 100), _change(value - before))
        for key, value, before in (("skew", now.skew, then.skew), ("convexity", now.convexity, then.convexity)):
            self.rows[key].put(_signed(value * 100), _change(value - before, 1))
        forward = smile.forward.price
        self.rows["forward"].put(number(forward, 4), _plain(forward - smile.spot, 4))
        self.rows["carry"].put(percent(smile.carry, 1))
        self.rows["dividend"].put(number(smile.dividend, 4))
        self.rows["error"].put(f"{number(smile.fit_error * 10_000, 1)} bp" if np.isfinite(smile.fit_error) else DASH)
        for key, free in (("butterfly", smile.butterfly_free), ("calendar", smile.calendar_free)):
            known = smile.fit is not None
            self.rows[key].put(
                DASH if not known else word("✓ free") if free else word("✕ arbitrage"),
                role="dim" if not known else "ok" if free else "critical",
            )
        self._show_point(smile, selected)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short, the buttons that keys stand for go first, then the figures read least."""
        super().resizeEvent(event)
        room = event.size().height()
        self.work_box.setVisible(room >= _WITH_BUTTONS)
        self.impact.setVisible(room >= _WITH_IMPACT)
        room -= _FRAME + (_BUTTONS if room >= _WITH_BUTTONS else 0) + (_IMPACT if room >= _WITH_IMPACT else 0)
        fits = max(room // _ROW_HEIGHT, 3)
        for place, key in enumerate(_BY_WORTH):
            self.rows[key].set_visible(place < fits)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._name()
            self.show_smile(self._smile, self._selected, self.note.text(), self.impact.shown)

    def _show_point(self, smile: Smile, selected: int) -> None:
        curve = smile.curve
        k = np.array(curve.handles) if curve is not None else smile.points.k
        chosen = 0 <= selected < len(k)
        strike = f"{smile.forward.price * float(np.exp(k[selected])):.3f}" if chosen else DASH
        self.point.setText(f"{word('Point')} {strike}")
        value = float(smile.curve_volatility(k[[selected]])[0]) if chosen else np.nan
        adjustment = curve.adjustment if curve is not None else None
        if not self.field.line.isModified():
            self.field.set_text(number(value * 100))
        self.field.setEnabled(chosen)
        self._work["tilt"][1].setText(_signed(adjustment.tilt * 100 if adjustment else 0.0))
        self._work["widen"][1].setText(_signed(adjustment.width * 100 if adjustment else 0.0))
        locked = adjustment is not None and chosen and adjustment.locks[selected] is not None
        self.lock.setText(word("Unlock L") if locked else word("Lock L"))
        self.lock.setEnabled(chosen)
        changed = curve is not None and curve.is_changed
        self.publish.setEnabled(curve is None or changed)
        self.revert.setEnabled(changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In the field Enter takes what is typed and Esc drops it: neither publishes, neither takes the curve back."""
        key = Qt.Key(event.key())
        if self.field.line.hasFocus() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.field.line.setModified(False)
            self.left.emit()
            if self._smile is not None:
                self._show_point(self._smile, self._selected)
            return
        super().keyPressEvent(event)

    def _on_edited(self, text: str) -> None:
        # A step counts at once, what is typed when it is finished
        if not self.field.line.isModified():
            self.point_wanted.emit(text)

    def _on_typed(self) -> None:
        if self.field.line.isModified():
            self.field.line.setModified(False)
            self.point_wanted.emit(self.field.text)

    def _button(self) -> QPushButton:
        button = QPushButton(self)
        # A click must not take the keys from the curve
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _name(self) -> None:
        self.title.setText(word("Curve"))
        self._against.setText(word("against settlement"))
        for row in self.rows.values():
            row.retitle()
        self._point_name.setText(word("IV %"))
        for key, text in (("tilt", word("Tilt")), ("widen", word("Width"))):
            self._work[key][0].setText(text)
        self.field.line.setAccessibleName(word("Volatility of the chosen point, per cent"))
        self.field.setToolTip(
            word("↑ and ↓ move the chosen point by 0.1, with Shift by more; Enter takes what is typed")
        )
        self.impact.name_all()
        self.revert.setText(word("Revert Esc"))
        self.refit.setText(word("Re-fit F"))
        self.publish.setText(word("Publish ↵"))
        self.rows["skew"].name.setToolTip(
            word("Slope at the forward, points per 1.00 of log moneyness over root of years")
        )
        self.rows["convexity"].name.setToolTip(word("Second derivative at the forward, points per 1.00 squared"))


def _stepped(text: str, count: int) -> str:
    """A volatility in per cent, so many tenths of a point away; what is no number stays."""
    try:
        now = float(text)
    except ValueError:
        return text
    return f"{now + 0.1 * count:.2f}" if np.isfinite(now) else text


def _change(value: float, decimals: int = 2) -> str:
    return signed_percent(value, decimals).rstrip("%") if np.isfinite(value) else ""


def _signed(value: float, decimals: int = 2) -> str:
    return signed_percent(value / 100, decimals).rstrip("%")


def _plain(value: float, decimals: int) -> str:
    text = number(value, decimals)
    return f"+{text}" if np.isfinite(value) and value > 0 else text if np.isfinite(value) else ""
