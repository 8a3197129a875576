# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What those who answer for a unit may change of it: how it is reached, what it does, where it wants its calls (AAB-25, AAB-29).

Each checks, writes in a transaction, and is published to the controller when that is committed. All raise ``ValidationError``, by field.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.directory.audit import By, acting
from vaxel.directory.guard import guarded
from vaxel.directory.identity_numbers import refuse_identity_numbers
from vaxel.directory.keys import row
from vaxel.directory.models import Person, Place, Unit
from vaxel.directory.numbers import international

LONGEST_TEXT = 1000


class UnitPlan(Struct, frozen=True, kw_only=True):
    """A unit as somebody wants it. Numbers as they are written; ``transfer`` is a person's key or a number, "" for whom is asked.

    ``place`` is the name of a house or site, made if it is new; ``address`` where it is.
    """

    description: str = ""
    number: str = ""
    email: str = ""
    place: str = ""
    address: str = ""
    transfer: str = ""


def change_unit(unit: Unit, by: By, plan: UnitPlan) -> Unit:
    """Everything in ``plan``; the name and what the unit belongs to are the administration's."""
    errors: dict[str, list[str]] = {}
    unit.description, unit.email = _lines(plan.description), plan.email.strip()
    unit.number = read_number(plan.number, unit, "number", errors)
    _transfer(unit, plan.transfer, errors)
    place, address = _line(plan.place), _line(plan.address)
    if address and not place:
        errors["place"] = [_("Write what the place is called.")]
    if len(place) > 120 or len(address) > 200:
        errors["place"] = [_("Name or address of the place is too long.")]
    if len(unit.description) > LONGEST_TEXT:
        errors["description"] = [_("Write at most %(most)d characters.") % {"most": LONGEST_TEXT}]
    try:
        refuse_identity_numbers(unit.description)
    except ValidationError as error:
        errors["description"] = error.messages
    _check(unit, errors)
    with acting(by), guarded(unit.organisation_id):
        unit.place = place_named(unit.organisation_id, place, address)
        unit.save()
    return unit


def review(unit: Unit, by: By) -> Unit:
    """Somebody has looked: what the directory says of the unit and of everybody in it is right (SOL-5)."""
    now = timezone.now()
    with acting(by), transaction.atomic():
        unit.reviewed_at, unit.reviewed_by = now, by.name[:150]
        unit.save(update_fields=["reviewed_at", "reviewed_by"])
        # One line in the record for the unit tells it; hundreds for its people would tell no more.
        unit.people.update(reviewed_at=now, reviewed_by=by.name[:150])
    return unit


def place_named(organisation: str, name: str, address: str) -> Place | None:
    """The place with this name, made if there is none; its address is changed when another is given."""
    if not name:
        return None
    place, made = Place.objects.get_or_create(organisation_id=organisation, name=name, defaults={"address": address})
    if not made and address and place.address != address:
        place.address = address
        place.save()
    return place


def read_number(text: str, unit: Unit, field: str, errors: dict[str, list[str]]) -> str:
    """What was written, as E.164 digits; "" for nothing."""
    if not text.strip():
        return ""
    try:
        return international(text, unit.organisation.country)
    except ValueError:
        errors[field] = [_("Write the number as it is dialled, or in international form with +.")]
        return ""


def _transfer(unit: Unit, to: str, errors: dict[str, list[str]]) -> None:
    unit.transfer_person, unit.transfer_number = None, ""
    pk = row(to, "p")
    if pk is None:
        unit.transfer_number = read_number(to, unit, "transfer", errors)
        return
    unit.transfer_person = Person.objects.filter(pk=pk, organisation=unit.organisation_id).first()
    if unit.transfer_person is None:
        errors["transfer"] = [_("Choose somebody who works for the same organisation.")]


def _check(unit: Unit, errors: dict[str, list[str]]) -> None:
    try:
        unit.full_clean(exclude=["organisation", "name", "parent", "place"])
    except ValidationError as error:
        for field, told in error.message_dict.items():
            shown = "transfer" if field.startswith("transfer_") else field
            errors.setdefault(shown, told)
    if errors:
        raise ValidationError(errors)


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


def _lines(text: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.replace("\x00", "").splitlines())))
