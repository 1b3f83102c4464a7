"""The command line of OptionDesk; each command is explained with an example by `--help`."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path

from terminal import __version__
from terminal.config import DEFAULT_SEED, MAX_SPEED
from terminal.domain.errors import OptionDeskError

_DESCRIPTION = """\
OptionDesk, a terminal for options on the Shanghai Stock Exchange, with the market in the box.

examples:
  optiondesk run                                open a window on a simulated market that is trading
  optiondesk run --chain chain.csv              trade on from a snapshot of a real chain
  optiondesk serve --port 7400                  host the simulated market for several desks on this computer
  optiondesk desk --connect 127.0.0.1:7400      join it
  optiondesk desk --record monday.odr           write the day down
  optiondesk replay monday.odr --speed 10       and play it again
  optiondesk train --list                       scripted days with score and debrief
  optiondesk calendar 2027.csv                  import the exchange's announcement of a year
  optiondesk shots --out out                    picture every screen
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0 done, 1 failed, 2 asked for something that cannot be."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except OptionDeskError as error:
        print(f"optiondesk: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _run(options: argparse.Namespace) -> int:
    # Imported here: a venue must not load Qt, and --help must not load anything
    from terminal.numerics import keep_light

    keep_light()
    if options.command == "serve":
        from terminal.serve import serve

        return serve(options)
    if options.command == "train" and (options.headless or options.list or not options.scenario):
        from terminal.train import train

        return train(options)
    if options.command == "calendar":
        from terminal.rule_files import import_announcement

        return import_announcement(options.announcement, options.data_dir)
    from terminal.app import run_desk

    return run_desk(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="optiondesk", description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"OptionDesk {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    run = _command(
        commands,
        "run",
        "open the terminal on a market of its own",
        "optiondesk run --seed 7 --start 14:50",
        "With no display, the same program plays the market offscreen for a minute with a scripted trader on the "
        "ticket, prints what happened, writes screenshots and the report to --out, and ends.",
    )
    _market_options(run)
    _desk_options(run)

    desk = _command(
        commands,
        "desk",
        "open a desk, on a venue that runs or on one of its own",
        "optiondesk desk --connect 127.0.0.1:7400 --account 880000002888",
    )
    desk.add_argument("--connect", metavar="HOST:PORT", help="a venue that is running; without it one is started")
    _market_options(desk)
    _desk_options(desk)

    serve = _command(
        commands,
        "serve",
        "host exchange, counter and crowd on loopback",
        "optiondesk serve --port 7400 --seed 7 --speed 10 --data-dir venue",
    )
    serve.add_argument("--port", type=_port, default=0, help="loopback port; 0 picks a free one and prints it")
    serve.add_argument("--data-dir", metavar="DIR", help="where the venue keeps its journal")
    serve.add_argument("--calendar", type=Path, metavar="FILE", help="imported trading calendar")
    serve.add_argument("--wait-for-desk", action="store_true", help="market time stands until a desk has come")
    serve.add_argument("--linger", type=float, metavar="SECONDS", help="end this long after the last desk has gone")
    serve.add_argument("--grace", type=float, default=2.0, metavar="SECONDS", help="a lost desk's time to come back")
    serve.add_argument("--scenario", type=Path, metavar="FILE", help="play a scenario, for `optiondesk train`")
    _market_options(serve)

    train = _command(
        commands,
        "train",
        "play a scripted day: reminders, checkpoints, score and debrief",
        "optiondesk train expiry_near_money --headless",
        "Opens the trainee's desk and the instructor's window on a venue that plays the scenario. With --headless it "
        "runs to its end without a screen, prints the reminders that fired with their market times, then score and "
        "debrief. Without SCENARIO, or with --list, the shipped scenarios are named.",
    )
    train.add_argument("scenario", nargs="?", metavar="SCENARIO", help="name of a shipped scenario, or a file")
    train.add_argument("--headless", action="store_true", help="without a screen, to the end")
    train.add_argument("--list", action="store_true", help="name the scenarios")
    train.add_argument("--no-instructor", action="store_true", help="the trainee's desk alone, for who learns alone")
    train.add_argument("--speed", type=_speed, default=None, help=f"market seconds a second, 0 to {MAX_SPEED:g}")
    _desk_options(train)

    replay = _command(
        commands,
        "replay",
        "play a recorded day through the same port; nothing can be sent",
        "optiondesk replay recordings/20261123.odr --speed 10",
    )
    replay.add_argument("recording", type=Path, help="a file written by `optiondesk desk --record FILE`")
    replay.add_argument("--speed", type=_speed, default=1.0, help="recorded seconds a second (default 1)")
    _desk_options(replay)

    calendar = _command(
        commands,
        "calendar",
        "import the exchange's announcement of a year's closed days",
        "optiondesk calendar 2027.csv",
        "CSV lines `year,closed` or a TOML file like resources/calendar/sse.toml; an imported year replaces an "
        "estimated one. Without FILE, print which years are known and which are estimates.",
    )
    calendar.add_argument("announcement", nargs="?", type=Path, metavar="FILE", help="a CSV or TOML file to import")
    calendar.add_argument("--data-dir", metavar="DIR", help="data folder of the desk")

    shots = _command(
        commands,
        "shots",
        "write screenshots of every screen",
        "optiondesk shots --out out",
        "Every screen in Chinese and English, dark and light, at 1920x1080 and 1366x768.",
    )
    _market_options(shots)
    _desk_options(shots)
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, what: str, example: str, more: str = ""
) -> argparse.ArgumentParser:
    text = f"{what[0].upper()}{what[1:]}. {more}".strip()
    return commands.add_parser(
        name,
        help=what,
        description=f"{text}\n\nExample:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _market_options(parser: argparse.ArgumentParser) -> None:
    market = parser.add_argument_group("simulated market")
    market.add_argument("--seed", type=_seed, default=None, help=f"same seed, same day (default {DEFAULT_SEED})")
    market.add_argument("--speed", type=_speed, default=None, help=f"market seconds a second, 0 to {MAX_SPEED:g}")
    market.add_argument("--start", type=_time, metavar="HH:MM", help="market time to begin at")
    market.add_argument("--day", type=_day, metavar="YYYY-MM-DD", help="trading day to play")
    files = market.add_mutually_exclusive_group()
    files.add_argument("--chain", type=Path, metavar="FILE", help="a chain snapshot CSV to trade on from")
    files.add_argument("--contracts", type=Path, metavar="FILE", help="a reff03MMDD.txt contract file")
    market.add_argument("--profile", metavar="NAME", help="rule profile (default sse_2025)")


def _desk_options(parser: argparse.ArgumentParser) -> None:
    desk = parser.add_argument_group("desk")
    desk.add_argument("--data-dir", metavar="DIR", help="where journals and settings live")
    desk.add_argument("--account", help="contract account to trade for")
    desk.add_argument(
        "--duration", type=float, metavar="SECONDS", help="end by itself after this wall time on the market"
    )
    desk.add_argument("--language", choices=("zh_CN", "en"), help="language of this start")
    desk.add_argument("--theme", choices=("dark", "light"), help="theme of this start")
    desk.add_argument("--record", type=Path, metavar="FILE", help="write the day for `optiondesk replay`")
    desk.add_argument("--out", type=Path, default=Path("out"), help="folder for screenshots and reports")
    desk.add_argument("--pace", type=float, default=0.5, metavar="SECONDS", help="pause of the scripted trader")
    desk.add_argument("--scripted", action="store_true", help="let the scripted trader work the ticket")


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port < 65536:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 65535")
    return port


def _seed(text: str) -> int:
    seed = int(text)
    if not 0 <= seed < 2**63:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 0 to 2^63")
    return seed


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time of day like 14:50") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2026-11-23") from None


def _speed(text: str) -> float:
    speed = float(text)
    if not 0 <= speed <= MAX_SPEED:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and {MAX_SPEED:g}")
    return speed


if __name__ == "__main__":
    sys.exit(main())
