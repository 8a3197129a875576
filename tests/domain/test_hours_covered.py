# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telephone hours that nobody covers: found before a caller finds them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.worlds import DAY, END, HOUR, START, worlds
from vaxel.domain.absence import Absence, AbsenceReason, away
from vaxel.domain.hours import Schedule, Span
from vaxel.domain.proof import Kind, prove
from vaxel.domain.routing import schedule_of
from vaxel.domain.world import Group, Organisation, Person, Unit, World

HOURS = Schedule(id="s-group", week=((Span(480, 960),),) * 7)
MORNINGS = Schedule(id="s-mornings", week=((Span(480, 720),),) * 7)
AFTERNOONS = Schedule(id="s-afternoons", week=((Span(720, 960),),) * 7)
UNTIL = START + 90 * DAY
"""Of what is proved."""


def person(key: str, **more: Any) -> Person:
    usual: dict[str, Any] = {"unit": "Permits", "number": "", "phones": (f"phone-{key}",)}
    return Person(id=key, organisation="home", name=key.title(), **(usual | more))


def uncovered(*members: Person, absences: dict[str, tuple[Absence, ...]] | None = None) -> list[tuple[str, float]]:
    """Whose hours, and since when: hours after the first midnight."""
    home = Organisation(
        id="home",
        name="Home",
        language="sv",
        country="SE",
        time_zone="Europe/Stockholm",
        main_number="46801",
        welcome_phrase="",
    )
    keys = tuple(member.id for member in members)
    group = Group(id="g1", organisation="home", name="Permits", number="46805", members=keys, schedule=HOURS.id)
    world = World(
        organisations={"home": home},
        numbers={},
        people={member.id: member for member in members},
        groups={"g1": group},
        operators={},
        phones={},
        units={"u1": Unit(id="u1", organisation="home", name="Permits", schedule=HOURS.id)},
        schedules={schedule.id: schedule for schedule in (HOURS, MORNINGS, AFTERNOONS)},
        absences=absences or {},
    )
    found = [finding for finding in prove(world, START, UNTIL).findings if finding.kind is Kind.HOURS_UNCOVERED]
    return [(finding.subject, ((finding.at or 0.0) - START) / HOUR) for finding in found]


MUTE = person("bo", phones=())
ANNA = person("anna", schedule=MORNINGS.id)


@pytest.mark.clause("AAB-2", "AAB-4")
def test_afternoons_that_nobodys_own_hours_cover_are_found() -> None:
    assert uncovered(ANNA, MUTE) == [("g1", 12.0)]


@pytest.mark.clause("AAB-2", "AAB-4")
def test_hours_are_uncovered_once_the_last_one_has_left() -> None:
    leaving = START + 30 * DAY
    assert uncovered(person("anna", ended=leaving), MUTE) == [("g1", 30 * 24 + 8.0)]
    assert uncovered(person("anna", ended=START - DAY), MUTE) == [("g1", 8.0)]


@pytest.mark.clause("AAB-2", "AAB-4")
def test_two_who_share_the_day_cover_it_until_one_of_them_leaves() -> None:
    cilla = person("cilla", schedule=AFTERNOONS.id)
    assert uncovered(ANNA, cilla) == []
    assert uncovered(ANNA, replace(cilla, ended=START + 30 * DAY)) == [("g1", 30 * 24 + 12.0)]


def test_a_telephone_is_needed_to_cover_hours() -> None:
    assert uncovered(MUTE, person("dag", phones=())) == [("g1", 8.0)]
    assert uncovered(MUTE, person("dag")) == []


def test_an_absence_counts_in_the_hours_of_whom_it_leaves_alone() -> None:
    absence = Absence(
        id="a1", person="cilla", reason=AbsenceReason.MEETING, start=START + 34 * HOUR, end=START + 38 * HOUR
    )
    cilla = person("cilla")
    assert uncovered(ANNA, cilla, absences={"cilla": (absence,)}) == [("g1", 36.0)]
    assert uncovered(person("anna"), cilla, absences={"cilla": (absence,)}) == []


def test_a_unit_whose_staff_have_other_hours_is_found_too() -> None:
    assert ("u1", 12.0) in uncovered(replace(ANNA, unit_id="u1"), MUTE)


@settings(max_examples=40, deadline=None)
@given(world=worlds(), moments=st.lists(st.floats(START, END - 1), min_size=20, max_size=20))
def test_no_uncovered_moment_is_overlooked(world: World, moments: list[float]) -> None:
    found = {finding.subject: finding.at for finding in prove(world, START, END).findings if finding.at is not None}
    home = world.organisations["home"]
    for group in world.groups.values():
        if len(group.members) < 2:
            continue
        hours = group.schedule or world.schedule_of_unit(group.unit_id) or home.schedule
        for at in moments:
            if _open(hours, world, at) and not any(_there(world.people[key], world, at) for key in group.members):
                assert found[group.id] <= at


def _open(schedule: str, world: World, at: float) -> bool:
    table = world.timetable(schedule, "home")
    return table is None or table.is_open(at)


def _there(person: Person, world: World, at: float) -> bool:
    gone = person.ended is not None and person.ended <= at
    absent = away(world.absences.get(person.id, ()), at) is not None
    return bool(person.phones) and not gone and not absent and _open(schedule_of(person, world), world, at)
