"""The desk's limit sheet: the shipped figures, with those that the user's configuration overwrites."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal

from terminal.domain.errors import BadInput, ConfigurationError
from terminal.resources import resource_folder
from terminal.rules.protection.limit_sheet import LimitSheet


def desk_sheet(overwritten: Mapping[str, float | str], order_value: Decimal | None) -> LimitSheet:
    """The sheet in force. `order_value` is the older setting for the premium of one order; blank allows nothing.

    Raises ConfigurationError for a name that is no limit and for what is no number.
    """
    figures: dict[str, object] = tomllib.loads((resource_folder() / "limits" / "desk.toml").read_text("utf-8"))
    figures["order_notional"] = None if order_value is None else float(order_value)
    try:
        return LimitSheet.of(figures | dict(overwritten))
    except BadInput as error:
        raise ConfigurationError(f"desk_limits: {error}") from error
