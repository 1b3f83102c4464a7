"""What the account owns (持仓与资金): the counter's picture, checked against the fills this desk has booked.

Positions on screen are the counter's. Every picture of the counter must equal the opening positions plus the fills up
to its sequence number; when it does not, an alarm names the contract and both figures (I1, I5).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from terminal.domain.account_rights import AccountProfile
from terminal.domain.accounts import Funds, Holding, Position, PositionSide
from terminal.domain.combinations import Combination
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import AccountReport, InstructionReport, LimitUse
from terminal.domain.orders import Fill, Instruction, PositionEffect
from terminal.domain.reasons import Reason
from terminal.domain.settlement import Delivery
from terminal.services.bus import Bus
from terminal.services.events import AccountChanged, AlarmKind, AlarmRaised

PositionKey = tuple[str, PositionSide]
_SIDE_OF = {
    Instruction.BUY_OPEN: PositionSide.LONG,
    Instruction.SELL_CLOSE: PositionSide.LONG,
    Instruction.SELL_OPEN: PositionSide.SHORT,
    Instruction.BUY_CLOSE: PositionSide.SHORT,
    Instruction.COVERED_OPEN: PositionSide.COVERED,
    Instruction.COVERED_CLOSE: PositionSide.COVERED,
}


def position_side(instruction: Instruction) -> PositionSide:
    """Which side of a contract an instruction opens or closes."""
    return _SIDE_OF[instruction]


class Portfolio:
    """Funds, positions and holdings of one account; `now` gives market time for alarms."""

    def __init__(self, bus: Bus, now: Callable[[], datetime]) -> None:
        self._bus = bus
        self._now = now
        self.funds: Funds | None = None
        self.positions: Mapping[PositionKey, Position] = {}
        self.holdings: Mapping[str, Holding] = {}
        self.profile = AccountProfile()
        self.combinations: tuple[Combination, ...] = ()
        self.deliveries: tuple[Delivery, ...] = ()
        self.limits_told: Mapping[tuple[Reason, str], LimitUse] = {}
        """By the refusal a limit would cause and its underlying, empty for all; as the counter told when last asked"""
        self.fills: list[Fill] = []
        self.breaks: set[PositionKey] = set()
        """Positions whose figure differs from the counter's"""
        self._unchecked: list[tuple[int, PositionKey, int]] = []
        """Sequence, position and signed quantity of fills and conversions newer than the counter's last picture"""
        self._booked: dict[PositionKey, int] = defaultdict(int)
        self._opening: dict[PositionKey, int] | None = None
        self._sequence = 0

    def start_day(self) -> None:
        """Forget the fills and the opening picture of an earlier day."""
        self.fills.clear()
        self._unchecked.clear()
        self._booked.clear()
        self._opening = None
        self._sequence = 0
        self.breaks = set()
        self.limits_told = {}

    def on_fill(self, fill: Fill, sequence: int) -> None:
        """Book an execution told by report `sequence`."""
        self.fills.append(fill)
        opens = fill.instruction.position_effect is PositionEffect.OPEN
        key = fill.contract_code, position_side(fill.instruction)
        self._unchecked.append((sequence, key, fill.quantity if opens else -fill.quantity))

    def on_instruction(self, report: InstructionReport) -> None:
        """Book what an instruction moved from one side of a contract to another (备兑转换); the others move nothing."""
        if report.reason is not None or report.kind not in (InstructionKind.TO_COVERED, InstructionKind.TO_NAKED):
            return
        moved = report.quantity if report.kind is InstructionKind.TO_COVERED else -report.quantity
        for side, change in ((PositionSide.SHORT, -moved), (PositionSide.COVERED, moved)):
            self._unchecked.append((report.sequence, (report.contract_code, side), change))

    def on_account(self, report: AccountReport) -> None:
        """Take the counter's picture and compare it with ours; an older picture than the last one is passed over."""
        if report.sequence < self._sequence:
            return
        self._sequence = report.sequence
        self.funds = report.funds
        positions = {(p.contract_code, p.side): p for p in report.positions}
        if positions != self.positions:
            # Most pictures change the funds alone: whoever counts positions by this object need not begin anew
            self.positions = positions
        self.holdings = {h.underlying: h for h in report.holdings}
        self.profile = report.profile
        self.combinations = report.combinations
        self.deliveries = report.deliveries
        self._reconcile(report)
        self._bus.publish(AccountChanged())

    @property
    def sequence(self) -> int:
        """The number of the newest report that the counter's picture has in it."""
        return self._sequence

    def take_limits(self, limits: Iterable[LimitUse]) -> None:
        """Keep what the counter told of the account's limits."""
        self.limits_told = {(use.limit, use.underlying): use for use in limits}
        self._bus.publish(AccountChanged())

    def position(self, contract_code: str, side: PositionSide) -> Position | None:
        """One side of one contract, None when flat."""
        return self.positions.get((contract_code, side))

    def net_quantity(self, contract_code: str) -> int:
        """Long minus short minus covered, contracts."""
        return sum(
            (p.quantity if side is PositionSide.LONG else -p.quantity)
            for side in PositionSide
            if (p := self.positions.get((contract_code, side))) is not None
        )

    def net_opening(self, contract_code: str) -> int:
        """Net contracts the day began with, as the counter's first picture less the fills in it tells."""
        opening = self._opening or {}
        return sum(
            (1 if side is PositionSide.LONG else -1) * opening.get((contract_code, side), 0) for side in PositionSide
        )

    def _reconcile(self, report: AccountReport) -> None:
        booked = self._booked
        for sequence, key, quantity in self._unchecked:
            if sequence <= report.sequence:
                booked[key] += quantity
        self._unchecked = [entry for entry in self._unchecked if entry[0] > report.sequence]
        theirs = {key: p.quantity for key, p in self.positions.items()}
        keys = theirs.keys() | booked.keys()
        if report.is_clearing:
            # The clearing house takes positions out of the books and no report tells of it: its word counts
            self._opening = {key: theirs.get(key, 0) - booked.get(key, 0) for key in keys}
        elif self._opening is None:
            # No day opens with less than nothing: a fill too many must not hide in the opening picture
            self._opening = {key: max(theirs.get(key, 0) - booked.get(key, 0), 0) for key in keys}
        opening = self._opening
        keys |= opening.keys()
        breaks = {key for key in keys if opening.get(key, 0) + booked.get(key, 0) != theirs.get(key, 0)}
        for key in sorted(breaks - self.breaks):
            ours = opening.get(key, 0) + booked.get(key, 0)
            figures = (key[0], key[1].value, str(ours), str(theirs.get(key, 0)))
            self._bus.publish(AlarmRaised(AlarmKind.RECONCILIATION, self._now(), figures))
        self.breaks = breaks
