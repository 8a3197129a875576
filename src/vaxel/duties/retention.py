# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is older than the organisation keeps is erased: calls with their journal, voice messages with their sound, done messages,
absences and notices that are over, changes of staff, what calendars said of the past, and who changed what in the directory.

So are sessions that are over: the citizen's page of the demonstration makes one for every visitor.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet

from vaxel.absence.models import Absence, BusyTime, Proposal
from vaxel.calls.models import Call, OperatorEvent, Voicemail
from vaxel.directory import changelog
from vaxel.directory.audit import silent
from vaxel.directory.models import AuditEntry, Organisation
from vaxel.duties import alone
from vaxel.duties.models import Message, Status
from vaxel.exchange import upkeep as exchange
from vaxel.notices.models import Notice
from vaxel.staffing.models import StaffChange
from vaxel.staffing.models import Status as Done
from vaxel.telephony.engine import PUT_ASIDE

# Calls of no organisation (to a number that nobody has) and operators' shifts follow the longest of the organisations' terms.
DEFAULT_DAYS = 180
_AT_ONCE = 500
_PAST = timedelta(days=1)
"""What calendars said of the past is of no use."""


def erase(spool: Path, now: datetime) -> int:
    """Erase what is due at ``now``; return the number of calls. ``spool`` is the engine's, with the sound files.

    A voice message stays as long as a message that isn't done refers to it. Works in small transactions, so that
    nobody has to wait.
    """
    terms = dict(Organisation.objects.values_list("pk", "retention_days"))
    erased = 0
    for organisation, days in [*terms.items(), (None, max(terms.values(), default=DEFAULT_DAYS))]:
        before = now - timedelta(days=days)
        done = Message.objects.filter(organisation=organisation, status=Status.DONE, done_at__lt=before)
        _in_batches(done)
        _erase_voicemails(spool, organisation, before)
        _erase_absences(organisation, before)
        _erase_notices(organisation, before)
        if organisation is not None:
            exchange.forget(organisation, before)
        _in_batches(AuditEntry.objects.filter(organisation=organisation, at__lt=before))
        erased += _in_batches(Call.objects.filter(organisation=organisation, ended__lt=before))
    _in_batches(BusyTime.objects.filter(end__lt=now - _PAST))
    _in_batches(Proposal.objects.filter(end__lt=now - _PAST))
    longest = now - timedelta(days=max(terms.values(), default=DEFAULT_DAYS))
    _erase_put_aside(spool, longest)
    _in_batches(OperatorEvent.objects.filter(at__lt=longest))
    _in_batches(Session.objects.filter(expire_date__lt=now))
    changelog.forget_old()
    return erased


def _erase_voicemails(spool: Path, organisation: str | None, before: datetime) -> None:
    due = Voicemail.objects.filter(organisation=organisation, left__lt=before, message=None)
    while batch := list(due[:_AT_ONCE]):
        for voicemail in batch:
            # The sound first: a row without sound is erased next time, sound without a row never.
            folder = spool / voicemail.folder
            (folder / f"{voicemail.name}.wav").unlink(missing_ok=True)
            (folder / f"{voicemail.name}.imported").unlink(missing_ok=True)
        Voicemail.objects.filter(pk__in=[voicemail.pk for voicemail in batch]).delete()


def _erase_put_aside(spool: Path, before: datetime) -> None:
    """Records of calls that couldn't be read: they may name callers all the same."""
    for path in (spool / alone.FOLDER).glob(f"*{PUT_ASIDE}"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def _erase_absences(organisation: str | None, before: datetime) -> None:
    # That it is erased is no change that anybody made: else the record would keep what is erased.
    with silent():
        _in_batches(Absence.objects.filter(Q(end__lt=before) | Q(ended__lt=before), organisation=organisation))


def _erase_notices(organisation: str | None, before: datetime) -> None:
    """Notices that are over, and changes of staff that are carried out or won't be: both name people."""
    over = StaffChange.objects.filter(organisation=organisation, status__in=(Done.DONE, Done.WITHDRAWN))
    with silent():
        _in_batches(over.filter(Q(done_at__lt=before) | Q(done_at=None, decided_at__lt=before)))
        _in_batches(Notice.objects.filter(organisation=organisation, closed_at__lt=before))


def _in_batches(rows: QuerySet[Any]) -> int:
    erased = 0
    while keys := list(rows.values_list("pk", flat=True)[:_AT_ONCE]):
        with transaction.atomic():
            rows.model._default_manager.filter(pk__in=keys).delete()
        erased += len(keys)
    return erased
