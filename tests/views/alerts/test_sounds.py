"""Sounds: tones that are real WAV files, chosen by kind, as loud as asked, mute, once for a storm; kept."""

import io
import struct
import wave

import pytest

from terminal.alerts.alert import AlertKind, Level
from terminal.domain.errors import BadInput
from terminal.views.alerts.sounds import RATE, Sounds, Tone, tone_wave
from tests.views.desk_rig import HandClock, MemorySettings


def loudest(data: bytes) -> int:
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        frames = file.readframes(file.getnframes())
    return max((abs(n) for (n,) in struct.iter_unpack("<h", frames)), default=0)


@pytest.mark.parametrize("tone", [tone for tone in Tone if tone is not Tone.NONE])
def test_a_tone_is_a_short_file_as_loud_as_asked(tone: Tone) -> None:
    data = tone_wave(tone, 100)
    assert data == tone_wave(tone, 100)
    assert len(data) < 2 * RATE * 2
    assert 25_000 < loudest(data) < 27_000
    assert loudest(tone_wave(tone, 50)) == pytest.approx(loudest(data) / 2, rel=0.02)
    assert loudest(tone_wave(tone, 0)) == 0


def test_no_two_tones_sound_alike() -> None:
    assert len({tone_wave(tone, 60) for tone in Tone}) == len(Tone)


def test_a_kind_has_its_tone_and_the_user_his(settings: MemorySettings, monotonic: HandClock) -> None:
    heard: list[tuple[Tone, int]] = []
    sounds = Sounds(settings, lambda tone, volume: heard.append((tone, volume)), monotonic)
    assert sounds.tone_of(AlertKind.MARGIN, Level.TOAST) is Tone.TICK
    assert sounds.tone_of(AlertKind.MARGIN, Level.SHEET) is Tone.ALARM
    assert sounds.tone_of(AlertKind.INQUIRY, Level.CARD) is Tone.KNOCK
    sounds.choose(AlertKind.INQUIRY, Tone.CHIME)
    sounds.set_volume(35)
    with pytest.raises(BadInput, match="volume"):
        sounds.set_volume(101)
    sounds.say([(AlertKind.INQUIRY, Level.CARD)])
    assert heard == [(Tone.CHIME, 30)]
    again = Sounds(settings, lambda *_: None, monotonic)
    assert (again.volume, again.chosen(AlertKind.INQUIRY), again.muted) == (30, Tone.CHIME, False)
    again.choose(AlertKind.INQUIRY, None)
    assert again.tone_of(AlertKind.INQUIRY, Level.CARD) is Tone.KNOCK


@pytest.mark.fault("F81")
def test_a_storm_is_heard_once_and_mute_is_mute(settings: MemorySettings, monotonic: HandClock) -> None:
    heard: list[Tone] = []
    sounds = Sounds(settings, lambda tone, _: heard.append(tone), monotonic)
    for _ in range(700):
        sounds.say([(AlertKind.LISTING, Level.TOAST), (AlertKind.MARGIN, Level.CARD)])
    assert heard == [Tone.CHIME]
    monotonic.seconds += 1.0
    sounds.set_muted(True)
    assert sounds.say([(AlertKind.MARGIN, Level.SHEET)]) is Tone.NONE
    assert heard == [Tone.CHIME]
    sounds.try_out(Tone.KNOCK)
    assert heard == [Tone.CHIME, Tone.KNOCK]


@pytest.mark.parametrize(
    "kept",
    [None, 3, "loud", {"volume": "9"}, {"volume": 900, "muted": "yes", "tones": [1]}, {"tones": {"margin": "x"}}],
)
def test_settings_that_cannot_be_read_cost_the_choice_alone(kept: object, monotonic: HandClock) -> None:
    settings = MemorySettings()
    settings.write("alerts.sound", kept)
    sounds = Sounds(settings, lambda *_: None, monotonic)
    assert (sounds.volume, sounds.muted) == (60, False)
    assert sounds.tone_of(AlertKind.MARGIN, Level.CARD) is Tone.CHIME
