"""Who an account is by its name: what it begins with and may do the first time a desk logs in under it."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from terminal.domain.account_rights import AccountKind, AccountProfile, AccountRights
from terminal.rules.limits import TradingRecord
from terminal.venue.counter.standing import Standing
from terminal.venue.crowd.settings import AccountTemplate


@dataclass(frozen=True, slots=True)
class FirstOpening:
    """How an account is opened; `shares` of every underlying, None for those of the venue's options."""

    standing: Standing
    cash: Decimal | None = None
    shares: int | None = None


def first_opening(account_id: str, templates: Sequence[AccountTemplate]) -> FirstOpening:
    """The template with the longest prefix that leaves nothing or a number; else an institution that may do all."""
    fitting = [t for t in templates if _fits(account_id, t.prefix)]
    if not fitting:
        rights = AccountRights(kind=AccountKind.INSTITUTION, filed_for_programs=True)
        return FirstOpening(Standing(profile=_profile(account_id, rights)))
    template = max(fitting, key=lambda t: len(t.prefix))
    rights = AccountRights(kind=template.kind, tier=template.tier, filed_for_programs=template.programs_filed)
    record = TradingRecord(
        tier=template.tier,
        trading_days=template.trading_days,
        contracts_traded=template.contracts_traded,
        own_assets=template.own_assets,
    )
    profile = _profile(account_id, rights, margin_group=template.margin_group, filed=template.filed)
    return FirstOpening(Standing(profile=profile, record=record), template.cash, template.shares)


def _fits(account_id: str, prefix: str) -> bool:
    rest = account_id.removeprefix(prefix)
    return account_id.startswith(prefix) and (not rest or rest.isdecimal())


def _profile(account_id: str, rights: AccountRights, *, margin_group: str = "", filed: bool = False) -> AccountProfile:
    """The linked numbers of an account; made up from its name, the same for the same name."""
    number = zlib.crc32(account_id.encode())
    securities = f"A{number % 10**9:09d}"
    return AccountProfile(
        rights=rights,
        margin_group=margin_group,
        funds_account=f"{number:010d}",
        securities_account=securities,
        contract_account=f"{securities}888",
        filed=filed,
    )
