"""Why contracts come and go: rulebook 1.3 and 7."""

from dataclasses import replace
from datetime import date

import pytest

from terminal.domain.contracts import Contract
from terminal.rules.listing_causes import DelistingCause, ListingCause, delisting_cause, listing_cause


@pytest.mark.requirement("T2")
@pytest.mark.parametrize(
    ("first_day", "cause"),
    [
        (date(2025, 5, 29), ListingCause.MONTH),
        (date(2025, 7, 1), ListingCause.PRICE),
        (date(2025, 12, 1), ListingCause.ADJUSTMENT),
    ],
)
def test_a_contract_is_added_for_one_of_three_causes(contract: Contract, first_day: date, cause: ListingCause) -> None:
    added = replace(contract, first_day=first_day)
    assert listing_cause(added, month_began=date(2025, 5, 29), ex_days=(date(2025, 12, 1),)) is cause


@pytest.mark.parametrize(
    ("day", "trading_code", "open_interest", "gone", "cause"),
    [
        (date(2025, 12, 23), "510050C2512M02500", 0, False, None),
        (date(2025, 12, 24), "510050C2512M02500", 5, False, DelistingCause.EXPIRY),
        (date(2025, 12, 23), "510050C2512A02500", 0, False, DelistingCause.EMPTY_ADJUSTED),
        (date(2025, 12, 23), "510050C2512A02500", 1, False, None),
        (date(2025, 12, 23), "510050C2512M02500", 1, True, DelistingCause.UNDERLYING),
    ],
)
def test_a_contract_leaves_for_one_of_three_causes(
    contract: Contract, day: date, trading_code: str, open_interest: int, gone: bool, cause: DelistingCause | None
) -> None:
    listed = replace(contract, trading_code=trading_code)
    found = delisting_cause(listed, day, open_interest=open_interest, underlying_delisted=gone)
    assert found is cause
