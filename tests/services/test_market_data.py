"""The newest quotes overwrite, bad ones never get in, and whoever reads later reads the newest."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import SHANGHAI
from terminal.domain.market_data import COLUMN_COUNT, Column, QuoteRows, pack_rows
from terminal.domain.messages import DayOpened, MarketDataBatch, PhaseChanged, TradeBatch, TradePrint
from terminal.domain.phases import Phase
from terminal.services.bus import Bus
from terminal.services.events import PhaseUpdated, QuotesChanged, TradesPrinted
from terminal.services.market_data import Level, MarketData
from terminal.services.tape import TAPE_LENGTH
from tests.harness import CALL, CONTRACTS, DAY, FUND, OTHER_CALL, UNDERLYINGS, HandClock
from tests.venue.counter.market import profile as rules

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)
FIRST = len(UNDERLYINGS)
OPENED = DayOpened(trading_day=DAY, underlyings=UNDERLYINGS, contracts=CONTRACTS)


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def market(bus: Bus, clock: HandClock) -> MarketData:
    market = MarketData(bus, clock)
    market.open_day(OPENED)
    return market


def row(instrument: int = FIRST, **columns: int) -> list[int]:
    values = [0] * COLUMN_COUNT
    values[Column.INSTRUMENT] = instrument
    values[Column.PHASE] = ord("T")
    for name, value in columns.items():
        values[Column[name]] = value
    return values


def batch(*rows: list[int]) -> MarketDataBatch:
    array: QuoteRows = np.array(rows, np.int64)
    return MarketDataBatch(at=NOW, rows=pack_rows(array))


def test_quotes_are_read_by_code(market: MarketData, bus: Bus) -> None:
    told: list[list[int]] = []
    bus.subscribe(QuotesChanged, lambda e: told.append(e.rows.tolist()))
    quote = row(BID_PRICE=4620, BID_QUANTITY=7, ASK_PRICE=4630, ASK_QUANTITY=9, LAST=4625)
    market.apply(batch(quote, row(0, LAST=29630)))
    assert told == [[FIRST, 0]]
    assert market.bids(CALL) == (Level(4620, 7),)
    assert market.asks(CALL) == (Level(4630, 9),)
    assert (market.last(CALL), market.last(FUND)) == (Decimal("0.4625"), Decimal("2.963"))
    assert market.bids("none") == ()
    assert market.last("none") is None
    prices = market.prices(Column.LAST)
    assert prices[FIRST] == pytest.approx(0.4625)
    assert np.isnan(prices[FIRST + 1])
    contract, underlying = market.contract(CALL), market.underlying(FUND)
    assert contract is not None
    assert underlying is not None
    assert contract.underlying == underlying.code
    assert market.contract(FUND) is None
    assert market.underlying(CALL) is None


@pytest.mark.fault("F29")
@pytest.mark.parametrize(
    "bad",
    [
        row(-1),
        row(FIRST + len(CONTRACTS)),
        row(LAST=-1),
        row(BID_QUANTITY=-5),
        row(ASK_PRICE=10**11),
        row(PHASE=7),
        row(PHASE=2**40),
        row(TIME_US=-1),
    ],
    ids=["before", "beyond", "price", "size", "absurd", "phase", "huge phase", "time"],
)
def test_a_bad_row_is_dropped_and_counted_and_the_good_ones_of_its_batch_go_in(
    market: MarketData, bad: list[int]
) -> None:
    before = market.quotes.copy()
    market.apply(batch(bad))
    assert np.array_equal(market.quotes, before)
    market.apply(batch(bad, row(LAST=4625)))
    assert (market.dropped, market.updates) == (2, 1)
    assert market.last(CALL) == Decimal("0.4625")
    assert market.phase_of(CALL) is Phase.CONTINUOUS


@pytest.mark.fault("F29")
@given(data=st.binary(max_size=3 * 8 * COLUMN_COUNT))
def test_no_bytes_get_a_figure_in_that_is_not_allowed(data: bytes) -> None:
    market = MarketData(Bus(), HandClock())
    market.open_day(OPENED)
    market.apply(MarketDataBatch(at=NOW, rows=data))
    assert (market.quotes >= 0).all()
    assert (market.quotes[:, Column.LAST] <= 10**10).all()
    for code in market.row_of:
        market.phase_of(code)


@pytest.mark.fault("F29")
def test_bad_trades_reach_neither_tape_nor_observers(market: MarketData, bus: Bus) -> None:
    told: list[int] = []
    bus.subscribe(TradesPrinted, lambda e: told.append(len(e.trades)))
    good = TradePrint(instrument=FIRST, price=4630, quantity=2, at=NOW)
    wrong = [(-1, 1, 1), (999, 1, 1), (FIRST, 0, 1), (FIRST, -3, 1), (FIRST, 1, 0), (FIRST, 10**12, 1)]
    trades = [TradePrint(instrument=i, price=p, quantity=q, at=NOW) for i, p, q in wrong]
    trades.append(TradePrint(instrument=FIRST, price=1, quantity=2**63, at=NOW))
    trades.append(TradePrint(instrument=FIRST, price=1, quantity=1, at=NOW.replace(tzinfo=None)))
    market.on_trades(TradeBatch(trades=(*trades, good)))
    assert market.tape(CALL) == (good,)
    assert told == [1]
    assert market.dropped == len(trades)


def test_the_tape_keeps_the_newest(market: MarketData) -> None:
    prints = tuple(TradePrint(instrument=FIRST, price=n + 1, quantity=1, at=NOW) for n in range(TAPE_LENGTH + 5))
    market.on_trades(TradeBatch(trades=prints))
    assert market.tape(CALL) == prints[5:]


@pytest.mark.fault("F33")
def test_age_is_counted_by_the_monotonic_clock_and_movement_by_the_touch(market: MarketData, clock: HandClock) -> None:
    clock.seconds = 10.0
    market.apply(batch(row(BID_PRICE=4620, TIME_US=99)))
    clock.seconds = 20.0
    market.apply(batch(row(BID_PRICE=4620, LAST=4620, TIME_US=1)))
    assert (market.received_at[FIRST], market.moved_at[FIRST]) == (20.0, 10.0)
    clock.seconds = 30.0
    market.apply(batch(row(BID_PRICE=4610)))
    assert market.moved_at[FIRST] == 30.0
    assert market.received_at[FIRST + 1] == 0.0


def test_of_two_rows_of_one_instrument_the_later_counts(market: MarketData) -> None:
    market.apply(batch(row(LAST=1), row(LAST=2)))
    assert market.last(CALL) == Decimal("0.0002")


def test_an_instrument_s_own_phase_goes_before_the_market_s(market: MarketData, bus: Bus) -> None:
    told: list[str] = []
    bus.subscribe(PhaseUpdated, lambda e: told.append(e.code))
    market.on_phase(PhaseChanged(phase=Phase.LUNCH, at=NOW))
    market.on_phase(PhaseChanged(phase=Phase.BREAKER, at=NOW, code=CALL))
    assert told == ["", CALL]
    assert market.phase_of(CALL) is Phase.LUNCH
    market.apply(batch(row(PHASE=ord("V"))))
    assert market.phase_of(CALL) is Phase.BREAKER
    assert market.phase_of("none") is Phase.LUNCH


def test_the_end_of_a_breaker_is_known_until_it_is_over(market: MarketData) -> None:
    end = NOW + timedelta(minutes=3)
    for code in (CALL, "none"):
        market.on_phase(PhaseChanged(phase=Phase.BREAKER, at=NOW, ends_at=end, code=code))
    assert market.breaker_ends == {CALL: end}
    market.on_phase(PhaseChanged(phase=Phase.CONTINUOUS, at=end, code=CALL))
    assert market.breaker_ends == {}
    market.on_phase(PhaseChanged(phase=Phase.BREAKER, at=NOW, ends_at=end, code=CALL))
    market.open_day(DayOpened(trading_day=DAY, underlyings=UNDERLYINGS, contracts=CONTRACTS))
    assert market.breaker_ends == {}


def test_a_new_list_empties_every_row(market: MarketData) -> None:
    market.apply(batch(row(LAST=1)))
    market.open_day(DayOpened(trading_day=DAY, underlyings=UNDERLYINGS, contracts=CONTRACTS[:1]))
    assert market.quotes.shape == (FIRST + 1, COLUMN_COUNT)
    assert market.last(CALL) is None


def test_the_trading_phase_code_and_the_last_inquiry_of_a_contract(market: MarketData) -> None:
    codes = rules().phase_codes
    market.apply(batch(row(PHASE=ord("V"), INQUIRY_US=int(NOW.timestamp()) * 1_000_000)))
    assert market.trading_phase_code(CALL, codes) == "V001"
    assert market.trading_phase_code(FUND, codes) == ""
    assert market.inquired_at(CALL) == NOW.replace(microsecond=0)
    assert market.inquired_at(OTHER_CALL) is None
    assert market.inquired_at("none") is None
    restricted = replace(CONTRACTS[0], opening_restricted=True)
    market.open_day(DayOpened(trading_day=DAY, underlyings=UNDERLYINGS, contracts=(restricted,)))
    assert market.trading_phase_code(restricted.code, codes) == "S060"


@pytest.mark.fault("F29")
def test_nothing_is_taken_before_the_day_s_list_is_known(bus: Bus) -> None:
    market = MarketData(bus, lambda: 1.0)
    row = np.zeros((1, COLUMN_COUNT), np.int64)
    market.apply(MarketDataBatch(at=NOW, rows=pack_rows(row)))
    assert (market.dropped, market.updates) == (1, 0)


@given(
    values=st.lists(st.sampled_from([0, 1, 5, 84, 127, 10**10, 10**10 + 1, 2**62, 2**63 - 1, -1]), min_size=8),
    instrument=st.integers(-1, FIRST + len(CONTRACTS)),
)
@pytest.mark.fault("F29")
def test_a_row_alone_is_taken_or_dropped_as_among_others(values: list[int], instrument: int) -> None:
    """A single row takes a way of its own."""
    columns = (values * COLUMN_COUNT)[:COLUMN_COUNT]
    columns[Column.INSTRUMENT] = instrument
    columns[Column.PHASE] = columns[Column.PHASE] if columns[Column.PHASE] > 84 else 84
    alone, among = MarketData(Bus(), HandClock()), MarketData(Bus(), HandClock())
    for market in (alone, among):
        market.open_day(OPENED)
    alone.apply(batch(columns))
    among.apply(batch(columns, columns))
    assert np.array_equal(alone.quotes, among.quotes)
    assert np.array_equal(alone.moved_at, among.moved_at)
    assert (2 * alone.updates, 2 * alone.dropped) == (among.updates, among.dropped)
    assert alone.book_revision == among.book_revision
