# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence from the directory as it is now."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vaxel.cases.models import CaseDivision
from vaxel.directory.hours import months_after, names_of, narrower, today_in
from vaxel.directory.models import (
    Group,
    Hours,
    HoursException,
    Number,
    NumberKind,
    Operator,
    Person,
    Role,
    RoleKind,
    Unit,
)
from vaxel.domain import routing
from vaxel.domain.plan import Announce, HangUp, Step, Voicemail
from vaxel.domain.world import Group as WorldGroup
from vaxel.domain.world import Person as WorldPerson
from vaxel.domain.world import Unit as WorldUnit
from vaxel.duties.models import Message
from vaxel.notices.models import Notice
from vaxel.policy import hours as kept
from vaxel.policy.evidence.base import Case, Evidence, Look, judged, nothing
from vaxel.policy.parameters import calls, duties, offices
from vaxel.policy.parameters import directory as contents
from vaxel.policy.parameters import hours as opening


def _cases(texts: Iterable[str]) -> list[Case]:
    return [Case(text=text) for text in texts]


# ── numbers and people ──────────────────────────────────────────────────────────────────────────────────────────────────


def number_owners(control: calls.NumberOwners, look: Look) -> Evidence:
    """Every direct number has an owner who works here."""
    today = today_in(look.organisation.time_zone)
    owned = Number.objects.filter(organisation=look.organisation, kind=NumberKind.DIRECT).select_related("person")
    left = [number for number in owned if number.person and number.person.last_day and number.person.last_day < today]
    told = _("%(number)s belongs to %(name)s, who has left.")
    cases = _cases(told % {"number": number.number, "name": number.person} for number in left)
    summary = _("%(n)d direct numbers, each with one owner; %(left)d of owners who have left.")
    values = {"n": len(owned), "left": len(left)}
    return judged(bool(left), summary % values, cases, {"numbers": len(owned), "owners_left": len(left)})


def greetings(control: calls.PersonalGreeting, look: Look) -> Evidence:
    """Those with a mailbox have a personal greeting. Until then their name is said, which satisfies a paper that only recommends one."""
    people = Person.objects.filter(organisation=look.organisation, numbers__isnull=False).distinct().order_by("name")
    without = list(people.filter(has_greeting=False).values_list("name", flat=True))
    if not people:
        return nothing(_("Nobody has a number of her own."))
    summary = _("%(with)d of %(n)d have a personal greeting; for the others the name is said.")
    values = {"with": len(people) - len(without), "n": len(people)}
    told = _("%(name)s has no personal greeting yet.")
    cases = _cases(told % {"name": name} for name in without) if control.mandatory else []
    return judged(bool(cases), summary % values, cases, {"people": len(people), "without_greeting": len(without)})


def welcome(control: calls.Welcome, look: Look) -> Evidence:
    """The phrase on the operators' screens is the paper's."""
    phrase = look.organisation.welcome_phrase
    summary = _("The operators read: “%(phrase)s”.") % {"phrase": phrase}
    if control.phrase is not None and control.phrase.casefold() not in phrase.casefold():
        told = _("The paper says: “%(phrase)s”.") % {"phrase": control.phrase}
        return judged(True, summary, _cases([told]))
    return judged(not phrase, summary)


def trained_pool(control: calls.TrainedPool, look: Look) -> Evidence:
    """So many operators can serve the switchboard, every day or when they are called in."""
    knows = Q(organisations=look.organisation) | Q(reserve_for=look.organisation)
    serving = Operator.objects.filter(knows, user__is_active=True).distinct().count()
    wanted = control.standard_operators * control.factor
    summary = _("%(n)d operators are trained; %(wanted)g are wanted.") % {"n": serving, "wanted": wanted}
    return judged(serving < wanted, summary, figures={"trained": serving, "wanted": wanted})


def phone_contacts(control: contents.PhoneContacts, look: Look) -> Evidence:
    """Every administration, which is a unit that belongs to no other, has a telephone contact."""
    roles = Role.objects.filter(organisation=look.organisation, kind=RoleKind.PHONE_CONTACT)
    if roles.filter(unit=None).exists():
        return judged(False, _("There is a telephone contact for the whole organisation."))
    top = Unit.objects.filter(organisation=look.organisation, parent=None)
    if not top:
        return nothing(_("The directory has no units."))
    without = list(top.exclude(pk__in=roles.values("unit")).order_by("name").values_list("name", flat=True))
    summary = _("%(with)d of %(n)d administrations have a telephone contact.")
    cases = _cases(_("%(name)s has no telephone contact.") % {"name": name} for name in without)
    values = {"with": len(top) - len(without), "n": len(top)}
    return judged(bool(without), summary % values, cases, {"units": len(top), "without_contact": len(without)})


def task_search(control: calls.TaskSearch, look: Look) -> Evidence:
    """Everybody with a number can be found by a task or search word."""
    people = Person.objects.filter(organisation=look.organisation, numbers__isnull=False).distinct().order_by("name")
    if not people:
        return nothing(_("Nobody has a number of her own."))
    unsaid = people.filter(tasks="", search_words="", handlings=None)
    without = list(unsaid.values_list("name", flat=True))
    summary = _("%(with)d of %(n)d can be found by a task or search word.")
    told = _("%(name)s has neither tasks nor search words.")
    values = {"with": len(people) - len(without), "n": len(people)}
    cases = _cases(told % {"name": name} for name in without)
    return judged(bool(without), summary % values, cases, {"people": len(people), "without": len(without)})


def temporary_groups(control: calls.TemporaryGroups, look: Look) -> Evidence:
    """Groups for a period, in use at some time of it."""
    found = Group.objects.filter(organisation=look.organisation, last_day__gte=look.start.date())
    found = found.filter(Q(first_day=None) | Q(first_day__lt=look.end.date()))
    if not found:
        return nothing(_("There was no group for a period."))
    names = ", ".join(found.order_by("name").values_list("name", flat=True)[:5])
    return judged(False, _("Groups for a period: %(names)s.") % {"names": names}, figures={"groups": len(found)})


def transfer_preference(control: calls.TransferPreference, look: Look) -> Evidence:
    """Units that want calls only at one number or person."""
    found = Unit.objects.filter(organisation=look.organisation).exclude(transfer_person=None, transfer_number="")
    if not found:
        return nothing(_("No unit has said that it wants calls at one number or person only."))
    names = ", ".join(found.order_by("name").values_list("name", flat=True)[:5])
    return judged(
        False,
        _("Transfers go where these units want them: %(names)s.") % {"names": names},
        figures={"units": len(found)},
    )


def case_division(control: calls.CaseDivision, look: Look) -> Evidence:
    """Tasks whose cases are divided, each with its shares."""
    divided = CaseDivision.objects.filter(organisation=look.organisation).order_by("task")
    if not divided:
        return nothing(_("The directory has no divisions of cases."))
    empty = list(divided.filter(shares=None).values_list("task", flat=True))
    summary = _("The cases of %(n)d tasks are divided; %(empty)d of them have no shares.")
    cases = _cases(_("Nobody is told to handle the cases of “%(task)s”.") % {"task": task} for task in empty)
    return judged(bool(empty), summary % {"n": len(divided), "empty": len(empty)}, cases, {"tasks": len(divided)})


def message_taking(control: duties.MessageTaking, look: Look) -> Evidence:
    """Messages that operators took."""
    taken = Message.objects.filter(
        organisation=look.organisation, taken_at__gte=look.start, taken_at__lt=look.end, taken_by__isnull=False
    ).count()
    if not taken:
        return nothing(_("No message was taken in the period."))
    return judged(False, _("%(n)d messages were taken.") % {"n": taken}, figures={"messages": taken})


# ── hours ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def opening_hours(control: opening.OpeningHours, look: Look) -> Evidence:
    """The switchboard keeps the hours of the policy."""
    wanted = look.compiled.telephone_hours()
    own = Hours.objects.filter(organisation=look.organisation, unit=None, group=None, person=None).first()
    if wanted is None:
        if own is None:
            return nothing(_("Neither the policy nor the directory gives the switchboard's hours: it is always open."))
        return judged(False, _("The switchboard keeps the hours of the directory; the policy gives none."))
    if own is None or own.week != kept.week(wanted.week):
        return judged(True, _("The switchboard's hours in the directory aren't those of the policy."))
    return judged(False, _("The switchboard keeps the hours of the policy."))


def own_hours(control: opening.OwnHours, look: Look) -> Evidence:
    """The units and groups named have hours of their own in the directory."""
    told = _("%(name)s has no hours of its own in the directory.")
    found = Hours.objects.filter(organisation=look.organisation, only_exceptions=False)
    units = set(found.filter(unit__isnull=False).values_list("unit__name", flat=True))
    groups = set(found.filter(group__isnull=False).values_list("group__name", flat=True))
    without = [name for name in control.units if name not in units]
    without += [name for name in control.groups if name not in groups]
    n = len(control.units) + len(control.groups)
    if not n:
        own = len(units) + len(groups)
        return judged(
            False,
            ngettext("%(n)d unit has hours of its own.", "%(n)d units have hours of their own.", own) % {"n": own},
        )
    summary = _("%(with)d of %(n)d have hours of their own.") % {"with": n - len(without), "n": n}
    return judged(bool(without), summary, _cases(told % {"name": name} for name in without))


def telephone_hours(control: opening.TelephoneHours, look: Look) -> Evidence:
    """Where telephone hours aren't allowed nobody is closed while the switchboard is open."""
    if control.allowed:
        return nothing(_("Telephone hours are allowed: nothing is held against it."))
    world, home = look.world, look.world.organisations[look.organisation.pk]
    today = today_in(home.time_zone)
    opens = world.schedules.get(home.schedule)
    owners: tuple[WorldUnit | WorldGroup | WorldPerson, ...] = (
        *world.units.values(),
        *world.groups.values(),
        *world.people.values(),
    )
    own = [owner for owner in owners if owner.schedule and owner.organisation == home.id]
    closed = [owner for owner in own if narrower(world.schedules[owner.schedule], opens, home.calendar, today)]
    told = _("%(name)s is closed at times when the switchboard is open.")
    summary = _("%(n)d units, groups and people have hours of their own; %(broken)d of them restrict calls.")
    values = {"n": len(own), "broken": len(closed)}
    return judged(bool(closed), summary % values, _cases(told % {"name": owner.name} for owner in closed))


def exceptional_hours(control: opening.ExceptionalHours, look: Look) -> Evidence:
    """Exceptions in the period were approved, ended and covered as the clause asks."""
    rows = HoursException.objects.filter(
        hours__organisation=look.organisation, last__gte=look.start.date(), first__lt=look.end.date()
    ).order_by("first")
    found = [one for one in rows if control.concerns(names_of(one.hours.owner, look.world))]
    if not found:
        return nothing(_("There were no exceptional hours in the period."))
    cases = [Case(text=text) for exception in found for text in _lacks(control, exception)]
    summary = _("%(n)d exceptions in the period; %(broken)d not as the clause asks.")
    values = {"n": len(found), "broken": len(cases)}
    return judged(bool(cases), summary % values, cases, {"exceptions": len(found)})


def _lacks(control: opening.ExceptionalHours, exception: HoursException) -> Iterable[str]:
    # Only shorter hours need approval, and the directory has marked them.
    if not exception.needs_approval:
        return
    told = {"name": exception.name, "first": exception.first, "last": exception.last}
    if control.tell_switchboard and exception.in_force and not Notice.objects.filter(exception=exception).exists():
        yield _("The switchboard wasn't told of “%(name)s” (%(first)s – %(last)s).") % told
    if control.cover and not exception.cover:
        yield _("“%(name)s” (%(first)s – %(last)s) names nobody who answers meanwhile.") % told
    if control.longest_months and exception.last > months_after(exception.first, control.longest_months):
        yield _("“%(name)s” (%(first)s – %(last)s) lasts longer than allowed.") % told


def closed_announcement(control: opening.ClosedAnnouncement, look: Look) -> Evidence:
    """At the next closing a call to the main number is told when the switchboard opens: decided by the function that decides calls."""
    world = look.world
    home = world.organisations[look.organisation.pk]
    table = world.timetable(home.schedule, home.id)
    now = look.end.timestamp()
    closes = None if table is None else (now if not table.is_open(now) else table.closing(now))
    if closes is None or not home.main_number:
        return nothing(_("The switchboard is always open."))
    step = routing.plan(home.main_number, internal=False, world=world, at=closes).plan
    told = _("After the next closing callers hear that the switchboard is closed, and when it opens.")
    return judged(not _says_when(step), told)


def _says_when(step: Step) -> bool:
    if isinstance(step, Voicemail):
        return any(prompt.startswith("opens:") for prompt in step.prompts)
    if isinstance(step, Announce):
        return isinstance(step.then, HangUp) and any(prompt.startswith("opens:") for prompt in step.prompts)
    return False


def application_notes(control: offices.ApplicationNotes, look: Look) -> Evidence:
    """Notes stand with their clauses."""
    notes = sum(len(clause.note) for clause in look.policy.clause)
    if not notes:
        return nothing(_("No notes have been issued yet."))
    told = ngettext("%(n)d note stands with its clause.", "%(n)d notes stand with their clauses.", notes)
    return judged(False, told % {"n": notes}, figures={"notes": notes})
