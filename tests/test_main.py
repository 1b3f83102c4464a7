"""The command line: every command explains itself with an example, and nothing impossible is begun."""

import re
import subprocess
import sys

import pytest

from terminal.__main__ import main

COMMANDS = ("run", "desk", "serve", "train", "replay", "calendar", "shots")


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(words)
    out = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, out.out + out.err


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_with_an_example(capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, text = told(capsys, command, "--help")
    assert code == 0
    assert re.search(rf"Example:\n  optiondesk {command}\b", text)
    # An option without a word about it stands alone on its line, and no words are on the next
    entries = re.findall(r"^  (\S.*(?:\n {10,}\S.*)*)", text.partition("options:")[2], re.MULTILINE)
    named = re.findall(r"^  (\S.*(?:\n {10,}\S.*)*)", text.partition("positional arguments:")[2], re.MULTILINE)
    assert entries
    assert [entry for entry in (*entries, *named) if not re.search(r"\s{2,}\S", entry)] == []


def test_the_program_lists_its_commands_and_no_others(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = told(capsys, "--help")
    assert code == 0
    listed = re.findall(r"^    (\w+) +\S", text, re.MULTILINE)
    assert tuple(listed) == COMMANDS


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("fly",),
        ("serve", "--port", "65536"),
        ("serve", "--port", "-1"),
        ("serve", "--seed", "-1"),
        ("serve", "--seed", "x"),
        ("run", "--speed", "601"),
        ("run", "--speed", "nan"),
        ("run", "--start", "25:00"),
        ("run", "--day", "2026-02-30"),
        ("run", "--language", "de"),
        ("serve", "--chain", "chain.csv", "--contracts", "reff031124.txt"),
        ("replay",),
    ],
    ids=" ".join,
)
def test_what_cannot_be_asked_is_refused_before_anything_starts(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    code, text = told(capsys, *words)
    assert code == 2
    assert "usage: optiondesk" in text


def test_what_cannot_be_done_is_one_line_and_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--profile", "none_of_ours"]) == 2
    assert capsys.readouterr().err.startswith("optiondesk: there is no rule profile 'none_of_ours'")
    assert main(["serve", "--day", "2099-01-02"]) == 2
    assert "outside the trading calendar" in capsys.readouterr().err


def test_help_and_the_venue_load_no_qt() -> None:
    program = (
        "import sys, terminal.__main__ as m, terminal.serve\n"
        "try: m.main(['--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name.startswith(('PySide6', 'shiboken6')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=False).returncode == 0
