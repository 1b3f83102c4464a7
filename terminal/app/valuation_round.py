"""The valuation of underlyings whose chain nobody has opened."""

from terminal.services.desk import Desk
from terminal.services.valuation import Valuation


class RoundOfValuation:
    """Values one underlying every two seconds in turn: the rail knows volatilities of chains nobody has opened."""

    def __init__(self, valuation: Valuation, desk: Desk) -> None:
        self._valuation = valuation
        self._desk = desk
        self._turn = 0

    def isVisible(self) -> bool:
        """Always."""
        return True

    def flush(self) -> None:
        """Value the next underlying if anything of it changed."""
        underlyings = self._desk.market.underlyings
        if underlyings:
            self._turn = (self._turn + 1) % len(underlyings)
            self._valuation.refresh(underlyings[self._turn].code)
