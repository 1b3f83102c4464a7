"""From one trading day to the next (结转): what the books of a settled day put into those of the day after.

Contracts are known by their code, so an adjusted one is the same position with new terms: the average price shrinks as
the unit grows, the cost stays. A contract that lives on but is not in the new list, as after a day that came from a
file, is paid at its settlement price.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from terminal.domain.accounts import ZERO, Holding, Position, PositionSide
from terminal.domain.contracts import Contract
from terminal.domain.errors import BadInput
from terminal.domain.settlement import Delivery
from terminal.rules.limits import TradingRecord
from terminal.rules.rounding import to_cents
from terminal.venue.counter.books import Books
from terminal.venue.counter.entries import AccountOpened, JournalEntry
from terminal.venue.counter.funds import balance_of
from terminal.venue.counter.settlement.entries import ClearingOpened
from terminal.venue.counter.settlement.positions import legs_of, standing
from terminal.venue.counter.settlement.state import ClearingState
from terminal.venue.counter.state import AccountState

_PRICE = Decimal("0.00000001")


def openings(
    before: Books, before_contracts: Mapping[str, Contract], day: Mapping[str, Contract], after: Books
) -> list[JournalEntry]:
    """The entries the books `after` begin with. Raises BadInput while an order works in the ones before."""
    entries: list[JournalEntry] = []
    state = before.settlement.state
    entries.append(
        ClearingOpened(
            trading_day=after.trading_day,
            deliveries=tuple(market_deliveries(state, before_contracts)),
            cover_calls={a.account_id: short for a in before.accounts.values() if (short := _short_of_cover(a))},
            reserve=state.reserve,
        )
    )
    for account in before.accounts.values():
        if account.working:
            raise BadInput("working orders", len(account.working), "none when a day ends")
        entries.append(opening_of(account, before, before_contracts, day, after))
    return entries


def opening_of(
    account: AccountState,
    before: Books,
    before_contracts: Mapping[str, Contract],
    day: Mapping[str, Contract],
    after: Books,
) -> AccountOpened:
    """How one account begins the new day."""
    inputs = before.settlement.state.inputs
    cash = balance_of(account, before.ledger)
    kept = {n: c for n, c in account.combinations.items() if c.first_code in day and c.second_code in day}
    combined = legs_of(kept.values())
    positions: list[Position] = []
    for side, code, position in standing(account):
        old, new = before_contracts[code], day.get(code)
        if new is None:
            price = inputs.prices[code] if inputs else old.previous_settlement
            sign = 1 if side is PositionSide.LONG else -1
            cash += sign * to_cents(price * old.multiplier * position.quantity)
            continue
        average = position.average_price
        if new.multiplier != old.multiplier:
            average = (average * old.multiplier / new.multiplier).quantize(_PRICE)
        positions.append(
            Position(
                contract_code=code,
                side=side,
                quantity=position.quantity,
                combined_quantity=combined[side, code],
                average_price=average,
                margin=position.margin,
            )
        )
    return AccountOpened(
        account_id=account.account_id,
        trading_day=after.trading_day,
        participant=account.participant,
        cash=cash,
        holdings=tuple(_carried(underlying, account) for underlying in account.holdings),
        positions=tuple(positions),
        profile=account.profile,
        record=grown_record(account, before),
        own_limits=account.own_limits,
        purchase_limit=account.purchase_limit,
        combinations=tuple(combination.shown(number) for number, combination in kept.items()),
        deliveries=tuple(account.deliveries),
        frozen_delivery=account.frozen_delivery,
        margin_call=account.margin_call,
        statement_unconfirmed=account.account_id in before.settlement.state.statements,
    )


def grown_record(account: AccountState, before: Books) -> TradingRecord:
    """What an account shows for higher limits once a day is settled (rulebook 5.1): one day and its trades more.

    Its own assets are what its statement says it has, shares at the close of their underlying.
    """
    statement, inputs = before.settlement.state.statements.get(account.account_id), before.settlement.state.inputs
    if statement is None or inputs is None:
        return account.record
    shares = sum((inputs.closes[h.underlying] * h.total for h in statement.holdings if h.total), ZERO)
    return replace(
        account.record,
        trading_days=account.record.trading_days + 1,
        contracts_traded=account.record.contracts_traded + sum(o.filled for o in account.orders.values()),
        own_assets=to_cents(statement.funds.balance + statement.option_value + shares),
    )


def _short_of_cover(account: AccountState) -> tuple[str, ...]:
    return tuple(underlying for underlying, holding in account.holdings.items() if holding.short)


def _carried(underlying: str, account: AccountState) -> Holding:
    # What covers and what is short follows from the positions; what was bought may be sold from the next day on
    return replace(account.holdings[underlying].shown(underlying), covering=0, short=0, bought_today=0, sold_today=0)


def market_deliveries(state: ClearingState, contracts: Mapping[str, Contract]) -> list[Delivery]:
    """What those who are no clients exercised and were assigned, to be settled on the next trading day."""
    if state.inputs is None:
        return []
    found = []
    for code, exercised in state.market_exercised.items():
        contract = contracts[code]
        for side, quantity in (
            (PositionSide.LONG, exercised),
            (PositionSide.SHORT, state.market_assigned.get(code, 0)),
        ):
            if quantity:
                found.append(
                    Delivery(
                        contract_code=code,
                        underlying=contract.underlying,
                        right=contract.right,
                        side=side,
                        strike=contract.strike,
                        multiplier=contract.multiplier,
                        quantity=quantity,
                        exercise_day=state.inputs.trading_day,
                        delivery_day=state.inputs.next_day,
                    )
                )
    return found
