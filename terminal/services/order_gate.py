"""What the gate says of one order, by its figures: size, price against its collars, own orders, what it may lead to."""

from decimal import Decimal

import numpy as np

from terminal.domain.contracts import Contract
from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import OrderRequest, PositionEffect, Side
from terminal.domain.reasons import Denial, Reason
from terminal.rules.protection.limit_sheet import LimitSheet, bound
from terminal.rules.protection.order_checks import (
    outside_collar,
    over_greek,
    over_notional,
    over_position,
    over_size,
)
from terminal.services.commitments import GREEK_LIMITS, Commitments, IntArray
from terminal.services.quote_board import NO_ASK
from terminal.services.quote_gate import yuan
from terminal.services.theoretical import Theoretical
from terminal.services.universe import Universe


class OrderGate:
    """Checks of an order over the desk's arrays."""

    def __init__(self, theoretical: Theoretical, commitments: Commitments) -> None:
        self._theoretical = theoretical
        self._commitments = commitments

    def denial(self, contract: Contract, request: OrderRequest, sheet: LimitSheet, *, by_hand: bool) -> Denial | None:
        """The first rule that an order of a listed contract breaks; None when it may leave."""
        stale = None if by_hand else self._input_denial(contract, sheet)
        if stale is not None:
            return stale
        universe = self._commitments.refresh()
        number = universe.number_of[contract.code]
        at = np.array([number])
        is_buy = request.instruction.side is Side.BUY
        # A market order may trade anywhere within the limits, so it is judged at the worst of them
        bad = contract.limit_up if is_buy else contract.limit_down
        price = np.array([int((request.price if request.price is not None else bad) * PRICE_SCALE)])
        worst = np.array([int((request.price if request.price is not None else contract.limit_up) * PRICE_SCALE)])
        quantity = np.array([request.quantity])
        if over_size(quantity, sheet)[0]:
            return Denial(Reason.ORDER_SIZE, "quantity", str(request.quantity), f"{bound(sheet.order_quantity):g}")
        if over_notional(worst, quantity, universe.multiplier[at], sheet)[0]:
            money = float(worst[0]) * request.quantity * contract.multiplier / PRICE_SCALE
            return Denial(Reason.NOTIONAL, "quantity", f"{money:,.2f}", f"{bound(sheet.order_notional):,.2f}")
        denial = self._collar(at, request, price, sheet, universe, by_hand=by_hand)
        if denial is not None:
            return denial
        denial = self._meets_own(number, request, is_buy)
        if denial is not None or request.instruction.position_effect is PositionEffect.CLOSE:
            # What closes is never refused for the size of what is held: it is the way out
            return denial
        return self._exposure(number, request.quantity, is_buy, sheet, contract)

    def _input_denial(self, contract: Contract, sheet: LimitSheet) -> Denial | None:
        """A programme acts on fresh input only; a person sees how old it is, and may need the way out."""
        age = self._theoretical.age(contract.underlying)
        if not age <= bound(sheet.input_age_seconds):
            return Denial(Reason.STALE_INPUT, "underlying", f"{age:.1f} s", f"{bound(sheet.input_age_seconds):g} s")
        if self._theoretical.is_crossed(contract.underlying):
            return Denial(Reason.CROSSED_INPUT, "underlying", contract.underlying)
        return None

    def _collar(
        self,
        at: IntArray,
        request: OrderRequest,
        price: IntArray,
        sheet: LimitSheet,
        universe: Universe,
        *,
        by_hand: bool,
    ) -> Denial | None:
        if request.price is None:
            return None
        usable = bool(self._theoretical.usable[at][0])
        if not usable and not by_hand:
            return Denial(Reason.NO_REFERENCE_PRICE, "contract", request.contract_code)
        theoretical, tick = self._theoretical.price[at], universe.tick[at]
        is_buy = request.instruction.side is Side.BUY
        if (
            usable
            and outside_collar(
                is_buy, price, theoretical, tick, sheet.collar_theoretical_ticks, sheet.collar_theoretical_fraction
            )[0]
        ):
            given = f"{theoretical[0] / PRICE_SCALE:.4f}"
            return Denial(Reason.COLLAR_THEORETICAL, "price", f"{request.price:f}", given)
        last = self._commitments.last(at)
        if not usable and not last[0] > 0:
            return Denial(Reason.NO_REFERENCE_PRICE, "contract", request.contract_code)
        if outside_collar(is_buy, price, last, tick, sheet.collar_last_ticks, sheet.collar_last_fraction)[0]:
            return Denial(Reason.COLLAR_LAST, "price", f"{request.price:f}", f"{last[0] / PRICE_SCALE:.4f}")
        return None

    def _meets_own(self, number: int, request: OrderRequest, is_buy: bool) -> Denial | None:
        board = self._commitments.board()
        if is_buy:
            own = min(int(self._commitments.own_ask[number]), int(board.worst_ask[number]))
            meets = own < NO_ASK and (request.price is None or request.price * PRICE_SCALE >= own)
        else:
            own = max(int(self._commitments.own_bid[number]), int(board.worst_bid[number]))
            meets = own > 0 and (request.price is None or request.price * PRICE_SCALE <= own)
        if not meets:
            return None
        return Denial(Reason.OWN_ORDER, "price", _words(request.price), yuan(own))

    def _exposure(
        self, number: int, quantity: int, is_buy: bool, sheet: LimitSheet, contract: Contract
    ) -> Denial | None:
        board = self._commitments.board()
        buys = float(self._commitments.buys[number] + board.worst_bid_quantity[number]) + (quantity if is_buy else 0)
        sells = float(self._commitments.sells[number] + board.worst_ask_quantity[number]) + (0 if is_buy else quantity)
        net = self._commitments.net[[number]]
        only = np.array([buys if is_buy else 0.0]), np.array([0.0 if is_buy else sells])
        if over_position(net, *only, sheet)[0]:
            reached = net[0] + buys if is_buy else net[0] - sells
            allowed = f"{bound(sheet.contract_position):g}"
            return Denial(Reason.CONTRACT_POSITION, "quantity", f"{reached:+g}", allowed)
        numbers = self._theoretical.numbers(contract.underlying)
        figures = (self._theoretical.delta, self._theoretical.gamma, self._theoretical.vega)
        for reason, greek, limit in zip(GREEK_LIMITS, figures, (sheet.delta, sheet.gamma, sheet.vega), strict=True):
            if np.isinf(bound(limit)):
                continue
            moved = float(greek[number]) * (quantity if is_buy else -quantity)
            up, down = np.array([np.maximum(moved, 0.0)]), np.array([np.maximum(-moved, 0.0)])
            exposure = self._commitments.sum(numbers, contract.underlying, reason)
            if over_greek(up, down, exposure, limit)[0]:
                reached = exposure.highest + up[0] if moved > 0 else exposure.lowest - down[0]
                return Denial(reason, "quantity", f"{reached:,.0f}", f"{bound(limit):,.0f}")
        return None


def _words(price: Decimal | None) -> str:
    return "market" if price is None else f"{price:f}"
