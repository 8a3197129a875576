# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The journal written to the database: calls, their entries, operators' events and voice messages.

Idempotent: entries may be delivered again, and in any mixture of old and new. A call's row follows its newest entry only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db import connection, transaction

from vaxel.calls import supervised
from vaxel.calls.models import Call, JournalEntry, OperatorEvent, Voicemail
from vaxel.directory.keys import row
from vaxel.domain.journal import Entry
from vaxel.site.database import drop_dead_connections

_ROWS_A_STATEMENT = 200


def ship(entries: Sequence[Entry]) -> None:
    """Write ``entries``, all or none. Raises ``django.db.Error`` (``OperationalError``) when the database is away or locked."""
    if not entries:
        return
    drop_dead_connections()
    calls = [entry for entry in entries if entry.is_call]
    shifts = [entry for entry in entries if not entry.is_call]
    with transaction.atomic():
        _write_calls(_newest(calls))
        _insert(JournalEntry, [_journal_entry(entry) for entry in calls])
        _insert(OperatorEvent, [_operator_event(entry) for entry in shifts])
        _insert(Voicemail, _voicemails(calls))
        supervised.audit(calls)


def _newest(entries: Iterable[Entry]) -> list[Entry]:
    newest: dict[str, Entry] = {}
    for entry in entries:
        known = newest.get(entry.stream)
        if known is None or entry.n > known.n:
            newest[entry.stream] = entry
    # In one order everywhere, so that two writers can't wait for each other's rows.
    return [newest[stream] for stream in sorted(newest)]


def _insert(model: type[JournalEntry] | type[OperatorEvent] | type[Voicemail], rows: list[Any]) -> None:
    if rows:
        model._default_manager.bulk_create(rows, batch_size=_ROWS_A_STATEMENT, ignore_conflicts=True)


def _write_calls(entries: list[Entry]) -> None:
    for start in range(0, len(entries), _ROWS_A_STATEMENT):
        _upsert([_call(entry) for entry in entries[start : start + _ROWS_A_STATEMENT]])


def _upsert(calls: list[Call]) -> None:
    # bulk_create can update on conflict, but not only where the row is older: hence SQL, the same for both databases.
    fields = Call._meta.concrete_fields
    columns = [connection.ops.quote_name(str(field.column)) for field in fields]
    row_of_marks = "(" + ", ".join(["%s"] * len(fields)) + ")"
    table = connection.ops.quote_name(Call._meta.db_table)
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
    sql = (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row_of_marks] * len(calls))} "  # noqa: S608
        f"ON CONFLICT ({columns[0]}) DO UPDATE SET {updates} WHERE {table}.n < excluded.n"
    )
    values = [field.get_db_prep_save(getattr(call, field.attname), connection) for call in calls for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _call(entry: Entry) -> Call:
    view = entry.view
    caller = view.get("caller") or {}
    reason = view.get("reason") or {}
    state = str(view.get("state", ""))
    ended = view.get("ended") or (entry.at if state == "ended" else None)
    return Call(
        id=entry.stream,
        organisation_id=entry.organisation or None,
        state=state[:24],
        direction=str(view.get("direction", ""))[:16],
        started=_moment(view.get("started") or entry.at),
        answered=_moment_or_none(view.get("answered")),
        ended=_moment_or_none(ended),
        dialled=_text(view.get("dialled"), 80),
        caller_number=_text(caller.get("number"), 80),
        caller_name=_text(caller.get("name"), 120),
        reason=_text(reason.get("code"), 32),
        cause=_text(view.get("end_cause") or view.get("cause"), 32),
        operator_id=row(view.get("operator") or "", "o"),
        n=entry.n,
        view=_clean(view),
    )


def _journal_entry(entry: Entry) -> JournalEntry:
    return JournalEntry(
        call_id=entry.stream, n=entry.n, at=_moment(entry.at), kind=entry.kind[:40], data=_clean(entry.data)
    )


def _operator_event(entry: Entry) -> OperatorEvent:
    return OperatorEvent(
        operator=entry.stream.removeprefix("operator:")[:32],
        n=entry.n,
        at=_moment(entry.at),
        kind=entry.kind[:40],
        data=_clean(entry.data),
        view=_clean(entry.view),
    )


def _voicemails(entries: Iterable[Entry]) -> list[Voicemail]:
    found: dict[str, Voicemail] = {}
    for entry in entries:
        recording = entry.view.get("recording")
        if recording and recording["name"] not in found:
            found[recording["name"]] = _voicemail(entry, recording)
    return list(found.values())


def _voicemail(entry: Entry, recording: dict[str, Any]) -> Voicemail:
    caller = entry.view.get("caller") or {}
    return Voicemail(
        name=recording["name"],
        call_id=entry.stream,
        organisation_id=entry.organisation or None,
        person_id=row(recording.get("person") or "", "p"),
        caller_number=_text(caller.get("number"), 80),
        caller_name=_text(caller.get("name"), 120),
        left=_moment(entry.at),
        seconds=recording["seconds"],
    )


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def _moment_or_none(at: float | None) -> datetime | None:
    return _moment(at) if at else None


def _text(value: object, length: int) -> str:
    # PostgreSQL keeps no NUL in text, and a caller's name comes from outside.
    return str(value or "").replace("\x00", "")[:length]


def _clean(value: Any) -> Any:
    """``value`` without NUL characters, which PostgreSQL's jsonb refuses. They are rare, and to look for them in its JSON is quick."""
    return _without_nul(value) if b"\\u0000" in orjson.dumps(value) else value


def _without_nul(value: Any) -> Any:
    match value:
        case str():
            return value.replace("\x00", "")
        case dict():
            return {_without_nul(key): _without_nul(item) for key, item in value.items()}
        case list() | tuple():
            return [_without_nul(item) for item in value]
        case _:
            return value
