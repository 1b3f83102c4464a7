"""Where a venue's day comes from: generated from the profile, a contract file, a chain snapshot, or the day before."""

import argparse
import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

import msgspec

from terminal.config import Settings
from terminal.domain.calendar import SHANGHAI, TradingCalendar
from terminal.domain.errors import BadFile, BadInput, CalendarError
from terminal.domain.messages import DayOpened
from terminal.resources import resource_folder
from terminal.rule_files import read_calendar, read_profile
from terminal.rules.profile import Profile
from terminal.rules.underlyings import build_underlying
from terminal.scenarios import read_training_settings, reminder_kinds, scenario_text
from terminal.storage.chain_file import ChainSnapshot, read_chain_file
from terminal.storage.contract_file import read_contract_file
from terminal.training.scenario import parse_scenario
from terminal.training.script import class_header, scenario_settings
from terminal.venue.book import BookHeader
from terminal.venue.crowd.adoption import BookLevels
from terminal.venue.crowd.settings import MarketSettings, parse_market
from terminal.venue.exchange.messages import OpeningState
from terminal.venue.next_list import DEFAULT_START, first_generated_header

#: A chain snapshot is a moment of a day that is over; its market is taken up again here
CHAIN_START = time(13, 0)
_OLDEST_CONTRACT_FILE = 2014


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueRequest:
    """What the command line asks of a venue; None where it says nothing."""

    profile: str
    seed: int
    speed: float
    start: time | None = None
    day: date | None = None
    chain: Path | None = None
    contracts: Path | None = None
    scenario: Path | None = None
    """A scenario to play instead of a plain day"""


@dataclass(frozen=True, slots=True)
class VenueFiles:
    """The shipped files a venue is built on."""

    profile: Profile
    settings: MarketSettings
    calendar: TradingCalendar


def venue_request(options: argparse.Namespace, settings: Settings) -> VenueRequest:
    """What the command line asks, with the settings where it says nothing."""
    return VenueRequest(
        profile=options.profile or settings.profile,
        seed=settings.seed if options.seed is None else options.seed,
        speed=settings.speed if options.speed is None else options.speed,
        start=options.start or settings.start,
        day=options.day,
        chain=options.chain,
        contracts=options.contracts,
        scenario=getattr(options, "scenario", None),
    )


def read_files(request: VenueRequest, imported_calendar: Path | None) -> VenueFiles:
    """Read everything shipped that a venue needs."""
    market = resource_folder() / "market.toml"
    return VenueFiles(
        read_profile(request.profile),
        parse_market(market.read_text("utf-8"), market.name),
        read_calendar(imported_calendar),
    )


def first_header(request: VenueRequest, files: VenueFiles, today: date) -> BookHeader:
    """The first day of a new book. `today` is the computer's date; a closed day is moved to the next that trades.

    Raises BadFile for a file that is refused, BadInput or CalendarError for a day that cannot be played.
    """
    if request.scenario is not None:
        return _scenario_header(request, files)
    if request.chain is not None:
        return _chain_header(request, read_chain_file(request.chain, files.calendar, files.profile))
    if request.contracts is not None:
        return _contract_file_header(request, files, request.contracts, today)
    return first_generated_header(
        files.profile,
        files.settings,
        files.calendar,
        files.calendar.on_or_after(request.day or today),
        seed=request.seed,
        book_id=uuid.uuid4().hex,
        start=request.start or DEFAULT_START,
    )


def scenario_files(files: VenueFiles, text: str, file_name: str) -> VenueFiles:
    """The files as a scenario wants the market. Raises BadFile for a scenario that is refused."""
    scenario = parse_scenario(text, file_name, files.calendar)
    return replace(files, settings=scenario_settings(files.settings, scenario))


def _scenario_header(request: VenueRequest, files: VenueFiles) -> BookHeader:
    assert request.scenario is not None
    text = scenario_text(request.scenario)
    return class_header(
        parse_scenario(text, request.scenario.name, files.calendar, reminder_kinds()),
        text,
        request.scenario.name,
        profile=files.profile,
        settings=files.settings,
        calendar=files.calendar,
        training=read_training_settings(),
        book_id=uuid.uuid4().hex,
    )


def _header(request: VenueRequest, day: DayOpened, start: time) -> BookHeader:
    return BookHeader(
        book_id=uuid.uuid4().hex,
        day=day,
        profile=request.profile,
        seed=request.seed,
        start=datetime.combine(day.trading_day, start, SHANGHAI),
    )


def _chain_header(request: VenueRequest, chain: ChainSnapshot) -> BookHeader:
    if request.day not in (None, chain.trading_day):
        raise BadInput("day", request.day.isoformat(), f"the chain is of {chain.trading_day}")
    opened = DayOpened(
        trading_day=chain.trading_day,
        underlyings=chain.underlyings,
        contracts=chain.contracts,
        source=request.chain.name if request.chain else "",
    )
    numbers = {c.code: n for n, c in enumerate(chain.contracts, start=len(chain.underlyings))}
    statistics = tuple(
        OpeningState(
            instrument=numbers[code],
            last=day.last,
            open=day.open,
            high=day.high,
            low=day.low,
            volume=day.volume,
            turnover_cents=day.turnover_cents,
            open_interest=day.open_interest,
        )
        for code, day in chain.statistics.items()
    )
    return msgspec.structs.replace(
        _header(request, opened, request.start or CHAIN_START),
        levels={code: BookLevels(levels.bids, levels.asks) for code, levels in chain.levels.items()},
        spots=dict(chain.underlying_last),
        statistics=statistics,
    )


def _contract_file_header(request: VenueRequest, files: VenueFiles, path: Path, today: date) -> BookHeader:
    day = request.day or _day_of_file(path, files.calendar, today)
    listed = read_contract_file(path, day)
    opened = DayOpened(
        trading_day=day,
        underlyings=tuple(build_underlying(files.profile, u.code, u.close) for u in listed.underlyings),
        contracts=listed.contracts,
        source=path.name,
    )
    return _header(request, opened, request.start or DEFAULT_START)


def _day_of_file(path: Path, calendar: TradingCalendar, today: date) -> date:
    """The trading day of ``reff03MMDD.txt``: the newest year in which that day traded and the file is good for it.

    When it is good for none, raises the refusal of the year that finds fault with the fewest lines: in any other year
    the dates of all lines are wrong, and what is really wrong with one is not told.
    """
    stem = path.stem.removeprefix("reff03")
    if not (path.stem.startswith("reff03") and len(stem) == 4 and stem.isascii() and stem.isdigit()):
        return calendar.on_or_after(today)
    refusal: BadFile | None = None
    for year in range(min(today.year + 1, calendar.last_year), _OLDEST_CONTRACT_FILE, -1):
        try:
            day = date(year, int(stem[:2]), int(stem[2:]))
            if calendar.is_trading_day(day):
                read_contract_file(path, day)
                return day
        except BadFile as error:
            if refusal is None or len(error.others) < len(refusal.others):
                refusal = error
        except (ValueError, CalendarError):
            continue
    if refusal is not None:
        raise refusal
    raise BadFile("file name", path.name, "reff03MMDD.txt names a month and a day", 0, path.name)
