"""What stands over the curve where there is no room for the pane beside it: its level, spot, forward, and what it does.

The pane's other figures are in the tip, its other buttons in the menu; what the pane would say stands here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from terminal.services.smile import Smile
from terminal.views.appearance import Appearance
from terminal.views.cut_label import CutLabel
from terminal.views.formatting import DASH, number
from terminal.views.plot import html
from terminal.views.style_sheet import set_role
from terminal.views.texts import plain_tip
from terminal.views.theme import PANEL_PADDING, SIZE_TABLE
from terminal.views.volatility.figure_row import FigureRow
from terminal.views.volatility.words import word

HEIGHT = 28


@dataclass(frozen=True, slots=True)
class CurveDeeds:
    """What the buttons and the menu call; `fill` adds what the head over a wide curve has: axes and the fit."""

    refit: Callable[[], object]
    publish: Callable[[], object]
    revert: Callable[[], object]
    lock: Callable[[], object]
    nudge: Callable[[str, int], object]
    fill: Callable[[QMenu], object]


class NarrowLine(QWidget):
    """`rows` are those of the pane, which has them filled also while it is hidden."""

    def __init__(
        self, appearance: Appearance, deeds: CurveDeeds, rows: Mapping[str, FigureRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._deeds = deeds
        self._rows = rows
        self._smile: Smile | None = None
        self._can_revert = self._has_point = self._is_locked = False
        set_role(self, "panel")
        self.setFixedHeight(HEIGHT)
        self.figures, self.note = QLabel(self), CutLabel(self)
        self.figures.setTextFormat(Qt.TextFormat.RichText)
        set_role(self.note, "warn")
        self.refit, self.publish = QPushButton(self), QPushButton(self)
        set_role(self.publish, "primary")
        self.more = QToolButton(self)
        self.more.setText("⋯")
        set_role(self.more, "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(PANEL_PADDING, 2, 4, 2)
        row.setSpacing(4)
        row.addWidget(self.figures)
        row.addWidget(self.note, 1)
        row.addStretch()
        for button, do in ((self.refit, deeds.refit), (self.publish, deeds.publish), (self.more, self._open)):
            # A click must not take the keys from the curve
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, does=do: does())
            row.addWidget(button)
        self.more.setFixedSize(24, 22)
        appearance.changed.connect(self._write)
        self._name()

    def show_smile(self, smile: Smile | None, selected: int, note: str = "") -> None:
        """Put level, spot and forward, or what the pane would say."""
        self._smile = smile
        curve = None if smile is None else smile.curve
        handles = 0 if smile is None else len(curve.handles if curve is not None else smile.points.k)
        self._has_point = 0 <= selected < handles
        locks = curve.adjustment.locks if curve is not None and self._has_point else None
        self._is_locked = locks is not None and locks[selected] is not None
        self._can_revert = curve is not None and curve.is_changed
        is_fitted = smile is not None and smile.fit is not None
        self.refit.setEnabled(is_fitted)
        self.publish.setEnabled(is_fitted and (curve is None or curve.is_changed))
        self.more.setEnabled(smile is not None)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.figures.setVisible(not note)
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            self._write()
        super().changeEvent(event)

    def menu_of_deeds(self) -> QMenu:
        """All that the wide panel has buttons for."""
        menu = QMenu(self)
        self._deeds.fill(menu)
        menu.addSeparator()
        lock = menu.addAction(word("Unlock L") if self._is_locked else word("Lock L"), self._deeds.lock)
        lock.setEnabled(self._has_point)
        for what, name, keys in (("tilt", word("Tilt"), "[]"), ("widen", word("Width"), "{}")):
            for sign, mark, key in ((-1, "−", keys[0]), (1, "+", keys[1])):
                menu.addAction(f"{name} {mark} {key}", partial(self._deeds.nudge, what, sign))
        menu.addSeparator()
        menu.addAction(word("Revert Esc"), self._deeds.revert).setEnabled(self._can_revert)
        menu.addAction(word("Re-fit F"), self._deeds.refit).setEnabled(self.refit.isEnabled())
        menu.addAction(word("Publish ↵"), self._deeds.publish).setEnabled(self.publish.isEnabled())
        return menu

    # ---- inside

    def _open(self) -> None:
        menu = self.menu_of_deeds()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _write(self) -> None:
        look, theme, smile = self._appearance, self._appearance.theme, self._smile
        level = DASH if smile is None else number(smile.traits().at_the_money * 100)
        spot = DASH if smile is None or smile.spot <= 0.0 else number(smile.spot, 3)
        forward = DASH if smile is None else number(smile.forward.price, 4)
        parts = [
            ("", level, theme.own),
            ("S", spot, theme.spot),
            ("F", forward, theme.theo),
        ]
        free = smile is None or smile.fit is None or (smile.butterfly_free and smile.calendar_free)
        figures = look.figures_at(SIZE_TABLE)
        texts = [html(f"{name} {figure}".strip(), figures, colour) for name, figure, colour in parts]
        if not free:
            # Before anything else: nothing of such a curve may be published unseen
            texts = [html(word("✕ arbitrage"), look.words_at(SIZE_TABLE, bold=True), theme.critical), texts[0]]
        text = "&nbsp;&nbsp; ".join(texts)
        if text != self.figures.text():
            self.figures.setText(text)
            self.figures.setAccessibleName(f"{word('ATM')} {level}, S {spot}, F {forward}")
        tip = "\n".join(
            f"{row.name.text()}  {row.figure.text()}  {row.change.text()}".rstrip() for row in self._rows.values()
        )
        if self.figures.toolTip() != plain_tip(tip):
            self.figures.setToolTip(plain_tip(tip))

    def _name(self) -> None:
        self.refit.setText(word("Re-fit F"))
        self.publish.setText(word("Publish ↵"))
        self.more.setToolTip(word("Axis, fit, the chosen point, take back"))
        self.more.setAccessibleName(self.more.toolTip())
