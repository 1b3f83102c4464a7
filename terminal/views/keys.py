"""Every key of the program in one table: what it does, where it works, which key it is unless the user chose another.

Keys of the window become QActions here and may be chosen anew; those of a panel are read by the panel and only listed.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from terminal.domain.errors import BadInput
from terminal.views.translation import mark, translate


class KeyScope(StrEnum):
    """Where a key works."""

    WINDOW = "window"
    STOPS = "stops"
    CHAIN = "chain"
    TICKET = "ticket"
    BASKET = "basket"
    LADDER = "ladder"
    VOLATILITY = "volatility"
    OBLIGATIONS = "obligations"
    INQUIRIES = "inquiries"
    QUOTE_TICKET = "quote ticket"
    QUOTING = "quoting"
    STRATEGIES = "strategies"
    ALERTS = "alerts"
    EXPIRY = "expiry"


SCOPE_WORDS = {
    KeyScope.WINDOW: mark("Keys", "Everywhere"),
    KeyScope.STOPS: mark("Keys", "Stops by tiers, everywhere, held down"),
    KeyScope.CHAIN: mark("Keys", "In the chain"),
    KeyScope.TICKET: mark("Keys", "In the order ticket"),
    KeyScope.BASKET: mark("Keys", "In the basket"),
    KeyScope.LADDER: mark("Keys", "In the price ladder"),
    KeyScope.VOLATILITY: mark("Keys", "On the volatility curve"),
    KeyScope.OBLIGATIONS: mark("Keys", "On the obligation dashboard"),
    KeyScope.INQUIRIES: mark("Keys", "When answering an inquiry"),
    KeyScope.QUOTE_TICKET: mark("Keys", "In the two-sided quote"),
    KeyScope.QUOTING: mark("Keys", "In the quoting grid"),
    KeyScope.STRATEGIES: mark("Keys", "In the list of strategies"),
    KeyScope.ALERTS: mark("Keys", "In the reminders"),
    KeyScope.EXPIRY: mark("Keys", "In the exercise cockpit"),
}


@dataclass(frozen=True, slots=True)
class KeyAction:
    """One line of the sheet. `key` in Qt's portable form, several parted by commas and a blank where listed only."""

    name: str
    key: str
    words: str
    scope: KeyScope = KeyScope.WINDOW


KEY_ACTIONS = (
    KeyAction("preset.trading", "Ctrl+1", mark("Keys", "Trading layout")),
    KeyAction("preset.chain", "Ctrl+2", mark("Keys", "Chain only")),
    KeyAction("preset.retail", "Ctrl+3", mark("Keys", "Retail layout")),
    KeyAction("preset.risk", "Ctrl+4", mark("Keys", "Volatility and risk layout")),
    KeyAction("preset.making", "Ctrl+5", mark("Keys", "Market making layout")),
    KeyAction("preset.quoting", "Ctrl+6", mark("Keys", "Quoting layout")),
    KeyAction("preset.expiry", "Ctrl+7", mark("Keys", "Expiry day layout")),
    KeyAction("keys", "F1", mark("Keys", "Show all keys")),
    KeyAction("ticket", "F2", mark("Keys", "Go to the order ticket")),
    KeyAction("cancel.underlying", "F3", mark("Keys", "Cancel all orders of this underlying")),
    KeyAction("pull.quotes", "F4", mark("Keys", "Pull all quotes, stop every quoter")),
    KeyAction("quote", "Shift+F2", mark("Keys", "Go to the two-sided quote")),
    KeyAction("basket", "Ctrl+F2", mark("Keys", "Go to the basket")),
    KeyAction("quoting", "Ctrl+G", mark("Keys", "Go to the quoting grid")),
    KeyAction("strategies", "Ctrl+Shift+G", mark("Keys", "Go to the strategies")),
    KeyAction("instructions", "Ctrl+E", mark("Keys", "Exercise, combinations, shares and cash")),
    KeyAction("cockpit", "Ctrl+Shift+E", mark("Keys", "Go to the exercise cockpit")),
    KeyAction("queries", "Ctrl+U", mark("Keys", "Ask the counter")),
    KeyAction("ladder", "F5", mark("Keys", "Go to the price ladder")),
    KeyAction("volatility", "F6", mark("Keys", "Go to the volatility curve")),
    KeyAction("risk", "F7", mark("Keys", "Go to the risk panel")),
    KeyAction("obligations", "F8", mark("Keys", "Go to the obligation dashboard")),
    KeyAction("inquiries", "F9", mark("Keys", "Answer an inquiry")),
    KeyAction("alerts", "Ctrl+B", mark("Keys", "Go to the reminders")),
    KeyAction("alerts.first", "Ctrl+Shift+B", mark("Keys", "Do what the worst reminder offers")),
    KeyAction("full_screen", "F11", mark("Keys", "Full screen")),
    KeyAction("trade_page", "F12", mark("Keys", "Trading layout, ticket in focus")),
    KeyAction("stop", "Ctrl+Shift+K", mark("Keys", "STOP: cancel all orders (press twice)")),
    KeyAction("search", "Ctrl+K", mark("Keys", "Find a contract (or simply type)")),
    KeyAction("colour_mode", "F10", mark("Keys", "Colour prices by change or by side")),
    KeyAction("theme", "Ctrl+Shift+T", mark("Keys", "Dark or light")),
    KeyAction("language", "Ctrl+Shift+L", mark("Keys", "Chinese or English")),
    KeyAction("pause", "Ctrl+P", mark("Keys", "Pause or go on (simulated market)")),
    KeyAction("step", "Ctrl+.", mark("Keys", "Play one minute (simulated market)")),
    KeyAction("stop.bids", "Ctrl+F3", mark("Keys", "Nothing that buys leaves"), KeyScope.STOPS),
    KeyAction("stop.asks", "Ctrl+F4", mark("Keys", "Nothing that sells leaves"), KeyScope.STOPS),
    KeyAction("stop.expiry", "Ctrl+F5", mark("Keys", "Stop the expiry of the chain"), KeyScope.STOPS),
    KeyAction("stop.reduce", "Ctrl+F6", mark("Keys", "Only what closes leaves"), KeyScope.STOPS),
    KeyAction("stop.cancel", "Ctrl+F7", mark("Keys", "Cancel all, nothing new leaves"), KeyScope.STOPS),
    KeyAction("stop.disconnect", "Ctrl+F8", mark("Keys", "The same, and let the line go"), KeyScope.STOPS),
    KeyAction("chain.move", "Up, Down, Left, Right", mark("Keys", "Move in the chain"), KeyScope.CHAIN),
    KeyAction("chain.half", "Tab", mark("Keys", "Change between calls and puts"), KeyScope.CHAIN),
    KeyAction("chain.expiry", "PgUp, PgDown", mark("Keys", "Expiry before, expiry after"), KeyScope.CHAIN),
    KeyAction("chain.money", "Home", mark("Keys", "Go to the money"), KeyScope.CHAIN),
    KeyAction("chain.depth", "Space", mark("Keys", "Pin the depth"), KeyScope.CHAIN),
    KeyAction("chain.buy", "B", mark("Keys", "Start a buy"), KeyScope.CHAIN),
    KeyAction("chain.sell", "S", mark("Keys", "Start a sell"), KeyScope.CHAIN),
    KeyAction("chain.cancel", "C", mark("Keys", "Cancel my orders in this contract"), KeyScope.CHAIN),
    KeyAction("chain.quote", "Q", mark("Keys", "Quote both sides, or pull my quote"), KeyScope.CHAIN),
    KeyAction("chain.take", "Return", mark("Keys", "Take the price under the cursor"), KeyScope.CHAIN),
    KeyAction("chain.leg", "Ctrl+Return", mark("Keys", "Add a leg to the basket"), KeyScope.CHAIN),
    KeyAction("chain.filter", "/", mark("Keys", "Filter strikes"), KeyScope.CHAIN),
    KeyAction("ticket.send", "Return", mark("Keys", "Send the order"), KeyScope.TICKET),
    KeyAction("ticket.clear", "Esc", mark("Keys", "Clear the ticket"), KeyScope.TICKET),
    KeyAction("ticket.tick", "Up, Down", mark("Keys", "One tick or one contract more or less"), KeyScope.TICKET),
    KeyAction("ticket.ticks", "PgUp, PgDown", mark("Keys", "Ten ticks or contracts more or less"), KeyScope.TICKET),
    KeyAction("basket.add", "B, S", mark("Keys", "Add the contract, bought or sold"), KeyScope.BASKET),
    KeyAction("basket.reverse", "R", mark("Keys", "Every leg on its other side"), KeyScope.BASKET),
    KeyAction("basket.remove", "Del", mark("Keys", "Take the leg out"), KeyScope.BASKET),
    KeyAction("basket.send", "Return", mark("Keys", "Send all legs"), KeyScope.BASKET),
    KeyAction("basket.back", "Esc", mark("Keys", "Not yet, cancel the rest, else clear"), KeyScope.BASKET),
    KeyAction("ladder.arm", "A", mark("Keys", "Arm, or arm no longer"), KeyScope.LADDER),
    KeyAction("ladder.centre", "Space", mark("Keys", "Best prices to the middle"), KeyScope.LADDER),
    KeyAction("ladder.price", "Up, Down", mark("Keys", "Choose a price"), KeyScope.LADDER),
    KeyAction("ladder.order", "B, S", mark("Keys", "Buy, sell; Shift: second size"), KeyScope.LADDER),
    KeyAction("ladder.cancel", "C", mark("Keys", "Cancel mine at the price"), KeyScope.LADDER),
    KeyAction("ladder.move", "Shift+Up, Down", mark("Keys", "Move mine by a tick"), KeyScope.LADDER),
    KeyAction("ladder.size", "1…9", mark("Keys", "Size; Alt: second size"), KeyScope.LADDER),
    KeyAction("ladder.send", "Return", mark("Keys", "Send what is asked about"), KeyScope.LADDER),
    KeyAction("ladder.back", "Esc", mark("Keys", "Drop it, else disarm"), KeyScope.LADDER),
    KeyAction("curve.point", "Left, Right", mark("Keys", "Point before, point after"), KeyScope.VOLATILITY),
    KeyAction("curve.move", "Up, Down", mark("Keys", "Point by 0.1 points, with Shift 0.5"), KeyScope.VOLATILITY),
    KeyAction("curve.tilt", "[, ]", mark("Keys", "Tilt the curve"), KeyScope.VOLATILITY),
    KeyAction("curve.width", "{, }", mark("Keys", "Lower or raise both wings"), KeyScope.VOLATILITY),
    KeyAction("curve.lock", "L", mark("Keys", "Lock or unlock the point"), KeyScope.VOLATILITY),
    KeyAction("curve.fit", "F", mark("Keys", "Fit anew under my work"), KeyScope.VOLATILITY),
    KeyAction("curve.publish", "Return", mark("Keys", "Publish the curve"), KeyScope.VOLATILITY),
    KeyAction("curve.revert", "Esc", mark("Keys", "Take back what is not published"), KeyScope.VOLATILITY),
    KeyAction("duty.join", "J", mark("Keys", "Quote both sides as wide as allowed"), KeyScope.OBLIGATIONS),
    KeyAction("duty.widen", "W", mark("Keys", "Widen my quote to what is allowed"), KeyScope.OBLIGATIONS),
    KeyAction("duty.pause", "P", mark("Keys", "Pause until a time, change or end the pause"), KeyScope.OBLIGATIONS),
    KeyAction("duty.resume", "R", mark("Keys", "End the pause now"), KeyScope.OBLIGATIONS),
    KeyAction("duty.ticket", "Return", mark("Keys", "Open the order ticket"), KeyScope.OBLIGATIONS),
    KeyAction("inquiry.answer", "Return", mark("Keys", "Answer both sides"), KeyScope.INQUIRIES),
    KeyAction("inquiry.widen", "W", mark("Keys", "One tick wider"), KeyScope.INQUIRIES),
    KeyAction("inquiry.decline", "X", mark("Keys", "Decline: it counts as not answered"), KeyScope.INQUIRIES),
    KeyAction("quote.send", "Return", mark("Keys", "Send both sides"), KeyScope.QUOTE_TICKET),
    KeyAction("quote.pull", "C", mark("Keys", "Pull my quote"), KeyScope.QUOTE_TICKET),
    KeyAction("quote.revert", "Esc", mark("Keys", "Drop what was typed"), KeyScope.QUOTE_TICKET),
    KeyAction("grid.row", "Q", mark("Keys", "Quote the row or take it out, at once"), KeyScope.QUOTING),
    KeyAction("grid.pause", "P", mark("Keys", "Pause until a time, change or end the pause"), KeyScope.QUOTING),
    KeyAction("grid.expiry", "Shift+Q", mark("Keys", "Start or stop the expiry"), KeyScope.QUOTING),
    KeyAction("grid.underlying", "Ctrl+Shift+Q", mark("Keys", "Start or stop the underlying"), KeyScope.QUOTING),
    KeyAction("grid.fill", "Ctrl+D", mark("Keys", "Fill the cells chosen from the first"), KeyScope.QUOTING),
    KeyAction("grid.paste", "Ctrl+V", mark("Keys", "Stage what the clipboard holds"), KeyScope.QUOTING),
    KeyAction("grid.undo", "Ctrl+Z", mark("Keys", "Undo the last staged step"), KeyScope.QUOTING),
    KeyAction("grid.own", "Del", mark("Keys", "Take cells back to the quoter's own"), KeyScope.QUOTING),
    KeyAction("grid.switch", "Space", mark("Keys", "Turn bid or ask on or off"), KeyScope.QUOTING),
    KeyAction("grid.apply", "Ctrl+Return", mark("Keys", "Put what is staged in force"), KeyScope.QUOTING),
    KeyAction(
        "strategies.apply",
        "Ctrl+Return",
        mark("Keys", "Add it, or apply what is staged"),
        KeyScope.STRATEGIES,
    ),
    KeyAction("grid.revert", "Esc", mark("Keys", "Drop what is staged"), KeyScope.QUOTING),
    KeyAction("strategies.add", "Ins", mark("Keys", "Add a strategy"), KeyScope.STRATEGIES),
    KeyAction("strategies.revert", "Esc", mark("Keys", "Drop what is staged"), KeyScope.STRATEGIES),
    KeyAction("reminder.move", "Up, Down", mark("Keys", "Reminder before, reminder after"), KeyScope.ALERTS),
    KeyAction("reminder.act", "Return", mark("Keys", "Do what it offers"), KeyScope.ALERTS),
    KeyAction("reminder.seen", "O", mark("Keys", "Acknowledge it"), KeyScope.ALERTS),
    KeyAction("reminder.later", "R", mark("Keys", "Remind me in 10 minutes"), KeyScope.ALERTS),
    KeyAction("reminder.list", "Space", mark("Keys", "List a group; tick the box of a sheet"), KeyScope.ALERTS),
    KeyAction("expiry.choose", "X, M, S, A", mark("Keys", "Exercise, merge, sell, let lapse"), KeyScope.EXPIRY),
    KeyAction("expiry.step", "+, -", mark("Keys", "One contract more or less, or type it"), KeyScope.EXPIRY),
    KeyAction("expiry.submit", "Return", mark("Keys", "Submit what is chosen"), KeyScope.EXPIRY),
)


_NATIVE = QKeySequence.SequenceFormat.NativeText
_ARROWS = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}


class Keys(QObject):
    """Which key does what now. Overrides are key sequences by action name, e.g. from a JSON file."""

    changed = Signal()

    def __init__(self, overrides: Mapping[str, str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = {action.name: action for action in KEY_ACTIONS}
        self._overrides: dict[str, str] = {}
        if overrides:
            self.set_overrides(overrides)

    @property
    def overrides(self) -> dict[str, str]:
        """What the user chose, for saving."""
        return dict(self._overrides)

    def set_overrides(self, overrides: Mapping[str, str]) -> None:
        """Put the user's keys in force. Raises BadInput for an unknown action, a key Qt does not know, or a conflict;
        the keys before stay."""
        for name, text in overrides.items():
            action = self._actions.get(name)
            if action is None or action.scope is not KeyScope.WINDOW:
                raise BadInput("key action", name, "one of the window's actions on the sheet of keys")
            if not _is_key(text):
                raise BadInput(f"key of {name}", text, "a key such as F7 or Ctrl+Shift+K, with Ctrl, Alt or an F key")
        before, self._overrides = self._overrides, {name: _portable(text) for name, text in overrides.items()}
        conflicts = self.conflicts()
        if conflicts:
            self._overrides = before
            key, names = next(iter(conflicts.items()))
            raise BadInput("key", key, f"only one action may have it, not {' and '.join(names)}")
        self.changed.emit()

    def conflicts(self) -> dict[str, list[str]]:
        """Keys of the window, those of the stops among them, that more than one action has."""
        users: dict[str, list[str]] = defaultdict(list)
        for action in KEY_ACTIONS:
            if action.scope in (KeyScope.WINDOW, KeyScope.STOPS):
                users[self.key(action.name)].append(action.name)
        return {key: names for key, names in users.items() if len(names) > 1}

    def key(self, name: str) -> str:
        """The key of an action in portable form. Raises KeyError for an unknown one."""
        return self._overrides.get(name, self._actions[name].key)

    def shown(self, name: str) -> str:
        """The key as this computer's keyboard has it."""
        action = self._actions[name]
        parts = self.key(name).split(", ") if action.scope is not KeyScope.WINDOW else [self.key(name)]
        return " ".join(_native(part) or part for part in parts)

    def tip(self, name: str) -> str:
        """What an action does and its key, for a tooltip."""
        return f"{self.words(name)}  [{self.shown(name)}]"

    def words(self, name: str) -> str:
        """What an action does."""
        return translate("Keys", self._actions[name].words)


def _native(text: str) -> str:
    """One key in this computer's words, an arrow as an arrow; empty for what Qt does not know."""
    words, last = QKeySequence.fromString(text).toString(_NATIVE), text.rpartition("+")[2]
    if last not in _ARROWS:
        return words
    return words.removesuffix(QKeySequence.fromString(last).toString(_NATIVE)) + _ARROWS[last]


def _portable(text: str) -> str:
    return QKeySequence.fromString(text).toString(QKeySequence.SequenceFormat.PortableText)


def _is_key(text: str) -> bool:
    """One key Qt knows; a bare letter or digit belongs to the smart box and cannot be had."""
    portable = _portable(text) if 0 < len(text) <= 40 else ""
    return (
        bool(portable) and QKeySequence.fromString(text).count() == 1 and len(portable) > 1 and portable.isprintable()
    )
