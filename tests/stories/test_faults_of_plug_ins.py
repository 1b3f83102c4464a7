"""Plug-ins that go wrong in their processes beside a desk that quotes (reliability, section E)."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal.app.plug_ins import PlugIns
from terminal.services.events import AlarmKind
from terminal.strategies.entry import StrategyState
from tests.app.plug_in_room import MEMORY_BYTES, plug_in
from tests.harness import PUT
from tests.quoting_rig import limits
from tests.stories.maker import QUOTED, Maker, quoting_story

PATIENCE_SECONDS = 30.0
#: What each does on its first tick, and what is said of it
ACTS = {
    "loops": ("while True: pass", "on_tick did not end within 1000 ms"),
    "sleeps": ("time.sleep(1000)", "on_tick did not end within 1000 ms"),
    "raises": ("1 / 0", "ZeroDivisionError in on_tick"),
    "crosses": ("for _ in range(3): ask.quote(put_quote(view, 710, 708))", "a quote that no market takes"),
}


@pytest.mark.story
@pytest.mark.fault("F68", "F69", "F72")
def test_plug_ins_that_go_wrong_are_killed_and_the_quoter_beside_them_goes_on(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("strategy raises raised in on_tick")
    folder = tmp_path / "plug-ins"
    folder.mkdir()
    for name, (act, _) in ACTS.items():
        (folder / f"{name}.py").write_text(plug_in(f"def on_tick(self, underlying, view, ask):\n    {act}"))

    async def story(maker: Maker) -> None:
        plug_ins = PlugIns(folder, maker.engine, memory_bytes=MEMORY_BYTES)
        try:
            for name in ACTS:
                await plug_ins.add(name, name, {}, limits())
                assert maker.engine.start(name, "ann") is None
            entries = [entry for entry in maker.engine.entries if entry.strategy.name in ACTS]
            began, sent, worst = time.monotonic(), maker.sent, 0.0
            while any(entry.is_active for entry in entries):
                assert time.monotonic() - began < PATIENCE_SECONDS, [(e.strategy.name, e.state) for e in entries]
                beat_began = time.monotonic()
                await maker.beat(1)
                worst = max(worst, time.monotonic() - beat_began)
                # None of them takes the quoter's place, and none keeps it from quoting
                assert (maker.state, maker.live) == (StrategyState.RUNNING, list(QUOTED))
                await asyncio.sleep(0.01)
            assert maker.sent > sent
            assert worst < 1.0
            assert {e.strategy.name: (e.state, e.cause) for e in entries} == {
                name: (StrategyState.FAULTED, cause) for name, (_, cause) in ACTS.items()
            }
            assert maker.rig.alarm_kinds().count(AlarmKind.STRATEGY_STOPPED) == len(ACTS)
            assert maker.rig.quoting.owner(PUT) == "quoter"
        finally:
            maker.engine.stop_all("the desk ends", "desk")
            plug_ins.close()
        assert plug_ins.process_ids == ()

    quoting_story(tmp_path, story)
