"""Strategies to choose from, their forms, and the names of plug-ins."""

from dataclasses import make_dataclass, replace
from pathlib import Path

import pytest

from terminal.domain.errors import BadInput
from terminal.domain.orders import Instruction
from terminal.strategies.catalogue import BUILT_IN, plug_in_names
from terminal.strategies.contract_terms import WidthRule
from terminal.strategies.delta_hedger import HedgerParameters, HedgeWith
from terminal.strategies.electronic_eye import EyeParameters
from terminal.strategies.parameters import (
    FieldKind,
    check_text,
    docs_of,
    fields_of,
    parameters_from,
    texts_of,
    with_texts,
)
from terminal.strategies.quoter_parameters import QuoterParameters
from terminal.strategies.volatility_orders import VolatilityOrder, VolatilityParameters


@pytest.mark.requirement("M4")
@pytest.mark.parametrize("name", BUILT_IN)
def test_every_built_in_strategy_can_be_made_and_has_a_form(name: str) -> None:
    kind = BUILT_IN[name]
    strategy = kind.make("mine")
    assert strategy.name == "mine"
    assert strategy.underlyings == ("510050",)
    fields = fields_of(kind.parameters)
    assert fields[0].name == "underlying"
    assert all(field.default is not None for field in fields)


def test_a_form_s_text_becomes_typed_parameters() -> None:
    parameters = parameters_from(
        QuoterParameters, {"width": "volatility", "size": " 7 ", "half_volatility_points": "0.4"}
    )
    assert (parameters.width, parameters.size, parameters.half_volatility_points) == (WidthRule.VOLATILITY, 7, 0.4)
    (field,) = [field for field in fields_of(QuoterParameters) if field.name == "width"]
    assert (field.kind, field.choices) == (FieldKind.CHOICE, ("ticks", "volatility", "allowed"))


@pytest.mark.fault("F45", "F72")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("size", "many"),
        ("size", "1.5"),
        ("half_ticks", "nan"),
        ("half_ticks", "inf"),
        ("width", "wide"),
        ("nobody", "1"),
    ],
)
def test_bad_text_is_refused_by_the_field_s_name(name: str, text: str) -> None:
    with pytest.raises(BadInput, match=name):
        parameters_from(QuoterParameters, {name: text})


def test_plug_ins_are_the_files_of_the_folder_that_could_be_some(tmp_path: Path) -> None:
    for name in ("mine", "not-a-name", "continuous_quoter"):
        (tmp_path / f"{name}.py").write_text("never loaded here")
    assert plug_in_names(tmp_path) == ("mine",)
    assert plug_in_names(tmp_path / "nowhere") == ()


@pytest.mark.requirement("M4")
def test_what_stands_under_a_field_is_told_and_what_cannot_be_read_is_not() -> None:
    assert docs_of(EyeParameters)["edge_fraction"] == "Of the theoretical price; the larger of the two counts"
    assert "size" not in docs_of(EyeParameters)
    made = make_dataclass("Made", [("size", int, 5)], frozen=True)
    assert docs_of(made) == {}


def test_parameters_become_text_and_come_back_rows_of_them_too() -> None:
    order = VolatilityOrder(contract_code="1", instruction=Instruction.BUY_OPEN, quantity=2, volatility=0.18)
    wishes = VolatilityParameters(orders=(order,), tolerance_ticks=3)
    assert texts_of(wishes) == {"underlying": "510050", "orders": "1 BO 2 0.18", "tolerance_ticks": "3"}
    two = replace(wishes, orders=(order, replace(order, contract_code="2", instruction=Instruction.SELL_OPEN)))
    assert parameters_from(VolatilityParameters, texts_of(two)) == two
    assert parameters_from(VolatilityParameters, {"orders": " "}).orders == ()
    assert with_texts(wishes, {"tolerance_ticks": "4"}) == replace(wishes, tolerance_ticks=4)
    hedger = HedgerParameters(hedge_with=HedgeWith.SHARES, band=1500.5)
    assert parameters_from(HedgerParameters, texts_of(hedger)) == hedger
    assert texts_of(EyeParameters(buys=False))["buys"] == "false"


@pytest.mark.fault("F45")
def test_one_field_s_text_is_checked_by_itself() -> None:
    fields = {field.name: field for field in (*fields_of(HedgerParameters), *fields_of(VolatilityParameters))}
    check_text(fields["hedge_with"], "shares")
    check_text(fields["band"], " 7.5 ")
    for name, text in (("hedge_with", "gold"), ("band", "nan"), ("tolerance_ticks", "1.5"), ("orders", "()")):
        with pytest.raises(BadInput, match=name):
            check_text(fields[name], text)


@pytest.mark.fault("F45")
@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("10001773 BO 5", "4 values"),
        ("10001773 BUY 5 0.18", "BO or SC or SO or BC"),
        ("10001773 BO 5.5 0.18", "a whole number"),
        ("10001773 BO 5 nan", "a finite number"),
        ("1 BO 1 0.1;" * 101, "at most 100"),
    ],
)
def test_a_row_that_is_none_is_refused_with_its_rule(text: str, rule: str) -> None:
    with pytest.raises(BadInput, match=rule):
        parameters_from(VolatilityParameters, {"orders": text})
