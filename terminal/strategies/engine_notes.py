"""What the journal keeps of strategies: who started, stopped and changed them, and what was changed to what."""

import json
from dataclasses import asdict, fields, is_dataclass
from typing import Any


def changes(before: object, after: object) -> dict[str, list[Any]]:
    """Fields of two parameter sets that differ, old and new; mappings key by key."""
    if not is_dataclass(before) or not is_dataclass(after) or type(before) is not type(after):
        return {"": [str(before), str(after)]}
    found: dict[str, list[Any]] = {}
    for field in fields(before):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            for key in dict.fromkeys((*old, *new)):
                if old.get(key) != new.get(key):
                    found[f"{field.name} {key}"] = [_plain(old.get(key)), _plain(new.get(key))]
        else:
            found[field.name] = [_plain(old), _plain(new)]
    return found


def note(strategy: str, what: str, by: str, **more: object) -> bytes:
    """The body of a NOTE record."""
    return json.dumps({"strategy": strategy, "what": what, "by": by, **more}, ensure_ascii=False, default=str).encode()


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(one) for name, one in asdict(value).items() if one is not None}
    if isinstance(value, bool | int | float | str) or value is None:
        return value
    return str(value)
