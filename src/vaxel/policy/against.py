# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A policy held against the directory of its organisation: what it can't promise at the hours there, whom it names that isn't there, and
which hours that people have entered it overrides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vaxel.directory.hours import hours_of, today_in
from vaxel.directory.models import Group, Hours, HoursException, Organisation, Person, Unit
from vaxel.directory.spans import WEEKDAYS, week_of, written
from vaxel.domain.hours import DatedHours
from vaxel.policy.compile import OwnedSchedule, schedules
from vaxel.policy.contradictions import Found, deadlines_too_soon, gives_hours
from vaxel.policy.document import Policy
from vaxel.policy.faults import Fault, nearest
from vaxel.policy.hours import owner_of
from vaxel.policy.locate import Lines, Path
from vaxel.policy.terms import ForWhom


def faults(home: Organisation, policy: Policy, lines: Lines, file: str = "") -> list[Fault]:
    """What of ``policy`` can't be kept in ``home``."""
    return _told(_too_soon(home, policy), lines, file)


def notes(home: Organisation, policy: Policy, lines: Lines, file: str = "") -> list[Fault]:
    """What whoever puts ``policy`` in force in ``home`` should know. It may be in force all the same."""
    found = (*_unknown(home, policy), *_replaced(home, policy), *_overridden(home, policy))
    return _told(found, lines, file)


def _told(found: Iterable[tuple[Path, str, str]], lines: Lines, file: str) -> list[Fault]:
    return [Fault(line=lines.of(path), key=key, sentence=sentence, file=file) for path, key, sentence in found]


def _too_soon(home: Organisation, policy: Policy) -> Found:
    """Deadlines by the directory's hours, where the file gives none: those of the policy before end with it."""
    hours = hours_of(home)
    if hours is not None and not hours.of_policy and not gives_hours(policy):
        yield from deadlines_too_soon(policy, week_of(hours.week))


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _unknown(home: Organisation, policy: Policy) -> Found:
    for n, hours in enumerate(policy.hours):
        name = hours.unit or hours.group
        if name:
            told = _sentence(home, "units" if hours.unit else "groups", name)
            if told:
                yield ("hours", n, "unit" if hours.unit else "group"), name, f"{told} " + _("Nobody keeps these hours.")
    for n, clause in enumerate(policy.clause):
        for m, control in enumerate(clause.control):
            use = control.use
            if isinstance(control, ForWhom):
                for key, unknown in _unknown_of(home, control):
                    told = f"{unknown} " + _("What the clause says of it holds for nobody.")
                    yield ("clause", n, "control", m, key), f"{clause.id} › {use} › {key}", told


def _unknown_of(home: Organisation, control: ForWhom) -> Iterator[tuple[str, str]]:
    for key in ("units", "groups", "people"):
        for name in getattr(control, key):
            told = _sentence(home, key, name)
            if told:
                yield key, told


def _sentence(home: Organisation, key: str, name: str) -> str:
    """That the directory has no unit, group or person of this name; "" when it has."""
    there = _of_kind(home, key)
    if there.filter(name=name).exists():
        return ""
    told = {
        "units": _("the directory has no unit “{name}”."),
        "groups": _("the directory has no group “{name}”."),
        "people": _("the directory has no person “{name}”."),
    }[key].format(name=name)
    if key == "people":
        # A hundred thousand names are too many to compare, and some of them are nobody's business.
        return told
    known = {known.casefold(): known for known in there.values_list("name", flat=True)}
    meant = nearest(name.casefold(), known)
    return f"{told} " + _("Did you mean “{meant}”?").format(meant=known[meant]) if meant else told


def _of_kind(home: Organisation, key: str) -> QuerySet[Unit] | QuerySet[Group] | QuerySet[Person]:
    match key:
        case "units":
            return Unit.objects.filter(organisation=home)
        case "groups":
            return Group.objects.filter(organisation=home)
    return Person.objects.filter(organisation=home)


# ── hours that people have entered ──────────────────────────────────────────────────────────────────────────────────────


def _replaced(home: Organisation, policy: Policy) -> Found:
    """Weekly hours that give way to the policy's: they are lost, and told whole."""
    for n, owned in enumerate(schedules(policy)):
        owner = owner_of(home, owned)
        own = hours_of(owner) if owner is not None else None
        if owner is not None and own is not None and not own.of_policy:
            told = _(
                "The hours that people have entered for {name} are lost: the policy's take their place. They were: {hours}"
            )
            yield ("hours", n), owner.name, told.format(name=owner.name, hours=_written(own))


def _written(hours: Hours) -> str:
    days = [f"{name} {written(day) or _('closed')}" for name, day in zip(WEEKDAYS, hours.week, strict=True)]
    seasons = [_("Season: %(name)s") % {"name": season["name"]} for season in hours.seasons]
    return " · ".join([*days, *seasons])


def _overridden(home: Organisation, policy: Policy) -> Found:
    """Exceptions to come that dates of the policy take the place of, or that go with hours which it no longer gives."""
    entered = HoursException.objects.filter(
        hours__organisation=home, of_policy=False, last__gte=today_in(home.time_zone)
    ).order_by("first", "id")
    given = {_key(home, owned): (n, owned.schedule) for n, owned in enumerate(schedules(policy))}
    for exception in entered.select_related("hours"):
        n, schedule = given.get(exception.hours.owner_key, (0, None))
        if schedule is not None:
            yield from _instead_of(exception, schedule.dated, n)
        elif exception.hours.of_policy:
            told = _("{exception} goes: the policy no longer gives the hours that it is an exception from.")
            yield ("hours",), "hours", told.format(exception=_shown(exception))


def _key(home: Organisation, owned: OwnedSchedule) -> str:
    """As ``Hours.owner_key``; "" for hours that nobody keeps."""
    match owner_of(home, owned):
        case Unit() | Group() as owner:
            return owner.key
        case Organisation() as owner:
            return owner.pk
    return ""


def _instead_of(exception: HoursException, dated: tuple[DatedHours, ...], n: int) -> Found:
    for m, one in enumerate(dated):
        if one.first <= exception.last and exception.first <= one.last:
            path: Path = ("hours", n, "dated", m)
            told = _("{exception} gives way to these hours on the days that they have in common.")
            yield path, one.name, told.format(exception=_shown(exception))


def _shown(exception: HoursException) -> str:
    days = date_format(exception.first)
    if exception.last != exception.first:
        days = f"{days} – {date_format(exception.last)}"
    return _("“{name}” ({days}), entered by {who} for {owner},").format(
        name=exception.name, days=days, who=exception.entered_by or "–", owner=exception.hours.owner.name
    )
