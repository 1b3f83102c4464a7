"""Obligation terms on screen: written, judged at once, kept under a name, chosen for the next start."""

from collections.abc import Iterator, Sequence

import msgspec
import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.domain.errors import BadInput
from terminal.rules.obligations.terms import Terms
from terminal.views.appearance import Appearance
from terminal.views.obligations.terms_editor import TermsEditor
from terminal.views.obligations.terms_model import IN_FORCE, LINE, VALUE
from terminal.views.translation import Languages
from tests.rules.obligations.day import terms_of

SHIPPED = ("hkex", "sse_generic")


class MemoryShelf:
    """Keeps terms as a data folder would."""

    def __init__(self) -> None:
        self.in_force = terms_of("sse_generic")
        self.chosen = "sse_generic"
        self.own: dict[str, Terms] = {}

    def names(self) -> Sequence[tuple[str, bool]]:
        return [*((name, False) for name in SHIPPED), *((name, True) for name in self.own)]

    def read(self, name: str) -> Terms:
        return self.own.get(name) or terms_of(name)

    def save(self, terms: Terms) -> None:
        if not terms.name or terms.name in SHIPPED:
            raise BadInput("name", terms.name, "a name of your own")
        self.own[terms.name] = terms

    def remove(self, name: str) -> None:
        self.own.pop(name, None)

    def choose(self, name: str) -> None:
        self.chosen = name


@pytest.fixture
def shelf() -> MemoryShelf:
    return MemoryShelf()


@pytest.fixture
def editor(shelf: MemoryShelf, appearance: Appearance, qtbot: QtBot) -> Iterator[TermsEditor]:
    editor = TermsEditor(shelf, appearance)
    editor.resize(760, 420)
    editor.show()
    editor.flush()
    yield editor
    editor.close()
    editor.deleteLater()


def write(editor: TermsEditor, key: str, text: str) -> None:
    model = editor.model
    assert model.setData(model.index(model.row_of(key), VALUE), text)


def shown(editor: TermsEditor, key: str, column: int = VALUE) -> str:
    return str(editor.model.index(editor.model.row_of(key), column).data())


@pytest.mark.requirement("M5")
def test_every_line_has_words_and_the_figure_in_force(editor: TermsEditor, qtmodeltester: ModelTester) -> None:
    model = editor.model
    qtmodeltester.check(model)
    lines = [str(model.index(row, LINE).data()) for row in range(model.rowCount())]
    assert len(set(lines)) == len(lines) == 57
    assert not [line for line in lines if "." in line and "," not in line]
    assert shown(editor, "min_quantity.near") == shown(editor, "min_quantity.near", IN_FORCE) == "10"
    assert shown(editor, "scope.near_months") == "–"
    assert shown(editor, "exemptions.halt") == "yes"


@pytest.mark.requirement("M5")
def test_ones_own_are_made_from_a_template_kept_and_chosen(editor: TermsEditor, shelf: MemoryShelf) -> None:
    editor.templates.setCurrentIndex(editor.templates.findData("hkex"))
    editor.templates.activated.emit(editor.templates.currentIndex())
    write(editor, "min_quantity.near", "20")
    editor.name.setText("desk_a")
    editor.use_button.click()
    assert shelf.own["desk_a"].min_quantity.near == 20
    assert shelf.own["desk_a"].inquiries == terms_of("hkex").inquiries
    assert shelf.chosen == "desk_a"
    assert "desk_a" in editor.note.text()
    assert editor.forget_button.isEnabled()
    editor.forget_button.click()
    assert not shelf.own
    assert not editor.forget_button.isEnabled()


def test_a_template_is_chosen_as_it_is(editor: TermsEditor, shelf: MemoryShelf) -> None:
    editor.templates.setCurrentIndex(editor.templates.findData("hkex"))
    editor.templates.activated.emit(editor.templates.currentIndex())
    editor.use_button.click()
    assert shelf.chosen == "hkex"
    assert not shelf.own


@pytest.mark.fault("F45")
def test_what_breaks_a_rule_is_said_stays_and_cannot_be_kept(editor: TermsEditor, shelf: MemoryShelf) -> None:
    write(editor, "participation.rate", "1.5")
    assert "Participation rate" in editor.note.text()
    assert "1.5" in editor.note.text()
    assert shown(editor, "participation.rate") == "1.5"
    assert not editor.keep_button.isEnabled()
    assert not editor.use_button.isEnabled()
    write(editor, "participation.rate", "0.75")
    assert editor.keep_button.isEnabled()
    assert not editor.note.text()
    editor.name.setText("hkex")
    editor.keep_button.click()
    assert not shelf.own
    assert "a name of your own" in editor.note.text()


def test_bands_come_and_go(editor: TermsEditor) -> None:
    model = editor.model
    editor.table.setCurrentIndex(model.index(model.row_of("spread[1].bid_below"), VALUE))
    editor.more_button.click()
    assert shown(editor, "spread[1].bid_below") == "0.0250"
    assert shown(editor, "spread[2].bid_below") == "0.05"
    editor.less_button.click()
    assert model.row_of("spread[3].bid_below") == -1


def test_hostile_text_in_a_title_stays_text(editor: TermsEditor, shelf: MemoryShelf) -> None:
    write(editor, "title", "<b>x</b>\u202e")
    editor.name.setText("odd")
    editor.keep_button.click()
    assert shelf.own["odd"].title == "<b>x</b>\u202e"


def test_the_language_changes_while_it_runs(editor: TermsEditor, languages: Languages, qtbot: QtBot) -> None:
    languages.use("zh_CN")
    qtbot.waitUntil(lambda: editor.keep_button.text() == "保存")
    assert shown(editor, "exemptions.halt") == "是"
    write(editor, "exemptions.halt", "否")
    assert editor.model.texts()["exemptions.halt"] == "no"
    languages.use("en")
    qtbot.waitUntil(lambda: editor.keep_button.text() == "Keep")


def test_kept_terms_are_read_again(editor: TermsEditor, shelf: MemoryShelf) -> None:
    shelf.own["mine"] = msgspec.structs.replace(terms_of("hkex"), name="mine")
    editor.show_terms("mine")
    assert editor.name.text() == "mine"
    write(editor, "fills.grace_seconds", "30")
    editor.keep_button.click()
    assert shelf.own["mine"].fills.grace_seconds == 30
