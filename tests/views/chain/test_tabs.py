"""Tabs give up what they say of the others before what they say of the one in front."""

from pytestqt.qtbot import QtBot

from terminal.views.appearance import Appearance
from terminal.views.chain.tabs import Tab, TabStrip

TABS = [
    Tab(month, month, f"{days}d", "IV 17.4") for month, days in (("Dec", 18), ("Jan", 42), ("Mar", 76), ("Jun", 136))
]


def test_the_tab_in_front_keeps_its_figures_longest(qtbot: QtBot, appearance: Appearance) -> None:
    strip = TabStrip(appearance)
    qtbot.addWidget(strip)
    strip.set_tabs(TABS, "Jan")
    seen: list[tuple[list[int], list[int]]] = []
    for width in range(strip.sizeHint().width(), 20, -1):
        strip.resize(width, 28)
        details = strip._place()
        if not seen or seen[-1][0] != details:
            seen.append((details, [strip.tab_area(tab.key).width() for tab in TABS]))
    assert [(details[1], *{details[n] for n in (0, 2, 3)}) for details, _ in seen] == [
        (2, 2), (2, 1), (1, 1), (2, 0), (1, 0), (0, 0),
    ]  # fmt: skip
    full, least = seen[0][1], seen[-1][1]
    assert [a > b for a, b in zip(full, least, strict=True)] == [True] * 4
    assert not strip.grab().isNull()
