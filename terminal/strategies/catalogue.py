"""The strategies that are there to be chosen from: those built in, and plug-ins from the user's folder by their name.

A plug-in is one Python file that says `API_VERSION`, `STRATEGY` (a class of `strategies.protocol.Strategy`) and
`PARAMETERS` (its frozen dataclass). It runs inside the desk with the user's rights: the folder is the user's own, and
a file in it is trusted as the program itself is. What it sees and asks for passes through view and gate as with any
strategy, but that is an order among friends and no border (F73).
"""

import importlib.util
import logging
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from terminal.domain.errors import BadInput, shown
from terminal.strategies.delta_hedger import DeltaHedger, HedgerParameters
from terminal.strategies.electronic_eye import ElectronicEye, EyeParameters
from terminal.strategies.inquiry_rules import ResponderParameters
from terminal.strategies.parameters import fields_of
from terminal.strategies.protocol import Strategy
from terminal.strategies.quoter import ContinuousQuoter
from terminal.strategies.quoter_parameters import QuoterParameters
from terminal.strategies.responder import InquiryResponder
from terminal.strategies.volatility_orders import VolatilityOrders, VolatilityParameters

logger = logging.getLogger(__name__)
#: Raised whenever what strategies see or may ask for changes shape
API_VERSION = 1
_MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class StrategyKind:
    """A strategy that can be made, and its parameters."""

    name: str
    strategy: type[Strategy]
    parameters: type

    def make(self, name: str, parameters: object | None = None) -> Strategy:
        """One of it under a name of its own; with its defaults where no parameters are given."""
        return self.strategy(name, self.parameters() if parameters is None else parameters)


BUILT_IN = {
    kind.name: kind
    for kind in (
        StrategyKind("continuous_quoter", ContinuousQuoter, QuoterParameters),
        StrategyKind("inquiry_responder", InquiryResponder, ResponderParameters),
        StrategyKind("electronic_eye", ElectronicEye, EyeParameters),
        StrategyKind("delta_hedger", DeltaHedger, HedgerParameters),
        StrategyKind("volatility_orders", VolatilityOrders, VolatilityParameters),
    )
}


def plug_in_names(folder: Path) -> tuple[str, ...]:
    """Names of the files in the folder that could be plug-ins; nothing is loaded."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.stem for path in folder.glob("*.py") if path.stem.isidentifier()))


def load_plug_in(folder: Path, name: str) -> StrategyKind:
    """Load one by its name (F74).

    Raises BadInput when it is not there, is too large, cannot be imported, was written for another version, or does not
    say what it must.
    """
    path = folder / f"{name}.py"
    if not name.isidentifier() or name in BUILT_IN or not path.is_file():
        raise BadInput("plug-in", name, f"the name of a Python file in {folder}")
    if path.stat().st_size > _MAX_BYTES:
        raise BadInput("plug-in", name, f"a file of at most {_MAX_BYTES} bytes")
    module = _module_of(path, name)
    version = getattr(module, "API_VERSION", None)
    if version != API_VERSION:
        raise BadInput("plug-in", name, f"API_VERSION = {API_VERSION}; it says {shown(version)}")
    strategy, parameters = getattr(module, "STRATEGY", None), getattr(module, "PARAMETERS", None)
    if not (isinstance(strategy, type) and issubclass(strategy, Strategy)):
        raise BadInput("plug-in", name, "STRATEGY, a class of terminal.strategies.protocol.Strategy")
    if not isinstance(parameters, type):
        raise BadInput("plug-in", name, "PARAMETERS, a frozen dataclass")
    fields_of(parameters)
    logger.info("plug-in %s loaded from %s", name, path)
    return StrategyKind(name, strategy, parameters)


def _module_of(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"optiondesk_plug_in_{name}", path)
    if spec is None or spec.loader is None:
        raise BadInput("plug-in", name, "a Python file")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise BadInput("plug-in", name, f"one that can be imported: {type(error).__name__}: {shown(error)}") from error
    return module
