# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A change that would leave a caller ringing isn't saved; one that only asks for attention is, once it is accepted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from msgspec.structs import replace

from tests import rows
from tests.policy import samples
from vaxel.absence import actions
from vaxel.directory import current, groups, hours, snapshot
from vaxel.directory.audit import By
from vaxel.directory.changes import raise_version
from vaxel.directory.guard import guarded
from vaxel.directory.models import (
    Group,
    Hours,
    HoursException,
    Membership,
    Number,
    NumberKind,
    Organisation,
    Person,
    Unit,
)
from vaxel.domain.hours import Span
from vaxel.domain.proof import Kind
from vaxel.exchange import actions as exchange
from vaxel.exchange.apply import carry_out
from vaxel.exchange.models import ExternalKey, Import, Source, SourceKind
from vaxel.exchange.plan import Options
from vaxel.policy import actions as policies
from vaxel.proof import known
from vaxel.proof.guard import Unaccepted, Unproved, asking, proved, refusals, tried

pytestmark = pytest.mark.django_db

BY = By(name="Eva Administratör")


def never_open(home: Organisation) -> None:
    hours = Hours.objects.get(organisation=home)
    hours.week = [[]] * 7
    hours.save()


def group(home: Organisation, *members: Person) -> Group:
    made = Group.objects.create(organisation=home, name="Bygglov", mailbox=True)
    Number.objects.create(number="46980319300", organisation=home, kind=NumberKind.GROUP, group=made)
    for member in members:
        Membership.objects.create(group=made, person=member)
    return made


@pytest.mark.clause("AAB-2", "AAB-7")
def test_what_would_leave_a_caller_ringing_is_taken_back_and_told(gnosjo: Organisation) -> None:
    with pytest.raises(Unproved) as refused, guarded(gnosjo.pk):
        never_open(gnosjo)
    assert {finding.kind for finding in refused.value.findings} == {Kind.DEAD_END, Kind.NEVER_OPENS}
    assert "ends without saying when to ring again" in " ".join(refused.value.messages)
    assert Hours.objects.get(organisation=gnosjo).week[0] == [[480, 960]]


def test_a_refusal_is_a_form_s_own(gnosjo: Organisation) -> None:
    with pytest.raises(ValidationError) as refused, guarded(gnosjo.pk):
        never_open(gnosjo)
    assert all(message.count(".") >= 2 for message in refused.value.messages), "a sentence, and what helps"


def test_who_mends_one_of_two_faults_may_save(gnosjo: Organisation) -> None:
    never_open(gnosjo)
    with proved(gnosjo.pk) as result:
        rows.person(gnosjo, "Eva Ny", "46980319203", has_greeting=True)
    assert result.comparison.counterexamples == ()
    with proved(gnosjo.pk) as result:
        Hours.objects.all().delete()
    assert {finding.kind for finding in result.comparison.gone} == {Kind.DEAD_END, Kind.NEVER_OPENS}


def test_warnings_are_asked_about_only_where_somebody_can_answer(gnosjo: Organisation) -> None:
    bo = Person.objects.get(name="Bo Ek")
    with pytest.raises(Unaccepted) as asked, asking(), guarded(gnosjo.pk):
        group(gnosjo, bo)
    assert [finding.kind for finding in asked.value.findings] == [Kind.GROUP_OF_ONE]
    assert not Group.objects.exists()
    with guarded(gnosjo.pk):
        group(gnosjo, bo)
    assert Group.objects.exists()


def test_several_changes_in_one_are_looked_at_as_a_whole(gnosjo: Organisation) -> None:
    with guarded(gnosjo.pk):
        with guarded(gnosjo.pk):
            never_open(gnosjo)
        hours = Hours.objects.get(organisation=gnosjo)
        hours.week = [[[480, 600]]] * 7
        hours.save()
    assert Hours.objects.get(organisation=gnosjo).week == [[[480, 600]]] * 7


def test_what_is_tried_is_told_and_not_done(gnosjo: Organisation) -> None:
    effect = tried(gnosjo.pk, lambda: never_open(gnosjo))
    assert Hours.objects.get(organisation=gnosjo).week[0] == [[480, 960]]
    assert {finding.kind for finding in effect.comparison.counterexamples} == {Kind.DEAD_END, Kind.NEVER_OPENS}
    assert [hours.owner for hours in effect.hours] == ["Gnosjo kommun"]
    main = next(changed for changed in effect.changed if changed.number == "46980319200")
    assert main.before != main.after
    assert effect.numbers == 1, "people have mailboxes, and go on as before"


def test_hours_that_change_are_told_day_by_day_also_when_only_the_calendar_does(gnosjo: Organisation) -> None:
    day = hours.today_in(gnosjo.time_zone) + timedelta(days=100)
    day += timedelta(days=(2 - day.weekday()) % 7)
    effect = tried(gnosjo.pk, lambda: hours.add_closing_day(gnosjo, BY, day, "Städdag"))
    assert [(one.owner, [(on.day, on.before, on.after) for on in one.days]) for one in effect.hours] == [
        ("Gnosjo kommun", [(day, (Span(480, 960),), ())])
    ]
    assert [one.number for one in effect.changed] == ["46980319200"], "later than a fortnight, and shown"


def test_an_exception_of_a_unit_without_hours_is_proved_with_the_rest(gnosjo: Organisation) -> None:
    unit = Unit.objects.get()
    day = hours.today_in(gnosjo.time_zone) + timedelta(days=3)
    hours.add_exception(unit, BY, hours.Change(first=day, last=day, name="Personaldag"))
    before = known.proof_of(gnosjo.pk)
    own = Hours.objects.get(unit=None)
    own.week = [[[540, 900]]] * 7
    own.save()
    world = snapshot.load().world
    assert known.after(before, world, gnosjo.pk).findings == known.proof_of(gnosjo.pk).findings
    effect = tried(gnosjo.pk, lambda: hours.remove_exception(HoursException.objects.get(), BY))
    assert [(one.owner, [on.day for on in one.days]) for one in effect.hours] == [("Bygg", [day])]
    assert effect.numbers == 2, "Anna's and Bo's"


def test_refusals_name_nobody_with_protected_identity(gnosjo: Organisation) -> None:
    Person.objects.filter(name="Bo Ek").update(protected=True)
    raise_version()

    def change() -> None:
        bo = Person.objects.get(name="Bo Ek")
        bo.has_greeting = False
        bo.save()

    warnings = refusals(tried(gnosjo.pk, change).comparison.warnings, current.world())
    assert "Bo Ek" not in " ".join(warnings)


def test_a_person_s_change_is_shown_before_and_after(gnosjo: Organisation) -> None:
    anna = Person.objects.get(name="Anna Lind")

    def change() -> None:
        anna.no_answer = "switchboard"
        anna.save()

    (changed,) = tried(gnosjo.pk, change).changed
    assert (changed.name, changed.others) == ("Anna Lind", 0)
    assert [line.what for line in changed.before] == ["ring", "person", "mailbox"]
    assert [line.what for line in changed.after][:3] == ["ring", "person", "announce"] or changed.after[
        2
    ].what == "queue"


def test_what_a_change_itself_refuses_is_passed_on(gnosjo: Organisation) -> None:
    def change() -> None:
        raise ValidationError("no")

    with pytest.raises(ValidationError, match="no"):
        tried(gnosjo.pk, change)


@pytest.mark.clause("AAB-7", "AAB-24")
def test_an_import_that_would_leave_callers_ringing_changes_nothing_and_says_which_row(gnosjo: Organisation) -> None:
    """The overflow of a group rings after it: colleagues after her are too many for one caller."""
    anna, bo = Person.objects.order_by("id")
    group(gnosjo, anna, bo)
    Group.objects.update(seconds=30, mailbox=False, overflow_person=bo)
    policy = samples.text(
        samples.clause("LIL-1", 'use = "no-dead-end"\nlongest_ringing_seconds = 60'),
        samples.clause("LIL-2", 'use = "answer-order"\norder = ["same-function", "mailbox"]'),
    ).replace("lillby", gnosjo.pk)
    policies.activate(policies.propose(policy, BY), BY)
    known.forget()
    source = Source.objects.create(organisation=gnosjo, name="Personal", kind=SourceKind.CSV)
    table, kind = exchange.read(
        b"Id;Namn;Telefon;Titel;Funktion\n1;Anna Lind;+46980319201;Chef;bygglov\n2;Bo Ek;+46980319202;Chef;bygglov\n"
        b"3;Eva Ek;;Kock;\n"
    )
    plan = exchange.planned(source, table, exchange.suggested(source, table, kind), Options())
    with pytest.raises(ValidationError) as refused:
        carry_out(source, plan, BY)
    first, *others = refused.value.messages
    assert first == "Nothing was imported: line 3 (Bo Ek) can't be carried out."
    assert all("[LIL-1]" in told for told in others), others
    assert "nothing but ringing" in others[0]
    assert not Person.objects.exclude(title="", function="").exists()
    assert Person.objects.count() == 2
    assert not Import.objects.exists()
    assert not ExternalKey.objects.exists()


# ── the actions ask for it ──────────────────────────────────────────────────────────────────────────────────────────────


def test_hours_that_never_open_are_refused_to_whoever_enters_them(gnosjo: Organisation) -> None:
    with pytest.raises(Unproved):
        hours.set_hours(gnosjo, BY, hours.Plan(week=[[]] * 7))
    assert Hours.objects.get(organisation=gnosjo).week[0] == [[480, 960]]
    hours.set_hours(gnosjo, BY, hours.Plan(week=[[[480, 720]]] * 7))


def test_a_group_that_would_ring_too_long_is_refused(gnosjo: Organisation) -> None:
    """Its overflow begins anew: together they ring longer than anybody may hear nothing but ringing."""
    anna, bo = Person.objects.order_by("id")
    first = group(gnosjo, anna, bo)
    second = Group.objects.create(organisation=gnosjo, name="Tillsyn", seconds=60)
    Membership.objects.create(group=second, person=bo)
    Membership.objects.create(group=second, person=anna)
    plan = groups.GroupPlan(members=[anna.key, bo.key], logged_in=frozenset([anna.key, bo.key]), seconds=60)
    with pytest.raises(Unproved) as refused:
        groups.change_group(first, BY, replace(plan, overflow=second.key))
    assert {finding.kind for finding in refused.value.findings} == {Kind.RINGS_TOO_LONG}
    assert "for 120 seconds" in refused.value.messages[0]
    first.refresh_from_db()
    assert first.overflow_group is None
    groups.change_group(first, BY, plan)


def test_a_referral_to_somebody_absent_is_asked_about(gnosjo: Organisation) -> None:
    anna, bo = Person.objects.order_by("id")
    actions.set_absence(bo, BY, actions.Wish(reason="vacation"))
    wish = actions.Wish(reason="meeting", refer="colleague", refer_to=bo.key)
    with pytest.raises(Unaccepted) as asked, asking():
        actions.set_absence(anna, BY, wish)
    assert {finding.kind for finding in asked.value.findings} == {Kind.REFERRED_TO_ABSENT, Kind.HOURS_UNCOVERED}
    assert "who is absent too" in " ".join(asked.value.messages)
    assert actions.set_absence(anna, BY, wish).pk


def test_a_policy_that_would_leave_a_caller_ringing_never_comes_into_force(gnosjo: Organisation) -> None:
    closed = samples.text(samples.clause("LIL-1", 'use = "opening-hours"'), samples.hours('week.mon = "closed"'))
    closed = closed.replace("lillby", gnosjo.pk)
    with pytest.raises(policies.PolicyRefused) as refused:
        policies.activate(policies.propose(closed, BY), BY)
    assert "ends without saying when to ring again" in str(refused.value)
    assert not Hours.objects.filter(of_policy=True).exists()
