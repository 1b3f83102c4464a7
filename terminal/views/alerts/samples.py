"""What each kind of reminder looks like: an example over contracts of the day, for the settings page and the docs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from terminal.alerts.alert import Alert, AlertAction, AlertKind, Finding, Level, Standing
from terminal.alerts.groups import AlertGroup
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right
from terminal.services.market_data import MarketData
from terminal.views.alerts.words import word

_A = AlertAction
#: As the shipped rules have them: delivery on E+1, and when the broker closes by himself
_CUT_OFF, _FORCED_FROM = time(10, 30), time(11, 30)
#: The level at which an example is shown: the loudest each kind has of itself
LEVELS: dict[AlertKind, Level] = {
    **dict.fromkeys(AlertKind, Level.CARD),
    **dict.fromkeys(
        (
            AlertKind.EXERCISE,
            AlertKind.ASSIGNED,
            AlertKind.ADJUSTMENT_COMING,
            AlertKind.COVERED_SHORTFALL,
            AlertKind.MARGIN,
            AlertKind.FORCED_CLOSE,
            AlertKind.INSTRUCTOR,
        ),
        Level.SHEET,
    ),
    **dict.fromkeys((AlertKind.BREAKER, AlertKind.LISTING), Level.TOAST),
}


@dataclass(frozen=True, slots=True)
class _Stage:
    """Some contracts of the day and the time."""

    now: datetime
    underlying: str
    calls: tuple[Contract, ...]
    puts: tuple[Contract, ...]

    @property
    def day(self) -> str:
        """Today."""
        return self.now.astimezone(SHANGHAI).date().isoformat()

    def later(self, days: int) -> str:
        """A day ahead."""
        return (self.now.astimezone(SHANGHAI).date() + timedelta(days=days)).isoformat()

    def at(self, clock: time, days: int = 0) -> datetime:
        """A moment; one of today that is over lies an hour ahead."""
        moment = datetime.combine(self.now.astimezone(SHANGHAI).date() + timedelta(days=days), clock, SHANGHAI)
        return moment if moment > self.now else self.now + timedelta(hours=1)

    def codes(self, *contracts: Contract) -> tuple[str, ...]:
        """Their codes."""
        return tuple(contract.code for contract in contracts)


def sample_group(kind: AlertKind, market: MarketData, now: datetime, level: Level | None = None) -> AlertGroup:
    """One example, open, said a moment ago."""
    finding = sample_finding(kind, market, now, level)
    raised = now - timedelta(minutes=40)
    return AlertGroup((Alert(finding, Standing.OPEN, raised, now, heard_level=finding.level),))


def sample_finding(kind: AlertKind, market: MarketData, now: datetime, level: Level | None = None) -> Finding:
    """An example of a kind, with every figure that kind may have."""
    stage = _stage(market, now)
    codes, quantity, money, deadline, figures, actions = _EXAMPLES[kind](stage)
    return Finding(
        kind,
        f"sample:{kind.value}",
        LEVELS[kind] if level is None else level,
        "" if kind in (AlertKind.MARGIN, AlertKind.FORCED_CLOSE, AlertKind.CONNECTION) else stage.underlying,
        codes,
        quantity,
        None if money is None else Decimal(money),
        deadline,
        figures,
        actions,
    )


_Example = tuple[tuple[str, ...], int | None, str | None, datetime | None, dict[str, str], tuple[AlertAction, ...]]


def _stage(market: MarketData, now: datetime) -> _Stage:
    contracts = market.contracts
    if not contracts:
        return _Stage(now, "510050", (), ())
    first = contracts[0]
    mine = [c for c in contracts if c.underlying == first.underlying and c.expiry == first.expiry]
    mine.sort(key=lambda c: abs(c.strike - c.underlying_close))
    calls = tuple(c for c in mine if c.right is Right.CALL)[:3]
    return _Stage(now, first.underlying, calls, tuple(c for c in mine if c.right is Right.PUT)[:3])


def _exercise(s: _Stage) -> _Example:
    figures = {
        "day": s.day, "days": "0", "quantities": "20 10", "cash": "470000.00", "shares": "100000",
        "cash_short": "0.00", "shares_short": "30000", "pairs": "10",
    }  # fmt: skip
    codes = s.codes(*s.calls[:1], *s.puts[:1])
    return codes, 30, "62900.00", s.at(time(15, 30)), figures, (_A.EXERCISE, _A.CLOSE)


def _near_expiry(s: _Stage) -> _Example:
    figures = {"day": s.later(3), "days": "3", "quantities": "20 5"}
    return s.codes(*s.calls[:2]), 25, "8420.00", s.at(time(15), 3), figures, (_A.SHOW_CONTRACT, _A.CLOSE)


def _not_closed(s: _Stage) -> _Example:
    figures = {"day": s.day, "quantities": "15"}
    return s.codes(*s.puts[:1]), 15, "1230.00", s.at(time(15)), figures, (_A.CLOSE,)


def _writer(s: _Stage) -> _Example:
    figures = {
        "cash_needed": "200000.00", "cash_short": "0.00", "shares_needed": "60000", "shares_short": "18000",
        "day": s.later(1), "days": "1",
    }  # fmt: skip
    return s.codes(*s.calls[:1]), 6, "44460.00", s.at(_CUT_OFF, 2), figures, (_A.CLOSE, _A.SHOW_DELIVERY)


def _assigned(s: _Stage) -> _Example:
    figures = {
        "right": "P", "side": "short", "strike": "2.5000", "shares": "80000", "amount": "200000.00",
        "cash_cost": "0.00", "cash_needed": "200000.00", "cash_short": "0.00", "shares_needed": "0",
        "shares_short": "0", "exercise_day": s.day, "day": s.later(1), "days": "1",
    }  # fmt: skip
    return s.codes(*s.puts[:1]), 8, "200000.00", s.at(_CUT_OFF, 1), figures, (_A.SHOW_DELIVERY,)


def _adjustment(s: _Stage) -> _Example:
    figures = {
        "day": s.later(3), "days": "3", "cash": "0.049", "listed": "84", "exact": "yes", "quantities": "8 5",
        "unit": "10000", "new_unit": "10202", "strike": "2.500", "new_strike": "2.451",
        "trading_code": "510050C1812M02500", "new_trading_code": "510050C1812A02500", "new_name": "50ETF购12月2451A",
    }  # fmt: skip
    return s.codes(*s.calls[:2]), 13, "31500.00", s.at(time(9), 3), figures, (_A.SHOW_ADJUSTMENT,)


def _adjusted(s: _Stage) -> _Example:
    figures = {"unit": "10202", "strike": "2.451", "trading_code": "510050C1812A02500", "quantities": "8"}
    return s.codes(*s.calls[:1]), 8, "19600.00", None, figures, (_A.SHOW_ADJUSTMENT, _A.SHOW_CONTRACT)


def _cover(s: _Stage) -> _Example:
    figures = {
        "days": "3", "day": s.later(3), "exact": "no", "quantities": "5", "needed": "51010", "locked": "50000",
        "to_lock": "1010", "free": "8200", "missing": "0", "to_close": "0",
    }  # fmt: skip
    actions = (_A.TOP_UP, _A.CLOSE, _A.SHOW_COVER)
    return s.codes(*s.calls[:1]), 5, "2494.70", s.at(_FORCED_FROM, 4), figures, actions


def _combination(s: _Stage) -> _Example:
    figures = {
        "day": s.day, "days": "0", "short": "no", "adjusted": "no", "number": "60012", "strategy": "KKS",
        "margin": "4711.60",
    }  # fmt: skip
    codes = s.codes(*s.calls[:1], *s.puts[1:2])
    return codes, 1, "3185.60", s.at(time(15, 15)), figures, (_A.RELEASE, _A.SHOW_FUNDS)


def _margin(s: _Stage) -> _Example:
    figures = {
        "standing": "force", "ratio": "1.3240", "warn": "0.80", "call": "1.00", "force": "1.30",
        "margin": "132400.00", "balance": "100000.00", "available": "-32400.00",
    }  # fmt: skip
    return s.codes(*s.puts[:2]), None, "65500.00", None, figures, (_A.SHOW_FUNDS, _A.CLOSE)


def _forced(s: _Stage) -> _Example:
    figures = {"cause": "margin", "called": "28000.00", "by": "11:30"}
    return s.codes(*s.puts[:2]), None, "28000.00", s.at(_FORCED_FROM), figures, (_A.SHOW_FUNDS, _A.CLOSE)


def _limit(limit: str, used: str, allowed: str, part: str) -> Callable[[_Stage], _Example]:
    def example(s: _Stage) -> _Example:
        figures = {"limit": limit, "used": used, "allowed": allowed, "part": part}
        return s.codes(*s.calls[:2]), int(used), None, None, figures, (_A.CLOSE,)

    return example


def _purchase(s: _Stage) -> _Example:
    figures = {"limit": "limit_purchase", "used": "46500.00", "allowed": "50000.00", "part": "0.9300"}
    return s.codes(*s.calls[:2]), None, "46500.00", None, figures, (_A.CLOSE,)


def _halt(s: _Stage) -> _Example:
    return s.codes(*s.calls[:1]), 20, "14000.00", None, {"state": "halted"}, (_A.SHOW_CONTRACT,)


def _breaker(s: _Stage) -> _Example:
    until = s.now + timedelta(minutes=3)
    figures = {"until": f"{until:%H:%M:%S}"}
    return s.codes(*s.calls[:1]), 20, "14000.00", until, figures, (_A.TICKET, _A.SHOW_CONTRACT)


def _restricted(s: _Stage) -> _Example:
    figures = {"year": s.day[:4], "month": s.day[5:7], "count": "9"}
    return s.codes(*s.calls[:2]), 25, "17500.00", None, figures, (_A.SHOW_CONTRACT,)


def _connection(s: _Stage) -> _Example:
    return (), None, None, None, {"state": "down", "working": "3"}, ()


def _stale(s: _Stage) -> _Example:
    return s.codes(*s.calls[:2]), 25, "17500.00", None, {"seconds": "10"}, ()


def _obligation(s: _Stage) -> _Example:
    figures = {"slack": "420", "state": "at_risk"}
    return s.codes(*s.calls[:1]), None, None, None, figures, (_A.SHOW_OBLIGATIONS, _A.SHOW_CONTRACT)


def _inquiry(s: _Stage) -> _Example:
    return s.codes(*s.calls[:1]), 20, "14000.00", s.now + timedelta(seconds=25), {}, (_A.ANSWER_INQUIRY,)


def _listing(s: _Stage) -> _Example:
    figures = {"count": "4", "months": f"{s.day[:7]}"}
    return s.codes(*s.calls[:2]), 4, None, None, figures, (_A.SHOW_CONTRACT,)


def _instructor(s: _Stage) -> _Example:
    text = word("Two of your contracts expire today. Decide what is exercised and what is sold.")
    figures = {"title": word("Expiry day, first task"), word("en"): text}
    return s.codes(*s.calls[:1], *s.puts[:1]), 30, None, s.at(time(15, 30)), figures, (_A.EXERCISE,)


def _custom(s: _Stage) -> _Example:
    figures = {
        "name": word("Volatility of the nearest month"), "measure": "volatility", "comparison": "above",
        "threshold": "0.25", "value": "0.2634", "note": word("look at the short strangle"),
    }  # fmt: skip
    return s.codes(*s.calls[:1]), None, None, None, figures, (_A.TICKET, _A.SHOW_CONTRACT)


def _opening(**figures: str) -> Callable[[_Stage], _Example]:
    def example(s: _Stage) -> _Example:
        return s.codes(*s.calls[-1:]), 10, "240.00", None, dict(figures), (_A.TICKET,)

    return example


_EXAMPLES: dict[AlertKind, Callable[[_Stage], _Example]] = {
    AlertKind.NEAR_EXPIRY: _near_expiry,
    AlertKind.EXERCISE: _exercise,
    AlertKind.NOT_CLOSED: _not_closed,
    AlertKind.WRITER: _writer,
    AlertKind.ASSIGNED: _assigned,
    AlertKind.ADJUSTMENT_COMING: _adjustment,
    AlertKind.ADJUSTED: _adjusted,
    AlertKind.COVERED_SHORTFALL: _cover,
    AlertKind.COMBINATION_RELEASE: _combination,
    AlertKind.MARGIN: _margin,
    AlertKind.FORCED_CLOSE: _forced,
    AlertKind.POSITION_LIMIT: _limit("limit_total", "9300", "10000", "0.9300"),
    AlertKind.PURCHASE_LIMIT: _purchase,
    AlertKind.LARGE_HOLDER: _limit("limit_right_side", "4000", "5000", "0.8000"),
    AlertKind.SUSPENSION: _halt,
    AlertKind.BREAKER: _breaker,
    AlertKind.OPEN_RESTRICTION: _restricted,
    AlertKind.CONNECTION: _connection,
    AlertKind.STALE_DATA: _stale,
    AlertKind.OBLIGATION: _obligation,
    AlertKind.INQUIRY: _inquiry,
    AlertKind.LISTING: _listing,
    AlertKind.INSTRUCTOR: _instructor,
    AlertKind.CUSTOM: _custom,
    AlertKind.DEEP_OUT_OF_MONEY: _opening(percent="12.4", delta="0.03"),
    AlertKind.OPENS_NEAR_EXPIRY: _opening(days="2"),
    AlertKind.OPENS_ADJUSTED: _opening(unit="10202"),
}
