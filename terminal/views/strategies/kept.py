"""Strategies that were added on screen, kept by name, kind, values and sheet so that they are there after a restart.

What comes back from the disk is untrusted: it is bounded, and every part is read as if it were typed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from math import isinf

from terminal.domain.errors import BadInput
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.services.gate import DESK
from terminal.views.settings import Settings

KEY = "strategies.added"
#: More than anybody can look after
MOST = 50
LONGEST_NAME = 40
_MOST_FIELDS, _LONGEST_TEXT = 200, 500
#: What the names of those begin with that other screens make
_RESERVED = ("quoter", "responder")
#: Built-in kinds that are added here; the others have screens of their own
OFFERED = ("electronic_eye", "delta_hedger", "volatility_orders")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of strategy: built in, or the name of a plug-in."""

    name: str
    is_plug_in: bool = False


@dataclass(frozen=True, slots=True)
class KeptStrategy:
    """One strategy as it is kept."""

    name: str
    kind: Kind
    values: Mapping[str, str]
    sheet: LimitSheet
    underlyings: tuple[str, ...] = ()
    """Of a plug-in, as it said last"""


class KeptStrategies:
    """Reads and writes them through the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def read(self) -> tuple[list[KeptStrategy], list[BadInput]]:
        """What can be read, and what was wrong with the others."""
        given, kept, refused = self._settings.read(KEY), [], []
        if given is None:
            return [], []
        if not isinstance(given, list):
            return [], [BadInput("strategies", given, "texts by name")]
        if len(given) > MOST:
            refused.append(BadInput("strategies", len(given), f"at most {MOST} strategies"))
        names: set[str] = set()
        for entry in given[:MOST]:
            try:
                one = _strategy(entry)
                if one.name in names:
                    raise BadInput("name", one.name, "a name that is not taken")
            except BadInput as error:
                refused.append(error)
                continue
            names.add(one.name)
            kept.append(one)
        return kept, refused

    def write(self, strategies: Iterable[KeptStrategy]) -> None:
        """Keep these."""
        self._settings.write(
            KEY,
            [
                {
                    "name": one.name,
                    "kind": "plug_in" if one.kind.is_plug_in else one.kind.name,
                    "plug_in": one.kind.name if one.kind.is_plug_in else "",
                    "underlyings": list(one.underlyings),
                    "values": dict(one.values),
                    "sheet": sheet_texts(one.sheet),
                }
                for one in strategies
            ],
        )


def checked_name(text: str) -> str:
    """A name that a strategy may have. Raises BadInput."""
    name = text.strip()
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise BadInput("name", text, "a name of 1 to 40 printable characters")
    if name == DESK or name.split(" ")[0] in _RESERVED:
        raise BadInput("name", text, "a name that is not taken")
    return name


def sheet_texts(sheet: LimitSheet) -> dict[str, str]:
    """A limit sheet as it is typed: blank where it allows nothing, `inf` where there is no limit."""
    return {name: _figure(value) for name, value in asdict(sheet).items()}


def check_limit(name: str, text: str) -> None:
    """Raise BadInput for text that is no limit."""
    LimitSheet.of({name: text.strip()})


def allows_nothing(name: str, text: str) -> bool:
    """Whether what is typed allows nothing: blank, zero, negative, nan."""
    return not getattr(LimitSheet.of({name: text.strip()}), name)


SHEET_FIELDS = tuple(field.name for field in fields(LimitSheet))


def _figure(value: float) -> str:
    if not value > 0:
        return ""
    if isinf(value):
        return "inf"
    return str(int(value)) if value == int(value) else repr(value)


def _strategy(given: object) -> KeptStrategy:
    if not isinstance(given, dict):
        raise BadInput("strategy", given, "texts by name")
    name, word, plug_in = (_text(given.get(key, "")) for key in ("name", "kind", "plug_in"))
    kind = Kind(plug_in, is_plug_in=True) if word == "plug_in" else Kind(word)
    if not (plug_in.isidentifier() if kind.is_plug_in else word in OFFERED):
        raise BadInput("kind", word if not kind.is_plug_in else plug_in, "a kind of strategy")
    underlyings = given.get("underlyings", [])
    if not isinstance(underlyings, list):
        raise BadInput("underlyings", underlyings, "texts by name")
    return KeptStrategy(
        checked_name(name),
        kind,
        _texts(given.get("values", {})),
        LimitSheet.of(_texts(given.get("sheet", {}))),
        tuple(_text(one) for one in underlyings[:_MOST_FIELDS]),
    )


def _text(given: object) -> str:
    if not isinstance(given, str) or len(given) > _LONGEST_TEXT:
        raise BadInput("strategy", given, "texts by name")
    return given


def _texts(given: object) -> dict[str, str]:
    if not isinstance(given, dict) or len(given) > _MOST_FIELDS:
        raise BadInput("strategy", given, "texts by name")
    return {_text(name): _text(text) for name, text in given.items()}
