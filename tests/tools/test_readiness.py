"""Requirement markers are found wherever pytest allows them, and a wrong id is an error."""

from pathlib import Path

import pytest

from tools import readiness
from tools.readiness import Citation

REQUIREMENTS = Path(__file__).resolve().parents[2] / "docs" / "requirements.toml"
MARKED = """
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.requirement("T1")]


@pytest.mark.requirement("A14", "C07")
def test_chain(): ...


@pytest.mark.requirement("M1")
class TestQuotes:
    @pytest.mark.parametrize("n", [pytest.param(1, marks=pytest.mark.requirement("M2")), 2])
    async def test_one(self, n): ...
"""


def test_markers_of_files_functions_classes_and_parameters_are_read(tmp_path: Path) -> None:
    file = tmp_path / "test_marked.py"
    file.write_text(MARKED)
    assert sorted(readiness.read_citations(file, "tests/test_marked.py")) == [
        Citation("A14", "tests/test_marked.py::test_chain"),
        Citation("C07", "tests/test_marked.py::test_chain"),
        Citation("M1", "tests/test_marked.py::TestQuotes"),
        Citation("M2", "tests/test_marked.py::TestQuotes::test_one"),
        Citation("T1", "tests/test_marked.py"),
    ]


def test_a_computed_id_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "test_computed.py"
    file.write_text("import pytest\nNAME = 'T1'\npytestmark = pytest.mark.requirement(NAME)\n")
    with pytest.raises(ValueError, match="line 3: a requirement is cited by a plain string"):
        readiness.read_citations(file, "test_computed.py")


def test_every_row_of_the_guideline_has_a_capability() -> None:
    capabilities = readiness.read_capabilities(REQUIREMENTS)
    rows = {row for capability in capabilities for row in capability.rows}
    appendices = {"A": 75, "B": 46, "C": 54, "D": 33, "E": 27}
    assert {f"{letter}{n:02}" for letter, last in appendices.items() for n in range(1, last + 1)} == {
        row for row in rows if row[0] in appendices
    }


def test_the_report_names_what_proves_and_what_nothing_proves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "test_chain.py").write_text("import pytest\n@pytest.mark.requirement('A14')\ndef test_chain(): ...\n")
    assert readiness.report(REQUIREMENTS, tmp_path) == 0
    printed = capsys.readouterr().out
    assert "test_chain.py::test_chain" in printed
    assert "no test cites C07" in printed
    assert "1 of 87 product capabilities are cited by a test" in printed


def test_an_unknown_id_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "test_typo.py").write_text("import pytest\n@pytest.mark.requirement('A99')\ndef test_typo(): ...\n")
    assert readiness.report(REQUIREMENTS, tmp_path) == 1
    assert "test_typo.py::test_typo cites A99" in capsys.readouterr().err


@pytest.mark.parametrize(("rows", "expanded"), [("A01-A03", ["A01", "A02", "A03"]), ("A14", ["A14"]), ("2.4", ["2.4"])])
def test_ranges_are_spelt_out(rows: str, expanded: list[str]) -> None:
    assert readiness.expand(rows) == expanded


def test_a_backward_range_is_refused() -> None:
    with pytest.raises(ValueError, match="backwards"):
        readiness.expand("A05-A02")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("""[[capability]]\nid="T1"\nkind="Q"\nrows=[]\ntext="x"\n""", "kind 'Q'"),
        ("""[[capability]]\nid="A14"\nkind="P"\nrows=["A14"]\ntext="x"\n""", "A14 is used twice"),
    ],
)
def test_a_wrong_requirements_file_is_refused(content: str, complaint: str, tmp_path: Path) -> None:
    file = tmp_path / "requirements.toml"
    file.write_text(content)
    with pytest.raises(ValueError, match=complaint):
        readiness.read_capabilities(file)
