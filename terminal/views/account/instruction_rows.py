"""What an instruction would bring, and what became of it, as rows and sentences."""

from terminal.services.instruction_effects import InstructionEffect
from terminal.services.instructions import InstructionEntry, InstructionState
from terminal.views.account.words import kind_words, word
from terminal.views.formatting import money, quantity, signed_money
from terminal.views.texts import reason_sentence


def result_words(entry: InstructionEntry) -> tuple[str, str]:
    """What became of the instruction sent last, and the role of the words."""
    if entry.reason is not None:
        return f"✕ {kind_words(entry.command.kind)}: {reason_sentence(entry.reason, entry.reason_detail)}", "critical"
    if entry.state is InstructionState.DONE:
        return f"✓ {kind_words(entry.command.kind)}: {word('accepted')}", "ok"
    if entry.in_doubt:
        return word("No answer: the counter is asked once the line is back"), "warn"
    return word("The counter is being asked…"), "warn"


def effect_rows(effect: InstructionEffect) -> list[tuple[str, str, str]]:
    """The effect as rows of label, figure and role; only what applies."""
    rows: list[tuple[str, str, str]] = []

    def add(label: str, figure: str, role: str = "") -> None:
        rows.append((label, figure, role))

    if effect.moneyness is not None:
        inside = effect.moneyness > 0
        label = word("In the money") if inside else word("Out of the money")
        add(label, f"{abs(effect.moneyness):.4f}", "ok" if inside else "critical")
    if effect.cash_needed is not None:
        add(word("Cash needed"), money(effect.cash_needed))
    if effect.shares_needed:
        add(word("Shares needed"), quantity(effect.shares_needed))
    if effect.cash_received:
        add(word("Cash received"), money(effect.cash_received))
    if effect.shares_received:
        add(word("Shares received"), quantity(effect.shares_received))
    if effect.fee is not None:
        add(word("Fee"), money(effect.fee))
    if effect.break_even is not None:
        add(word("Break-even"), f"{effect.break_even:.4f}")
    if effect.exercise_value is not None:
        add(
            word("Worth exercised"),
            signed_money(effect.exercise_value),
            "" if effect.exercise_value > 0 else "critical",
        )
        if effect.sale_value is not None:
            better = effect.sale_value > effect.exercise_value
            add(word("Worth sold at the bid"), signed_money(effect.sale_value), "warn" if better else "")
    if effect.margin is not None:
        before, after = effect.margin.before, effect.margin.after
        add(word("Margin"), f"{money(before)} → {money(after)}")
        add(word("Margin change"), signed_money(after - before), "ok" if after <= before else "warn")
    return rows
