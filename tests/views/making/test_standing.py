"""Levels of the contracts, the order by slack, and when the first one fails."""

from dataclasses import replace

import numpy as np
import pytest

from terminal.domain.account_rights import AccountKind
from terminal.rules.obligations.clock import Total
from terminal.rules.obligations.figures import Figures
from terminal.views.obligations.card_figures import coverage_card, first_card, owed_moment
from terminal.views.obligations.standing import Level, StandingSource, standing_of
from tests.harness import CALL, CHEAP_CALL, OTHER_CALL, PUT
from tests.services.obligation_desk import Hand, Ledger, at

HOUR = 3_600_000_000


def figures(hand: Hand, clock: str) -> Figures:
    hand.now = at(clock)
    found = hand.obligations.figures()
    assert found is not None
    return found


@pytest.fixture
def hand() -> Hand:
    return Hand(Ledger()).open()


@pytest.mark.requirement("M6", "X1")
def test_a_contract_is_missed_good_critical_or_exempt(hand: Hand) -> None:
    hand.bus.publish(hand.ledger.quoted("09:30:00"))
    standing = standing_of(figures(hand, "09:40:00"))
    levels = dict(zip(standing.figures.codes, standing.levels.tolist(), strict=True))
    assert levels[CALL] == Level.GOOD
    assert levels[PUT] == Level.MISSED
    # 30 % of 14,220 s may be missed (rulebook 8.4): a quarter of it is left after 53 minutes and some
    hand.bus.publish(hand.ledger.quoted("10:24:00", code=PUT, bid="0.0670", ask="0.0730"))
    standing = standing_of(figures(hand, "10:24:01"))
    levels = dict(zip(standing.figures.codes, standing.levels.tolist(), strict=True))
    assert levels[PUT] == Level.CRITICAL
    hand.obligations.set_venue_failure(holds=True)
    standing = standing_of(figures(hand, "10:25:00"))
    assert standing.count(Level.EXEMPT) == len(standing.figures.codes)


@pytest.mark.requirement("X1")
def test_what_fails_first_stands_on_top_and_what_owes_nothing_last(hand: Hand) -> None:
    hand.bus.publish(hand.ledger.quoted("09:30:00"))
    hand.bus.publish(hand.ledger.quoted("09:35:00", code=PUT, bid="0.0670", ask="0.0730"))
    standing = standing_of(figures(hand, "09:40:00"))
    order = [standing.figures.codes[place] for place in standing.order]
    assert set(order[:2]) == {CHEAP_CALL, OTHER_CALL}
    assert order[2:] == [PUT, CALL]
    # rulebook 8.4: 18.4 minutes of the morning may be missed less what is missed already
    totals = standing.figures.totals_us.copy()
    totals[:, Total.COMPLIANT] += 1
    moved = replace(standing.figures, totals_us=totals, remaining_us=np.zeros(len(totals), np.int64))
    assert standing_of(moved).count(Level.MISSED) >= 2


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    ("seconds", "moment"),
    [(600, "10:10:00"), (5400, "11:30:00"), (5401, "13:00:01"), (4 * 3600, None)],
)
def test_slack_runs_out_in_owed_time_only(seconds: float, moment: str | None) -> None:
    windows = ((9 * HOUR + HOUR // 2, 11 * HOUR + HOUR // 2), (13 * HOUR, 14 * HOUR + 57 * 60_000_000))
    found = owed_moment(windows, 10 * HOUR, seconds)
    if moment is None:
        assert found is None
    else:
        hours, minutes, rest = (int(part) for part in moment.split(":"))
        assert found == (hours * 3600 + minutes * 60 + rest) * 1_000_000


@pytest.mark.requirement("M7")
def test_the_contract_rate_says_how_many_may_still_be_lost(hand: Hand) -> None:
    standing = standing_of(figures(hand, "09:40:00"))
    # 80 % of the four that are not adjusted (rulebook 8.4)
    card = coverage_card(standing)
    assert (card.corner, card.level) == ("4 / 4", "warn")
    assert [figure for _, figure in card.notes] == ["≥ 80% · 4", "0"]
    late = coverage_card(standing_of(figures(hand, "14:00:00")))
    assert (late.corner, late.level) == ("0 / 4", "critical")
    measure = hand.obligations.measure
    assert measure is not None
    assert first_card(None, measure).figure == "–"


@pytest.mark.requirement("M6")
def test_the_standing_is_reckoned_twice_a_second_at_most(hand: Hand) -> None:
    seconds = [0.0]
    source = StandingSource(hand.obligations, lambda: AccountKind.MARKET_MAKER_PRIMARY, lambda: seconds[0])
    first = source.now()
    assert first is not None
    seconds[0] = 0.4
    assert source.now() is first
    assert source.now(fresh=True) is not first
    seconds[0] = 2.0
    assert source.now() is not first
