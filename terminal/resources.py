"""Finds the files shipped beside the code: rule profiles, calendar, scenarios, themes, icons, translations.

A checkout keeps them in `resources/` at its top, an installed package in `terminal/_resources`; only this
module knows that there are two places.
"""

from pathlib import Path

from terminal.domain.errors import ConfigurationError

_PACKAGE = Path(__file__).resolve().parent


def resource_folder() -> Path:
    """Return the folder with the shipped files; raise ConfigurationError where the program lies incomplete."""
    return _first_folder(_PACKAGE / "_resources", _PACKAGE.parent / "resources")


def _first_folder(installed: Path, checkout: Path) -> Path:
    # The installed place first: a folder named `resources` beside a site-packages `terminal` is a stranger's
    for folder in (installed, checkout):
        if folder.is_dir():
            return folder
    raise ConfigurationError(
        f"The program's resource files are missing: neither {installed} nor {checkout} is a folder. "
        "Install the program again, or run it from a complete checkout."
    )
