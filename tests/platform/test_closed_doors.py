# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the installation writes is for its owner alone, and what strangers send has a limit."""

from __future__ import annotations

import asyncio
import resource
import stat
import subprocess
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

from vaxel.site.config import Config
from vaxel.site.preflight import check_folder
from vaxel.site.request_size import limited


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def test_the_installations_folder_is_closed_to_others(tmp_path: Path) -> None:
    """The database in it holds passwords of telephones and everybody's calls, the recordings hold voices."""
    for name, make in (("a", check_folder), ("b", lambda folder: Config(var=folder).secrets)):
        make(tmp_path / name)
        assert mode(tmp_path / name) == 0o700


def test_one_that_was_open_is_closed_and_its_group_keeps_what_it_had(tmp_path: Path) -> None:
    for before, after in ((0o755, 0o750), (0o777, 0o770), (0o700, 0o700)):
        tmp_path.chmod(before)
        check_folder(tmp_path)
        assert mode(tmp_path) == after


def test_a_part_may_open_as_many_files_as_the_machine_allows() -> None:
    program = (
        "import resource as r; from vaxel.site.descriptors import raise_limit;"
        "r.setrlimit(r.RLIMIT_NOFILE, (256, r.getrlimit(r.RLIMIT_NOFILE)[1])); raise_limit();"
        "print(r.getrlimit(r.RLIMIT_NOFILE)[0])"
    )
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert int(said) == min(allowed, 65_536)


Message = MutableMapping[str, Any]


def ask(body: list[bytes], path: str = "/", declared: int | None = None) -> tuple[list[Message], list[bytes]]:
    """What is answered to a request that arrives in pieces, and what of it the application got to see."""
    sent: list[Message] = []
    seen: list[bytes] = []

    async def application(scope: Message, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            seen.append(message["body"])
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Message) -> None:
        sent.append(message)

    pieces = iter(
        [{"type": "http.request", "body": piece, "more_body": True} for piece in body]
        + [{"type": "http.request", "body": b"", "more_body": False}]
    )

    async def receive() -> Message:
        return next(pieces)

    headers = [] if declared is None else [(b"content-length", str(declared).encode())]
    scope = {"type": "http", "path": path, "headers": headers}
    asyncio.run(limited(application, largest=100)(scope, receive, send))  # type: ignore[arg-type]
    return sent, seen


def test_a_request_of_usual_size_passes() -> None:
    sent, seen = ask([b"x" * 60, b"y" * 40])
    assert sent[0]["status"] == 200
    assert b"".join(seen) == b"x" * 60 + b"y" * 40


def test_one_that_says_that_it_is_too_large_is_not_even_read() -> None:
    sent, seen = ask([b"x"], declared=101)
    assert (sent[0]["status"], seen) == (413, [])


@pytest.mark.parametrize(
    ("path", "kind"), [("/log-in", b"text/plain; charset=utf-8"), ("/api/v1/calls", b"application/problem+json")]
)
def test_one_that_becomes_too_large_is_cut(path: str, kind: bytes) -> None:
    sent, seen = ask([b"x" * 60] * 1000, path)
    assert sent[0]["status"] == 413
    assert dict(sent[0]["headers"])[b"content-type"] == kind
    assert len(seen) == 1
