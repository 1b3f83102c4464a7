"""First steps of the day's end: trades confirmed, long netted against short, shares locked for covered positions."""

from collections import defaultdict

from terminal.domain.accounts import PositionSide
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import Side
from terminal.domain.reasons import Reason
from terminal.venue.counter.settlement.context import SettlementStopped, StepContext
from terminal.venue.counter.settlement.entries import AccountTold, Netted, NettedRow, SharesLocked, trade_key
from terminal.venue.counter.settlement.positions import standing


def confirm_trades(step: StepContext) -> None:
    """Compare what was booked with what the exchange traded (成交确认). Raises SettlementStopped for a difference."""
    booked: dict[str, int] = defaultdict(int)
    for account in step.accounts():
        if account.working:
            raise SettlementStopped(f"account {account.account_id}: {len(account.working)} orders still work")
        for order in account.orders.values():
            if order.order_id and order.filled:
                booked[trade_key(account.participant, order.contract_code, order.instruction.side)] += order.filled
    traded = step.inputs.traded
    if traded is None:
        # A restart lost part of the exchange's side: positions are still compared with the fills (RECONCILIATION)
        return
    for key in sorted(booked.keys() | traded.keys()):
        if booked.get(key, 0) != traded.get(key, 0):
            participant, contract_code, side = key.split("/")
            what = "bought" if side == Side.BUY else "sold"
            raise SettlementStopped(
                f"trades of participant {participant} in {contract_code}: {traded.get(key, 0)} {what} at the exchange, "
                f"{booked.get(key, 0)} booked"
            )


def net_positions(step: StepContext) -> None:
    """Close longs against shorts of the same contract and account, uncombined ones, uncovered first (rulebook 2.1)."""
    for account in step.accounts():
        rows = []
        for _, contract_code, long in standing(account, (PositionSide.LONG,)):
            short = account.positions[PositionSide.SHORT].get(contract_code)
            covered = account.positions[PositionSide.COVERED].get(contract_code)
            free_long = long.quantity - long.combined
            free_short = short.quantity - short.combined if short else 0
            from_short = min(free_long, free_short)
            from_covered = min(free_long - from_short, covered.quantity if covered else 0)
            if from_short + from_covered:
                rows.append(NettedRow(contract_code, from_short, from_covered))
        if rows:
            step.write(Netted(account_id=account.account_id, rows=tuple(rows)))


def lock_cover(step: StepContext) -> None:
    """Lock what covered positions need and unlock the rest; say what is missing (备兑不足), rulebook 7."""
    for account in step.accounts():
        for underlying, holding in account.holdings.items():
            locked = max(min(holding.covering, holding.total - holding.exercising), 0)
            if locked != holding.locked:
                step.write(SharesLocked(account_id=account.account_id, underlying=underlying, locked=locked))
            if holding.short:
                step.tell(
                    AccountTold(
                        account_id=account.account_id,
                        kind=InstructionKind.LOCK,
                        underlying=underlying,
                        quantity=holding.short,
                        reason=Reason.COVERED_SHARES,
                        detail=f"quantity {holding.covering} shares | {holding.locked} shares",
                        at=step.now,
                    )
                )
