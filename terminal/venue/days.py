"""One trading day after the other without clock, journal and sockets: play, settle, open the next. Pure.

`serve.py` does the same around a journal; this is for whoever has no need of one: training, tests, benchmarks.
"""

from collections.abc import Callable
from datetime import datetime

from terminal.domain.calendar import SHANGHAI, TradingCalendar
from terminal.rules.profile import Profile
from terminal.venue.book import BookHeader, open_market
from terminal.venue.counter.entries import JournalEntry
from terminal.venue.counter.settlement.entries import Inputs
from terminal.venue.counter.settlement.steps import Step
from terminal.venue.crowd.settings import MarketSettings
from terminal.venue.day_end import DayEnd, settlement_inputs
from terminal.venue.dividends import due
from terminal.venue.market import Market
from terminal.venue.next_list import next_header

_NO_LIMIT = 1 << 30


def day_end_of(
    market: Market,
    header: BookHeader,
    settings: MarketSettings,
    calendar: TradingCalendar,
    announced: Callable[[], BookHeader] | None = None,
) -> DayEnd:
    """The day's end of a market that was opened from this header; `announced` has what was said since, in a class."""

    def inputs() -> Inputs:
        next_day = calendar.shift(header.day.trading_day, 1)
        return settlement_inputs(
            market,
            calendar,
            rate=settings.pricing.rate,
            seed=header.seed,
            dividends=due((announced() if announced else header).coming_dividends, next_day),
        )

    return DayEnd(market, inputs)


class Days:
    """The market of the present day, and how the next one comes."""

    def __init__(
        self, profile: Profile, settings: MarketSettings, calendar: TradingCalendar, header: BookHeader
    ) -> None:
        self._profile = profile
        self._settings = settings
        self._calendar = calendar
        self.header = header
        self.market = open_market(header, profile, settings)
        self.entries: list[JournalEntry] = []
        """What a journal would hold of the present day"""

    def keep(self) -> None:
        """Take what the market has to say since the last call: entries are kept, reports and news are dropped."""
        self.entries.extend(self.market.outcome.entries)
        self.market.outcome.clear()

    def play_until(self, hour: int, minute: int, step_seconds: float) -> None:
        """Let market time pass up to a time of the day, in steps of at most 300 seconds."""
        goal = self.market.now.astimezone(SHANGHAI).replace(hour=hour, minute=minute, second=0, microsecond=0)
        self.market.advance(goal, step_seconds, _NO_LIMIT)
        self.market.touch_clock(goal)
        self.keep()

    def close(self) -> None:
        """Let the clock run over the last window of the day."""
        last = max(end for _, end in (*self._profile.sessions.exercise, self._profile.sessions.closing_auction))
        self.market.touch_clock(datetime.combine(self.header.day.trading_day, last, SHANGHAI))
        self.keep()

    def settle(self, after_step: Callable[[Step | None], None] | None = None) -> None:
        """Run the day's end, after `close`; `after_step` is called after each of its steps.

        Raises SettlementStopped as the steps do.
        """
        day_end = day_end_of(self.market, self.header, self._settings, self._calendar)
        while not day_end.is_settled:
            step = day_end.advance()
            self.keep()
            if after_step is not None:
                after_step(step)

    def open_next_day(self) -> None:
        """Open the next trading day with every account carried over. Raises BadInput for a day that is not settled."""
        counter = self.market.counter
        self.header = next_header(self.header, counter.settlement.state, self._profile, self._settings, self._calendar)
        self.market = open_market(self.header, self._profile, self._settings)
        self.entries = list(counter.carry_into(self.market.counter).entries)
