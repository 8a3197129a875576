# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How cases are divided, kept on a page by who answers for the whole municipality, and by nobody else."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission

from tests import rows
from tests.portal.test_absence_pages import seen_then_saved
from tests.portal.test_unit_pages import logged_in
from vaxel.cases.models import CaseDivision, CaseShare
from vaxel.directory.models import AuditEntry, Group, Organisation, Person, Role, RoleKind

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AAB-27")]
PATH = "/case-divisions/gnosjo"


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation()


@pytest.fixture
def bo(gnosjo: Organisation) -> Person:
    made = rows.person(gnosjo, "Bo Ek", "46980319202", user=rows.user("bo"))
    Role.objects.create(organisation=gnosjo, person=made, kind=RoleKind.MANAGER)
    return made


@pytest.fixture
def anna(gnosjo: Organisation) -> Person:
    return rows.person(gnosjo, user=rows.user("anna"), unit="Bygg")


def test_a_division_is_made_changed_and_removed(bo: Person, anna: Person, gnosjo: Organisation) -> None:
    group = Group.objects.create(organisation=gnosjo, name="Äldreomsorg")
    client = logged_in(bo)
    assert "/case-divisions" in client.get("/units").text
    assert client.get("/case-divisions").headers["Location"] == PATH
    form = {"task": "Försörjningsstöd", "by": "surname", "s0-who": "Anna Lind", "s0-first": "A", "s0-last": "Fl"}
    assert client.post(f"{PATH}/new", form | {"s2-who": "äldreomsorg", "s2-first": "Fm"}).status_code == 302
    made = CaseDivision.objects.get()
    first, second = made.shares.all()
    assert (first.person, first.first, first.last) == (anna, "A", "Fl")
    assert (second.group, second.first) == (group, "Fm")
    shown = client.get(f"{PATH}/{made.key}").text
    assert 'value="Anna Lind · +46 980 31 92 01"' in shown
    assert 'value="Äldreomsorg"' in shown
    form |= {"task": "Bistånd", "by": "street", "s0-row": str(first.pk), "s0-first": "", "s0-last": ""}
    form |= {"s0-place": "Storgatan", "s0-from": "1", "s0-to": "19", "s0-side": "odd"}
    assert client.post(f"{PATH}/{made.key}", form | {"s1-row": str(second.pk), "s1-who": ""}).status_code == 302
    share = CaseShare.objects.get()
    assert (share.pk, share.place, share.number_from, share.number_to, share.side) == (
        first.pk,
        "Storgatan",
        1,
        19,
        "odd",
    )
    assert "Bistånd" in client.get(PATH).text
    asked, removed = seen_then_saved(client, f"{PATH}/{made.key}/remove", {})
    assert "Remove “Bistånd”?" in asked.text
    assert "Address · Parts: 1" in asked.text
    assert removed.headers["Location"] == PATH
    assert not CaseDivision.objects.exists()
    done = AuditEntry.objects.filter(kind="casedivision", who="bo", via="web").values_list("done", flat=True)
    assert list(done) == ["deleted", "changed", "made"]
    assert "Försörjningsstöd · Fm: made" in client.get(PATH).text, "it is told of which task"


def test_a_division_is_removed_only_when_that_is_confirmed(bo: Person) -> None:
    division = CaseDivision.objects.create(organisation=bo.organisation, task="Bistånd", by="day")
    client = logged_in(bo)
    for form in ({}, {"do": "save"}):
        assert client.post(f"{PATH}/{division.key}/remove", form).status_code == 200
    assert CaseDivision.objects.get() == division


def test_a_part_that_a_colleague_added_meanwhile_stays(bo: Person, anna: Person) -> None:
    division = CaseDivision.objects.create(organisation=bo.organisation, task="Bistånd", by="day")
    mine = CaseShare.objects.create(division=division, person=anna, first="1")
    form = {"task": "Bistånd", "by": "day", "s0-row": str(mine.pk), "s0-who": "Anna Lind", "s0-first": "2"}
    theirs = CaseShare.objects.create(division=division, person=bo, first="9")
    client = logged_in(bo)
    assert client.post(f"{PATH}/{division.key}", form).status_code == 302
    assert [(one.pk, one.first) for one in division.shares.all()] == [(mine.pk, "2"), (theirs.pk, "9")]
    emptied = form | {"s0-who": "", "s0-first": ""}
    assert client.post(f"{PATH}/{division.key}", emptied).status_code == 302
    assert division.shares.get() == theirs
    last = {"task": "Bistånd", "by": "day", "s0-row": str(theirs.pk), "s0-who": ""}
    assert "at least one who handles" in client.post(f"{PATH}/{division.key}", last).text
    assert division.shares.get() == theirs


def test_a_part_that_was_emptied_goes_although_the_form_was_first_refused_for_another(bo: Person, anna: Person) -> None:
    division = CaseDivision.objects.create(organisation=bo.organisation, task="Bistånd", by="day")
    first, second = (CaseShare.objects.create(division=division, person=anna, first=day) for day in "12")
    client = logged_in(bo)
    form = {"task": "Bistånd", "by": "day", "s0-row": str(first.pk), "s0-who": "", "s1-row": str(second.pk)}
    form |= {"s1-who": "Anna Lind", "s1-first": "40"}
    refused = client.post(f"{PATH}/{division.key}", form)
    assert "Part 2: Write a number from 1 to 31." in refused.text
    assert f'name="s0-row" value="{first.pk}"' in refused.text
    assert client.post(f"{PATH}/{division.key}", form | {"s1-first": "3"}).status_code == 302
    assert division.shares.get() == second


def test_an_owner_who_is_not_changed_is_not_looked_for(bo: Person, anna: Person) -> None:
    bo.user.user_permissions.add(Permission.objects.get(codename="see_protected"))  # type: ignore[union-attr]
    division = CaseDivision.objects.create(organisation=bo.organisation, task="Bistånd", by="day")
    inga = rows.person(bo.organisation, "Inga Hemlig", "46980319207", protected=True)
    eva, _other = rows.person(bo.organisation, "Eva Ek", ""), rows.person(bo.organisation, "Eva Ek", "")
    shares = [CaseShare.objects.create(division=division, person=one, first="1") for one in (inga, eva)]
    client = logged_in(bo)
    shown = client.get(f"{PATH}/{division.key}").text
    form = {"task": "Bistånd", "by": "day"}
    for n, share in enumerate(shares):
        told = shown.split(f'name="s{n}-who" value="')[1].partition('"')[0]
        form |= {f"s{n}-row": str(share.pk), f"s{n}-who": told, f"s{n}-first": "2"}
    assert "Inga Hemlig" in form["s0-who"]
    assert client.post(f"{PATH}/{division.key}", form).status_code == 302
    assert [(one.person, one.first) for one in division.shares.all()] == [(inga, "2"), (eva, "2")]
    client.post(f"{PATH}/{division.key}", form | {"s1-who": "Anna Lind"})
    assert [one.person for one in division.shares.all()] == [inga, anna]


def test_an_error_tells_which_part_it_is_of(bo: Person, anna: Person) -> None:
    form = {"task": "Bistånd", "by": "day", "s0-who": "Anna Lind", "s0-first": "1", "s2-who": "Anna Lind"}
    refused = logged_in(bo).post(f"{PATH}/new", form | {"s2-first": "40"}).text
    assert '<a class="ds-link" href="#s2-first">Part 2: Write a number from 1 to 31.</a>' in refused
    assert '<legend class="ds-label">Part 2</legend>' in refused.split('name="s2-who"')[0]


def test_a_task_is_divided_once_however_it_is_written(bo: Person, anna: Person) -> None:
    CaseDivision.objects.create(organisation=bo.organisation, task="Ärende", by="day")
    form = {"task": "ärende", "by": "day", "s0-who": "Anna Lind", "s0-first": "1"}
    assert "divided already" in logged_in(bo).post(f"{PATH}/new", form).text
    assert CaseDivision.objects.count() == 1


def test_a_division_of_a_whole_town_s_streets_is_saved(bo: Person, anna: Person) -> None:
    division = CaseDivision.objects.create(organisation=bo.organisation, task="Bistånd", by="street")
    form = {"task": "Bistånd", "by": "street"}
    for n in range(130):
        share = CaseShare.objects.create(division=division, person=anna, place=f"Gata {n}")
        form |= dict.fromkeys((f"s{n}-{field}" for field in ("first", "last", "from", "to", "side")), "")
        form |= {f"s{n}-row": str(share.pk), f"s{n}-who": "Anna Lind · +46 980 31 92 01", f"s{n}-place": f"Väg {n}"}
    assert logged_in(bo).post(f"{PATH}/{division.key}", form).status_code == 302
    assert division.shares.filter(place__startswith="Väg").count() == 130


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("task", "", "required"),
        ("task", "sjukpenning", "divided already"),
        ("task", "19850709-9805", "personal identity number"),
        ("by", "xx", "xx"),
        ("s0-who", "Nobody Known", "Nobody is found"),
        ("s0-who", "Inga", "Nobody is found"),
        ("s0-who", "", "who handles this part"),
        ("s0-first", "0", "1 to 31"),
        ("s0-last", "4", "last comes before"),
        ("s0-place", "19850709-9805", "personal identity number"),
        ("s0-from", "12 B", "house number"),
        ("s0-side", "up", "up"),
    ],
)
def test_what_is_refused_stays_in_its_fields(bo: Person, anna: Person, field: str, value: str, told: str) -> None:
    CaseDivision.objects.create(organisation=bo.organisation, task="Sjukpenning", by="day")
    rows.person(rows.organisation("tana", "4760000100", country="NO"), "Inga", "4760000101")
    form = {"task": "Bistånd", "by": "day", "s0-who": "Anna Lind", "s0-first": "5", "s0-last": "9"} | {field: value}
    refused = logged_in(bo).post(f"{PATH}/new", form)
    assert refused.status_code == 422
    assert told in refused.text
    for name, typed in form.items():
        if name not in ("by", "s0-side"):
            assert not typed or f'name="{name}" value="{typed}"' in refused.text
    assert CaseDivision.objects.count() == 1


def test_who_is_protected_is_told_as_somebody_and_stays(bo: Person, anna: Person) -> None:
    division = CaseDivision.objects.create(organisation=bo.organisation, task="Bistånd", by="day")
    hidden = rows.person(bo.organisation, "Hidden Person", "46980319207", protected=True)
    share = CaseShare.objects.create(division=division, person=hidden, first="1")
    client = logged_in(bo)
    shown = client.get(f"{PATH}/{division.key}").text
    assert "Hidden" not in shown
    told = shown.split('name="s0-who" value="')[1].partition('"')[0]
    form = {"task": "Bistånd", "by": "day", "s0-row": str(share.pk), "s0-who": told, "s0-first": "2"}
    assert client.post(f"{PATH}/{division.key}", form).status_code == 302
    share.refresh_from_db()
    assert (share.person, share.first) == (hidden, "2")


def test_they_are_kept_by_no_other_municipality_and_by_nobody_of_a_part(bo: Person, anna: Person) -> None:
    division = CaseDivision.objects.create(organisation=bo.organisation, task="Bistånd", by="day")
    share = CaseShare.objects.create(division=division, person=anna, first="1")
    Role.objects.create(organisation=anna.organisation, person=anna, unit=anna.unit, kind=RoleKind.MANAGER)
    other = rows.organisation("tana", "4760000100", country="NO")
    inga = rows.person(other, "Inga", "4760000101", user=rows.user("inga"))
    Role.objects.create(organisation=other, person=inga, kind=RoleKind.MANAGER)
    for who in (anna, inga):
        client = logged_in(who)
        for path in (PATH, f"{PATH}/new", f"{PATH}/{division.key}"):
            assert client.get(path).status_code == 404
            if path != PATH:
                assert client.post(path, {"task": "x"}).status_code == 404
        assert client.post(f"{PATH}/{division.key}/remove").status_code == 404
    theirs = logged_in(inga)
    assert theirs.get(f"/case-divisions/tana/{division.key}").status_code == 404
    form = {"task": "Trygd", "by": "day", "s0-row": str(share.pk), "s0-who": "Inga", "s0-first": "1"}
    assert theirs.post("/case-divisions/tana/new", form).status_code == 302
    share.refresh_from_db()
    assert (share.division, share.person) == (division, anna), "another's share isn't taken over"
    assert logged_in(anna).get("/case-divisions").status_code == 403
