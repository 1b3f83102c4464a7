"""The chain's pace: every frame in a storm of ticks, every sixth in a calm market."""

from terminal.views.chain.pace import CALM_FRAMES, ChainPace


class Market:
    """A count and a clock moved by hand."""

    def __init__(self) -> None:
        self.updates, self.now = 0, 100.0

    def pass_second(self, updates: int) -> None:
        """One second with so many updates."""
        self.now += 1.0
        self.updates += updates


def pace_of(market: Market) -> ChainPace:
    return ChainPace(lambda: market.updates, lambda: market.now)


def test_a_calm_market_is_shown_every_sixth_frame() -> None:
    market = Market()
    pace = pace_of(market)
    market.pass_second(1_000)
    assert pace() == CALM_FRAMES


def test_a_storm_is_shown_at_every_frame_until_it_is_well_over() -> None:
    market = Market()
    pace = pace_of(market)
    market.pass_second(10_000)
    assert pace() == 1
    market.pass_second(4_000)
    assert pace() == 1
    market.pass_second(2_000)
    assert pace() == CALM_FRAMES
    market.pass_second(4_000)
    assert pace() == CALM_FRAMES


def test_nothing_is_decided_on_a_blink() -> None:
    market = Market()
    pace = pace_of(market)
    market.now += 0.1
    market.updates += 5_000
    assert pace() == CALM_FRAMES
