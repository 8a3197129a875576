# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import rows
from vaxel.absence import actions
from vaxel.absence.actions import Wish
from vaxel.absence.models import Absence
from vaxel.directory import audit, snapshot
from vaxel.directory.audit import By, Via
from vaxel.directory.models import AuditEntry, Group, Membership, Organisation, Person
from vaxel.domain.absence import AbsenceReason, ReferTo

pytestmark = pytest.mark.django_db


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation()


@pytest.fixture
def anna(gnosjo: Organisation) -> Person:
    return rows.person(gnosjo, user=rows.user("anna"))


@pytest.fixture
def bo(gnosjo: Organisation) -> Person:
    return rows.person(gnosjo, "Bo Ek", "46980319202")


def herself(person: Person, via: Via = Via.WEB) -> By:
    assert person.user is not None
    return audit.by_user(person.user, via)


def in_hours(hours: float) -> datetime:
    return timezone.now() + timedelta(hours=hours)


def refused(person: Person, **fields: object) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        actions.set_absence(person, By(name="Test"), Wish(**{"reason": "meeting", **fields}))  # type: ignore[arg-type]
    assert Absence.objects.filter(person=person).count() == 0
    return caught.value.message_dict


@pytest.mark.clause("GNO-3", "AAB-21")
def test_an_absence_reaches_the_world_with_its_referral_and_who_set_it(anna: Person, bo: Person) -> None:
    end = in_hours(3)
    wish = Wish(reason="meeting", end=end, message="  i\nfullmäktige ", refer="colleague", refer_to=bo.key)
    made = actions.set_absence(anna, herself(anna), wish)
    (absence,) = snapshot.load().world.absences[anna.key]
    assert (absence.reason, absence.refer, absence.refer_id) == (AbsenceReason.MEETING, ReferTo.COLLEAGUE, bo.key)
    assert (absence.message, absence.set_by, absence.end) == ("i fullmäktige", "anna", end.timestamp())
    assert (made.via, made.start <= timezone.now()) == ("web", True)
    entry = AuditEntry.objects.get(kind="absence")
    assert (entry.who, entry.via, entry.done, entry.organisation_id) == ("anna", "web", "made", "gnosjo")
    assert entry.after["reason"] == "meeting"


@pytest.mark.clause("AAB-21")
def test_what_somebody_else_sets_is_marked_as_by_proxy(anna: Person) -> None:
    britta = rows.operator(anna.organisation)
    made = actions.set_absence(anna, audit.by_user(britta.user), Wish(reason="sick"))
    assert (made.via, made.set_by_name, made.end) == ("proxy", "britta", None)


def test_every_change_of_an_absence_raises_the_version(anna: Person) -> None:
    versions = [snapshot.version()]
    made = actions.set_absence(anna, herself(anna), Wish(reason="sick"))
    versions.append(snapshot.version())
    made = actions.change_absence(made, herself(anna), Wish(reason="vacation", end=in_hours(2)))
    versions.append(snapshot.version())
    actions.end_absence(made, herself(anna))
    versions.append(snapshot.version())
    assert versions == sorted(set(versions))
    assert [entry.done for entry in AuditEntry.objects.filter(kind="absence").order_by("id")] == [
        "made",
        "changed",
        "changed",
    ]


def test_returning_early_ends_what_is_in_force_and_keeps_what_is_to_come(anna: Person) -> None:
    actions.set_absence(anna, herself(anna), Wish(reason="meeting", end=in_hours(2)))
    tomorrow = actions.set_absence(anna, herself(anna), Wish(reason="course", start=in_hours(20), end=in_hours(28)))
    assert actions.back(anna, By(name="Anna", via=Via.PHONE)) == 1
    (left,) = snapshot.load().world.absences[anna.key]
    assert left.id == tomorrow.key
    assert Absence.objects.exclude(ended=None).get().ended_by == "Anna"


def test_what_had_not_begun_is_withdrawn_without_a_trace_in_the_world(anna: Person) -> None:
    later = actions.set_absence(anna, herself(anna), Wish(reason="course", start=in_hours(20), end=in_hours(28)))
    actions.end_absence(later, herself(anna))
    actions.end_absence(later, herself(anna))
    assert anna.key not in snapshot.load().world.absences


def test_keyed_again_on_the_telephone_it_takes_the_place_of_what_was_keyed_before(anna: Person) -> None:
    phone = By(name="Anna Lind", via=Via.PHONE)
    actions.set_absence(anna, phone, Wish(reason="meeting", end=in_hours(1)))
    actions.set_absence(anna, phone, Wish(reason="errand", end=in_hours(2)))
    (absence,) = snapshot.load().world.absences[anna.key]
    assert absence.reason == AbsenceReason.ERRAND


# ── refused ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_referral_to_oneself_is_refused(anna: Person) -> None:
    assert "oneself" in refused(anna, refer="colleague", refer_to=anna.key)["refer_to"][0]


def test_referrals_in_a_ring_are_refused_with_the_names_on_the_way(anna: Person, bo: Person) -> None:
    eva = rows.person(anna.organisation, "Eva Dal", "46980319203")
    actions.set_absence(bo, By(), Wish(reason="vacation", end=in_hours(48), refer="colleague", refer_to=eva.key))
    actions.set_absence(eva, By(), Wish(reason="vacation", end=in_hours(48), refer="colleague", refer_to=anna.key))
    told = refused(anna, refer="colleague", refer_to=bo.key)["refer_to"][0]
    assert "Anna Lind → Bo Ek → Eva Dal → Anna Lind" in told
    later = Wish(reason="course", start=in_hours(60), end=in_hours(70), refer="colleague", refer_to=bo.key)
    assert actions.set_absence(anna, By(), later).pk


def test_a_ring_through_a_groups_overflow_is_refused(anna: Person, bo: Person) -> None:
    group = Group.objects.create(organisation=anna.organisation, name="Bygg", overflow_person=bo)
    actions.set_absence(bo, By(), Wish(reason="sick", refer="colleague", refer_to=anna.key))
    assert "Anna Lind → Bygg → Bo Ek → Anna Lind" in refused(anna, refer="group", refer_to=group.key)["refer_to"][0]


def test_a_referral_to_an_employment_that_ends_is_refused(anna: Person, bo: Person) -> None:
    bo.last_day = timezone.now().date() + timedelta(days=3)
    bo.save()
    assert "ends on" in refused(anna, refer="colleague", refer_to=bo.key)["refer_to"][0]
    brief = Wish(reason="meeting", end=in_hours(1), refer="colleague", refer_to=bo.key)
    assert actions.set_absence(anna, By(), brief).pk


def test_the_past_is_refused(anna: Person) -> None:
    assert "passed already" in refused(anna, start=in_hours(-5), end=in_hours(-2))["end"][0]
    assert "in the past" in refused(anna, start=in_hours(-5), end=in_hours(2))["start"][0]
    assert "before it begins" in refused(anna, start=in_hours(5), end=in_hours(2))["end"][0]


def test_somebody_of_another_municipality_is_no_colleague(anna: Person) -> None:
    other = rows.person(rows.organisation("tana", "4760000100"), "Elle Varsi", "4760000101")
    assert "same organisation" in refused(anna, refer="colleague", refer_to=other.key)["refer_to"][0]
    assert "same organisation" in refused(anna, refer="group", refer_to="g1")["refer_to"][0]
    assert "same organisation" in refused(anna, refer="colleague", refer_to="'; drop")["refer_to"][0]


@pytest.mark.clause("GNO-15")
def test_the_mobile_is_refused_without_consent(anna: Person) -> None:
    assert "no mobile number" in refused(anna, refer="mobile")["refer_to"][0]
    anna.mobile = "46701740699"
    anna.save()
    assert "hasn't agreed" in refused(anna, refer="mobile")["refer_to"][0]
    assert snapshot.load().world.people[anna.key].mobile == ""
    anna.mobile_consent = timezone.now().date()
    anna.save()
    assert snapshot.load().world.people[anna.key].mobile == "46701740699"
    assert actions.set_absence(anna, By(), Wish(reason="travel", refer="mobile")).pk


def test_words_that_are_not_in_the_list_or_name_an_identity_are_refused(anna: Person) -> None:
    told = refused(anna, reason="golf", refer="moon", message="Ring 811218-9876")
    assert set(told) == {"reason", "refer", "message"}
    assert "300" in refused(anna, message="x" * 301)["message"][0]


def test_who_has_left_can_not_be_absent(anna: Person) -> None:
    anna.last_day = date(2020, 1, 31)
    anna.save()
    assert "doesn't work here" in refused(anna)["start"][0]


def test_a_group_is_referred_to_only_in_its_period(anna: Person) -> None:
    group = Group.objects.create(
        organisation=anna.organisation, name="Krislinje", last_day=timezone.now().date() + timedelta(days=1)
    )
    Membership.objects.create(group=group, person=anna)
    assert "ends on" in refused(anna, refer="group", refer_to=group.key)["refer_to"][0]
    brief = Wish(reason="meeting", end=in_hours(1), refer="group", refer_to=group.key)
    assert actions.set_absence(anna, By(), brief).refer_key == group.key


def test_an_absence_that_is_over_can_not_be_changed(anna: Person) -> None:
    made = actions.set_absence(anna, By(), Wish(reason="meeting", end=in_hours(1)))
    Absence.objects.filter(pk=made.pk).update(
        start=datetime(2026, 1, 1, tzinfo=UTC), end=datetime(2026, 1, 2, tzinfo=UTC)
    )
    made.refresh_from_db()
    with pytest.raises(ValidationError, match="is over"):
        actions.change_absence(made, By(), Wish(reason="meeting"))
