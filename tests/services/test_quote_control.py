"""What a strategy quotes is held to the obligation as what a person quotes is."""

import asyncio
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain.market_data import Column
from terminal.domain.quotes import Handling
from terminal.domain.reasons import Reason
from terminal.rule_files import read_obligations
from terminal.rules.obligations.control import check_quote
from terminal.rules.obligations.terms import Terms
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.services.allowed_widths import AllowedWidths
from terminal.services.gate import DESK
from terminal.services.quote_batches import entries_of
from terminal.services.quote_codes import CODE_OF
from terminal.services.quote_control import QuoteControl
from terminal.services.quote_outcome import Codes
from tests.harness import DeskRig
from tests.quoting_rig import STRATEGY, closed_maker, limits

#: The cheap call and the put of the list
NUMBERS = np.array([1, 2])
SIDES = np.zeros(2, np.bool_)


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> DeskRig:
    """A desk that has seen its market."""
    return asyncio.run(closed_maker(tmp_path_factory.mktemp("control")))


@pytest.fixture(scope="module")
def terms() -> Terms:
    return read_obligations("sse_generic")


def control(rig: DeskRig, terms: Terms, handling: Handling) -> QuoteControl:
    allowed = AllowedWidths(terms, rig.desk.market, rig.theoretical)
    return QuoteControl(allowed, rig.desk.market, rig.theoretical, handling)


def after_of(rig: DeskRig, terms: Terms, batch: QuoteBatch) -> Codes:
    return control(rig, terms, Handling.REFUSE).codes(batch)


@pytest.fixture
def controlled(rig: DeskRig, terms: Terms) -> Iterator[DeskRig]:
    """The same desk with the control that refuses."""
    rig.gate.set_sheet(STRATEGY, limits())
    rig.gate.quote_control = control(rig, terms, Handling.REFUSE)
    yield rig
    rig.gate.quote_control = None


def batch(bids: list[int], asks: list[int], sizes: list[int]) -> QuoteBatch:
    size = np.array(sizes)
    return QuoteBatch.of_sides(NUMBERS, np.array(bids), size, np.array(asks), size, SIDES, SIDES)


@pytest.mark.requirement("M5", "M7")
@given(
    bids=st.lists(st.integers(1, 700), min_size=2, max_size=2),
    widths=st.lists(st.integers(1, 1_500), min_size=2, max_size=2),
    sizes=st.lists(st.integers(1, 30), min_size=2, max_size=2),
)
@settings(max_examples=200)
def test_hundreds_at_once_are_judged_and_changed_as_one_by_hand(
    rig: DeskRig, terms: Terms, bids: list[int], widths: list[int], sizes: list[int]
) -> None:
    market, theoretical = rig.desk.market, rig.theoretical
    assert market.day is not None
    asked = batch(bids, [bid + width for bid, width in zip(bids, widths, strict=True)], sizes)
    codes = control(rig, terms, Handling.REFUSE).codes(asked)
    adjusted = control(rig, terms, Handling.ADJUST).adjusted(asked)
    changed, narrowed, raised = adjusted.batch, adjusted.narrowed, adjusted.raised
    assert np.array_equal(adjusted.too_wide, (after_of(rig, terms, changed) == CODE_OF[Reason.QUOTE_SPREAD]))
    after = after_of(rig, terms, changed)
    names = tuple(contract.code for contract in market.contracts)
    whole = entries_of(changed, names)
    for place, entry in enumerate(entries_of(asked, names)):
        contract = market.contract(entry.contract_code)
        assert contract is not None
        number = int(NUMBERS[place])
        delta = float(theoretical.delta[number] / theoretical.universe.multiplier[number])
        near = terms.is_near(contract.expiry, market.day.trading_day)
        by_hand = check_quote(entry, terms, near=near, handling=Handling.REFUSE, delta=delta)
        code = 0 if by_hand.denial is None else CODE_OF[by_hand.denial.reason]
        assert codes[place] == code
        least = terms.least_quantity(near)
        assert raised[place] == (entry.bid_quantity < least)
        assert min(whole[place].bid_quantity, whole[place].ask_quantity) >= min(least, entry.bid_quantity + 99)
        if narrowed[place]:
            # As wide as allowed, inside what was asked for, around the theoretical price
            assert after[place] == 0
            assert entry.bid_price <= whole[place].bid_price < whole[place].ask_price <= entry.ask_price
            fair = float(theoretical.price[number])
            assert int(changed.bid[place]) <= fair <= int(changed.ask[place])
        else:
            assert (whole[place].bid_price, whole[place].ask_price) == (entry.bid_price, entry.ask_price)
        counted["narrowed" if narrowed[place] else "left"] += 1


counted = {"narrowed": 0, "left": 0}


def test_both_happened() -> None:
    """Or the test above would say little."""
    assert min(counted.values()) >= 10


def test_what_would_meet_an_order_of_others_is_not_narrowed_into_it(rig: DeskRig, terms: Terms) -> None:
    asked = batch([1, 1], [2_000, 2_000], [10, 10])
    market, adjusting = rig.desk.market, control(rig, terms, Handling.ADJUST)
    rows = NUMBERS + rig.theoretical.universe.first
    before = market.quotes[rows].copy()
    try:
        market.quotes[rows, Column.ASK_PRICE] = 1
        assert not adjusting.adjusted(asked).narrowed.any()
        market.quotes[rows, Column.ASK_PRICE] = 0
        market.quotes[rows, Column.BID_PRICE] = 0
        assert adjusting.adjusted(asked).narrowed.all()
    finally:
        market.quotes[rows] = before


@pytest.mark.requirement("M5")
def test_the_gate_refuses_a_strategy_what_is_too_wide_or_too_small(controlled: DeskRig) -> None:
    quotes = batch([650, 650], [700, 1_650], [3, 10])
    codes = controlled.gate.quote_codes(quotes, STRATEGY)
    assert codes.tolist() == [CODE_OF[Reason.QUOTE_SIZE], CODE_OF[Reason.QUOTE_SPREAD]]
    denial = controlled.gate.quote_denial(quotes, 1, int(codes[1]), STRATEGY)
    assert denial.reason is Reason.QUOTE_SPREAD
    # What a person sends was held to it where it was drafted
    assert not set(controlled.gate.quote_codes(quotes, DESK).tolist()) & set(codes.tolist())


def test_a_width_that_is_the_obligation_s_own_is_kept_within_it_whatever_is_set(rig: DeskRig, terms: Terms) -> None:
    asked = batch([1, 1], [2_000, 2_000], [10, 3])
    kept = control(rig, terms, Handling.REFUSE).adjusted(asked, np.array([True, False]))
    assert kept.narrowed.tolist() == [True, False]
    assert (kept.too_wide.tolist(), kept.too_small.tolist()) == ([False, True], [False, True])
    assert after_of(rig, terms, kept.batch)[0] == 0


def test_one_side_is_no_quote_of_an_obligation(controlled: DeskRig) -> None:
    one = QuoteBatch(NUMBERS, np.array([[650, 650], [0, 0]]), np.array([[3, 3], [0, 0]]), np.zeros((2, 2), np.bool_))
    assert controlled.gate.quote_control is not None
    assert not controlled.gate.quote_control.codes(one).any()
