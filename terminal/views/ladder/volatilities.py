"""The volatilities beside the prices in sight, worked out only when they or what they stand on have moved."""

import numpy as np

from terminal.services.valuation import Valuation
from terminal.views.ladder.figures import LadderFigures
from terminal.views.ladder.model import LadderModel


class VolatilitiesInSight:
    """Of the rows that are seen, a score of some thousand."""

    def __init__(self, model: LadderModel, figures: LadderFigures, valuation: Valuation) -> None:
        self._model = model
        self._figures = figures
        self._valuation = valuation
        self._of: tuple[object, ...] = ()

    def show(self, rows: range) -> None:
        """Put those of these rows on the ladder; none for no rows."""
        contract = self._model.picture.contract
        if contract is None:
            return
        of = contract, rows, self._valuation.revision_of(contract.underlying)
        if of != self._of:
            self._of = of
            scale = self._model.picture.scale
            prices = np.array([scale.price(row) for row in rows], np.float64)
            found = self._figures.volatilities(contract, prices) if len(rows) else prices
            self._model.show_volatilities(rows.start, found)
