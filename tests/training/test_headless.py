"""`optiondesk train --headless`: the same lines every time, every settlement between, every scenario to its end."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal.__main__ import main
from terminal.config import Settings
from terminal.domain import wire
from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import Notice, NoticeKind
from terminal.domain.ports import RecordKind
from terminal.resources import resource_folder
from terminal.scenarios import scenario_path
from terminal.storage.journal import SqliteJournal
from terminal.train import ClassRun, run_headless
from terminal.training.checkpoints import State
from terminal.venue.book import decode_header
from terminal.venue.counter.entries import decode_entry
from terminal.venue.counter.settlement.entries import StepDone
from terminal.venue.counter.settlement.steps import STEPS

pytestmark = pytest.mark.requirement("X8")
NAMES = sorted(path.stem for path in (resource_folder() / "scenarios").glob("*.toml"))
#: Played in every run of the tests; the others are longer and are for `-m slow`
SHORT = (
    "breaker_obligations",
    "exercise_deadline",
    "forced_close",
    "inquiry_storm",
    "line_cut",
    "market_jump",
    "open_restriction",
    "suspension",
)


def play(name: str, folder: Path) -> ClassRun:
    """One run."""
    return asyncio.run(run_headless(scenario_path(name), folder, Settings()))


def settled_days(folder: Path) -> dict[str, list[str]]:
    """The steps that were done on each day, by the venue's journal."""
    reader = SqliteJournal.open_reader(folder / "venue" / "venue.sqlite")
    days: dict[str, list[str]] = {}
    day = ""
    for record in reader.read():
        if record.kind is RecordKind.BOOK:
            day = decode_header(record.body).day.trading_day.isoformat()
        elif record.kind is RecordKind.EVENT and isinstance(entry := decode_entry(record.body), StepDone):
            days.setdefault(day, []).append(entry.step.value)
    return days


def notices(folder: Path) -> list[Notice]:
    """Everything the venue posted, in order."""
    reader = SqliteJournal.open_reader(folder / "venue" / "venue.sqlite")
    found = [wire.decode_event(r.body) for r in reader.read() if r.kind is RecordKind.NOTICE]
    return [one for one in found if isinstance(one, Notice)]


def entries(folder: Path) -> list[bytes]:
    """Everything the counter and the instructor did, in order."""
    reader = SqliteJournal.open_reader(folder / "venue" / "venue.sqlite")
    return [r.body for r in reader.read() if r.kind in (RecordKind.EVENT, RecordKind.COMMAND)]


def test_from_five_days_before_expiry_to_two_after_every_day_is_settled(tmp_path: Path) -> None:
    run = play("expiry_near_money", tmp_path)
    days = settled_days(tmp_path)
    assert list(days) == [
        "2026-11-18",
        "2026-11-19",
        "2026-11-20",
        "2026-11-23",
        "2026-11-24",
        "2026-11-25",
        "2026-11-26",
        "2026-11-27",
    ]
    assert all(steps == [step.value for step in STEPS] for steps in days.values())
    assert run.points == 100
    stamps = [line[:14] for line in run.lines]
    assert stamps == sorted(stamps)


def first_said(run: ClassRun, kind: str) -> dict[str, str]:
    """Each day a kind was said on, and when first and how loudly."""
    found: dict[str, str] = {}
    for line in run.lines:
        if f" {kind} " in line and "reminder" in line:
            found.setdefault(line[:5], f"{line[6:14]} {line.split()[3]}")
    return found


@pytest.mark.requirement("T6")
def test_in_a_jump_every_reminder_is_said_on_its_day_and_those_of_one_moment_once(tmp_path: Path) -> None:
    """Rulebook 11b: exercise at E-2, E-1 and on E; near expiry five trading days before, again on the last two."""
    run = play("expiry_near_money", tmp_path)
    assert first_said(run, "exercise") == {
        "11-23": "09:10:00 toast",
        "11-24": "09:10:00 card",
        "11-25": "09:10:00 card",
    }
    assert first_said(run, "near_expiry") == {
        "11-18": "13:00:00 toast",
        "11-24": "09:10:00 toast",
        "11-25": "09:10:00 card",
    }
    assert first_said(run, "instructor") == {"11-23": "09:20:00 card"}
    assert first_said(run, "listing") == {"11-26": "09:10:00 toast"}
    said = [line for line in run.lines if "reminder" in line]
    assert len(said) == len(set(said))
    # No breaker of what is held is over before its desk has heard of it
    held = {"10000043", "10000046"}
    breakers = [
        f"{n.at.astimezone(SHANGHAI):%m-%d %H:%M:%S} breaker {n.codes[0]}"
        for n in notices(tmp_path)
        if n.kind is NoticeKind.BREAKER and held.intersection(n.codes)
    ]
    assert len(breakers) > 5
    told = [line.split() for line in said if " breaker " in line]
    assert [f"{w[0]} {w[1]} breaker {w[5].partition(':')[0]}" for w in told if w[5][:8] in held] == breakers
    # A card nobody answers is pressed in the last hour alone; toasts go by themselves
    exercise = [line[:14] for line in said if " exercise " in line]
    assert exercise == [
        "11-23 09:10:00", "11-24 09:10:00", "11-25 09:10:00", "11-25 14:30:00", "11-25 14:40:00", "11-25 14:57:01",
    ]  # fmt: skip


@pytest.mark.requirement("T7")
def test_an_assignment_is_told_in_the_evening_and_what_is_missing_before_the_cut_off(tmp_path: Path) -> None:
    run = play("assignment_shortfall", tmp_path)
    told = first_said(run, "assigned")
    assert min(told) == "11-25"
    assert told["11-25"] >= "15:30:00"
    assert run.points == 100


def test_the_same_scenario_gives_the_same_lines_and_the_same_books(tmp_path: Path) -> None:
    first, second = (play("breaker_obligations", tmp_path / name) for name in ("first", "second"))
    assert first.lines == second.lines
    # A quote stands in the auction: more than a toast
    assert "11-12 14:00:00  reminder  card  breaker 10000045:140300:2026-11-12 x 10 until 11-12 14:03:00" in first.lines
    assert first.debrief == second.debrief
    assert entries(tmp_path / "first") == entries(tmp_path / "second")


def at_of(run: ClassRun, kind: str) -> list[str]:
    """When a kind was said."""
    return [line[6:14] for line in run.lines if "reminder" in line and f" {kind} " in line]


@pytest.mark.fault("F01")
def test_a_line_that_is_cut_in_a_jump_is_told_on_its_desk_after_five_seconds(tmp_path: Path) -> None:
    first, second = (play("line_cut", tmp_path / name) for name in ("first", "second"))
    assert at_of(first, "connection") == ["13:50:05"]
    # Trading began with the class at 13:30: nothing was missed in the morning that never was
    assert min(at_of(first, "obligation")) > "13:45"
    assert first.lines == second.lines
    assert first.points == 100


@pytest.mark.fault("F26")
def test_data_that_are_lost_in_a_jump_are_told_ten_seconds_later(tmp_path: Path) -> None:
    run = play("feed_loss", tmp_path)
    assert at_of(run, "stale_data") == ["13:50:10"]
    assert run.points == 100


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_is_played_to_its_end_and_its_scripted_trainee_passes(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if name not in SHORT and request.config.getoption("-m") != "slow":
        pytest.skip("a long one: run with -m slow")
    run = play(name, tmp_path)
    assert all(result.state in (State.DONE, State.PARTLY, State.MISSED) for result in run.results)
    assert run.points >= 60, run.debrief
    for spec in run.scenario.checkpoint:
        assert spec.title.en in run.debrief


def test_the_command_prints_times_score_and_debrief(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["train", "market_jump", "--headless", "--data-dir", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "11-12 13:50:06  trainee   pull: 1" in said
    assert "# Debrief · A market jump and the protections" in said
    assert "100 / 100" in said


def test_the_command_names_the_scenarios_and_refuses_a_mistake(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["train", "--list"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in NAMES)
    broken = tmp_path / "broken.toml"
    broken.write_text((resource_folder() / "scenarios" / "pin_risk.toml").read_text("utf-8").replace("seed", "sed", 1))
    assert main(["train", str(broken), "--headless"]) == 2
    assert "broken.toml line 16" in capsys.readouterr().err
    assert main(["train", "nowhere", "--headless"]) == 2
    assert "there is no scenario 'nowhere'" in capsys.readouterr().err


def test_nobody_at_the_desk_gets_no_points_for_what_had_to_be_done(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    text = (resource_folder() / "scenarios" / "market_jump.toml").read_text("utf-8")
    alone = tmp_path / "alone.toml"
    alone.write_text(text[: text.index("[[trainee]]")], "utf-8")
    run = asyncio.run(run_headless(alone, tmp_path, Settings()))
    assert {r.checkpoint.name: r.state for r in run.results} == {
        "pull": State.MISSED,
        "delta": State.DONE,
        "again": State.MISSED,
    }
    assert "not passed" in run.debrief
