# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/people/…/absences`` and ``/groups`` of the REST API."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from ninja.params import functions as parameter

from vaxel.absence import actions, selectors
from vaxel.absence.presence import presence
from vaxel.absence.schemas import AbsenceIn, AbsenceOut, PresenceOut, absence_out, presence_out
from vaxel.directory import audit, groups
from vaxel.directory.access import Actor
from vaxel.directory.audit import By, Via
from vaxel.directory.keys import row
from vaxel.directory.models import Group, Membership
from vaxel.directory.rights import Rights
from vaxel.site.api.auth import actor_of
from vaxel.site.api.types import OrganisationId

router = Router(tags=["absences"])

Key = Annotated[str, parameter.Path(pattern=r"^[a-z][0-9]{1,18}$", description="An id, as searches give it.")]


class Absences(Schema):
    """Those in force or to come, in order, and what they come to now."""

    presence: PresenceOut
    items: list[AbsenceOut]


class Ended(Schema):
    ended: int


class MemberOut(Schema):
    id: str
    name: str
    logged_in: bool


class GroupOut(Schema):
    """``members`` in their order."""

    id: str
    organisation: str
    name: str
    strategy: str
    members: list[MemberOut]


class LogIn(Schema):
    logged_in: bool


def _by(actor: Actor) -> By:
    return audit.by_user(actor.user, Via.REST)


@router.get("/people/{person}/absences", response=Absences, summary="Absences in force or to come")
def list_absences(request: HttpRequest, person: Key) -> dict[str, Any]:
    found = selectors.person_of(actor_of(request), person)
    return {
        "presence": presence_out(presence(found)),
        "items": [absence_out(absence) for absence in selectors.coming(found)],
    }


@router.post("/people/{person}/absences", response={201: AbsenceOut}, summary="Set an absence")
def set_absence(request: HttpRequest, person: Key, body: AbsenceIn) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    found = selectors.person_of(actor, person)
    return Status(201, absence_out(actions.set_absence(found, _by(actor), body.wish())))


@router.put("/people/{person}/absences/{absence}", response=AbsenceOut, summary="Change an absence")
def change_absence(request: HttpRequest, person: Key, absence: Key, body: AbsenceIn) -> dict[str, Any]:
    actor = actor_of(request)
    found = selectors.absence_of(actor, absence)
    if found.person.key != person:
        raise Http404
    return absence_out(actions.change_absence(found, _by(actor), body.wish()))


@router.delete("/people/{person}/absences", response=Ended, summary="Back: end what is in force")
def back(request: HttpRequest, person: Key) -> dict[str, Any]:
    actor = actor_of(request)
    return {"ended": actions.back(selectors.person_of(actor, person), _by(actor))}


@router.delete("/people/{person}/absences/{absence}", response=AbsenceOut, summary="End an absence, or take it back")
def end_absence(request: HttpRequest, person: Key, absence: Key) -> dict[str, Any]:
    actor = actor_of(request)
    found = selectors.absence_of(actor, absence)
    if found.person.key != person:
        raise Http404
    return absence_out(actions.end_absence(found, _by(actor)))


@router.get("/groups", response=list[GroupOut], summary="Groups and who is logged in")
def list_groups(request: HttpRequest, organisation: OrganisationId = "") -> list[dict[str, Any]]:
    actor = actor_of(request)
    found = Group.objects.filter(organisation__in=actor.chosen(organisation))
    return [_group_out(group) for group in found.prefetch_related("memberships__person")]


@router.put("/groups/{group}/members/{person}", response=MemberOut, summary="Log a member in or out")
def log_member(request: HttpRequest, group: Key, person: Key, body: LogIn) -> dict[str, Any]:
    actor = actor_of(request)
    membership = (
        Membership.objects.filter(group=row(group, "g") or 0, person=row(person, "p") or 0)
        .select_related("group__unit", "person")
        .first()
    )
    if membership is None or not Rights(actor).may_log(membership.person, membership.group):
        raise Http404
    return _member_out(groups.log(membership.person, membership.group, _by(actor), logged_in=body.logged_in))


def _group_out(group: Group) -> dict[str, Any]:
    return {
        "id": group.key,
        "organisation": group.organisation_id,
        "name": group.name,
        "strategy": group.strategy,
        "members": [_member_out(membership) for membership in group.memberships.all()],
    }


def _member_out(membership: Membership) -> dict[str, Any]:
    person = membership.person
    return {"id": person.key, "name": person.name, "logged_in": membership.logged_in}
