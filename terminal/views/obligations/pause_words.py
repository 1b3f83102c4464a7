"""Pauses in words: what the row of a contract says, what keeps it out afterwards, why one is refused."""

from datetime import datetime

from terminal.domain.errors import BadInput
from terminal.services.pauses import KeptOut, Pause
from terminal.views.formatting import clock, duration
from terminal.views.obligations.words import word
from terminal.views.refusals import refusal
from terminal.views.texts import bounded
from terminal.views.translation import mark

KEPT_OUT = {
    KeptOut.LINE: mark("obligations", "the line is down"),
    KeptOut.STOP: mark("obligations", "STOP is in force"),
    KeptOut.TRIPPED: mark("obligations", "a protection has tripped"),
    KeptOut.PULLED: mark("obligations", "pulled by a protection"),
    KeptOut.NOBODY: mark("obligations", "no strategy quotes it"),
    KeptOut.STOPPED: mark("obligations", "its strategy is stopped"),
    KeptOut.FAULTED: mark("obligations", "its strategy has failed"),
    KeptOut.SHADOW: mark("obligations", "its strategy runs in shadow"),
    KeptOut.EXPIRY_OFF: mark("obligations", "its expiry is stopped"),
    KeptOut.ROW_OFF: mark("obligations", "its row is off"),
    KeptOut.SIDE_PAUSED: mark("obligations", "a side is paused"),
    KeptOut.HALTED: mark("obligations", "it is halted"),
    KeptOut.BREAKER: mark("obligations", "volatility interruption"),
    KeptOut.PHASE: mark("obligations", "no quotes in this phase"),
}


def paused_words(pause: Pause, now: datetime) -> str:
    """Until when a row is paused, and the time left."""
    left = duration((pause.until - now).total_seconds())
    return word("paused until {time} · {left}").format(time=clock(pause.until), left=left)


def paused_until(pause: Pause) -> str:
    """Until when a row is paused."""
    return word("paused until {time}").format(time=clock(pause.until))


def pause_line(pause: Pause) -> str:
    """Who paused a contract, from when until when."""
    pattern = word("paused {begin} – {end} by {name}")
    return pattern.format(begin=clock(pause.begin), end=clock(pause.end), name=bounded(pause.by))


def kept_out_words(cause: KeptOut) -> str:
    """What keeps a contract out."""
    return word(KEPT_OUT[cause])


def pause_refusal(error: BadInput, close: datetime | None) -> str:
    """Why a pause was not taken, with field, value and rule in the language of the screen."""
    until = word("a time after now and not after the close, {time}").format(time="" if close is None else clock(close))
    names = {
        "contract": (word("Contracts"), word("contracts of the day's list")),
        "until": (word("Until"), until),
        "name": (word("Paused by"), word("the name of a person")),
        "account": (word("Account"), word("a market maker's, on a day that has begun")),
    }
    field, rule = names.get(error.field, (error.field, str(error.rule)))
    return refusal(BadInput(error.field, error.value, rule), field)
