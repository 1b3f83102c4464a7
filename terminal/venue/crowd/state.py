"""What of the crowd survives a killed venue, as bytes; its resting orders stand in the exchange's own picture."""

from collections.abc import Iterable

import msgspec
import numpy as np
from numpy.typing import NDArray

from terminal.domain.errors import BadInput, shown
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.venue.crowd.draws import SavedDraws
from terminal.venue.crowd.quoters import QuotersState

VERSION = 3


class CrowdState(msgspec.Struct, frozen=True, kw_only=True):
    """The whole state; arrays as their little-endian bytes, by name."""

    version: int = VERSION
    trading_day: str
    codes: tuple[str, ...]
    draws: SavedDraws
    quoters: QuotersState
    stamp: float
    paths: dict[str, bytes]
    surface: dict[str, bytes]
    clocks: dict[str, bytes]
    spreads: list[int]
    next_order_id: int
    refusals: dict[Reason, int]
    last_phase: Phase
    night_over: bool
    auction_seconds: float
    quotes_due: float
    liquidity_due: float
    unseen_seconds: float
    thin: dict[int, float]


def encode_state(state: CrowdState) -> bytes:
    """The state as msgpack."""
    return msgspec.msgpack.encode(state)


def decode_state(body: bytes) -> CrowdState:
    """Read a state. Raises BadInput for anything that is not one of this version."""
    try:
        state = msgspec.msgpack.decode(body, type=CrowdState)
    except (msgspec.DecodeError, ValueError) as error:
        raise BadInput("crowd state", shown(error), "a state saved by this program") from error
    if state.version != VERSION:
        raise BadInput("crowd state", state.version, f"version {VERSION}")
    return state


def pack_arrays(owner: object, names: Iterable[str]) -> dict[str, bytes]:
    """The named arrays of an object as bytes."""
    return {name: getattr(owner, name).tobytes() for name in names}


def check_arrays(owner: object, names: Iterable[str], saved: dict[str, bytes]) -> None:
    """Raise BadInput when a saved array is missing or of another size than the owner's."""
    for name in names:
        body, wanted = saved.get(name, b""), getattr(owner, name).nbytes
        if len(body) != wanted:
            raise BadInput(f"crowd state, {name}", f"{len(body)} bytes", f"{wanted} bytes, for the same instruments")


def unpack_arrays(owner: object, names: Iterable[str], saved: dict[str, bytes]) -> None:
    """Put checked arrays back."""
    for name in names:
        now: NDArray[np.float64] | NDArray[np.int64] = getattr(owner, name)
        setattr(owner, name, np.frombuffer(saved[name], dtype=now.dtype).copy())
