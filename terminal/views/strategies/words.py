"""The words of the strategies' screen: kinds, states, and what engine, plug-ins and forms say in English sentences.

Sources are English; resources/translations holds the others.
"""

import re
from contextlib import suppress

from terminal.domain.errors import BadInput, ascii_safe
from terminal.domain.reasons import Reason
from terminal.strategies.entry import StrategyState
from terminal.views.refusals import rule_words
from terminal.views.texts import words
from terminal.views.translation import translate

CONTEXT = "strategies"
_LONGEST = 200
KINDS = {
    "continuous_quoter": "Continuous quoter",
    "inquiry_responder": "Inquiry responder",
    "electronic_eye": "Electronic eye",
    "delta_hedger": "Delta hedger",
    "volatility_orders": "Volatility orders",
}
ABOUT_KINDS = {
    "electronic_eye": "Takes prices that are better than the theoretical price by an edge",
    "delta_hedger": "Keeps the net delta of an underlying within a band",
    "volatility_orders": "Limits given as a volatility, whose price follows the underlying",
}
STATES = {
    StrategyState.STOPPED: "stopped",
    StrategyState.RUNNING: "running",
    StrategyState.SHADOW: "shadow",
    StrategyState.FAULTED: "faulted",
}
#: What is said in English elsewhere, and the text that says it here; `what` may be such a sentence itself
_SENTENCES = (
    # why the engine stopped one
    (r"(?P<call>\w+) did not end within (?P<most>[\d.]+) ms", "{call} did not end within {most} ms"),
    (r"(?P<call>\w+) took (?P<took>[\d.]+) ms", "{call} took {took} ms, too long"),
    (r"(?P<error>\w+) in (?P<call>on_\w+|what it asked for)", "{error} was raised in {call}"),
    (r"a quote that no market takes", "It quoted what no market takes, three times"),
    (r"refused (?P<times>\d+) times: (?P<reason>\w+)", "Refused {times} times in a second: {reason}"),
    (r"executions repeat too fast", "Its executions repeat too fast"),
    (r"more than (?P<most>\d+) orders at once", "It wanted more than {most} orders at once"),
    # why a person or the desk did
    (r"stopped by hand", "Stopped by hand"),
    (r"pulled by hand", "Pulled by hand"),
    (r"removed", "Removed"),
    (r"the desk ends", "The desk ended"),
    (r"the event loop stood still", "The event loop stood still"),
    # what comes of a plug-in's process
    (
        r"more than (?P<most>\d+) fills, orders and inquiries wait for it",
        "More than {most} fills, orders and inquiries wait for it",
    ),
    (r"asks or says more than (?P<most>\d+) things a second", "It asks or says more than {most} things a second"),
    (r"uses (?P<used>[\d,]+) MB, more than its (?P<most>[\d,]+)", "It uses {used} MB of memory, more than its {most}"),
    (r"prints more than (?P<most>\d+) MB in (?P<time>\d+) s", "It prints more than {most} MB in {time} s"),
    (r"its process has ended, exit code (?P<code>-?\d+)", "Its process has ended, exit code {code}"),
    (r"its process cannot be started: (?P<error>.*)", "Its process cannot be started: {error}"),
    (r"its process does not read", "Its process does not read what it is sent"),
    (r"its process .*", "Its process sends what the desk does not know"),
    (r"it asks before it is started", "It asks before it is started"),
    # why a plug-in cannot be used
    (r"one that can be imported: (?P<error>.*)", "a file that can be loaded; loading said {error}"),
    (r"one that can be made: (?P<error>.*)", "one that can be made with these values; making said {error}"),
    (r"one that can be loaded: (?P<what>.*)", "one that can be loaded: {what}"),
    (r"API_VERSION = (?P<ours>\d+); it says '?(?P<its>.*?)'?", "one of version {ours}; its API_VERSION says {its}"),
    (r"STRATEGY, a class of .*", "STRATEGY must be a class of Strategy"),
    (r"PARAMETERS, a frozen dataclass", "PARAMETERS must be a frozen dataclass"),
    (r"a frozen dataclass", "PARAMETERS must be a frozen dataclass"),
    (
        r"PARAMETERS whose types and defaults can be read: (?P<error>.*)",
        "PARAMETERS must have types and defaults that can be read: {error}",
    ),
    (r"a file of at most (?P<most>\d+) bytes", "a file of at most {most} bytes"),
    (r"a Python file|the name of a Python file in .*", "a Python file in the folder of plug-ins"),
    (
        r"'?(?P<field>[\w -]+?)'?: '(?P<given>.*)' is not accepted: (?P<what>.*)",
        "{field}: “{given}” is not accepted, only {what}",
    ),
    # what a form asks for, beside the rules of `views.refusals`
    (r"a finite number", "a number that is not infinite"),
    (r"the name of a limit", "the name of a limit"),
    (r"a number; blank allows nothing", "a number; blank allows nothing"),
    (r"an underlying with contracts today", "an underlying with contracts today"),
    (r"a name of 1 to 40 printable characters", "a name of 1 to 40 printable characters"),
    (r"a name that is not taken", "a name that is not taken"),
    (r"a kind of strategy", "a kind of strategy that there is"),
    (r"one that was not removed meanwhile", "one that was not removed meanwhile"),
    (r"texts by name", "texts by name"),
    (r"at most (?P<most>\d+) strategies", "at most {most} strategies"),
    (r"plug-ins, which this desk has none of", "none: this desk has no folder of plug-ins"),
)
_COMPILED = tuple((re.compile(pattern, re.DOTALL), text) for pattern, text in _SENTENCES)


def word(text: str) -> str:
    """A text of this screen in the language in force."""
    return translate(CONTEXT, text)


def line_of(text: str, longest: int = _LONGEST) -> str:
    """Text from outside as one line, escaped and cut."""
    safe = ascii_safe(text[: 4 * longest])
    return safe if len(safe) <= longest else safe[: longest - 1] + "…"


def sentence(text: str, depth: int = 0) -> str:
    """What engine, plug-in, form or rule says, in the language in force; what is not known is shown as it is."""
    for pattern, said in _COMPILED:
        found = pattern.fullmatch(text)
        if found is not None:
            figures = {name: line_of(value or "") for name, value in found.groupdict().items()}
            if "what" in figures and depth < 2:
                figures["what"] = sentence(found["what"], depth + 1)
            if "reason" in figures:
                with suppress(ValueError, KeyError):
                    figures["reason"] = words(Reason(found["reason"]))
            return word(said).format(**figures)
    return line_of(rule_words(text))


def refusal_beside_field(error: BadInput) -> str:
    """What was given and which rule it breaks; the field stands beside it."""
    return word("“{given}” is not accepted, only {rule}").format(
        given=line_of(str(error.value), 40), rule=sentence(str(error.rule))
    )


def kind_words(name: str, *, is_plug_in: bool) -> str:
    """What a kind of strategy is called."""
    if is_plug_in:
        return word("Plug-in {name}").format(name=line_of(name, 60))
    return word(KINDS[name]) if name in KINDS else line_of(name, 60)


def state_words(state: StrategyState) -> str:
    """Where a strategy stands."""
    return word(STATES[state])
