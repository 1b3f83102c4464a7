"""The ladder's rows: every tick of the day without an object for any, and only what changed is told."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from terminal.domain.accounts import PositionSide
from terminal.services.desk import Desk
from terminal.views.ladder.model import Column, LadderModel
from terminal.views.ladder.picture import LadderPicture, Scale, changed_rows, runs, scale_of
from terminal.views.trading.own_levels import Own
from terminal.views.translation import Languages

#: 0.0100 down to 0.0001
SCALE = Scale(100, 1, 100)
BOOK = LadderPicture(
    scale=SCALE,
    bids={50: 10, 49: 20},
    asks={52: 10, 53: 30},
    buys={49: Own(5)},
    sells={53: Own(0, 10)},
    traded={51: 7},
    theoretical=50.6,
    last=51,
    averages={PositionSide.LONG: 40},
)


def told_rows(model: LadderModel) -> list[tuple[int, int, int, int]]:
    """Rows and columns told as changed from here on."""
    told: list[tuple[int, int, int, int]] = []

    def hear(first: QModelIndex, last: QModelIndex) -> None:
        told.append((first.row(), last.row(), first.column(), last.column()))

    model.dataChanged.connect(hear)
    return told


@pytest.mark.requirement("O2")
def test_the_model_keeps_the_rules_of_qt_through_every_change(desk: Desk, qtmodeltester: ModelTester) -> None:
    model = LadderModel()
    qtmodeltester.check(model)
    model.show(BOOK)
    model.show(replace(BOOK, bids={51: 3}))
    model.show_volatilities(40, np.array([0.2, np.nan, 0.21]))
    contract = desk.market.contracts[4]
    model.show(LadderPicture(contract=contract, scale=scale_of(contract)))
    model.retranslate()
    qtmodeltester.check(model)
    model.show(LadderPicture())
    assert model.rowCount() == 0


def test_every_tick_from_limit_up_to_limit_down_is_a_row(desk: Desk) -> None:
    contract = desk.market.contracts[4]
    scale = scale_of(contract)
    assert (contract.limit_up, contract.limit_down) == (Decimal("0.3000"), Decimal("0.0001"))
    assert (scale.top, scale.tick, scale.count) == (3000, 1, 3000)
    assert [scale.row(price) for price in (3000, 1, 3001, 0)] == [0, 2999, -1, -1]
    assert scale.price(scale.row(511)) == 511
    coarse = scale_of(replace(contract, tick_size=Decimal("0.0010"), limit_up=Decimal("0.3005")))
    assert (coarse.top, coarse.price(coarse.count - 1)) == (3000, 10)
    assert coarse.row(2995) == -1
    assert coarse.nearest(2994.9) == 1
    # Between no limits there is nothing
    assert scale_of(replace(contract, limit_down=Decimal("0.4"))).count == 0


def test_a_cell_says_what_stands_at_its_price() -> None:
    model = LadderModel()
    model.show(BOOK)
    assert [model.text(SCALE.row(49), column) for column in Column] == ["", "5", "20", "0.0049", "", "", ""]
    assert [model.text(SCALE.row(53), column) for column in Column] == ["", "", "", "0.0053", "", "30", "◇10"]
    assert model.text(SCALE.row(51), Column.TRADED) == "7"
    both = replace(BOOK, buys={49: Own(5, 10, is_leaving=True)})
    model.show(both)
    assert model.index(SCALE.row(49), Column.MY_BUYS).data() == "5 ◇10…"
    assert model.headerData(Column.PRICE, Qt.Orientation.Horizontal) == "Price"


@pytest.mark.requirement("X12")
def test_titles_follow_the_language(languages: Languages) -> None:
    languages.use("zh_CN")
    titles = [LadderModel().headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert titles == ["成交", "我的买", "买量", "价格", "IV %", "卖量", "我的卖"]


def test_only_rows_that_changed_are_told() -> None:
    model = LadderModel()
    model.show(BOOK)
    told = told_rows(model)
    model.show(replace(BOOK))
    assert told == []
    # One level less, and one more of mine beside it: two rows next to each other are one stretch
    model.show(replace(BOOK, bids={50: 10, 49: 15}, buys={49: Own(5), 48: Own(1)}))
    assert told == [(SCALE.row(49), SCALE.row(48), 0, len(Column) - 1)]
    told.clear()
    model.show_volatilities(SCALE.row(50), np.array([0.2, 0.21]))
    assert told == [(SCALE.row(50), SCALE.row(49), Column.VOLATILITY, Column.VOLATILITY)]
    told.clear()
    # A hair's breadth of volatility is not seen
    model.show_volatilities(SCALE.row(50), np.array([0.20001, 0.25]))
    assert told == [(SCALE.row(49), SCALE.row(49), Column.VOLATILITY, Column.VOLATILITY)]


@pytest.mark.parametrize(
    ("after", "prices"),
    [
        (replace(BOOK, last=52), {51, 52}),
        (replace(BOOK, traded={51: 8}), {51}),
        (replace(BOOK, theoretical=50.7), {51}),
        (replace(BOOK, theoretical=50.61), set()),
        (replace(BOOK, theoretical=60.0), {51, 60}),
        (replace(BOOK, theoretical=0.0), {51}),
        (replace(BOOK, averages={}), {40}),
        # Another best price: both are bold, or no longer
        (replace(BOOK, bids={49: 20}), {50, 49}),
        # Another longest bar: all are measured by it
        (replace(BOOK, asks={52: 10, 53: 99}), {49, 50, 52, 53}),
        (replace(BOOK, sells={}), {53}),
    ],
)
def test_what_a_change_repaints(after: LadderPicture, prices: set[int]) -> None:
    assert changed_rows(BOOK, after) == sorted(SCALE.row(price) for price in prices)


def test_rows_are_told_in_stretches() -> None:
    assert runs([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]
    assert runs([]) == []


def test_the_ladder_is_centred_on_what_is_known_best(desk: Desk) -> None:
    contract = desk.market.contracts[4]
    assert BOOK.middle == 51.0
    assert replace(BOOK, asks={}).middle == 50
    assert replace(BOOK, bids={}).middle == 52
    assert replace(BOOK, bids={}, asks={}).middle == 51
    assert LadderPicture(contract=contract).middle == float(contract.previous_settlement * 10_000)
    assert LadderPicture().middle == 0.0
