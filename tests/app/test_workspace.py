"""What joins the panels: a contract, price or position chosen anywhere turns everything that stands on one."""

import asyncio
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from terminal.app.assembly import Terminal
from terminal.app.waiting import until
from terminal.domain.accounts import PositionSide
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import Instruction, Side
from terminal.services.events import AccountChanged, OrderChanged, OwnQuotesChanged
from terminal.views.chain.menus import contract_menu
from terminal.views.record_table import ColumnLayout
from tests.app.conftest import PATIENCE_SECONDS, Build, Tell
from tests.harness import CALL, CHEAP_CALL, FUND, PUT, World, limit


async def traded(terminal: Terminal, code: str, price: str, quantity: int) -> None:
    desk = terminal.desk
    await desk.orders.submit(limit(code, price, quantity))

    def booked() -> bool:
        position = desk.portfolio.position(code, PositionSide.LONG)
        return position is not None and position.quantity >= quantity

    assert await until(desk.bus, AccountChanged, booked, PATIENCE_SECONDS)


def stands_on(terminal: Terminal) -> set[str]:
    space = terminal.workspace
    return {space.ticket.draft.contract_code, space.depth._code, space.tape._code, space.ladder.figures.code}


@pytest.mark.requirement("T3")
def test_every_panel_turns_to_the_contract_that_is_chosen_anywhere(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        space = terminal.workspace
        # A ticket without a contract is of no use: it began at the money
        assert space.ticket.contract is not None
        space.chain.contract_selected.emit(PUT)
        assert stands_on(terminal) == {PUT}
        space.window.contract_chosen.emit(CALL)
        assert stands_on(terminal) == {CALL}
        space.positions.contract_chosen.emit(CHEAP_CALL)
        assert stands_on(terminal) == {CHEAP_CALL}
        assert space.intraday.underlying == space.funds.covered.underlying == space.ticket.contract.underlying
        other = next(u.code for u in terminal.desk.market.underlyings if u.code != space.intraday.underlying)
        space.window.underlying_chosen.emit(other)
        assert space.intraday.underlying == space.funds.covered.underlying == other
        terminal.window.close()

    assert tell(story) == 0


@pytest.mark.requirement("O2")
def test_a_click_on_a_price_seeds_the_ticket_from_chain_and_depth(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        space = terminal.workspace
        space.chain.order_seeded.emit(CALL, Side.BUY, 4630)
        assert stands_on(terminal) == {CALL}
        assert (space.ticket.draft.instruction, space.ticket.draft.price_text) == (Instruction.BUY_OPEN, "0.4630")
        space.depth.price_chosen.emit(PUT, Side.SELL, 690)
        assert stands_on(terminal) == {PUT}
        assert (space.ticket.draft.instruction, space.ticket.draft.price_text) == (Instruction.SELL_OPEN, "0.0690")
        terminal.window.close()

    assert tell(story) == 0


@pytest.mark.requirement("O2")
def test_legs_of_the_chain_come_to_the_basket_and_the_keyboard_stays_where_it_is(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        space, window = terminal.workspace, terminal.window
        dock = window.docks["basket"]
        dock.close()
        space.chain.leg_wanted.emit(CALL, Side.BUY)
        assert not dock.isHidden()
        assert not space.basket.hasFocus()
        space.chain.leg_wanted.emit(CHEAP_CALL, Side.SELL)
        assert [leg.code for leg in space.basket.basket.legs] == [CALL, CHEAP_CALL]
        space.chain.contract_selected.emit(PUT)
        assert space.basket.chosen == PUT
        dock.close()
        QTest.keyClick(window, Qt.Key.Key_F2, Qt.KeyboardModifier.ControlModifier)
        assert not dock.isHidden()
        assert not terminal.desk.orders.working()
        terminal.window.close()

    assert tell(story) == 0


@pytest.mark.requirement("O2")
def test_a_basket_goes_on_behind_another_tab(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        basket, bus = terminal.workspace.basket, terminal.desk.bus
        terminal.window.docks["basket"].close()
        basket.add_leg(CALL, Side.BUY)
        basket.add_leg(CHEAP_CALL, Side.SELL)
        basket.press()
        basket.press()

        def both() -> bool:
            run = basket.runner.run
            return run is not None and run.is_filled

        assert await until(bus, OrderChanged, both, PATIENCE_SECONDS)
        assert not basket.isVisible()
        terminal.end_at_once()

    assert tell(story) == 0


@pytest.mark.requirement("O2")
def test_the_ladder_comes_up_by_its_key_and_by_a_strike_and_seeds_the_ticket(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        space, window = terminal.workspace, terminal.window
        ladder = window.docks["ladder"]
        window.use_preset("chain")
        assert ladder.isHidden()
        QTest.keyClick(window, Qt.Key.Key_F5)
        assert not ladder.isHidden()
        assert space.ladder.view.hasFocus() or not window.isActiveWindow()
        ladder.close()
        space.chain.strike_activated.emit(CALL, PUT)
        assert not ladder.isHidden()
        assert stands_on(terminal) == {CALL}
        space.ladder.click(Side.BUY, 4600)
        assert (space.ticket.draft.instruction, space.ticket.draft.price_text) == (Instruction.BUY_OPEN, "0.4600")
        assert not terminal.desk.orders.working()
        # One click where the whole program runs
        space.ladder.toggle_armed()
        space.ladder.click(Side.BUY, 4600)
        assert await until(
            terminal.desk.bus, OrderChanged, lambda: bool(terminal.desk.orders.working()), PATIENCE_SECONDS
        )
        assert [order.price for order in terminal.desk.orders.working()] == [Decimal("0.4600")]
        terminal.end_at_once()

    assert tell(story) == 0


@pytest.mark.requirement("O2")
def test_a_position_is_prepared_for_closing(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        await traded(terminal, CALL, "0.4630", 4)
        space = terminal.workspace
        space.ticket.show_contract(PUT)
        space.positions.close_requested.emit(CALL, PositionSide.LONG)
        draft = space.ticket.draft
        assert stands_on(terminal) == {CALL}
        assert (draft.instruction, draft.quantity_text, draft.price_text) == (Instruction.SELL_CLOSE, "4", "0.4620")
        terminal.end_at_once()

    assert tell(story) == 0


@pytest.mark.requirement("O2")
def test_the_chain_cancels_the_orders_of_one_contract(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        desk = terminal.desk
        for code, price in ((CHEAP_CALL, "0.0070"), (CHEAP_CALL, "0.0071"), (PUT, "0.0600")):
            await desk.orders.submit(limit(code, price))
        terminal.workspace.chain.cancel_requested.emit(CHEAP_CALL)
        assert await until(desk.bus, OrderChanged, lambda: len(desk.orders.working()) == 1, PATIENCE_SECONDS)
        assert [order.contract_code for order in desk.orders.working()] == [PUT]
        terminal.end_at_once()

    assert tell(story) == 0


def test_columns_come_back_at_the_next_start(tell: Tell, build: Build) -> None:
    wanted: list[ColumnLayout] = []

    async def story(terminal: Terminal, world: World) -> None:
        table = terminal.workspace.orders.table
        # Nothing is kept of columns that fit themselves
        assert table.column_layout() == []
        table.columns_menu().actions()[1].trigger()
        table.horizontalHeader().resizeSection(2, table.columnWidth(2) + 17)
        table.layout_changed.emit()
        wanted.append(table.column_layout())
        assert not wanted[0][1][1]
        terminal.end_at_once()

    assert tell(story) == 0
    table = build().workspace.orders.table
    assert table.column_layout() == wanted[0]


@pytest.mark.requirement("O4")
def test_an_instruction_begun_anywhere_stands_in_its_form(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        space = terminal.workspace
        await traded(terminal, CALL, "0.4630", 2)
        form = space.instructions.form
        space.positions.instruction_wanted.emit(InstructionKind.EXERCISE, CALL)
        assert (form.kind, form.contract.currentData(), form.quantity.text()) == (InstructionKind.EXERCISE, CALL, "2")
        # It is not the exercise day
        assert form.note("contract")
        assert not form.send_button.isEnabled()
        space.chain.instruction_wanted.emit(InstructionKind.LOCK, FUND)
        assert (form.kind, form.underlying.currentData()) == (InstructionKind.LOCK, FUND)
        contract = terminal.desk.market.contract(CALL)
        assert contract is not None
        offered = [action.text() for action in contract_menu(space.chain.view, contract).actions()]
        assert {"Exercise…", "Merged exercise…", "Build combination…", "Lock shares…"} <= set(offered)
        assert "Short to covered…" not in offered
        terminal.window.close()

    assert tell(story) == 0


@pytest.mark.requirement("M4")
def test_a_makers_console_is_guarded_quotes_and_is_pulled_by_the_window(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        quoting, console = terminal.quoting, terminal.workspace.quoting
        assert quoting.protection.rules is not None
        assert quoting.view.allowed_width is not None
        terminal.window.use_preset("quoting")
        terminal.frame_timer.serve_all()
        assert console.grid.model.underlying == FUND
        console.grid.toggle()
        assert await until(
            terminal.desk.bus, OwnQuotesChanged, lambda: bool(terminal.desk.quoting.board.live_numbers), 10.0
        )
        terminal.window.pull_wanted.emit()
        assert await until(
            terminal.desk.bus, OwnQuotesChanged, lambda: not terminal.desk.quoting.board.live_numbers, 10.0
        )
        assert not any(entry.is_active for entry in quoting.engine.entries)
        terminal.end_at_once()

    assert tell(story, "--account", "MM1") == 0


@pytest.mark.requirement("M4", "X12")
def test_a_maker_quotes_by_hand_from_the_chain_and_finds_the_ticket_where_it_belongs(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        space, window, desk = terminal.workspace, terminal.window, terminal.desk
        window.use_preset("quoting")
        await asyncio.sleep(0)
        depth, quote, protection = (window.docks[name] for name in ("depth", "quote", "protection"))
        assert depth.geometry().bottom() < quote.geometry().top()
        assert quote.geometry().bottom() < protection.geometry().top()
        assert depth.geometry().left() == quote.geometry().left() == protection.geometry().left()
        window.resize(1366, 768)
        await asyncio.sleep(0)
        # Two panels at the right where the window is not high, and the protection a tab below
        assert depth.geometry().bottom() < quote.geometry().top()
        assert window.docks["quoting"] in window.tabifiedDockWidgets(protection)
        window.resize(1920, 1080)
        space.turn_to(PUT)
        assert space.quoting.ticket.contract is desk.market.contract(PUT)
        space.chain.quote_toggled.emit(PUT)
        assert await until(desk.bus, OwnQuotesChanged, lambda: desk.quoting.live(PUT) is not None, PATIENCE_SECONDS)
        space.quoting.ticket.flush()
        assert space.quoting.ticket.form.lies.text().endswith("by hand")
        space.chain.quote_toggled.emit(PUT)
        # The second press came at once: what lies there is still there
        assert desk.quoting.live(PUT) is not None
        # Where the order ticket is, it comes up as a tab beside it
        window.use_preset("trading")
        assert quote.isHidden()
        window._window_keys.actions["quote"].trigger()
        await asyncio.sleep(0)
        assert not quote.isHidden()
        assert window.docks["ticket"] in window.tabifiedDockWidgets(quote)
        terminal.end_at_once()

    assert tell(story, "--account", "MM1") == 0
