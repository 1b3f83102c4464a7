"""What writers owe before and after they are assigned (指派): expected range, cash and shares needed, the hedge.

Asked by screens and reminders alike; nothing here is kept up to date.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right
from terminal.domain.phases import Phase
from terminal.rules.expiry.writers import (
    AssignmentRange,
    SharePool,
    WriterNeed,
    assigned_of,
    assignment_range,
    writer_needs,
    written_of,
)
from terminal.services.expiry_desk import ExpiryDesk

#: Chances of exercise above and below which all or none are taken to be exercised (D)
SURE, UNLIKELY = 0.97, 0.03
#: Chance that a contract ends in the money, 0 to 1; None where nothing is known
Chance = Callable[[Contract], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterRow:
    """One expiring written position, were all of it assigned."""

    contract: Contract
    side: PositionSide
    quantity: int
    percent: Decimal
    need: WriterNeed
    expected: AssignmentRange
    chance: float
    """Share of the open contracts that is expected to be exercised"""


@dataclass(frozen=True, slots=True)
class SharesComing:
    """What the deliveries to come change in shares of one underlying (交收净额)."""

    underlying: str
    incoming: int
    outgoing: int
    usable_on: date | None
    """The day from which incoming shares may be sold"""

    @property
    def net(self) -> int:
        """Shares more, or less, once all is delivered."""
        return self.incoming - self.outgoing


class AssignmentDesk:
    """Looks at one account; `chance` comes from the valuation."""

    def __init__(self, desk: ExpiryDesk, chance: Chance) -> None:
        self._desk = desk
        self._chance = chance

    # ---- writers before the day's end

    def writers(self, expiry: date, underlying: str = "") -> list[WriterRow]:
        """Short and covered positions that expire, the deepest in the money first, as if all were assigned.

        Margin of what expires is free again and counts as money for the delivery. What is out of the money is taken not
        to be assigned and needs nothing.
        """
        found = []
        for (code, side), position in self._desk.portfolio.positions.items():
            contract = self._desk.market.contract(code)
            if side is PositionSide.LONG or contract is None or contract.exercise_day != expiry:
                continue
            left = self._after_netting(code, side)
            if left > 0 and underlying in ("", contract.underlying):
                found.append((contract, side, left, position.margin, self._desk.percent(contract)))
        found.sort(key=lambda f: (-f[4], f[0].underlying, f[0].strike, f[0].code, f[1].value))
        written = [written_of(c, side, n if self.chance_of(c) > 0 else 0) for c, side, n, _, _ in found]
        funds = self._desk.portfolio.funds
        cash = funds.available if funds is not None else ZERO
        cash += sum((margin for _, _, _, margin, _ in found), ZERO)
        covering: dict[str, int] = {}
        for row in written:
            if row.side is PositionSide.COVERED:
                covering[row.underlying] = covering.get(row.underlying, 0) + row.shares
        pools = {}
        for code, holding in self._desk.portfolio.holdings.items():
            mine = min(covering.get(code, 0), holding.locked)
            pools[code] = SharePool(mine, holding.locked - mine, max(holding.free, 0))
        needs = writer_needs(
            written, pools=pools, cash=cash, prices=self._desk.prices(), rules=self._desk.profile.delivery
        )
        return [
            WriterRow(
                contract=contract,
                side=side,
                quantity=quantity,
                percent=percent,
                need=need,
                expected=self.expected(contract, quantity),
                chance=self.chance_of(contract),
            )
            for (contract, side, quantity, _, percent), need in zip(found, needs, strict=True)
        ]

    def _after_netting(self, code: str, side: PositionSide) -> int:
        """What of a written position stays when the day's end nets it with longs: the short ones go first."""
        long, short = (self._desk.portfolio.position(code, s) for s in (PositionSide.LONG, PositionSide.SHORT))
        netted = long.quantity - long.combined_quantity if long is not None else 0
        position = self._desk.portfolio.position(code, side)
        if position is None:
            return 0
        if side is PositionSide.COVERED and short is not None:
            netted = max(netted - (short.quantity - short.combined_quantity), 0)
        return position.quantity - min(netted, position.quantity - position.combined_quantity)

    def chance_of(self, contract: Contract) -> float:
        """Share of the open contracts that is expected to be exercised, 0 to 1.

        While the contract trades, the chance that it ends in the money; once trading is over everything in the money is
        exercised, as there is no price left to hope for.
        """
        inside = self._desk.percent(contract) > 0
        over = self._desk.today == contract.exercise_day and self._desk.market.phase in (
            Phase.AFTER_CLOSE,
            Phase.CLOSED,
        )
        chance = None if over else self._chance(contract)
        if chance is None or not math.isfinite(chance):
            return 1.0 if inside else 0.0
        return 1.0 if chance >= SURE else 0.0 if chance <= UNLIKELY else chance

    def expected(self, contract: Contract, quantity: int) -> AssignmentRange:
        """How many of a written position may be assigned, by the pro-rata rule."""
        market = self._desk.market
        total = max(market.open_interest(contract.code) or contract.open_interest, quantity)
        chance = self.chance_of(contract)
        return assignment_range(
            quantity,
            total,
            exercised_least=total if chance >= 1 else 0,
            exercised_expected=round(total * chance),
            exercised_most=0 if chance <= 0 else total,
        )

    # ---- after the day's end

    def assigned(self) -> list[WriterNeed]:
        """What was assigned and is to be delivered, against what is there for it (指派)."""
        rows = sorted(
            (d for d in self._desk.portfolio.deliveries if d.side is not PositionSide.LONG),
            key=lambda d: (d.delivery_day, d.underlying, d.contract_code, d.side.value),
        )
        pools = {
            code: SharePool(holding.exercising, holding.locked, max(holding.free, 0))
            for code, holding in self._desk.portfolio.holdings.items()
        }
        funds = self._desk.portfolio.funds
        # What the counter holds for deliveries is there for them
        cash = funds.available + funds.frozen_delivery if funds is not None else ZERO
        return writer_needs(
            [assigned_of(d) for d in rows],
            pools=pools,
            cash=cash,
            prices=self._desk.prices(),
            rules=self._desk.profile.delivery,
        )

    def shares_coming(self) -> list[SharesComing]:
        """Shares that the deliveries to come bring and take, by underlying: what is to be hedged meanwhile."""
        found: dict[str, SharesComing] = {}
        for delivery in self._desk.portfolio.deliveries:
            known = found.get(delivery.underlying, SharesComing(delivery.underlying, 0, 0, None))
            usable = self._desk.shifted(delivery.delivery_day, 1)
            comes = delivery.receives_shares
            found[delivery.underlying] = SharesComing(
                delivery.underlying,
                known.incoming + (delivery.shares if comes else 0),
                known.outgoing + (0 if comes else delivery.shares),
                usable if comes else known.usable_on,
            )
        return [found[code] for code in sorted(found)]

    def cut_off(self, delivery_day: date) -> datetime:
        """Until when a writer must have shares or money on the delivery day."""
        return datetime.combine(delivery_day, self._desk.profile.delivery.cut_off, SHANGHAI)

    def hedge(self, coming: SharesComing) -> tuple[Contract, int] | None:
        """An option to hold the value of shares that come, or of those that are to be bought, until they are usable.

        Puts of the next expiry nearest the money for shares that come, calls for shares that are missing; one contract
        for each whole unit. None where nothing fits.
        """
        right = Right.PUT if coming.net > 0 else Right.CALL
        price = self._desk.price(coming.underlying)
        later = [
            c
            for c in self._desk.market.contracts
            if c.underlying == coming.underlying
            and c.right is right
            and c.exercise_day > self._desk.today
            and not c.is_adjusted
        ]
        if not later or price is None or coming.net == 0:
            return None
        first = min(c.exercise_day for c in later)
        nearest = min((c for c in later if c.exercise_day == first), key=lambda c: (abs(c.strike - price), c.code))
        quantity = abs(coming.net) // nearest.multiplier
        return (nearest, quantity) if quantity else None
