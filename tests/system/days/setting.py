# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The stage is set, by the same actions as pages and REST API use; and what the policies forbid is tried.

To be run with the models of an installation: a process of its own (``Installation.django``).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from tests.system.days.municipalities import (
    ALL,
    BY_ID,
    HOTLINE,
    HOURS_OF_UNIT,
    IN_TURN,
    PICK_UP,
    Json,
    Municipality,
    cast,
    mobile_of,
    moment,
)
from vaxel.absence.actions import Wish, set_absence
from vaxel.absence.models import Absence
from vaxel.directory import groups, hours
from vaxel.directory.audit import By
from vaxel.directory.changes import raise_version
from vaxel.directory.guard import guarded
from vaxel.directory.keys import row
from vaxel.directory.models import (
    ClosingDay,
    Group,
    Hours,
    HoursException,
    Number,
    NumberKind,
    Organisation,
    Person,
    Unit,
)
from vaxel.site.config import config
from vaxel.telephony import names
from vaxel.telephony.names import Named

BY = By(name="Test")
EIGHT = moment(7, 8)
SPOKEN = ("meeting", "leave", "silent", "leaver", "errand", "protected")
"""Whose names there are recordings of: those who are, or could be, named."""


def set_up(homes: dict[str, Json]) -> None:
    """``homes``: the municipalities of ``demo.json``."""
    _quiet_demonstration()
    # Before anybody is protected: a recording of that name is there, and must not be played.
    assert names.keep_up(_spoken(homes), config(), 300.0), "not all names were spoken in time"
    for municipality in ALL:
        # Proved as a whole, once.
        with guarded(municipality.id):
            _Stage(municipality, homes[municipality.id]).set_up()
    raise_version()


def _quiet_demonstration() -> None:
    """Everybody is at work, always, and operators may take their time."""
    Absence.objects.all().delete()
    HoursException.objects.all().delete()
    Hours.objects.filter(of_policy=False).delete()
    ClosingDay.objects.all().delete()
    Person.objects.update(function="", last_day=None, successor=None, protected=False, mobile="", mobile_consent=None)
    Group.objects.update(
        strategy="all", seconds=None, overflow_group=None, mailbox=False, first_day=None, last_day=None
    )
    Organisation.objects.update(offer_seconds=120)


def _spoken(homes: dict[str, Json]) -> list[Named]:
    people = [
        (municipality, cast(homes[municipality.id], municipality.unit)[part]) for municipality in ALL for part in SPOKEN
    ]
    return [Named(town.id, person["id"], town.language, person["name"]) for town, person in people]


def _person(described: Json) -> Person:
    return Person.objects.get(pk=row(described["id"], "p") or 0)


class _Stage:
    def __init__(self, municipality: Municipality, home: Json) -> None:
        self._municipality = municipality
        self._organisation = Organisation.objects.get(id=municipality.id)
        self._cast = cast(home, municipality.unit)
        self._series = home["main_number"][:-2]

    def set_up(self) -> None:
        self._keep_hours()
        self._make_groups()
        self._let_people_be_away()
        self._give_functions()

    def _person(self, part: str) -> Person:
        return _person(self._cast[part])

    def _keep_hours(self) -> None:
        if self._municipality.week is not None:
            plan = hours.Plan(week=self._municipality.week, eve=self._municipality.eve)
            hours.set_hours(self._organisation, BY, plan)
        else:
            _shorten(self._organisation, date(2036, 4, 9), approved=True)
            _shorten(self._organisation, date(2036, 4, 7), approved=False)
        if self._municipality.unit:
            unit = Unit.objects.get(organisation=self._organisation, name=self._municipality.unit)
            hours.set_hours(unit, BY, hours.Plan(week=HOURS_OF_UNIT))

    def _make_groups(self) -> None:
        self._group("In turn", IN_TURN, "turn-1", "turn-2", "turn-3", strategy="in_turn", seconds=10.0)
        self._group("Pick-up", PICK_UP, "rung", "taker")
        self._group("Hotline", HOTLINE, "rung", last_day=date(2036, 3, 31))

    def _group(self, name: str, number: int, *parts: str, **plan: Any) -> None:
        group = Group.objects.create(organisation=self._organisation, name=name)
        digits = f"{self._series}{number}"
        Number.objects.create(number=digits, organisation=self._organisation, kind=NumberKind.GROUP, group=group)
        members = [self._cast[part]["id"] for part in parts]
        groups.change_group(group, BY, groups.GroupPlan(members=members, logged_in=frozenset(members), **plan))

    def _let_people_be_away(self) -> None:
        self._away("meeting", "meeting", moment(7, 10))
        # The next follows at once: to callers it is one absence, until eleven.
        self._away("meeting", "errand", moment(7, 11), start=moment(7, 10))
        self._away("leave", "sick" if self._municipality.id == "sollentuna" else "vacation", moment(21, 8))
        self._away("protected", "course", moment(8, 13))
        if self._municipality.id == "gnosjo":
            # Her own absence is nothing to a number that a group shares.
            self._away("turn-1", "meeting", moment(7, 11))
        # She hasn't agreed that callers are sent there.
        Person.objects.filter(pk=self._person("silent").pk).update(mobile="46701740685")
        mobile = self._person("errand")
        mobile.mobile, mobile.mobile_consent = mobile_of(self._municipality), date(2026, 1, 1)
        mobile.save()
        self._away("errand", "errand", moment(7, 14, 5), refer="mobile")
        Person.objects.filter(pk=self._person("protected").pk).update(protected=True)
        left = self._person("leaver")
        left.last_day, left.successor = date(2036, 3, 31), self._person("successor")
        left.save()

    def _away(self, part: str, reason: str, end: datetime, start: datetime = EIGHT, refer: str = "") -> None:
        set_absence(self._person(part), BY, Wish(reason=reason, start=start, end=end, refer=refer))

    def _give_functions(self) -> None:
        """Who stands in for whom, in those municipalities whose policy sends callers to colleagues with the same function."""
        if self._municipality.id not in ("falkenberg", "aabenraa"):
            return
        for pair in (("meeting", "stand-in"), ("leave", "busy"), ("silent", "busy-2")):
            people = [self._person(part).pk for part in pair]
            Person.objects.filter(pk__in=people).update(function=f"ersätter {pair[0]}")


def _shorten(organisation: Organisation, day: date, approved: bool) -> None:
    """The switchboard closes at noon, if that is approved."""
    change = hours.Change(first=day, last=day, name="Personaledag", spans=[[480, 720]], cover="Receptionen")
    exception = hours.add_exception(organisation, BY, change)
    if approved:
        hours.approve_exception(exception, By(name="Direktøren"))


# ── what the policies forbid ────────────────────────────────────────────────────────────────────────────────────────────


def refused_hours(homes: dict[str, Json]) -> dict[str, str]:
    """What is tried → what is said to those who try it; "" where they weren't refused."""
    aabenraa = Organisation.objects.get(id="aabenraa")
    person = _person(cast(homes["sollentuna"], BY_ID["sollentuna"].unit)["silent"])
    assert person.unit is not None
    forenoon = hours.Plan(week=[[[540, 660]]] * 5 + [[], []])
    noon: dict[str, Any] = {"name": "Omlægning", "spans": [[480, 720]]}
    long = hours.Change(first=date(2036, 5, 5), last=date(2036, 12, 5), cover="Receptionen", **noon)
    alone = hours.Change(first=date(2036, 5, 5), last=date(2036, 5, 6), **noon)
    return {
        "telephone hours of a unit": _refused(hours.set_hours, person.unit, BY, forenoon),
        "telephone hours of a person": _refused(hours.set_hours, person, BY, forenoon),
        "other hours than the policy's": _refused(hours.set_hours, aabenraa, BY, forenoon),
        "shorter hours for too long": _refused(hours.add_exception, aabenraa, BY, long),
        "shorter hours that nobody covers": _refused(hours.add_exception, aabenraa, BY, alone),
    }


def _refused(do: Any, *arguments: Any) -> str:
    try:
        do(*arguments)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
