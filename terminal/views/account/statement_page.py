"""The account as a page to read and to keep: a statement of a settled day (结算单), or the picture of now.

Sections of plain rows; the page and the exported table are made from the same ones. Text of other people is escaped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from terminal.domain.account_rights import AccountProfile
from terminal.domain.accounts import Funds, Holding, Position
from terminal.domain.combinations import Combination
from terminal.domain.messages import AccountReport
from terminal.domain.settlement import Delivery, Statement
from terminal.services.market_data import MarketData
from terminal.views.account.words import (
    ACCOUNT_KINDS,
    ACCOUNT_STATES,
    CASH_KINDS,
    TIERS,
    restriction_words,
    strategy_words,
    word,
)
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, clock, day, money, percent, quantity, signed_money
from terminal.views.texts import bounded, delivery_name, name_of, words


@dataclass(frozen=True, slots=True)
class PageSection:
    """A titled table. The first `words` columns are text, the others figures."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1


def statement_sections(statement: Statement, market: MarketData) -> list[PageSection]:
    """A settled day: funds, positions, shares, deliveries, movements."""
    facts = [
        (word("Account"), bounded(statement.account_id)),
        (word("Trading day"), day(statement.trading_day)),
        (word("Option value at settlement"), money(statement.option_value)),
        (word("Margin call"), money(statement.margin_call)),
    ]
    movements = tuple(
        (
            clock(m.at),
            word(CASH_KINDS[m.kind]),
            name_of(m.contract_code, market) if m.contract_code else DASH,
            signed_money(m.amount),
            money(m.balance),
        )
        for m in statement.movements
    )
    return [
        PageSection(word("Statement"), (word("Item"), word("Value")), tuple(facts)),
        _funds(statement.funds),
        _positions(statement.positions, market),
        _holdings(statement.holdings, settled=True),
        _deliveries(statement.deliveries, market),
        PageSection(
            word("Cash flow"),
            (word("Time"), word("Kind"), word("Contract"), word("Yuan"), word("Cash after")),
            movements,
            3,
        ),
    ]


def account_sections(report: AccountReport, market: MarketData) -> list[PageSection]:
    """The account as it stands: who it is, funds, positions, combinations, shares, deliveries."""
    return [
        PageSection(
            word("Account"),
            (word("Item"), word("Value")),
            ((word("Account"), bounded(report.account_id)), *profile_rows(report.profile)),
        ),
        _funds(report.funds),
        _positions(report.positions, market),
        _combinations(report.combinations, market),
        _holdings(report.holdings, settled=False),
        _deliveries(report.deliveries, market),
    ]


def profile_rows(profile: AccountProfile) -> list[tuple[str, str]]:
    """The standing facts of an account in words."""
    rights = profile.rights
    forbidden = restriction_words(rights.restrictions)
    numbers = (
        (word("Funds account"), profile.funds_account),
        (word("Securities account"), profile.securities_account),
        (word("Contract account"), profile.contract_account),
    )
    return [
        (word("Kind"), word(ACCOUNT_KINDS[rights.kind])),
        (word("Level"), word(TIERS[rights.level])),
        (word("State"), word(ACCOUNT_STATES[rights.state])),
        (word("Restrictions"), ", ".join(forbidden) if forbidden else word("none")),
        *((name, bounded(number) if number else word("not linked")) for name, number in numbers),
        (word("Filed with the exchange"), word("yes") if profile.filed else word("no")),
        (word("Programme trading filed"), word("yes") if rights.filed_for_programs else word("no")),
        (word("Margin group"), bounded(profile.margin_group) if profile.margin_group else word("default")),
    ]


def page_html(sections: Sequence[PageSection], appearance: Appearance) -> str:
    """The sections as one HTML page in the colours of the screen; empty sections say so."""
    theme = appearance.theme
    cell = f"padding:2px 8px;border-bottom:1px solid {theme.grid.name()}"
    parts = [f'<html><head><meta charset="utf-8"></head><body style="color:{theme.text.name()}">']
    for section in sections:
        parts.append(f'<p style="font-weight:600;margin:8px 0 2px 0">{escape(section.title)}</p>')
        if not section.rows:
            parts.append(f'<p style="color:{theme.dim.name()};margin:0">{escape(word("nothing"))}</p>')
            continue
        parts.append('<table cellspacing="0">')
        for header, row in ((True, section.headers), *((False, row) for row in section.rows)):
            parts.append("<tr>")
            for number, text in enumerate(row):
                align = "left" if number < section.words else "right"
                colour = theme.dim.name() if header else theme.text.name()
                parts.append(f'<td align="{align}" style="{cell};color:{colour}">{escape(text)}</td>')
            parts.append("</tr>")
        parts.append("</table>")
    parts.append("</body></html>")
    return "".join(parts)


def page_rows(sections: Sequence[PageSection]) -> tuple[list[str], list[list[str]]]:
    """The sections as one table for a file: every row led by its section's title, headers among them."""
    width = 1 + max((len(section.headers) for section in sections), default=0)
    rows: list[list[str]] = []
    for section in sections:
        for row in (section.headers, *section.rows):
            rows.append([section.title, *row, *[""] * (width - 1 - len(row))])
    return [word("Section"), *[str(n) for n in range(1, width)]], rows


def _funds(funds: Funds) -> PageSection:
    ratio = funds.risk_ratio
    rows = (
        (word("Balance"), money(funds.balance)),
        (word("At open"), money(funds.opening_balance)),
        (word("Available"), money(funds.available)),
        (word("Withdrawable"), money(funds.withdrawable)),
        (word("Margin"), money(funds.margin)),
        (word("Maintenance margin"), money(funds.maintenance)),
        (word("Frozen premium"), money(funds.frozen_premium)),
        (word("Frozen margin"), money(funds.frozen_margin)),
        (word("Frozen fees"), money(funds.frozen_fee)),
        (word("Frozen for exercise"), money(funds.frozen_exercise)),
        (word("Frozen for delivery"), money(funds.frozen_delivery)),
        (word("Premium received"), money(funds.premium_received)),
        (word("Premium paid"), money(funds.premium_paid)),
        (word("Fees"), money(funds.fees)),
        (word("Cash in"), money(funds.cash_in)),
        (word("Cash out"), money(funds.cash_out)),
        (word("Option value"), money(funds.option_value)),
        (word("Margin call"), money(funds.margin_call)),
        (word("Risk ratio"), percent(float(ratio), 1) if ratio is not None else DASH),
    )
    return PageSection(word("Funds, yuan"), (word("Item"), word("Value")), rows)


def _positions(positions: Sequence[Position], market: MarketData) -> PageSection:
    rows = tuple(
        (
            name_of(p.contract_code, market),
            words(p.side),
            quantity(p.quantity),
            quantity(p.available_quantity),
            quantity(p.combined_quantity),
            quantity(p.exercising_quantity),
            f"{p.average_price:.4f}",
            money(p.margin),
            signed_money(p.realised),
        )
        for p in positions
    )
    headers = (
        word("Contract"),
        word("Side"),
        word("Held"),
        word("Available"),
        word("Combined"),
        word("Exercising"),
        word("Average"),
        word("Margin"),
        word("Realised"),
    )
    return PageSection(word("Positions"), headers, rows, 2)


def _combinations(combinations: Sequence[Combination], market: MarketData) -> PageSection:
    rows = tuple(
        (
            bounded(c.number),
            strategy_words(c.strategy),
            name_of(c.first_code, market),
            name_of(c.second_code, market),
            quantity(c.quantity),
            money(c.margin),
        )
        for c in combinations
    )
    headers = (
        word("Number"),
        word("Strategy"),
        word("First leg"),
        word("Second leg"),
        word("Quantity"),
        word("Margin"),
    )
    return PageSection(word("Combinations"), headers, rows, 4)


def _holdings(holdings: Sequence[Holding], *, settled: bool) -> PageSection:
    """What a settled day leaves may all be sold on the next one; before, what was bought on the day may not (T+1)."""
    rows = tuple(
        (
            bounded(h.underlying),
            quantity(h.total),
            *(() if settled else (quantity(h.sellable),)),
            *(quantity(n) for n in (h.bought_today, h.sold_today)),
            *(quantity(n) for n in (h.locked, h.covering, h.exercising, h.short, h.disposal)),
        )
        for h in holdings
    )
    headers = (
        word("Underlying"),
        word("Held"),
        *(() if settled else (word("May be sold"),)),
        word("Bought on the day"),
        word("Sold on the day"),
        word("Locked"),
        word("Covering"),
        word("Exercising"),
        word("Missing"),
        word("Disposal"),
    )
    return PageSection(word("Shares"), headers, rows)


def _deliveries(deliveries: Sequence[Delivery], market: MarketData) -> PageSection:
    rows = tuple(
        (
            delivery_name(d, market),
            words(d.side),
            day(d.delivery_day),
            quantity(d.quantity),
            f"{word('get') if d.receives_shares else word('give')} {quantity(d.shares)}",
            f"{word('give') if d.receives_shares else word('get')} {money(d.amount)}",
        )
        for d in deliveries
    )
    headers = (
        word("Contract"),
        word("Side"),
        word("Delivery"),
        word("Quantity"),
        word("Shares"),
        word("Yuan"),
    )
    return PageSection(word("Deliveries"), headers, rows, 3)
