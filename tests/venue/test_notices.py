"""The notice board: what a trader must know of the day, posted before it opens and as it happens."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import ListingState
from terminal.domain.messages import NoticeKind, PhaseChanged
from terminal.domain.phases import Phase
from terminal.venue.counter.settlement.steps import Step
from terminal.venue.dividends import ComingDividend
from terminal.venue.notices import NoticeBoard
from tests.harness import CALL, CONTRACTS, DAY, FUND, OTHER_CALL

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)


@pytest.mark.requirement("T2")
@pytest.mark.parametrize(
    ("terms", "kind", "figures"),
    [
        ({"listing": ListingState.NEW}, NoticeKind.LISTING, {"count": "2", "cause": "price"}),
        (
            {"near_expiry": True},
            NoticeKind.EXPIRY,
            {"day": "2026-03-25", "count": "2", "today": "no"},
        ),
        (
            {"near_expiry": True, "last_day": DAY},
            NoticeKind.EXPIRY,
            {"day": "2026-03-02", "count": "2", "today": "yes"},
        ),
        ({"recently_adjusted": True, "multiplier": 10_220}, NoticeKind.EX_RIGHT, {"count": "2", "unit": "10220"}),
        ({"opening_restricted": True}, NoticeKind.OPEN_RESTRICTION, {"count": "2"}),
        ({"suspended": True}, NoticeKind.SUSPENSION, {"count": "2"}),
    ],
    ids=["listing", "expiry", "expiry today", "adjusted", "restricted", "suspended"],
)
def test_the_morning_s_notices_name_underlying_and_contracts(
    terms: dict[str, Any], kind: NoticeKind, figures: dict[str, str]
) -> None:
    contracts = [replace(c, **terms) if n < 2 else c for n, c in enumerate(CONTRACTS)]
    (notice,) = NoticeBoard(contracts, DAY).notices
    assert (notice.kind, notice.underlying, notice.figures) == (kind, FUND, figures)
    assert notice.codes == tuple(c.code for c in CONTRACTS[:2])
    assert (notice.number, notice.at) == (1, NOW.replace(hour=9))


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        # Nothing of the month stood before; strikes were added to it; what stood before is adjusted
        ([{"listing": ListingState.NEW}] * 2, "month"),
        ([{"listing": ListingState.NEW}, {}], "price"),
        ([{"listing": ListingState.NEW}, {"trading_code": "510050C2603A03200"}], "adjustment"),
    ],
)
def test_each_reason_to_list_has_a_notice_of_its_own(changes: list[dict[str, Any]], cause: str) -> None:
    contracts = [replace(c, **terms) for c, terms in zip(CONTRACTS[:2], changes, strict=True)]
    (notice,) = NoticeBoard(contracts, DAY).notices
    assert notice.figures["cause"] == cause


def test_a_coming_dividend_stands_on_the_board_until_its_day() -> None:
    coming = ComingDividend(underlying=FUND, ex_day=date(2026, 3, 9), cash=Decimal("0.053"))
    (notice,) = NoticeBoard(CONTRACTS, DAY, [coming]).notices
    assert (notice.kind, notice.underlying) == (NoticeKind.EX_RIGHT, FUND)
    assert notice.figures == {"day": "2026-03-09", "cash": "0.053"}


@pytest.mark.requirement("T4")
def test_on_the_eve_the_close_that_new_terms_follow_from_is_posted_once() -> None:
    coming = ComingDividend(underlying=FUND, ex_day=date(2026, 3, 3), cash=Decimal("0.053"))
    later = ComingDividend(underlying="510300", ex_day=date(2026, 3, 9), cash=Decimal("0.1"))
    board = NoticeBoard(CONTRACTS, DAY, [coming, later])
    closes = {FUND: Decimal("2.963"), "510300": Decimal("4.1")}
    (notice,) = board.exact_terms(closes, date(2026, 3, 3), NOW)
    assert (notice.kind, notice.underlying) == (NoticeKind.EX_RIGHT, FUND)
    assert notice.figures == {"day": "2026-03-03", "cash": "0.053", "close": "2.963"}
    assert board.exact_terms(closes, date(2026, 3, 3), NOW) == []
    # Nor after a restart
    again = NoticeBoard(CONTRACTS, DAY, [coming, later])
    again.take_up(board.notices, PhaseChanged(phase=Phase.CLOSED, at=NOW), [])
    assert again.exact_terms(closes, date(2026, 3, 3), NOW) == []


@pytest.mark.requirement("T4")
def test_a_dividend_that_is_announced_on_its_eve_has_its_exact_terms_too() -> None:
    board = NoticeBoard(CONTRACTS, DAY)
    first = board.dividend(FUND, date(2026, 3, 3), Decimal("0.05"), NOW)
    board.dividend(FUND, date(2026, 3, 3), Decimal("0.053"), NOW)
    # A restart in the afternoon has the announcement from the board alone
    again = NoticeBoard(CONTRACTS, DAY)
    again.take_up([first, *board.notices[1:]], PhaseChanged(phase=Phase.CLOSED, at=NOW), [])
    for one in (board, again):
        (notice,) = one.exact_terms({FUND: Decimal("2.963")}, date(2026, 3, 3), NOW)
        assert notice.figures == {"day": "2026-03-03", "cash": "0.053", "close": "2.963"}
        assert one.exact_terms({FUND: Decimal("2.963")}, date(2026, 3, 3), NOW) == []


def test_the_steps_of_the_days_end_are_told() -> None:
    board = NoticeBoard(CONTRACTS, DAY)
    assert board.step_done(Step.NETTING, NOW).figures == {"phase": "E", "step": "netting", "number": "2", "of": "15"}
    assert board.step_done(Step.STATEMENTS, NOW).figures["step"] == "settled"
    assert board.day_end_stopped("no price", NOW).figures == {"phase": "E", "stopped": "no price"}


def test_a_quiet_day_posts_nothing_and_each_underlying_has_its_own() -> None:
    assert NoticeBoard(CONTRACTS, DAY).notices == []
    all_new = [replace(c, listing=ListingState.NEW) for c in CONTRACTS]
    notices = NoticeBoard(all_new, DAY).notices
    assert [(n.underlying, n.number) for n in notices] == [(FUND, 1), ("510300", 2)]


@pytest.mark.requirement("T2")
@pytest.mark.fault("F34")
def test_halt_breaker_and_resumption_are_told_as_they_happen() -> None:
    board = NoticeBoard(CONTRACTS, DAY)

    def tell(
        phase: Phase, code: str = OTHER_CALL, ends_at: datetime | None = None
    ) -> tuple[str, dict[str, str]] | None:
        notice = board.on_phase(PhaseChanged(phase=phase, at=NOW, ends_at=ends_at, code=code))
        return None if notice is None else (notice.kind.value, notice.figures)

    assert tell(Phase.BREAKER, ends_at=NOW + timedelta(minutes=3)) == ("breaker", {"until": "10:03:00"})
    assert tell(Phase.CONTINUOUS) == ("resumption", {})
    assert tell(Phase.CONTINUOUS) is None
    assert tell(Phase.HALTED, CALL) == ("suspension", {})
    assert tell(Phase.CONTINUOUS, CALL) == ("resumption", {})
    assert tell(Phase.LUNCH, "") == ("session", {"phase": "B"})
    assert [n.number for n in board.notices] == [1, 2, 3, 4, 5]
    assert tell(Phase.CLOSED, "") == ("session", {"phase": "E"})


@pytest.mark.fault("F34")
def test_a_halt_of_an_underlying_is_one_notice_and_so_is_its_end() -> None:
    board = NoticeBoard(CONTRACTS, DAY)
    mine = [c.code for c in CONTRACTS if c.underlying == FUND]
    assert len(mine) > 1
    for phase in (Phase.HALTED, Phase.CONTINUOUS):
        for code in (FUND, *mine):
            board.on_phase(PhaseChanged(phase=phase, at=NOW, code=code))
    assert [(n.kind, n.codes) for n in board.notices] == [
        (NoticeKind.SUSPENSION, (FUND,)),
        (NoticeKind.RESUMPTION, (FUND,)),
    ]


@pytest.mark.fault("F34")
def test_a_breaker_over_lunch_is_told_once_and_resumed_once() -> None:
    board = NoticeBoard(CONTRACTS, DAY)
    for phase in (Phase.BREAKER, Phase.LUNCH, Phase.BREAKER, Phase.CONTINUOUS):
        board.on_phase(PhaseChanged(phase=phase, at=NOW, ends_at=NOW, code=CALL))
    assert [n.kind for n in board.notices] == [NoticeKind.BREAKER, NoticeKind.RESUMPTION]


@pytest.mark.requirement("M3")
def test_inquiries_are_one_notice_to_a_maker_and_none_on_the_board() -> None:
    board = NoticeBoard(CONTRACTS, DAY)
    notice = board.inquiry([CALL, OTHER_CALL, CALL], NOW)
    assert (notice.kind, notice.codes, notice.figures) == (NoticeKind.INQUIRY, (CALL, OTHER_CALL), {"count": "2"})
    assert (notice.number, board.notices) == (0, [])


def test_a_long_list_is_cut_and_its_count_stays() -> None:
    many = [replace(CONTRACTS[0], code=f"{10_000_000 + n}", listing=ListingState.NEW) for n in range(100)]
    (notice,) = NoticeBoard(many, DAY).notices
    assert len(notice.codes) == 40
    assert notice.figures == {"count": "100", "cause": "month"}
