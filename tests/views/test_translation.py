"""Every text of the screens has a finished Chinese translation, and nothing is translated that is no longer said."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from terminal.domain.errors import BadFile, ConfigurationError
from terminal.views.translation import MAX_FILE_BYTES, Languages, mark, read_catalogue, translate

ROOT = Path(__file__).resolve().parents[2]
VIEWS = ROOT / "terminal" / "views"
CHINESE = ROOT / "resources" / "translations" / "zh_CN"
Said = tuple[str, str]


class _Finder(ast.NodeVisitor):
    """Collects (context, text) of tr(), translate() and mark() calls; a call that cannot be read is a mistake."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.found: dict[Said, str] = {}
        self.unreadable: list[str] = []
        self._classes: list[str] = []
        self._own_context = own_context(file.parent)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        name = (
            node.func.attr
            if isinstance(node.func, ast.Attribute)
            else node.func.id
            if isinstance(node.func, ast.Name)
            else ""
        )
        if name == "tr":
            context = self._classes[-1] if self._classes else ""
            self._take(node, context, node.args[0] if node.args else None)
        elif name == "word" and self._own_context and node.args:
            self._take(node, self._own_context, node.args[0], table=True)
        elif name == "mark" or (name == "translate" and self._is_ours(node)):
            context_node = node.args[0]
            if isinstance(context_node, ast.Constant) and isinstance(context_node.value, str):
                self._take(node, context_node.value, node.args[1])
            elif name == "mark":
                self.unreadable.append(f"{self.file.name}:{node.lineno}")
        self.generic_visit(node)

    @staticmethod
    def _is_translate(node: ast.Call) -> bool:
        function = node.func
        return (isinstance(function, ast.Name) and function.id == "translate") or (
            isinstance(function, ast.Attribute) and function.attr == "translate"
        )

    @staticmethod
    def _is_ours(node: ast.Call) -> bool:
        """`translate(context, text)`; QPainter.translate takes one point or two numbers."""
        return len(node.args) == 2 and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)

    def _take(self, node: ast.Call, context: str, text: ast.expr | None, *, table: bool = False) -> None:
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            self.found[context, text.value] = f"{self.file.relative_to(VIEWS)}:{node.lineno}"
        elif not table and not self._is_translate(node):  # translate() may show what mark() has named
            self.unreadable.append(f"{self.file.name}:{node.lineno}")


def finders() -> Iterator[_Finder]:
    for file in sorted(VIEWS.rglob("*.py")):
        if file.name == "translation.py":  # defines translate() and mark()
            continue
        finder = _Finder(file)
        finder.visit(ast.parse(file.read_text(encoding="utf-8")))
        yield finder


def said() -> dict[Said, str]:
    found: dict[Said, str] = {}
    for finder in finders():
        found.update(finder.found)
    return found


def own_context(folder: Path) -> str:
    """The one context of a package, as its words.py says; empty where it has none."""
    words = folder / "words.py"
    for node in ast.parse(words.read_text(encoding="utf-8")).body if words.is_file() else []:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            return str(node.value.value)
    return ""


def kept_in_tables() -> set[Said]:
    """Texts of a package with one context may stand in tables: every text constant in it may be one."""
    kept: set[Said] = set()
    for file in VIEWS.rglob("*.py"):
        if context := own_context(file.parent):
            nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            kept |= {(context, n.value) for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return kept


def translated() -> dict[Said, str]:
    texts: dict[Said, str] = {}
    for path in sorted(CHINESE.glob("*.ts")):
        texts.update(read_catalogue(path))
    return texts


@pytest.mark.requirement("X12")
def test_every_text_has_a_finished_chinese_translation() -> None:
    known = translated()
    missing = {where: key for key, where in said().items() if key not in known}
    assert not missing, "\n".join(f"{where}: {context}: {text!r}" for where, (context, text) in missing.items())


def test_nothing_is_translated_that_is_no_longer_said() -> None:
    stale = translated().keys() - said().keys() - kept_in_tables()
    assert not stale, "\n".join(f"{context}: {text!r}" for context, text in sorted(stale))


def test_no_text_is_made_while_the_program_runs() -> None:
    assert not [place for finder in finders() for place in finder.unreadable]


def test_translations_keep_the_places_of_their_figures() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    # A contract has a Chinese {name} of its own for the whole
    wrong = [
        key for key, text in translated().items() if "{" in key[1] and not places(text) <= places(key[1]) | {"name"}
    ]
    assert not wrong


def test_a_running_program_changes_its_language(languages: Languages, qtbot: QtBot) -> None:
    class Label(QWidget):
        events = 0

        def changeEvent(self, event: QEvent) -> None:
            if event.type() == QEvent.Type.LanguageChange:
                Label.events += 1
            super().changeEvent(event)

    label = Label()
    qtbot.addWidget(label)
    assert languages.available == ("en", "zh_CN")
    with qtbot.waitSignal(languages.changed):
        languages.use("zh_CN")
    QCoreApplication.sendPostedEvents()
    assert translate("Instruction", "Buy open") == "买入开仓"
    assert Label.events > 0
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    assert buttons.button(QDialogButtonBox.StandardButton.Cancel).text() == "取消"
    languages.use("en")
    assert translate("Instruction", "Buy open") == "Buy open"


def test_a_text_without_translation_is_shown_in_english(languages: Languages) -> None:
    languages.use("zh_CN")
    assert translate("Nowhere", mark("Nowhere", "Never said")) == "Never said"


def test_a_second_desk_of_the_process_speaks_for_itself(languages: Languages) -> None:
    languages.use("zh_CN")
    assert translate("Instruction", "Buy open") == "买入开仓"
    languages.leave()
    second = Languages(ROOT / "resources" / "translations")
    second.use("en")
    assert translate("Instruction", "Buy open") == "Buy open"


def test_a_language_that_is_not_there_is_refused(languages: Languages) -> None:
    with pytest.raises(ConfigurationError, match="xx"):
        languages.use("xx")
    assert languages.language == "en"


@pytest.mark.parametrize(
    "content",
    [
        b"<TS><context>",
        b'<!DOCTYPE TS [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><TS>&b;</TS>',
        b"\xff\xfe\x00",
        b"<TS/>" + b" " * MAX_FILE_BYTES,
    ],
    ids=["cut off", "entities", "no text", "too large"],
)
def test_a_bad_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.ts"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=r"bad\.ts"):
        read_catalogue(path)


def test_unfinished_translations_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "half.ts"
    path.write_text(
        "<!DOCTYPE TS><TS><context><name>C</name>"
        "<message><source>a &amp; b</source><translation>甲 &amp; 乙</translation></message>"
        '<message><source>c</source><translation type="unfinished">丙</translation></message>'
        "<message><source>d</source><translation></translation></message>"
        "</context></TS>",
        encoding="utf-8",
    )
    assert read_catalogue(path) == {("C", "a & b"): "甲 & 乙"}
