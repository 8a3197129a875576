# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the server hands to the console's and the citizen's page, and to whom."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from tests import rows
from vaxel.console.lending import LENT_FOR, lend_citizen_phone
from vaxel.directory.models import Operator, Phone, PhoneKind
from vaxel.directory.tokens import operator_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Operator:
    return rows.operator(rows.organisation())


@pytest.fixture
def logged_in(operator: Operator) -> Client:
    client = Client()
    client.force_login(operator.user)
    return client


def boot_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script id="boot" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found, "the page carries no boot data"
    boot: dict[str, Any] = json.loads(found[1])
    return boot


def test_the_console_asks_strangers_to_log_in() -> None:
    answer = Client().get("/console")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/log-in")


def test_the_console_is_for_operators() -> None:
    client = Client()
    client.force_login(rows.user("nils"))
    assert client.get("/console").status_code == 403
    assert client.get("/console/token").status_code == 403


def test_the_console_gets_its_own_token_and_its_browser_phone(logged_in: Client, operator: Operator) -> None:
    boot = boot_of(logged_in.get("/console").text)
    assert operator_of(boot["token"], {}) == operator.key
    phone = Phone.objects.get(user="britta-web")
    assert boot["sip"]["user"] == phone.user
    assert boot["sip"]["password"] == phone.password
    assert boot["live_url"].startswith("ws://")
    assert boot["sip"]["url"].endswith("/ws")


def test_a_municipality_has_the_colour_that_it_chose(logged_in: Client, operator: Operator) -> None:
    assert boot_of(logged_in.get("/console").text)["colours"] == {}
    home = operator.organisations.get()
    home.colour = "#2f6b2f"
    home.save()
    assert boot_of(logged_in.get("/console").text)["colours"] == {home.pk: "#2f6b2f"}
    home.colour = "red"
    with pytest.raises(ValidationError, match="Write the colour like"):
        home.full_clean()


def test_with_a_desk_phone_alone_the_console_has_no_telephone_of_its_own(logged_in: Client) -> None:
    Phone.objects.filter(kind=PhoneKind.BROWSER).delete()
    assert boot_of(logged_in.get("/console").text)["sip"] is None


def test_the_console_knows_the_desk_phones_at_which_its_operator_may_sit(logged_in: Client, operator: Operator) -> None:
    home = operator.organisations.get()
    elsewhere = rows.organisation("elsewhere", main="46370990000")
    rows.person(home, "Nils", "46370331234")
    Phone.objects.create(user="reception", organisation=home, label="Reception")
    Phone.objects.create(user="theirs", organisation=elsewhere)
    phones = boot_of(logged_in.get("/console").text)["desk_phones"]
    assert phones == [{"user": "britta-desk", "name": "britta-desk"}, {"user": "reception", "name": "Reception"}]


def test_a_name_with_markup_stays_inside_the_boot_data(logged_in: Client, operator: Operator) -> None:
    operator.name = "</script><script>alert(1)</script>"
    operator.save()
    html = logged_in.get("/console").text
    assert "<script>alert" not in html
    assert boot_of(html)["sip"]["name"] == operator.name


@pytest.mark.parametrize("language", ["sv", "nb", "da", "en"])
def test_the_page_is_in_the_users_language(logged_in: Client, operator: Operator, language: str) -> None:
    operator.user.language = language
    operator.user.save()
    html = logged_in.get("/console", headers={"accept-language": "de"}).text
    assert f'<html lang="{language}"' in html
    assert boot_of(html)["language"] == language


def test_a_fresh_token_for_who_is_still_logged_in(logged_in: Client, operator: Operator) -> None:
    assert operator_of(logged_in.get("/console/token").json()["token"], {}) == operator.key
    logged_in.logout()
    assert logged_in.get("/console/token").status_code == 401


def test_a_refusal_of_the_hub_is_told_in_the_operators_language(logged_in: Client, operator: Operator) -> None:
    operator.user.language = "sv"
    operator.user.save()
    text = "That can't be done now. The state of the call: {state}."
    told = logged_in.get("/console/refusal", {"text": text, "state": "brand_new"}).json()["text"]
    assert told == "Det går inte nu. Samtalets läge: brand new."
    unknown = logged_in.get("/console/refusal", {"text": "Brand new: {x.__class__} {y:>9999999}", "y": "1"})
    assert unknown.json()["text"] == "Brand new: {x.__class__} {y:>9999999}"
    assert logged_in.get("/console/refusal", {"text": "x" * 500}).status_code == 400
    logged_in.logout()
    assert logged_in.get("/console/refusal", {"text": text}).status_code == 302


def citizen_phones(count: int) -> list[Phone]:
    return [Phone.objects.create(user=f"citizen-{n}", kind=PhoneKind.BROWSER) for n in range(count)]


def session() -> SessionStore:
    made = SessionStore()
    made.create()
    return made


def test_visitors_get_a_telephone_each_and_keep_it(operator: Operator) -> None:
    citizen_phones(2)
    one, other = Client(), Client()
    first = boot_of(one.get("/citizen").text)["sip"]["user"]
    second = boot_of(other.get("/citizen").text)["sip"]["user"]
    assert {first, second} == {"citizen-0", "citizen-1"}
    assert boot_of(one.get("/citizen").text)["sip"]["user"] == first


def test_when_all_telephones_are_lent_the_page_says_so(operator: Operator) -> None:
    citizen_phones(1)
    Client().get("/citizen")
    boot = boot_of(Client().get("/citizen").text)
    assert boot["sip"] is None


def test_a_telephone_comes_back_after_its_time() -> None:
    phone = citizen_phones(1)[0]
    assert lend_citizen_phone(session()) == phone
    assert lend_citizen_phone(session()) is None
    Phone.objects.update(lent_at=timezone.now() - LENT_FOR - timedelta(seconds=1))
    assert lend_citizen_phone(session()) == phone


def test_nobody_elses_telephone_is_ever_lent(operator: Operator) -> None:
    assert lend_citizen_phone(session()) is None


def test_the_citizen_may_ring_main_and_direct_numbers_but_no_protected_person(operator: Operator) -> None:
    organisation = operator.organisations.get()
    citizen_phones(1)
    rows.person(organisation, number="46980319201", name="Anna Berg")
    rows.person(organisation, number="46980319202", name="Hidden One", protected=True)
    [shown] = boot_of(Client().get("/citizen").text)["organisations"]
    assert shown["main_number"] == "46980319200"
    assert shown["people"] == [{"number": "46980319201", "name": "Anna Berg"}]


def test_the_pages_may_only_load_from_here(logged_in: Client) -> None:
    policy = logged_in.get("/console")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_key_of_the_page_ends_when_she_logs_out_or_changes_her_password(client: Client, operator: Operator) -> None:
    client.force_login(operator.user)
    for end in ("log out", "new password"):
        token = client.get("/console/token").json()["token"]
        assert client.get("/api/v1/calls", headers={"authorization": f"Bearer {token}"}).status_code == 200
        if end == "log out":
            client.post("/log-out")
            client.force_login(operator.user)
        else:
            operator.user.set_password("something else entirely")
            operator.user.save()
        assert Client().get("/api/v1/calls", headers={"authorization": f"Bearer {token}"}).status_code == 401
