"""Builds the venue: the day's contracts, exchange, counter, crowd, journal, and the host that serves them.

A data folder holds one book. Started again on it, the venue takes the day up where it stopped: the entries are
applied, resting orders of desks go back into the books, and the crowd quotes around them. After a day that has closed,
the next trading day begins with the same accounts.
"""

import argparse
import asyncio
import gc
import logging
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec

from terminal import heap
from terminal.config import data_folder, load_settings
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput, JournalError
from terminal.domain.messages import EventInjected, Notice
from terminal.domain.ports import RecordKind
from terminal.gateways.embedded import clear_address, write_address
from terminal.rule_files import read_profile
from terminal.scenarios import scenario_text
from terminal.storage.journal import SqliteJournal
from terminal.turns import take_short_turns
from terminal.venue.account_templates import first_opening
from terminal.venue.book import (
    BookHeader,
    decode_header,
    decode_injected,
    decode_picture,
    open_market,
    picture_of,
    resume_market,
    with_injected,
)
from terminal.venue.class_events import open_class
from terminal.venue.classroom import ClassDay
from terminal.venue.counter.entries import JournalEntry, decode_entry, encode_entry
from terminal.venue.counter.settlement.context import SettlementStopped
from terminal.venue.days import day_end_of
from terminal.venue.host import VenueHost
from terminal.venue.host_options import HostOptions, capabilities_of
from terminal.venue.jump import Jump
from terminal.venue.market import Market
from terminal.venue.next_list import next_header
from terminal.venue.notices import decode_notice
from terminal.venue.pacer import Pacer
from terminal.venue_history import JournalHistory
from terminal.venue_source import VenueFiles, VenueRequest, first_header, read_files, scenario_files, venue_request

logger = logging.getLogger(__name__)
#: What a saved market must be, and what to do where it is not
_OF_THIS_VERSION = "saved by this version; to begin a new market move the data folder away or name another (--data-dir)"
JOURNAL_FILE = "venue.sqlite"
#: Allocations between two looks of the collector, and how often each one is a deeper one: the books' orders are many,
#: live on, and are freed by their counts; the cycles it is there for are few
COLLECT_AFTER = (50_000, 20, 50)
_LOCK_TRIES = 12
_LOCK_PAUSE_SECONDS = 0.25


@dataclass(slots=True)
class OpenBook:
    """A market, the header it was built from, and what was posted on its board before."""

    header: BookHeader
    market: Market
    files: VenueFiles
    """With the rules it is played by and, in a class, the scenario's market"""
    posted: Sequence[Notice] = ()
    injected: Sequence[EventInjected] = ()
    """Events of a class, today"""


@dataclass(slots=True)
class ServeTerms:
    """Where the venue listens and how it treats desks; a day later it waits for them at the same port."""

    port: int = 0
    wait_for_desk: bool = False
    linger_seconds: float | None = None
    grace_seconds: float = 2.0


def serve(options: argparse.Namespace) -> int:
    """Host the market until stopped; gives the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    heap.keep_threshold()
    take_short_turns()
    folder = data_folder(options.data_dir) if options.data_dir else data_folder(None) / "venue"
    folder.mkdir(parents=True, exist_ok=True)
    request = venue_request(options, load_settings())
    try:
        return asyncio.run(_serve(options, folder, request))
    except (JournalError, SettlementStopped) as error:
        print(f"optiondesk serve: {error}", file=sys.stderr)
        return 3


async def _serve(options: argparse.Namespace, folder: Path, request: VenueRequest) -> int:
    files = read_files(request, options.calendar)
    journal = await _open_journal(folder / JOURNAL_FILE)
    terms = ServeTerms(options.port, options.wait_for_desk, options.linger, options.grace)

    def listens(host: VenueHost, book: OpenBook, port: int) -> None:
        write_address(folder, port)
        print(f"venue listens on 127.0.0.1:{port}, {book.header.day.trading_day}, {book.header.day.source}", flush=True)
        _stop_on_signals(host)

    try:
        await serve_book(request, files, journal, terms, listens, lambda: clear_address(folder))
    finally:
        await journal.close()
    return 0


async def serve_book(
    request: VenueRequest,
    files: VenueFiles,
    journal: SqliteJournal,
    terms: ServeTerms,
    listens: Callable[[VenueHost, OpenBook, int], None],
    ends: Callable[[], None] = lambda: None,
) -> None:
    """Host one trading day after the other until nobody asks for the next; `listens` is told where, every day."""
    goes_on, jump = True, None
    while goes_on:
        goes_on, jump = await _serve_day(request, files, journal, terms, jump, listens, ends)
        # Desks come back by themselves, to the same port, and find the next trading day
        terms.wait_for_desk = True


async def _open_journal(path: Path) -> SqliteJournal:
    """Open the book's journal; a venue that is just closing gets the time to let it go."""
    for _ in range(_LOCK_TRIES - 1):
        try:
            return SqliteJournal(path)
        except JournalError:
            await asyncio.sleep(_LOCK_PAUSE_SECONDS)
    return SqliteJournal(path)


async def _serve_day(
    request: VenueRequest,
    files: VenueFiles,
    journal: SqliteJournal,
    terms: ServeTerms,
    jump: Jump | None,
    listens: Callable[[VenueHost, OpenBook, int], None],
    ends: Callable[[], None],
) -> tuple[bool, Jump | None]:
    """Host one trading day; whether the next one was asked for, and the jump that leads on into it."""
    book = await open_book(journal, request, files)
    # What stands now lives all day: the collector need not walk it again and again
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    host = build_host(book, journal, request, terms, jump)
    terms.port = await host.start(terms.port)
    listens(host, book, terms.port)
    try:
        await host.run()
    finally:
        ends()
        await host.close()
        gc.unfreeze()
    with suppress(JournalError):
        await journal.replace_state("market", book.market.now, picture_of(book.market, len(host.injected())))
    return host.wants_next_day, next_jump(host)


def _stop_on_signals(host: VenueHost) -> None:
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGINT"):
        with suppress(NotImplementedError):  # Windows: the console's Ctrl-C arrives as KeyboardInterrupt
            loop.add_signal_handler(getattr(signal, name), host.stop)


def next_jump(host: VenueHost) -> Jump | None:
    """The jump as it goes on in the next day."""
    jump = host.classroom.jump if host.classroom is not None else None
    return Jump(jump.goal, expected=jump.expected, number=jump.number) if jump is not None else None


def build_host(
    book: OpenBook,
    journal: SqliteJournal,
    request: VenueRequest,
    terms: ServeTerms,
    jump: Jump | None = None,
) -> VenueHost:
    """The host of an open book."""
    files = book.files
    account = files.settings.account
    plan = book.header.plan
    host: VenueHost
    host = VenueHost(
        book.market,
        Pacer(book.market.now, request.speed, time.monotonic()),
        journal,
        HostOptions(
            book_id=book.header.book_id,
            seed=book.header.seed,
            source=book.header.day.source,
            begins_at=book.header.start,
            opening_cash=account.cash,
            opening_shares={u.code: account.shares for u in book.market.underlyings},
            wait_for_desk=terms.wait_for_desk,
            linger_seconds=terms.linger_seconds,
            grace_seconds=terms.grace_seconds,
            accounts=files.settings.accounts,
            capabilities=capabilities_of(files.profile),
        ),
        lambda: picture_of(book.market, len(host.injected())),
        time.monotonic,
        JournalHistory(journal.path, files.calendar, read_profile),
        day_end_of(
            book.market,
            book.header,
            files.settings,
            files.calendar,
            lambda: with_injected(book.header, host.injected()),
        ),
        book.header.coming_dividends,
        book.posted,
        ClassDay(plan, book.injected, jump) if plan is not None else None,
    )
    return host


async def open_book(journal: SqliteJournal, request: VenueRequest, files: VenueFiles) -> OpenBook:
    """The book of a journal as it stands, its next day if the last has closed, or a new one."""
    header, entries, posted, injected = _read_book(journal)
    plan = header.plan if header is not None else None
    if plan is not None:
        # The market is the one the scenario began with, whatever its file says now
        files = scenario_files(files, plan.text, plan.file)
    elif header is None and request.scenario is not None:
        files = scenario_files(files, scenario_text(request.scenario), request.scenario.name)
    if header is None:
        header = first_header(request, files, datetime.now(SHANGHAI).date())
        market = open_market(header, files.profile, files.settings, files.calendar)
        if header.plan is not None:
            open_class(market, header.plan, lambda name: first_opening(name, files.settings.accounts).standing)
        await _write_header(journal, header, list(market.outcome.entries))
        market.outcome.clear()
        logger.info("a new book: %d contracts of %s", len(header.day.contracts), header.day.trading_day)
        return OpenBook(header, market, files)
    for option, path in (("--chain", request.chain), ("--contracts", request.contracts)):
        if path is not None and path.name != header.day.source:
            saved = f"{header.day.trading_day}, {header.day.source}"
            logger.warning("the saved market goes on (%s): %s is for a new one, in another --data-dir", saved, option)
    if header.profile != files.profile.name:
        # A book is played to its end under the rules it began with
        logger.info("the book of %s keeps its profile %s", header.day.trading_day, header.profile)
        files = replace(files, profile=read_profile(header.profile))
    picture = journal.states().get("market")
    try:
        market = resume_market(
            header,
            files.profile,
            files.settings,
            entries,
            decode_picture(picture) if picture else None,
            files.calendar,
            injected,
        )
    except (BadInput, JournalError) as error:
        raise BadInput("saved market", error, _OF_THIS_VERSION) from error
    if market.is_over:
        return await _next_day(journal, header, market, files, injected)
    await _write_outcome(journal, market)
    logger.info("%s resumed at %s with %d entries", header.day.trading_day, market.now, len(entries))
    return OpenBook(header, market, files, posted, injected)


async def _next_day(
    journal: SqliteJournal,
    before: BookHeader,
    market: Market,
    files: VenueFiles,
    injected: Sequence[EventInjected],
) -> OpenBook:
    before = with_injected(before, injected)
    await _settle(journal, before, market, files)
    header = next_header(before, market.counter.settlement.state, files.profile, files.settings, files.calendar)
    after = open_market(header, files.profile, files.settings, files.calendar)
    openings = market.carry_into(after)
    await _write_header(journal, header, openings.entries)
    logger.info("the next day, %s: %d contracts", header.day.trading_day, len(header.day.contracts))
    return OpenBook(header, after, files)


async def _settle(journal: SqliteJournal, header: BookHeader, market: Market, files: VenueFiles) -> None:
    """Finish the day's end where the last process left it; one transaction a step (F53)."""
    day_end = day_end_of(market, header, files.settings, files.calendar)
    while not day_end.is_settled:
        step = day_end.advance()
        await _write_outcome(journal, market)
        logger.info("day's end of %s: %s", header.day.trading_day, step or "figures taken")


def _read_book(
    journal: SqliteJournal,
) -> tuple[BookHeader | None, list[JournalEntry], list[Notice], list[EventInjected]]:
    """The newest day of a journal: its header, the counter's entries, the board's notices, the events of a class.

    Raises BadInput for what another version wrote, JournalError for a file that is damaged.
    """
    header: BookHeader | None = None
    entries: list[JournalEntry] = []
    posted: list[Notice] = []
    injected: list[EventInjected] = []
    for record in journal.read():
        try:
            if record.kind is RecordKind.BOOK:
                header, entries, posted, injected = decode_header(record.body), [], [], []
            elif record.kind is RecordKind.EVENT:
                entries.append(decode_entry(record.body))
            elif record.kind is RecordKind.NOTICE:
                posted.append(decode_notice(record.body))
            elif record.kind is RecordKind.COMMAND:
                injected.append(decode_injected(record.body))
        except JournalError as error:
            # The record is as it was written, so it was written by a program that says this in other words
            raise BadInput("saved market", error, _OF_THIS_VERSION) from error
    return header, entries, posted, injected


async def _write_header(journal: SqliteJournal, header: BookHeader, entries: list[JournalEntry]) -> None:
    """A day's header and its first entries in one transaction: a book never begins without its accounts."""
    records = [(RecordKind.BOOK, header.start, msgspec.msgpack.encode(header))]
    records += [(RecordKind.EVENT, header.start, encode_entry(entry)) for entry in entries]
    await journal.append(records)


async def _write_outcome(journal: SqliteJournal, market: Market) -> None:
    """What resuming led to; nobody is connected yet, desks get it when they recover."""
    entries = market.outcome.entries
    if entries:
        await journal.append([(RecordKind.EVENT, market.now, encode_entry(entry)) for entry in entries])
    market.outcome.clear()
