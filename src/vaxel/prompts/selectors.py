# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be heard in an organisation: each prompt with its words and, if there is one, the organisation's own recording."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vaxel.directory.models import Group, Organisation, Person
from vaxel.domain import northern_sami
from vaxel.domain.phrases import LANGUAGES, ON_TELEPHONES, texts
from vaxel.prompts import files
from vaxel.prompts.actions import can_be_recorded, owner_of
from vaxel.prompts.models import Recording
from vaxel.telephony.media import GREETING, NAME, WELCOME, spoken

SECTIONS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("Choices"), ("option-", "star", "hash")),
    (_("Somebody is absent"), ("absent-", "somebody", "back", "until", "has-left")),
    (_("Days and months"), ("today", "tomorrow", "date-", "on-", "month-", "century", "midnight")),
    (_("The clock"), ("hour-", "at-", "am", "pm", "minute-")),
    (_("Numbers"), ("number-",)),
)
"""Title → beginnings of the names in it; weekdays' bare names are found by their ``on-``."""

LANGUAGE_NAMES = {
    "sv": "Svenska",
    "nb": "Norsk bokmål",
    "da": "Dansk",
    "en": "English",
    "se": "Davvisámegiella",
}
"""Each in its own words."""


@dataclass(frozen=True)
class Prompt:
    """``text`` is what is said; ``language`` the one it is in; ``translate``: the text is Norwegian still, to be translated when read.

    ``owner``: whose name or greeting it is.
    """

    organisation: Organisation
    language: str
    name: str
    text: str
    recording: Recording | None = None
    translate: bool = False
    owner: Person | Group | None = None

    @property
    def synthesised(self) -> Path | None:
        """The file that callers hear without an own recording; None when there is none."""
        home, key = self.organisation.pk, self.name.removeprefix(NAME)
        if self.name.startswith(GREETING) or self.language not in LANGUAGES:
            return None
        place = f"{self.language}/{self.name}"
        if self.name == WELCOME:
            place = f"{self.language}/{WELCOME}-{home}"
        elif self.name.startswith(NAME):
            place = f"names/{home}/{key}"
        path = files.folder() / f"{place}.wav"
        return path if path.is_file() else None

    @property
    def own(self) -> Path | None:
        path = files.folder() / f"{self.recording.place}.wav" if self.recording else None
        return path if path is not None and path.is_file() else None


def languages(organisation: Organisation) -> tuple[str, ...]:
    """Those in which its callers hear announcements, its own first."""
    return tuple(dict.fromkeys((organisation.language, *organisation.announced_in.split())))


def listed(organisation: Organisation, language: str) -> list[tuple[str, list[Prompt]]]:
    """Sections with their prompts, but for names and greetings."""
    recordings = {found.name: found for found in _recordings(organisation, language)}
    all_ = [_prompt(organisation, language, name, recordings.get(name)) for name in _names(language)]
    sections: dict[str, list[Prompt]] = {}
    for prompt in all_:
        sections.setdefault(_section(prompt.name), []).append(prompt)
    return list(sections.items())


THOUSAND = 1000
"""Numbers for each language of an organisation."""


def number(prompt: Prompt) -> int | None:
    """By which an announcement is recorded on a telephone; None for names and greetings, which have codes of their own."""
    spoken_in, names = languages(prompt.organisation), list(_names(prompt.language))
    if prompt.language not in spoken_in or prompt.name not in names:
        return None
    return spoken_in.index(prompt.language) * THOUSAND + names.index(prompt.name) + 1


def numbered(organisation: Organisation, n: int) -> tuple[str, str] | None:
    """(language, name) of the announcement with number ``n``."""
    place, within = divmod(n, THOUSAND)
    spoken_in = languages(organisation)
    if place >= len(spoken_in):
        return None
    names = list(_names(spoken_in[place]))
    return (spoken_in[place], names[within - 1]) if 1 <= within <= len(names) else None


def _names(language: str) -> Iterator[str]:
    yield WELCOME
    yield from texts(language if language in LANGUAGES else "nb")


def _section(name: str) -> str:
    for title, beginnings in SECTIONS:
        if any(name == beginning or (beginning[-1] == "-" and name.startswith(beginning)) for beginning in beginnings):
            return str(title)
    if f"on-{name}" in texts("nb"):
        return str(SECTIONS[2][0])
    return str(_("On employees' telephones") if name in ON_TELEPHONES else _("Sentences"))


def _recordings(organisation: Organisation, language: str) -> list[Recording]:
    own = "" if language == organisation.language else language
    return list(Recording.objects.filter(organisation=organisation, language=own, person=None, group=None))


def _prompt(organisation: Organisation, language: str, name: str, recording: Recording | None) -> Prompt:
    text, translate = _text(organisation, language, name)
    return Prompt(organisation, language, name, text, recording, translate)


def _text(organisation: Organisation, language: str, name: str) -> tuple[str, bool]:
    if language not in LANGUAGES:
        known = northern_sami.TEXTS.get(name)
        return (known, False) if known else (texts("nb").get(name, organisation.welcome_phrase), True)
    return (organisation.welcome_phrase if name == WELCOME else texts(language)[name]), False


def prompt(organisation: Organisation, language: str, name: str) -> Prompt | None:
    """One prompt, also a name or greeting (in the organisation's language); None when there is none of that name."""
    if language not in languages(organisation):
        return None
    owner = owner_of(organisation, name)
    if owner is not None:
        return None if language != organisation.language else _of_somebody(organisation, name, owner)
    if not can_be_recorded(name, language):
        return None
    recording = next((found for found in _recordings(organisation, language) if found.name == name), None)
    return _prompt(organisation, language, name, recording)


def _of_somebody(organisation: Organisation, name: str, owner: Person | Group) -> Prompt:
    recording = Recording.objects.filter(organisation=organisation, language="", name=name).first()
    said = texts(spoken(organisation.language))
    text = f"{owner.name} {said['voicemail-greeting']}" if name.startswith(GREETING) else owner.name
    return Prompt(organisation, organisation.language, name, text, recording, owner=owner)


def of_person(person: Person) -> list[Prompt]:
    """Her name, unless it isn't said, and her greeting."""
    kinds = (GREETING,) if person.protected else (NAME, GREETING)
    return [_of_somebody(person.organisation, f"{kind}{person.key}", person) for kind in kinds]
