"""Text files from outside: bounded reading, decoding, numbers and dates out of their fields.

The rule: what is not plainly right is refused by BadInput or BadFile that names the field; nothing is guessed.
"""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from terminal.domain.errors import BadFile, BadInput

#: A day's contract file of a thousand contracts is 0.4 MB
MAX_BYTES: Final = 32 * 1024 * 1024
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: Bounded, because a number of a million digits takes seconds
_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?", re.ASCII)


def read_bounded(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The file's bytes. Raises BadFile when it cannot be read or is longer than `limit`."""
    try:
        with path.open("rb") as file:
            # One byte more tells a file that is too long, whatever its size
            data = file.read(limit + 1)
    except OSError as error:
        raise BadFile("file", str(path), f"it can be read ({error.strerror})", 0, path.name) from error
    check_size(data, path.name, limit)
    return data


def check_size(data: bytes, file_name: str, limit: int = MAX_BYTES) -> None:
    """Raise BadFile when there are more bytes than `limit`."""
    if len(data) > limit:
        raise BadFile("file", f"more than {limit} bytes", f"at most {limit} bytes", 0, file_name)


def decoded(data: bytes, file_name: str) -> str:
    """The text, UTF-8 with or without byte order mark, or GBK. Raises BadFile that names the first bad line."""
    # UTF-8 first: GBK text is practically never valid UTF-8, the other way round it often is
    encodings = ["utf-8", "gbk"]
    if data.startswith(_BYTE_ORDER_MARK):
        data, encodings = data[len(_BYTE_ORDER_MARK) :], ["utf-8"]
    errors = []
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            errors.append(error)
    # The encoding that got furthest is most likely the one that was meant
    bad = max(errors, key=lambda error: error.start)
    line = data.count(b"\n", 0, bad.start) + 1
    raise BadFile("text", data[bad.start : bad.start + 8].hex(" "), "GBK or UTF-8", line, file_name) from bad


def parse_number(field: str, text: str, *, decimals: int, above_zero: bool = False) -> Decimal:
    """A number in plain digits, not negative, with at most `decimals` decimals (zeros at the end do not count)."""
    if _NUMBER.fullmatch(text) is None:
        raise BadInput(field, text, "a number")
    number = Decimal(text)
    if number.is_signed():
        raise BadInput(field, text, "not negative")
    if above_zero and number == 0:
        raise BadInput(field, text, "above zero")
    if number != round(number, decimals):
        raise BadInput(field, text, f"at most {decimals} decimals")
    return number


def parse_date(field: str, text: str) -> date:
    """A date YYYYMMDD or YYYY-MM-DD."""
    if re.fullmatch(r"\d{8}|\d{4}-\d\d-\d\d", text, re.ASCII) is None:
        raise BadInput(field, text, "a date YYYYMMDD or YYYY-MM-DD")
    digits = text.replace("-", "")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise BadInput(field, text, "a date that exists") from None
