"""Puts the outlook together out of the desk's services and asks every rule: the only place that knows both."""

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from terminal.alerts.alert import Alert, Finding, Standing
from terminal.alerts.conditions import Condition, How
from terminal.alerts.notice_facts import breakers_until, resumed_at
from terminal.alerts.outlook import Asked, ComingExDay, Duty, Forced, Held, Outlook
from terminal.alerts.readings import Readings
from terminal.alerts.rules import RULES, Rule
from terminal.alerts.rules.custom import custom
from terminal.alerts.thresholds import Thresholds
from terminal.domain.accounts import Position, PositionSide
from terminal.domain.calendar import TradingCalendar
from terminal.domain.contracts import Contract
from terminal.domain.errors import CalendarError
from terminal.domain.forced import forced_cause
from terminal.domain.instructions import InstructionKind
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.domain.messages import DayOpened, Instruct, LimitUse
from terminal.domain.phases import Phase
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.rules.limits import PositionCounts
from terminal.rules.obligations.clock import QuotingState, Total
from terminal.rules.obligations.inquiries import InquiryStatus
from terminal.services.account_counts import position_counts, purchase_used
from terminal.services.adjustments import announced_ex_days
from terminal.services.client_terms import ClientTerms
from terminal.services.desk import Desk
from terminal.services.events import (
    AccountChanged,
    DayChanged,
    FillBooked,
    InquiriesChanged,
    LinkChanged,
    OrderChanged,
)
from terminal.services.obligations import Obligations
from terminal.services.portfolio import PositionKey

logger = logging.getLogger(__name__)
#: Between two counts over all contracts, orders and fills: with the half second between two looks, what they tell of is
#: on screen within one second
_COUNT_SECONDS = 0.4
IntArray = NDArray[np.int64]
_COUNT_OF: Mapping[Reason, Callable[[PositionCounts], int]] = {
    Reason.LIMIT_RIGHT_SIDE: lambda c: c.right_side,
    Reason.LIMIT_TOTAL: lambda c: c.total,
    Reason.LIMIT_BUY_OPEN: lambda c: c.daily_buy_open,
    Reason.LIMIT_OPEN: lambda c: c.daily_open,
    Reason.LIMIT_DIRECTION: lambda c: max(c.bullish, c.bearish),
    Reason.LIMIT_ALL_PRODUCTS: lambda c: c.all_products,
}
_TRADING = frozenset({Phase.OPENING_AUCTION, Phase.CONTINUOUS, Phase.CLOSING_AUCTION})


class Watch:
    """Asks the rules at a market time; `state_of` gives what became of a reminder, None for one never raised."""

    def __init__(
        self,
        desk: Desk,
        *,
        terms: ClientTerms,
        obligations: Obligations,
        readings: Readings,
        calendar: TradingCalendar,
        thresholds: Thresholds,
        conditions: tuple[Condition, ...] = (),
        rules: tuple[Rule, ...] = RULES,
    ) -> None:
        self.thresholds = thresholds
        self.conditions = conditions
        self.is_given_up: Callable[[str], bool] = lambda code: False
        """Whether a person lets the holding of a contract lapse (放弃行权)"""
        self.chance_of: Callable[[Contract], float | None] = lambda contract: None
        """How likely a contract is exercised, as the assignment desk reckons it; None: by whether it is in the money"""
        self.state_of: Callable[[str], Alert | None] = lambda key: None
        self.on_fault: Callable[[str, Exception], None] = lambda name, error: None
        """Told of a rule that raised, once: the others go on"""
        self._desk = desk
        self._terms = terms
        self._obligations = obligations
        self._readings = readings
        self._calendar = calendar
        self._rules = list(rules)
        self._down_since: float | None = None
        self._fed_from: float | None = None
        """Since when quotes have been waited for; None while none can come"""
        self._duties_at = self._limits_at = float("-inf")
        self._limits_moved = self._asked_moved = True
        self._duties: tuple[Duty, ...] = ()
        self._asked: tuple[Asked, ...] = ()
        self._limits: tuple[LimitUse, ...] = ()
        self._positions: Mapping[PositionKey, Position] | None = None
        self._day: DayOpened | None = None
        self._soon = -1
        """Trading days before expiry from which what is held is looked at"""
        self._names: list[str] = []
        self._expires_soon: dict[date, bool] = {}
        self._rows_of: dict[str, IntArray] = {}
        self._listed: dict[str, Contract] = {}
        self._pairs: tuple[tuple[Contract, Position, int], ...] = ()
        """Contracts held, each with its row"""
        desk.bus.subscribe(LinkChanged, self._on_link)
        desk.bus.subscribe(InquiriesChanged, self._on_inquiries)
        for event in (AccountChanged, DayChanged, FillBooked, OrderChanged):
            desk.bus.subscribe(event, self._on_use)

    def find(self, now: datetime) -> list[Finding]:
        """Everything that is so now; nothing before the venue has told its day."""
        outlook = self.outlook(now)
        found: list[Finding] = []
        for rule in list(self._rules):
            try:
                found += rule(outlook, self.thresholds)
            except Exception as error:
                self._rules.remove(rule)
                logger.error("reminder rule %s raised and was stopped", rule.__name__, exc_info=error)
                self.on_fault(rule.__name__, error)
        found += custom(outlook, tuple(self._asked_conditions(outlook)))
        off = frozenset(self.thresholds.off)
        return [finding for finding in found if finding.kind not in off] if off else found

    def outlook(self, now: datetime) -> Outlook:
        """The desk's day as it is."""
        desk, market, portfolio = self._desk, self._desk.market, self._desk.portfolio
        self._take_lists()
        self._look_slowly()
        day = market.day
        quotes = market.quotes
        phases = quotes[:, Column.PHASE]
        names = self._names
        last = quotes[:, Column.LAST]
        return Outlook(
            now=now,
            trading_day=day.trading_day if day is not None else now.date(),
            calendar=self._calendar,
            profile=desk.rules,
            phase=market.phase,
            contracts=self._listed,
            spots={
                u.code: _yuan(last[row]) if last[row] else u.previous_close for row, u in enumerate(market.underlyings)
            },
            held=tuple([self._held(contract, position, last[row]) for contract, position, row in self._pairs]),
            ordered=self._ordered(),
            holdings=portfolio.holdings,
            funds=portfolio.funds,
            kind=portfolio.profile.rights.kind,
            combinations=portfolio.combinations,
            release_margin=self._release_margins(),
            deliveries=portfolio.deliveries,
            coming=tuple(
                [ComingExDay(d.underlying, d.ex_day, d.cash, d.close) for d in announced_ex_days(desk.notices)]
            ),
            halted=tuple([names[row] for row in np.flatnonzero(phases == ord(Phase.HALTED.value))]),
            breakers=breakers_until(
                [names[row] for row in np.flatnonzero(phases == ord(Phase.BREAKER.value))],
                desk.notices,
                market.breaker_ends,
            ),
            resumed=resumed_at(desk.notices),
            forced=self._forced(),
            link=desk.link,
            link_down_seconds=self._down_seconds(),
            feed_ages=self._feed_ages(),
            duties=self._duties,
            inquiries=self._asked,
            limits=self._limits,
            readings=self._readings.of(self.conditions) if self.conditions else {},
        )

    # ---- inside

    def _take_lists(self) -> None:
        """Look contracts up again only when the day's list or the account is another."""
        market, portfolio = self._desk.market, self._desk.portfolio
        soon = max(*self.thresholds.exercise_days, self.thresholds.obligation_days)
        if market.day is not self._day or soon != self._soon:
            self._day, self._soon, self._positions = market.day, soon, None
            self._listed = {listed.code: listed for listed in market.contracts}
            self._names = [*(u.code for u in market.underlyings), *self._listed]
            rows: dict[str, list[int]] = {}
            for listed in market.contracts:
                rows.setdefault(listed.underlying, []).append(market.row_of[listed.code])
            today = market.day.trading_day if market.day is not None else None
            self._expires_soon = {
                day: today is not None and 0 <= _days_between(self._calendar, today, day) <= soon
                for day in {listed.exercise_day for listed in market.contracts}
            }
            self._rows_of = {code: np.array(mine, np.int64) for code, mine in rows.items()}
        if portfolio.positions is not self._positions:
            self._positions = portfolio.positions
            self._pairs = tuple(
                [
                    (contract, position, market.row_of[contract.code])
                    for position in portfolio.positions.values()
                    if position.quantity > 0 and (contract := self._listed.get(position.contract_code)) is not None
                ]
            )

    def _held(self, contract: Contract, position: Position, last: np.int64) -> Held:
        price = _yuan(last) if last else contract.previous_settlement
        if self._expires_soon.get(contract.exercise_day):
            if position.side is PositionSide.LONG:
                exercisable = self._desk.instructions.checks.exercisable(contract)
                return Held(contract, position, price, exercisable, self.is_given_up(contract.code))
            return Held(contract, position, price, chance=self.chance_of(contract))
        return Held(contract, position, price)

    def _ordered(self) -> tuple[str, ...]:
        """Contracts in which something of ours rests or is on its way, quotes included."""
        contracts = self._desk.market.contracts
        quoted = {contracts[n].code for n in self._desk.quoting.board.live_numbers if n < len(contracts)}
        return tuple(sorted(quoted | {order.contract_code for order in self._desk.orders.committed()}))

    def _on_link(self, event: LinkChanged) -> None:
        """Note when the line was lost: nobody may have asked just then."""
        if event.state is LinkState.UP:
            self._down_since = None
        elif self._down_since is None:
            self._down_since = self._desk.monotonic()

    def _down_seconds(self) -> float:
        now = self._desk.monotonic()
        if self._desk.link is LinkState.UP:
            return 0.0
        if self._down_since is None:
            self._down_since = now
        return now - self._down_since

    def _feed_ages(self) -> dict[str, float]:
        """Seconds since each underlying or one of its contracts was heard of; one never heard of has no age yet.

        Only while quotes can come: a market that stood still, or paused for lunch, begins to be waited for anew.
        """
        desk, market, now = self._desk, self._desk.market, self._desk.monotonic()
        if not (desk.clock.is_running and desk.link is LinkState.UP and market.phase in _TRADING):
            self._fed_from = None
            return {}
        since = self._fed_from = now if self._fed_from is None else self._fed_from
        newest: dict[str, float] = {}
        received = market.received_at
        for row, underlying in enumerate(market.underlyings):
            newest[underlying.code] = float(received[row])
        for code, rows in self._rows_of.items():
            newest[code] = max(newest[code], float(received[rows].max(initial=0.0)))
        return {code: now - max(at, since) for code, at in newest.items() if at > 0}

    def _forced(self) -> tuple[Forced, ...]:
        found = []
        for fill in self._desk.portfolio.fills:
            if not fill.ordered and (cause := forced_cause(fill)) is not None:
                found.append(Forced(fill.contract_code, cause, fill.quantity, fill.at))
        return tuple(found)

    def _release_margins(self) -> dict[str, Decimal]:
        found = {}
        for combination in self._desk.portfolio.combinations:
            command = Instruct(
                instruction_id="",
                kind=InstructionKind.RELEASE,
                combination_id=combination.number,
                quantity=combination.quantity,
            )
            change = self._terms.margin_change(command)
            if change is not None:
                found[combination.number] = change.after - change.before
        return found

    def _on_inquiries(self, _event: InquiriesChanged) -> None:
        self._asked_moved = True

    def _on_use(self, _event: object) -> None:
        self._limits_moved = True

    def _look_slowly(self) -> None:
        """What is counted over every contract, order and fill: limits where they may have moved, a maker's duties."""
        now = self._desk.monotonic()
        if self._limits_moved and now - self._limits_at >= _COUNT_SECONDS:
            self._limits_moved, self._limits_at = False, now
            self._limits = tuple(self._counted_limits())
        if now - self._duties_at < _COUNT_SECONDS and not self._asked_moved:
            return
        self._asked_moved, self._duties_at = False, now
        self._duties, self._asked = (), ()
        if not self._desk.portfolio.profile.rights.kind.is_market_maker or not self._obligations.is_current:
            return
        figures = self._obligations.figures()
        if figures is None:
            return
        totals = figures.totals_us
        whole = totals[:, Total.COMPLIANT] + totals[:, Total.MISSED] + figures.remaining_us
        allowance = whole * (1.0 - float(figures.terms.participation.rate)) / 1e6
        self._duties = tuple(
            [
                Duty(code, float(slack), float(allowed), state is QuotingState.MISSED, bool(safe))
                for code, slack, allowed, state, safe, counted in zip(
                    figures.codes, figures.slack, allowance, figures.states, figures.safe, figures.counted, strict=True
                )
                if counted
            ]
        )
        # One for a contract outside the obligation may be answered, but is never missed
        results = self._obligations.inquiry_results()
        open_now = {r.inquiry for r in results if r.status is InquiryStatus.OPEN and r.counted}
        self._asked = tuple(
            [
                Asked(one.inquiry, one.contract_code, one.quantity, one.deadline)
                for one in self._obligations.inquiries.all
                if one.inquiry in open_now
            ]
        )

    def _counted_limits(self) -> Iterator[LimitUse]:
        """The limits the counter told, with what is used of them now."""
        desk = self._desk
        working = desk.orders.committed()
        counts: dict[str, PositionCounts] = {}
        for (reason, underlying), told in desk.portfolio.limits_told.items():
            used = told.used
            if reason is Reason.LIMIT_PURCHASE:
                used = purchase_used(desk.portfolio, working, desk.market)
            elif (count := _COUNT_OF.get(reason)) is not None:
                if underlying not in counts:
                    counts[underlying] = position_counts(desk.portfolio, working, desk.market, underlying)
                used = Decimal(count(counts[underlying]))
            yield LimitUse(limit=reason, underlying=underlying, used=used, allowed=told.allowed)

    def _asked_conditions(self, outlook: Outlook) -> Iterator[tuple[Condition, bool]]:
        """Conditions that may speak, each with whether it held before."""
        for condition in self.conditions:
            known = self.state_of(f"custom:{condition.subject(outlook.trading_day)}")
            held = known is not None and known.standing is not Standing.RESOLVED
            if known is None or held or condition.how is How.EVERY:
                yield condition, held


def _days_between(calendar: TradingCalendar, first: date, last: date) -> int:
    try:
        return calendar.days_left(first, last) if first <= last else -1
    except CalendarError:
        return (last - first).days


def _yuan(units: np.int64) -> Decimal:
    return Decimal(int(units)) / PRICE_SCALE
