"""Quotes by hand (手工报价) as ticket and chain ask for them: sent, pulled, toggled, a side moved by the wheel.

What a person must be told comes back as words to be asked for, in the language of the moment; None says that all went
well. Turns of the wheel are collected: what they come to is sent once, `SPIN_SECONDS` after the first of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from terminal.domain.errors import BadInput
from terminal.domain.messages import QuoteReport
from terminal.domain.orders import Side
from terminal.domain.ports import LinkState
from terminal.domain.quotes import QuoteEntry, QuoteStatus
from terminal.domain.reasons import Denial, Reason
from terminal.rules.obligations.control import may_cancel_answer
from terminal.services.gate import DESK
from terminal.services.obligations import Obligations
from terminal.services.quote_board import LiveQuote
from terminal.services.quote_drafts import QuoteDrafts
from terminal.strategies.quoter_parameters import effective
from terminal.views.obligations.words import answer_stays
from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.quoting.words import nothing_words, word
from terminal.views.refusals import refusal
from terminal.views.texts import bounded, denial_sentence, name_of, reason_sentence
from terminal.views.trading.press_guard import PressGuard

#: A spin of the wheel is one message (D)
SPIN_SECONDS = 0.2
Words = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What lies in the market of one contract, and what is on its way."""

    live: LiveQuote | None
    since: datetime | None
    owner: str
    """Who sent it; empty where an earlier run of the desk did"""
    is_under_way: bool
    in_doubt: bool
    """The line is down: the venue may have taken out what stands here"""
    refused: Reason | None
    """Why the venue refused the newest quote by hand"""
    rival: str
    """The strategy that quotes over whatever is quoted by hand; empty for none"""
    has_row: bool
    """Whether that strategy is a quoter, whose row of this contract can be switched off"""
    held_seconds: float
    """How long it must stay yet because it answers an inquiry"""


class HandQuotes:
    """One maker's quotes by hand. Served by the frame timer for the spins."""

    def __init__(self, maker: MakerDesk, drafts: QuoteDrafts, obligations: Obligations) -> None:
        self.maker = maker
        self.drafts = drafts
        self._obligations = obligations
        self._desk = maker.desk
        self._guard = PressGuard(maker.desk.monotonic)
        self._sent: dict[str, str] = {}
        """Ids of the newest quotes sent from here, by contract"""
        self._refused: dict[str, tuple[str, Reason]] = {}
        self._spin: tuple[str, Side, int] | None = None
        self._spin_from = 0.0
        self.tell: Callable[[Words | None], None] = lambda words: None
        """Told what came of a spin, and what the venue refused; whoever shows messages sets it"""
        maker.desk.bus.subscribe(QuoteReport, self._on_report)

    # ---- what is

    def forbidden(self) -> Words | None:
        """Why this account quotes nothing at all, in one line; None where it may quote."""
        if not self.maker.is_maker:
            why, known = "This account is no market maker's: there is nothing to quote", self.maker.is_known
            return lambda: nothing_words(word(why), known=known)
        if self._desk.quoting.closed_because is Reason.NOT_SUPPORTED:
            return lambda: word("This venue takes no quotes of this account")
        return None

    def standing(self, code: str) -> Standing:
        """What lies in the market of a contract now."""
        quoting, own = self._desk.quoting, self._obligations.own.live(code)
        live = quoting.live(code)
        rival = self._rival(code)
        refused = self._refused.get(code)
        hold = may_cancel_answer(
            self._obligations.answered_at(code), self._obligations.terms.inquiries, self._desk.clock.now()
        )
        return Standing(
            live=live,
            since=own.at if own is not None and live is not None and own.quote_id == live.quote_id else None,
            owner=quoting.owner(code),
            is_under_way=bool(self.drafts.newest_id(code)),
            in_doubt=self._desk.link is not LinkState.UP,
            refused=None if refused is None else refused[1],
            rival=rival,
            has_row=self._quoter_covers(code),
            held_seconds=0.0 if hold.allowed or live is None else hold.seconds_left,
        )

    def sent_id(self, code: str) -> str:
        """Id of the newest quote sent from here; empty for none."""
        return self._sent.get(code, "")

    def beyond(self, entry: QuoteEntry) -> Denial | None:
        """The refusal of a size that the exchange would not take (单笔报价数量), by the rules this desk knows."""
        rules = self._desk.rules.quotes
        for size in (entry.bid_quantity, entry.ask_quantity):
            if not rules.min_quantity <= size <= rules.max_quantity:
                allowed = f"{rules.min_quantity}-{rules.max_quantity}"
                return Denial(Reason.QUOTE_SIZE, "quantity", str(size), allowed)
        return None

    # ---- what a person does

    def send(self, entry: QuoteEntry) -> Words | None:
        """Send both sides; the same again at once is a slip of the finger."""
        if not self._guard.passes(("send", entry)):
            return None
        try:
            denial = self.beyond(entry) or self.drafts.send(entry)
        except BadInput as error:
            text = refusal(error)
            return lambda: text
        if denial is not None:
            return _said(denial)
        code = entry.contract_code
        self._refused.pop(code, None)
        self._sent[code] = self.drafts.newest_id(code)
        return None

    def quote(self, code: str) -> Words | None:
        """Quote both sides as drafted."""
        forbidden = self.forbidden()
        if forbidden is not None:
            return forbidden
        name = self._name(code)
        entry = self.drafts.draft(code)
        if entry is None:
            return lambda: word("{contract}: no price to quote around").format(contract=name)
        return self._named(code, self.send(entry)) or self._overruled(code)

    def pull(self, code: str) -> Words | None:
        """Take our quote out by choice; one that answers an inquiry stays for its time."""
        forbidden = self.forbidden()
        if forbidden is not None:
            return forbidden
        quoting, name = self._desk.quoting, self._name(code)
        number = quoting.number_of(code)
        if number is None or not self._lies(code):
            return lambda: word("{contract}: no quote of ours lies there").format(contract=name)
        if self._spin is not None and self._spin[0] == code:
            self._spin = None
        if quoting.withdraw([number]):
            return lambda: answer_stays(code, self._desk.market)
        if self._desk.link is not LinkState.UP:
            return lambda: word("{contract}: is taken out once the line is back").format(contract=name)
        rival = self._rival(code)
        if rival:
            return lambda: word("{contract}: taken out, and {strategy} quotes it again; switch its row off").format(
                contract=name, strategy=bounded(rival)
            )
        return None

    def toggle(self, code: str) -> Words | None:
        """Give our quote up where one lies or is on its way, else quote both sides as drafted."""
        if not self._guard.passes(("toggle", code)):
            return None
        return self.give_up(code) if self._lies(code) else self.quote(code)

    def give_up(self, code: str) -> Words | None:
        """Pull our quote, after a question where the contract rate breaks with it; `tell` has what came of it then."""
        said: Words | None = None
        is_asked = False

        def do() -> None:
            nonlocal said
            said = self.pull(code)
            if is_asked:
                self.tell(said)

        self.maker.give_up([code] if self._lies(code) else [], do)
        is_asked = True
        return said

    def step(self, code: str, side: Side, ticks: int) -> None:
        """Move one side of our quote in the book; sent by `flush` once the spin is over."""
        if not self.maker.is_maker or self.drafts.standing(code) is None:
            return
        before = self._spin
        if before is not None and before[:2] == (code, side):
            self._spin = code, side, before[2] + ticks
            return
        if before is not None:
            self._send_spin()
        self._spin, self._spin_from = (code, side, ticks), self._desk.monotonic()

    # ---- the frame timer's

    def isVisible(self) -> bool:
        """Always: a spin is over whatever is on screen."""
        return True

    def flush(self) -> None:
        """Send what a spin of the wheel has come to."""
        if self._spin is not None and self._desk.monotonic() - self._spin_from >= SPIN_SECONDS:
            self._send_spin()

    # ---- inside

    def _lies(self, code: str) -> bool:
        """Whether a quote of ours lies there or is on its way."""
        return self._desk.quoting.live(code) is not None or bool(self.drafts.newest_id(code))

    def _send_spin(self) -> None:
        assert self._spin is not None
        (code, side, ticks), self._spin = self._spin, None
        entry = self.drafts.standing(code)
        if entry is None or not ticks:
            return
        moved = self.drafts.moved(entry, side, ticks)
        if moved != entry:
            self.tell(self._named(code, self.send(moved)) or self._overruled(code))

    def _rival(self, code: str) -> str:
        quoter = self.maker.running_quoter(code)
        if quoter is not None and self._quoter_covers(code):
            return quoter.name
        owner = self._desk.quoting.owner(code)
        entry = self.maker.engine.entry(owner) if owner not in ("", DESK) else None
        is_quoter = quoter is not None and owner == quoter.name
        return owner if entry is not None and entry.is_active and not is_quoter else ""

    def _quoter_covers(self, code: str) -> bool:
        """Whether a quoter runs and has this contract's row on."""
        quoter, contract = self.maker.running_quoter(code), self._desk.market.contract(code)
        if quoter is None or contract is None or not quoter.quotes_expiry(contract.expiry):
            return False
        if self.maker.pauses is not None and self.maker.pauses.is_shut(code):
            return False
        terms = effective(quoter.parameters, code)
        return bool(terms.bid or terms.ask)

    def _overruled(self, code: str) -> Words | None:
        """A strategy that quotes the same contract puts its own price in the place of this one."""
        rival, name = self._rival(code), self._name(code)
        if not rival:
            return None
        return lambda: word("{contract}: {strategy} quotes it too and will replace this; switch its row off").format(
            contract=name, strategy=bounded(rival)
        )

    def _named(self, code: str, words: Words | None) -> Words | None:
        name = self._name(code)
        return None if words is None else lambda: f"{name}: {words()}"

    def _on_report(self, report: QuoteReport) -> None:
        code = report.contract_code
        if report.status is QuoteStatus.LIVE:
            self._refused.pop(code, None)
        elif report.status is QuoteStatus.REFUSED and report.quote_id == self._sent.get(code):
            reason = report.reason or Reason.MALFORMED
            self._refused[code] = report.quote_id, reason
            self.tell(self._named(code, lambda: reason_sentence(reason)))

    def _name(self, code: str) -> str:
        return name_of(code, self._desk.market)


def _said(denial: Denial) -> Words:
    return lambda: denial_sentence(denial)
