"""What the user chose on screen: language, colours, columns, windows, layouts, keys. One JSON file in his folder.

The rule: loading never fails. A file that is damaged, half written or of an unknown version is put aside, the last
good copy `.bak` or the defaults are used, and a remark says so (F44, F49). Nothing here touches trading.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec

from terminal.domain.errors import shown
from terminal.storage.atomic_file import replace_file

VERSION: Final = 1
MAX_BYTES: Final = 4 * 1024 * 1024

_Word = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_.-]{1,60}$")]
_Text = Annotated[str, msgspec.Meta(max_length=200)]
#: A window's geometry and dock state as Qt gives them, in base64
_Base64 = Annotated[str, msgspec.Meta(max_length=200_000, pattern="^[A-Za-z0-9+/=]*$")]
_Quantity = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
_Width = Annotated[int, msgspec.Meta(ge=0, le=4000)]
Column = tuple[_Word, bool, _Width]
"""Key, visible, width in pixels"""


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base: a key that is not known is a mistake, not a comment."""


class Window(_Part, frozen=True, kw_only=True):
    """Where a window stands, and its docks."""

    geometry: _Base64 = ""
    state: _Base64 = ""


class Layout(_Part, frozen=True, kw_only=True):
    """A saved workspace: its windows by name, and what each panel shows, in the panel's own words."""

    windows: dict[_Word, Window] = {}
    panels: dict[_Word, _Text] = {}


class Settings(_Part, frozen=True, kw_only=True):
    """Everything the screen remembers; change it with `msgspec.structs.replace`."""

    version: Literal[1] = VERSION
    language: Literal["zh_CN", "en"] = "zh_CN"
    theme: _Word = "dark"
    colour_pack: _Word = "china"
    colour_mode: _Word = "by_change"
    confirm_orders: bool = True
    quantity_presets: Annotated[tuple[_Quantity, ...], msgspec.Meta(max_length=20)] = (1, 5, 10, 20, 50)
    columns: dict[_Word, Annotated[tuple[Column, ...], msgspec.Meta(max_length=200)]] = {}
    """By table name, in the order shown"""
    windows: dict[_Word, Window] = {}
    layouts: Annotated[dict[_Text, Layout], msgspec.Meta(max_length=100)] = {}
    keys: dict[_Word, _Text] = {}
    """By action, the key sequence that replaces its default; empty for none"""
    screen: dict[_Word, Any] = {}
    """Plain values that screens keep by key: layouts, presets, what is collapsed"""


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings, and what the user should be told about how they came about (English)."""

    settings: Settings
    remarks: tuple[str, ...] = ()


class SettingsFile:
    """The file, its last good copy `.bak`, and `.rejected` for what could not be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.backup = path.with_name(path.name + ".bak")
        self.rejected = path.with_name(path.name + ".rejected")

    def load(self) -> LoadedSettings:
        """The settings to start with. Never raises."""
        remarks = []
        for path in (self.path, self.backup):
            try:
                data = _read(path)
            except FileNotFoundError:
                continue
            except OSError as error:
                remarks.append(f"settings {path.name} cannot be read: {error.strerror}")
                continue
            try:
                settings = _decode(data)
            except (msgspec.DecodeError, ValueError, RecursionError) as error:
                remarks.append(f"settings {path.name} are not used: {shown(error, 200)}")
                continue
            if path is self.backup:
                remarks.append("the last good copy of the settings is used")
            return LoadedSettings(settings, tuple(remarks))
        if remarks:
            remarks.append("the default settings are used")
        return LoadedSettings(Settings(), tuple(remarks))

    def save(self, settings: Settings) -> None:
        """Write the settings; what was there becomes the backup if it is good, else it is put aside.

        Raises OSError when the disk does not take them, and ValueError for settings that could not be read back; the
        file is as it was then.
        """
        encoded = msgspec.json.encode(settings)
        data = msgspec.json.format(encoded, indent=1)
        # By their bytes: a tuple among the plain values comes back as a list, which is the same to a screen
        if msgspec.json.encode(_decode(data)) != encoded:
            raise ValueError("settings do not survive being written")
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


def _decode(data: bytes) -> Settings:
    if len(data) > MAX_BYTES:
        raise ValueError(f"more than {MAX_BYTES} bytes")
    return msgspec.json.decode(data, type=Settings)


def _is_good(data: bytes) -> bool:
    try:
        _decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return False
    return True
