"""Forward, volatilities, greeks and value figures of a chain whose prices come from a known volatility."""

import dataclasses
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import SHANGHAI, TradingCalendar, TradingYear
from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.errors import BadInput
from terminal.domain.market_data import COLUMN_COUNT, Column, pack_rows
from terminal.domain.messages import DayOpened, MarketDataBatch
from terminal.pricing.black_scholes import price_on_forward
from terminal.pricing.quality import Quality
from terminal.pricing.rate_curve import RateCurve
from terminal.pricing.time_to_expiry import TradingTime, years_to_expiry
from terminal.services.bus import Bus
from terminal.services.market_data import MarketData
from terminal.services.valuation import Figure, ForwardSource, Valuation
from tests.pricing.kernels_here import kernels_here

NOW = datetime(2018, 11, 9, 14, 41, 18, tzinfo=SHANGHAI)
EXPIRY = date(2018, 11, 28)
STRIKES = [Decimal(text) for text in ("2.30", "2.40", "2.45", "2.50", "2.55", "2.60", "2.70")]
RATE, SPOT, FORWARD, VOLATILITY = 0.029, 2.480, 2.4912, 0.32


def contract(code: str, right: Right, strike: Decimal, *, letter: str = "M", multiplier: int = 10_000) -> Contract:
    """One November contract of 510050."""
    return Contract(
        code=code,
        trading_code=f"510050{right}1811{letter}{int(strike * 1000):05d}",
        name=f"50ETF{right.mark}11月{int(strike * 1000)}",
        underlying="510050",
        right=right,
        strike=strike,
        multiplier=multiplier,
        first_day=date(2018, 9, 27),
        last_day=EXPIRY,
        exercise_day=EXPIRY,
        delivery_day=EXPIRY + timedelta(days=1),
        expiry=EXPIRY,
        previous_settlement=Decimal("0.0996"),
        underlying_close=Decimal("2.537"),
        limit_up=Decimal("0.3533"),
        limit_down=Decimal("0.0001"),
        margin=Decimal(3000),
    )


class Chain:
    """A market of one underlying with the contracts given, and its valuation."""

    def __init__(self, contracts: list[Contract], now: datetime = NOW) -> None:
        self.contracts = contracts
        self.now = now
        bus = Bus()
        self.market = MarketData(bus, lambda: 1.0)
        self.valuation = Valuation(self.market, bus, lambda: self.now, rate=RATE)
        self.open_day()

    def open_day(self) -> None:
        """List the contracts, and quote the underlying alone."""
        underlying = Underlying(
            code="510050", name="50ETF", pinyin="SZ50ETF", previous_close=Decimal("2.537"),
            limit_up=Decimal("2.791"), limit_down=Decimal("2.283"),
        )  # fmt: skip
        self.market.open_day(
            DayOpened(trading_day=self.now.date(), underlyings=(underlying,), contracts=tuple(self.contracts))
        )
        self.quote("510050", 24_790, 24_810, last=24_800)

    def quote(self, code: str, bid: int, ask: int, *, last: int = 0) -> None:
        """Put one book on the wire; 0 for a missing side."""
        row = np.zeros((1, COLUMN_COUNT), np.int64)
        row[0, Column.INSTRUMENT] = self.market.row_of[code]
        row[0, [Column.LAST, Column.BID_PRICE, Column.ASK_PRICE]] = last, bid, ask
        self.market.apply(MarketDataBatch(at=self.now, rows=pack_rows(row)))

    def marks(self, code: str) -> tuple[int, int]:
        """What the book and the greeks of a contract stand on."""
        self.valuation.refresh("510050")
        row = self.market.row_of[code]
        return int(self.valuation.book_marks[row]), int(self.valuation.greek_marks[row])

    def fair(self, contract: Contract, volatility: float = VOLATILITY, forward: float = FORWARD) -> float:
        """The Black price, yuan."""
        years = years_to_expiry(self.now, contract.expiry)
        sign = 1.0 if contract.right is Right.CALL else -1.0
        discount = np.exp(-RATE * years)
        return float(price_on_forward(sign, forward, float(contract.strike), years, volatility, discount))

    def quote_all(self, volatility: float = VOLATILITY, forward: float = FORWARD) -> None:
        """A book around the fair price of each contract, two ticks wide."""
        for one in self.contracts:
            units = round(self.fair(one, volatility, forward) * 10_000)
            self.quote(one.code, units - 1, units + 1)

    def figure(self, figure: Figure, code: str) -> float:
        """One figure after a refresh."""
        self.valuation.refresh("510050")
        return float(self.valuation.values[figure, self.market.row_of[code]])


def standard() -> list[Contract]:
    """Calls 10000001.. and puts 20000001.. of the standard series."""
    return [
        contract(f"{right_digit}000000{n}", right, strike)
        for right_digit, right in ((1, Right.CALL), (2, Right.PUT))
        for n, strike in enumerate(STRIKES)
    ]


@pytest.fixture
def chain() -> Chain:
    """All contracts quoted two ticks wide at 32 %."""
    built = Chain(standard())
    built.quote_all()
    return built


ATM_CALL, ATM_PUT, DEEP_CALL = "10000003", "20000003", "10000000"
QUOTED = (Figure.MID, Figure.MID_VOLATILITY, Figure.TIME_VALUE, Figure.PREMIUM, Figure.LEVERAGE)
GREEKS = (Figure.DELTA, Figure.GAMMA, Figure.VEGA, Figure.THETA)


@pytest.mark.requirement("X5")
def test_forward_comes_from_parity_of_quoted_pairs(chain: Chain) -> None:
    chain.valuation.refresh("510050")
    forward = chain.valuation.forward("510050", EXPIRY)
    assert forward.source is ForwardSource.PARITY
    assert forward.pairs == 5
    assert forward.price == pytest.approx(FORWARD, abs=1e-4)
    assert forward.spread < 4e-4
    assert forward.atm_volatility == pytest.approx(VOLATILITY, abs=5e-4)


def test_kernels_give_what_numpy_gives_and_stay_for_the_next_list(chain: Chain) -> None:
    compiled = kernels_here()
    calls: list[int] = []

    def counted(address: int, length: int, spot: float) -> float:
        calls.append(length)
        return compiled.value(address, length, spot)

    chain.valuation.refresh("510050")
    by_numpy = chain.valuation.values.copy()
    chain.valuation.use(dataclasses.replace(compiled, value=counted))
    chain.valuation.touch("510050")
    chain.valuation.refresh("510050")
    assert chain.valuation.values == pytest.approx(by_numpy, rel=1e-9, nan_ok=True)
    assert calls
    chain.open_day()
    chain.quote_all()
    calls.clear()
    chain.valuation.refresh("510050")
    assert calls
    assert chain.valuation.values == pytest.approx(by_numpy, rel=1e-9, nan_ok=True)
    chain.valuation.use(None)
    calls.clear()
    chain.valuation.touch("510050")
    chain.valuation.refresh("510050")
    assert not calls


@pytest.mark.requirement("X5")
def test_two_wrong_pairs_do_not_move_the_forward(chain: Chain) -> None:
    chain.quote("10000003", 1_500, 1_502)
    chain.quote("10000004", 900, 902)
    chain.valuation.refresh("510050")
    assert chain.valuation.forward("510050", EXPIRY).price == pytest.approx(FORWARD, abs=2e-4)


def test_call_and_put_of_a_strike_have_the_same_volatility(chain: Chain) -> None:
    """Nearest peer: an undiscounted parity gave 19.1 and 20.7 for one strike of a flat 20 % book."""
    call, put = chain.figure(Figure.MID_VOLATILITY, ATM_CALL), chain.figure(Figure.MID_VOLATILITY, ATM_PUT)
    assert call == pytest.approx(VOLATILITY, abs=5e-4)
    assert put == pytest.approx(call, abs=5e-4)
    assert chain.figure(Figure.BID_VOLATILITY, ATM_CALL) < call < chain.figure(Figure.ASK_VOLATILITY, ATM_CALL)


def test_greeks_have_the_units_of_the_screen(chain: Chain) -> None:
    """Worked: delta by moving spot and forward together 0.1 %, vega by 1 point, theta by one day, all by hand."""
    call = chain.contracts[3]
    bump = chain.fair(call, forward=FORWARD * 1.001) - chain.fair(call, forward=FORWARD * 0.999)
    assert chain.figure(Figure.DELTA, ATM_CALL) == pytest.approx(bump / (0.002 * SPOT) * 10_000, rel=2e-3)
    vega = (chain.fair(call, VOLATILITY + 0.01) - chain.fair(call)) * 10_000
    assert chain.figure(Figure.VEGA, ATM_CALL) == pytest.approx(vega, rel=5e-3)
    up, down = chain.fair(call, forward=FORWARD * 1.01), chain.fair(call, forward=FORWARD * 0.99)
    gamma = (up - 2 * chain.fair(call) + down) / (0.01 * SPOT) * 10_000
    assert chain.figure(Figure.GAMMA, ATM_CALL) == pytest.approx(gamma, rel=2e-2)
    before = chain.figure(Figure.THETA, ATM_CALL)
    assert before == pytest.approx(-21.5, abs=1.5)  # 0.0703 yuan, 19 days: some 0.0021 a day, 10,000 shares
    parity = chain.figure(Figure.DELTA, ATM_CALL) - chain.figure(Figure.DELTA, ATM_PUT)
    assert parity == pytest.approx(FORWARD / SPOT * 10_000 * np.exp(-RATE * 19 / 365), rel=1e-3)


def test_value_figures_of_a_known_quote(chain: Chain) -> None:
    """Worked: call 2.30 at 0.2029/0.2031, spot 2.480: intrinsic 0.18, time value 0.023, premium 0.023 / 2.48."""
    chain.quote(DEEP_CALL, 2_029, 2_031)
    assert chain.figure(Figure.MID, DEEP_CALL) == pytest.approx(0.2030)
    assert chain.figure(Figure.INTRINSIC, DEEP_CALL) == pytest.approx(0.18)
    assert chain.figure(Figure.TIME_VALUE, DEEP_CALL) == pytest.approx(0.023)
    assert chain.figure(Figure.PREMIUM, DEEP_CALL) == pytest.approx(0.023 / 2.48)
    delta = chain.figure(Figure.DELTA, DEEP_CALL) / 10_000
    assert chain.figure(Figure.LEVERAGE, DEEP_CALL) == pytest.approx(delta * 2.48 / 0.203)


@pytest.mark.fault("F28")
@pytest.mark.parametrize(("bid", "ask"), [(0, 710), (700, 0), (0, 0)])
def test_one_sided_book_clears_what_needs_a_mid(chain: Chain, bid: int, ask: int) -> None:
    assert np.isfinite(chain.figure(Figure.DELTA, "10000004"))
    chain.quote("10000004", bid, ask)
    for figure in QUOTED:
        assert np.isnan(chain.figure(figure, "10000004")), figure
    # Its greeks stand on the strikes beside it, and say so
    assert chain.marks("10000004") == (Quality.ONE_SIDED if bid or ask else Quality.NONE, Quality.INTERPOLATED)
    assert np.isfinite(chain.figure(Figure.BID_VOLATILITY, "10000004")) == (bid > 0)
    assert np.isfinite(chain.figure(Figure.ASK_VOLATILITY, "10000004")) == (ask > 0)
    assert chain.figure(Figure.INTRINSIC, "10000004") == 0.0


@pytest.mark.fault("F27")
@pytest.mark.parametrize(("bid", "ask"), [(700, 700), (705, 700)])
def test_locked_or_crossed_book_gives_no_volatility_at_all(chain: Chain, bid: int, ask: int) -> None:
    chain.quote("10000004", bid, ask)
    for figure in (*QUOTED, Figure.BID_VOLATILITY, Figure.ASK_VOLATILITY, Figure.BUY_EDGE, Figure.SELL_EDGE):
        assert np.isnan(chain.figure(figure, "10000004")), figure
    assert chain.marks("10000004") == (Quality.CROSSED, Quality.INTERPOLATED)
    assert np.isfinite(chain.figure(Figure.DELTA, "10000004"))


@pytest.mark.fault("F28")
def test_an_in_the_money_greek_stands_on_its_live_twin(chain: Chain) -> None:
    before = chain.figure(Figure.DELTA, DEEP_CALL)
    chain.quote(DEEP_CALL, 0, 0)
    assert chain.figure(Figure.DELTA, DEEP_CALL) == pytest.approx(before)
    chain.quote("20000000", 0, 0)
    assert chain.marks(DEEP_CALL) == (Quality.NONE, Quality.INTERPOLATED)


@pytest.mark.fault("F28")
def test_without_any_price_no_greek_is_kept(chain: Chain) -> None:
    assert np.isfinite(chain.figure(Figure.DELTA, ATM_CALL))
    for one in chain.contracts:
        chain.quote(one.code, 0, 0)
    for figure in (*GREEKS, Figure.THEORETICAL):
        assert np.isnan(chain.figure(figure, ATM_CALL)), figure
    assert chain.marks(ATM_CALL) == (Quality.NONE, Quality.NONE)


@pytest.mark.fault("F28")
def test_limit_up_underlying_without_asks_is_not_halved(chain: Chain) -> None:
    """Nearest peer: bid 3.3 with ask 0 became a mid of 1.65."""
    chain.quote("510050", 27_910, 0, last=27_910)
    assert chain.valuation.spot("510050") == pytest.approx(2.791)
    chain.quote("510050", 27_910, 0)
    assert np.isnan(chain.valuation.spot("510050"))


def test_no_pair_falls_back_to_the_spot_and_says_so(chain: Chain) -> None:
    for one in chain.contracts:
        if one.right is Right.PUT:
            chain.quote(one.code, 0, 0)
    chain.valuation.refresh("510050")
    forward = chain.valuation.forward("510050", EXPIRY)
    assert (forward.source, forward.pairs) == (ForwardSource.SPOT, 0)
    assert forward.price == pytest.approx(SPOT * np.exp(RATE * 19 / 365), abs=1e-4)
    chain.quote("510050", 0, 0)
    chain.valuation.refresh("510050")
    assert chain.valuation.forward("510050", EXPIRY).source is ForwardSource.NONE


@pytest.mark.fault("F36")
def test_past_expiry_there_is_no_volatility_and_delta_is_finite(chain: Chain) -> None:
    chain.now = datetime(2018, 11, 28, 15, 0, 30, tzinfo=SHANGHAI)
    assert np.isnan(chain.figure(Figure.MID_VOLATILITY, ATM_CALL))
    assert chain.figure(Figure.DELTA, DEEP_CALL) == pytest.approx(10_000)
    assert chain.figure(Figure.DELTA, "10000006") == 0.0
    assert chain.figure(Figure.GAMMA, ATM_CALL) == 0.0


@pytest.mark.requirement("T1")
@pytest.mark.fault("F38")
def test_adjusted_twin_is_found_in_its_own_series_and_uses_its_unit() -> None:
    adjusted = [
        contract("30000000", Right.CALL, Decimal("2.50"), letter="A", multiplier=10_265),
        contract("30000001", Right.PUT, Decimal("2.50"), letter="A", multiplier=10_265),
    ]
    chain = Chain([*standard(), *adjusted])
    chain.quote_all()
    ratio = chain.figure(Figure.DELTA, "30000000") / chain.figure(Figure.DELTA, ATM_CALL)
    assert ratio == pytest.approx(1.0265, rel=1e-6)


def test_missing_twin_is_no_error() -> None:
    chain = Chain(standard()[:-1])
    chain.quote_all()
    assert np.isfinite(chain.figure(Figure.DELTA, "10000006"))


def test_nothing_is_computed_until_asked_and_only_once(chain: Chain) -> None:
    assert chain.valuation.is_stale("510050")
    assert chain.valuation.refresh("510050")
    revision = chain.valuation.revision
    assert not chain.valuation.refresh("510050")
    assert chain.valuation.revision == revision
    chain.quote(ATM_CALL, 700, 702)
    assert chain.valuation.is_stale("510050")
    assert chain.valuation.refresh("510050")
    chain.now += timedelta(minutes=1)
    assert chain.valuation.is_stale("510050")
    assert not chain.valuation.refresh("510300")


def test_times_are_put_in_once_a_minute_and_when_rates_or_the_clock_change(chain: Chain) -> None:
    chain.valuation.refresh("510050")
    columns = chain.valuation.columns("510050")
    assert columns is not None
    put_in = columns.years
    chain.now += timedelta(seconds=20)
    chain.quote(ATM_CALL, 700, 702)
    assert chain.valuation.refresh("510050")
    assert columns.years is put_in
    chain.valuation.touch("510050")
    assert chain.valuation.refresh("510050")
    assert columns.years is put_in
    chain.now += timedelta(seconds=40)
    assert chain.valuation.refresh("510050")
    assert columns.years[0] == pytest.approx(years_to_expiry(chain.now, EXPIRY), rel=1e-12)
    assert columns.years is not put_in
    chain.valuation.set_rates(RateCurve.flat(0.01))
    assert chain.valuation.refresh("510050")
    assert float(columns.discount[0]) == pytest.approx(np.exp(-0.01 * columns.years[0]))


@pytest.mark.fault("F37")
@pytest.mark.parametrize("rate", [float("nan"), float("inf"), 2.9, -0.5])
def test_an_absurd_rate_is_refused_and_the_last_good_one_stays(chain: Chain, rate: float) -> None:
    with pytest.raises(BadInput, match="rate"):
        chain.valuation.set_rates(RateCurve.flat(rate))
    assert chain.valuation.rate == RATE


@given(
    volatility=st.floats(0.08, 1.2),
    shift=st.floats(0.95, 1.05),
)
def test_volatility_of_made_up_books_comes_back(volatility: float, shift: float) -> None:
    chain = Chain(standard())
    chain.quote_all(volatility, FORWARD * shift)
    chain.valuation.refresh("510050")
    forward = chain.valuation.forward("510050", EXPIRY)
    # The mids are rounded to the tick, so a forward of them is good to one
    assert forward.price == pytest.approx(FORWARD * shift, abs=1.5e-4)
    assert forward.atm_volatility == pytest.approx(volatility, abs=2e-3)


@pytest.mark.fault("F28")
def test_the_engine_has_interpolated_greeks_with_their_mark(chain: Chain) -> None:
    chain.quote("10000004", 700, 0)
    chain.valuation.refresh("510050")
    columns = chain.valuation.columns("510050")
    assert columns is not None
    assert columns.book_quality[4] == Quality.ONE_SIDED
    assert columns.greek_quality[4] == Quality.INTERPOLATED
    assert columns.pricing_volatility[4] == pytest.approx(VOLATILITY, abs=1e-3)
    assert columns.greek_quality[3] == Quality.LIVE
    assert chain.valuation.columns("510300") is None


def test_a_term_structure_of_rates_discounts_each_expiry_by_its_own(chain: Chain) -> None:
    chain.valuation.set_rates(RateCurve((0.05, 1.0), (0.05, 0.02)))
    assert chain.valuation.rate == pytest.approx(0.02)
    chain.valuation.refresh("510050")
    columns = chain.valuation.columns("510050")
    assert columns is not None
    years = years_to_expiry(NOW, EXPIRY)
    assert float(columns.discount[0]) == pytest.approx(float(RateCurve((0.05, 1.0), (0.05, 0.02)).discount(years)))
    chain.valuation.set_rates(RateCurve.flat(RATE))
    chain.valuation.refresh("510050")
    assert float(columns.discount[0]) == pytest.approx(np.exp(-RATE * years))


def test_volatility_may_count_trading_time(chain: Chain) -> None:
    """Worked: 13 trading days and 19 minutes at 244 a year against 19 days at 365; money keeps the calendar."""
    calendar = TradingCalendar([TradingYear(2018, frozenset())])
    trading = TradingTime(calendar, ((time(9, 30), time(11, 30)), (time(13, 0), time(15, 0))), 244)
    calm = chain.figure(Figure.MID_VOLATILITY, ATM_CALL)
    theta = chain.figure(Figure.THETA, ATM_CALL)
    chain.valuation.set_trading_time(trading)
    ratio = np.sqrt(years_to_expiry(NOW, EXPIRY) / trading.years_to_expiry(NOW, EXPIRY))
    assert trading.years_to_expiry(NOW, EXPIRY) == pytest.approx((13 + 19 / 240) / 244)
    assert chain.figure(Figure.MID_VOLATILITY, ATM_CALL) == pytest.approx(calm * ratio, rel=1e-6)
    assert chain.valuation.forward("510050", EXPIRY).price == pytest.approx(FORWARD, abs=1e-4)
    # A trading day takes as much as 19 / 13.08 calendar days
    assert chain.figure(Figure.THETA, ATM_CALL) == pytest.approx(theta * 19 / 13.08, rel=0.01)
    chain.valuation.set_trading_time(None)
    assert chain.figure(Figure.MID_VOLATILITY, ATM_CALL) == pytest.approx(calm, rel=1e-9)


@pytest.mark.fault("F28", "F34")
def test_without_a_price_of_the_underlying_volatilities_stay_and_greeks_go(chain: Chain) -> None:
    chain.quote("510050", 27_910, 0)
    assert chain.figure(Figure.MID_VOLATILITY, ATM_CALL) == pytest.approx(VOLATILITY, abs=5e-4)
    assert np.isnan(chain.figure(Figure.DELTA, ATM_CALL))
    assert chain.valuation.forward("510050", EXPIRY).source is ForwardSource.PARITY
