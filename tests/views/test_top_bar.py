"""The top bar reads the desk: pills, phase, latency, speed, profit, STOP."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from terminal.domain.accounts import Funds, Position, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.market_data import Column
from terminal.domain.messages import AccountReport, Capability, ClockChanged, PhaseChanged, SetClock
from terminal.domain.phases import Phase
from terminal.domain.ports import LinkState
from terminal.rules.profile import Profile
from terminal.rules.sessions import DaySchedule
from terminal.services.desk import Desk
from terminal.services.events import LatencyMeasured
from terminal.services.month_volatility import month_volatility
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.keys import Keys
from terminal.views.pill import Pill, PillDetail, PillFigures
from terminal.views.quoting.hold_button import HOLD_SECONDS
from terminal.views.session_track import SessionTrack
from terminal.views.stop_button import ARMED_SECONDS, StopButton
from terminal.views.theme import ColourPack
from terminal.views.top_bar import TopBar

NOW = datetime(2026, 11, 9, 10, 30, tzinfo=SHANGHAI)


class Stops:
    """Counts."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


@pytest.fixture
def bar(qtbot: QtBot, desk: Desk, appearance: Appearance, profile: Profile) -> TopBar:
    bar = TopBar(desk, appearance, Keys(), profile.sessions, on_stop=Stops())
    qtbot.addWidget(bar)
    bar.resize(1920, 40)
    bar.flush()
    return bar


def test_pills_show_the_change_from_the_previous_close(bar: TopBar, desk: Desk) -> None:
    assert [pill.code for pill in bar.pills] == ["510050", "510300"]
    assert bar.pills[0].accessibleName() == "50ETF 2.480 ▼0.40%"
    desk.market.quotes[0, Column.LAST] = 0
    bar.flush()
    assert bar.pills[0].accessibleName() == "50ETF – –"


def test_pills_have_the_volatility_of_a_month_and_what_is_held(
    qtbot: QtBot, desk: Desk, appearance: Appearance, profile: Profile
) -> None:
    valuation = Valuation(desk.market, desk.bus, desk.clock.now, rate=0.015)
    bar = TopBar(desk, appearance, Keys(), profile.sessions, on_stop=Stops(), valuation=valuation)
    qtbot.addWidget(bar)
    bar.resize(1920, 40)
    bar.flush()
    valuation.refresh("510050")
    month = month_volatility(valuation, "510050", desk.clock.now().date())
    held = desk.quoting.gate.commitments.held("510050")
    bar.flush()
    name = bar.pills[0].accessibleName()
    assert ("IV" in name) is (month == month)
    if month == month:
        assert f"IV {month * 100:.1f}" in name
    assert ("Δ" in name) is bool(held == held and held)
    pill = Pill("510050", appearance)
    qtbot.addWidget(pill)
    pill.show_figures(PillFigures("50ETF", 24_800, -0.004, 24_900, 24_700, "Day", 0.326, "+412k"))
    assert pill.accessibleName() == "50ETF 2.480 ▼0.40% IV 32.6 Δ +412k"
    wide = [pill.size_at(detail).width() for detail in PillDetail]
    assert wide == sorted(wide, reverse=True)
    assert not pill.grab().isNull()


def test_a_pill_chooses_its_underlying(qtbot: QtBot, bar: TopBar) -> None:
    assert bar.pills[0].isChecked()
    with qtbot.waitSignal(bar.underlying_chosen) as chosen:
        bar.pills[1].click()
    assert chosen.args == ["510300"]
    assert (bar.underlying, bar.pills[0].isChecked(), bar.pills[1].isChecked()) == ("510300", False, True)


def test_pills_without_room_go_into_a_menu(qtbot: QtBot, bar: TopBar) -> None:
    bar.show()
    bar.resize(800, 40)
    hidden = [pill for pill in bar.pills if pill.isHidden()]
    assert hidden
    assert bar.pill_row.more.text() == f"+{len(hidden)} ▾"
    with qtbot.waitSignal(bar.underlying_chosen) as chosen:
        bar.pill_row.menu.actions()[0].trigger()
    assert chosen.args == [hidden[0].code]
    bar.resize(1920, 40)
    assert not any(pill.isHidden() for pill in bar.pills)


def test_latency_is_shown_and_forgotten_with_the_line(bar: TopBar, desk: Desk) -> None:
    desk.bus.publish(LatencyMeasured(3.14, None))
    desk.bus.publish(LatencyMeasured(None, 1.8))
    bar.flush()
    assert (bar.line.feed.text(), bar.line.acknowledgement.text()) == ("Feed 3.1ms", "Acks 1.8ms")
    desk.on_link(LinkState.DOWN, "reset")
    bar.flush()
    assert (bar.line.feed.text(), bar.line.acknowledgement.text(), bar.line.link.text()) == (
        "Feed –",
        "Acks –",
        "Not connected",
    )
    assert not bar.speed.pause.isEnabled()


@pytest.mark.requirement("X8")
def test_the_clock_is_driven_where_the_venue_allows(bar: TopBar, desk: Desk, gateway: Any) -> None:
    gateway.sent.clear()
    bar.speed.pause.click()
    desk.on_event(ClockChanged(at=NOW, speed=0.0))
    bar.flush()
    bar.speed.step.click()
    bar.speed.pause.click()
    bar.speed.menu.actions()[2].trigger()
    assert gateway.sent == [
        SetClock(speed=0.0),
        SetClock(step_seconds=60.0),
        SetClock(speed=1.0),
        SetClock(speed=10.0),
    ]
    desk.on_event(ClockChanged(at=NOW, speed=10.0, behind_seconds=3.0))
    bar.flush()
    assert bar.speed.speed.text() == "×10"
    assert "3.0 s behind" in bar.speed.speed.toolTip()


@pytest.mark.requirement("X8")
def test_a_real_venue_keeps_its_own_time(bar: TopBar, desk: Desk, gateway: Any) -> None:
    assert desk.venue is not None
    import msgspec

    desk.venue = msgspec.structs.replace(desk.venue, capabilities=(Capability.ORDERS,), simulated=False)
    gateway.sent.clear()
    bar.flush()
    assert not any(button.isEnabled() for button in (bar.speed.pause, bar.speed.speed, bar.speed.step))
    bar.speed.toggle_pause()
    bar.speed.play_step()
    assert gateway.sent == []
    assert bar.simulated.isHidden()


def test_profit_of_the_day_has_sign_glyph_and_colour(bar: TopBar, desk: Desk, appearance: Appearance) -> None:
    contract = desk.market.contracts[0]
    held = Position(contract_code=contract.code, side=PositionSide.LONG, quantity=2)
    desk.on_event(
        AccountReport(
            sequence=0,
            account_id="A-1",
            at=NOW,
            funds=Funds(balance=Decimal("100000"), opening_balance=Decimal("100000")),
            positions=(held,),
            holdings=(),
        )
    )
    desk.market.quotes[desk.market.row_of[contract.code], Column.LAST] = int(contract.previous_settlement * 10_000) + 5
    bar.flush()
    # 5 ticks of 0.0001 yuan on 2 contracts of 10,000
    assert "▲ +10.00" in bar.profit.text()
    assert appearance.up.name() in bar.profit.text()
    appearance.set_pack(ColourPack.WEST)
    bar.flush()
    assert appearance.up.name() in bar.profit.text()


@pytest.mark.requirement("X4")
def test_stop_acts_at_the_second_press_only(qtbot: QtBot, desk: Desk, appearance: Appearance) -> None:
    now, stops = [0.0], Stops()
    button = StopButton(desk, appearance, Keys(), stops, monotonic=lambda: now[0])
    qtbot.addWidget(button)
    button.click()
    assert (button.armed, stops.count) == (True, 0)
    now[0] = ARMED_SECONDS
    button.flush()
    assert not button.armed
    button.click()
    button.click()
    assert (button.armed, stops.count) == (False, 1)


@pytest.mark.requirement("X4")
def test_stop_acts_in_the_press_that_is_held_and_letting_go_is_no_press(
    qtbot: QtBot, desk: Desk, appearance: Appearance
) -> None:
    now, stops = [0.0], Stops()
    button = StopButton(desk, appearance, Keys(), stops, monotonic=lambda: now[0])
    qtbot.addWidget(button)
    button.show()
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    now[0] = HOLD_SECONDS * 0.99
    button.flush()
    assert stops.count == 0
    now[0] = HOLD_SECONDS * 1.01
    # No frame serves it: it looks at itself
    qtbot.waitUntil(lambda: stops.count == 1)
    now[0] += 1.0
    button.flush()
    qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert (button.armed, stops.count) == (False, 1)
    # The next short press arms as ever
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (button.armed, stops.count) == (True, 1)


@pytest.mark.requirement("X4")
def test_stop_works_without_a_line_or_a_list(qtbot: QtBot, empty_desk: Desk, appearance: Appearance) -> None:
    stops = Stops()
    button = StopButton(empty_desk, appearance, Keys(), stops)
    qtbot.addWidget(button)
    button.flush()
    assert button.isEnabled()
    button.click()
    button.click()
    assert stops.count == 1


def test_the_session_counts_down_to_what_follows(qtbot: QtBot, appearance: Appearance, profile: Profile) -> None:
    track = SessionTrack(appearance)
    qtbot.addWidget(track)
    schedule = DaySchedule.of(profile.sessions, NOW.date())
    tips = {}
    for hour, minute in ((8, 0), (9, 20), (10, 30), (12, 0), (14, 41), (14, 58), (15, 5), (15, 20), (15, 30)):
        moment = NOW.replace(hour=hour, minute=minute)
        track.show_moment(schedule, schedule.phase_at(moment), moment, None)
        tips[hour, minute] = track.toolTip()
        assert not track.grab().isNull()
    assert tips[9, 20] == "Opening auction to Before open 05:00"
    assert tips[14, 41] == "Continuous to Closing auction 16:00"
    assert tips[14, 58] == "Closing auction to After close 02:00"
    open_still = "combinations until 15:15\nexercise until 15:30"
    assert tips[15, 5] == f"After close combinations, exercise 25:00\n{open_still}"
    assert tips[15, 20] == "After close exercise 10:00\nexercise until 15:30"
    assert tips[15, 30] == "Closed"
    track.show_moment(schedule, Phase.BREAKER, NOW, NOW + timedelta(seconds=90))
    assert "01:30" in track.toolTip()


def test_before_any_venue_everything_is_a_dash(
    qtbot: QtBot, empty_desk: Desk, appearance: Appearance, profile: Profile
) -> None:
    bar = TopBar(empty_desk, appearance, Keys(), profile.sessions, on_stop=Stops())
    qtbot.addWidget(bar)
    bar.flush()
    assert (bar.clock.text(), bar.day.text()) == ("–", "–")
    assert ">–<" in bar.profit.text()
    assert bar.pills == []
    assert bar.underlying == ""
    assert not bar.grab().isNull()


def test_the_phase_is_the_venues(bar: TopBar, desk: Desk) -> None:
    desk.on_event(PhaseChanged(phase=Phase.CLOSING_AUCTION, at=NOW, ends_at=NOW + timedelta(minutes=3)))
    bar.flush()
    assert bar.session.toolTip().startswith("Closing auction")
    assert bar.session.toolTip().endswith("03:00")


def test_a_new_look_and_language_reach_every_part(bar: TopBar, appearance: Appearance, languages: Any) -> None:
    bar.show()
    languages.use("zh_CN")

    QCoreApplication.sendPostedEvents()
    bar.flush()
    assert bar.simulated.text() == "仿真"
    assert bar.line.link.text() == "已连接"
    appearance.set_pack(ColourPack.COLOUR_BLIND)
    assert not bar.grab().isNull()


def test_the_track_of_the_day_is_shown_once_a_second(
    qtbot: QtBot, bar: TopBar, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[datetime | None] = []
    show = SessionTrack.show_moment

    def counted(
        track: SessionTrack, schedule: DaySchedule | None, phase: Phase, now: datetime | None, ends: Any
    ) -> None:
        shown.append(now)
        show(track, schedule, phase, now, ends)

    monkeypatch.setattr(SessionTrack, "show_moment", counted)
    second = NOW + timedelta(seconds=5)
    for late in (0, 0, 300, 900):
        desk.clock.set(ClockChanged(at=second + timedelta(milliseconds=late), speed=0.0))
        bar.flush()
    assert shown == [second]
    desk.clock.set(ClockChanged(at=second + timedelta(seconds=1), speed=0.0))
    bar.flush()
    assert len(shown) == 2
    # Another language needs other words, though the clock stands
    bar.changeEvent(QEvent(QEvent.Type.LanguageChange))
    bar.flush()
    assert len(shown) == 3


@pytest.mark.requirement("X8")
def test_a_replay_is_marked_as_one_and_not_as_a_market(bar: TopBar, desk: Desk, languages: Any) -> None:
    titles: list[str] = []
    bar.title_changed.connect(titles.append)
    bar.flush()
    assert bar.simulated.text() == "SIM"
    market = desk.venue
    assert market is not None
    for book in ("replay", f"replay-{market.book_id}"):
        desk.venue = msgspec.structs.replace(market, book_id=book)
        bar.flush()
        assert not bar.simulated.isHidden()
        assert (bar.simulated.text(), titles[-1]) == ("REPLAY", "OptionDesk · REPLAY")
    languages.use("zh_CN")
    QCoreApplication.sendPostedEvents()
    assert (bar.simulated.text(), titles[-1]) == ("回放", "OptionDesk · 回放")
    languages.use("en")
    QCoreApplication.sendPostedEvents()
    desk.venue = market
    bar.flush()
    assert (bar.simulated.text(), titles[-1]) == ("SIM", "OptionDesk")
