# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from tests import rows
from vaxel.directory import hours, snapshot
from vaxel.directory.audit import By
from vaxel.directory.hours import Change, Limits, Plan
from vaxel.directory.models import AuditEntry, Group, Hours, HoursException, Organisation, Unit
from vaxel.directory.spans import clock, minutes_of
from vaxel.domain import routing
from vaxel.domain.hours import DayKind, Span

pytestmark = pytest.mark.django_db

OFFICE: list[Any] = [[[480, 720], [780, 960]]] * 4 + [[[480, 840]]] + [[], []]
BY = By(name="Test")


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation()


@pytest.fixture
def bygg(gnosjo: Organisation) -> Unit:
    return Unit.objects.create(organisation=gnosjo, name="Bygg")


def today() -> date:
    return hours.today_in("Europe/Stockholm")


def a_weekday(after: int = 10) -> date:
    day = today() + timedelta(days=after)
    while day.weekday() > 3:
        day += timedelta(days=1)
    return day


def errors(call: Any, *arguments: Any, **fields: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        call(*arguments, **fields)
    return caught.value.message_dict


def test_hours_reach_the_world_with_lunch_and_the_holidays_of_the_country(gnosjo: Organisation) -> None:
    hours.set_hours(gnosjo, BY, Plan(week=OFFICE, eve=[[480, 720]]))
    world = snapshot.load().world
    home = world.organisations["gnosjo"]
    table = world.timetable(home.schedule, "gnosjo")
    assert table is not None
    assert table.schedule.week[0] == (Span(480, 720), Span(780, 960))
    year = today().year
    assert home.calendar[date(year + 1, 6, 6)].name == "Nationaldagen"
    assert home.calendar[date(year + 1, 12, 24)].kind is DayKind.HOLIDAY
    assert home.calendar[date(year + 1, 4, 30)].kind is DayKind.EVE
    assert table.spans(date(year + 1, 12, 24)) == ()
    assert AuditEntry.objects.get(kind="hours").who == "Test"


def test_a_unit_keeps_the_hours_of_the_one_above_it(gnosjo: Organisation, bygg: Unit) -> None:
    below = Unit.objects.create(organisation=gnosjo, name="Bygglov", parent=bygg)
    made = hours.set_hours(bygg, BY, Plan(week=OFFICE))
    world = snapshot.load().world
    assert world.schedule_of_unit(below.key) == made.key
    hours.remove_hours(bygg, BY)
    assert snapshot.load().world.schedule_of_unit(below.key) == ""


def test_past_midnight_is_the_next_day(gnosjo: Organisation) -> None:
    hours.set_hours(gnosjo, BY, Plan(week=[[[1320, 1560]]] + [[]] * 6))
    world = snapshot.load().world
    table = world.timetable(world.organisations["gnosjo"].schedule, "gnosjo")
    assert table is not None
    monday = a_weekday(30)
    monday -= timedelta(days=monday.weekday())
    opens, closes = table.spans(monday)[0]
    zone = ZoneInfo("Europe/Stockholm")
    assert (table.local(opens).hour, table.local(closes).hour) == (22, 2)
    assert table.local(closes).astimezone(zone).date() == monday + timedelta(days=1)


@pytest.mark.parametrize(
    ("plan", "field", "word"),
    [
        ({"week": [[]] * 6}, "week", "seven days"),
        ({"week": [[[960, 480]]] + [[]] * 6}, "week", "16:00–08:00 ends before it begins"),
        ({"week": [[[480, 720], [700, 960]]] + [[]] * 6}, "week", "Monday: 11:40 begins before 12:00 has ended"),
        ({"week": [[[480, 3000]]] + [[]] * 6}, "week", "between 00:00 and 24:00"),
        ({"week": [[[480, "x"]]] + [[]] * 6}, "week", "two times"),
        ({"week": [[[1320, 1980]], [[480, 960]]] + [[]] * 5}, "week", "past midnight into the hours of Tuesday"),
        ({"week": OFFICE, "holiday": [[1, 1]]}, "holiday", "ends before it begins"),
        ({"week": OFFICE, "eve": "all day"}, "eve", "pairs of times"),
        ({"week": OFFICE, "seasons": [{"first": [2, 31], "last": [3, 1], "week": OFFICE}]}, "seasons", "1 June"),
        (
            {
                "week": OFFICE,
                "seasons": [
                    {"first": [6, 1], "last": [8, 31], "week": OFFICE, "name": "Sommar"},
                    {"first": [8, 1], "last": [9, 1], "week": OFFICE, "name": "Höst"},
                ],
            },
            "seasons",
            "“Sommar” and “Höst” overlap",
        ),
    ],
)
def test_hours_that_can_not_be_are_refused_with_a_sentence(
    gnosjo: Organisation, plan: dict[str, Any], field: str, word: str
) -> None:
    told = errors(hours.set_hours, gnosjo, BY, Plan(**plan))
    assert word in told[field][0]
    assert hours.hours_of(gnosjo) is None


# ── what the policy says ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def policy(monkeypatch: pytest.MonkeyPatch) -> Any:
    def say(**fields: Any) -> None:
        monkeypatch.setattr(hours, "limits", lambda organisation, world: Limits(**fields))

    return say


@pytest.mark.clause("SOL-7")
def test_telephone_hours_are_refused_with_the_clause_where_the_policy_forbids_them(
    gnosjo: Organisation, bygg: Unit, policy: Any
) -> None:
    policy(telephone_hours=False, telephone_hours_clause="SOL-7")
    hours.set_hours(gnosjo, BY, Plan(week=OFFICE))
    narrow = Plan(week=[[[540, 720], [780, 960]], *OFFICE[1:]])
    told = errors(hours.set_hours, bygg, BY, narrow)["week"][0]
    assert "SOL-7" in told
    assert "Bygg would be closed 08:00–09:00" in told
    wider = hours.set_hours(bygg, BY, Plan(week=[[[420, 1020]]] * 5 + [[], []]))
    assert wider.unit == bygg
    lunch = Change(first=a_weekday(), last=a_weekday(), name="Planering", spans=[[480, 660]])
    assert "SOL-7" in errors(hours.add_exception, bygg, BY, lunch)["week"][0]


@pytest.mark.clause("AAB-13", "AAB-14", "AAB-15")
def test_shorter_hours_need_cover_an_end_and_approval_where_the_policy_says_so(
    gnosjo: Organisation, policy: Any
) -> None:
    policy(approved_by="director", longest_months=6, cover=True, exceptions_clause="AAB-13")
    hours.set_hours(gnosjo, BY, Plan(week=OFFICE))
    day = a_weekday()
    short: dict[str, Any] = {"first": day, "last": day, "name": "Personaldag"}
    assert "AAB-13" in errors(hours.add_exception, gnosjo, BY, Change(**short))["cover"][0]
    long = {**short, "last": day + timedelta(days=200), "cover": "Växeln"}
    assert "6 months" in errors(hours.add_exception, gnosjo, BY, Change(**long))["last"][0]
    made = hours.add_exception(gnosjo, BY, Change(**short, cover="Växeln"))
    assert (made.needs_approval, made.review, made.in_force) == (True, day, False)
    schedule = next(iter(snapshot.load().world.schedules.values()))
    assert schedule.dated == ()
    hours.approve_exception(made, By(name="Direktör Dahl"))
    schedule = next(iter(snapshot.load().world.schedules.values()))
    assert (schedule.dated[0].name, schedule.dated[0].spans) == ("Personaldag", ())
    assert HoursException.objects.get().approved_by == "Direktör Dahl"


@pytest.mark.clause("AAB-12")
def test_longer_hours_need_no_approval(gnosjo: Organisation, policy: Any) -> None:
    policy(approved_by="director", cover=True, exceptions_clause="AAB-13")
    hours.set_hours(gnosjo, BY, Plan(week=OFFICE))
    day = a_weekday()
    made = hours.add_exception(gnosjo, BY, Change(first=day, last=day, name="Pass", spans=[[420, 1200]]))
    assert made.in_force
    policy(longer=False)
    again = Change(first=day + timedelta(days=7), last=day + timedelta(days=7), name="Pass", spans=[[420, 1200]])
    assert "longer" in errors(hours.add_exception, gnosjo, BY, again)["spans"][0]


def test_overlapping_backward_and_past_exceptions_are_refused(gnosjo: Organisation) -> None:
    hours.set_hours(gnosjo, BY, Plan(week=OFFICE))
    day = a_weekday()
    hours.add_exception(gnosjo, BY, Change(first=day, last=day + timedelta(days=2), name="Flytt"))
    told = errors(hours.add_exception, gnosjo, BY, Change(first=day, last=day, name="Annat"))
    assert "overlaps “Flytt”" in told["first"][0]
    backward = Change(first=day, last=day - timedelta(days=1), name="x")
    assert "before the first" in errors(hours.add_exception, gnosjo, BY, backward)["last"][0]
    past = Change(first=date(2020, 1, 1), last=date(2020, 1, 2), name=" ")
    assert set(errors(hours.add_exception, gnosjo, BY, past)) == {"last", "name"}


def test_closing_days_and_eves_are_the_organisations_own(gnosjo: Organisation) -> None:
    day = a_weekday()
    hours.add_closing_day(gnosjo, BY, day, "Klämdag")
    hours.set_eves(gnosjo, BY, {"walpurgis": "ordinary", "epiphany-eve": "half", "christmas-eve": "closed"})
    gnosjo.refresh_from_db()
    assert gnosjo.eves == {"walpurgis": "ordinary", "epiphany-eve": "half"}
    calendar = snapshot.load().world.organisations["gnosjo"].calendar
    year = today().year + 1
    assert (calendar[day].kind, calendar[day].name) == (DayKind.LOCAL, "Klämdag")
    assert date(year, 4, 30) not in calendar
    assert calendar[date(year, 1, 5)].kind is DayKind.EVE
    assert "already" in errors(hours.add_closing_day, gnosjo, BY, day, "Igen")["day"][0]
    with pytest.raises(ValidationError):
        hours.set_eves(gnosjo, BY, {"halloween": "closed"})


@pytest.mark.parametrize(
    ("text", "minutes"), [("8", 480), ("08:30", 510), ("8.30", 510), ("0830", 510), ("830", 510), ("24:00", 1440)]
)
def test_times_are_read_as_people_write_them(text: str, minutes: int) -> None:
    assert minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["", "25:00", "8:60", "24:01", "noon", "-1:00", "８", "1:2:3", "99999999"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="is not a time"):
        minutes_of(text)


def test_times_are_written_with_two_digits() -> None:
    assert [clock(minutes) for minutes in (0, 485, 1440, 1560)] == ["00:00", "08:05", "24:00", "02:00"]


# ── exceptions from the hours above ─────────────────────────────────────────────────────────────────────────────────────


def staff_day(day: date) -> Change:
    return Change(first=day, last=day, name="Personaldag", cover="Växeln")


def at(day: date, hour: int) -> float:
    return datetime.combine(day, time(hour), ZoneInfo("Europe/Stockholm")).timestamp()


def prompts(number: str, day: date, hour: int) -> tuple[str, ...]:
    """What a caller hears first; nothing when it rings at once."""
    step: Any = routing.plan(number, False, snapshot.load().world, at(day, hour)).plan
    return getattr(step, "prompts", ())


@pytest.mark.clause("AAB-12", "AAB-14")
def test_a_unit_without_hours_of_its_own_closes_for_a_staff_day(gnosjo: Organisation, bygg: Unit) -> None:
    rows.person(gnosjo, unit="Bygg", has_greeting=True)
    hours.set_hours(gnosjo, BY, Plan(week=[[[480, 960]]] * 7))
    day = a_weekday()
    made = hours.add_exception(bygg, BY, staff_day(day))
    told = prompts("46980319201", day, 10)
    assert told[0] == "unit-closed"
    assert f"opens:{at(day + timedelta(days=1), 8):.0f}" in told, "with the switchboard, not at midnight"
    assert prompts("46980319201", day - timedelta(days=1), 20) == (), "on other days she is rung at any time, as before"
    assert hours.hours_of(bygg) is None
    hours.remove_exception(made, BY)
    assert prompts("46980319201", day, 10) == ()
    assert not Hours.objects.filter(unit=bygg).exists()


def test_an_exception_of_a_group_is_from_the_hours_of_its_unit_and_follows_them(
    gnosjo: Organisation, bygg: Unit
) -> None:
    bygg_hours = hours.set_hours(bygg, BY, Plan(week=[[[600, 660]]] * 7))
    group = Group.objects.create(organisation=gnosjo, name="Bygglov", unit=bygg)
    day = a_weekday()
    hours.add_exception(group, BY, Change(first=day, last=day, name="Längre", spans=[[480, 960]]))

    def open_on(day: date) -> tuple[Span, ...]:
        world = snapshot.load().world
        table = world.timetable(world.groups[group.key].schedule, "gnosjo")
        assert table is not None
        return table.wall_clock(day)

    assert open_on(day) == (Span(480, 960),)
    assert open_on(day + timedelta(days=1)) == (Span(600, 660),)
    hours.set_hours(bygg, BY, Plan(week=[[[540, 600]]] * 7))
    assert open_on(day + timedelta(days=1)) == (Span(540, 600),)
    hours.set_hours(group, BY, Plan(week=[[[0, 60]]] * 7))
    assert open_on(day) == (Span(480, 960),), "the exception stays when the group gets hours of its own"
    assert open_on(day + timedelta(days=1)) == (Span(0, 60),)
    assert Hours.objects.get(group=group).only_exceptions is False
    assert bygg_hours.exceptions.count() == 0


@pytest.mark.clause("SOL-7")
def test_a_unit_without_hours_may_not_close_where_telephone_hours_are_forbidden(
    gnosjo: Organisation, bygg: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours.set_hours(gnosjo, BY, Plan(week=OFFICE))
    monkeypatch.setattr(hours, "limits", lambda *_: Limits(telephone_hours=False, telephone_hours_clause="SOL-7"))
    assert "SOL-7" in errors(hours.add_exception, bygg, BY, staff_day(a_weekday()))["week"][0]


@pytest.mark.clause("AAB-13")
def test_shorter_hours_than_those_above_need_approval(
    gnosjo: Organisation, bygg: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours.set_hours(gnosjo, BY, Plan(week=OFFICE))
    monkeypatch.setattr(hours, "limits", lambda *_: Limits(approved_by="director"))
    day = a_weekday()
    longer = Change(first=day, last=day, name="Skatt", spans=[[420, 1080]])
    assert hours.prepared_exception(bygg, BY, longer).needs_approval is False
    assert hours.prepared_exception(bygg, BY, staff_day(day)).needs_approval is True
