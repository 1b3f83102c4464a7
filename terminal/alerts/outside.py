"""Reminders sent out of the house: to a web hook and by e-mail (外部通知), off unless configured.

One thread sends, one message after the other, out of a bounded queue: a slow or dead receiver costs its own messages
and nothing of the desk. Neither addresses nor passwords are logged.

What speaks to the network takes longer to load than a start has, and few ask for it: it is loaded when a way out is
made, and not by the thread that sends. What loading makes would set off the collector there, and a cycle that holds a
Qt object may be taken apart by the thread of the screen alone.
"""

import importlib
import json
import logging
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, Full, Queue
from threading import Thread
from typing import Protocol
from urllib.parse import urlsplit

from terminal.alerts.alert import Alert, Level
from terminal.domain.errors import ConfigurationError

logger = logging.getLogger(__name__)
QUEUE_LIMIT = 100
TIMEOUT_SECONDS = 5.0
#: Reminders told in one message; the rest are counted
MOST_TOLD = 20


class Sender(Protocol):
    """One way out."""

    @property
    def name(self) -> str:
        """What it is called in the log."""

    def send(self, alerts: Sequence[Alert], left_out: int) -> None:
        """Send, blocking; raises OSError or an error of the protocol when it was not taken."""


def plain(alert: Alert) -> dict[str, object]:
    """A reminder as plain values, for machines."""
    finding = alert.finding
    return {
        "key": finding.key,
        "kind": finding.kind.value,
        "level": finding.level.name.lower(),
        "underlying": finding.underlying,
        "codes": list(finding.codes[:MOST_TOLD]),
        "quantity": finding.quantity,
        "money": None if finding.money is None else f"{finding.money:f}",
        "deadline": None if finding.deadline is None else finding.deadline.isoformat(),
        "figures": dict(finding.figures),
        "said_at": alert.said_at.isoformat(),
        "times_said": alert.times_said,
    }


@dataclass(frozen=True, slots=True)
class WebHook:
    """Posts JSON to an address."""

    url: str
    name: str = "web hook"

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ConfigurationError("alerts.web_hook: an address that begins with http:// or https://")
        importlib.import_module("urllib.request")

    def send(self, alerts: Sequence[Alert], left_out: int) -> None:
        """Post them in one request."""
        body = json.dumps({"alerts": [plain(alert) for alert in alerts], "left_out": left_out}, ensure_ascii=False)
        import urllib.request

        request = urllib.request.Request(
            self.url, body.encode(), {"Content-Type": "application/json; charset=utf-8"}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
            answer.read(1024)


@dataclass(frozen=True, slots=True)
class Mail:
    """Sends one e-mail for all; `password` is asked for when it is needed and never kept in a text or a log."""

    host: str
    port: int
    sender: str
    recipients: tuple[str, ...]
    user: str
    password: Callable[[], str]
    tls: bool = True
    name: str = "e-mail"

    def __post_init__(self) -> None:
        for address in (self.sender, *self.recipients):
            if "@" not in address or any(ch in address for ch in "\r\n\0"):
                raise ConfigurationError("alerts.mail: addresses of the form name@domain")
        if not self.recipients:
            raise ConfigurationError("alerts.mail.recipients: at least one address")
        if self.user and not self.tls:
            raise ConfigurationError("alerts.mail.tls: a password travels with TLS only")
        for module in ("smtplib", "email.message", "email.policy"):
            importlib.import_module(module)

    def send(self, alerts: Sequence[Alert], left_out: int) -> None:
        """Send them in one message."""
        worst = alerts[0].finding
        import smtplib
        from email.message import EmailMessage

        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = ", ".join(self.recipients)
        message["Subject"] = f"OptionDesk: {worst.kind.value.replace('_', ' ')} ({len(alerts) + left_out})"
        lines = [_line(alert) for alert in alerts]
        message.set_content("\n".join([*lines, f"and {left_out} more"] if left_out else lines) + "\n")
        with smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS) as server:
            if self.tls:
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password())
            server.send_message(message)


def _line(alert: Alert) -> str:
    told = plain(alert)
    parts = [str(told["kind"]), str(told["level"])]
    parts += [f"{name} {told[name]}" for name in ("underlying", "quantity", "money", "deadline") if told[name]]
    return ", ".join([*parts, *alert.finding.codes[:5]])


class Outside:
    """The queue and the thread; nothing runs and nothing is kept without a sender."""

    def __init__(self, senders: Sequence[Sender], least: Level = Level.CARD) -> None:
        self._senders = tuple(senders)
        self._least = least
        self._queue: Queue[tuple[tuple[Alert, ...], int] | None] = Queue(QUEUE_LIMIT)
        self._thread: Thread | None = None
        self.dropped = 0
        """Messages that found the queue full"""
        self.failed = 0
        self.sent = 0

    def start(self) -> None:
        """Begin to send, if there is anywhere to send to."""
        if self._senders and self._thread is None:
            self._thread = Thread(target=self._run, name="alerts outside", daemon=True)
            self._thread.start()

    def tell(self, said: Sequence[Alert]) -> None:
        """Hand over what was just said, the worst first; never waits."""
        loud = [alert for alert in said if alert.finding.level >= self._least]
        if not loud or self._thread is None:
            return
        try:
            self._queue.put_nowait((tuple(loud[:MOST_TOLD]), max(len(loud) - MOST_TOLD, 0)))
        except Full:
            self.dropped += 1

    def close(self) -> None:
        """End after the message that is on its way; what still waits is dropped."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        while True:
            try:
                self._queue.get_nowait()
            except Empty:
                break
            self.dropped += 1
        self._queue.put_nowait(None)
        thread.join(2 * TIMEOUT_SECONDS)

    def _run(self) -> None:
        while (told := self._queue.get()) is not None:
            for sender in self._senders:
                try:
                    sender.send(*told)
                except Exception as error:
                    # Its text may carry the address with its secrets, or a server's answer: the class says enough
                    self.failed += 1
                    logger.info("reminders were not taken by the %s: %s", sender.name, type(error).__name__)
                else:
                    self.sent += 1
