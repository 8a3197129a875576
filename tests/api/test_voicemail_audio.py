# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests import rows
from tests.api.conftest import Municipality
from vaxel.calls.models import Voicemail
from vaxel.directory.audit import AuditEntry, Done
from vaxel.site.config import config

Ask = Callable[..., tuple[Any, bytes]]
"""Asks for the sound: the method, headers by name → the answer, and its body."""


@pytest.fixture
def recording(gnosjo: Municipality) -> Path:
    name = f"{gnosjo.call}-r5"
    path = config().var / "engine" / "spool" / "recording" / f"{name}.wav"
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(range(256)) * 1000)
    gnosjo.ship(1, recording={"name": name, "seconds": 16.0, "person": ""})
    return path


def address() -> str:
    return f"/api/v1/voicemails/{Voicemail.objects.get().pk}/audio"


async def body_of(response: Any) -> bytes:
    return b"".join([piece async for piece in response.streaming_content])


@pytest.fixture
def ask(gnosjo: Municipality) -> Ask:
    from asgiref.sync import async_to_sync
    from django.test import AsyncClient

    client = AsyncClient()
    key = {"authorization": f"Bearer {gnosjo.token}"}
    where = address

    def asking(method: str = "get", **headers: str) -> tuple[Any, bytes]:
        path = where()

        async def both() -> tuple[Any, bytes]:
            response = await getattr(client, method)(path, headers={**key, **headers})
            return response, (await body_of(response) if response.streaming else response.content)

        return async_to_sync(both)()

    return asking


def test_the_whole_sound(recording: Path, ask: Ask) -> None:
    response, body = ask()
    assert (response.status_code, response.headers["Content-Type"]) == (200, "audio/wav")
    assert response.headers["Accept-Ranges"] == "bytes"
    assert body == recording.read_bytes()


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-99", slice(0, 100)),
        ("bytes=100000-", slice(100000, None)),
        ("bytes=-44", slice(-44, None)),
        ("bytes=255900-999999", slice(255900, None)),
        ("bytes=-9999999", slice(0, None)),
    ],
)
def test_a_part_of_it(recording: Path, ask: Ask, wanted: str, part: slice[int | None, int | None, None]) -> None:
    response, body = ask(range=wanted)
    whole = recording.read_bytes()
    first, last, _step = part.indices(len(whole))
    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {first}-{last - 1}/{len(whole)}"
    assert int(response.headers["Content-Length"]) == len(body)
    assert body == whole[part]


def test_a_part_that_it_has_not(recording: Path, ask: Ask) -> None:
    response, _body = ask(range="bytes=9999999-")
    assert (response.status_code, response.headers["Content-Type"]) == (416, "application/problem+json")
    assert response.headers["Content-Range"] == f"bytes */{recording.stat().st_size}"


@pytest.mark.parametrize("strange", ["bytes=5-2", "bytes=-", "lines=1-2", "bytes=0-1,5-6", "bytes=" + "9" * 5000 + "-"])
def test_a_range_that_is_not_understood_gives_the_whole(recording: Path, ask: Ask, strange: str) -> None:
    response, body = ask(range=strange)
    assert (response.status_code, len(body)) == (200, recording.stat().st_size)


def test_a_part_of_an_older_recording_gives_the_whole(recording: Path, ask: Ask) -> None:
    etag = ask()[0].headers["ETag"]
    assert ask(**{"range": "bytes=0-9", "if-range": etag})[0].status_code == 206
    assert ask(**{"range": "bytes=0-9", "if-range": '"other"'})[0].status_code == 200


def test_a_recording_that_is_gone_is_not_found(recording: Path, ask: Ask) -> None:
    recording.unlink()
    assert ask()[0].status_code == 404


def test_a_name_that_leads_elsewhere_is_not_found(recording: Path, ask: Ask) -> None:
    Voicemail.objects.update(name="../../../../etc/passwd")
    assert ask()[0].status_code == 404


def test_the_owner_hears_her_own_and_nobody_elses(gnosjo: Municipality, recording: Path) -> None:
    anna = Client()
    gnosjo.person.user = rows.user("anna")
    gnosjo.person.save()
    anna.force_login(gnosjo.person.user)
    assert anna.get(address()).status_code == 404, "the switchboard's mailbox is the operators'"
    Voicemail.objects.update(person=gnosjo.person)
    assert anna.get(address(), headers={"range": "bytes=0-3"}).status_code == 206
    assert anna.post(address().replace("audio", "heard")).json()["heard"] is not None


def test_an_operator_who_hears_what_was_left_for_somebody_is_written_down_once(
    recording: Path, ask: Ask, gnosjo: Municipality
) -> None:
    ask()
    assert not AuditEntry.objects.filter(done=Done.READ).exists(), "the switchboard's mailbox is hers"
    Voicemail.objects.update(person=gnosjo.person)
    ask(range="bytes=0-9")
    ask(range="bytes=10-")
    read = AuditEntry.objects.get(done=Done.READ)
    assert (read.kind, read.user_id, read.organisation_id) == ("voicemail", gnosjo.operator.user_id, "gnosjo")
