"""Which line of a TOML file a key stands in, so that a mistake can be shown where it was made."""

import re
import tomllib
from collections.abc import Mapping, Sequence

from terminal.domain.errors import BadFile

Path = tuple[str | int, ...]

_TABLE = re.compile(r"^\s*(\[\[|\[)\s*([\w.\"-]+)\s*(\]\]|\])")
_KEY = re.compile(r"^\s*([\w-]+|\"[^\"]*\")\s*=")
_WHERE = re.compile(r" - at `\$?([^`]*)`")
_STEP = re.compile(r"\.([\w-]+)|\[(\d+|\.\.\.)\]")
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")
_SYNTAX = re.compile(r"\(at line (\d+), column \d+\)")
_END_OF_FILE = re.compile(r"\(at end of document\)")


class FileLines:
    """The lines of one file's keys and tables."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {(): 1}
        self._counts: dict[Path, int] = {}
        table: Path = ()
        closing = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if closing:
                closing = "" if closing in line else closing
                continue
            if match := _TABLE.match(line):
                table = self._enter(match.group(2), is_array=match.group(1) == "[[")
                self._lines.setdefault(table, number)
            elif match := _KEY.match(line):
                self._lines.setdefault((*table, match.group(1).strip('"')), number)
                for mark in ('"""', "'''"):
                    if line.count(mark) == 1:
                        closing = mark

    def line(self, path: Sequence[str | int]) -> int:
        """The line of a key or table; that of what it stands in where it has none of its own."""
        known = tuple(path)
        while known not in self._lines:
            known = known[:-1]
        return self._lines[known]

    def _enter(self, name: str, *, is_array: bool) -> Path:
        path: Path = ()
        parts = [part.strip('"') for part in name.split(".")]
        for place, part in enumerate(parts):
            path = (*path, part)
            if place == len(parts) - 1 and is_array:
                self._counts[path] = self._counts.get(path, -1) + 1
                for inner in [p for p in self._counts if len(p) > len(path) and p[: len(path)] == path]:
                    del self._counts[inner]
            if path in self._counts:
                path = (*path, self._counts[path])
        return path


def load_toml(text: str, file_name: str) -> dict[str, object]:
    """Read TOML. Raises BadFile with the line of a mistake of form."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        match = _SYNTAX.search(said)
        line = int(match.group(1)) if match else len(text.splitlines())
        rule = _END_OF_FILE.sub("", _SYNTAX.sub("", said)).strip()
        lines = text.splitlines()
        raise BadFile("line", lines[line - 1] if 0 < line <= len(lines) else "", rule, line, file_name) from error


def place_of(error: str) -> tuple[Path, str]:
    """Path and rule of what msgspec says of a value that does not fit."""
    match = _WHERE.search(error)
    steps: list[str | int] = []
    for name, number in _STEP.findall(match.group(1)) if match is not None else ():
        if name:
            steps.append(name)
        elif number.isdigit():
            steps.append(int(number))
    rule = error[: match.start()] if match is not None else error
    if unknown := _UNKNOWN.search(rule):
        steps.append(unknown.group(1))
    return tuple(steps), rule


def value_at(data: object, path: Sequence[str | int]) -> object:
    """What stands at a path of what was read; an empty text where nothing does."""
    for step in path:
        if isinstance(data, Mapping):
            data = data.get(step, "")
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return ""
    return data
