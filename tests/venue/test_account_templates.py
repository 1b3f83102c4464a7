"""Who an account is by its name."""

import pytest

from terminal.domain.account_rights import AccountKind, Tier
from terminal.resources import resource_folder
from terminal.venue.account_templates import first_opening
from terminal.venue.crowd.settings import parse_market

TEMPLATES = parse_market((resource_folder() / "market.toml").read_text("utf-8"), "market.toml").accounts


@pytest.mark.requirement("M1", "O9")
@pytest.mark.parametrize(
    ("account_id", "kind", "tier", "filed"),
    [
        ("D1", AccountKind.INSTITUTION, Tier.THREE, False),
        ("MM", AccountKind.MARKET_MAKER_PRIMARY, Tier.THREE, True),
        ("MM12", AccountKind.MARKET_MAKER_PRIMARY, Tier.THREE, True),
        ("MMA", AccountKind.INSTITUTION, Tier.THREE, False),
        ("GM1", AccountKind.MARKET_MAKER_GENERAL, Tier.THREE, True),
        ("PT1", AccountKind.PROPRIETARY, Tier.THREE, False),
        ("L1", AccountKind.INDIVIDUAL, Tier.ONE, False),
        ("L2", AccountKind.INDIVIDUAL, Tier.TWO, False),
        ("L37", AccountKind.INDIVIDUAL, Tier.THREE, False),
    ],
)
def test_the_shipped_names(account_id: str, kind: AccountKind, tier: Tier, filed: bool) -> None:
    profile = first_opening(account_id, TEMPLATES).standing.profile
    assert (profile.rights.kind, profile.rights.level, profile.filed) == (kind, tier, filed)
    assert profile.contract_account == f"{profile.securities_account}888"
    assert profile.securities_account[0] == "A"
    assert first_opening(account_id, TEMPLATES).standing.profile == profile


@pytest.mark.requirement("O6")
def test_the_highest_level_brings_its_record() -> None:
    assert first_opening("L3", TEMPLATES).standing.record.contracts_traded == 1000
    assert first_opening("MM", TEMPLATES).shares == 3_000_000
    assert first_opening("D1", TEMPLATES).cash is None
