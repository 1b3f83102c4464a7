"""Market making in the real program: dashboard, cockpit and top bar of a maker's account, nothing for others."""

import asyncio
from pathlib import Path

import msgspec
import pytest

from terminal.app.assembly import Terminal
from terminal.app.preferences import Preferences
from terminal.app.terms_shelf import DeskTerms
from terminal.app.waiting import until
from terminal.config import Settings
from terminal.domain.errors import BadInput
from terminal.rules.obligations.clock import QuotingState
from terminal.services.events import AccountChanged, OwnQuoteChanged
from terminal.storage.settings import SettingsFile
from terminal.views.obligations.rows import Action
from tests.app.conftest import PATIENCE_SECONDS, Tell
from tests.harness import CALL, PUT, World


def shelf(folder: Path) -> tuple[DeskTerms, Preferences]:
    preferences = Preferences(SettingsFile(folder / "settings.json"))
    return DeskTerms(folder, Settings(), preferences), preferences


def test_every_shipped_file_of_terms_can_be_chosen(tmp_path: Path) -> None:
    assert [terms.name for terms in shelf(tmp_path)[0].all()] == [
        "deribit",
        "eurex",
        "hkex",
        "sse_generic",
        "sse_simulation_2014",
    ]


@pytest.mark.requirement("M5")
def test_own_terms_are_kept_and_count_from_the_next_start(tmp_path: Path) -> None:
    terms, preferences = shelf(tmp_path)
    own = msgspec.structs.replace(terms.read("hkex"), name="mine", title="Mine")
    terms.save(own)
    terms.choose("mine")
    assert terms.in_force.name == "sse_generic"
    preferences.flush()
    again, _ = shelf(tmp_path)
    assert again.in_force == own
    assert ("mine", True) in again.names()
    assert [known.name for known in again.all()][-1] == "mine"
    again.remove("mine")
    assert again.chosen == "sse_generic"
    with pytest.raises(BadInput, match="shipped"):
        again.save(msgspec.structs.replace(own, name="eurex"))
    with pytest.raises(BadInput, match="small letters"):
        again.save(msgspec.structs.replace(own, name="../mine"))


@pytest.mark.fault("F44")
@pytest.mark.parametrize("content", [b"", b"{", b'{"name": "mine"}', b"x" * 70_000])
def test_own_terms_that_cannot_be_read_are_told_and_the_configured_ones_count(tmp_path: Path, content: bytes) -> None:
    terms, preferences = shelf(tmp_path)
    terms.save(msgspec.structs.replace(terms.in_force, name="mine"))
    terms.choose("mine")
    preferences.flush()
    (tmp_path / "obligations" / "mine.json").write_bytes(content)
    again, told = shelf(tmp_path)
    assert again.in_force.name == "sse_generic"
    assert any("mine.json" in remark for remark in told.remarks)


@pytest.mark.requirement("M6", "X1")
def test_a_makers_desk_quotes_from_its_dashboard_and_turns_with_it(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        space, desk = terminal.workspace, terminal.desk
        await until(desk.bus, AccountChanged, lambda: desk.portfolio.funds is not None, PATIENCE_SECONDS)
        space.window.use_preset("making")
        panel = space.making.obligations
        gauge = space.window.top_bar.obligations
        assert gauge is not None
        async with asyncio.timeout(PATIENCE_SECONDS):
            # What stands is reckoned twice a second, and may have been before the account was told
            while gauge.isHidden() or panel.model.rowCount() != 4:
                terminal.frame_timer.serve_all()
                await asyncio.sleep(0.02)
        panel.act(PUT, Action.JOIN)
        measure = terminal.obligations.measure
        assert measure is not None
        assert await until(
            desk.bus, OwnQuoteChanged, lambda: terminal.obligations.own.live(PUT) is not None, PATIENCE_SECONDS
        ), panel.said.text()
        assert measure.state(PUT) is QuotingState.LIVE
        panel.act(CALL, Action.TICKET)
        assert space.ticket.draft.contract_code == CALL
        assert space.depth._code == CALL
        panel.table.setCurrentIndex(panel.model.index(panel.model.row_of(PUT) or 0, 1))
        assert space.ticket.draft.contract_code == PUT
        terminal.end_at_once()

    assert tell(story, "--account", "MM1") == 0


@pytest.mark.requirement("M5", "T1")
def test_quotes_stand_in_the_chain_and_stop_takes_them_out(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        space, desk = terminal.workspace, terminal.desk
        await until(desk.bus, AccountChanged, lambda: desk.portfolio.funds is not None, PATIENCE_SECONDS)
        terminal.frame_timer.serve_all()
        space.making.obligations.act(PUT, Action.JOIN)
        own = terminal.obligations.own
        assert await until(desk.bus, OwnQuoteChanged, lambda: own.live(PUT) is not None, PATIENCE_SECONDS)
        live, row = desk.quoting.live(PUT), desk.market.row_of[PUT]
        assert live is not None
        mine = space.chain._own
        mine.refresh()
        assert (mine.bid_price[row], mine.ask_price[row], mine.bid_quantity[row]) == (live.bid, live.ask, 10)
        space.window.top_bar.stop.press()
        space.window.top_bar.stop.press()
        assert await until(desk.bus, OwnQuoteChanged, lambda: own.live(PUT) is None, PATIENCE_SECONDS)
        mine.refresh()
        assert mine.bid_price[row] == 0
        terminal.end_at_once()

    assert tell(story, "--account", "MM1") == 0


@pytest.mark.requirement("M6")
def test_another_account_sees_no_obligations(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        space = terminal.workspace
        space.window.use_preset("making")
        terminal.frame_timer.serve_all()
        assert space.window.top_bar.obligations is not None
        assert space.window.top_bar.obligations.isHidden()
        assert space.making.obligations.nothing.isVisible()
        assert space.making.inquiries.nothing.isVisible()
        terminal.end_at_once()

    assert tell(story) == 0
