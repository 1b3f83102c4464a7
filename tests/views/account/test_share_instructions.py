"""Shares of the underlying (标的证券) in the form of instructions: bought, sold and moved, as far as they may be."""

from decimal import Decimal
from typing import Any

import pytest

from terminal.domain.accounts import Holding
from terminal.domain.instructions import InstructionKind as Kind
from terminal.domain.market_data import DEPTH, Column, pack_rows
from terminal.domain.messages import MarketDataBatch
from terminal.services.desk import Desk
from terminal.views.account.instruction_form import InstructionForm
from tests.views.account.conftest import EXERCISE_TIME
from tests.views.account.instruction_rig import sent, write
from tests.views.desk_rig import account_report
from tests.views.trading.ticket_rig import Started


@pytest.mark.requirement("O4")
@pytest.mark.parametrize(
    ("kind", "most", "note"),
    [
        (Kind.LOCK, 110_000, "✕ Not enough shares (needed 110,001, available 110,000)"),
        (Kind.UNLOCK, 10_000, "✕ Not enough shares (needed 10,001, available 10,000)"),
        (Kind.TO_BROKER, 110_000, "✕ Not enough shares (needed 110,001, available 110,000)"),
        (Kind.SHARES_OUT, 110_000, "✕ Not enough shares (needed 110,001, available 110,000)"),
    ],
)
def test_shares_are_moved_as_far_as_they_are_free(form: InstructionForm, kind: Kind, most: int, note: str) -> None:
    form.show_kind(kind, underlying="510050")
    form.fields.all_button.click()
    assert form.quantity.text() == str(most)
    assert form.send_button.isEnabled()
    write(form, str(most + 1))
    assert form.note("quantity") == note


def show_shares(desk: Desk, higher: int = 0) -> None:
    """Thousands of shares on both sides of the first fund, `higher` in 0.0001 yuan than they stand."""
    row = desk.market.quotes[0].copy()
    for column in (Column.BID_PRICE, Column.ASK_PRICE):
        row[column : column + DEPTH] += higher
        row[column + DEPTH : column + 2 * DEPTH] = 5_000
    desk.on_event(MarketDataBatch(at=EXERCISE_TIME, rows=pack_rows(row.reshape(1, -1))))


@pytest.mark.requirement("O4", "O5")
def test_shares_are_bought_at_the_best_price_which_the_form_follows(
    form: InstructionForm, rich: Desk, gateway: Any, started: Started
) -> None:
    show_shares(rich)
    form.show_kind(Kind.BUY_SHARES, underlying="510050")
    # The form begins with the best ask; an empty quantity is no mistake yet
    best = Decimal(rich.market.asks("510050")[0].price).scaleb(-4)
    assert form.price.text() == f"{best:.3f}"
    assert form.note("quantity") == form.note("price") == ""
    write(form, "150")
    assert form.note("quantity").startswith("✕ The quantity is not a multiple of the lot")
    write(form, "100")
    figures, cost = form.effect.figures(), best * 100
    assert (figures["Shares received"], figures["Fee"]) == ("100", f"{cost / 10_000:.2f}")
    assert form.send_button.text() == f"Buy shares 100 @ {best:.3f}"
    write(form, f"{best - Decimal('0.001'):.3f}", "price")
    assert form.note("price").startswith("✕ The price does not reach the best price of the other side")
    assert not form.send_button.isEnabled()
    write(form, "x", "price")
    assert form.note("price") == "✕ Give a price above zero"
    form.fields.best_button.click()
    assert form.send_button.isEnabled()
    # The market runs away: the verdict follows, the price that was typed stays
    assert not form.is_outrun
    show_shares(rich, higher=10)
    assert form.is_outrun
    form.flush()
    assert not form.is_outrun
    assert form.note("price").startswith("✕ The price does not reach")
    form.fields.best_button.click()
    form.send_button.click()
    started.finish()
    (command,) = sent(gateway)
    assert (command.kind, command.quantity, command.by_program) == (Kind.BUY_SHARES, 100, False)
    assert command.price == best + Decimal("0.001")


@pytest.mark.requirement("O4")
def test_no_more_is_sold_than_was_there_this_morning(form: InstructionForm, rich: Desk) -> None:
    held = Holding(underlying="510050", total=50_000, bought_today=49_850)
    show_shares(rich)
    rich.on_event(account_report(holdings=(held,)))
    form.show_kind(Kind.SELL_SHARES, underlying="510050")
    form.fields.all_button.click()
    assert form.quantity.text() == "150"
    assert form.send_button.isEnabled()
    write(form, "200")
    assert form.note("quantity") == "✕ Shares bought today cannot be sold today (needed 200, available 150)"
