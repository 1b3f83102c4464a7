"""Prints which tests prove which requirement, from the `requirement` markers of the tests.

The rule: a marker may only cite what docs/requirements.toml knows, a guideline row (A14) or a capability (T1). The
tests are read, not run: whether they pass is the business of `python3 dev.py test`.
"""

import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

KINDS = {"P": "product", "D": "document", "O": "organisational"}


class Citation(NamedTuple):
    """One id cited by one test, class or file."""

    requirement: str
    test: str


@dataclass(frozen=True, slots=True)
class Capability:
    """One entry of docs/requirements.toml, its row ranges spelt out."""

    id: str
    text: str
    kind: str
    rows: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """What a test may cite to prove it."""
        return (self.id, *self.rows)


def read_capabilities(file: Path) -> list[Capability]:
    """Return the capabilities; raise ValueError for an id used twice, an unknown kind or a wrong range."""
    with file.open("rb") as handle:
        entries = tomllib.load(handle)["capability"]
    capabilities = [
        Capability(
            id=entry["id"],
            text=entry["text"],
            kind=entry["kind"],
            rows=tuple(row for rows in entry["rows"] for row in expand(rows)),
        )
        for entry in entries
    ]
    seen: set[str] = set()
    rows = {row for capability in capabilities for row in capability.rows}
    for capability in capabilities:
        if capability.kind not in KINDS:
            raise ValueError(f"{capability.id}: kind {capability.kind!r} is none of {', '.join(KINDS)}")
        if capability.id in seen or capability.id in rows:
            raise ValueError(f"the id {capability.id} is used twice, or is also the name of a row")
        seen.add(capability.id)
    return capabilities


def expand(rows: str) -> list[str]:
    """Return the single rows of a range: A01-A03 gives A01, A02, A03; anything else stands for itself."""
    if not (match := re.fullmatch(r"([A-E])(\d\d)-\1(\d\d)", rows)):
        return [rows]
    letter, first, last = match[1], int(match[2]), int(match[3])
    if last <= first:
        raise ValueError(f"the range {rows} runs backwards")
    return [f"{letter}{number:02}" for number in range(first, last + 1)]


def read_citations(file: Path, name: str) -> list[Citation]:
    """Return what the markers of one test file cite; raise ValueError for an id that is not a plain string."""
    return list(_citations(ast.parse(file.read_text(encoding="utf-8"), filename=name), name))


def _citations(node: ast.AST, name: str) -> Iterator[Citation]:
    for child in ast.iter_child_nodes(node):
        inner = name
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            # A decorator stands inside the node of what it decorates, so it is counted for the right test
            inner = f"{name}::{child.name}"
        elif isinstance(child, ast.Call) and _is_requirement_marker(child.func):
            for argument in child.args:
                if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                    raise ValueError(f"{name}, line {child.lineno}: a requirement is cited by a plain string")
                yield Citation(argument.value, name)
        yield from _citations(child, inner)


def _is_requirement_marker(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "requirement"
        and isinstance(function.value, ast.Attribute)
        and function.value.attr == "mark"
    )


def lines(capabilities: list[Capability], citations: list[Citation]) -> Iterator[str]:
    """Yield the report: each capability, below it each of its ids that is cited, and the tests that do."""
    tests: defaultdict[str, list[str]] = defaultdict(list)
    for requirement, test in citations:
        if test not in tests[requirement]:
            tests[requirement].append(test)
    for capability in capabilities:
        proved = sum(len(tests[id_]) for id_ in capability.ids)
        count = f"{proved} tests" if proved != 1 else "1 test"
        yield f"{capability.id:<4} {KINDS[capability.kind]:<14} {count:>9}  {capability.text}"
        for id_ in capability.ids:
            yield from (f"         {id_:<4} {test}" for test in tests[id_])
        if uncited := [row for row in capability.rows if not tests[row]]:
            yield f"         no test cites {' '.join(uncited)}"
    product = [capability for capability in capabilities if capability.kind == "P"]
    cited = sum(any(tests[id_] for id_ in capability.ids) for capability in product)
    yield f"{cited} of {len(product)} product capabilities are cited by a test"


def unknown(capabilities: list[Capability], citations: list[Citation]) -> list[Citation]:
    """Return the citations of ids that no capability has."""
    known = {id_ for capability in capabilities for id_ in capability.ids}
    return [citation for citation in citations if citation.requirement not in known]


def report(requirements: Path, tests: Path) -> int:
    """Print the report; return 1 where a test cites what is not in the requirements."""
    capabilities = read_capabilities(requirements)
    citations = [
        citation
        for file in sorted(tests.rglob("test_*.py"))
        for citation in read_citations(file, file.relative_to(tests.parent).as_posix())
    ]
    print("\n".join(lines(capabilities, citations)))
    wrong = unknown(capabilities, citations)
    for requirement, test in wrong:
        print(f"{test} cites {requirement}, which {requirements.name} does not know", file=sys.stderr)
    return 1 if wrong else 0
