"""The cockpit over a real desk at a real venue: the card, its checks, its keys, declining, holding, today's answers."""

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.app.quoting_desk import build_quoting_desk
from terminal.domain.messages import CancelQuotes, InquiryOpened, SubmitQuotes
from terminal.domain.reasons import Reason
from terminal.rules.obligations.inquiries import InquiryStatus
from terminal.services.allowed_widths import AllowedWidths
from terminal.services.resting import resting_of
from terminal.services.risk import RiskService
from terminal.services.valuation import Valuation
from terminal.strategies.responder_control import Responders
from terminal.views.appearance import Appearance
from terminal.views.inquiries.kept_rules import KeptRules
from terminal.views.inquiries.panel import InquiryPanel
from terminal.views.inquiries.ring import ring_ink
from terminal.views.inquiries.rules_box import AutomaticAnswers
from terminal.views.inquiries.state import SmallKind
from terminal.views.theme import DARK
from terminal.views.translation import Languages
from tests.harness import FUND, OTHER_CALL, HandClock, limit
from tests.making_rig import CALL, PUT, MakingRig, making_story
from tests.quoting_rig import limits, quote, quote_cancels, quote_messages
from tests.views.desk_rig import MemorySettings


class Stage:
    """A cockpit on a desk."""

    def __init__(self, making: MakingRig, appearance: Appearance, qtbot: QtBot) -> None:
        self.making = making
        desk = making.rig.desk
        valuation: Valuation = making.rig.theoretical._valuation
        risk = RiskService(
            desk.market, desk.portfolio, valuation, lambda: resting_of(desk.orders.working(), desk.market)
        )
        self.exported: list[tuple[str, list[str], list[list[str]]]] = []
        terms = making.obligations.terms
        self.quoting = build_quoting_desk(
            desk,
            making.rig.theoretical,
            making.rig.journal,
            making.rig.gateway,
            asyncio.ensure_future,
            clock=HandClock(),
        )
        self.quoting.view.allowed_width = AllowedWidths(terms, desk.market, making.rig.theoretical)
        self.settings = MemorySettings()
        kept = KeptRules(self.settings)
        self.responders = Responders(self.quoting.engine, desk.bus, limits(order_quantity=200), terms, kept.kept)
        self.panel = InquiryPanel(
            desk,
            making.obligations,
            making.drafts,
            making.log,
            risk,
            appearance,
            lambda title, headers, rows: self.exported.append((title, headers, rows)),
            AutomaticAnswers(self.responders, kept, lambda: [FUND], lambda: "wang"),
        )
        qtbot.addWidget(self.panel)
        self.panel.resize(480, 1000)
        self.panel.show()

    async def settle(self, seconds: float = 0.0) -> None:
        """Let time pass and show the newest."""
        await self.making.wait(seconds)
        await self.making.world.settle()
        self.panel.flush()

    def key(self, key: Qt.Key, at: QWidget | None = None) -> None:
        """Press a key of the card, not at once after another."""
        self.making.world.clock.seconds += 1.1
        QTest.keyClick(at or self.panel.card.bid.price_field.line, key)

    def open(self, number: int, code: str) -> None:
        """An inquiry out of the blue."""
        now = self.making.rig.desk.clock.now()
        self.making.rig.desk.on_event(InquiryOpened(inquiry=number, contract_code=code, at=now))

    def cell(self, inquiry: int, key: str) -> str:
        """A cell of today's answers."""
        row = self.panel.model.row_of(str(inquiry))
        assert row is not None
        return self.panel.model.plain_rows()[row][self.panel.model.column_of(key)]


Tell = Callable[[Callable[[Stage], Awaitable[None]]], None]


@pytest.fixture
def tell(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> Tell:
    def told(story: Callable[[Stage], Awaitable[None]]) -> None:
        async def played(making: MakingRig) -> None:
            await story(Stage(making, appearance, qtbot))

        making_story(tmp_path, played)

    return told


@pytest.mark.requirement("M5", "M8")
def test_enter_answers_both_sides_within_the_terms_and_the_answer_is_held(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel, card = stage.panel, stage.panel.card
        panel.flush()
        assert card.inquiry == 0
        assert not card.answer_button.isEnabled()
        await stage.making.ask(PUT, 50)
        await stage.settle()
        asked = card.inquiry
        assert asked
        assert panel.waiting == 1
        entry = card.entry
        assert entry is not None
        assert (entry.bid_quantity, entry.ask_quantity) == (50, 50)
        assert card.verdict is not None
        assert card.verdict.denial is None
        assert 0 < card.verdict.width <= card.verdict.allowed
        assert 18.0 <= card.ring.seconds <= 20.0
        stage.key(Qt.Key.Key_Return)
        assert card.is_sent
        (sent,) = quote_messages(stage.making.rig)
        assert (sent.inquiry, sent.entries, sent.by_program) == (asked, (entry,), False)
        # Enter held down sends nothing more
        stage.key(Qt.Key.Key_Return)
        assert len(quote_messages(stage.making.rig)) == 1
        await stage.settle(1.0)
        assert (card.inquiry, card.is_sent, card.said.text()) == (0, False, "")
        assert panel.waiting == 0
        (kept,) = panel.small.cards
        assert kept.kind is SmallKind.KEPT
        assert 17.0 <= kept.left <= 20.0
        panel.small.press(0)
        assert not quote_cancels(stage.making.rig)
        assert stage.cell(asked, "by") == "by hand"
        assert stage.cell(asked, "answer") == "50×50"
        assert sum(panel.histogram.counts) == 1
        await stage.settle(21.0)
        (free,) = panel.small.cards
        assert free.kind is SmallKind.FREE
        panel.small.press(0)
        assert quote_cancels(stage.making.rig) == [CancelQuotes(contract_code=PUT)]
        await stage.settle(0.5)
        assert not panel.small.cards
        assert float(stage.cell(asked, "held")) >= 20.0
        panel.table.export_csv()
        assert stage.exported[0][2][0][1].endswith("Put")

    tell(story)


@pytest.mark.requirement("M5")
def test_an_answer_that_came_too_late_says_so(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel, quoting = stage.panel, stage.making.rig.quoting
        await stage.making.ask(PUT)
        await stage.settle(21.0)
        assert not panel.small.cards
        quoting.submit(quoting.batch_of([quote(PUT, "0.0692", "0.0708", 10)]))
        await stage.settle(1.0)
        (late,) = panel.small.cards
        assert (late.kind, late.is_late) == (SmallKind.KEPT, True)
        assert panel.small.words_of(late).startswith("late: answered in 2")
        panel.small.grab()

    tell(story)


@pytest.mark.requirement("M5")
def test_what_stands_in_the_fields_is_held_to_the_terms_with_every_key(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        card = stage.panel.card
        await stage.making.ask(PUT)
        await stage.settle()
        card.take_part(Fraction(1, 2))
        before = card.entry
        assert before is not None
        widths = []
        for _ in range(3):
            stage.key(Qt.Key.Key_W)
            entry = card.entry
            assert entry is not None
            widths.append(int((entry.ask_price - entry.bid_price) / Decimal("0.0001")))
        first = int((before.ask_price - before.bid_price) / Decimal("0.0001"))
        assert widths == [first + 1, first + 2, first + 3]
        for _ in range(200):
            card.widen()
        assert card.verdict is not None
        assert card.verdict.denial is None
        assert card.verdict.allowed - card.verdict.width <= 1
        card.ask.price_field.step_by(5)
        assert card.verdict.denial is not None
        assert card.verdict.denial.reason is Reason.QUOTE_SPREAD
        assert not card.answer_button.isEnabled()
        stage.key(Qt.Key.Key_Return)
        card.ask.price_field.step_by(-20)
        card.bid.size_field.step_by(-1)
        assert card.verdict.denial is not None
        assert card.verdict.denial.reason is Reason.QUOTE_SIZE
        card.bid.price_field.line.setText("none")
        card.bid.price_field.edited.emit("none")
        assert card.entry is None
        assert card.said.text().startswith("✕")
        assert not quote_messages(stage.making.rig)
        # What the user typed is not overwritten by the next look
        await stage.settle(0.5)
        assert card.bid.price_field.text == "none"
        card.take_part(Fraction(1))
        assert card.entry is not None

    tell(story)


@pytest.mark.requirement("M8")
def test_declining_counts_and_can_be_taken_back_while_time_lasts(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel, card = stage.panel, stage.panel.card
        await stage.making.ask(PUT)
        await stage.settle()
        asked = card.inquiry
        stage.key(Qt.Key.Key_X)
        assert card.inquiry == 0
        assert "counts as not answered" in panel.note.text()
        (declined,) = panel.small.cards
        assert (declined.inquiry, declined.kind) == (asked, SmallKind.DECLINED)
        assert panel.waiting == 0
        panel.small.press(0)
        assert card.inquiry == asked
        stage.key(Qt.Key.Key_X)
        await stage.settle(21.0)
        assert not panel.small.cards
        (result,) = panel.state.results
        assert result.status is InquiryStatus.MISSED
        assert stage.cell(asked, "result") == "declined"
        assert not [c for c in stage.making.rig.gateway.sent if isinstance(c, SubmitQuotes)]

    tell(story)


@pytest.mark.requirement("M8")
def test_the_card_never_changes_under_the_users_hands(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel, card = stage.panel, stage.panel.card
        await stage.making.ask(PUT)
        await stage.settle()
        first = card.inquiry
        stage.open(900, CALL)
        await stage.settle()
        assert card.inquiry == first
        (waiting,) = panel.small.cards
        assert (waiting.inquiry, waiting.kind) == (900, SmallKind.WAITING)
        panel.small.press(0)
        assert card.inquiry == 900
        assert [c.inquiry for c in panel.small.cards] == [first]
        # The venue does not know this one: its refusal is told and the answer may be given again
        stage.key(Qt.Key.Key_Return)
        await stage.settle(0.5)
        assert not card.is_sent
        assert card.said.text().startswith("✕")
        panel.grab()

    tell(story)


@pytest.mark.requirement("M8")
def test_what_traded_with_the_answer_is_its_result(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await stage.making.ask(PUT)
        await stage.settle()
        asked = stage.panel.card.inquiry
        stage.key(Qt.Key.Key_Return)
        await stage.settle(0.5)
        entry = quote_messages(stage.making.rig)[0].entries[0]
        assert stage.making.asker is not None
        await stage.making.asker.orders.submit(limit(PUT, str(entry.ask_price), 3))
        await stage.settle(0.5)
        assert "sold" in stage.cell(asked, "result")

    tell(story)


@pytest.mark.requirement("X12")
def test_words_follow_the_language_and_the_model_is_sound(
    tell: Tell, languages: Languages, qtmodeltester: ModelTester
) -> None:
    async def story(stage: Stage) -> None:
        panel = stage.panel
        qtmodeltester.check(panel.model)
        stage.open(901, OTHER_CALL)
        await stage.making.ask(PUT)
        await stage.settle()
        languages.use("zh_CN")
        QApplication.processEvents()
        await stage.settle()
        assert panel.card.decline_button.text().startswith("不应答")
        assert panel.rules_note.text() == "应答时限 20 秒 · 最短保留 20 秒"
        assert panel.model.titles()[0] == "时间"
        panel.grab()
        languages.use("en")

    tell(story)


def test_others_read_that_they_answer_nothing(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> None:
    async def played(making: MakingRig) -> None:
        stage = Stage(making, appearance, qtbot)
        stage.panel.flush()
        assert "this account is none" in stage.panel.nothing.text()
        assert stage.panel.waiting == 0

    making_story(tmp_path, played, "880000001888")


def test_the_ring_turns_amber_and_red() -> None:
    inks = [ring_ink(part, DARK) for part in (1.0, 0.5, 0.1)]
    assert inks == [DARK.own, DARK.warn, DARK.critical]
