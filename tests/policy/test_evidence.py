# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the calls and the directory show of each control."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.utils import timezone

from tests import rows
from tests.domain import builders as b
from tests.domain.test_calls import Story
from tests.policy import samples
from tests.policy.history import (
    DAY,
    NOON,
    History,
    answered,
    direct,
    ended,
    fact,
    look,
    lost,
    main,
    picked_up,
    rang,
    waiting,
)
from tests.policy.samples import clause, policy
from vaxel.absence.models import Absence, Reason, Refer, Via
from vaxel.callcontrol.views import call_view
from vaxel.cases.models import CaseDivision
from vaxel.directory.models import (
    Group,
    Hours,
    HoursException,
    Membership,
    Number,
    NumberKind,
    Organisation,
    Person,
    Role,
    RoleKind,
    Unit,
)
from vaxel.domain import events as e
from vaxel.domain.plan import Cause
from vaxel.duties.models import Message
from vaxel.policy.controls import CONTROLS
from vaxel.policy.evidence import absences, directory, proof
from vaxel.policy.evidence.base import Evidence, State
from vaxel.policy.evidence.records import Record, record

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def lillby() -> Organisation:
    return rows.organisation("lillby")


@pytest.fixture
def past(lillby: Organisation) -> History:
    return History(lillby)


def evidence(lillby: Organisation, control: str, *others: str) -> Evidence:
    """Of ``control``, in a policy that uses it, for the day that began at noon."""
    written = policy(clause("LIL-1", control), *(clause(f"LIL-{n}", other) for n, other in enumerate(others, 2)))
    parameters = written.clause[0].control[0]
    module, _colon, name = CONTROLS[parameters.use].measure.partition(":")
    found: Evidence = getattr(import_module(module), name)(parameters, look(lillby, written))
    return found


def told(story: Story) -> Record:
    return record(b.CALL, 0.0, external=True, path=call_view(story.call)["path"])


# ── the record ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_call_to_a_telephone_that_nobody_answers_is_read_from_its_record() -> None:
    story = Story(b.RING_THEN_DESK).then(e.TimerFired, name="ring")
    read = told(story)
    assert [(one.party, one.cause, one.seconds) for one in read.rung] == [("p1", "no_answer", 1.0)]
    assert [(wait.cause, wait.until) for wait in read.waits] == [("no_answer", None)]
    assert not read.answered


def test_a_consultation_is_not_the_caller_s_ringing() -> None:
    story = Story().with_operator()
    story.then(e.Consult, seat=b.seat(), targets=(b.TARGET,)).answers("p1")
    read = told(story)
    assert (read.consulted, read.rung) == (1, [])
    assert read.answered_by == "operator"


def test_telephones_that_ring_together_are_heard_once() -> None:
    story = Story(b.RING_TWO).then(e.LegEnded, leg=1, cause=Cause.BUSY).then(e.LegEnded, leg=2, cause=Cause.BUSY)
    assert told(story).ringing == 2.0


# ── calls ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("control", [name for name in CONTROLS if ".calls:" in CONTROLS[name].measure])
def test_without_calls_nothing_is_measured(lillby: Organisation, control: str) -> None:
    more = {
        "ring-limit": "rings = 5",
        "operator-share": 'causes = ["no_answer"]',
        "answer-order": 'order = ["mailbox"]',
    }.get(control, "")
    assert evidence(lillby, f'use = "{control}"\n{more}').state is State.NOT_MEASURED


@pytest.mark.clause("SOL-2")
def test_a_telephone_that_rings_too_long_breaks_the_ring_limit(lillby: Organisation, past: History) -> None:
    past.call(direct(), rang(30.4, 30.4), waiting(30.4), ended(40))
    limit = 'use = "ring-limit"\nrings = 5'
    assert evidence(lillby, limit).state is State.KEPT
    late = past.call(direct(), rang(45, 45), waiting(45), ended(60))
    found = evidence(lillby, limit)
    assert (found.state, [case.call for case in found.cases]) == (State.BROKEN, [late])
    assert found.cases[0].text == "Anna Lind's telephone rang for 45 s; 30 s are allowed."


@pytest.mark.clause("SOL-2")
def test_a_group_s_telephones_ring_as_long_as_their_group_may_and_others_no_longer(
    lillby: Organisation, past: History
) -> None:
    limits = ('use = "ring-limit"\nrings = 5', 'use = "ring-limit"\nseconds = 60\ngroups = ["Bygglov"]')
    anna = rows.person(lillby)
    group = Group.objects.create(organisation=lillby, name="Bygglov")
    Group.objects.create(organisation=lillby, name="Annan")
    Number.objects.create(number="46980319300", organisation=lillby, kind=NumberKind.GROUP, group=group)
    Membership.objects.create(group=group, person=anna)
    long = {**rang(45, 45), "party": anna.key}
    past.call(direct(), long, waiting(45), ended(60), dialled="46980319300")
    assert evidence(lillby, *limits).state is State.KEPT
    late = past.call(direct(), long, waiting(45), ended(60), dialled=anna.numbers.get().number)
    found = evidence(lillby, *limits)
    assert [case.call for case in found.cases] == [late], "her own number isn't the group's"


@pytest.mark.clause("SOL-2")
def test_a_limit_of_a_unit_holds_for_the_people_in_the_units_below_it(lillby: Organisation, past: History) -> None:
    limits = ('use = "ring-limit"\nrings = 5', 'use = "ring-limit"\nseconds = 60\nunits = ["Teknik"]')
    above = Unit.objects.create(organisation=lillby, name="Teknik")
    below = Unit.objects.create(organisation=lillby, name="Bygg", parent=above)
    anna = rows.person(lillby)
    Person.objects.filter(pk=anna.pk).update(unit=below)
    past.call(direct(), {**rang(45, 45), "party": anna.key}, waiting(45), ended(60), dialled=anna.numbers.get().number)
    assert evidence(lillby, *limits).state is State.KEPT
    assert evidence(lillby, *reversed(limits)).state is State.KEPT
    Unit.objects.filter(pk=below.pk).update(parent=None)
    assert evidence(lillby, *limits).state is State.BROKEN


def test_the_time_to_answer_may_be_promised_for_one_unit(lillby: Organisation, past: History) -> None:
    anna = rows.person(lillby, unit="Bygg")
    past.call(direct(), waiting(0), answered(5), ended(60), dialled=anna.numbers.get().number)
    late = past.call(main(), waiting(0), answered(50), ended(60))
    target = 'use = "answer-time"\ntargets = [{ percent = 90, seconds = 10 }]'
    assert [case.call for case in evidence(lillby, target).cases] == [late]
    found = evidence(lillby, f'{target}\nunits = ["Bygg"]')
    assert (found.state, found.figures["answered"]) == (State.KEPT, 1)
    assert evidence(lillby, f'{target}\nunits = ["Skola"]').state is State.NOT_MEASURED


def test_what_is_promised_of_other_ways_than_the_telephone_is_never_green(lillby: Organisation, past: History) -> None:
    past.call(main(), waiting(0), answered(5), ended(60))
    targets = 'use = "answer-time"\ntargets = [{ percent = 90, seconds = 60 }, { percent = 90, seconds = 60, channel = "mail" }]'
    found = evidence(lillby, targets)
    assert found.state is State.NOT_MEASURED
    assert found.summary.endswith("Not measured yet: e-mail.")
    assert (
        evidence(lillby, targets.replace("percent = 90, seconds = 60 }", "percent = 90, seconds = 1 }")).state
        is State.BROKEN
    )


@pytest.mark.clause("GNO-3", "FAL-3", "AAB-20")
def test_a_telephone_left_without_a_referral_is_a_case_unless_a_colleague_answers(
    lillby: Organisation, past: History
) -> None:
    past.call(direct(), picked_up(5, 5), answered(5, "person"), ended(60))
    past.call(direct(), rang(0, 0, "busy"), waiting(0), answered(9), ended(60))
    past.call(direct(), rang(30, 30), answered(35, "person", "Bo"), ended(60))
    left = past.call(direct(), rang(30, 30), waiting(30, "no_answer"), answered(35), ended(60))
    off = past.call(direct(), rang(0, 0, "unregistered"), waiting(0, "unregistered"), lost(9))
    found = evidence(lillby, 'use = "unreferred"')
    assert (found.state, [case.call for case in found.cases]) == (State.BROKEN, [left, off])
    assert found.figures == {"calls": 5, "unreferred": 2, "percent": 40.0}
    assert evidence(lillby, 'use = "unreferred"\nat_most_percent = 40').state is State.KEPT


@pytest.mark.clause("GNO-5")
def test_a_number_that_a_group_shares_is_exempt_from_referral(lillby: Organisation, past: History) -> None:
    group = Group.objects.create(organisation=lillby, name="Bygg")
    Number.objects.create(number="46980319290", organisation=lillby, kind=NumberKind.GROUP, group=group)
    past.call(direct(), rang(30, 30), waiting(30), ended(40), dialled="46980319290")
    assert evidence(lillby, 'use = "unreferred"').state is State.NOT_MEASURED


@pytest.mark.clause("AAB-7")
def test_a_call_that_ends_nowhere_and_a_caller_who_gives_up_are_cases(lillby: Organisation, past: History) -> None:
    past.call(main(), fact(3, "announced"), waiting(3), answered(9), ended(60))
    past.call(main(), fact(8, "announced"), ended(8))
    past.call(main(), waiting(0), fact(20, "recorded", seconds=5.0), ended(21))
    gave_up = past.call(main(), waiting(0), lost(20))
    assert evidence(lillby, 'use = "no-dead-end"').state is State.KEPT
    found = evidence(lillby, 'use = "lost-calls"\nat_most_percent = 0')
    assert (found.state, [case.call for case in found.cases]) == (State.BROKEN, [gave_up])
    assert found.summary == "1 of 4 calls from outside were lost, 25.0 %."
    assert evidence(lillby, 'use = "lost-calls"\nat_most_percent = 0\nnot_before_seconds = 30').state is State.KEPT
    dead = past.call(direct(), rang(30, 30), ended(31))
    assert [case.call for case in evidence(lillby, 'use = "no-dead-end"').cases] == [dead]
    long = past.call(direct(), rang(50, 50), rang(100, 50, who="Bo"), waiting(100), answered(101), ended(160))
    assert [case.call for case in evidence(lillby, 'use = "no-dead-end"').cases] == [dead, long]


@pytest.mark.clause("TAN-2", "FAL-6")
def test_the_time_to_answer_is_held_against_targets_or_the_period_before(lillby: Organisation, past: History) -> None:
    for seconds in (5, 10, 15, 60):
        past.call(main(), waiting(0), answered(seconds), ended(90))
    bare = evidence(lillby, 'use = "answer-time"')
    assert bare.state is State.NOT_MEASURED
    assert bare.summary.startswith("4 calls answered, half of them within 12 s")
    assert bare.summary.endswith("The paper names no figure to hold this against.")
    assert evidence(lillby, 'use = "answer-time"\nto_measure = true').state is State.KEPT
    target = 'use = "answer-time"\ntargets = [{{ percent = {}, seconds = 20 }}]'
    assert evidence(lillby, target.format(75)).state is State.KEPT
    found = evidence(lillby, target.format(80))
    assert (found.state, len(found.cases)) == (State.BROKEN, 1)
    falling = 'use = "answer-time"\ntrend = "falling"'
    assert evidence(lillby, falling).state is State.NOT_MEASURED
    before = History(lillby, NOON - DAY)
    before.call(main(), waiting(0), answered(30), ended(60))
    assert evidence(lillby, falling).state is State.KEPT
    for _n in range(3):
        before.call(main(), waiting(0), answered(2), ended(60))
    assert evidence(lillby, falling).state is State.BROKEN


@pytest.mark.clause("FAL-4")
def test_more_callers_must_dial_direct_than_before(lillby: Organisation, past: History) -> None:
    past.call(main(), waiting(0), answered(5), ended(60))
    past.call(direct(), picked_up(5, 5), answered(5, "person"), ended(60))
    past.call(direct(), picked_up(5, 5), answered(5, "person"), ended(60), internal=True)
    rising = 'use = "dial-direct"\ntrend = "rising"'
    assert evidence(lillby, rising).figures == {"calls": 2, "percent": 50.0}
    History(lillby, NOON - DAY).call(direct(), picked_up(5, 5), answered(5, "person"), ended(60))
    found = evidence(lillby, rising)
    assert (found.state, found.figures["before"]) == (State.BROKEN, 100.0)


@pytest.mark.clause("FAL-5")
def test_calls_that_reach_the_operator_for_want_of_a_referral_are_counted_by_unit(
    lillby: Organisation, past: History
) -> None:
    anna = rows.person(lillby, unit="Bygg")
    rung = fact(30, "rang", who=anna.name, party=anna.key, kind="person", seconds=30.0, cause="no_answer")
    past.call(direct(), picked_up(5, 5), answered(5, "person"), ended(60))
    reached = past.call(direct(), rung, waiting(30, "no_answer"), answered(35), ended(60))
    found = evidence(lillby, 'use = "operator-share"\ncauses = ["no_answer"]\nat_most_percent = 10')
    assert (found.state, [case.call for case in found.cases]) == (State.BROKEN, [reached])
    assert found.summary == "1 of 2 calls to direct numbers reached an operator so, 50.0 %: Bygg 1."


@pytest.mark.clause("AAB-1")
def test_a_caller_who_is_passed_on_twice_was_sent_around(lillby: Organisation, past: History) -> None:
    once = fact(20, "transferred", who="Anna", kind="person")
    past.call(main(), waiting(0), answered(5), once, ended(60))
    twice = past.call(main(), waiting(0), answered(5), once, {**once, "at": 40}, ended(60))
    found = evidence(lillby, 'use = "hand-overs"\nat_most = 1')
    assert (found.state, [case.call for case in found.cases]) == (State.BROKEN, [twice])
    assert found.figures["mean"] == 1.5


@pytest.mark.clause("FAL-16")
def test_a_colleague_who_came_before_a_waiting_citizen_is_a_case(lillby: Organisation, past: History) -> None:
    first = 'use = "external-first"'
    past.call(main(), waiting(0), fact(90, "offered"), answered(95), ended(120))
    offered = fact(10, "offered", who="Britta", kind="operator")
    jumped = past.call(main(), waiting(0), offered, answered(12), ended(60), internal=True)
    found = evidence(lillby, first)
    assert (found.state, [case.call for case in found.cases]) == (State.BROKEN, [jumped])
    assert evidence(lillby, f"{first}\ninternal_waits_at_most_seconds = 5").state is State.KEPT


@pytest.mark.clause("GNO-14")
def test_a_caller_who_waits_too_long_without_being_offered_to_leave_a_message_is_a_case(
    lillby: Organisation, past: History
) -> None:
    past.call(main(), waiting(0), fact(60, "overflow", seconds=60.0), fact(90, "recorded", seconds=9.0), ended(91))
    long = past.call(main(), waiting(0), answered(200), ended(260))
    offer = 'use = "message-offer"\nafter_seconds = 60'
    assert [case.call for case in evidence(lillby, offer).cases] == [long]
    assert evidence(lillby, 'use = "message-offer"').state is State.KEPT


@pytest.mark.clause("GNO-11")
def test_colleagues_who_ring_the_main_number_are_counted(lillby: Organisation, past: History) -> None:
    past.call(main(), waiting(0), answered(5), ended(60))
    past.call(main(), waiting(0), answered(5), ended(60), internal=True)
    assert evidence(lillby, 'use = "internal-share"').figures["percent"] == 50.0
    assert evidence(lillby, 'use = "internal-share"\nat_most_percent = 20').state is State.BROKEN


def test_another_municipality_s_calls_are_not_seen(lillby: Organisation) -> None:
    History(rows.organisation("storby", "46980319300")).call(main(), waiting(0), answered(5), ended(60))
    assert evidence(lillby, 'use = "answer-time"').state is State.NOT_MEASURED


# ── the directory ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("GNO-1")
def test_a_number_of_somebody_who_has_left_has_no_owner_who_answers_for_it(lillby: Organisation) -> None:
    anna = rows.person(lillby)
    owners = 'use = "number-owners"'
    assert evidence(lillby, owners).state is State.KEPT
    Person.objects.filter(pk=anna.pk).update(last_day=NOON.date() - timedelta(days=900))
    found = evidence(lillby, owners)
    assert (found.state, found.cases[0].text) == (State.BROKEN, "46980319201 belongs to Anna Lind, who has left.")


@pytest.mark.clause("SOL-2", "FAL-11")
def test_a_mailbox_without_a_greeting_is_flagged_where_one_is_mandatory(lillby: Organisation) -> None:
    rows.person(lillby)
    greeting = 'use = "personal-greeting"\nmandatory = {}'
    assert evidence(lillby, greeting.format("true")).state is State.BROKEN
    assert evidence(lillby, greeting.format("false")).state is State.KEPT
    Person.objects.update(has_greeting=True)
    assert evidence(lillby, greeting.format("true")).state is State.KEPT


@pytest.mark.clause("GNO-13")
def test_the_welcome_on_the_screen_is_the_paper_s(lillby: Organisation) -> None:
    assert evidence(lillby, 'use = "welcome"\nphrase = "Välkommen"').state is State.KEPT
    found = evidence(lillby, 'use = "welcome"\nphrase = "God dag"')
    assert (found.state, found.cases[0].text) == (State.BROKEN, "The paper says: “God dag”.")


@pytest.mark.clause("FAL-18")
def test_the_trained_are_counted(lillby: Organisation) -> None:
    rows.operator(lillby)
    assert evidence(lillby, 'use = "trained-pool"\nfactor = 2').summary == "1 operators are trained; 2 are wanted."
    rows.operator(lillby, name="Bo", username="bo")
    assert evidence(lillby, 'use = "trained-pool"\nfactor = 2').state is State.KEPT


@pytest.mark.clause("AAB-32")
def test_every_administration_has_a_telephone_contact(lillby: Organisation) -> None:
    anna = rows.person(lillby, unit="Bygg")
    Unit.objects.create(organisation=lillby, name="Skola")
    contacts = 'use = "phone-contacts"'
    Role.objects.create(organisation=lillby, unit=anna.unit, person=anna, kind=RoleKind.PHONE_CONTACT)
    found = evidence(lillby, contacts)
    assert [case.text for case in found.cases] == ["Skola has no telephone contact."]
    Role.objects.create(organisation=lillby, person=anna, kind=RoleKind.PHONE_CONTACT)
    assert evidence(lillby, contacts).state is State.KEPT


@pytest.mark.clause("AAB-24", "AAB-2")
def test_the_proof_is_not_measured_until_there_is_one(lillby: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "STATES", [])
    assert evidence(lillby, 'use = "route-proof"').state is State.NOT_MEASURED
    state = proof.ProofState(at=NOON, summary="12 numbers proved.", counterexamples=("It rings out.",))
    monkeypatch.setattr(proof, "STATES", [lambda _organisation: state])
    assert evidence(lillby, 'use = "route-proof"').state is State.BROKEN
    assert evidence(lillby, 'use = "group-numbers"').state is State.KEPT


@pytest.mark.clause("AAB-2", "AAB-4")
def test_a_unit_that_nobody_covers_breaks_the_clause_that_is_meant_for_it(
    lillby: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    bygg = Unit.objects.create(organisation=lillby, name="Bygg")
    monkeypatch.setattr(proof, "STATES", [])
    assert evidence(lillby, 'use = "staffed"').state is State.NOT_MEASURED
    told = "In Bygg everybody is absent on Monday."
    state = proof.ProofState(at=NOON, summary="12 numbers proved.", uncovered=((bygg.key, told),))
    monkeypatch.setattr(proof, "STATES", [lambda _organisation: state])
    assert [case.text for case in evidence(lillby, 'use = "staffed"').cases] == [told]
    assert evidence(lillby, 'use = "staffed"\nunits = ["Bygg"]').state is State.BROKEN
    assert evidence(lillby, 'use = "staffed"\nunits = ["Skola"]').state is State.KEPT


# ── hours ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

WEEK = [[[480, 960]]] * 5 + [[], []]


@pytest.mark.clause("AAB-9")
def test_the_switchboard_keeps_the_hours_of_the_policy(lillby: Organisation) -> None:
    control = 'use = "opening-hours"'
    written = policy(samples.hours('week.mon-fri = "08:00-16:00"'), clause("LIL-1", control))
    parameters = written.clause[0].control[0]
    assert directory.opening_hours(parameters, look(lillby, written)).state is State.BROKEN
    Hours.objects.create(organisation=lillby, week=WEEK)
    assert directory.opening_hours(parameters, look(lillby, written)).state is State.KEPT
    assert (
        evidence(lillby, control).summary == "The switchboard keeps the hours of the directory; the policy gives none."
    )


@pytest.mark.clause("AAB-5", "AAB-10")
def test_a_unit_and_a_group_that_the_paper_names_have_hours(lillby: Organisation) -> None:
    own = 'use = "own-hours"\nunits = ["Jobcenter"]\ngroups = ["Hjemmehjælpen"]'
    Hours.objects.create(
        organisation=lillby, unit=Unit.objects.create(organisation=lillby, name="Jobcenter"), week=WEEK
    )
    found = evidence(lillby, own)
    assert [case.text for case in found.cases] == ["Hjemmehjælpen has no hours of its own in the directory."]
    group = Group.objects.create(organisation=lillby, name="Hjemmehjælpen")
    Hours.objects.create(organisation=lillby, group=group, week=WEEK)
    assert evidence(lillby, own).state is State.KEPT


@pytest.mark.clause("SOL-7")
def test_somebody_with_telephone_hours_where_none_are_allowed_is_a_case(lillby: Organisation) -> None:
    forbidden = 'use = "telephone-hours"\nallowed = false'
    assert evidence(lillby, forbidden).state is State.KEPT
    unit = Unit.objects.create(organisation=lillby, name="Bygg")
    Hours.objects.create(organisation=lillby, unit=unit, week=WEEK)
    assert [case.text for case in evidence(lillby, forbidden).cases] == [
        "Bygg is closed at times when the switchboard is open."
    ]
    Hours.objects.create(organisation=lillby, week=WEEK)
    assert evidence(lillby, forbidden).state is State.KEPT, "no narrower than the switchboard"


@pytest.mark.clause("AAB-14", "AAB-15")
def test_shorter_hours_that_lack_what_the_clause_asks_are_cases(lillby: Organisation) -> None:
    hours = Hours.objects.create(organisation=lillby, week=WEEK)
    day = NOON.date()
    HoursException.objects.create(hours=hours, name="Move", first=day, last=day, needs_approval=True)
    HoursException.objects.create(
        hours=hours, name="Holidays", first=day, last=day + 300 * DAY, needs_approval=True, cover="Switchboard"
    )
    assert len(evidence(lillby, 'use = "exceptional-hours"\ncover = true').cases) == 1
    found = evidence(lillby, 'use = "exceptional-hours"\nlongest_months = 6')
    assert [case.text[:10] for case in found.cases] == ["“Holidays”"]
    elsewhere = evidence(lillby, 'use = "exceptional-hours"\nlongest_months = 6\nunits = ["Bygg"]')
    assert elsewhere.state is State.NOT_MEASURED, "these were the switchboard's"


@pytest.mark.clause("GNO-16")
def test_the_closed_announcement_tells_when_the_switchboard_opens(lillby: Organisation) -> None:
    closed = 'use = "closed-announcement"'
    assert evidence(lillby, closed).state is State.NOT_MEASURED, "always open"
    hours = Hours.objects.create(organisation=lillby, week=WEEK)
    assert evidence(lillby, closed).state is State.KEPT
    hours.week = [[]] * 7
    hours.save()
    assert evidence(lillby, closed).state is State.BROKEN, "it never opens, so nothing can be told"


@pytest.mark.clause("SOL-13")
def test_notes_on_how_to_apply_the_rules_stand_with_their_clauses(lillby: Organisation) -> None:
    notes = 'use = "application-notes"\noffice = "Kansliet"'
    assert evidence(lillby, notes).state is State.NOT_MEASURED
    note = '[[clause.note]]\ntext = "Not at night."\ndate = 2026-02-01\nby = "Kansliet"'
    assert evidence(lillby, f"{notes}\n{note}").state is State.KEPT


# ── absences ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def away(person: Person, start: int, end: int, **fields: object) -> Absence:
    """From so many hours after noon until so many."""
    return Absence.objects.create(
        organisation=person.organisation,
        person=person,
        reason=Reason.MEETING,
        start=NOON + start * HOUR,
        end=NOON + end * HOUR,
        via=Via.WEB,
        **fields,
    )


@pytest.mark.clause("GNO-3", "FAL-3")
def test_absences_and_how_many_are_referred_are_counted(lillby: Organisation) -> None:
    anna = rows.person(lillby)
    referral = 'use = "absence-referral"'
    assert evidence(lillby, referral).state is State.NOT_MEASURED
    away(anna, 1, 2, refer=Refer.SWITCHBOARD)
    away(anna, 5, 6)
    away(anna, -9, -8)
    assert evidence(lillby, referral).figures == {"absences": 2, "percent": 50.0}


@pytest.mark.clause("GNO-4")
def test_absences_that_follow_each_other_are_heard_as_one(lillby: Organisation) -> None:
    anna = rows.person(lillby)
    away(anna, 1, 2)
    away(anna, 4, 5)
    merged = 'use = "merged-absences"'
    assert evidence(lillby, merged).state is State.NOT_MEASURED
    away(anna, 2, 3)
    found = evidence(lillby, merged)
    assert (found.state, found.figures) == (State.KEPT, {"merged": 1})


@pytest.mark.clause("GNO-5")
def test_members_of_a_group_that_shares_a_number_are_rung_though_absent(lillby: Organisation) -> None:
    group = Group.objects.create(organisation=lillby, name="Bygg")
    Number.objects.create(number="46980319290", organisation=lillby, kind=NumberKind.GROUP, group=group)
    anna, bo = rows.person(lillby), rows.person(lillby, "Bo Ek", "46980319202")
    for place, member in enumerate((anna, bo)):
        Membership.objects.create(group=group, person=member, position=place)
    shared = 'use = "shared-numbers"'
    assert evidence(lillby, shared).state is State.NOT_MEASURED, "nobody is absent"
    # The directory knows absences that aren't over.
    now = timezone.now()
    Absence.objects.create(
        organisation=lillby, person=anna, reason=Reason.MEETING, start=now - HOUR, end=now + HOUR, via=Via.WEB
    )
    written = policy(clause("LIL-1", shared))
    found = absences.shared_numbers(written.clause[0].control[0], look(lillby, written, now - DAY, now))
    assert (found.state, found.figures) == (State.KEPT, {"groups": 1, "absent": 1})


@pytest.mark.clause("AAB-21")
def test_absences_set_by_others_tell_who(lillby: Organisation) -> None:
    anna = rows.person(lillby)
    proxy = 'use = "proxy-absence"\nby = ["manager"]'
    away(anna, 1, 2)
    assert evidence(lillby, proxy).state is State.NOT_MEASURED
    Absence.objects.update(via=Via.PROXY, set_by_name="Eva")
    assert evidence(lillby, proxy).state is State.KEPT
    Absence.objects.update(set_by_name="")
    assert evidence(lillby, proxy).state is State.BROKEN


@pytest.mark.clause("GNO-15")
def test_calls_go_to_mobiles_with_consent_only(lillby: Organisation) -> None:
    anna = rows.person(lillby, mobile="46701740605")
    consent = 'use = "mobile-consent"'
    assert evidence(lillby, consent).state is State.NOT_MEASURED
    away(anna, 1, 2, refer=Refer.MOBILE)
    assert evidence(lillby, consent).state is State.KEPT, "routing knows no mobile without consent"


@pytest.mark.clause("SOL-2", "FAL-1")
def test_calls_that_nobody_answered_went_on(lillby: Organisation, past: History) -> None:
    order = 'use = "answer-order"\norder = ["mailbox"]'
    past.call(direct(), rang(30, 30), fact(30, "voicemail"), fact(50, "recorded", seconds=9.0), ended(51))
    past.call(direct(), rang(30, 30), waiting(30), answered(40), ended(51))
    past.call(direct(), rang(9, 9, "released"), lost(9))
    found = evidence(lillby, order)
    assert (found.state, found.figures) == (
        State.KEPT,
        {"n": 2, "colleagues": 0, "mailboxes": 1, "switchboard": 1},
    )
    past.call(direct(), rang(30, 30), picked_up(35, 5), answered(35, "person"), ended(51))
    assert evidence(lillby, order).state is State.KEPT, "on her mobile"
    nowhere = past.call(direct(), rang(30, 30), ended(31))
    assert [case.call for case in evidence(lillby, order).cases] == [nowhere]


@pytest.mark.clause("TAN-3", "SOL-5")
def test_who_has_no_tasks_and_no_search_words_cannot_be_found_by_them(lillby: Organisation) -> None:
    rows.person(lillby, tasks="bygglov")
    search = 'use = "task-search"'
    assert evidence(lillby, search).state is State.KEPT
    rows.person(lillby, "Bo Ek", "46980319202")
    assert [case.text for case in evidence(lillby, search).cases] == ["Bo Ek has neither tasks nor search words."]


@pytest.mark.clause("AAB-29", "AAB-31")
def test_groups_for_a_period_and_units_with_one_number_are_named(lillby: Organisation) -> None:
    group, unit = 'use = "temporary-groups"', 'use = "transfer-preference"'
    assert {evidence(lillby, group).state, evidence(lillby, unit).state} == {State.NOT_MEASURED}
    day = NOON.date()
    Group.objects.create(organisation=lillby, name="Hotline", first_day=day, last_day=day)
    Unit.objects.create(organisation=lillby, name="Bygg", transfer_number="46980319201")
    assert evidence(lillby, group).summary == "Groups for a period: Hotline."
    assert evidence(lillby, unit).summary == "Transfers go where these units want them: Bygg."


@pytest.mark.clause("AAB-36")
def test_messages_that_operators_took_are_counted(lillby: Organisation) -> None:
    taking = 'use = "message-taking"'
    assert evidence(lillby, taking).state is State.NOT_MEASURED
    britta = rows.operator(lillby)
    Message.objects.create(organisation=lillby, matter="Ring", taken_by=britta, taken_at=NOON + HOUR)
    assert evidence(lillby, taking).figures == {"messages": 1}


@pytest.mark.clause("AAB-27")
def test_tasks_whose_cases_nobody_handles_are_cases(lillby: Organisation) -> None:
    division = 'use = "case-division"\nby = ["birth-date"]'
    assert evidence(lillby, division).state is State.NOT_MEASURED
    CaseDivision.objects.create(organisation=lillby, task="Sygedagpenge", by="day")
    assert evidence(lillby, division).state is State.BROKEN
