# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping one's own recording of a prompt, and going back to the synthesised one. Who does it is audited (``directory.audit``)."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from vaxel.directory.audit import By, acting
from vaxel.directory.keys import row
from vaxel.directory.models import ANNOUNCED, Group, Organisation, Person
from vaxel.domain.phrases import LANGUAGES, texts
from vaxel.prompts import files, sound
from vaxel.prompts.models import Recording
from vaxel.telephony.media import GREETING, NAME, WELCOME, spoken

_OF_SOMEBODY = re.compile(f"({NAME}|{GREETING})([pg][0-9]{{1,18}})")


def can_be_recorded(name: str, language: str) -> bool:
    """Is it a prompt that callers of ``language`` may hear?"""
    # One that isn't synthesised has the fragments of a Nordic language.
    return name == WELCOME or name in texts(language if language in LANGUAGES else "nb")


def keep(organisation: Organisation, name: str, data: bytes, by: By, language: str = "") -> Recording:
    """Use a sound file instead of the prompt ``name`` (a fragment, ``welcome``, ``name-p12`` or ``greeting-p12``).

    ``language`` is "" for the organisation's own. Raises ``ValidationError`` with the reason, in the reader's language.
    """
    samples = sound.read(data)
    if language == organisation.language:
        language = ""
    if language and language not in ANNOUNCED:
        raise ValidationError(_("There are no announcements in “%(language)s”."), params={"language": language})
    owner = owner_of(organisation, name)
    if owner is None and not can_be_recorded(name, language or spoken(organisation.language)):
        raise ValidationError(_("There is no announcement called “%(name)s”."), params={"name": name})
    with acting(by), transaction.atomic():
        recording, _made = Recording.objects.update_or_create(
            organisation=organisation,
            language=language,
            name=name,
            defaults={
                "seconds": sound.seconds(samples),
                "person": owner if isinstance(owner, Person) else None,
                "group": owner if isinstance(owner, Group) else None,
            },
        )
        sound.keep(samples, files.folder() / recording.place)
        _greeting_is_there(recording, True)
    return recording


def revert(recording: Recording, by: By) -> None:
    """Back to the synthesised prompt; of a greeting to name and sentence."""
    with acting(by), transaction.atomic():
        recording.delete()
        _greeting_is_there(recording, False)


def owner_of(organisation: Organisation, name: str) -> Person | Group | None:
    """Whose name or greeting a prompt is; None when it is nobody's here."""
    match = _OF_SOMEBODY.fullmatch(name)
    if match is None:
        return None
    kind, key = match.groups()
    if (person := row(key, "p")) is not None:
        return Person.objects.filter(organisation=organisation, pk=person).first()
    group = row(key, "g") if kind == NAME else None
    return None if group is None else Group.objects.filter(organisation=organisation, pk=group).first()


def _greeting_is_there(recording: Recording, there: bool) -> None:
    person = recording.person
    if person is not None and recording.name.startswith(GREETING) and person.has_greeting is not there:
        person.has_greeting = there
        person.save(update_fields=["has_greeting"])
