"""The real day's end against a plain second one, on random books of random accounts (rulebook 2.1, 4.1, 6, 7)."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Right
from terminal.venue.counter.entries import JournalEntry
from tests.venue.counter.settlement.floor import (
    CONTRACTS,
    COVERED,
    DAY,
    LONG,
    PRICES,
    SHORT,
    Floor,
    held,
    without_interest,
)
from tests.venue.counter.settlement.naive import (
    Client,
    Side,
    Terms,
    check_exercises,
    deliver,
    lock,
    margin_of,
    net,
    shares_of,
)

RULES = without_interest()
FEE = Fraction(RULES.fees.exercise)
TERMS = [Terms(c.code, c.right is Right.CALL, Fraction(c.strike), c.multiplier, c.expiry == DAY) for c in CONTRACTS]
SIDES: tuple[Side, ...] = ("long", "short", "covered")
CALLS = [t.code for t in TERMS if t.call]

clients = st.fixed_dictionaries(
    {
        "cash": st.integers(0, 40_000_000).map(lambda cents: Fraction(cents, 100)),
        "shares": st.integers(0, 9).map(lambda lots: lots * 9_900),
        "held": st.dictionaries(
            st.tuples(st.sampled_from(SIDES), st.sampled_from([t.code for t in TERMS])), st.integers(1, 6), max_size=6
        ).map(lambda held: {k: n for k, n in held.items() if k[0] != "covered" or k[1] in CALLS}),
        "wants": st.dictionaries(st.sampled_from([t.code for t in TERMS]), st.integers(1, 6), max_size=3),
    }
)
closes = st.integers(2_700, 3_500).map(lambda ticks: Decimal(ticks) / 1000)


def _client(fields: dict[str, Any]) -> Client:
    """One of the drawn accounts; the plain settlement changes it, so each has its own dictionaries."""
    return Client(
        cash=fields["cash"],
        shares=fields["shares"],
        locked=0,
        held=dict(fields["held"]),
        wants=dict(fields["wants"]),
    )


def _open(floor: Floor, name: str, client: Client) -> None:
    positions = [held(code, PositionSide(side), n) for (side, code), n in client.held.items()]
    cash = Decimal(client.cash.numerator) / Decimal(client.cash.denominator)
    floor.open(name, str(cash), *positions, shares=client.shares, locked=client.locked)
    # Nothing is held for them: what stands is for the check to find
    floor.counter._books.accounts[name].exercises.update(client.wants)


@pytest.mark.requirement("AC12", "AC14", "AC15", "O10", "O12")
@settings(max_examples=30, deadline=None, phases=[Phase.generate, Phase.shrink])
@given(
    books=st.lists(clients, min_size=1, max_size=4),
    close=closes,
    next_close=closes,
    open_interest=st.dictionaries(st.sampled_from([t.code for t in TERMS]), st.integers(0, 60)),
)
def test_two_ways_come_to_the_same_books(
    books: list[dict[str, Any]], close: Decimal, next_close: Decimal, open_interest: dict[str, int]
) -> None:
    floor = Floor(RULES)
    naive: dict[str, Client] = {}
    for number, fields in enumerate(books):
        client = _client(fields)
        naive[f"A{number}"] = client
        _open(floor, f"A{number}", client)
    done = floor.settle(floor.inputs(close=close, open_interest=open_interest))

    netted = net(naive, TERMS)
    lock(naive, TERMS)
    check_exercises(naive, TERMS, FEE)
    state = floor.counter.settlement.state
    for name, client in naive.items():
        assert state.exercised.get(name, {}) == client.exercised
    for terms in (t for t in TERMS if t.expires):
        _compare_assignment(floor, naive, terms, Fraction(close), open_interest.get(terms.code, 0), netted)
    for name, client in naive.items():
        client.cash -= sum((Fraction(round(FEE * n * 100), 100) for n in client.exercised.values()), Fraction(0))
        for terms in (t for t in TERMS if t.expires):
            for side in SIDES:
                client.held[side, terms.code] = 0
            covered = client.assigned.get(("covered", terms.code), 0) * terms.unit
            moved = min(covered, client.locked)
            client.locked -= moved
            client.frozen_shares += moved
        client.margin = sum(
            (
                margin_of(t, Fraction(close), Fraction(PRICES[t.code])) * client.held.get(("short", t.code), 0)
                for t in TERMS
                if not t.expires
            ),
            Fraction(0),
        )
        _compare_account(floor, name, client)
    _replayed(floor, books, done)

    after = floor.next_day()
    after.settle(after.inputs(close=next_close))
    for name, client in naive.items():
        # What covers is locked again before anything is delivered
        needed = sum(client.held.get(("covered", t.code), 0) * t.unit for t in TERMS)
        client.locked = max(min(needed, client.shares - client.frozen_shares), 0)
        deliver(client, TERMS, Fraction(next_close))
        report = after.counter.account_report(name, after.now)
        (holding,) = report.holdings
        assert (holding.total, holding.disposal) == (client.shares, client.disposal)
        assert Fraction(report.funds.balance) == client.cash
    assert sum(after.counter.trial_balance().values()) == 0


def _compare_assignment(
    floor: Floor, naive: dict[str, Client], terms: Terms, close: Fraction, open_interest: int, netted: dict[str, int]
) -> None:
    """Everybody gets the whole part of the share, and what is left goes to the largest fractions, any order of ties."""
    state = floor.counter.settlement.state
    longs = sum(c.held.get(("long", terms.code), 0) for c in naive.values())
    keys: list[tuple[str, Side]] = [
        (name, side) for name, c in naive.items() for side in ("short", "covered") if c.held.get((side, terms.code), 0)
    ]
    quantities = [naive[name].held[side, terms.code] for name, side in keys]
    total = max(open_interest - netted.get(terms.code, 0), longs, sum(quantities))
    inside = close - terms.strike if terms.call else terms.strike - close
    exercised = sum(c.exercised.get(terms.code, 0) for c in naive.values()) + (total - longs if inside > 0 else 0)
    found = [state.assigned.get(name, {}).get(terms.code, (0, 0))[0 if side == "short" else 1] for name, side in keys]
    by_market = state.market_assigned.get(terms.code, 0)
    assert sum(found) + by_market == exercised
    parts = shares_of([*quantities, total - sum(quantities)], exercised)
    extras = []
    for got, (whole, fraction) in zip([*found, by_market], parts, strict=True):
        assert got - whole in (0, 1)
        extras.append((fraction, got - whole))
    with_extra = [f for f, extra in extras if extra]
    without = [f for f, extra in extras if not extra]
    if with_extra and without:
        assert min(with_extra) >= max(without)
    for (name, side), quantity in zip(keys, found, strict=True):
        if quantity:
            naive[name].assigned[side, terms.code] = quantity


def _compare_account(floor: Floor, name: str, client: Client) -> None:
    report = floor.counter.account_report(name, floor.now)
    (holding,) = report.holdings
    assert (holding.total, holding.locked, holding.exercising) == (client.shares, client.locked, client.frozen_shares)
    for side, enum in zip(SIDES, (LONG, SHORT, COVERED), strict=True):
        for terms in TERMS:
            assert floor.quantity(name, terms.code, enum) == client.held.get((side, terms.code), 0)
    assert Fraction(report.funds.balance) == client.cash
    assert Fraction(report.funds.margin) == client.margin


def _replayed(floor: Floor, books: list[dict[str, Any]], done: list[list[JournalEntry]]) -> None:
    """The entries alone make the same bytes."""
    again = Floor(RULES)
    for number, fields in enumerate(books):
        _open(again, f"A{number}", _client(fields))
    again.counter.restore([entry for transaction in done for entry in transaction])
    assert again.counter.picture() == floor.counter.picture()
