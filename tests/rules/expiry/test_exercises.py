"""Worth of exercising and selling, needs of a set of exercises, pairs found: rulebook 6 and the mock-up's figures."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.contracts import Contract, Right
from terminal.rules.exercise import check_merged, merged_proceeds
from terminal.rules.expiry.exercises import Exercise, MergedPair, exercise_needs, find_pairs, left_alone
from terminal.rules.expiry.worth import Disposition, break_even, worth
from terminal.rules.profile import Profile

D = Decimal
Maker = Callable[..., Contract]
SPOT = {"510050": D("2.466")}


@pytest.mark.requirement("X6", "T6")
def test_exercising_is_compared_with_selling_after_fees(option: Maker, profile: Profile) -> None:
    # 20 calls of 2.350 at 2.466: 0.116 x 10,000 x 20 less 0.60 each; the bid of 0.1154 less the fee of a fill
    value = worth(option(Right.CALL, "2.350"), 20, underlying_price=D("2.466"), bid=D("0.1154"), fees=profile.fees)
    each = profile.fees.exchange + profile.fees.clearing + profile.fees.commission
    assert str(value.exercise) == "23188.00"
    assert value.sale == D("23080.00") - 20 * each
    assert (value.intrinsic, value.best) == (D("0.116"), Disposition.EXERCISE)


@pytest.mark.requirement("X6")
@pytest.mark.parametrize(
    ("right", "strike", "bid", "best"),
    [
        (Right.CALL, "2.450", "0.0170", Disposition.SELL),  # the bid is above the intrinsic value
        (Right.CALL, "2.450", None, Disposition.EXERCISE),
        (Right.CALL, "2.466", None, Disposition.ABANDON),  # at the money the fee is lost
        (Right.PUT, "2.400", None, Disposition.ABANDON),
        (Right.PUT, "2.400", "0.0010", Disposition.SELL),
        (Right.PUT, "2.400", "0.0001", Disposition.ABANDON),  # 1 yuan for a contract, less than the fee of selling
    ],
)
def test_the_best_way_out(
    option: Maker, profile: Profile, right: Right, strike: str, bid: str | None, best: Disposition
) -> None:
    price = D(bid) if bid else None
    value = worth(option(right, strike), 1, underlying_price=D("2.466"), bid=price, fees=profile.fees)
    assert value.best is best


def test_the_break_even_pays_the_fee(option: Maker, profile: Profile) -> None:
    for right in Right:
        contract = option(right, "2.500")
        even = break_even(contract, profile.fees)
        assert worth(contract, 1, underlying_price=even, bid=None, fees=profile.fees).exercise == 0


@pytest.mark.requirement("X6", "O4")
def test_pairs_need_neither_money_nor_shares(option: Maker, profile: Profile) -> None:
    # The mock-up: 10 of the 2.350 calls with 10 puts of 2.550 spare 235,000 yuan and 100,000 shares, 2,000 net each
    call, put = option(Right.CALL, "2.350"), option(Right.PUT, "2.550")
    pair = MergedPair(call, put, 10)
    assert (pair.cash_spared, pair.shares_spared, pair.distance) == (D(235_000), 100_000, D(2_000))
    assert merged_proceeds(call, put, 10, profile.fees) == D("19988.00")
    wanted = [Exercise(call, 20), Exercise(put, 10), Exercise(option(Right.PUT, "2.500"), 15)]
    singles = left_alone(wanted, [pair])
    assert [(e.contract.strike, e.quantity) for e in singles] == [(D("2.350"), 10), (D("2.500"), 15)]
    needs = exercise_needs(singles, [pair], profile.fees)
    assert needs.fee == D("0.60") * (10 + 15 + 20)
    assert needs.cash == D(235_000) + needs.fee
    assert (needs.shares, needs.shares_received) == ({"510050": 150_000}, {"510050": 100_000})
    assert needs.cash_received == D(15 * 25_000) + D(20_000)


@pytest.mark.requirement("X6")
def test_pairs_are_found_between_the_strikes_and_bind_the_dearest_calls(option: Maker) -> None:
    cheap, dear, out = (option(Right.CALL, k) for k in ("2.350", "2.400", "2.500"))
    high, low, below = (option(Right.PUT, k) for k in ("2.550", "2.500", "2.400"))
    longs = [Exercise(cheap, 20), Exercise(dear, 30), Exercise(out, 60)]
    longs += [Exercise(high, 10), Exercise(low, 25), Exercise(below, 45)]
    found = find_pairs(longs, SPOT)
    assert [(p.call, p.put, p.quantity) for p in found] == [(dear, high, 10), (dear, low, 20), (cheap, low, 5)]
    assert find_pairs(longs, {}) == []


def test_other_units_and_underlyings_form_no_pairs(option: Maker) -> None:
    call = Exercise(option(Right.CALL, "2.400"), 1)
    for other in (option(Right.PUT, "2.500", 10_220), option(Right.PUT, "2.500", underlying="510300")):
        assert find_pairs([call, Exercise(other, 1)], {"510050": D("2.466"), "510300": D("2.466")}) == []


@given(
    calls=st.dictionaries(st.integers(2200, 2700), st.integers(0, 40), max_size=6),
    puts=st.dictionaries(st.integers(2200, 2700), st.integers(0, 40), max_size=6),
    price=st.integers(2200, 2700),
)
def test_pairs_lose_nothing_and_leave_no_pair_unmade(
    option: Maker, profile: Profile, calls: dict[int, int], puts: dict[int, int], price: int
) -> None:
    spot = D(price) / 1000
    longs = [Exercise(option(Right.CALL, f"{k / 1000:.3f}"), n) for k, n in calls.items()]
    longs += [Exercise(option(Right.PUT, f"{k / 1000:.3f}"), n) for k, n in puts.items()]
    pairs = find_pairs(longs, {"510050": spot})
    held = {e.contract.code: e.quantity for e in longs}
    for pair in pairs:
        assert check_merged(pair.call, pair.put, pair.quantity, net_long_calls=10**9, net_long_puts=10**9) is None
        alone = (spot - pair.call.strike) + (pair.put.strike - spot)
        assert alone * pair.call.multiplier == pair.distance
        for leg in (pair.call, pair.put):
            held[leg.code] -= pair.quantity
    assert all(n >= 0 for n in held.values())
    inside_calls = sum(n for k, n in calls.items() if k < price)
    inside_puts = sum(n for k, n in puts.items() if k > price)
    assert sum(p.quantity for p in pairs) == min(inside_calls, inside_puts)
    # What is exercised singly and in pairs is together all that was wanted
    singles = left_alone(longs, pairs)
    assert sum(e.quantity for e in singles) + 2 * sum(p.quantity for p in pairs) == sum(_quantities(longs))
    whole, merged = exercise_needs(longs, [], profile.fees), exercise_needs(singles, pairs, profile.fees)
    assert whole.cash - merged.cash == sum((p.cash_spared for p in pairs), D(0))
    assert whole.fee == merged.fee


def _quantities(longs: list[Exercise]) -> list[int]:
    """Quantities of the longs."""
    return [e.quantity for e in longs]
