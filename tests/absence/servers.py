# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Servers that calendars are read from: Radicale from Debian, and one that answers with whatever a test gives it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.ports import free_ports

USER, PASSWORD = "anna", "calendar-of-anna"
COLLECTION = f"/{USER}/work/"
_MAKE = (
    '<C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>'
    '<C:supported-calendar-component-set><C:comp name="VEVENT"/><C:comp name="VTODO"/>'
    "</C:supported-calendar-component-set></prop></set></C:mkcalendar>"
)


class Radicale:
    """One that runs, with the calendar of ``USER``."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "text/calendar") -> int:
        """The status of the answer."""
        from base64 import b64encode

        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        key = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        connection.request(method, path, body, {"Authorization": f"Basic {key}", "Content-Type": kind})
        status = connection.getresponse().status
        connection.close()
        return status

    def make_calendar(self) -> None:
        assert self.ask("MKCALENDAR", COLLECTION, _MAKE.encode(), "application/xml") == 201

    def put(self, name: str, entry: bytes) -> None:
        assert self.ask("PUT", f"{COLLECTION}{name}.ics", entry) in (201, 204)


@contextmanager
def radicale(folder: Path) -> Iterator[Radicale]:
    """Started, and ended."""
    (port,) = free_ports(1)
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
    (folder / "config").write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = {folder}/users\n"
        f"htpasswd_encryption = plain\n[storage]\nfilesystem_folder = {folder}/collections\n"
    )
    command = ["radicale", "--config", str(folder / "config")]
    with (folder / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        server = Radicale(port)
        try:
            _wait_for(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=10)


def _wait_for(server: Radicale, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            server.ask("GET", "/.web/")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("Radicale doesn't answer")


class Answers:
    """What the server says: ``status`` and ``headers``, then ``body``, and ``drips`` on and on.

    ``asked`` are the paths, ``keys`` the Authorization headers.
    """

    def __init__(self) -> None:
        self.status, self.body = 200, b""
        self.headers: dict[str, str] = {}
        self.asked: list[str] = []
        self.keys: list[str | None] = []
        self.url = ""
        self.drips = False


@contextmanager
def answering() -> Iterator[Answers]:
    """A server of a subscribed calendar."""
    answers = Answers()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers.asked.append(self.path)
            answers.keys.append(self.headers["Authorization"])
            self.send_response(answers.status)
            for name, value in answers.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answers.body)
            with suppress(OSError):
                while answers.drips:
                    self.wfile.write(b"\r\n")
                    time.sleep(0.02)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    answers.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield answers
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
