"""Makes the virtual environment a peer is measured in, under `out/peers/`, with the version named and no other."""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]


def peer_python(requirement: str) -> Path:
    """The interpreter of an environment that holds `requirement`, e.g. ``pyorderbook==0.4.9``; made when missing.

    Raises CalledProcessError when the package index does not give it.
    """
    folder = ROOT / "out" / "peers" / requirement.replace("==", "-")
    scripts = "Scripts" if sys.platform == "win32" else "bin"
    python = folder / scripts / "python"
    if not (folder / "installed").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", requirement], check=True)
        (folder / "installed").write_text(requirement, encoding="utf-8")
    return python
