# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is published of people: direct number and e-mail, unless a head has exempted somebody (AAB-6).

A person with protected identity is never published. An exemption that is only asked for, or refused, changes nothing.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from vaxel.directory.audit import By, acting
from vaxel.directory.hours import today_in
from vaxel.directory.identity_numbers import refuse_identity_numbers
from vaxel.directory.models import Exemption, Organisation, Person, Published
from vaxel.directory.rights import Rights

APPROVED = Exemption.Decision.APPROVED


def published(person: Person) -> frozenset[str]:
    """Values of ``Published`` that the public may know. Reads ``exemptions``, which may be prefetched."""
    if person.protected:
        return frozenset()
    exempt = {one.what for one in person.exemptions.all() if one.decision == APPROVED}
    return frozenset(Published.values) - exempt


def public_people(organisation: Organisation) -> QuerySet[Person]:
    """Those of whom anything may be published, who still work there, with their exemptions at hand."""
    today = today_in(organisation.time_zone)
    people = Person.objects.filter(Q(last_day=None) | Q(last_day__gte=today), organisation=organisation)
    return people.filter(protected=False).prefetch_related("exemptions")


def ask(person: Person, by: By, what: str, reason: str) -> Exemption:
    """Ask that ``what`` of ``person`` isn't published any longer. Asked again, a refused one is open again. Raises ``ValidationError``."""
    reason = " ".join(reason.replace("\x00", "").split())
    errors: dict[str, list[str]] = {}
    if what not in Published.values:
        errors["what"] = [_("Choose from the list what shall not be published.")]
    if not reason:
        errors["reason"] = [_("Write why: the head decides by it.")]
    elif len(reason) > 300:
        errors["reason"] = [_("Write at most 300 characters.")]
    try:
        refuse_identity_numbers(reason)
    except ValidationError as error:
        errors["reason"] = error.messages
    if errors:
        raise ValidationError(errors)
    with acting(by), transaction.atomic():
        found = Exemption.objects.select_for_update().filter(person=person, what=what).first()
        exemption = found or Exemption(person=person, what=what)
        if exemption.decision == APPROVED:
            return exemption
        exemption.reason, exemption.asked_by, exemption.asked_at = reason, by.name[:150], timezone.now()
        exemption.decision, exemption.decided_by, exemption.decided_at = Exemption.Decision.OPEN, "", None
        exemption.answer = ""
        exemption.save()
    return exemption


def decide(exemption: Exemption, by: By, *, approved: bool, answer: str = "") -> Exemption:
    """The head approves or refuses. Raises ``ValidationError`` when a refusal says no reason."""
    answer = " ".join(answer.replace("\x00", "").split())[:300]
    if not approved and not answer:
        raise ValidationError({"answer": _("Write why it is refused.")})
    refuse_identity_numbers(answer)
    with acting(by), transaction.atomic():
        exemption.decision = APPROVED if approved else Exemption.Decision.REFUSED
        exemption.decided_by, exemption.decided_at, exemption.answer = by.name[:150], timezone.now(), answer
        exemption.save()
    return exemption


def withdraw(exemption: Exemption, by: By) -> None:
    """It is published again."""
    with acting(by), transaction.atomic():
        exemption.delete()


def may_decide(rights: Rights, person: Person) -> bool:
    """Heads decide for those below them, not for themselves."""
    own = rights.actor.person is not None and rights.actor.person.pk == person.pk
    return rights.everything or (not own and rights.leads_unit(person.unit, person.organisation_id))
