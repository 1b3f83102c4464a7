"""Plug-ins of the user's folder: what there is, what a form shows of one, and the strategies made of them."""

import asyncio
import logging
import time
from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from terminal.app.plug_in_process import WorkerProcess
from terminal.domain.errors import BadInput
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.strategies.catalogue import plug_in_names
from terminal.strategies.engine import StrategyEngine
from terminal.strategies.parameters import ParameterField
from terminal.strategies.plug_ins.frames import Answer, Ask, Failed, Open, Ready, Refused
from terminal.strategies.plug_ins.proxy import PlugInParameters, PlugInStrategy
from terminal.strategies.plug_ins.session import Hears, Worker, WorkerSession

logger = logging.getLogger(__name__)
_LOOK_SECONDS = 0.1
_LAST_WAIT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class PlugInForm:
    """What is known of a plug-in without running it: read in a process of its own."""

    plug_in: str
    version: int
    fields: tuple[ParameterField, ...]
    """Defaults are text; None for none, and for what is no single value"""
    underlyings: tuple[str, ...]
    """Whose ticks it would be called for with the values it was made with"""


class PlugIns:
    """The user's folder; `memory_bytes` is what each worker may have."""

    def __init__(
        self,
        folder: Path,
        engine: StrategyEngine,
        *,
        memory_bytes: int,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder = folder
        self._engine = engine
        self._memory_bytes = memory_bytes
        self._seconds = seconds
        self._workers: list[WorkerProcess] = []
        self._newest: dict[str, WorkerProcess] = {}
        """By strategy, the one it was started with last, ended or not"""

    def names(self) -> tuple[str, ...]:
        """What there is to be loaded; nothing is."""
        return plug_in_names(self.folder)

    async def describe(self, plug_in: str, values: Mapping[str, str] | None = None) -> PlugInForm:
        """Load one in a process of its own, make it with these values, and let it go again.

        Raises BadInput with what is wrong with the file or the values, also when loading does not end (F74).
        """
        if plug_in not in self.names():
            raise BadInput("plug-in", plug_in, f"the name of a Python file in {self.folder}")
        outcome: asyncio.Future[Ready | Refused | str] = asyncio.get_running_loop().create_future()

        def told(found: Ready | Refused | str) -> None:
            if not outcome.done():
                outcome.set_result(found)

        def raised(method: str, failed: Failed) -> None:
            told(failed.error)

        def serve(asked: Ask) -> Answer:
            told("it asks before it is started")
            return Answer()

        opening = Open(
            folder=str(self.folder),
            plug_in=plug_in,
            strategy=plug_in,
            values=dict(values or {}),
            memory_bytes=self._memory_bytes,
        )
        hears = Hears(told, told, told, raised, lambda said: None, serve)
        session = WorkerSession(opening, self._start(plug_in, keeps=False), hears, self._seconds, None)
        try:
            while not outcome.done():
                await asyncio.wait((outcome,), timeout=_LOOK_SECONDS)
                session.look()
        finally:
            session.close()
        found = outcome.result()
        if isinstance(found, Refused):
            raise BadInput(found.field, _unquoted(found.value), found.rule)
        if isinstance(found, str):
            raise BadInput("plug-in", plug_in, f"one that can be loaded: {found}")
        fields = tuple(ParameterField(f.name, f.kind, f.default, f.choices, f.about) for f in found.fields)
        return PlugInForm(plug_in, found.version, fields, found.underlyings)

    async def add(
        self, name: str, plug_in: str, values: Mapping[str, str] | None = None, sheet: LimitSheet | None = None
    ) -> PlugInStrategy:
        """Give the engine a strategy made of a plug-in, stopped. Raises BadInput as `describe` does."""
        form = await self.describe(plug_in, values)
        return self.take_in(name, PlugInParameters(plug_in, dict(values or {}), form.underlyings), sheet)

    def take_in(self, name: str, parameters: PlugInParameters, sheet: LimitSheet | None = None) -> PlugInStrategy:
        """Give the engine one that was described before, stopped; nothing is loaded until it is started."""
        self._newest.pop(name, None)
        strategy = PlugInStrategy(
            name,
            parameters,
            folder=self.folder,
            memory_bytes=self._memory_bytes,
            view=self._engine.view,
            start_worker=self._start(name),
            seconds=self._seconds,
        )
        self._engine.add(strategy, sheet)
        return strategy

    async def change(self, name: str, values: Mapping[str, str], by: str) -> None:
        """Put other values in force, running or not. Raises BadInput for values that the plug-in does not take."""
        entry = self._engine.entry(name)
        strategy = None if entry is None else entry.strategy
        if not isinstance(strategy, PlugInStrategy):
            raise BadInput("strategy", name, "one that is made of a plug-in")
        plug_in = strategy.parameters.plug_in
        form = await self.describe(plug_in, values)
        if self._engine.entry(name) is not entry:
            raise BadInput("strategy", name, "one that was not removed meanwhile")
        self._engine.set_parameters(name, PlugInParameters(plug_in, dict(values), form.underlyings), by)

    def output(self, name: str) -> str:
        """The newest of what a strategy's process has printed since it was started last; untrusted."""
        worker = self._newest.get(name)
        return "" if worker is None else worker.output

    def close(self) -> None:
        """Kill every worker and wait for its end."""
        for worker in self._workers:
            worker.kill()
        until = self._seconds() + _LAST_WAIT_SECONDS
        for worker in self._workers:
            if not worker.join(max(0.0, until - self._seconds())):
                logger.warning("the process %s of a plug-in has not ended", worker.process_id)
        self._workers.clear()
        self._newest.clear()

    @property
    def process_ids(self) -> tuple[int, ...]:
        """Of the workers that are there."""
        return tuple(worker.process_id for worker in self._workers if worker.process_id is not None)

    def _start(
        self, name: str, *, keeps: bool = True
    ) -> Callable[[Callable[[bytes], None], Callable[[str], None]], Worker]:
        def start(on_frame: Callable[[bytes], None], on_end: Callable[[str], None]) -> Worker:
            loop: AbstractEventLoop = asyncio.get_running_loop()
            # Those that have ended are forgotten whenever another begins
            self._workers = [worker for worker in self._workers if not worker.join(0.0)]
            worker = WorkerProcess(loop, on_frame, on_end, name=f"plug-in {name}")
            self._workers.append(worker)
            if keeps:
                self._newest[name] = worker
            return worker

        return start


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] else text
