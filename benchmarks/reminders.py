"""Cost of the reminders: one look at a desk with 500 contracts and 200 positions, all rules and the book behind them.

It is an expiry day, with an ex-day ahead, so that most rules have something to say; the underlying moves before every
look. The desk looks at most four times a second. `--most MS` fails above so many milliseconds; 5 is what the project
demands.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from benchmarks.quoting_room import EXPIRIES, FUND, SPOT, Room, contracts
from benchmarks.timing import seconds_each
from terminal.app.alerts import build_reminders
from terminal.config import Alerts
from terminal.domain import wire
from terminal.domain.accounts import Funds, Holding, Position, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import AccountReport, ClockChanged, DayOpened, MarketDataBatch, Notice, NoticeKind
from terminal.resources import resource_folder
from terminal.rule_files import read_calendar
from terminal.rules.obligations.terms import parse_terms
from terminal.services.desk_parts import build_obligations
from terminal.services.valuation import Valuation

CONTRACTS, POSITIONS, LOOKS = 500, 200, 300
DEMANDED_MS = 5.0
DAY = EXPIRIES[0]
AT = datetime.combine(DAY, datetime.min.time(), SHANGHAI).replace(hour=14, minute=40)
_SIDES = (PositionSide.LONG, PositionSide.SHORT, PositionSide.COVERED, PositionSide.LONG)


def main(arguments: Sequence[str]) -> int:
    """Print the cost of one look."""
    parser = argparse.ArgumentParser(prog="reminders", description=__doc__)
    parser.add_argument("--most", type=float, default=DEMANDED_MS, help="milliseconds that are too many")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        each, told = asyncio.run(_measure(Path(folder)))
    print(f"{CONTRACTS} contracts, {POSITIONS} positions, {told} reminders: {each * 1000:.2f} ms a look")
    if each * 1000 > options.most:
        print(f"more than {options.most:g} ms", file=sys.stderr)
        return 1
    return 0


async def _measure(folder: Path) -> tuple[float, int]:
    room = Room(folder, CONTRACTS)
    room.open()
    desk = room.desk
    assert room.market.day is not None
    listed = contracts(CONTRACTS)
    desk.on_event(DayOpened(trading_day=DAY, underlyings=room.market.underlyings, contracts=listed))
    desk.on_event(ClockChanged(at=AT, speed=1.0))
    desk.on_event(
        Notice(
            kind=NoticeKind.EX_RIGHT,
            at=AT,
            number=1,
            underlying=FUND,
            figures={"day": "2026-03-27", "cash": "0.053"},
        )
    )
    desk.on_event(
        AccountReport(
            sequence=0,
            account_id="MM1",
            at=AT,
            funds=Funds(balance=Decimal(1_000_000), margin=Decimal(900_000)),
            positions=tuple(
                [
                    Position(contract_code=one.code, side=_SIDES[place % 4], quantity=5, margin=Decimal(4_000))
                    for place, one in enumerate(listed[::2])
                ][:POSITIONS]
            ),
            holdings=(Holding(underlying=FUND, total=2_000_000, locked=2_000_000, covering=2_000_000),),
        )
    )
    terms_file = resource_folder() / "rules" / "obligations" / "sse_generic.toml"
    terms = parse_terms(terms_file.read_text("utf-8"), terms_file.name)
    obligations = build_obligations(desk, terms, desk.rules.sessions)
    reminders = build_reminders(
        desk,
        gate=desk.quoting.gate,
        checks=room.checks,
        valuation=Valuation(desk.market, desk.bus, desk.clock.now, rate=0.015),
        obligations=obligations,
        calendar=read_calendar(folder / "calendar.json"),
        records=(),
        read=lambda key: None,
        write=lambda key, value: None,
        outside=Alerts(),
    )

    def move(number: int) -> None:
        event = wire.decode_event(room.tick(SPOT + number % 20))
        assert isinstance(event, MarketDataBatch)
        desk.on_event(event)

    each = seconds_each(move, reminders.evaluate, LOOKS)
    told = len(reminders.book.alerts())
    await room.journal.close()
    return each, told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
