# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence from absences: were they referred, merged, set by others; are groups that share a number spared."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from vaxel.absence.models import Absence, Refer, Via
from vaxel.domain import routing
from vaxel.domain.absence import away
from vaxel.domain.plan import Ring, Step
from vaxel.domain.world import NumberKind
from vaxel.policy.evidence.base import Case, Evidence, Look, judged, nothing, percent
from vaxel.policy.parameters import calls
from vaxel.policy.parameters import directory as contents


def _absences(look: Look) -> QuerySet[Absence]:
    """Those in force at any time of the period."""
    found = Absence.objects.filter(organisation=look.organisation, start__lt=look.end)
    return found.filter(Q(end=None) | Q(end__gt=look.start)).select_related("person").order_by("start", "id")


def absence_referral(control: calls.AbsenceReferral, look: Look) -> Evidence:
    """Absences were entered, and callers led on. Those who refer to nobody leave callers the choices of the policy."""
    found = [absence for absence in _absences(look) if look.concerns(control, absence.person.key)]
    if not found:
        return nothing(_("Nobody entered an absence in the period."))
    referred = sum(absence.refer not in ("", Refer.NOWHERE) for absence in found)
    summary = _("%(n)d absences, %(share)s %% of them referred; callers of the others chose what the policy offers.")
    share = percent(referred, len(found))
    return judged(
        False, summary % {"n": len(found), "share": share}, figures={"absences": len(found), "percent": share}
    )


def merged_absences(control: calls.MergedAbsences, look: Look) -> Evidence:
    """Where absences followed each other callers heard the end of the last: asked of the function that decides calls."""
    gap = control.gap_minutes * 60.0
    by_person: dict[str, list[Absence]] = defaultdict(list)
    for absence in _absences(look):
        by_person[absence.person.name].append(absence)
    merged, cases = 0, []
    for name, found in by_person.items():
        values = [absence.value() for absence in found]
        for one, next_ in pairwise(values):
            if one.end is None or not one.end <= next_.start <= one.end + gap:
                continue
            merged += 1
            heard = away(values, one.start, gap)
            if heard is None or (heard.end is not None and heard.end < (next_.end or heard.end)):
                cases.append(Case(text=_("%(name)s's absences weren't heard as one.") % {"name": name}, at=one.start))
    if not merged:
        return nothing(_("No absences followed each other in the period."))
    summary = _("%(n)d times absences followed each other, and were heard as one.") % {"n": merged}
    return judged(bool(cases), summary, cases, {"merged": merged})


def shared_numbers(control: calls.SharedNumbers, look: Look) -> Evidence:
    """Every member of a group that shares a number is rung at the end of the period, absent or not."""
    world, at = look.world, look.end.timestamp()
    rung = absent = 0
    cases = []
    for number in world.numbers.values():
        group = world.groups.get(number.owner)
        if number.organisation != look.organisation.pk or number.kind is not NumberKind.GROUP or group is None:
            continue
        away_now = [key for key in group.members if away(world.absences.get(key, ()), at) is not None]
        reached = _reached(routing.plan(number.number, internal=False, world=world, at=at).plan)
        if not reached:
            continue
        rung, absent = rung + 1, absent + len(away_now)
        left_out = [key for key in away_now if key in world.people and world.people[key].phones and key not in reached]
        if control.ignore_absence and left_out:
            told = _("%(group)s isn't rung at all its members: %(name)s is absent.")
            cases.append(Case(text=told % {"group": group.name, "name": world.people[left_out[0]].name}))
    if not absent:
        return nothing(_("No member of a group that shares a number is absent now."))
    summary = _("%(n)d group numbers, with %(absent)d absent members who are rung all the same.")
    return judged(bool(cases), summary % {"n": rung, "absent": absent}, cases, {"groups": rung, "absent": absent})


def _reached(step: Step) -> set[str]:
    """Keys of those whose telephones a first ringing reaches, in all its rounds."""
    if not isinstance(step, Ring):
        return set()
    return {target.party.id for round_ in (step.targets, *step.more) for target in round_}


def proxy_absence(control: contents.ProxyAbsence, look: Look) -> Evidence:
    """Absences that others entered."""
    found = _absences(look).filter(via=Via.PROXY)
    if not found:
        return nothing(_("Nobody entered an absence for somebody else in the period."))
    nameless = [absence for absence in found if not absence.set_by_name]
    told = _("It isn't known who entered %(name)s's absence.")
    cases = [Case(text=told % {"name": absence.person.name}, at=absence.start.timestamp()) for absence in nameless]
    summary = _("%(n)d absences were entered for somebody else, and it is known by whom.") % {"n": len(found)}
    return judged(bool(cases), summary, cases, {"absences": len(found)})


def mobile_consent(control: calls.MobileConsent, look: Look) -> Evidence:
    """Nobody's calls go to a mobile without consent."""
    to_mobiles = [absence for absence in _absences(look) if absence.refer == Refer.MOBILE]
    if not to_mobiles:
        return nothing(_("Nobody referred calls to a mobile in the period."))
    without = [absence for absence in to_mobiles if absence.person.mobile_consent is None]
    told = _("%(name)s hasn't agreed, and calls go to the mobile.")
    summary = _(
        "%(n)d absences referred to mobiles; calls went there with consent only, and the number was told to nobody."
    )
    # Routing knows no mobile without consent: what is left to look at is whether it does.
    sent = [absence for absence in without if look.world.people[absence.person.key].mobile]
    cases = [Case(text=told % {"name": absence.person.name}) for absence in sent]
    return judged(bool(sent), summary % {"n": len(to_mobiles)}, cases, {"referred": len(to_mobiles)})
