"""Faults of strategies and of the screen put into a desk that quotes (reliability, sections E and F)."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from terminal.domain.messages import SubmitOrder, SubmitQuotes
from terminal.domain.orders import Instruction
from terminal.services.events import AlarmKind
from terminal.strategies.entry import StrategyState
from terminal.strategies.protocol import Ask, Strategy, View
from terminal.strategies.quoter_parameters import QuoterParameters
from tests.harness import FUND, limit
from tests.quoting_rig import limits
from tests.stories.maker import PUT, QUOTED, Maker, quoting_story

Act = Callable[[View, Ask], None]


class Beside(Strategy):
    """A strategy beside the quoter that does on every tick what the test wants."""

    def __init__(self, act: Act) -> None:
        super().__init__("beside", QuoterParameters(underlying=FUND))
        self.act = act

    def on_tick(self, underlying: str, view: View, ask: Ask) -> None:
        """Do it."""
        self.act(view, ask)


def beside(maker: Maker, act: Act, **figures: float) -> Beside:
    """Start it."""
    strategy = Beside(act)
    maker.engine.add(strategy, limits(**figures))
    assert maker.engine.start("beside", "ann") is None
    return strategy


def state_of_beside(maker: Maker) -> tuple[StrategyState, str]:
    entry = maker.engine.entry("beside")
    assert entry is not None
    return entry.state, entry.cause


@pytest.mark.fault("F68")
def test_one_that_raises_beside_it_leaves_the_quoter_quoting_and_a_quoter_that_raises_leaves_nothing(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("strategy beside raised in on_tick")
    expected_warnings("strategy quoter raised in on_timer")

    async def story(maker: Maker) -> None:
        def raises(view: View, ask: Ask) -> None:
            raise ZeroDivisionError

        beside(maker, raises)
        await maker.beat(3)
        assert state_of_beside(maker) == (StrategyState.FAULTED, "ZeroDivisionError in on_tick")
        assert (maker.state, maker.live) == (StrategyState.RUNNING, list(QUOTED))
        # Parameters that no form lets through
        maker.quoter.parameters = replace(maker.quoter.parameters, width="none")  # type: ignore[arg-type] # nonsense
        maker.quoter.on_parameters(maker.quoter.parameters)
        maker.engine.on_timer()
        await maker.settle()
        assert maker.state is StrategyState.FAULTED
        assert (maker.live, maker.at_venue) == ([], 0)

    quoting_story(tmp_path, story)


@pytest.mark.fault("F69")
def test_one_that_does_not_end_is_stopped_and_the_quoter_goes_on(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        def slow(view: View, ask: Ask) -> None:
            # What the watch measures calls by; how a loop without end is broken off: tests/app/test_call_watch.py
            maker.calls.seconds += 2.0

        beside(maker, slow)
        await maker.beat(3)
        assert state_of_beside(maker) == (StrategyState.FAULTED, "on_tick took 2000 ms")
        assert AlarmKind.STRATEGY_STOPPED in maker.rig.alarm_kinds()
        sent = maker.sent
        maker.tick(40)
        await maker.beat(2)
        assert maker.sent > sent
        assert maker.live == list(QUOTED)

    quoting_story(tmp_path, story)


@pytest.mark.fault("F71")
def test_a_runaway_is_throttled_then_stopped_and_the_quoter_s_messages_are_its_own(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        def quotes(view: View, ask: Ask) -> None:
            number = view.universe.number_of[PUT]
            batch, _ = maker.quoter.wanted(view)
            place = maker.quoter.numbers.tolist().index(number)
            for _ in range(5_000):
                ask.quote(batch.take(np.array([place])))

        beside(maker, quotes, messages_per_second=50, cancel_reserve=0.2)
        at = len(maker.rig.gateway.sent)
        maker.tick(1)
        sent = [c for c in maker.rig.gateway.sent[at:] if isinstance(c, SubmitQuotes)]
        assert len(sent) <= 50
        maker.engine.stop("beside", "seen", "ann")
        await maker.beat(4)
        assert maker.live == list(QUOTED)

        def orders(view: View, ask: Ask) -> None:
            for _ in range(5_000):
                ask.order(limit(PUT, "0.0600", 1, Instruction.BUY_OPEN))

        beside(maker, orders)
        maker.tick(1)
        await maker.settle()
        assert state_of_beside(maker)[0] is StrategyState.FAULTED
        assert not [c for c in maker.rig.gateway.sent if isinstance(c, SubmitOrder)]
        await maker.beat(2)
        assert (maker.state, maker.live) == (StrategyState.RUNNING, list(QUOTED))

    quoting_story(tmp_path, story)
