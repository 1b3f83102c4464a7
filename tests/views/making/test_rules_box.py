"""Rules of automatic answers on screen: staged, applied, refused, kept; which rule answered, or why none did."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.domain.messages import InquiryOpened
from terminal.domain.ports import RecordKind
from terminal.strategies.contract_terms import WidthRule
from terminal.strategies.inquiry_rules import MOST_RULES, InquiryRule, Verdict
from terminal.strategies.obliged import obliged_responder
from terminal.views.appearance import Appearance
from terminal.views.inquiries.kept_rules import KeptRules
from terminal.views.inquiries.rules_model import COLUMNS
from terminal.views.translation import Languages
from tests.harness import FUND, OTHER_CALL
from tests.making_rig import PUT, MakingRig, making_story
from tests.quoting_rig import quote_messages
from tests.services.obligation_desk import terms_of
from tests.views.desk_rig import MemorySettings
from tests.views.making.test_cockpit import Stage

Tell = Callable[[Callable[[Stage], Awaitable[None]]], None]
_COLUMN = {column.field: place for place, column in enumerate(COLUMNS)}


@pytest.fixture
def tell(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> Tell:
    def told(story: Callable[[Stage], Awaitable[None]]) -> None:
        async def played(making: MakingRig) -> None:
            stage = Stage(making, appearance, qtbot)
            stage.panel.flush()
            stage.panel.rules_button.click()
            await story(stage)

        making_story(tmp_path, played)

    return told


def put(stage: Stage, row: int, field: str, text: str) -> bool:
    """Type into a cell."""
    model = stage.panel.rules_box.model
    return model.setData(model.index(row, _COLUMN[field]), text)


async def notes(stage: Stage) -> list[dict[str, Any]]:
    """What the journal has of the responder."""
    journal = stage.making.rig.journal
    await journal.append([])
    bodies = [json.loads(r.body) for r in journal.read() if r.kind is RecordKind.NOTE]
    return [body for body in bodies if body.get("strategy") == f"responder {FUND}"]


async def pass_time(stage: Stage, seconds: float) -> None:
    for _ in range(int(seconds * 2)):
        await stage.making.wait(0.5)
        stage.quoting.engine.on_timer()
    await stage.settle()


@pytest.mark.requirement("X2", "M4")
def test_cells_are_staged_then_applied_and_it_is_written_down_who_did_it(
    tell: Tell, qtmodeltester: ModelTester, appearance: Appearance
) -> None:
    async def story(stage: Stage) -> None:
        box = stage.panel.rules_box
        qtmodeltester.check(box.model)
        assert box.isVisible()
        control = stage.responders.control(FUND)
        before = control.parameters
        assert before == obliged_responder(FUND, terms_of("sse_generic"))
        assert not box.apply_button.isEnabled()
        assert put(stage, 0, "most_delta", "0.40")
        assert put(stage, 0, "width", "ticks")
        assert put(stage, 0, "half_width", "6")
        cell = box.model.index(0, _COLUMN["most_delta"])
        assert cell.data(Qt.ItemDataRole.BackgroundRole) == appearance.theme.staged
        box.add_button.click()
        assert put(stage, 1, "size", "30")
        box.delay.setText("2.5")
        box.never_alone.setChecked(True)
        assert control.parameters == before
        assert box.staged.text() == "staged"
        box.apply_button.click()
        assert box.said.text() == "In force"
        first = InquiryRule(most_delta=0.4, width=WidthRule.TICKS, half_width=6.0, size=10)
        assert control.parameters.rules == (first, replace(first, size=30))
        assert (control.parameters.delay_seconds, control.parameters.never_alone) == (2.5, True)
        assert not box.apply_button.isEnabled()
        note = (await notes(stage))[-1]
        assert (note["what"], note["by"]) == ("parameters", "wang")
        assert note["changed"]["delay_seconds"] == [1.0, 2.5]
        # Another start of the program finds it; times that the terms ask for stay the terms'
        again = KeptRules(stage.settings).kept(obliged_responder(FUND, terms_of("hkex")))
        assert again.rules == control.parameters.rules
        assert (again.delay_seconds, again.never_alone, again.hold_seconds) == (2.5, True, 20.0)
        put(stage, 0, "size", "11")
        box.revert_button.click()
        assert box.model.rules == list(control.parameters.rules)

    tell(story)


@pytest.mark.requirement("X2")
def test_what_is_no_value_is_refused_in_the_language_of_the_screen_and_the_cell_stays(
    tell: Tell, languages: Languages
) -> None:
    async def story(stage: Stage) -> None:
        box = stage.panel.rules_box
        for field, text, said in (
            ("least_delta", "2", "|Δ| from: 2 is not accepted: from 0 to 1"),
            ("size", "0", "Size: 0 is not accepted: from 1 to 10000"),
            ("size", "1.5", "Size: 1.5 is not accepted: a whole number"),
            ("half_width", "nan", "Width: nan is not accepted: from 0.01 to 5000"),
            ("most_days", "", "Days to: “” is not accepted: a whole number"),
        ):
            assert not put(stage, 0, field, text)
            assert box.said.text() == said
        assert put(stage, 0, "most_days", "30")
        assert not put(stage, 0, "least_days", "31")
        assert box.said.text() == "Days from: 31 is not accepted: at most 30"
        box.delay.setText("20")
        box.apply_button.click()
        assert box.said.text() == "Delay, s: 20 is not accepted: below 20"
        box.delay.setText("")
        box.apply_button.click()
        assert box.said.text() == "Delay, s: “” is not accepted: a number"
        languages.use("zh_CN")
        assert not put(stage, 0, "size", "x")
        assert box.said.text() == "数量：不接受 x，应为：整数"
        languages.use("en")
        box.remove_button.click()
        assert box.model.rowCount() == 1
        box.table.setCurrentIndex(box.model.index(0, 1))
        box.remove_button.click()
        assert box.model.rowCount() == 1
        for _ in range(MOST_RULES + 3):
            box.add_button.click()
        assert box.model.rowCount() == MOST_RULES

    tell(story)


@pytest.mark.requirement("X2", "M8")
def test_each_inquiry_says_which_rule_answered_it_or_why_none_did(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        box = stage.panel.rules_box
        assert stage.panel.rules_button.text() == "Automatic answers: off…"
        stage.open(0, OTHER_CALL)
        await stage.settle()
        assert stage.cell(0, "rule") == "off"
        assert put(stage, 0, "most_delta", "0.01")
        box.add_button.click()
        assert put(stage, 1, "most_delta", "1")
        assert put(stage, 1, "most_quantity", "50")
        box.apply()
        box.switch.click()
        await stage.settle()
        assert box.control is not None
        assert box.control.is_on, box.said.text()
        assert stage.panel.rules_button.text() == "Automatic answers: 1 on…"
        await stage.making.ask(PUT, 10)
        asked = max(stage.responders.control(FUND).responder.outcomes)
        await stage.settle()
        assert stage.cell(asked, "rule") == "waits"
        await pass_time(stage, 2)
        assert stage.cell(asked, "rule") == "rule 2"
        assert stage.cell(asked, "by") == "rule 2"
        assert len(quote_messages(stage.making.rig)) == 1
        width, _, allowed = stage.cell(asked, "width").partition("/")
        assert 0 < int(width) <= int(allowed)
        await pass_time(stage, 21)
        now = stage.making.rig.desk.clock.now()
        stage.making.rig.desk.on_event(InquiryOpened(inquiry=902, contract_code=PUT, quantity=60, at=now))
        await pass_time(stage, 21)
        assert stage.cell(902, "rule") == "no rule fits"
        assert "left to a person 1" in box.state.text()
        # What it did stays to be seen when the rules are other ones
        put(stage, 1, "most_quantity", "5000")
        box.apply()
        row = stage.panel.model.row_of(str(asked))
        assert row is not None
        tip = stage.panel.model.index(row, stage.panel.model.column_of("rule")).data(Qt.ItemDataRole.ToolTipRole)
        assert "asked 0–50" in tip
        box.switch.click()
        assert not box.control.is_on
        whats = [(note["what"], note["by"]) for note in await notes(stage)]
        assert whats == [("parameters", "wang"), ("running", "wang"), ("parameters", "wang"), ("stopped", "wang")]

    tell(story)


@pytest.mark.requirement("X2")
def test_never_alone_and_never_wider_than_what_counts(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        control = stage.responders.control(FUND)
        control.apply(replace(control.parameters, delay_seconds=0.0, never_alone=True), "wang")
        control.start("wang")
        # The put is quoted wider than a maker's answer may be: behind the others it would not count
        await stage.making.ask(PUT, 10)
        (outcome,) = control.responder.outcomes.values()
        assert outcome.verdict is Verdict.TOO_WIDE
        control.apply(replace(control.parameters, never_alone=False), "wang")
        await pass_time(stage, 2)
        (outcome,) = control.responder.outcomes.values()
        assert outcome.verdict is Verdict.ANSWERED

    tell(story)


@pytest.mark.requirement("X2")
@pytest.mark.parametrize(
    "kept",
    [
        "nonsense",
        {"rules": [], "delay_seconds": "1", "never_alone": True},
        {"rules": [{"size": "0"}], "delay_seconds": "1", "never_alone": True},
        {"rules": [{"least_days": "9", "most_days": "3"}], "delay_seconds": "1", "never_alone": True},
        {"rules": [{}] * (MOST_RULES + 1), "delay_seconds": "1", "never_alone": True},
        {"rules": [7], "delay_seconds": "1", "never_alone": True},
        {"rules": [{}], "delay_seconds": "nan", "never_alone": True},
        {"rules": [{}], "delay_seconds": "1", "never_alone": "yes"},
    ],
)
def test_what_cannot_be_read_again_is_left_out_as_a_whole(kept: object) -> None:
    settings = MemorySettings()
    settings.write(f"inquiries.rules.{FUND}", kept)
    plain = obliged_responder(FUND, terms_of("sse_generic"))
    assert KeptRules(settings).kept(plain) == plain
