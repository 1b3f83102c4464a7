"""Cost of measuring obligations: 1,000 contracts quoted and quoted anew once a second, as a share of one core.

Each second brings two reports a contract, the old quote REPLACED and the new one LIVE, over the bus through own quotes
into the measure; 25 market data batches with every row; and the figures of all contracts once. What decoding and the
journal cost is measured elsewhere. `--most PERCENT` fails above that share; 2 is what the project demands.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np

from benchmarks.timing import seconds_each
from terminal.domain.account_rights import AccountKind
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.market_data import Column
from terminal.domain.messages import DayOpened, QuoteReport
from terminal.domain.phases import Phase
from terminal.domain.ports import LinkState, RecordKind
from terminal.domain.quotes import QuoteStatus
from terminal.resources import resource_folder
from terminal.rules.obligations.terms import parse_terms
from terminal.rules.profile import parse_profile
from terminal.services.bus import Bus
from terminal.services.events import LinkChanged, QuotesChanged
from terminal.services.inquiries import Inquiries
from terminal.services.market_data import MarketData
from terminal.services.obligations import Obligations
from terminal.services.own_quotes import OwnQuotes

CONTRACTS = 1000
SECONDS = 60
BATCHES = 25
DEMANDED_PERCENT = 2.0
_DAY = date(2026, 3, 2)
#: In the zone of the wire
_BEGIN = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI).astimezone(UTC)


def main(arguments: Sequence[str]) -> int:
    """Print the cost of one second, by part."""
    parser = argparse.ArgumentParser(prog="obligations", description=__doc__)
    parser.add_argument("--most", type=float, default=DEMANDED_PERCENT, help="percent of a core that are too many")
    options = parser.parse_args(arguments)
    desk = MakerDesk()
    reports = iter([desk.reports(second) for second in range(SECONDS)])
    quoting = seconds_each(lambda n: None, lambda: _play(desk, reports), SECONDS)
    rows = np.arange(len(desk.market.quotes))
    market = BATCHES * seconds_each(lambda n: None, lambda: desk.bus.publish(QuotesChanged(rows)), SECONDS)
    figures = seconds_each(lambda n: None, desk.obligations.figures, SECONDS)
    told = desk.obligations.figures()
    if told is None or told.compliant.min() < SECONDS - 1:
        raise RuntimeError("the quotes of the benchmark did not count")
    whole = (quoting + market + figures) * 100
    print(f"{CONTRACTS} contracts, each quoted anew once a second: milliseconds a second of the market")
    print(f"quotes replaced and live  {quoting * 1e3:8.2f}   {quoting / CONTRACTS * 1e6:.2f} us a contract")
    print(f"{BATCHES} batches of all rows    {market * 1e3:8.2f}")
    print(f"figures once              {figures * 1e3:8.2f}")
    print(f"share of one core         {whole:8.2f} %")
    return int(whole > options.most)


def _play(desk: "MakerDesk", reports: Iterator[list[QuoteReport]]) -> None:
    for report in next(reports):
        desk.bus.publish(report)


class MakerDesk:
    """The services over a list of a thousand contracts."""

    def __init__(self) -> None:
        folder = resource_folder() / "rules"
        terms = parse_terms((folder / "obligations" / "sse_generic.toml").read_text("utf-8"), "sse_generic.toml")
        profile = parse_profile((folder / "sse_2025.toml").read_text("utf-8"), "sse_2025.toml")
        self.bus = Bus()
        self.market = MarketData(self.bus, lambda: 0.0)
        own = OwnQuotes(self.bus)
        self.obligations = Obligations(
            bus=self.bus,
            market=self.market,
            own=own,
            inquiries=Inquiries(self.bus, terms.inquiries),
            terms=terms,
            sessions=profile.sessions,
            kind=lambda: AccountKind.MARKET_MAKER_PRIMARY,
            now=lambda: _BEGIN + timedelta(seconds=SECONDS),
            write=_write_nothing,
        )
        underlying = Underlying(
            code="510050",
            name="50ETF",
            pinyin="50ETF",
            previous_close=Decimal("2.5"),
            limit_up=Decimal("2.75"),
            limit_down=Decimal("2.25"),
        )
        first = Contract(
            code="10000000",
            trading_code="510050C2603M02500",
            name="50ETF购3月2500",
            underlying="510050",
            right=Right.CALL,
            strike=Decimal("2.5"),
            multiplier=10000,
            first_day=_DAY,
            last_day=date(2026, 3, 25),
            exercise_day=date(2026, 3, 25),
            delivery_day=date(2026, 3, 26),
            expiry=date(2026, 3, 25),
            previous_settlement=Decimal("0.46"),
            underlying_close=Decimal("2.5"),
            limit_up=Decimal("0.7593"),
            limit_down=Decimal("0.1667"),
            margin=Decimal("8185.60"),
        )
        self.codes = [str(10_000_000 + number) for number in range(CONTRACTS)]
        contracts = tuple([replace(first, code=code) for code in self.codes])
        self.bus.publish(LinkChanged(LinkState.UP, ""))
        self.market.open_day(DayOpened(trading_day=_DAY, underlyings=(underlying,), contracts=contracts))
        quotes = self.market.quotes
        quotes[:, Column.PHASE] = ord(Phase.CONTINUOUS.value)
        quotes[:, Column.BID_PRICE], quotes[:, Column.ASK_PRICE] = 4600, 4700
        self._sequence = 0

    def reports(self, second: int) -> list[QuoteReport]:
        """What the venue tells in one second."""
        at = _BEGIN + timedelta(seconds=second)
        found = []
        for code in self.codes:
            if second:
                found.append(self._report(code, second - 1, at, QuoteStatus.REPLACED))
            found.append(self._report(code, second, at, QuoteStatus.LIVE))
        return found

    def _report(self, code: str, second: int, at: datetime, status: QuoteStatus) -> QuoteReport:
        self._sequence += 1
        return QuoteReport(
            sequence=self._sequence,
            quote_id=f"q{second}",
            contract_code=code,
            status=status,
            bid_order=f"q{second}-{code}-B",
            ask_order=f"q{second}-{code}-S",
            bid_price=Decimal(4600 - second % 3).scaleb(-4),
            bid_quantity=10,
            ask_price=Decimal(4700 + second % 5).scaleb(-4),
            ask_quantity=10,
            at=at,
            trading_day=_DAY,
        )


def _write_nothing(kind: RecordKind, at: datetime, body: bytes) -> None:
    pass


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
