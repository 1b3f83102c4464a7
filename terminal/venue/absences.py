"""Desks that are gone: what they left working is cancelled when the grace time is over (断线撤单)."""

import logging
from collections.abc import Iterable

from terminal.venue.market import Market

logger = logging.getLogger(__name__)
_CANCEL_AGAIN_SECONDS = 5.0


class Absences:
    """Accounts without a desk, and when their orders are cancelled. Moments are wall seconds."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._deadlines: dict[str, float] = {}

    @property
    def is_waiting(self) -> bool:
        """Whether anybody's orders are still to be cancelled."""
        return bool(self._deadlines)

    def expect(self, account_ids: Iterable[str], until: float) -> None:
        """Give accounts until then to have a desk."""
        self._deadlines |= dict.fromkeys(account_ids, until)

    def came(self, account_id: str) -> None:
        """The account has a desk."""
        self._deadlines.pop(account_id, None)

    def cancel_due(self, wall: float) -> None:
        """Cancel for those whose time is over."""
        for account_id in [a for a, deadline in self._deadlines.items() if wall >= deadline]:
            del self._deadlines[account_id]
            cancelled = self._market.cancel_for_absent(account_id)
            if cancelled:
                # Once more later: some phases let nothing be cancelled
                self._deadlines[account_id] = wall + _CANCEL_AGAIN_SECONDS
                logger.info("%d working orders of an absent desk are cancelled", cancelled)
