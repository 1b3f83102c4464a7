"""A scenario file with a mistake is refused with the line it stands in: of form, of a key, of what does not fit."""

from datetime import date
from pathlib import Path

import pytest

from terminal.domain.errors import BadFile
from terminal.resources import resource_folder
from terminal.scenarios import list_scenarios, read_scenario
from terminal.storage.calendar_file import load_calendar
from terminal.training.file_lines import FileLines
from terminal.training.scenario import parse_scenario
from terminal.venue_source import VenueRequest, first_header, read_files

pytestmark = pytest.mark.requirement("X8")
CALENDAR = load_calendar(resource_folder() / "calendar" / "sse.toml", None)
GOOD = (resource_folder() / "scenarios" / "expiry_near_money.toml").read_text("utf-8")


def refused(text: str) -> BadFile:
    """What is said of a text."""
    with pytest.raises(BadFile) as caught:
        parse_scenario(text, "mine.toml", CALENDAR)
    return caught.value


def line_of(text: str, part: str) -> int:
    """The line in which something stands the first time."""
    return text[: text.index(part)].count("\n") + 1


def test_the_shipped_scenarios_are_all_read() -> None:
    listed = list_scenarios()
    assert len(listed) >= 12
    assert [entry.mistake for entry in listed if entry.scenario is None] == []
    for entry in listed:
        assert entry.scenario is not None
        assert entry.scenario.name == entry.path.stem
        assert sum(c.points for c in entry.scenario.checkpoint) == 100, entry.path.name


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ('end = "E+2 15:40"', 'end = "E+2 15:40', 'end = "E+2 15:40', "line"),
        ("seed = 11", 'seed = "eleven"', 'seed = "eleven"', "int"),
        ("movement = 0.15", "movment = 0.15", "movment", "unknown field"),
        ('kind = "message"', 'kind = "earthquake"', "earthquake", "enum"),
        ('side = "short"', 'side = "shortish"', "shortish", "enum"),
        ('at = "E 13:30"', 'at = "E 25:30"', "E 25:30", "a time like"),
        ('at = "E-2 09:20"', 'at = "E-9 09:20"', "E-9 09:20", "from E-5 13:00 to E+2 15:40"),
        ('underlyings = ["510050"]', 'underlyings = ["510300"]', "shares =", "one of the scenario's underlyings"),
        ('deadline = "E 15:00"', 'deadline = "2026-11-28 15:00"', "2026-11-28 15:00", "a trading day"),
        ("quantity = 20\ntitle", "title", '[[checkpoint]]\nname = "exercise_call"', "needs it"),
        (
            'name = "exercise_put"',
            'name = "exercise_call"',
            'name = "exercise_call"\nkind = "exercised"\npoints = 30',
            "once",
        ),
        ('end = "E+2 15:40"', 'end = "E-6 15:40"', "E-6 15:40", "after the start"),
        ("expiry = 2026-11-25", "expiry = 2026-11-28", "expiry = 2026-11-28", "a trading day"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, at: str, says: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    error = refused(text)
    assert error.line == line_of(text, at), str(error)
    assert says in str(error).lower() or says in str(error)
    assert str(error).startswith(f"mine.toml line {error.line}:")


def test_a_contract_that_is_not_listed_is_named_with_its_line_and_the_strikes_there_are(tmp_path: Path) -> None:
    text = GOOD.replace('contract = "510050 P 2611 3.100"\nside', 'contract = "510050 P 2611 3.150"\nside', 1)
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    read_scenario(path)
    request = VenueRequest(profile="sse_2025", seed=1, speed=0.0, scenario=path)
    with pytest.raises(BadFile) as caught:
        first_header(request, read_files(request, None), date(2026, 11, 18))
    assert caught.value.line == line_of(text, "510050 P 2611 3.150")
    assert "3.1, 3.2" in str(caught.value) or "3.100, 3.200" in str(caught.value)


def test_a_reminder_that_no_desk_has_is_named_with_its_line(tmp_path: Path) -> None:
    shipped = (resource_folder() / "scenarios" / "margin_call.toml").read_text("utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(shipped.replace('reminder = "margin"', 'reminder = "marigold"', 1), "utf-8")
    with pytest.raises(BadFile, match="a kind of reminder") as caught:
        read_scenario(path)
    assert caught.value.line == line_of(shipped, 'reminder = "margin"')


def test_lines_of_tables_keys_and_texts_of_several_lines() -> None:
    lines = FileLines('a = 1\n[t]\nb = """\nc = 2\n"""\n[[x]]\nd = 1\n[[x.y]]\ne = 1\n[[x]]\nd = 2\n[[x.y]]\ne = 3\n')
    assert lines.line(("a",)) == 1
    assert lines.line(("t", "b")) == 3
    assert lines.line(("t", "c")) == 2
    assert lines.line(("x", 0, "d")) == 7
    assert lines.line(("x", 0, "y", 0, "e")) == 9
    assert lines.line(("x", 1, "d")) == 11
    assert lines.line(("x", 1, "y", 0, "e")) == 13
    assert lines.line(("nowhere",)) == 1
