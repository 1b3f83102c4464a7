"""Sounds of reminders: short tones made here, one chosen for each kind, with a volume and a mute.

Pure but for what it is given: a tone is bytes of a WAV file, and who plays them is the program's business.
"""

import io
import math
import struct
import wave
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from terminal.alerts.alert import AlertKind, Level
from terminal.domain.errors import BadInput
from terminal.views.settings import Settings

RATE = 22_050
#: Volumes are steps of ten per cent: each is a file of its own, since a plain player knows no volume
VOLUME_STEP, FULL = 10, 100
_SETTING = "alerts.sound"
#: A storm of reminders is heard once
_QUIET_SECONDS = 1.0


class Tone(StrEnum):
    """What is heard."""

    NONE = "none"
    TICK = "tick"
    """One short high note"""
    CHIME = "chime"
    """Two notes upwards"""
    KNOCK = "knock"
    """Two low notes"""
    ALARM = "alarm"
    """Three notes, up and down, twice"""


TONE_WORDS: Mapping[Tone, str] = {
    Tone.NONE: "no sound",
    Tone.TICK: "tick",
    Tone.CHIME: "chime",
    Tone.KNOCK: "knock",
    Tone.ALARM: "alarm",
}
#: Hertz and milliseconds; 0 Hz is a rest
_NOTES: Mapping[Tone, tuple[tuple[int, int], ...]] = {
    Tone.NONE: (),
    Tone.TICK: ((1568, 70),),
    Tone.CHIME: ((880, 110), (1175, 160)),
    Tone.KNOCK: ((392, 90), (0, 50), (392, 120)),
    Tone.ALARM: ((988, 120), (1319, 120), (988, 120), (0, 90), (988, 120), (1319, 120), (988, 160)),
}
_BY_LEVEL = {Level.TOAST: Tone.TICK, Level.CARD: Tone.CHIME, Level.SHEET: Tone.ALARM}
_BY_KIND = {
    AlertKind.INQUIRY: Tone.KNOCK,
    AlertKind.OBLIGATION: Tone.KNOCK,
    AlertKind.FORCED_CLOSE: Tone.ALARM,
    AlertKind.CONNECTION: Tone.ALARM,
    AlertKind.LISTING: Tone.NONE,
}
Player = Callable[[Tone, int], None]


def tone_wave(tone: Tone, volume: int) -> bytes:
    """A WAV file of a tone: 16 bits, one channel; volume in per cent. Each note swells and fades, so nothing clicks."""
    frames = bytearray()
    loudness = 0.8 * 32767 * max(0, min(volume, FULL)) / FULL
    for hertz, milliseconds in _NOTES[tone]:
        count = RATE * milliseconds // 1000
        for n in range(count):
            swell = min(1.0, n / (0.006 * RATE), (count - n) / (0.03 * RATE))
            frames += struct.pack("<h", round(loudness * swell * math.sin(2 * math.pi * hertz * n / RATE)))
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        writer.writeframes(bytes(frames))
    return file.getvalue()


class Sounds:
    """Which tone each kind has, how loud, or mute; kept among the user's settings."""

    def __init__(self, settings: Settings, play: Player, monotonic: Callable[[], float]) -> None:
        self._settings = settings
        self._play = play
        self._monotonic = monotonic
        self._last = float("-inf")
        kept = settings.read(_SETTING)
        kept = kept if isinstance(kept, dict) else {}
        self.muted = kept.get("muted") is True
        volume = kept.get("volume")
        self.volume = volume if isinstance(volume, int) and 0 <= volume <= FULL else 60
        tones = kept.get("tones")
        self._tones: dict[str, str] = (
            {str(k): str(v) for k, v in tones.items()} if isinstance(tones, dict) and len(tones) < 100 else {}
        )

    def tone_of(self, kind: AlertKind, level: Level) -> Tone:
        """The user's choice, else that of the kind, else that of the level."""
        chosen = self._tones.get(kind.value)
        known = next((tone for tone in Tone if tone.value == chosen), None)
        return known if known is not None else _BY_KIND.get(kind, _BY_LEVEL[level])

    def chosen(self, kind: AlertKind) -> Tone | None:
        """What the user chose for a kind; None for the program's own choice."""
        return next((tone for tone in Tone if tone.value == self._tones.get(kind.value)), None)

    def choose(self, kind: AlertKind, tone: Tone | None) -> None:
        """A tone for a kind, None for the program's own choice."""
        self._tones.pop(kind.value, None)
        if tone is not None:
            self._tones[kind.value] = tone.value
        self._keep()

    def set_volume(self, volume: int) -> None:
        """Per cent, in steps of ten. Raises BadInput outside 0 to 100."""
        if not 0 <= volume <= FULL:
            raise BadInput("volume", volume, "0 to 100")
        self.volume = volume - volume % VOLUME_STEP
        self._keep()

    def set_muted(self, muted: bool) -> None:
        """No sound at all, or as set."""
        self.muted = muted
        self._keep()

    def say(self, heard: Iterable[tuple[AlertKind, Level]]) -> Tone:
        """Play the gravest of what was said, once for all of it; gives what is heard."""
        now = self._monotonic()
        tones = [self.tone_of(kind, level) for kind, level in heard]
        loudest = max(tones, key=list(Tone).index, default=Tone.NONE)
        if loudest is Tone.NONE or self.muted or not self.volume or now - self._last < _QUIET_SECONDS:
            return Tone.NONE
        self._last = now
        self._play(loudest, self.volume)
        return loudest

    def try_out(self, tone: Tone) -> None:
        """Let a tone be heard, muted or not: the user asked for it."""
        if tone is not Tone.NONE:
            self._play(tone, self.volume or VOLUME_STEP)

    def _keep(self) -> None:
        self._settings.write(_SETTING, {"muted": self.muted, "volume": self.volume, "tones": dict(self._tones)})
