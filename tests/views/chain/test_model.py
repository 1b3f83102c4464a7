"""The chain as a table: rows, columns, texts, and series with equal strikes."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from terminal.domain.contracts import Right
from terminal.pricing.quality import Quality
from terminal.services.desk import Desk
from terminal.views.chain.columns import Kind
from terminal.views.chain.figures import NONE, OWN_PRICE_BITS
from terminal.views.chain.series import NO_ROW, series_of
from terminal.views.chain.style import QUALITY_SHIFT, Ink, Mark
from terminal.views.chain.texts import cell_text
from tests.views.chain.stage import NOVEMBER, Seen, reopen

SPOT = "510050"


@pytest.mark.requirement("T1")
def test_model_keeps_qts_contract_while_the_spot_row_moves(seen: Seen, qtmodeltester: ModelTester) -> None:
    chain = seen.view.chain
    qtmodeltester.check(chain)
    for spot in (24_100, 25_900, 30_000, 20_000, 24_800):
        seen.quote(SPOT, last=spot)
        seen.panel.flush()
        qtmodeltester.check(chain)


@pytest.mark.requirement("T1")
def test_strikes_rise_with_the_spot_between_them(seen: Seen) -> None:
    chain = seen.view.chain
    strike = chain.column_of(None, "strike")
    assert strike is not None
    column = [chain.data(chain.index(row, strike)) for row in range(chain.rowCount())]
    assert column == ["2.400", "2.450", "2.480", "2.500", "2.550", "2.600"]
    seen.quote(SPOT, last=25_510)
    seen.panel.flush()
    column = [chain.data(chain.index(row, strike)) for row in range(chain.rowCount())]
    assert column == ["2.400", "2.450", "2.500", "2.550", "2.551", "2.600"]


@pytest.mark.requirement("T1")
def test_spot_above_and_below_every_strike(seen: Seen) -> None:
    for spot, row in ((30_000, 5), (20_000, 0)):
        seen.quote(SPOT, last=spot)
        seen.panel.flush()
        assert seen.view.chain.spot_row == row


@pytest.mark.requirement("T1")
def test_values_rest_for_a_while_as_long_as_the_underlying_does(seen: Seen) -> None:
    chain, valuation = seen.view.chain, seen.panel._valuation
    series, call = chain.series, seen.contract(Right.CALL, "2.500")
    assert series is not None
    chain.rest_seconds = 0.5
    chain.look(series, 90_000.0)
    first = valuation.revision_of(SPOT)
    seen.quote(call, bid_price=701)
    chain.look(series, 90_000.4)
    assert valuation.revision_of(SPOT) == first
    chain.look(series, 90_000.5)
    assert valuation.revision_of(SPOT) == first + 1
    seen.quote(SPOT, last=25_510)
    chain.look(series, 90_000.6)
    assert valuation.revision_of(SPOT) == first + 2


@pytest.mark.requirement("T1")
def test_before_any_trade_the_previous_close_parts_the_strikes(seen: Seen) -> None:
    seen.quote(SPOT, last=0, bid_price=0, ask_price=0)
    seen.panel.flush()
    assert seen.view.chain.spot.price == 0
    assert seen.view.chain.spot_row == 2


@pytest.mark.requirement("T1")
def test_an_adjusted_contract_with_an_equal_strike_hides_nothing(seen: Seen, desk: Desk) -> None:
    """Issue 761 of the nearest peer: two contracts of strike 2.7, the chain showed one."""
    standard = seen.contract(Right.CALL, "2.50")
    code = standard.trading_code
    adjusted = replace(standard, code="10009001", trading_code=f"{code[:11]}A{code[12:]}", multiplier=10_265)
    reopen(desk, (*desk.market.contracts, adjusted))
    series = series_of(desk.market, SPOT)
    assert [(s.expiry == NOVEMBER, s.adjustment) for s in series] == [(True, "M"), (True, "A"), (False, "M")]
    shown = [c.code for s in series for c in s.contracts]
    listed = [c.code for c in desk.market.contracts if c.underlying == SPOT]
    assert sorted(shown) == sorted(listed)
    assert series[1].multiplier == 10_265


@pytest.mark.requirement("T1")
def test_two_contracts_of_one_right_and_strike_take_a_line_each(seen: Seen, desk: Desk) -> None:
    twin = replace(seen.contract(Right.CALL, "2.50"), code="10009002")
    reopen(desk, (*desk.market.contracts, twin))
    first = series_of(desk.market, SPOT)[0]
    assert [str(s) for s in first.strikes].count("2.50") == 2
    assert "10009002" in {c.code for c in first.contracts}


@pytest.mark.requirement("T1")
def test_a_missing_twin_is_a_row_of_dashes(seen: Seen, desk: Desk) -> None:
    gone = seen.contract(Right.PUT, "2.45")
    reopen(desk, tuple(c for c in desk.market.contracts if c != gone))
    seen.panel.flush()
    series = seen.panel.series
    assert series is not None
    line = series.strikes.index(Decimal("2.45"))
    assert series.put_rows[line] == NO_ROW
    row = seen.view.chain.row_of_line(line)
    chain = seen.view.chain
    puts = [n for n, c in enumerate(chain.columns) if c.right is Right.PUT]
    assert {chain.data(chain.index(row, n)) for n in puts} == {"–"}
    assert all(chain.contract_at(row, n) is None for n in puts)


@pytest.mark.fault("F28")
def test_missing_side_is_a_dash_and_never_zero(seen: Seen) -> None:
    call = seen.contract(Right.CALL, "2.50")
    seen.quote(call, ask_price=0, ask_quantity=0)
    seen.panel.flush()
    assert seen.text(call, "ask") == seen.text(call, "ask_quantity") == seen.text(call, "ask_iv") == "–"
    assert seen.text(call, "bid") != "–"


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.PRICE, 704, "0.0704"),
        (Kind.PRICE, -39, "−0.0039"),
        (Kind.PRICE, NONE, "–"),
        (Kind.QUANTITY, 520, "520"),
        (Kind.COMPACT, 128_600, "12.86万"),
        (Kind.POSITION, -118 * 2, "−118"),
        (Kind.POSITION, -52 * 2 + 1, "−52c"),
        (Kind.POSITION, 0, "0"),
        (Kind.CHANGE, -293, "▼29.3"),
        (Kind.CHANGE, 0, "0.0"),
        (Kind.TENTHS, -48, "−4.8"),
        (Kind.HUNDREDTHS, 3286, "32.86"),
        (Kind.HUNDREDTHS, 99_999, "999.99"),
        (Kind.HUNDREDTHS, 105_635, "1056"),
        (Kind.WHOLE, -5051, "−5051"),
        (Kind.OWN_BID, (10 << OWN_PRICE_BITS) | 702, "10 × 0.0702"),
        (Kind.OWN_ASK, (10 << OWN_PRICE_BITS) | 708, "0.0708 × 10"),
        (Kind.STRIKE, 25_000, "2.500"),
        (Kind.STRIKE, 24_355, "2.4355"),
    ],
)
def test_how_each_kind_is_written(kind: Kind, value: int, text: str, qapp: object) -> None:
    assert cell_text(kind, value, "zh_CN") == text


def test_headers_and_cells_can_be_heard(seen: Seen) -> None:
    chain = seen.view.chain
    call = seen.contract(Right.CALL, "2.50")
    row, column = seen.cell(call, "bid")
    spoken = chain.data(chain.index(row, column), Qt.ItemDataRole.AccessibleTextRole)
    assert "2.50" in spoken
    assert "Bid" in spoken
    assert seen.text(call, "bid") in spoken
    head = chain.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert head == "Calls Bid (CNY)"


@pytest.mark.requirement("T1")
@pytest.mark.fault("F28")
def test_theo_edge_and_greeks_say_what_they_stand_on(seen: Seen) -> None:
    """Worked: one bid a tick above its theoretical price earns 1.0 when it is hit, and its cell is tinted."""
    chain = seen.view.chain
    seen.panel.resize(1600, 330)
    seen.panel.flush()
    contract = seen.contract(Right.CALL, "2.50")
    row = chain.row_of_contract(contract)
    assert row is not None
    position = chain.line_of_row(row)

    def cell(key: str) -> tuple[int, int]:
        column = chain.column_of(Right.CALL, key)
        assert column is not None
        assert position is not None
        return int(chain.values[position, column]), int(chain.styles[position, column])

    theo, style = cell("theo")
    bid, ask = cell("bid")[0], cell("ask")[0]
    assert bid < theo < ask
    assert style >> QUALITY_SHIFT == 0
    assert cell("sell_edge")[0] < 0
    assert not cell("bid")[1] & Mark.EDGE
    # Without a book of its own the figure comes from the strikes beside it, dim and with its glyph
    seen.quote(contract.code, last=0, bid_price=0, ask_price=0)
    twin = seen.contract(Right.PUT, "2.50")
    seen.quote(twin.code, last=0, bid_price=0, ask_price=0)
    seen.panel.flush()
    for key in ("theo", "delta"):
        value, style = cell(key)
        assert value != NONE, key
        assert style >> QUALITY_SHIFT == Quality.INTERPOLATED
        assert style & 0xF == Ink.DIM
    assert cell("sell_edge")[0] == NONE
    # An ask far below what its neighbours say
    seen.quote(contract.code, last=0, bid_price=0, ask_price=cell("theo")[0] - 20)
    seen.panel.flush()
    assert cell("ask")[1] & Mark.EDGE
    assert cell("buy_edge")[0] >= 10
    spoken = chain.data(chain.index(row, chain.column_of(Right.CALL, "theo") or 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "from other strikes" in spoken
