"""What the strategies' screen stands on: the engine, the user's folder of plug-ins, and what is kept between runs."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from terminal.domain.errors import BadInput
from terminal.domain.reasons import Denial
from terminal.rules.protection.limit_sheet import NOTHING, LimitSheet
from terminal.services.desk import Desk
from terminal.strategies.catalogue import BUILT_IN
from terminal.strategies.engine import StrategyEngine
from terminal.strategies.entry import StrategyEntry
from terminal.strategies.parameters import ParameterField, fields_of, parameters_from, texts_of, with_texts
from terminal.strategies.plug_ins.proxy import PlugInParameters, PlugInStrategy
from terminal.strategies.protocol import Strategy
from terminal.views.strategies.kept import OFFERED, KeptStrategies, KeptStrategy, Kind, checked_name

Spawn = Callable[[Coroutine[Any, Any, Any]], object]


class PlugInForm(Protocol):
    """What is known of a plug-in without running it."""

    @property
    def fields(self) -> tuple[ParameterField, ...]:
        """Its parameters."""

    @property
    def underlyings(self) -> tuple[str, ...]:
        """Whose ticks it would be called for."""


class PlugInShelf(Protocol):
    """The user's folder of plug-ins."""

    def names(self) -> tuple[str, ...]:
        """What there is to be loaded; nothing is."""

    async def describe(self, plug_in: str, values: Mapping[str, str] | None = None) -> PlugInForm:
        """Load one apart, make it with these values, and let it go again. Raises BadInput."""

    def take_in(self, name: str, parameters: PlugInParameters, sheet: LimitSheet | None = None) -> PlugInStrategy:
        """Give the engine one that was described before, stopped; nothing is loaded."""

    async def change(self, name: str, values: Mapping[str, str], by: str) -> None:
        """Put other values in force. Raises BadInput."""

    def output(self, name: str) -> str:
        """The newest of what a strategy's process has printed; untrusted."""


@dataclass(slots=True)
class StrategyDesk:
    """The strategies of one desk as the screen sees them. `by` says who acts."""

    desk: Desk
    engine: StrategyEngine
    plug_ins: PlugInShelf | None
    default_sheet: LimitSheet
    """What the form of a new strategy begins with"""
    by: Callable[[], str]
    kept: KeptStrategies
    spawn: Spawn
    forms: dict[str, tuple[ParameterField, ...]] = field(default_factory=dict)
    """Of plug-ins, as read last"""

    # ---- what there is

    def kinds(self) -> list[Kind]:
        """What can be added now; the folder is read each time."""
        names = () if self.plug_ins is None else self.plug_ins.names()
        return [*(Kind(name) for name in OFFERED), *(Kind(name, is_plug_in=True) for name in names)]

    async def fields(self, kind: Kind) -> tuple[ParameterField, ...]:
        """The form of a kind. Raises BadInput for a plug-in that cannot be used."""
        if not kind.is_plug_in:
            return self.built_in_fields(kind)
        form = await self._shelf(kind).describe(kind.name)
        self.forms[kind.name] = form.fields
        return form.fields

    @staticmethod
    def built_in_fields(kind: Kind) -> tuple[ParameterField, ...]:
        """The form of a kind that is built in."""
        return fields_of(BUILT_IN[kind.name].parameters)

    def entry(self, name: str) -> StrategyEntry | None:
        """One strategy by its name."""
        return self.engine.entry(name)

    def sheet(self, name: str) -> LimitSheet | None:
        """The limit sheet of a strategy."""
        return self.desk.quoting.gate.sheet(name)

    def has_sheet(self, name: str) -> bool:
        """Whether it has a sheet that allows anything: without one it cannot start."""
        return (self.sheet(name) or NOTHING) != NOTHING

    def values(self, name: str) -> dict[str, str]:
        """The parameters in force as text; of a plug-in only those that were set."""
        entry = self.entry(name)
        if entry is None:
            return {}
        parameters = entry.strategy.parameters
        return dict(parameters.values) if isinstance(parameters, PlugInParameters) else texts_of(parameters)

    def out_there(self, name: str) -> tuple[int, int]:
        """Live quotes and working orders of a strategy."""
        quoting, orders = self.desk.quoting, self.desk.orders
        owners = quoting.owners
        quotes = sum(owners[number] == name for number in quoting.board.live_numbers)
        return quotes, sum(orders.sender(order.client_order_id) == name for order in orders.working())

    def output(self, name: str) -> str:
        """What a plug-in's process has printed; untrusted."""
        return "" if self.plug_ins is None else self.plug_ins.output(name)

    def underlyings(self) -> list[str]:
        """Codes of those with contracts today."""
        market = self.desk.market
        listed = {contract.underlying for contract in market.contracts}
        return [underlying.code for underlying in market.underlyings if underlying.code in listed]

    # ---- what a person does

    async def add(self, kind: Kind, name: str, values: Mapping[str, str], sheet: LimitSheet) -> None:
        """Take a new strategy in, stopped. Raises BadInput for a name, values or a plug-in that cannot be used."""
        name = checked_name(name)
        self._check_free(name)
        if kind.is_plug_in:
            form = await self._shelf(kind).describe(kind.name, values)
            self._check_free(name)
            self.forms[kind.name] = form.fields
            self._shelf(kind).take_in(name, PlugInParameters(kind.name, dict(values), form.underlyings), sheet)
        else:
            made = BUILT_IN[kind.name]
            self._check_underlying(values)
            self.engine.add(made.make(name, parameters_from(made.parameters, values)), sheet)
        self._keep()

    async def change(self, name: str, values: Mapping[str, str], sheet: LimitSheet) -> None:
        """Put parameters and sheet in force, running or not; what is as it was is left alone. Raises BadInput."""
        entry = self._one(name)
        if isinstance(entry.strategy, PlugInStrategy):
            if dict(values) != entry.strategy.parameters.values:
                kind = kind_of(entry.strategy)
                await self._shelf(kind).change(name, values, self.by())
        else:
            self._check_underlying(values)
            parameters = with_texts(entry.strategy.parameters, values)
            if parameters != entry.strategy.parameters:
                self.engine.set_parameters(name, parameters, self.by())
        if self.entry(name) is entry and sheet != self.sheet(name):
            self.engine.set_sheet(name, sheet, self.by())
        self._keep()

    def start(self, name: str, *, shadow: bool) -> Denial | None:
        """Start it, or say why not."""
        return self.engine.start(name, self.by(), shadow=shadow)

    def stop(self, name: str) -> None:
        """Stop it and take out what it has in the market."""
        self.engine.stop(name, "stopped by hand", self.by())

    def stop_all(self) -> None:
        """Stop every strategy."""
        self.engine.stop_all("stopped by hand", self.by())

    def remove(self, name: str) -> None:
        """Stop it and forget it, its sheet and its place in the settings."""
        self.engine.remove(name, self.by())
        self._keep()

    def restore(self) -> list[BadInput]:
        """Bring back what was kept, stopped; gives what could not be, of which the others lose nothing.

        Nothing of a plug-in is loaded: its file is read when a person starts it.
        """
        kept, refused = self.kept.read()
        for one in kept:
            try:
                self._check_free(one.name)
                if one.kind.is_plug_in:
                    parameters = PlugInParameters(one.kind.name, dict(one.values), one.underlyings)
                    self._shelf(one.kind).take_in(one.name, parameters, one.sheet)
                else:
                    made = BUILT_IN[one.kind.name]
                    self.engine.add(made.make(one.name, parameters_from(made.parameters, one.values)), one.sheet)
            except BadInput as error:
                refused.append(BadInput(f"{one.name}, {error.field}", error.value, error.rule))
        return refused

    # ---- inside

    def _keep(self) -> None:
        kept = []
        for entry in self.engine.entries:
            strategy = entry.strategy
            kind = kind_of(strategy)
            if kind.is_plug_in or kind.name in OFFERED:
                sheet = self.sheet(strategy.name) or NOTHING
                underlyings = strategy.underlyings if kind.is_plug_in else ()
                kept.append(KeptStrategy(strategy.name, kind, self.values(strategy.name), sheet, underlyings))
        self.kept.write(kept)

    def _one(self, name: str) -> StrategyEntry:
        entry = self.entry(name)
        if entry is None:
            raise BadInput("strategy", name, "one that was not removed meanwhile")
        return entry

    def _check_free(self, name: str) -> None:
        if self.entry(name) is not None:
            raise BadInput("name", name, "a name that is not taken")

    def _check_underlying(self, values: Mapping[str, str]) -> None:
        underlying, listed = values.get("underlying"), self.underlyings()
        if underlying is not None and listed and underlying.strip() not in listed:
            raise BadInput("underlying", underlying, "an underlying with contracts today")

    def _shelf(self, kind: Kind) -> PlugInShelf:
        if self.plug_ins is None:
            raise BadInput("plug-in", kind.name, "plug-ins, which this desk has none of")
        return self.plug_ins


def kind_of(strategy: Strategy) -> Kind:
    """What kind a strategy is of; its class where the catalogue knows none."""
    if isinstance(strategy, PlugInStrategy):
        return Kind(strategy.parameters.plug_in, is_plug_in=True)
    known: Sequence[str] = [kind.name for kind in BUILT_IN.values() if type(strategy) is kind.strategy]
    return Kind(known[0] if known else type(strategy).__name__)
