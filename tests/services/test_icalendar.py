"""A calendar file that other programs read (RFC 5545): escaping, folding, whole days and moments."""

import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import SHANGHAI
from terminal.services.icalendar import CalendarEntry, escaped, folded, write_calendar

STAMP = datetime(2026, 11, 25, 14, 41, 18, tzinfo=SHANGHAI)
pytestmark = pytest.mark.requirement("X6")


def unfolded(text: str) -> list[str]:
    """The content lines of a file, as section 3.1 of the standard has them put together again."""
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


_CONTENT = re.compile(r'[A-Z-]+(;[A-Z-]+=("[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*))*:[^\x00-\x08\x0a-\x1f\x7f]*')
_DAY, _MOMENT = re.compile(r"DT(START|END);VALUE=DATE:[0-9]{8}"), re.compile(r"DT(START|END|STAMP):[0-9]{8}T[0-9]{6}Z")


def check_strictly(text: str) -> list[dict[str, str]]:
    """Read a file by the letter of RFC 5545, sections 3.1, 3.4, 3.6 and 3.6.1; gives the properties of each entry."""
    for line in text.split("\r\n"):
        assert "\n" not in line
        assert "\r" not in line
        assert len(line.encode()) <= 75
    lines = unfolded(text)
    assert all(_CONTENT.fullmatch(line) for line in lines)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    heads = [line.partition(":")[0] for line in lines[1 : lines.index("BEGIN:VEVENT")]]
    assert len(heads) == len(set(heads))
    assert {"PRODID", "VERSION"} <= set(heads)
    # With a method the file would be a message of RFC 5546, whose entries need an organizer
    assert "METHOD" not in heads
    entries: list[dict[str, str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            entries.append({})
        elif entries and not line.startswith("END:"):
            name, _, value = line.partition(":")
            name = name.partition(";")[0]
            assert name not in entries[-1], f"{name} stands twice"
            assert not name.startswith("DT") or _DAY.fullmatch(line) or _MOMENT.fullmatch(line)
            entries[-1][name] = value
    for entry in entries:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= entry.keys()
        # 3.8.2.2: of the same kind as the start, and later
        if (end := entry.get("DTEND")) is not None:
            assert len(end) == len(entry["DTSTART"])
            assert end > entry["DTSTART"]
    assert len({entry["UID"] for entry in entries}) == len(entries)
    return entries


def test_days_and_moments_are_written_as_the_standard_has_them() -> None:
    text = write_calendar(
        [
            CalendarEntry(
                "e-1@optiondesk", date(2026, 11, 25), "E 行权", at=datetime(2026, 11, 25, 15, 30, tzinfo=SHANGHAI)
            ),
            CalendarEntry("h@optiondesk", date(2026, 10, 1), "休市", last=date(2026, 10, 7)),
        ],
        name="Option, events",
        stamp=STAMP,
    )
    assert [sorted(entry.keys() & {"DTSTART", "DTEND"}) for entry in check_strictly(text)] == [
        ["DTSTART"], ["DTEND", "DTSTART"],
    ]  # fmt: skip
    lines = unfolded(text)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    for wanted in (
        "X-WR-CALNAME:Option\\, events",
        "UID:e-1@optiondesk",
        "DTSTAMP:20261125T064118Z",
        "DTSTART:20261125T073000Z",
        "DTSTART;VALUE=DATE:20261001",
        "DTEND;VALUE=DATE:20261008",
        "SUMMARY:E 行权",
    ):
        assert wanted in lines


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = CalendarEntry("u", date(2026, 1, 1), "x", at=STAMP.replace(tzinfo=None))
    with pytest.raises(ValueError, match="time zone"):
        write_calendar([naive], name="x", stamp=STAMP)


def test_signs_with_a_meaning_are_written_out() -> None:
    assert escaped("a;b,c\\d\r\ne\x07") == "a\\;b\\,c\\\\d\\ne"


@given(st.text(max_size=300))
def test_every_text_comes_back_and_no_line_is_too_long(text: str) -> None:
    clean = text.encode("utf-8", "replace").decode()
    line = f"SUMMARY:{escaped(clean)}"
    parts = list(folded(line))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert all(part.startswith(" ") for part in parts[1:])
    assert "\n" not in line
