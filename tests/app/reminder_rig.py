"""Reminders over a desk of the harness, with the user's settings in memory."""

import json
from dataclasses import dataclass, field
from typing import Any

from terminal.app.alerts import Reminders, build_reminders
from terminal.config import Alerts
from terminal.domain.orders import OrderStatus
from terminal.rules.order_warnings import OrderWarning
from terminal.services.desk_parts import build_obligations
from terminal.services.order_warnings import Acknowledgement
from terminal.services.valuation import Valuation
from tests.harness import CALENDAR, CALL, DeskRig, World, limit
from tests.services.obligation_desk import terms_of


@dataclass
class Kept:
    """The user's settings in memory."""

    values: dict[str, Any] = field(default_factory=dict)

    def read(self, key: str) -> Any:
        return self.values.get(key)

    def write(self, key: str, value: Any) -> None:
        # As the file gives it back
        self.values[key] = json.loads(json.dumps(value))


def remind(world: World, rig: DeskRig, kept: Kept | None = None, outside: Alerts | None = None) -> Reminders:
    """Reminders over a desk of the harness."""
    desk, kept = rig.desk, kept or Kept()
    obligations = build_obligations(desk, terms_of("sse_generic"), world.rules.sessions)
    return build_reminders(
        desk,
        gate=rig.gate,
        checks=rig.checks,
        valuation=Valuation(desk.market, desk.bus, desk.clock.now, rate=0.015),
        obligations=obligations,
        calendar=CALENDAR,
        records=rig.journal.read(),
        read=kept.read,
        write=kept.write,
        outside=outside or Alerts(),
    )


def keys(reminders: Reminders) -> list[str]:
    """What stands on screen."""
    return [alert.finding.key for alert in reminders.book.alerts()]


async def hold_one(world: World, rig: DeskRig) -> None:
    """Hold a call that is near its expiry, the warning acknowledged."""
    read = [Acknowledgement(OrderWarning.NEAR_EXPIRY, "Li", rig.desk.clock.now())]
    order = await rig.orders.submit(limit(CALL, "0.4630"), acknowledged=read)
    await world.settle()
    assert rig.order(order).status is OrderStatus.FILLED
