"""A market of some underlyings for one maker, in this process: the real host, counter, exchange and crowd.

Only two things are not the product's own: the venue's journal keeps nothing, and the line is a pair of queues that
carry whole encoded frames. Time is the caller's: nothing here looks at a clock.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import msgspec

from terminal.domain import wire
from terminal.domain.messages import Command
from terminal.domain.ports import LinkState, Record, RecordKind, VenueListener
from terminal.rules.profile import Profile
from terminal.venue.book import BookHeader, open_market
from terminal.venue.crowd.settings import MarketSettings
from terminal.venue.host import VenueHost
from terminal.venue.host_options import HostOptions, capabilities_of
from terminal.venue.next_list import first_generated_header
from terminal.venue.pacer import Pacer
from terminal.venue.session import Session
from terminal.venue_source import VenueFiles

UNDERLYINGS = ("510050", "510300", "510500")


@dataclass(slots=True)
class DayClock:
    """Monotonic seconds that the benchmark moves; steps are halves of halves, so that no sum is rounded."""

    seconds: float = 1024.0

    def __call__(self) -> float:
        """Seconds now."""
        return self.seconds


class SteppedPacer(Pacer):
    """Market time in the steps of the benchmark."""

    def __init__(self, start: datetime, wall: float, step_seconds: float) -> None:
        super().__init__(start, 1.0, wall)
        self.step = step_seconds

    @property
    def step_seconds(self) -> float:
        """Market seconds the crowd acts in at once."""
        return self.step

    def reached(self, now: datetime, wall: float) -> bool:
        """Market time is `now`; it never lags, whatever a step is."""
        self.now = max(self.now, now)
        return False


class ForgetfulJournal:
    """The venue's disk: everything is written at once, nothing is kept."""

    def append(self, records: Sequence[tuple[RecordKind, datetime, bytes]]) -> "asyncio.Future[int]":
        """Say that it is on disk."""
        return self._done()

    def replace_state(self, key: str, at: datetime, body: bytes) -> "asyncio.Future[int]":
        """The same of a picture."""
        return self._done()

    def set_bookmark(self, at: datetime, body: bytes) -> "asyncio.Future[int]":
        """The same of a place."""
        return self._done()

    def bookmark(self) -> tuple[int, bytes] | None:
        """None."""
        return None

    def read(self, after: int = 0) -> Sequence[Record]:
        """Nothing."""
        return ()

    async def close(self) -> None:
        """Nothing is open."""

    @staticmethod
    def _done() -> "asyncio.Future[int]":
        done: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        done.set_result(0)
        return done


class FrameQueue(asyncio.Transport):
    """The venue's end of the line: frames that wait until the desk takes them."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: deque[bytes] = deque()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Put frames on the line."""
        self.frames.append(bytes(data))

    def get_write_buffer_size(self) -> int:
        """Nothing is ever behind."""
        return 0

    def is_closing(self) -> bool:
        """It stays open."""
        return False

    def abort(self) -> None:
        """Nothing holds it."""

    def close(self) -> None:
        """Nothing holds it."""


class FrameLine:
    """Implements `domain.ports.Gateway`: what the desk sends is there at once, what it hears waits for `pump`."""

    def __init__(self, host: Callable[[], VenueHost]) -> None:
        self._host = host
        self._listener: VenueListener | None = None
        self._session: Session | None = None
        self._queue = FrameQueue()
        self._reader = wire.FrameReader()
        self.on_sent: Callable[[Command], None] = lambda command: None

    async def start(self, listener: VenueListener) -> None:
        """Open the line and ask for everything."""
        self._listener = listener
        self._session = self._host().accept()
        self._session.connection_made(self._queue)
        listener.on_link(LinkState.RECOVERING, "in process")

    def send(self, command: Command) -> bool:
        """Hand a command over, as bytes."""
        if self._session is None:
            return False
        self.on_sent(command)
        self._session.data_received(wire.frame(command))
        return True

    async def stop(self) -> None:
        """End the line."""
        self._session = None

    def pump(self) -> int:
        """Let the desk have everything that waits; gives the frames."""
        count, listener = 0, self._listener
        while self._queue.frames and listener is not None:
            for body in self._reader.feed(self._queue.frames.popleft()):
                listener.on_event(wire.decode_event(body))
                count += 1
        return count


def narrowed(
    files: VenueFiles, codes: Sequence[str], strikes: int, refreshes_per_second: float | None
) -> tuple[Profile, MarketSettings]:
    """Rules and market of these underlyings alone, without ex-days: so many strikes on each side of the money.

    `refreshes_per_second` paces the crowd's makers, None leaves them as they are.
    """
    profile = msgspec.structs.replace(
        files.profile,
        underlyings=tuple(u for u in files.profile.underlyings if u.code in codes),
        listing=msgspec.structs.replace(files.profile.listing, strikes_each_side=strikes),
    )
    crowd = files.settings.crowd
    if refreshes_per_second is not None:
        crowd = msgspec.structs.replace(crowd, refreshes_per_second=refreshes_per_second)
    return profile, msgspec.structs.replace(files.settings, crowd=crowd, dividends=(), coming_dividends=())


def open_host(
    profile: Profile,
    settings: MarketSettings,
    files: VenueFiles,
    day: date,
    seed: int,
    clock: DayClock,
    step_seconds: float,
    start: time,
) -> tuple[VenueHost, SteppedPacer, BookHeader]:
    """The venue of one day, opened."""
    header = first_generated_header(
        profile, settings, files.calendar, day, seed=seed, book_id=f"making-{seed}", start=start
    )
    market = open_market(header, profile, settings)
    pacer = SteppedPacer(market.now, clock(), step_seconds)
    options = HostOptions(
        book_id=header.book_id,
        seed=seed,
        source="benchmark",
        opening_cash=settings.account.cash,
        opening_shares={u.code: settings.account.shares for u in header.day.underlyings},
        accounts=settings.accounts,
        capabilities=capabilities_of(profile),
    )
    return VenueHost(market, pacer, ForgetfulJournal(), options, bytes, clock), pacer, header
