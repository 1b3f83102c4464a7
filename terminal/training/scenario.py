"""A scenario file (剧本): what a class begins with, what happens, what the trainee should do, how it is scored.

`parse_scenario` takes the file's text and refuses it with the line of its first mistake. Contracts are named as in
`510050 C 2611 3.000`, with the letter of an adjusted one behind it; times as in `moments.py`.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import msgspec

from terminal.domain.accounts import PositionSide
from terminal.domain.calendar import TradingCalendar
from terminal.domain.class_events import NEEDS
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.errors import BadFile, BadInput
from terminal.domain.messages import ClassEventKind
from terminal.domain.orders import Instruction
from terminal.domain.reasons import Reason
from terminal.training.actions import ActionKind
from terminal.training.checkpoint_kinds import ARGUMENTS, CheckpointKind
from terminal.training.file_lines import FileLines, load_toml, place_of, value_at
from terminal.training.moments import moment_of

Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]
Positive = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Account = Annotated[str, msgspec.Meta(pattern="^[A-Za-z][A-Za-z0-9]{0,15}$")]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the tables: a key that is not known is a mistake."""


class Words(_Part, frozen=True, kw_only=True):
    """The same in both languages."""

    zh: Name | Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
    en: Name | Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]

    def of(self, language: str) -> str:
        """The words of a language of the program."""
        return (self.zh if language.startswith("zh") else self.en).strip()


class Start(_Part, frozen=True, kw_only=True):
    """When and on what market the scenario begins, and when it is over."""

    expiry: date
    """E: the expiry that days are counted from"""
    at: str
    end: str
    seed: Annotated[int, msgspec.Meta(ge=0, lt=2**31)] = 1
    speed: Annotated[float, msgspec.Meta(gt=0, le=600)] = 1.0
    """What the class is played at with people"""
    underlyings: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)] = ("510050",)
    closes: dict[str, Decimal] = {}
    """Closes of the day before, yuan"""
    movement: Annotated[float, msgspec.Meta(ge=0.01, le=5)] = 1.0
    """Factor on the underlyings' own walk: small for a price that goes where the path leads it"""
    restricted: tuple[str, ...] = ()
    """Underlyings whose calls of E may not be opened at the start (限开仓)"""


class PositionSpec(_Part, frozen=True, kw_only=True):
    """A position of an earlier day; `price` is what was paid or taken a share, yuan."""

    contract: str
    side: PositionSide
    quantity: Positive
    price: Decimal = Decimal(0)


class CombinationSpec(_Part, frozen=True, kw_only=True):
    """A combination of two positions; the first leg of a spread is the long one, of a pair the call."""

    strategy: CombinationStrategy
    first: str
    second: str
    quantity: Positive


class AccountSpec(_Part, frozen=True, kw_only=True):
    """An account; `template` is a name of `market.toml`. The first one is the trainee's."""

    id: Account
    template: Name
    cash: Decimal
    shares: dict[str, Count] = {}
    locked: dict[str, Count] = {}
    position: tuple[PositionSpec, ...] = ()
    combination: tuple[CombinationSpec, ...] = ()


class PathPoint(_Part, frozen=True, kw_only=True):
    """From `at` on the underlying goes to a price, in so many seconds of trading."""

    at: str
    underlying: str
    price: Decimal
    seconds: Annotated[float, msgspec.Meta(gt=0, le=14400)]


class EventSpec(_Part, frozen=True, kw_only=True):
    """Something that happens; which keys count follows from its kind."""

    at: str
    kind: ClassEventKind
    underlying: str = ""
    contract: str = ""
    account: str = ""
    move: float = 0.0
    seconds: float = 0.0
    lag: float = 0.0
    count: int = 0
    price: Decimal | None = None
    amount: Decimal = Decimal(0)
    day: str = ""
    """Of a dividend its ex-day, of a restriction any day of the month's expiry: E"""
    text: Words | None = None


class CheckpointSpec(_Part, frozen=True, kw_only=True):
    """What is asked of the trainee between `begin` and `deadline`, and what it is worth."""

    name: Name
    kind: CheckpointKind
    points: Annotated[int, msgspec.Meta(ge=1, le=1000)]
    begin: str
    deadline: str
    title: Words
    right: Words
    """What would have been right, for the debrief"""
    reminder: str = ""
    contract: str = ""
    underlying: str = ""
    quantity: Count = 0
    amount: Decimal = Decimal(0)
    within: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    """Seconds; 0 for any time up to the deadline"""
    band: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    """Shares of delta"""
    reason: Reason | None = None


class HintSpec(_Part, frozen=True, kw_only=True):
    """What the trainee may ask for, and what it costs."""

    text: Words
    cost: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None


class ActionSpec(_Part, frozen=True, kw_only=True):
    """What a scripted trainee does, where nobody sits at the desk."""

    at: str
    do: ActionKind
    reminder: str = ""
    contract: str = ""
    second: str = ""
    underlying: str = ""
    instruction: Instruction | None = None
    quantity: Count = 0
    price: Decimal | None = None
    """None: the other side's best"""
    amount: Decimal = Decimal(0)
    width: Decimal = Decimal(0)
    """Of a quote, yuan; 0 for what the terms allow around the theoretical price"""


class Page(_Part, frozen=True, kw_only=True):
    """The page of what the trainee sees and should do."""

    task: Words
    sees: Words
    steps: Annotated[tuple[Words, ...], msgspec.Meta(min_length=1)]


class Scenario(_Part, frozen=True, kw_only=True):
    """A whole file."""

    name: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]{2,40}$")]
    title: Words
    role: Words
    start: Start
    page: Page
    debrief: Words
    account: Annotated[tuple[AccountSpec, ...], msgspec.Meta(min_length=1)]
    path: tuple[PathPoint, ...] = ()
    event: tuple[EventSpec, ...] = ()
    checkpoint: Annotated[tuple[CheckpointSpec, ...], msgspec.Meta(min_length=1)]
    hint: tuple[HintSpec, ...] = ()
    trainee: tuple[ActionSpec, ...] = ()

    def moment(self, text: str, calendar: TradingCalendar) -> datetime:
        """A time of the file."""
        return moment_of(text, self.start.expiry, calendar)

    @property
    def points(self) -> int:
        """What can be had."""
        return sum(checkpoint.points for checkpoint in self.checkpoint)


def parse_scenario(text: str, file_name: str, calendar: TradingCalendar, reminders: Collection[str] = ()) -> Scenario:
    """Read a scenario; `reminders` are the kinds a desk has, not looked at where none are given.

    Raises BadFile with the line of the first mistake, of form or of meaning.
    """
    data = load_toml(text, file_name)
    lines = FileLines(text)
    try:
        scenario = msgspec.convert(data, Scenario, strict=False)
    except (msgspec.ValidationError, ArithmeticError, ValueError) as error:
        path, rule = place_of(str(error))
        name = str(path[-1]) if path else "scenario"
        raise BadFile(name, value_at(data, path), rule, lines.line(path), file_name) from error
    for path, mistake in (*_mistakes(scenario, calendar), *_unknown_reminders(scenario, reminders)):
        raise BadFile(mistake.field, mistake.value, mistake.rule, lines.line(path), file_name)
    return scenario


def _mistakes(scenario: Scenario, calendar: TradingCalendar) -> Iterator[tuple[tuple[str | int, ...], BadInput]]:
    """What does not fit together, with its place in the file, in the order of the file's tables."""
    start = scenario.start
    if not calendar.is_trading_day(start.expiry):
        yield ("start", "expiry"), BadInput("expiry", start.expiry.isoformat(), "a trading day")
    begin, first = _moment(scenario, "start", "at", start.at, calendar)
    end, last = _moment(scenario, "start", "end", start.end, calendar)
    yield from (*first, *last)
    if begin is None or end is None:
        return
    if end <= begin:
        yield ("start", "end"), BadInput("end", start.end, f"after the start, {start.at}")
    ids = [account.id for account in scenario.account]
    for place, one in enumerate(scenario.account):
        if one.id in ids[:place]:
            yield ("account", place, "id"), BadInput("id", one.id, "an account given once")
        for name in ("shares", "locked"):
            for underlying in getattr(one, name):
                yield from _known(scenario, ("account", place, name), underlying)
    for table in ("path", "event", "checkpoint", "trainee"):
        for place, part in enumerate(getattr(scenario, table)):
            for key in ("at", "begin", "deadline"):
                if not hasattr(part, key):
                    continue
                at, wrong = _moment(scenario, (table, place), key, getattr(part, key), calendar)
                yield from wrong
                if at is not None and not begin <= at <= end:
                    yield (table, place, key), BadInput(key, getattr(part, key), f"from {start.at} to {start.end}")
            if underlying := getattr(part, "underlying", ""):
                yield from _known(scenario, (table, place, "underlying"), underlying)
            if (account := getattr(part, "account", "")) and account not in ids:
                yield (table, place, "account"), BadInput("account", account, f"one of {', '.join(ids)}")
    yield from _incomplete(scenario)


def _unknown_reminders(
    scenario: Scenario, reminders: Collection[str]
) -> Iterator[tuple[tuple[str | int, ...], BadInput]]:
    for table in ("checkpoint", "trainee") if reminders else ():
        for place, part in enumerate(getattr(scenario, table)):
            if part.reminder and part.reminder not in reminders:
                rule = f"a kind of reminder: {', '.join(sorted(reminders))}"
                yield (table, place, "reminder"), BadInput("reminder", part.reminder, rule)


def _incomplete(scenario: Scenario) -> Iterator[tuple[tuple[str | int, ...], BadInput]]:
    """Events and checkpoints that lack what their kind needs."""
    keys = {"code": "contract", "account_id": "account"}
    for place, event in enumerate(scenario.event):
        for name in sorted(NEEDS[event.kind]):
            key = keys.get(name, name)
            if not getattr(event, key):
                yield ("event", place), BadInput(key, "nothing", f"an event {event.kind.value} needs it")
    names: set[str] = set()
    for place, checkpoint in enumerate(scenario.checkpoint):
        if checkpoint.name in names:
            yield ("checkpoint", place, "name"), BadInput("name", checkpoint.name, "a name given once")
        names.add(checkpoint.name)
        for key in sorted(ARGUMENTS[checkpoint.kind]):
            if not getattr(checkpoint, key):
                rule = f"a checkpoint {checkpoint.kind.value} needs it"
                yield ("checkpoint", place), BadInput(key, "nothing", rule)


def _moment(
    scenario: Scenario, table: str | tuple[str | int, ...], key: str, text: str, calendar: TradingCalendar
) -> tuple[datetime | None, list[tuple[tuple[str | int, ...], BadInput]]]:
    path = (table,) if isinstance(table, str) else table
    try:
        return scenario.moment(text, calendar), []
    except BadInput as error:
        return None, [((*path, key), error)]


def _known(
    scenario: Scenario, path: tuple[str | int, ...], underlying: str
) -> Iterator[tuple[tuple[str | int, ...], BadInput]]:
    if underlying not in scenario.start.underlyings:
        listed = ", ".join(scenario.start.underlyings)
        yield path, BadInput(str(path[-1]), underlying, f"one of the scenario's underlyings: {listed}")
