"""The venue's door (登录): who comes in, what he hears first, and what he hears again when he asks."""

from collections.abc import Callable, Sequence

import numpy as np

from terminal.domain import wire
from terminal.domain.messages import AccountReport, ClockChanged, Hello, Notice, Refused
from terminal.domain.reasons import Reason
from terminal.venue.absences import Absences
from terminal.venue.classroom import Classroom
from terminal.venue.counter.state import Report
from terminal.venue.greeting import open_account, recovery_events, refusal_of
from terminal.venue.host_options import HostOptions
from terminal.venue.market import Market
from terminal.venue.notices import NoticeBoard
from terminal.venue.publisher import Publisher
from terminal.venue.session import Session


class Door:
    """Greets lines; `first_came` is told of everybody who comes to trade and is up to date."""

    def __init__(
        self,
        market: Market,
        options: HostOptions,
        publisher: Publisher,
        board: NoticeBoard,
        absences: Absences,
        *,
        classroom: Callable[[], Classroom | None],
        clock: Callable[[], ClockChanged],
        publish: Callable[[], None],
        first_came: Callable[[], None],
    ) -> None:
        self._market = market
        self._options = options
        self._publisher = publisher
        self._board = board
        self._absences = absences
        self._classroom = classroom
        self._clock = clock
        self._publish = publish
        self._first_came = first_came

    def greet(self, session: Session, hello: Hello) -> None:
        """Take a Hello, or say why not."""
        if session.account_id:
            session.send(Refused(reason=Reason.MALFORMED, detail="Hello was said before"))
            return
        refusal = refusal_of(hello)
        classroom = self._classroom()
        if hello.watches and classroom is None:
            refusal = Refused(reason=Reason.NOT_SUPPORTED, detail="this venue plays no scenario")
        if classroom is not None and classroom.is_cut(hello.account_id):
            session.close()
            return
        if refusal is not None:
            session.refuse(refusal)
            return
        for other in [s for s in self._publisher.sessions if s is not session and s.desk_id == hello.desk_id]:
            # The same desk again: what its dead line still holds must not be taken after this
            self._publisher.sessions.remove(other)
            other.close()
        session.desk_id, session.watches = hello.desk_id, hello.watches
        if hello.watches:
            notices = tuple(self._board.notices)
            self._publisher.when_on_disk(lambda: self._recover(session, notices, [], None))
            return
        session.account_id = hello.account_id
        self._absences.came(hello.account_id)
        if hello.account_id not in self._market.counter.account_ids():
            result = open_account(self._market.counter, hello.account_id, self._options)
            self._market.take(result, self._market.now)
            self._publish()
        known = hello.book_id == self._options.book_id and hello.last_day == self._market.trading_day
        # Taken now: when it is sent there may be reports that are not on disk yet, and those follow by themselves
        counter = self._market.counter
        reports = counter.reports_after(session.account_id, hello.last_sequence if known else 0)
        account = counter.account_report(session.account_id, self._market.now)
        notices = tuple(self._board.notices)
        self._publisher.when_on_disk(lambda: self._recover(session, notices, reports, account))

    def _recover(
        self, session: Session, notices: Sequence[Notice], reports: list[Report], account: AccountReport | None
    ) -> None:
        """Everything a desk needs to be where the venue is; sent after what is owed to it is on disk."""
        market = self._market
        classroom = self._classroom()
        of_class = classroom.greeting(session.account_id) if classroom is not None else []
        events = recovery_events(market, self._options, self._clock(), notices, reports, account, of_class)
        session.send_bytes(b"".join(wire.frame(event) for event in events))
        session.unsent = np.zeros(len(market.underlyings) + len(market.contracts), np.bool_)
        session.is_live = True
        if classroom is not None:
            classroom.on_line(session, connected=True)
        if not session.watches:
            self._first_came()

    def resend(self, session: Session, last_sequence: int) -> None:
        """The reports after a number once more, and the account."""
        reports = self._market.counter.reports_after(session.account_id, last_sequence)
        account = self._market.counter.account_report(session.account_id, self._market.now)
        data = b"".join(wire.frame(event) for event in (*reports, account))
        self._publisher.tell_when_on_disk(lambda: session.send_bytes(data))
