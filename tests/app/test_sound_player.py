"""Tones reach what this system can play them with; what fails is never asked again, and the last resort is a beep."""

import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from terminal.app.sound_player import SoundPlayer, players
from terminal.views.alerts.sounds import Tone, tone_wave

#: Ends what hangs; nothing is asserted by it
PATIENCE_MS = 60_000
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows plays with winsound, without a program")


@pytest.mark.parametrize(
    ("platform", "there", "found"),
    [
        ("linux", {"aplay", "paplay"}, ["/x/paplay", "/x/aplay"]),
        ("linux", {"pw-play", "aplay"}, ["/x/pw-play", "/x/aplay"]),
        ("linux", set(), []),
        ("darwin", {"afplay", "aplay"}, ["/x/afplay"]),
        ("win32", {"aplay"}, []),
    ],
)
def test_each_system_has_its_players_best_first(platform: str, there: set[str], found: list[str]) -> None:
    assert players(platform, lambda name: f"/x/{name}" if name in there else "") == found


def test_a_tone_is_written_once_at_its_volume_and_played(tmp_path: Path, qtbot: QtBot) -> None:
    works = shutil.which("true")
    assert works is not None
    player = SoundPlayer(tmp_path / "sounds", [works])
    player.play(Tone.CHIME, 60)
    path = tmp_path / "sounds" / "chime-60.wav"
    assert path.read_bytes() == tone_wave(Tone.CHIME, 60)
    qtbot.waitUntil(lambda: player.played == 1, timeout=PATIENCE_MS)
    path.write_bytes(b"")
    player.play(Tone.CHIME, 60)
    assert path.read_bytes() == b""
    qtbot.waitUntil(lambda: player.played == 2, timeout=PATIENCE_MS)
    assert (player.programs, player.beeps) == ([works], 0)


def test_a_new_tone_ends_the_old_one(tmp_path: Path, qtbot: QtBot) -> None:
    hangs = tmp_path / "hangs"
    hangs.write_text('#!/bin/sh\nexec tail -f "$1"\n', "utf-8")
    hangs.chmod(0o755)
    player = SoundPlayer(tmp_path, [str(hangs)])
    player.play(Tone.CHIME, 60)
    qtbot.waitUntil(lambda: player._process.state() == player._process.ProcessState.Running, timeout=PATIENCE_MS)
    player.play(Tone.TICK, 60)
    qtbot.waitUntil(lambda: "tick" in " ".join(player._process.arguments()), timeout=PATIENCE_MS)
    assert player.programs == [str(hangs)]
    player._next = None
    player._process.blockSignals(True)
    player._process.kill()
    player._process.waitForFinished(PATIENCE_MS)


def test_a_program_that_fails_or_is_not_there_gives_way_to_the_next(tmp_path: Path, qtbot: QtBot) -> None:
    fails = shutil.which("false")
    assert fails is not None
    player = SoundPlayer(tmp_path, [str(tmp_path / "gone"), fails])
    player.play(Tone.ALARM, 100)
    qtbot.waitUntil(lambda: player.beeps == 1, timeout=PATIENCE_MS)
    assert player.programs == []
    player.play(Tone.TICK, 100)
    assert player.beeps == 2


def test_windows_plays_by_itself_and_beeps_where_it_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []

    def play(name: str, flags: int) -> None:
        if "tick" in name:
            raise RuntimeError("no device")
        asked.append((name, flags))

    winsound = SimpleNamespace(PlaySound=play, SND_FILENAME=1, SND_ASYNC=2, SND_NODEFAULT=4)
    monkeypatch.setitem(sys.modules, "winsound", winsound)
    monkeypatch.setattr(sys, "platform", "win32")
    player = SoundPlayer(tmp_path)
    assert player.programs == []
    player.play(Tone.ALARM, 80)
    # Out of a file, without waiting, and no tone of the system's instead
    assert asked == [(str(tmp_path / "alarm-80.wav"), 7)]
    assert (tmp_path / "alarm-80.wav").read_bytes() == tone_wave(Tone.ALARM, 80)
    player.play(Tone.TICK, 80)
    assert player.beeps == 1


def test_a_folder_that_takes_no_file_costs_the_sound_alone(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    player = SoundPlayer(blocked / "sounds", [])
    player.play(Tone.TICK, 10)
    assert player.beeps == 1
