"""Settings: a file with a mistake is refused by its key, and a limit that is no number allows nothing."""

from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest

from terminal.config import Settings, data_folder, load_settings
from terminal.domain.errors import ConfigurationError


def load(tmp_path: Path, text: str | bytes) -> Settings:
    path = tmp_path / "config.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_settings({"OPTIONDESK_CONFIG": str(path)})


def test_without_a_file_the_defaults_hold() -> None:
    settings = load_settings({})
    assert settings == Settings()
    assert settings.order_value_limit == Decimal(2_000_000)
    assert settings.start is None


def test_a_file_says_what_it_says_and_the_rest_is_default(tmp_path: Path) -> None:
    settings = load(
        tmp_path, 'account = "880000002888"\nspeed = 10\nstart = 14:50:00\norder_value_limit = "50000.50"\nseed = 3\n'
    )
    assert settings == Settings(
        account="880000002888", speed=10.0, start=time(14, 50), order_value_limit=Decimal("50000.50"), seed=3
    )


@pytest.mark.fault("F45")
@pytest.mark.parametrize("value", ['"0"', '"-5"', '"NaN"', "nan", "inf", "0", "-1"])
def test_a_limit_that_allows_nothing_is_taken_as_it_is(tmp_path: Path, value: str) -> None:
    limit = load(tmp_path, f"order_value_limit = {value}\n").order_value_limit
    assert limit is not None
    # The check on every order: not finite, zero or below allows nothing
    assert not limit.is_finite() or limit <= 0


@pytest.mark.fault("F44", "F45")
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("speed = -1", "speed"),
        ("speed = 601", "speed"),
        ("speed = nan", "speed"),
        ("seed = -1", "seed"),
        ('seed = "x"', "seed"),
        ("start = 25:00:00", ""),
        ('start = "soon"', "start"),
        ('order_value_limit = ""', "order_value_limit"),
        ('order_value_limit = "much"', "order_value_limit"),
        ("colour = 1", "colour"),
        ("account = 5", "account"),
        ("speed = ", ""),
        (b"\xff\xfe", ""),
    ],
)
def test_a_mistake_is_refused_with_file_and_key(tmp_path: Path, text: str | bytes, named: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"config.toml: .*{named}"):
        load(tmp_path, text)


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no such file"):
        load_settings({"OPTIONDESK_CONFIG": str(tmp_path / "none.toml")})
    with pytest.raises(ConfigurationError):
        load_settings({"OPTIONDESK_CONFIG": str(tmp_path)})


def test_the_data_folder_is_the_one_given_then_the_environment_s_then_the_user_s(tmp_path: Path) -> None:
    environment = {"OPTIONDESK_DATA_DIR": str(tmp_path / "environment")}
    assert data_folder(str(tmp_path / "given"), environment) == tmp_path / "given"
    assert data_folder(None, environment) == tmp_path / "environment"
    assert data_folder(None, {}).is_relative_to(tmp_path / "home")
    assert (tmp_path / "environment").is_dir()


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match=r"data folder .*file"):
        data_folder(str(tmp_path / "file" / "below"), {})
