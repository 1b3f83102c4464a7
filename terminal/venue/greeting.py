"""What a desk hears that says Hello: why it is not taken, or everything it needs to be where the venue is."""

from collections.abc import Iterable

from terminal.domain.market_data import pack_rows
from terminal.domain.messages import (
    PROTOCOL,
    AccountReport,
    ClockChanged,
    DayOpened,
    Event,
    Hello,
    MarketDataBatch,
    Notice,
    Recovered,
    Refused,
    Welcome,
)
from terminal.domain.reasons import Reason
from terminal.venue.account_templates import first_opening
from terminal.venue.counter.counter import Counter
from terminal.venue.counter.result import CounterResult
from terminal.venue.counter.state import Report
from terminal.venue.host_options import HostOptions
from terminal.venue.market import Market

_ID_LENGTH = 32


def refusal_of(hello: Hello) -> Refused | None:
    """Why a Hello is not taken; None when it may be."""
    if hello.protocol != PROTOCOL:
        detail = f"protocol {hello.protocol}, this venue speaks {PROTOCOL}: start both from the same version"
        return Refused(reason=Reason.NOT_SUPPORTED, detail=detail)
    if not (hello.watches or _is_name(hello.account_id)) or not _is_name(hello.desk_id):
        detail = f"account and desk: letters and digits, at most {_ID_LENGTH}"
        return Refused(reason=Reason.UNKNOWN_ACCOUNT, detail=detail)
    return None


def open_account(counter: Counter, account_id: str, options: HostOptions) -> CounterResult:
    """Open an account as its name says."""
    opening = first_opening(account_id, options.accounts)
    shares = options.opening_shares
    if opening.shares is not None:
        shares = dict.fromkeys(shares, opening.shares)
    cash = options.opening_cash if opening.cash is None else opening.cash
    return counter.open_account(account_id, cash, shares, standing=opening.standing)


def recovery_events(
    market: Market,
    options: HostOptions,
    clock: ClockChanged,
    notices: Iterable[Notice],
    reports: Iterable[Report],
    account: AccountReport | None,
    of_class: Iterable[Event] = (),
) -> list[Event]:
    """From the welcome to the end of recovery, in the order a desk takes it; an instructor's line has no account."""
    return [
        Welcome(
            protocol=PROTOCOL,
            venue="OptionDesk SIM",
            account_id=account.account_id if account is not None else "",
            capabilities=options.capabilities,
            trading_day=market.trading_day,
            book_id=options.book_id,
            simulated=True,
            seed=options.seed,
        ),
        DayOpened(
            trading_day=market.trading_day,
            underlyings=market.underlyings,
            contracts=market.contracts,
            source=options.source,
            begins_at=options.begins_at,
        ),
        clock,
        *market.phase_messages(),
        MarketDataBatch(at=market.now, rows=pack_rows(market.exchange.quote_rows())),
        *notices,
        *of_class,
        *reports,
        *([account] if account is not None else []),
        Recovered(last_sequence=account.sequence if account is not None else 0),
    ]


def _is_name(text: str) -> bool:
    return text.isascii() and text.isalnum() and len(text) <= _ID_LENGTH
