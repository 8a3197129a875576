# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``/directory/people``, ``groups`` and ``units`` of the REST API: one card for each; and what is missing in the directory."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.params import functions as parameter

from vaxel.absence.schemas import PresenceOut
from vaxel.directory import cards, completeness
from vaxel.directory.models import Organisation
from vaxel.site.api.auth import operator_of
from vaxel.site.api.types import OrganisationId

router = Router(tags=["directory"])

CALL = parameter.Query("", max_length=80, description="The call that is being handled.")


class Named(Schema):
    id: str
    name: str
    number: str = ""


class Listed(Named):
    """Somebody in a list. ``logged_in``: gets the group's calls; null outside a group."""

    title: str = ""
    presence: PresenceOut
    logged_in: bool | None = None


class NumberOut(Schema):
    """``tell``: a citizen may be told this number."""

    number: str
    label: str
    tell: bool


class MobileOut(Schema):
    """``reachable``: calls may be sent there; ``tell``: the number itself may be told."""

    reachable: bool = False
    tell: bool = False


class AbsentOut(Schema):
    reason: str
    until: datetime | None
    message: str
    refer_name: str


class Stretch(Schema):
    """Busy or free by the calendar. What she does isn't known."""

    begins: datetime = Field(serialization_alias="from")
    ends: datetime = Field(serialization_alias="to")
    state: str


class TransferOut(Schema):
    to: str
    why: str


class OpeningOut(Schema):
    """``until``: when it closes, null when it never does; ``opens``: when it opens, null when that isn't known."""

    open: bool
    until: datetime | None
    opens: datetime | None


class CardOut(Schema):
    """A person, group or unit. What doesn't apply to its kind is empty."""

    id: str
    kind: str
    organisation: str
    name: str
    title: str
    unit: str
    unit_id: str
    unit_path: list[str]
    function: str = ""
    functions: list[str] = Field(default_factory=list)
    stands_in: list[str] = Field(default_factory=list)
    number: str
    email: str
    email_tell: bool
    tasks: str
    task_list: list[str]
    presence: PresenceOut | None = None
    protected: bool = False
    numbers: list[NumberOut]
    tell_number: str
    mobile: MobileOut = MobileOut()
    back_at: datetime | None = None
    absence: AbsentOut | None = None
    calendar: list[Stretch] = Field(default_factory=list)
    same_function: list[Listed] = Field(default_factory=list)
    substitute: Named | None = None
    successor: Named | None = None
    transfer: TransferOut | None
    may_tell: str
    prefers: str = "phone"
    place: str
    opening: OpeningOut
    contacts: list[Named]
    managers: list[Named] = Field(default_factory=list)
    members: list[Listed] = Field(default_factory=list)
    groups: list[Named] = Field(default_factory=list)
    units: list[Named] = Field(default_factory=list)
    note: str = ""


@router.get("/directory/people/{person}", response=CardOut, by_alias=True, summary="All that is known of a person")
def person(request: HttpRequest, person: str, call: str = CALL) -> dict[str, Any]:
    actor, _operator = operator_of(request)
    return cards.person_card(actor, cards.person_of(actor, person))


@router.get("/directory/groups/{group}", response=CardOut, by_alias=True, summary="A group with its members")
def group(request: HttpRequest, group: str, call: str = CALL) -> dict[str, Any]:
    actor, _operator = operator_of(request)
    return cards.group_card(actor, cards.group_of(actor, group))


@router.get("/directory/units/{unit}", response=CardOut, by_alias=True, summary="A unit with those who work there")
def unit(request: HttpRequest, unit: str, call: str = CALL) -> dict[str, Any]:
    actor, _operator = operator_of(request)
    return cards.unit_card(actor, cards.unit_of(actor, unit))


class LackOut(Schema):
    """``code`` is for programs; ``about`` the id of the person, group or unit; ``by`` who is to mend it."""

    code: str
    clause: str
    about: str
    name: str
    text: str
    by: list[Named]


class ScoreOut(Schema):
    """Of ``wanted`` things ``there`` are there. ``fresh``: reviewed within the time that the policy gives."""

    unit: str
    name: str
    organisation: str
    wanted: int
    there: int
    percent: float
    fresh: bool
    reviewed_at: datetime | None
    lacks: list[LackOut]


@router.get(
    "/directory/completeness", response=list[ScoreOut], summary="What is missing in the directory, unit by unit"
)
def missing(request: HttpRequest, organisation: OrganisationId = "") -> list[dict[str, Any]]:
    actor, _operator = operator_of(request)
    chosen = Organisation.objects.filter(pk__in=actor.chosen(organisation)).order_by("name")
    return [
        completeness.score_out(score, actor.finds_protected) for home in chosen for score in completeness.scores(home)
    ]
