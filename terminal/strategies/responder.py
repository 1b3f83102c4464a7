"""The inquiry responder (询价应答): answers inquiries by rule, after a delay, and never alone in front if so told.

An answer names its inquiry, so that the venue counts it; it is held for its time and then taken out. The first rule
that fits the contract and the inquiry decides; without one the inquiry is left to a person. What became of each inquiry
is kept, with the rule.
"""

import numpy as np

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.messages import InquiryOpened
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.strategies import quote_math
from terminal.strategies.contract_terms import WidthRule
from terminal.strategies.inquiry_rules import InquiryRule, Outcome, ResponderParameters, Verdict
from terminal.strategies.protocol import Ask, Strategy, View
from terminal.strategies.quote_math import PriceGrid

#: What could not be done is tried again so much later
_AGAIN_SECONDS = 1.0
_LATEST_SECONDS = 5.0
#: Outcomes that are remembered
_MOST_OUTCOMES = 500


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
        self.outcomes: dict[int, Outcome] = {}
        """By the number of the inquiry, newest last"""

    def on_start(self, view: View, ask: Ask) -> None:
        """What came before the start is not answered; what still waited when it was stopped was not either."""
        for _, _, inquiry in self._waiting:
            self._note(inquiry, Outcome(Verdict.OFF))
        self._waiting.clear()
        self._held.clear()

    def on_inquiry(self, inquiry: InquiryOpened, view: View, ask: Ask) -> None:
        """Answer after the delay."""
        contract = view.contract(inquiry.contract_code)
        if contract is not None and contract.underlying == self.parameters.underlying:
            now = view.monotonic()
            self._waiting.append((now + self.parameters.delay_seconds, now + self.parameters.latest_seconds, inquiry))
            self._note(inquiry, Outcome(Verdict.WAITING))
            if self.parameters.delay_seconds <= 0:
                self.on_timer(view, ask)

    def on_timer(self, view: View, ask: Ask) -> None:
        """Answer what is due, take out what was held long enough."""
        now = view.monotonic()
        due = [waiting for waiting in self._waiting if waiting[0] <= now]
        self._waiting = [waiting for waiting in self._waiting if waiting[0] > now]
        for _, latest, inquiry in due:
            outcome = self._answer(inquiry, view, ask, now)
            self._note(inquiry, outcome)
            if outcome.verdict is Verdict.STOOD:
                self.stood += 1
            elif outcome.verdict is Verdict.ANSWERED:
                self.answered += 1
            elif now + _AGAIN_SECONDS < latest:
                # No price now, or the gate said no: both may be over before the time is up
                self._waiting.append((now + _AGAIN_SECONDS, latest, inquiry))
            else:
                self.left += 1
                ask.note(f"no answer to inquiry {inquiry.inquiry} in {inquiry.contract_code}: {outcome.verdict}")
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
        return self.decide(inquiry, view)[0]

    def decide(self, inquiry: InquiryOpened, view: View) -> tuple[QuoteBatch | None, Outcome]:
        """The answer it would give now with the rule that says so, or why there is none."""
        index = view.universe.number_of.get(inquiry.contract_code)
        if index is None or not view.usable[index]:
            return None, Outcome(Verdict.NO_PRICE)
        place, rule = self._rule(index, inquiry, view)
        if rule is None:
            return None, Outcome(Verdict.NO_RULE)
        universe, at = view.universe, np.array([index])
        half = self._half(rule, index, view)
        if half is None:
            return None, Outcome(Verdict.NO_WIDTH, place, rule)
        grid = PriceGrid.of(universe.tick[at], universe.least_bid[at], universe.limit_up[at])
        rows, own = quote_math.rounded(view.price[at], np.array([half]), grid), view.own
        best = quote_math.others_touch(view.quotes[at], own.prices[:, at], own.quantities[:, at])
        never_alone = self.parameters.never_alone
        if never_alone and (best == quote_math.NOBODY).any():
            return None, Outcome(Verdict.ALONE, place, rule)
        ahead = np.array([0.0 if never_alone else quote_math.AS_FAR_AS_IT_LIKES])
        rows = np.minimum(rows, quote_math.room(best, grid.tick, ahead))
        if (rows < grid.furthest).any():
            return None, Outcome(Verdict.NO_ROOM, place, rule)
        bid, ask = prices = quote_math.signed(rows).astype(np.int64)
        allowed = None if view.allowed_width is None else int(view.allowed_width(at, bid)[0])
        if allowed and ask[0] - bid[0] > allowed:
            return None, Outcome(Verdict.TOO_WIDE, place, rule)
        sizes = np.full((2, 1), rule.size)
        batch = QuoteBatch(at, prices, sizes, view.closable[:, at] >= sizes)
        return batch, Outcome(Verdict.ANSWERED, place, rule)

    @staticmethod
    def _half(rule: InquiryRule, index: int, view: View) -> float | None:
        """Half the spread in price units; None where it follows from what is allowed and that is not known."""
        tick = float(view.universe.tick[index])
        if rule.width is WidthRule.TICKS:
            return rule.half_width * tick
        if rule.width is WidthRule.VOLATILITY:
            per_point = float(view.vega[index]) / float(view.universe.multiplier[index]) * PRICE_SCALE
            return max(rule.half_width * per_point, tick / 2.0)
        if view.allowed_width is None:
            return None
        # The width that is allowed hangs on the bid: asked for the theoretical price first, then for its bid
        at, price = np.array([index]), float(view.price[index])
        width = 0
        for _ in range(2):
            guess = np.array([max(int(price - rule.half_width * width / 2.0), 1)])
            width = int(view.allowed_width(at, guess)[0])
        return max(rule.half_width * width / 2.0, tick / 2.0) if width > 0 else None

    def _stands(self, index: int, rule: InquiryRule | None, view: View) -> bool:
        """Whether we quote the contract anyhow, as large as this would: a standing quote answers at once."""
        if index in self._held:
            return False
        own, size = view.own, 1 if rule is None else rule.size
        return bool(own.bid_quantity[index] >= size and own.ask_quantity[index] >= size)

    def _answer(self, inquiry: InquiryOpened, view: View, ask: Ask, now: float) -> Outcome:
        index = view.universe.number_of.get(inquiry.contract_code)
        if index is not None:
            place, rule = self._rule(index, inquiry, view)
            if self._stands(index, rule, view):
                return Outcome(Verdict.STOOD, place, rule)
        batch, outcome = self.decide(inquiry, view)
        if batch is None:
            return outcome
        if not ask.quote(batch, inquiry=inquiry.inquiry).sent:
            return Outcome(Verdict.HELD_BACK, outcome.number, outcome.rule)
        until = now + self.parameters.hold_seconds
        self._held[int(batch.index[0])] = until, until + _LATEST_SECONDS
        return outcome

    def _rule(self, index: int, inquiry: InquiryOpened, view: View) -> tuple[int, InquiryRule | None]:
        """The first rule that fits, with its place from 1."""
        delta = abs(float(view.delta[index])) / float(view.universe.multiplier[index])
        days = (view.universe.contracts[index].expiry - view.now().date()).days
        for place, rule in enumerate(self.parameters.rules, 1):
            if rule.fits(delta, days, inquiry.quantity):
                return place, rule
        return 0, None

    def _note(self, inquiry: InquiryOpened, outcome: Outcome) -> None:
        self.outcomes.pop(inquiry.inquiry, None)
        self.outcomes[inquiry.inquiry] = outcome
        if len(self.outcomes) > _MOST_OUTCOMES:
            del self.outcomes[next(iter(self.outcomes))]
