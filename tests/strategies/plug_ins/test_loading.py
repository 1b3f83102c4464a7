"""What a file of the user's folder must say to be a plug-in; here in the test's own process, ever else in a worker."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from terminal.domain.errors import BadInput
from terminal.strategies.plug_ins.loading import load_plug_in

GOOD = """
from dataclasses import dataclass
from terminal.domain.orders import Side
from terminal.strategies.protocol import Strategy

API_VERSION = 2

@dataclass(frozen=True)
class Terms:
    underlying: str = "510300"
    size: int = 3
    side: "Side" = Side.BUY

class Mine(Strategy):
    pass

STRATEGY, PARAMETERS = Mine, Terms
"""


@pytest.fixture(autouse=True)
def _no_module_left() -> Iterator[None]:
    yield
    sys.modules.pop("optiondesk_plug_in_mine", None)


def test_a_plug_in_is_loaded_by_its_name_and_made_of_text(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(GOOD)
    loaded = load_plug_in(tmp_path, "mine")
    strategy = loaded.make("one", {"size": " 4 ", "side": "S"})
    assert (strategy.name, strategy.underlyings) == ("one", ("510300",))
    assert (strategy.parameters.size, str(strategy.parameters.side)) == (4, "S")
    assert [(field.name, field.default, field.choices) for field in loaded.form] == [
        ("underlying", "510300", ()),
        ("size", "3", ()),
        ("side", "B", ("B", "S")),
    ]


@pytest.mark.fault("F74", "F105")
@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (GOOD.replace('"Side"', '"Nothing"'), "types and defaults can be read: NameError"),
        (GOOD.replace("API_VERSION = 2", "API_VERSION = 99"), "99"),
        (GOOD.replace("API_VERSION = 2", ""), "None"),
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
@pytest.mark.parametrize("name", ["../mine", "mine.py", "", "absent"])
def test_a_name_never_leaves_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "mine.py").write_text(GOOD)
    with pytest.raises(BadInput, match="plug-in"):
        load_plug_in(tmp_path, name)
