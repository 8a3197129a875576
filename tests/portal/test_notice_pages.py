# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of notices, prepared answers and the change form: what is refused stays in its fields."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests import rows
from tests.portal.test_absence_pages import logged_in, seen_then_saved, text_of
from vaxel.directory.audit import By
from vaxel.directory.hours import today_in
from vaxel.directory.models import Operator, Organisation, Person, Role, RoleKind
from vaxel.notices import actions
from vaxel.notices.models import Acknowledgement, Notice, PreparedAnswer, PressFeed
from vaxel.notices.plans import NoticePlan
from vaxel.staffing.models import StaffChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def gnosjo() -> Organisation:
    made = rows.organisation()
    rows.operator(made)
    return made


@pytest.fixture
def anna(gnosjo: Organisation) -> Person:
    """She leads the whole municipality."""
    made = rows.person(gnosjo, user=rows.user("anna"), unit="Bygg", has_greeting=True)
    Role.objects.create(organisation=gnosjo, person=made, kind=RoleKind.MANAGER)
    return made


@pytest.fixture
def bo(gnosjo: Organisation) -> Person:
    """The telephone contact of Bygg."""
    made = rows.person(gnosjo, "Bo Ek", "46980319202", unit="Bygg", user=rows.user("bo"), has_greeting=True)
    Role.objects.create(organisation=gnosjo, unit=made.unit, person=made, kind=RoleKind.PHONE_CONTACT)
    return made


def unit(person: Person) -> str:
    assert person.unit is not None
    return person.unit.key


@pytest.mark.clause("AAB-30", "GNO-17")
def test_a_contact_tells_and_an_operator_has_read_it(bo: Person, gnosjo: Organisation) -> None:
    client = logged_in(bo)
    form = {
        "kind": "expected_calls",
        "title": "Brev om taxor",
        "unit": unit(bo),
        "people": "Bo Ek\n",
        "words": "sopor\nkärl",
    }
    assert client.get("/notices/of/gnosjo/new").status_code == 200
    refused = client.post("/notices/of/gnosjo/new", {**form, "title": "", "text": "Pnr 19811218-9876", "begins": "x"})
    assert refused.status_code == 422
    assert "Write day and time like" in text_of(refused)
    assert "sopor\nkärl" in refused.text
    assert client.post("/notices/of/gnosjo/new", form).status_code == 302
    notice = Notice.objects.get()
    assert (notice.phrases, list(notice.people.all()), notice.told_by) == (["sopor", "kärl"], [bo], "bo")
    assert "Not read yet by: Britta Växel" in text_of(client.get("/notices"))
    operator = Client(headers={"accept-language": "en"})
    operator.force_login(Operator.objects.get().user)
    operator.post(f"/notices/{notice.key}/read")
    assert Acknowledgement.objects.get().operator.name == "Britta Växel"
    assert "Read by everybody" in text_of(client.get("/notices"))
    assert client.get(f"/notices/{notice.key}").status_code == 200
    client.post(f"/notices/{notice.key}", {**form, "title": "Brev om nya taxor"})
    assert "Not read yet by" in text_of(client.get("/notices"))
    client.post(f"/notices/{notice.key}/withdraw")
    assert "No notices" in text_of(client.get("/notices"))
    assert "Brev om nya taxor" in text_of(client.get("/notices?over=1"))


def test_others_are_not_found(bo: Person) -> None:
    tana = rows.organisation("tana", "4760000100")
    theirs = actions.tell(tana, By(), NoticePlan(kind="change", title="Hemmelig"))
    client = logged_in(bo)
    for path in ("/notices/of/tana/new", f"/notices/{theirs.key}", "/answers/of/tana/new", "/staff/of/tana/leaver"):
        assert client.get(path).status_code == 404, path
    for path in (f"/notices/{theirs.key}/withdraw", "/notices/of/tana/feeds", "/notices/of/gnosjo/feeds"):
        assert client.post(path).status_code == 404, path
    assert "Hemmelig" not in client.get("/notices").text
    nobody = rows.person(tana, "Elle", "4760000101", user=rows.user("elle"))
    for path in ("/notices", "/answers", "/staff"):
        assert logged_in(nobody).get(path).status_code == 403


@pytest.mark.clause("FAL-15")
def test_the_head_names_a_feed(anna: Person) -> None:
    client = logged_in(anna)
    client.post("/notices/of/gnosjo/feeds", {"address": "falkenberg"})
    assert "Write the whole address" in text_of(client.get("/notices"))
    client.post("/notices/of/gnosjo/feeds", {"address": "https://gnosjo.example/rss"})
    feed = PressFeed.objects.get()
    assert "https://gnosjo.example/rss not read yet" in text_of(client.get("/notices"))
    client.post(f"/notices/of/gnosjo/feeds/{feed.pk}/remove")
    assert not PressFeed.objects.exists()


@pytest.mark.clause("AAB-36")
def test_an_answer_is_prepared_found_and_reworded(bo: Person) -> None:
    client = logged_in(bo)
    form = {"question": "Behövs bygglov?", "text": "Sällan.", "words": "altan", "unit": unit(bo)}
    assert client.post("/answers/of/gnosjo/new", {**form, "text": ""}).status_code == 422
    client.post("/answers/of/gnosjo/new", form)
    answer = PreparedAnswer.objects.get()
    assert "Sällan." in text_of(client.get("/answers?q=altan"))
    assert "No answers are found" in text_of(client.get("/answers?q=sopor"))
    assert client.get(f"/answers/{answer.key}").status_code == 200
    client.post(f"/answers/{answer.key}", {**form, "text": "Aldrig."})
    assert "Sällan." in text_of(client.get(f"/answers/{answer.key}")), "earlier wordings are shown"
    client.post(f"/answers/{answer.key}/withdraw")
    assert "No answers are found" in text_of(client.get("/answers"))


@pytest.mark.clause("AAB-33")
def test_a_change_is_shown_reported_refused_filled_in_anew_and_approved(anna: Person, bo: Person) -> None:
    client, head = logged_in(bo), logged_in(anna)
    form = {"person": "Anna Lind", "successor": "Nobody", "day": today_in("Europe/Stockholm").isoformat()}
    refused = client.post("/staff/of/gnosjo/leaver", {**form, "do": "show"})
    assert refused.status_code == 422
    assert 'value="Nobody"' in refused.text
    form["successor"] = "Bo Ek"
    _shown, saved = seen_then_saved(client, "/staff/of/gnosjo/leaver", form)
    assert saved.headers["Location"] == "/staff"
    made = StaffChange.objects.get()
    assert (made.status, made.reported_by_name) == ("waiting", "bo")
    assert "waits for approval" in text_of(client.get("/staff"))
    assert client.post(f"/staff/{made.key}/approve").status_code == 404
    asked = head.post(f"/staff/{made.key}/approve")
    assert "The effect, before anything is saved" in text_of(asked)
    assert StaffChange.objects.get().status == "waiting"
    head.post(f"/staff/{made.key}/refuse", {"why": "Vem tar över?"})
    assert "Vem tar över?" in text_of(client.get(f"/staff/{made.key}"))
    _shown, saved = seen_then_saved(client, f"/staff/{made.key}", {**form, "successor": ""})
    seen_then_saved(head, f"/staff/{made.key}/approve", {})
    made.refresh_from_db()
    assert (made.status, made.notice is not None) == ("approved", True)
    assert "Anna Lind" in text_of(head.get("/notices"))


@pytest.mark.parametrize("subject", ["joiner", "leaver", "mover", "task", "case_division", "unstaffed"])
def test_every_form_is_shown(bo: Person, subject: str) -> None:
    assert logged_in(bo).get(f"/staff/of/gnosjo/{subject}").status_code == 200


@pytest.mark.clause("AAB-23")
def test_a_unit_is_reported_as_unstaffed(anna: Person, bo: Person) -> None:
    day = today_in("Europe/Stockholm") + timedelta(days=3)
    form = {"unit": unit(bo), "day": day.isoformat(), "until": "", "why": "Temadag", "cover": "Växeln tar meddelanden"}
    seen_then_saved(logged_in(bo), "/staff/of/gnosjo/unstaffed", form)
    made = StaffChange.objects.get()
    seen_then_saved(logged_in(anna), f"/staff/{made.key}/approve", {})
    assert Notice.objects.get().cover == "Växeln tar meddelanden"
