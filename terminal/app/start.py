"""The first steps of a desk, before Qt is loaded: the venue's process, and an import that reads no sources."""

import argparse
import builtins
import logging
import sys

from terminal import heap
from terminal.app import collector
from terminal.app.own_venue import set_going
from terminal.turns import take_short_turns


def start_desk(options: argparse.Namespace) -> int:
    """Begin, load the screen and run it to its end; gives the exit code.

    Raises OptionDeskError subclasses for what cannot be built.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    heap.keep_threshold()
    take_short_turns()
    collector.rest()
    try:
        venue = set_going(options)
        load_qt()
        from terminal.app.run import run_desk

        return run_desk(options, venue)
    finally:
        collector.end()


def load_qt() -> None:
    """Load PySide and take it out of the way of further imports.

    WORKAROUND: PySide puts a function of its own before `__import__`, which reads the source of every module that is
    imported in search of its name, for `from __feature__ import snake_case`, which nobody here uses: 195,000 lines, a
    sixth of the time that starting takes, and linecache keeps them all, 20 MB.
    """
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
