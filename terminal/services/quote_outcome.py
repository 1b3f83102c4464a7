"""What the gate says of a batch of quotes, as whoever asked gets it; a file of its own, light enough for a plug-in."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from terminal.rules.protection.order_checks import QuoteBatch

#: One for each entry: 0, or what `services.quote_codes.QUOTE_REASONS` names
Codes = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class QuoteOutcome:
    """What became of a batch at the gate: a code for each entry, 0 for sent."""

    batch: QuoteBatch
    codes: Codes
    quote_ids: tuple[str, ...] = ()
    messages: int = 0
    """What it costs of the messages that may be sent"""

    @property
    def sent(self) -> int:
        """Entries that left."""
        return int((self.codes == 0).sum())
