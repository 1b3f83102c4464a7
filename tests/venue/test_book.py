"""A book taken up again is the same book, and the next day begins with what the accounts had."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import ListingState, Right
from terminal.domain.errors import BadInput, JournalError
from terminal.domain.market_data import Column
from terminal.domain.messages import DayOpened, SubmitOrder
from terminal.domain.orders import Instruction, OrderStatus, OrderType
from terminal.domain.phases import Phase
from terminal.venue.book import BookHeader, decode_header, decode_picture, open_market, picture_of, resume_market
from terminal.venue.counter.entries import JournalEntry
from terminal.venue.counter.settlement.entries import Inputs
from terminal.venue.counter.settlement.state import ClearingState
from terminal.venue.counter.settlement.steps import STEPS
from terminal.venue.market import Market
from terminal.venue.next_list import next_header
from terminal.venue_source import VenueFiles, VenueRequest, first_header, read_files
from tests.harness import (
    CALL,
    CONTRACTS,
    DAY,
    FUND,
    LEVELS,
    PUT,
    START,
    UNDERLYINGS,
    World,
    limit,
    market_settings,
    play,
)
from tests.venue.counter.market import profile

HEADER = BookHeader(
    book_id="b",
    day=DayOpened(trading_day=DAY, underlyings=UNDERLYINGS, contracts=CONTRACTS),
    profile="sse_2025",
    seed=7,
    start=START,
    levels=dict(LEVELS),
    spots={FUND: Decimal("2.963")},
)


def opened(header: BookHeader = HEADER) -> tuple[Market, list[JournalEntry]]:
    """A market with one account, and the entries so far."""
    market = open_market(header, profile(), market_settings())
    entries = list(market.counter.open_account("A1", Decimal("1000000.00"), {FUND: 100_000}).entries)
    return market, entries


def send(market: Market, entries: list[JournalEntry], client_order_id: str, price: str, quantity: int = 3) -> None:
    market.command(
        "A1",
        SubmitOrder(
            client_order_id=client_order_id,
            contract_code=CALL,
            instruction=Instruction.BUY_OPEN,
            order_type=OrderType.LIMIT,
            quantity=quantity,
            price=Decimal(price),
        ),
        market.now,
    )
    entries += market.outcome.entries
    market.outcome.clear()


def test_a_book_from_levels_has_exactly_these_and_the_crowd_owns_them() -> None:
    market, _ = opened()
    rows = market.exchange.quote_rows([len(UNDERLYINGS)])[0].tolist()
    assert rows[Column.BID_PRICE : Column.BID_PRICE + 3] == [4620, 4610, 0]
    assert rows[Column.ASK_QUANTITY : Column.ASK_QUANTITY + 3] == [10, 20, 0]
    assert len(market.crowd.working_orders()) == len(market.exchange.resting_orders())
    assert market.outcome.trades == []


@pytest.mark.fault("F51")
def test_a_resumed_market_is_the_same_market() -> None:
    market, entries = opened()
    send(market, entries, "a", "0.4630", 12)
    send(market, entries, "b", "0.4000")
    market.advance(START + timedelta(seconds=30), 0.1, 300)
    entries += market.outcome.entries
    market.outcome.clear()
    picture = decode_picture(picture_of(market))
    again = resume_market(HEADER, profile(), market_settings(), entries, picture)
    assert again.now == market.now
    assert again.counter.picture() == market.counter.picture()
    assert sorted(map(repr, again.exchange.resting_orders())) == sorted(map(repr, market.exchange.resting_orders()))
    assert again.exchange.quoting_state() == market.exchange.quoting_state()
    assert again.exchange.quoting_state().quotes
    assert again.exchange.next_trade_id == market.exchange.next_trade_id
    # The underlyings' levels are the cash market's, and come with the crowd's next step
    contracts = range(len(UNDERLYINGS), len(UNDERLYINGS) + len(CONTRACTS))
    same = again.exchange.quote_rows(contracts) == market.exchange.quote_rows(contracts)
    assert same[:, Column.LAST :].all()
    # And it goes on
    again.advance(START + timedelta(seconds=60), 0.1, 300)
    assert again.now == START + timedelta(seconds=60)
    assert sum(again.counter.trial_balance().values()) == 0


@pytest.mark.fault("F51")
def test_without_a_picture_accounts_are_still_exact() -> None:
    market, entries = opened()
    send(market, entries, "a", "0.4630", 5)
    send(market, entries, "b", "0.4000")
    again = resume_market(HEADER, profile(), market_settings(), entries, None)
    assert again.counter.picture() == market.counter.picture()
    assert [o.leaves for o in again.exchange.resting_orders() if o.participant >= 1000] == [3]


@pytest.mark.fault("F54")
def test_a_picture_of_the_day_before_is_passed_over() -> None:
    market, _ = opened()
    old = decode_picture(picture_of(market))
    later = START + timedelta(days=1)
    day = msgspec.structs.replace(HEADER.day, trading_day=DAY + timedelta(days=1))
    header = msgspec.structs.replace(HEADER, day=day, start=later)
    again = resume_market(header, profile(), market_settings(), [], old)
    assert (again.now, again.trading_day) == (later, day.trading_day)


@pytest.mark.parametrize("read", [decode_header, decode_picture])
@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x80", msgspec.msgpack.encode({"at": 5})])
@pytest.mark.fault("F48")
def test_what_is_no_header_and_no_picture_is_refused(read: object, body: bytes) -> None:
    assert callable(read)
    with pytest.raises(JournalError):
        read(body)


def test_a_header_survives_the_disk() -> None:
    header = msgspec.structs.replace(HEADER, closes=((DAY, {FUND: Decimal("2.963")}),))
    again = decode_header(msgspec.msgpack.encode(header))
    assert again.start == header.start
    assert msgspec.structs.replace(again, start=header.start) == header


def test_a_generated_day_opens_in_the_middle_of_the_morning() -> None:
    header = msgspec.structs.replace(
        HEADER, levels={}, spots={}, start=datetime.combine(DAY, datetime.min.time(), SHANGHAI).replace(hour=10)
    )
    market, _ = opened(header)
    assert (market.now, market.phase) == (header.start, Phase.CONTINUOUS)
    assert len(market.exchange.resting_orders()) > 20
    assert not market.outcome.trades


# ---- the next day


@pytest.fixture(scope="module")
def files() -> VenueFiles:
    return read_files(VenueRequest(profile="sse_2025", seed=1, speed=1.0), None)


@pytest.mark.parametrize(("move", "days"), [("0.93", 3), ("1.05", 3), ("1.00", 12)])
def test_what_lives_on_keeps_its_code_and_terms_wherever_the_price_went(
    files: VenueFiles, move: str, days: int
) -> None:
    request = VenueRequest(profile="sse_2025", seed=1, speed=1.0, day=date(2026, 11, 24))
    header = msgspec.structs.replace(first_header(request, files, DAY), coming_dividends=())
    for _ in range(days):
        eve = header
        closes = {u.code: (u.previous_close * Decimal(move)).quantize(Decimal("0.001")) for u in eve.day.underlyings}
        header = next_header(eve, settled(eve, closes, files), files.profile, files.settings, files.calendar)
        contracts = {c.code: c for c in header.day.contracts}
        for before in eve.day.contracts:
            if before.last_day >= header.day.trading_day:
                after = contracts[before.code]
                terms = (before.trading_code, before.strike, before.multiplier, before.expiry)
                assert (after.trading_code, after.strike, after.multiplier, after.expiry) == terms
                assert after.previous_settlement == before.previous_settlement
        assert {u.code: u.previous_close for u in header.day.underlyings} == closes
        assert header.book_id == eve.book_id


def test_what_a_chain_file_listed_far_from_the_price_lives_on_to_its_expiry(files: VenueFiles) -> None:
    """510050 on 2018-11-09: November was listed in the spring, at prices that the book's closes know nothing of."""
    code, far = "510050C1811M02850", Decimal("2.850")
    near = next(c for c in HEADER.day.contracts if c.underlying == FUND and c.right is Right.CALL)
    contract = replace(
        near, code="10001370", trading_code=code, name="50ETF购11月2850", strike=far, listing=ListingState.EXISTING,
        first_day=date(2018, 3, 29), last_day=date(2018, 11, 28), expiry=date(2018, 11, 28),
        exercise_day=date(2018, 11, 28), delivery_day=date(2018, 11, 29), open_interest=123_567,
    )  # fmt: skip
    underlying = replace(HEADER.day.underlyings[0], code=FUND, previous_close=Decimal("2.537"))
    day = DayOpened(trading_day=date(2018, 11, 9), underlyings=(underlying,), contracts=(contract,))
    header = msgspec.structs.replace(HEADER, day=day, start=_morning(day.trading_day), coming_dividends=())
    for _ in range(3):
        header = next_header(
            header, settled(header, {FUND: Decimal("2.464")}, files), files.profile, files.settings, files.calendar
        )
        found = [c for c in header.day.contracts if c.trading_code == code]
        assert [(c.code, c.strike, c.expiry, c.open_interest) for c in found] == [
            ("10001370", far, date(2018, 11, 28), 10)
        ]
        # Nobody listed the put, and nothing brings it up now
        assert not any(c.trading_code == code.replace("C1811", "P1811") for c in header.day.contracts)


def settled(header: BookHeader, closes: dict[str, Decimal], files: VenueFiles) -> ClearingState:
    """A settled day without trades: every contract settles at the price it began with."""
    contracts = header.day.contracts
    inputs = Inputs(
        trading_day=header.day.trading_day,
        next_day=files.calendar.shift(header.day.trading_day, 1),
        closes=closes,
        prices={c.code: c.previous_settlement for c in contracts},
        open_interest={},
        days_left={},
        seed=1,
    )
    return ClearingState(inputs=inputs, done=list(STEPS), open_interest={c.code: 10 for c in contracts})


@pytest.mark.fault("F41")
def test_a_day_that_is_not_settled_has_no_next_one(files: VenueFiles) -> None:
    header = first_header(VenueRequest(profile="sse_2025", seed=1, speed=1.0, day=date(2026, 11, 24)), files, DAY)
    with pytest.raises(BadInput, match="settled"):
        next_header(header, ClearingState(), files.profile, files.settings, files.calendar)


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=SHANGHAI)


def test_positions_that_live_on_are_carried_with_price_and_margin(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.orders.submit(limit(CALL, "0.4630", 3))
        await rig.orders.submit(limit(PUT, "0.0690", 2, Instruction.SELL_OPEN))
        await rig.desk.instructions.lock_shares(FUND, 20_000)
        await world.settle()
        await rig.orders.submit(limit(CALL, "0.4620", 2, Instruction.COVERED_OPEN))
        await world.settle()
        assert all(order.status is OrderStatus.FILLED for order in rig.orders.orders)
        before = world.market.counter.account_report("880000001888", world.market.now)
        day = msgspec.structs.replace(HEADER.day, trading_day=DAY + timedelta(days=1))
        header = msgspec.structs.replace(HEADER, day=day, levels={}, spots={}, start=_morning(day.trading_day))
        fresh = open_market(header, profile(), market_settings())
        world.market.counter.carry_into(fresh.counter)
        after = fresh.counter.account_report("880000001888", fresh.now)
        assert after.funds.balance == before.funds.balance
        assert after.funds.margin == before.funds.margin
        assert [(p.contract_code, p.side, p.quantity, p.average_price, p.margin) for p in after.positions] == [
            (p.contract_code, p.side, p.quantity, p.average_price, p.margin) for p in before.positions
        ]
        assert after.holdings[0].covering == 20_000

    play(tmp_path, story)
