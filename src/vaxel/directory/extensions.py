# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done to telephone numbers: give one to the switchboard, a person or a group, and take it out again.

Each checks, writes in a transaction, and is published to the controller when that is committed. All raise ``ValidationError``, by field;
without a field when the change would leave callers ringing (``directory.guard``).
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vaxel.directory.audit import By, acting
from vaxel.directory.guard import guarded
from vaxel.directory.models import Group, Number, NumberKind, Organisation, Person
from vaxel.directory.numbers import international

Owner = Organisation | Group | Person


def give_number(owner: Owner, by: By, text: str) -> Number:
    """Calls to the number, as somebody wrote it, go to ``owner`` from now on. One that is somebody's already moves."""
    number = prepared(owner, text)
    home = number.organisation_id
    with acting(by), guarded(home):
        number.save()
    return number


def prepared(owner: Owner, text: str) -> Number:
    """The number as it would be, checked but not saved."""
    home = owner if isinstance(owner, Organisation) else owner.organisation
    try:
        digits = international(text, home.country)
    except ValueError as error:
        told = _("“%(text)s” is not a telephone number. Write it like +46 980 31 92 01.")
        raise ValidationError({"number": told % {"text": text[:40]}}) from error
    number = Number.objects.filter(number=digits).first() or Number(number=digits, organisation=home)
    if number.organisation_id != home.pk:
        raise ValidationError({"number": _("The number belongs to another organisation.")})
    _give(number, owner)
    try:
        number.full_clean()
    except ValidationError as error:
        raise ValidationError({"number": error.messages}) from error
    return number


def _give(number: Number, owner: Owner) -> None:
    number.person = number.group = None
    match owner:
        case Organisation():
            number.kind = NumberKind.MAIN
        case Group():
            number.kind, number.group = NumberKind.GROUP, owner
        case Person():
            number.kind, number.person = NumberKind.DIRECT, owner


def remove_number(number: Number, by: By) -> None:
    """Nobody can be reached by it any longer. The last main number of an organisation stays."""
    mains = Number.objects.filter(organisation=number.organisation_id, kind=NumberKind.MAIN)
    if number.kind == NumberKind.MAIN and not mains.exclude(pk=number.pk).exists():
        raise ValidationError({"number": _("This is the only main number: give the switchboard another one first.")})
    with acting(by), guarded(number.organisation_id):
        number.delete()
