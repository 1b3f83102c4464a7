"""Which fonts the screens use: words that cover Chinese on every machine, figures whose digits are equally wide.

Call `load_fonts` once after QApplication exists; nothing else asks the font database for families.
"""

import logging
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

logger = logging.getLogger(__name__)

#: Families drawn for screens and for simplified Chinese, best first
CHINESE_FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
WORD_FAMILIES = ("Inter", "Segoe UI", "SF Pro Text")
#: All have digits of one width and tell 0 from O
FIGURE_FAMILIES = (
    "JetBrains Mono",
    "Sarasa Mono SC",
    "Cascadia Mono",
    "SF Mono",
    "Noto Sans Mono",
    "DejaVu Sans Mono",
    "Consolas",
    "Menlo",
)


def load_fonts() -> tuple[list[str], list[str]]:
    """Give the families for words and for figures, best first, bringing the shipped Chinese font in if needed."""
    installed = set(QFontDatabase.families())
    chinese = chinese_families(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    if not chinese:
        chinese = _load_shipped()
    words = [*(family for family in WORD_FAMILIES if family in installed), *chinese]
    figures = [family for family in FIGURE_FAMILIES if family in installed]
    if not figures:
        figures = [QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()]
    return words, [*figures, *chinese]


def chinese_families(covering: Iterable[str]) -> list[str]:
    """The families of CHINESE_FAMILIES among those `covering` Chinese.

    A family that only fills gaps (Droid Sans Fallback) lacks figures and weights of its own and does not count.
    """
    found = set(covering)
    return [family for family in CHINESE_FAMILIES if family in found]


def tabular(families: list[str], pixels: int, *, bold: bool = False) -> QFont:
    """A font for figures: every digit as wide as the next, no ligatures."""
    font = _font(families, pixels, bold)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setFixedPitch(True)
    for feature in ("calt", "liga"):
        tag = QFont.Tag.fromString(feature)
        if tag is not None:
            font.setFeature(tag, 0)
    return font


def proportional(families: list[str], pixels: int, *, bold: bool = False) -> QFont:
    """A font for words."""
    font = _font(families, pixels, bold)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    return font


def _font(families: list[str], pixels: int, bold: bool) -> QFont:
    font = QFont()
    if families:
        font.setFamilies(families)
    font.setPixelSize(pixels)
    # Full hinting thickens Chinese strokes at table size until they look bold
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def _load_shipped() -> list[str]:
    """The families of the font that is installed with the program; empty when it is missing."""
    try:
        from pylopdf_fonts_zh_cn import sans_path
    except ImportError:
        logger.info("no Chinese font on this machine and none shipped")
        return []
    path = Path(sans_path())
    number = QFontDatabase.addApplicationFont(str(path))
    if number < 0:
        logger.info("the shipped font %s cannot be read", path.name)
        return []
    return QFontDatabase.applicationFontFamilies(number)
