"""What becomes of a reminder: raised once, repeated as set, answered, worse, over, and known again after a start."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest

from terminal.alerts.alert import Alert, AlertKind, Finding, Level, Standing
from terminal.alerts.engine import AlertBook, AlertsChanged
from terminal.alerts.memory import decode_alerts
from terminal.alerts.repetition import Repetition
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput, JournalError
from terminal.domain.ports import RecordKind
from terminal.services.bus import Bus

START = datetime(2016, 11, 23, 9, 30, tzinfo=SHANGHAI)
MINUTE = timedelta(minutes=1)


@dataclass
class Kept:
    """A record as the journal gives it back."""

    number: int
    at: datetime
    kind: RecordKind
    body: bytes


@dataclass
class Book:
    """A book of reminders whose findings are laid down by hand."""

    repetitions: dict[AlertKind, Repetition] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)
    records: list[Kept] = field(default_factory=list)
    events: list[AlertsChanged] = field(default_factory=list)
    now: datetime = START

    def __post_init__(self) -> None:
        bus = Bus()
        bus.subscribe(AlertsChanged, self.events.append)
        self.book = AlertBook(bus=bus, write=self._keep, find=lambda _: self.found, repetitions=self.repetitions)
        self.book.enter("venue/account")

    def _keep(self, kind: RecordKind, at: datetime, body: bytes) -> None:
        self.records.append(Kept(len(self.records) + 1, at, kind, body))

    def after(self, passed: timedelta, *found: Finding) -> tuple[Alert, ...]:
        """Let time pass and find these; gives what was said."""
        self.now += passed
        self.found = list(found)
        self.events.clear()
        self.book.evaluate(self.now)
        return tuple(alert for event in self.events for alert in event.said)

    def started_again(self) -> "Book":
        """Another run that reads the same journal."""
        other = Book(self.repetitions, now=self.now)
        other.book.restore(self.records)
        other.records = self.records
        return other


def finding(level: Level = Level.CARD, subject: str = "10000615", **fields: object) -> Finding:
    """A contract that expires soon."""
    plain = Finding(AlertKind.NEAR_EXPIRY, subject, level)
    return replace(plain, **fields)  # type: ignore[arg-type] # the tests' own fields


def only(alerts: Iterable[Alert]) -> Alert:
    """The one there is."""
    (alert,) = alerts
    return alert


def test_a_cause_is_said_once_however_often_it_is_found() -> None:
    book = Book()
    said = only(book.after(MINUTE, finding()))
    assert (said.standing, said.raised_at, said.times_said) == (Standing.OPEN, book.now, 1)
    assert book.after(MINUTE, finding()) == ()
    assert not book.events
    assert len(book.records) == 1


def test_figures_that_move_are_shown_and_not_written_down() -> None:
    book = Book()
    book.after(MINUTE, finding(money=Decimal(100)))
    assert book.after(MINUTE, finding(money=Decimal(101))) == ()
    assert book.events == [AlertsChanged()]
    assert only(book.book.alerts()).finding.money == Decimal(101)
    assert len(book.records) == 1


def test_acknowledged_it_stays_away_and_tells_who_and_when() -> None:
    book = Book()
    book.after(MINUTE, finding())
    book.book.acknowledge(finding().key, "Li", book.now)
    assert book.book.alerts() == ()
    assert book.after(timedelta(hours=3), finding()) == ()
    known = only(book.book.history())
    assert (known.standing, known.acknowledged_by) == (Standing.ACKNOWLEDGED, "Li")
    assert known.acknowledged_at == START + MINUTE
    with pytest.raises(BadInput, match="open or snoozed"):
        book.book.acknowledge(finding().key, "Li", book.now)


def test_snoozed_it_comes_back_at_its_time() -> None:
    book = Book()
    book.after(MINUTE, finding())
    book.book.snooze(finding().key, book.now + 10 * MINUTE, "Li", book.now)
    assert only(book.book.alerts()).standing is Standing.SNOOZED
    assert book.after(9 * MINUTE, finding()) == ()
    assert only(book.after(MINUTE, finding())).times_said == 2
    with pytest.raises(BadInput, match="which is now"):
        book.book.snooze(finding().key, book.now, "Li", book.now)


@pytest.mark.parametrize("answer", ["acknowledge", "snooze"])
def test_what_gets_worse_comes_back_whatever_was_answered(answer: str) -> None:
    book = Book()
    book.after(MINUTE, finding(Level.TOAST))
    if answer == "acknowledge":
        book.book.acknowledge(finding().key, "Li", book.now)
    else:
        book.book.snooze(finding().key, book.now + timedelta(hours=1), "Li", book.now)
    worse = only(book.after(MINUTE, finding(Level.SHEET)))
    assert (worse.finding.level, worse.acknowledged_by, worse.snoozed_until) == (Level.SHEET, "", None)
    # Milder and back to where it was heard already: nothing is said again
    assert book.after(MINUTE, finding(Level.CARD)) == ()
    assert book.after(MINUTE, finding(Level.SHEET)) == ()


def test_the_next_step_of_a_matter_is_said_though_acknowledged() -> None:
    book = Book()
    book.after(MINUTE, finding(step=1))
    book.book.acknowledge(finding().key, "Li", book.now)
    assert only(book.after(MINUTE, finding(step=2))).times_said == 2
    book.book.acknowledge(finding().key, "Li", book.now)
    # A clock that was set back says nothing twice, in this run and in the next
    assert book.after(MINUTE, finding(step=1)) == ()
    assert book.after(MINUTE, finding(step=2)) == ()
    assert book.started_again().after(MINUTE, finding(step=2)) == ()


def test_a_cause_that_is_gone_resolves_by_itself_and_is_new_after_its_rest() -> None:
    book = Book()
    book.after(MINUTE, finding())
    assert book.after(MINUTE) == ()
    assert book.book.alerts() == ()
    over = only(book.book.history())
    assert (over.standing, over.resolved_at) == (Standing.RESOLVED, book.now)
    again = only(book.after(timedelta(minutes=5), finding()))
    assert again.raised_at == book.now
    assert [alert.standing for alert in book.book.history()] == [Standing.OPEN, Standing.RESOLVED]


def test_a_cause_that_flickers_goes_on_where_it_stood() -> None:
    book = Book()
    book.after(MINUTE, finding())
    book.book.acknowledge(finding().key, "Li", book.now)
    book.after(MINUTE)
    assert book.after(MINUTE, finding()) == ()
    assert only(book.book.history()).standing is Standing.ACKNOWLEDGED


def test_an_open_one_repeats_after_its_interval_an_acknowledged_one_does_not() -> None:
    book = Book({AlertKind.NEAR_EXPIRY: Repetition(every=10 * MINUTE)})
    book.after(MINUTE, finding())
    assert book.after(9 * MINUTE, finding()) == ()
    assert only(book.after(MINUTE, finding())).times_said == 2
    book.book.acknowledge(finding().key, "Li", book.now)
    assert book.after(20 * MINUTE, finding()) == ()


def test_at_its_times_it_is_said_again_though_acknowledged() -> None:
    book = Book({AlertKind.NEAR_EXPIRY: Repetition(at=(time(10), time(14, 30)))})
    book.after(MINUTE, finding())
    book.book.acknowledge(finding().key, "Li", book.now)
    assert book.after(28 * MINUTE, finding()) == ()
    assert only(book.after(MINUTE, finding())).standing is Standing.OPEN
    book.book.acknowledge(finding().key, "Li", book.now)
    assert book.after(MINUTE, finding()) == ()
    assert only(book.after(timedelta(hours=5), finding())).times_said == 3
    # And on the next day
    assert only(book.after(timedelta(hours=19, minutes=1), finding())).times_said == 4


def test_a_toast_goes_by_itself_and_nobody_acknowledged_it() -> None:
    book = Book()
    book.after(MINUTE, finding(Level.TOAST), finding(Level.CARD, "10000616"))
    for alert in book.book.alerts():
        book.book.dismiss(alert.finding.key, book.now)
    assert only(book.book.alerts()).finding.level is Level.CARD
    assert book.book.get("near_expiry:10000615").acknowledged_by == ""  # type: ignore[union-attr] # it is there
    book.book.dismiss("near_expiry:nothing", book.now)


def test_a_sheet_holds_orders_until_it_is_answered() -> None:
    book = Book()
    book.after(MINUTE, finding(Level.SHEET))
    held = book.book.holding()
    assert held is not None
    book.book.acknowledge(held.finding.key, "Li", book.now)
    assert book.book.holding() is None


def test_a_sheet_holds_orders_of_its_own_account_alone() -> None:
    book = Book()
    book.after(MINUTE, finding(Level.SHEET))
    book.book.enter("venue/other account")
    assert book.book.holding() is None
    # Over a restart as well
    again = book.started_again()
    again.book.enter("venue/other account")
    assert again.book.holding() is None
    again.book.enter("venue/account")
    held = again.book.holding()
    assert held is not None
    assert held.finding.level is Level.SHEET


def test_a_start_knows_what_was_said_and_answered() -> None:
    book = Book()
    book.after(MINUTE, finding(money=Decimal("12.50"), deadline=START), finding(subject="10000616"))
    book.book.acknowledge("near_expiry:10000616", "Li", book.now)
    book.after(timedelta(days=1), finding(money=Decimal("12.50"), deadline=START), finding(subject="10000616"))
    other = book.started_again()
    assert other.book.history() == book.book.history()
    assert other.after(MINUTE, finding(), finding(subject="10000616")) == ()
    # What went while nobody looked is over at the first look
    other.after(MINUTE)
    assert other.book.alerts() == ()


def test_another_venues_reminders_silence_nothing() -> None:
    book = Book()
    book.after(MINUTE, finding())
    book.book.acknowledge(finding().key, "Li", book.now)
    book.book.enter("other/account")
    assert book.book.history() == ()
    assert only(book.after(MINUTE, finding())).times_said == 1
    book.book.enter("venue/account")
    assert only(book.book.history()).standing is Standing.ACKNOWLEDGED


def test_what_a_trainer_says_lasts_until_answered_or_withdrawn() -> None:
    book = Book()
    said = Finding(AlertKind.INSTRUCTOR, "1", Level.CARD, figures={"text": "Look at the smile"})
    book.book.tell(said, book.now)
    book.after(MINUTE)
    assert only(book.book.alerts()).finding == said
    other = book.started_again()
    other.after(MINUTE)
    assert only(other.book.alerts()).finding == said
    book.book.withdraw(said.key, book.now)
    assert book.book.alerts() == ()
    other.book.acknowledge(said.key, "Li", other.now)
    other.after(MINUTE)
    assert other.book.alerts() == ()
    with pytest.raises(BadInput, match="found by rules"):
        book.book.tell(finding(), book.now)


@pytest.mark.fault("F81")
def test_seven_hundred_at_once_are_one_group_the_worst_first() -> None:
    book = Book()
    many = [finding(subject=f"{10000000 + n}", money=Decimal(n)) for n in range(700)]
    sheet = Finding(AlertKind.MARGIN, "", Level.SHEET)
    assert len(book.after(MINUTE, *many, sheet)) == 701
    assert len(book.records) == 1
    first, group = book.book.groups()
    assert (first.kind, first.holds_orders, first.key) == (AlertKind.MARGIN, True, "margin:")
    assert (group.count, group.key, group.money) == (700, "near_expiry", Decimal(sum(range(700))))
    assert group.alerts[0].finding.money == 699
    assert not group.holds_orders
    book.book.snooze_all(group.keys, book.now + MINUTE, "Li", book.now)
    book.book.acknowledge_all(group.keys, "Li", book.now)
    assert len(book.records) == 3
    assert [g.kind for g in book.book.groups()] == [AlertKind.MARGIN]


def test_the_worst_comes_first_by_level_then_deadline_then_money() -> None:
    book = Book()
    soft = finding(Level.TOAST, "soft", deadline=START, money=Decimal(9))
    late, soon = (finding(subject=name, deadline=START + n * MINUTE) for n, name in ((9, "late"), (5, "soon")))
    dear, cheap = (finding(subject=name, money=Decimal(n)) for n, name in ((-8, "dear"), (7, "cheap")))
    said = book.after(MINUTE, soft, cheap, late, dear, soon)
    assert [alert.finding.subject for alert in said] == ["soon", "late", "dear", "cheap", "soft"]
    assert [alert.finding.subject for alert in book.book.groups()[0].alerts] == [a.finding.subject for a in said]


def test_what_is_long_over_is_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("terminal.alerts.engine.HISTORY_LIMIT", 5)
    book = Book()
    for number in range(30):
        book.after(MINUTE, finding(subject=str(number)))
    known = book.book.history()
    assert 5 <= len(known) <= 11
    assert known[0].finding.subject == "29"
    assert len(book.started_again().book.history()) <= 11


def test_no_other_record_is_taken_for_a_reminder() -> None:
    with pytest.raises(JournalError, match="nothing that was reminded of"):
        decode_alerts(b"\x81")
