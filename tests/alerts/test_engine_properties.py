"""Whatever is found, answered and restarted: one reminder a cause, nothing acknowledged comes back but for a reason."""

from dataclasses import dataclass
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.alerts.alert import Alert, AlertKind, Finding, Level, Standing
from terminal.alerts.repetition import Repetition
from tests.alerts.test_engine import Book

SUBJECTS = ("a", "b", "c")
REST = timedelta(minutes=5)


@dataclass(frozen=True)
class Turn:
    """Time passes, something is found, somebody answers, perhaps the program starts again."""

    minutes: int
    found: dict[str, tuple[Level, int]]
    acknowledged: tuple[str, ...]
    snoozed: tuple[str, ...]
    restarts: bool


turns = st.builds(
    Turn,
    minutes=st.integers(0, 30),
    found=st.dictionaries(st.sampled_from(SUBJECTS), st.tuples(st.sampled_from(Level), st.integers(0, 3))),
    acknowledged=st.sets(st.sampled_from(SUBJECTS)).map(lambda s: tuple(sorted(s))),
    snoozed=st.sets(st.sampled_from(SUBJECTS)).map(lambda s: tuple(sorted(s))),
    restarts=st.booleans(),
)


def _finding(subject: str, level: Level, step: int) -> Finding:
    return Finding(AlertKind.LISTING, subject, level, step=step)


def _waits(book: Book, key: str) -> bool:
    alert = book.book.get(key)
    return alert is not None and alert.standing in (Standing.OPEN, Standing.SNOOZED)


@settings(max_examples=120)
@given(st.lists(turns, max_size=12), st.booleans())
def test_the_rules_of_the_engine_hold(story: list[Turn], repeats: bool) -> None:
    repetition = Repetition(every=timedelta(minutes=10) if repeats else None, rest=REST)
    book = Book({AlertKind.LISTING: repetition})
    for turn in story:
        before = {alert.finding.key: alert for alert in book.book.history()[::-1]}
        found = [_finding(s, level, step) for s, (level, step) in sorted(turn.found.items())]
        said = book.after(timedelta(minutes=turn.minutes), *found)
        _check(book, before, found, said)
        for subject in turn.acknowledged:
            if _waits(book, f"listing:{subject}"):
                book.book.acknowledge(f"listing:{subject}", "Li", book.now)
        for subject in turn.snoozed:
            if _waits(book, f"listing:{subject}"):
                book.book.snooze(f"listing:{subject}", book.now + timedelta(minutes=7), "Li", book.now)
        if turn.restarts:
            again = book.started_again()
            known, restored = book.book.alerts(), again.book.alerts()
            assert [(a.finding.key, a.standing) for a in restored] == [(a.finding.key, a.standing) for a in known]
            book = again


def _check(book: Book, before: dict[str, Alert], found: list[Finding], said: tuple[Alert, ...]) -> None:
    waiting = book.book.alerts()
    keys = [alert.finding.key for alert in waiting]
    # One that waits for each cause, and only of causes that are there
    assert len(set(keys)) == len(keys)
    here = {finding.key: finding for finding in found}
    assert set(keys) <= set(here)
    for alert in book.book.history():
        if alert.finding.key not in here:
            assert alert.standing is Standing.RESOLVED
    for alert in said:
        assert alert.standing is Standing.OPEN
        assert alert.said_at == book.now
        old = before.get(alert.finding.key)
        if old is None or old.standing is not Standing.ACKNOWLEDGED:
            continue
        # Acknowledged and said again: only because it got worse
        worse = alert.finding.level > (old.heard_level or Level.TOAST) or alert.finding.step > old.heard_step
        assert worse


@given(st.lists(st.lists(st.sampled_from(SUBJECTS), unique=True), max_size=15))
def test_the_same_findings_give_the_same_records(story: list[list[str]]) -> None:
    books = [Book(), Book()]
    for subjects in story:
        for book in books:
            book.after(timedelta(minutes=2), *(_finding(s, Level.CARD, 0) for s in subjects))
    assert books[0].records == books[1].records
