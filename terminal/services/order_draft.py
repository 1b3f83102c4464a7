"""What stands in a ticket (下单面板) before it is an order: text fields, and what the desk thinks of them.

Nothing here knows a widget: the ticket shows a verdict, the scripted trader and tests read the same one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from enum import Enum, auto
from typing import NamedTuple

from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Contract
from terminal.domain.errors import BadInput, ascii_safe
from terminal.domain.orders import Instruction, OrderRequest, OrderType, PositionEffect, Side
from terminal.domain.reasons import Denial, Reason
from terminal.rules.order_warnings import Warned
from terminal.rules.preview import OrderCost
from terminal.services.checks import OrderChecks
from terminal.services.market_data import MarketData, price_decimal
from terminal.services.portfolio import Portfolio, position_side

_MAX_TEXT = 16
#: Plain digits: what Decimal also takes (full-width digits, exponents, underscores) nobody means as a price
_PRICE = re.compile(r"[0-9]*\.?[0-9]+|[0-9]+\.", re.ASCII)


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """The fields as they stand; texts are what the user typed."""

    contract_code: str = ""
    instruction: Instruction = Instruction.BUY_OPEN
    order_type: OrderType = OrderType.LIMIT
    price_text: str = ""
    quantity_text: str = "1"

    def with_price(self, price: Decimal | None) -> "OrderDraft":
        """The draft with a price chosen by click, wheel or key."""
        return replace(self, price_text="" if price is None else f"{price:f}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the desk says of a draft now. `request` is None when a field cannot be read."""

    request: OrderRequest | None
    cost: OrderCost | None
    failures: tuple[Denial, ...]
    warnings: tuple[Warned, ...] = ()
    """To be acknowledged one by one before it is sent"""

    @property
    def may_be_sent(self) -> bool:
        """Whether nothing speaks against it."""
        return self.request is not None and not self.failures

    def failure_at(self, field: str) -> Denial | None:
        """The first failing check of a field."""
        return next((f for f in self.failures if f.field == field), None)


class CostBasis(Enum):
    """At what price a cost is reckoned."""

    LIMIT = auto()
    """The order's own"""
    BOOK = auto()
    """What a market order meets in the book now"""
    BOUND = auto()
    """The day's limit: the book in sight does not hold as much as a market order asks for"""


class ExpectedCost(NamedTuple):
    """A cost and the price it is reckoned at."""

    cost: OrderCost
    basis: CostBasis


class DraftJudge:
    """Reads drafts with everything the desk knows."""

    def __init__(self, checks: OrderChecks, market: MarketData, portfolio: Portfolio) -> None:
        self._checks = checks
        self._market = market
        self._portfolio = portfolio

    def judge(self, draft: OrderDraft) -> Verdict:
        """Read the fields, run every check and work out the cost."""
        try:
            request = OrderRequest(
                contract_code=draft.contract_code,
                instruction=draft.instruction,
                order_type=draft.order_type,
                quantity=_whole(draft.quantity_text),
                price=read_price(draft.price_text) if draft.order_type.has_price else None,
            )
        except BadInput as error:
            denial = Denial(Reason.MALFORMED, error.field, ascii_safe(str(error.value)[:_MAX_TEXT]), error.rule)
            return Verdict(None, None, (denial,))
        failures = tuple(self._checks.failures(request))
        return Verdict(request, self._checks.cost(request), failures, self._checks.warnings(request))

    def cost(self, request: OrderRequest) -> OrderCost | None:
        """What an order would cost or free; None for a contract that is not listed."""
        return self._checks.cost(request)

    def expected(self, verdict: Verdict) -> ExpectedCost | None:
        """What a judged order would cost at the price it would trade at now (预计成交); None where nothing is known.

        What is set aside for it while it works is `Verdict.cost`, which reckons a market order at the day's limit.
        """
        request, cost = verdict.request, verdict.cost
        if request is None or cost is None:
            return None
        if request.price is not None:
            return ExpectedCost(cost, CostBasis.LIMIT)
        met = self._price_met(request)
        if met is None:
            return ExpectedCost(cost, CostBasis.BOUND)
        at_book = self._checks.cost(replace(request, order_type=OrderType.LIMIT, price=met))
        return None if at_book is None else ExpectedCost(at_book, CostBasis.BOOK)

    def forbidden(self, instruction: Instruction) -> Denial | None:
        """Why the account may not give an instruction at all; None if it may."""
        return self._checks.forbidden(instruction)

    def largest_quantity(self, draft: OrderDraft) -> int | None:
        """How many contracts the account could send at the draft's price (可开/可平); None when not known."""
        contract = self._market.contract(draft.contract_code)
        funds = self._portfolio.funds
        if contract is None:
            return None
        if draft.instruction.position_effect is PositionEffect.CLOSE:
            return self._checks.closable(contract.code, position_side(draft.instruction))
        if draft.instruction is Instruction.COVERED_OPEN:
            holding = self._portfolio.holdings.get(contract.underlying)
            return holding.unlockable // contract.multiplier if holding else 0
        if funds is None:
            return None
        if self._checks.forbidden(draft.instruction, contract.right) is not None:
            return 0
        each = self._cost_of_one(draft, contract)
        if each is None or each <= 0:
            return None
        return max(0, int((funds.available / each).to_integral_value(ROUND_FLOOR)))

    def suggested_price(self, contract: Contract, instruction: Instruction, wanted: str) -> Decimal | None:
        """A price from the book: ``opposite`` (对手价), ``own`` (本方价) or ``last`` (最新价)."""
        bids, asks = self._market.bids(contract.code), self._market.asks(contract.code)
        buys = instruction.side.value == "B"
        if wanted == "last":
            return self._market.last(contract.code)
        levels = asks if buys == (wanted == "opposite") else bids
        return price_decimal(levels[0].price) if levels else None

    def held(self, contract_code: str) -> dict[PositionSide, int]:
        """What the account holds of a contract, by side."""
        found = {side: self._portfolio.position(contract_code, side) for side in PositionSide}
        return {side: position.quantity for side, position in found.items() if position is not None}

    def _price_met(self, request: OrderRequest) -> Decimal | None:
        """Average of the levels a market order takes; all of a market-to-limit order goes or rests at the first."""
        market, code = self._market, request.contract_code
        levels = market.asks(code) if request.instruction.side is Side.BUY else market.bids(code)
        if levels and request.order_type is OrderType.MARKET_TO_LIMIT:
            return price_decimal(levels[0].price)
        left, units = request.quantity, 0
        for level in levels:
            taken = min(left, level.quantity)
            units += taken * level.price
            left -= taken
        return Decimal(units).scaleb(-4) / request.quantity if not left else None

    def _cost_of_one(self, draft: OrderDraft, contract: Contract) -> Decimal | None:
        price = None
        if draft.order_type.has_price:
            try:
                price = read_price(draft.price_text)
            except BadInput:
                price = self._market.last(contract.code) or contract.previous_settlement or contract.tick_size
        request = OrderRequest(contract.code, draft.instruction, draft.order_type, 1, price)
        cost = self._checks.cost(request)
        return None if cost is None else cost.frozen


def stepped_price(contract: Contract, text: str, count: int, last: Decimal | None) -> str:
    """The price `count` ticks from what is typed, else from the newest trade or the settlement before.

    It stands on the tick and inside the day's limits; what is no price stays as it is.
    """
    tick = contract.tick_size
    try:
        price = read_price(text) if text else last or contract.previous_settlement
    except BadInput:
        return text
    ticks, between = divmod(price, tick)
    if between and count < 0:
        # From between two ticks the first step goes to the next one
        ticks += 1
    moved = max(contract.limit_down, min(contract.limit_up, (ticks + count) * tick))
    return f"{moved.quantize(tick):f}"


def usual_instruction(side: Side, held: Mapping[PositionSide, int]) -> Instruction:
    """What a click on a price means where the user has not said it: a sale closes what is long, all else opens."""
    if side is Side.BUY:
        return Instruction.BUY_OPEN
    return Instruction.SELL_CLOSE if held.get(PositionSide.LONG) else Instruction.SELL_OPEN


def read_price(text: str) -> Decimal:
    """The price that stands in a field, yuan. Raises BadInput for what is not plain digits above zero."""
    stripped = text.strip()
    if len(stripped) > _MAX_TEXT or _PRICE.fullmatch(stripped) is None:
        raise BadInput("price", text, "a price in yuan, e.g. 0.0704")
    price = Decimal(stripped)
    if price <= 0:
        raise BadInput("price", text, "a price above zero")
    return price


def _whole(text: str) -> int:
    stripped = text.strip()
    if not stripped.isascii() or not stripped.isdigit() or len(stripped) > _MAX_TEXT:
        raise BadInput("quantity", text, "a whole number of contracts, at least 1")
    return int(stripped)
