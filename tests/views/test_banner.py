"""The banner and what the desk tells it."""

import dataclasses
from dataclasses import replace
from decimal import Decimal
from functools import partial

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from terminal.domain.messages import DayOpened, PhaseChanged
from terminal.domain.phases import Phase
from terminal.domain.ports import LinkState
from terminal.services.desk import Desk
from terminal.services.events import AlarmKind, AlarmRaised, LinkChanged, RecoveryFinished
from terminal.views.banner import Banner, Gravity
from terminal.views.translation import Languages
from terminal.views.watch import Watch
from tests.views.desk_rig import account_report


@pytest.fixture
def banner(qtbot: QtBot) -> Banner:
    banner = Banner()
    qtbot.addWidget(banner)
    return banner


def test_the_gravest_stands_in_front_and_the_newest_of_those(banner: Banner) -> None:
    assert banner.isHidden()
    banner.post("a", Gravity.INFORMATION, lambda: "a")
    banner.post("b", Gravity.CRITICAL, lambda: "b")
    banner.post("c", Gravity.WARNING, lambda: "c")
    banner.post("d", Gravity.CRITICAL, lambda: "d")
    assert banner.texts == ["d", "b", "c", "a"]
    assert banner.gravity is Gravity.CRITICAL
    assert not banner.isHidden()
    for left in (["b", "c", "a"], ["c", "a"], ["a"], []):
        banner.dismiss()
        assert banner.texts == left
    assert banner.isHidden()
    banner.dismiss()


def test_a_flood_keeps_what_is_grave(banner: Banner) -> None:
    banner.post("grave", Gravity.CRITICAL, lambda: "grave")
    for number in range(200):
        banner.post(str(number), Gravity.INFORMATION, partial(str, number))
    assert banner.texts[0] == "grave"
    assert len(banner.texts) == 50
    assert banner.texts[1] == "199"


def test_recovery_is_told_in_one_line(banner: Banner, desk: Desk, languages: Languages) -> None:
    Watch(desk, banner)
    desk.bus.publish(RecoveryFinished(orders=0, fills=0, working=0, in_doubt=0, replayed=0))
    assert banner.texts == []
    desk.bus.publish(RecoveryFinished(orders=12, fills=3, working=2, in_doubt=1, replayed=0))
    assert banner.texts == ["Recovered 12 orders, 3 fills, 2 working, 1 asked for"]
    languages.use("zh_CN")
    assert banner.texts[0].startswith("已恢复")


@pytest.mark.requirement("A15")
def test_a_margin_call_stands_in_front_until_it_is_met(banner: Banner, desk: Desk, languages: Languages) -> None:
    Watch(desk, banner)

    def tell(called: str) -> None:
        funds = replace(account_report().funds, margin_call=Decimal("25031.00"))
        funds = replace(funds, frozen_delivery=funds.frozen_delivery + funds.available + Decimal(called))
        desk.on_event(msgspec.structs.replace(account_report(), funds=funds))

    tell("25031.00")
    assert (
        banner.texts[0]
        == "Margin call: bring in 25,031.00 yuan by 11:30, or positions are closed by force from 13:00 on"
    )
    assert banner.gravity is Gravity.CRITICAL
    banner.dismiss()
    tell("25031.00")
    assert banner.texts == []
    tell("5031.00")
    languages.use("zh_CN")
    assert "5,031.00" in banner.texts[0]
    tell("0.00")
    assert banner.texts == []


@pytest.mark.fault("F56")
def test_a_journal_that_cannot_be_written_is_critical_and_told_once(banner: Banner, desk: Desk) -> None:
    Watch(desk, banner)
    for _ in range(5):
        desk.bus.publish(AlarmRaised(AlarmKind.JOURNAL, desk.clock.now(), ("disk full",)))
    assert banner.gravity is Gravity.CRITICAL
    assert len(banner.texts) == 1
    assert "disk full" in banner.texts[0]


def test_every_break_of_a_position_is_told(banner: Banner, desk: Desk) -> None:
    Watch(desk, banner)
    for code in ("10000001", "10000002"):
        figures = (code, "long", "5", "3")
        desk.bus.publish(AlarmRaised(AlarmKind.RECONCILIATION, desk.clock.now(), figures))
    assert len(banner.texts) == 2


def test_a_lost_line_is_told_until_it_is_back(banner: Banner, desk: Desk) -> None:
    Watch(desk, banner)
    desk.bus.publish(LinkChanged(LinkState.DOWN, "reset"))
    assert "line to the venue is lost" in banner.texts[0]
    desk.bus.publish(LinkChanged(LinkState.UP, "recovered"))
    assert banner.texts == []


def test_estimated_dates_are_told_with_their_number(banner: Banner, desk: Desk) -> None:
    Watch(desk, banner)
    assert banner.texts == []
    day = desk.market.day
    assert day is not None
    contracts = tuple(dataclasses.replace(c, dates_estimated=True) if n < 7 else c for n, c in enumerate(day.contracts))
    desk.on_event(DayOpened(trading_day=day.trading_day, underlyings=day.underlyings, contracts=contracts))
    assert banner.texts[0].startswith("7 contracts")
    assert banner.gravity is Gravity.WARNING
    desk.on_event(day)
    assert banner.texts == []


def test_the_end_of_the_day_says_how_to_go_on_and_goes_with_the_next_day(banner: Banner, desk: Desk) -> None:
    Watch(desk, banner)
    closed = PhaseChanged(phase=Phase.CLOSED, at=desk.clock.now())
    desk.on_event(closed)
    assert any("next trading day begins" in text for text in banner.texts)
    desk.on_event(PhaseChanged(phase=Phase.CONTINUOUS, at=desk.clock.now()))
    assert not any("next trading day begins" in text for text in banner.texts)


@pytest.mark.fault("F20")
def test_a_venue_that_does_not_start_is_told_in_its_own_words(banner: Banner, desk: Desk) -> None:
    Watch(desk, banner)
    desk.bus.publish(LinkChanged(LinkState.DOWN, "the venue ended: venue.sqlite is held by process 7"))
    assert "held by process 7" in banner.texts[0]
    way_on = "the venue ended: saved market: " + "what is wrong, " * 10 + "; move the data folder away"
    desk.bus.publish(LinkChanged(LinkState.DOWN, way_on))
    assert banner.texts[0].endswith("move the data folder away")
    assert banner.gravity is Gravity.CRITICAL
