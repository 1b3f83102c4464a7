"""The newest quotes (行情), one int64 row per instrument as `domain.market_data` lays them out.

`quotes` is overwritten in place and then QuotesChanged is published: who reads later reads the newest. Prices are whole
0.0001 yuan, 0 for none.

Tuples of a length known only at the end are made from a list here and in `tape`. From a generator Python makes one of
ten and cuts it down, and of what is cut it keeps up to 2,000 of each length when they are dropped: all day long the
pool of the length ten is empty and the others fill.
"""

import logging
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import lt

import numpy as np
from numpy.typing import NDArray

from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Underlying
from terminal.domain.market_data import COLUMN_COUNT, DEPTH, PRICE_SCALE, Column, unpack_rows
from terminal.domain.messages import DayOpened, MarketDataBatch, PhaseChanged, TradeBatch, TradePrint
from terminal.domain.phases import Phase
from terminal.rules.profile import PhaseCodes
from terminal.rules.sessions import trading_phase_code
from terminal.services.bus import Bus
from terminal.services.events import DayChanged, PhaseUpdated, QuotesChanged, TradesPrinted
from terminal.services.known_contracts import KnownContracts
from terminal.services.tape import IntArray, Tapes

logger = logging.getLogger(__name__)
#: A price above this, in 0.0001 yuan, is not of this market: 1,000,000 yuan a share
_PRICE_CEILING = 1_000_000 * PRICE_SCALE
#: The largest quantity that a row or a tape can hold
_QUANTITY_CEILING = int(np.iinfo(np.int64).max)
# As plain numbers: of the members of an enumeration each costs more than what is done with it
_INSTRUMENT, _PHASE = int(Column.INSTRUMENT), int(Column.PHASE)
_BID, _ASK = int(Column.BID_PRICE), int(Column.ASK_PRICE)
_TOUCH = slice(Column.BID_PRICE, Column.ASK_PRICE + 1, Column.ASK_PRICE - Column.BID_PRICE)
#: By the letter of a phase; 0 stands for none of its own
_IS_PHASE = np.zeros(128, np.bool_)
_IS_PHASE[[0, *(ord(phase) for phase in Phase)]] = True
#: By column, from where on nothing is taken for sound; of the instrument it is the day's list that says it
_BEYOND = np.full(COLUMN_COUNT, _QUANTITY_CEILING + 1, np.uint64)
_BEYOND[[Column.LAST, Column.OPEN, Column.HIGH, Column.LOW, Column.AUCTION_PRICE]] = _PRICE_CEILING + 1
for _side in (Column.BID_PRICE, Column.ASK_PRICE):
    _BEYOND[_side : _side + DEPTH] = _PRICE_CEILING + 1
_BEYOND[Column.PHASE] = len(_IS_PHASE)
_BEYOND[Column.INSTRUMENT] = 0
# The same for one row in numbers; of the instrument it is the length of the list that says it
_BEYOND_ONE = tuple(int(beyond) or _QUANTITY_CEILING for beyond in _BEYOND.tolist())
#: One row as numbers without a sign: a negative one is beyond everything
_ONE_ROW = struct.Struct(f"<{COLUMN_COUNT}Q")
_PHASE_CODES = frozenset(np.flatnonzero(_IS_PHASE).tolist())


@dataclass(frozen=True, slots=True)
class Level:
    """One price level; price in 0.0001 yuan."""

    price: int
    quantity: int


def price_decimal(units: int) -> Decimal | None:
    """A wire price as Decimal yuan; None for no value."""
    return Decimal(int(units)).scaleb(-4) if units > 0 else None


class MarketData:
    """Instruments of the day and their newest quotes; `monotonic` gives seconds."""

    def __init__(self, bus: Bus, monotonic: Callable[[], float]) -> None:
        self._bus = bus
        self._monotonic = monotonic
        self.day: DayOpened | None = None
        self.underlyings: tuple[Underlying, ...] = ()
        self.contracts: tuple[Contract, ...] = ()
        self.row_of: dict[str, int] = {}
        self.quotes: NDArray[np.int64] = np.zeros((0, COLUMN_COUNT), np.int64)
        self.received_at: NDArray[np.float64] = np.zeros(0)
        """Monotonic seconds of the newest update of each row; 0 before the first"""
        self.moved_at: NDArray[np.float64] = np.zeros(0)
        """Monotonic seconds of the newest change of the best bid or ask"""
        self.phase = Phase.PRE_OPEN
        self.phase_message: PhaseChanged | None = None
        self.breaker_ends: dict[str, datetime] = {}
        """When the auction ends of each instrument in a volatility interruption (熔断), as the venue told"""
        self.updates = 0
        self.book_revision = 0
        """Raised with every update of a contract, not of an underlying"""
        self.dropped = 0
        """Rows and trades refused at the border: negative, absurd or of no instrument (F29)"""
        self.known_contracts = KnownContracts()
        """Of this list and of earlier ones"""
        self._by_code: dict[str, Contract] = {}
        self._beyond = _BEYOND
        self._one_changed: dict[int, QuotesChanged] = {}
        """News of one row, as ticks of underlyings are, by its number"""
        self._tapes = Tapes(0)

    # ---- what the venue tells

    def open_day(self, message: DayOpened) -> None:
        """Take a new instrument list; all rows start empty."""
        self.day = message
        self.breaker_ends.clear()
        self.underlyings, self.contracts = message.underlyings, message.contracts
        self._by_code = {c.code: c for c in message.contracts}
        self.row_of = {u.code: n for n, u in enumerate(message.underlyings)}
        self.row_of.update({c.code: n for n, c in enumerate(message.contracts, len(message.underlyings))})
        count = len(self.underlyings) + len(self.contracts)
        self._beyond = _BEYOND.copy()
        self._beyond[Column.INSTRUMENT] = count
        self.quotes = np.zeros((count, COLUMN_COUNT), np.int64)
        self.quotes[:, Column.INSTRUMENT] = np.arange(count)
        self.received_at = np.zeros(count)
        self.moved_at = np.zeros(count)
        self._tapes = Tapes(count)
        self.book_revision += 1
        self._bus.publish(DayChanged())

    def apply(self, message: MarketDataBatch) -> None:
        """Overwrite the rows of a batch; bad ones are counted and dropped, the rest go in."""
        if len(message.rows) == _ONE_ROW.size and self._apply_one(message.rows):
            return
        try:
            rows = unpack_rows(message.rows)
        except ValueError as error:
            self.dropped += 1
            logger.debug("market data dropped: %s", error)
            return
        numbers, phases = rows[:, Column.INSTRUMENT], rows[:, Column.PHASE]
        # As a number without a sign a negative one is beyond everything
        within = rows.view(np.uint64) < self._beyond
        if np.count_nonzero(within) < within.size or np.count_nonzero(_IS_PHASE[phases]) < len(rows):
            sound = within.all(axis=1) & _IS_PHASE[phases & 127]
            self.dropped += len(rows) - int(np.count_nonzero(sound))
            rows, numbers = rows[sound], numbers[sound]
        if not len(rows):
            return
        now = self._monotonic()
        moved = self.quotes[numbers, _TOUCH] != rows[:, _TOUCH]
        self.quotes[numbers] = rows
        self.received_at[numbers] = now
        if np.count_nonzero(moved):
            self.moved_at[numbers[moved[:, 0] | moved[:, 1]]] = now
        self.updates += len(rows)
        if np.count_nonzero(numbers >= len(self.underlyings)):
            self.book_revision += 1
        self._bus.publish(QuotesChanged(numbers))

    def _apply_one(self, body: bytes) -> bool:
        """The same for a single sound row, as a tick of an underlying is, in numbers; False for any other."""
        values = _ONE_ROW.unpack(body)
        number = values[_INSTRUMENT]
        if not number < len(self.quotes) or values[_PHASE] not in _PHASE_CODES:
            return False
        if not all(map(lt, values, _BEYOND_ONE)):
            return False
        now = self._monotonic()
        item = self.quotes.item
        if item(number, _BID) != values[_BID] or item(number, _ASK) != values[_ASK]:
            self.moved_at[number] = now
        self.quotes[number] = np.frombuffer(body, dtype="<i8")
        self.received_at[number] = now
        self.updates += 1
        if number >= len(self.underlyings):
            self.book_revision += 1
        changed = self._one_changed.get(number)
        if changed is None:
            changed = self._one_changed[number] = QuotesChanged(np.array([number]))
            changed.rows.flags.writeable = False
        self._bus.publish(changed)
        return True

    def on_trades(self, message: TradeBatch) -> None:
        """Append to the tapes; bad trades are counted and dropped."""
        trades = tuple([trade for trade in message.trades if self._is_sound(trade)])
        self.dropped += len(message.trades) - len(trades)
        for trade in trades:
            self._tapes.append(trade)
        self._bus.publish(TradesPrinted(trades))

    def on_phase(self, message: PhaseChanged) -> None:
        """Remember the market's phase; an instrument's own stands in its row."""
        if not message.code:
            self.phase, self.phase_message = message.phase, message
        elif message.phase is Phase.BREAKER and message.ends_at is not None and message.code in self.row_of:
            self.breaker_ends[message.code] = message.ends_at
        else:
            self.breaker_ends.pop(message.code, None)
        self._bus.publish(PhaseUpdated(message.code))

    # ---- what others ask

    def contract(self, code: str) -> Contract | None:
        """The contract of a code, None when not listed today."""
        return self._by_code.get(code)

    def known(self, code: str) -> Contract | None:
        """The contract of a code, of one that has left the list as it was listed last; None for one never seen."""
        return self._by_code.get(code) or self.known_contracts.get(code)

    def underlying(self, code: str) -> Underlying | None:
        """The underlying of a code."""
        row = self.row_of.get(code)
        return self.underlyings[row] if row is not None and row < len(self.underlyings) else None

    def phase_of(self, code: str) -> Phase:
        """The phase an instrument is in: its own when it has one, else the market's."""
        row = self.row_of.get(code)
        own = int(self.quotes[row, Column.PHASE]) if row is not None else 0
        return Phase(chr(own)) if own else self.phase

    def trading_phase_code(self, code: str, codes: PhaseCodes) -> str:
        """TradingPhaseCode of a contract in the letters of an era (rulebook 10.2); empty for what is no contract.

        Nothing of it travels but the phase: the rest stands in the contract list.
        """
        contract = self.contract(code)
        if contract is None:
            return ""
        return trading_phase_code(
            self.phase_of(code), codes, suspended=contract.suspended, opening_restricted=contract.opening_restricted
        )

    def inquired_at(self, code: str) -> datetime | None:
        """When a quote was last asked for today (最近询价时间), in Shanghai."""
        row = self.row_of.get(code)
        moment = int(self.quotes[row, Column.INQUIRY_US]) if row is not None else 0
        return datetime.fromtimestamp(moment / 1_000_000, SHANGHAI) if moment else None

    def bids(self, code: str) -> tuple[Level, ...]:
        """Live bid levels, best first."""
        return self._levels(code, Column.BID_PRICE, Column.BID_QUANTITY)

    def asks(self, code: str) -> tuple[Level, ...]:
        """Live ask levels, best first."""
        return self._levels(code, Column.ASK_PRICE, Column.ASK_QUANTITY)

    def last(self, code: str) -> Decimal | None:
        """Last traded price in yuan."""
        row = self.row_of.get(code)
        return price_decimal(self.quotes[row, Column.LAST]) if row is not None else None

    def open_interest(self, code: str) -> int:
        """Open contracts as last told (未平仓合约数); 0 where it was not."""
        row = self.row_of.get(code)
        return int(self.quotes[row, Column.OPEN_INTEREST]) if row is not None else 0

    def tape(self, code: str) -> tuple[TradePrint, ...]:
        """Newest trades of an instrument, oldest first."""
        row = self.row_of.get(code)
        return self._tapes.newest(row) if row is not None else ()

    def trades_after(self, rows: IntArray, moment_us: int) -> tuple[IntArray, IntArray, IntArray, IntArray, IntArray]:
        """Newest trades of many rows at once, as `Tapes.after` gives them."""
        return self._tapes.after(rows, moment_us)

    def prices(self, column: Column) -> NDArray[np.float64]:
        """A price column of all instruments in yuan, nan for no value."""
        units = self.quotes[:, column]
        return np.where(units > 0, units / PRICE_SCALE, np.nan)

    def _is_sound(self, trade: TradePrint) -> bool:
        return (
            0 <= trade.instrument < len(self.quotes)
            and 0 < trade.price <= _PRICE_CEILING
            and 0 < trade.quantity <= _QUANTITY_CEILING
            and trade.at.tzinfo is not None
        )

    def _levels(self, code: str, price: Column, quantity: Column) -> tuple[Level, ...]:
        row = self.row_of.get(code)
        if row is None:
            return ()
        values = self.quotes[row].tolist()
        return tuple([Level(values[price + n], values[quantity + n]) for n in range(DEPTH) if values[price + n] > 0])
