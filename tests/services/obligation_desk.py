"""A market maker's desk at a real venue, with the obligations measured; and one on a bus alone, fed by hand."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from terminal.domain import wire
from terminal.domain.account_rights import AccountKind
from terminal.domain.calendar import SHANGHAI
from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import (
    DayOpened,
    InquiryOpened,
    MarketDataBatch,
    OrderReport,
    QuoteReport,
    SubmitQuotes,
)
from terminal.domain.orders import ExecType, Instruction, OrderType
from terminal.domain.phases import Phase
from terminal.domain.ports import LinkState, RecordKind
from terminal.domain.quotes import QuoteEntry, QuoteStatus
from terminal.domain.reasons import Reason
from terminal.resources import resource_folder
from terminal.rules.obligations.terms import Terms, parse_terms
from terminal.rules.profile import Sessions
from terminal.services.bus import Bus
from terminal.services.desk_parts import build_obligations
from terminal.services.events import LinkChanged
from terminal.services.inquiries import Inquiries
from terminal.services.market_data import MarketData
from terminal.services.obligations import Obligations
from terminal.services.own_quotes import OwnQuotes
from tests.harness import CALL, CONTRACTS, DAY, UNDERLYINGS, DeskRig, World, play
from tests.venue.counter.market import profile

MAKER = "MM1"


def terms_of(name: str) -> Terms:
    """Shipped terms."""
    text = (resource_folder() / "rules" / "obligations" / f"{name}.toml").read_text("utf-8")
    return parse_terms(text, name)


def sessions() -> Sessions:
    """The live market's hours."""
    return profile().sessions


def at(clock: str, day: date = DAY) -> datetime:
    """A moment of the day."""
    return datetime.fromisoformat(f"{day.isoformat()} {clock}").replace(tzinfo=SHANGHAI)


@dataclass
class MakerRig:
    """A desk with the three services on top."""

    rig: DeskRig
    own: OwnQuotes
    inquiries: Inquiries
    obligations: Obligations
    _number: int = 0

    def quote(self, bid: str, ask: str, size: int = 10, code: str = CALL, inquiry: int = 0) -> str:
        """Send one two-sided quote; gives its id."""
        self._number += 1
        quote_id = f"q{self._number}-{self.rig.desk.clock.now():%H%M%S}"
        entry = QuoteEntry(
            contract_code=code,
            bid_price=Decimal(bid),
            bid_quantity=size,
            ask_price=Decimal(ask),
            ask_quantity=size,
        )
        command = SubmitQuotes(quote_id=quote_id, entries=(entry,), inquiry=inquiry)
        assert self.rig.gateway.send(command)
        self.own.note_entering(command, self.rig.desk.clock.now())
        return quote_id

    def seconds(self, code: str = CALL) -> tuple[float, float]:
        """Compliant seconds, and those missed since 13:00: the morning had none."""
        figures = self.obligations.figures()
        assert figures is not None
        place = figures.place(code)
        assert place is not None
        return round(float(figures.compliant[place]), 3), round(float(figures.missed[place]) - 7200, 3)


async def open_maker(world: World, account: str = MAKER) -> MakerRig:
    """Open a maker's desk on its journal."""
    world.options = replace(world.options, accounts=world.settings.accounts)
    world.venue._options = world.options
    rig = world.build_desk("D1", account, Decimal(2_000_000))
    world.rigs["D1"] = rig
    desk = rig.desk
    obligations = build_obligations(desk, terms_of("sse_generic"), world.rules.sessions)
    obligations.restore(rig.journal.read())
    await desk.start()
    await world.settle()
    return MakerRig(rig, obligations.own, obligations.inquiries, obligations)


def maker_story(folder: Path, story: Callable[[World, MakerRig], Awaitable[None]], account: str = MAKER) -> None:
    """Tell a story of a maker in a market that moves in real time."""

    async def told(world: World) -> None:
        await story(world, await open_maker(world, account))

    play(folder, told, speed=1.0)


@dataclass(frozen=True)
class Kept:
    """A record of a journal in memory."""

    number: int
    at: datetime
    kind: RecordKind
    body: bytes


@dataclass
class Ledger:
    """A journal in memory and the reports of a venue that numbers them."""

    records: list[Kept] = field(default_factory=list)
    sequence: int = 0

    def write(self, kind: RecordKind, at: datetime, body: bytes) -> None:
        """Keep one record."""
        self.records.append(Kept(len(self.records) + 1, at, kind, body))

    def quoted(
        self,
        clock: str | datetime,
        bid: str = "0.4600",
        ask: str = "0.4700",
        size: int = 10,
        *,
        quote_id: str = "",
        status: QuoteStatus = QuoteStatus.LIVE,
        reason: Reason | None = None,
        code: str = CALL,
        day: date = DAY,
    ) -> QuoteReport:
        """The venue's next word on a quote, written down as the desk does."""
        self.sequence += 1
        report = QuoteReport(
            sequence=self.sequence,
            quote_id=quote_id or f"q{self.sequence}",
            contract_code=code,
            status=status,
            bid_order=f"{quote_id or f'q{self.sequence}'}-{code}-B",
            ask_order=f"{quote_id or f'q{self.sequence}'}-{code}-S",
            bid_price=Decimal(bid),
            bid_quantity=size,
            ask_price=Decimal(ask),
            ask_quantity=size,
            reason=reason,
            at=at(clock, day) if isinstance(clock, str) else clock,
            trading_day=day,
        )
        self.write(RecordKind.EVENT, report.at, wire.encode(report))
        return report


START = at("09:30:00")


class Hand:
    """Obligations on a bus, moved by hand."""

    def __init__(self, ledger: Ledger, terms: str = "sse_generic") -> None:
        self.ledger = ledger
        self.bus = Bus()
        self.now = START
        self.market = MarketData(self.bus, lambda: 0.0)
        self.own = OwnQuotes(self.bus)
        chosen = terms_of(terms)
        self.inquiries = Inquiries(self.bus, chosen.inquiries)
        self.kind = AccountKind.MARKET_MAKER_PRIMARY
        self.obligations = Obligations(
            bus=self.bus,
            market=self.market,
            own=self.own,
            inquiries=self.inquiries,
            terms=chosen,
            sessions=sessions(),
            kind=lambda: self.kind,
            now=lambda: self.now,
            write=ledger.write,
        )

    def open(self, day: date = DAY) -> "Hand":
        """The line is up, and the day's list is here."""
        self.bus.publish(LinkChanged(LinkState.UP, ""))
        self.market.open_day(DayOpened(trading_day=day, underlyings=UNDERLYINGS, contracts=CONTRACTS))
        return self

    def phase(self, phase: Phase, moment: datetime, code: str = CALL) -> None:
        """A row of the market tells a contract's phase."""
        rows = self.market.quotes[[self.market.row_of[code]]].copy()
        rows[0, Column.PHASE] = ord(phase.value)
        rows[0, Column.TIME_US] = int(moment.timestamp()) * 1_000_000
        self.market.apply(MarketDataBatch(at=moment, rows=pack_rows(rows)))

    def picture(self) -> object:
        """Everything that is counted."""
        result = self.obligations.result()
        assert result is not None
        return result.figures.totals_us.tolist(), result.inquiries, result.stretches


NEXT_DAY = DAY + timedelta(days=1)


def two_days() -> Ledger:
    """A call quoted from 09:30 to noon of a first day but for half an hour, and from 09:30 to 10:30 of the next."""
    ledger = Ledger()
    gone, user = QuoteStatus.CANCELLED, Reason.CANCELLED_BY_USER
    Hand(ledger).open()
    ledger.quoted("09:30:00", quote_id="a")
    ledger.quoted("10:00:00", quote_id="a", status=gone, reason=user)
    ledger.quoted("10:30:00", quote_id="b")
    ledger.sequence = 0
    tomorrow = Hand(ledger)
    tomorrow.now = at("09:30:00", NEXT_DAY)
    tomorrow.open(NEXT_DAY)
    ledger.quoted("09:30:00", quote_id="c", day=NEXT_DAY)
    ledger.quoted("10:30:00", quote_id="c", status=gone, reason=user, day=NEXT_DAY)
    return ledger


def traded(ledger: Ledger, order: str, left: int, of: int, clock: timedelta, side: Instruction) -> OrderReport:
    """An execution of one contract, written down."""
    ledger.sequence += 1
    report = OrderReport(
        sequence=ledger.sequence,
        report_id=f"R{ledger.sequence}",
        account_id="MM1",
        client_order_id=order,
        exchange_order_id="1",
        exec_type=ExecType.TRADE,
        contract_code=CALL,
        instruction=side,
        order_type=OrderType.LIMIT,
        quantity=of,
        price=Decimal("0.4600"),
        filled_quantity=of - left,
        last_price=Decimal("0.4600"),
        last_quantity=1,
        at=START + clock,
        trading_day=DAY,
    )
    ledger.write(RecordKind.EVENT, report.at, wire.encode(report))
    return report


MOVES = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "quote",
                "quote",
                "wide",
                "cancel",
                "trade",
                "exempt",
                "hand",
                "lift",
                "inquiry",
                "pull",
                "ask",
                "pause",
                "end",
            ]
        ),
        st.integers(0, 40_000_000),
    ),
    max_size=30,
)


def played(moves: list[tuple[str, int]]) -> tuple[Hand, datetime]:
    """A day of a maker's as the moves tell it, and its last moment."""
    ledger = Ledger()
    hand = Hand(ledger).open()
    passed, quote_id, failing = timedelta(0), "", False
    for move, microseconds in moves:
        passed += timedelta(microseconds=microseconds)
        hand.now = START + passed
        match move:
            case "quote" | "wide":
                if quote_id:
                    hand.bus.publish(ledger.quoted(hand.now, quote_id=quote_id, status=QuoteStatus.REPLACED))
                quote_id = f"q{ledger.sequence}"
                ask = "0.4700" if move == "quote" else "0.5900"
                hand.bus.publish(ledger.quoted(hand.now, ask=ask, quote_id=quote_id))
            case "cancel" if quote_id:
                status, reason = QuoteStatus.CANCELLED, Reason.CANCELLED_BY_USER
                hand.bus.publish(ledger.quoted(hand.now, quote_id=quote_id, status=status, reason=reason))
                quote_id = ""
            case "trade" if quote_id:
                order = f"{quote_id}-{CALL}-B"
                hand.bus.publish(traded(ledger, order, 4, 10, passed, Instruction.BUY_OPEN))
            case "exempt":
                failing = not failing
                hand.obligations.set_venue_failure(failing)
            case "hand":
                until = hand.now + timedelta(microseconds=microseconds + 1)
                hand.obligations.exempt_by_hand([CALL], until, "wang", "agreed by telephone")
            case "lift":
                for exemption in hand.obligations.by_hand.holding(hand.now):
                    hand.obligations.lift_by_hand(exemption.number, "li")
            case "inquiry":
                hand.bus.publish(InquiryOpened(inquiry=ledger.sequence, contract_code=CALL, at=hand.now))
            case "pull":
                hand.obligations.note_pull([CALL])
            case "pause":
                hand.obligations.pause(CALL, hand.now + timedelta(microseconds=microseconds + 1), "wang")
            case "end":
                hand.obligations.end_pause(CALL, "li")
            case "ask":
                hand.now += timedelta(seconds=3)
                hand.obligations.figures()
    return hand, START + passed
