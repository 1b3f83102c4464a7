"""The workshop's decisions: when a venv is good, which system packages are named, which checks are run."""

import re
from pathlib import Path

import pytest

import dev
from tools import system_packages, workshop

ROOT = Path(__file__).resolve().parents[1]
BOOKWORM = {"ID": "debian", "VERSION_ID": "12"}
TRIXIE = {"ID": "debian", "VERSION_ID": "13"}
SID = {"ID": "debian"}
JAMMY = {"ID": "ubuntu", "ID_LIKE": "debian", "VERSION_ID": "22.04"}
NOBLE = {"ID": "ubuntu", "ID_LIKE": "debian", "VERSION_ID": "24.04"}
MINT_ON_NOBLE = {"ID": "linuxmint", "ID_LIKE": "ubuntu debian", "VERSION_ID": "22", "UBUNTU_CODENAME": "noble"}
MINT_ON_JAMMY = {"ID": "linuxmint", "ID_LIKE": "ubuntu debian", "VERSION_ID": "21", "UBUNTU_CODENAME": "jammy"}
FEDORA = {"ID": "fedora", "VERSION_ID": "43"}


@pytest.mark.parametrize(
    ("release", "name"),
    [
        (BOOKWORM, "libglib2.0-0"),
        (TRIXIE, "libglib2.0-0t64"),
        (SID, "libglib2.0-0t64"),
        (JAMMY, "libglib2.0-0"),
        (NOBLE, "libglib2.0-0t64"),
        (MINT_ON_JAMMY, "libglib2.0-0"),
        (MINT_ON_NOBLE, "libglib2.0-0t64"),
    ],
)
def test_glib_has_the_name_of_the_release(release: dict[str, str], name: str) -> None:
    assert system_packages.package_names(["libglib-2.0.so.0", "libGL.so.1"], release) == ["libgl1", name]


@pytest.mark.parametrize("release", [BOOKWORM, NOBLE, MINT_ON_NOBLE])
def test_debian_and_its_kin_are_known(release: dict[str, str]) -> None:
    assert system_packages.is_debian_kin(release)


def test_a_stranger_is_not_taken_for_debian() -> None:
    assert not system_packages.is_debian_kin(FEDORA)


def test_os_release_is_read_with_and_without_quotes() -> None:
    text = '# the release\nID=ubuntu\nID_LIKE="debian"\nVERSION_ID="24.04"\nLOGO=\n\n'
    assert system_packages.parse_os_release(text) == NOBLE | {"LOGO": ""}


@pytest.mark.parametrize(
    ("environment", "screen", "expects_xcb"),
    [
        ({"DISPLAY": ":0"}, True, True),
        ({"DISPLAY": ":0"}, False, False),
        ({}, True, False),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, True, False),
    ],
)
def test_xcb_libraries_are_wanted_only_for_windows_on_x(
    environment: dict[str, str], screen: bool, expects_xcb: bool
) -> None:
    wanted = system_packages.wanted_libraries(environment, screen=screen)
    assert ("libxcb-cursor.so.0" in wanted) is expects_xcb
    assert "libGL.so.1" in wanted


def finished_venv(folder: Path, lock: Path) -> None:
    python = workshop.python_of(folder)
    python.parent.mkdir(parents=True)
    python.touch()
    (folder / "optiondesk-stamp").write_text(workshop.stamp_text(lock, folder), encoding="utf-8")


def test_a_finished_venv_is_kept(tmp_path: Path) -> None:
    lock, folder = tmp_path / "lock", tmp_path / "venv"
    lock.write_text("numpy==2.4.6\n")
    finished_venv(folder, lock)
    assert workshop.is_ready(lock, folder)


def test_a_changed_lock_a_moved_or_an_interrupted_venv_is_done_again(tmp_path: Path) -> None:
    lock, folder = tmp_path / "lock", tmp_path / "venv"
    lock.write_text("numpy==2.4.6\n")
    assert not workshop.is_ready(lock, folder)
    finished_venv(folder, lock)

    moved = folder.rename(tmp_path / "elsewhere")
    assert not workshop.is_ready(lock, moved)
    moved.rename(folder)

    lock.write_text("numpy==2.4.7\n")
    assert not workshop.is_ready(lock, folder)
    lock.write_text("numpy==2.4.6\n")

    (folder / "optiondesk-stamp").unlink()
    assert not workshop.is_ready(lock, folder)


def test_children_may_keep_byte_code_and_see_no_foreign_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("SSL_CERT_FILE", "certificates.pem")
    environment = workshop.child_environment()
    assert "PYTHONDONTWRITEBYTECODE" not in environment
    assert "PYTHONPATH" not in environment
    assert environment["SSL_CERT_FILE"] == "certificates.pem"


def test_interpreters_lie_where_each_system_puts_them(tmp_path: Path) -> None:
    assert workshop.python_of(tmp_path, "linux") == tmp_path / "bin" / "python"
    assert workshop.python_of(tmp_path, "darwin") == tmp_path / "bin" / "python"
    assert workshop.python_of(tmp_path, "win32") == tmp_path / "Scripts" / "python.exe"


def test_types_are_checked_only_in_folders_that_have_code(tmp_path: Path) -> None:
    (tmp_path / "terminal").mkdir()
    (tmp_path / "terminal" / "__init__.py").touch()
    (tmp_path / "benchmarks").mkdir()
    assert dev.check_steps(tmp_path, ["-x"])["mypy"] == ["-m", "mypy", "terminal", "dev.py"]
    assert dev.check_steps(tmp_path, ["-x"])["tests"] == ["-m", "pytest", "-x"]
    assert dev.check_steps(tmp_path, [])["tests"] == ["-m", "pytest", *dev.ALL_TESTS]


@pytest.mark.parametrize("name", dev.COMMANDS)
def test_each_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        dev.main([name, "--help"])
    assert stopped.value.code == 0
    help_text = " ".join(capsys.readouterr().out.split())
    assert dev.COMMANDS[name].purpose in help_text
    assert dev.COMMANDS[name].example in help_text


def test_the_lock_is_exact_hashed_and_names_no_place() -> None:
    lock = workshop.LOCK.read_text(encoding="utf-8")
    entries = re.findall(r"^([a-z0-9.-]+)(.*?)(?=^[a-z0-9]|\Z)", lock, flags=re.MULTILINE | re.DOTALL)
    assert entries
    for name, rest in entries:
        assert rest.startswith("=="), name
        assert "--hash=sha256:" in rest, name
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links", lock)


def test_the_lock_keeps_qt_below_the_release_that_loses_references() -> None:
    match = re.search(r"^pyside6-essentials==(\d+)\.(\d+)", workshop.LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    assert match
    assert (int(match[1]), int(match[2])) < (6, 12)
