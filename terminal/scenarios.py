"""Scenario files on disk: the shipped ones and those of the user, read and listed."""

from dataclasses import dataclass
from pathlib import Path

from terminal.alerts.alert import AlertKind
from terminal.domain.calendar import TradingCalendar
from terminal.domain.errors import BadFile, BadInput, ConfigurationError
from terminal.resources import resource_folder
from terminal.storage.calendar_file import load_calendar
from terminal.training.scenario import Scenario, parse_scenario
from terminal.training.settings import TrainingSettings, parse_settings


@dataclass(frozen=True, slots=True)
class Listed:
    """A scenario file, or the mistake in it."""

    path: Path
    scenario: Scenario | None
    mistake: str = ""


def scenario_path(name: str) -> Path:
    """A shipped scenario by its name, else a file. Raises ConfigurationError that names those there are."""
    shipped = resource_folder() / "scenarios" / f"{name}.toml"
    if shipped.is_file() and shipped.parent == resource_folder() / "scenarios":
        return shipped
    path = Path(name)
    if path.is_file():
        return path
    known = ", ".join(sorted(p.stem for p in (resource_folder() / "scenarios").glob("*.toml")))
    raise ConfigurationError(f"there is no scenario {name!r}; there are {known}")


def read_scenario(path: Path) -> Scenario:
    """Read a file. Raises BadFile with the line of its first mistake."""
    return parse_scenario(scenario_text(path), path.name, _calendar(), reminder_kinds())


def reminder_kinds() -> frozenset[str]:
    """What a checkpoint may ask to be acknowledged."""
    return frozenset(kind.value for kind in AlertKind)


def scenario_text(path: Path) -> str:
    """The text of a file. Raises BadFile for one that cannot be read."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile("file", path.name, f"a text in UTF-8 that can be read: {error}", 1, path.name) from error


def _calendar() -> TradingCalendar:
    return load_calendar(resource_folder() / "calendar" / "sse.toml", None)


def list_scenarios() -> list[Listed]:
    """Every shipped scenario, by name."""
    found = []
    for path in sorted((resource_folder() / "scenarios").glob("*.toml")):
        try:
            found.append(Listed(path, read_scenario(path)))
        except BadInput as error:
            found.append(Listed(path, None, str(error)))
    return found


def read_training_settings() -> TrainingSettings:
    """The shipped figures of the classroom."""
    path = resource_folder() / "training.toml"
    return parse_settings(path.read_text("utf-8"), path.name)
