"""Exempting by hand on the dashboard: rows, scope, time, reason; what the row says, how it ends, what is refused."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt, QTime
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from terminal.domain.ports import RecordKind
from terminal.rules.obligations.clock import QuotingState
from terminal.rules.obligations.validity import ExemptCause
from terminal.services.obligation_records import ExemptionTold, HandExemptionTold, HandLiftedTold, decode_told
from terminal.views.appearance import Appearance
from terminal.views.obligations.model import column_of
from terminal.views.obligations.standing import Level
from terminal.views.translation import Languages
from tests.making_rig import CALL, PUT, MakingRig, making_story
from tests.views.making.test_dashboard import Stage

Tell = Callable[[Callable[[Stage], Awaitable[None]]], None]
WHY = "agreed with the exchange's desk"


@pytest.fixture
def tell(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> Tell:
    def told(story: Callable[[Stage], Awaitable[None]]) -> None:
        async def played(making: MakingRig) -> None:
            stage = Stage(making, appearance, qtbot)
            await stage.done()
            await story(stage)
            await stage.done()

        making_story(tmp_path, played)

    return told


def choose(stage: Stage, *codes: str) -> None:
    table = stage.panel.table
    table.setCurrentIndex(stage.panel.model.index(stage.row(codes[0]), 1))
    for code in codes:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        table.selectionModel().select(stage.panel.model.index(stage.row(code), 1), flags)


async def told_of(stage: Stage) -> list[HandExemptionTold | HandLiftedTold]:
    """What the journal has of it."""
    journal = stage.making.rig.journal
    await journal.append([])
    bodies = [decode_told(r.body) for r in journal.read() if r.kind is RecordKind.OBLIGATION]
    return [told for told in bodies if isinstance(told, HandExemptionTold | HandLiftedTold)]


@pytest.mark.requirement("X1", "M6")
def test_chosen_rows_are_exempt_until_their_time_and_say_who_and_why(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        box = stage.panel.exempt_box
        choose(stage, CALL, PUT)
        QTest.keyClick(stage.panel.table, Qt.Key.Key_X)
        assert box.isVisible()
        assert set(box.scope.currentData()) == {CALL, PUT}
        # 13:00 and some seconds: the time is whole minutes
        box.time.setTime(QTime(13, 1))
        box.reason.setText(WHY)
        box.exempt_button.click()
        assert "exempt until 13:01:00" in box.said.text()
        stage.flush()
        assert stage.text(PUT, "live").startswith("By hand · wang 13:00")
        tip = stage.panel.model.index(stage.row(PUT), column_of("live")).data(Qt.ItemDataRole.ToolTipRole)
        assert tip.splitlines()[1].endswith(f"13:01:00, wang: {WHY}")
        standing = stage.source.now(fresh=True)
        assert standing is not None
        assert standing.count(Level.EXEMPT) == 2
        await stage.making.wait(62)
        stage.flush()
        measure = stage.making.obligations.measure
        assert measure is not None
        assert measure.state(PUT) is QuotingState.MISSED
        figures = measure.figures()
        place = figures.place(PUT)
        assert place is not None
        assert 50 < figures.exempt_by(ExemptCause.BY_HAND)[place] <= 60
        assert stage.text(PUT, "exempt").startswith("By hand ")
        assert box.table.model().index(0, 6).data() == "over"
        (told,) = await told_of(stage)
        assert isinstance(told, HandExemptionTold)
        assert (set(told.codes), told.by, told.reason) == ({CALL, PUT}, "wang", WHY)
        stage.panel.evidence.fill_export()
        entries = [action.text() for action in stage.panel.evidence.export_button.menu().actions()]
        assert "Exemptions by hand (CSV)" in entries
        stage.panel.evidence.export_table(4)
        _, headers, rows = stage.exported[-1]
        assert headers[7] == "Reason"
        assert {row[1] for row in rows} == {CALL, PUT}

    tell(story)


@pytest.mark.requirement("X1")
def test_an_underlying_for_the_day_is_lifted_by_hand(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        box = stage.panel.exempt_box
        choose(stage, PUT)
        stage.panel.exempt_button.click()
        texts = [box.scope.itemText(n) for n in range(box.scope.count())]
        assert len(texts) == 2
        assert texts[1].startswith("all ")
        box.scope.setCurrentIndex(1)
        box.until_end.click()
        box.reason.setText(WHY)
        box.exempt()
        stage.flush()
        assert stage.text(PUT, "live").startswith("By hand")
        assert stage.text(PUT, "slack") == "–"
        assert not box.lift_button.isEnabled()
        box.table.selectRow(0)
        assert box.lift_button.isEnabled()
        box.lift_button.click()
        stage.flush()
        assert stage.text(PUT, "live").startswith("Gap")
        assert str(box.table.model().index(0, 6).data()).startswith("lifted 13:00")
        assert not box.lift_button.isEnabled()
        assert [type(told) for told in await told_of(stage)] == [HandExemptionTold, HandLiftedTold]

    tell(story)


@pytest.mark.requirement("X1", "M6")
def test_a_failure_of_the_exchange_is_written_down_at_the_second_press_and_ended(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        box = stage.panel.exempt_box
        choose(stage, PUT)
        stage.panel.exempt_button.click()
        box.failure_button.click()
        assert stage.making.obligations.venue_failed is None
        assert "again" in box.failure_button.text()
        box.failure_button.click()
        stage.flush()
        standing = stage.source.now(fresh=True)
        assert standing is not None
        assert standing.count(Level.EXEMPT) == len(standing.figures.codes)
        assert "has failed since 13:00" in box.failure_note.text()
        assert "wang" in box.failure_note.text()
        assert stage.text(PUT, "live").startswith("Failure of the exchange")
        box.failure_button.click()
        box.failure_button.click()
        stage.flush()
        assert stage.text(PUT, "live").startswith("Gap")
        assert box.failure_note.text() == ""
        journal = stage.making.rig.journal
        await journal.append([])
        told = [decode_told(r.body) for r in journal.read() if r.kind is RecordKind.OBLIGATION]
        failures = [t for t in told if isinstance(t, ExemptionTold) and t.cause is ExemptCause.VENUE_FAILURE]
        assert [(t.holds, t.by) for t in failures] == [(True, "wang"), (False, "wang")]

    tell(story)


@pytest.mark.requirement("X1")
def test_what_is_refused_names_field_value_and_rule_and_keeps_what_was_typed(tell: Tell, languages: Languages) -> None:
    async def story(stage: Stage) -> None:
        box = stage.panel.exempt_box
        choose(stage, PUT)
        stage.panel.exempt_button.click()
        box.exempt_button.click()
        assert box.said.text() == "Reason: “” is not accepted: 2 to 200 characters"
        box.reason.setText(WHY)
        box.time.setTime(QTime(9, 31))
        box.exempt_button.click()
        assert box.said.text().startswith("Until: 09:31:00 is not accepted")
        assert box.reason.text() == WHY
        languages.use("zh_CN")
        await asyncio.sleep(0)
        box.exempt_button.click()
        assert box.said.text().startswith("至：不接受 09:31:00")
        assert await told_of(stage) == []
        languages.use("en")

    tell(story)


@pytest.mark.requirement("X1")
def test_terms_that_do_not_know_the_cause_are_said_to_and_count_on(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        box, obligations = stage.panel.exempt_box, stage.making.obligations
        choose(stage, PUT)
        stage.panel.exempt_button.click()
        assert box.accepted_note.isHidden()
        kept = obligations.terms
        exemptions = msgspec.structs.replace(kept.exemptions, by_hand=False)
        obligations.terms = msgspec.structs.replace(kept, exemptions=exemptions)
        box.flush()
        assert box.accepted_note.isVisible()
        obligations.terms = kept

    tell(story)
