"""Each account has a journal and a desk's name of its own: reports and orders are numbered by account."""

import asyncio
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from terminal.app.desk_folder import account_folder
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import JournalError
from terminal.domain.orders import Instruction, Order, OrderStatus, OrderType
from terminal.domain.ports import RecordKind
from terminal.storage.journal import SqliteJournal
from tests.app.conftest import Build

CLIENT, MAKER = "880000002888", "MM1"
NOON = datetime(2026, 11, 27, 10, 0, tzinfo=SHANGHAI)


def write_order(path: Path, account_id: str) -> None:
    """A journal with an order of an account."""
    order = Order(
        client_order_id="D1-261127-000001",
        account_id=account_id,
        contract_code="10000001",
        instruction=Instruction.BUY_OPEN,
        order_type=OrderType.LIMIT,
        quantity=1,
        price=Decimal("0.1"),
        status=OrderStatus.SUBMITTED,
        submitted_at=NOON,
        updated_at=NOON,
    )

    async def write() -> None:
        journal = SqliteJournal(path)
        journal.append([(RecordKind.SUBMITTED, NOON, msgspec.msgpack.encode(order))])
        await journal.close()

    asyncio.run(write())


@pytest.mark.requirement("T12")
@pytest.mark.fault("F09")
def test_another_account_has_a_journal_and_a_name_of_its_own(tmp_path: Path) -> None:
    assert account_folder(tmp_path, CLIENT) == tmp_path
    assert account_folder(tmp_path, MAKER) == tmp_path / "accounts" / MAKER
    assert account_folder(tmp_path, CLIENT) == tmp_path


@pytest.mark.requirement("T12")
def test_desks_of_two_accounts_count_apart(build: Build, tmp_path: Path) -> None:
    first = build("--account", CLIENT)
    assert first.journal.path == tmp_path / "desk" / "desk.sqlite"
    name = first.desk.desk_id
    first.journal._process_lock.release()
    second = build("--account", MAKER)
    assert second.journal.path == tmp_path / "desk" / "accounts" / MAKER / "desk.sqlite"
    assert second.desk.desk_id != name
    assert second.desk.last_sequence == 0


@pytest.mark.fault("F21")
def test_a_folder_is_one_programs_whatever_the_account(build: Build) -> None:
    build("--account", CLIENT)
    with pytest.raises(JournalError, match="in use by"):
        build("--account", MAKER)


@pytest.mark.requirement("T12")
def test_a_journal_from_before_the_note_stays_with_whose_orders_it_holds(tmp_path: Path) -> None:
    write_order(tmp_path / "desk.sqlite", CLIENT)
    assert account_folder(tmp_path, MAKER) == tmp_path / "accounts" / MAKER
    assert account_folder(tmp_path, CLIENT) == tmp_path


@pytest.mark.fault("F42", "F44")
@pytest.mark.parametrize("damage", [b"", b"\n", b"\xff\xfe"])
def test_a_damaged_note_is_written_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "account").write_bytes(damage)
    assert account_folder(tmp_path, CLIENT) == tmp_path
    assert (tmp_path / "account").read_text("utf-8") == CLIENT


@pytest.mark.fault("F47")
@pytest.mark.parametrize("name", ["../../x", "a/b", "mm1", "做市", "M" * 33, "NUL:", ""])
def test_no_name_of_an_account_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    account_folder(tmp_path, CLIENT)
    found = account_folder(tmp_path, name)
    assert found.parent == tmp_path / "accounts"
    assert len(found.name) == 16
    assert found.name.isalnum()
    assert found != account_folder(tmp_path, MAKER)


def test_a_note_that_cannot_be_kept_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "account").mkdir()
    with pytest.raises(JournalError, match="account cannot be read or written"):
        account_folder(tmp_path, CLIENT)
