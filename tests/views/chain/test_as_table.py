"""The chain taken away as a table: what is on screen, in figures a spreadsheet can add up."""

import pytest

from terminal.app.export import plain_cell
from terminal.views.chain.as_table import chain_table
from terminal.views.chain.columns import ColumnSet
from terminal.views.chain.menus import contract_menu
from tests.views.chain.stage import Seen


@pytest.mark.requirement("T1", "T12")
def test_the_columns_on_screen_are_taken_away_without_the_row_of_the_spot(seen: Seen) -> None:
    seen.panel.set_column_set(ColumnSet.QUOTES)
    contract = seen.desk.market.contracts[4]
    seen.quote(contract.code, last=463, volume=1_234_567, bid_price=460, ask_price=465)
    seen.panel.flush()
    name, headers, rows = chain_table(seen.view.chain)
    series = seen.panel.series
    assert series is not None
    assert name == f"{series.underlying} {series.expiry.isoformat()}"
    assert len(rows) == len(series.strikes)
    assert all(len(row) == len(headers) for row in rows)
    strike = headers.index("Strike CNY")
    assert [row[strike] for row in rows] == [f"{value:.3f}" for value in series.strikes]
    [line] = [row for row in rows if "1234567" in row]
    half = "Calls" if contract.right.value == "C" else "Puts"
    assert line[headers.index(f"{half} Bid CNY")] == "0.0460"
    assert line[headers.index(f"{half} Volume lots")] == "1234567"
    change = plain_cell(line[headers.index(f"{half} Chg %")])
    assert change is not None
    assert not isinstance(change, str)


@pytest.mark.requirement("T12")
def test_the_menu_of_a_contract_asks_for_it(seen: Seen) -> None:
    asked: list[bool] = []
    seen.view.export_wanted.connect(lambda: asked.append(True))
    menu = contract_menu(seen.view, seen.desk.market.contracts[0])
    [entry] = [action for action in menu.actions() if action.text() == "Export the chain to CSV…"]
    entry.trigger()
    assert asked == [True]
