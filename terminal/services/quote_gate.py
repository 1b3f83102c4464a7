"""What the gate says of a mass quote: one code for each contract, all of them in some array operations."""

import math
from collections.abc import Callable
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import Side
from terminal.domain.reasons import Denial, Reason
from terminal.rules.protection.limit_sheet import LimitSheet, bound
from terminal.rules.protection.order_checks import (
    QuoteBatch,
    outside_collar,
    over_greek,
    over_notional,
    over_position,
    over_size,
)
from terminal.rules.protection.stops import CLEAR, Stops
from terminal.services.commitments import GREEK_LIMITS, Commitments
from terminal.services.market_data import MarketData
from terminal.services.quote_batches import effects_of
from terminal.services.quote_codes import CODE_OF, QUOTE_REASONS
from terminal.services.quote_outcome import Codes
from terminal.services.theoretical import Theoretical
from terminal.services.universe import Universe
from terminal.services.vanguard import PriceTerms, Reasons, Vanguard, prices_pass

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
_Refuse = Callable[[Reason, BoolArray], None]
_HIGHEST = 1 << 40


class QuoteGate:
    """Checks of quotes over the desk's arrays."""

    def __init__(self, market: MarketData, theoretical: Theoretical, commitments: Commitments) -> None:
        self._market = market
        self._theoretical = theoretical
        self._commitments = commitments
        self.stops: Stops = CLEAR
        self._blocked: Codes = np.zeros(0, np.int8)
        self._any_blocked = False
        self._blocked_revision = 0

    @property
    def blocked(self) -> Codes:
        """By contract: the code why no quote of it may leave, 0 for none; empty while nobody has said any."""
        return self._blocked

    @blocked.setter
    def blocked(self, codes: Codes) -> None:
        self._blocked, self._any_blocked = codes, bool(codes.any())
        self._blocked_revision += 1

    def codes(self, batch: QuoteBatch, sheet: LimitSheet, *, by_hand: bool) -> Codes:
        """A code for each entry, 0 where it may leave. Limits on sums are used up in the order of the entries."""
        universe = self._commitments.refresh()
        index = batch.index
        # As a number without a sign a negative one is beyond every list
        if not np.count_nonzero(index.view(np.uint64) >= len(universe)):
            return self._known_codes(batch, sheet, universe, by_hand=by_hand)
        codes = np.full(len(batch), CODE_OF[Reason.UNKNOWN_CONTRACT], np.int8)
        known = np.flatnonzero((index >= 0) & (index < len(universe)))
        codes[known] = self._known_codes(batch.take(known), sheet, universe, by_hand=by_hand)
        return codes

    def vanguard(self, batch: QuoteBatch, sheet: LimitSheet) -> Vanguard | None:
        """Let a programme's quotes of one underlying pass as they stand, all with two sides; None when any may not."""
        universe = self._commitments.refresh()
        if not len(batch) or self.codes(batch, sheet, by_hand=False).any() or (batch.quantities < 1).any():
            return None
        index, commitments, board = batch.index, self._commitments, self._commitments.board()
        underlying = universe.contracts[int(index[0])].underlying
        options = self._theoretical.options(underlying, index)
        if not options or len(np.unique(universe.underlying[index])) > 1 or self._exceeds_worst(batch):
            return None
        columns = (
            universe.least_bid[index],
            universe.limit_up[index],
            universe.tick[index],
            universe.multiplier[index],
            commitments.last(index),
            commitments.own_bid[index],
            commitments.own_ask[index],
        )
        return Vanguard(
            underlying=underlying,
            batch=batch,
            sizes=tuple(zip(*batch.quantities.tolist(), strict=True)),
            numbers=tuple(index.tolist()),
            effects=tuple(effects_of(batch)),
            terms=tuple(PriceTerms.of(sheet, *terms) for terms in zip(*(c.tolist() for c in columns), strict=True)),
            reasons=Reasons(
                sheet, self.stops, board, commitments.revision, self._theoretical.revision, self._blocked_revision
            ),
            revisions=(self._market.book_revision, board.revision),
            rows=self._market.quotes[index + universe.first],
            own=self._own(index),
            options=options,
        )

    def holds(self, vanguard: Vanguard, sheet: LimitSheet) -> bool:
        """Whether all stands that quotes were let pass on, their prices aside; in doubt no."""
        self._commitments.refresh()
        reasons, board = vanguard.reasons, self._commitments.board()
        if (
            reasons.sheet is not sheet
            or reasons.stops is not self.stops
            or reasons.board is not board
            or reasons.positions != self._commitments.revision
            or reasons.volatilities != self._theoretical.revision
            or reasons.blocked != self._blocked_revision
        ):
            return False
        index = vanguard.batch.index
        revisions = self._market.book_revision, board.revision
        if vanguard.revisions == revisions:
            return True
        if self._exceeds_worst(vanguard.batch):
            return False
        rows = self._market.quotes[index + self._theoretical.universe.first]
        if not (np.array_equal(rows, vanguard.rows) and np.array_equal(self._own(index), vanguard.own)):
            return False
        vanguard.revisions = revisions
        return True

    def passes(
        self, vanguard: Vanguard, spot: float, places: list[int], bids: list[int], asks: list[int], sheet: LimitSheet
    ) -> bool:
        """Whether quotes of a vanguard may leave at other prices while the underlying is at `spot`; all or none."""
        if not self.holds(vanguard, sheet):
            return False
        theoretical, underlying = self._theoretical, vanguard.underlying
        if not theoretical.is_sound(underlying, bound(sheet.input_age_seconds)):
            return False
        if theoretical.moved_to(underlying) != spot:
            return False
        values, terms, sizes = vanguard.values(spot), vanguard.terms, vanguard.sizes
        for place, bid, ask in zip(places, bids, asks, strict=True):
            if not prices_pass(terms[place], sizes[place], bid, ask, values[place][0]):
                return False
        return True

    def denial(self, batch: QuoteBatch, place: int, code: int, sheet: LimitSheet) -> Denial:
        """What a code says of an entry, with its figures."""
        reason = QUOTE_REASONS[code - 1]
        number = int(batch.index[place])
        universe = self._theoretical.universe
        named = universe.contracts[number].code if 0 <= number < len(universe) else str(number)
        given = f"{yuan(batch.bid[place])}/{yuan(batch.ask[place])}"
        if reason is Reason.ORDER_SIZE:
            most = max(int(batch.bid_quantity[place]), int(batch.ask_quantity[place]))
            return Denial(reason, "quantity", str(most), f"{bound(sheet.order_quantity):g}")
        if reason is Reason.NOTIONAL:
            premium = max(batch.bid[place] * batch.bid_quantity[place], batch.ask[place] * batch.ask_quantity[place])
            money = float(premium) * float(universe.multiplier[number]) / PRICE_SCALE
            return Denial(reason, "quantity", f"{money:,.2f}", f"{bound(sheet.order_notional):,.2f}")
        if reason is Reason.COLLAR_THEORETICAL:
            return Denial(reason, "price", given, f"{self._theoretical.price[number] / PRICE_SCALE:.4f}")
        if reason in (Reason.COLLAR_LAST, Reason.QUOTE_CROSSED, Reason.PRICE_TICK, Reason.PRICE_LIMIT):
            return Denial(reason, "price", given)
        if reason is Reason.CONTRACT_POSITION:
            return Denial(
                reason, "quantity", f"{self._commitments.net[number]:+g}", f"{bound(sheet.contract_position):g}"
            )
        if reason in GREEK_LIMITS:
            limit = (sheet.delta, sheet.gamma, sheet.vega)[GREEK_LIMITS.index(reason)]
            return Denial(reason, "contract", named, f"{bound(limit):,.0f}")
        return Denial(reason, "contract", named)

    def _exceeds_worst(self, batch: QuoteBatch) -> bool:
        """Whether quantities are more than may stand there: more than the sums of the gate have counted."""
        worst = self._commitments.board().worst_quantities
        return bool(np.count_nonzero(batch.quantities > worst.take(batch.index, axis=1)))

    def _own(self, index: IntArray) -> IntArray:
        board = self._commitments.board()
        return np.concatenate((board.prices[:, index], board.quantities[:, index]))

    def _all_pass(self, batch: QuoteBatch, sheet: LimitSheet, universe: Universe, *, by_hand: bool) -> bool:
        """Whether nothing at all speaks against any entry, found with as few looks as can be; in doubt no.

        The usual case of a refresh: two sides each, sizes as before. Whatever is not plainly so takes the long way.
        """
        index, quantities = batch.index, batch.quantities
        if not len(index) or by_hand or not self.stops.is_clear:
            return False
        bid, ask = batch.prices
        commitments, theoretical = self._commitments, self._theoretical
        owner = universe.underlying[index]
        code = self._market.underlyings[int(owner[0])].code
        if not theoretical.is_sound(code, bound(sheet.input_age_seconds)):
            return False
        # Wrong where any is True; one look at the end costs less than one at each
        wrong = quantities > commitments.board().worst_quantities.take(index, axis=1)
        wrong |= quantities < 1
        most = bound(sheet.order_quantity)
        if most < _HIGHEST:
            wrong |= quantities > most
        odd = wrong[0]
        odd |= wrong[1]
        odd |= owner != owner[0]
        odd |= bid >= ask
        odd |= bid < universe.least_bid[index]
        odd |= ask > universe.limit_up[index]
        odd |= ~theoretical.usable[index]
        if commitments.any_orders:
            odd |= (bid >= commitments.own_ask[index]) | (ask <= commitments.own_bid[index])
        if self._any_blocked and len(self._blocked) == len(universe):
            odd |= self._blocked[index] > 0
        if not universe.ticks_are_one:
            tick = universe.tick[index]
            odd |= ((bid % tick) + (ask % tick)) > 0
        if not math.isinf(sheet.order_notional):
            odd |= over_notional(ask, np.maximum(*quantities), universe.multiplier[index], sheet)
        if not (math.isinf(sheet.collar_theoretical_ticks) or math.isinf(sheet.collar_theoretical_fraction)):
            price = theoretical.price[index]
            odd |= self._outside(batch, price, universe.tick[index], sheet, of_last=False)
        if not (math.isinf(sheet.collar_last_ticks) or math.isinf(sheet.collar_last_fraction)):
            odd |= self._outside(batch, commitments.last(index), universe.tick[index], sheet, of_last=True)
        if not math.isinf(sheet.contract_position):
            buys, sells = commitments.buys[index] + quantities[0], commitments.sells[index] + quantities[1]
            odd |= over_position(commitments.net[index], buys, sells, sheet)
        return not np.count_nonzero(odd)

    def _known_codes(self, batch: QuoteBatch, sheet: LimitSheet, universe: Universe, *, by_hand: bool) -> Codes:
        if self._all_pass(batch, sheet, universe, by_hand=by_hand):
            return np.zeros(len(batch), np.int8)
        return self._long_way(batch, sheet, universe, by_hand=by_hand)

    def _long_way(self, batch: QuoteBatch, sheet: LimitSheet, universe: Universe, *, by_hand: bool) -> Codes:
        index, theoretical, commitments = batch.index, self._theoretical, self._commitments
        codes = self._blocked[index] if len(self._blocked) == len(universe) else np.zeros(len(batch), np.int8)
        if by_hand:
            # A pause holds programmes: what a person sends meanwhile, an answer to an inquiry say, is meant
            codes[codes == CODE_OF[Reason.QUOTES_PAUSED]] = 0
        tick, multiplier = universe.tick[index], universe.multiplier[index]
        bid, ask = batch.bid, batch.ask
        bid_quantity, ask_quantity = batch.bid_quantity, batch.ask_quantity
        has_bid, has_ask = bid_quantity > 0, ask_quantity > 0

        def refuse(reason: Reason, where: BoolArray) -> None:
            if where.any():
                codes[where & (codes == 0)] = CODE_OF[reason]

        prices, quantities = batch.prices, batch.quantities
        malformed = (prices < 0) | (prices > _HIGHEST) | (quantities < 0) | ((prices == 0) & (quantities > 0))
        refuse(Reason.MALFORMED, _either(malformed) | ~(has_bid | has_ask))
        refuse(Reason.QUOTE_CROSSED, has_bid & has_ask & (bid >= ask))
        refuse(Reason.PRICE_TICK, ((bid % tick) + (ask % tick)) > 0)
        outside = (prices > universe.limit_up[index]) | (prices < universe.limit_down[index])
        refuse(Reason.PRICE_LIMIT, _either(outside & (quantities > 0)))
        refuse(Reason.ORDER_SIZE, _either(over_size(quantities, sheet)))
        refuse(Reason.NOTIONAL, _either(over_notional(prices, quantities, multiplier, sheet)))
        price = theoretical.price[index]
        usable = theoretical.usable[index]
        last = commitments.last(index)
        refuse(Reason.NO_REFERENCE_PRICE, ~(usable | (last > 0)) if by_hand else ~usable)
        refuse(Reason.COLLAR_THEORETICAL, self._outside(batch, price, tick, sheet, of_last=False) & usable)
        refuse(Reason.COLLAR_LAST, self._outside(batch, last, tick, sheet, of_last=True) & (last > 0))
        meets = (has_bid & (bid >= commitments.own_ask[index])) | (has_ask & (ask <= commitments.own_bid[index]))
        refuse(Reason.OWN_ORDER, meets)
        if not by_hand:
            self._refuse_inputs(index, sheet, universe, refuse)
        self._refuse_stopped(batch, universe, refuse)
        # What stands there is replaced. Should it trade in full on the way, the position passes the limit by that much
        # and no more: the next quote is refused
        buys, sells = commitments.buys[index] + bid_quantity, commitments.sells[index] + ask_quantity
        net = commitments.net[index]
        opening_bid, opening_ask = (quantities > 0) & ~batch.closes
        refuse(Reason.CONTRACT_POSITION, over_position(net, buys * opening_bid, sells * opening_ask, sheet))
        self._refuse_greeks(batch, sheet, universe, codes)
        return codes

    @staticmethod
    def _outside(
        batch: QuoteBatch, reference: FloatArray, tick: IntArray, sheet: LimitSheet, *, of_last: bool
    ) -> BoolArray:
        if of_last:
            ticks, fraction = sheet.collar_last_ticks, sheet.collar_last_fraction
        else:
            ticks, fraction = sheet.collar_theoretical_ticks, sheet.collar_theoretical_fraction
        if math.isinf(ticks) or math.isinf(fraction):
            return np.zeros(len(batch), np.bool_)
        bid = outside_collar(True, batch.bid, reference, tick, ticks, fraction)
        ask = outside_collar(False, batch.ask, reference, tick, ticks, fraction)
        return np.asarray((bid & (batch.bid_quantity > 0)) | (ask & (batch.ask_quantity > 0)))

    def _refuse_inputs(
        self,
        index: IntArray,
        sheet: LimitSheet,
        universe: Universe,
        refuse: _Refuse,
    ) -> None:
        """A programme acts on fresh input only; a person sees how old it is."""
        if not len(index):
            return
        owner = universe.underlying[index]
        for row in np.unique(owner).tolist() if (owner != owner[0]).any() else [int(owner[0])]:
            code = self._market.underlyings[row].code
            if not self._theoretical.age(code) <= bound(sheet.input_age_seconds):
                refuse(Reason.STALE_INPUT, owner == row)
            if self._theoretical.is_crossed(code):
                refuse(Reason.CROSSED_INPUT, owner == row)

    def _refuse_stopped(self, batch: QuoteBatch, universe: Universe, refuse: _Refuse) -> None:
        stops = self.stops
        if stops.is_clear:
            return
        opens = _either((batch.quantities > 0) & ~batch.closes)
        if stops.reduce_only:
            refuse(Reason.REDUCE_ONLY, opens)
        if Side.BUY in stops.sides:
            refuse(Reason.SIDE_STOPPED, batch.bid_quantity > 0)
        if Side.SELL in stops.sides:
            refuse(Reason.SIDE_STOPPED, batch.ask_quantity > 0)
        for underlying, expiry in stops.expiries:
            row = self._market.row_of.get(underlying)
            if row is not None and expiry in universe.expiries:
                same = universe.expiry[batch.index] == universe.expiries.index(expiry)
                refuse(Reason.EXPIRY_STOPPED, opens & same & (universe.underlying[batch.index] == row))

    def _refuse_greeks(self, batch: QuoteBatch, sheet: LimitSheet, universe: Universe, codes: Codes) -> None:
        limits = (sheet.delta, sheet.gamma, sheet.vega)
        if not len(batch) or all(math.isinf(bound(limit)) for limit in limits):
            return
        index, commitments = batch.index, self._commitments
        board = commitments.board()
        more_buys, more_sells = np.maximum(batch.quantities - board.worst_quantities[:, index], 0) * ~batch.closes
        owner = universe.underlying[index]
        rows = np.unique(owner).tolist() if (owner != owner[0]).any() else [int(owner[0])]
        figures = (self._theoretical.delta, self._theoretical.gamma, self._theoretical.vega)
        for reason, greek, limit in zip(GREEK_LIMITS, figures, limits, strict=True):
            if math.isinf(bound(limit)):
                continue
            each = greek[index]
            buys, sells = more_buys * each, more_sells * each
            # 0 x nan: what adds nothing is never refused
            up = np.where(more_buys + more_sells > 0, np.maximum(buys, 0) + np.maximum(-sells, 0), 0.0)
            down = np.where(more_buys + more_sells > 0, np.maximum(-buys, 0) + np.maximum(sells, 0), 0.0)
            for row in rows:
                mine = np.flatnonzero((owner == row) & (codes == 0))
                code = self._market.underlyings[row].code
                exposure = commitments.sum(universe.of_underlying(row), code, reason)
                refused = over_greek(up[mine], down[mine], exposure, limit)
                if refused.any():
                    codes[mine[refused]] = CODE_OF[reason]


def _either(sides: BoolArray) -> BoolArray:
    """Where the bid or the ask."""
    return np.asarray(sides[0] | sides[1])


def yuan(units: int) -> str:
    """A price in whole 0.0001 yuan as text."""
    return f"{Decimal(int(units)).scaleb(-4):f}"
