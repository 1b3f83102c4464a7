"""What the real rules find, in a real card: the figures of each finding are painted whole, in both languages.

The day is the one of `tests/alerts/room.py`: 510050 in November 2016, before its first ex-day.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from terminal.alerts.alert import Alert, AlertKind, Finding, Level, Standing
from terminal.alerts.conditions import Comparison, Condition, Measure
from terminal.alerts.groups import AlertGroup
from terminal.alerts.outlook import Asked, ComingExDay, Duty, Forced, Outlook, Reading
from terminal.alerts.rules import RULES
from terminal.alerts.rules.custom import custom
from terminal.domain.combinations import Combination, CombinationStrategy
from terminal.domain.contracts import ListingState, Right, Underlying
from terminal.domain.forced import ForcedCause
from terminal.domain.messages import DayOpened, LimitUse
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.domain.settlement import Delivery
from terminal.services.bus import Bus
from terminal.services.market_data import MarketData
from terminal.views.alerts.answers import Actions, Answers
from terminal.views.alerts.card import AlertCard
from terminal.views.alerts.card_text import Figure
from terminal.views.appearance import Appearance
from terminal.views.formatting import money
from terminal.views.translation import Languages
from tests.alerts.room import (
    CALL_DECEMBER,
    CALL_IN,
    CALL_OUT,
    CONTRACTS,
    COVERED,
    EVE,
    EX_DAY,
    FUND,
    LONG,
    NOVEMBER,
    PUT_IN,
    SHORT,
    SPOT,
    Room,
    at,
    day_before,
    funds,
    held,
    holding,
    outlook,
    thresholds,
)
from tests.views.alerts.screen_rig import next_day

NOW = at(EVE)
LIMITS = thresholds()
COMING = ComingExDay(FUND, EX_DAY, Decimal("0.053"))
ADJUSTED = replace(
    CALL_DECEMBER, trading_code="510050C1612A02050", name="50ETF购12月2006A", strike=Decimal("2.006"),
    multiplier=10_220, recently_adjusted=True,
)  # fmt: skip
PAIR = Combination(
    number="C2", strategy=CombinationStrategy.KKS, first_code=CALL_IN.code, second_code=PUT_IN.code, quantity=4,
    margin=Decimal("9100"),
)  # fmt: skip
CONDITION = Condition(
    name="IV high",
    measure=Measure.VOLATILITY,
    of=FUND,
    comparison=Comparison.ABOVE,
    threshold=Decimal("0.25"),
    note="look",
)
#: Figures that choose words, stand beside another in words, or are none of the card's business
_WORDED = {
    *("quantities", "right", "side", "exact", "standing", "cause", "state", "short", "adjusted", "limit", "measure"),
    *("comparison", "exercise_day", "cash_needed", "shares_needed", "cash_cost", "day"),
}


def assigned(right: Right, of: str, strike: str) -> Delivery:
    return Delivery(
        contract_code=of, underlying=FUND, right=right, side=SHORT, quantity=10, strike=Decimal(strike),
        multiplier=10_000, exercise_day=NOVEMBER, delivery_day=CALL_IN.delivery_day,
    )  # fmt: skip


def use(reason: Reason, used: str, allowed: str) -> LimitUse:
    return LimitUse(limit=reason, underlying=FUND, used=Decimal(used), allowed=Decimal(allowed))


@cache
def days() -> dict[AlertKind, list[Outlook]]:
    """Days on which the real rules have something to say of a kind."""
    longs = (held(CALL_IN, LONG, 20), held(PUT_IN, LONG, 10), held(CALL_OUT, LONG, 60))
    covered: dict[str, Any] = {
        "held": (held(CALL_DECEMBER, COVERED, 5),), "holdings": holding(50_400, 50_000, covering=50_000),
    }  # fmt: skip
    called = funds("100000", margin="115000", margin_call="15000")
    margin = (held(CALL_OUT, SHORT, 2, margin=Decimal(7_000)),)
    done = Forced(CALL_OUT.code, ForcedCause.MARGIN, 3, NOW)
    morning = at(CALL_IN.delivery_day, "09:00:00")
    new = [replace(one, listing=ListingState.NEW) for one in (CALL_IN, PUT_IN)]
    closed = [replace(one, opening_restricted=True) for one in (CALL_IN, CALL_OUT)]
    mine = (held(CALL_OUT, LONG, 95),)
    return {
        AlertKind.NEAR_EXPIRY: [outlook(at(day_before(NOVEMBER, 3)), held=longs)],
        AlertKind.EXERCISE: [outlook(at(NOVEMBER, "15:10:00"), held=longs, funds=funds("100000"))],
        AlertKind.NOT_CLOSED: [
            outlook(at(NOVEMBER, "14:10:00"), held=longs),
            outlook(at(EVE, "11:30:00"), funds=called),
            outlook(at(EVE, "11:30:00"), held=covered["held"], holdings=holding(50_000, 50_000, short=1_100)),
        ],
        AlertKind.WRITER: [
            outlook(
                at(day_before(NOVEMBER, 1)), held=(held(CALL_IN, SHORT, 6), held(PUT_IN, SHORT, 8)), funds=funds("1000")
            )
        ],
        AlertKind.ASSIGNED: [
            outlook(morning, deliveries=(assigned(Right.CALL, CALL_IN.code, "2.350"),), holdings=holding(30_000)),
            outlook(morning, deliveries=(assigned(Right.PUT, PUT_IN.code, "2.550"),), funds=funds("100000")),
        ],
        AlertKind.ADJUSTMENT_COMING: [
            outlook(at(day_before(EX_DAY, 3)), held=(held(CALL_DECEMBER, LONG, 8),), coming=(COMING,)),
            outlook(NOW, held=(held(CALL_DECEMBER, LONG, 8),), coming=(replace(COMING, close=SPOT),)),
        ],
        AlertKind.ADJUSTED: [outlook(at(EX_DAY), held=(held(ADJUSTED, LONG, 2),))],
        AlertKind.COVERED_SHORTFALL: [
            outlook(at(day_before(EX_DAY, 3)), coming=(COMING,), **covered),
            outlook(at(EX_DAY), held=(held(ADJUSTED, COVERED, 5),), holdings=holding(50_400, 50_000, covering=51_100)),
        ],
        AlertKind.COMBINATION_RELEASE: [
            outlook(at(NOVEMBER), combinations=(PAIR,), release_margin={"C2": Decimal(7_897)}, funds=funds("5000"))
        ],
        AlertKind.MARGIN: [
            outlook(NOW, held=margin, funds=funds("100000", margin=f"{ratio}000")) for ratio in (85, 105, 135)
        ],
        AlertKind.FORCED_CLOSE: [
            outlook(at(EVE, "09:00:00"), held=margin, funds=called), outlook(NOW, funds=funds(), forced=(done,)),
        ],
        AlertKind.POSITION_LIMIT: [outlook(NOW, held=mine, limits=(use(Reason.LIMIT_TOTAL, "95", "100"),))],
        AlertKind.PURCHASE_LIMIT: [outlook(NOW, held=mine, limits=(use(Reason.LIMIT_PURCHASE, "4650", "5000"),))],
        AlertKind.LARGE_HOLDER: [outlook(NOW, held=mine, limits=(use(Reason.LIMIT_RIGHT_SIDE, "85", "100"),))],
        AlertKind.SUSPENSION: [
            outlook(NOW, held=mine, halted=(CALL_OUT.code,)), outlook(NOW, held=mine, resumed={CALL_OUT.code: NOW}),
        ],
        AlertKind.BREAKER: [outlook(NOW, held=mine, breakers={CALL_OUT.code: NOW + timedelta(minutes=3)})],
        AlertKind.OPEN_RESTRICTION: [outlook(NOW, held=mine, contracts=(*closed, PUT_IN, CALL_DECEMBER))],
        AlertKind.LISTING: [outlook(NOW, contracts=(*new, CALL_DECEMBER))],
        AlertKind.CONNECTION: [outlook(NOW, link=LinkState.DOWN, link_down_seconds=61.0, ordered=(CALL_OUT.code,))],
        AlertKind.STALE_DATA: [outlook(NOW, held=mine, feed_ages={FUND: 30.0})],
        AlertKind.OBLIGATION: [
            outlook(NOW, duties=(Duty(CALL_OUT.code, slack, 4000.0, True, False),)) for slack in (500.0, -1.0)
        ],
        AlertKind.INQUIRY: [outlook(NOW, inquiries=(Asked(7, CALL_OUT.code, 10, NOW + timedelta(seconds=20)),))],
        AlertKind.CUSTOM: [outlook(NOW, readings={"IV high": Reading(0.2634, (CALL_OUT.code,))})],
    }  # fmt: skip


def found_on(kind: AlertKind) -> list[tuple[Outlook, Finding]]:
    found = []
    for day in days()[kind]:
        every = [finding for rule in RULES for finding in rule(day, LIMITS)]
        every += custom(day, ((CONDITION, False),))
        mine = [finding for finding in every if finding.kind is kind]
        assert mine, day.now
        found += [(day, finding) for finding in mine]
    return found


@pytest.fixture
def market() -> MarketData:
    """The contracts of the day."""
    market = MarketData(Bus(), lambda: 0.0)
    fund = Underlying(
        code=FUND, name="50ETF", pinyin="SZ50ETF", previous_close=SPOT, limit_up=SPOT, limit_down=SPOT
    )  # fmt: skip
    market.open_day(DayOpened(trading_day=EVE, underlyings=(fund,), contracts=CONTRACTS, source="test"))
    return market


@pytest.fixture
def make_card(qtbot: QtBot, market: MarketData, appearance: Appearance) -> Callable[[Outlook, Finding], AlertCard]:
    def make(day: Outlook, finding: Finding) -> AlertCard:
        answers = Answers(
            Room().book, now=lambda: day.now, who=lambda: "Li", next_day=next_day, opens_at=day.now.time()
        )
        actions = Actions(reason=lambda *_: "", act=lambda *_: None)
        card = AlertCard(market, answers, actions, appearance)
        qtbot.addWidget(card)
        card.resize(352, 500)
        card.show_group(AlertGroup((Alert(finding, Standing.OPEN, day.now, day.now),)), day.now)
        card.show()
        return card

    return make


TOLD_BY_RULES = [
    kind
    for kind in AlertKind
    if kind
    not in (
        AlertKind.INSTRUCTOR, AlertKind.DEEP_OUT_OF_MONEY, AlertKind.OPENS_NEAR_EXPIRY, AlertKind.OPENS_ADJUSTED
    )
]  # fmt: skip


@pytest.mark.requirement("T2", "T4", "T5", "T6", "T7", "O16", "O17", "O18", "R1", "R2", "R3", "X6")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", TOLD_BY_RULES)
def test_a_card_shows_what_the_rule_found(
    kind: AlertKind, language: str, make_card: Callable[[Outlook, Finding], AlertCard], languages: Languages
) -> None:
    languages.use(language)
    for day, finding in found_on(kind):
        card = make_card(day, finding)
        assert not card.grab().isNull()
        painted = "\n".join(card.face.painted())
        for name, text in finding.figures.items():
            if name in _WORDED or text in ("", "0", "0.00"):
                continue
            ways = {text, *(format(Figure(text), spec) for spec in "mqpt")}
            assert any(way in painted for way in ways), (name, text, painted)
        # Every figure has words of its own: none is shown under the name that the rule gave it
        assert card.face.text is not None
        labels = {line.label for line in card.face.text.lines}
        assert labels.isdisjoint(name.replace("_", " ") for name in finding.figures)
        if finding.money is not None:
            assert money(finding.money) in painted
        if finding.deadline is not None:
            assert f"{finding.deadline:%H:%M}" in painted
        assert "{" not in painted
        assert "–" not in card.face.painted()[2]
        if language == "zh_CN":
            bare = re.sub(r"ETF|KKS|IV high|look|[A-Z0-9]{6,}", "", painted)
            assert not re.search(r"[A-Za-z]{3,}", bare), bare


@pytest.mark.requirement("T5")
def test_the_worked_example_of_five_covered_calls_stands_on_the_card(
    make_card: Callable[[Outlook, Finding], AlertCard],
) -> None:
    # rulebook 7: 5 covered calls, 10000 -> 10220, lock 1,100 more; 400 are free, so 700 are missing or close 1
    day, finding = found_on(AlertKind.COVERED_SHORTFALL)[0]
    card = make_card(day, finding)
    told = card.face.painted()
    assert "50ETF: lock 1,100 more shares for covered calls" in told
    assert "50,000 → 51,100 shares" in told
    assert "400, 1,100 to lock" in told
    assert "700 shares, or close 1 contract" in told


@pytest.mark.requirement("T6")
def test_the_last_call_for_exercise_is_a_sheet_and_says_what_is_short(
    make_card: Callable[[Outlook, Finding], AlertCard],
) -> None:
    day, finding = found_on(AlertKind.EXERCISE)[0]
    assert finding.level is Level.SHEET
    card = make_card(day, finding)
    assert card.face.text is not None
    assert card.face.text.head == "Confirm · Exercise"
    assert card.face.countdown == "20:00"
