"""What a desk keeps in its folder: the names of the files, its journal, its own name.

Reports and orders are numbered by account, so each (资金账户) has a journal and a name of its own. The first one
used in a folder has them in the folder itself, which notes it; every other below `accounts`.
"""

import argparse
import hashlib
import re
import uuid
from pathlib import Path

import msgspec

from terminal.domain.errors import JournalError
from terminal.domain.orders import Order
from terminal.domain.ports import RecordKind
from terminal.storage.atomic_file import replace_file
from terminal.storage.journal import SqliteJournal

JOURNAL_FILE = "desk.sqlite"
CLASS_FOLDER = "training"
CURVE_FILE = "curves.json"
PLUG_IN_FOLDER = "plug-ins"
_IDENTITY_FILE = "desk-id"
_ACCOUNT_FILE = "account"
_ACCOUNT_FOLDER = "accounts"
#: What is a file's name on every system, and no other one's where capitals do not count
_PLAIN_NAME = re.compile(r"[0-9A-Z]{1,32}", re.ASCII)


def account_folder(folder: Path, account_id: str) -> Path:
    """Where an account has its journal and the desk's name: the folder's first account in the folder itself.

    Raises JournalError where the note of the first one can be neither read nor written.
    """
    note = folder / _ACCOUNT_FILE
    try:
        first = _noted(note)
        if not first:
            first = _traded_account(folder / JOURNAL_FILE) or account_id
            replace_file(note, first.encode())
    except OSError as error:
        raise JournalError(f"{note} cannot be read or written: {error}") from error
    if first == account_id:
        return folder
    plain = _PLAIN_NAME.fullmatch(account_id) is not None
    return folder / _ACCOUNT_FOLDER / (account_id if plain else hashlib.sha256(account_id.encode()).hexdigest()[:16])


def _noted(note: Path) -> str:
    """The account of the note; empty where there is none, or a damaged one."""
    try:
        return note.read_text("utf-8").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def _traded_account(journal: Path) -> str | None:
    """Whose newest order a journal without a note holds; None where none does, or it does not read."""
    if not journal.exists():
        return None
    try:
        orders = list(SqliteJournal.open_reader(journal).read_kind([RecordKind.SUBMITTED, RecordKind.DENIED]))
        return msgspec.msgpack.decode(orders[-1].body, type=Order).account_id if orders else None
    except (JournalError, msgspec.DecodeError, ValueError, ArithmeticError):
        return None


def open_journal(options: argparse.Namespace, folder: Path, account_id: str) -> SqliteJournal:
    """The desk's journal; a replay has one of its own, empty at its start: it must not become history."""
    if options.command == "train":
        # A class is no history of the desk that trades
        return SqliteJournal(folder / CLASS_FOLDER / JOURNAL_FILE)
    if options.command != "replay":
        # Whatever the account: settings and the market of its own are the folder's, and one program's
        path = account_folder(folder, account_id) / JOURNAL_FILE
        return SqliteJournal(path, locked_as=folder / JOURNAL_FILE)
    journal = folder / "replay" / JOURNAL_FILE
    for path in journal.parent.glob(f"{JOURNAL_FILE}*"):
        path.unlink()
    return SqliteJournal(journal)


def desk_id(options: argparse.Namespace, folder: Path, account_id: str) -> str:
    """This desk's name, kept where the account's journal is: it leads every order id."""
    keeps_none = options.command in ("train", "replay")
    path = (folder if keeps_none else account_folder(folder, account_id)) / _IDENTITY_FILE
    try:
        known = path.read_text("ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        known = ""
    if not (known.isalnum() and len(known) <= 16):
        known = uuid.uuid4().hex[:8]
        path.write_text(known, "ascii")
    return known
