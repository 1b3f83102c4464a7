"""docs/faults.md names for every fault that it must tell of a test that is there and cites it, or why there is none."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "faults.md"
#: Starred in the reliability catalogue: gateway and order path, prices; every one of strategies; and the screen that
#: stands still
TOLD = frozenset(
    f"F{number:02d}"
    for number in (1, 2, 3, 5, 6, 9, 10, 11, 14, 15, 19, 22, 23, 24, 26, 27, 29, 31, 34, 36, 39, *range(68, 77))
)

#: The reliability catalogue from its first to its last fault
CATALOGUE = frozenset(f"F{number:02d}" for number in range(1, 114))


def rows() -> dict[str, list[str]]:
    """Tests by fault, as the table has them."""
    found = re.findall(r"^\| (F\d+) \|.*\| (`tests/[^|]*) \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    return {fault: re.findall(r"`([^`]+)`", tests) for fault, tests in found}


def cited(path: Path) -> dict[str, set[str]]:
    """Faults by test function of a file."""
    faults: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            faults[node.name] = {
                str(word.value)
                for call in node.decorator_list
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.fault"
                for word in call.args
                if isinstance(word, ast.Constant)
            }
    return faults


def test_every_fault_that_must_be_told_of_has_a_row() -> None:
    assert set(rows()) == TOLD


def test_every_test_of_the_table_is_there_and_cites_its_fault() -> None:
    wrong = []
    for fault, tests in rows().items():
        for test in tests:
            path, _, name = test.partition("::")
            if fault not in cited(ROOT / path).get(name, set()):
                wrong.append((fault, test))
    assert wrong == []


def explained() -> list[str]:
    """Faults that the document says no test puts in."""
    _, _, without = DOCUMENT.read_text("utf-8").partition("## What no test puts in")
    return [
        fault
        for first in re.findall(r"^\| (F[\dF, ]+) \|", without, re.MULTILINE)
        for fault in re.findall(r"F\d+", first)
    ]


def cited_anywhere() -> set[str]:
    """Faults that some test, class or file of tests cites."""
    return {
        str(word.value)
        for path in (ROOT / "tests").rglob("test_*.py")
        if "mark.fault(" in (text := path.read_text("utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.fault"
        for word in node.args
        if isinstance(word, ast.Constant)
    }


def test_every_fault_of_the_catalogue_is_put_in_by_a_test_or_explained_and_not_both() -> None:
    without, within = explained(), cited_anywhere()
    assert len(without) == len(set(without))
    assert set(without) | within == CATALOGUE
    assert set(without) & within == set()
