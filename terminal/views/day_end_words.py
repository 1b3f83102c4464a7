"""The words for the steps of the day's end (日终结算), by the names the venue gives them."""

from terminal.views.translation import mark, translate

_STEPS = {
    "trades": mark("DayEnd", "trades agreed with the exchange"),
    "netting": mark("DayEnd", "long set off against short"),
    "cover": mark("DayEnd", "shares locked for covered calls"),
    "delivery": mark("DayEnd", "yesterday's exercises delivered"),
    "exercise_check": mark("DayEnd", "exercises checked"),
    "assignment": mark("DayEnd", "who has to deliver"),
    "combinations": mark("DayEnd", "combinations released"),
    "expiry": mark("DayEnd", "expired positions taken out"),
    "margin": mark("DayEnd", "margin at settlement prices"),
    "fees": mark("DayEnd", "fees of exercise"),
    "interest": mark("DayEnd", "interest"),
    "cash": mark("DayEnd", "money and margin calls"),
    "limits": mark("DayEnd", "limits of the next day"),
    "reconciliation": mark("DayEnd", "books reconciled"),
    "statements": mark("DayEnd", "statements"),
}


def step_words(step: str) -> str:
    """What a step did; one of another version by its own name."""
    return translate("DayEnd", _STEPS[step]) if step in _STEPS else step
