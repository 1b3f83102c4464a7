#!/usr/bin/env python3
"""The one command for work on OptionDesk: `python3 dev.py run`, `test`, `check`, `bench`, `shots`, `readiness`.

It needs nothing but a Python 3.11 to 3.13: the first command makes `.venv` from requirements.lock, and on Linux
sees to the system libraries of Qt. Every later one starts what it is asked for at once.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent
#: On every core, four at most: each process builds a desk of its own. A file's tests stay in one of them
ALL_TESTS = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")
OLDEST, NEWEST = (3, 11), (3, 13)

if not OLDEST <= sys.version_info[:2] <= NEWEST:
    # Before the imports: an older Python would fail in them, and say so less clearly
    sys.exit(f"OptionDesk runs on Python 3.11 to 3.13; this is {sys.version.split()[0]} ({sys.executable}).")

from tools import readiness, system_packages, workshop  # noqa: E402 - see above


class Command(NamedTuple):
    """One word of the command line: what it is for, an example, and what it does with the words after it."""

    purpose: str
    example: str
    act: Callable[[list[str]], int]


def run(arguments: list[str]) -> int:
    """Start the desk."""
    return _become(_python(screen=True), "-m", "terminal", "run", *arguments)


def test(arguments: list[str]) -> int:
    """Run the tests without a screen: all of them on every core, or what the words choose in one process."""
    return _become_unseen("-m", "pytest", *(arguments or ALL_TESTS))


def check(arguments: list[str]) -> int:
    """Run every check of the build server, all of them even if one fails; extra words go to pytest."""
    python = str(_python(screen=False))
    environment = workshop.child_environment() | {"QT_QPA_PLATFORM": "offscreen"}
    failed = []
    for name, words in check_steps(ROOT, arguments).items():
        print(f"--- {name}", flush=True)
        if subprocess.run([python, *words], cwd=ROOT, env=environment, check=False).returncode:
            failed.append(name)
    print(f"--- failed: {', '.join(failed)}" if failed else "--- all checks passed")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, or the named one."""
    return _become_unseen("-m", "benchmarks", *arguments)


def shots(arguments: list[str]) -> int:
    """Draw every screen into pictures."""
    return _become_unseen("-m", "terminal", "shots", "--out", "out/", *arguments)


def show_readiness(arguments: list[str]) -> int:
    """Print which tests prove which requirement."""
    if arguments:
        sys.exit("readiness takes no further words")
    return readiness.report(ROOT / "docs" / "requirements.toml", ROOT / "tests")


COMMANDS = {
    "run": Command("start the desk; further words go to it", "python3 dev.py run --seed 7", run),
    "test": Command("run the tests; further words go to pytest", "python3 dev.py test tests/domain -k tick", test),
    "check": Command("lint, format, types, floors and tests, as the build server does", "python3 dev.py check", check),
    "bench": Command("measure the speed figures of the docs, or the named one", "python3 dev.py bench pricing", bench),
    "shots": Command("draw every screen into out/", "python3 dev.py shots", shots),
    "readiness": Command(
        "print which tests prove which requirement of the guideline", "python3 dev.py readiness", show_readiness
    ),
}


def check_steps(root: Path, pytest_arguments: Sequence[str]) -> dict[str, list[str]]:
    """Return the checks by name, each as words for `python`; a folder without Python files is left to later."""
    places = [name for name in ("terminal", "tests", "tools", "benchmarks") if any(root.glob(f"{name}/**/*.py"))]
    return {
        "ruff check": ["-m", "ruff", "check", "."],
        "ruff format": ["-m", "ruff", "format", "--check", "."],
        "mypy": ["-m", "mypy", *places, "dev.py"],
        # It has no `-m`, and the script beside the interpreter would need another name on Windows
        "lint-imports": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
        "tests": ["-m", "pytest", *(pytest_arguments or ALL_TESTS)],
    }


def parser() -> argparse.ArgumentParser:
    """Return the command line, with a purpose and an example for each word."""
    whole = argparse.ArgumentParser(
        prog="dev.py",
        description="The one command for work on OptionDesk.",
        epilog="\n".join(["examples:", *(f"  {command.example}" for command in COMMANDS.values())]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    words = whole.add_subparsers(dest="command", required=True, metavar="command")
    for name, command in COMMANDS.items():
        words.add_parser(name, help=command.purpose, description=command.purpose, epilog=f"example: {command.example}")
    return whole


def main(words: list[str]) -> int:
    """Carry out one command and return its exit code."""
    # What follows the command belongs to the program it starts, also words that look like our own options
    ours, theirs = words[:1], words[1:]
    if theirs in (["-h"], ["--help"]):
        ours = words
    chosen: str = parser().parse_args(ours).command
    return COMMANDS[chosen].act(theirs)


def _python(*, screen: bool) -> Path:
    system_packages.ensure_libraries(screen=screen)
    return workshop.ensure_venv()


def _become_unseen(*words: str) -> int:
    python = _python(screen=False)
    os.chdir(ROOT)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return _become(python, *words)


def _become(python: Path, *words: str) -> int:
    command = [str(python), *words]
    environment = workshop.child_environment()
    if sys.platform != "win32":
        _replace_this_process(command, environment)
    # Windows has no exec that keeps the console; the child gets Ctrl-C itself and tidies up, so we only wait
    child = subprocess.Popen(command, env=environment)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


def _replace_this_process(command: list[str], environment: dict[str, str]) -> NoReturn:
    # So that signals, the exit code and the terminal are the program's own
    sys.stdout.flush()
    os.execve(command[0], command, environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
