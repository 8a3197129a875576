# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence from notices, prepared answers and the change form: was the switchboard told, in good time, and has it read it?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vaxel.directory.hours import today_in
from vaxel.directory.models import Operator
from vaxel.notices.lead import lead
from vaxel.notices.live import unread_by
from vaxel.notices.models import Kind, Notice, PreparedAnswer, PressFeed
from vaxel.policy.evidence.base import Case, Evidence, Look, judged, nothing
from vaxel.policy.parameters import directory as contents
from vaxel.policy.parameters import duties
from vaxel.policy.parameters import hours as opening
from vaxel.staffing.models import StaffChange, Status, Subject

READ_WITHIN = timedelta(days=1)
"""Notices older than that which an operator hasn't read are cases."""
FEED_AWAY = timedelta(days=1)
SUBJECTS = {
    "joiners": Subject.JOINER,
    "leavers": Subject.LEAVER,
    "movers": Subject.MOVER,
    "case-division": Subject.CASES,
    "tasks": Subject.TASK,
}


def change_notices(control: duties.ChangeNotices, look: Look) -> Evidence:
    """Changes and events told in the period: how many working days beforehand, and who hasn't read them."""
    notices = list(_told(look).exclude(kind=Kind.PRESS_RELEASE))
    if not notices:
        return nothing(_("The switchboard was told of nothing in the period."))
    leads = [_lead(notice, look) for notice in notices]
    cases = [case for notice, days in zip(notices, leads, strict=True) if (case := _late(notice, days, control))]
    late, unread = len(cases), _unread(notices, look.end)
    summary = _(
        "The switchboard was told %(n)d times, half of them at least %(days)g working days beforehand; %(late)d too late."
    )
    figures = {"notices": len(notices), "median_lead_days": float(median(leads)), "late": late, "unread": len(unread)}
    values = {"n": len(notices), "days": median(leads), "late": late}
    return judged(bool(cases or unread), summary % values, [*cases, *unread], figures)


def _told(look: Look) -> QuerySet[Notice]:
    found = Notice.objects.filter(organisation=look.organisation, told_at__gte=look.start, told_at__lt=look.end)
    return found.order_by("told_at", "id")


def _lead(notice: Notice, look: Look) -> int:
    zone = ZoneInfo(look.organisation.time_zone)
    calendar = look.world.organisations[look.organisation.pk].calendar
    return lead(notice.told_at.astimezone(zone).date(), notice.begins.astimezone(zone).date(), calendar)


def _late(notice: Notice, days: int, control: duties.ChangeNotices) -> Case | None:
    at = notice.told_at.timestamp()
    if days < 0:
        told = _("“%(title)s” was told %(days)d working days after it had begun.")
        return Case(text=told % {"title": notice.title, "days": -days}, at=at)
    if control.lead_days is not None and days < control.lead_days:
        told = _("“%(title)s” was told %(days)d working days beforehand; %(wanted)d are asked for.")
        return Case(text=told % {"title": notice.title, "days": days, "wanted": control.lead_days}, at=at)
    return None


def _unread(notices: list[Notice], end: datetime) -> list[Case]:
    """Operators who haven't read what was told more than a day before ``end``, as far as it isn't over."""
    old = [notice for notice in notices if notice.live and notice.told_at < end - READ_WITHIN]
    found = unread_by(old)
    names = {operator.key: operator.name for operator in Operator.objects.all()}
    told = _("%(name)s hasn't read “%(title)s”.")
    return [
        Case(text=told % {"name": names[key], "title": notice.title}, at=notice.told_at.timestamp())
        for notice in old
        for key in found[notice.pk]
    ]


def expected_calls(control: duties.ExpectedCalls, look: Look) -> Evidence:
    """Expected calls announced in the period name people who answer them."""
    notices = list(_told(look).filter(kind=Kind.EXPECTED_CALLS).prefetch_related("people"))
    if not notices:
        return nothing(_("No expected calls were announced in the period."))
    told = _("“%(title)s” names nobody who answers.")
    without = [notice for notice in notices if not notice.people.all()]
    cases = [Case(text=told % {"title": notice.title}, at=notice.told_at.timestamp()) for notice in without]
    summary = _("%(n)d times expected calls were announced; %(with)d times with people present to answer.")
    values = {"n": len(notices), "with": len(notices) - len(without)}
    return judged(bool(cases), summary % values, cases, {"notices": len(notices), "without_people": len(without)})


def press_releases(control: duties.PressReleases, look: Look) -> Evidence:
    """Press releases of the period, and feeds that can't be read."""
    n = _told(look).filter(kind=Kind.PRESS_RELEASE).count()
    feeds = PressFeed.objects.filter(organisation=look.organisation)
    told = _("The feed %(address)s can't be read: %(error)s.")
    cases = [
        Case(text=told % {"address": feed.address, "error": feed.error})
        for feed in feeds
        if feed.error and (feed.read_at is None or feed.read_at < look.end - FEED_AWAY)
    ]
    if not n and not feeds:
        return nothing(_("No press release reached the switchboard in the period, and no feed is followed."))
    summary = _("%(n)d press releases reached the switchboard; %(feeds)d feeds are followed.")
    return judged(bool(cases), summary % {"n": n, "feeds": len(feeds)}, cases, {"releases": n, "feeds": len(feeds)})


def prepared_answers(control: contents.PreparedAnswers, look: Look) -> Evidence:
    """Answers at hand today, and those whose day has passed."""
    answers = list(
        PreparedAnswer.objects.filter(organisation=look.organisation, withdrawn_at=None).order_by("question")
    )
    if not answers:
        return nothing(_("No unit has prepared an answer."))
    today = today_in(look.organisation.time_zone)
    stale = [answer for answer in answers if answer.valid_until is not None and answer.valid_until < today]
    told = _("“%(question)s” was valid until %(day)s: renew or withdraw it.")
    cases = [
        Case(text=told % {"question": answer.question, "day": date_format(answer.valid_until)})
        for answer in stale
        if answer.valid_until is not None
    ]
    summary = _("%(n)d answers are at hand; %(stale)d more are no longer valid.")
    values = {"n": len(answers) - len(stale), "stale": len(stale)}
    return judged(bool(cases), summary % values, cases, {"answers": len(answers) - len(stale), "stale": len(stale)})


# ── the change form ─────────────────────────────────────────────────────────────────────────────────────────────────────


def change_form(control: contents.ChangeForm, look: Look) -> Evidence:
    """Changes reported in the period: by their day, carried out on it, and read by the operators."""
    subjects = [SUBJECTS[subject] for subject in control.subjects]
    changes = _reported(look, subjects)
    if not changes:
        return nothing(_("Nothing was reported on the form in the period."))
    late = [case for change in changes if (case := _reported_late(change, look))]
    stuck = [case for change in changes if (case := _stuck(change, look))]
    unread = _unread([change.notice for change in changes if change.notice is not None], look.end)
    summary = _("%(n)d changes were reported, %(late)d of them after their day; %(done)d have been carried out.")
    done = sum(change.status == Status.DONE for change in changes)
    values = {"n": len(changes), "late": len(late), "done": done}
    cases = [*late, *stuck, *unread]
    return judged(bool(cases), summary % values, cases, {"changes": len(changes), "late": len(late), "done": done})


def _reported(look: Look, subjects: Iterable[Subject]) -> list[StaffChange]:
    found = StaffChange.objects.filter(
        organisation=look.organisation,
        subject__in=list(subjects),
        first_reported__gte=look.start,
        first_reported__lt=look.end,
    )
    found = found.exclude(status=Status.WITHDRAWN).select_related("notice")
    return list(found.order_by("first_reported", "id"))


def _reported_late(change: StaffChange, look: Look) -> Case | None:
    zone = ZoneInfo(look.organisation.time_zone)
    day = change.first_reported.astimezone(zone).date()
    if day <= change.day:
        return None
    told = _("“%(what)s” was reported %(days)d days late.")
    values = {"what": change.summary, "days": (day - change.day).days}
    return Case(text=told % values, at=change.first_reported.timestamp())


def _stuck(change: StaffChange, look: Look) -> Case | None:
    """Its day has come, and it isn't done."""
    zone = ZoneInfo(look.organisation.time_zone)
    if change.over or change.due >= look.end.astimezone(zone).date():
        return None
    told = _("“%(what)s” hasn't been carried out: %(state)s.")
    return Case(text=told % {"what": change.summary, "state": change.get_status_display()})


def unstaffed(control: opening.Unstaffed, look: Look) -> Evidence:
    """Units that were to be unstaffed: approved beforehand, and told to the switchboard."""
    changes = _reported(look, [Subject.UNSTAFFED])
    if not changes:
        return nothing(_("No unit was reported as unstaffed in the period."))
    zone = ZoneInfo(look.organisation.time_zone)
    told = _("“%(what)s” wasn't approved before it began.")
    cases = [
        Case(text=told % {"what": change.summary})
        for change in changes
        if change.status in (Status.WAITING, Status.APPROVED, Status.DONE)
        and (change.decided_at or look.end).astimezone(zone).date() > change.day
    ]
    approved = [change for change in changes if change.status in (Status.APPROVED, Status.DONE)]
    unread = _unread([change.notice for change in approved if change.notice is not None], look.end)
    summary = _("Units were reported as unstaffed %(n)d times; %(approved)d times it was approved.")
    values = {"n": len(changes), "approved": len(approved)}
    return judged(bool(cases or unread), summary % values, [*cases, *unread], {"reported": len(changes)})
