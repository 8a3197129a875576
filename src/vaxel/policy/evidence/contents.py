# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence of what the directory and people's calendars tell the switchboard, as they are now."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from vaxel.absence.calendars import selectors as calendars
from vaxel.absence.calendars.clashes import clashes
from vaxel.directory import completeness
from vaxel.directory.completeness import Lack, Score
from vaxel.directory.models import Exemption, Person, Unit, UnitKind
from vaxel.policy.evidence.base import Case, Evidence, Look, judged, nothing, percent
from vaxel.policy.parameters import calls
from vaxel.policy.parameters import directory as contents
from vaxel.policy.parameters import hours as opening

_ASKED: dict[str, tuple[UnitKind | None, frozenset[str]]] = {
    "administrations": (UnitKind.ADMINISTRATION, frozenset({"description", "contact"})),
    "departments": (UnitKind.DEPARTMENT, frozenset({"description"})),
    "institutions": (UnitKind.INSTITUTION, frozenset({"description", "number"})),
    "tasks": (None, frozenset({"tasks"})),
    "staff": (None, frozenset({"staff"})),
    "groups": (None, frozenset({"members"})),
    "main-tasks": (None, frozenset({"main-tasks"})),
    "functions": (None, frozenset({"function"})),
}
"""What a policy asks for → of which kind of unit, and which lacks break it."""


def _case(lack: Lack) -> Case:
    name = _("Somebody with protected identity") if lack.protected else lack.name
    return Case(text=_("%(name)s %(lacks)s.") % {"name": name, "lacks": lack.text})


def directory_contents(control: contents.DirectoryContents, look: Look) -> Evidence:
    """Everything that the clause names is there, in every unit that it concerns."""
    scores = completeness.scores(look.organisation)
    if not scores:
        return nothing(_("The directory has no units."))
    cases = [case for subject in control.of for case in _broken(subject, scores)]
    asked = sum(score.wanted for score in scores)
    summary = _("%(n)d units; %(lacks)d things that the clause asks for are missing.")
    figures = {"units": len(scores), "lacks": len(cases), "wanted": asked}
    return judged(bool(cases), summary % {"n": len(scores), "lacks": len(cases)}, cases, figures)


def _broken(subject: str, scores: list[Score]) -> list[Case]:
    kind, codes = _ASKED[subject]
    concerned = [score for score in scores if kind is None or score.unit.kind == kind]
    if not concerned:
        label = UnitKind(kind).label if kind else ""
        return [Case(text=_("The directory has no unit of this kind: %(kind)s.") % {"kind": label})]
    return [_case(lack) for score in concerned for lack in score.lacks if lack.code in codes]


def search_words(control: contents.SearchWords, look: Look) -> Evidence:
    """Every unit was reviewed, with everybody in it, within the time."""
    scores = completeness.scores(look.organisation, control.review_months or completeness.MONTHS)
    if not scores:
        return nothing(_("The directory has no units."))
    stale = [score for score in scores if not score.fresh]
    told = _("%(name)s hasn't been reviewed in time.")
    summary = _("%(fresh)d of %(n)d units were reviewed within the time.")
    values = {"fresh": len(scores) - len(stale), "n": len(scores)}
    figures = {"units": len(scores), "percent": percent(len(scores) - len(stale), len(scores))}
    return judged(bool(stale), summary % values, [Case(text=told % {"name": one.unit.name}) for one in stale], figures)


def publication(control: contents.Publication, look: Look) -> Evidence:
    """Only those whom a head has exempted aren't published."""
    people = Person.objects.filter(organisation=look.organisation, protected=False).count()
    if not people:
        return nothing(_("There is nobody in the directory."))
    exempt = Exemption.objects.filter(person__organisation=look.organisation)
    approved = exempt.filter(decision=Exemption.Decision.APPROVED).select_related("person")
    open_ = exempt.filter(decision=Exemption.Decision.OPEN).count()
    told = _("Nobody knows who exempted %(name)s.")
    cases = [Case(text=told % {"name": one.person.name}) for one in approved.filter(decided_by="")]
    summary = _("%(n)d people; %(exempt)d exemptions were approved, %(open)d wait to be decided.")
    values = {"n": people, "exempt": len(approved), "open": open_}
    return judged(bool(cases), summary % values, cases, {"people": people, "exempt": len(approved), "open": open_})


def calendar_presence(control: contents.CalendarPresence, look: Look) -> Evidence:
    """So many people's calendars tell the switchboard whether they are busy."""
    known = calendars.of_organisation(look.organisation)
    if not known:
        return nothing(_("Nobody's calendar is read yet."))
    failing = list(known.exclude(failure=""))
    told = _("%(name)s's calendar can't be read: %(why)s")
    cases = [Case(text=told % {"name": one.person.name, "why": one.get_failure_display()}) for one in failing]
    people = known.values("person").distinct().count()
    of = Person.objects.filter(organisation=look.organisation, numbers__isnull=False).distinct().count()
    summary = _("%(n)d of %(of)d people have a calendar that is read; %(failing)d can't be.")
    values = {"n": people, "of": of, "failing": len(failing)}
    return judged(bool(cases), summary % values, cases, {"people": people, "failing": len(failing)})


def calendar_freshness(control: contents.CalendarFreshness, look: Look) -> Evidence:
    """No calendar is left alone."""
    known = calendars.of_organisation(look.organisation)
    if not known:
        return nothing(_("Nobody's calendar is read yet."))
    doubtful = list(calendars.doubtful(known, timezone.now()))
    told = _("%(name)s's calendar hasn't been read or kept for a long time.")
    summary = _("%(n)d calendars are read; %(stale)d of them can't be relied on.")
    values = {"n": known.count(), "stale": len(doubtful)}
    cases = [Case(text=told % {"name": one.person.name}) for one in doubtful]
    return judged(bool(cases), summary % values, cases, {"calendars": known.count(), "stale": len(doubtful)})


def calendar_privacy(control: contents.CalendarPrivacy, look: Look) -> Evidence:
    """No calendar holds an identity number; of what entries are about nothing is kept in any case."""
    known = calendars.of_organisation(look.organisation).exclude(read_at=None)
    if not known:
        return nothing(_("Nobody's calendar is read yet."))
    told = _("%(name)s's calendar has entries with identity numbers; the owner was told.")
    cases = [Case(text=told % {"name": one.person.name}) for one in known.exclude(identity_numbers=0)]
    summary = _(
        "%(n)d calendars were looked through; %(broken)d hold identity numbers. Subjects and texts of none are kept."
    )
    values = {"n": known.count(), "broken": len(cases)}
    return judged(bool(cases), summary % values, cases, {"calendars": known.count()})


def calendar_clash(control: opening.CalendarClash, look: Look) -> Evidence:
    """No meeting lies in telephone hours in the coming fortnight."""
    if not calendars.of_organisation(look.organisation).exists():
        return nothing(_("Nobody's calendar is read yet."))
    found = clashes(look.organisation, timezone.now())
    told = _("%(name)s is busy in the telephone hours of %(whose)s.")
    cases = [Case(text=told % {"name": one.person.name, "whose": one.whose}, at=one.start.timestamp()) for one in found]
    summary = _("In the coming fortnight %(n)d meetings lie in telephone hours; the managers see them.")
    return judged(bool(cases), summary % {"n": len(found)}, cases, {"clashes": len(found)})


def number_to_tell(control: calls.NumberToTell, look: Look) -> Evidence:
    """For everybody there is a number that may be told."""
    scores = completeness.scores(look.organisation)
    if not scores:
        return nothing(_("The directory has no units."))
    without = [lack for score in scores for lack in score.lacks if lack.code == "number"]
    summary = _("%(with)d of %(n)d units have a number that may be told when nobody can be reached.")
    values = {"with": len(scores) - len(without), "n": Unit.objects.filter(organisation=look.organisation).count()}
    return judged(bool(without), summary % values, [_case(lack) for lack in without], {"units": len(scores)})


def mobile_mailbox(control: calls.MailboxGreeting, look: Look) -> Evidence:
    """The greeting of every mobile that the directory knows has been checked."""
    mobiles = Person.objects.filter(organisation=look.organisation, last_day=None).exclude(mobile="")
    if not mobiles:
        return nothing(_("The directory knows of no mobiles."))
    lacks = [
        lack
        for score in completeness.scores(look.organisation)
        for lack in score.lacks
        if lack.code == "mobile-greeting"
    ]
    summary = _("%(n)d mobiles; the greetings of %(without)d haven't been checked.")
    values = {"n": mobiles.count(), "without": len(lacks)}
    return judged(bool(lacks), summary % values, [_case(lack) for lack in lacks], {"mobiles": mobiles.count()})
