"""What a desk keeps in its folder: the names of the files, its journal, its own name."""

import argparse
import uuid
from pathlib import Path

from terminal.storage.journal import SqliteJournal

JOURNAL_FILE = "desk.sqlite"
CLASS_FOLDER = "training"
CURVE_FILE = "curves.json"
PLUG_IN_FOLDER = "plug-ins"
_IDENTITY_FILE = "desk-id"


def open_journal(options: argparse.Namespace, folder: Path) -> SqliteJournal:
    """The desk's journal; a replay has one of its own, empty at its start: it must not become history."""
    if options.command == "train":
        # A class is no history of the desk that trades
        return SqliteJournal(folder / CLASS_FOLDER / JOURNAL_FILE)
    if options.command != "replay":
        return SqliteJournal(folder / JOURNAL_FILE)
    journal = folder / "replay" / JOURNAL_FILE
    for path in journal.parent.glob(f"{JOURNAL_FILE}*"):
        path.unlink()
    return SqliteJournal(journal)


def desk_id(folder: Path) -> str:
    """This desk's name, kept in its folder: it leads every order id."""
    path = folder / _IDENTITY_FILE
    try:
        known = path.read_text("ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        known = ""
    if not (known.isalnum() and len(known) <= 16):
        known = uuid.uuid4().hex[:8]
        path.write_text(known, "ascii")
    return known
