"""Every kind of reminder in a real card, in both languages: each figure of the finding is painted, whole."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QFontMetrics

from terminal.alerts.alert import Alert, AlertAction, AlertKind, Finding, Level, Standing
from terminal.alerts.groups import AlertGroup
from terminal.services.desk import Desk
from terminal.views.alerts import builder, kinds, setting_fields, sounds, words
from terminal.views.alerts.card import AlertCard
from terminal.views.alerts.card_text import Figure, card_text, title_of
from terminal.views.alerts.kinds import KINDS
from terminal.views.alerts.samples import LEVELS, sample_finding, sample_group
from terminal.views.alerts.words import Severity, severity_of, time_left
from terminal.views.formatting import money
from terminal.views.translation import Languages, translate
from tests.views.alerts.screen_rig import Screen
from tests.views.desk_rig import NOW

#: Figures that choose words, or stand in the line of the contracts
_WORDED = {
    *("quantities", "right", "side", "exact", "standing", "cause", "state", "short", "adjusted", "limit", "measure"),
    *("comparison", "exercise_day", "title", "cash_needed", "shares_needed", "cash_cost"),
}
_PLACE = re.compile(r"[{}]")


def shown_as(name: str, text: str) -> set[str]:
    """Every way in which a figure may be written."""
    figure = Figure(text)
    return {text, *(format(figure, spec) for spec in "mqpt")}


@pytest.mark.requirement("T4", "T5", "T6", "T7", "X6")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", list(AlertKind))
def test_a_card_shows_every_figure_of_its_kind(
    screen: Screen, languages: Languages, kind: AlertKind, language: str
) -> None:
    languages.use(language)
    finding = sample_finding(kind, screen.desk.market, screen.desk.clock.now(), Level.CARD)
    screen.find(finding)
    card = next(iter(screen.drawer.cards.values()))
    assert card.isVisible()
    assert not card.grab().isNull()
    painted = "\n".join(card.face.painted())
    for name, text in finding.figures.items():
        # The day of the deadline stands in its line
        is_deadline = finding.deadline is not None and text == f"{finding.deadline:%Y-%m-%d}"
        if name not in _WORDED and text not in ("0", "0.00") and not is_deadline:
            assert any(way in painted for way in shown_as(name, text)), (name, text, painted)
    if finding.money is not None:
        assert money(finding.money) in painted
    for code in finding.codes[:3]:
        contract = screen.desk.market.contract(code)
        assert contract is not None
        assert (contract.name if language == "zh_CN" else "50ETF Nov") in painted
    if finding.quantity is not None:
        assert format(Figure(str(finding.quantity)), "q") in painted
    if finding.deadline is not None:
        assert f"{finding.deadline:%H:%M}" in painted
        assert card.face.countdown == time_left(finding.deadline, screen.desk.clock.now())
    assert KINDS[kind].rule in painted
    assert not _PLACE.search(painted)
    if language == "zh_CN":
        # Names that the market or the program gives stay as they are
        bare = re.sub(r"ETF|KKS|Delta|[A-Z0-9]{6,}", "", painted)
        assert not re.search(r"[A-Za-z]{3,}", bare), bare
    for button in (card.main, card.second, card.seen, card.later):
        if button.isVisible():
            # Nothing on a button is cut
            assert button.width() >= QFontMetrics(button.font()).horizontalAdvance(button.text()), button.text()


@pytest.mark.parametrize("kind", list(AlertKind))
def test_every_kind_is_worded_and_has_an_example(desk: Desk, languages: Languages, kind: AlertKind) -> None:
    group = sample_group(kind, desk.market, NOW)
    assert group.level is LEVELS[kind]
    english = title_of(group, desk.market)
    many = AlertGroup(group.alerts * 2)
    assert "2" in title_of(many, desk.market)
    languages.use("zh_CN")
    assert title_of(sample_group(kind, desk.market, NOW), desk.market) != english
    assert re.search(r"[\u4e00-\u9fff]", title_of(many, desk.market))


def test_every_text_that_stands_in_a_table_is_translated(languages: Languages) -> None:
    told: set[str] = set(kinds.CODES.values())
    for kind in KINDS.values():
        told |= {kind.name, kind.one, kind.many, kind.undone, kind.stake, *(title for _, _, title in kind.variants)}
        told |= {text for line in kind.lines for text in (line.label, line.pattern)}
    for table in (
        words.SEVERITY_WORDS.values(), words.LEVEL_WORDS.values(), words.STANDING_WORDS.values(),
        words.ACTION_WORDS.values(), setting_fields.FIELD_WORDS.values(), builder.HOW_WORDS.values(),
        builder.UNIT_WORDS.values(), sounds.TONE_WORDS.values(),
    ):  # fmt: skip
        told |= set(table)
    languages.use("zh_CN")
    left = {text for text in told if re.search(r"[a-z]{2}", re.sub(r"\{.*?\}", "", text))}
    assert not sorted(text for text in left if translate("alerts", text) == text)
    assert {*words.ACTION_WORDS} == {*AlertAction}
    assert {*KINDS} == {*AlertKind} == {*LEVELS}


def test_figures_are_bounded_and_escaped_and_never_read_as_a_sentence(desk: Desk) -> None:
    hostile = "{subject.__class__}\u202e" + "A" * 500
    finding = Finding(
        AlertKind.CUSTOM,
        "x",
        Level.CARD,
        figures={"name": hostile, "measure": hostile, "comparison": "above", "threshold": hostile, "note": hostile},
    )
    text = card_text(AlertGroup((Alert(finding, Standing.OPEN, NOW, NOW),)), desk.market, NOW)
    assert "{subject.__class__}\\u202e" in text.title
    assert len(text.title) < 120
    assert all(len(line.value) < 430 and "\u202e" not in line.value for line in text.lines)


def test_a_figure_without_words_still_reaches_the_screen(desk: Desk) -> None:
    finding = Finding(AlertKind.MARGIN, "x", Level.CARD, figures={"new_thing": "17"})
    text = card_text(AlertGroup((Alert(finding, Standing.OPEN, NOW, NOW),)), desk.market, NOW)
    assert [(line.label, line.value) for line in text.lines if line.value == "17"] == [("new thing", "17")]


def test_a_sentence_is_not_lost_for_a_figure_that_is_missing(desk: Desk) -> None:
    finding = Finding(AlertKind.MARGIN, "x", Level.CARD, figures={"standing": "call"})
    group = AlertGroup((Alert(finding, Standing.OPEN, NOW, NOW),))
    assert title_of(group, desk.market) == "Margin call: the risk ratio is –"


def test_a_trainer_is_understood_in_the_language_in_force(desk: Desk, languages: Languages) -> None:
    def told(**figures: str) -> list[str]:
        finding = Finding(AlertKind.INSTRUCTOR, "x", Level.CARD, figures=figures)
        text = card_text(AlertGroup((Alert(finding, Standing.OPEN, NOW, NOW),)), desk.market, NOW)
        return [text.title, *(line.value for line in text.lines)]

    both = {"zh_CN": "请处理到期持仓", "en": "Look after what expires"}
    assert told(**both) == ["Message of the instructor", "Look after what expires"]
    assert told(zh_CN="请处理", title="Task")[:2] == ["Task", "请处理"]
    languages.use("zh_CN")
    assert told(**both) == ["教员提示", "请处理到期持仓"]
    assert told() == ["教员提示", "–"]


def test_one_is_said_in_the_form_for_one(desk: Desk) -> None:
    finding = sample_finding(AlertKind.ADJUSTMENT_COMING, desk.market, NOW)
    eve = replace(finding, figures={**finding.figures, "day": "2026-11-10", "days": "1"})
    text = card_text(AlertGroup((Alert(eve, Standing.OPEN, NOW, NOW),)), desk.market, NOW)
    assert "2026-11-10 · 1 trading day left" in [line.value for line in text.lines]


@pytest.mark.requirement("T7")
@pytest.mark.parametrize(
    ("language", "title", "contracts"),
    [
        ("en", "50ETF Nov 2.45 Call was assigned", "50ETF Nov 2.45 Call ×12"),
        ("zh_CN", "50ETF购11月2450 被指派", "50ETF购11月2450 ×12"),
    ],
)
def test_an_assignment_names_its_contract_when_the_list_has_it_no_more(
    desk: Desk, languages: Languages, language: str, title: str, contracts: str
) -> None:
    languages.use(language)
    finding = sample_finding(AlertKind.ASSIGNED, desk.market, NOW)
    terms = {**finding.figures, "right": "C", "strike": "2.450", "exercise_day": "2026-11-25"}
    gone = replace(finding, codes=("10009999",), quantity=12, figures=terms)

    def told(finding: Finding) -> tuple[str, str]:
        text = card_text(AlertGroup((Alert(finding, Standing.OPEN, NOW, NOW),)), desk.market, NOW)
        return text.title, text.lines[0].value

    assert told(gone) == (title, contracts)
    # Text from outside: what cannot be read leaves the code
    for name, text in (("right", "X"), ("strike", "dear"), ("exercise_day", "soon")):
        assert "10009999" in told(replace(gone, figures=terms | {name: text}))[0]


def test_what_is_short_is_a_warning_and_what_is_not_is_said(desk: Desk) -> None:
    finding = sample_finding(AlertKind.WRITER, desk.market, NOW)

    def short_line(**figures: str) -> tuple[str, str]:
        changed = replace(finding, figures={**finding.figures, **figures})
        text = card_text(AlertGroup((Alert(changed, Standing.OPEN, NOW, NOW),)), desk.market, NOW)
        line = next(line for line in text.lines if line.label == "Short")
        return line.value, line.tone.value

    assert short_line() == ("0.00 yuan · 18,000 shares", "bad")
    assert short_line(shares_short="0") == ("nothing: enough is there", "good")


def test_severity_has_a_word_a_glyph_and_follows_the_deadline() -> None:
    finding = Finding(AlertKind.WRITER, "x", Level.CARD, deadline=NOW + timedelta(minutes=61))
    assert severity_of(finding, NOW) is Severity.IMPORTANT
    assert severity_of(finding, NOW + timedelta(minutes=1)) is Severity.URGENT
    assert severity_of(replace(finding, level=Level.SHEET), NOW) is Severity.CONFIRM
    assert severity_of(replace(finding, level=Level.TOAST), NOW) is Severity.NOTE
    assert len(set(words.GLYPHS.values())) == len(set(words.SEVERITY_WORDS.values())) == len(Severity)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(2922, "48:42"), (3600, "1:00:00"), (0, "over"), (-5, "over"), (4 * 86400, "4 d"), (0.2, "00:01")],
)
def test_what_is_left_until_a_deadline(seconds: float, shown: str) -> None:
    assert time_left(NOW + timedelta(seconds=seconds), NOW) == shown


# ---- many at once


@pytest.mark.fault("F81")
def test_seven_hundred_at_once_are_one_card_and_one_frame(make: Callable[..., Screen]) -> None:
    for with_drawer in (True, False):
        screen = make(with_drawer=with_drawer)
        before = len(screen.window.findChildren(QObject))
        screen.find(*screen.many(700))
        cards: list[AlertCard] = list(screen.drawer.cards.values()) if with_drawer else screen.corner.cards
        assert len(cards) == 1
        assert cards[0].face.painted()[2] == "700 quoting obligations are at risk"
        assert "24,465.00 yuan" in cards[0].face.painted()
        assert len(screen.window.findChildren(QObject)) - before < 80
        assert screen.badge.total == 700
        cards[0].toggle()
        model = cards[0].model
        assert model is not None
        assert model.rowCount() == 700
        assert len(screen.window.findChildren(QObject)) - before < 120
        cards[0].acknowledge()
        screen.look()
        assert not screen.book.alerts()
        assert screen.badge.isHidden()


@pytest.mark.fault("F81")
def test_seven_hundred_toasts_at_once_are_one_toast_and_one_sound(screen: Screen) -> None:
    screen.look(2.0)
    screen.find(*screen.many(700, Level.TOAST))
    assert len(screen.toasts.toasts) == 1
    assert screen.toasts.waiting == 0
    assert len(screen.heard) == 1


def test_an_opened_group_follows_and_keeps_its_place(screen: Screen, qtmodeltester: object) -> None:
    found = screen.many(40)
    screen.find(*found)
    card = next(iter(screen.drawer.cards.values()))
    card.toggle()
    model = card.model
    assert model is not None
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    worst = model.index(0).data()
    assert "0.10" not in worst
    screen.find(*(replace(f, money=(f.money or Decimal(0)) + 1) for f in found))
    screen.look(1.1)
    assert not resets
    assert model.index(0).data() != worst
    screen.find(*found[:10])
    screen.look(1.1)
    assert model.rowCount() == 10
    assert resets
