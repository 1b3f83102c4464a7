"""Robots for simulated days: clients of all sorts who trade, lock, combine, exercise and overreach, by seed."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from random import Random

import msgspec

from terminal.domain.accounts import PositionSide
from terminal.domain.calendar import TradingCalendar
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.contracts import Contract, Right
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import Instruct, InstructionReport, SubmitOrder
from terminal.domain.orders import Instruction, OrderType
from terminal.domain.reasons import Reason
from terminal.resources import resource_folder
from terminal.rules.combinations import ContractLeg, check_build, identify
from terminal.rules.profile import Profile, parse_profile
from terminal.rules.rounding import to_cents
from terminal.storage.calendar_file import load_calendar
from terminal.venue.book import BookHeader
from terminal.venue.counter.state import AccountState, CombinationState, PositionState
from terminal.venue.crowd.settings import ComingDividendSettings, MarketSettings, parse_market
from terminal.venue.day_end import closing_prices
from terminal.venue.days import Days
from terminal.venue.next_list import first_generated_header

_UNDERLYING = "510050"
_DIVIDEND_EVERY = 29
#: Cash and shares of each sort of client
_SORTS = (
    ("rich", "3000000", 200_000),
    ("covered", "200000", 150_000),
    ("poor", "24000", 20_000),
    ("writer", "150000", 0),
    ("holder", "400000", 60_000),
)
_CLOSING = (Instruction.SELL_CLOSE, Instruction.BUY_CLOSE, Instruction.COVERED_CLOSE)
_OPENING = (Instruction.BUY_OPEN, Instruction.SELL_OPEN, Instruction.COVERED_OPEN)
_SIDES = dict(zip(_CLOSING, PositionSide, strict=True))


def small_market(seed: int, day: date, days: int) -> tuple[Profile, MarketSettings, TradingCalendar, BookHeader]:
    """One underlying, two months, three strikes and a crowd of few; an ex-day every some weeks."""
    shipped = resource_folder()
    profile = parse_profile((shipped / "rules" / "sse_2025.toml").read_text("utf-8"), "sse_2025.toml")
    market = parse_market((shipped / "market.toml").read_text("utf-8"), "market.toml")
    calendar = load_calendar(shipped / "calendar" / "sse.toml", None)
    listing = msgspec.structs.replace(profile.listing, strikes_each_side=1, near_months=2, quarter_months=0)
    only = tuple(u for u in profile.underlyings if u.code == _UNDERLYING)
    profile = msgspec.structs.replace(profile, underlyings=only, listing=listing)
    crowd = msgspec.structs.replace(market.crowd, makers=2, takers=4, refreshes_per_second=0.05, levels=3, levels_max=3)
    coming = tuple(
        ComingDividendSettings(underlying=_UNDERLYING, trading_days_ahead=n, cash=Decimal("0.055"))
        for n in range(5 + seed % 7, days, _DIVIDEND_EVERY)
    )
    settings = msgspec.structs.replace(
        market,
        dividends=(),
        coming_dividends=coming,
        crowd=crowd,
        underlyings=tuple(u for u in market.underlyings if u.code == _UNDERLYING),
    )
    header = first_generated_header(profile, settings, calendar, day, seed=seed, book_id=f"days-{seed}")
    return profile, settings, calendar, header


class Robots:
    """All clients of a stretch of days. What the counter of this build has no instruction for is written into it."""

    def __init__(self, seed: int) -> None:
        self._random = Random(f"robots/{seed}")
        self._ids = count(1)
        self._names: list[str] = []
        self.orders = 0
        self.instructions = 0
        self.wrote_state = False
        """Whether something of today stands in no journal"""

    def begin(self, play: Days) -> None:
        """Open the first clients."""
        for _ in range(2):
            self._open_all(play)

    def morning(self, play: Days) -> None:
        """Lock shares; somebody new comes every few weeks."""
        self.wrote_state = False
        if self._random.random() < 0.03:
            self._open_all(play)
        # The ten youngest of each sort trade; the older ones wait for their contracts to end
        for name in self._active():
            account = play.market.counter._books.accounts[name]
            holding = account.holdings.get(_UNDERLYING)
            free = max(holding.free, 0) // 10_000 * 10_000 if holding else 0
            if free and self._random.random() < 0.5:
                play.market.now = max(play.market.now, play.market.now.replace(hour=9, minute=31))
                self._instruct(play, name, InstructionKind.LOCK, underlying=_UNDERLYING, quantity=free)

    def trade(self, play: Days) -> None:
        """Some orders of some clients."""
        for name in self._active():
            if self._random.random() < 0.5:
                self._order(play, name)
            if self._random.random() < 0.3:
                self._combine(play, name)
        # Somebody hits a cheap contract hard, which may break the band
        if self._random.random() < 0.05:
            contract = min(play.market.contracts, key=lambda c: (c.previous_settlement, c.code))
            self._submit(play, self._names[0], contract, Instruction.BUY_OPEN, 5, contract.limit_up)

    def afternoon(self, play: Days) -> None:
        """On the expiry day exercise what is worth it, some of it in pairs."""
        market = play.market
        closes = closing_prices(market)
        expiring = [c for c in market.contracts if c.exercise_day == market.trading_day]
        for name in self._names:
            longs = market.counter._books.accounts[name].positions[PositionSide.LONG]
            for contract in expiring:
                position = longs.get(contract.code)
                if position is None or not position.quantity:
                    continue
                inside = closes[contract.underlying] - contract.strike
                if contract.right is Right.PUT:
                    inside = -inside
                pair = self._pair(contract, expiring, longs)
                if pair is not None and self._random.random() < 0.6:
                    self._instruct(
                        play,
                        name,
                        InstructionKind.MERGED_EXERCISE,
                        contract_code=contract.code,
                        second_code=pair.code,
                        quantity=1,
                    )
                elif inside > 0 and self._random.random() < 0.9:
                    self._instruct(
                        play, name, InstructionKind.EXERCISE, contract_code=contract.code, quantity=position.quantity
                    )

    # ---- inside

    def _open_all(self, play: Days) -> None:
        for sort, cash, shares in _SORTS:
            name = f"{sort}{len(self._names):03d}"
            self._names.append(name)
            play.entries += play.market.counter.open_account(
                name, Decimal(cash), {_UNDERLYING: shares} if shares else {}
            ).entries

    def _active(self) -> Sequence[str]:
        return self._names[-2 * len(_SORTS) :]

    def _order(self, play: Days, name: str) -> None:
        random, market = self._random, play.market
        account = market.counter._books.accounts[name]
        contracts = [c for c in market.contracts if not c.suspended]
        instruction = random.choice(_OPENING if random.random() < 0.7 else _CLOSING)
        if name.startswith("covered") and random.random() < 0.7:
            instruction = Instruction.COVERED_OPEN
        if name.startswith(("poor", "writer")) and random.random() < 0.7:
            instruction = Instruction.SELL_OPEN
        if instruction in _CLOSING:
            held = [code for code, p in account.positions[_SIDES[instruction]].items() if p.available > 0]
            contracts = [c for c in contracts if c.code in held]
        if instruction is Instruction.COVERED_OPEN:
            contracts = [c for c in contracts if c.right is Right.CALL]
        if contracts:
            self._submit(play, name, random.choice(contracts), instruction, random.randint(1, 3), None)

    def _submit(
        self, play: Days, name: str, contract: Contract, instruction: Instruction, quantity: int, price: Decimal | None
    ) -> None:
        self.orders += 1
        order = SubmitOrder(
            client_order_id=f"r{next(self._ids)}",
            contract_code=contract.code,
            instruction=instruction,
            order_type=OrderType.MARKET_TO_LIMIT if price is None else OrderType.LIMIT,
            quantity=quantity,
            price=price,
        )
        play.market.command(name, order, play.market.now)
        play.keep()

    def _combine(self, play: Days, name: str) -> None:
        """Look for two positions that form a combination."""
        market = play.market
        account = market.counter._books.accounts[name]
        by_code = {c.code: c for c in market.contracts}
        legs = [
            ContractLeg(by_code[code], side)
            for side in (PositionSide.LONG, PositionSide.SHORT)
            for code, position in account.positions[side].items()
            if position.available > 0
        ]
        if len(legs) < 2:
            return
        first, second = self._random.sample(legs, 2)
        calendar, rules = play._calendar, play._profile.combinations
        for strategy in identify(first, second):
            if check_build(strategy, (first, second), market.trading_day, calendar, rules) is None:
                ordered = (first, second) if _leads(first, strategy) else (second, first)
                self._instruct(
                    play,
                    name,
                    InstructionKind.COMBINE,
                    strategy=strategy,
                    contract_code=ordered[0].contract.code,
                    second_code=ordered[1].contract.code,
                    quantity=1,
                )

    def _instruct(
        self,
        play: Days,
        name: str,
        kind: InstructionKind,
        *,
        underlying: str = "",
        contract_code: str = "",
        second_code: str = "",
        strategy: CombinationStrategy | None = None,
        quantity: int = 0,
    ) -> None:
        self.instructions += 1
        command = Instruct(
            instruction_id=f"i{next(self._ids)}",
            kind=kind,
            underlying=underlying,
            contract_code=contract_code,
            second_code=second_code,
            strategy=strategy,
            quantity=quantity,
        )
        play.market.command(name, command, play.market.now)
        answers = [r for _, r in play.market.outcome.reports if isinstance(r, InstructionReport)]
        play.keep()
        if any(r.reason is Reason.NOT_SUPPORTED for r in answers):
            self._write(play.market.counter._books.accounts[name], command)

    def _write(self, account: AccountState, command: Instruct) -> None:
        """Do by hand what a counter without this instruction would have to do."""
        self.wrote_state = True
        if command.kind is InstructionKind.EXERCISE:
            account.exercises[command.contract_code] = command.quantity
        elif command.kind is InstructionKind.MERGED_EXERCISE:
            account.merged_exercises[f"{command.contract_code},{command.second_code}"] = command.quantity
        elif command.kind is InstructionKind.COMBINE and command.strategy is not None:
            state = CombinationState(command.strategy, command.contract_code, command.second_code, command.quantity)
            first_side = PositionSide.SHORT if command.strategy.is_short_pair else PositionSide.LONG
            for side, code in ((first_side, command.contract_code), (PositionSide.SHORT, command.second_code)):
                position = account.positions[side][code]
                part = to_cents(position.margin * command.quantity / (position.quantity - position.combined))
                position.combined += command.quantity
                position.margin -= part
                state.margin += part
            account.combinations[f"{command.instruction_id}"] = state

    def _pair(
        self, call: Contract, expiring: Sequence[Contract], longs: Mapping[str, PositionState]
    ) -> Contract | None:
        if call.right is not Right.CALL:
            return None
        for put in expiring:
            held = longs.get(put.code)
            fits = put.multiplier == call.multiplier and put.underlying == call.underlying and put.strike > call.strike
            if put.right is Right.PUT and fits and held is not None and held.quantity:
                return put
        return None


def _leads(leg: ContractLeg, strategy: CombinationStrategy) -> bool:
    """Whether the leg is the first of the combination: the long one of a spread, the call of a short pair."""
    if strategy.is_short_pair:
        return leg.contract.right is Right.CALL
    return leg.side is PositionSide.LONG
