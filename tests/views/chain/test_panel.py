"""Underlyings, expiries, strikes and layouts of the chain panel."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import shiboken6

from terminal.domain.contracts import Right
from terminal.domain.errors import CalendarError
from terminal.domain.orders import Side
from terminal.services.desk import Desk
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.chain.columns import COLUMNS, ColumnSet, with_visible
from terminal.views.chain.filters import ChainFilter, StrikeFilter
from terminal.views.chain.panel import ChainPanel
from terminal.views.translation import read_catalogue
from tests.views.chain.stage import DECEMBER, Seen, reopen, with_adjusted_december

PACKAGE = Path(__file__).resolve().parents[3]


def shown(seen: Seen) -> list[str]:
    """Strikes on screen."""
    series = seen.panel.series
    assert series is not None
    return [str(series.strikes[line]) for line in seen.view.chain.lines]


@pytest.mark.requirement("T1")
def test_tabs_name_underlyings_with_price_and_expiries_with_days(seen: Seen) -> None:
    pills = seen.panel.underlyings.tabs
    assert [(t.title, t.figure, t.note) for t in pills] == [
        ("50ETF", "2.480", "▼0.40%"),
        ("300ETF", "3.280", "▼0.30%"),
    ]
    expiries = seen.panel.expiries.tabs
    assert [(t.title, t.figure) for t in expiries] == [("Nov", "16d"), ("Dec", "44d")]
    assert expiries[0].tip.startswith("2026-11-25")


@pytest.mark.requirement("T1")
def test_another_underlying_shows_its_own_chain(seen: Seen) -> None:
    told: list[str] = []
    seen.panel.underlying_selected.connect(told.append)
    seen.panel.underlyings.chosen.emit("510300")
    assert shown(seen) == ["3.10", "3.20", "3.30", "3.40", "3.50"]
    assert told == ["510300"]
    assert seen.panel.underlyings.current == "510300"
    seen.quote("510300", last=33_990)
    seen.panel.flush()
    assert seen.view.chain.spot.price == 33_990


@pytest.mark.requirement("T1")
@pytest.mark.fault("F38")
def test_adjusted_series_has_a_tab_of_its_own_beside_the_standard_one(seen: Seen) -> None:
    desk = seen.desk
    standard = [c for c in desk.market.contracts if c.series == ("510050", DECEMBER, "M")]
    adjusted = with_adjusted_december(desk)
    seen.panel.flush()
    assert [t.title for t in seen.panel.expiries.tabs] == ["Nov", "Dec", "Dec A"]
    for contract in (standard[4], adjusted[4]):
        assert seen.panel.show_contract(contract.code)
        current = seen.view.current_contract
        assert current is not None
        assert current.code == contract.code
    assert "10265" in seen.panel.expiries.tabs[2].tip


@pytest.mark.requirement("T1")
def test_adjusted_series_can_be_left_out_but_not_the_one_in_front(seen: Seen) -> None:
    adjusted = with_adjusted_december(seen.desk)
    seen.panel.flush()
    seen.panel.set_filter(ChainFilter(adjusted=False))
    assert [t.title for t in seen.panel.expiries.tabs] == ["Nov", "Dec"]
    # A position in one brings it to the front all the same
    assert seen.panel.show_contract(adjusted[0].code)
    assert [t.title for t in seen.panel.expiries.tabs] == ["Nov", "Dec", "Dec A"]
    seen.panel.expiries.step(-1)
    assert [t.title for t in seen.panel.expiries.tabs] == ["Nov", "Dec"]
    seen.panel.set_filter(ChainFilter())
    assert [t.title for t in seen.panel.expiries.tabs] == ["Nov", "Dec", "Dec A"]


@pytest.mark.requirement("T3")
def test_show_contract_goes_to_any_listed_contract(seen: Seen) -> None:
    told: list[str] = []
    seen.panel.contract_selected.connect(told.append)
    wanted = next(c for c in seen.desk.market.contracts if c.underlying == "510300" and c.expiry == DECEMBER)
    seen.panel.set_strike_filter(StrikeFilter.FIVE)
    assert seen.panel.show_contract(wanted.code)
    assert seen.panel.underlying == "510300"
    assert seen.view.current_contract == wanted
    # It came from elsewhere: telling it back would run in circles
    assert told == []
    assert not seen.panel.show_contract("99999999")


@pytest.mark.requirement("T3")
def test_the_contract_in_hand_is_shown_whatever_a_filter_hides(seen: Seen) -> None:
    seen.panel.set_mine_only(True)
    assert shown(seen) == []
    call = seen.contract(Right.CALL, "2.40")
    assert seen.panel.show_contract(call.code)
    assert seen.view.current_contract == call
    seen.panel.flush()
    assert shown(seen) == ["2.40"]
    assert seen.panel.filter.mine_only


def test_mine_only_follows_orders(seen: Seen) -> None:
    seen.panel.set_mine_only(True)
    seen.work(seen.contract(Right.PUT, "2.55"), Side.BUY, 5)
    seen.panel.flush()
    assert shown(seen) == ["2.55"]
    seen.panel.set_mine_only(False)
    assert len(shown(seen)) == 5


def test_strike_filter_stays_around_the_money(seen: Seen) -> None:
    desk = seen.desk
    base = seen.contract(Right.CALL, "2.50")
    more = tuple(replace(base, code=f"3000{n:04d}", strike=Decimal("2.00") + Decimal("0.05") * n) for n in range(21))
    reopen(desk, more)
    seen.panel.flush()
    seen.quote("510050", last=24_800)
    seen.panel.set_strike_filter(StrikeFilter.FIVE)
    seen.panel.flush()
    assert (shown(seen)[0], shown(seen)[-1], len(shown(seen))) == ("2.25", "2.75", 11)
    seen.quote("510050", last=26_100)
    seen.panel.flush()
    assert (shown(seen)[0], shown(seen)[-1]) == ("2.35", "2.85")
    seen.panel.set_strike_filter(StrikeFilter.SEVEN)
    assert len(shown(seen)) == 15


@pytest.mark.requirement("T1")
def test_a_new_list_keeps_the_series_in_front_or_takes_the_nearest(seen: Seen) -> None:
    seen.panel.show_series(("510050", DECEMBER, "M"))
    desk = seen.desk
    reopen(desk, tuple(c for c in desk.market.contracts if c.strike != Decimal("2.60")))
    seen.panel.flush()
    assert seen.panel.series is not None
    assert len(seen.panel.series.strikes) == 4
    assert seen.panel.series.key == ("510050", DECEMBER, "M")
    call = seen.contract(Right.CALL, "2.50", DECEMBER)
    seen.quote(call, bid_price=321)
    seen.panel.flush()
    assert seen.text(call, "bid") == "0.0321"
    kept = tuple(u for u in desk.market.underlyings if u.code == "510300")
    reopen(desk, tuple(c for c in desk.market.contracts if c.underlying == "510300"), kept)
    seen.panel.flush()
    assert seen.panel.underlying == "510300"


def test_an_empty_list_is_an_empty_chain(seen: Seen) -> None:
    reopen(seen.desk, ())
    seen.panel.flush()
    seen.view.viewport().grab()
    assert seen.panel.series is None
    assert seen.view.chain.rowCount() == 0


def test_quotes_between_a_new_list_and_the_next_frame_do_no_harm(seen: Seen) -> None:
    desk = seen.desk
    reopen(desk, desk.market.contracts[:4])
    seen.quote("510050", last=24_900)
    seen.view.viewport().grab()
    seen.panel.flush()
    assert len(shown(seen)) == 2


def test_column_layouts_survive_the_round_trip(seen: Seen) -> None:
    seen.view.set_column_layout(with_visible(seen.view.column_layout(), "gamma", True))
    stored = {name: [list(state) for state in layout] for name, layout in seen.panel.column_layouts().items()}
    seen.view.reset_columns()
    assert seen.view.chain.column_of(Right.CALL, "gamma") is None
    seen.panel.set_column_layouts({**stored, "no such set": [["bid", True, 40]]})
    assert seen.view.chain.column_of(Right.CALL, "gamma") is not None
    assert {n: [list(s) for s in layout] for n, layout in seen.panel.column_layouts().items()} == stored


def test_a_set_as_shipped_fits_and_an_own_choice_scrolls(seen: Seen) -> None:
    seen.panel.resize(700, 330)
    seen.view.relayout()
    assert seen.view.left_out > 0
    assert not seen.view.horizontalScrollBar().isVisible() or seen.view.horizontalScrollBar().maximum() == 0
    seen.view.set_column_layout([(key, True, 40) for key in COLUMNS])
    assert seen.view.left_out == 0
    assert seen.view.head.length() > seen.view.viewport().width()


def test_an_expiry_outside_the_calendar_shows_a_dash(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(expiry: object) -> int:
        raise CalendarError("outside")

    monkeypatch.setattr(seen.panel._texts, "_days_left", unknown)
    for _ in range(4):
        seen.panel.flush()
    assert seen.panel.expiries.tabs[0].figure == "–d"


def test_buttons_switch_sets_and_tell_that_the_layout_changed(seen: Seen) -> None:
    told: list[bool] = []
    seen.panel.layout_changed.connect(lambda: told.append(True))
    seen.panel.bars.sets[ColumnSet.VALUE].click()
    assert seen.view.column_set is ColumnSet.VALUE
    assert seen.view.chain.column_of(Right.CALL, "premium") is not None
    assert told == [True]


@pytest.mark.requirement("X12")
def test_every_word_of_the_chain_is_translated() -> None:
    folder = PACKAGE / "terminal" / "views" / "chain"
    used = {
        match
        for path in folder.glob("*.py")
        for match in re.findall(r"""\bword\(\s*["']([^"']+)["']\s*\)""", path.read_text(encoding="utf-8"))
    }
    used |= {text for column in COLUMNS.values() for text in (column.name, column.unit)}
    used |= {"Strike", "Trading", "Quotes", "Value", "Retail"}
    assert len(used) > 80
    known = read_catalogue(PACKAGE / "resources" / "translations" / "zh_CN" / "chain.ts")
    missing = sorted(text for text in used if ("chain", text) not in known)
    assert missing == []


def test_a_deleted_panel_hears_no_more(desk: Desk, appearance: Appearance) -> None:
    valuation = Valuation(desk.market, desk.bus, desk.clock.now, rate=0.02)
    before = {kind: len(observers) for kind, observers in desk.bus._observers.items()}
    panel = ChainPanel(desk, valuation, appearance, monotonic=lambda: 1000.0, days_left=lambda expiry: 0)
    assert {kind: len(observers) for kind, observers in desk.bus._observers.items()} != before
    shiboken6.delete(panel)
    after = {kind: len(observers) for kind, observers in desk.bus._observers.items() if observers}
    assert after == before
