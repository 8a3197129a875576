# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom an operator connects callers with, besides colleagues at their desks: a mobile by consent, a person of another municipality."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.engine.sip import Baresip
from tests.engine.waiting import until
from tests.system.ears import hear_each_other
from tests.system.scene import CITIZEN, EMPLOYEE, Scene

CONSENT = """
import sys
from django.utils import timezone
from vaxel.directory.changes import raise_version
from vaxel.directory.models import Person
key, mobile = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
Person.objects.filter(pk=key[1:]).update(mobile=mobile, mobile_consent=timezone.now().date() if mobile else None)
raise_version()
"""
SERVES = """
import sys
from vaxel.directory.changes import raise_version
from vaxel.directory.models import Operator
organisations = Operator.objects.get(pk=sys.argv[1][1:]).organisations
getattr(organisations, sys.argv[2])(sys.argv[3])
raise_version()
"""


@pytest.fixture
def of_both(scene: Scene) -> Iterator[None]:
    """The first operator of Gnosjö serves Falkenberg, too."""
    operator = scene.home["operators"][0]["id"]
    scene.installation.django(SERVES, operator, "add", "falkenberg")
    yield
    scene.installation.django(SERVES, operator, "remove", "falkenberg")


@pytest.fixture
def mobile(scene: Scene) -> Iterator[Baresip]:
    """That of an employee, who has agreed that calls go there."""
    phone = scene.citizen(answer="auto", port=scene.installation.trunk_port, tone=EMPLOYEE)
    scene.installation.django(CONSENT, scene.person()["id"], phone.account.user)
    yield phone
    scene.installation.django(CONSENT, scene.person()["id"])


@pytest.mark.clause("GNO-15")
def test_a_caller_is_connected_with_a_mobile_and_nobody_learns_its_number(scene: Scene, mobile: Baresip) -> None:
    number, person = mobile.account.user, scene.person()
    operator, citizen = scene.operator(), scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    until(lambda: operator.console.send("transfer", call=call, to=person["id"], mobile=True)["ok"], what="the consent")
    hear_each_other(citizen, CITIZEN, mobile, EMPLOYEE)
    shown = mobile.wait_for("CALL_ESTABLISHED")["peeruri"]
    assert scene.main_number in shown
    view = operator.console.wait_call(call, state="connected")
    assert [leg["name"] for leg in view["legs"] if leg["party"] == person["id"]] == [person["name"]]
    citizen.hang_up()
    operator.console.wait_gone(call)
    record = scene.installation.record(call, operator.token)
    heard_of = [operator.console.frames.all(), record, citizen.events.all(), operator.phone.events.all()]
    assert number not in json.dumps(heard_of)


@pytest.mark.usefixtures("of_both")
def test_a_caller_of_one_municipality_is_connected_with_a_person_of_another(scene: Scene) -> None:
    with Scene(scene.installation, "falkenberg") as other:
        person, employee = other.person(), other.employee()
        operator, citizen, colleague = scene.operator(), scene.citizen(), scene.watcher()
        until(lambda: "falkenberg" in operator.console.state["organisations"] or None, what="serving both")
        call = scene.connected(citizen, operator)["id"]
        operator.console.do("transfer", call=call, to=person["id"])
        hear_each_other(citizen, CITIZEN, employee, EMPLOYEE)
        citizen.hang_up()
        operator.console.wait_gone(call)
        record = scene.installation.record(call, operator.token)
        assert [fact["who"] for fact in record["path"] if fact["code"] == "transferred"] == ["Falkenbergs kommun"]
        told = json.dumps([record, colleague.frames.all()], ensure_ascii=False)
        assert person["name"] not in told
        assert person["sip_user"] not in told
