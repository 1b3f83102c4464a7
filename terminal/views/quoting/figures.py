"""Everything of the grid that moves, as arrays over the contracts of one underlying: read at once, compared at once."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from terminal.domain.reasons import Reason
from terminal.services.quote_codes import CODE_OF
from terminal.strategies.entry import StrategyState
from terminal.strategies.quote_columns import Absence
from terminal.views.quoting.maker_desk import MakerDesk

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
#: A spread from this share of the allowed one on is near its limit
NEAR_ALLOWED = 0.9
#: Causes from here on are codes of the gate
GATE = 100


class GridState(IntEnum):
    """How a contract stands in the market."""

    STOPPED = 0
    FAULTED = 1
    SHADOW = 2
    OUT = 3
    """The quoter runs and nothing of it is out there"""
    ENTERING = 4
    BID_ONLY = 5
    ASK_ONLY = 6
    LIVE = 7
    LIVE_WIDE = 8
    """Both sides, the spread near what is allowed or beyond"""
    PROTECTED = 9


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """One moment of the grid, by place among the contracts shown."""

    theo: IntArray
    """Whole 0.0001 yuan, 0 for none"""
    volatility: IntArray
    """Hundredths of a point, 0 for none"""
    spread: IntArray
    """Ticks between our live sides, 0 for none"""
    allowed: IntArray
    """Ticks, 0 where nothing is known"""
    net: IntArray
    state: IntArray
    cause: IntArray
    """0 for none, an `Absence`, or GATE and a code of the gate"""
    fills: IntArray
    """Executions of the last minute"""
    edge: IntArray
    """Whole yuan"""

    def columns(self) -> tuple[IntArray, ...]:
        """All of them, in this order."""
        return (
            self.theo, self.volatility, self.spread, self.allowed, self.net, self.state, self.cause, self.fills,
            self.edge,
        )  # fmt: skip


class GridFigures:
    """Reads snapshots for some contract numbers, in their order."""

    def __init__(self, maker: MakerDesk) -> None:
        self._maker = maker
        self.numbers: IntArray = np.zeros(0, np.int64)
        self._place: IntArray = np.zeros(0, np.int64)
        self._underlying = ""

    def show(self, underlying: str, numbers: IntArray) -> None:
        """Read these contracts of an underlying from now on."""
        self._underlying, self.numbers = underlying, numbers

    def read(self) -> Snapshot:
        """The figures now."""
        maker, numbers = self._maker, self.numbers
        theoretical, board = maker.theoretical, maker.desk.quoting.board
        universe = theoretical.universe
        tick = universe.tick[numbers]
        price, volatility = theoretical.price[numbers], theoretical.volatility[numbers]
        bid, ask = board.bid[numbers], board.ask[numbers]
        bid_left, ask_left = board.bid_quantity[numbers], board.ask_quantity[numbers]
        both = (bid_left > 0) & (ask_left > 0)
        spread = np.where(both, (ask - bid) // tick, 0)
        centre = np.where(price > 0, price, 0.0)
        # Without a quote of our own the width at the theoretical price tells what there is room for
        allowed = maker.allowed(numbers, np.where(bid > 0, bid, centre.astype(np.int64))) // tick
        commitments = maker.desk.quoting.gate.commitments
        commitments.refresh()
        absence, codes, changed = self._reasons(numbers)
        sent = (board.sent_bid[numbers] > 0) | (board.sent_ask[numbers] > 0)
        state = self._states(bid_left > 0, ask_left > 0, sent, spread, allowed, codes)
        out = (state != GridState.LIVE) & (state != GridState.LIVE_WIDE)
        # A refusal counts too while an older quote still stands
        cause = np.where(out & (absence > 0), absence, np.where(codes > 0, codes, changed))
        results = maker.results
        return Snapshot(
            theo=_whole(price),
            volatility=_whole(volatility * 10_000.0),
            spread=spread,
            allowed=np.where(centre > 0, allowed, 0),
            net=commitments.net[numbers].astype(np.int64),
            state=state,
            cause=cause,
            fills=results.fills_a_minute()[numbers],
            edge=_whole(results.edge[numbers]),
        )

    def _reasons(self, numbers: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        """What the quoter's last pass, the gate and the obligation's control said; zeros while it does not run."""
        universe = self._maker.theoretical.universe
        absence, codes, changed = np.zeros((3, len(universe)), np.int64)
        control = self._maker.control(self._underlying) if self._underlying else None
        if control is not None and control.is_active:
            quoter = control.quoter
            # A quoter that has not passed since the day began still speaks of another list
            if len(quoter.numbers) == len(quoter.absence) and (quoter.numbers < len(universe)).all():
                absence[quoter.numbers] = quoter.absence
                codes[quoter.numbers] = np.where(quoter.refusals > 0, quoter.refusals + GATE, 0)
                raised = np.where(quoter.raised, Absence.RAISED, 0)
                changed[quoter.numbers] = np.where(quoter.narrowed, Absence.NARROWED, raised)
        return absence[numbers], codes[numbers], changed[numbers]

    def _states(
        self,
        bid: NDArray[np.bool_],
        ask: NDArray[np.bool_],
        sent: NDArray[np.bool_],
        spread: IntArray,
        allowed: IntArray,
        codes: IntArray,
    ) -> IntArray:
        engine_state = self._maker.control(self._underlying).entry.state if self._underlying else None
        rest = {
            StrategyState.RUNNING: GridState.OUT,
            StrategyState.SHADOW: GridState.SHADOW,
            StrategyState.FAULTED: GridState.FAULTED,
        }.get(engine_state or StrategyState.STOPPED, GridState.STOPPED)
        wide = (allowed > 0) & (spread >= NEAR_ALLOWED * allowed)
        protected = codes == GATE + CODE_OF[Reason.PROTECTION_TRIPPED]
        return np.select(
            [protected & ~(bid & ask), bid & ask & wide, bid & ask, bid, ask, sent],
            [
                GridState.PROTECTED,
                GridState.LIVE_WIDE,
                GridState.LIVE,
                GridState.BID_ONLY,
                GridState.ASK_ONLY,
                GridState.ENTERING,
            ],
            rest,
        ).astype(np.int64)


def is_absence(cause: int) -> bool:
    """Whether a cause is the quoter's own and not the gate's."""
    return 0 < cause < GATE and cause in list(Absence)


def _whole(values: FloatArray) -> IntArray:
    return np.rint(np.where(np.isfinite(values), values, 0.0)).astype(np.int64)
