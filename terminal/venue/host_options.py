"""What a host is told about itself when it starts, and what it offers to desks."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from terminal.domain.messages import Capability
from terminal.rules.profile import Profile
from terminal.venue.crowd.settings import AccountTemplate

CAPABILITIES = (
    Capability.ORDERS,
    Capability.LOCK_SHARES,
    Capability.TRADE_SHARES,
    Capability.CLOCK_CONTROL,
    Capability.QUOTES,
    Capability.EXERCISE,
    Capability.QUERIES,
)


@dataclass(frozen=True, slots=True)
class HostOptions:
    """How the venue behaves towards its desks. Seconds are wall seconds."""

    book_id: str
    seed: int
    source: str
    opening_cash: Decimal
    opening_shares: dict[str, int] = field(default_factory=dict)
    begins_at: datetime | None = None
    """When the book began, on its own day"""
    wait_for_desk: bool = False
    """Market time stands still until the first desk has come"""
    linger_seconds: float | None = None
    """End this long after the last desk has gone; None: never"""
    grace_seconds: float = 2.0
    """How long a lost desk may take to come back before its working orders are cancelled"""
    accounts: tuple[AccountTemplate, ...] = ()
    """What accounts of certain names are"""
    capabilities: tuple[Capability, ...] = CAPABILITIES


def capabilities_of(profile: Profile) -> tuple[Capability, ...]:
    """What this venue offers under the rules of an era."""
    there = list(CAPABILITIES)
    if profile.capabilities.inquiries:
        there.append(Capability.INQUIRIES)
    if profile.capabilities.combinations:
        there.append(Capability.COMBINATIONS)
    return tuple(there)
