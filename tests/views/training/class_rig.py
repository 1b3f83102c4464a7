"""The class that the tests of trainer and trainee are told in."""

from datetime import datetime

from terminal.domain.calendar import SHANGHAI
from terminal.resources import resource_folder
from terminal.storage.calendar_file import load_calendar

CALENDAR = load_calendar(resource_folder() / "calendar" / "sse.toml", None)
TEXT = (resource_folder() / "scenarios" / "breaker_obligations.toml").read_text("utf-8")
AT = datetime(2026, 11, 12, 13, 45, tzinfo=SHANGHAI)
