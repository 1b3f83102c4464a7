"""The day's end a second time, as plainly as the rulebook says it: one contract, one account at a time, no shortcuts.

Amounts are `Fraction`s of yuan, rounded where the market rounds. Nothing of the real settlement is used.
"""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

Side = Literal["long", "short", "covered"]


@dataclass(frozen=True)
class Terms:
    """A contract."""

    code: str
    call: bool
    strike: Fraction
    unit: int
    expires: bool


@dataclass
class Client:
    """An account: contracts by side and code, shares, money outside and inside margin together."""

    cash: Fraction
    shares: int
    locked: int
    held: dict[tuple[Side, str], int]
    wants: dict[str, int] = field(default_factory=dict)
    exercised: dict[str, int] = field(default_factory=dict)
    assigned: dict[tuple[Side, str], int] = field(default_factory=dict)
    frozen_shares: int = 0
    disposal: int = 0
    margin: Fraction = Fraction(0)


def cents(amount: Fraction) -> Fraction:
    """Half up to the cent."""
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return Fraction(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def net(clients: dict[str, Client], contracts: list[Terms]) -> dict[str, int]:
    """Rulebook 2.1: long against short, one contract at a time, uncovered first; how many of each contract went."""
    gone: dict[str, int] = {}
    for terms in contracts:
        for client in clients.values():
            while client.held.get(("long", terms.code), 0) > 0:
                if client.held.get(("short", terms.code), 0) > 0:
                    client.held["short", terms.code] -= 1
                elif client.held.get(("covered", terms.code), 0) > 0:
                    client.held["covered", terms.code] -= 1
                else:
                    break
                client.held["long", terms.code] -= 1
                gone[terms.code] = gone.get(terms.code, 0) + 1
    return gone


def lock(clients: dict[str, Client], contracts: list[Terms]) -> None:
    """Rulebook 7: shares for covered positions, as far as there are some."""
    for client in clients.values():
        needed = sum(client.held.get(("covered", t.code), 0) * t.unit for t in contracts)
        client.locked = min(needed, client.shares)


def check_exercises(clients: dict[str, Client], contracts: list[Terms], fee: Fraction) -> None:
    """Rulebook 6: position, then money for calls or shares for puts, contract by contract."""
    for client in clients.values():
        money, shares = client.cash - client.margin, client.shares - client.locked
        for terms in sorted(contracts, key=lambda t: t.code):
            stands = 0
            while (
                terms.expires
                and stands < client.wants.get(terms.code, 0)
                and stands < client.held.get(("long", terms.code), 0)
            ):
                # As many as can be paid for together: fee and strike are rounded for the whole
                n = stands + 1
                price = cents(fee * n) + (cents(terms.strike * terms.unit * n) if terms.call else 0)
                if price > money or (not terms.call and n * terms.unit > shares):
                    break
                stands = n
            if stands:
                client.exercised[terms.code] = stands
                money -= cents(fee * stands) + (cents(terms.strike * terms.unit * stands) if terms.call else 0)
                if not terms.call:
                    shares -= stands * terms.unit
                    client.frozen_shares += stands * terms.unit


def shares_of(quantities: list[int], exercised: int) -> list[tuple[int, Fraction]]:
    """Each position's whole part and its fraction."""
    total = sum(quantities)
    exact = [Fraction(q * exercised, total) if total else Fraction(0) for q in quantities]
    return [(int(e), e - int(e)) for e in exact]


def margin_of(terms: Terms, close: Fraction, settlement: Fraction) -> Fraction:
    """Rulebook 4.1 with the standard group's 1.20, far from expiry."""
    if terms.call:
        out = max(terms.strike - close, Fraction(0))
        each = settlement + max(Fraction(12, 100) * close - out, Fraction(7, 100) * close)
    else:
        out = max(close - terms.strike, Fraction(0))
        each = min(settlement + max(Fraction(12, 100) * close - out, Fraction(7, 100) * terms.strike), terms.strike)
    return cents(cents(each * terms.unit) * Fraction(6, 5))


def deliver(client: Client, contracts: list[Terms], close: Fraction, free_first: bool = True) -> None:
    """Rulebook 6 on E+1, one contract at a time: exercised calls, exercised puts, covered calls, naked calls, puts."""
    del free_first
    bought = 0
    by_code = {t.code: t for t in contracts}
    for code in sorted(client.exercised):
        if by_code[code].call:
            for _ in range(client.exercised[code]):
                client.shares += by_code[code].unit
                bought += by_code[code].unit
            client.cash -= cents(by_code[code].strike * by_code[code].unit * client.exercised[code])
    for code in sorted(client.exercised):
        terms = by_code[code]
        if not terms.call:
            done = 0
            for _ in range(client.exercised[code]):
                client.shares -= terms.unit
                from_bought = min(bought, terms.unit)
                bought -= from_bought
                client.frozen_shares -= min(client.frozen_shares, terms.unit - from_bought)
                done += 1
            client.cash += cents(terms.strike * terms.unit * done)
    for side in ("covered", "short"):
        for code in sorted(c for s, c in client.assigned if s == side and by_code[c].call):
            terms, wanted = by_code[code], client.assigned[side, code]
            free = max(client.shares - client.locked - client.frozen_shares - bought, 0)
            there = client.frozen_shares + free + client.locked
            delivered = min(wanted, there // terms.unit)
            give = delivered * terms.unit
            client.shares -= give
            part = min(give, client.frozen_shares)
            client.frozen_shares -= part
            give -= part
            part = min(give, free)
            give -= part
            client.locked -= give
            client.cash += cents(terms.strike * delivered * terms.unit)
            short = wanted - delivered
            client.cash -= cents(max((close * Fraction(11, 10) - terms.strike) * terms.unit, Fraction(0)) * short)
    for code in sorted(c for s, c in client.assigned if s == "short" and not by_code[c].call):
        terms = by_code[code]
        for _ in range(client.assigned["short", code]):
            if client.cash - client.margin >= terms.strike * terms.unit:
                client.shares += terms.unit
            else:
                client.disposal += terms.unit
            client.cash -= terms.strike * terms.unit
    client.frozen_shares = 0
