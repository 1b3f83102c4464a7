"""Published volatility curves on disk: one JSON file, replaced whole at every publish, with its last good copy.

Loading never fails: a file that is damaged or of another version is put aside, the copy is used, and a remark says so.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from terminal.domain.errors import BadInput, shown
from terminal.pricing.curve import Curve
from terminal.storage.atomic_file import replace_file

VERSION: Final = 1
MAX_BYTES: Final = 8 * 1024 * 1024
_Code = Annotated[str, msgspec.Meta(pattern="^[0-9]{6}$")]


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    underlying: _Code
    curve: Curve


class _Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: Literal[1] = VERSION
    curves: Annotated[tuple[_Entry, ...], msgspec.Meta(max_length=1000)] = ()


class CurveFile:
    """The file, its last good copy `.bak`, and `.rejected` for what could not be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.backup = path.with_name(path.name + ".bak")
        self.rejected = path.with_name(path.name + ".rejected")

    def load(self) -> tuple[Mapping[tuple[str, date], Curve], tuple[str, ...]]:
        """The curves by underlying and expiry, and what the user should be told. Never raises."""
        remarks = []
        for path in (self.path, self.backup):
            try:
                content = _decode(_read(path))
            except FileNotFoundError:
                continue
            except OSError as error:
                remarks.append(f"curves {path.name} cannot be read: {error.strerror}")
                continue
            except (msgspec.DecodeError, BadInput, ValueError, RecursionError) as error:
                remarks.append(f"curves {path.name} are not used: {shown(error, 200)}")
                continue
            if path is self.backup:
                remarks.append("the last good copy of the curves is used")
            return {(e.underlying, e.curve.expiry): e.curve for e in content.curves}, tuple(remarks)
        return {}, tuple(remarks)

    def save(self, curves: Mapping[tuple[str, date], Curve]) -> None:
        """Write them; what was there becomes the copy if it is good. Raises OSError, the old file is untouched then."""
        content = _Content(curves=tuple(_Entry(key[0], curves[key]) for key in sorted(curves)))
        data = msgspec.json.format(msgspec.json.encode(content), indent=1)
        try:
            previous = _read(self.path)
        except FileNotFoundError:
            previous = None
        if previous is not None and previous != data:
            replace_file(self.backup if _is_good(previous) else self.rejected, previous)
        replace_file(self.path, data)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _decode(data: bytes) -> _Content:
    if len(data) > MAX_BYTES:
        raise ValueError(f"more than {MAX_BYTES} bytes")
    content = msgspec.json.decode(data, type=_Content)
    for entry in content.curves:
        curve = entry.curve
        # A curve that cannot be drawn must not make prices
        Curve.of(curve.expiry, curve.years, curve.forward, curve.base, curve.handles)
        counts = {len(curve.handles), len(curve.adjustment.offsets), len(curve.adjustment.locks)}
        if curve.published is not None:
            counts |= {len(curve.published.adjustment.offsets), len(curve.published.adjustment.locks)}
        if len(counts) != 1 or not curve.years > 0.0 or not curve.forward > 0.0:
            raise ValueError(f"curve of {entry.underlying} {curve.expiry}")
    return content


def _is_good(data: bytes) -> bool:
    try:
        _decode(data)
    except (msgspec.DecodeError, BadInput, ValueError, RecursionError):
        return False
    return True
