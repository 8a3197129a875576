# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be changed of a person in the directory: by herself whether calls may be sent to her mobile (GNO-15), by her and by those who
answer for her unit what she does, how she is reached, and what citizens may be told.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from msgspec import Struct

from vaxel.directory.audit import By, acting
from vaxel.directory.guard import guarded
from vaxel.directory.hours import today_in
from vaxel.directory.identity_numbers import refuse_identity_numbers
from vaxel.directory.keys import row
from vaxel.directory.models import FunctionRole, FurtherFunction, Person, Substitute
from vaxel.directory.numbers import international, readable
from vaxel.directory.units import LONGEST_TEXT, place_named


class PersonPlan(Struct, frozen=True, kw_only=True):
    """A person as she, or somebody who answers for her unit, wants her in the directory.

    ``functions`` are those beside the main one, ``stands_in`` those in which she helps colleagues. ``substitute`` is a person's key; its
    days are None for always.
    """

    title: str = ""
    initials: str = ""
    tasks: str = ""
    search_words: str = ""
    function: str = ""
    functions: tuple[str, ...] = ()
    stands_in: tuple[str, ...] = ()
    place: str = ""
    room: str = ""
    prefers: str = ""
    may_tell: str = ""
    note: str = ""
    substitute: str = ""
    substitute_first: date | None = None
    substitute_last: date | None = None


WRITTEN = ("title", "initials", "tasks", "search_words", "function", "room", "prefers", "may_tell", "note")


def describe(person: Person, by: By, plan: PersonPlan) -> Person:
    """Everything in ``plan``. Functions that would leave callers ringing are taken back. Raises ``ValidationError``, by field."""
    errors: dict[str, list[str]] = {}
    for field in WRITTEN:
        setattr(person, field, " ".join(str(getattr(plan, field)).replace("\x00", "").split()))
        try:
            refuse_identity_numbers(getattr(person, field))
        except ValidationError as error:
            errors[field] = error.messages
    try:
        person.clean_fields(exclude=_others())
    except ValidationError as error:
        errors |= error.message_dict
    for field in ("tasks", "search_words"):
        if len(getattr(person, field)) > LONGEST_TEXT:
            errors[field] = [_("Write at most %(most)d characters.") % {"most": LONGEST_TEXT}]
    more, helps = _named(plan.functions, person), _named(plan.stands_in, person)
    if any(len(name) > 80 for name in (*more, *helps)):
        errors["functions"] = [_("Write at most 80 characters for a function.")]
    substitute = _substitute(person, plan, errors)
    if errors:
        raise ValidationError(errors)
    with acting(by), guarded(person.organisation_id):
        person.place = place_named(person.organisation_id, " ".join(plan.place.split())[:120], "")
        person.save()
        write_functions(person, more, [name for name in helps if name not in more])
        _write_substitute(person, substitute)
    return person


def _others() -> list[str]:
    return [field.name for field in Person._meta.concrete_fields if field.name not in WRITTEN]


def _named(names: tuple[str, ...], person: Person) -> list[str]:
    found = (" ".join(name.replace("\x00", "").split()) for name in names)
    return [name for name in dict.fromkeys(found) if name and name != person.function]


def _substitute(person: Person, plan: PersonPlan, errors: dict[str, list[str]]) -> Substitute | None:
    if not plan.substitute:
        return None
    colleagues = Person.objects.filter(organisation=person.organisation_id)
    found = colleagues.filter(pk=row(plan.substitute, "p") or 0).first()
    if found is None:
        errors["substitute"] = [_("Choose a colleague who works for the same organisation.")]
        return None
    wanted = Substitute(person=person, substitute=found, first_day=plan.substitute_first, last_day=plan.substitute_last)
    try:
        wanted.clean()
    except ValidationError as error:
        for field, told in error.message_dict.items():
            errors[f"substitute_{field.removesuffix('_day')}" if field.endswith("_day") else field] = told
    return wanted


def write_functions(person: Person, more: list[str], helps: list[str]) -> None:
    """Beside the main one: those that she has, and those in which she stands in. No others stay."""
    known = {one.name: one for one in person.further_functions.all()}
    wanted = {**dict.fromkeys(more, FunctionRole.DOES), **dict.fromkeys(helps, FunctionRole.STANDS_IN)}
    for name, one in known.items():
        if name not in wanted:
            one.delete()
    for name, role in wanted.items():
        further = known.get(name) or FurtherFunction(person=person, name=name)
        if further.pk is None or further.role != role:
            further.role = role
            further.save()


def _write_substitute(person: Person, wanted: Substitute | None) -> None:
    """The page shows and changes the first one; a longer list of periods comes from imports, and goes as a whole."""
    known = list(person.substitutes.all())
    if wanted is None:
        write_substitutes(person, [])
        return
    mine = known[0] if known else Substitute(person=person)
    before = (mine.substitute_id, mine.first_day, mine.last_day)
    mine.substitute, mine.first_day, mine.last_day = wanted.substitute, wanted.first_day, wanted.last_day
    if mine.pk is None or before != (mine.substitute_id, mine.first_day, mine.last_day):
        mine.save()


def write_substitutes(person: Person, wanted: list[Substitute]) -> None:
    """Those who stand in for her, and no others: rows that aren't saved yet. What is there already stays as it is."""

    def told(one: Substitute) -> tuple[int, date | None, date | None]:
        return one.substitute_id, one.first_day, one.last_day

    known = {told(one): one for one in person.substitutes.all()}
    for key in known.keys() - {told(one) for one in wanted}:
        known[key].delete()
    for one in wanted:
        if told(one) not in known:
            one.save()


def agree_to_mobile(person: Person, by: By, number: str) -> Person:
    """She agrees that calls are sent to her mobile ``number`` (as written). Callers never learn it. Raises ``ValidationError``."""
    try:
        digits = international(number, person.organisation.country)
    except ValueError as error:
        raise ValidationError({"mobile": _("Write the number like 070-174 06 05 or +46 70 174 06 05.")}) from error
    if person.organisation.numbers.filter(number=digits).exists():
        raise ValidationError({"mobile": _("That is a number of the switchboard, not a mobile.")})
    with acting(by), transaction.atomic():
        person.mobile = digits
        person.mobile_consent = today_in(person.organisation.time_zone)
        person.save(update_fields=["mobile", "mobile_consent"])
    return person


def take_back_mobile(person: Person, by: By) -> Person:
    """No call is sent to her mobile any longer, from this moment on. Absences that refer there go to her voicemail."""
    with acting(by), transaction.atomic():
        person.mobile_consent = None
        person.save(update_fields=["mobile_consent"])
    return person


def tell_mobile(person: Person, by: By, *, told: bool) -> Person:
    """She agrees that the number of her mobile itself is given out, or takes that back (GNO-15). Raises ``ValidationError``."""
    if told and not person.mobile:
        raise ValidationError({"mobile": _("There is no mobile number to which she could have agreed.")})
    with acting(by), transaction.atomic():
        person.mobile_told = today_in(person.organisation.time_zone) if told else None
        person.save(update_fields=["mobile_told"])
    return person


def confirm_mobile_greeting(person: Person, by: By) -> Person:
    """Somebody has heard it: the mobile's voicemail greets as it should (GNO-20)."""
    with acting(by), transaction.atomic():
        person.mobile_greeting = today_in(person.organisation.time_zone)
        person.save(update_fields=["mobile_greeting"])
    return person


def mobile_greeting_words(person: Person) -> str:
    """What to say on it, in the municipality's language: name, workplace, municipality and where else to turn (GNO-20)."""
    home = person.organisation
    values = {
        "name": person.name,
        "unit": person.unit.name if person.unit else home.name,
        "organisation": home.name,
        "number": readable((person.unit.number if person.unit else "") or home.main_number),
    }
    with override(home.language):
        told = _(
            "You have reached %(name)s, %(unit)s, %(organisation)s. I can't answer just now. Leave a message, or ring %(number)s."
        )
        return told % values
