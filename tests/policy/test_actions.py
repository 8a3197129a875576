# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Policies proposed and activated: in force from when, replaced when, never broken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests import rows
from tests.policy.samples import clause, hours, text
from vaxel.directory import hours as directory_hours
from vaxel.directory import snapshot
from vaxel.directory.audit import By
from vaxel.directory.models import AuditEntry, Hours, HoursException, Organisation, Unit, WorldVersion
from vaxel.policy import actions, against, selectors
from vaxel.policy.faults import PolicyError
from vaxel.policy.load import parse
from vaxel.policy.locate import Lines
from vaxel.policy.models import PolicyVersion

pytestmark = pytest.mark.django_db

BY = By(name="Eva Administratör")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def lillby() -> Organisation:
    return rows.organisation("lillby")


def rings(n: int, version: str = "1", valid_from: str = "2026-01-01") -> str:
    written = text(clause("LIL-1", f'use = "ring-limit"\nrings = {n}'))
    return written.replace('version = "1"', f'version = "{version}"').replace("2026-01-01", valid_from)


def in_force(written: str, moment: datetime | None = None) -> PolicyVersion:
    return actions.activate(actions.propose(written, BY), BY, moment=moment)


def ring_now(moment: datetime) -> float:
    return selectors.rules_now(moment)["lillby"].rules.ring


def test_calls_follow_the_policy_that_is_activated(lillby: Organisation) -> None:
    assert snapshot.load().world.organisations["lillby"].rules.version == ""
    before = WorldVersion.objects.get().n
    version = in_force(rings(3))
    rules = snapshot.load().world.organisations["lillby"].rules
    assert (rules.version, rules.ring, rules.clauses) == ("1", 18.0, {"ring-limit": "LIL-1"})
    assert WorldVersion.objects.get().n > before
    assert (version.proposed_by, version.activated_by) == (BY.name, BY.name)


def test_a_broken_policy_never_replaces_a_working_one(lillby: Organisation) -> None:
    working = in_force(rings(3))
    with pytest.raises(PolicyError):
        actions.propose(rings(50), BY)
    broken = PolicyVersion.objects.create(
        organisation=lillby, version="2", valid_from=working.valid_from, text="rings =", digest=""
    )
    with pytest.raises(PolicyError):
        actions.activate(broken, BY)
    assert selectors.in_force("lillby", timezone.now()) == working


def test_what_the_proof_finds_keeps_a_policy_from_coming_into_force(
    lillby: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "PROOFS", [lambda organisation, compiled: [f"{organisation} rings out"]])
    with pytest.raises(actions.PolicyRefused, match="lillby rings out"):
        in_force(rings(3))
    assert selectors.in_force("lillby", timezone.now()) is None


def test_old_versions_stay_and_the_past_has_the_policy_of_its_time(lillby: Organisation) -> None:
    first = in_force(rings(3), NOON)
    second = in_force(rings(4, "2"), NOON + timedelta(days=1))
    assert selectors.in_force("lillby", NOON - timedelta(seconds=1)) is None
    assert selectors.in_force("lillby", NOON + timedelta(hours=5)) == first
    assert selectors.in_force("lillby", NOON + timedelta(days=1)) == second
    assert (ring_now(NOON), ring_now(NOON + timedelta(days=2))) == (18.0, 24.0)
    assert selectors.versions_between("lillby", NOON, NOON + timedelta(days=3)) == [first, second]


def test_a_policy_of_next_month_waits_for_its_first_midnight_in_the_municipality(lillby: Organisation) -> None:
    in_force(rings(3), NOON)
    in_force(rings(5, "2", "2026-04-01"), NOON)
    midnight = datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert actions.begin_due(midnight - timedelta(seconds=1)) == 0
    in_force(rings(4, "1b"), NOON + timedelta(days=1))
    assert actions.begin_due(midnight) == 1, "the one that waits still comes"
    moments = (NOON, NOON + timedelta(days=2), midnight - timedelta(seconds=1), midnight)
    assert [ring_now(moment) for moment in moments] == [18.0, 24.0, 24.0, 30.0]


def test_a_policy_that_waits_for_its_day_comes_before_one_that_began_and_after_one_activated_that_day(
    lillby: Organisation,
) -> None:
    in_force(rings(5, "2", "2026-04-01"), NOON)
    in_force(rings(6, "2b", "2026-04-01"), NOON)
    midnight = datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert actions.begin_due(midnight) == 2
    assert ring_now(midnight) == 36.0
    in_force(rings(7, "3", "2026-05-01"), NOON)
    at_noon = datetime(2026, 5, 1, 10, tzinfo=UTC)
    in_force(rings(8, "4"), at_noon)
    assert actions.begin_due(at_noon) == 0, "the worker was away, and somebody has decided otherwise meanwhile"
    assert ring_now(at_noon) == 48.0


def test_a_policy_that_would_leave_callers_ringing_on_its_day_does_not_begin(
    lillby: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    working = in_force(rings(3), NOON)
    waiting = in_force(rings(5, "2", "2026-04-01"), NOON)
    monkeypatch.setattr(actions, "PROOFS", [lambda organisation, compiled: [f"{organisation} rings out"]])
    midnight = datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert ring_now(midnight) == 18.0, "not before it is proved"
    assert [actions.begin_due(midnight), actions.begin_due(midnight)] == [0, 0]
    assert selectors.in_force("lillby", midnight) == working
    waiting.refresh_from_db()
    assert (waiting.activated_at, waiting.begins_at, waiting.hindered_at) == (None, None, midnight)
    assert waiting.hindrance == "lillby rings out"
    monkeypatch.setattr(actions, "PROOFS", [])
    actions.activate(waiting, BY, moment=midnight + timedelta(days=1))
    assert ring_now(midnight + timedelta(days=1)) == 30.0
    waiting.refresh_from_db()
    assert waiting.hindrance == ""


def test_a_prover_that_fails_lets_no_policy_begin(lillby: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(organisation: str, compiled: object) -> list[str]:
        raise KeyError(organisation)

    waiting = in_force(rings(5, "2", "2026-04-01"), NOON)
    monkeypatch.setattr(actions, "PROOFS", [fails])
    assert actions.begin_due(datetime(2026, 4, 1, tzinfo=UTC)) == 0
    waiting.refresh_from_db()
    assert "Beviset" in waiting.hindrance, "in the municipality's language"


def test_a_version_of_one_name_says_one_thing(lillby: Organisation) -> None:
    actions.propose(rings(3), BY)
    with pytest.raises(PolicyError, match=r"line 6: policy › version: .* is there already, with the same text: Eva"):
        actions.propose(rings(3), BY)
    with pytest.raises(PolicyError, match="there is a version “1” already, which says something else"):
        actions.propose(rings(4), BY)
    assert PolicyVersion.objects.count() == 1


def test_the_controller_is_told_when_a_policy_begins(lillby: Organisation) -> None:
    in_force(rings(5, "2", "2026-04-01"), NOON)
    before = WorldVersion.objects.get().n
    assert actions.begin_due(NOON) == 0
    assert WorldVersion.objects.get().n == before
    later = datetime(2026, 4, 1, tzinfo=UTC)
    assert [actions.begin_due(later), actions.begin_due(later)] == [1, 0]
    assert WorldVersion.objects.get().n > before


def test_activating_twice_changes_nothing(lillby: Organisation) -> None:
    version = in_force(rings(3), NOON)
    again = actions.activate(version, By(name="Another"), moment=NOON + timedelta(days=1))
    assert (again.activated_by, again.activated_at) == (BY.name, NOON)


def test_every_step_is_recorded(lillby: Organisation) -> None:
    in_force(rings(3))
    entries = AuditEntry.objects.filter(kind="policyversion").order_by("id")
    assert [(entry.done, entry.who, entry.organisation_id) for entry in entries] == [
        ("made", BY.name, "lillby"),
        ("changed", BY.name, "lillby"),
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (rings(3).replace('"lillby"', '"storby"'), "line 2: policy › organisation: there is no organisation “storby”"),
        (
            rings(3).replace('"SE"', '"DK"').replace('"sv"', '"da"'),
            "line 4: policy › country: the organisation lies in SE",
        ),
    ],
)
def test_a_policy_for_another_place_is_refused(lillby: Organisation, written: str, told: str) -> None:
    with pytest.raises(PolicyError, match=told):
        actions.propose(written, BY)
    with pytest.raises(PolicyError, match="this policy is for “lillby”, not for “gnosjo”"):
        actions.propose(rings(3), BY, organisation="gnosjo")


HOURS = hours(
    'week.mon-fri = "08:00-16:00"\n'
    '[[hours.dated]]\nname = "Staff day"\nfirst = 2036-09-08\nlast = 2036-09-08\nopen = "closed"'
)


@pytest.mark.clause("AAB-9")
def test_the_hours_of_the_policy_are_those_of_the_switchboard(lillby: Organisation) -> None:
    in_force(text(HOURS, clause("LIL-1", 'use = "opening-hours"')))
    world = snapshot.load().world
    schedule = world.schedules[world.organisations["lillby"].schedule]
    assert (schedule.clause, schedule.week[0][0].start, schedule.dated[0].name) == ("LIL-1", 480, "Staff day")
    with pytest.raises(Exception, match="These hours stand in the policy"):
        directory_hours.set_hours(lillby, BY, directory_hours.Plan(week=[[]] * 7))
    in_force(rings(3, "2"))
    assert not Hours.objects.exists(), "a policy without hours leaves none of the one before"


def test_hours_of_units_are_kept_by_name_and_those_unknown_are_named(lillby: Organisation) -> None:
    unit = Unit.objects.create(organisation=lillby, name="Bygg")
    written = text(
        hours('unit = "Bygg"\nweek.mon = "09:00-12:00"'),
        hours('unit = "Skola"\nweek.mon = "09:00-12:00"'),
        clause("LIL-1", 'use = "own-hours"\nunits = ["Bygg", "Skola"]'),
    )
    in_force(written)
    assert [row.unit for row in Hours.objects.all()] == [unit]
    told = [note.sentence for note in against.notes(lillby, parse(written), Lines(written))]
    assert told == [
        "the directory has no unit “Skola”. Nobody keeps these hours.",
        "the directory has no unit “Skola”. What the clause says of it holds for nobody.",
    ]


def test_exceptions_that_people_entered_outlive_a_new_version(lillby: Organisation) -> None:
    in_force(text(HOURS, clause("LIL-1", 'use = "opening-hours"')))
    HoursException.objects.create(
        hours=Hours.objects.get(), first=NOON.date(), last=NOON.date(), name="Moving house", spans=[]
    )
    in_force(text(HOURS, clause("LIL-1", 'use = "opening-hours"')).replace('version = "1"', 'version = "2"'))
    assert sorted(HoursException.objects.values_list("name", flat=True)) == ["Moving house", "Staff day"]


def test_a_text_that_is_no_longer_taken_goes_on_as_it_was(lillby: Organisation) -> None:
    version = in_force(rings(3))
    PolicyVersion.objects.filter(pk=version.pk).update(text="[policy]\n")
    assert snapshot.load().world.organisations["lillby"].rules.ring == 18.0
