"""What the grid gives up by choice, and so after the question about the contract rate; rows on and off."""

from collections.abc import Callable, Collection
from dataclasses import replace

from terminal.strategies.contract_terms import ContractTerms
from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.quoting.saved_sets import SavedSets


class QuoterSwitches:
    """Changes what is in force at once; `after` shows it."""

    def __init__(self, maker: MakerDesk, sets: SavedSets, after: Callable[[], None]) -> None:
        self._maker = maker
        self._sets = sets
        self._after = after

    def give_up(self, codes: Collection[str], do: Callable[[], object]) -> None:
        """Do what takes quotes out by choice, after a question where the contract rate breaks with it."""

        def done() -> None:
            do()
            self._after()

        self._maker.give_up(codes, done)

    def switch(self, code: str, *, on: bool) -> None:
        """Both sides of a contract's row on or off, at once; what is staged stays staged."""
        contract = self._maker.desk.market.contract(code)
        if contract is None or not self._maker.is_maker:
            return
        control, side = self._maker.control(contract.underlying), None if on else False

        def put_in_force() -> None:
            # Asked for now: rows may have changed while a person was asked
            own = control.parameters.contracts.get(code, ContractTerms())
            contracts = {**control.parameters.contracts, code: replace(own, bid=side, ask=side)}
            control.apply(contracts, self._maker.by)
            self._sets.keep_applied(contract.underlying, contracts)

        is_given_up = not on and code in self._maker.quoted(contract.underlying)
        self.give_up([code] if is_given_up else [], put_in_force)
