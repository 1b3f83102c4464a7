"""What a screen remembers between runs: plain values by key. The program keeps them per user and machine."""

from typing import Any, Protocol


class Settings(Protocol):
    """A store of JSON values (text, numbers, truth values, lists, objects). Reading never raises."""

    def read(self, key: str) -> Any:
        """The value of a key, None when nothing was kept or what was kept cannot be read."""

    def write(self, key: str, value: Any) -> None:
        """Keep a value; it is on disk soon, and never half."""
