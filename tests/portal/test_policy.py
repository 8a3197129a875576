# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the policy."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from tests import rows
from tests.policy import samples
from tests.policy.history import History, direct, ended, rang, waiting
from tests.policy.samples import clause, text
from vaxel.directory import hours
from vaxel.directory.audit import By
from vaxel.directory.models import Operator, Organisation, Person, Role, RoleKind, User
from vaxel.policy import actions, selectors
from vaxel.policy.load import parse, shipped
from vaxel.policy.models import PolicyVersion
from vaxel.portal.effects import Told, Way

pytestmark = pytest.mark.django_db

BY = By(name="Council")
FIVE = text(clause("LIL-1", 'use = "ring-limit"\nrings = 5'), clause("LIL-2", 'use = "parcels"'))
SIX = FIVE.replace("rings = 5", "rings = 6").replace('version = "1"', 'version = "2"')


@pytest.fixture
def lillby() -> Organisation:
    made = rows.organisation("lillby")
    rows.operator(made)
    rows.person(made)
    return made


@pytest.fixture
def eva(lillby: Organisation) -> User:
    """She leads the whole municipality."""
    eva = rows.person(lillby, "Eva Berg", "46980319209", user=rows.user("eva"))
    Role.objects.create(organisation=lillby, person=eva, kind=RoleKind.MANAGER)
    assert eva.user is not None
    return eva.user


def logged_in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def in_force(written: str = FIVE) -> PolicyVersion:
    now = timezone.now() - timedelta(days=2)
    return actions.activate(actions.propose(written, BY), BY, moment=now)


def test_clauses_are_shown_by_state_with_their_cases(lillby: Organisation, eva: User) -> None:
    in_force()
    past = History(lillby, timezone.now() - timedelta(hours=5))
    call = past.call(direct(), rang(45, 45), waiting(45), ended(60))
    shown = logged_in(eva).get("/policy/lillby").text
    assert re.findall(r'data-state="([a-z-]+)"', shown) == ["broken", "no-control"]
    assert "Anna Lind&#x27;s telephone rang for 45 s; 30 s are allowed." in shown
    assert "The receipt book for parcels doesn&#x27;t exist yet." in shown
    assert f"/calls/{call}" not in shown, "she may not see calls"
    operator = Operator.objects.get().user
    assert f"/calls/{call}" in logged_in(operator).get("/policy/lillby").text


def test_the_report_comes_as_a_spreadsheet_and_for_programs(lillby: Organisation, eva: User) -> None:
    in_force()
    client = logged_in(eva)
    answer = client.get("/policy/lillby/report.csv")
    assert answer.text.startswith("clause,state")
    assert client.get("/policy/lillby/report.json").json()["organisation"] == "lillby"
    assert client.get("/policy/lillby/report.xls").status_code == 404


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2026-03-10", "2026-03-01", "The period ends before it begins"),
        ("2020-01-01", "2026-03-01", "The period is longer than 400 days"),
        ("2999-01-01", "", "hasn&#x27;t begun yet"),
        ("", "nonsense", "Write the day like 2026-03-02"),
    ],
)
def test_a_period_that_can_not_be_is_told_and_stays(
    lillby: Organisation, eva: User, first: str, last: str, told: str
) -> None:
    in_force()
    shown = logged_in(eva).get(f"/policy/lillby?from={first}&to={last}")
    assert shown.status_code == 422
    assert told in shown.text
    assert "Below is what there is for" in shown.text
    assert f'name="from" value="{first}"' in shown.text
    assert f'name="to" value="{last}"' in shown.text
    sheet = logged_in(eva).get(f"/policy/lillby/report.csv?from={first}&to={last}")
    assert (sheet.status_code, sheet["Content-Type"]) == (422, "text/plain; charset=utf-8")


@pytest.mark.clause("AAB-9")
def test_the_preview_tells_of_hours_that_change_and_of_those_that_are_lost(lillby: Organisation, eva: User) -> None:
    hours.set_hours(lillby, BY, hours.Plan(week=[[[540, 720]]] * 7))
    written = text(clause("LIL-1", 'use = "opening-hours"'), samples.hours('week.mon-fri = "08:00-16:00"'))
    shown = logged_in(eva).post("/policy/lillby/new", {"text": written}, follow=True).text
    assert "The hours that people have entered for Lillby kommun are lost" in shown
    assert "Monday 09:00–12:00" in shown
    assert "09:00–12:00 → <strong>08:00–16:00</strong>" in shown
    assert "more days within the year" in shown
    assert "Calls to 1 number go another way." in shown


def test_what_the_preview_leaves_out_is_counted() -> None:
    way = Way(name="Anna", number="46980319201", at=timezone.now(), others=2)
    assert Told(ways=(way,), numbers=60).unlisted == 57
    assert Told(ways=(way,), numbers=3).unlisted == 0
    told = render_to_string("portal/effect.html", {"effect": Told(ways=(way,), numbers=60)})
    assert "Calls to 60 numbers go another way." in told
    assert "57 of them aren't listed below." in told


def test_a_text_with_faults_stays_in_its_field_and_changes_nothing(lillby: Organisation, eva: User) -> None:
    working = in_force()
    answer = logged_in(eva).post("/policy/lillby/new", {"text": FIVE.replace("rings = 5", "rigns = 5")})
    assert answer.status_code == 422
    assert "Did you mean `rings`?" in answer.text
    assert "rigns = 5" in answer.text
    assert list(PolicyVersion.objects.all()) == [working]


def test_a_new_version_shows_what_changes_and_comes_into_force_when_confirmed(lillby: Organisation, eva: User) -> None:
    in_force()
    client = logged_in(eva)
    answer = client.post("/policy/lillby/new", {"text": SIX, "note": "Council, 2 March"}, follow=True)
    proposal = PolicyVersion.objects.get(version="2")
    assert (proposal.note, proposal.activated_at) == ("Council, 2 March", None)
    row = re.search(r"<td>ring-limit › rings</td><td>(\d)</td><td>(\d)</td>", answer.text)
    assert row is not None
    assert row.groups() == ("5", "6")
    assert "Anna Lind" in answer.text, "whose calls change"
    address = f"/policy/lillby/{proposal.pk}/activate"
    assert "Tick that you have seen what changes" in client.post(address, follow=True).text
    answer = client.post(address, {"seen": proposal.digest}, follow=True)
    assert "Version 2 is in force." in answer.text
    current = selectors.in_force("lillby", timezone.now())
    assert current is not None
    assert (current.version, current.activated_by) == ("2", "eva")


def test_what_the_proof_finds_is_told_and_the_old_version_stays(
    lillby: Organisation, eva: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    working = in_force()
    monkeypatch.setattr(actions, "PROOFS", [lambda _organisation, _compiled: ["Anna Lind's number rings out."]])
    proposal = actions.propose(SIX, BY)
    answer = logged_in(eva).post(f"/policy/lillby/{proposal.pk}/activate", {"seen": proposal.digest})
    assert answer.status_code == 409
    assert "Anna Lind&#x27;s number rings out." in answer.text
    assert selectors.in_force("lillby", timezone.now()) == working


def test_who_reads_and_who_changes(lillby: Organisation, eva: User) -> None:
    version = in_force()
    operator = Operator.objects.get().user
    anna = Person.objects.get(name="Anna Lind")
    anna.user = rows.user("anna")
    anna.save()
    stranger = rows.operator(rows.organisation("storby", "46980319300"), username="stranger").user
    assert logged_in(operator).get("/policy", follow=True).status_code == 200
    assert logged_in(operator).get("/policy/lillby/new").status_code == 403
    assert logged_in(operator).post(f"/policy/lillby/{version.pk}/activate").status_code == 403
    assert "Put in force" not in logged_in(operator).get(f"/policy/lillby/{version.pk}").text
    for other in (anna.user, stranger):
        for address in ("", "/new", f"/{version.pk}", f"/{version.pk}/text", "/report.csv"):
            assert logged_in(other).get(f"/policy/lillby{address}").status_code == 404, address
    assert logged_in(anna.user).get("/policy").status_code == 403
    assert Client().get("/policy/lillby").status_code == 302


def test_the_file_of_a_version_can_be_fetched(lillby: Organisation, eva: User) -> None:
    version = in_force()
    assert logged_in(eva).get(f"/policy/lillby/{version.pk}/text").text == FIVE
    assert logged_in(eva).get("/policy/lillby/99999999999999999999/text").status_code == 404


def test_a_first_policy_begins_from_the_template(lillby: Organisation, eva: User) -> None:
    shown = logged_in(eva).get("/policy/lillby/new").text
    assert "organisation = &quot;lillby&quot;" in shown
    assert "No policy was in force in this period." in logged_in(eva).get("/policy/lillby").text


@pytest.mark.parametrize("name", sorted(shipped()))
def test_the_pages_of_the_five_can_be_shown(name: str) -> None:
    countries = {"tana": ("NO", "nb"), "aabenraa": ("DK", "da")}
    country, language = countries.get(name, ("SE", "sv"))
    home = rows.organisation(name, country=country, language=language)
    operator = rows.operator(home)
    actions.activate(actions.propose(shipped()[name], BY), BY, moment=timezone.now() - timedelta(days=2))
    for spoken in ("sv", "nb", "da", "en"):
        shown = logged_in(operator.user).get(f"/policy/{name}", headers={"accept-language": spoken})
        assert shown.status_code == 200
        assert len(re.findall(r'<details class="clause"', shown.text)) == len(parse(shipped()[name]).clause)
