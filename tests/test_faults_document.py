"""docs/faults.md names for every fault that it must tell of a test that is there and cites it."""

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
