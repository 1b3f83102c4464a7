"""What a person does with the responders: on and off, other rules, and what became of each inquiry.

Everything goes through the engine, so that who started and changed what stands in the journal.
"""

from collections.abc import Callable
from dataclasses import replace

from terminal.domain.errors import BadInput
from terminal.domain.messages import InquiryOpened
from terminal.domain.reasons import Denial
from terminal.rules.obligations.terms import Terms
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.services.bus import Bus
from terminal.strategies.engine import StrategyEngine
from terminal.strategies.entry import StrategyEntry
from terminal.strategies.inquiry_rules import MOST_RULES, Outcome, ResponderParameters, Verdict
from terminal.strategies.obliged import obliged_responder
from terminal.strategies.responder import InquiryResponder

#: Inquiries of which it is remembered that nobody was to answer them by rule
_MOST_REMEMBERED = 500
Kept = Callable[[ResponderParameters], ResponderParameters]


class ResponderControl:
    """The responder of one underlying under the engine."""

    def __init__(self, engine: StrategyEngine, parameters: ResponderParameters, sheet: LimitSheet) -> None:
        self._engine = engine
        self.underlying = parameters.underlying
        self.name = f"responder {parameters.underlying}"
        if engine.entry(self.name) is None:
            engine.add(InquiryResponder(self.name, parameters), sheet)

    @property
    def entry(self) -> StrategyEntry:
        """How the engine has it."""
        entry = self._engine.entry(self.name)
        assert entry is not None
        return entry

    @property
    def responder(self) -> InquiryResponder:
        """The strategy itself, to be read."""
        responder = self.entry.strategy
        assert isinstance(responder, InquiryResponder)
        return responder

    @property
    def parameters(self) -> ResponderParameters:
        """What is in force."""
        return self.responder.parameters

    @property
    def is_on(self) -> bool:
        """Whether it answers."""
        return self.entry.is_active

    def start(self, by: str) -> Denial | None:
        """Answer by rule from now on, or say why not."""
        return self._engine.start(self.name, by)

    def stop(self, by: str) -> None:
        """Answer no more, and take out what it has in the market."""
        self._engine.stop(self.name, "stopped by hand", by)

    def apply(self, parameters: ResponderParameters, by: str) -> None:
        """Put these rules in force at once, whether it runs or not. Raises BadInput for none or too many."""
        if not 1 <= len(parameters.rules) <= MOST_RULES:
            raise BadInput("rules", len(parameters.rules), f"from 1 to {MOST_RULES}")
        if not 0 <= parameters.delay_seconds < parameters.latest_seconds:
            raise BadInput("delay_seconds", f"{parameters.delay_seconds:g}", f"below {parameters.latest_seconds:g}")
        if parameters != self.parameters:
            self._engine.set_parameters(self.name, replace(parameters, underlying=self.underlying), by)


class Responders:
    """Those of every underlying; made by the first that asks for one."""

    def __init__(
        self,
        engine: StrategyEngine,
        bus: Bus,
        sheet: LimitSheet,
        terms: Terms,
        kept: Kept = lambda parameters: parameters,
    ) -> None:
        """`kept` puts what was in force when the program ended in the place of what follows from the terms."""
        self._engine = engine
        self._sheet = sheet
        self._terms = terms
        self.kept = kept
        self._controls: dict[str, ResponderControl] = {}
        self._off: dict[int, None] = {}
        bus.subscribe(InquiryOpened, self._on_inquiry)

    def control(self, underlying: str) -> ResponderControl:
        """The responder of an underlying."""
        control = self._controls.get(underlying)
        if control is None:
            parameters = self.kept(obliged_responder(underlying, self._terms))
            control = self._controls[underlying] = ResponderControl(self._engine, parameters, self._sheet)
        return control

    def outcome(self, inquiry: int) -> Outcome | None:
        """What became of an inquiry; None for one that came before this desk was started."""
        if inquiry in self._off:
            return Outcome(Verdict.OFF)
        for control in self._controls.values():
            outcome = control.responder.outcomes.get(inquiry)
            if outcome is not None:
                return outcome
        return None

    def _on_inquiry(self, inquiry: InquiryOpened) -> None:
        contract = self._engine.view.contract(inquiry.contract_code)
        control = None if contract is None else self._controls.get(contract.underlying)
        if control is None or not control.is_on:
            self._off[inquiry.inquiry] = None
            if len(self._off) > _MOST_REMEMBERED:
                del self._off[next(iter(self._off))]
