# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import rows
from vaxel.callcontrol import whom
from vaxel.directory import changes, snapshot
from vaxel.directory.models import Group, Membership, Number, NumberKind, Organisation, Person, Phone, PhoneKind, Trunk
from vaxel.domain import world
from vaxel.telephony.engine.model import PhoneKind as EnginePhoneKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation()


def test_people_numbers_and_phones_refer_to_each_other_by_key(gnosjo: Organisation) -> None:
    anna = rows.person(gnosjo, unit="Bygg", no_answer="switchboard")
    loaded = snapshot.load().world
    assert loaded.people[anna.key] == world.Person(
        id=anna.key,
        organisation="gnosjo",
        name="Anna Lind",
        unit="Bygg",
        unit_id=f"u{anna.unit_id}",
        number="46980319201",
        phones=("phone-46980319201",),
        no_answer=world.NoAnswer.SWITCHBOARD,
    )
    assert loaded.numbers["46980319201"].owner == anna.key
    assert loaded.numbers["46980319200"].kind is world.NumberKind.MAIN
    assert loaded.organisations["gnosjo"].main_number == "46980319200"
    assert loaded.phones["phone-46980319201"].person == anna.key


def test_an_operator_has_organisations_and_phones(gnosjo: Organisation) -> None:
    tana = rows.organisation("tana", "4760000100")
    britta = rows.operator(gnosjo, tana)
    token = rows.token(britta)
    loaded = snapshot.load()
    operator = loaded.world.operators[britta.key]
    assert operator.organisations == ("gnosjo", "tana")
    assert (operator.phone, operator.phones) == ("britta-desk", ("britta-desk", "britta-web"))
    assert list(loaded.tokens.values()) == [britta.key]
    assert token not in str(loaded.tokens)


def test_an_operator_who_may_not_log_in_is_nobody(gnosjo: Organisation) -> None:
    britta = rows.operator(gnosjo)
    rows.token(britta)
    britta.user.is_active = False
    britta.user.save()
    loaded = snapshot.load()
    assert (loaded.world.operators, loaded.tokens) == ({}, {})


def test_the_engine_learns_of_phones_trunks_and_what_to_do_alone(gnosjo: Organisation) -> None:
    rows.operator(gnosjo)
    anna = rows.person(gnosjo)
    group = Group.objects.create(organisation=gnosjo, name="Bygglov")
    Membership.objects.create(group=group, person=anna)
    Number.objects.create(number="46980319290", organisation=gnosjo, kind=NumberKind.GROUP, group=group)
    Trunk.objects.create(name="carrier", host="192.0.2.1", match="192.0.2.1\n192.0.2.0/28")
    Phone.objects.create(user="citizen-1", kind=PhoneKind.BROWSER, caller_number="46701740605")
    model = snapshot.load().engine
    phones = {phone.user: phone for phone in model.phones}
    assert phones["phone-46980319201"].caller_number == "46980319201"
    assert phones["britta-desk"].caller_number == "46980319200"
    assert (phones["britta-web"].kind, phones["britta-web"].display_name) == (EnginePhoneKind.BROWSER, "Britta Växel")
    assert (phones["citizen-1"].organisation, phones["citizen-1"].caller_number) == ("", "46701740605")
    assert model.trunks[0].match == ("192.0.2.1", "192.0.2.0/28")
    alone = {number.number: number.phones for number in model.numbers}
    assert alone == {
        "46980319200": ("britta-desk", "britta-web"),
        "46980319201": ("phone-46980319201",),
        "46980319290": ("phone-46980319201",),
    }


def test_every_change_raises_the_version_and_a_refused_one_does_not(gnosjo: Organisation) -> None:
    before = snapshot.version()
    anna = rows.person(gnosjo)
    named = snapshot.version()
    anna.delete()
    assert before < named < snapshot.version()
    assert snapshot.load().world.version == snapshot.version()


def test_loading_takes_as_many_queries_for_many_people_as_for_few(gnosjo: Organisation) -> None:
    rows.person(gnosjo)
    snapshot.load()
    with CaptureQueriesContext(connection) as few:
        snapshot.load()
    Person.objects.bulk_create(Person(organisation=gnosjo, name=f"Person {n}") for n in range(500))
    changes.raise_version()
    with CaptureQueriesContext(connection) as many:
        loaded = snapshot.load()
    assert len(loaded.world.people) == 501
    assert len(many) == len(few)


@pytest.mark.django_db(transaction=True)
def test_loading_does_not_wait_for_a_writer() -> None:
    from threading import Thread

    from django.db import connections, transaction

    rows.organisation()
    loaded: list[snapshot.Snapshot] = []

    def load() -> None:
        loaded.append(snapshot.load())
        connections.close_all()

    with transaction.atomic():
        rows.organisation("tana", "4760000100")
        reader = Thread(target=load)
        reader.start()
        reader.join(timeout=10)
        assert not reader.is_alive()
    assert set(loaded[0].world.organisations) == {"gnosjo"}


def test_who_may_log_in_no_longer_is_told_to_the_controller(db: None) -> None:
    """In the administration as on the command line; a log-in alone is no news."""
    britta = rows.operator(rows.organisation())
    before = snapshot.version()
    britta.user.save(update_fields=["last_login"])
    assert snapshot.version() == before
    britta.user.is_active = False
    britta.user.save()
    assert snapshot.version() > before
    assert britta.key not in snapshot.load().world.operators


def test_only_those_who_may_name_people_with_protected_identity(gnosjo: Organisation) -> None:
    operators = [rows.operator(gnosjo, username=name) for name in ("anna", "berit", "eva")]
    operators[1].user.user_permissions.add(Permission.objects.get(codename="see_protected"))
    operators[2].user.is_superuser = True
    operators[2].user.save()
    hidden = rows.person(gnosjo, protected=True)
    open_ = rows.person(gnosjo, "Erik Berg", "46980319202")
    loaded = snapshot.load().world
    assert [whom.may_name(operator.key, hidden.key, loaded) for operator in operators] == [False, True, True]
    assert whom.may_name(operators[0].key, open_.key, loaded)
    assert whom.may_name(operators[0].key, "46980319201", loaded), "a number that was told her is no secret"
