"""The shipped files of rules by name, and the trading calendar with what the user imported: read by desk and venue."""

from pathlib import Path

from terminal.config import CALENDAR_FILE, data_folder
from terminal.domain.calendar import TradingCalendar
from terminal.domain.errors import ConfigurationError
from terminal.resources import resource_folder
from terminal.rules.obligations.terms import Terms, parse_terms
from terminal.rules.profile import Profile, parse_profile
from terminal.storage.calendar_file import import_calendar, load_calendar, save_imported


def read_profile(name: str) -> Profile:
    """A rule profile by name. Raises ConfigurationError that names the profiles there are."""
    folder = resource_folder() / "rules"
    path = folder / f"{name}.toml"
    if path.parent != folder or not path.is_file():
        known = ", ".join(sorted(p.stem for p in folder.glob("*.toml")))
        raise ConfigurationError(f"there is no rule profile {name!r}; there are {known}")
    return parse_profile(path.read_text("utf-8"), path.name)


def read_obligations(name: str) -> Terms:
    """Obligation terms by name. Raises ConfigurationError that names those there are."""
    folder = resource_folder() / "rules" / "obligations"
    path = folder / f"{name}.toml"
    if path.parent != folder or not path.is_file():
        known = ", ".join(sorted(p.stem for p in folder.glob("*.toml")))
        raise ConfigurationError(f"there are no obligation terms {name!r}; there are {known}")
    return parse_terms(path.read_text("utf-8"), path.name)


def read_calendar(imported: Path | None) -> TradingCalendar:
    """The shipped trading calendar, with the years the user imported."""
    return load_calendar(resource_folder() / "calendar" / "sse.toml", imported)


def import_announcement(announcement: Path | None, data_dir: str | None) -> int:
    """Take an announcement into the user's calendar and say what is known now; gives the exit code.

    Raises BadFile for a file that is refused; the calendar stays as it was.
    """
    own = data_folder(data_dir) / CALENDAR_FILE
    if announcement is not None:
        years = import_calendar(announcement)
        save_imported(years, own)
        print(f"imported {', '.join(str(y.year) for y in years)} into {own}")
    for year in read_calendar(own).years[-4:]:
        source = "estimated" if year.estimated else "announced"
        print(f"{year.year}  {source}, {len(year.closed)} weekdays closed")
    return 0
