# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with the change form: one function a step, the same for pages, REST API and worker.

Each checks, writes in a transaction, and tells the switchboard when that is committed. All raise ``ValidationError``, by field; without a
field when the change would leave callers ringing. A report is tried out before it is taken: nobody waits a month to learn that.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from msgspec import Struct

from vaxel.directory.audit import By, Via, acting
from vaxel.directory.hours import today_in
from vaxel.directory.models import Organisation, Unit
from vaxel.directory.rights import Rights
from vaxel.notices import actions as notices
from vaxel.notices.models import Origin
from vaxel.notices.plans import Faults, unit_of, written
from vaxel.staffing import telling
from vaxel.staffing.carrying_out import carry_out
from vaxel.staffing.details import details_of, plain
from vaxel.staffing.models import MOVES, StaffChange, Status, Subject
from vaxel.staffing.rights import may_decide, may_report
from vaxel.staffing.wanted import Wanted, wanted

log = logging.getLogger(__name__)

EARLIEST, LATEST = timedelta(days=366), timedelta(days=731)


class Report(Struct, frozen=True, kw_only=True):
    """The form as somebody fills it in. ``unit`` is a key; of a change of a person it is that person's.

    ``details`` are those of ``staffing.details``.
    """

    subject: str
    day: date
    details: dict[str, Any]
    unit: str = ""


class _TakenBack(Exception):
    """Takes back what was only tried."""


# ── reporting ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def report(organisation: Organisation, rights: Rights, by: By, filled: Report) -> StaffChange:
    """Report a change. It waits for approval, unless whoever reports it may approve it, too."""
    return _report(StaffChange(organisation=organisation), rights, by, filled)


def report_again(change: StaffChange, rights: Rights, by: By, filled: Report) -> StaffChange:
    """Fill in anew what waits, was refused, or came back."""
    if not change.open:
        raise ValidationError(
            _("This change can't be filled in anew: %(state)s.") % {"state": change.get_status_display()}
        )
    return _report(change, rights, by, filled)


def _report(change: StaffChange, rights: Rights, by: By, filled: Report) -> StaffChange:
    want = prepared(change, rights, filled)
    try_out(want, filled.day)
    change.status, change.words = Status.WAITING, ""
    change.reported_by_id, change.reported_by_name = by.user, by.name[:150]
    change.decided_by_name, change.decided_at = "", None
    with acting(by), transaction.atomic():
        change.save()
        if may_decide(rights, change):
            _approve(change, by)
    return change


def prepared(change: StaffChange, rights: Rights, filled: Report) -> Wanted:
    """Put ``filled`` into ``change``, checked but not saved; return what it means in the directory."""
    home = change.organisation
    details = details_of(filled.subject, filled.details)
    faults = Faults()
    unit = unit_of(home, filled.unit, faults)
    _check_day(filled, home, faults)
    faults.raise_any()
    want = wanted(home, unit, details, filled.day)
    want.unit = _unit(want, unit)
    if not may_report(rights, home.pk, want.unit):
        raise ValidationError(
            {"unit": _("Telephone contacts and managers report changes of the units that they answer for.")}
        )
    change.subject, change.unit, change.day = filled.subject, want.unit, filled.day
    change.details, change.summary = plain(details), telling.summary(want, filled.day)
    return want


def _check_day(filled: Report, home: Organisation, faults: Faults) -> None:
    today = today_in(home.time_zone)
    if filled.subject == Subject.UNSTAFFED and filled.day < today:
        faults.add("day", _("This day has already passed."))
    elif not today - EARLIEST <= filled.day <= today + LATEST:
        faults.add("day", _("The day lies too far away: at most a year ago, or two years ahead."))


def _unit(want: Wanted, chosen: Unit | None) -> Unit | None:
    """A change of a person concerns the unit in which that person works."""
    if isinstance(chosen, Unit) and want.person is None and want.other is None:
        return chosen
    person = want.person or want.other
    return person.unit if person is not None and person.unit is not None else chosen


def try_out(want: Wanted, day: date) -> None:
    """Carry it out and take it back. Raises ``ValidationError`` with what the proof has against it."""
    try:
        with transaction.atomic():
            carry_out(want, day)
            raise _TakenBack
    except _TakenBack:
        pass


# ── deciding ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def approve(change: StaffChange, by: By) -> StaffChange:
    """It will be carried out on its day, and the switchboard is told now."""
    return _move(change, by, Status.APPROVED, lambda known: _approve(known, by))


def refuse(change: StaffChange, by: By, why: str) -> StaffChange:
    """It goes back to whoever reported it, with the reason; what was filled in stays."""
    words = written(why)
    faults = Faults()
    if not words:
        faults.add("why", _("Write why: whoever reported it will read it."))
    faults.text("why", words, 1000)
    faults.raise_any()

    def refused(known: StaffChange) -> None:
        known.status, known.words = Status.REFUSED, words
        known.decided_by_name, known.decided_at = by.name[:150], timezone.now()
        known.save()

    return _move(change, by, Status.REFUSED, refused)


def withdraw(change: StaffChange, by: By) -> StaffChange:
    """It won't happen. The switchboard forgets it."""

    def withdrawn(known: StaffChange) -> None:
        known.status, known.decided_at = Status.WITHDRAWN, timezone.now()
        known.save()
        _forget_notice(known, by)

    return _move(change, by, Status.WITHDRAWN, withdrawn)


def _move(change: StaffChange, by: By, status: Status, how: Callable[[StaffChange], None]) -> StaffChange:
    with acting(by), transaction.atomic():
        known = StaffChange.objects.select_for_update().get(pk=change.pk)
        if status not in MOVES[Status(known.status)]:
            raise ValidationError(_("Not possible any longer: %(state)s.") % {"state": known.get_status_display()})
        how(known)
    change.refresh_from_db()
    return change


def _approve(change: StaffChange, by: By) -> None:
    want = want_of(change)
    plan = telling.notice_of(want, change.day)
    teller = By(name=change.reported_by_name, user=change.reported_by_id, via=by.via)
    if change.notice is None or not change.notice.live:
        change.notice = notices.tell(change.organisation, teller, plan, Origin.SYSTEM)
    else:
        notices.change(change.notice, teller, plan)
    change.status = Status.APPROVED
    change.decided_by_name, change.decided_at = by.name[:150], timezone.now()
    change.save()


def want_of(change: StaffChange) -> Wanted:
    """What ``change`` means in the directory as it is now. Raises ``ValidationError`` when that isn't possible any longer."""
    return wanted(change.organisation, change.unit, details_of(change.subject, change.details), change.day)


def _forget_notice(change: StaffChange, by: By) -> None:
    if change.notice is not None and change.notice.live:
        notices.withdraw(change.notice, by)


# ── carrying out ────────────────────────────────────────────────────────────────────────────────────────────────────────


def carry_out_due(now: datetime) -> int:
    """Carry out the approved changes whose day has come, where each is; what can't be goes back in words. How many were done."""
    latest = (now + timedelta(days=1)).date()
    due = StaffChange.objects.filter(status=Status.APPROVED, day__lte=latest).select_related("organisation", "unit")
    today = {home.pk: today_in(home.time_zone) for home in Organisation.objects.all()}
    return sum(
        _carry_out(change) for change in due.order_by("day", "id") if change.due <= today[change.organisation_id]
    )


def _carry_out(change: StaffChange) -> bool:
    by = By(name=change.reported_by_name, user=change.reported_by_id, via=Via.SYSTEM)
    try:
        with acting(by), transaction.atomic():
            known = StaffChange.objects.select_for_update().get(pk=change.pk)
            if known.status != Status.APPROVED:
                return False
            known.joined = carry_out(want_of(known), known.day)
            known.status, known.done_at = Status.DONE, timezone.now()
            known.save()
    except ValidationError as error:
        _send_back(change, by, error)
        return False
    return True


def _send_back(change: StaffChange, by: By, error: ValidationError) -> None:
    log.warning("a reported change can't be carried out", extra={"change": change.pk})
    with override(change.organisation.language):
        words = "\n".join(str(told) for told in error.messages)

    def returned(known: StaffChange) -> None:
        known.status, known.words = Status.RETURNED, words[:4000]
        known.save()
        _forget_notice(known, by)

    _move(change, by, Status.RETURNED, returned)
