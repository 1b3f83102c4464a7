"""Pauses put into effect: the gate is shut for the programmes, the quotes are taken out, and at its time all is let go.

First the gate, then the line, so that nothing of a paused contract can leave between the two. A quote that answers an
inquiry stays for its time, kept right by whoever quotes it, and goes then. A person may quote a paused contract by
hand. At the end nothing is sent from here: whoever quotes the contract finds the gate open again, and every other rule
of it as before.
"""

from collections.abc import Callable
from datetime import datetime

import numpy as np

from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.rules.sessions import Entry, takes
from terminal.services.bus import Bus
from terminal.services.desk import Desk
from terminal.services.events import DayChanged
from terminal.services.obligations import Obligations
from terminal.services.pauses import KeptOut, OutFacts, Pause, kept_out
from terminal.services.quote_codes import CODE_OF, QUOTE_REASONS
from terminal.services.theoretical import Theoretical
from terminal.services.universe import Universe


class QuotePauses:
    """The pauses of one desk. Given the time by the beat that gives it to the protections."""

    def __init__(self, desk: Desk, theoretical: Theoretical, obligations: Obligations, bus: Bus) -> None:
        self._desk = desk
        self._theoretical = theoretical
        self._obligations = obligations
        self._quoting = desk.quoting
        self._shut: frozenset[str] = frozenset()
        """Contracts for which the gate is shut, of the list it was shut for"""
        self._universe: Universe | None = None
        self._back: set[str] = set()
        """Contracts whose pause is over and that have been quoted since"""
        self.revision = 0
        """Rises with everything that a person does here"""
        self.by_strategy: Callable[[str], KeptOut | None] = lambda code: None
        """Why no strategy wants a contract; whoever knows the strategies sets it"""
        bus.subscribe(DayChanged, lambda event: self.on_timer())

    # ---- what a person does

    def pause(self, code: str, until: datetime | None, by: str) -> Pause:
        """Pause a contract, or pause it longer or shorter; to the close of quoting where `until` is None.

        Raises BadInput before anything is written or taken out.
        """
        told = self._obligations.pause(code, until, by)
        self.revision += 1
        self.on_timer()
        return told

    def end(self, code: str, by: str) -> bool:
        """End a pause before its time; False where none is in force."""
        ended = self._obligations.end_pause(code, by)
        self.revision += ended
        self.on_timer()
        return ended

    def check(self, code: str, until: datetime | None, by: str) -> None:
        """Raise BadInput where `pause` would; nothing is written."""
        self._obligations.check_pause(code, until, by)

    # ---- what others ask

    @property
    def concerns_any(self) -> bool:
        """Whether a contract is paused, or was and is not back yet."""
        pauses = self._obligations.pauses
        return bool(pauses.codes) and any(self.of(code) or self.over(code) for code in pauses.codes)

    def is_shut(self, code: str) -> bool:
        """Whether the gate is shut for a contract: not yet while its quote answers an inquiry."""
        return code in self._shut

    def of(self, code: str) -> Pause | None:
        """The pause of a contract that is in force."""
        return self._obligations.pauses.of(code, self._desk.clock.now())

    def over(self, code: str) -> Pause | None:
        """The pause of a contract that is over and after which it was not quoted yet."""
        newest = self._obligations.pauses.newest(code)
        out = newest is not None and not newest.holds(self._desk.clock.now()) and code not in self._back
        return newest if out and self._quoting.live(code) is None else None

    def kept_out(self, code: str) -> KeptOut | None:
        """What keeps a contract out now, besides a pause; None where nothing does that is known here."""
        market, number = self._desk.market, self._quoting.number_of(code)
        contract = market.contract(code)
        if contract is None or number is None:
            return None
        stops, phase = self._quoting.gate.stops, market.phase_of(code)
        stopped = stops.everything or stops.reduce_only or bool(stops.sides)
        withheld = int(self._quoting.gate.withheld(slice(number, number + 1))[0])
        return kept_out(
            OutFacts(
                is_line_up=self._desk.link is LinkState.UP,
                is_stopped=stopped or (contract.underlying, contract.expiry) in stops.expiries,
                withheld=QUOTE_REASONS[withheld - 1] if withheld else None,
                by_strategy=self.by_strategy(code),
                phase=phase,
                is_taken=takes(Entry.QUOTES, phase),
            )
        )

    # ---- the beat

    def on_timer(self) -> None:
        """Put in effect what has begun, let go what is over."""
        pauses = self._obligations.pauses
        if not pauses.codes and not self._shut:
            return
        holding = pauses.holding(self._desk.clock.now())
        self._put(holding)
        self._back -= holding
        for code in pauses.codes - holding - self._back:
            if self._quoting.live(code) is not None:
                self._back.add(code)

    # ---- inside

    def _put(self, holding: frozenset[str]) -> None:
        universe, before = self._theoretical.universe, self._shut
        if universe is not self._universe:
            before = frozenset()
        elif holding == before:
            return
        listed = frozenset([code for code in holding if code in universe.number_of])
        fresh = sorted(listed - before)
        wanted = listed - self._quoting.cancels.must_stand(fresh)
        if wanted == before and universe is self._universe:
            return
        codes = np.zeros(len(universe) if wanted else 0, np.int8)
        codes[[universe.number_of[code] for code in wanted]] = CODE_OF[Reason.QUOTES_PAUSED]
        self._quoting.gate.pause_quotes(codes)
        self._shut, self._universe = wanted, universe
        self._quoting.withdraw([universe.number_of[code] for code in fresh if code in wanted])
