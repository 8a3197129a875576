# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission

from tests import rows
from tests.api.conftest import Municipality
from vaxel.absence.actions import Wish, set_absence
from vaxel.directory.audit import By
from vaxel.directory.models import Hours
from vaxel.proof.models import Cause
from vaxel.proof.runs import make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)


def test_before_the_first_proof_nothing_is_claimed(gnosjo: Municipality) -> None:
    (proof,) = gnosjo.api.get("/api/v1/proof").json()
    assert (proof["organisation"], proof["proved"], proof["current"]) == ("gnosjo", None, False)


def test_the_newest_proof_with_what_it_found(gnosjo: Municipality) -> None:
    make("gnosjo", Cause.NIGHT, NOON)
    (proof,) = gnosjo.api.get("/api/v1/proof").json()
    assert (proof["proved"], proof["current"], proof["counterexamples"]) == (True, True, [])
    assert proof["warnings"][0]["kind"] == "no_greeting"
    Hours.objects.create(organisation=gnosjo.organisation)
    make("gnosjo", Cause.CHANGE, NOON)
    (proof,) = gnosjo.api.get("/api/v1/proof", headers={"accept-language": "sv"}).json()
    assert not proof["proved"]
    assert "utan besked om när det går att ringa igen" in " ".join(one["sentence"] for one in proof["counterexamples"])
    assert all(one["counterexample"] and one["remedy"] for one in proof["counterexamples"])


def test_what_would_happen_to_a_call(gnosjo: Municipality) -> None:
    answer = gnosjo.api.get("/api/v1/explain/46980319201", {"at": "2026-11-24T10:00:00+01:00"}).json()
    assert (answer["organisation"], answer["name"], answer["internal"]) == ("gnosjo", "Anna Lind", False)
    assert [line["what"] for line in answer["lines"]] == ["ring", "person", "mailbox"]
    assert answer["lines"][2]["how"] == "If nobody answers"
    assert gnosjo.api.get("/api/v1/explain/46980319299").status_code == 404
    assert gnosjo.api.get("/api/v1/explain/46980319201", {"at": "soon"}).status_code == 422


def test_protected_people_are_named_to_those_alone_who_may_find_them(gnosjo: Municipality) -> None:
    hidden = rows.person(gnosjo.organisation, "Hemlig Hansson", "46980319209", protected=True)
    set_absence(gnosjo.person, By(), Wish(reason="meeting", refer="colleague", refer_to=hidden.key))
    set_absence(hidden, By(), Wish(reason="vacation"))
    make("gnosjo", Cause.ASKED, NOON)
    for address in ("/api/v1/explain/46980319201", "/api/v1/proof"):
        answer = gnosjo.api.get(address)
        assert "Hemlig" not in answer.text
        assert "46980319209" not in answer.text
        assert "somebody with protected identity" in answer.text
    assert gnosjo.api.get("/api/v1/explain/46980319209").status_code == 404
    gnosjo.operator.user.user_permissions.add(Permission.objects.get(codename="see_protected"))
    assert "Hemlig" in gnosjo.api.get("/api/v1/explain/46980319201").text
    assert gnosjo.api.get("/api/v1/explain/46980319209").json()["name"] == "Hemlig Hansson"
