"""The user's own conditions: read and refused, measured, held by their hysteresis, once, daily or every time."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.alerts.alert import Level
from terminal.alerts.conditions import Condition, How, Measure, read_condition, read_conditions
from terminal.alerts.readings import Readings
from terminal.domain.accounts import Funds, Position, PositionSide
from terminal.domain.contracts import Right
from terminal.domain.errors import BadInput
from terminal.domain.messages import AccountReport
from tests.services.analysis_rig import CODE, NOW, SPOT, Rig

PLAIN = {"name": "spot", "measure": "price", "of": CODE, "comparison": "above", "threshold": "2.55"}


def test_a_condition_is_read_and_kept_as_plain_values() -> None:
    condition = read_condition(PLAIN | {"hysteresis": "0.01", "how": "once", "level": 2, "note": "top"})
    assert (condition.measure, condition.how, condition.level) == (Measure.PRICE, How.ONCE, Level.CARD)
    assert read_condition(condition.plain()) == condition


@pytest.mark.fault("F45")
@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("reminder condition", {"measure": "mood"}),
        ("reminder condition", {"threshold": "many"}),
        ("reminder condition", {"threshold": None}),
        ("reminder condition", {"name": ""}),
        ("reminder condition", {"name": "a\nb"}),
        ("reminder condition", {"code": "1"}),
        ("threshold", {"threshold": "NaN"}),
        ("threshold", {"threshold": "inf"}),
        ("hysteresis", {"hysteresis": "-1"}),
        ("of", {"of": "510050C1611M02500"}),
        ("of", {"measure": "spread"}),
        ("of", {"of": "book"}),
        ("of", {"measure": "profit"}),
        ("of", {"measure": "profit", "of": "10000001"}),
        ("level", {"level": 3}),
    ],
)
def test_what_makes_no_sense_is_refused_with_field_value_and_rule(field: str, change: dict[str, object]) -> None:
    with pytest.raises(BadInput) as refused:
        read_condition(PLAIN | change)
    assert refused.value.field == field
    assert refused.value.rule


def test_a_list_keeps_what_is_good_of_it() -> None:
    found, refused = read_conditions([PLAIN, PLAIN, {"name": "x"}, PLAIN | {"name": "other"}, 7])
    assert [condition.name for condition in found] == ["spot", "other"]
    assert [error.field for error in refused] == ["name", "reminder condition", "reminder condition"]
    assert read_conditions(None) == ((), ())
    assert read_conditions("text")[1][0].field == "reminder conditions"
    many = [PLAIN | {"name": str(n)} for n in range(201)]
    assert len(read_conditions(many)[0]) == 200


@given(
    st.floats(-10, 10),
    st.floats(0, 5),
    st.sampled_from(["above", "below"]),
    st.lists(st.one_of(st.none(), st.floats(-20, 20)), max_size=20),
)
def test_once_past_its_mark_a_reading_must_come_back_by_the_hysteresis(
    threshold: float, hysteresis: float, comparison: str, values: list[float | None]
) -> None:
    condition = read_condition(
        PLAIN | {"threshold": str(threshold), "hysteresis": str(hysteresis), "comparison": comparison}
    )
    holds = False
    for value in values:
        before, holds = holds, condition.holds(value, holds)
        if value is None:
            assert holds == before
            continue
        past = value - threshold if comparison == "above" else threshold - value
        if past > 0:
            assert holds
        if past < -hysteresis or (not before and past <= 0):
            assert not holds


@pytest.fixture
def rig() -> Rig:
    rig = Rig()
    call = rig.find(Right.CALL, "2.50")
    rig.portfolio.on_account(
        AccountReport(
            sequence=0,
            account_id="A",
            at=NOW,
            funds=Funds(balance=Decimal(100_500), opening_balance=Decimal(100_000)),
            positions=(Position(contract_code=call.code, side=PositionSide.SHORT, quantity=4),),
            holdings=(),
        )
    )
    return rig


def _value(rig: Rig, measure: str, of: str) -> float | None:
    condition = Condition(**PLAIN | {"measure": Measure(measure), "of": of})  # type: ignore[arg-type] # as read
    readings = Readings(rig.market, rig.portfolio, rig.valuation)
    return readings.of([condition])["spot"].value


def test_everything_is_measured_of_contract_underlying_and_book(rig: Rig) -> None:
    call = rig.find(Right.CALL, "2.50")
    assert _value(rig, "price", CODE) == pytest.approx(SPOT)
    assert _value(rig, "price", call.code) is None
    assert _value(rig, "spread", call.code) == pytest.approx(0.0004, abs=0.00011)
    assert _value(rig, "volatility", call.code) == pytest.approx(0.20, abs=0.01)
    assert _value(rig, "volatility", CODE) == pytest.approx(0.20, abs=0.01)
    delta = _value(rig, "delta", call.code)
    assert delta == pytest.approx(0.5, abs=0.1)
    assert delta is not None
    assert _value(rig, "delta", CODE) == pytest.approx(-4 * 10_000 * delta)
    vega = _value(rig, "vega", call.code)
    assert vega is not None
    assert _value(rig, "vega", CODE) == pytest.approx(-4 * vega)
    assert _value(rig, "gamma", CODE) is not None
    assert _value(rig, "theta", CODE) is not None
    assert (_value(rig, "position", call.code), _value(rig, "position", CODE)) == (-4.0, -4.0)
    assert _value(rig, "profit", "book") == pytest.approx(500.0)
    assert _value(rig, "price", "999999") is None
    assert _value(rig, "delta", "99999999") is None
