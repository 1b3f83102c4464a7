"""Plays the tones of reminders without waiting for them and without a sound library: what each system brings along.

Windows: `winsound`. macOS: `afplay`. Linux: `pw-play`, `paplay` or `aplay`, whichever is there and works. Where none
does, the application beeps. The files are made once, in the folder of the desk.
"""

import logging
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from terminal.storage.atomic_file import replace_file
from terminal.views.alerts.sounds import Tone, tone_wave

logger = logging.getLogger(__name__)
_LINUX, _MAC = ("pw-play", "paplay", "aplay"), ("afplay",)
_QUIET: dict[str, list[str]] = {"aplay": ["-q"]}


def players(platform: str = sys.platform, find: Callable[[str], str] = QStandardPaths.findExecutable) -> list[str]:
    """Programs on this system that can play a file, best first; none on Windows, which needs none."""
    names = {"darwin": _MAC, "win32": ()}.get(platform, _LINUX)
    return [program for name in names if (program := find(name))]


class SoundPlayer(QObject):
    """One tone at a time: a new one ends the old one."""

    def __init__(self, folder: Path, programs: list[str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._programs = players() if programs is None else list(programs)
        self._playing: tuple[str, Path] | None = None
        """Program and file under way"""
        self._next: Path | None = None
        self.played = 0
        """Tones that a program has played to their end"""
        self.beeps = 0
        """How often nothing better was there than a beep"""
        self._process = process = QProcess(self)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.errorOccurred.connect(self._on_error)
        process.finished.connect(self._on_finished)

    @property
    def programs(self) -> list[str]:
        """Those that have not failed yet."""
        return list(self._programs)

    def play(self, tone: Tone, volume: int) -> None:
        """Start it; failing is told in the log and beeped."""
        try:
            path = self._file(tone, volume)
        except OSError as error:
            logger.info("the tone %s was not written: %s", tone.value, error.strerror)
            self._beep()
            return
        if sys.platform == "win32":
            import winsound

            try:
                winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
            except RuntimeError as error:
                logger.info("no sound: %s", error)
                self._beep()
        elif self._process.state() != QProcess.ProcessState.NotRunning:
            # Also one that hangs on a dead sound server ends here
            self._next = path
            self._process.kill()
        else:
            self._start(path)

    def _start(self, path: Path) -> None:
        if not self._programs:
            self._beep()
            return
        program = self._programs[0]
        self._playing = (program, path)
        self._process.start(program, [*_QUIET.get(Path(program).name, []), str(path)])

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._give_up()

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        following, self._next = self._next, None
        if following is not None:
            # Qt has not put the old process away yet
            QTimer.singleShot(0, self, lambda: self._start(following))
        elif code or status is QProcess.ExitStatus.CrashExit:
            self._give_up()
        else:
            self.played += 1

    def _give_up(self) -> None:
        """Never ask it again; the next one plays what it did not."""
        playing, self._playing = self._playing, None
        if playing is None or playing[0] not in self._programs:
            return
        self._programs.remove(playing[0])
        logger.info("%s cannot play sounds here", playing[0])
        QTimer.singleShot(0, self, lambda: self._start(playing[1]))

    def _beep(self) -> None:
        self.beeps += 1
        QApplication.beep()

    def _file(self, tone: Tone, volume: int) -> Path:
        path = self._folder / f"{tone.value}-{volume}.wav"
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            replace_file(path, tone_wave(tone, volume))
        return path
