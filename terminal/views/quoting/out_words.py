"""Why a contract stays out after its pause, in words: what holds quotes, its strategy, else its quoter's cause."""

import numpy as np

from terminal.services.quote_pauses import QuotePauses
from terminal.views.obligations.pause_words import kept_out_words
from terminal.views.quoting.cell_texts import cause_text
from terminal.views.quoting.figures import GATE
from terminal.views.quoting.maker_desk import MakerDesk


def out_words(maker: MakerDesk, pauses: QuotePauses, code: str) -> str:
    """What keeps a contract out; empty where nothing is known that does."""
    kept = pauses.kept_out(code)
    if kept is not None:
        return kept_out_words(kept)
    control, number = maker.running_quoter(code), maker.desk.quoting.number_of(code)
    if control is None or number is None:
        return ""
    quoter = control.quoter
    if len(quoter.numbers) != len(quoter.absence):
        # It has not passed since the day began
        return ""
    for place in np.flatnonzero(quoter.numbers == number).tolist():
        refused, absent = int(quoter.refusals[place]), int(quoter.absence[place])
        if refused or absent:
            return cause_text(absent or GATE + refused)
    return ""
