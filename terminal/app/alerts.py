"""The reminders, built over a desk: bus and beat ask for evaluations, what is said goes to the screen and outside."""

import asyncio
import contextlib
import logging
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from terminal.alerts.alert import Finding, Level
from terminal.alerts.conditions import Condition, read_condition, read_conditions
from terminal.alerts.engine import AlertBook, AlertsChanged
from terminal.alerts.outside import Mail, Outside, Sender, WebHook
from terminal.alerts.readings import Readings
from terminal.alerts.thresholds import Thresholds, changed, read_thresholds, with_changes
from terminal.alerts.watch import Watch
from terminal.config import Alerts as OutsideSettings
from terminal.domain.calendar import TradingCalendar
from terminal.domain.errors import BadInput, ConfigurationError
from terminal.domain.ports import Record
from terminal.resources import resource_folder
from terminal.rules.order_warnings import WarningLimits
from terminal.services.checks import OrderChecks
from terminal.services.desk import Desk
from terminal.services.events import (
    AccountChanged,
    AlarmKind,
    AlarmRaised,
    DayChanged,
    FillBooked,
    InquiriesChanged,
    LinkChanged,
    NoticeReceived,
    OrderChanged,
    PhaseUpdated,
)
from terminal.services.gate import Gate
from terminal.services.obligations import Obligations
from terminal.services.order_warnings import OrderWarnings
from terminal.services.valuation import Figure, Valuation

logger = logging.getLogger(__name__)
#: Between two evaluations, seconds of real time: what is found is on screen within one second
EVALUATE_SECONDS = 0.25
THRESHOLDS_KEY = "alerts.thresholds"
CONDITIONS_KEY = "alerts.conditions"
PASSWORD_VARIABLE = "OPTIONDESK_MAIL_PASSWORD"
_CAUSES = (
    AccountChanged,
    DayChanged,
    FillBooked,
    InquiriesChanged,
    LinkChanged,
    NoticeReceived,
    OrderChanged,
    PhaseUpdated,
)


@dataclass(slots=True)
class Reminders:
    """Book, watch and delivery of one desk; `read` and `write` reach the user's settings."""

    desk: Desk
    book: AlertBook
    watch: Watch
    outside: Outside
    defaults: Thresholds
    read: Callable[[str], Any]
    write: Callable[[str, Any], None]
    refused: tuple[BadInput, ...] = ()
    """What of the user's settings was not taken at the start: field, value, rule"""
    _due: asyncio.Event = field(default_factory=asyncio.Event)
    _last_fault: str = ""

    # ---- settings

    @property
    def thresholds(self) -> Thresholds:
        """The figures in force."""
        return self.watch.thresholds

    def set_threshold(self, name: str, value: object) -> None:
        """Put one figure of the user's in force and keep it; None takes the default again. Raises BadInput."""
        kept = {key: old for key, old in _changes(self.read(THRESHOLDS_KEY)).items() if key != name}
        after, _ = with_changes(self.defaults, kept)
        if value is not None:
            after = changed(after, name, value)
            kept[name] = value
        self.write(THRESHOLDS_KEY, kept)
        self._use(after)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The user's own conditions."""
        return self.watch.conditions

    def set_condition(self, values: Mapping[str, object]) -> None:
        """Add a condition, or change the one of its name. Raises BadInput."""
        condition = read_condition(dict(values))
        self._keep_conditions([*(c for c in self.conditions if c.name != condition.name), condition])

    def remove_condition(self, name: str) -> None:
        """Take a condition away; its reminder is over with the next evaluation."""
        self._keep_conditions([c for c in self.conditions if c.name != name])

    def _keep_conditions(self, conditions: list[Condition]) -> None:
        plain = [c.plain() for c in conditions]
        checked, refused = read_conditions(plain)
        if refused:
            raise refused[0]
        self.write(CONDITIONS_KEY, plain)
        self.watch.conditions = checked
        self._due.set()

    def _use(self, thresholds: Thresholds) -> None:
        self.watch.thresholds = thresholds
        self.book.repetitions = thresholds.repetitions()
        self.book.group_from = thresholds.group_from
        self._due.set()

    # ---- the beat

    def evaluate(self) -> None:
        """Ask the rules now, for the venue's book and the account that are in force; nothing before there are any."""
        self._enter_scope()
        if self.desk.clock.is_set and self.desk.market.day is not None:
            self.book.evaluate(self.desk.clock.now())

    def _enter_scope(self) -> None:
        venue = self.desk.venue
        if venue is not None:
            self.book.enter(f"{venue.book_id}/{venue.account_id}")

    async def run(self) -> None:
        """Evaluate after every cause and twice a second without one, at most four times a second, until cancelled."""
        while True:
            self._due.clear()
            self._look()
            await asyncio.sleep(EVALUATE_SECONDS)
            if not self._due.is_set():
                with contextlib.suppress(TimeoutError):
                    # Not wait_for: before Python 3.12 it loses a cancel that comes together with the cause
                    async with asyncio.timeout(EVALUATE_SECONDS):
                        await self._due.wait()

    def _look(self) -> None:
        """Evaluate; a mistake of ours is told once and costs this look, never the desk."""
        try:
            self.evaluate()
        except Exception as error:
            if self._last_fault != repr(error):
                logger.exception("the reminders could not be looked at")
                figures = ("reminders", type(error).__name__)
                self.desk.bus.publish(AlarmRaised(AlarmKind.OBSERVER_STOPPED, self.desk.clock.now(), figures))
            self._last_fault = repr(error)
        else:
            self._last_fault = ""

    def mark_due(self, _event: object = None) -> None:
        """Something happened that a rule may turn on."""
        self._due.set()

    def tell(self, finding: Finding) -> None:
        """Say what a trainer says."""
        self._enter_scope()
        self.book.tell(finding, self.desk.clock.now())

    def start(self) -> None:
        """Begin to send outside, where that is set."""
        self.outside.start()

    def close(self) -> None:
        """End the thread that sends."""
        self.outside.close()


def build_reminders(
    desk: Desk,
    *,
    gate: Gate,
    checks: OrderChecks,
    valuation: Valuation,
    obligations: Obligations,
    calendar: TradingCalendar,
    records: Iterable[Record],
    read: Callable[[str], Any],
    write: Callable[[str, Any], None],
    outside: OutsideSettings,
) -> Reminders:
    """Build them with what `records` of the journal remember; nothing runs yet. Raises ConfigurationError."""
    source = resource_folder() / "alerts" / "defaults.toml"
    defaults = read_thresholds(desk.rules, source.read_text("utf-8"), source.name)
    thresholds, refused = with_changes(defaults, _changes(read(THRESHOLDS_KEY)))
    conditions, bad_conditions = read_conditions(read(CONDITIONS_KEY))
    watch = Watch(
        desk,
        terms=checks.terms,
        obligations=obligations,
        readings=Readings(desk.market, desk.portfolio, valuation),
        calendar=calendar,
        thresholds=thresholds,
        conditions=conditions,
    )
    book = AlertBook(
        bus=desk.bus,
        write=desk.orders.write,
        find=watch.find,
        repetitions=thresholds.repetitions(),
        group_from=thresholds.group_from,
    )
    watch.state_of = book.get
    watch.on_fault = lambda name, error: desk.bus.publish(
        AlarmRaised(AlarmKind.OBSERVER_STOPPED, desk.clock.now(), (name, type(error).__name__))
    )
    book.restore(records)
    reminders = Reminders(
        desk, book, watch, Outside(_senders(outside), Level[outside.outside_from.upper()]), defaults, read, write,
        (*refused, *bad_conditions),
    )  # fmt: skip
    for cause in _CAUSES:
        desk.bus.subscribe(cause, reminders.mark_due)
    desk.bus.subscribe(AlertsChanged, lambda event: reminders.outside.tell(event.said))
    _hold_orders(gate, checks, desk, valuation, reminders)
    return reminders


def _hold_orders(gate: Gate, checks: OrderChecks, desk: Desk, valuation: Valuation, reminders: Reminders) -> None:
    """Let the gate know the sheet that orders wait for, and what they are warned of."""

    def held_by() -> str:
        alert = reminders.book.holding()
        return "" if alert is None else alert.finding.kind.value

    def limits() -> WarningLimits:
        t = reminders.thresholds
        return WarningLimits(t.near_expiry_days, t.deep_out_percent, t.deep_out_delta, t.margin_warn)

    def delta(code: str) -> float:
        contract, row = desk.market.contract(code), desk.market.row_of.get(code)
        if contract is None or row is None:
            return float("nan")
        if not valuation.revision_of(contract.underlying):
            # Of an underlying nobody has looked at yet; later the desk's own round keeps it young enough to warn by
            valuation.refresh(contract.underlying)
        return float(valuation.values[Figure.DELTA, row]) / contract.multiplier

    gate.held_by = held_by
    gate.warnings = OrderWarnings(desk.market, desk.portfolio, checks.terms, limits, checks.cost, delta)


def _changes(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _senders(settings: OutsideSettings) -> list[Sender]:
    senders: list[Sender] = []
    if settings.web_hook:
        senders.append(WebHook(settings.web_hook))
    mail = settings.mail
    if mail is not None:
        password = _password_of(mail.password_file)
        senders.append(Mail(mail.host, mail.port, mail.sender, mail.recipients, mail.user, password, mail.tls))
    return senders


def _password_of(file_name: str) -> Callable[[], str]:
    """Where the password comes from when it is needed; a file that others can read is refused."""
    if not file_name:
        return lambda: os.environ.get(PASSWORD_VARIABLE, "")
    path = Path(file_name).expanduser()
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise ConfigurationError(f"alerts.mail.password_file: {error.strerror}") from error
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise ConfigurationError("alerts.mail.password_file: readable by its owner alone (chmod 600)")
    return lambda: path.read_text("utf-8").strip()
