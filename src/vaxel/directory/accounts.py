# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody new gets: a user of the pages who chooses her own password by a link, and a telephone (AAB-33).

Nobody chooses a password for somebody else. The link is good once, for three days (``PASSWORD_RESET_TIMEOUT``), and only for a user who
has no password yet.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.text import slugify
from django.utils.translation import gettext as _

from vaxel.directory.audit import By, acting
from vaxel.directory.models import Person, Phone, PhoneKind, User, new_password
from vaxel.directory.text import spellings


def new_user(person: Person) -> User:
    """A user of ``person`` without a password, under a name of her own."""
    first, _space, last = person.name.rpartition(" ")
    user = User(
        username=_free(_plain(person), lambda name: User.objects.filter(username__iexact=name).exists()),
        first_name=first[:150],
        last_name=last[:150],
        email=person.email,
    )
    user.set_unusable_password()
    user.save()
    return user


def new_telephone(person: Person) -> Phone:
    """A desk telephone of ``person``, with a SIP account of its own."""
    user = _free(f"{person.organisation_id}-{_plain(person)}", lambda name: Phone.objects.filter(user=name).exists())
    phone = Phone(user=user, organisation=person.organisation, person=person, kind=PhoneKind.DESK)
    phone.full_clean(exclude=["organisation", "person"])
    phone.save()
    return phone


def invitation(user: User) -> tuple[str, str]:
    """The two parts of the link by which ``user`` chooses a password. Raises ``ValidationError`` when she has one."""
    if user.has_usable_password() or not user.is_active:
        raise ValidationError(_("%(user)s has a password already, or may no longer log in.") % {"user": user.username})
    return urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)


def renewed_password(phone: Phone, by: By) -> str:
    """A new SIP password of ``phone``: the old one stops at once."""
    with acting(by):
        phone.password = new_password()
        phone.save(update_fields=["password"])
    return phone.password


def _plain(person: Person) -> str:
    """“Åsa Öberg” → “asa.oberg”."""
    return slugify(spellings(person.name)[0]).replace("-", ".")[:40] or "user"


def _free(wanted: str, taken: Callable[[str], bool]) -> str:
    """``wanted``, with a number behind it when somebody has it."""
    name, n = wanted, 1
    while taken(name):
        n += 1
        name = f"{wanted}{n}"
    return name
