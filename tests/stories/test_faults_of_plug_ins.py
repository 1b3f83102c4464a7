"""Plug-ins that go wrong in their processes beside a desk that quotes (reliability, section E)."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal.app.plug_ins import PlugIns
from terminal.services.events import AlarmKind
from terminal.strategies.entry import StrategyState
from tests.app.plug_in_room import MEMORY_BYTES, PATIENCE_SECONDS, plug_in
from tests.harness import PUT, HandClock
from tests.quoting_rig import limits
from tests.stories.maker import QUOTED, Maker, quoting_story

#: Between two turns of the desk, by the clock that holds plug-ins to their time
BEAT_SECONDS = 0.05
#: What each does on its first tick, and what is said of it
ACTS = {
    "loops": ("open({on!r}, 'w').close()\n    while True: pass", "on_tick did not end within 1000 ms"),
    "sleeps": ("open({on!r}, 'w').close()\n    time.sleep(1000)", "on_tick did not end within 1000 ms"),
    "raises": ("1 / 0", "ZeroDivisionError in on_tick"),
    "crosses": ("for _ in range(3): ask.quote(put_quote(view, 710, 708))", "a quote that no market takes"),
}
#: Those that never come back
STUCK = ("loops", "sleeps")


@pytest.mark.story
@pytest.mark.fault("F68", "F69", "F72")
def test_plug_ins_that_go_wrong_are_killed_and_the_quoter_beside_them_goes_on(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("strategy raises raised in on_tick")
    folder = tmp_path / "plug-ins"
    folder.mkdir()
    begun = {name: folder / f"{name}.on" for name in STUCK}
    for name, (act, _) in ACTS.items():
        act = act.format(on=str(folder / f"{name}.on"))
        (folder / f"{name}.py").write_text(plug_in(f"def on_tick(self, underlying, view, ask):\n    {act}"))

    async def story(maker: Maker) -> None:
        seconds = HandClock()
        plug_ins = PlugIns(folder, maker.engine, memory_bytes=MEMORY_BYTES, seconds=seconds)

        async def beat() -> None:
            await maker.beat(1)
            # None of them takes the quoter's place, and none keeps it from quoting
            assert (maker.state, maker.live) == (StrategyState.RUNNING, list(QUOTED))

        try:
            for name in ACTS:
                await plug_ins.add(name, name, {}, limits())
                assert maker.engine.start(name, "ann") is None
            entries = {entry.strategy.name: entry for entry in maker.engine.entries if entry.strategy.name in ACTS}
            # Their clock stands while they are loaded, however long that takes on this machine
            began = time.monotonic()
            while not all(path.exists() for path in begun.values()) or any(
                entry.is_active for name, entry in entries.items() if name not in STUCK
            ):
                assert time.monotonic() - began < PATIENCE_SECONDS, [(n, e.state) for n, e in entries.items()]
                await beat()
                await asyncio.sleep(0.01)
            # The desk turns, and quotes, twenty times in the second that both are stuck: it never waits for one
            sent, beats = maker.sent, 0
            while any(entry.is_active for entry in entries.values()):
                seconds.seconds += BEAT_SECONDS
                await beat()
                beats += 1
            assert beats in (20, 21)
            assert maker.sent > sent
            assert {e.strategy.name: (e.state, e.cause) for e in entries.values()} == {
                name: (StrategyState.FAULTED, cause) for name, (_, cause) in ACTS.items()
            }
            assert maker.rig.alarm_kinds().count(AlarmKind.STRATEGY_STOPPED) == len(ACTS)
            assert maker.rig.quoting.owner(PUT) == "quoter"
        finally:
            maker.engine.stop_all("the desk ends", "desk")
            plug_ins.close()
        assert plug_ins.process_ids == ()

    quoting_story(tmp_path, story)
