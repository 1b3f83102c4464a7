"""The one style sheet of the program, made from the tokens of a theme. Frames and fields only: cells are painted.

A widget asks for a look by its `role` property (`set_role`); no widget has a style sheet of its own.
"""

from collections.abc import Mapping
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from terminal.views.theme import Theme

_SHEET = Template("""
* { font-family: $words; font-size: 12px; widget-animation-duration: 0; }
QMainWindow, QDialog { background: $window; }
QMainWindow::separator { background: $window; width: 4px; height: 4px; }
QMainWindow::separator:hover { background: $focus; }
QWidget[role="panel"], QDockWidget > QWidget { background: $panel; }
QWidget[role="well"] { background: $well; }
QWidget[role="raised"] { background: $raised; }
QWidget[role="bar"] { background: $panel; border: none; border-bottom: 1px solid $window; }
QLabel { background: transparent; color: $text; }
QLabel[role="dim"] { color: $dim; }
QLabel[role="note"] { color: $dim; font-size: 10px; }
QLabel[role="second"] { color: $text_2; }
QLabel[role="title"] { font-size: 13px; font-weight: 600; }
QLabel[role="figure"] { font-family: $figures; font-size: 12px; }
QLabel[role="figure-warn"] { font-family: $figures; font-size: 12px; color: $warn; }
QLabel[role="small-figure"] { font-family: $figures; font-size: 10px; color: $text_2; }
QLabel[role="bid"] { color: $bid; font-weight: 600; }
QLabel[role="ask"] { color: $ask; font-weight: 600; }
QLabel[role="section"] { font-weight: 600; }
QLabel[role="link"] { color: $focus; font-weight: 600; }
QLabel[role="key-figure"] { font-family: $figures; font-size: 16px; font-weight: 600; }
QLabel[role="ok"] { color: $ok; }
QLabel[role="warn"] { color: $warn; }
QLabel[role="critical"] { color: $critical; }
QLabel[role="chip"] { background: $focus; color: $on_focus; border-radius: 3px; padding: 1px 5px; font-weight: 600;
    font-size: 11px; }
QLabel[dot="true"] { font-family: $figures; font-size: 13px; }
QFrame[role="line"] { background: $grid; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="upright"] { background: $grid; border: none; max-width: 1px; min-width: 1px; }
QFrame[role="card"] { background: $raised; border: 1px solid $border; border-radius: 3px; }
QFrame[role="proposal"] { background: $proposal; border: 1px solid $focus; border-radius: 2px; }
QWidget[role="foot"] { background: $panel; border: none; border-top: 1px solid $grid; }
QFrame[role="banner"] { background: $raised; border: none; border-left: 4px solid $focus; }
QFrame[role="banner-warn"] { background: $warn_tint; border: none; border-left: 4px solid $warn; }
QFrame[role="banner-critical"] { background: $critical_tint; border: none; border-left: 4px solid $critical; }
QPushButton, QToolButton { background: $raised; color: $text; border: 1px solid $border; border-radius: 3px;
    padding: 2px 8px; min-height: 18px; }
QPushButton[lines="2"] { min-height: 32px; }
QPushButton:hover, QToolButton:hover { border-color: $dim; }
QPushButton:pressed, QToolButton:pressed { background: $selected; }
QPushButton:checked, QToolButton:checked { background: $selected; border-color: $focus; color: $text;
    font-weight: 600; }
QPushButton:disabled, QToolButton:disabled { color: $faint; border-color: $grid; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 1px 7px; }
QToolButton[role="small"], QToolButton[role="armed"] { padding: 0; }
QToolButton[role="armed"] { color: $warn; border-color: $warn; font-weight: 600; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton[role="primary"] { background: $focus; color: $on_focus; border-color: $focus; font-weight: 600; }
QPushButton[role="own"] { background: $own; color: $on_focus; border-color: $own; font-weight: 600; }
QPushButton[role="own"]:focus { border: 2px solid $text; }
QPushButton[role="own"]:disabled { background: $raised; color: $faint; border-color: $grid; }
QPushButton[role="act-urgent"] { background: $critical; color: $on_button; border-color: $critical; font-weight: 600; }
QPushButton[role="act-important"] { background: transparent; color: $warn; border-color: $warn; font-weight: 600; }
QPushButton[role="act-note"] { background: transparent; color: $focus; border-color: $focus; font-weight: 600; }
QPushButton[role="act-urgent"]:disabled, QPushButton[role="act-important"]:disabled,
QPushButton[role="act-note"]:disabled { background: $raised; color: $faint; border-color: $grid; }
QPushButton[role="buy"] { background: $buy; color: $on_button; border-color: $buy; font-weight: 600; }
QPushButton[role="sell"] { background: $sell; color: $on_button; border-color: $sell; font-weight: 600; }
QPushButton[role="buy"]:focus, QPushButton[role="sell"]:focus, QPushButton[role="primary"]:focus,
QPushButton[role="act-urgent"]:focus {
    border: 2px solid $text; }
QPushButton[role="primary"]:disabled, QPushButton[role="buy"]:disabled, QPushButton[role="sell"]:disabled {
    background: $raised; color: $faint; border-color: $grid; }
QPushButton[role="stop"] { background: $critical_tint; color: $critical; border: 1px solid $critical;
    font-weight: 600; }
QPushButton[role="stop-armed"] { background: $critical; color: $on_button; border: 1px solid $critical;
    font-weight: 600; }
QPushButton[role="stop-tiers"] { background: $critical_tint; color: $critical; border: 1px solid $critical;
    padding: 0; }
QFrame[role="drop"] { background: $raised; border: 1px solid $border; }
QPushButton[role="stop"]:disabled { background: $raised; color: $faint; border-color: $grid; }
QPushButton[role="flat"], QToolButton[role="flat"] { background: transparent; border: 1px solid transparent;
    color: $text_2; }
QPushButton[role="flat"]:hover, QToolButton[role="flat"]:hover { background: $raised; }
QPushButton[role="flat"]:focus, QToolButton[role="flat"]:focus { border: 2px solid $focus; padding: 1px 7px; }
QPushButton[role="flat"]:checked, QToolButton[role="flat"]:checked { background: $selected; color: $text; }
QToolButton[role="flat-warn"] { background: transparent; border: 1px solid transparent; color: $warn; padding: 0 4px; }
QToolButton[role="flat-warn"]:hover { background: $raised; }
QToolButton[role="flat-warn"]:focus { border: 2px solid $focus; padding: 0 3px; }
QToolButton[role="strip"], QToolButton[role="strip-warn"] { background: transparent; border: none;
    border-top: 1px solid $grid; border-radius: 0; color: $text_2; font-size: 11px; padding: 2px 0; }
QToolButton[role="strip-warn"] { color: $warn; font-weight: 600; }
QToolButton[role="strip"]:focus, QToolButton[role="strip-warn"]:focus { border: 2px solid $focus; padding: 0; }
QToolButton[role="title-button"] { background: transparent; border: none; color: $dim; padding: 0; min-height: 0; }
QToolButton[role="title-button"]:hover { color: $text; background: $raised; }
QPushButton[role="preset"] { background: transparent; border: none; border-top: 2px solid transparent;
    border-right: 1px solid $grid; border-radius: 0; color: $text_2; padding: 0 12px; min-height: 23px; }
QPushButton[role="preset"]:checked { background: $raised; border-top: 2px solid $focus; color: $text; }
QPushButton[role="preset"]:hover { background: $raised; }
QPushButton[role="preset"]:focus { border-bottom: 2px solid $focus; padding: 0 12px; min-height: 21px; color: $text; }
QPushButton[role="key"] { font-family: $figures; padding: 0 6px; min-height: 17px; }
QPushButton[role="key"]:focus { padding: 0 5px; }
QPushButton[role="dense"] { padding: 2px; }
QPushButton[role="dense"]:focus { padding: 1px; }
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QDateEdit { background: $well; color: $text;
    border: 1px solid $border; border-radius: 2px; padding: 1px 6px; min-height: 20px;
    selection-background-color: $selected; selection-color: $text; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit:focus, QDateEdit:focus {
    border: 2px solid $focus; padding: 0 5px; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: $faint; border-color: $grid; }
QLineEdit[role="figure"], QSpinBox[role="figure"] { font-family: $figures; font-size: 14px; }
QLineEdit[role="own-figure"] { font-family: $figures; font-size: 14px; font-weight: 600; color: $own; }
QLineEdit[role="own-figure"]:disabled { color: $faint; }
QComboBox::drop-down { border: none; width: 16px; }
QComboBox::down-arrow { width: 0; height: 0; margin-right: 6px; border-left: 4px solid $well;
    border-right: 4px solid $well; border-top: 5px solid $text_2; }
QComboBox::down-arrow:disabled { border-top-color: $faint; }
QComboBox QAbstractItemView, QListView { background: $raised; color: $text; border: 1px solid $border; outline: none;
    selection-background-color: $selected; selection-color: $text; }
QListView[role="plain"], QListView[role="strip"] { background: $panel; border: none; }
QListView[role="strip"] { font-size: 10px; }
QCheckBox, QRadioButton { color: $text_2; spacing: 6px; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $faint; }
QCheckBox::indicator { width: 12px; height: 12px; border: 1px solid $dim; border-radius: 2px; background: $well; }
QCheckBox::indicator:checked { width: 6px; height: 6px; border: 4px solid $focus; background: $text; }
QCheckBox::indicator:disabled { border-color: $border; }
QCheckBox:focus { color: $text; }
QCheckBox::indicator:focus { border-color: $focus; }
QTableView, QTreeView { background: $panel; color: $text; gridline-color: $grid; border: none; outline: none;
    alternate-background-color: $panel; selection-background-color: $selected; selection-color: $text;
    font-family: $figures; font-size: 11px; }
QTreeView::item { height: 23px; }
QHeaderView { background: $raised; border: none; }
QHeaderView::section { background: $raised; color: $dim; border: none; border-bottom: 1px solid $grid; padding: 0 4px;
    font-size: 11px; }
HeatTable QHeaderView, HeatTable QTableCornerButton::section { background: $panel; border: none; }
QSlider::groove:horizontal { background: $border; height: 2px; border-radius: 1px; }
QSlider::handle:horizontal { background: $panel; border: 2px solid $focus; width: 8px; height: 8px; margin: -5px 0;
    border-radius: 6px; }
QSlider::sub-page:horizontal { background: $focus; height: 2px; }
QTableCornerButton::section { background: $raised; border: none; }
QDockWidget { color: $text; titlebar-close-icon: none; titlebar-normal-icon: none; }
QDockWidget:floating { border: 1px solid $dim; }
QDockWidget::title { background: $panel; padding: 6px 8px; }
QTabBar { background: $panel; qproperty-drawBase: 0; }
QTabBar::tab { background: $panel; color: $text_2; border: none; border-top: 2px solid transparent; padding: 4px 12px;
    min-height: 18px; }
QTabBar[role="tight"]::tab { padding: 4px 6px; }
QTabBar::tab:selected { background: $raised; color: $text; border-top: 2px solid $focus; font-weight: 600; }
QTabBar::tab:hover { color: $text; }
QTabBar::scroller { width: 24px; }
QTabBar QToolButton#overflow { background: $panel; color: $text_2; font-size: 14px; }
QTabBar QToolButton#overflow:hover { background: $raised; color: $text; }
QTabBar QToolButton { border: none; border-radius: 0; background: $panel; padding: 0; }
QTabBar QToolButton:hover { background: $raised; color: $text; }
QTabWidget::pane { border: none; background: $panel; }
QMenu { background: $raised; color: $text; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 4px 20px 4px 20px; border-radius: 2px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $grid; margin: 4px; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px; }
QScrollBar { background: $well; border: none; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $border; border-radius: 3px; margin: 2px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: $dim; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none;
    border: none; width: 0; height: 0; }
QScrollArea, QStackedWidget, QSplitter { background: $panel; border: none; }
QSplitter::handle { background: $window; }
QStatusBar { background: $panel; color: $text_2; border-top: 1px solid $window; }
QStatusBar::item { border: none; }
""")


def style_sheet(theme: "Theme", sides: Mapping[str, QColor], words: list[str], figures: list[str]) -> str:
    """The text for QApplication.setStyleSheet. `sides` are the pack's ``bid``, ``ask``, ``buy`` and ``sell``."""
    names = {
        name: value.name()
        for name in theme.__dataclass_fields__
        if isinstance(value := getattr(theme, name), QColor)
    }  # fmt: skip
    return _SHEET.substitute(
        names | {side: colour.name() for side, colour in sides.items()},
        on_focus=theme.window.name() if theme.name == "dark" else theme.on_button.name(),
        warn_tint=mixed(theme.warn, theme.panel, 0.14).name(),
        proposal=mixed(theme.focus, theme.panel, 0.12).name(),
        critical_tint=mixed(theme.critical, theme.panel, 0.14).name(),
        words=_listed(words, "sans-serif"),
        figures=_listed(figures, "monospace"),
    )


def mixed(over: QColor, under: QColor, part: float) -> QColor:
    """`part` of one colour laid over another, as one solid colour."""
    return QColor.fromRgbF(
        over.redF() * part + under.redF() * (1 - part),
        over.greenF() * part + under.greenF() * (1 - part),
        over.blueF() * part + under.blueF() * (1 - part),
    )


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget one of the sheet's looks, also while it is shown."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    # Without it a plain QWidget written in Python does not paint the ground the sheet gives it
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def _listed(families: list[str], generic: str) -> str:
    return ", ".join([*(f'"{family}"' for family in families), generic])
