"""The lines of obligation terms in words. `{n}` is the number of a band."""

import re

from terminal.views.obligations.words import word
from terminal.views.translation import mark

_NUMBER = re.compile(r"\[(\d+)\]")
_LINES = {
    "name": mark("obligations", "Name"),
    "title": mark("obligations", "Title"),
    "valid_from": mark("obligations", "Valid from"),
    "near_below_days": mark("obligations", "A month is near below so many calendar days"),
    "phases": mark("obligations", "Phases that count: opening_auction, continuous, closing_auction"),
    "spread.bid_below": mark("obligations", "Band {n}: bids below, yuan"),
    "spread.near.relative": mark("obligations", "Band {n}, near month: widest spread, part of the bid"),
    "spread.near.absolute": mark("obligations", "Band {n}, near month: widest spread, yuan"),
    "spread.near.ticks": mark("obligations", "Band {n}, near month: widest spread, ticks"),
    "spread.near.delta": mark("obligations", "Band {n}, near month: widest spread, yuan per delta"),
    "spread.near.strictly_below": mark("obligations", "Band {n}, near month: must be smaller than that"),
    "spread.far.relative": mark("obligations", "Band {n}, later month: widest spread, part of the bid"),
    "spread.far.absolute": mark("obligations", "Band {n}, later month: widest spread, yuan"),
    "spread.far.ticks": mark("obligations", "Band {n}, later month: widest spread, ticks"),
    "spread.far.delta": mark("obligations", "Band {n}, later month: widest spread, yuan per delta"),
    "spread.far.strictly_below": mark("obligations", "Band {n}, later month: must be smaller than that"),
    "min_quantity.near": mark("obligations", "Smallest size, near month, contracts"),
    "min_quantity.far": mark("obligations", "Smallest size, later month, contracts"),
    "participation.rate": mark("obligations", "Participation rate of a contract"),
    "coverage.rate": mark("obligations", "Contract rate, part of the obliged ones"),
    "coverage.count": mark("obligations", "Contract rate, number of contracts"),
    "fills.grace_seconds": mark("obligations", "Grace after a fill, seconds"),
    "inquiries.max_response_seconds": mark("obligations", "Longest time to answer an inquiry, seconds"),
    "inquiries.min_hold_seconds": mark("obligations", "Shortest time an answer stays, seconds"),
    "inquiries.min_answer_rate": mark("obligations", "Part of the inquiries to answer"),
    "inquiries.min_interval_seconds": mark("obligations", "Between two inquiries for one contract, seconds"),
    "scope.adjusted": mark("obligations", "Adjusted contracts are obliged"),
    "scope.expiring_today": mark("obligations", "Contracts that expire today are obliged"),
    "scope.near_months": mark("obligations", "Nearest months obliged; blank for all"),
    "scope.quarter_months": mark("obligations", "Quarter months behind them; blank for all"),
    "scope.otm_strikes": mark("obligations", "Strikes out of the money obliged; blank for all"),
    "scope.itm_strikes": mark("obligations", "Strikes in the money obliged; blank for all"),
    "exemptions.limit_up": mark("obligations", "Exempt while the best bid is at limit-up"),
    "exemptions.limit_down": mark("obligations", "Exempt while the best ask is at limit-down"),
    "exemptions.halt": mark("obligations", "Exempt during a halt"),
    "exemptions.breaker": mark("obligations", "Exempt during a volatility interruption"),
    "exemptions.open_restriction": mark("obligations", "Exempt while opening is restricted"),
    "exemptions.venue_failure": mark("obligations", "Exempt while the venue fails"),
    "exemptions.by_hand": mark("obligations", "Exempt while a person has exempted it by hand"),
    "exemptions.delta.enabled": mark("obligations", "Exempt outside a range of delta"),
    "exemptions.delta.low": mark("obligations", "The range's low end, absolute delta"),
    "exemptions.delta.high": mark("obligations", "The range's high end, absolute delta"),
    "score.participation": mark("obligations", "Score: part of participation"),
    "score.spread": mark("obligations", "Score: part of the spread"),
    "score.size": mark("obligations", "Score: part of the size"),
    "score.inquiries": mark("obligations", "Score: part of the inquiries"),
    "score.full_size_multiple": mark("obligations", "Size for its whole part, times the smallest"),
}


def line_words(key: str) -> str:
    """What a line says, in the language of the screen; the key itself for one that has no words."""
    number = _NUMBER.search(key)
    words = _LINES.get(_NUMBER.sub("", key))
    return key if words is None else word(words).format(n=number[1] if number else "")


def band_of(key: str) -> int | None:
    """The band (from 0) that a line belongs to."""
    number = _NUMBER.search(key)
    return int(number[1]) - 1 if number and key.startswith("spread") else None
