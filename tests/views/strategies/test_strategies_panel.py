"""The strategies' screen over a real desk: table, forms, refusals, start and stop, what is kept."""

import asyncio
import json
from asyncio import AbstractEventLoop
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.app.limits import maker_limits
from terminal.domain.errors import BadInput
from terminal.domain.orders import Instruction
from terminal.domain.ports import RecordKind
from terminal.rules.protection.limit_sheet import NOTHING, LimitSheet
from terminal.services.desk import Desk
from terminal.services.theoretical import Theoretical
from terminal.services.valuation import Valuation
from terminal.strategies.catalogue import BUILT_IN
from terminal.strategies.engine import StrategyEngine
from terminal.strategies.entry import StrategyState
from terminal.strategies.parameters import fields_of
from terminal.strategies.protocol import Ask, View
from terminal.strategies.quoter import ContinuousQuoter
from terminal.strategies.quoter_parameters import QuoterParameters
from terminal.strategies.view import DeskView
from terminal.views.appearance import Appearance
from terminal.views.quoting.hold_button import HOLD_SECONDS
from terminal.views.strategies import field_words, fields, words
from terminal.views.strategies.detail import LIMITS, PARAMETERS
from terminal.views.strategies.kept import KEY, OFFERED, KeptStrategies, sheet_texts
from terminal.views.strategies.panel import StrategiesPanel
from terminal.views.strategies.report import output_lines
from terminal.views.strategies.strategy_desk import StrategyDesk
from terminal.views.translation import Languages, translate
from tests.views.desk_rig import HandClock, MemoryJournal, MemorySettings

SHEET = maker_limits({}).quoter


@dataclass
class Screen:
    """The panel over its desk."""

    loop: AbstractEventLoop
    desk: StrategyDesk
    panel: StrategiesPanel
    tasks: list["asyncio.Task[Any]"]

    def settle(self) -> None:
        """Let what was begun end."""
        self.loop.run_until_complete(asyncio.sleep(0))
        if self.tasks:
            self.loop.run_until_complete(asyncio.gather(*self.tasks))
            self.tasks.clear()
        self.panel.flush()

    def type(self, name: str, text: str, *, sheet: bool = False) -> None:
        """Type into a field."""
        editor = (self.panel.detail.sheet if sheet else self.panel.detail.parameters).editors[name]
        if isinstance(editor, QCheckBox):
            editor.setChecked(text == "true")
        elif isinstance(editor, QComboBox):
            editor.setEditText(text)
        else:
            assert isinstance(editor, QLineEdit)
            editor.setText(text)

    def add(self, name: str = "eye", kind: int = 0, **texts: str) -> None:
        """Add one of a kind on screen."""
        self.panel.begin_adding()
        self.panel.detail.choose_kind(kind)
        self.panel.detail.name_field.setText(name)
        for field, text in texts.items():
            self.type(field, text)
        self.panel.detail.apply()
        self.settle()


@pytest.fixture
def screen(
    qtbot: QtBot,
    qt_loop: AbstractEventLoop,
    desk: Desk,
    appearance: Appearance,
    settings: MemorySettings,
    monotonic: HandClock,
) -> Iterator[Screen]:
    """Nothing there yet; nothing runs by itself."""
    valuation = Valuation(desk.market, desk.bus, desk.clock.now, rate=0.015)
    theoretical = Theoretical(desk.market, valuation, desk.bus, monotonic)
    tasks: list[asyncio.Task[Any]] = []

    def spawn(work: Coroutine[Any, Any, Any]) -> object:
        tasks.append(qt_loop.create_task(work))
        return tasks[-1]

    engine = StrategyEngine(
        market=desk.market,
        theoretical=theoretical,
        quoting=desk.quoting,
        orders=desk.orders,
        view=DeskView(desk.market, desk.portfolio, theoretical, desk.quoting.gate, desk.clock.now, monotonic),
        bus=desk.bus,
        now=desk.clock.now,
        monotonic=monotonic,
        clock=monotonic,
        spawn=spawn,
    )
    strategies = StrategyDesk(desk, engine, None, SHEET, lambda: "ann", KeptStrategies(settings), spawn)
    panel = StrategiesPanel(strategies, appearance, monotonic)
    qtbot.addWidget(panel)
    panel.resize(794, 330)
    panel.show()
    panel.flush()
    yield Screen(qt_loop, strategies, panel, tasks)
    engine.stop_all("the test ends", "ann")
    # What was written down meanwhile is waited for by a task
    qt_loop.run_until_complete(asyncio.sleep(0))


@pytest.mark.requirement("M4")
def test_one_is_added_started_changed_and_stopped(
    screen: Screen, settings: MemorySettings, journal: MemoryJournal
) -> None:
    panel, engine = screen.panel, screen.desk.engine
    screen.add("eye", edge_ticks="12", buys="false")
    assert panel.chosen == "eye"
    entry = engine.entry("eye")
    assert entry is not None
    assert (entry.strategy.parameters.edge_ticks, entry.strategy.parameters.buys) == (12.0, False)
    assert screen.desk.sheet("eye") == SHEET
    panel.start()
    assert (entry.state, entry.by) == (StrategyState.RUNNING, "ann")
    assert not panel.start_button.isEnabled()
    # Staged while it runs, in force when applied
    screen.type("size", "3")
    screen.type("vega", "500", sheet=True)
    assert (entry.strategy.parameters.size, panel.detail.apply_button.text()) == (5, "Apply 2 ↵")
    panel.detail.revert()
    assert not panel.detail.apply_button.isEnabled()
    screen.type("size", "3")
    screen.type("vega", "500", sheet=True)
    QTest.keyClick(panel.detail, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    screen.settle()
    assert entry.strategy.parameters.size == 3
    sheet = screen.desk.sheet("eye")
    assert sheet is not None
    assert sheet.vega == 500.0
    noted = [json.loads(body) for kind, _, body in journal.written if kind is RecordKind.NOTE]
    assert {"strategy": "eye", "what": "parameters", "by": "ann", "changed": {"size": [5, 3]}} in noted
    panel.stop()
    assert entry.state is StrategyState.STOPPED
    assert panel.why.text() == "Stopped by hand"
    assert settings.read(KEY)[0]["values"]["size"] == "3"
    panel.remove()
    assert (engine.entry("eye"), settings.read(KEY), panel.model.rowCount()) == (None, [], 0)


@pytest.mark.fault("F45")
def test_what_is_not_taken_is_said_beside_its_field(screen: Screen) -> None:
    screen.add(size="1.5", edge_ticks="nan")
    detail = screen.panel.detail
    assert screen.desk.entry("eye") is None
    assert detail.parameters.notes["size"].text() == "“1.5” is not accepted, only a whole number"
    assert "not infinite" in detail.parameters.notes["edge_ticks"].text()
    for name, text in (("size", "2"), ("edge_ticks", "3"), ("underlying", "000000")):
        screen.type(name, text)
    detail.apply()
    screen.settle()
    assert "an underlying with contracts today" in detail.parameters.notes["underlying"].text()
    screen.type("underlying", "510300")
    screen.type("delta", "much", sheet=True)
    detail.apply()
    assert detail.tabs.currentIndex() == LIMITS
    assert "“much” is not accepted" in detail.sheet.notes["delta"].text()
    screen.type("delta", "1e4", sheet=True)
    for name in ("desk", "quoter 510050", " ", "\u202ename"):
        detail.name_field.setText(name)
        detail.apply()
        screen.settle()
        assert detail.note.text().startswith("Name: "), name
    detail.name_field.setText("eye")
    detail.apply()
    screen.settle()
    assert screen.panel.chosen == "eye"
    screen.add("eye")
    assert "a name that is not taken" in detail.note.text()


@pytest.mark.fault("F45")
def test_without_a_sheet_the_start_is_grey_and_says_why(screen: Screen) -> None:
    panel = screen.panel
    panel.begin_adding()
    panel.detail.name_field.setText("bare")
    for name in sheet_texts(NOTHING):
        screen.type(name, "-1" if name == "delta" else "", sheet=True)
    assert "cannot be started" in panel.detail.sheet_note.text()
    assert panel.detail.sheet.notes["delta"].text().startswith("allows nothing")
    panel.detail.apply()
    screen.settle()
    assert not panel.start_button.isEnabled()
    assert not panel.shadow_button.isEnabled()
    assert "no limit sheet" in panel.why.text()
    assert panel.start_button.toolTip() == panel.why.text()
    screen.type("delta", "100", sheet=True)
    panel.detail.apply()
    screen.settle()
    assert panel.start_button.isEnabled()


def test_volatility_orders_are_given_as_rows(screen: Screen) -> None:
    rows = "10001773 SO 5 0.25; 10001773 BO 5 0.15"
    screen.add("wishes", kind=OFFERED.index("volatility_orders"), tolerance_ticks="4", orders=rows)
    entry = screen.desk.entry("wishes")
    assert entry is not None
    assert entry.strategy.parameters.tolerance_ticks == 4
    assert [(o.instruction, o.volatility) for o in entry.strategy.parameters.orders] == [
        (Instruction.SELL_OPEN, 0.25),
        (Instruction.BUY_OPEN, 0.15),
    ]


@pytest.mark.fault("F68")
def test_a_faulted_one_says_its_cause_and_is_started_by_a_person(
    screen: Screen, languages: Languages, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("strategy eye raised in on_timer")
    screen.add()
    panel, entry = screen.panel, screen.desk.entry("eye")
    assert entry is not None

    def on_timer(view: View, ask: Ask) -> None:
        ask.note("\u202eevil\n")
        raise ZeroDivisionError

    entry.strategy.on_timer = on_timer  # type: ignore[method-assign] # a fault put in
    panel.start()
    screen.desk.engine.on_timer()
    panel.flush()
    assert "ZeroDivisionError was raised in on_timer" in panel.why.text()
    panel.detail.tabs.setCurrentIndex(2)
    assert panel.detail.report.log.toPlainText() == "\\u202eevil\\n"
    languages.use("zh_CN")
    panel.flush()
    assert "on_timer 中发生 ZeroDivisionError" in panel.why.text()
    assert panel.start_button.isEnabled()
    panel.start()
    assert entry.state is StrategyState.RUNNING


@pytest.mark.requirement("X11")
def test_quoters_are_listed_and_lead_to_their_own_screen(screen: Screen, qtbot: QtBot) -> None:
    panel = screen.panel
    screen.desk.engine.add(ContinuousQuoter("quoter 510050", QuoterParameters()), SHEET)
    panel.flush()
    panel.choose("quoter 510050")
    assert not panel.start_button.isEnabled()
    assert not panel.remove_button.isEnabled()
    assert "own screen" in panel.detail.elsewhere.text()
    with qtbot.waitSignal(panel.screen_wanted) as wanted:
        panel.screen_button.click()
    assert wanted.args == ["quoting", "510050"]
    assert screen.desk.start("quoter 510050", shadow=True) is None
    panel.flush()
    panel.detail.tabs.setCurrentIndex(2)
    assert "would have sent" in panel.detail.report.shadow.text()


@pytest.mark.requirement("X4")
def test_all_are_stopped_by_holding(screen: Screen, monotonic: HandClock) -> None:
    for name in ("one", "two"):
        screen.add(name)
        screen.panel.start(shadow=True)
    panel = screen.panel
    assert panel.count == 2
    QTest.mousePress(panel.stop_all_button, Qt.MouseButton.LeftButton)
    panel.flush()
    assert panel.count == 2
    assert panel.pace() < 33
    monotonic.seconds += HOLD_SECONDS + 0.01
    panel.flush()
    QTest.mouseRelease(panel.stop_all_button, Qt.MouseButton.LeftButton)
    assert panel.count == 0


def test_what_was_typed_stays_when_the_language_changes(screen: Screen, languages: Languages) -> None:
    screen.panel.begin_adding()
    screen.type("size", "x")
    languages.use("zh_CN")
    QCoreApplication.sendPostedEvents()
    detail = screen.panel.detail
    assert detail.parameters.texts()["size"] == "x"
    assert "整数" in detail.parameters.notes["size"].text()
    assert detail.tabs.tabText(PARAMETERS) == "参数"


@pytest.mark.requirement("X12")
def test_every_field_kind_and_sentence_has_its_chinese_words(languages: Languages) -> None:
    tables = {*words.KINDS.values(), *words.ABOUT_KINDS.values(), *words.STATES.values(), *fields._KINDS.values()}
    tables |= {said for _, said in words._SENTENCES} | set(field_words.CHOICES.values())
    tables |= {text for pair in field_words.PARAMETER_WORDS.values() for text in pair if text}
    tables |= {text for pair in field_words.SHEET_WORDS.values() for text in pair if text}
    for name in OFFERED:
        for field in fields_of(BUILT_IN[name].parameters):
            assert field.name in field_words.PARAMETER_WORDS
            assert set(field.choices) <= set(field_words.CHOICES)
    assert set(field_words.SHEET_WORDS) == set(sheet_texts(NOTHING))
    languages.use("zh_CN")
    same = {text for text in tables if translate(words.CONTEXT, text) == text}
    assert same == {"Delta", "Gamma", "Vega"}


def test_a_sheet_goes_to_text_and_back() -> None:
    for sheet in (NOTHING, SHEET, LimitSheet(delta=0.1, gamma=float("inf"))):
        assert LimitSheet.of(sheet_texts(sheet)) == sheet


@pytest.mark.fault("F75")
def test_what_a_process_prints_is_cut_and_escaped() -> None:
    lines = output_lines("\n".join(f"line {n}\x1b[31m" for n in range(10_000)) + "\n" + "x" * 1_000)
    assert len(lines) <= 60
    assert lines[1] == "line 9999\\x1b[31m"
    assert all(len(line) <= 300 for line in lines)


def test_the_model_keeps_to_the_rules_of_models(screen: Screen, qtmodeltester: ModelTester) -> None:
    for name in ("one", "two"):
        screen.add(name)
    qtmodeltester.check(screen.panel.model)
    with pytest.raises(BadInput, match="name"):
        screen.loop.run_until_complete(screen.desk.add(screen.desk.kinds()[0], "one", {}, SHEET))


def test_a_long_choice_is_read_in_full_and_long_labels_leave_room_for_notes(screen: Screen, qtbot: QtBot) -> None:
    panel = screen.panel
    panel.resize(950, 300)
    panel.show()
    panel.begin_adding()
    panel.detail.choose_kind(OFFERED.index("delta_hedger"))
    screen.settle()
    form = panel.detail.parameters
    choice = form.editors["hedge_with"]
    assert isinstance(choice, QComboBox)
    assert choice.width() >= choice.sizeHint().width()
    panel.detail.tabs.setCurrentIndex(LIMITS)
    qtbot.waitUntil(lambda: panel.detail.sheet.notes["share_quantity"].width() > 100)


def test_the_keys_stay_in_the_pane_when_what_had_them_goes_away(screen: Screen) -> None:
    panel = screen.panel
    for button in (None, panel.detail.apply_button):
        panel.begin_adding()
        screen.settle()
        if button is not None:
            button.setFocus()
        panel.detail.apply()
        screen.settle()
        assert panel.window().focusWidget() is panel.detail.tabs
    screen.type("size", "7")
    panel.detail.apply_button.setFocus()
    panel.detail.apply()
    screen.settle()
    assert panel.window().focusWidget() is panel.detail.tabs
    # Typed on and put in force from the keys, the cursor stays where it is
    screen.type("size", "8")
    panel.detail.parameters.editors["size"].setFocus()
    panel.detail.apply()
    assert panel.window().focusWidget() is panel.detail.parameters.editors["size"]
