"""What a valuation says where prices are missing, one-sided, crossed or wrong: its marks, and no figure it has not."""

import numpy as np
import pytest

from terminal.domain.contracts import Right
from terminal.pricing.quality import Quality
from terminal.services.valuation import Figure, ForwardSource
from tests.services.quoted_chain import (
    ATM_CALL,
    DEEP_CALL,
    EXPIRY,
    FORWARD,
    RATE,
    SPOT,
    VOLATILITY,
    Chain,
    quoted_chain,
    standard,
)

QUOTED = (Figure.MID, Figure.MID_VOLATILITY, Figure.TIME_VALUE, Figure.PREMIUM, Figure.LEVERAGE)
GREEKS = (Figure.DELTA, Figure.GAMMA, Figure.VEGA, Figure.THETA)


@pytest.fixture
def chain() -> Chain:
    """All contracts quoted two ticks wide at 32 %."""
    return quoted_chain()


@pytest.mark.requirement("X5")
def test_two_wrong_pairs_do_not_move_the_forward(chain: Chain) -> None:
    chain.quote("10000003", 1_500, 1_502)
    chain.quote("10000004", 900, 902)
    chain.valuation.refresh("510050")
    assert chain.valuation.forward("510050", EXPIRY).price == pytest.approx(FORWARD, abs=2e-4)


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


def test_missing_twin_is_no_error() -> None:
    chain = Chain(standard()[:-1])
    chain.quote_all()
    assert np.isfinite(chain.figure(Figure.DELTA, "10000006"))


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


@pytest.mark.fault("F28", "F34")
def test_without_a_price_of_the_underlying_volatilities_stay_and_greeks_go(chain: Chain) -> None:
    chain.quote("510050", 27_910, 0)
    assert chain.figure(Figure.MID_VOLATILITY, ATM_CALL) == pytest.approx(VOLATILITY, abs=5e-4)
    assert np.isnan(chain.figure(Figure.DELTA, ATM_CALL))
    assert chain.valuation.forward("510050", EXPIRY).source is ForwardSource.PARITY
