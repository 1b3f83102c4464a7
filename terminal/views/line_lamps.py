"""The line to the venue in the top bar: how long the feed and an acknowledgement take, and whether it is up."""

from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from terminal.domain.ports import LinkState
from terminal.services.desk import Desk
from terminal.services.events import LatencyMeasured
from terminal.views.formatting import milliseconds
from terminal.views.still_text import put_still, put_tip
from terminal.views.style_sheet import set_role
from terminal.views.texts import plain_tip, words

#: Latencies above these are amber and red, milliseconds
_SLOW_MS, _BAD_MS = 50.0, 250.0
_GAP, _DOT_GAP = 8, 4
_ROLES = {
    LinkState.UP: "ok",
    LinkState.RECOVERING: "warn",
    LinkState.CONNECTING: "warn",
    LinkState.DOWN: "critical",
}


@dataclass(slots=True)
class _Latency:
    feed: float | None = None
    acknowledgement: float | None = None


class LineLamps(QWidget):
    """A line that is up may be told by its lamp alone; any other state is always said in words."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._latency = _Latency()
        self._with_words = self._with_figures = True
        self.link, self.feed, self.acknowledgement = QLabel(), QLabel(), QLabel()
        self._feed_dot, self._acknowledgement_dot, self._link_dot = QLabel("●"), QLabel("●"), QLabel("●")
        for dot in (self._feed_dot, self._acknowledgement_dot, self._link_dot):
            dot.setProperty("dot", True)
        dots = QGridLayout()
        dots.setContentsMargins(0, 3, 0, 3)
        dots.setHorizontalSpacing(_DOT_GAP)
        dots.setVerticalSpacing(0)
        for line, (dot, label) in enumerate(
            ((self._feed_dot, self.feed), (self._acknowledgement_dot, self.acknowledgement))
        ):
            set_role(label, "small-figure")
            dots.addWidget(dot, line, 0)
            dots.addWidget(label, line, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addLayout(dots)
        row.addWidget(self._link_dot)
        row.addWidget(self.link)
        self._leave = desk.bus.subscribe(LatencyMeasured, self._on_latency)
        self.retranslate()

    @property
    def words_width(self) -> int:
        """What the lamp alone would save, pixels."""
        return self.link.sizeHint().width() + _GAP if self._desk.link is LinkState.UP else 0

    @property
    def figures_width(self) -> int:
        """What the two lamps without their figures would save."""
        return max(label.sizeHint().width() for label in (self.feed, self.acknowledgement)) + _DOT_GAP

    def show_parts(self, *, with_words: bool, with_figures: bool) -> None:
        """Say more or less."""
        self._with_words, self._with_figures = with_words, with_figures
        for label in (self.feed, self.acknowledgement):
            label.setVisible(with_figures)
        self._show_words()

    def flush(self) -> None:
        """Show how the line does now."""
        state = self._desk.link
        if state is not LinkState.UP:
            self._latency = _Latency()
        for dot, label, title, value in (
            (self._feed_dot, self.feed, self.tr("Feed"), self._latency.feed),
            (self._acknowledgement_dot, self.acknowledgement, self.tr("Acks"), self._latency.acknowledgement),
        ):
            text = f"{title} {milliseconds(value)}"
            put_still(label, text)
            slow = "dim" if value is None else "ok" if value < _SLOW_MS else "warn" if value < _BAD_MS else "critical"
            set_role(dot, slow)
            put_tip(dot, self._tip if self._with_figures else f"{text}\n{self._tip}")
        put_still(self.link, words(state))
        put_tip(self._link_dot, words(state))
        set_role(self._link_dot, _ROLES[state])
        set_role(self.link, "second" if state is LinkState.UP else _ROLES[state])
        venue = self._desk.venue
        put_tip(self.link, plain_tip(venue.venue) if venue is not None else "")
        self._show_words()

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self._tip = self.tr("Feed: a heartbeat to the venue and back. Acks: an order sent until its first answer.")
        for label in (self._feed_dot, self._acknowledgement_dot, self.feed, self.acknowledgement):
            label.setToolTip(self._tip)

    def _show_words(self) -> None:
        self.link.setVisible(self._with_words or self._desk.link is not LinkState.UP)

    def _on_latency(self, event: LatencyMeasured) -> None:
        if event.feed_ms is not None:
            self._latency.feed = event.feed_ms
        if event.acknowledgement_ms is not None:
            self._latency.acknowledgement = event.acknowledgement_ms
