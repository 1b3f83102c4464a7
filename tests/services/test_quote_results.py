"""What quotes have brought: executions of a minute, edge against the theoretical price of the moment."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.orders import Instruction
from terminal.rule_files import read_obligations
from terminal.rules.obligations.spread import allowed_units, allowed_widths, cap_rows, percent
from terminal.rules.obligations.terms import Terms
from terminal.services.allowed_widths import AllowedWidths
from terminal.services.quote_results import QuoteResults
from tests.harness import DAY, PUT, World, limit, play
from tests.quoting_rig import open_maker, quote

TERMS = [read_obligations(name) for name in ("sse_generic", "sse_simulation_2014", "eurex", "hkex", "deribit")]


@pytest.mark.requirement("M4")
def test_an_execution_of_a_quote_counts_for_a_minute_and_its_edge_for_the_day(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        results = QuoteResults(rig.theoretical, rig.orders, rig.desk.bus, world.clock)
        number = rig.theoretical.universe.number_of[PUT]
        other = await world.open_desk("D2", "880000009999")
        assert rig.quoting.quote(quote(PUT, "0.0692", "0.0708")) is None
        await world.settle()
        theoretical = float(rig.theoretical.price[number])
        await other.orders.submit(limit(PUT, "0.0692", 3, Instruction.SELL_OPEN))
        await world.settle()
        assert results.fills_a_minute()[number] == results.fills[number] == 1
        assert results.edge[number] == pytest.approx((theoretical - 692) * 3)
        # An order of ours is no quote
        await rig.orders.submit(limit(PUT, "0.0710", 1))
        await world.settle()
        assert results.fills[number] == 1
        world.clock.seconds += 60.0
        assert results.fills_a_minute()[number] == 0
        assert results.fills[number] == 1

    play(tmp_path, story)


@pytest.mark.requirement("M3")
@pytest.mark.parametrize("terms", TERMS, ids=lambda terms: terms.name)
@given(st.lists(st.tuples(st.integers(1, 60_000), st.floats(-1.2, 1.2) | st.just(float("nan"))), min_size=1))
def test_the_width_of_many_is_that_of_each(terms: Terms, cases: list[tuple[int, float]]) -> None:
    for near in (True, False):
        rows = cap_rows(terms, near=near)
        bids, deltas = np.array([b for b, _ in cases]), np.array([d for _, d in cases])
        widths = allowed_widths(rows, bids, np.ones(len(cases), np.int64), deltas)
        assert widths.tolist() == [allowed_units(rows, bid, 1, percent(delta)) for bid, delta in cases]


def test_widths_by_contract_know_near_from_far(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        terms = TERMS[0]
        allowed = AllowedWidths(terms, rig.desk.market, rig.theoretical)
        universe = rig.theoretical.universe
        numbers = np.arange(len(universe))
        widths = allowed(numbers, np.full(len(universe), 700))
        wanted = [
            allowed_units(cap_rows(terms, near=terms.is_near(c.expiry, DAY)), 700, 1, None) for c in universe.contracts
        ]
        assert widths.tolist() == wanted

    play(tmp_path, story)
