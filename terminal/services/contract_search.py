"""Finds instruments by whatever a user types (键盘精灵): codes, pinyin initials, or `50 C 2612 3.0`.

Pure over the day's list in `MarketData`. Nothing that is typed is an error: what fits nothing finds nothing.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from terminal.domain.contracts import Contract, Right, Underlying, is_contract_code
from terminal.services.market_data import MarketData

MAX_TEXT = 64
DEFAULT_LIMIT = 12
#: Fewer digits of a contract code than these fit too many
_CODE_DIGITS = 4
_RIGHTS = {
    "C": Right.CALL,
    "CALL": Right.CALL,
    "购": Right.CALL,
    "认购": Right.CALL,
    "P": Right.PUT,
    "PUT": Right.PUT,
    "沽": Right.PUT,
    "认沽": Right.PUT,
}
_TOKEN = re.compile(r"\d+\.\d*|\.\d+|\d+|[A-Z]+|[\u4e00-\u9fff]+|\s+")
_RIGHT_INSIDE = re.compile(r"(认购|认沽|购|沽)")
#: A short name by its initials, 50ETF购12月3100 as 50ETFG12Y3100: 购 and 沽 begin with the same letter
_INITIALS = re.compile(r"(.*?[0-9A-Z])\s*R?G\s*([0-9]{1,4})\s*Y(.*)", re.DOTALL)


class MatchKind(StrEnum):
    """What was found."""

    UNDERLYING = "underlying"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Match:
    """One thing found; `exact` when nothing else can be meant."""

    kind: MatchKind
    code: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class _Query:
    """What the parts of a text may mean. `month` is (year or None, month)."""

    underlying: str
    right: Right | None = None
    month: tuple[int | None, int] | None = None
    strike: Decimal | None = None
    adjustment: str | None = None

    @property
    def names_contracts(self) -> bool:
        return self.right is not None or self.month is not None or self.strike is not None


def search(text: str, market: MarketData, limit: int = DEFAULT_LIMIT) -> list[Match]:
    """What fits a text, best first, at most `limit`; empty for an empty or senseless text.

    Takes an underlying's code or a part of it (510050, 50), pinyin initials of it or of a contract's short name
    (SZ50ETF, 50ETFG12Y3100: calls and puts, nearest first), an 8-digit contract code, a 17-character trading code, or
    words such as `50 C 2612 3.0`, `50购12 3.0`, `300ETF沽12月`; a strike alone, `3.1`, finds it in every underlying.
    """
    typed = unicodedata.normalize("NFKC", text[:MAX_TEXT]).upper().strip()
    if not typed:
        return []
    joined = typed.replace(" ", "")
    exact = _exact(joined, market)
    if exact is not None:
        return [exact]
    if not _TOKEN.search(joined):
        return []
    query = _parse(typed)
    found: list[Match] = []
    if not query.names_contracts:
        found += [Match(MatchKind.UNDERLYING, u.code) for u in _underlyings(query.underlying, market.underlyings)]
    else:
        found += [Match(MatchKind.CONTRACT, c.code) for c in _contracts(query, market)]
    if joined.isdigit() and len(joined) >= _CODE_DIGITS:
        fitting = [c for c in market.contracts if c.code.startswith(joined)]
        fitting += [c for c in market.contracts if c.code.endswith(joined)]
        found += [Match(MatchKind.CONTRACT, c.code) for c in fitting]
    return list(dict.fromkeys(found))[:limit]


def _exact(text: str, market: MarketData) -> Match | None:
    if is_contract_code(text) and market.contract(text) is not None:
        return Match(MatchKind.CONTRACT, text, exact=True)
    if market.underlying(text) is not None:
        return Match(MatchKind.UNDERLYING, text, exact=True)
    if len(text) == 17:
        named = next((c for c in market.contracts if c.trading_code == text), None)
        if named is not None:
            return Match(MatchKind.CONTRACT, named.code, exact=True)
    return None


def _parse(text: str) -> _Query:
    """Split at the call or put sign; without one, the first word is the underlying and figures follow."""
    initials = _INITIALS.fullmatch(text)
    if initials is not None:
        return _with_figures(initials[1].replace(" ", ""), None, _TOKEN.findall(f"{initials[2]} {initials[3]}"))
    tokens = [token for raw in _TOKEN.findall(text) for token in _parted(raw)]
    place = next((n for n, token in enumerate(tokens) if token in _RIGHTS), None)
    if place is None:
        words = [token for token in tokens if not token.isspace()]
        gap = next((n for n, token in enumerate(tokens) if token.isspace()), len(tokens))
        head, tail = tokens[:gap], tokens[gap:]
        if not tail and len(words) > 1 and words[-1] == "月":
            head, tail = words[:-2], words[-2:]
        return _headed(head, None, tail)
    head = [token for token in tokens[:place] if not token.isspace()]
    return _headed(head, _RIGHTS[tokens[place]], tokens[place + 1 :])


def _headed(head: list[str], right: Right | None, tail: list[str]) -> _Query:
    """The head names the underlying, unless it has a point: then it is the strike, in whatever underlying."""
    if any("." in token for token in head):
        return _with_figures("", right, head + tail)
    return _with_figures("".join(head), right, tail)


def _parted(token: str) -> list[str]:
    """A Chinese word parted at the call or put sign: 科创购 is 科创 and 购."""
    return [part for part in _RIGHT_INSIDE.split(token) if part]


def _with_figures(underlying: str, right: Right | None, tokens: Iterable[str]) -> _Query:
    month: tuple[int | None, int] | None = None
    strike: Decimal | None = None
    adjustment: str | None = None
    for token in tokens:
        if "." in token:
            strike = _decimal(token)
        elif token.isdigit():
            as_month = _month(token) if month is None else None
            if as_month is not None:
                month = as_month
            elif len(token) >= 3:
                strike = Decimal(token) / 1000  # as trading codes and the market's short names write it
            else:
                strike = Decimal(token)
        elif len(token) == 1 and token.isascii() and token.isalpha():
            adjustment = token
        elif token in _RIGHTS and right is None:
            right = _RIGHTS[token]
    return _Query(underlying, right, month, strike, adjustment)


def _decimal(token: str) -> Decimal | None:
    digits = token.strip(".")
    return Decimal(token if token[-1] != "." else digits) if digits else None


def _month(token: str) -> tuple[int | None, int] | None:
    """A month as 12 or 2612; None when it cannot be one."""
    if len(token) <= 2 and 1 <= int(token) <= 12:
        return None, int(token)
    if len(token) == 4 and 1 <= int(token[2:]) <= 12 and 15 <= int(token[:2]) <= 60:
        return 2000 + int(token[:2]), int(token[2:])
    return None


def _underlyings(text: str, listed: Iterable[Underlying]) -> list[Underlying]:
    ranked = [(rank, place, u) for place, u in enumerate(listed) if (rank := _rank(text, u)) is not None]
    return [u for _, _, u in sorted(ranked, key=lambda entry: entry[:2])]


def _rank(text: str, underlying: Underlying) -> int | None:
    """How well a text names an underlying, 0 best; None when it does not."""
    if not text:
        return 9
    name, pinyin = underlying.name.upper(), underlying.pinyin.upper()
    figures = re.findall(r"\d+", name)
    tests = (
        text in (underlying.code, name, pinyin),
        name.startswith(text) and text.isdigit() and text in figures,
        text in figures,
        underlying.code.startswith(text),
        name.startswith(text) or pinyin.startswith(text),
        underlying.code.endswith(text),
        text in name or text in pinyin,
        text.isalpha() and _subsequence(text, pinyin),
    )
    return next((rank for rank, fits in enumerate(tests) if fits), None)


def _subsequence(text: str, whole: str) -> bool:
    letters = iter(whole)
    return len(text) > 1 and all(letter in letters for letter in text)


def _contracts(query: _Query, market: MarketData) -> list[Contract]:
    """Contracts that fit, best fitting underlying first, then strike, month, standard before adjusted.

    Where a strike is named and no underlying, the strike comes first.
    """
    place = {u.code: n for n, u in enumerate(_underlyings(query.underlying, market.underlyings))}
    fitting = [c for c in market.contracts if c.underlying in place and _fits(query, c)]
    spots = {code: market.last(code) for code in place}

    anywhere = not query.underlying and query.strike is not None

    def order(contract: Contract) -> tuple[Decimal, int, Decimal, tuple[int, int], bool, str]:
        # Without a strike the one nearest to the money is the likeliest
        aim = query.strike if query.strike is not None else (spots[contract.underlying] or contract.underlying_close)
        distance = abs(contract.strike - aim)
        first = distance if anywhere else Decimal(0)
        return first, place[contract.underlying], distance, contract.month, contract.is_adjusted, contract.right

    return sorted(fitting, key=order)


def _fits(query: _Query, contract: Contract) -> bool:
    year, month = query.month or (None, None)
    return (
        (query.right is None or contract.right is query.right)
        and (month is None or contract.month[1] == month)
        and (year is None or contract.month[0] == year)
        and (query.adjustment is None or contract.adjustment == query.adjustment)
    )
