# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nothing of one municipality is seen or changed by another's operator, whichever address is asked."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from tests.api.conftest import Municipality, StandIn
from vaxel.absence.actions import Wish, set_absence
from vaxel.absence.models import Absence
from vaxel.calls.models import Note, Voicemail
from vaxel.cases.models import CaseDivision
from vaxel.directory.audit import By
from vaxel.directory.models import Group, Membership, Unit
from vaxel.duties.models import Message
from vaxel.notices import answers
from vaxel.notices.actions import tell
from vaxel.notices.models import Notice, PreparedAnswer
from vaxel.notices.plans import AnswerPlan, NoticePlan
from vaxel.site.api.root import api
from vaxel.staffing.models import StaffChange

pytestmark = pytest.mark.django_db

OPERATIONS = [
    (method.upper(), path) for path, operations in api.get_openapi_schema()["paths"].items() for method in operations
]


def furnish(tana: Municipality) -> dict[str, str]:
    tana.ship(1, dialled="4760000100")
    tana.ship(2, recording={"name": "n1-r5", "seconds": 3.0, "person": ""})
    body = {"to": tana.person.key, "matter": "Hemmelig"}
    message = tana.api.post(f"/api/v1/calls/{tana.call}/message", body, "application/json").json()
    voicemail = Voicemail.objects.get()
    group = Group.objects.create(organisation=tana.organisation, name="Tana")
    Membership.objects.create(group=group, person=tana.person)
    absence = set_absence(tana.person, By(), Wish(reason="meeting"))
    return {
        "call": tana.call,
        "operator": tana.operator.key,
        "organisation": tana.organisation.pk,
        "message": str(message["id"]),
        "voicemail": str(voicemail.pk),
        "person": tana.person.key,
        "absence": absence.key,
        "group": group.key,
        "number": "4760000100",
        "unit": Unit.objects.create(organisation=tana.organisation, name="Tana").key,
        "division": CaseDivision.objects.create(organisation=tana.organisation, task="tana", by="day").key,
        **furnish_notices(tana),
    }


def furnish_notices(tana: Municipality) -> dict[str, str]:
    told = tell(tana.organisation, By(), NoticePlan(kind="change", title="tana"))
    answer = answers.prepare(tana.organisation, By(), AnswerPlan(question="tana", text="tana"))
    change = StaffChange.objects.create(organisation=tana.organisation, subject="leaver", day=date(2026, 3, 2))
    return {"notice": told.key, "answer": answer.key, "change": change.key}


REFUSABLE = {
    "organisation": "tana",
    "organisations": ["tana"],
    "kind": "change",
    "title": "x",
    "question": "x",
    "subject": "leaver",
    "day": "2026-03-02",
    "details": {},
    "why": "x",
    "source": "x",
    "people": [],
}
"""What addresses that make something new ask for: they find no such organisation."""


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_address_shows_or_changes_what_is_another_municipalitys(
    gnosjo: Municipality, tana: Municipality, controller: StandIn, method: str, path: str
) -> None:
    theirs = furnish(tana)
    controller.answer = {"ok": False, "error": {"code": "not_found", "title": "Not found", "detail": ""}}
    address = re.sub(r"\{(\w+)\}", lambda match: theirs[match[1]], path)
    fields = {
        "text": "x",
        "to": tana.person.key,
        "matter": "x",
        "reason": "sick",
        "logged_in": False,
        "told": "x",
        "keys": {},
    }
    body = json.dumps(fields | REFUSABLE)
    sent = body if method in ("POST", "PUT") else ""
    asked = f"q=anna&call={theirs['call']}" if path.endswith("/callers") else "q=anna"
    response = gnosjo.api.generic(method, f"{address}?{asked}", sent, "application/json")
    if "{" in path:
        assert response.status_code == 404
    else:
        # What only makes something new, of another municipality, finds it as little.
        assert response.status_code == 200 or (method == "POST" and response.status_code == 404)
        assert "tana" not in response.text
    assert Note.objects.count() == 0
    assert Message.objects.get().status == "new"
    assert Voicemail.objects.get().heard is None
    assert (Absence.objects.get().reason, Absence.objects.get().ended) == ("meeting", None)
    assert Membership.objects.get().logged_in
    assert (Notice.objects.get().withdrawn_by, PreparedAnswer.objects.get().withdrawn_at) == ("", None)
    assert StaffChange.objects.get().status == "waiting"


@pytest.mark.parametrize("path", ["calls", "messages", "voicemails", "directory/search"])
def test_asking_for_another_municipality_by_name_is_not_found(
    gnosjo: Municipality, tana: Municipality, path: str
) -> None:
    furnish(tana)
    assert gnosjo.api.get(f"/api/v1/{path}", {"organisation": "tana", "q": "anna"}).status_code == 404
    assert tana.api.get(f"/api/v1/{path}", {"organisation": "tana", "q": "anna"}).status_code == 200


def test_a_message_to_somebody_of_another_municipality_is_refused(gnosjo: Municipality, tana: Municipality) -> None:
    gnosjo.ship()
    body = {"to": tana.person.key, "matter": "x"}
    response = gnosjo.api.post(f"/api/v1/calls/{gnosjo.call}/message", body, "application/json")
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "to")


def test_without_a_key_every_address_answers_401(gnosjo: Municipality) -> None:
    from django.test import Client

    for method, path in OPERATIONS:
        response = Client().generic(method, re.sub(r"\{\w+\}", "1", path))
        assert (response.status_code, response.headers["Content-Type"]) == (401, "application/problem+json"), path
