"""What a person does to a basket, the ready shapes, and the figures: sums of their legs, signs, multipliers, expiry."""

from dataclasses import replace
from decimal import Decimal
from math import inf, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import BadInput
from terminal.domain.orders import Instruction, OrderRequest, OrderType, Side
from terminal.rules.preview import preview
from terminal.services.basket import MOST_LEGS, MOST_RATIO, Basket, BasketLeg, LegEffect, PriceBasis
from terminal.services.basket_figures import (
    CostedLeg,
    Greeks,
    LegMarket,
    PricedLeg,
    common_unit,
    greeks_of,
    nets_of,
    payoff_of,
)
from terminal.services.basket_margin import OpenedLeg, pairs_of
from terminal.services.basket_plan import read_net
from terminal.services.basket_shapes import Shape, legs_of
from tests.services.basket_desk import buy, sell
from tests.venue.counter.market import ADJUSTED_CALL, CALL, CHEAP_CALL, CONTRACTS, PUT, profile
from tests.views.desk_rig import instrument_list

BY_CODE = {contract.code: contract for contract in CONTRACTS}
_, LISTED = instrument_list()
PROFILE = profile()


def market(code: str, bid: str | None, ask: str | None, worth: str | None = None, **greeks: float) -> LegMarket:
    def price(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return LegMarket(
        contract=BY_CODE[code],
        bid=price(bid),
        ask=price(ask),
        bid_quantity=10,
        ask_quantity=20,
        theoretical=price(worth),
        greeks=Greeks(**greeks),
    )


def test_the_same_contract_again_makes_its_leg_larger_and_its_other_side_makes_it_smaller() -> None:
    basket = Basket().add(CALL, Side.BUY).add(CALL, Side.BUY).add(PUT, Side.SELL)
    assert basket.legs == (BasketLeg(CALL, Side.BUY, 2), BasketLeg(PUT, Side.SELL))
    assert basket.add(CALL, Side.SELL).legs[0].ratio == 1
    assert [leg.code for leg in basket.add(PUT, Side.BUY).legs] == [CALL]
    full = Basket()
    for number in range(MOST_LEGS + 2):
        full = full.add(f"C{number}", Side.BUY)
    assert len(full.legs) == MOST_LEGS
    assert full.add("C0", Side.BUY).legs[0].ratio == 2


def test_a_net_limit_goes_with_the_legs_it_was_meant_for() -> None:
    basket = replace(Basket((buy(CALL), sell(PUT))), limit_text="0.3900")
    assert basket.change(0, basis=PriceBasis.MID).limit_text == "0.3900"
    for other in (
        basket.change(0, ratio=2),
        basket.flip(0),
        basket.reverse(),
        basket.remove(1),
        basket.add("X", Side.BUY),
    ):
        assert other.limit_text == ""
    assert [leg.side for leg in basket.reverse().legs] == [Side.SELL, Side.BUY]
    assert [leg.side for leg in basket.flip(0).legs] == [Side.SELL, Side.SELL]
    for ratio in (0, MOST_RATIO + 1):
        with pytest.raises(BadInput):
            basket.change(0, ratio=ratio)


@pytest.mark.parametrize(
    ("text", "units"), [("1", 1), (" 20 ", 20), ("0", None), ("", None), ("-3", None), ("１", None)]
)
def test_units_are_whole_and_above_zero(text: str, units: int | None) -> None:
    assert Basket(units_text=text).units == units


@pytest.mark.parametrize(
    ("text", "value"),
    [("", None), ("0.0250", "0.0250"), ("-0.01", "-0.01"), ("−0.01", "-0.01"), ("+1", "1"), ("0", "0")],
)
def test_a_net_limit_is_paid_above_zero_and_received_below(text: str, value: str | None) -> None:
    assert read_net(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("text", ["abc", "1e3", "--1", ".", "1,5", "nan", "0" * 20])
def test_what_is_no_figure_is_no_net_limit(text: str) -> None:
    with pytest.raises(BadInput):
        read_net(text)


@pytest.mark.requirement("O2")
@pytest.mark.parametrize(
    ("leg", "held", "instruction"),
    [
        (buy(CALL), {PositionSide.SHORT: 3}, Instruction.BUY_OPEN),
        (sell(CALL), {}, Instruction.SELL_OPEN),
        (sell(CALL), {PositionSide.LONG: 1}, Instruction.SELL_CLOSE),
        (sell(CALL, effect=LegEffect.OPEN), {PositionSide.LONG: 1}, Instruction.SELL_OPEN),
        (buy(CALL, effect=LegEffect.CLOSE), {}, Instruction.BUY_CLOSE),
        (sell(CALL, effect=LegEffect.CLOSE), {}, Instruction.SELL_CLOSE),
        (sell(CALL, effect=LegEffect.COVERED), {}, Instruction.COVERED_OPEN),
        (buy(CALL, effect=LegEffect.COVERED), {}, Instruction.COVERED_CLOSE),
    ],
)
def test_a_leg_opens_and_closes_as_the_ticket_does(
    leg: BasketLeg, held: dict[PositionSide, int], instruction: Instruction
) -> None:
    assert leg.instruction(held) is instruction


# ---- shapes


def chosen(right: Right = Right.CALL, strike: str = "2.50", expiry: int = 0) -> Contract:
    expiries = sorted({c.expiry for c in LISTED})
    return next(
        c
        for c in LISTED
        if (c.underlying, c.right, c.strike, c.expiry) == ("510050", right, Decimal(strike), expiries[expiry])
    )


def told(legs: tuple[BasketLeg, ...]) -> list[tuple[str, str, str, int]]:
    known = {c.code: c for c in LISTED}
    return [(leg.side.value, known[leg.code].right.value, f"{known[leg.code].strike}", leg.ratio) for leg in legs]


@pytest.mark.parametrize(
    ("shape", "legs"),
    [
        (Shape.CALL_BULL, [("B", "C", "2.50", 1), ("S", "C", "2.55", 1)]),
        (Shape.CALL_BEAR, [("S", "C", "2.50", 1), ("B", "C", "2.55", 1)]),
        (Shape.PUT_BULL, [("B", "P", "2.50", 1), ("S", "P", "2.55", 1)]),
        (Shape.PUT_BEAR, [("S", "P", "2.50", 1), ("B", "P", "2.55", 1)]),
        (Shape.STRADDLE, [("B", "C", "2.50", 1), ("B", "P", "2.50", 1)]),
        (Shape.STRANGLE, [("B", "P", "2.45", 1), ("B", "C", "2.55", 1)]),
        (Shape.BUTTERFLY, [("B", "C", "2.45", 1), ("S", "C", "2.50", 2), ("B", "C", "2.55", 1)]),
        (Shape.SYNTHETIC_LONG, [("B", "C", "2.50", 1), ("S", "P", "2.50", 1)]),
        (Shape.SYNTHETIC_SHORT, [("S", "C", "2.50", 1), ("B", "P", "2.50", 1)]),
        (Shape.CALENDAR, [("S", "C", "2.50", 1), ("B", "C", "2.50", 1)]),
    ],
)
def test_shapes_lie_around_the_chosen_contract(shape: Shape, legs: list[tuple[str, str, str, int]]) -> None:
    assert told(legs_of(shape, chosen(), LISTED)) == legs


def test_the_four_spreads_and_a_short_straddle_are_the_exchange_s_own() -> None:
    known = {c.code: c for c in LISTED}

    def strategy(legs: tuple[BasketLeg, ...]) -> list[CombinationStrategy]:
        opened = [OpenedLeg(known[leg.code], leg.instruction({}), 1, known[leg.code].margin) for leg in legs]
        return [pair.strategy for pair in pairs_of(opened, lambda *_: ZERO)]

    for shape, name in [
        (Shape.CALL_BULL, CombinationStrategy.CNSJC),
        (Shape.CALL_BEAR, CombinationStrategy.CXSJC),
        (Shape.PUT_BULL, CombinationStrategy.PNSJC),
        (Shape.PUT_BEAR, CombinationStrategy.PXSJC),
    ]:
        assert strategy(legs_of(shape, chosen(), LISTED)) == [name]
    for shape, name in [(Shape.STRADDLE, CombinationStrategy.KS), (Shape.STRANGLE, CombinationStrategy.KKS)]:
        assert strategy(Basket(legs_of(shape, chosen(), LISTED)).reverse().legs) == [name]
        assert strategy(legs_of(shape, chosen(), LISTED)) == []


def test_a_shape_without_all_its_strikes_is_none_but_a_spread_turns_to_the_strike_below() -> None:
    highest = chosen(strike="2.60")
    assert told(legs_of(Shape.CALL_BULL, highest, LISTED)) == [("B", "C", "2.55", 1), ("S", "C", "2.60", 1)]
    assert legs_of(Shape.BUTTERFLY, highest, LISTED) == ()
    assert legs_of(Shape.STRANGLE, chosen(strike="2.40"), LISTED) == ()
    assert legs_of(Shape.CALENDAR, chosen(expiry=1), LISTED) == ()
    no_put = [c for c in LISTED if c.right is Right.CALL]
    assert legs_of(Shape.STRADDLE, chosen(), no_put) == ()


def test_an_adjusted_series_is_not_mixed_with_the_plain_one() -> None:
    plain = chosen()
    adjusted = replace(
        plain,
        code="19999999",
        trading_code=plain.trading_code[:11] + "A" + plain.trading_code[12:],
        strike=Decimal("2.52"),
        multiplier=10_220,
    )
    assert "19999999" not in [leg.code for leg in legs_of(Shape.CALL_BULL, plain, [*LISTED, adjusted])]
    assert legs_of(Shape.CALL_BULL, adjusted, [*LISTED, adjusted]) == ()


# ---- figures

_PRICES = st.decimals(min_value=Decimal("0.0002"), max_value=Decimal("0.9"), places=4)


@st.composite
def priced_legs(draw: st.DrawFn) -> list[PricedLeg]:
    legs: list[PricedLeg] = []
    for code in draw(
        st.lists(st.sampled_from([CALL, CHEAP_CALL, PUT, ADJUSTED_CALL]), min_size=1, max_size=4, unique=True)
    ):
        bid = draw(_PRICES)
        side, ratio = draw(st.sampled_from(list(Side))), draw(st.integers(1, 5))
        found = LegMarket(
            contract=BY_CODE[code],
            bid=bid,
            ask=bid + draw(st.decimals(min_value=Decimal("0.0001"), max_value=Decimal("0.01"), places=4)),
            theoretical=draw(_PRICES),
            greeks=Greeks(*(draw(st.floats(-1e5, 1e5)) for _ in range(4))),
        )
        legs.append(PricedLeg(BasketLeg(code, side, ratio), found, draw(_PRICES)))
    return legs


def reversed_leg(leg: PricedLeg) -> PricedLeg:
    return leg._replace(leg=replace(leg.leg, side=leg.leg.side.opposite))


@given(priced_legs())
def test_the_net_of_the_legs_is_their_sum(legs: list[PricedLeg]) -> None:
    whole, each = nets_of(legs, at_market=False), [nets_of([leg], at_market=False) for leg in legs]
    assert whole.now == sum((one.now or ZERO for one in each), ZERO)
    assert whole.limits == sum((one.limits or ZERO for one in each), ZERO)
    assert whole.mid == sum((one.mid or ZERO for one in each), ZERO)
    assert whole.theoretical == sum((one.theoretical or ZERO for one in each), ZERO)


@given(priced_legs(), st.integers(1, 50))
def test_reversing_negates_what_has_no_side_and_trading_both_ways_costs_the_spreads(
    legs: list[PricedLeg], units: int
) -> None:
    there, back = nets_of(legs, at_market=False), nets_of([reversed_leg(leg) for leg in legs], at_market=False)
    assert back.mid == -(there.mid or ZERO)
    assert back.theoretical == -(there.theoretical or ZERO)
    assert back.limits == -(there.limits or ZERO)
    spreads = sum(((leg.market.ask or ZERO) - (leg.market.bid or ZERO)) * abs(leg.shares) for leg in legs)
    assert (there.now or ZERO) + (back.now or ZERO) == spreads
    one, other = greeks_of(legs, units), greeks_of([reversed_leg(leg) for leg in legs], units)
    assert all(a is not None and b is not None and isclose(a, -b) for a, b in zip(one, other, strict=True))


def test_a_figure_that_lacks_one_leg_is_no_figure() -> None:
    legs = [
        PricedLeg(buy(CALL), market(CALL, "0.4620", "0.4630", "0.4625", delta=9000.0), Decimal("0.4630")),
        PricedLeg(sell(PUT), market(PUT, None, "0.0710"), None),
    ]
    nets = nets_of(legs, at_market=False)
    assert (nets.now, nets.limits, nets.mid, nets.theoretical) == (None, None, None, None)
    assert greeks_of(legs, 1).delta is None
    assert nets_of([], at_market=False).now is None
    assert greeks_of([], 1) == Greeks()
    assert market(CALL, "0.4630", "0.4630").mid is None


def test_multipliers_are_those_of_the_contracts() -> None:
    plain = PricedLeg(buy(CALL), market(CALL, "0.4620", "0.4630"), Decimal("0.4630"))
    adjusted = PricedLeg(sell(ADJUSTED_CALL, 2), market(ADJUSTED_CALL, "0.3900", "0.3910"), Decimal("0.3900"))
    assert nets_of([plain, adjusted], at_market=True).now == Decimal("0.4630") * 10_000 - Decimal("0.3900") * 20_440
    assert common_unit([plain, adjusted]) is None
    assert common_unit([adjusted]) == 10_220


@pytest.mark.parametrize(
    ("basis", "bought", "sold"),
    [
        (PriceBasis.OPPOSITE, "0.4630", "0.4621"),
        (PriceBasis.OWN, "0.4621", "0.4630"),
        (PriceBasis.MID, "0.4625", "0.4626"),
        (PriceBasis.THEORETICAL, "0.4627", "0.4628"),
        (PriceBasis.TYPED, None, None),
    ],
)
def test_a_limit_is_on_the_tick_that_is_better_for_us(basis: PriceBasis, bought: str | None, sold: str | None) -> None:
    found = market(CALL, "0.4621", "0.4630", "0.46275")
    for side, wanted in ((Side.BUY, bought), (Side.SELL, sold)):
        assert found.limit_for(side, basis) == (None if wanted is None else Decimal(wanted))
    assert market(CALL, None, "0.4630", None).limit_for(Side.SELL, basis) is None or basis is PriceBasis.OWN


# ---- at expiry


def costed(code: str, instruction: Instruction, price: str, quantity: int = 1) -> CostedLeg:
    contract, limit = BY_CODE[code], Decimal(price)
    request = OrderRequest(code, instruction, OrderType.LIMIT, quantity, limit)
    return CostedLeg(contract, instruction, quantity, limit, preview(request, contract, PROFILE))


def test_a_bull_spread_is_bounded_on_both_sides() -> None:
    legs = [costed(CALL, Instruction.BUY_OPEN, "0.4630"), costed(CHEAP_CALL, Instruction.SELL_OPEN, "0.0080")]
    fees = float(sum(leg.cost.fee for leg in legs))
    line = payoff_of(legs, 2.963)
    assert line is not None
    assert line.slope == 0
    assert isclose(line.least, -4550 - fees)
    assert isclose(line.most, 7000 - 4550 - fees)
    assert len(line.evens) == 1
    assert isclose(line.evens[0], 2.5 + (4550 + fees) / 10_000)


def test_a_short_straddle_of_sorts_has_no_bound_and_is_even_twice() -> None:
    legs = [costed(CHEAP_CALL, Instruction.SELL_OPEN, "0.0080"), costed(PUT, Instruction.SELL_OPEN, "0.0700")]
    line = payoff_of(legs, 2.963)
    assert line is not None
    assert line.least == -inf
    fees = float(sum(leg.cost.fee for leg in legs))
    assert isclose(line.most, 780 - fees)
    lower, upper = line.evens
    assert isclose(lower, 3.0 - (780 - fees) / 10_000)
    assert isclose(upper, 3.2 + (780 - fees) / 10_000)


def test_a_bought_call_has_no_bound_above() -> None:
    line = payoff_of([costed(CALL, Instruction.BUY_OPEN, "0.4630")], 2.963)
    assert line is not None
    assert line.most == inf


def test_what_cannot_be_told_at_one_expiry_is_not_told() -> None:
    closing = [costed(CALL, Instruction.SELL_CLOSE, "0.4630")]
    assert payoff_of(closing, 2.963) is None
    first = costed(CALL, Instruction.BUY_OPEN, "0.4630")
    later = first._replace(contract=replace(first.contract, expiry=first.contract.expiry.replace(month=6)))
    assert payoff_of([first, later], 2.963) is None
    assert payoff_of([first], float("nan")) is None
    assert payoff_of([], 2.963) is None


@given(st.floats(0.1, 9.0), st.sampled_from(["0.0080", "0.0500"]))
def test_a_line_at_expiry_and_its_reverse_lose_the_fees_together(spot: float, price: str) -> None:
    there = payoff_of(
        [costed(CALL, Instruction.BUY_OPEN, "0.4630"), costed(CHEAP_CALL, Instruction.SELL_OPEN, price)], spot
    )
    legs = [costed(CALL, Instruction.SELL_OPEN, "0.4630"), costed(CHEAP_CALL, Instruction.BUY_OPEN, price)]
    back = payoff_of(legs, spot)
    assert there is not None
    assert back is not None
    # A sale to open pays no fee of the exchange, so each of the four trades is charged once at its own rate
    fees = sum(float(leg.cost.fee) for leg in legs) + float(
        costed(CALL, Instruction.BUY_OPEN, "0.4630").cost.fee
        + costed(CHEAP_CALL, Instruction.SELL_OPEN, price).cost.fee
    )
    for one, other in zip(there.profits, back.profits, strict=True):
        assert isclose(one + other, -fees, abs_tol=1e-6)


# ---- margin


def test_every_contract_is_paired_once_and_what_frees_most_goes_first() -> None:
    legs = [
        OpenedLeg(BY_CODE[CALL], Instruction.BUY_OPEN, 3, Decimal(8185)),
        OpenedLeg(BY_CODE[CHEAP_CALL], Instruction.SELL_OPEN, 5, Decimal(2154)),
        OpenedLeg(BY_CODE[PUT], Instruction.SELL_OPEN, 4, Decimal(4255)),
    ]
    margins = {CombinationStrategy.CNSJC: ZERO, CombinationStrategy.KKS: Decimal(4300)}
    pairs = pairs_of(legs, lambda strategy, *_: margins[strategy])
    assert [(p.strategy, p.first, p.second, p.quantity) for p in pairs] == [
        (CombinationStrategy.CNSJC, CALL, CHEAP_CALL, 3),
        (CombinationStrategy.KKS, CHEAP_CALL, PUT, 2),
    ]
    assert pairs[0].freed == 3 * Decimal(2154)
    assert pairs[1].freed == 2 * (Decimal(2154) + Decimal(4255) - Decimal(4300))


def test_closing_covered_and_unequal_units_form_no_combination() -> None:
    bought = OpenedLeg(BY_CODE[CALL], Instruction.BUY_OPEN, 1)
    for other in (
        OpenedLeg(BY_CODE[CHEAP_CALL], Instruction.COVERED_OPEN, 1),
        OpenedLeg(BY_CODE[CHEAP_CALL], Instruction.SELL_CLOSE, 1),
        OpenedLeg(BY_CODE[ADJUSTED_CALL], Instruction.SELL_OPEN, 1),
    ):
        assert pairs_of([bought, other], lambda *_: ZERO) == ()
    assert pairs_of([bought, OpenedLeg(BY_CODE[CHEAP_CALL], Instruction.SELL_OPEN, 1)], lambda *_: None) == ()
