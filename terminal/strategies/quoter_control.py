"""What a person does with the continuous quoter of one underlying: start, stop, pause a side, set terms, try in shadow.

Everything goes through the engine, so that whoever looks at it sees what is in force and who put it there.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from terminal.domain.orders import Side
from terminal.domain.reasons import Denial
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.strategies.contract_terms import ContractTerms
from terminal.strategies.engine import StrategyEngine
from terminal.strategies.entry import StrategyEntry, StrategyState
from terminal.strategies.quoter import ContinuousQuoter
from terminal.strategies.quoter_parameters import QuoterParameters


class QuoterControl:
    """The quoter of one underlying under the engine; made by the first that asks for it."""

    def __init__(self, engine: StrategyEngine, parameters: QuoterParameters, sheet: LimitSheet) -> None:
        self._engine = engine
        self.underlying = parameters.underlying
        self.name = f"quoter {parameters.underlying}"
        if engine.entry(self.name) is None:
            engine.add(ContinuousQuoter(self.name, parameters), sheet)

    @property
    def entry(self) -> StrategyEntry:
        """How the engine has it."""
        entry = self._engine.entry(self.name)
        assert entry is not None
        return entry

    @property
    def quoter(self) -> ContinuousQuoter:
        """The strategy itself, to be read."""
        quoter = self.entry.strategy
        assert isinstance(quoter, ContinuousQuoter)
        return quoter

    @property
    def parameters(self) -> QuoterParameters:
        """What is in force."""
        return self.quoter.parameters

    @property
    def is_active(self) -> bool:
        """Whether it quotes, or plays at quoting."""
        return self.entry.is_active

    @property
    def is_shadow(self) -> bool:
        """Whether it runs and sends nothing."""
        return self.entry.state is StrategyState.SHADOW

    def start(self, by: str, *, shadow: bool = False) -> Denial | None:
        """Start all expiries that nobody stopped, or say why not."""
        return self._engine.start(self.name, by, shadow=shadow)

    def stop(self, by: str) -> None:
        """Stop, and take out what it quotes."""
        self._engine.stop(self.name, "stopped by hand", by)

    def set_shadow(self, shadow: bool, by: str) -> Denial | None:
        """Go on in shadow mode, or in earnest; one that does not run is left alone."""
        if not self.is_active or shadow == self.is_shadow:
            return None
        self.stop(by)
        return self.start(by, shadow=shadow)

    def quotes_expiry(self, expiry: date) -> bool:
        """Whether an expiry is among those quoted, should it run."""
        return expiry not in self.parameters.stopped_expiries

    def start_expiry(self, expiry: date, all_expiries: tuple[date, ...], by: str, *, shadow: bool) -> Denial | None:
        """Quote an expiry too; alone where nothing ran before."""
        stopped = self.parameters.stopped_expiries if self.is_active else all_expiries
        self._set(replace(self.parameters, stopped_expiries=tuple(e for e in stopped if e != expiry)), by)
        return self.start(by, shadow=shadow)

    def stop_expiry(self, expiry: date, all_expiries: tuple[date, ...], by: str) -> None:
        """Quote an expiry no longer; with the last one it stops."""
        stopped = tuple(dict.fromkeys((*self.parameters.stopped_expiries, expiry)))
        self._set(replace(self.parameters, stopped_expiries=stopped), by)
        if set(all_expiries) <= set(stopped):
            self.stop(by)

    def start_all(self, by: str, *, shadow: bool) -> Denial | None:
        """Quote every expiry."""
        self._set(replace(self.parameters, stopped_expiries=()), by)
        return self.start(by, shadow=shadow)

    def pause(self, side: Side, paused: bool, by: str) -> None:
        """Quote a side no longer, or again."""
        if side is Side.BUY:
            self._set(replace(self.parameters, bid=not paused), by)
        else:
            self._set(replace(self.parameters, ask=not paused), by)

    def is_paused(self, side: Side) -> bool:
        """Whether a side is paused."""
        return not (self.parameters.bid if side is Side.BUY else self.parameters.ask)

    def apply(self, contracts: Mapping[str, ContractTerms], by: str) -> None:
        """Put these terms of contracts in force at once, in the place of all before; empty ones are dropped."""
        kept = {code: terms for code, terms in contracts.items() if not terms.is_empty}
        self._set(replace(self.parameters, contracts=kept), by)

    def _set(self, parameters: QuoterParameters, by: str) -> None:
        if parameters != self.parameters:
            self._engine.set_parameters(self.name, parameters, by)
