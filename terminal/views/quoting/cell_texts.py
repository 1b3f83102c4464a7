"""What stands in the cells of the grid, and what is meant by what is typed into them."""

from terminal.services.quote_codes import QUOTE_REASONS
from terminal.strategies.contract_terms import ContractTerms, WidthRule, write_term
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


def edited(terms: ContractTerms, field: str) -> str:
    """What an editor of a field begins with, in the unit of its cell; `typed` reads it again."""
    value = getattr(terms, field)
    if field == "half_width" and terms.width is WidthRule.ALLOWED and value is not None:
        return f"{value * 100:.10g}%"
    return write_term(value)


def is_share(terms: ContractTerms, width: str | None) -> bool:
    """Whether a half width is a share of the allowed one; `width` is what is typed for its rule in the same step."""
    return typed("width", width) == WidthRule.ALLOWED if width else terms.width is WidthRule.ALLOWED


def typed(field: str, text: str, *, share: bool = False) -> str:
    """The words of the screen as the code they stand for; a percentage as a share; everything else as it is.

    A `share` of the allowed width stands in its cell as a percentage. What is typed for it without the sign is one from
    1 on, as in a spreadsheet: 30 is 30 %, 0.3 is as well, 1 is all of it.
    """
    said = text.strip()
    for code, shown in CHOICES.get(field, {}).items():
        if said.casefold() in (shown.casefold(), word(shown).casefold()):
            return str(code)
    if field == "half_width":
        try:
            figure = float(said.rstrip("%％"))
        except ValueError:
            return said
        return f"{figure / 100:.10g}" if said.endswith(("%", "％")) or (share and figure > 1) else said
    return "" if said in ("∞", DASH) else said
