"""Makes the `.venv` of a checkout from requirements.lock, once, and again whenever the lock changes.

The rule: what stands in `.venv` is exactly the lock, or nothing. A stamp is written last, so an interrupted
installation is done again; it names the lock, the Python and the place, because a venv cannot be moved.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import system_packages

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"


def python_of(folder: Path, platform: str = sys.platform) -> Path:
    """Return the interpreter of a venv."""
    return folder / ("Scripts/python.exe" if platform == "win32" else "bin/python")


def site_packages_of(folder: Path, platform: str = sys.platform) -> Path:
    """Return where a venv of this Python keeps its packages."""
    if platform == "win32":
        return folder / "Lib" / "site-packages"
    return folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"


def stamp_text(lock: Path, folder: Path) -> str:
    """Return what the stamp of a finished venv reads."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"lock {digest}\npython {sys.version}\nplace {folder}\n"


def is_ready(lock: Path, folder: Path) -> bool:
    """Say whether a venv was finished, from this lock, by this Python, at this place."""
    stamp = folder / "optiondesk-stamp"
    return (
        python_of(folder).exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == stamp_text(lock, folder)
    )


def child_environment() -> dict[str, str]:
    """Return the environment for the venv's programs, as it is but for two settings.

    Without byte code kept on disk the desk takes a second longer to start, each time; and the packages of
    another Python named in PYTHONPATH would be found before the locked ones.
    """
    return {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME"}
    }


def ensure_venv() -> Path:
    """Return the interpreter of a ready `.venv`, making it first where need be; raise SystemExit if it cannot."""
    with _only_one_at_a_time():
        if not is_ready(LOCK, VENV):
            _install()
    return python_of(VENV)


def _install() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        # Debian and Ubuntu keep the venv module's other half in a package of its own
        system_packages.ensure_venv_module()
    print("Setting up .venv from requirements.lock; this happens once and takes half a minute.", flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    # Not `venv.create(with_pip=True)`: where the interpreter was found by a changed PATH or a symbolic link, only
    # the command line gives the venv the same one
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], env=child_environment(), check=False)
    if made.returncode:
        raise SystemExit(f"Python could not make {VENV}; what it said stands above.")
    installed = subprocess.run(
        [
            str(python_of(VENV)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
            "--require-hashes", "--only-binary", ":all:", "--no-deps", "--requirement", str(LOCK),
        ],
        env=child_environment(),
        check=False,
    )  # fmt: skip
    if installed.returncode:
        raise SystemExit(
            "The packages of requirements.lock could not be installed; what pip said stands above. "
            "It needs a package index (pypi.org, or PIP_INDEX_URL); run the same command again to go on."
        )
    # The checkout itself: on the path rather than installed, so that an edited file counts at once
    (site_packages_of(VENV) / "optiondesk.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    (VENV / "optiondesk-stamp").write_text(stamp_text(LOCK, VENV), encoding="utf-8")


@contextmanager
def _only_one_at_a_time() -> Iterator[None]:
    """Hold a file lock, so that two commands started together do not fill one venv."""
    with (ROOT / ".venv.lock").open("w") as handle:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        # Closing the file gives the lock back, on both systems and also when the process is killed
        yield
