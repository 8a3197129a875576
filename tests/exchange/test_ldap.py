# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People from a real LDAP directory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests import rows
from tests.exchange.directory_server import ADMIN, BASE, PASSWORD, Directory, running
from vaxel.directory.audit import By
from vaxel.directory.models import Person
from vaxel.exchange import actions, ldap, upkeep
from vaxel.exchange.apply import carry_out
from vaxel.exchange.models import Import, Source, SourceKind
from vaxel.exchange.plan import Options, Plan
from vaxel.exchange.tables import FileRefused

PEOPLE = 1203
"""More than two pages, and more than the server gives at once."""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    with running(tmp_path_factory.mktemp("ldap"), PEOPLE) as found:
        yield found


@pytest.fixture
def source(db: None, directory: Directory) -> Source:
    home = rows.organisation()
    made = Source(organisation=home, name="AD", kind=SourceKind.LDAP, url=directory.url, base=BASE, user=ADMIN)
    made.password = PASSWORD
    made.save()
    return made


def planned(source: Source, **options: bool) -> Plan:
    table = ldap.read(source)
    return actions.planned(source, table, ldap.suggested(source, table), Options(**options))


def test_everybody_is_read_page_by_page_and_only_what_is_asked_for(source: Source) -> None:
    table = ldap.read(source)
    assert len(table.rows) == PEOPLE
    assert "userPassword" not in table.headings
    found = planned(source)
    assert found.counts["add"] == PEOPLE
    assert found.steps[7].after == {
        "name": "Åsa Öberg 7",
        "title": "Handläggare",
        "email": "p7@example.org",
        "numbers": "46980400007",
        "unit": "Bygglov",
    }


def test_people_keep_their_identity_when_everything_else_changes(source: Source, directory: Directory) -> None:
    source.filter = "(|(uid=p1)(uid=p2))"
    carry_out(source, planned(source), By(name="night"))
    directory.change(f"dn: uid=p1,{BASE}\nchangetype: modify\nreplace: displayName\ndisplayName: Åsa Ek\n")
    directory.change(f"dn: uid=p1,{BASE}\nchangetype: modrdn\nnewrdn: uid=p1b\ndeleteoldrdn: 1\n")
    source.filter = "(|(uid=p1b)(uid=p2))"
    again = planned(source, complete=True)
    assert again.counts == {"add": 0, "change": 1, "leave": 0, "unchanged": 1, "held": 0, "wrong": 0}
    carry_out(source, again, By(name="night"))
    assert Person.objects.filter(name="Åsa Ek").count() == 1
    source.filter = "(uid=p2)"
    assert planned(source, complete=True).refusal


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"password": "wrong"}, "refuses the user “cn=admin,dc=example,dc=org”: the password is wrong"),
        ({"base": "ou=nowhere,dc=example,dc=org"}, "search base “ou=nowhere,dc=example,dc=org” doesn't exist"),
        ({"base": "nonsense"}, "isn't a DN"),
        ({"filter": "(uid=nobody)"}, "has nobody under this search base"),
        ({"filter": "(uid="}, "can't be read"),
        ({"url": "http://127.0.0.1"}, "ldaps://ldap.example.org"),
        ({"url": "ldap://127.0.0.1:1"}, "can't be read: ldap_sasl_bind"),
        ({"base": "dc=example\n-x"}, "each one line"),
    ],
)
def test_what_goes_wrong_is_told_in_words(source: Source, change: dict[str, str], told: str) -> None:
    for name, value in change.items():
        setattr(source, name, value)
    with pytest.raises(FileRefused, match=told) as refused:
        ldap.read(source)
    assert PASSWORD not in str(refused.value)


def test_a_server_elsewhere_must_encrypt() -> None:
    told = Source(url="ldap://ldap.example.org", base=BASE)
    assert "-ZZ" in ldap._arguments(told, "secret")
    assert "-ZZ" not in ldap._arguments(Source(url="ldaps://ldap.example.org", base=BASE), "secret")


def test_ldif_is_unfolded_and_decoded() -> None:
    text = "dn: x\ncn:: w4VzYQ==\ndescription: lo\n ng\nobjectGUID:: AAECAwQFBgcICQoLDA0ODw==\n\n"
    assert list(ldap.entries(text)) == [
        {"cn": ["Åsa"], "description": ["long"], "objectGUID": ["03020100-0504-0706-0809-0a0b0c0d0e0f"]}
    ]


NIGHT = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)


def test_a_directory_is_asked_once_a_night(source: Source) -> None:
    source.nightly, source.filter = True, "(|(uid=p3)(uid=p4))"
    source.save()
    assert upkeep.work(NIGHT.replace(hour=12)) == 0
    assert upkeep.work(NIGHT) == 1
    assert upkeep.work(NIGHT.replace(hour=3)) == 0
    assert Person.objects.count() == 2
    source.refresh_from_db()
    source.password = "wrong"
    source.save()
    assert upkeep.work(NIGHT + timedelta(days=1)) == 0
    assert Person.objects.filter(last_day=None).count() == 2


def test_imports_are_erased_after_the_organisations_term(source: Source) -> None:
    source.filter = "(uid=p3)"
    carry_out(source, planned(source), By(name="night"))
    upkeep.forget(source.organisation_id, NIGHT - timedelta(days=9000))
    assert Import.objects.count() == 1
    upkeep.forget(source.organisation_id, NIGHT + timedelta(days=9000))
    assert Import.objects.count() == 0
    assert Person.objects.count() == 1
