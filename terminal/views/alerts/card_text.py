"""What a card says: a group of reminders put into words, lines and a countdown, ready to be painted.

Figures are text from outside: bounded, put into the places of our own sentences, and never read as a sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from terminal.alerts.alert import Alert, AlertKind, Finding
from terminal.alerts.groups import AlertGroup
from terminal.domain.contracts import Right
from terminal.domain.errors import ascii_safe
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.services.market_data import MarketData
from terminal.views.alerts.kinds import CODES, KINDS, LineWords
from terminal.views.alerts.words import SEVERITY_WORDS, Severity, group_severity, moment, word
from terminal.views.formatting import DASH, money, percent, quantity
from terminal.views.plurals import in_number
from terminal.views.texts import bounded, expired_name, name_of, underlying_name, words

#: Plain lines of a card in the corner
_BRIEF = 2
#: Of a person's message, characters
_MESSAGE = 400
#: Contracts named in one line; the others are counted
_NAMES = 3
#: Figures that are shown by the line of the contracts, or that only choose a line
_SHOWN_ELSEWHERE = frozenset(
    {
        *("quantities", "day", "days", "exact", "right", "side", "exercise_day", "name", "strike", "standing"),
        *("short", "adjusted", "cause", "state", "count", "title", "text"),
        *("cash_cost", "cash_needed", "shares_needed"),
    }
)


class Tone(StrEnum):
    """How a line is meant."""

    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of a card."""

    label: str
    value: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class CardText:
    """All that a card shows but its buttons."""

    severity: Severity
    head: str
    """Severity and kind"""
    at: str
    title: str
    lines: tuple[CardLine, ...]
    since: datetime
    deadline: datetime | None
    until: str
    """The deadline in words, empty without one"""
    rule: str

    def plain(self) -> str:
        """For a reader of the screen, a tray and an export."""
        told = [f"{self.head}: {self.title}", *(f"{line.label}: {line.value}" for line in self.lines)]
        told += [self.until] if self.until else []
        return "\n".join(told)


class Figure(str):
    """A figure of a finding in a pattern: plain text as it is, `:m` money, `:q` a size, `:p` per cent, `:w` a code.

    `:t` is a message of a person's: more of it is shown.
    """

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        if spec == "w":
            return code_words(self)
        if spec == "t":
            safe = ascii_safe(self)
            return safe if len(safe) <= _MESSAGE else safe[: _MESSAGE - 1] + "…"
        value = _decimal(self)
        if value is None or not spec:
            return bounded(self)
        if spec == "p":
            return percent(float(value), 1)
        return money(value) if spec == "m" else quantity(int(value)) if value == int(value) else bounded(self)


def card_text(group: AlertGroup, market: MarketData, now: datetime) -> CardText:
    """The words of what is shown as one. One reminder has its own lines, several have what they share."""
    first = group.alerts[0]
    kind = KINDS[group.kind]
    severity = group_severity(group, now)
    lines = _own_lines(first, market) if group.count == 1 else _shared_lines(group, market)
    if kind.undone:
        lines.append(CardLine(word("If not done"), word(kind.undone), _undone_tone(severity)))
    return CardText(
        severity,
        f"{word(SEVERITY_WORDS[severity])} · {word(kind.name)}",
        moment(max(alert.said_at for alert in group.alerts), now),
        title_of(group, market),
        tuple(lines),
        min(alert.raised_at for alert in group.alerts),
        group.deadline,
        word("until {time}").format(time=moment(group.deadline, now)) if group.deadline is not None else "",
        kind.rule,
    )


def shortened(text: CardText) -> CardText:
    """What matters most of a card, for the corner: contracts, money, what is short, what happens if nothing is done."""
    lines = [line for line in text.lines if line.tone is not Tone.PLAIN]
    first = [line for line in text.lines if line.tone is Tone.PLAIN][:_BRIEF]
    return replace(text, lines=(*first, *lines[-2:]))


def title_of(group: AlertGroup, market: MarketData) -> str:
    """One sentence for one reminder or for many."""
    kind, finding = KINDS[group.kind], group.alerts[0].finding
    if group.count > 1:
        return in_number(word(kind.many).format(count=quantity(group.count)))
    if finding.kind is AlertKind.INSTRUCTOR and finding.figures.get("title"):
        return bounded(finding.figures["title"])
    places = {name: Figure(text) for name, text in finding.figures.items()}
    title = next((t for name, value, t in kind.variants if finding.figures.get(name) == value), kind.one)
    named = {"subject": Figure(subject_of(finding, market)), "underlying": Figure(_underlying(finding, market))}
    return in_number(word(title).format_map(_Places(places | named)))


def subject_of(finding: Finding, market: MarketData) -> str:
    """What a finding is about: the contract, so many contracts of an underlying, or the underlying."""
    count = len(finding.codes)
    if count == 1:
        return _called(finding.codes[0], finding, market)
    if not count:
        return _underlying(finding, market)
    if not finding.underlying:
        return word("{count} contracts").format(count=quantity(count))
    text = word("{count} contracts of {underlying}")
    return text.format(count=quantity(count), underlying=_underlying(finding, market))


def contract_amounts(finding: Finding, market: MarketData) -> list[tuple[str, str]]:
    """Name and number of contracts of each contract, the number empty where it is not told."""
    amounts = finding.figures.get("quantities", "").split()
    if len(finding.codes) == 1 and not amounts and finding.quantity is not None:
        amounts = [str(finding.quantity)]
    amounts += [""] * (len(finding.codes) - len(amounts))
    return [(_called(code, finding, market), bounded(n)) for code, n in zip(finding.codes, amounts, strict=False)]


def _called(code: str, finding: Finding, market: MarketData) -> str:
    """A contract's name; of one that has left the list, out of the terms that the finding carries."""
    terms = finding.figures
    if market.contract(code) is None and {"right", "strike", "exercise_day"} <= terms.keys():
        try:
            return expired_name(
                finding.underlying,
                Right(terms["right"]),
                Decimal(terms["strike"]),
                date.fromisoformat(terms["exercise_day"]),
                market,
            )
        except (ValueError, ArithmeticError):
            return bounded(code)
    return name_of(code, market)


def contracts_line(finding: Finding, market: MarketData, most: int = _NAMES) -> str:
    """50ETF Nov 2.35 Call ×20, … +4; empty without contracts."""
    told = [f"{name} ×{n}" if n else name for name, n in contract_amounts(finding, market)[:most]]
    more = len(finding.codes) - most
    return word(", ").join(told) + (f" … +{more}" if more > 0 else "")


def _own_lines(alert: Alert, market: MarketData) -> list[CardLine]:
    finding, kind = alert.finding, KINDS[alert.finding.kind]
    lines = []
    if finding.codes:
        label = word("Contracts / number") if finding.quantity is not None else word("Contracts")
        lines.append(CardLine(label, contracts_line(finding, market)))
    if finding.money is not None:
        lines.append(CardLine(word(kind.stake), word("{money} yuan").format(money=money(finding.money))))
    told = [n for _, n in contract_amounts(finding, market)[:_NAMES] if n]
    # A sum of what is written out beside it says nothing
    # Nor does nothing: the terms of contracts change of which none is held
    if finding.quantity and not (1 == len(told) == len(finding.codes)):
        lines.append(CardLine(word("Total"), quantity(finding.quantity)))
    used = set(_SHOWN_ELSEWHERE)
    if finding.kind is AlertKind.INSTRUCTOR:
        lines.append(CardLine(word("Message"), format(Figure(_spoken(finding)), "t")))
        used |= finding.figures.keys()
    figures = {name: Figure(text) for name, text in finding.figures.items()}
    for given in kind.lines:
        names = _names_in(given)
        if _fits(given, figures, names):
            pattern = word(given.pattern)
            tone = Tone.PLAIN
            if given.short:
                lacking = any(_decimal(figures[name]) for name in given.short)
                tone = Tone.BAD if lacking else Tone.GOOD
                pattern = pattern if lacking else word("nothing: enough is there")
            lines.append(CardLine(word(given.label), in_number(pattern.format_map(figures)), tone))
        used |= names
    lines += [CardLine(_label(name), bounded(text)) for name, text in figures.items() if name not in used and text]
    return lines


def _shared_lines(group: AlertGroup, market: MarketData) -> list[CardLine]:
    told = [subject_of(alert.finding, market) for alert in group.alerts[:_NAMES]]
    more = group.count - len(told)
    text = word(", ").join(told) + (f" … +{quantity(more)}" if more > 0 else "")
    lines = [CardLine(word("Concerns"), text)]
    if group.money is not None:
        stake = word(KINDS[group.kind].stake)
        lines.append(CardLine(stake, word("{money} yuan").format(money=money(group.money))))
    held = [alert.finding.quantity for alert in group.alerts if alert.finding.quantity is not None]
    if any(held):
        lines.append(CardLine(word("Total"), quantity(sum(held))))
    return lines


def _spoken(finding: Finding) -> str:
    """What a trainer says, in the language in force where he says it in both."""
    said = {name: text for name, text in finding.figures.items() if name != "title"}
    return said.get(word("en")) or next(iter(said.values()), DASH)


def _fits(given: LineWords, figures: Mapping[str, Figure], names: set[str]) -> bool:
    if given.when is not None and figures.get(given.when[0]) != given.when[1]:
        return False
    return all(figures.get(name) for name in names)


def _names_in(given: LineWords) -> set[str]:
    """Places of a pattern of ours."""
    return {part.partition("}")[0].partition(":")[0] for part in given.pattern.split("{")[1:]}


def _label(name: str) -> str:
    """A figure that this version has no words for still reaches the screen, under its own name."""
    return bounded(name.replace("_", " "))


def _undone_tone(severity: Severity) -> Tone:
    return Tone.BAD if severity in (Severity.CONFIRM, Severity.URGENT) else Tone.PLAIN


def _underlying(finding: Finding, market: MarketData) -> str:
    underlying = market.underlying(finding.underlying)
    if underlying is not None:
        return underlying_name(underlying)
    return bounded(finding.underlying) if finding.underlying else word("the account")


def code_words(code: str) -> str:
    """A code of the rules in words, the code itself where it has none: a limit, a state, a measure."""
    if code in CODES:
        return word(CODES[code])
    for kind in (Reason, LinkState):
        known = next((member for member in kind if member.value == code), None)
        if known is not None:
            return words(known)
    parts = code.split()
    if len(parts) > 1:
        return word(", ").join(code_words(part) for part in parts[:5])
    return bounded(code)


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


class _Places(dict[str, Figure]):
    """A figure that is missing is a dash: a sentence is never lost for one."""

    def __missing__(self, key: str) -> Figure:
        return Figure(DASH)
