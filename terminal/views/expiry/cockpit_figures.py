"""Sentences and boxes of the cockpit, out of the plan and the services."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from terminal.domain.accounts import ZERO
from terminal.domain.contracts import Right
from terminal.rules.expiry.exercises import Exercise, MergedPair
from terminal.rules.profile import Profile
from terminal.services.assignment_desk import WriterRow
from terminal.services.exercise_plan import Plan
from terminal.services.expiry_services import ExpiryServices
from terminal.services.market_data import MarketData
from terminal.views.appearance import Appearance
from terminal.views.expiry.need_boxes import NeedBox
from terminal.views.expiry.words import large_words, word
from terminal.views.formatting import decimal_price, money, percent, quantity
from terminal.views.texts import contract_name, month_words, underlying_name

_MOST_NAMED = 2


def heading(
    services: ExpiryServices, expiry: date | None, underlying: str, plan: Plan, look: Appearance
) -> tuple[str, ...]:
    """Which contracts, when they expire, where the underlying stands; where that is too long the underlying alone.

    The month stands in the field beside it too.
    """
    if expiry is None:
        return (word("No contract is listed yet"),)
    parts = [word("{month} · expire {day}").format(month=month_words(expiry.month), day=expiry.isoformat())]
    held = {chosen.row.contract.underlying for chosen in plan.chosen}
    for known in services.desk.market.underlyings:
        if known.code == underlying or (not underlying and held == {known.code}):
            price = services.desk.price(known.code)
            change = float(price / known.previous_close - 1) if price is not None and known.previous_close else None
            glyph = look.glyph(change or 0.0)
            shown = decimal_price(price, known.tick_size)
            parts.append(f"{underlying_name(known)} {shown} {glyph}{percent(None if change is None else abs(change))}")
    return (" · ".join(parts), *parts[1:])


def exercise_note(rules: Profile) -> str:
    """How exercises are entered, in one line."""
    until, fee = f"{rules.sessions.exercise[-1][1]:%H:%M}", f"{rules.fees.exercise:.2f}"
    return word("Entries add up and may be withdrawn until {until} · fee {fee} yuan each").format(until=until, fee=fee)


def proposal_words(pairs: Sequence[MergedPair], market: MarketData) -> tuple[str, str, str]:
    """Title, pairs and what they spare."""
    count = sum(pair.quantity for pair in pairs)
    named = []
    for pair in pairs[:_MOST_NAMED]:
        call, put = contract_name(pair.call, market), contract_name(pair.put, market)
        named.append(
            word("{call} + {put} ×{count}, {each} yuan a pair").format(
                call=call, put=put, count=quantity(pair.quantity), each=money(pair.distance)[:-3]
            )
        )
    if len(pairs) > _MOST_NAMED:
        named.append(word("{count} more").format(count=len(pairs) - _MOST_NAMED))
    cash, shares = sum((p.cash_spared for p in pairs), ZERO), sum(p.shares_spared for p in pairs)
    spares = word("spares {cash} yuan · {shares} shares").format(cash=large_words(cash), shares=large_words(shares))
    return word("Merge {count} pairs").format(count=quantity(count)), "  ".join(named), spares


def writers_note(rows: Sequence[WriterRow]) -> str:
    """How many written contracts may be assigned."""
    expected = [row for row in rows if row.expected.most]
    if not rows:
        return word("Written, expected assignment · nothing written expires")
    least = sum(row.expected.least for row in expected)
    most = sum(row.expected.most for row in expected)
    count = quantity(most) if least == most else f"{quantity(least)}–{quantity(most)}"
    return word("Written, expected assignment · {count} contracts, pro rata, told before the open of E+1").format(
        count=count
    )


def boxes_of(
    plan: Plan, rows: Sequence[WriterRow], services: ExpiryServices, underlying: str
) -> tuple[NeedBox, NeedBox, NeedBox]:
    """Money for calls, shares for puts, what writers need."""
    have, market = services.desk.have(), services.desk.market
    calls = [s for s in plan.singles if s.contract.right is Right.CALL]
    puts = [s for s in plan.singles if s.contract.right is Right.PUT]
    shares = _worst(plan.needs.shares, have.shares)
    writers_cash = sum((row.need.cash for row in rows), ZERO)
    writers_short = sum((row.need.cash_short for row in rows), ZERO)
    give = sum(row.need.shares for row in rows)
    give_short = sum(row.need.shares_short for row in rows)

    def named(singles: Sequence[Exercise]) -> str:
        return "  ".join(f"{contract_name(s.contract, market)} ×{quantity(s.quantity)}" for s in singles)

    money_box = NeedBox(
        word("Money to exercise (net)"),
        plan.needs.cash,
        have.cash,
        word("yuan"),
        (named(calls) or word("no call is exercised alone"))
        + (" · " + word("after {count} pairs").format(count=quantity(plan.merged)) if plan.merged else ""),
    )
    shares_box = NeedBox(
        word("Shares to exercise"),
        Decimal(shares[0]),
        Decimal(shares[1]),
        word("shares"),
        (named(puts) or word("no put is exercised alone"))
        + (" · " + word("shares bought today count") if puts else ""),
    )
    if give and (give_short or not writers_cash):
        writers_box = NeedBox(
            word("Writers must give"),
            Decimal(give),
            Decimal(give - give_short),
            word("shares"),
            word("all in the money; money: {cash}").format(cash=large_words(writers_cash)),
        )
    else:
        writers_box = NeedBox(
            word("Writers must pay"),
            writers_cash,
            writers_cash - writers_short if writers_short else _cash_there(services),
            word("yuan"),
            word("all in the money; shares: {shares}").format(shares=large_words(give)),
        )
    return money_box, shares_box, writers_box


def buyable(plan: Plan, rows: Sequence[WriterRow], services: ExpiryServices) -> tuple[str, int]:
    """The underlying of which most shares are missing, and how many: for puts that are exercised and calls written."""
    have = services.desk.have().shares
    missing: dict[str, int] = {}
    for code, needed in plan.needs.shares.items():
        missing[code] = max(needed - have.get(code, 0), 0)
    for row in rows:
        if row.need.shares_short:
            missing[row.contract.underlying] = missing.get(row.contract.underlying, 0) + row.need.shares_short
    if not missing:
        return "", 0
    code = max(missing, key=lambda c: (missing[c], c))
    return code, missing[code]


def _worst(needed: Mapping[str, int], there: Mapping[str, int]) -> tuple[int, int]:
    """Needed and there over all underlyings; where one is short, of those that are short alone."""
    short = {code: n for code, n in needed.items() if n > there.get(code, 0)}
    counted = short or needed
    return sum(counted.values()), sum(there.get(code, 0) for code in counted)


def _cash_there(services: ExpiryServices) -> Decimal:
    funds = services.desk.portfolio.funds
    return max(funds.available, ZERO) if funds is not None else ZERO
