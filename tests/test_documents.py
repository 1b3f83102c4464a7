"""Whatever a document names is there, be it file, test or picture; tests cite no requirement that is not known."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import readiness

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = (*sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("*.md")), ROOT / "docs" / "requirements.toml")
#: Where a document may count a path from
PLACES = ("", "terminal", "tests", "resources", "docs")
#: Files of a user's own, which a document says how to write
OF_USERS = frozenset({"config.toml", "calendar.toml", "my_day.toml"})
FILE = re.compile(r"[\w./-]+\.(?:py|toml|md|lock|ts|png|sh)\b")


@pytest.fixture(scope="module")
def names() -> frozenset[str]:
    """Names of all files that the project holds."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    found = listed.stdout.split() if not listed.returncode else map(str, ROOT.rglob("*.*"))
    return frozenset(Path(path).name for path in found)


def named(document: Path) -> Iterator[str]:
    """Files that a document names, in words, code or trees; addresses on the web are none."""
    text = re.sub(r"https?://\S+", "", document.read_text("utf-8"))
    yield from dict.fromkeys(FILE.findall(text))


def is_there(document: Path, path: str) -> bool:
    """Whether a path leads to a file from the top, from a usual place or from the document itself."""
    return any((place / path).exists() for place in (*(ROOT / place for place in PLACES), document.parent))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_document_names_is_there(document: Path, names: frozenset[str]) -> None:
    missing = [
        path
        for path in named(document)
        if Path(path).name not in OF_USERS
        and not (is_there(document, path) if "/" in path else Path(path).name in names)
    ]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_test_that_a_document_names_is_there(document: Path) -> None:
    missing = []
    for path, name in re.findall(r"([\w/]+\.py)::(\w+)", document.read_text("utf-8")):
        file = next((ROOT / place / path for place in PLACES if (ROOT / place / path).exists()), None)
        if file is None or not re.search(rf"^\s*(?:async )?def {name}\(", file.read_text("utf-8"), re.MULTILINE):
            missing.append(f"{path}::{name}")
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
    assert [link for link in links if "://" not in link and not (document.parent / link).exists()] == []


def test_tests_cite_no_requirement_that_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert readiness.report(ROOT / "docs" / "requirements.toml", ROOT / "tests") == 0, capsys.readouterr().err
