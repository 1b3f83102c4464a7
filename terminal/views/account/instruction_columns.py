"""The columns of any table of instructions that are no orders (非交易指令): today's and those of an earlier day."""

from terminal.domain.instructions import FIELDS
from terminal.services.instructions import InstructionEntry, InstructionState
from terminal.services.known_contracts import Listing
from terminal.views.account.words import kind_words, state_words, strategy_words, word
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, clock, clock_millis, money, quantity
from terminal.views.table_model import LEFT, RIGHT, TableColumn
from terminal.views.texts import bounded, name_of, reason_sentence, underlying_name

#: Which columns give way where room is short, the highest first; the queries have them all
RANKS = {"id": 6, "asked": 5, "fee": 4, "amount": 3, "price": 3, "quantity": 2, "time": 1}


def subject_words(entry: InstructionEntry, market: Listing) -> str:
    """What an instruction is about: contracts, a combination, an underlying; a dash for money."""
    command = entry.command

    if command.contract_code:
        legs = " + ".join(name_of(code, market) for code in (command.contract_code, command.second_code) if code)
        return f"{strategy_words(command.strategy)}: {legs}" if command.strategy is not None else legs
    if command.combination_id:
        strategy = f" {strategy_words(command.strategy)}" if command.strategy is not None else ""
        return f"{bounded(command.combination_id)}{strategy}"
    if command.underlying:
        known = market.underlying(command.underlying)
        return underlying_name(known) if known is not None else bounded(command.underlying)
    return DASH


def instruction_columns(market: Listing, appearance: Appearance) -> list[TableColumn[InstructionEntry]]:
    """Time, kind, subject, size, result, amount, who asked, price and fee of shares, number."""
    theme = appearance

    def result(entry: InstructionEntry) -> str:
        text = state_words(entry)
        if entry.reason is None:
            return text
        return f"{text}: {reason_sentence(entry.reason, entry.reason_detail)}"

    def tip(entry: InstructionEntry) -> str:
        return word("The line dropped before the counter answered. It is never sent again.") if entry.in_doubt else ""

    return [
        TableColumn(
            "time",
            lambda: word("Time"),
            lambda e: clock(e.at),
            LEFT,
            lambda e: theme.theme.dim,
            lambda e: e.at,
            9,
            lambda e: clock_millis(e.at),
        ),
        TableColumn("kind", lambda: word("Instruction"), lambda e: kind_words(e.command.kind), width_chars=18),
        TableColumn(
            "subject",
            lambda: word("Concerns"),
            lambda e: subject_words(e, market),
            width_chars=24,
            tip=lambda e: subject_words(e, market),
        ),
        TableColumn(
            "quantity",
            lambda: word("Quantity"),
            lambda e: quantity(e.command.quantity) if "quantity" in FIELDS[e.command.kind] else DASH,
            RIGHT,
            sort=lambda e: e.command.quantity,
            width_chars=9,
        ),
        TableColumn(
            "result",
            lambda: word("Result"),
            result,
            LEFT,
            lambda e: (
                theme.theme.warn
                if e.state is InstructionState.SENT
                else theme.theme.ok
                if e.state is InstructionState.DONE
                else theme.theme.critical
            ),
            width_chars=30,
            tip=lambda e: tip(e) or result(e),
        ),
        TableColumn(
            "amount",
            lambda: word("Yuan"),
            lambda e: money(e.command.amount) if e.command.amount else DASH,
            RIGHT,
            sort=lambda e: e.command.amount,
            width_chars=12,
        ),
        TableColumn(
            "asked",
            lambda: word("By"),
            lambda e: word("Desk") if e.asked else word("Counter"),
            width_chars=9,
        ),
        TableColumn(
            "price",
            lambda: word("Price"),
            lambda e: f"{e.command.price:f}" if e.command.price else DASH,
            RIGHT,
            sort=lambda e: e.command.price,
            width_chars=8,
            tip=lambda e: word("The worst price shares might trade at") if e.command.price else "",
        ),
        TableColumn(
            "fee",
            lambda: word("Fee"),
            lambda e: money(e.fee) if e.fee else DASH,
            RIGHT,
            sort=lambda e: e.fee,
            width_chars=9,
        ),
        TableColumn("id", lambda: word("Id"), lambda e: bounded(e.command.instruction_id), width_chars=24),
    ]
