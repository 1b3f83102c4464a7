"""The strategies that are there to be chosen from: those built in, and plug-ins from the user's folder by their name.

What is built in runs in the desk's loop. A plug-in is loaded and runs in a process of its own (`strategies.plug_ins`);
here it is a name.
"""

from dataclasses import dataclass
from pathlib import Path

from terminal.strategies.delta_hedger import DeltaHedger, HedgerParameters
from terminal.strategies.electronic_eye import ElectronicEye, EyeParameters
from terminal.strategies.inquiry_rules import ResponderParameters
from terminal.strategies.protocol import Strategy
from terminal.strategies.quoter import ContinuousQuoter
from terminal.strategies.quoter_parameters import QuoterParameters
from terminal.strategies.responder import InquiryResponder
from terminal.strategies.volatility_orders import VolatilityOrders, VolatilityParameters


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
    names = (path.stem for path in folder.glob("*.py"))
    return tuple(sorted(name for name in names if name.isidentifier() and name not in BUILT_IN))
