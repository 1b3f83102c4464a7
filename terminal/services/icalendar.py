"""Events as a calendar file (RFC 5545): text escaped, lines folded at 75 octets, ends of lines CRLF."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST_LINE = 75


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry: a whole day, or a moment where `at` is given. `uid` stays the same from one file to the next."""

    uid: str
    day: date
    summary: str
    description: str = ""
    at: datetime | None = None
    last: date | None = None
    """Last day of an entry over several whole days"""


def write_calendar(entries: Iterable[CalendarEntry], *, name: str, stamp: datetime) -> str:
    """The file as text. `stamp` is when it was made; a moment without a zone raises ValueError."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//OptionDesk//Event calendar//EN", "CALSCALE:GREGORIAN"]
    # No METHOD: a file is no invitation, and to publish one would need an ORGANIZER (RFC 5546 3.2.1)
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for entry in entries:
        lines += ["BEGIN:VEVENT", f"UID:{escaped(entry.uid)}", f"DTSTAMP:{_moment(stamp)}"]
        if entry.at is not None:
            # A moment has no end: one that is not later than the start is against the standard (3.8.2.2)
            lines += [f"DTSTART:{_moment(entry.at)}", "TRANSP:TRANSPARENT"]
        else:
            # The end of whole days is the first day after them
            after = (entry.last or entry.day) + timedelta(days=1)
            lines += [f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
            lines.append("TRANSP:TRANSPARENT")
        lines.append(f"SUMMARY:{escaped(entry.summary)}")
        if entry.description:
            lines.append(f"DESCRIPTION:{escaped(entry.description)}")
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line breaks are written out, other control signs are left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(sign for sign in plain if sign == "\t" or (ord(sign) >= 32 and ord(sign) != 127))


def folded(line: str) -> Iterator[str]:
    """A line cut into parts of at most 75 octets of UTF-8, no sign torn; later parts begin with a blank."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode("utf-8", "surrogatepass"))
        if size + octets > _LONGEST_LINE:
            yield part
            part, size = " ", 1
        part += sign
        size += octets
    yield part


def _moment(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a moment in a calendar file needs a time zone")
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
