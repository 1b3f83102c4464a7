"""Figures of the classroom, read from `resources/training.toml`."""

from datetime import time
from typing import Annotated

import msgspec

from terminal.domain.errors import ConfigurationError
from terminal.training.moments import time_of


class TrainingSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    day_start: str
    moments: tuple[str, ...]
    disturbed_seconds: tuple[Annotated[float, msgspec.Meta(gt=0, le=3600)], ...]
    """After data or a line were lost, at which a jump stops"""
    pass_mark: Annotated[int, msgspec.Meta(ge=0, le=100)]
    hint_cost: Annotated[int, msgspec.Meta(ge=0, le=100)]
    screen_seconds: Annotated[float, msgspec.Meta(gt=0, le=60)]

    def times(self) -> tuple[time, ...]:
        """The moments a jump stops at every day."""
        return tuple(time_of(text) for text in self.moments)


def parse_settings(text: str, source: str) -> TrainingSettings:
    """Read the file's text. Raises ConfigurationError that names the file and the key."""
    try:
        settings = msgspec.toml.decode(text.encode(), type=TrainingSettings)
        settings.times()
        time_of(settings.day_start)
    except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
        raise ConfigurationError(f"{source}: {error}") from error
    return settings
