# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recordings that the engine's own dialplan took while the controller was away become calls, voice messages and messages.

The engine writes ``ID.wav`` and, once that is whole, ``ID.txt`` beside it with ``key=value`` lines: number, caller, name, at.
"""

from __future__ import annotations

import logging
import wave
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction
from msgspec import Struct

from vaxel.calls.models import Call, Direction, Voicemail
from vaxel.directory.models import Country, Number
from vaxel.directory.numbers import international
from vaxel.directory.text import visible
from vaxel.duties.models import Message

log = logging.getLogger(__name__)

FOLDER = "fallback"
NATIONAL_DIGITS = 8
"""Of a Danish or Norwegian number, which has no 0 in front."""


class Left(Struct, frozen=True, kw_only=True):
    """What stands in an ``ID.txt``, and how long ``ID.wav`` is."""

    id: str
    number: str
    caller: str
    name: str
    at: datetime
    seconds: float


def import_all(spool: Path) -> int:
    """Import what lies in ``spool``/fallback; return how many messages are new.

    Doing it again changes nothing, nor does another process that does it at the same time. What is imported is marked
    by renaming ``ID.txt`` to ``ID.imported``; a file that can't be read is left for the next time.
    """
    made = 0
    for path in sorted((spool / FOLDER).glob("*.txt")):
        try:
            left = read(path)
        except (OSError, ValueError, OverflowError) as error:
            log.warning("a recording can't be imported", extra={"file": path.name, "why": type(error).__name__})
            continue
        if _keep(left):
            made += 1
        if Voicemail.objects.filter(name=left.id).exists():
            path.rename(path.with_suffix(".imported"))
    return made


def read(path: Path) -> Left:
    """Read ``ID.txt``. Raises ``ValueError`` for one without number or time, ``OSError`` when it can't be read."""
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    values: dict[str, str] = {}
    for key, _, value in (line.partition("=") for line in lines):
        # The first word on a matter counts: the name, which is foreign text, stands last and may hold anything.
        values.setdefault(key.strip(), value.replace("\x00", "").strip())
    if not values.get("number"):
        raise ValueError(f"{path.name} names no number")
    return Left(
        id=path.stem,
        number=values["number"],
        caller=values.get("caller", "")[:80],
        name=visible(values.get("name", ""))[:120],
        at=datetime.fromtimestamp(float(values.get("at", "")), UTC),
        seconds=_seconds(path.with_suffix(".wav")),
    )


def _seconds(path: Path) -> float:
    try:
        with wave.open(str(path), "rb") as sound:
            return sound.getnframes() / sound.getframerate()
    except (wave.Error, EOFError) as error:
        raise ValueError(f"{path.name} is not a whole WAVE file") from error


def _keep(left: Left) -> bool:
    """Write the rows; False when they are there already, or the number is nobody's any more."""
    number = Number.objects.filter(number=left.number).select_related("organisation", "person").first()
    if number is None:
        log.warning("a recording is for a number that isn't in the directory", extra={"file": left.id})
        return False
    caller = _readable_by_us(left.caller, number.organisation.country)
    with transaction.atomic():
        _keep_call(left, number, caller)
        voicemail, new = Voicemail.objects.get_or_create(
            name=left.id,
            defaults={
                "folder": FOLDER,
                "call_id": left.id,
                "organisation": number.organisation,
                "person": number.person,
                "caller_number": caller,
                "caller_name": left.name,
                "left": left.at,
                "seconds": left.seconds,
            },
        )
        if new:
            Message.objects.create(
                organisation=number.organisation,
                call_id=left.id,
                voicemail=voicemail,
                person=number.person,
                caller_name=left.name,
                caller_number=caller,
                call_back=bool(caller),
                taken_at=left.at,
            )
    return new


def _keep_call(left: Left, number: Number, caller: str) -> None:
    """The controller may have written the call before it handed it to the dialplan: its row is the better one."""
    at = left.at.timestamp()
    Call.objects.get_or_create(
        pk=left.id,
        defaults={
            "organisation": number.organisation,
            "state": "ended",
            "direction": Direction.INCOMING,
            "started": left.at,
            "answered": left.at,
            "ended": left.at,
            "dialled": left.number,
            "caller_number": caller,
            "caller_name": left.name,
            "reason": "fallback",
            "cause": "hangup",
            "n": 0,
            "view": {
                "id": left.id,
                "organisation": number.organisation_id,
                "state": "ended",
                "direction": Direction.INCOMING.value,
                "started": at,
                "since": at,
                "dialled": left.number,
                "caller": {"number": caller, "name": left.name, "internal": False},
                "reason": {"code": "fallback"},
                "path": [{"at": at, "code": "fallback_recorded", "seconds": left.seconds}],
            },
        },
    )


def _readable_by_us(caller: str, country: str) -> str:
    """The dialplan writes E.164 digits; only what a trunk without a country passed on may be a national number, of 8 digits or with 0."""
    if caller.isdecimal() and not caller.startswith("0") and len(caller) > NATIONAL_DIGITS:
        return caller
    try:
        return international(caller, Country(country).value)
    except ValueError:
        return caller
