# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A notice or an answer as somebody wants it, and what is wrong with it. All raise ``ValidationError``, by field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.directory import current
from vaxel.directory.identity_numbers import refuse_identity_numbers
from vaxel.directory.keys import row
from vaxel.directory.models import Organisation, Person, Unit
from vaxel.domain.absence import away
from vaxel.notices.models import Kind, Notice, lines
from vaxel.policy import selectors as policies
from vaxel.policy.faults import PolicyError

PRESS_RELEASE_DAYS = 14
"""So long a press release is at hand, unless it is told otherwise."""
LONGEST = timedelta(days=731)
MOST_PEOPLE = 50
MOST_PHRASES = 40


class NoticePlan(Struct, frozen=True, kw_only=True):
    """``words`` are phrases; ``unit`` and ``people`` keys. ``begins`` None: now. ``ends`` None: until it is withdrawn."""

    kind: str
    title: str
    text: str = ""
    answer: str = ""
    words: Sequence[str] = ()
    unit: str = ""
    people: Sequence[str] = ()
    cover: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    link: str = ""


class AnswerPlan(Struct, frozen=True, kw_only=True):
    """``words`` are phrases, ``unit`` a key. ``valid_until`` None: until it is withdrawn."""

    question: str
    text: str
    task: str = ""
    words: Sequence[str] = ()
    unit: str = ""
    valid_until: date | None = None


class Faults:
    """What is wrong, by field, until all has been looked at."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}

    def add(self, field: str, told: str) -> None:
        self.found.setdefault(field, []).append(told)

    def text(self, field: str, text: str, most: int) -> None:
        """Free text: not too long, and without identity numbers."""
        if len(text) > most:
            self.add(field, _("Write at most %(most)d characters.") % {"most": most})
        try:
            refuse_identity_numbers(text)
        except ValidationError as error:
            self.found.setdefault(field, []).extend(error.messages)

    def raise_any(self) -> None:
        if self.found:
            raise ValidationError(self.found)


def filled(notice: Notice, plan: NoticePlan) -> list[Person]:
    """Put ``plan`` into ``notice``, checked but not saved; return its people."""
    faults, now = Faults(), timezone.now()
    begins = plan.begins or (notice.begins if notice.pk else now)
    notice.kind = _kind(notice, plan, faults)
    notice.title, notice.text, notice.answer = one_line(plan.title), written(plan.text), written(plan.answer)
    notice.words, notice.cover = phrases(plan.words, faults), one_line(plan.cover)
    notice.link = one_line(plan.link)
    notice.unit = unit_of(notice.organisation, plan.unit, faults)
    notice.begins, notice.ends = begins, plan.ends
    if plan.ends is None and plan.kind == Kind.PRESS_RELEASE:
        notice.ends = begins + timedelta(days=PRESS_RELEASE_DAYS)
    _check_texts(notice, faults)
    _check_times(notice, now, faults)
    people = _people(notice.organisation, plan.people, faults)
    _check_cover(notice, people, faults)
    faults.raise_any()
    return people


def _kind(notice: Notice, plan: NoticePlan, faults: Faults) -> str:
    by_itself = Kind.TEMPORARY_HOURS
    if plan.kind not in Kind.values:
        faults.add("kind", _("Choose what kind of notice it is."))
    elif plan.kind == by_itself and notice.kind != by_itself:
        faults.add("kind", _("Enter an exception from the opening hours: it becomes a notice by itself."))
    return plan.kind


def _check_texts(notice: Notice, faults: Faults) -> None:
    if not notice.title:
        faults.add("title", _("Write in a few words what it is about."))
    for field, most in (("title", 160), ("text", 8000), ("answer", 4000), ("words", 1000), ("cover", 200)):
        faults.text(field, getattr(notice, field), most)
    if notice.link and not notice.link.startswith(("https://", "http://")):
        faults.add("link", _("Write the whole address, with https:// in front."))
    elif len(notice.link) > 500:
        faults.add("link", _("Write at most %(most)d characters.") % {"most": 500})


def _check_times(notice: Notice, now: datetime, faults: Faults) -> None:
    if notice.ends is None:
        return
    if notice.ends <= notice.begins:
        faults.add("ends", _("It ends before it begins."))
    elif notice.ends <= now:
        faults.add("ends", _("This time has already passed."))
    elif notice.ends - notice.begins > LONGEST:
        faults.add("ends", _("A notice lasts two years at most."))


def _people(home: Organisation, keys: Sequence[str], faults: Faults) -> list[Person]:
    wanted = list(dict.fromkeys(key for key in keys if key))
    if len(wanted) > MOST_PEOPLE:
        faults.add("people", _("Name at most %(most)d people.") % {"most": MOST_PEOPLE})
        return []
    known = Person.objects.filter(organisation=home, protected=False).in_bulk([row(key, "p") or 0 for key in wanted])
    if len(known) < len(wanted):
        faults.add("people", _("Choose people who work for the organisation."))
    return [known[id_] for key in wanted if (id_ := row(key, "p") or 0) in known]


def _check_cover(notice: Notice, people: list[Person], faults: Faults) -> None:
    """Expected calls need people who are present (AAB-30), where the policy wants it."""
    if notice.kind != Kind.EXPECTED_CALLS:
        return
    clause = clause_of(notice.organisation_id, "expected-calls")
    if clause and not people and "people" not in faults.found:
        told = _("Name those who are present to answer the calls (%(clause)s).")
        faults.add("people", told % {"clause": clause})
    if clause:
        for told in absent(people, notice.begins):
            faults.add("people", told)


def absent(people: Iterable[Person], at: datetime) -> list[str]:
    """A sentence for each of ``people`` who isn't there at ``at``."""
    world = current.world()
    found = []
    for person in people:
        if person.last_day is not None and person.last_day < at.date():
            found.append(_("%(name)s has left by then: name somebody else.") % {"name": person.name})
            continue
        known = away(world.absences.get(person.key, ()), at.timestamp())
        if known is not None:
            until = date_format(timezone.localtime(datetime.fromtimestamp(known.end, at.tzinfo))) if known.end else ""
            told = _("%(name)s is away then, until %(until)s: name somebody else, or another day.")
            further = _("%(name)s is away then, until further notice: name somebody else.")
            found.append((told if until else further) % {"name": person.name, "until": until})
    return found


def clause_of(organisation: str, control: str) -> str:
    """The clause of the policy in force that uses ``control``; "" when none does."""
    version = policies.in_force(organisation, timezone.now())
    if version is None:
        return ""
    try:
        policy = policies.document(version.text)
    except PolicyError:
        return ""
    return next((clause.id for clause, used in policy.controls() if used.use == control), "")


def unit_of(home: Organisation, key: str, faults: Faults) -> Unit | None:
    if not key:
        return None
    found = Unit.objects.filter(organisation=home, pk=row(key, "u") or 0).first()
    if found is None:
        faults.add("unit", _("Choose a unit of the organisation."))
    return found


def phrases(words: Sequence[str], faults: Faults) -> str:
    found = list(dict.fromkeys(phrase for word in words for phrase in lines(word.replace("\x00", ""))))
    if len(found) > MOST_PHRASES:
        faults.add("words", _("Write at most %(most)d subject words.") % {"most": MOST_PHRASES})
    return "\n".join(found)


def one_line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


def written(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()
