"""What errors of the floors below say on a Chinese screen; none that a screen shows is left in English."""

import ast
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from terminal.domain.errors import BadInput, ConfigurationError, JournalError
from terminal.domain.messages import ClassEvent, ClassEventKind, EventInjected, Refused
from terminal.domain.reasons import Reason
from terminal.rule_files import read_obligations
from terminal.rules.obligations.terms import parse_terms
from terminal.storage.journal_file import JournalReader
from terminal.storage.own_terms import OwnTerms
from terminal.views.error_words import SENTENCES, error_words
from terminal.views.training.log import injected, refused
from terminal.views.translation import Languages
from tests.views.test_refusals import FIGURE, texts_in

pytestmark = pytest.mark.requirement("X12")
TERMINAL = Path(__file__).resolve().parents[2] / "terminal"
#: Where errors are raised that a screen shows as they were said, and by which names
SHOWN = {
    "storage/journal_file.py": ("JournalError",),
    "storage/process_lock.py": ("JournalError",),
    "storage/own_terms.py": ("ConfigurationError",),
    "rules/obligations/terms.py": ("ConfigurationError",),
    "venue/classroom.py": ("Refused",),
    "venue/clock.py": ("Refused",),
    "venue/door.py": ("Refused",),
    "venue/greeting.py": ("Refused",),
    "venue/host.py": ("Refused",),
}
#: The name of a line of the file, as it stands there
AS_WRITTEN = {"spread"}


def sentences_of(path: Path, names: tuple[str, ...]) -> Iterator[str]:
    file = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(file):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names):
            continue
        told = node.args[0] if node.args else next((k.value for k in node.keywords if k.arg == "detail"), None)
        yield from texts_in(told, file)


@pytest.mark.parametrize("name", SHOWN)
def test_every_sentence_that_a_screen_shows_is_said_in_chinese(languages: Languages, name: str) -> None:
    languages.use("zh_CN")
    found = [text for text in sentences_of(TERMINAL / name, SHOWN[name]) if text.strip(FIGURE)]
    assert found
    english = {text: set(re.findall(r"[A-Za-z]{3,}", error_words(text))) - AS_WRITTEN for text in found}
    assert {text: words for text, words in english.items() if words} == {}


def test_every_sentence_has_its_chinese(languages: Languages) -> None:
    languages.use("zh_CN")
    assert [s for s in SENTENCES if error_words(re.sub(r"\{\d\}", FIGURE, s)) == re.sub(r"\{\d\}", FIGURE, s)] == []


def test_a_journal_that_is_none_is_said_with_its_name_alone(tmp_path: Path, languages: Languages) -> None:
    path = tmp_path / "desk.journal"
    path.write_bytes(b"no journal" * 400)
    with pytest.raises(JournalError) as caught:
        JournalReader(path)
    languages.use("zh_CN")
    said = error_words(str(caught.value))
    assert said.startswith("desk.journal ")
    assert "cannot be" not in said
    assert str(tmp_path) not in said


def test_terms_say_what_is_wrong_with_them(tmp_path: Path, languages: Languages) -> None:
    shipped = (TERMINAL.parent / "resources" / "rules" / "obligations" / "sse_generic.toml").read_text("utf-8")
    with pytest.raises(ConfigurationError) as caught:
        parse_terms(re.sub(r"(?m)^rate = .*$", 'rate = "1.7"', shipped), "mine.toml")
    with pytest.raises(ConfigurationError) as unknown:
        read_obligations("nobody")
    (tmp_path / "big.json").write_bytes(b" " * 2_000_000)
    with pytest.raises(ConfigurationError) as large:
        OwnTerms(tmp_path).load("big")
    languages.use("zh_CN")
    said = error_words(str(caught.value))
    assert said.startswith("义务条款 mine.toml：")
    assert "不接受 1.7，应为：" in said
    assert error_words(str(unknown.value)).startswith("没有名为 'nobody' 的义务条款")
    assert error_words(str(large.value)).startswith("义务条款 big.json：超过 ")


def test_the_instructors_log_follows_the_language(languages: Languages) -> None:
    at = datetime(2026, 11, 25, tzinfo=UTC)
    error = BadInput("contract", "99999999", "one of the day's list")
    event = ClassEvent(kind=ClassEventKind.GAP, underlying="510050", move=0.01)
    failed = injected(EventInjected(number=1, at=at, event=event, by="", planned=-1, done=False, detail=str(error)))
    told = refused(Refused(reason=Reason.MALFORMED, detail=repr(str(error))), at)
    assert "contract: 99999999 is not accepted: one of the day's list" in told.words()
    languages.use("zh_CN")
    for entry in (failed, told):
        assert "contract：不接受 99999999，应为：当日合约之一" in entry.words()


def test_text_from_outside_is_bounded() -> None:
    said = error_words("\u202e" + "9" * 500)
    assert said.startswith("\\u202e999")
    assert len(said) <= 60


@pytest.mark.parametrize("part", [": ", ": 1 is not accepted: ", ": larger than ", ": name: ", ", this program reads "])
def test_a_text_from_outside_made_to_take_long_takes_no_time(part: str) -> None:
    began = time.thread_time()
    assert len(error_words("obligation terms " + part * 20_000 + "\n")) <= 200
    assert time.thread_time() - began < 0.5
