"""What the desk thinks of a basket now: every leg by the ticket's own judge, and what only all of them together tell.

The verdict of a leg is that of an order; nothing here allows what the order service would refuse.
"""

from collections.abc import Sequence
from decimal import Decimal
from math import isfinite

from terminal.domain.accounts import ZERO
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.contracts import Contract
from terminal.domain.errors import BadInput
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import Instruction, OrderRequest, OrderType
from terminal.pricing.quality import Quality
from terminal.rules.combinations import ContractLeg
from terminal.services.basket import Basket, BasketLeg, LegOrder, Pace, PriceBasis
from terminal.services.basket_figures import (
    CostedLeg,
    Greeks,
    LegMarket,
    Nets,
    PricedLeg,
    common_unit,
    greeks_of,
    nets_of,
    payoff_of,
    price_sent,
)
from terminal.services.basket_margin import KnownPair, OpenedLeg, pairs_of
from terminal.services.basket_plan import (
    BasketFault,
    BasketPlan,
    BasketVerdict,
    Fault,
    LegVerdict,
    PlannedLeg,
    read_net,
)
from terminal.services.instruction_checks import InstructionChecks
from terminal.services.market_data import MarketData, price_decimal
from terminal.services.order_draft import DraftJudge, OrderDraft, Verdict, read_price
from terminal.services.portfolio import Portfolio
from terminal.services.valuation import Figure, Valuation

_MICRO = Decimal("0.000001")
#: What goes before what: it frees, it hedges, it takes in, it opens a short position
_RANK = {
    Instruction.BUY_CLOSE: 0,
    Instruction.COVERED_CLOSE: 0,
    Instruction.BUY_OPEN: 1,
    Instruction.SELL_CLOSE: 2,
    Instruction.COVERED_OPEN: 3,
    Instruction.SELL_OPEN: 4,
}


class BasketJudge:
    """Looks at baskets with everything the desk knows now."""

    def __init__(
        self,
        judge: DraftJudge,
        market: MarketData,
        portfolio: Portfolio,
        valuation: Valuation,
        checks: InstructionChecks,
    ) -> None:
        self._judge = judge
        self._market = market
        self._portfolio = portfolio
        self._valuation = valuation
        self._checks = checks
        self._terms = checks.terms
        self._paired: tuple[tuple[object, ...], tuple[KnownPair, ...]] = ((), ())
        """What `pairs` was asked last and what it said"""
        self._paired_of: tuple[Contract, ...] = ()
        """The list it looked at"""

    def market_of(self, code: str) -> LegMarket | None:
        """What the market says of a contract now; None for one that is not listed."""
        contract, row = self._market.contract(code), self._market.row_of.get(code)
        if contract is None or row is None:
            return None
        bids, asks = self._market.bids(code), self._market.asks(code)
        valuation = self._valuation
        valuation.refresh(contract.underlying)
        greeks, theoretical = Greeks(), None
        if row < len(valuation.greek_marks) and valuation.greek_marks[row] <= Quality.INTERPOLATED:
            greeks = Greeks(*(self._figure(f, row) for f in (Figure.DELTA, Figure.GAMMA, Figure.VEGA, Figure.THETA)))
            worth = self._figure(Figure.THEORETICAL, row)
            theoretical = Decimal(worth).quantize(_MICRO) if worth is not None and worth > 0 else None
        return LegMarket(
            contract=contract,
            bid=price_decimal(bids[0].price) if bids else None,
            ask=price_decimal(asks[0].price) if asks else None,
            bid_quantity=bids[0].quantity if bids else 0,
            ask_quantity=asks[0].quantity if asks else 0,
            theoretical=theoretical,
            greeks=greeks,
        )

    def instruction_of(self, leg: BasketLeg) -> Instruction:
        """What a leg is sent as now."""
        return leg.instruction(self._judge.held(leg.code))

    def verdict_on(self, request: OrderRequest) -> Verdict:
        """What the ticket would say of an order."""
        text = "" if request.price is None else f"{request.price:f}"
        draft = OrderDraft(request.contract_code, request.instruction, request.order_type, text, str(request.quantity))
        return self._judge.judge(draft)

    def look(self, basket: Basket) -> BasketVerdict:
        """Judge every leg and the whole."""
        units = basket.units
        legs = tuple(self._leg(basket, leg, units or 1) for leg in basket.legs)
        priced = [PricedLeg(one.leg, one.market, one.limit) for one in legs if one.market is not None]
        whole = priced if len(priced) == len(legs) else []
        at_market = basket.order_type.is_market
        nets, unit = nets_of(whole, at_market=at_market), common_unit(whole)
        costed = self._costed(legs)
        spot = self._spot(whole)
        faults = self._faults(basket, legs, nets, unit)
        edge = None
        if nets.now is not None and nets.theoretical is not None:
            edge = (nets.theoretical - nets.now) * (units or 1)
        return BasketVerdict(
            basket=basket,
            legs=legs,
            faults=faults,
            nets=nets,
            unit=unit,
            edge=edge,
            greeks=greeks_of(whole, units or 1),
            premium=None if nets.limits is None else nets.limits * (units or 1),
            fee=None if costed is None else sum((one.cost.fee for one in costed), ZERO),
            margin=None if costed is None else sum((one.cost.margin for one in costed), ZERO),
            pairs=self.pairs([(one.market.contract.code, one.instruction, one.quantity) for one in legs if one.market]),
            payoff=None if not costed else payoff_of(costed, spot),
            spot=spot,
            plan=self._plan(basket, legs, unit) if not faults and all(o.verdict.may_be_sent for o in legs) else None,
        )

    def pairs(self, opened: Sequence[tuple[str, Instruction, int]]) -> tuple[KnownPair, ...]:
        """The combinations of the exchange among legs given as code, instruction and contracts.

        Only those that may be built today by this account: not a spread in the last days before expiry.
        """
        if self._checks.forbidden(InstructionKind.COMBINE) is not None:
            return ()
        # Which pairs there are hangs on no price, and finding them costs as much as all the rest
        key = (*opened, self._terms.group)
        if key == self._paired[0] and self._market.contracts is self._paired_of:
            return self._paired[1]
        legs: list[OpenedLeg] = []
        for code, instruction, quantity in opened:
            contract = self._market.contract(code)
            if contract is not None:
                legs.append(OpenedLeg(contract, instruction, quantity, self._terms.opening(contract)))
        found = pairs_of(legs, self._margin_together)
        self._paired, self._paired_of = (key, found), self._market.contracts
        return found

    # ---- inside

    def _margin_together(
        self, strategy: CombinationStrategy, first: ContractLeg, second: ContractLeg
    ) -> Decimal | None:
        if self._checks.build_denial(strategy, first, second) is not None:
            return None
        return self._terms.combination(strategy, first, second)

    def _figure(self, figure: Figure, row: int) -> float | None:
        value = float(self._valuation.values[figure, row])
        return value if isfinite(value) else None

    def _leg(self, basket: Basket, leg: BasketLeg, units: int) -> LegVerdict:
        market, instruction = self.market_of(leg.code), self.instruction_of(leg)
        quantity, order_type, limit = leg.ratio * units, basket.order_type, None
        text = leg.price_text if leg.basis is PriceBasis.TYPED else ""
        if order_type.has_price and leg.basis is PriceBasis.TYPED:
            try:
                limit = read_price(text)
            except BadInput:
                limit = None
        elif order_type.has_price and market is not None:
            limit = market.limit_for(leg.side, leg.basis)
            text = "" if limit is None else f"{limit:f}"
        verdict = self._judge.judge(OrderDraft(leg.code, instruction, order_type, text, str(quantity)))
        return LegVerdict(
            leg=leg, market=market, instruction=instruction, quantity=quantity, limit=limit, verdict=verdict
        )

    def _costed(self, legs: Sequence[LegVerdict]) -> list[CostedLeg] | None:
        """The legs at the prices they would trade at; None while one of them has none."""
        costed: list[CostedLeg] = []
        for one in legs:
            if one.market is None:
                return None
            price = price_sent(PricedLeg(one.leg, one.market, one.limit))
            if price is None or (one.limit is None and one.verdict.request is None):
                return None
            request = OrderRequest(one.leg.code, one.instruction, OrderType.LIMIT, one.quantity, price)
            cost = self._judge.cost(request)
            if cost is None:
                return None
            costed.append(CostedLeg(one.market.contract, one.instruction, one.quantity, price, cost))
        return costed

    def _spot(self, legs: Sequence[PricedLeg]) -> float:
        underlyings = {leg.market.contract.underlying for leg in legs}
        if len(underlyings) != 1:
            return float("nan")
        last = self._market.last(next(iter(underlyings)))
        return float(last if last is not None else legs[0].market.contract.underlying_close)

    def _faults(
        self, basket: Basket, legs: Sequence[LegVerdict], nets: Nets, unit: int | None
    ) -> tuple[BasketFault, ...]:
        if not legs:
            return (BasketFault(Fault.NO_LEGS),)
        found = [] if basket.units is not None else [BasketFault(Fault.UNITS)]
        try:
            limit = read_net(basket.limit_text)
        except BadInput:
            return (*found, BasketFault(Fault.NET_TEXT))
        if limit is not None:
            if nets.limits is None:
                found.append(BasketFault(Fault.NET_UNKNOWN))
            elif nets.limits > limit * (unit or 1):
                found.append(BasketFault(Fault.NET_WORSE, nets.limits / (unit or 1), limit))
        needed, funds = self._needed(basket, legs), self._portfolio.funds
        if funds is not None and needed > 0 and needed > funds.available:
            found.append(BasketFault(Fault.FUNDS, needed, funds.available))
        return tuple(found)

    def _needed(self, basket: Basket, legs: Sequence[LegVerdict]) -> Decimal:
        """The most that is bound at one moment. Leg by leg what closes frees its margin before the next one needs it.

        What sales bring in is not counted on.
        """
        bound = most = ZERO
        for one in self._sequence(basket, legs):
            cost = one.verdict.cost
            if cost is None:
                continue
            bound += cost.frozen
            most = max(most, bound)
            if basket.pace is Pace.LEG_BY_LEG:
                bound -= cost.released_margin
        return most

    def _sequence(self, basket: Basket, legs: Sequence[LegVerdict]) -> list[LegVerdict]:
        if basket.order is LegOrder.BUYS_FIRST:
            return sorted(legs, key=lambda one: _RANK[one.instruction])

        def thinness(one: LegVerdict) -> tuple[float, float]:
            market = one.market
            if market is None:
                return 0.0, 0.0
            spread = (
                0.0
                if market.mid is None or market.bid is None or market.ask is None
                else float((market.ask - market.bid) / market.mid)
            )
            return market.depth_against(one.leg.side) / one.quantity, -spread

        return sorted(legs, key=thinness)

    def _plan(self, basket: Basket, legs: Sequence[LegVerdict], unit: int | None) -> BasketPlan | None:
        limit = read_net(basket.limit_text)
        planned: list[PlannedLeg] = []
        for one in self._sequence(basket, legs):
            if one.market is None:
                return None
            planned.append(
                PlannedLeg(
                    # Legs have one contract each, so a leg is found again by it
                    place=[leg.code for leg in basket.legs].index(one.leg.code),
                    leg=one.leg,
                    instruction=one.instruction,
                    quantity=one.quantity,
                    limit=one.limit,
                    multiplier=one.market.contract.multiplier,
                )
            )
        return BasketPlan(
            legs=tuple(planned),
            units=basket.units or 1,
            order_type=basket.order_type,
            pace=basket.pace,
            net_limit=None if limit is None else limit * (unit or 1),
        )
