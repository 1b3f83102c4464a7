"""Numbered reports (编号回报): nothing is taken before what goes before it, and gaps are asked for."""

from collections.abc import Callable

from terminal.domain.messages import Command, NumberedReport, Resend

#: A gap is asked for again when nothing of it has come for so long
_RESEND_SECONDS = 1.0


class ReportSequence:
    """The numbered reports of one desk's account and day; `take` is given each once, in order."""

    def __init__(
        self, take: Callable[[NumberedReport], None], send: Callable[[Command], bool], monotonic: Callable[[], float]
    ) -> None:
        self._take = take
        self._send = send
        self._monotonic = monotonic
        self.last = 0
        """The number of the newest report taken"""
        self._ahead: dict[int, NumberedReport] = {}
        self._gap_asked: tuple[int, float] = (-1, 0.0)
        """The last number we had when a gap was asked for, and when"""
        self._recovering_to: int | None = None

    @property
    def is_recovering(self) -> bool:
        """Whether a recovery was told to be over whose last report is not here."""
        return self._recovering_to is not None

    def on_report(self, report: NumberedReport) -> bool:
        """Take a report beyond the last one, or keep it until what is missing has come.

        True when it was what a recovery still waited for.
        """
        if report.sequence > self.last + 1:
            self._ahead[report.sequence] = report
            self.ask_for_gap()
            return False
        self._advance(report)
        while (following := self._ahead.pop(self.last + 1, None)) is not None:
            self._advance(following)
        if self._recovering_to is None or self.last < self._recovering_to:
            return False
        self._recovering_to = None
        return True

    def on_recovered(self, last_sequence: int) -> bool:
        """The venue has told everything up to a number; whether all of it is here."""
        if last_sequence > self.last:
            # Something was lost on the way: not recovered before it is here
            self._recovering_to = last_sequence
            self.ask_for_gap()
            return False
        self._recovering_to = None
        return True

    def ask_for_gap(self) -> None:
        """Ask for what is missing, once for each gap and again only after a pause: two sides must not chase (F08)."""
        asked, when = self._gap_asked
        if asked != self.last or self._monotonic() - when >= _RESEND_SECONDS:
            self._gap_asked = self.last, self._monotonic()
            self._send(Resend(last_sequence=self.last))

    def on_line_lost(self) -> None:
        """Forget what came too early and what was asked for: the next line tells everything again."""
        self._ahead.clear()
        self._gap_asked = (-1, 0.0)
        self._recovering_to = None

    def start_day(self) -> None:
        """Begin to count anew."""
        self.last = 0
        self._ahead.clear()

    def restore(self, number: int) -> None:
        """Take a number from the journal as taken."""
        self.last = max(self.last, number)

    def _advance(self, report: NumberedReport) -> None:
        self.last = report.sequence
        self._take(report)
