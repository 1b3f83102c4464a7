"""What every table of a profile is made of."""

from datetime import time
from typing import Annotated, Literal

import msgspec

Positive = Annotated[int, msgspec.Meta(ge=1)]
#: First and last moment of a window; the last is not part of it
Window = tuple[time, time]
#: A whole number, or the word ``none`` for unlimited. Nothing else means unlimited: not zero, not a missing key (F45)
Limit = int | Literal["none"]
UNLIMITED: Literal["none"] = "none"


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of the profile's tables: a key that is not known is a mistake, not a comment."""
