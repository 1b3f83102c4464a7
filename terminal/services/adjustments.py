"""Contract adjustments that lie ahead or were made today (合约调整单): terms, codes, names and margins, old and new.

Ahead of an ex-day the new terms rest on the price of now, until the close of the eve is published. Afterwards the old
terms are told back out of the trading code, which keeps the strike of the listing day; that holds for the first
adjustment of a contract, older ones have no old terms here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.contracts import Contract, kind_of, parse_trading_code
from terminal.domain.errors import BadInput
from terminal.domain.messages import Notice, NoticeKind
from terminal.rules.adjustment import adjust, price_after
from terminal.rules.client_margin import MarginKind, client_margin
from terminal.rules.naming import adjusted_names, short_name
from terminal.rules.rounding import to_tick
from terminal.services.client_terms import ClientTerms
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class CashDividend:
    """An ex-day that was announced: yuan a share."""

    underlying: str
    ex_day: date
    cash: Decimal
    close: Decimal | None = None
    """Of the eve, once the exchange has published it: the new terms are exact then"""


def announced_ex_days(notices: Iterable[Notice]) -> list[CashDividend]:
    """Ex-days that notices name, soonest first; a newer notice of one takes the older one's place.

    Text from outside: one whose figures cannot be read is passed over, an unreadable close makes no exact terms.
    """
    found: dict[tuple[date, str], CashDividend] = {}
    for notice in notices:
        if notice.kind is not NoticeKind.EX_RIGHT or "cash" not in notice.figures:
            continue
        try:
            ex_day = date.fromisoformat(notice.figures.get("day", ""))
        except ValueError:
            continue
        cash = _price(notice.figures["cash"])
        if cash is not None:
            close = _price(notice.figures.get("close", ""))
            found[ex_day, notice.underlying] = CashDividend(notice.underlying, ex_day, cash, close)
    return [found[key] for key in sorted(found)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentRow:
    """One contract before and after; None where it cannot be told."""

    contract: Contract
    """As it is listed today"""
    old_strike: Decimal | None
    new_strike: Decimal
    old_multiplier: int | None
    new_multiplier: int
    old_trading_code: str | None
    new_trading_code: str
    old_name: str | None
    new_name: str
    old_settlement: Decimal | None
    new_settlement: Decimal
    long: int = 0
    short: int = 0
    covered: int = 0
    old_margin: Decimal | None = None
    """Of the short contracts, yuan, opening margin of this client; None without any"""
    new_margin: Decimal | None = None

    @property
    def is_mine(self) -> bool:
        """Whether the account holds any."""
        return bool(self.long or self.short or self.covered)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentSheet:
    """The contracts of one underlying around one ex-day."""

    underlying: str
    ex_day: date
    cash: Decimal | None
    """Dividend a share, yuan; None where no notice names it"""
    reference: Decimal | None
    """Close of the eve, or the price of now that stands for it, yuan"""
    is_estimate: bool
    """The ex-day lies ahead and the close of its eve is not published yet"""
    rows: tuple[AdjustmentRow, ...]

    @property
    def mine(self) -> tuple[AdjustmentRow, ...]:
        """What the account holds of them."""
        return tuple([row for row in self.rows if row.is_mine])


class _Same:
    """Equal to another only for the very same object."""

    __slots__ = ("_held",)

    def __init__(self, held: object) -> None:
        self._held = held

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._held is other._held

    def __hash__(self) -> int:
        return id(self._held)


class Adjustments:
    """Reads notices and the contract list."""

    def __init__(
        self,
        market: MarketData,
        portfolio: Portfolio,
        terms: ClientTerms,
        notices: Callable[[], Sequence[Notice]],
    ) -> None:
        self._market = market
        self._portfolio = portfolio
        self._terms = terms
        self._notices = notices
        self._seen: tuple[int, Notice | None] = (0, None)
        self._announced: list[CashDividend] = []
        self._sheets: dict[str, tuple[object, AdjustmentSheet]] = {}
        """By underlying, with what each rests on"""

    # ---- days

    @property
    def today(self) -> date | None:
        """The market's trading day; None before a list."""
        return self._market.day.trading_day if self._market.day else None

    def announced(self) -> list[CashDividend]:
        """Ex-days that notices name, soonest first; one whose figures cannot be read is passed over."""
        notices = self._notices()
        seen = (len(notices), notices[-1] if notices else None)
        if seen != self._seen:
            # The board is long and asked about for every contract
            self._seen, self._announced = seen, announced_ex_days(notices)
        return self._announced

    def coming(self, underlying: str) -> CashDividend | None:
        """The next ex-day of an underlying after today."""
        today = self.today
        mine = [d for d in self.announced() if d.underlying == underlying and today is not None and d.ex_day > today]
        return mine[0] if mine else None

    def ex_day(self, underlying: str) -> date | None:
        """The ex-day whose cover is to be brought: one ahead, or one of today or lately, as it is known."""
        ahead = self.coming(underlying)
        if ahead is not None:
            return ahead.ex_day
        return self._last_ex_day(underlying)

    def new_multiplier(self, contract: Contract) -> int:
        """The unit after the ex-day that lies ahead; that of today where none does, or the contract ends before."""
        ahead = self.coming(contract.underlying)
        if ahead is None or contract.expiry < ahead.ex_day:
            return contract.multiplier
        row = self._ahead(contract, ahead, self._reference(ahead))
        return row.new_multiplier if row is not None else contract.multiplier

    # ---- sheets

    def sheets(self) -> list[AdjustmentSheet]:
        """One for each ex-day that lies ahead, and for each underlying that was adjusted lately; soonest first."""
        ahead = (self.coming(underlying.code) for underlying in self._market.underlyings)
        found = [*self.done(), *(self._sheet_ahead(dividend) for dividend in ahead if dividend is not None)]
        return sorted(found, key=lambda s: (s.ex_day, s.underlying))

    def done(self) -> list[AdjustmentSheet]:
        """Of ex-days up to today alone."""
        sheets = (self._sheet_done(underlying.code) for underlying in self._market.underlyings)
        return [sheet for sheet in sheets if sheet is not None]

    def _sheet_ahead(self, ahead: CashDividend) -> AdjustmentSheet:
        reference = self._reference(ahead)
        rests_on = (ahead, reference, self._terms.group, _Same(self._market.day), _Same(self._portfolio.positions))
        known = self._sheets.get(ahead.underlying)
        if known is not None and known[0] == rests_on:
            # Hundreds of contracts, and screens ask again and again
            return known[1]
        listed = [c for c in self._market.contracts if c.underlying == ahead.underlying and c.expiry >= ahead.ex_day]
        rows = [self._ahead(c, ahead, reference) for c in listed]
        sheet = AdjustmentSheet(
            underlying=ahead.underlying,
            ex_day=ahead.ex_day,
            cash=ahead.cash,
            reference=reference,
            is_estimate=ahead.close is None,
            rows=_sorted([row for row in rows if row is not None]),
        )
        self._sheets[ahead.underlying] = rests_on, sheet
        return sheet

    def _sheet_done(self, underlying: str) -> AdjustmentSheet | None:
        changed = [c for c in self._market.contracts if c.underlying == underlying and c.recently_adjusted]
        day = self._last_ex_day(underlying) if changed else None
        if day is None:
            return None
        known = next((d for d in self.announced() if d.underlying == underlying and d.ex_day == day), None)
        return AdjustmentSheet(
            underlying=underlying,
            ex_day=day,
            cash=known.cash if known is not None else None,
            reference=None,
            is_estimate=False,
            rows=_sorted([self._done(c) for c in changed]),
        )

    def _last_ex_day(self, underlying: str) -> date | None:
        """Newest ex-day up to today: of a notice, else the day the fresh standard contracts were listed on."""
        today = self.today
        if today is None:
            return None
        told = [d.ex_day for d in self.announced() if d.underlying == underlying and d.ex_day <= today]
        mine = [c for c in self._market.contracts if c.underlying == underlying]
        if not any(c.recently_adjusted for c in mine):
            return None
        months = {c.month for c in mine if c.recently_adjusted}
        fresh = [c.first_day for c in mine if not c.is_adjusted and c.month in months and c.first_day <= today]
        return max(told or fresh, default=today)

    # ---- one contract

    def _ahead(self, contract: Contract, ahead: CashDividend, reference: Decimal | None) -> AdjustmentRow | None:
        if reference is None:
            return None
        kind = kind_of(contract.underlying)
        try:
            changed = adjust(
                strike=contract.strike,
                multiplier=contract.multiplier,
                underlying_close=reference,
                cash_dividend=ahead.cash,
                venue=self._terms.profile.adjustment.venue,
                underlying_kind=kind,
            )
            # Only to see that it is one
            parse_trading_code(contract.trading_code)
            new_code, new_name = adjusted_names(contract.trading_code, contract.name, changed.strike)
        except (BadInput, ValueError):
            return None
        settlement = changed.settlement(contract.previous_settlement, contract.tick_size)
        after = replace(
            contract,
            strike=changed.strike,
            multiplier=changed.multiplier,
            previous_settlement=settlement,
            underlying_close=price_after(underlying_close=reference, cash_dividend=ahead.cash),
        )
        before = replace(contract, underlying_close=reference)
        return self._with_positions(
            contract,
            before,
            after,
            old_trading_code=contract.trading_code,
            new_trading_code=new_code,
            old_name=contract.name,
            new_name=new_name,
        )

    def _done(self, contract: Contract) -> AdjustmentRow:
        before, old_code, old_name = None, None, None
        rules = self._terms.profile.underlying(contract.underlying)
        if contract.adjustment == "A" and rules is not None:
            code = parse_trading_code(contract.trading_code)
            settlement = to_tick(
                contract.previous_settlement * contract.multiplier / rules.multiplier, contract.tick_size
            )
            before = replace(
                contract,
                strike=code.listed_strike,
                multiplier=rules.multiplier,
                previous_settlement=max(settlement, contract.tick_size),
            )
            old_code = str(replace(code, adjustment="M"))
            old_name = short_name(_plain_name(contract), contract.right, contract.month[1], code.listed_strike)
        return self._with_positions(
            contract,
            before,
            contract,
            old_trading_code=old_code,
            new_trading_code=contract.trading_code,
            old_name=old_name,
            new_name=contract.name,
        )

    def _with_positions(
        self,
        contract: Contract,
        before: Contract | None,
        after: Contract,
        *,
        old_trading_code: str | None,
        new_trading_code: str,
        old_name: str | None,
        new_name: str,
    ) -> AdjustmentRow:
        held = {side: self._portfolio.position(contract.code, side) for side in PositionSide}
        counts = {side: position.quantity if position is not None else 0 for side, position in held.items()}
        short = counts[PositionSide.SHORT]
        return AdjustmentRow(
            contract=contract,
            old_strike=before.strike if before is not None else None,
            new_strike=after.strike,
            old_multiplier=before.multiplier if before is not None else None,
            new_multiplier=after.multiplier,
            old_trading_code=old_trading_code,
            new_trading_code=new_trading_code,
            old_name=old_name,
            new_name=new_name,
            old_settlement=before.previous_settlement if before is not None else None,
            new_settlement=after.previous_settlement,
            long=counts[PositionSide.LONG],
            short=short,
            covered=counts[PositionSide.COVERED],
            old_margin=self._margin(before) * short if short and before is not None else None,
            new_margin=self._margin(after) * short if short else None,
        )

    def _margin(self, contract: Contract) -> Decimal:
        return client_margin(
            contract,
            kind=MarginKind.OPENING,
            underlying_price=contract.underlying_close,
            settlement=contract.previous_settlement,
            group=self._terms.group,
            days_to_expiry=self._terms.days_left(contract),
            rules=self._terms.profile.margin,
        )

    def _reference(self, ahead: CashDividend) -> Decimal | None:
        """The close of the eve, or the price that stands for it."""
        if ahead.close is not None:
            return ahead.close
        last = self._market.last(ahead.underlying)
        known = self._market.underlying(ahead.underlying)
        return last if last is not None else known.previous_close if known is not None else None


def _price(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and value > 0 else None


def _plain_name(contract: Contract) -> str:
    """The underlying's part of a contract's short name."""
    return contract.name.split(contract.right.mark)[0]


def _sorted(rows: Iterable[AdjustmentRow]) -> tuple[AdjustmentRow, ...]:
    return tuple(sorted(rows, key=lambda r: (r.contract.expiry, r.new_strike, r.contract.right.value, r.contract.code)))


def margin_change(sheet: AdjustmentSheet) -> tuple[Decimal, Decimal] | None:
    """Margin of the account's short contracts before and after, yuan; None without any or without the old terms."""
    shorts = [row for row in sheet.rows if row.short]
    known = [(row.old_margin, row.new_margin) for row in shorts]
    if not known or any(old is None or new is None for old, new in known):
        return None
    return sum((old for old, _ in known if old), ZERO), sum((new for _, new in known if new), ZERO)
