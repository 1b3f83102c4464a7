"""Orders from the ladder: placed, moved, cancelled, by the checks, the gate and the warnings that the ticket goes by.

What the ticket would ask is asked here too, one thing at a time; so is an order above the size that was set, and one
that gives money away against the theoretical price.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import Instruction, Order, OrderRequest, OrderStatus, OrderType, Side
from terminal.domain.reasons import Denial
from terminal.rules.order_warnings import OrderWarning, Warned
from terminal.services.desk import Desk
from terminal.services.order_draft import DraftJudge, OrderDraft, Verdict, usual_instruction
from terminal.services.order_warnings import Acknowledgement
from terminal.views import formatting
from terminal.views.ladder.moves import OrderMoves, Spawn
from terminal.views.ladder.words import Effect, lots, request_words, word
from terminal.views.trading.press_guard import PressGuard
from terminal.views.trading.ticket_warnings import warning_sentence
from terminal.views.trading.ticket_words import failure_words, result_words

Words = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to be confirmed before orders leave."""

    key: Hashable
    words: Words
    warning: OrderWarning | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a click or a drag wants: new orders, or orders in the place of others."""

    requests: tuple[OrderRequest, ...]
    replaced: tuple[str, ...] = ()
    """Ids of the orders that make way, one for each request; empty where none does"""


@dataclass(frozen=True, slots=True)
class Question:
    """What stands between a plan and the line."""

    plan: Plan
    answered: tuple[Ask, ...]
    ask: Ask


class LadderOrders:
    """`theoretical` gives what a contract is worth, 0.0001 yuan, 0 for unknown; `ask_above` a size, 0 for always."""

    def __init__(
        self,
        desk: Desk,
        judge: DraftJudge,
        spawn: Spawn,
        *,
        theoretical: Callable[[str], float],
        ask_above: Callable[[], int],
        person: Callable[[], str],
        tell: Callable[[Words, str], None],
        is_armed: Callable[[], bool],
    ) -> None:
        self._desk = desk
        self._judge = judge
        self._spawn = spawn
        self._theoretical = theoretical
        self._ask_above = ask_above
        self._person = person
        self._tell = tell
        self._guard = PressGuard(desk.monotonic)
        self._presses = 0
        self.question: Question | None = None
        self.moves = OrderMoves(
            desk, spawn, self._submit, tell, passes=lambda r: self._verdict(r).may_be_sent, is_armed=is_armed
        )

    # ---- what a person does

    def place(self, code: str, side: Side, price: int, quantity: int, effect: Effect) -> None:
        """A limit order at a price in 0.0001 yuan; the same again at once is the second half of a double click (F80).

        Again on a price that waits for a confirmation confirms it.
        """
        request = self._request(code, self._instruction(code, side, effect), price, quantity)
        if request is None or not self._guard.passes(("place", code, side, price, quantity)):
            return
        if self.question is not None and self.question.plan == Plan((request,)):
            self._answer()
            return
        self._go_on(Plan((request,)), ())

    def move(self, code: str, side: Side, price: int, target: int) -> None:
        """Take own orders from one price to another; sides of quotes stay."""
        pending = OrderStatus.CANCEL_PENDING
        orders = [
            o
            for o in self._at(code, side, price)
            if o.status is not pending and not self.moves.is_moving(o.client_order_id)
        ]
        wanted = [self._request(code, o.instruction, target, o.leaves_quantity) for o in orders]
        requests = tuple(request for request in wanted if request is not None)
        if not requests or target == price or not self._guard.passes(("move", code, side, price)):
            return
        self._go_on(Plan(requests, tuple(o.client_order_id for o in orders)), ())

    def cancel(self, code: str, side: Side, price: int) -> int:
        """Cancel own orders at a price, at once and whether armed or not; gives how many."""
        orders = [o for o in self._at(code, side, price) if self._guard.passes(("cancel", o.client_order_id))]
        for order in orders:
            self._spawn(self._desk.orders.cancel(order.client_order_id))
        return len(orders)

    def confirm(self) -> None:
        """Yes to what is asked; a double click says it once."""
        if self.question is not None and self._guard.passes(("confirm", self.question.ask.key)):
            self._answer()

    def drop_question(self) -> None:
        """No to what is asked."""
        self.question = None

    def disarmed(self) -> None:
        """Nothing that waits is sent."""
        self.question = None
        self.moves.drop()

    # ---- inside

    def _instruction(self, code: str, side: Side, effect: Effect) -> Instruction:
        if effect is Effect.USUAL:
            return usual_instruction(side, self._judge.held(code))
        if side is Side.BUY:
            return Instruction.BUY_OPEN if effect is Effect.OPEN else Instruction.BUY_CLOSE
        return Instruction.SELL_OPEN if effect is Effect.OPEN else Instruction.SELL_CLOSE

    def _request(self, code: str, instruction: Instruction, price: int, quantity: int) -> OrderRequest | None:
        contract = self._desk.market.contract(code)
        if contract is None or price <= 0 or quantity < 1:
            return None
        yuan = Decimal(price).scaleb(-4).quantize(contract.tick_size)
        return OrderRequest(code, instruction, OrderType.LIMIT, quantity, yuan)

    def _at(self, code: str, side: Side, price: int) -> list[Order]:
        return [
            order
            for order in self._desk.orders.working()
            if (order.contract_code, order.side) == (code, side)
            and order.price is not None
            and int(order.price * PRICE_SCALE) == price
        ]

    def _verdict(self, request: OrderRequest) -> Verdict:
        draft = OrderDraft(
            request.contract_code, request.instruction, request.order_type, quantity_text=str(request.quantity)
        )
        return self._judge.judge(draft.with_price(request.price))

    def _answer(self) -> None:
        assert self.question is not None
        question = self.question
        self._go_on(question.plan, (*question.answered, question.ask))

    def _go_on(self, plan: Plan, answered: tuple[Ask, ...]) -> None:
        """Refuse, ask for the next thing, or send: all of it judged anew, whatever was answered before."""
        self.question = None
        verdicts = [self._verdict(request) for request in plan.requests]
        failures = [denial for verdict in verdicts for denial in verdict.failures if _speaks(denial, plan)]
        if failures:
            self._tell(lambda: f"✕ {failure_words(failures[0])}", "critical")
            return
        warned = {one.warning: one for verdict in verdicts for one in verdict.warnings}
        given = {ask.key for ask in answered}
        ask = next((ask for ask in self._asks(plan, list(warned.values())) if ask.key not in given), None)
        if ask is not None:
            self.question = Question(plan, answered, ask)
            return
        self._send(plan, answered)

    def _asks(self, plan: Plan, warned: list[Warned]) -> list[Ask]:
        """What has to be confirmed of a plan now."""
        first, size = plan.requests[0], sum(request.quantity for request in plan.requests)
        total = replace(first, quantity=size)
        asks: list[Ask] = []
        if size > self._ask_above():
            asks.append(Ask("size", lambda: word("More than {size}").format(size=lots(self._ask_above()))))
        worth, price = self._theoretical(first.contract_code), int((first.price or 0) * PRICE_SCALE)
        buys = first.instruction.side is Side.BUY
        if worth <= 0:
            asks.append(Ask("worth", lambda: word("No theoretical price to hold it against")))
        elif price > worth if buys else price < worth:
            shown = formatting.price(round(worth))
            pattern = "Above the theoretical {price}" if buys else "Below the theoretical {price}"
            asks.append(Ask("edge", lambda: word(pattern).format(price=shown)))
        asks += [Ask(one.warning, partial(warning_sentence, one), one.warning) for one in warned]
        return [replace(ask, words=partial(_asked, total, ask.words)) for ask in asks]

    def _send(self, plan: Plan, answered: tuple[Ask, ...]) -> None:
        who, at = self._person() or self._desk.orders.account_id, self._desk.clock.now()
        read = [Acknowledgement(ask.warning, who, at) for ask in answered if ask.warning is not None]
        if plan.replaced:
            for order_id, request in zip(plan.replaced, plan.requests, strict=True):
                order = self._desk.orders.order(order_id)
                if order is not None and not order.status.is_final:
                    self.moves.start(order, request, read)
            return
        for request in plan.requests:
            self._presses += 1
            self._submit(request, f"ladder {self._presses}", read)

    def _submit(self, request: OrderRequest, nonce: str, read: Sequence[Acknowledgement]) -> None:
        async def send() -> None:
            order = await self._desk.orders.submit(request, nonce, acknowledged=read)
            role = "critical" if order.status.is_final else "second"
            self._tell(lambda: f"{request_words(request)}: {result_words(order, self._desk.market)}", role)

        self._spawn(send())


def _asked(request: OrderRequest, about: Words) -> str:
    return f"{request_words(request)}: {about()}?"


def _speaks(denial: Denial, plan: Plan) -> bool:
    """Whether a refusal holds for a plan: what orders that make way still bind is free once they have."""
    return not plan.replaced or denial.field == "price"
