# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notices and answers that a user may see or write, and those that a search or a call touches."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from vaxel.calls.models import Call
from vaxel.directory import current
from vaxel.directory.access import Actor
from vaxel.directory.hours import today_in
from vaxel.directory.keys import row
from vaxel.directory.models import Organisation, Unit
from vaxel.directory.rights import Rights
from vaxel.notices.matching import Subject, Touch, touched
from vaxel.notices.models import Notice, PreparedAnswer, not_over

MOST_MATCHING = 10


def homes(actor: Actor, organisation: str = "") -> QuerySet[Organisation]:
    """Organisations whose notices she sees: those she serves, or has a role in. Raises ``Http404`` for another one."""
    found = Rights(actor).readable
    if not organisation:
        return found
    narrowed = found.filter(pk=organisation.replace("\x00", ""))
    if not narrowed.exists():
        raise Http404
    return narrowed


def notices_of(actor: Actor, organisation: str = "") -> QuerySet[Notice]:
    """All of them, also those that are over."""
    found = Notice.objects.filter(organisation__in=homes(actor, organisation).values("pk"))
    return found.select_related("organisation", "unit").prefetch_related("people")


def notice_of(actor: Actor, key: str) -> Notice:
    """One of them, or ``Http404``."""
    found = notices_of(actor).filter(pk=row(key, "n") or 0).first()
    if found is None:
        raise Http404
    return found


def live(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Those that operators must know now."""
    return notices.filter(not_over(timezone.now()))


def answers_of(actor: Actor, organisation: str = "") -> QuerySet[PreparedAnswer]:
    """All of them but those withdrawn."""
    found = PreparedAnswer.objects.filter(withdrawn_at=None)
    found = found.filter(organisation__in=homes(actor, organisation).values("pk"))
    return found.select_related("organisation", "unit").prefetch_related("versions")


def answer_of(actor: Actor, key: str) -> PreparedAnswer:
    """One of them, or ``Http404``."""
    found = answers_of(actor).filter(pk=row(key, "b") or 0).first()
    if found is None:
        raise Http404
    return found


def valid(answers: Iterable[PreparedAnswer]) -> list[PreparedAnswer]:
    """Those that may be given today, where each is."""
    return [
        answer
        for answer in answers
        if answer.valid_until is None or answer.valid_until >= today_in(answer.organisation.time_zone)
    ]


# ── who may write ───────────────────────────────────────────────────────────────────────────────────────────────────────


def may_write(rights: Rights, organisation: str, unit: Unit | None = None) -> bool:
    """Managers and telephone contacts for what they answer for; operators, who are told by telephone, for whom they serve."""
    return writes_for_all(rights, organisation) or (unit is not None and unit.pk in rights.units())


def writes_for_all(rights: Rights, organisation: str) -> bool:
    """Also what comes from no unit in particular."""
    serves = organisation in rights.actor.organisations
    return rights.everything or serves or organisation in rights.whole_organisations()


def units_to_write_for(rights: Rights, home: Organisation) -> QuerySet[Unit]:
    """Units of ``home`` whose notices and answers she may write."""
    found = Unit.objects.filter(organisation=home).order_by("name")
    return found if writes_for_all(rights, home.pk) else found.filter(pk__in=rights.units())


def may_write_for(rights: Rights, organisation: str, unit: str) -> bool:
    """The same, ``unit`` being a key; "" for what concerns the whole organisation, or no unit in particular."""
    pk = row(unit, "u") if unit else None
    found = Unit.objects.filter(organisation=organisation, pk=pk).first() if pk else None
    return may_write(rights, organisation, found)


def refusal() -> str:
    """The sentence for one who may not."""
    return _("Managers and telephone contacts may write this for the units that they answer for: name one of them.")


# ── what is touched ─────────────────────────────────────────────────────────────────────────────────────────────────────


def matching(actor: Actor, query: str, call: Call | None) -> tuple[list[Notice], list[PreparedAnswer]]:
    """What a search for ``query``, or the ``call`` that is handled, touches: the closest first.

    A call narrows it to the organisation that was called.
    """
    touch = Touch(text=query)
    home = ""
    if call is not None:
        touch = of_call(call, query)
        home = call.organisation_id or ""
    notices = [(notice, subject(notice)) for notice in live(notices_of(actor, home))]
    answers = [(answer, subject_of_answer(answer)) for answer in valid(answers_of(actor, home))]
    return touched(notices, touch)[:MOST_MATCHING], touched(answers, touch)[:MOST_MATCHING]


def of_call(call: Call, query: str = "") -> Touch:
    """What a call is about: whom it sought, with that person's or group's unit and all above it."""
    world = current.recent()
    known = world.numbers.get(call.dialled)
    owner = known.owner if known else ""
    person, group = world.people.get(owner), world.groups.get(owner)
    units: set[str] = set()
    at = person.unit_id if person else group.unit_id if group else ""
    while at and at not in units and at in world.units:
        units.add(at)
        at = world.units[at].parent
    people = frozenset({owner} if person else ())
    return Touch(text=f"{query} {group.name if group else ''}", units=frozenset(units), people=people)


def subject(notice: Notice) -> Subject:
    return Subject(
        title=notice.title,
        phrases=(*notice.phrases, *([notice.unit.name] if notice.unit else ())),
        units=frozenset({f"u{notice.unit_id}"} if notice.unit_id else ()),
        people=frozenset(person.key for person in notice.people.all()),
    )


def subject_of_answer(answer: PreparedAnswer) -> Subject:
    return Subject(
        title=answer.question,
        phrases=tuple(phrase for phrase in (*answer.phrases, answer.task) if phrase),
        units=frozenset({f"u{answer.unit_id}"} if answer.unit_id else ()),
    )


def by_words(answers: Iterable[PreparedAnswer], query: str) -> list[PreparedAnswer]:
    """Those that ``query`` touches; all of them when it is empty."""
    if not query.strip():
        return list(answers)
    return touched(((answer, subject_of_answer(answer)) for answer in answers), Touch(text=query))


def overdue(actor: Actor) -> QuerySet[Notice]:
    """Temporary hours that must be reassessed within a month, or should have been (AAB-15)."""
    return notices_of(actor).filter(Q(review__isnull=False), closed_at=None).order_by("review")
