"""What the chain shows of a series: by |Δ|, what must be quoted, what is mine; and that it says what it hides."""

import dataclasses

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from terminal.domain.contracts import Right
from terminal.domain.orders import Side
from terminal.services.valuation import Figure
from terminal.views.appearance import Appearance
from terminal.views.chain.filter_box import FilterBox
from terminal.views.chain.filters import ChainFilter, StrikeFilter
from terminal.views.translation import Languages
from tests.views.chain.stage import Seen

pytestmark = pytest.mark.requirement("T1", "X1")
STRIKES = ("2.40", "2.45", "2.50", "2.55", "2.60")
#: Of one share, by strike
DELTAS = (0.90, 0.72, 0.48, 0.25, 0.08)


def shown(seen: Seen) -> list[str]:
    series = seen.panel.series
    assert series is not None
    return [str(series.strikes[line]) for line in seen.view.chain.lines]


def set_deltas(seen: Seen, *, calls: tuple[float, ...] = DELTAS) -> None:
    """As a curve would give them: the put's is the call's less one."""
    values = seen.panel._valuation.values
    for strike, delta in zip(STRIKES, calls, strict=True):
        for right, each in ((Right.CALL, delta), (Right.PUT, delta - 1)):
            contract = seen.contract(right, strike)
            values[Figure.DELTA, seen.desk.market.row_of[contract.code]] = each * contract.multiplier


def test_a_strike_stays_while_its_call_or_its_put_is_in_the_range(seen: Seen) -> None:
    set_deltas(seen)
    seen.panel.set_filter(ChainFilter(least_delta=0.2, most_delta=0.6))
    # 2.45 by its put (0.28), 2.55 by its call (0.25); 2.40 has 0.90 and 0.10, 2.60 has 0.08 and 0.92
    assert shown(seen) == ["2.45", "2.50", "2.55"]
    assert seen.panel.hidden == 2
    assert seen.panel.bars.hidden.isVisible()
    assert seen.panel.bars.hidden.text() == "2 strikes hidden ✕"


def test_a_strike_does_not_come_and_go_with_every_price(seen: Seen) -> None:
    set_deltas(seen)
    wanted = ChainFilter(least_delta=0.24, most_delta=0.6)
    seen.panel.set_filter(wanted)
    line_filter, series = seen.panel._line_filter, seen.panel.series
    assert series is not None
    set_deltas(seen, calls=(0.90, 0.72, 0.48, 0.235, 0.08))
    assert 3 in line_filter.lines(series, wanted, middle=2, shown=[1, 2, 3])
    assert 3 not in line_filter.lines(series, wanted, middle=2, shown=[1, 2])
    set_deltas(seen, calls=(0.90, 0.72, 0.48, 0.22, 0.08))
    assert 3 not in line_filter.lines(series, wanted, middle=2, shown=[1, 2, 3])


def test_a_contract_without_a_known_delta_is_not_left_out(seen: Seen) -> None:
    set_deltas(seen, calls=(float("nan"), 0.72, 0.48, 0.25, 0.08))
    seen.panel.set_filter(ChainFilter(least_delta=0.3, most_delta=0.6))
    assert shown(seen) == ["2.40", "2.50"]


def test_only_what_must_be_quoted(seen: Seen) -> None:
    owed = {seen.contract(Right.PUT, "2.45").code, seen.contract(Right.CALL, "2.60").code}
    seen.panel.obliged = lambda: owed
    seen.panel.set_filter(ChainFilter(obliged_only=True))
    assert shown(seen) == ["2.45", "2.60"]
    # One and the same contract has to pass all of it
    seen.work(seen.contract(Right.CALL, "2.45"), Side.BUY, 5)
    seen.work(seen.contract(Right.CALL, "2.60"), Side.BUY, 5)
    seen.panel.set_filter(ChainFilter(obliged_only=True, mine_only=True))
    assert shown(seen) == ["2.60"]
    # An account that owes nothing has nothing hidden by it
    seen.panel.obliged = lambda: None
    seen.panel.set_filter(ChainFilter(obliged_only=True))
    assert shown(seen) == list(STRIKES)
    assert not seen.panel.bars.hidden.isVisible()


def test_a_click_on_what_is_hidden_shows_it(seen: Seen) -> None:
    seen.panel.set_filter(ChainFilter(mine_only=True))
    assert seen.panel.bars.hidden.text() == "5 strikes hidden ✕"
    QTest.mouseClick(seen.panel.bars.hidden, Qt.MouseButton.LeftButton)
    assert shown(seen) == list(STRIKES)
    assert seen.panel.filter == ChainFilter()
    assert not seen.panel.bars.hidden.isVisible()


def test_settings_bring_a_filter_back_or_nothing_of_it() -> None:
    wanted = ChainFilter(StrikeFilter.SEVEN, 0.05, 0.6, True, True, False)
    assert ChainFilter.of(wanted.record()) == wanted
    for kept in (None, "all", 7, {}, {"strikes": 6, "delta": [0.6, 0.5], "mine": 1, "obliged": "yes", "adjusted": 0}):
        assert ChainFilter.of(kept) == ChainFilter()
    for delta in ([-0.1, 0.5], [0.1, 1.5], [float("nan"), 0.5], [0.1], ["0.1", "0.5"], [False, True]):
        assert ChainFilter.of({**wanted.record(), "delta": delta}) == dataclasses.replace(
            wanted, least_delta=0.0, most_delta=1.0
        )


def test_the_box_asks_for_what_is_ticked_and_says_what_is_hidden(
    qtbot: QtBot, appearance: Appearance, languages: Languages
) -> None:
    box = FilterBox(appearance)
    qtbot.addWidget(box)
    box.show()
    asked: list[ChainFilter] = []
    box.filter_wanted.connect(asked.append)
    assert not box.obliged.isVisible()
    box.show_obliged(True)
    assert box.obliged.isVisible()
    box.obliged.click()
    assert asked == [ChainFilter(obliged_only=True)]
    box.show_filter(asked.pop(), 1)
    assert (box.clear.text(), box.clear.isVisible()) == ("1 strike hidden ✕", True)
    box.range.setFocus()
    QTest.keyClick(box.range, Qt.Key.Key_PageUp)
    assert asked.pop() == ChainFilter(least_delta=0.1, obliged_only=True)
    # Showing what is in force asks for nothing
    box.show_filter(ChainFilter(least_delta=0.3, most_delta=0.5, mine_only=True), 4)
    assert asked == []
    assert (box.range.ends, box.delta.text(), box.mine.isChecked(), box.obliged.isChecked()) == (
        (30, 50),
        "0.30 – 0.50",
        True,
        False,
    )
    languages.use("zh_CN")
    box.changeEvent(QEvent(QEvent.Type.LanguageChange))
    assert box.clear.text() == "隐去 4 行 ✕"
    box.clear.click()
    assert asked == [ChainFilter()]
    box.show_filter(ChainFilter(), 0)
    assert box.adjusted.isChecked()
    box.adjusted.click()
    assert asked.pop() == ChainFilter(adjusted=False)


def test_all_strikes_again_leaves_adjusted_series_as_they_were() -> None:
    assert ChainFilter(StrikeFilter.FIVE, 0.1, 0.5, True, True, False).with_all_strikes() == ChainFilter(adjusted=False)
