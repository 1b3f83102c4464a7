"""Delivery on the day after exercise (行权交收): shares against money, and what happens when either is missing.

Everything a client gives goes to the clearing house and everything it gets comes from there; those who are no clients
take the other side, and where a client does not deliver the clearing house buys in. So at the end of the step the
clearing house holds neither money nor shares of it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.contracts import Right
from terminal.domain.settlement import Delivery
from terminal.rules.delivery import deliver_assigned_calls, deliver_exercised_puts, take_assigned_puts
from terminal.rules.rounding import to_cents
from terminal.venue.counter.ledger import CASH_SETTLEMENT, EXERCISE_CLEARING
from terminal.venue.counter.settlement.context import StepContext
from terminal.venue.counter.settlement.entries import ClearingSettled, Delivered, DeliveriesEnded, MarketDelivered
from terminal.venue.counter.settlement.positions import cash_of
from terminal.venue.counter.state import AccountState


@dataclass(slots=True)
class _Failed:
    """What clients did not deliver of one contract, and the money to buy it in with."""

    delivery: Delivery
    failed_shares: int = 0
    money: Decimal = ZERO


def deliver(step: StepContext) -> None:
    """Settle every delivery that is due."""
    contracts: dict[str, _Failed] = {}
    for account in step.accounts():
        due = [d for d in account.deliveries if d.delivery_day <= step.inputs.trading_day]
        if due:
            _deliver_account(step, account, due, contracts)
            step.write(DeliveriesEnded(account_id=account.account_id))
    _deliver_market(step, contracts)


def _deliver_account(
    step: StepContext, account: AccountState, due: Sequence[Delivery], contracts: dict[str, _Failed]
) -> None:
    """Exercised calls, exercised puts, assigned calls (covered, then naked), assigned puts: money comes before it goes.

    Shares that exercised calls bring serve exercised puts of the same delivery, as the net amount is settled; for
    all else they are usable the day after.
    """
    incoming: dict[str, int] = defaultdict(int)
    for delivery in sorted(due, key=_turn):
        if delivery.side is PositionSide.LONG and delivery.right is Right.CALL:
            entry = Delivered(
                account_id=account.account_id,
                delivery=delivery,
                delivered=delivery.quantity,
                strike_money=-to_cents(delivery.amount),
                shares_in=delivery.shares,
            )
            incoming[delivery.underlying] += delivery.shares
        elif delivery.side is PositionSide.LONG:
            entry = _exercised_puts(step, account, delivery, incoming)
        elif delivery.right is Right.CALL:
            entry = _assigned_calls(step, account, delivery, incoming)
        else:
            entry = _assigned_puts(step, account, delivery)
        step.write(entry)
        _add_up(contracts, entry)


def _turn(delivery: Delivery) -> tuple[int, str]:
    if delivery.side is PositionSide.LONG:
        return (0 if delivery.right is Right.CALL else 1), delivery.contract_code
    if delivery.right is Right.PUT:
        return 4, delivery.contract_code
    return (2 if delivery.side is PositionSide.COVERED else 3), delivery.contract_code


def _exercised_puts(
    step: StepContext, account: AccountState, delivery: Delivery, incoming: dict[str, int]
) -> Delivered:
    holding = account.holding(delivery.underlying)
    arriving = incoming[delivery.underlying]
    outcome = deliver_exercised_puts(
        delivery.quantity,
        strike=delivery.strike,
        multiplier=delivery.multiplier,
        free_shares=holding.total - holding.locked,
        close=step.close(delivery.underlying),
        rules=step.rules.delivery,
    )
    from_arriving = min(arriving, outcome.shares_given)
    incoming[delivery.underlying] -= from_arriving
    from_frozen = min(holding.exercising, outcome.shares_given - from_arriving)
    strike_money = to_cents(delivery.strike * outcome.delivered * delivery.multiplier)
    return Delivered(
        account_id=account.account_id,
        delivery=delivery,
        delivered=outcome.delivered,
        cash_settled=outcome.cash_settled,
        invalid=outcome.invalid,
        strike_money=strike_money,
        cash_settlement=outcome.cash_received - strike_money,
        from_frozen=from_frozen,
        from_free=outcome.shares_given - from_frozen,
    )


def _assigned_calls(
    step: StepContext, account: AccountState, delivery: Delivery, incoming: dict[str, int]
) -> Delivered:
    """Shares held for it first, then free ones, then those that cover other months, then money."""
    holding = account.holding(delivery.underlying)
    free = holding.total - holding.locked - holding.exercising - incoming[delivery.underlying]
    outcome = deliver_assigned_calls(
        delivery.quantity,
        strike=delivery.strike,
        multiplier=delivery.multiplier,
        covered_shares=holding.exercising,
        other_covered_shares=holding.locked,
        free_shares=max(free, 0),
        close=step.close(delivery.underlying),
        rules=step.rules.delivery,
    )
    return Delivered(
        account_id=account.account_id,
        delivery=delivery,
        delivered=outcome.delivered,
        cash_settled=outcome.cash_settled,
        strike_money=outcome.cash_received,
        cash_settlement=-outcome.cash_paid,
        from_frozen=outcome.shares_covered,
        from_free=outcome.shares_free,
        from_locked=outcome.shares_other_covered,
    )


def _assigned_puts(step: StepContext, account: AccountState, delivery: Delivery) -> Delivered:
    """What cannot be paid is paid by the broker, who keeps the shares (转处置); the client owes the money."""
    outcome = take_assigned_puts(
        delivery.quantity,
        strike=delivery.strike,
        multiplier=delivery.multiplier,
        available_cash=cash_of(account, step.books.ledger),
    )
    return Delivered(
        account_id=account.account_id,
        delivery=delivery,
        delivered=outcome.delivered,
        to_disposal=outcome.to_disposal,
        strike_money=-(outcome.cash_paid + outcome.cash_short),
        shares_in=outcome.delivered * delivery.multiplier,
        shares_disposal=outcome.to_disposal * delivery.multiplier,
        cash_short=outcome.cash_short,
    )


def _add_up(contracts: dict[str, _Failed], entry: Delivered) -> None:
    delivery = entry.delivery
    terms = contracts.setdefault(delivery.contract_code, _Failed(delivery))
    failed = entry.cash_settled + entry.invalid
    if failed:
        terms.failed_shares += failed * delivery.multiplier
        # In its place somebody else delivers: the strike that was not paid to the client, and the money it gave or got
        terms.money += to_cents(delivery.strike * failed * delivery.multiplier) - entry.cash_settlement


def _deliver_market(step: StepContext, contracts: dict[str, _Failed]) -> None:
    """Settle with those who are no clients, and buy in what clients did not deliver."""
    market: dict[str, list[Delivery]] = defaultdict(list)
    for delivery in step.state.market_deliveries:
        if delivery.delivery_day <= step.inputs.trading_day:
            market[delivery.contract_code].append(delivery)
    for code in dict.fromkeys([*contracts, *market]):
        cash, shares = ZERO, 0
        for delivery in market[code]:
            sign = 1 if delivery.receives_shares else -1
            cash += sign * to_cents(delivery.amount)
            shares -= sign * delivery.shares
        terms = contracts.get(code)
        underlying = terms.delivery.underlying if terms else market[code][0].underlying
        if cash or shares:
            step.write(MarketDelivered(contract_code=code, underlying=underlying, cash=cash, shares=shares))
        if terms is not None and terms.failed_shares:
            step.write(
                MarketDelivered(
                    contract_code=code,
                    underlying=underlying,
                    cash=-terms.money,
                    shares=terms.failed_shares,
                    bought_in=True,
                )
            )
    # Money in place of shares paid for what was bought in
    paid = step.books.ledger.balance(CASH_SETTLEMENT)
    if paid:
        step.write(ClearingSettled(clearing=CASH_SETTLEMENT, amount=-paid))
        step.write(ClearingSettled(clearing=EXERCISE_CLEARING, amount=paid))
