"""An order moved to another price: cancelled first, sent anew only once the venue has said that it is cancelled.

So it is never twice in the market. What has traded meanwhile is not sent again; an order whose cancel the venue
refuses is left as it is, and one that somebody else cancels too is not sent again.
"""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from typing import Any

from terminal.domain.orders import Order, OrderRequest, OrderStatus
from terminal.services.desk import Desk
from terminal.services.events import AccountChanged, OrderChanged
from terminal.services.order_warnings import Acknowledgement
from terminal.views.ladder.words import order_words, word

Spawn = Callable[[Coroutine[Any, Any, Any]], object]
Submit = Callable[[OrderRequest, str, Sequence[Acknowledgement]], None]
Tell = Callable[[Callable[[], str], str], None]
#: What the counter frees of a cancelled order comes a moment after the cancel itself; then the desk's checks say what
#: is in the way, and what has waited for longer nobody expects any more
_PATIENCE_SECONDS, _TOO_LATE_SECONDS = 1.0, 5.0


@dataclass(slots=True)
class _Move:
    """One order on its way to another price."""

    request: OrderRequest
    acknowledged: Sequence[Acknowledgement]
    seen: tuple[object, ...] | None = None
    """The order as it was when its cancel was last heard of, None before it left"""
    is_cancelled: bool = False
    waits_since: float = 0.0


class OrderMoves:
    """`submit` sends with a nonce; `passes` says whether the desk would let a request leave, `is_armed` the ladder."""

    def __init__(
        self,
        desk: Desk,
        spawn: Spawn,
        submit: Submit,
        tell: Tell,
        *,
        passes: Callable[[OrderRequest], bool],
        is_armed: Callable[[], bool],
    ) -> None:
        self._desk = desk
        self._spawn = spawn
        self._submit = submit
        self._tell = tell
        self._passes = passes
        self._is_armed = is_armed
        self._moves: dict[str, _Move] = {}
        desk.bus.subscribe(OrderChanged, self._on_order)
        desk.bus.subscribe(AccountChanged, lambda _: self.flush())

    def is_moving(self, order_id: str) -> bool:
        """Whether an order is on its way already."""
        return order_id in self._moves

    def start(self, order: Order, request: OrderRequest, acknowledged: Sequence[Acknowledgement]) -> None:
        """Cancel an order and send `request`, with the quantity that was cancelled, in its place."""
        if order.client_order_id not in self._moves:
            self._moves[order.client_order_id] = _Move(request, acknowledged)
            self._spawn(self._cancel(order.client_order_id))

    def flush(self) -> None:
        """Send what waits for the counter to free it."""
        if not any(move.is_cancelled for move in self._moves.values()):
            return
        now = self._desk.monotonic()
        if not self._is_armed() or any(
            move.is_cancelled and now - move.waits_since >= _TOO_LATE_SECONDS for move in self._moves.values()
        ):
            self.drop()
        for order_id, move in list(self._moves.items()):
            if move.is_cancelled and (self._passes(move.request) or now - move.waits_since >= _PATIENCE_SECONDS):
                self._send(order_id, move)

    def drop(self) -> None:
        """Send nothing of what is on its way; orders whose cancel has left are gone."""
        if self._moves:
            self._moves.clear()
            self._tell(lambda: word("An order on its way to another price was not sent again"), "warn")

    # ---- inside

    async def _cancel(self, order_id: str) -> None:
        if order_id not in self._moves:
            return
        if not await self._desk.orders.cancel(order_id):
            self._moves.pop(order_id, None)

    def _on_order(self, event: OrderChanged) -> None:
        order = event.order
        move = self._moves.get(order.client_order_id)
        if move is None or move.is_cancelled:
            return
        if order.status is OrderStatus.CANCELLED:
            self._on_cancelled(order, move)
        elif order.status.is_final:
            del self._moves[order.client_order_id]
            self._tell(lambda: word("It filled before it could be moved: nothing is sent"), "warn")
        elif order.status is OrderStatus.CANCEL_PENDING:
            seen = order.filled_quantity, order.exchange_order_id, order.in_doubt
            if move.seen == seen:
                # Nothing of the order has changed: somebody else asked for its cancel, and wants it gone
                del self._moves[order.client_order_id]
            move.seen = seen
        elif move.seen is not None:
            del self._moves[order.client_order_id]
            self._tell(lambda: word("{order}: the cancel was refused").format(order=order_words(order)), "critical")

    def _on_cancelled(self, order: Order, move: _Move) -> None:
        left = order.quantity - order.filled_quantity
        if left < 1:
            del self._moves[order.client_order_id]
            return
        move.request = replace(move.request, quantity=left)
        move.is_cancelled, move.waits_since = True, self._desk.monotonic()
        self.flush()

    def _send(self, order_id: str, move: _Move) -> None:
        del self._moves[order_id]
        # One order has one successor, however often it is told that it is cancelled
        self._submit(move.request, f"ladder {order_id}", move.acknowledged)
