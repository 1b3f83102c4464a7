"""Holdings that a person lets lapse (放弃行权): who, when and why, in the journal; a reminder of them is silent.

Nothing is sent: at the exchange a contract without an exercise lapses by itself (rulebook 6).
"""

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput
from terminal.domain.ports import Record, RecordKind
from terminal.services.bus import Bus
from terminal.services.events import ExpiryChanged

logger = logging.getLogger(__name__)
#: A reason is a sentence
LONGEST_REASON = 200
_GIVEN_UP, _TAKEN_BACK = "abandon", "abandon_withdrawn"


@dataclass(frozen=True, slots=True)
class Abandonment:
    """One decision."""

    contract_code: str
    account_id: str
    by: str
    why: str
    at: datetime


class Abandonments:
    """Those of one account and day. `write` hands a record to the journal without waiting."""

    def __init__(
        self,
        bus: Bus,
        now: Callable[[], datetime],
        account_id: Callable[[], str],
        write: Callable[[RecordKind, datetime, bytes], None],
    ) -> None:
        self._bus = bus
        self._now = now
        self._account_id = account_id
        self._write = write
        self._made: dict[tuple[date, str, str], Abandonment] = {}

    def of(self, contract_code: str) -> Abandonment | None:
        """The decision on a contract today; None for none."""
        return self._made.get((self._today(), self._account_id(), contract_code))

    def abandon(self, contract_code: str, why: str, by: str) -> Abandonment:
        """Let a holding lapse. Raises BadInput without a name or a reason of at most 200 characters."""
        why, by = why.strip(), by.strip()
        if not by:
            raise BadInput("by", by, "the name of who decides")
        if not 1 <= len(why) <= LONGEST_REASON:
            raise BadInput("reason", why[:40], f"1 to {LONGEST_REASON} characters")
        made = Abandonment(contract_code, self._account_id(), by, why, self._now())
        self._keep(made)
        self._note(_GIVEN_UP, contract_code, by, why)
        return made

    def take_back(self, contract_code: str, by: str) -> None:
        """Decide again: the reminder speaks as before."""
        if self._made.pop((self._today(), self._account_id(), contract_code), None) is not None:
            self._note(_TAKEN_BACK, contract_code, by, "")

    def restore(self, records: Iterable[Record]) -> None:
        """Take the decisions of an earlier run out of the journal; notes of another kind are passed over."""
        for record in records:
            if record.kind is not RecordKind.NOTE:
                continue
            try:
                note = json.loads(record.body)
                made = Abandonment(
                    str(note["contract"]), str(note["account"]), str(note["by"]), str(note["why"]), record.at
                )
                step = note["expiry"]
            except (ValueError, KeyError, TypeError):
                continue
            if step == _GIVEN_UP:
                self._keep(made)
            elif step == _TAKEN_BACK:
                self._made.pop(_key(made), None)

    def _keep(self, made: Abandonment) -> None:
        self._made[_key(made)] = made

    def _note(self, step: str, code: str, by: str, why: str) -> None:
        note = {"expiry": step, "contract": code, "account": self._account_id(), "by": by, "why": why}
        self._write(RecordKind.NOTE, self._now(), json.dumps(note, ensure_ascii=False).encode())
        logger.info("%s %s by %s", step, code, by)
        self._bus.publish(ExpiryChanged())

    def _today(self) -> date:
        return self._now().astimezone(SHANGHAI).date()


def _key(made: Abandonment) -> tuple[date, str, str]:
    return made.at.astimezone(SHANGHAI).date(), made.account_id, made.contract_code
