"""Tokens, packs and fonts: every look is complete and readable, and changes while the program runs."""

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from terminal.views.appearance import Appearance
from terminal.views.fonts import CHINESE_FAMILIES, chinese_families
from terminal.views.style_sheet import mixed, set_role, style_sheet
from terminal.views.theme import DARK, LIGHT, ColourMode, ColourPack, Theme, ThemeName


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio after WCAG 2.1, 1 to 21."""

    def luminance(colour: QColor) -> float:
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_text_can_be_read_on_every_ground(theme: Theme) -> None:
    for ground in (theme.panel, theme.raised, theme.well, theme.selected):
        assert contrast(theme.text, ground) >= 7
        assert contrast(theme.text_2, ground) >= 4.5
    for colour in (theme.up, theme.down, theme.dim, theme.ok, theme.warn, theme.critical, theme.own, theme.theo):
        assert contrast(colour, theme.panel) >= 3.9
    # Own prices are typed on the ground of a field, and sent by a button of their colour
    assert contrast(theme.own, theme.well) >= 3.9
    assert contrast(theme.window if theme is DARK else theme.on_button, theme.own) >= 4.5


@pytest.mark.requirement("X12")
@pytest.mark.parametrize("name", ThemeName)
def test_packs_exchange_the_directions_of_price(qapp: QApplication, name: ThemeName) -> None:
    china, west, blind = (Appearance(name, pack) for pack in ColourPack)
    assert (china.up, china.down) == (west.down, west.up)
    assert (china.bid, china.ask) == (west.ask, west.bid)
    assert (china.buy, china.sell) == (west.sell, west.buy)
    assert blind.up.hue() > 190
    assert blind.down.hue() < 45
    for look in (china, west, blind):
        for text, cell in ((look.bid, look.bid_cell), (look.ask, look.ask_cell)):
            assert contrast(text, cell) >= 4.5
        assert contrast(look.theme.on_button, look.buy) >= 4
        assert contrast(look.theme.on_button, look.sell) >= 4


def test_colour_never_stands_alone(appearance: Appearance) -> None:
    assert (appearance.glyph(0.1), appearance.glyph(-0.1), appearance.glyph(0)) == ("▲", "▼", "")
    assert appearance.colour_of(1) == appearance.up
    assert appearance.colour_of(-1) == appearance.down
    assert appearance.colour_of(0) == appearance.flat


def test_a_change_is_told_once_and_dresses_the_application(qtbot: QtBot, qapp: QApplication) -> None:
    before = qapp.styleSheet(), qapp.palette(), qapp.font()
    look = Appearance()
    look.apply(qapp)
    dark = qapp.styleSheet()
    with qtbot.waitSignal(look.changed):
        look.set_theme(ThemeName.LIGHT)
    assert qapp.styleSheet() != dark
    assert qapp.palette().text().color() == LIGHT.text
    with qtbot.assertNotEmitted(look.changed):
        look.set_theme(ThemeName.LIGHT)
        look.set_mode(ColourMode.BY_CHANGE)
    # What a price's colour tells is no part of the dress, and a new one holds the whole window up
    qapp.setStyleSheet("")
    with qtbot.waitSignal(look.changed):
        look.set_mode(next(mode for mode in ColourMode if mode is not look.mode))
    assert qapp.styleSheet() == ""
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])
    qapp.setFont(before[2])


def test_the_sheet_is_made_of_tokens_alone(appearance: Appearance) -> None:
    sides = {side: getattr(appearance, side) for side in ("bid", "ask", "buy", "sell")}
    sheet = style_sheet(DARK, sides, ["Words"], ["Figures"])
    assert "$" not in sheet
    used = {part[:7].lower() for part in sheet.split() if part.startswith("#")}
    tokens = {getattr(DARK, f.name).name() for f in fields(DARK) if isinstance(getattr(DARK, f.name), QColor)}
    made = {
        mixed(DARK.warn, DARK.panel, 0.14).name(),
        mixed(DARK.critical, DARK.panel, 0.14).name(),
        mixed(DARK.focus, DARK.panel, 0.12).name(),
    }
    assert used <= tokens | made


def test_every_digit_is_as_wide_as_the_next(appearance: Appearance) -> None:
    metrics = QFontMetrics(appearance.figures)
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
    assert not appearance.figures_at(20).bold()
    assert appearance.figures_at(20, bold=True).pixelSize() == 20


def test_chinese_is_covered_by_a_font_of_our_choice(appearance: Appearance) -> None:
    assert set(appearance.words.families()) & set(CHINESE_FAMILIES)
    assert set(appearance.figures.families()) & set(CHINESE_FAMILIES)
    metrics = QFontMetrics(appearance.words)
    assert metrics.inFont("购")


def test_a_font_that_only_fills_gaps_does_not_count() -> None:
    assert chinese_families(["Droid Sans Fallback"]) == []
    assert chinese_families(["PingFang SC", "Noto Sans SC", "x"]) == ["Noto Sans SC", "PingFang SC"]


def test_a_role_is_given_while_the_widget_is_there(qtbot: QtBot) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    set_role(label, "warn")
    assert label.property("role") == "warn"


@pytest.mark.parametrize("name", ThemeName)
def test_a_box_of_choices_is_known_by_its_arrow(dressed: Appearance, qtbot: QtBot, name: ThemeName) -> None:
    dressed.set_theme(name)
    box = QComboBox()
    qtbot.addWidget(box)
    box.resize(200, 26)
    picture = box.grab().toImage()
    ratio = picture.width() / box.width()
    inks = {
        picture.pixelColor(int(x * ratio), int(y * ratio)).name()
        for x in range(box.width() - 20, box.width() - 3)
        for y in range(4, box.height() - 4)
    }
    assert dressed.theme.text_2.name() in inks
