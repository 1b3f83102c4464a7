"""A maker's day counted again from the bare journal, moment by moment, by a program that shares nothing with the desk.

It opens the SQLite file itself, unpacks the records itself and reads the terms and the timetable as plain TOML. Then it
looks at every contract at the middle of each short stretch of the obliged time and asks: does a valid quote lie there,
does a fill excuse it, is it exempt? What it finds is added up in whole stretches. So it is slow and simple, and where
it disagrees with the product's own measure one of the two is wrong.
"""

import sqlite3
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

_ZONE = timezone(timedelta(hours=8))
_SECOND = 1_000_000
_FAR = 1 << 62


@dataclass(slots=True)
class _Moment:
    """What stood in a contract from one event on."""

    at: int
    bid: int = 0
    bid_left: int = 0
    ask: int = 0
    ask_left: int = 0
    excused_until: int = 0
    exempt: bool = False
    """By a cause that an event begins and ends; what a person exempted stands with the contract"""


@dataclass(slots=True)
class _Contract:
    near: bool
    causes: set[str] = field(default_factory=set)
    history: list[_Moment] = field(default_factory=list)
    quote: dict[str, Any] | None = None
    by_hand: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Begin and end of what a person exempted"""
    asked: list[int] = field(default_factory=list)
    """Moments of the inquiries that are owed an answer"""


@dataclass(frozen=True, slots=True)
class Recount:
    """Seconds by contract, and the answers."""

    compliant: dict[str, float]
    missed: dict[str, float]
    exempt: dict[str, float]
    inquiries: int
    answered_in_time: int

    def participation(self, code: str) -> float:
        """Compliant over obliged time; nan for nothing owed."""
        owed = self.compliant[code] + self.missed[code]
        return self.compliant[code] / owed if owed else float("nan")

    def contract_rate(self, threshold: float) -> float:
        """Contracts that reach the threshold, as a part of those that owe anything."""
        rates = [self.participation(code) for code in self.compliant]
        owing = [rate for rate in rates if rate == rate]
        return sum(rate >= threshold for rate in owing) / len(owing) if owing else float("nan")


class DayRecount:
    """One trading day of a journal under the terms of one file."""

    def __init__(self, journal: Path, terms: Path, profile: Path) -> None:
        self._journal = journal
        self._terms = tomllib.loads(terms.read_text("utf-8"))
        self._sessions = tomllib.loads(profile.read_text("utf-8"))["sessions"]
        self._contracts: dict[str, _Contract] = {}
        self._day = date.min
        self._midnight = 0
        self._last = 0
        for name in ("near_months", "quarter_months", "otm_strikes", "itm_strikes"):
            if name in self._terms["scope"]:
                raise ValueError(f"the recount knows no {name}")

    def count(self, look_seconds: float, until: datetime | None = None) -> Recount:
        """Look at every contract once in so many seconds, up to a moment or the end of the day."""
        self._read()
        owed = self._windows()
        end = _FAR if until is None else self._us(until)
        looks = np.concatenate(
            [
                np.arange(first, min(last, end), int(look_seconds * _SECOND)) + int(look_seconds * _SECOND) // 2
                for first, last in owed
                if first < end
            ]
        )
        seconds: tuple[dict[str, float], dict[str, float], dict[str, float]] = {}, {}, {}
        for code, contract in self._contracts.items():
            times = np.array([m.at for m in contract.history], np.int64)
            places = np.searchsorted(times, looks, side="right") - 1
            valid = np.array([self._is_valid(contract.near, m) for m in contract.history], bool)[places]
            exempt = np.array([m.exempt for m in contract.history], bool)[places]
            for first, last in contract.by_hand.values():
                exempt |= (first <= looks) & (looks < last)
            excused = np.array([m.excused_until for m in contract.history], np.int64)[places] > looks
            compliant = ~exempt & (valid | excused)
            seconds[0][code] = float(compliant.sum() * look_seconds)
            seconds[1][code] = float((~exempt & ~compliant).sum() * look_seconds)
            seconds[2][code] = float(exempt.sum() * look_seconds)
        return Recount(*seconds, *self._answers(owed))

    # ---- reading

    def _rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        connection = sqlite3.connect(f"file:{self._journal}?mode=ro", uri=True)
        try:
            for kind, body in connection.execute("SELECT kind, body FROM record ORDER BY number"):
                if kind in ("event", "obligation"):
                    yield kind, msgspec.msgpack.decode(body)
        finally:
            connection.close()

    def _read(self) -> None:
        for _, row in self._rows():
            name = row["type"]
            if name == "DayTold":
                self._begin(row)
            elif name in ("QuoteReport", "OrderReport"):
                if row["sequence"] > self._last:
                    self._last = row["sequence"]
                    self._report(name, row)
            elif name == "ExemptionTold":
                for code in row.get("codes") or tuple(self._contracts):
                    self._exempt(code, row["cause"], row["holds"], self._us(row["at"]))
            elif name == "HandExemptionTold" and self._terms["exemptions"].get("by_hand", False):
                for code in row["codes"]:
                    if code in self._contracts:
                        span = self._us(row["at"]), self._us(row["until"])
                        self._contracts[code].by_hand.setdefault(row["number"], span)
            elif name == "HandLiftedTold":
                for contract in self._contracts.values():
                    if row["number"] in contract.by_hand:
                        first, last = contract.by_hand[row["number"]]
                        contract.by_hand[row["number"]] = first, min(last, max(self._us(row["at"]), first))
            elif name == "InquiryTold" and row["contract_code"] in self._contracts:
                self._asked(self._contracts[row["contract_code"]], self._us(row["at"]))

    def _begin(self, row: dict[str, Any]) -> None:
        self._day = date.fromisoformat(row["trading_day"])
        self._midnight = _epoch(datetime.combine(self._day, datetime.min.time(), _ZONE))
        scope = self._terms["scope"]
        for told in row["contracts"]:
            expiry = date.fromisoformat(told["expiry"])
            if (told.get("adjusted") and not scope["adjusted"]) or (
                expiry == self._day and not scope["expiring_today"]
            ):
                continue
            contract = _Contract((expiry - self._day).days < self._terms["near_below_days"])
            contract.causes |= {"halt"} if told.get("suspended") else set()
            contract.causes |= {"open_restriction"} if told.get("opening_restricted") else set()
            contract.history.append(_Moment(0, exempt=self._lifts(contract.causes)))
            self._contracts[told["code"]] = contract

    def _report(self, name: str, row: dict[str, Any]) -> None:
        contract = self._contracts.get(row["contract_code"])
        if contract is None:
            return
        quote, at = contract.quote, self._us(row["at"])
        if name == "QuoteReport":
            if row["status"] == "live":
                contract.quote = row
                self._note(
                    contract,
                    at,
                    bid=_units(row["bid_price"]),
                    bid_left=row["bid_quantity"],
                    ask=_units(row["ask_price"]),
                    ask_left=row["ask_quantity"],
                )
            elif row["status"] != "refused" and quote is not None and quote["quote_id"] == row["quote_id"]:
                contract.quote = None
                self._note(contract, at, bid=0, bid_left=0, ask=0, ask_left=0)
            return
        sides = ("", "") if quote is None else (quote["bid_order"], quote["ask_order"])
        if row["client_order_id"] not in sides:
            if row["exec_type"] == "acknowledged" and row["order_type"] == "limit":
                raise ValueError("the recount knows no single orders that rest")
            return
        if row["exec_type"] == "trade":
            left = row["quantity"] - row["filled_quantity"]
            side = {"bid_left": left} if row["client_order_id"] == sides[0] else {"ask_left": left}
            before = contract.history[-1]
            excused = at + self._terms["fills"]["grace_seconds"] * _SECOND
            self._note(
                contract,
                at,
                excused_until=excused if self._is_valid(contract.near, before) else before.excused_until,
                **side,
            )

    def _exempt(self, code: str, cause: str, holds: bool, at: int) -> None:
        contract = self._contracts.get(code)
        if contract is not None:
            (contract.causes.add if holds else contract.causes.discard)(cause)
            self._note(contract, at, exempt=self._lifts(contract.causes))

    def _asked(self, contract: _Contract, at: int) -> None:
        soon = contract.asked and at - contract.asked[-1] < self._terms["inquiries"]["min_interval_seconds"] * _SECOND
        lifted = self._lifts(contract.causes) or any(a <= at < b for a, b in contract.by_hand.values())
        if not soon and not lifted and any(a <= at < b for a, b in self._windows()):
            contract.asked.append(at)

    @staticmethod
    def _note(contract: _Contract, at: int, **changes: Any) -> None:
        before = contract.history[-1]
        moment = {name: getattr(before, name) for name in _Moment.__slots__} | changes
        # What comes late counts from the newest moment that is known
        contract.history.append(_Moment(**(moment | {"at": max(at, before.at)})))

    # ---- judging

    def _lifts(self, causes: set[str]) -> bool:
        return any(self._terms["exemptions"][cause] is True for cause in causes)

    def _is_valid(self, near: bool, moment: _Moment) -> bool:
        least = self._terms["min_quantity"]["near" if near else "far"]
        if moment.bid <= 0 or moment.ask <= moment.bid or min(moment.bid_left, moment.ask_left) < max(least, 1):
            return False
        bid = Decimal(moment.bid).scaleb(-4)
        spread = Decimal(moment.ask - moment.bid).scaleb(-4)
        for band in self._terms["spread"]:
            if "bid_below" not in band or bid < Decimal(band["bid_below"]):
                break
        cap = band["near" if near else "far"]
        widest = max(
            Decimal(cap.get("relative", 0)) * bid,
            Decimal(cap.get("absolute", 0)),
            Decimal(cap.get("ticks", 0)) / 10_000,
        )
        if "delta" in cap:
            raise ValueError("the recount knows no widths by delta")
        return spread < widest if cap.get("strictly_below") else spread <= widest

    def _answers(self, owed: list[tuple[int, int]]) -> tuple[int, int]:
        asked = in_time = 0
        limit = self._terms["inquiries"]["max_response_seconds"] * _SECOND
        for contract in self._contracts.values():
            for at in contract.asked:
                end = next(last for first, last in owed if first <= at < last)
                until = min(at + limit, end)
                begun = [m.at for m in contract.history if m.exempt]
                begun += [first for first, last in contract.by_hand.values() if first < last]
                lifted = min((begin for begin in begun if at < begin <= until), default=_FAR)
                # What is lifted before it is answered is not owed, whatever comes afterwards
                good = [
                    max(m.at, at)
                    for m, after in zip(contract.history, [*contract.history[1:], _Moment(_FAR)], strict=True)
                    if self._is_valid(contract.near, m) and after.at > at and m.at <= until and m.at < lifted
                ]
                if good or (lifted == _FAR and end > at + limit):
                    asked += 1
                    in_time += bool(good)
        return asked, in_time

    def _windows(self) -> list[tuple[int, int]]:
        if self._terms["phases"] != ["continuous"]:
            raise ValueError("the recount knows continuous trading alone")
        windows = []
        for part in ("morning", "afternoon"):
            first, last = (_epoch(datetime.combine(self._day, clock, _ZONE)) for clock in self._sessions[part])
            windows.append((first - self._midnight, last - self._midnight))
        return windows

    def _us(self, at: datetime) -> int:
        return _epoch(at) - self._midnight


def _epoch(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _units(price: str) -> int:
    return int(Decimal(price) * 10_000)
