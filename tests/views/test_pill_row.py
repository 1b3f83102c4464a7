"""What the top bar gives up for its pills, and in which order, with five underlyings and a maker's gauges."""

import dataclasses
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from terminal.domain.messages import DayOpened
from terminal.domain.ports import LinkState
from terminal.rules.profile import Profile
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.keys import Keys
from terminal.views.pill import PillDetail
from terminal.views.pill_row import Room
from terminal.views.top_bar import Step, TopBar

pytestmark = pytest.mark.requirement("X1")
FULL, SHORT, LEAST = PillDetail
#: What a maker's duty gauge asks for, pixels
_GAUGE = 178


@pytest.fixture
def bar(qtbot: QtBot, desk: Desk, appearance: Appearance, profile: Profile) -> TopBar:
    day = desk.market.day
    assert day is not None
    names = ("50ETF", "300ETF", "500ETF", "STAR50", "STAR50 E")
    five = tuple(dataclasses.replace(day.underlyings[0], code=f"51{n:04d}", name=name) for n, name in enumerate(names))
    desk.on_event(DayOpened(trading_day=day.trading_day, underlyings=five, contracts=()))
    bar = TopBar(desk, appearance, Keys(), profile.sessions, on_stop=lambda: None)
    gauge = QWidget()
    gauge.setFixedWidth(_GAUGE)
    bar.put_beside_name(gauge)
    qtbot.addWidget(bar)
    bar.resize(1920, 40)
    bar.show()
    bar.flush()
    return bar


def details(bar: TopBar) -> list[PillDetail]:
    return [pill._detail for pill in bar.pills if not pill.isHidden()]


def at(bar: TopBar, width: int) -> TopBar:
    bar.resize(width, 40)
    bar.flush()
    return bar


def test_at_1920_the_one_in_the_chain_has_all_its_figures_and_the_others_all_but_the_delta(bar: TopBar) -> None:
    assert details(bar) == [FULL, SHORT, SHORT, SHORT, SHORT]
    bar.pills[3].click()
    bar.flush()
    assert details(bar) == [SHORT, SHORT, SHORT, FULL, SHORT]
    bar.set_underlying(bar.pills[1].code)
    assert details(bar) == [SHORT, FULL, SHORT, SHORT, SHORT]


def test_at_1366_all_five_have_their_price_and_the_one_in_the_chain_its_change(bar: TopBar) -> None:
    assert details(at(bar, 1366)) == [SHORT, LEAST, LEAST, LEAST, LEAST]
    assert not bar.line.feed.isVisible()
    assert bar.line._feed_dot.toolTip().startswith(f"{bar.line.feed.text()}\n")
    # Where the figure stands beside it, the tip does not go on with the one of then
    assert at(bar, 1920).line.feed.isVisible()
    assert bar.line._feed_dot.toolTip() == bar.line.feed.toolTip()


def test_the_narrower_the_bar_the_more_is_given_up_and_nothing_ever_overlaps(bar: TopBar) -> None:
    told = []
    for width in range(1920, bar.minimumSizeHint().width(), -20):
        at(bar, width)
        bar.flush()
        stop = bar.stop.geometry()
        assert stop.right() < width, width
        shown = [pill for pill in bar.pills if not pill.isHidden()]
        row = bar.pill_row
        for left, right in pairwise(shown):
            assert left.geometry().right() < right.geometry().left() + 1
        assert row.geometry().right() < bar.session.geometry().left()
        assert (len(shown) == 5) is row.more.isHidden()
        told.append(sum(3 - pill._detail for pill in shown))
    assert told == sorted(told, reverse=True)
    assert told[0] > 10 > told[-1]
    assert width < 1200


def test_with_few_underlyings_nothing_is_given_up(bar: TopBar, desk: Desk) -> None:
    day = desk.market.day
    assert day is not None
    desk.on_event(DayOpened(trading_day=day.trading_day, underlyings=day.underlyings[:2], contracts=()))
    bar.flush()
    assert bar._step is Step.NONE
    assert details(bar) == [FULL, FULL]


def test_a_line_that_is_down_is_said_in_words_however_little_room_there_is(bar: TopBar, desk: Desk) -> None:
    at(bar, 1366)
    assert not bar.line.link.isVisible()
    desk.on_link(LinkState.DOWN, "reset")
    bar.flush()
    assert bar.line.link.isVisible()
    bar.flush()
    assert bar.stop.geometry().right() < 1366


def test_a_room_asks_for_no_more_than_a_roomier_one(bar: TopBar) -> None:
    widths = [bar.pill_row.width_of(room) for room in Room]
    assert widths == sorted(widths, reverse=True)
    assert len(set(widths)) == len(widths)
