"""A day's end (日终) as the venue plays it: one step a turn, told before the next, and whether the next day may come.

What the steps do is `day_end.py`.
"""

import logging
from collections.abc import Callable

from terminal.domain.errors import shown
from terminal.venue.counter.settlement.context import SettlementStopped
from terminal.venue.day_end import DayEnd
from terminal.venue.market import Market
from terminal.venue.notices import NoticeBoard
from terminal.venue.publisher import Publisher

logger = logging.getLogger(__name__)


class DayClosing:
    """The end of one market's day; None for `day_end` is a market that ends with its last trade.

    `publish` tells what a step led to, `tell_clock` that the day is one step further.
    """

    def __init__(
        self,
        market: Market,
        day_end: DayEnd | None,
        board: NoticeBoard,
        publisher: Publisher,
        *,
        publish: Callable[[], None],
        tell_clock: Callable[[], None],
    ) -> None:
        self._market = market
        self.day_end = day_end
        self.board = board
        self._publisher = publisher
        self._publish = publish
        self._tell_clock = tell_clock
        self.is_stopped = False
        """A step could not be done; it is tried again when somebody asks for the next day"""
        self._next_day_asked = False

    @property
    def is_settled(self) -> bool:
        """Whether every step is done."""
        return self.day_end is None or self.day_end.is_settled

    @property
    def is_next_day_due(self) -> bool:
        """Whether all is done and somebody has asked for the next day."""
        return self._next_day_asked and self.is_settled

    def ask_for_next_day(self) -> None:
        """Somebody wants to play on; what stopped the day's end is tried again."""
        self._next_day_asked, self.is_stopped = True, False

    def step(self) -> None:
        """One step of the day's end, where there is one left that did not stop it."""
        day_end = self.day_end
        if day_end is None or day_end.is_settled or self.is_stopped:
            return
        try:
            step = day_end.advance()
        except SettlementStopped as error:
            logger.error("the day's end has stopped: %s", error)
            self.is_stopped = True
            self._publisher.post(self.board.day_end_stopped(shown(error, 200), self._market.now))
            return
        self._publish()
        if (inputs := day_end.inputs) is not None:
            for notice in self.board.exact_terms(inputs.closes, inputs.next_day, self._market.now):
                self._publisher.post(notice)
        if step is not None:
            self._publisher.post(self.board.step_done(step, self._market.now))
            self._tell_clock()
