"""What a maker who sets nothing quotes with follows from what is owed and what may be sent."""

from dataclasses import replace
from datetime import date

import pytest

from terminal.rules.protection.limit_sheet import NOTHING
from terminal.rules.sessions import DaySchedule
from terminal.strategies.contract_terms import WidthRule
from terminal.strategies.obliged import messages_per_minute, obliged_quoter, obliged_responder
from tests.harness import OPEN_SHEET
from tests.services.obligation_desk import terms_of
from tests.venue.counter.market import profile

pytestmark = pytest.mark.requirement("M3", "M4")
DAY = DaySchedule.of(profile().sessions, date(2026, 3, 2))


def test_messages_last_until_the_close_for_all_quoters_together() -> None:
    # 20,000 a day (rulebook 11), a fifth kept for cancels, 85 % of the rest, over 237 minutes of continuous trading
    desk = replace(OPEN_SHEET, messages_per_day=20_000, cancel_reserve=0.2)
    own = replace(OPEN_SHEET, messages_per_day=15_000, cancel_reserve=0.2)
    assert messages_per_minute((desk, own), DAY, 3) == pytest.approx(20_000 * 0.8 * 0.85 / 3 / 237)
    # One alone is bound by its own sheet
    assert messages_per_minute((desk, own), DAY, 1) == pytest.approx(15_000 * 0.8 * 0.85 / 237)
    assert messages_per_minute((NOTHING, own), DAY, 3) == 0.0


def test_sizes_widths_and_contracts_are_those_of_the_terms() -> None:
    parameters = obliged_quoter("510050", terms_of("sse_generic"), two_sided=True, messages=19.0)
    assert (parameters.size, parameters.width, parameters.allowed_share) == (10, WidthRule.ALLOWED, 0.5)
    assert (parameters.least_delta, parameters.auctions, parameters.messages_per_minute) == (0.0, False, 19.0)
    # The simulation of 2014 quoted in the auctions too (rulebook 8.2)
    assert obliged_quoter("510050", terms_of("sse_simulation_2014"), two_sided=True, messages=19.0).auctions


@pytest.mark.requirement("M8")
def test_the_responder_answers_as_large_and_as_long_as_the_terms_ask() -> None:
    parameters = obliged_responder("510050", terms_of("sse_generic"))
    assert (parameters.rules[0].size, parameters.hold_seconds, parameters.latest_seconds) == (10, 20.0, 20.0)
