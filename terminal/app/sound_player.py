"""Plays the tones of reminders without waiting for them and without a sound library: what each system brings along.

Windows: `winsound`. macOS: `afplay`. Linux: `pw-play`, `paplay` or `aplay`, whichever is there and works. Where none
does, the application beeps. The files are made once, in the folder of the desk.
"""

import logging
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QStandardPaths
from PySide6.QtWidgets import QApplication

from terminal.storage.atomic_file import replace_file
from terminal.views.alerts.sounds import Tone, tone_wave

logger = logging.getLogger(__name__)
_LINUX, _MAC = ("pw-play", "paplay", "aplay"), ("afplay",)
#: A player that hangs on a dead sound server is ended at the next tone
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
        self._process: QProcess | None = None
        self.beeps = 0
        """How often nothing better was there than a beep"""

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
                winsound.PlaySound(
                    str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
                )  # fmt: skip
            except RuntimeError as error:
                logger.info("no sound: %s", error)
                self._beep()
        elif self._programs:
            self._start(self._programs[0], path)
        else:
            self._beep()

    def stop(self) -> None:
        """End what plays."""
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            if process.state() != QProcess.ProcessState.NotRunning:
                process.kill()
                process.waitForFinished(200)
            process.deleteLater()

    def _start(self, program: str, path: Path) -> None:
        self.stop()
        self._process = process = QProcess(self)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.errorOccurred.connect(lambda _error: self._failed(program, path))
        process.finished.connect(lambda code, _status: self._failed(program, path) if code else None)
        process.start(program, [*_QUIET.get(Path(program).name, []), str(path)])

    def _failed(self, program: str, path: Path) -> None:
        """Never ask it again; the next one plays what it did not."""
        if program not in self._programs:
            return
        self._programs.remove(program)
        logger.info("%s cannot play sounds here", program)
        if self._programs:
            self._start(self._programs[0], path)
        else:
            self._beep()

    def _beep(self) -> None:
        self.beeps += 1
        QApplication.beep()

    def _file(self, tone: Tone, volume: int) -> Path:
        path = self._folder / f"{tone.value}-{volume}.wav"
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            replace_file(path, tone_wave(tone, volume))
        return path
