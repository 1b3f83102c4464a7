"""Strategies in the real program: added on screen, run in shadow, plug-ins from a folder, and there after a restart."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from terminal.app.assembly import Terminal
from terminal.app.waiting import until
from terminal.services.events import AccountChanged
from terminal.storage.settings import Settings as ScreenSettings
from terminal.storage.settings import SettingsFile
from terminal.strategies.entry import StrategyState
from terminal.views.strategies.detail import LIMITS, REPORT
from terminal.views.strategies.kept import KEY, Kind
from terminal.views.strategies.panel import StrategiesPanel
from tests.app.conftest import PATIENCE_SECONDS, Build, Tell
from tests.app.plug_in_room import plug_in
from tests.harness import FUND, World
from tests.quoting_rig import MAKER

TALKS = """
def on_timer(self, view, ask):
    ask.note("timer \\u202e of " + self.parameters.underlying)
    print("printed", flush=True)
"""


async def sees(ready: Callable[[], bool], panel: StrategiesPanel) -> None:
    """Wait until something is so; the panel looks meanwhile."""
    began = time.monotonic()
    while not ready():
        assert time.monotonic() - began < PATIENCE_SECONDS, (panel.detail.note.text(), panel.why.text())
        await asyncio.sleep(0.02)
        panel.flush()


def type_into(editor: QWidget, text: str) -> None:
    assert isinstance(editor, QLineEdit)
    editor.setText(text)


def shown(panel: StrategiesPanel, name: str) -> dict[str, str]:
    """A line of the table by column."""
    row = panel.model.row_of(name)
    assert row is not None
    columns = [column.key for column in panel.model.columns]
    return dict(zip(columns, panel.model.plain_rows()[row], strict=True))


def kind_place(panel: StrategiesPanel, kind: Kind) -> int:
    """Where a kind stands in the choice."""
    kinds = panel.detail.kinds
    return next(place for place in range(kinds.count()) if kinds.itemData(place) == kind)


async def ready(terminal: Terminal) -> StrategiesPanel:
    """The panel in front, the account known."""
    desk = terminal.desk
    await until(desk.bus, AccountChanged, lambda: desk.portfolio.funds is not None, PATIENCE_SECONDS)
    window = terminal.window
    window.use_preset("quoting")
    window.bring_up("strategies")
    panel = terminal.workspace.strategies.panel
    panel.flush()
    return panel


@pytest.mark.requirement("X11", "O19", "M4")
def test_the_eye_is_added_with_a_sheet_runs_in_shadow_and_is_there_after_a_restart(tell: Tell, build: Build) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        panel = await ready(terminal)
        panel.begin_adding()
        detail = panel.detail
        detail.choose_kind(kind_place(panel, Kind("electronic_eye")))
        detail.name_field.setText("my eye")
        assert detail.parameters.texts()["underlying"] == FUND
        # An edge that every price has: the eye wants everything at once
        for name, text in (("edge_ticks", "-5000"), ("edge_fraction", "-100")):
            type_into(detail.parameters.editors[name], text)
        detail.apply()
        await sees(lambda: panel.chosen == "my eye", panel)
        assert panel.start_button.isEnabled()
        panel.start(shadow=True)
        report = terminal.quoting.engine.shadow_report("my eye")
        assert report is not None
        await sees(lambda: report.orders > 0 or sum(report.refused.values()) > 0, panel)
        detail.tabs.setCurrentIndex(REPORT)
        assert "would have sent 0 quotes" in detail.report.shadow.text()
        assert shown(panel, "my eye")["state"] == "shadow"
        panel.screen_wanted.emit("quoting", FUND)
        panel.stop()
        assert shown(panel, "my eye")["state"] == "stopped"
        terminal.end_at_once()

    assert tell(story, "--account", MAKER) == 0
    again = build()
    entry = again.quoting.engine.entry("my eye")
    assert entry is not None
    assert (entry.state, entry.strategy.parameters.edge_ticks) == (StrategyState.STOPPED, -5000.0)
    assert again.workspace.strategies.strategies.has_sheet("my eye")


@pytest.mark.requirement("M4")
@pytest.mark.fault("F74")
def test_a_plug_in_is_chosen_shown_started_and_stopped_and_a_bad_one_says_why(
    tell: Tell, build: Build, tmp_path: Path
) -> None:
    folder = tmp_path / "desk" / "plug-ins"
    folder.mkdir(parents=True)
    (folder / "broken.py").write_text("API_VERSION = 0\n", "utf-8")

    async def story(terminal: Terminal, world: World) -> None:
        panel = await ready(terminal)
        detail = panel.detail
        # The folder is read whenever one is added
        (folder / "talks.py").write_text(plug_in(TALKS), "utf-8")
        panel.begin_adding()
        detail.choose_kind(kind_place(panel, Kind("broken", is_plug_in=True)))
        await sees(lambda: not detail.is_busy, panel)
        assert "one of version 2; its API_VERSION says 0" in detail.note.text()
        assert not detail.apply_button.isEnabled()
        terminal.languages.use("zh_CN")
        detail.choose_kind(kind_place(panel, Kind("broken", is_plug_in=True)))
        await sees(lambda: not detail.is_busy, panel)
        assert "版本 2 的文件" in detail.note.text()
        terminal.languages.use("en")
        detail.choose_kind(kind_place(panel, Kind("talks", is_plug_in=True)))
        await sees(lambda: bool(detail.parameters.editors), panel)
        assert detail.parameters.texts() == {"underlying": FUND, "size": "5"}
        type_into(detail.parameters.editors["size"], "many")
        detail.apply()
        assert "“many” is not accepted, only a whole number" in detail.parameters.notes["size"].text()
        type_into(detail.parameters.editors["size"], "7")
        detail.apply()
        await sees(lambda: panel.chosen == "talks 1", panel)
        panel.start()
        assert shown(panel, "talks 1")["state"] == "running"
        detail.tabs.setCurrentIndex(REPORT)
        said = f"timer \\u202e of {FUND}"
        await sees(lambda: said in detail.report.log.toPlainText(), panel)
        # Changed while it runs, judged in its process first
        detail.tabs.setCurrentIndex(LIMITS)
        type_into(detail.parameters.editors["size"], "9")
        type_into(detail.sheet.editors["delta"], "1000")
        detail.apply()
        await sees(lambda: not detail.is_busy and detail.note.text() == "In force", panel)
        sheet = terminal.desk.quoting.gate.sheet("talks 1")
        assert sheet is not None
        assert sheet.delta == 1000.0
        assert terminal.workspace.strategies.strategies.values("talks 1")["size"] == "9"
        panel.stop()
        assert shown(panel, "talks 1")["state"] == "stopped"
        assert terminal.quoting.plug_ins is not None
        terminal.end_at_once()

    assert tell(story, "--account", MAKER) == 0
    again = build()
    assert again.quoting.plug_ins is not None
    assert again.quoting.plug_ins.process_ids == ()
    entry = again.quoting.engine.entry("talks 1")
    assert entry is not None
    assert (entry.state, entry.strategy.underlyings) == (StrategyState.STOPPED, (FUND,))
    assert again.workspace.strategies.strategies.values("talks 1")["size"] == "9"


@pytest.mark.fault("F44", "F45")
def test_what_cannot_be_brought_back_is_told_and_costs_the_others_nothing(build: Build, tmp_path: Path) -> None:
    good = {"name": "good", "kind": "electronic_eye", "plug_in": "", "values": {"size": "3"}, "sheet": {"delta": "5"}}
    given = [
        {**good, "name": "quoter 510050"},
        {**good, "name": "many", "values": {"size": "many"}},
        {**good, "name": "rich", "sheet": {"delta": "lots"}},
        {**good, "name": "lost", "kind": "plug_in", "plug_in": "../lost"},
        7,
        good,
        {**good, "kind": "delta_hedger"},
    ]
    SettingsFile(tmp_path / "desk" / "settings.json").save(ScreenSettings(screen={KEY: given}))
    terminal = build()
    assert [entry.strategy.name for entry in terminal.quoting.engine.entries] == ["good"]
    assert "Not brought back" in terminal.workspace.strategies.panel.message.text()
