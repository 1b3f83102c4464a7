"""Strategies to choose from, their forms, and plug-ins of a user's folder."""

from pathlib import Path

import pytest

from terminal.domain.errors import BadInput
from terminal.strategies.catalogue import BUILT_IN, load_plug_in, plug_in_names
from terminal.strategies.contract_terms import WidthRule
from terminal.strategies.parameters import FieldKind, fields_of, parameters_from
from terminal.strategies.quoter_parameters import QuoterParameters

GOOD = """
from dataclasses import dataclass
from terminal.strategies.protocol import Strategy

API_VERSION = 1

@dataclass(frozen=True)
class Terms:
    underlying: str = "510300"
    size: int = 3

class Mine(Strategy):
    pass

STRATEGY, PARAMETERS = Mine, Terms
"""


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


def test_a_plug_in_is_loaded_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(GOOD)
    (tmp_path / "not-a-name.py").write_text(GOOD)
    assert plug_in_names(tmp_path) == ("mine",)
    assert plug_in_names(tmp_path / "nowhere") == ()
    kind = load_plug_in(tmp_path, "mine")
    assert kind.make("one").underlyings == ("510300",)
    assert [field.name for field in fields_of(kind.parameters)] == ["underlying", "size"]


@pytest.mark.fault("F74", "F105")
@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (GOOD.replace("API_VERSION = 1", "API_VERSION = 99"), "99"),
        (GOOD.replace("API_VERSION = 1", ""), "None"),
        ("import nothing_like_this", "ModuleNotFoundError"),
        ("raise SystemExit(3)", "SystemExit"),
        ("def (", "SyntaxError"),
        (GOOD.replace("frozen=True", "frozen=False"), "frozen"),
        (GOOD.replace("Mine, Terms", "Terms, Terms"), "STRATEGY"),
        (GOOD.replace("Mine, Terms", "Mine, 3"), "PARAMETERS"),
    ],
)
def test_one_that_does_not_fit_is_not_loaded_and_says_why(tmp_path: Path, text: str, rule: str) -> None:
    (tmp_path / "mine.py").write_text(text)
    with pytest.raises(BadInput, match=rule):
        load_plug_in(tmp_path, "mine")


@pytest.mark.fault("F47")
@pytest.mark.parametrize("name", ["../mine", "mine.py", "", "absent", "continuous_quoter"])
def test_a_name_never_leaves_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "mine.py").write_text(GOOD)
    (tmp_path / "continuous_quoter.py").write_text(GOOD)
    with pytest.raises(BadInput, match="plug-in"):
        load_plug_in(tmp_path, name)
