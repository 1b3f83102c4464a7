"""Taking quotes out (撤报价): at once whatever is said against it, or by choice, which an answer outlasts.

What protects goes through unasked and is never held up: not by limits, not by a disk that fails, not by whoever is told
of it. What the line does not take now is sent as soon as it is back.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from terminal.domain.messages import CancelQuotes, Command
from terminal.domain.ports import Journal, RecordKind
from terminal.services.gate import Gate
from terminal.services.quote_board import QuoteBoard
from terminal.services.theoretical import Theoretical
from terminal.services.watched_write import WriteWatch

logger = logging.getLogger(__name__)


class QuoteCancels:
    """Cancels of one desk's quotes. `board` is the board of now, `journal_failed` is told what the disk says."""

    def __init__(
        self,
        send: Callable[[Command], bool],
        journal: Journal,
        gate: Gate,
        theoretical: Theoretical,
        board: Callable[[], QuoteBoard],
        now: Callable[[], datetime],
        journal_failed: Callable[[BaseException], None],
    ) -> None:
        self._send = send
        self._journal = journal
        self._gate = gate
        self._theoretical = theoretical
        self._board = board
        self._now = now
        self._writes = WriteWatch(journal_failed)
        self._wanted: dict[CancelQuotes, None] = {}
        """Those that the line did not take"""
        self.line_up = False
        self.must_stand: Callable[[Collection[str]], frozenset[str]] = lambda codes: frozenset()
        """Which contracts' quotes answer an inquiry and have not stood long enough; whoever minds answers sets it"""
        self.on_protective_pull: Callable[[Collection[str]], None] = lambda codes: None
        """Told of contracts whose quotes are taken out by what protects, just before"""

    def cancel(self, contract_code: str, underlying: str, sender: str) -> bool:
        """Take out the quotes of a contract, of an underlying, or all; False when the line took nothing now."""
        contracts = self._theoretical.universe.contracts
        self._tell(
            [
                contracts[n].code
                for n in self._board().live_numbers
                if contract_code in ("", contracts[n].code) and underlying in ("", contracts[n].underlying)
            ]
        )
        return self._cancel(contract_code, underlying, sender)

    def cancel_numbers(self, numbers: Collection[int], sender: str) -> int:
        """Take out the quotes of some contracts; gives how many had one."""
        contracts = self._theoretical.universe.contracts
        self._tell([contracts[n].code for n in numbers])
        return self._cancel_each(numbers, sender)

    def withdraw(self, numbers: Collection[int], sender: str) -> tuple[str, ...]:
        """Take them out by choice; gives those that stay, because they answer an inquiry."""
        contracts = self._theoretical.universe.contracts
        held = self.must_stand([contracts[n].code for n in numbers])
        self._cancel_each([n for n in numbers if contracts[n].code not in held], sender)
        return tuple(sorted(held))

    def on_line_recovered(self, *, take_out_all: bool) -> None:
        """Send what waits; or one cancel of everything in its place."""
        self.line_up = True
        if take_out_all:
            self._wanted = {CancelQuotes(): None}
        for command in self._wanted:
            self._send(command)
        self._wanted.clear()

    def start_day(self) -> None:
        """Forget what waits."""
        self._wanted.clear()

    # ---- inside

    def _tell(self, codes: Collection[str]) -> None:
        try:
            self.on_protective_pull(codes)
        except Exception:
            # Whatever is wrong with who minds answers: the way out stays open
            logger.exception("a pull of quotes was not written down")

    def _cancel(self, contract_code: str, underlying: str, sender: str) -> bool:
        command = CancelQuotes(contract_code=contract_code, underlying=underlying)
        sent = self.line_up and self._send(command)
        if not sent:
            self._wanted[command] = None
        self._gate.record_cancel(sender)
        what = f"quotes {contract_code or underlying or 'all'}"
        self._writes.add(self._journal.append([(RecordKind.CANCEL, self._now(), what.encode())]))
        return sent

    def _cancel_each(self, numbers: Iterable[int], sender: str) -> int:
        """In as few messages as may be."""
        universe, board = self._theoretical.universe, self._board()
        wanted = [n for n in numbers if board.live[n] is not None or board.newest[n]]
        of_underlying: dict[int, list[int]] = {}
        for number in wanted:
            of_underlying.setdefault(int(universe.underlying[number]), []).append(number)
        for row, mine in of_underlying.items():
            there = {n for n in universe.of_underlying(row).tolist() if board.live[n] is not None or board.newest[n]}
            if len(mine) > 1 and there == set(mine):
                self._cancel("", universe.contracts[mine[0]].underlying, sender)
            else:
                for number in mine:
                    self._cancel(universe.contracts[number].code, "", sender)
        return len(wanted)
