"""What the console stands on: the quoters of every underlying, protections, results, and who sits at the desk."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from terminal.rules.protection.limit_sheet import NOTHING, LimitSheet
from terminal.rules.protection.stops import StopTier
from terminal.rules.sessions import DaySchedule
from terminal.services.allowed_widths import AllowedWidths
from terminal.services.desk import Desk
from terminal.services.gate import DESK
from terminal.services.pauses import KeptOut
from terminal.services.protection import Protection
from terminal.services.quote_pauses import QuotePauses
from terminal.services.quote_results import QuoteResults
from terminal.services.theoretical import Theoretical
from terminal.strategies.contract_terms import ContractTerms
from terminal.strategies.engine import StrategyEngine
from terminal.strategies.entry import StrategyState
from terminal.strategies.obliged import messages_per_minute, obliged_quoter
from terminal.strategies.quoter_control import QuoterControl
from terminal.strategies.quoter_parameters import QuoterParameters, effective

_NOT_RUNNING = {
    StrategyState.STOPPED: KeptOut.STOPPED,
    StrategyState.FAULTED: KeptOut.FAULTED,
    StrategyState.SHADOW: KeptOut.SHADOW,
}


def at_once(codes: Collection[str], do: Callable[[], object]) -> bool:
    """Give quotes up without a question, as where nothing is owed."""
    do()
    return True


@dataclass(slots=True)
class MakerDesk:
    """One market maker's desk as the screens see it."""

    desk: Desk
    engine: StrategyEngine
    protection: Protection
    theoretical: Theoretical
    results: QuoteResults
    allowed: AllowedWidths
    sheet: LimitSheet
    """What each quoter may send at most"""
    is_two_sided: Callable[[], bool]
    """Whether this market takes only quotes of both sides"""
    days_left: Callable[[date], int]
    person: str = ""
    """Who sits here; goes with everything that is started, stopped and re-armed"""
    kept_terms: Callable[[str], Mapping[str, ContractTerms]] = lambda underlying: {}
    """Terms of single contracts that were in force when the program ended; whoever keeps them sets it"""
    give_up: Callable[[Collection[str], Callable[[], object]], bool] = at_once
    """Does what gives up the quotes of some contracts by choice; where that breaks the contract rate, a person is asked
    first, and it is False. Whoever knows the obligation sets it. No cancel, stop or protection goes by it"""
    pauses: QuotePauses | None = None
    """Contracts that a person has paused; whoever builds them sets it"""
    _controls: dict[str, QuoterControl] = field(default_factory=dict)

    @property
    def is_maker(self) -> bool:
        """Whether the account is a market maker's, as the counter tells."""
        return self.desk.portfolio.profile.rights.kind.is_market_maker

    @property
    def is_known(self) -> bool:
        """Whether the counter has told of the account at all."""
        return self.desk.portfolio.funds is not None

    @property
    def by(self) -> str:
        """Who acts: the name given, else the desk."""
        return self.person.strip() or self.desk.desk_id

    @property
    def underlyings(self) -> list[str]:
        """Those with contracts today, in the order of the list."""
        return [u.code for u in self.desk.market.underlyings if len(self.theoretical.numbers(u.code))]

    def control(self, underlying: str) -> QuoterControl:
        """The quoter of an underlying."""
        control = self._controls.get(underlying)
        if control is None:
            parameters = replace(self.defaults(underlying), contracts=self.kept_terms(underlying))
            control = self._controls[underlying] = QuoterControl(self.engine, parameters, self.sheet)
        return control

    def running_quoter(self, code: str) -> QuoterControl | None:
        """The quoter that runs in earnest for the underlying of a contract; None where none does."""
        contract = self.desk.market.contract(code)
        control = None if contract is None else self._controls.get(contract.underlying)
        return control if control is not None and control.is_active and not control.is_shadow else None

    def quoted(self, underlying: str, expiry: date | None = None) -> list[str]:
        """The contracts of an underlying, or of one of its expiries, that its quoter keeps quoted in earnest."""
        control = self._controls.get(underlying)
        if control is None or not control.is_active or control.is_shadow:
            return []
        contracts = self.theoretical.universe.contracts
        mine = [contracts[n] for n in self.theoretical.numbers(underlying).tolist()]
        return [
            contract.code
            for contract in mine
            if expiry in (None, contract.expiry)
            and control.quotes_expiry(contract.expiry)
            and self._is_on(control, contract.code)
        ]

    def switched_off(self, underlying: str, contracts: Mapping[str, ContractTerms]) -> list[str]:
        """What its quoter keeps quoted and would not, or not on both sides, with these terms in force."""
        now = self.control(underlying).parameters
        then = replace(now, contracts=dict(contracts))
        return [
            code
            for code in self.quoted(underlying)
            if any(getattr(effective(now, code), s) > getattr(effective(then, code), s) for s in ("bid", "ask"))
        ]

    def quoted_on_both_sides(self, underlying: str) -> list[str]:
        """What its quoter keeps quoted with a bid and an ask: what stops counting once it has one of them no longer."""
        now = self.control(underlying).parameters
        if not (now.bid and now.ask):
            return []
        return [c for c in self.quoted(underlying) if (terms := effective(now, c)).bid and terms.ask]

    def out_by_strategy(self, code: str) -> KeptOut | None:
        """Why no strategy wants a contract: the quoter of its underlying, else whoever quoted it last."""
        contract = self.desk.market.contract(code)
        control = None if contract is None else self._controls.get(contract.underlying)
        entry = None if control is None else control.entry
        if entry is None or not entry.is_active:
            other = self.engine.entry(self.desk.quoting.owner(code))
            if other is not None and other is not entry:
                control, entry = None, other
        if entry is None or entry.at is None:
            return KeptOut.NOBODY
        if entry.state is not StrategyState.RUNNING:
            return _NOT_RUNNING[entry.state]
        if control is None or contract is None:
            return None
        parameters, terms = control.parameters, effective(control.parameters, code)
        enough = all if parameters.two_sided else any
        if not control.quotes_expiry(contract.expiry):
            return KeptOut.EXPIRY_OFF
        if not enough((terms.bid, terms.ask)):
            return KeptOut.ROW_OFF
        return None if enough((parameters.bid, parameters.ask)) else KeptOut.SIDE_PAUSED

    def quoted_by(self, name: str) -> list[str]:
        """What a strategy keeps quoted: a quoter its rows, any other what lies in the market of it."""
        control = next((control for control in self._controls.values() if control.name == name), None)
        if control is not None:
            return self.quoted(control.parameters.underlying)
        quoting, contracts = self.desk.quoting, self.theoretical.universe.contracts
        codes = [contracts[n].code for n in quoting.board.live_numbers]
        return [code for code in codes if quoting.owner(code) == name]

    @staticmethod
    def _is_on(control: QuoterControl, code: str) -> bool:
        terms = effective(control.parameters, code)
        return bool(terms.bid or terms.ask)

    def defaults(self, underlying: str) -> QuoterParameters:
        """What the quoter of an underlying starts with: what the obligation asks for, at a pace that lasts all day."""
        market, gate = self.desk.market, self.desk.quoting.gate
        today = market.day.trading_day if market.day is not None else self.desk.clock.now().date()
        pace = messages_per_minute(
            (gate.sheet(DESK) or NOTHING, self.sheet),
            DaySchedule.of(self.desk.rules.sessions, today),
            len(self.underlyings),
        )
        return obliged_quoter(underlying, self.allowed.terms, two_sided=self.is_two_sided(), messages=pace)

    def expiries(self, underlying: str) -> tuple[date, ...]:
        """The expiries of an underlying, nearest first."""
        contracts = self.theoretical.universe.contracts
        return tuple(sorted({contracts[n].expiry for n in self.theoretical.numbers(underlying).tolist()}))

    def stop_everything(self) -> None:
        """Stop every strategy, take every order and quote out, let nothing leave until it is lifted (F22)."""
        # First the gate and the line: stopping strategies one by one takes longer
        self.protection.stop(StopTier.CANCEL_ALL, self.by)
        self.engine.stop_all("stopped by hand", self.by)

    def lift_stop(self) -> bool:
        """Let orders and quotes leave again, by the name given; False, and nothing lifted, while none is.

        Strategies stay stopped until each is started.
        """
        return bool(self.person.strip()) and self.protection.lift(self.person.strip()) is None

    def pull_all(self) -> None:
        """Stop every quoter and take out every quote. Nothing is asked and nothing holds it up."""
        self.engine.stop_all("pulled by hand", self.by)
        self.desk.quoting.cancel()
