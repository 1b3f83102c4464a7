"""A class with people: the desk, the instructor's window, and the venue they share, as a process of its own."""

from asyncio import AbstractEventLoop
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from terminal.__main__ import _parser
from terminal.app import screenshots
from terminal.app.assembly import Terminal
from terminal.app.instructor import Classroom, class_venue
from terminal.domain.errors import BadFile, ConfigurationError
from terminal.domain.messages import ClassEvent, ClassEventKind
from terminal.domain.ports import LinkState
from terminal.resources import resource_folder
from tests.app.class_rig import options_of, play, until

pytestmark = [pytest.mark.requirement("X8"), pytest.mark.slow]


def save(window: QWidget, path: Path) -> None:
    """Name the file in the dialog that is open, and close it."""
    (dialog,) = window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.done(0)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_class_is_watched_driven_and_changed(qt_loop: AbstractEventLoop, qapp: QApplication, tmp_path: Path) -> None:
    async def story(terminal: Terminal, classroom: Classroom) -> None:
        session, mine = classroom.session, classroom.class_desk
        assert session is not None
        assert classroom.window is not None
        await until(lambda: mine.scenario is not None and mine.is_watched)
        assert not classroom.card.isHidden()
        assert not classroom.badge.isHidden()
        assert terminal.desk.account_id == "MM1"
        session.jump(at=time(13, 51))
        await until(lambda: not session.is_jumping and len(session.events) >= 3)
        assert [record.event.kind for record in session.events] == [
            ClassEventKind.GAP,
            ClassEventKind.VOLATILITY,
            ClassEventKind.THIN,
        ]
        words = {"zh_CN": "看这里", "en": "look here"}
        session.inject(ClassEvent(kind=ClassEventKind.MESSAGE, account_id="MM1", text=words))
        await until(lambda: any(n.figures.get("en") == "look here" for n in terminal.desk.notices))
        await until(lambda: any(d.screen is not None for d in session.desks.values()))
        (desk,) = session.desks.values()
        assert desk.account_id == "MM1"
        assert desk.screen is not None
        assert {p.name for p in desk.screen.checkpoints} == {"pull", "delta", "again"}
        classroom.window.flush()
        assert classroom.window.seats()[0].of == 100
        classroom.window.export.click()
        save(classroom.window, tmp_path / "scores.csv")
        classroom.window.export.click()
        # A folder stands where the file should
        save(classroom.window, tmp_path)
        entries = classroom.window.log.entries
        entries.flush()
        said = [entries.cell(row, entries.column_of("words"))[0] for row in range(2)]
        assert said[0].startswith(f"The table was not written: {tmp_path.name}")
        assert said[1] == f"Written: {tmp_path / 'scores.csv'}"
        terminal.workspace.orders.table.export_csv()
        save(terminal.window, tmp_path / "orders.csv")
        assert terminal.window.status.written.text().endswith("orders.csv")
        classroom.window.controls.scenario_chosen.emit("pin_risk")
        await until(lambda: mine.scenario is not None and mine.scenario.name == "pin_risk")
        await until(lambda: terminal.desk.link is LinkState.UP and session.link is LinkState.UP)
        assert terminal.desk.portfolio.profile is not None
        assert terminal.desk.venue is not None
        assert terminal.desk.venue.account_id == "INST"
        await until(lambda: len(terminal.desk.portfolio.positions) == 2)

    play(qt_loop, qapp, tmp_path, "market_jump", story)


@pytest.mark.requirement("X12")
def test_a_class_is_pictured_in_every_dress(
    qt_loop: AbstractEventLoop, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenshots, "_SETTLE_SECONDS", 0.0)
    folder = tmp_path / "shots"

    async def story(terminal: Terminal, classroom: Classroom) -> None:
        await screenshots.write_class_screenshots(terminal, classroom, folder)
        terminal.languages.use("en")
        assert classroom.session is not None
        assert [record.event.kind for record in classroom.session.events] == [ClassEventKind.BREAKER]

    play(qt_loop, qapp, tmp_path, "breaker_obligations", story)
    pictures = {path.name: QImage(str(path)) for path in folder.iterdir()}
    assert len(pictures) == 16
    for name, picture in pictures.items():
        assert f"-{picture.width()}x{picture.height()}-" in name
    assert len({(folder / name).read_bytes() for name in pictures}) == 16


def test_the_venue_of_a_class_is_asked_for_by_its_scenario(tmp_path: Path) -> None:
    assert class_venue(_parser().parse_args(["run"]), tmp_path) is None
    options = options_of(tmp_path, "pin_risk", "--account", "INST7")
    venue = class_venue(options, tmp_path)
    assert venue is not None
    assert venue.told_address() == ""
    assert options.account == "INST7"
    with pytest.raises(ConfigurationError, match="there is no scenario"):
        class_venue(options_of(tmp_path, "nowhere"), tmp_path)
    broken = tmp_path / "broken.toml"
    shipped = (resource_folder() / "scenarios" / "pin_risk.toml").read_text("utf-8")
    broken.write_text(shipped.replace("points = 20", "points = 0", 1), "utf-8")
    with pytest.raises(BadFile) as caught:
        class_venue(options_of(tmp_path, str(broken)), tmp_path)
    assert caught.value.line == shipped[: shipped.index("points = 20")].count("\n") + 1
