"""Virtual environments of the peers, outside ours: made once in the user's cache folder, failures named."""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_cache_path

#: What each environment holds; apart, because their pins contradict each other
PACKAGES = {
    "vectorized": ("py_vollib_vectorized==0.1.1", "py_vollib==1.0.1", "py_lets_be_rational==1.0.1"),
    "quantlib": ("QuantLib", "numpy"),
    "vollib": ("vollib", "numpy"),
    "vnpy": ("vnpy>=4,<5", "vnpy_optionmaster>=1.3,<1.4", "Cython", "setuptools"),
}
_READY = "ready.txt"
_MODEL = "black_scholes_cython"


class NotInstalled(Exception):
    """A peer that could not be made ready, and why."""


def python_of(name: str) -> Path:
    """The interpreter of a peer's environment, made when it is not there. Raises NotInstalled."""
    folder = (
        user_cache_path("optiondesk", appauthor=False)
        / "benchmark-peers"
        / f"{name}-{sys.version_info[0]}.{sys.version_info[1]}"
    )
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    wanted = "\n".join(PACKAGES[name])
    mark = folder / _READY
    if not (mark.is_file() and mark.read_text(encoding="utf-8") == wanted):
        print(f"installing {name} into {folder}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        _run([python, "-m", "pip", "install", "--quiet", *PACKAGES[name]])
        mark.write_text(wanted, encoding="utf-8")
    return python


def compile_vnpy(python: Path) -> None:
    """Build vnpy's own Cython model into its environment, unless the one it ships loads. Raises NotInstalled."""
    found = f"from vnpy_optionmaster.pricing import {_MODEL}"
    if subprocess.run([python, "-c", found], env=environment(), capture_output=True, check=False).returncode == 0:
        return
    where = "import vnpy_optionmaster as v, pathlib; print(pathlib.Path(v.__file__).parent)"
    package = Path(_run([python, "-c", where]).splitlines()[-1])
    version = _run([python, "-m", "pip", "show", "vnpy_optionmaster"]).split("Version: ")[1].split()[0]
    with tempfile.TemporaryDirectory() as scratch:
        name = "vnpy_optionmaster"
        options = ["--quiet", "--no-deps", "--no-binary", name, "-d", scratch]
        _run([python, "-m", "pip", "download", *options, f"{name}=={version}"])
        (archive,) = Path(scratch).glob("*.tar.gz")
        with tarfile.open(archive) as files:
            files.extractall(scratch, filter="data")
        (model,) = Path(scratch).glob(f"*/vnpy_optionmaster/pricing/cython_model/{_MODEL}/{_MODEL}.pyx")
        _run([python, "-m", "Cython.Build.Cythonize", "-i", "-3", str(model)])
        built = [path for path in model.parent.glob(f"{_MODEL}*") if path.suffix in (".so", ".pyd")]
        if not built:
            raise NotInstalled("its Cython model was not built: is there a C compiler?")
        shutil.copy(built[0], package / "pricing")


def versions(name: str) -> str:
    """What is installed of a peer, as `name version`, for the print-out."""
    names = [package.split("=")[0].split(">")[0] for package in PACKAGES[name]]
    shown = "from importlib.metadata import version as v; print(', '.join(f'{n} {v(n)}' for n in " + repr(names) + "))"
    return _run([python_of(name), "-c", shown]).strip()


def environment() -> dict[str, str]:
    """Variables of a peer's process: it writes into a home of its own and opens no window."""
    home = Path(tempfile.gettempdir()) / "optiondesk-benchmark-home"
    home.mkdir(exist_ok=True)
    return {**os.environ, "HOME": str(home), "USERPROFILE": str(home), "QT_QPA_PLATFORM": "offscreen"}


def _run(command: Sequence[str | Path]) -> str:
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise NotInstalled(lines[-1] if lines else f"exit code {done.returncode}")
    return done.stdout
