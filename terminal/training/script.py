"""The script (剧本编译): a scenario becomes the first header of a book, with the plan its venue plays.

Contracts and days of the file are looked up in the list of the first day; what is not there is refused with its line.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Protocol, TypeVar

import msgspec

from terminal.domain.accounts import Position
from terminal.domain.calendar import TradingCalendar
from terminal.domain.class_events import check_event
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import BadFile, BadInput
from terminal.domain.messages import ClassEvent, ClassEventKind
from terminal.rules.profile import Profile
from terminal.training.file_lines import FileLines, Path
from terminal.training.moments import day_of, time_of
from terminal.training.scenario import AccountSpec, EventSpec, Scenario
from terminal.training.settings import TrainingSettings
from terminal.venue.book import BookHeader
from terminal.venue.class_plan import (
    ClassPlan,
    PlannedAccount,
    PlannedCombination,
    PlannedEvent,
    RestrictedMonth,
    with_restrictions,
)
from terminal.venue.crowd.settings import MarketSettings
from terminal.venue.next_list import first_generated_header

T = TypeVar("T")
_NAMING = "UNDERLYING C|P YYMM STRIKE, with the letter of an adjusted one behind it, e.g. 510050 C 2611 3.000"


class ContractBook:
    """Finds contracts by how a scenario names them."""

    def __init__(self, contracts: tuple[Contract, ...]) -> None:
        self._by_terms = {(c.underlying, c.right, c.month, c.strike, c.adjustment): c for c in contracts}

    def find(self, text: str) -> Contract:
        """The contract. Raises BadInput for another form and for one that is not listed."""
        parts = text.split()
        try:
            underlying, right, month, strike, letter = parts if len(parts) == 5 else [*parts, "M"]
            terms = (underlying, Right(right), (2000 + int(month[:2]), int(month[2:])), Decimal(strike), letter)
        except (ValueError, InvalidOperation):
            raise BadInput("contract", text, _NAMING) from None
        found = self._by_terms.get(terms)
        if found is None:
            near = sorted(str(key[3]) for key in self._by_terms if key[:3] == terms[:3] and key[4] == letter)
            raise BadInput("contract", text, f"one that is listed; strikes of that month: {', '.join(near) or 'none'}")
        return found


def scenario_settings(settings: MarketSettings, scenario: Scenario) -> MarketSettings:
    """The simulated market as the scenario wants it. Raises BadInput for an underlying the market does not have."""
    start = scenario.start
    known = {u.code for u in settings.underlyings}
    for code in start.underlyings:
        if code not in known:
            raise BadInput("underlyings", code, f"one of {', '.join(sorted(known))}")
    return msgspec.structs.replace(
        settings,
        underlyings=tuple(
            msgspec.structs.replace(
                u,
                previous_close=start.closes.get(u.code, u.previous_close),
                volatility=u.volatility * start.movement,
            )
            for u in settings.underlyings
            if u.code in start.underlyings
        ),
        dividends=(),
        coming_dividends=(),
    )


def class_header(
    scenario: Scenario,
    text: str,
    file_name: str,
    *,
    profile: Profile,
    settings: MarketSettings,
    calendar: TradingCalendar,
    training: TrainingSettings,
    book_id: str,
) -> BookHeader:
    """The first day of the class. Raises BadFile with the line of what the day's list does not have."""
    lines = FileLines(text)

    def checked(path: Path, work: Callable[[], T]) -> T:
        try:
            return work()
        except BadInput as error:
            raise BadFile(error.field, error.value, error.rule, lines.line(path), file_name) from error

    market = checked(("start", "underlyings"), lambda: scenario_settings(settings, scenario))
    begin = scenario.moment(scenario.start.at, calendar)
    header = first_generated_header(
        profile, market, calendar, begin.date(), seed=scenario.start.seed, book_id=book_id, start=begin.time()
    )
    contracts = ContractBook(header.day.contracts)
    accounts, events = [], []
    for place, account in enumerate(scenario.account):
        accounts.append(_account(account, place, contracts, checked))
    for place, point in enumerate(scenario.path):
        event = ClassEvent(
            kind=ClassEventKind.DRIFT, underlying=point.underlying, price=point.price, seconds=point.seconds
        )
        checked(("path", place), partial(check_event, event))
        events.append(PlannedEvent(at=scenario.moment(point.at, calendar), event=event))
    for place, spec in enumerate(scenario.event):
        events.append(checked(("event", place), partial(_event, spec, scenario, contracts, calendar)))
    named: dict[str, str] = {}
    for table in ("checkpoint", "trainee"):
        for place, part in enumerate(getattr(scenario, table)):
            for key in ("contract", "second"):
                if name := getattr(part, key, ""):
                    named[name] = _code(contracts, (table, place, key), name, checked)
    months = tuple(
        RestrictedMonth(underlying=underlying, expiry=scenario.start.expiry) for underlying in scenario.start.restricted
    )
    plan = ClassPlan(
        name=scenario.name,
        text=text,
        file=file_name,
        day_start=time_of(training.day_start),
        accounts=tuple(accounts),
        events=tuple(events),
        stops=stops_of(scenario, calendar),
        moments=training.times(),
        disturbed_seconds=training.disturbed_seconds,
        contracts=named,
        restricted=months,
    )
    return msgspec.structs.replace(header, day=with_restrictions(header.day, months), plan=plan)


def stops_of(scenario: Scenario, calendar: TradingCalendar) -> tuple[datetime, ...]:
    """Times at which a jump lets desks act: of a scripted trainee, and deadlines."""
    texts = {action.at for action in scenario.trainee} | {c.deadline for c in scenario.checkpoint}
    return tuple(sorted({scenario.moment(text, calendar) for text in texts}))


class _Checked(Protocol):
    def __call__(self, path: Path, work: Callable[[], T], /) -> T: ...


def _code(contracts: ContractBook, path: Path, name: str, checked: _Checked) -> str:
    return checked(path, lambda: contracts.find(name)).code


def _account(spec: AccountSpec, place: int, contracts: ContractBook, checked: _Checked) -> PlannedAccount:
    positions = tuple(
        Position(
            contract_code=_code(contracts, ("account", place, "position", n, "contract"), p.contract, checked),
            side=p.side,
            quantity=p.quantity,
            average_price=p.price,
        )
        for n, p in enumerate(spec.position)
    )
    combinations = tuple(
        PlannedCombination(
            strategy=c.strategy,
            first_code=_code(contracts, ("account", place, "combination", n, "first"), c.first, checked),
            second_code=_code(contracts, ("account", place, "combination", n, "second"), c.second, checked),
            quantity=c.quantity,
        )
        for n, c in enumerate(spec.combination)
    )
    return PlannedAccount(
        account_id=spec.id,
        template=spec.template,
        cash=spec.cash,
        shares=dict(spec.shares),
        locked=dict(spec.locked),
        positions=positions,
        combinations=combinations,
    )


def _event(spec: EventSpec, scenario: Scenario, contracts: ContractBook, calendar: TradingCalendar) -> PlannedEvent:
    contract = contracts.find(spec.contract) if spec.contract else None
    day: date | None = day_of(spec.day, scenario.start.expiry, calendar) if spec.day else None
    event = ClassEvent(
        kind=spec.kind,
        underlying=spec.underlying or (contract.underlying if contract else ""),
        code=contract.code if contract else "",
        account_id=spec.account,
        move=spec.move,
        seconds=spec.seconds,
        lag=spec.lag,
        count=spec.count,
        price=spec.price,
        amount=spec.amount,
        day=day,
        text={"zh_CN": spec.text.zh.strip(), "en": spec.text.en.strip()} if spec.text else {},
    )
    check_event(event)
    return PlannedEvent(at=scenario.moment(spec.at, calendar), event=event)
