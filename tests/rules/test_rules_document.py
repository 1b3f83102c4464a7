"""docs/rules.md: what the table names exists, and it names every key of the profiles."""

import ast
import importlib
import re
from functools import cache
from pathlib import Path

import pytest

from terminal.rules.profile import Profile, Section

ROOT = Path(__file__).resolve().parents[2]
HEAD = "| rule | profile key | source | code | test |"


def _rows() -> list[list[str]]:
    """The cells of every rule."""
    rows, inside = [], False
    for line in (ROOT / "docs" / "rules.md").read_text("utf-8").splitlines():
        if line == HEAD:
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("|---"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


ROWS = _rows()


def _named(column: int) -> list[str]:
    return [name for row in ROWS for name in re.findall(r"`([^`]+)`", row[column])]


@cache
def _tests_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / path).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_the_table_was_found_and_each_rule_has_source_code_and_test() -> None:
    assert len(ROWS) > 40
    for row in ROWS:
        assert len(row) == 5, row
        assert all(row[cell] for cell in range(5)), row
        assert row[2][0].isdigit(), row


@pytest.mark.parametrize("name", sorted(set(_named(4))))
def test_each_test_named_exists(name: str) -> None:
    path, _, function = name.partition("::")
    assert function in _tests_of(path)


@pytest.mark.parametrize("name", sorted(set(_named(3))))
def test_each_piece_of_code_named_exists(name: str) -> None:
    try:
        importlib.import_module(f"terminal.{name}")
    except ModuleNotFoundError:
        module, _, member = name.rpartition(".")
        assert hasattr(importlib.import_module(f"terminal.{module}"), member)


def test_every_key_of_the_profile_stands_in_the_table_and_no_other(profile: Profile) -> None:
    wanted: set[str] = set()
    named = set(_named(1))
    for name in profile.__struct_fields__:
        value = getattr(profile, name)
        # A table may be named as a whole, or key by key
        if name in named or not isinstance(value, Section):
            wanted.add(name)
        else:
            wanted |= {f"{name}.{key}" for key in value.__struct_fields__}
    assert named == wanted
