"""What must hold on every simulated day, reckoned apart from the settlement: invariants I1-I4, I9, I12 and A10."""

from collections import defaultdict
from decimal import Decimal

from terminal.domain.accounts import PositionSide
from terminal.domain.messages import OrderReport
from terminal.domain.orders import ExecType, PositionEffect
from terminal.rules.profile import Profile
from terminal.venue.counter.counter import Counter
from terminal.venue.counter.entries import decode_entry, encode_entry
from terminal.venue.counter.ledger import BANK
from terminal.venue.counter.settlement.steps import Step
from terminal.venue.counter.state import POSITION_SIDE, AccountState
from terminal.venue.days import Days

_Key = tuple[str, PositionSide, str]


class Violation(Exception):
    """An invariant broke; the text names seed, day and invariant."""


class DayChecks:
    """Pictures of one day as it begins, and comparisons with it."""

    def __init__(self, play: Days, seed: int) -> None:
        self._seed = seed
        self._play = play
        self._market = play.market
        self._positions = self._held()
        self._shares = self._all_shares()
        self._traded: dict[_Key, int] = {}
        self._before_carry: dict[str, Decimal] = {}

    def violation(self, what: str) -> Violation:
        """The exception that says where to look."""
        return Violation(f"seed {self._seed}, {self._market.trading_day}: {what}")

    def after_trading(self) -> None:
        """Positions are those of the morning and the fills (I1), every execution once (I2), nothing works (I3)."""
        expected = defaultdict(int, self._positions)
        for account in self._accounts():
            if account.working:
                raise self.violation(f"I3 {account.account_id}: {len(account.working)} orders work after the close")
            seen: set[str] = set()
            for report in account.reports:
                if not isinstance(report, OrderReport):
                    continue
                if report.report_id in seen:
                    raise self.violation(f"I2 report {report.report_id} twice")
                seen.add(report.report_id)
                if report.exec_type is ExecType.TRADE:
                    opens = report.instruction.position_effect is PositionEffect.OPEN
                    key = account.account_id, POSITION_SIDE[report.instruction], report.contract_code
                    expected[key] += report.last_quantity if opens else -report.last_quantity
            for order in account.orders.values():
                if order.filled > order.quantity or order.leaves:
                    raise self.violation(f"I3 order {order.client_order_id}: {order.filled} of {order.quantity}")
        self._equal("I1 positions and fills", {k: n for k, n in expected.items() if n}, self._held())
        self._ledger()

    def after_step(self, step: Step | None) -> None:
        """The ledger balances and nothing is negative after each step."""
        self._ledger()
        self._no_negative(str(step))

    def after_settlement(self) -> None:
        """Money, margin, shares and cover as the positions and deliveries want them; reconciliation without a break."""
        self._ledger()
        self._no_negative("the day's end")
        counter = self._market.counter
        breaks = [check for check in counter.settlement.reconciliation() if check.is_break]
        if breaks:
            raise self.violation(f"A10 {breaks[0]}")
        moved = counter.settlement.state.share_moves
        for underlying, shares in self._all_shares().items():
            if shares != self._shares.get(underlying, 0) + moved.get(underlying, 0):
                raise self.violation(f"shares of {underlying}: {shares} after {self._shares.get(underlying, 0)}")
        trial = counter.trial_balance()
        clients = -sum(
            (n for name, n in trial.items() if name.startswith(("client_cash/", "margin_held/"))), Decimal(0)
        )
        own = -sum((n for name, n in trial.items() if name.endswith("_income") or name == "interest"), Decimal(0))
        if trial[BANK] != clients + own:
            raise self.violation(f"I4 bank {trial[BANK]}, clients {clients}, own {own}")
        for account in self._accounts():
            for side, positions in account.positions.items():
                for code, position in positions.items():
                    contract = next(c for c in self._market.contracts if c.code == code)
                    if position.quantity and contract.last_day <= self._market.trading_day:
                        raise self.violation(f"{account.account_id} still holds {side} {code}, which has expired")
        self._before_carry = {
            a: counter.account_report(a, self._market.now).funds.balance for a in counter.account_ids()
        }

    def replay(self, profile: Profile) -> None:
        """The day's entries, as a journal gives them back, make the same bytes (I12, F53)."""
        day = self._play.header.day
        again = Counter(profile, day.trading_day, day.underlyings, day.contracts)
        again.restore([decode_entry(encode_entry(entry)) for entry in self._play.entries])
        if again.picture() != self._market.counter.picture():
            raise self.violation("I12 the entries make other books")

    def carried(self, play: Days) -> None:
        """Every yuan of the evening is there in the morning."""
        counter = play.market.counter
        after = {a: counter.account_report(a, play.market.now).funds.balance for a in counter.account_ids()}
        if after != self._before_carry:
            different = [a for a in after if after[a] != self._before_carry.get(a)]
            raise self.violation(f"balances of {different} changed over night")

    def _accounts(self) -> list[AccountState]:
        return list(self._market.counter._books.accounts.values())

    def _held(self) -> dict[_Key, int]:
        return {
            (account.account_id, side, code): position.quantity
            for account in self._accounts()
            for side, positions in account.positions.items()
            for code, position in positions.items()
            if position.quantity
        }

    def _all_shares(self) -> dict[str, int]:
        shares: dict[str, int] = defaultdict(int)
        for account in self._accounts():
            for underlying, holding in account.holdings.items():
                shares[underlying] += holding.total + holding.disposal
        return shares

    def _ledger(self) -> None:
        total = sum(self._market.counter.trial_balance().values())
        if total:
            raise self.violation(f"I4 the ledger is out by {total}")

    def _no_negative(self, when: str) -> None:
        for account in self._accounts():
            for holding in account.holdings.values():
                if min(holding.total, holding.locked, holding.covering, holding.exercising, holding.disposal) < 0:
                    raise self.violation(f"I10 after {when}: {account.account_id} {holding}")
            for positions in account.positions.values():
                for code, position in positions.items():
                    if min(position.quantity, position.combined, position.frozen) < 0 or position.margin < 0:
                        raise self.violation(f"I10 after {when}: {account.account_id} {code} {position}")

    def _equal(self, what: str, expected: dict[_Key, int], found: dict[_Key, int]) -> None:
        if expected != found:
            different = [k for k in expected.keys() | found.keys() if expected.get(k) != found.get(k)]
            raise self.violation(f"{what} differ in {sorted(map(str, different))[:3]}")
