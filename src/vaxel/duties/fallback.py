# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recordings that the engine's own dialplan took while the controller was away become calls, voice messages and messages.

The engine writes ``ID.wav`` and, once that is whole, ``ID.txt`` beside it with ``key=value`` lines: number, caller, name, at.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction
from msgspec import Struct

from vaxel.calls.models import Call, Voicemail
from vaxel.directory.models import Number
from vaxel.directory.text import visible
from vaxel.duties import alone
from vaxel.duties.models import Message

log = logging.getLogger(__name__)


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
    for path in sorted((spool / alone.FOLDER).glob("*.txt")):
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
    told = alone.values(path)
    if not told.get("number"):
        raise ValueError(f"{path.name} names no number")
    return Left(
        id=path.stem,
        number=told["number"],
        caller=told.get("caller", "")[:80],
        name=visible(told.get("name", ""))[:120],
        at=datetime.fromtimestamp(float(told.get("at", "")), UTC),
        seconds=alone.seconds_of(path.with_suffix(".wav")),
    )


def _keep(left: Left) -> bool:
    """Write the rows; False when they are there already, or the number is nobody's any more."""
    number = Number.objects.filter(number=left.number).select_related("organisation", "person").first()
    if number is None:
        log.warning("a recording is for a number that isn't in the directory", extra={"file": left.id})
        return False
    caller = alone.readable_by_us(left.caller, number.organisation.country)
    with transaction.atomic():
        _keep_call(left, number)
        voicemail, new = Voicemail.objects.get_or_create(
            name=left.id,
            defaults={
                "folder": alone.FOLDER,
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


def _keep_call(left: Left, number: Number) -> None:
    """There is a row when the engine's record of the call, or the controller that had it first, came before: that one tells more."""
    if not Call.objects.filter(pk=left.id).exists():
        at = left.at.timestamp()
        alone.keep(
            alone.Served(
                id=left.id,
                dialled=left.number,
                way="house",
                organisation=number.organisation_id,
                begun=at,
                ended=at + left.seconds,
                recorded=left.seconds,
                caller=left.caller,
                name=left.name,
            )
        )
