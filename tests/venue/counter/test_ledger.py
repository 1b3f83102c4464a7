"""The ledger by itself: both sides of every amount, whole cents, a trial balance of zero."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.errors import BadInput
from terminal.venue.counter.ledger import BANK, FEES, PREMIUM_CLEARING, Ledger, client_cash


def test_an_amount_leaves_one_account_and_enters_another() -> None:
    ledger = Ledger()
    ledger.post(BANK, client_cash("A"), Decimal("1000.00"), "opening")
    ledger.post(client_cash("A"), FEES, Decimal("3.00"), "fee")
    ledger.post(client_cash("A"), FEES, Decimal("0.00"), "nothing")
    assert ledger.trial_balance() == {
        BANK: Decimal("1000.00"),
        client_cash("A"): Decimal("-997.00"),
        FEES: Decimal("-3.00"),
    }
    assert ledger.account(client_cash("A")).credit_balance == Decimal("997.00")
    assert [p.cause for p in ledger.postings] == ["opening", "fee"]


@pytest.mark.parametrize("amount", ["-0.01", "0.001"])
def test_a_negative_amount_or_part_of_a_cent_is_never_booked(amount: str) -> None:
    ledger = Ledger()
    with pytest.raises(BadInput, match="whole cents"):
        ledger.post(BANK, FEES, Decimal(amount), "wrong")
    assert list(ledger.postings) == []
    assert ledger.trial_balance() == {}


@given(
    st.lists(
        st.tuples(
            st.sampled_from([BANK, FEES, PREMIUM_CLEARING, client_cash("A"), client_cash("B")]),
            st.sampled_from([BANK, FEES, PREMIUM_CLEARING, client_cash("A"), client_cash("B")]),
            st.decimals(0, 10**12, places=2),
        )
    )
)
def test_the_trial_balance_is_zero_and_agrees_with_the_running_totals(
    postings: list[tuple[str, str, Decimal]],
) -> None:
    ledger = Ledger()
    for debit, credit, amount in postings:
        ledger.post(debit, credit, amount, "any")
    balances = ledger.trial_balance()
    assert sum(balances.values()) == 0
    assert balances == {name: -account.credit_balance for name, account in ledger.accounts.items()}
