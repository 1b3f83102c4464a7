"""Clicks and keys of the chain: what they ask for, and that the focus stays where it was."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from terminal.domain.contracts import Contract, Right
from terminal.domain.orders import Side
from terminal.views.chain.columns import ColumnSet
from terminal.views.chain.menus import column_menu, contract_menu
from tests.views.chain.stage import DECEMBER, Seen, reopen

Key, Button, Modifier = Qt.Key, Qt.MouseButton, Qt.KeyboardModifier


class Heard:
    """Everything the panel asked for, in order."""

    def __init__(self, seen: Seen) -> None:
        self.said: list[tuple[object, ...]] = []
        panel = seen.panel
        panel.order_seeded.connect(lambda *what: self.said.append(("order", *what)))
        panel.leg_wanted.connect(lambda *what: self.said.append(("leg", *what)))
        panel.contract_selected.connect(lambda code: self.said.append(("contract", code)))
        panel.cancel_requested.connect(lambda code: self.said.append(("cancel", code)))
        panel.strike_activated.connect(lambda *codes: self.said.append(("strike", *codes)))
        panel.layout_changed.connect(lambda: self.said.append(("layout",)))

    def take(self) -> list[tuple[object, ...]]:
        """What was said since the last call."""
        said, self.said = self.said, []
        return said


@pytest.fixture
def heard(seen: Seen) -> Heard:
    """Listens from now on."""
    return Heard(seen)


def click(seen: Seen, contract: Contract, key: str, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    """Left click on a cell."""
    QTest.mouseClick(seen.view.viewport(), Button.LeftButton, modifier, seen.centre(contract, key))


def press(seen: Seen, *keys: Qt.Key) -> None:
    """Keys pressed in the chain."""
    for key in keys:
        QTest.keyClick(seen.view, key)


def cursor(seen: Seen) -> tuple[str, str]:
    """Code and column under the cursor."""
    contract = seen.view.current_contract
    return (contract.code if contract else ""), seen.view.chain.columns[seen.view.currentIndex().column()].column.key


# ---- mouse


@pytest.mark.requirement("T1")
@pytest.mark.parametrize(
    ("key", "modifier", "side", "units"),
    [
        ("ask", Modifier.NoModifier, Side.BUY, 510),
        ("ask_quantity", Modifier.NoModifier, Side.BUY, 510),
        ("bid", Modifier.NoModifier, Side.SELL, 500),
        ("bid", Modifier.ShiftModifier, Side.BUY, 500),
        ("ask", Modifier.ShiftModifier, Side.SELL, 510),
    ],
)
@pytest.mark.parametrize("right", list(Right))
def test_a_click_on_the_book_starts_an_order(
    seen: Seen, heard: Heard, right: Right, key: str, modifier: Qt.KeyboardModifier, side: Side, units: int
) -> None:
    contract = seen.contract(right, "2.55")
    seen.quote(contract, bid_price=500, ask_price=510)
    seen.panel.flush()
    click(seen, contract, key, modifier)
    assert heard.take() == [("contract", contract.code), ("order", contract.code, side, units)]


@pytest.mark.requirement("T1")
@pytest.mark.parametrize(("key", "side"), [("ask", Side.BUY), ("bid", Side.SELL), ("bid_quantity", Side.SELL)])
def test_with_ctrl_a_click_is_a_leg_and_so_is_ctrl_and_enter(seen: Seen, heard: Heard, key: str, side: Side) -> None:
    contract = seen.contract(Right.PUT, "2.55")
    click(seen, contract, key, Modifier.ControlModifier)
    assert heard.take() == [("contract", contract.code), ("leg", contract.code, side)]
    click(seen, contract, key, Modifier.ControlModifier)
    assert heard.take() == [("leg", contract.code, side)]
    QTest.keyClick(seen.view, Qt.Key.Key_Return, Modifier.ControlModifier)
    assert heard.take() == [("leg", contract.code, side)]
    click(seen, contract, "last", Modifier.ControlModifier)
    QTest.keyClick(seen.view, Qt.Key.Key_Return, Modifier.ControlModifier)
    assert heard.take() == []


@pytest.mark.requirement("T1")
def test_a_click_elsewhere_only_selects(seen: Seen, heard: Heard) -> None:
    put = seen.contract(Right.PUT, "2.40")
    click(seen, put, "last")
    click(seen, put, "delta")
    assert heard.take() == [("contract", put.code)]


@pytest.mark.fault("F28")
def test_an_empty_side_gives_no_price(seen: Seen, heard: Heard) -> None:
    call = seen.contract(Right.CALL, "2.55")
    seen.quote(call, ask_price=0, ask_quantity=0)
    click(seen, call, "ask")
    assert heard.take()[-1] == ("order", call.code, Side.BUY, 0)


def test_a_missing_twin_and_the_spot_row_ask_for_nothing(seen: Seen, heard: Heard) -> None:
    gone = seen.contract(Right.PUT, "2.45")
    where = seen.centre(gone, "ask")
    reopen(seen.desk, tuple(c for c in seen.desk.market.contracts if c != gone))
    seen.panel.flush()
    viewport = seen.view.viewport()
    QTest.mouseClick(viewport, Button.LeftButton, Modifier.NoModifier, where)
    spot = seen.view.visualRect(seen.view.chain.index(seen.view.chain.spot_row, 6)).center()
    QTest.mouseClick(viewport, Button.LeftButton, Modifier.NoModifier, spot)
    assert heard.take() == []


def test_double_click_on_a_strike_names_both_contracts(seen: Seen, heard: Heard) -> None:
    call, put = seen.contract(Right.CALL, "2.55"), seen.contract(Right.PUT, "2.55")
    row = seen.cell(call, "bid")[0]
    column = seen.view.chain.column_of(None, "strike")
    assert column is not None
    centre = seen.view.visualRect(seen.view.chain.index(row, column)).center()
    for act in (QTest.mouseClick, QTest.mouseDClick):
        act(seen.view.viewport(), Button.LeftButton, Modifier.NoModifier, centre)
    assert heard.take() == [("strike", call.code, put.code)]


def test_middle_click_asks_to_cancel(seen: Seen, heard: Heard) -> None:
    call = seen.contract(Right.CALL, "2.55")
    QTest.mouseClick(seen.view.viewport(), Button.MiddleButton, Modifier.NoModifier, seen.centre(call, "my_bid"))
    assert ("cancel", call.code) in heard.take()


def test_menu_of_a_contract(seen: Seen, heard: Heard) -> None:
    call = seen.contract(Right.CALL, "2.55")
    seen.quote(call, bid_price=500, ask_price=510)
    menu = contract_menu(seen.view, call)
    actions = {a.text().split("\t")[0]: a for a in menu.actions() if a.text()}
    assert "Buy at the ask 0.0510" in actions
    actions["Sell at the bid 0.0500"].trigger()
    actions["Join the bid 0.0500"].trigger()
    actions["Cancel my orders here"].trigger()
    actions["Copy contract code"].trigger()
    assert heard.take() == [
        ("order", call.code, Side.SELL, 500),
        ("order", call.code, Side.BUY, 500),
        ("cancel", call.code),
    ]
    assert QGuiApplication.clipboard().text() == call.code
    menu.deleteLater()


# ---- keys


@pytest.mark.requirement("T1")
def test_arrows_walk_over_the_spot_row(seen: Seen) -> None:
    press(seen, Key.Key_Home)
    assert cursor(seen) == (seen.contract(Right.CALL, "2.50").code, "ask")
    press(seen, Key.Key_Up)
    assert cursor(seen) == (seen.contract(Right.CALL, "2.45").code, "ask")
    press(seen, Key.Key_Down, Key.Key_Down, Key.Key_Left)
    assert cursor(seen) == (seen.contract(Right.CALL, "2.55").code, "bid")
    press(seen, *[Key.Key_Up] * 9)
    assert cursor(seen)[0] == seen.contract(Right.CALL, "2.40").code


@pytest.mark.requirement("T1")
def test_tab_changes_the_half_and_keeps_the_column(seen: Seen) -> None:
    press(seen, Key.Key_Home, Key.Key_Tab)
    assert cursor(seen) == (seen.contract(Right.PUT, "2.50").code, "ask")
    press(seen, Key.Key_Tab)
    assert cursor(seen) == (seen.contract(Right.CALL, "2.50").code, "ask")


@pytest.mark.requirement("T1")
def test_pages_change_the_expiry_and_keep_strike_and_half(seen: Seen, heard: Heard) -> None:
    press(seen, Key.Key_Home, Key.Key_Tab, Key.Key_Down)
    heard.take()
    press(seen, Key.Key_PageDown)
    december = seen.contract(Right.PUT, "2.55", DECEMBER)
    assert cursor(seen) == (december.code, "ask")
    assert heard.take() == [("contract", december.code)]
    press(seen, Key.Key_PageDown, Key.Key_PageUp)
    assert cursor(seen)[0] == seen.contract(Right.PUT, "2.55").code


@pytest.mark.requirement("T1")
def test_letters_start_orders_and_cancels(seen: Seen, heard: Heard) -> None:
    call = seen.contract(Right.CALL, "2.50")
    seen.quote(call, bid_price=700, ask_price=704)
    press(seen, Key.Key_Home)
    heard.take()
    press(seen, Key.Key_B, Key.Key_S, Key.Key_C, Key.Key_Return)
    assert heard.take() == [
        ("order", call.code, Side.BUY, 704),
        ("order", call.code, Side.SELL, 700),
        ("cancel", call.code),
        ("order", call.code, Side.BUY, 704),
    ]


def test_a_stroke_steps_through_the_strikes_that_are_shown(seen: Seen, heard: Heard) -> None:
    press(seen, Key.Key_Home)
    heard.take()
    told: list[int] = []
    seen.panel.filter_changed.connect(lambda: told.append(seen.panel.filter.strikes.value))
    every = len(seen.view.chain.lines)
    shown = []
    for _ in range(3):
        QTest.keyClicks(seen.view, "/")
        shown.append(len(seen.view.chain.lines))
    assert shown == [min(every, 11), min(every, 15), every]
    assert told == [5, 7, 0]


def test_other_keys_go_on_to_the_window(seen: Seen, heard: Heard) -> None:
    """The smart box takes any letter or digit typed anywhere."""
    press(seen, Key.Key_Home)
    heard.take()
    taken: list[str] = []
    seen.panel.keyPressEvent = lambda event: taken.append(event.text())  # type: ignore[method-assign]
    QTest.keyClicks(seen.view, "5z")
    QTest.keyClick(seen.view, Key.Key_B, Modifier.ControlModifier)
    assert taken[:2] == ["5", "z"]
    assert heard.take() == []


def test_the_chain_never_takes_the_focus_by_itself(seen: Seen, qtbot: QtBot) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    field = QLineEdit(window)
    layout.addWidget(field)
    layout.addWidget(seen.panel)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    call = seen.contract(Right.CALL, "2.55")
    seen.panel.show_contract(call.code)
    seen.quote(call, bid_price=600)
    seen.panel.flush()
    seen.panel.set_column_set(ColumnSet.RETAIL)
    seen.view.depth_popup.open_for(call, QPoint(5, 5))
    QApplication.processEvents()
    assert field.hasFocus()
    seen.view.depth_popup.hide()
    layout.removeWidget(seen.panel)
    seen.panel.setParent(None)


def test_getting_the_focus_selects_nothing(seen: Seen, heard: Heard) -> None:
    seen.view.setFocus()
    QApplication.processEvents()
    assert not seen.view.currentIndex().isValid()
    assert heard.take() == []


# ---- depth


def test_hovering_a_price_opens_the_depth_and_leaving_closes_it(seen: Seen) -> None:
    call = seen.contract(Right.CALL, "2.55")
    viewport = seen.view.viewport()
    at = seen.centre(call, "bid")
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, at, viewport.mapToGlobal(at)))
    popup = seen.view.depth_popup
    assert popup.isVisible()
    assert popup.contract == call
    assert [len(side) for side in popup.levels()] == [5, 5]
    away = QPointF(seen.centre(seen.contract(Right.PUT, "2.40"), "bid"))
    move = QMouseEvent(
        QEvent.Type.MouseMove, away, viewport.mapToGlobal(away), Button.NoButton, Button.NoButton, Modifier.NoModifier
    )
    QApplication.sendEvent(viewport, move)
    assert not popup.isVisible()


def test_depth_is_pinned_by_space_and_follows_the_book(seen: Seen) -> None:
    press(seen, Key.Key_Home, Key.Key_Space)
    popup = seen.view.depth_popup
    assert popup.isVisible()
    before = popup.grab().toImage()
    seen.quote(seen.contract(Right.CALL, "2.50"), bid_quantity=999)
    seen.panel.flush()
    assert popup.grab().toImage() != before
    popup.dismiss()
    assert popup.isVisible()
    press(seen, Key.Key_Space)
    assert not popup.isVisible()


def test_hovering_a_strike_tells_its_distance(seen: Seen) -> None:
    text = seen.view._distance_text(seen.cell(seen.contract(Right.CALL, "2.60"), "bid")[0])
    assert text.startswith("+4.8%")
    assert text.endswith("σ")


# ---- columns


def test_dragging_a_header_moves_both_halves(seen: Seen, heard: Heard) -> None:
    chain, head = seen.view.chain, seen.view.head
    column = chain.column_of(Right.PUT, "delta")
    last = chain.column_of(Right.PUT, "last")
    assert column is not None
    assert last is not None
    head.moveSection(column, last)
    seen.view._settle_drag()
    calls = [c.column.key for c in chain.columns if c.right is Right.CALL]
    puts = [c.column.key for c in chain.columns if c.right is Right.PUT]
    assert calls[-1] == puts[0] == "delta"
    assert puts.index("bid") < puts.index("ask")
    assert heard.take() == [("layout",)]


def test_widening_a_header_widens_its_mirror(seen: Seen, heard: Heard) -> None:
    chain, head = seen.view.chain, seen.view.head
    put = chain.column_of(Right.PUT, "delta")
    assert put is not None
    head.resizeSection(put, head.sectionSize(put) + 30)
    seen.view._settle_drag()
    # A set of one's own shows all its columns, also those that had no room before
    put, call = chain.column_of(Right.PUT, "delta"), chain.column_of(Right.CALL, "delta")
    assert put is not None
    assert call is not None
    assert head.sectionSize(call) == head.sectionSize(put)
    width = next(w for key, _, w in seen.view.column_layout() if key == "delta")
    assert width >= 60
    assert heard.take() == [("layout",)]


def test_column_menu_shows_and_hides(seen: Seen, heard: Heard) -> None:
    menu = column_menu(seen.view)
    theta = next(a for a in menu.actions() if a.text().startswith("Θ"))
    assert not theta.isChecked()
    theta.trigger()
    assert seen.view.chain.column_of(Right.PUT, "theta") is not None
    assert heard.take() == [("layout",)]
    menu.actions()[-1].trigger()
    assert seen.view.chain.column_of(Right.PUT, "theta") is None
    menu.deleteLater()


def test_the_column_menu_stays_while_columns_are_ticked_and_goes_with_any_other_entry(
    qtbot: QtBot, seen: Seen, heard: Heard
) -> None:
    menu = column_menu(seen.view)
    menu.popup(QPoint(0, 0))
    qtbot.waitExposed(menu)
    for name, key in (("Θ", "theta"), ("Γ", "gamma")):
        action = next(a for a in menu.actions() if a.text().startswith(name))
        QTest.mouseMove(menu, menu.actionGeometry(action).center())
        QTest.mouseClick(menu, Button.LeftButton, pos=menu.actionGeometry(action).center())
        assert seen.view.chain.column_of(Right.PUT, key) is not None
        assert menu.isVisible()
    assert heard.take() == [("layout",), ("layout",)]
    QTest.mouseClick(menu, Button.LeftButton, pos=menu.actionGeometry(menu.actions()[-1]).center())
    qtbot.waitUntil(menu.isHidden)
    assert seen.view.chain.column_of(Right.PUT, "theta") is None


def test_cursor_stays_on_its_contract_through_another_set(seen: Seen) -> None:
    press(seen, Key.Key_Home, Key.Key_Tab)
    before = cursor(seen)
    seen.panel.set_column_set(ColumnSet.QUOTES)
    assert cursor(seen) == before


def test_a_new_unit_shows_in_the_header(seen: Seen) -> None:
    desk = seen.desk
    changed = tuple(
        replace(c, multiplier=10_265, trading_code=f"{c.trading_code[:11]}A{c.trading_code[12:]}")
        if c.series == ("510050", DECEMBER, "M")
        else c
        for c in desk.market.contracts
    )
    reopen(desk, changed)
    seen.panel.flush()
    seen.panel.show_series(("510050", DECEMBER, "A"))
    strike = seen.view.chain.column_of(None, "strike")
    assert strike is not None
    assert seen.view.chain.unit_text(strike) == "unit 10265"
