"""A plug-in as the engine sees it: a strategy whose calls are posted to its worker and return at once.

What the worker asks for goes through the same `Ask` as that of any strategy, so gate, limit sheet, shadow mode, notes
and journal do not know the difference. The worker lives from start to stop; whatever it does, it is killed and the
strategy stopped.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from terminal.domain.errors import ascii_safe
from terminal.domain.messages import InquiryOpened
from terminal.domain.orders import Fill, Order
from terminal.domain.reasons import Reason
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.services.quote_codes import CODE_OF
from terminal.strategies.detached import Detached
from terminal.strategies.plug_ins import frames
from terminal.strategies.plug_ins.session import Hears, StartWorker, WorkerSession
from terminal.strategies.plug_ins.snapshot import Snapshots
from terminal.strategies.protocol import Ask, BoolArray, IntArray, View
from terminal.strategies.view import DeskView

logger = logging.getLogger(__name__)
_LONGEST_TRACE = 4_000


@dataclass(frozen=True, slots=True)
class PlugInParameters:
    """What a plug-in is made with; its own dataclass is known to its worker alone."""

    plug_in: str
    values: dict[str, str]
    """Text by field; what is not named keeps its default"""
    underlyings: tuple[str, ...]
    """Whose ticks it is called for with these values"""


class PlugInStrategy(Detached):
    """One plug-in under a name of its own; `seconds` is a clock that goes on, whatever the market's does."""

    parameters: PlugInParameters

    def __init__(
        self,
        name: str,
        parameters: PlugInParameters,
        *,
        folder: Path,
        memory_bytes: int,
        view: DeskView,
        start_worker: StartWorker,
        seconds: Callable[[], float],
    ) -> None:
        super().__init__(name, parameters)
        self._folder = folder
        self._memory_bytes = memory_bytes
        self._view = view
        self._start_worker = start_worker
        self._seconds = seconds
        self._underlyings = parameters.underlyings
        self._session: WorkerSession | None = None
        self._snapshots: Snapshots | None = None
        self._ask: Ask | None = None
        self._fail: Callable[[str], None] = lambda cause: None
        self._route: Callable[[], None] = lambda: None

    @property
    def underlyings(self) -> tuple[str, ...]:
        """Whose ticks it is called for, as its worker said last."""
        return self._underlyings

    @property
    def worst_ms(self) -> float:
        """The longest call in its worker, from sending to end; nan while it has none."""
        return float("nan") if self._session is None else self._session.worst_ms

    # ---- what the engine tells

    def attach(self, fail: Callable[[str], None], route: Callable[[], None]) -> None:
        """It is being started."""
        self._fail, self._route = fail, route

    def detach(self) -> None:
        """It was stopped: its process is killed."""
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def on_start(self, view: View, ask: Ask) -> None:
        """Start its process; it is loaded there first."""
        self.detach()
        self._ask = ask
        self._snapshots = Snapshots(self._view)
        opening = frames.Open(
            folder=str(self._folder),
            plug_in=self.parameters.plug_in,
            strategy=self.name,
            values=self.parameters.values,
            memory_bytes=self._memory_bytes,
        )
        hears = Hears(self._on_ready, self._on_refused, self._on_failed, self._on_raised, self._on_said, self._serve)
        self._session = WorkerSession(opening, self._start_worker, hears, self._seconds, self._snapshots)
        self._session.post("on_start")

    def on_tick(self, underlying: str, view: View, ask: Ask) -> None:
        """An underlying has a new price."""
        if self._session is not None:
            self._session.post_tick(underlying)

    def on_timer(self, view: View, ask: Ask) -> None:
        """Some time has passed: see to the worker, and let it know."""
        if self._session is not None:
            self._session.look()
        if self._session is not None:
            self._session.post_timer()

    def on_fill(self, fill: Fill, view: View, ask: Ask) -> None:
        """Something of it traded."""
        if self._session is not None:
            self._session.post("on_fill", fill=fill)

    def on_order(self, order: Order, view: View, ask: Ask) -> None:
        """An order of it moved."""
        if self._session is not None:
            self._session.post("on_order", order=order)

    def on_inquiry(self, inquiry: InquiryOpened, view: View, ask: Ask) -> None:
        """Somebody asks the makers for a quote."""
        if self._session is not None:
            self._session.post("on_inquiry", inquiry=inquiry)

    def on_parameters(self, parameters: PlugInParameters) -> None:
        """Other parameters are in force."""
        self.parameters = parameters
        self._underlyings = parameters.underlyings
        if self._session is not None:
            self._session.post("on_parameters", values=parameters.values)

    # ---- what the worker tells

    def _on_ready(self, ready: frames.Ready) -> None:
        logger.info("strategy %s: plug-in %s is loaded", self.name, self.parameters.plug_in)
        if ready.underlyings != self._underlyings:
            # The file is another one than when it was described
            self._underlyings = ready.underlyings
            self._route()

    def _on_refused(self, refused: frames.Refused) -> None:
        self._on_failed(f"{refused.field}: {refused.value} is not accepted: {refused.rule}")

    def _on_failed(self, cause: str) -> None:
        self._session = None
        self._fail(cause)

    def _on_raised(self, method: str, failed: frames.Failed) -> None:
        trace = "\n".join(map(ascii_safe, failed.trace[-_LONGEST_TRACE:].splitlines()))
        logger.error("strategy %s raised in %s\n%s", self.name, method, trace)
        self._on_failed(f"{ascii_safe(failed.error)[:100]} in {method}")

    def _on_said(self, said: frames.Said) -> None:
        ask = self._ask
        for text in said.noticed:
            logger.info("strategy %s: plug-in %s %s", self.name, self.parameters.plug_in, ascii_safe(text)[:300])
        if ask is not None:
            for text in (*said.noticed, *said.notes):
                ask.note(text)

    def _serve(self, asked: frames.Ask) -> frames.Answer:
        """Put what was asked for through the strategy's own `Ask`."""
        ask, snapshots = self._ask, self._snapshots
        assert ask is not None
        assert snapshots is not None
        try:
            if isinstance(asked, frames.AskQuote):
                return self._quote(asked, ask, snapshots)
            if isinstance(asked, frames.AskCancelQuotes):
                if asked.numbers is None or snapshots.is_of_today:
                    ask.cancel_quotes(asked.numbers)
                return frames.Answer(own=snapshots.own())
            if isinstance(asked, frames.AskOrder):
                return frames.Answer(yes=ask.order(asked.request))
            if isinstance(asked, frames.AskCancelOrder):
                ask.cancel_order(asked.client_order_id)
                return frames.Answer()
            if isinstance(asked, frames.AskShares):
                return frames.Answer(yes=ask.trade_shares(asked.underlying, asked.shares, asked.ticks))
            return self._widths(asked, snapshots)
        except Exception as error:
            # Whatever it asked for was not foreseen: the desk goes on without it
            logger.error("strategy %s asked for what cannot be served", self.name, exc_info=error)
            self._fail(f"{type(error).__name__} in what it asked for")
            return frames.Answer()

    def _quote(self, asked: frames.AskQuote, ask: Ask, snapshots: Snapshots) -> frames.Answer:
        batch = QuoteBatch.of_sides(
            _whole(asked.index),
            _whole(asked.bid),
            _whole(asked.bid_quantity),
            _whole(asked.ask),
            _whole(asked.ask_quantity),
            _flags(asked.bid_closes),
            _flags(asked.ask_closes),
        )
        if not snapshots.is_of_today:
            # The list was changed while the call ran: its numbers name other contracts
            stale = np.full(len(batch), CODE_OF[Reason.STALE_INPUT], np.int8)
            return frames.Answer(figures=stale.tobytes())
        outcome = ask.quote(batch, inquiry=asked.inquiry, first=asked.first)
        codes = outcome.codes.astype(np.int8, copy=False)
        return frames.Answer(
            figures=codes.tobytes(), quote_ids=outcome.quote_ids, messages=outcome.messages, own=snapshots.own()
        )

    def _widths(self, asked: frames.AskWidth, snapshots: Snapshots) -> frames.Answer:
        allowed, numbers = self._view.allowed_width, _whole(asked.numbers)
        if allowed is None or not snapshots.is_of_today:
            return frames.Answer(figures=np.zeros(len(numbers), np.int64).tobytes())
        widths = allowed(numbers, _whole(asked.bids))
        return frames.Answer(figures=np.ascontiguousarray(widths, np.int64).tobytes())


def _whole(data: bytes) -> IntArray:
    return np.frombuffer(data, np.int64)


def _flags(data: bytes) -> BoolArray:
    # A byte that is neither 0 nor 1 must not become a flag that numpy does not know
    return np.asarray(np.frombuffer(data, np.uint8) != 0)
