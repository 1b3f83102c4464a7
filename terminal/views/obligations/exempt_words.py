"""Exemptions by hand in words: whose they are, what the row of a contract says, why one is refused."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from terminal.domain.errors import BadInput, ascii_safe
from terminal.rules.obligations.scope import QuotedContract
from terminal.services.hand_exemptions import LEAST_REASON, LONGEST_REASON, HandExemption
from terminal.services.market_data import MarketData
from terminal.views.formatting import clock
from terminal.views.obligations.words import word
from terminal.views.refusals import refusal
from terminal.views.texts import bounded, name_of


def scopes_around(chosen: Sequence[str], listed: Sequence[QuotedContract]) -> Iterator[tuple[str, ...]]:
    """What may be exempted from some rows on: the rows themselves, all of their expiries, all of their underlyings."""
    by_code = {contract.code: contract for contract in listed}
    picked = [by_code[code] for code in chosen if code in by_code]
    found: list[tuple[str, ...]] = [tuple([contract.code for contract in picked])] if picked else []
    for key in dict.fromkeys((c.underlying, c.expiry) for c in picked):
        found.append(tuple([c.code for c in listed if (c.underlying, c.expiry) == key]))
    for underlying in dict.fromkeys(c.underlying for c in picked):
        found.append(tuple([c.code for c in listed if c.underlying == underlying]))
    yield from dict.fromkeys(found)


def scope_words(codes: Sequence[str], listed: Sequence[QuotedContract], market: MarketData) -> str:
    """Contracts as short as they can be said: one by its name, an expiry, an underlying, else how many more."""
    if len(codes) == 1:
        return name_of(codes[0], market)
    wanted = frozenset(codes)
    picked = [contract for contract in listed if contract.code in wanted]
    underlyings = {contract.underlying for contract in picked}
    expiries = {contract.expiry for contract in picked}
    if len(underlyings) == 1 and picked:
        underlying = picked[0].underlying
        if wanted == {c.code for c in listed if c.underlying == underlying}:
            return word("all {count} of {underlying}").format(count=len(wanted), underlying=underlying)
        if len(expiries) == 1 and wanted == {
            c.code for c in listed if c.underlying == underlying and c.expiry in expiries
        }:
            pattern = word("{underlying} {expiry}, all {count}")
            return pattern.format(underlying=underlying, expiry=picked[0].expiry.isoformat(), count=len(wanted))
    if not codes:
        return ""
    return word("{contract} and {count} more").format(contract=name_of(codes[0], market), count=len(codes) - 1)


def exempt_line(one: HandExemption) -> str:
    """Who exempted a contract, when, until when and why, in one line."""
    pattern = word("by hand {begin} – {end}, {name}: {reason}")
    return pattern.format(
        begin=clock(one.begin), end=clock(one.end), name=bounded(one.by), reason=ascii_safe(one.reason)
    )


def exempt_refusal(error: BadInput, end: datetime | None) -> str:
    """Why an exemption was not taken, with field, value and rule in the language of the screen."""
    until = word("a time after now and not after {time}").format(time="" if end is None else clock(end))
    length = word("{least} to {most} characters").format(least=LEAST_REASON, most=LONGEST_REASON)
    names = {
        "contract": (word("Contracts"), word("contracts of the day's list")),
        "reason": (word("Reason"), length),
        "until": (word("Until"), until),
        "name": (word("Written down by"), word("the name of a person")),
        "account": (word("Account"), word("a market maker's, on a day that has begun")),
    }
    field, rule = names.get(error.field, (error.field, str(error.rule)))
    return refusal(BadInput(error.field, error.value, rule), field)
