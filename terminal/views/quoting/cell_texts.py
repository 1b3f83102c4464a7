"""What stands in the cells of the grid, and what is meant by what is typed into them."""

from terminal.services.quote_gate import QUOTE_REASONS
from terminal.strategies.contract_terms import ContractTerms, WidthRule
from terminal.strategies.quote_columns import Absence
from terminal.strategies.quoter_parameters import NO_MOST
from terminal.views.formatting import DASH
from terminal.views.quoting.columns import COLUMNS, Column
from terminal.views.quoting.figures import GATE, GridState, is_absence
from terminal.views.quoting.words import ABSENCES, CHOICES, EFFECT_RULES, JOIN_RULES, WIDTH_RULES, word
from terminal.views.texts import words

STATE_WORDS = {
    GridState.STOPPED: "Stopped",
    GridState.FAULTED: "Faulted",
    GridState.SHADOW: "Shadow",
    GridState.OUT: "Not quoted",
    GridState.ENTERING: "Entering",
    GridState.BID_ONLY: "Bid only",
    GridState.ASK_ONLY: "Ask only",
    GridState.LIVE: "Live",
    GridState.LIVE_WIDE: "Near limit",
    GridState.PROTECTED: "Tripped",
}
STATE_GLYPHS = {
    GridState.STOPPED: "○",
    GridState.FAULTED: "✕",
    GridState.SHADOW: "◌",
    GridState.OUT: "○",
    GridState.ENTERING: "◌",
    GridState.BID_ONLY: "◐",
    GridState.ASK_ONLY: "◑",
    GridState.LIVE: "●",
    GridState.LIVE_WIDE: "◕",
    GridState.PROTECTED: "◉",
}


def term_text(terms: ContractTerms, column: Column) -> str:
    """A field of the terms as a cell shows it."""
    value = getattr(terms, COLUMNS[column].field)
    if column in (Column.BID, Column.ASK):
        return ""
    if column == Column.WIDTH:
        return word(WIDTH_RULES[value])
    if column == Column.JOIN:
        return word(JOIN_RULES[value])
    if column == Column.EFFECT:
        return word(EFFECT_RULES[value])
    if column == Column.HALF and terms.width is WidthRule.ALLOWED:
        return f"{value * 100:g}%"
    if column == Column.MOST and value >= NO_MOST:
        return "∞"
    if column in (Column.DELTA_SKEW, Column.VEGA_SKEW):
        return f"{value:+.1f}".replace("-", "−") if value else "0.0"
    return f"{value:g}"


def cause_text(cause: int) -> str:
    """Why a contract is not quoted, by the code of a snapshot."""
    if not cause:
        return DASH
    return word(ABSENCES[Absence(cause)]) if is_absence(cause) else words(QUOTE_REASONS[cause - GATE - 1])


def typed(field: str, text: str) -> str:
    """The words of the screen as the code they stand for; a percentage as a share; everything else as it is."""
    said = text.strip()
    for code, shown in CHOICES.get(field, {}).items():
        if said.casefold() in (shown.casefold(), word(shown).casefold()):
            return str(code)
    if field == "half_width" and said.endswith("%"):
        try:
            return f"{float(said[:-1]) / 100:g}"
        except ValueError:
            return said
    return "" if said in ("∞", DASH) else said
