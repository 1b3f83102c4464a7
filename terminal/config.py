"""What a run was asked to do: one TOML file, the environment and the command line, read once into frozen structs.

Order of precedence: command line, environment (`OPTIONDESK_DATA_DIR`, `OPTIONDESK_CONFIG`), `config.toml` in the user's
configuration folder, defaults. A file with a mistake is refused by name of the key; nothing in it is half taken.
"""

import os
from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import platformdirs

from terminal.domain.errors import ConfigurationError
from terminal.domain.quotes import EffectRule, Handling

APPLICATION = "OptionDesk"
#: The market day a fresh start plays, and its pace
DEFAULT_SEED = 20261122
MAX_SPEED = 600.0
#: The user's imported announcement of the exchange, in the desk's data folder
CALENDAR_FILE = "calendar.toml"


class Mail(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Table `alerts.mail`; the password is in the environment or in a file, never here."""

    host: str
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 587
    sender: str
    recipients: Annotated[tuple[str, ...], msgspec.Meta(max_length=20)]
    user: str = ""
    password_file: str = ""
    """A file that only its owner can read; without one OPTIONDESK_MAIL_PASSWORD of the environment is used"""
    tls: bool = True


class Alerts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Table `alerts`: where reminders go beside the screen (外部通知); nowhere unless set."""

    web_hook: str = ""
    mail: Mail | None = None
    outside_from: Literal["toast", "card", "sheet"] = "card"
    """The mildest level that is sent"""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Keys of `config.toml`; every one has a default, so the file may be absent."""

    profile: str = "sse_2025"
    """Rule profile, the name of a file in resources/rules"""
    obligations: str = "sse_generic"
    """Terms that a market maker's day is measured by, the name of a file in resources/rules/obligations"""
    account: str = "880000001888"
    """Contract account (衍生品合约账户) the desk trades for"""
    seed: Annotated[int, msgspec.Meta(ge=0)] = DEFAULT_SEED
    speed: Annotated[float, msgspec.Meta(ge=0, le=MAX_SPEED)] = 1.0
    start: time | None = None
    """Market time at which a simulated day is taken up, e.g. 14:50:00; none: as the day's source has it"""
    order_value_limit: Decimal | None = Decimal(2_000_000)
    """Largest premium of one order, yuan; blank or zero allows nothing"""
    desk_limits: dict[str, float | str] = {}
    """Figures of the desk's limit sheet (resources/limits/desk.toml) that differ here; blank allows nothing"""
    maker_limits: dict[str, dict[str, float | str]] = {}
    """Figures of a maker's limits (resources/limits/maker.toml) that differ here, by table"""
    hand_quote_effect: EffectRule = EffectRule.CLOSE_FIRST
    """Which side of a quote by hand opens and which closes; a quoter has a rule of its own"""
    hand_quote_control: Handling = Handling.REFUSE
    """What becomes of a quote typed by hand that is too wide or too small (前端控制): refused, or adjusted and shown"""
    strategy_quote_control: Handling = Handling.REFUSE
    """The same of quotes that a strategy asks for"""
    plug_in_memory_mb: Annotated[int, msgspec.Meta(ge=100)] = 1_000
    """What the process of a plug-in may have in memory, millions of bytes; one that has more is killed"""
    compiled_pricing: bool = True
    """Whether volatilities and greeks may be made by kernels compiled for the processor; without, numpy makes them"""
    alerts: Alerts = Alerts()


def data_folder(given: str | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Where journals, settings and exports live; made when missing.

    Raises ConfigurationError when it cannot be made or written.
    """
    folder = Path(given or environment.get("OPTIONDESK_DATA_DIR") or platformdirs.user_data_dir(APPLICATION, False))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"data folder {folder}: {error.strerror}") from error
    return folder.resolve()


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read `config.toml`; defaults when there is none.

    Raises ConfigurationError that names the file and the key.
    """
    named = environment.get("OPTIONDESK_CONFIG")
    path = Path(named) if named else Path(platformdirs.user_config_dir(APPLICATION, False)) / "config.toml"
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        if named:
            raise ConfigurationError(f"{path}: there is no such file") from None
        return Settings()
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror}") from error
    try:
        return msgspec.toml.decode(text, type=Settings)
    except (msgspec.DecodeError, ValueError) as error:
        raise ConfigurationError(f"{path}: {error}") from error
