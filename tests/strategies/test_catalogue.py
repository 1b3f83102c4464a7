"""Strategies to choose from, their forms, and the names of plug-ins."""

from pathlib import Path

import pytest

from terminal.domain.errors import BadInput
from terminal.strategies.catalogue import BUILT_IN, plug_in_names
from terminal.strategies.contract_terms import WidthRule
from terminal.strategies.parameters import FieldKind, fields_of, parameters_from
from terminal.strategies.quoter_parameters import QuoterParameters


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
