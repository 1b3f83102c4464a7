"""How a desk starts a venue of its own: the same wish finds the same book, another one does not."""

from datetime import time
from pathlib import Path

import pytest

from terminal.app.venue_arguments import market_arguments, venue_name
from terminal.config import Settings
from tests.app.conftest import Parse


def test_a_plain_start_asks_for_nothing_and_has_a_plain_name(parse: Parse) -> None:
    assert market_arguments(parse(command="run"), Settings()) == []
    assert venue_name([]) == "market"


def test_what_was_asked_for_is_passed_on(parse: Parse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    options = parse("--seed", "7", "--start", "14:50", "--day", "2026-11-23", "--chain", "chain.csv", command="run")
    assert market_arguments(options, Settings()) == [
        "--seed", "7", "--start", "14:50:00", "--day", "2026-11-23", "--chain", str(tmp_path / "chain.csv"),
    ]  # fmt: skip


def test_the_configuration_counts_where_the_command_line_is_silent(parse: Parse) -> None:
    settings = Settings(seed=5, start=time(9, 30))
    assert market_arguments(parse(command="run"), settings) == ["--seed", "5", "--start", "09:30:00"]
    assert market_arguments(parse("--seed", "7", command="run"), settings)[:2] == ["--seed", "7"]


def test_another_wish_is_another_book() -> None:
    names = {venue_name(words) for words in ([], ["--seed", "7"], ["--seed", "8"], ["--seed", "7", "--chain", "/a"])}
    assert len(names) == 4
    assert venue_name(["--seed", "7"]) == venue_name(["--seed", "7"])
    assert all(name.replace("-", "").isalnum() for name in names)
