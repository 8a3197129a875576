# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests import rows
from vaxel.calls.models import Call, Note, Voicemail
from vaxel.calls.projection import ship
from vaxel.directory.models import Operator, Organisation, Person
from vaxel.duties.actions import take_message
from vaxel.duties.models import Message

pytestmark = pytest.mark.django_db

CALL = "n1-1764000000.1"


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation()


@pytest.fixture
def britta(gnosjo: Organisation) -> Operator:
    return rows.operator(gnosjo)


@pytest.fixture
def anna(gnosjo: Organisation) -> Person:
    return rows.person(gnosjo, user=rows.user("anna"))


@pytest.fixture
def call(gnosjo: Organisation) -> Call:
    path = [{"at": rows.START, "code": "answered", "who": "Britta Växel", "seconds": 8.0, "cause": ""}]
    ship([rows.entry(CALL, 1, path=path, caller={"number": "46701740605", "name": "<b>Eva</b>", "internal": False})])
    return Call.objects.get()


def logged_in(who: Operator | Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    assert who.user is not None
    client.force_login(who.user)
    return client


def test_everybody_lands_where_her_work_is(britta: Operator, anna: Person) -> None:
    assert Client().get("/").headers["Location"] == "/log-in?next=/"
    assert logged_in(britta).get("/").headers["Location"] == "/console"
    assert logged_in(anna).get("/").headers["Location"] == "/messages"
    nobody = Client()
    nobody.force_login(rows.user("nobody"))
    assert "Ask your administrator" in nobody.get("/", headers={"accept-language": "en"}).text


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "svarade"), ("nb", "svarte"), ("da", "svarede"), ("en", "answered")]
)
def test_a_call_is_told_in_the_readers_own_language(britta: Operator, call: Call, language: str, words: str) -> None:
    britta.user.language = language
    britta.user.save()
    page = logged_in(britta).get(f"/calls/{call.pk}")
    assert f'<html lang="{language}"' in page.text
    assert f"Britta Växel {words}" in page.text
    assert "&lt;b&gt;Eva" in page.text


def test_times_are_the_municipalitys(britta: Operator, call: Call) -> None:
    assert "17:00:00" in logged_in(britta).get("/calls").text  # 16:00 UTC, in Stockholm in November


def test_a_note_with_an_identity_number_is_refused_and_stays_in_its_field(britta: Operator, call: Call) -> None:
    client = logged_in(britta)
    refused = client.post(f"/calls/{call.pk}", {"text": "Gäller 811218-9876"})
    assert refused.status_code == 422
    assert "personal identity number" in refused.text
    assert "Gäller 811218-9876</textarea>" in refused.text
    assert not Note.objects.exists()
    client.post(f"/calls/{call.pk}", {"text": "Gäller altanen"})
    assert "Gäller altanen" in client.get(f"/calls/{call.pk}").text


def test_an_employee_reads_her_messages_and_is_done_with_them(britta: Operator, anna: Person, call: Call) -> None:
    message = take_message(britta, call, to=anna.key, matter="Altan", caller_name="Eva Ek", call_back=True)
    client = logged_in(anna)
    assert "Altan" in client.get("/messages").text
    client.post(f"/messages/{message.pk}/read")
    client.post(f"/messages/{message.pk}/done")
    assert Message.objects.get().status == "done"
    assert "Altan" not in client.get("/messages").text
    assert "Altan" in client.get("/messages?status=done").text
    assert client.get(f"/messages/{message.pk}/done").status_code == 405


def test_a_voice_message_is_marked_as_heard_by_its_owner_only(anna: Person, call: Call, gnosjo: Organisation) -> None:
    ship([rows.entry(CALL, 2, recording={"name": f"{CALL}-r5", "seconds": 7.0, "person": anna.key})])
    voicemail = Voicemail.objects.get()
    other = rows.person(gnosjo, "Erik Berg", "46980319202", user=rows.user("erik"))
    assert logged_in(other).post(f"/voicemails/{voicemail.pk}/heard").status_code == 404
    assert f"/api/v1/voicemails/{voicemail.pk}/audio" in logged_in(anna).get("/voicemails").text
    logged_in(anna).post(f"/voicemails/{voicemail.pk}/heard")
    voicemail.refresh_from_db()
    assert voicemail.heard is not None


def test_nothing_of_another_municipality_is_shown(call: Call) -> None:
    other = rows.operator(rows.organisation("tana", "4760000100"), username="berit")
    client = logged_in(other)
    assert CALL not in client.get("/calls").text
    assert client.get(f"/calls/{CALL}").status_code == 404
    assert client.post(f"/calls/{CALL}", {"text": "x"}).status_code == 404
    assert client.get("/calls?organisation=gnosjo").status_code == 404


def test_employees_see_no_calls(anna: Person, call: Call) -> None:
    client = logged_in(anna)
    assert client.get("/calls").status_code == 403
    assert client.get(f"/calls/{CALL}").status_code == 403


@pytest.mark.parametrize(
    "path", ["/calls?cursor=zz", "/messages/99999999999999999999999/done", "/calls/%00", "/nothing"]
)
def test_strange_addresses_are_not_found(britta: Operator, path: str) -> None:
    client = logged_in(britta)
    response = client.post(path) if path.endswith("done") else client.get(path)
    assert response.status_code == 404
    assert "There is nothing at this address" in response.text


def test_older_calls_are_on_the_next_page(britta: Operator) -> None:
    ship([rows.entry(f"n1-{n:03d}", 1, started=rows.START + n) for n in range(60)])
    client = logged_in(britta)
    first = client.get("/calls?state=live")
    following = first.context["following"]
    second = client.get(f"/calls{following}")
    assert len(first.context["rows"]) == 50
    assert [call.pk for call in second.context["rows"]] == [f"n1-{n:03d}" for n in reversed(range(10))]
    assert second.context["state"] == "live"


def test_a_language_is_chosen_for_good_and_leads_nowhere_else(britta: Operator) -> None:
    client = logged_in(britta)
    back = client.post("/language", {"language": "da", "next": "/messages"})
    assert back.headers["Location"] == "/messages"
    britta.user.refresh_from_db()
    assert britta.user.language == "da"
    assert client.post("/language", {"language": "da", "next": "https://example.com/"}).headers["Location"] == "/"
    assert client.post("/language", {"language": "xx"}).status_code == 404


def test_guessing_passwords_is_stopped(britta: Operator) -> None:
    cache.clear()
    browser = Client(headers={"accept-language": "en"})
    for _ in range(10):
        assert "correct username" in browser.post("/log-in", {"username": "britta", "password": "wrong"}).text
    refused = browser.post("/log-in", {"username": "britta", "password": rows.PASSWORD})
    assert "Wait five minutes" in refused.text
    cache.clear()
    assert browser.post("/log-in", {"username": "britta", "password": rows.PASSWORD}).status_code == 302


def test_the_administrations_own_page_does_not_let_anybody_guess_either(britta: Operator) -> None:
    cache.clear()
    browser = Client(headers={"accept-language": "en"})
    for _ in range(10):
        browser.post("/admin/login/", {"username": "britta", "password": "wrong"})
    refused = browser.post("/admin/login/", {"username": "britta", "password": "wrong"})
    assert "Wait five minutes" in refused.text
    assert "Wait five minutes" in browser.post("/log-in", {"username": "britta", "password": rows.PASSWORD}).text
    cache.clear()


def test_one_password_cannot_be_tried_on_everybody(britta: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr("vaxel.portal.log_in.TRIES_OF_ALL", 3)
    browser = Client(headers={"accept-language": "en"})
    for name in ("anna", "erik", "eva"):
        assert "correct username" in browser.post("/log-in", {"username": name, "password": "Sommar2026"}).text
    refused = browser.post("/log-in", {"username": "britta", "password": rows.PASSWORD})
    assert "Wait five minutes" in refused.text
    elsewhere = browser.post("/log-in", {"username": "britta", "password": rows.PASSWORD}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302
    cache.clear()


@pytest.mark.parametrize("address", ["/log-out", "/admin/logout/"])
def test_logging_out_leads_to_the_page_that_throws_away_what_was_being_written(db: None, address: str) -> None:
    """Not so where a session that has expired is to go on."""
    browser = Client()
    eva = rows.user("eva")
    eva.is_staff = eva.is_superuser = True
    eva.save()
    browser.force_login(eva)
    left = browser.post(address, follow=True)
    assert left.redirect_chain[-1][0] == "/log-in?logged-out="
    assert "logged_out.js" in left.text
    assert "logged_out.js" not in Client().get("/console", follow=True).text + Client().get("/log-in").text


def test_pages_forbid_the_browser_everything_they_do_not_need(client: Client) -> None:
    headers = client.get("/log-in").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "ws://127.0.0.1:8001" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"].startswith("no-store") or "no-cache" in headers["Cache-Control"]
    assert "camera=()" in headers["Permissions-Policy"]


def test_those_who_watch_are_told_how_it_is(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}
    counted = client.get("/metrics").text
    assert 'vaxel_web_requests_total{method="GET",status="200",view="readyz"}' in counted


def test_readyz_says_what_is_missing(client: Client, settings: Settings) -> None:
    settings.MIGRATION_MODULES = {}  # The tables of the tests are made without migrations: all of them are missing.
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "vaxel migrate" in response.json()["detail"]


def test_an_administrator_adds_a_person_with_number_and_telephone(gnosjo: Organisation, client: Client) -> None:
    from vaxel.directory import snapshot

    boss = rows.user("boss")
    boss.is_staff = boss.is_superuser = True
    boss.save()
    client.force_login(boss)
    form = {
        "organisation": "gnosjo",
        "name": "Åsa Ny",
        "numbers-TOTAL_FORMS": "1",
        "numbers-INITIAL_FORMS": "0",
        "numbers-0-number": "46980319250",
        "phones-TOTAL_FORMS": "1",
        "phones-INITIAL_FORMS": "0",
        "phones-0-user": "asa-ny",
        "phones-0-kind": "desk",
        "further_functions-TOTAL_FORMS": "0",
        "further_functions-INITIAL_FORMS": "0",
        "substitutes-TOTAL_FORMS": "0",
        "substitutes-INITIAL_FORMS": "0",
    }
    response = client.post("/admin/directory/person/add/", form)
    assert response.status_code == 302
    world = snapshot.load().world
    person = next(iter(world.people.values()))
    assert (person.name, person.number, person.phones, person.organisation) == (
        "Åsa Ny",
        "46980319250",
        ("asa-ny",),
        "gnosjo",
    )
    assert "Åsa Ny" in client.get("/admin/directory/person/?q=asa+9250").text


def test_an_api_key_is_shown_once_and_kept_as_a_hash(britta: Operator, client: Client) -> None:
    import re

    boss = rows.user("boss")
    boss.is_staff = boss.is_superuser = True
    boss.save()
    client.force_login(boss)
    page = client.post("/admin/directory/apitoken/add/", {"operator": britta.pk, "label": "test"}, follow=True)
    (key,) = re.findall(r"vxa_[\w-]+", page.text)
    assert Client(headers={"authorization": f"Bearer {key}"}).get("/api/v1/calls").status_code == 200
    assert key not in client.get("/admin/directory/apitoken/").text


@pytest.mark.parametrize(
    "model", ["organisation", "unit", "person", "group", "number", "operator", "phone", "trunk", "apitoken", "user"]
)
def test_every_page_of_the_administration_opens(
    gnosjo: Organisation, britta: Operator, anna: Person, client: Client, model: str
) -> None:
    boss = rows.user("boss")
    boss.is_staff = boss.is_superuser = True
    boss.language = "nb"
    boss.save()
    client.force_login(boss)
    for page in ("", "?q=a"):
        assert client.get(f"/admin/directory/{model}/{page}").status_code == 200
    # What a page of its own makes, with the effect shown first, isn't made here.
    made_elsewhere = model in ("group", "number")
    assert client.get(f"/admin/directory/{model}/add/").status_code == (403 if made_elsewhere else 200)
    phone = britta.phones.first()
    assert phone
    assert phone.password not in client.get(f"/admin/directory/phone/{phone.pk}/change/").text
