"""The shipped files are found in a checkout and in an installed package."""

from pathlib import Path

import pytest

from terminal import resources
from terminal.domain.errors import ConfigurationError


def test_a_checkout_finds_its_own_resources() -> None:
    folder = resources.resource_folder()
    assert folder == Path(__file__).resolve().parents[1] / "resources"
    assert (folder / "calendar" / "sse.toml").is_file()


def test_an_installed_package_prefers_the_files_it_brought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "terminal"
    (package / "_resources").mkdir(parents=True)
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.resource_folder() == package / "_resources"


def test_an_incomplete_program_says_where_it_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "terminal")
    with pytest.raises(ConfigurationError, match="_resources") as raised:
        resources.resource_folder()
    assert str(tmp_path / "resources") in str(raised.value)
