# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A recording of two hours, as a limit set too high or a receiver left off the hook would make: kept, and played from anywhere.

That the engine ends a recording at its limit is shown in ``test_bad_input``.
"""

from __future__ import annotations

import http.client
import time
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ports import LOOPBACK
from tests.system.installation import Installation, Json
from vaxel.telephony import engine

RATE = 8000
SECONDS = 2 * 3600
HEADER = 44
A_SECOND = 2 * RATE
FEW_MEGABYTES = 24 * 1024
"""In KiB: what a process may grow by, while the recording has 110 MiB."""


@pytest.fixture
def two_hours(installation: Installation) -> Iterator[Json]:
    """Left in the engine's own dialplan, and imported. Each second of it is one value over and over: the second's number."""
    call = f"n1-{int(time.time())}.777"
    folder = engine.places(installation.config).fallback
    sound = folder / f"{call}.wav"
    _write(sound)
    number = installation.municipality()["main_number"]
    (folder / f"{call}.txt").write_text(f"number={number}\ncaller=46701740699\nname=\nat={time.time() - SECONDS:.0f}\n")
    installation.start_part("worker")
    token = installation.municipality()["operators"][0]["token"]

    def imported() -> Json | None:
        _, page = installation.rest("GET", "voicemails", token)
        return next((found for found in page["items"] if found["call"] == call), None)

    found = installation.until(imported, 60)
    yield {**found, "token": token}
    installation.kill("worker")
    sound.unlink()


def _write(path: Path) -> None:
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, RATE, 0, "NONE", ""))
        for second in range(SECONDS):
            sound.writeframesraw(_second(second))


def _second(n: int) -> bytes:
    return array("h", [n]).tobytes() * RATE


def _kilobytes(installation: Installation, part: str, what: str) -> int:
    status = Path(f"/proc/{installation.parts[part].pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(f"{what}:"))


def _ask(installation: Installation, voicemail: Json, part: str = "") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(LOOPBACK, installation.config.web_port, timeout=20)
    headers = {"Authorization": f"Bearer {voicemail['token']}", **({"Range": part} if part else {})}
    connection.request("GET", f"/api/v1/voicemails/{voicemail['id']}/audio", headers=headers)
    return connection.getresponse()


def test_two_hours_are_kept_and_played_from_anywhere_while_memory_stays_flat(
    installation: Installation, two_hours: Json
) -> None:
    assert two_hours["seconds"] == SECONDS
    before = _kilobytes(installation, "worker", "VmHWM")
    assert before < 400 * 1024
    _ask(installation, two_hours, "bytes=0-1").read()
    web = _kilobytes(installation, "web", "VmRSS")
    for second in (0, 1, 3600, SECONDS - 1):
        first = HEADER + second * A_SECOND
        answer = _ask(installation, two_hours, f"bytes={first}-{first + A_SECOND - 1}")
        assert (answer.status, answer.read()) == (206, _second(second)), second
    assert _ask(installation, two_hours, f"bytes=-{A_SECOND}").read() == _second(SECONDS - 1)
    assert _ask(installation, two_hours, f"bytes={HEADER + SECONDS * A_SECOND}-").status == 416
    whole = _ask(installation, two_hours)
    assert whole.getheader("Content-Length") == str(HEADER + SECONDS * A_SECOND)
    size, most = 0, web
    while piece := whole.read(1 << 20):
        size += len(piece)
        most = max(most, _kilobytes(installation, "web", "VmRSS"))
    assert size == HEADER + SECONDS * A_SECOND
    assert most < web + FEW_MEGABYTES


def test_listeners_who_go_away_in_the_middle_leave_nothing_behind(installation: Installation, two_hours: Json) -> None:
    open_files = Path(f"/proc/{installation.parts['web'].pid}/fd")

    def listened_to() -> int:
        return sum(1 for file in open_files.iterdir() if file.is_symlink() and str(file.readlink()).endswith(".wav"))

    memory = _kilobytes(installation, "web", "VmRSS")
    listeners = [_ask(installation, two_hours) for _ in range(20)]
    for listener in listeners:
        assert listener.read(A_SECOND)
    assert listened_to() > 0
    assert _kilobytes(installation, "web", "VmRSS") < memory + FEW_MEGABYTES
    for listener in listeners:
        listener.close()
    installation.until(lambda: listened_to() == 0, 30)
