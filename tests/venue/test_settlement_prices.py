"""Settlement prices: auction first, then implied by the month, the last day, and a real chain of 2018 (rulebook 3)."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import BadInput
from terminal.pricing.black_scholes import price_on_forward
from terminal.venue.settlement_prices import ContractClose, settlement_prices

D = Decimal
CALL, PUT = Right
DAY, EXPIRY = date(2025, 12, 1), date(2025, 12, 24)
YEARS, RATE, SPOT, VOLATILITY = 0.0625, 0.015, D("2.963"), 0.20
FORWARD = float(SPOT) * float(np.exp(RATE * YEARS))
STRIKES = [D(s) for s in ("2.75", "2.80", "2.85", "2.90", "2.95", "3.00", "3.10", "3.20", "3.30")]


def always(years: float) -> Callable[[date], float]:
    return lambda expiry: years


def listed(right: Right, strike: Decimal, **changes: Any) -> Contract:
    fixed: dict[str, Any] = {
        "code": f"1{'0' if right is CALL else '1'}{int(strike * 1000):06d}",
        "trading_code": f"510050{right}2512M{int(strike * 1000):05d}",
        "name": "",
        "underlying": "510050",
        "right": right,
        "strike": strike,
        "multiplier": 10000,
        "first_day": date(2025, 5, 29),
        "last_day": EXPIRY,
        "exercise_day": EXPIRY,
        "delivery_day": date(2025, 12, 25),
        "expiry": EXPIRY,
        "previous_settlement": D("0.0500"),
        "underlying_close": SPOT,
        "limit_up": D("0.7593"),
        "limit_down": D("0.0001"),
        "margin": D(8000),
    }
    return Contract(**(fixed | changes))


def model(right: Right, strike: Decimal, volatility: float = VOLATILITY) -> Decimal:
    sign = 1 if right is CALL else -1
    value = price_on_forward(sign, FORWARD, float(strike), YEARS, volatility, np.exp(-RATE * YEARS))
    return D(repr(round(float(value), 4))).quantize(D("0.0001"))


def settle(closes: Sequence[ContractClose], day: date = DAY, spot: Decimal = SPOT) -> dict[str, Decimal]:
    return settlement_prices(closes, underlying_close=spot, trading_day=day, years_of=lambda _: YEARS, rate=RATE)


def chain(without: Sequence[tuple[Right, Decimal]] = (), **of_missing: Any) -> list[ContractClose]:
    """A month with auction prices from one volatility, some contracts without."""
    return [
        ContractClose(contract=listed(right, strike), **of_missing)
        if (right, strike) in without
        else ContractClose(contract=listed(right, strike), auction_price=model(right, strike))
        for strike in STRIKES
        for right in Right
    ]


@pytest.mark.requirement("AC15")
def test_the_closing_auctions_price_is_the_settlement() -> None:
    closes = chain()
    assert settle(closes) == {c.contract.code: c.auction_price for c in closes}


@pytest.mark.requirement("AC15")
@pytest.mark.parametrize("strike", STRIKES[1:-1])
@pytest.mark.parametrize("right", Right)
def test_a_contract_without_a_price_is_worth_what_the_others_imply(right: Right, strike: Decimal) -> None:
    missing = listed(right, strike).code
    found = settle(chain([(right, strike)]))[missing]
    assert abs(found - model(right, strike)) <= D("0.0002")
    # Its twin too is missing: the volatility comes from the neighbouring strikes alone
    found = settle(chain([(CALL, strike), (PUT, strike)]))[missing]
    assert abs(found - model(right, strike)) <= D("0.0004")


def test_of_two_rights_at_a_strike_the_one_out_of_the_money_is_believed() -> None:
    strike = D("3.20")
    closes = [
        replace(close, auction_price=model(PUT, close.contract.strike, 0.6))
        if close.contract.right is PUT and close.contract.strike in (D("3.10"), D("3.30"))
        else close
        for close in chain([(CALL, strike), (PUT, strike)])
    ]
    assert abs(settle(closes)[listed(CALL, strike).code] - model(CALL, strike)) <= D("0.0003")


def test_an_auction_price_beyond_the_limits_is_not_taken() -> None:
    closes = chain()
    absurd = replace(closes[8], auction_price=D("0.7594"))
    closes[8] = absurd
    contract = absurd.contract
    assert abs(settle(closes)[contract.code] - model(contract.right, contract.strike)) <= D("0.0002")


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        ({"last_bid": D("0.0900")}, "0.0900"),
        ({"last_ask": D("0.0300")}, "0.0300"),
        ({"last_bid": D("0.0100"), "last_ask": D("0.7000")}, None),
    ],
)
def test_the_computed_price_stays_between_the_last_bid_and_ask(
    quotes: dict[str, Decimal], expected: str | None
) -> None:
    strike = D("3.00")
    found = settle(chain([(CALL, strike)], **quotes))[listed(CALL, strike).code]
    if expected is None:
        assert abs(found - model(CALL, strike)) <= D("0.0002")
    else:
        assert found == D(expected)


def test_it_stays_within_the_limits_and_at_one_tick_at_least() -> None:
    far = ContractClose(contract=listed(CALL, D("5.0")))
    capped = ContractClose(contract=listed(CALL, D("2.0"), limit_up=D("0.9000"), limit_down=D("0.1")))
    found = settle([*chain(), far, capped])
    assert found[far.contract.code] == D("0.0001")
    assert found[capped.contract.code] == D("0.9000")


@pytest.mark.requirement("AC15")
@pytest.mark.parametrize(
    ("right", "strike", "expected"),
    [
        (CALL, "2.900", "0.0630"),
        (CALL, "2.963", "0.0000"),
        (CALL, "3.000", "0.0000"),
        (PUT, "3.000", "0.0370"),
        (PUT, "2.900", "0.0000"),
    ],
)
def test_on_the_last_day_an_option_settles_at_its_intrinsic_value(right: Right, strike: str, expected: str) -> None:
    close = ContractClose(contract=listed(right, D(strike)), auction_price=D("0.0500"))
    assert str(settle([close], EXPIRY)[close.contract.code]) == expected


def test_without_any_auction_price_quotes_serve_then_trades_then_yesterday() -> None:
    def quoted(contract: Contract) -> ContractClose:
        price = model(contract.right, contract.strike, 0.3)
        return ContractClose(contract=contract, last_bid=price - D("0.0010"), last_ask=price + D("0.0010"))

    contracts = [listed(right, strike) for strike in STRIKES for right in Right]
    wanted = listed(CALL, D("2.98"))
    bare = ContractClose(contract=wanted)
    by_quotes = settle([*map(quoted, contracts), bare])
    assert abs(by_quotes[wanted.code] - model(CALL, wanted.strike, 0.3)) <= D("0.0003")
    traded = [ContractClose(contract=c, last_price=model(c.right, c.strike, 0.25)) for c in contracts]
    assert abs(settle([*traded, bare])[wanted.code] - model(CALL, wanted.strike, 0.25)) <= D("0.0003")
    # Yesterday at 3 % less: the volatility carries over, not the price
    eve = D("2.8741")
    carried = [
        ContractClose(
            contract=replace(
                c,
                underlying_close=eve,
                previous_settlement=D(
                    repr(
                        round(
                            float(
                                price_on_forward(
                                    1 if c.right is CALL else -1,
                                    FORWARD * float(eve / SPOT),
                                    float(c.strike),
                                    YEARS,
                                    VOLATILITY,
                                    np.exp(-RATE * YEARS),
                                )
                            ),
                            4,
                        )
                    )
                ),
            )
        )
        for c in contracts
    ]
    found = settle(carried)
    for close in carried:
        contract = close.contract
        assert abs(found[contract.code] - model(contract.right, contract.strike)) <= D("0.0003")


def test_an_auction_without_trades_at_all_still_settles_every_contract() -> None:
    lone = ContractClose(contract=listed(CALL, D("2.5"), previous_settlement=D("0.0001")))
    # Nothing implies a volatility: intrinsic value on the forward
    assert settle([lone])[lone.contract.code] == model(CALL, D("2.5"), 0.0)


def test_an_underlying_without_a_close_is_refused() -> None:
    for spot in (D(0), D("NaN")):
        with pytest.raises(BadInput, match="underlying close"):
            settle(chain(), spot=spot)


@given(
    missing=st.sets(st.tuples(st.sampled_from(Right), st.sampled_from(STRIKES)), max_size=18),
    shift=st.integers(-300, 300),
)
def test_every_settlement_is_a_tick_within_the_limits(missing: set[tuple[Right, Decimal]], shift: int) -> None:
    closes = chain(list(missing))
    spot = SPOT + D(shift).scaleb(-3)
    found = settle(closes, spot=spot)
    assert found.keys() == {c.contract.code for c in closes}
    for close in closes:
        price = found[close.contract.code]
        assert close.contract.limit_down <= price <= close.contract.limit_up
        assert price % D("0.0001") == 0


@pytest.mark.requirement("AC15")
def test_the_real_settlements_of_2018_are_met_where_the_auction_price_is_withheld(shared_data: Path) -> None:
    """Withhold every third price of June 2018: the computed one lies within a few ticks of the published."""
    days: dict[tuple[str, str], list[ContractClose]] = {}
    spots: dict[str, Decimal] = {}
    with (shared_data / "limits_greeks_2018-06.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if int(row["days"]) < 5:
                continue
            contract = listed(
                CALL if row["CallPut"] == "Call" else PUT,
                D(row["strike"]),
                code=row["Code"],
                expiry=date.fromisoformat(row["MatureDate"]),
                last_day=date.fromisoformat(row["MatureDate"]),
                limit_up=D(row["uplimit"]),
                limit_down=D(row["downlimit"]),
                previous_settlement=D(row["pre_settle"]),
                underlying_close=D(row["S_prev_adj"]),
            )
            key = row["date"], row["MatureDate"]
            days.setdefault(key, []).append(ContractClose(contract=contract, auction_price=D(row["settle"])))
            spots[row["date"]] = D(row["S"])
    errors = []
    for (day, expiry), month in days.items():
        years = (date.fromisoformat(expiry) - date.fromisoformat(day)).days / 365
        withheld = [replace(c, auction_price=None) if n % 3 == 1 else c for n, c in enumerate(month)]
        found = settlement_prices(
            withheld,
            underlying_close=spots[day],
            trading_day=date.fromisoformat(day),
            years_of=always(years),
            rate=0.03,
        )
        errors += [
            float(abs(found[c.contract.code] - (c.auction_price or 0))) for n, c in enumerate(month) if n % 3 == 1
        ]
    assert len(errors) > 700
    assert np.median(errors) <= 0.0010
    assert np.quantile(errors, 0.75) <= 0.0025
