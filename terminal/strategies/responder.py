"""The inquiry responder (询价应答): answers inquiries by rule, after a delay, and never alone in front.

An answer names its inquiry, so that the venue counts it; it is held for its time and then taken out. The first rule
that fits the contract and the inquiry decides; without one the inquiry is left to a person.
"""

from dataclasses import dataclass

import numpy as np

from terminal.domain.messages import InquiryOpened
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.strategies import quote_math
from terminal.strategies.protocol import Ask, Strategy, View

_DAYS_A_YEAR = 365.0
#: What could not be done is tried again so much later
_AGAIN_SECONDS = 1.0
_LATEST_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class InquiryRule:
    """Which inquiries are answered, and how."""

    least_delta: float = 0.0
    """Delta of a share between these, signs aside"""
    most_delta: float = 1.0
    most_days: float = 400.0
    """Calendar days to expiry at most"""
    most_quantity: int = 1_000_000
    """Inquiries for more are left to a person; one that names no quantity counts as 0"""
    half_ticks: float = 5.0
    size: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponderParameters:
    """What a person sets."""

    underlying: str = "510050"
    rules: tuple[InquiryRule, ...] = (InquiryRule(),)
    delay_seconds: float = 1.0
    hold_seconds: float = 20.0
    """HKEX asks its makers for 20 s (rulebook 8.3); the profile's own figure belongs here"""
    latest_seconds: float = 20.0
    """After an inquiry: what no rule could answer by then is no longer tried"""
    answers_empty_books: bool = True
    """Where nobody else quotes a side, a two-sided answer is in front of it whatever it says"""


class InquiryResponder(Strategy):
    """Answers by rule."""

    parameters: ResponderParameters

    def __init__(self, name: str, parameters: ResponderParameters) -> None:
        super().__init__(name, parameters)
        self._waiting: list[tuple[float, float, InquiryOpened]] = []
        """When it is tried next, when for the last time"""
        self._held: dict[int, tuple[float, float]] = {}
        """By contract: until when an answer stays, and when it is tried for the last time to take it out"""
        self.answered = 0
        self.stood = 0
        """Inquiries that a standing quote of ours answered"""
        self.left = 0
        """Inquiries that no rule fits or that have no sound price"""

    def on_start(self, view: View, ask: Ask) -> None:
        """What came before the start is not answered."""
        self._waiting.clear()
        self._held.clear()

    def on_inquiry(self, inquiry: InquiryOpened, view: View, ask: Ask) -> None:
        """Answer after the delay."""
        contract = view.contract(inquiry.contract_code)
        if contract is not None and contract.underlying == self.parameters.underlying:
            now = view.monotonic()
            self._waiting.append((now + self.parameters.delay_seconds, now + self.parameters.latest_seconds, inquiry))
            if self.parameters.delay_seconds <= 0:
                self.on_timer(view, ask)

    def on_timer(self, view: View, ask: Ask) -> None:
        """Answer what is due, take out what was held long enough."""
        now = view.monotonic()
        due = [waiting for waiting in self._waiting if waiting[0] <= now]
        self._waiting = [waiting for waiting in self._waiting if waiting[0] > now]
        for _, latest, inquiry in due:
            if self._stands(inquiry, view):
                self.stood += 1
            elif self._answer(inquiry, view, ask, now):
                self.answered += 1
            elif now + _AGAIN_SECONDS < latest:
                # No price now, or the gate said no: both may be over before the time is up
                self._waiting.append((now + _AGAIN_SECONDS, latest, inquiry))
            else:
                self.left += 1
                ask.note(f"no answer to inquiry {inquiry.inquiry} in {inquiry.contract_code}")
        over = [number for number, (until, _) in self._held.items() if until <= now]
        if over:
            ask.cancel_quotes(over)
            own = view.own
            for number in over:
                _, last = self._held.pop(number)
                if now < last and (own.sent_bid[number] or own.sent_ask[number]):
                    # The venue began to count a little later than this did
                    self._held[number] = now + _AGAIN_SECONDS, last

    def proposal(self, inquiry: InquiryOpened, view: View) -> QuoteBatch | None:
        """The answer it would give now; None where no rule fits or no sound price is known."""
        number = view.universe.number_of.get(inquiry.contract_code)
        if number is None or not view.usable[number]:
            return None
        rule = self._rule(number, inquiry.quantity, view)
        if rule is None:
            return None
        universe, at = view.universe, np.array([number])
        tick = universe.tick[at]
        least = np.maximum(universe.limit_down[at], tick)
        centre = view.price[at]
        bid, ask = quote_math.round_quotes(centre, rule.half_ticks * tick, tick, least, universe.limit_up[at])
        own = view.own
        best_bid, best_ask = quote_math.others_touch(
            view.quotes[at], own.bid[at], own.bid_quantity[at], own.ask[at], own.ask_quantity[at]
        )
        if not (self.parameters.answers_empty_books or (best_bid[0] > 0 and best_ask[0] > 0)):
            return None
        bid, ask = quote_math.join(
            bid, ask, best_bid, best_ask, centre, tick, join_ticks=0, least_edge_ticks=0, improve_ticks=0
        )
        bid, ask = quote_math.passive(bid, ask, best_bid, best_ask, tick)
        if bid[0] < least[0] or ask[0] > universe.limit_up[number]:
            return None
        size = np.array([rule.size])
        closes = view.closable_short[at] >= size, view.closable_long[at] >= size
        return QuoteBatch(at, bid, size, ask, size, *closes)

    def _stands(self, inquiry: InquiryOpened, view: View) -> bool:
        """Whether we quote the contract anyhow, as large as this would: a standing quote answers at once."""
        number, own = view.universe.number_of.get(inquiry.contract_code), view.own
        if number is None or number in self._held:
            return False
        rule = self._rule(number, inquiry.quantity, view)
        size = 1 if rule is None else rule.size
        return bool(own.bid_quantity[number] >= size and own.ask_quantity[number] >= size)

    def _answer(self, inquiry: InquiryOpened, view: View, ask: Ask, now: float) -> bool:
        batch = self.proposal(inquiry, view)
        if batch is None or not ask.quote(batch, inquiry=inquiry.inquiry).sent:
            return False
        until = now + self.parameters.hold_seconds
        self._held[int(batch.index[0])] = until, until + _LATEST_SECONDS
        return True

    def _rule(self, number: int, quantity: int, view: View) -> InquiryRule | None:
        delta = abs(float(view.delta[number])) / float(view.universe.multiplier[number])
        days = float(view.years[number]) * _DAYS_A_YEAR
        for rule in self.parameters.rules:
            fits = rule.least_delta <= delta <= rule.most_delta and days <= rule.most_days
            if fits and quantity <= rule.most_quantity:
                return rule
        return None
