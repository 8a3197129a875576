# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The SCIM door: as identity providers use it, as an independent tester of the standard sees it, and closed to everybody else."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client

from tests import rows
from vaxel.directory.audit import AuditEntry, By
from vaxel.directory.models import Group, Membership, Organisation, Person
from vaxel.directory.tokens import hashed
from vaxel.exchange.models import Import, Source, SourceKind
from vaxel.exchange.scim import filters
from vaxel.exchange.scim.errors import ENTERPRISE, OWN, PATCH, USER, ScimError
from vaxel.exchange.undo import undo

pytestmark = pytest.mark.django_db
TYPE = "application/scim+json"


class Provider:
    """An identity provider with a token."""

    def __init__(self, home: Organisation, name: str = "Entra") -> None:
        token = f"token-of-{home.pk}-{name}"
        self.token = token
        self.source = Source.objects.create(organisation=home, name=name, kind=SourceKind.SCIM, sha256=hashed(token))
        self.client = Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})

    def get(self, address: str, **query: str) -> Any:
        return self.client.get(f"/scim/v2/{address}", query)

    def send(self, method: str, address: str, body: Any, **headers: str) -> Any:
        return self.client.generic(method, f"/scim/v2/{address}", json.dumps(body), TYPE, headers=headers)

    def user(self, who: str = "anna", /, **fields: Any) -> Any:
        body = {"schemas": [USER], "userName": f"{who}@example.org", "externalId": f"id-{who}", **fields}
        return self.send("POST", "Users", body)

    def patch(self, id_: str, *operations: dict[str, Any], kind: str = "Users") -> Any:
        return self.send("PATCH", f"{kind}/{id_}", {"schemas": [PATCH], "Operations": list(operations)})


@pytest.fixture
def home() -> Organisation:
    return rows.organisation()


@pytest.fixture
def entra(home: Organisation) -> Provider:
    return Provider(home)


ANNA: dict[str, Any] = {
    "name": {"givenName": "Anna", "familyName": "Lind"},
    "displayName": "Anna Lind",
    "title": "Handläggare",
    "active": True,
    "emails": [{"value": "anna.lind@example.org", "type": "work", "primary": True}],
    "phoneNumbers": [{"value": "+46 980 31 92 01", "type": "work"}, {"value": "070-174 06 05", "type": "mobile"}],
    ENTERPRISE: {"department": "Bygglov"},
}


KNOWN = (
    "did not remove attribute 'name'",
    "did not remove attribute 'displayName'",
    "did not remove attribute 'active'",
    "unexpected value for 'phoneNumbers'",
    "there is no mobile number to which she could have agreed",
)
"""Everybody has a name and is active or not; numbers are given back in international form; consent is for a number that is there."""


@pytest.fixture
def kept_connection() -> Iterator[None]:
    """The end of a request would close the test's own connection to the database."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("kept_connection")
def test_the_tester_of_the_standard_finds_nothing_wrong(
    home: Organisation, entra: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Seconds of importing, which otherwise every process that looks for tests would take.
    from scim2_client.engines.wsgi import WSGISCIMClient
    from scim2_tester import Status, check_server, filling

    # Texts that may be anything are filled with thirty-six letters at random. These mayn't.
    bo = rows.person(home, "Bo Ek", "46980319202").key
    fit = {
        "initials": "abl",
        "mobileConsent": "2026-01-01",
        "mobileTold": "2026-01-01",
        "substitutes": bo,
        "successor": bo,
    }
    usual = filling.get_random_example_value
    monkeypatch.setattr(
        filling, "get_random_example_value", lambda path: fit.get(str(path).rpartition(":")[2]) or usual(path)
    )
    # Random digits may be a personal identity number, which is refused in every field.
    random.seed(1)
    client = WSGISCIMClient(
        get_wsgi_application(),
        base_url="http://testserver/scim/v2",
        headers={"Authorization": f"Bearer {entra.token}"},
    )
    results = check_server(client)
    told = [
        f"{result.title}: {result.reason}" for result in results if result.status in (Status.ERROR, Status.CRITICAL)
    ]
    wrong = [reason for reason in told if not any(known in reason for known in KNOWN)]
    assert not wrong, "\n".join(wrong)
    assert len(results) > 30


def test_a_joiner_is_added_with_number_unit_and_audit(entra: Provider) -> None:
    answer = entra.user(**ANNA)
    assert answer.status_code == 201
    person = Person.objects.get()
    assert answer.headers["Location"].endswith(f"/scim/v2/Users/{person.key}")
    assert (person.name, person.title, person.mobile) == ("Anna Lind", "Handläggare", "46701740605")
    assert person.unit is not None
    assert person.unit.name == "Bygglov"
    assert person.numbers.get().number == "46980319201"
    assert AuditEntry.objects.get(kind="person").who == "Entra"
    body = answer.json()
    assert body["name"] == {"formatted": "Anna Lind", "givenName": "Anna", "familyName": "Lind"}
    assert body["phoneNumbers"][0]["value"] == "+46980319201"


def test_what_entra_sends_when_somebody_moves_marries_and_leaves(entra: Provider) -> None:
    id_ = entra.user(**ANNA).json()["id"]
    answer = entra.patch(
        id_,
        {"op": "Replace", "path": "name.familyName", "value": "Ek"},
        {"op": "Add", "path": f"{ENTERPRISE}:department", "value": "Kultur"},
        {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "anna.ek@example.org"},
        {"op": "Replace", "path": 'phoneNumbers[type eq "mobile"].value', "value": ""},
    )
    assert answer.status_code == 200, answer.text
    person = Person.objects.get()
    assert person.unit is not None
    assert (person.name, person.email, person.unit.name, person.mobile) == (
        "Anna Ek",
        "anna.ek@example.org",
        "Kultur",
        "",
    )
    assert entra.patch(id_, {"op": "Replace", "path": "active", "value": "False"}).json()["active"] is False
    person.refresh_from_db()
    assert person.last_day is not None
    assert entra.patch(id_, {"op": "Replace", "value": {"active": True}}).json()["active"] is True
    assert Person.objects.get().last_day is None
    assert entra.client.delete(f"/scim/v2/Users/{id_}").status_code == 204
    assert entra.get(f"Users/{id_}").status_code == 404
    person.refresh_from_db()
    assert person.last_day is not None
    assert entra.user(**ANNA).json()["id"] == id_


def test_a_day_of_scim_can_be_taken_back(entra: Provider) -> None:
    id_ = entra.user(**ANNA).json()["id"]
    entra.patch(id_, {"op": "replace", "path": "title", "value": "Chef"})
    done = Import.objects.get()
    undo(done, By(name="Britta"))
    assert done.remains == []
    assert not Person.objects.exists()


def test_somebody_who_is_there_already_is_recognised_and_keeps_her_own(home: Organisation, entra: Provider) -> None:
    person = rows.person(home, "Anna Lind", "46980319201", email="anna.lind@example.org", title="Chef")
    assert entra.get("Users", filter='userName eq "anna@example.org"').json()["totalResults"] == 0
    assert entra.user(**ANNA).json()["id"] == person.key
    person.refresh_from_db()
    assert person.title == "Chef"


def test_what_cannot_be_is_told_with_the_standards_words(entra: Provider) -> None:
    entra.user(**ANNA)
    for body, status, kind, told in (
        ({"userName": "anna@example.org"}, 409, "uniqueness", "userName"),
        ({}, 400, "invalidValue", "userName is missing"),
        ({"userName": "x", "phoneNumbers": [{"value": "växeln"}]}, 400, "invalidValue", "phoneNumbers: “växeln” isn't"),
        ({"userName": "x", "emails": "x"}, 400, "invalidValue", "emails is a list"),
        ({"userName": "19850709-9805"}, 400, "invalidValue", "personal identity number"),
        ({"userName": "x", "phoneNumbers": [{"value": "+46980319200"}]}, 400, "invalidValue", "has another owner"),
        ([1], 400, "invalidSyntax", "JSON object"),
    ):
        answer = entra.send("POST", "Users", body)
        problem = answer.json()
        assert (answer.status_code, problem.get("scimType"), problem["status"]) == (status, kind, str(status)), problem
        assert told in problem["detail"]
    broken = entra.client.generic("POST", "/scim/v2/Users", "{", TYPE)
    assert broken.json()["scimType"] == "invalidSyntax"
    assert entra.get("Users", filter="userName eq").json()["scimType"] == "invalidFilter"
    assert entra.patch("p1", {"op": "jump"}).status_code in (400, 404)
    assert entra.get("Nothing").status_code == 404
    assert entra.client.put("/scim/v2/Users").status_code == 405


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ('userName eq "ANNA@example.org"', ["anna"]),
        ('externalId eq "id-bo"', ["bo"]),
        ('externalId eq "ID-BO"', []),
        ('displayName sw "An" and active eq true', ["anna"]),
        ('name.familyName co "k" or title pr', ["anna", "bo"]),
        ('not (displayName eq "Anna Lind")', ["bo"]),
        ('emails[type eq "work" and value co "@example"]', ["anna"]),
        ('phoneNumbers.value eq "+46980319201"', ["anna"]),
        (f'{ENTERPRISE}:department eq "bygglov"', ["anna"]),
        (f'{USER}:userName sw "b"', ["bo"]),
        ('meta.lastModified gt "2100-01-01T00:00:00Z"', []),
    ],
)
def test_filters(entra: Provider, asked: str, found: list[str]) -> None:
    entra.user(**ANNA)
    entra.user("bo", displayName="Bo Ek", name={"givenName": "Bo", "familyName": "Ek"})
    body = entra.get("Users", filter=asked).json()
    assert [one["userName"].partition("@")[0] for one in body["Resources"]] == found, asked


@pytest.mark.parametrize(
    "text",
    ["", "a", 'a eq "', "a eq b", "(a pr", "a pr)", "a[b pr", "not a pr", "a xx 1", "(" * 60 + "a pr" + ")" * 60],
)
def test_filters_that_are_none(text: str) -> None:
    with pytest.raises(ScimError) as refused:
        filters.parse(text)
    assert refused.value.kind == "invalidFilter"


def test_pages_and_chosen_attributes(entra: Provider) -> None:
    for n in range(5):
        entra.user(f"u{n}", displayName=f"Person {n}")
    body = entra.get("Users", startIndex="4", count="3", attributes="userName").json()
    assert (body["totalResults"], body["startIndex"], body["itemsPerPage"]) == (5, 4, 2)
    assert body["Resources"][0].keys() == {"schemas", "id", "userName"}
    assert "displayName" not in entra.get("Users", excludedAttributes="displayName").json()["Resources"][0]
    assert entra.get("Users", count="0").json()["Resources"] == []


def test_versions_keep_two_administrators_from_overwriting_each_other(entra: Provider) -> None:
    made = entra.user(**ANNA)
    id_, version = made.json()["id"], made.headers["ETag"]
    assert entra.client.get(f"/scim/v2/Users/{id_}", headers={"if-none-match": version}).status_code == 304
    body = {"schemas": [PATCH], "Operations": [{"op": "replace", "path": "title", "value": "Chef"}]}
    changed = entra.send("PATCH", f"Users/{id_}", body, **{"if-match": version})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != version
    late = entra.send("PATCH", f"Users/{id_}", body, **{"if-match": version})
    assert late.status_code == 412
    assert entra.client.delete(f"/scim/v2/Users/{id_}", headers={"if-match": version}).status_code == 412


def test_groups_get_members_and_those_added_by_hand_stay(home: Organisation, entra: Provider) -> None:
    anna = entra.user(**ANNA).json()["id"]
    by_hand = rows.person(home, "Bo Ek", "46980319202")
    made = entra.send("POST", "Groups", {"displayName": "Bygglov", "members": [{"value": anna}]})
    assert made.status_code == 201, made.text
    id_ = made.json()["id"]
    group = Group.objects.get()
    Membership.objects.create(group=group, person=by_hand, logged_in=False)
    assert [member["value"] for member in entra.get(f"Groups/{id_}").json()["members"]] == [anna]
    entra.patch(id_, {"op": "remove", "path": f'members[value eq "{anna}"]'}, kind="Groups")
    assert [membership.person for membership in group.memberships.all()] == [by_hand]
    entra.patch(id_, {"op": "add", "path": "members", "value": [{"value": anna}]}, kind="Groups")
    assert group.memberships.count() == 2
    assert not group.memberships.get(person=by_hand).logged_in
    assert (
        entra.patch(id_, {"op": "add", "path": "members", "value": [{"value": by_hand.key}]}, kind="Groups").status_code
        == 400
    )
    assert entra.client.delete(f"/scim/v2/Groups/{id_}").status_code == 204
    assert not Group.objects.exists()


def test_without_a_valid_token_nothing_is_told(entra: Provider) -> None:
    for headers in (
        {},
        {"authorization": "Bearer wrong"},
        {"authorization": "Basic eDp5"},
        {"authorization": "Bearer "},
    ):
        for address in ("Users", "ServiceProviderConfig", "Users/p1"):
            answer = Client().get(f"/scim/v2/{address}", headers=headers)
            assert answer.status_code == 401
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_one_organisation_never_sees_another(entra: Provider) -> None:
    other = rows.organisation("tana", "4760000100", country="NO")
    theirs = Provider(other, "Okta")
    id_ = entra.user(**ANNA).json()["id"]
    group = entra.send("POST", "Groups", {"displayName": "Bygglov", "members": [{"value": id_}]}).json()["id"]
    assert theirs.get("Users").json()["totalResults"] == 0
    assert theirs.get("Users", filter=f'id eq "{id_}"').json()["totalResults"] == 0
    for answer in (
        theirs.get(f"Users/{id_}"),
        theirs.get(f"Groups/{group}"),
        theirs.send("PUT", f"Users/{id_}", {"userName": "x"}),
        theirs.patch(id_, {"op": "replace", "path": "title", "value": "x"}),
        theirs.patch(group, {"op": "replace", "path": "displayName", "value": "x"}, kind="Groups"),
        theirs.client.delete(f"/scim/v2/Users/{id_}"),
        theirs.client.delete(f"/scim/v2/Groups/{group}"),
    ):
        assert answer.status_code == 404
    stolen = theirs.send("POST", "Groups", {"displayName": "x", "members": [{"value": id_}]})
    assert stolen.status_code == 400
    assert theirs.user(**ANNA).status_code == 400


def test_people_with_protected_identity_are_not_there_unless_the_source_may(
    home: Organisation, entra: Provider
) -> None:
    id_ = entra.user(**ANNA).json()["id"]
    Person.objects.update(protected=True)
    assert entra.get(f"Users/{id_}").status_code == 404
    assert entra.get("Users").json()["totalResults"] == 0
    again = entra.user(**ANNA)
    assert again.status_code == 409
    entra.source.protected = True
    entra.source.save()
    assert entra.get(f"Users/{id_}").status_code == 200


@pytest.mark.clause("GNO-15")
def test_initials_consent_substitutes_and_successor_are_read_and_written(entra: Provider, home: Organisation) -> None:
    bo = rows.person(home, "Bo Ek", "46980319202", email="bo@example.org")
    eva = entra.user("eva", displayName="Eva Ny").json()["id"]
    own = {
        "initials": "abl",
        "mobileConsent": "2026-01-01",
        "mobileTold": "2026-01-02",
        "noAnswer": "voicemail",
        "substitutes": "bo@example.org 2026-07-01/2026-07-31, id-eva",
        "successor": "0980-31 92 02",
    }
    made = entra.user(**ANNA, **{OWN: own})
    assert made.status_code == 201, made.text
    id_, anna = made.json()["id"], Person.objects.get(name="Anna Lind")
    told = own | {"substitutes": f"{eva}, {bo.key} 2026-07-01/2026-07-31", "successor": bo.key}
    assert made.json()[OWN] == told
    assert (anna.initials, str(anna.mobile_told), anna.no_answer, anna.successor) == (
        "abl",
        "2026-01-02",
        "voicemail",
        bo,
    )
    whole = {"userName": "anna@example.org", "externalId": "id-anna", **ANNA}
    same = entra.send("PUT", f"Users/{id_}", whole | {OWN: told})
    assert same.json()[OWN] == told, "what was read can be written"
    assert entra.patch(id_, {"op": "replace", "path": "title", "value": "Chef"}).json()[OWN] == told
    changed = entra.patch(
        id_,
        {"op": "replace", "path": f"{OWN}:successor", "value": eva},
        {"op": "remove", "path": f"{OWN}:substitutes"},
        {"op": "replace", "value": {OWN: {"initials": "al"}}},
    )
    assert changed.status_code == 200, changed.text
    anna.refresh_from_db()
    assert (anna.successor_id, anna.initials, anna.substitutes.count()) == (int(eva[1:]), "al", 0)
    listed = {one["name"] for one in entra.get(f"Schemas/{OWN}").json()["attributes"]}
    assert listed >= own.keys()


@pytest.mark.clause("GNO-15")
def test_consent_that_she_takes_back_is_given_again_by_no_provider(entra: Provider) -> None:
    own = {OWN: {"mobileConsent": "2026-01-01", "mobileTold": "2026-01-01"}}
    whole = {"userName": "anna@example.org", "externalId": "id-anna", **ANNA, **own}
    id_ = entra.user(**ANNA, **own).json()["id"]
    Person.objects.update(mobile_consent=None, mobile_told=None)
    entra.patch(id_, {"op": "replace", "path": "title", "value": "Chef"})
    entra.send("PUT", f"Users/{id_}", {name: value for name, value in whole.items() if name != OWN})
    entra.send("PUT", f"Users/{id_}", whole)
    person = Person.objects.get()
    assert (person.mobile_consent, person.mobile_told) == (None, None)
    later = {"op": "replace", "path": f"{OWN}:mobileTold", "value": "2026-02-01"}
    entra.patch(id_, later)
    Person.objects.update(mobile_consent="2026-03-01")
    entra.patch(id_, {"op": "replace", "path": "title", "value": "Handläggare"})
    assert str(Person.objects.get().mobile_consent) == "2026-03-01", "she agreed herself"


@pytest.mark.parametrize(
    ("attribute", "value", "told"),
    [
        ("successor", "theirs", "nobody, or more than one, has the key"),
        ("substitutes", "theirs 2026-07-01/2026-07-31", "nobody, or more than one, has the key"),
        ("successor", "inga@example.org", "nobody, or more than one, has the key"),
        ("successor", "+4760000101", "nobody, or more than one, has the key"),
        ("successor", "self", "it is she herself"),
        ("successor", "19850709-9805", "personal identity number"),
        ("substitutes", "19850709-9805 2026-07-01/..", "personal identity number"),
        ("initials", "850709-9805", "personal identity number"),
        ("initials", "a" * 13, "at most 12"),
        ("substitutes", "id-bo 2026-07-31/2026-07-01", "is no period"),
        ("mobileConsent", "soon", "isn't a day"),
        ("mobileTold", "2999-01-01", "still to come"),
        ("noAnswer", "nowhere", "neither voicemail nor switchboard"),
        ("initials", 7, "is a text"),
    ],
)
def test_what_cannot_be_of_substitutes_successor_and_consent_is_refused(
    entra: Provider, attribute: str, value: Any, told: str
) -> None:
    other = rows.organisation("tana", "4760000100", country="NO")
    inga = rows.person(other, "Inga", "4760000101", email="inga@example.org")
    id_ = entra.user(**ANNA).json()["id"]
    if isinstance(value, str):
        value = value.replace("theirs", inga.key).replace("self", id_)
    whole = {"userName": "anna@example.org", "externalId": "id-anna", **ANNA, OWN: {attribute: value}}
    for answer in (
        entra.patch(id_, {"op": "add", "path": f"{OWN}:{attribute}", "value": value}),
        entra.send("PUT", f"Users/{id_}", whole),
    ):
        assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidValue"), answer.text
        assert told in answer.json()["detail"]
    anna = Person.objects.get(name="Anna Lind")
    assert (anna.successor, anna.initials, anna.mobile_told, anna.substitutes.count()) == (None, "", None, 0)


def test_a_protected_substitute_is_neither_told_nor_lost(entra: Provider, home: Organisation) -> None:
    hidden = rows.person(home, "Hidden Person", "46980319207", protected=True)
    id_ = entra.user(**ANNA).json()["id"]
    anna = Person.objects.get(name="Anna Lind")
    anna.substitutes.create(substitute=hidden)
    Person.objects.filter(pk=anna.pk).update(successor=hidden)
    assert hidden.key not in entra.get(f"Users/{id_}").text
    assert entra.patch(id_, {"op": "replace", "path": f"{OWN}:initials", "value": "al"}).status_code == 200
    anna.refresh_from_db()
    assert (anna.initials, anna.successor, anna.substitutes.get().substitute) == ("al", hidden, hidden)
    named = entra.patch(id_, {"op": "replace", "path": f"{OWN}:successor", "value": hidden.key})
    assert named.status_code == 400


def test_successors_that_lead_back_to_where_they_began_are_refused(entra: Provider) -> None:
    anna = entra.user(**ANNA).json()["id"]
    bo = entra.user("bo", displayName="Bo Ek", **{OWN: {"successor": anna}}).json()["id"]
    refused = entra.patch(anna, {"op": "replace", "path": f"{OWN}:successor", "value": bo})
    assert refused.status_code in (400, 409), refused.text
    assert Person.objects.get(name="Anna Lind").successor is None
