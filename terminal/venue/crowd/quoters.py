"""The registered market makers of the crowd, and who asks them: two-sided quotes, mass quotes, inquiries and answers.

Quoters join the best prices that stand in the books, so they deepen them a little and do not move them. Their sides
rest in the same ladders as all orders of the crowd; what goes stale is taken out with the rest of its level.
"""

from collections.abc import Iterable

import msgspec

from terminal.venue.crowd.draws import Draws, SavedDraws
from terminal.venue.crowd.liquidity import Liquidity
from terminal.venue.crowd.order_entry import FIRST_TAKER, OrderEntry
from terminal.venue.crowd.settings import CrowdSettings
from terminal.venue.exchange.messages import ExchangeEvent, InquiryPublished, NewQuote, QuoteAccepted

#: The crowd's second stream of random numbers, so that these do not shift those of orders
_STREAM = 0x51
_LARGEST_STREAM = (1 << 64) - 1
_BLOCK, _RESERVE = 64, 8


class PlannedAnswer(msgspec.Struct, frozen=True):
    """An answer to an inquiry that is due at `at`, seconds since the epoch."""

    at: float
    contract: int
    inquiry_id: int


class QuotersState(msgspec.Struct, frozen=True):
    """What of the quoters survives a restart; live quotes stand in the exchange's own picture."""

    draws: SavedDraws
    due: float
    answers: tuple[PlannedAnswer, ...]
    held: tuple[tuple[int, float], ...]
    asked: tuple[tuple[int, float], ...]


class Quoters:
    """Contracts are counted from 0; `stamp` is seconds since the epoch."""

    def __init__(self, settings: CrowdSettings, count: int, seed: int, entry: OrderEntry, liquidity: Liquidity) -> None:
        self._settings = settings.quoting
        self._takers = settings.takers
        self._deviation = settings.size_deviation
        self._count = count
        self._entry = entry
        self._liquidity = liquidity
        self._draws = Draws((seed ^ (_STREAM << 32)) & _LARGEST_STREAM, _BLOCK, _RESERVE)
        self._due = 0.0
        self._answers: list[PlannedAnswer] = []
        self._held: dict[int, float] = {}
        """Contracts with an answer in the book, and until when it is kept"""
        self._asked: dict[int, float] = {}
        """When the crowd asked for a contract"""

    def hear(self, events: Iterable[ExchangeEvent], stamp: float) -> None:
        """Plan an answer to every inquiry, the crowd's own and those of desks."""
        for event in events:
            if isinstance(event, InquiryPublished):
                self._draws.ensure()
                delay = self._settings.answer_seconds * (0.5 + self._draws.uniforms.pop())
                contract = event.instrument - self._entry.first_contract
                self._answers.append(PlannedAnswer(stamp + delay, contract, event.inquiry_id))

    def act(self, stamp: float, seconds: float) -> None:
        """Inquire, answer and quote, while the market trades continuously."""
        self._inquire(stamp, seconds)
        if self._answers:
            self._answer(stamp)
        for contract in [c for c, until in self._held.items() if until <= stamp]:
            del self._held[contract]
            self._entry.cancel_quote(self._quoter(contract), contract)
        if stamp >= self._due:
            self._due = stamp + self._settings.refresh_seconds
            self._quote_all()

    # ---- state

    def save(self) -> QuotersState:
        """The state to go on from."""
        return QuotersState(
            self._draws.save(), self._due, tuple(self._answers), tuple(self._held.items()), tuple(self._asked.items())
        )

    def restore(self, saved: QuotersState) -> None:
        """Go on from a saved state."""
        self._draws.restore(saved.draws)
        self._due = saved.due
        self._answers = [answer for answer in saved.answers if 0 <= answer.contract < self._count]
        self._held = {contract: until for contract, until in saved.held if 0 <= contract < self._count}
        self._asked = dict(saved.asked)

    # ---- inside

    def _quoter(self, contract: int) -> int:
        return FIRST_TAKER - 1 - contract % self._settings.quoters

    def _inquire(self, stamp: float, seconds: float) -> None:
        """Ask for a quote now and then where little is traded."""
        draws = self._draws
        draws.ensure()
        if draws.uniforms.pop() >= self._settings.inquiries_per_minute * seconds / 60.0:
            return
        contract = int(self._count * draws.uniforms.pop())
        participant = FIRST_TAKER + int(self._takers * draws.uniforms.pop())
        quantity = draws.size(self._liquidity.trade[contract], self._deviation)
        settings = self._settings
        is_quiet = 60.0 * self._liquidity.orders_per_second[contract] < settings.quiet_orders_per_minute
        is_new = stamp >= self._asked.get(contract, 0.0) + settings.again_seconds
        if is_quiet and is_new and self._entry.spread_share(contract) > settings.wide_spread:
            self._asked[contract] = stamp
            self._entry.inquire(contract, participant, quantity)

    def _answer(self, stamp: float) -> None:
        """Quote where an answer is due."""
        due = [answer for answer in self._answers if answer.at <= stamp]
        if not due:
            return
        self._answers = [answer for answer in self._answers if answer.at > stamp]
        for answer in due:
            quote = self._quote(answer.contract, answer.inquiry_id)
            if quote is None:
                continue
            events = self._entry.quote(quote)
            if any(isinstance(e, QuoteAccepted) and e.quote_id == quote.quote_id for e in events):
                self._held[answer.contract] = stamp + self._settings.hold_seconds

    def _quote_all(self) -> None:
        """Bring the continuous quotes up to date: one mass quote of each quoter."""
        quotes: dict[int, list[NewQuote]] = {}
        for contract in range(0, self._count, self._settings.every_contracts):
            quoter = self._quoter(contract)
            if contract in self._held or self._entry.is_quoted_at_best(quoter, contract):
                continue
            quote = self._quote(contract, 0)
            if quote is not None:
                quotes.setdefault(quoter, []).append(quote)
        for quoter, mine in quotes.items():
            self._entry.mass_quote(quoter, mine)

    def _quote(self, contract: int, inquiry_id: int) -> NewQuote | None:
        """A quote at the best prices of a contract; None where a side has none or it stands still."""
        self._draws.ensure()
        size = self._draws.size(min(self._liquidity.touch[contract], self._settings.largest_mean), self._deviation)
        return self._entry.quote_at_best(contract, self._quoter(contract), size, inquiry_id)
