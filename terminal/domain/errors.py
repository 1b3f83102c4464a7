"""Every error the program raises on purpose, in one tree.

OptionDeskError
    ConfigurationError      a setting, profile or resource file is missing or wrong
    BadInput                text or a number from outside breaks a rule; names field, value and rule
        BadFile             the same in a file; names the line too
    CalendarError           a date outside the years the trading calendar knows
    LinkError               the line to a venue is down or speaks another protocol
    JournalError            the journal cannot be written or does not verify
    IllegalTransition       an order report does not fit the order's state

A refused order is not an error but a value: `domain.reasons.Denial`.
"""

from dataclasses import dataclass


class OptionDeskError(Exception):
    """Base of every error raised on purpose; its text may be shown to the user."""


class ConfigurationError(OptionDeskError):
    """A setting, rule profile or resource file is missing or wrong."""


@dataclass(eq=False)
class BadInput(OptionDeskError):
    """Input that breaks a rule; `value` is bounded so that hostile text cannot flood a log."""

    field: str
    value: object
    rule: str

    def __str__(self) -> str:
        return f"{self.field}: {shown(self.value)} is not accepted: {self.rule}"


#: So many bad lines stand in a message beside the first one
_LINES_NAMED = 20


@dataclass(eq=False)
class BadFile(BadInput):
    """A file that is refused whole; the previous content stays in force. `others`: further lines that break a rule."""

    line: int = 0
    file_name: str = ""
    others: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.file_name or 'file'} line {self.line}: {BadInput.__str__(self)}{self._others_named()}"

    def _others_named(self) -> str:
        if not self.others:
            return ""
        named, rest = self.others[:_LINES_NAMED], len(self.others) - _LINES_NAMED
        numbers = ", ".join(str(line) for line in named)
        return f"; also line{'s' * (len(self.others) > 1)} {numbers}{f' and {rest} more' if rest > 0 else ''}"


class CalendarError(OptionDeskError):
    """A date outside the years the trading calendar knows: a working day is never invented."""


class LinkError(OptionDeskError):
    """The line to the venue is down, refused us or speaks another protocol version."""


class VenueStarting(LinkError):
    """The venue's process runs and will tell where it listens: worth asking again at once."""


class JournalError(OptionDeskError):
    """The journal cannot be written, is held by another process, or does not verify."""


class IllegalTransition(OptionDeskError):
    """A report that the order's transition table does not allow; the order stays as it was."""


def shown(value: object, limit: int = 80) -> str:
    """The value as one escaped, bounded line, safe for logs and messages."""
    text = ascii_safe(str(value))
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")


def ascii_safe(text: str) -> str:
    """Replace what cannot be printed (controls, bidi overrides, zero width) by its escape."""
    return "".join(ch if ch.isprintable() else ch.encode("unicode_escape").decode("ascii") for ch in text)
