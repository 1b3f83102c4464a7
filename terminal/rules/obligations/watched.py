"""A contract of a maker's day: its clock with what its quotes are measured by, and all of it as plain figures."""

import msgspec

from terminal.domain.errors import BadInput
from terminal.rules.obligations.clock import TOTAL_COUNT, ContractClock, Stretch, Windows
from terminal.rules.obligations.scope import QuotedContract
from terminal.rules.obligations.spread import cap_rows
from terminal.rules.obligations.terms import Terms
from terminal.rules.obligations.validity import CAUSE_BIT, CAUSES, ExemptCause, QuoteFault

_HALT, _RESTRICTION = CAUSE_BIT[ExemptCause.HALT], CAUSE_BIT[ExemptCause.OPEN_RESTRICTION]
_ALL_CAUSES = (1 << len(CAUSES)) - 1


class ClockPicture(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What a contract's clock has counted, with the quote that stands; as the fields of `WatchedContract` say."""

    last: int
    mask: int
    raw: int
    fault: QuoteFault | None
    quote_id: str
    spread: int
    size: int
    use: int
    grace_until: int
    totals: list[int]
    stretches: list[Stretch]
    by_hand: dict[int, tuple[int, int]]
    bid: int
    bid_quantity: int
    ask: int
    ask_quantity: int
    delta: int | None
    pulled: bool


class WatchedContract(ContractClock):
    """A contract's clock with what its quotes are measured by."""

    __slots__ = (
        "ask",
        "ask_quantity",
        "bid",
        "bid_quantity",
        "by_hand",
        "code",
        "contract",
        "delta",
        "least",
        "pulled",
        "raw",
        "rows",
        "tick",
    )

    def __init__(self, contract: QuotedContract, terms: Terms, near: bool, windows: Windows) -> None:
        super().__init__(windows)
        self.contract = contract
        self.code, self.tick = contract.code, contract.tick
        self.rows = cap_rows(terms, near=near)
        self.least = terms.least_quantity(near)
        self.raw = 0
        """Bits of all causes that hold, whether the terms know them or not"""
        self.by_hand: dict[int, tuple[int, int]] = {}
        """Begin and end of each exemption by hand, by its number, whether the terms know the cause or not"""
        self.bid = self.bid_quantity = self.ask = self.ask_quantity = 0
        self.delta: int | None = None
        self.pulled = False
        """Protection asked for the quote to be taken out"""

    @property
    def listed_causes(self) -> int:
        """Bits of the causes that the day's list tells."""
        return _HALT * self.contract.suspended | _RESTRICTION * self.contract.opening_restricted

    @property
    def is_lifted_all_day(self) -> bool:
        """Whether what the day's list says lifts the obligation, and still holds."""
        return bool(self.mask & self.listed_causes)

    def picture(self) -> ClockPicture:
        """What is counted so far; lists are the clock's own."""
        return ClockPicture(**{name: getattr(self, name) for name in ClockPicture.__struct_fields__})

    def go_on_from(self, picture: ClockPicture) -> None:
        """Take over what another clock of this contract had counted. Raises BadInput for what none can have."""
        if len(picture.totals) != TOTAL_COUNT or min(picture.totals) < 0:
            raise BadInput("totals", picture.totals, f"{TOTAL_COUNT} numbers, none below zero")
        if not 0 <= picture.mask <= picture.raw <= _ALL_CAUSES or picture.mask & ~picture.raw:
            raise BadInput("causes", picture.mask, f"among {picture.raw}, of {len(CAUSES)}")
        for name in ClockPicture.__struct_fields__:
            setattr(self, name, getattr(picture, name))
