"""Sends what an expiry panel asks for: by the instruction service, once for a press, and says what became of it."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from terminal.domain.instructions import InstructionKind
from terminal.domain.reasons import Reason
from terminal.services.desk import Desk
from terminal.services.instructions import InstructionEntry, InstructionRequest
from terminal.views.account.words import kind_words
from terminal.views.expiry.ask_strip import AskStrip
from terminal.views.expiry.words import names_of, word
from terminal.views.formatting import quantity
from terminal.views.texts import denial_sentence, name_of, reason_sentence
from terminal.views.trading.press_guard import PressGuard

Spawn = Callable[[Coroutine[Any, Any, Any]], object]


class Sender:
    """One for each panel; `confirm` says whether the user wants to be asked before."""

    def __init__(self, name: str, desk: Desk, spawn: Spawn, strip: AskStrip, confirm: Callable[[], bool]) -> None:
        self._name = name
        self._desk = desk
        self._spawn = spawn
        self._strip = strip
        self._confirm = confirm
        self._guard = PressGuard(desk.monotonic)
        self._presses = 0
        self.is_sending = False

    def closed(self, kind: InstructionKind) -> str:
        """Why a kind cannot be given at all now, as a sentence; empty while it can."""
        closed = self._desk.instructions.closed_because(kind)
        if closed is not None:
            return reason_sentence(closed)
        forbidden = self._desk.instructions.checks.forbidden(kind)
        return denial_sentence(forbidden) if forbidden is not None else ""

    def refusal(self, request: InstructionRequest) -> str:
        """What speaks against a request, as a sentence; empty when it may leave."""
        failures = self._desk.instructions.failures(request)
        return denial_sentence(failures[0]) if failures else ""

    def press(self, requests: Sequence[InstructionRequest], question: str = "") -> None:
        """Send, after a question where the user wants one or where `question` costs something."""
        if not requests or self.is_sending or not self._guard.passes(tuple(requests)):
            return
        if self._confirm() or question:
            text = question or word("Send: {what}?").format(what=self.words(requests))
            self._strip.ask(text, word("Send"), lambda: self.send(requests))
        else:
            self.send(requests)

    def send(self, requests: Sequence[InstructionRequest]) -> None:
        """Send one after the other."""
        if self.is_sending:
            return
        self.is_sending = True
        self._presses += 1
        name, press = self._name, self._presses

        async def work() -> None:
            entries: list[InstructionEntry] = []
            try:
                for number, request in enumerate(requests):
                    entries.append(await self._desk.instructions.instruct(request, f"{name} {press} {number}"))
            finally:
                self.is_sending = False
            self._tell(entries)

        self._spawn(work())

    def words(self, requests: Sequence[InstructionRequest]) -> str:
        """What is asked for, in short."""
        market = self._desk.market
        parts = []
        for request in requests:
            codes = [code for code in (request.contract_code, request.second_code) if code]
            subject = " + ".join(name_of(code, market) for code in codes) or names_of([request.underlying], market)
            parts.append(f"{kind_words(request.kind)} {subject} ×{quantity(request.quantity)}")
        return ", ".join(parts)

    def _tell(self, entries: Sequence[InstructionEntry]) -> None:
        refused = [entry for entry in entries if entry.reason is not None]
        if refused:
            first = refused[0]
            reason = first.reason or Reason.MALFORMED
            name = name_of(first.command.contract_code, self._desk.market) if first.command.contract_code else ""
            text = f"{kind_words(first.command.kind)} {name}: {reason_sentence(reason, first.reason_detail)}"
            if len(refused) > 1:
                text += " " + word("(and {count} more)").format(count=len(refused) - 1)
            self._strip.say(text, "critical")
        else:
            self._strip.say(word("{count} sent; the counter's answers stand below").format(count=len(entries)), "ok")
