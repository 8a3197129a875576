# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/directory/search`` of the REST API: people, groups and units, while somebody types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.params.functions import Query as QueryField

from vaxel.absence.presence import Presence, presences
from vaxel.absence.schemas import PresenceOut, presence_out
from vaxel.calls import habits
from vaxel.directory import audit
from vaxel.directory.access import Actor
from vaxel.directory.keys import row
from vaxel.directory.models import Group, Membership, Person, Unit
from vaxel.directory.protection import READ_ONCE_IN
from vaxel.directory.search import live
from vaxel.directory.search.documents import phrase
from vaxel.directory.search.index import Asking, Match
from vaxel.directory.search.ranking import Field
from vaxel.directory.search.turns import Turns
from vaxel.site.api.auth import operator_of
from vaxel.site.api.types import OrganisationId

router = Router(tags=["directory"])

TURNS = Turns()

Kind = Literal["person", "group", "unit"]


class MatchedOut(Schema):
    """Why it was found: the field, and what stands there."""

    field: Literal["name", "initials", "function", "task", "search_word", "title", "unit", "place", "number", "email"]
    text: str


class HitOut(Schema):
    """Somebody in the directory. ``id`` of a person may be given as ``to`` of a transfer or a message; a group's or unit's ``number`` of a
    transfer. ``presence`` is null for a unit, and for a group tells whether any member is here who gets its calls.
    """

    id: str
    kind: Kind
    organisation: str
    name: str
    title: str
    unit: str
    function: str
    number: str
    email: str
    tasks: str
    presence: PresenceOut | None
    matched: MatchedOut
    protected: bool


class Found(Schema):
    items: list[HitOut]


class Question(Schema):
    q: str = QueryField("", max_length=10_000, description="Beginnings of words in any order, a number, a question.")
    call: str = QueryField("", max_length=80, description="The call being handled: its caller's history ranks.")
    typing: str = QueryField(
        "",
        max_length=40,
        description="Any name for the box: a search in it that is superseded before its turn finds nobody.",
    )
    limit: int = QueryField(20, ge=1, le=100, description="How many at most.")


@router.get(
    "/directory/search",
    response=Found,
    summary="Find people, groups and units",
    description="Best first, with forgiveness for typing errors. `organisation` is where the caller's call belongs: its people come first.",
)
def search_directory(request: HttpRequest, question: Query[Question], organisation: OrganisationId = "") -> Any:
    actor, operator = operator_of(request)
    home = next(iter(actor.chosen(organisation))) if organisation else ""
    now = timezone.now()
    asking = Asking(
        organisations=actor.organisations,
        now=now.timestamp(),
        home=home,
        protected=actor.finds_protected,
        likely=habits.likely(operator, actor.organisations, question.call, now),
        limit=question.limit,
    )
    index = live.index()
    with TURNS.turn(question.typing and f"{operator.key} {question.typing}") as wanted:
        found = index.search(question.q, asking) if wanted else []
    return {"items": _shown(found, actor)}


def _shown(found: list[Match], actor: Actor) -> list[dict[str, Any]]:
    """The rows of what was found, read under the same limits once more: what has been deleted meanwhile is left out."""
    people = _people(found, actor)
    groups = {
        one.key: one for one in _rows(found, "g", Group, actor).select_related("unit").prefetch_related("numbers")
    }
    units = {one.key: one for one in _units(found, actor)}
    here = presences(people.values())
    members = _members_here(groups.values())
    items = []
    for match in found:
        if match.key in people:
            person = people[match.key]
            items.append(_person_out(person, here[person.pk], match))
        elif match.key in groups:
            items.append(_group_out(groups[match.key], members.get(match.key), match))
        elif match.key in units:
            items.append(_unit_out(units[match.key], match))
    for person in people.values():
        if person.protected:
            audit.record_read(person, once_in=READ_ONCE_IN)
    return items


def _rows(found: list[Match], letter: str, model: Any, actor: Actor) -> Any:
    rows = [number for match in found if (number := row(match.key, letter)) is not None]
    return model.objects.filter(pk__in=rows, organisation__in=actor.organisations)


def _people(found: list[Match], actor: Actor) -> dict[str, Person]:
    people = _rows(found, "p", Person, actor).select_related("unit", "successor").prefetch_related("numbers")
    return {one.key: one for one in (people if actor.finds_protected else people.filter(protected=False))}


def _units(found: list[Match], actor: Actor) -> Iterable[Unit]:
    units: Any = _rows(found, "u", Unit, actor).select_related("parent", "transfer_person")
    return units.prefetch_related("transfer_person__numbers", "groups__numbers")  # type: ignore[no-any-return]


def _members_here(groups: Iterable[Group]) -> dict[str, Presence]:
    """Group's key → the presence of somebody who gets its calls: the first who is here, else the first."""
    members = Membership.objects.filter(group__in=[group.pk for group in groups], logged_in=True)
    rows = list(members.select_related("person__successor").order_by("position", "id"))
    here = presences([member.person for member in rows])
    found: dict[str, Presence] = {}
    for member in rows:
        key, own = f"g{member.group_id}", here[member.person_id]
        if key not in found or (own.here and not found[key].here):
            found[key] = own
    return found


def _person_out(person: Person, presence: Presence, match: Match) -> dict[str, Any]:
    number = next((number.number for number in person.numbers.all()), "")
    unit = person.unit.name if person.unit else ""
    texts = {
        Field.TITLE: person.title,
        Field.FUNCTION: person.function,
        Field.TASK: person.tasks,
        Field.SEARCH_WORD: person.search_words,
        Field.EMAIL: person.email,
    }
    return {
        **_common(match, "person", person.name, unit, number),
        "title": person.title,
        "function": person.function,
        "email": person.email,
        "tasks": person.tasks,
        "presence": presence_out(presence),
        "matched": _matched(match, number, texts),
        "protected": person.protected,
    }


def _group_out(group: Group, presence: Presence | None, match: Match) -> dict[str, Any]:
    number = next((number.number for number in group.numbers.all()), "")
    unit = group.unit.name if group.unit else ""
    return {
        **_common(match, "group", group.name, unit, number),
        "presence": None if presence is None else presence_out(presence),
        "matched": _matched(match, number, {}),
    }


def _unit_out(unit: Unit, match: Match) -> dict[str, Any]:
    """A unit is reached where it wants its calls, else by the number of one of its groups."""
    owners = [unit.transfer_person, *unit.groups.all()]
    numbers = [number.number for owner in owners if owner for number in owner.numbers.all()]
    number = next(iter(filter(None, [unit.transfer_number, unit.number, *numbers])), "")
    above = unit.parent.name if unit.parent else ""
    return {
        **_common(match, "unit", unit.name, above, number),
        "presence": None,
        "matched": _matched(match, number, {}),
    }


def _common(match: Match, kind: Kind, name: str, unit: str, number: str) -> dict[str, Any]:
    return {
        "id": match.key,
        "kind": kind,
        "organisation": match.organisation,
        "name": name,
        "unit": unit,
        "number": number,
        "title": "",
        "function": "",
        "email": "",
        "tasks": "",
        "protected": False,
    }


def _matched(match: Match, number: str, texts: dict[Field, str]) -> dict[str, str]:
    """The phrase in which the word stands; the word alone where it comes from another list."""
    field = match.field
    known = {Field.NAME: match.name, Field.INITIALS: match.name, Field.NUMBER: number}
    text = known.get(field) or phrase(field, texts.get(field, ""), match.word)
    return {"field": field.name.lower(), "text": text}
