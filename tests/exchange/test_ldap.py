# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People from a real LDAP directory."""

from __future__ import annotations

import base64
import uuid
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


OFFICE = "ou=office,dc=example,dc=org"


def account(name: str, kind: str = "user", flags: int | None = None) -> str:
    """An entry as Active Directory has it: 512 is an account in use, 514 a disabled one, 4096 a computer's."""
    guid = base64.b64encode(name.encode().ljust(16)).decode()
    entry = f"dn: cn={name},{OFFICE}\nobjectClass: {kind}\ncn: {name}\nsn: {name}\nobjectGUID:: {guid}\n"
    if flags is not None:
        entry += f"userAccountControl: {flags}\nsAMAccountName: {name.lower()}\nmanager: cn=Anna,{OFFICE}\n"
    return entry + (
        f"displayName: {name} Ek\ntitle: Handläggare\ncompany: Samhälle\ndepartment: Bygglov\n"
        f"mail: {name.lower()}@example.org\ntelephoneNumber: +46 980 41{len(name):04}\nmobile: 070-174 06 {len(name):02}\n\n"
    )


def test_of_an_active_directory_only_accounts_in_use_are_people(source: Source, directory: Directory) -> None:
    directory.change(f"dn: {OFFICE}\nobjectClass: organizationalUnit\nou: office\n\n")
    directory.change(account("Anna", flags=512) + account("Bo", flags=66048) + account("Cecilia", flags=514))
    directory.change(account("PC-17", "computer", flags=4096) + account("Server-1", "computer", flags=532480))
    directory.change(account("External", "contact"))
    # slapd adds one by itself; Active Directory has none.
    source.base, source.mapping = OFFICE, {"entryUUID": ""}
    first = planned(source)
    assert sorted(step.after["name"] for step in first.steps) == ["Anna Ek", "Bo Ek", "External Ek"]
    anna = next(step for step in first.steps if step.after["name"] == "Anna Ek")
    assert anna.key == str(uuid.UUID(bytes_le=b"Anna".ljust(16)))
    assert {**anna.after, "name": ""} == {
        "name": "",
        "title": "Handläggare",
        "unit": "Samhälle / Bygglov",
        "email": "anna@example.org",
        "numbers": "46980410004",
        "mobile": "46701740604",
    }
    carry_out(source, first, By(name="night"))
    disabled = f"dn: cn=Bo,{OFFICE}\nchangetype: modify\nreplace: userAccountControl\nuserAccountControl: 66050\n"
    directory.change(disabled)
    assert planned(source, complete=True, force=True).counts["leave"] == 1


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
