"""The system libraries that Qt needs on Linux: which are missing, what brings them, and fetching them.

The rule: packages are installed only where that is certain to be wanted and possible (root, on Debian or one of
its kin); anywhere else the one command to run is printed. Windows and macOS need nothing.
"""

import ctypes
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

# Without these `import PySide6.QtWidgets` fails, also without a screen
ALWAYS = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
}
# Without these no window opens on an X display
ON_X_DISPLAY = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Debian 13 and Ubuntu 24.04 renamed what depends on the width of time_t
RENAMED_WITH_64_BIT_TIME = {"libglib2.0-0": "libglib2.0-0t64"}
EXIT_SYSTEM_PACKAGES_MISSING = 2


def parse_os_release(text: str) -> dict[str, str]:
    """Return the settings of an os-release file, quotes removed."""
    settings: dict[str, str] = {}
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        if equals and not name.startswith("#"):
            settings[name.strip()] = "".join(shlex.split(value)[:1])
    return settings


def is_debian_kin(release: Mapping[str, str]) -> bool:
    """Say whether packages go by Debian's names here."""
    return bool({"debian", "ubuntu"} & {release.get("ID", ""), *release.get("ID_LIKE", "").split()})


def has_64_bit_time_names(release: Mapping[str, str]) -> bool:
    """Say whether this release has the names with t64; an unnamed version (sid, testing) is a new one."""
    first_renamed = 24 if release.get("ID") == "ubuntu" else 13
    if release.get("ID") not in {"debian", "ubuntu"}:
        # A derivative numbers as it likes; UBUNTU_CODENAME or DEBIAN_CODENAME tell what it was made from
        codename = release.get("UBUNTU_CODENAME") or release.get("DEBIAN_CODENAME", "")
        return codename not in {"focal", "jammy", "bullseye", "bookworm"}
    major = release.get("VERSION_ID", "").partition(".")[0]
    return not major.isdigit() or int(major) >= first_renamed


def package_names(libraries: Iterable[str], release: Mapping[str, str]) -> list[str]:
    """Return the packages that bring these libraries, by the names this release uses."""
    known = ALWAYS | ON_X_DISPLAY
    renamed = RENAMED_WITH_64_BIT_TIME if has_64_bit_time_names(release) else {}
    return sorted(renamed.get(known[library], known[library]) for library in libraries)


def wanted_libraries(environment: Mapping[str, str], *, screen: bool) -> list[str]:
    """Return the libraries a command needs; `screen` says that it may open windows on the user's display."""
    on_x = screen and bool(environment.get("DISPLAY")) and not environment.get("WAYLAND_DISPLAY")
    return [*ALWAYS, *(ON_X_DISPLAY if on_x else ())]


def ensure_libraries(*, screen: bool) -> None:
    """Make sure that Qt finds its libraries; raise SystemExit(2), with the command to run, where it cannot."""
    if sys.platform != "linux":
        return
    missing = [library for library in wanted_libraries(os.environ, screen=screen) if not _loads(library)]
    if not missing:
        return
    release = _os_release()
    if not is_debian_kin(release):
        _give_up(f"Qt needs these system libraries: {', '.join(missing)}. Install them with your package manager.")
    _fetch(package_names(missing, release), "Qt needs system libraries that are missing here")
    if still_missing := [library for library in missing if not _loads(library)]:
        _give_up(f"Still missing after the installation: {', '.join(still_missing)}.")


def ensure_venv_module() -> None:
    """Make sure that `python -m venv` works; raise SystemExit(2), with the command to run, where it cannot."""
    if not is_debian_kin(_os_release()):
        _give_up("This Python lacks the modules venv and ensurepip: install them, or use another Python.")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    _fetch([f"python{version}-venv"], "Python's venv module is incomplete here")


def _fetch(packages: list[str], why: str) -> None:
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        _give_up(f"{why}. Run this, then try again:\n    sudo {shlex.join(command)}")
    print(f"{why}; installing {' '.join(packages)} (apt-get, as root).", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], command):
        done = subprocess.run(
            step, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        # A failed update is no end: the package lists of yesterday may do
        if done.returncode and step is command:
            _give_up(f"{done.stdout}\n{why}, and apt-get could not install it. By hand:\n    {shlex.join(command)}")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _os_release() -> dict[str, str]:
    for path in (Path("/etc/os-release"), Path("/usr/lib/os-release")):
        if path.is_file():
            return parse_os_release(path.read_text(encoding="utf-8"))
    return {}


def _give_up(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise SystemExit(EXIT_SYSTEM_PACKAGES_MISSING)
