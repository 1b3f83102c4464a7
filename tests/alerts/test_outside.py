"""Web hook and e-mail: off unless set, never waited for, one message for many, no secret in a log."""

import asyncio
import json
import os
import socketserver
import sys
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from terminal.alerts.alert import Alert, Level
from terminal.alerts.outside import QUEUE_LIMIT, Mail, Outside, Sender, WebHook
from terminal.app.alerts import PASSWORD_VARIABLE, THRESHOLDS_KEY, _password_of
from terminal.config import Alerts, load_settings
from terminal.domain.errors import ConfigurationError
from tests.alerts.test_engine import START, Book, finding
from tests.app.reminder_rig import Kept, hold_one, remind
from tests.harness import CALL, World, play

PATIENCE = 5.0


def alerts(count: int, level: Level = Level.CARD) -> tuple[Alert, ...]:
    """So many reminders, as the book says them."""
    return Book().after(START - START, *(finding(level, f"{10000000 + n}") for n in range(count)))


class Watched:
    """A sender that tells when it is done, whatever came of it."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self.done = Event()

    @property
    def name(self) -> str:
        return self._sender.name

    def send(self, told: Sequence[Alert], left_out: int) -> None:
        try:
            self._sender.send(told, left_out)
        finally:
            self.done.set()


class Serving:
    """A server in a thread of its own."""

    def __init__(self, server: socketserver.TCPServer) -> None:
        self.server = server
        self.thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def web() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A web server that keeps what is posted to /good and fails elsewhere."""
    posts: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204 if self.path == "/good" else 500)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    serving = Serving(HTTPServer(("127.0.0.1", 0), Handler))
    yield f"http://127.0.0.1:{serving.port}", posts
    serving.close()


@pytest.fixture
def post_office() -> Iterator[tuple[int, list[str]]]:
    """A mail server that takes everything."""
    letters: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline().decode():
                if line.upper().startswith("DATA"):
                    self.wfile.write(b"354 go on\r\n")
                    letter = []
                    while (part := self.rfile.readline().decode()) != ".\r\n":
                        letter.append(part)
                    letters.append("".join(letter))
                self.wfile.write(b"221 bye\r\n" if line.upper().startswith("QUIT") else b"250 well\r\n")

    serving = Serving(socketserver.TCPServer(("127.0.0.1", 0), Handler))
    yield serving.port, letters
    serving.close()


def test_a_web_hook_gets_what_is_loud_enough_in_one_message(web: tuple[str, list[dict[str, Any]]]) -> None:
    address, posts = web
    sender = Watched(WebHook(f"{address}/good"))
    outside = Outside([sender], Level.CARD)
    outside.tell(alerts(1))  # not started
    outside.start()
    outside.tell(alerts(3, Level.TOAST))
    outside.tell(alerts(25))
    assert sender.done.wait(PATIENCE)
    outside.close()
    assert [(len(post["alerts"]), post["left_out"]) for post in posts] == [(20, 5)]
    assert posts[0]["alerts"][0]["kind"] == "near_expiry"
    assert (outside.sent, outside.failed, outside.dropped) == (1, 0, 0)


@pytest.mark.parametrize(
    ("make", "module"),
    [
        (lambda: WebHook("http://127.0.0.1:1/"), "urllib.request"),
        (lambda: Mail("127.0.0.1", 1, "a@b", ("c@d",), "", str, tls=False), "smtplib"),
    ],
)
def test_what_speaks_to_the_network_is_not_loaded_by_the_thread_that_sends(
    monkeypatch: pytest.MonkeyPatch, make: Callable[[], Sender], module: str
) -> None:
    monkeypatch.delitem(sys.modules, module, raising=False)
    make()
    assert module in sys.modules


def test_a_receiver_that_fails_costs_its_message_and_no_secret_is_logged(
    web: tuple[str, list[dict[str, Any]]], caplog: pytest.LogCaptureFixture
) -> None:
    address, _ = web
    senders = [Watched(WebHook(f"{address}/bad?token=secret")), Watched(WebHook("http://127.0.0.1:1/secret"))]
    with caplog.at_level("INFO"):
        outside = Outside(senders, Level.TOAST)
        outside.start()
        outside.tell(alerts(1, Level.TOAST))
        assert all(sender.done.wait(PATIENCE) for sender in senders)
        outside.close()
    assert outside.failed == 2
    assert "web hook" in caplog.text
    assert "secret" not in caplog.text


def test_an_e_mail_tells_all_in_one(post_office: tuple[int, list[str]]) -> None:
    port, letters = post_office
    mail = Mail("127.0.0.1", port, "desk@example.org", ("a@example.org", "b@example.org"), "", str, tls=False)
    sender = Watched(mail)
    outside = Outside([sender])
    outside.start()
    outside.tell(alerts(22))
    assert sender.done.wait(PATIENCE)
    outside.close()
    assert outside.sent == 1
    assert "Subject: OptionDesk: near expiry (22)" in letters[0]
    assert "To: a@example.org, b@example.org" in letters[0]
    assert "and 2 more" in letters[0]


def test_what_a_desk_says_leaves_the_house_by_both_ways_of_its_settings(
    tmp_path: Path, web: tuple[str, list[dict[str, Any]]], post_office: tuple[int, list[str]]
) -> None:
    (address, posts), (port, letters) = web, post_office
    config = tmp_path / "config.toml"
    config.write_text(
        f'[alerts]\nweb_hook = "{address}/good"\noutside_from = "toast"\n'
        f'[alerts.mail]\nhost = "127.0.0.1"\nport = {port}\nsender = "desk@example.org"\n'
        'recipients = ["me@example.org"]\ntls = false\n',
        "utf-8",
    )

    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        settings = load_settings({"OPTIONDESK_CONFIG": str(config)}).alerts
        reminders = remind(world, rig, Kept({THRESHOLDS_KEY: {"near_expiry_days": 20}}), settings)
        outside = reminders.outside
        outside._senders = senders = tuple(Watched(sender) for sender in outside._senders)
        reminders.start()
        await hold_one(world, rig)
        reminders.evaluate()
        assert all([await asyncio.to_thread(sender.done.wait, PATIENCE) for sender in senders])
        reminders.close()
        assert (outside.sent, outside.failed, outside.dropped) == (2, 0, 0)

    play(tmp_path, story)
    (told,) = posts[0]["alerts"]
    assert (told["kind"], told["codes"], told["quantity"]) == ("near_expiry", [CALL], 1)
    assert told["deadline"] == "2026-03-25T15:00:00+08:00"
    assert "Subject: OptionDesk: near expiry (1)" in letters[0]
    assert CALL in letters[0]


def test_a_slow_receiver_holds_nobody_up_and_what_is_too_much_is_counted() -> None:
    begun, go_on = Event(), Event()

    class Slow:
        name = "slow"

        def send(self, told: Sequence[Alert], left_out: int) -> None:
            begun.set()
            go_on.wait(PATIENCE)

    outside = Outside([Slow()])
    outside.start()
    outside.tell(alerts(1))
    assert begun.wait(PATIENCE)
    for _ in range(QUEUE_LIMIT + 3):
        outside.tell(alerts(1))
    assert outside.dropped == 3
    go_on.set()
    outside.close()


def test_nothing_leaves_the_house_unless_it_is_set(tmp_path: Path) -> None:
    assert load_settings({}).alerts == Alerts()
    path = tmp_path / "config.toml"
    path.write_text('[alerts]\nweb_hook = "https://example.org/hook"\noutside_from = "sheet"\n')
    assert load_settings({"OPTIONDESK_CONFIG": str(path)}).alerts.outside_from == "sheet"
    outside = Outside([])
    outside.start()
    outside.tell(alerts(1))
    outside.close()
    assert outside.dropped == 0


def test_the_password_comes_from_the_environment_or_from_a_file_of_its_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "from outside")
    assert _password_of("")() == "from outside"
    path = tmp_path / "password"
    path.write_text("kept\n")
    path.chmod(0o600)
    assert _password_of(str(path))() == "kept"
    if os.name == "posix":
        path.chmod(0o644)
        with pytest.raises(ConfigurationError, match="owner alone"):
            _password_of(str(path))
