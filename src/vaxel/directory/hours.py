# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done to opening hours: one function a change, the same for pages and REST API.

Each checks, writes in a transaction, and is published to the controller when that is committed. All raise ``ValidationError``, by field;
without a field when the change would leave callers ringing (``directory.guard``). What the policy says of hours is in ``Limits``.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.directory import current
from vaxel.directory.audit import By, acting
from vaxel.directory.calendars import KEPT, eves
from vaxel.directory.guard import guarded
from vaxel.directory.models import ClosingDay, Group, Hours, HoursException, Organisation, Person, Unit
from vaxel.directory.opening import schedule
from vaxel.directory.spans import check_day, check_seasons, check_week, clock
from vaxel.domain.hours import DAY, Calendar, Schedule, Span, over
from vaxel.domain.routing import names_upwards
from vaxel.domain.rules import Topic, nearest
from vaxel.domain.world import World

Owner = Organisation | Unit | Group | Person

COMPARED_DAYS = 371
"""Hours are compared over so many days: a year, with all its seasons and holidays, to the end of the week."""
LONGEST_EXCEPTION = timedelta(days=731)


class Limits(Struct, frozen=True, kw_only=True):
    """What the policy allows. ``approved_by`` is the role that must approve shorter hours, ``longest_months`` how long they may last.

    ``cover``: it must be told who answers meanwhile. Clauses are "" where the policy is silent.
    """

    telephone_hours: bool = True
    telephone_hours_clause: str = ""
    longer: bool = True
    shorter: bool = True
    approved_by: str = ""
    longest_months: int | None = None
    cover: bool = False
    exceptions_clause: str = ""


def limits(owner: Owner, world: World) -> Limits:
    """What the policy says of the hours of ``owner``."""
    rules = world.organisations[organisation_of(owner).pk].rules
    exceptional = nearest(rules.exceptional_hours_of, names_of(owner, world), rules.exceptional_hours)
    return Limits(
        telephone_hours=rules.telephone_hours,
        telephone_hours_clause=rules.clause(Topic.TELEPHONE_HOURS),
        longer=exceptional.longer,
        shorter=exceptional.shorter,
        approved_by=exceptional.approved_by,
        longest_months=exceptional.longest_months,
        cover=exceptional.cover,
        exceptions_clause=exceptional.clause_of_shorter or exceptional.clause_of_longer,
    )


def names_of(owner: Owner, world: World) -> tuple[str, ...]:
    """By which a policy may mean ``owner``: its own name, then those of the units above it. None for an organisation."""
    match owner:
        case Organisation():
            return ()
        case Unit():
            above = owner.parent
        case Group() | Person():
            above = owner.unit
    known = world.units.get(above.key) if above is not None else None
    return (owner.name, *(names_upwards(known, world) if known is not None else ()))


class Plan(Struct, frozen=True, kw_only=True):
    """Weekly hours as somebody wants them, in the shapes of ``directory.spans``."""

    week: list[Any]
    seasons: list[Any] = []
    holiday: list[Any] = []
    eve: list[Any] | None = None


class Change(Struct, frozen=True, kw_only=True):
    """An exception as somebody wants it."""

    first: date
    last: date
    name: str
    spans: list[Any] = []
    cover: str = ""


def hours_of(owner: Owner) -> Hours | None:
    """The hours that ``owner`` has of its own."""
    hours = _row_of(owner)
    return None if hours is None or hours.only_exceptions else hours


def _row_of(owner: Owner) -> Hours | None:
    """The same, or what its exceptions from the hours above hang on."""
    match owner:
        case Organisation():
            return Hours.objects.filter(organisation=owner, unit=None, group=None, person=None).first()
        case Unit():
            return Hours.objects.filter(unit=owner).first()
        case Group():
            return Hours.objects.filter(group=owner).first()
        case Person():
            return Hours.objects.filter(person=owner).first()


def organisation_of(owner: Owner) -> Organisation:
    return owner if isinstance(owner, Organisation) else owner.organisation


# ── weekly hours ────────────────────────────────────────────────────────────────────────────────────────────────────────


def set_hours(owner: Owner, by: By, plan: Plan) -> Hours:
    """``owner`` keeps these hours. Exceptions stay as they are."""
    hours = prepared(owner, plan)
    with acting(by), guarded(hours.organisation_id):
        hours.save()
    return hours


def prepared(owner: Owner, plan: Plan) -> Hours:
    """The hours that ``plan`` would make, checked but not saved."""
    _check_plan(plan)
    hours = _row_of(owner) or _new(owner)
    _refuse_hours_of_policy(hours)
    hours.only_exceptions = False
    hours.week, hours.seasons, hours.holiday, hours.eve = plan.week, plan.seasons, plan.holiday, plan.eve
    # What somebody enters isn't what the clause said any longer.
    hours.clause = ""
    exceptions = list(hours.exceptions.order_by("id")) if hours.pk else []
    refuse_telephone_hours(owner, schedule(hours, exceptions), current.world())
    return hours


def remove_hours(owner: Owner, by: By) -> None:
    """``owner`` has no hours of its own any longer: those above it apply; a switchboard without hours is always open."""
    hours = hours_of(owner)
    if hours is not None:
        _refuse_hours_of_policy(hours)
        with acting(by), guarded(hours.organisation_id):
            hours.delete()


def _refuse_hours_of_policy(hours: Hours) -> None:
    """What stands in the municipality's own paper is changed there. Exceptions for certain dates may be made all the same."""
    if hours.of_policy:
        told = _(
            "These hours stand in the policy (%(clause)s), and change with it. Make an exception for certain dates, or let the policy be "
            "changed."
        )
        raise ValidationError({"week": told % {"clause": hours.clause}})


def _new(owner: Owner, *, only_exceptions: bool = False) -> Hours:
    hours = Hours(organisation=organisation_of(owner), only_exceptions=only_exceptions)
    match owner:
        case Unit():
            hours.unit = owner
        case Group():
            hours.group = owner
        case Person():
            hours.person = owner
    return hours


def _check_plan(plan: Plan) -> None:
    errors: dict[str, list[str]] = {}
    for field, check, value in (
        ("week", check_week, plan.week),
        ("seasons", check_seasons, plan.seasons),
        ("holiday", check_day, plan.holiday),
        ("eve", check_day, plan.eve or []),
    ):
        try:
            check(value)
        except ValidationError as error:
            errors[field] = error.messages
    if errors:
        raise ValidationError(errors)


# ── what the policy forbids ─────────────────────────────────────────────────────────────────────────────────────────────


def refuse_telephone_hours(owner: Owner, wanted: Schedule, world: World) -> None:
    """Where the policy doesn't allow telephone hours (SOL-7), nobody's may be narrower than the switchboard's.

    Raises ``ValidationError`` with the clause and the first time at which somebody would be closed.
    """
    if isinstance(owner, Organisation):
        return
    home = world.organisations[owner.organisation_id]
    allowed = limits(owner, world)
    if allowed.telephone_hours:
        return
    opening = world.schedules.get(home.schedule)
    found = narrower(wanted, opening, home.calendar, today_in(home.time_zone))
    if found is None:
        return
    day, span = found
    told = _(
        "%(municipality)s doesn't allow telephone hours%(clause)s: on %(day)s %(owner)s would be closed %(start)s–%(end)s "
        "while the switchboard is open. Keep at least the switchboard's hours."
    )
    clause = f" ({allowed.telephone_hours_clause})" if allowed.telephone_hours_clause else ""
    raise ValidationError(
        {
            "week": told
            % {
                "municipality": home.name,
                "clause": clause,
                "day": date_format(day),
                "owner": owner.name,
                "start": clock(span.start),
                "end": clock(span.end),
            }
        }
    )


def narrower(wanted: Schedule, opening: Schedule | None, calendar: Calendar, today: date) -> tuple[date, Span] | None:
    """The first day, and time of it, at which ``wanted`` is closed while ``opening`` (None: always) is open."""
    for ahead in range(COMPARED_DAYS):
        day = today + timedelta(days=ahead)
        open_ = (Span(0, DAY),) if opening is None else opening.on(day, calendar)
        yesterday = wanted.on(day - timedelta(days=1), calendar)
        late = tuple(Span(max(0, span.start - DAY), span.end - DAY) for span in yesterday if span.end > DAY)
        for span in open_:
            left = _uncovered(span, sorted((*late, *wanted.on(day, calendar))))
            if left is not None:
                return day, left
    return None


def _uncovered(span: Span, by: list[Span]) -> Span | None:
    at = span.start
    for other in by:
        if other.end <= at:
            continue
        if other.start > at:
            return Span(at, min(span.end, other.start))
        at = other.end
        if at >= span.end:
            return None
    return Span(at, span.end) if at < span.end else None


def today_in(time_zone: str) -> date:
    """The date there."""
    return datetime.now(ZoneInfo(time_zone)).date()


# ── exceptions ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def add_exception(owner: Owner, by: By, change: Change) -> HoursException:
    """Other hours on certain dates. In force once approved, where the policy asks for approval."""
    exception = prepared_exception(owner, by, change)
    with acting(by), guarded(exception.hours.organisation_id):
        if exception.hours._state.adding:
            exception.hours.save()
        exception.save()
    return exception


def prepared_exception(owner: Owner, by: By, change: Change) -> HoursException:
    """The exception that ``change`` would make, checked but not saved: from the hours of ``owner``, or from those that it keeps."""
    hours = _row_of(owner) or _new(owner, only_exceptions=True)
    world = current.world()
    home = world.organisations[hours.organisation_id]
    today = today_in(home.time_zone)
    exception = HoursException(
        hours=hours,
        first=change.first,
        last=change.last,
        spans=change.spans,
        name=" ".join(change.name.replace("\x00", "").split()),
        cover=" ".join(change.cover.replace("\x00", "").split()),
        entered_by=by.name[:120],
    )
    _check_exception(exception, today)
    _apply_policy(exception, owner, world)
    return exception


def _check_exception(exception: HoursException, today: date) -> None:
    errors: dict[str, list[str]] = {}
    if not exception.name:
        errors["name"] = [_("Write the reason: callers may hear it.")]
    if len(exception.name) > 120:
        errors["name"] = [_("Write at most 120 characters.")]
    if len(exception.cover) > 200:
        errors["cover"] = [_("Write at most 200 characters.")]
    if exception.last < exception.first:
        errors["last"] = [_("The last day lies before the first.")]
    elif exception.last < today:
        errors["last"] = [_("These days have passed.")]
    elif exception.last - exception.first > LONGEST_EXCEPTION:
        errors["last"] = [_("That is longer than two years: change the weekly hours instead.")]
    else:
        overlapping = _overlapping(exception)
        if overlapping is not None:
            told = _("It overlaps “%(name)s”, %(first)s – %(last)s. Remove that one first, or choose other days.")
            values = {
                "name": overlapping.name,
                "first": date_format(overlapping.first),
                "last": date_format(overlapping.last),
            }
            errors["first"] = [told % values]
    try:
        check_day(exception.spans)
    except ValidationError as error:
        errors["spans"] = error.messages
    if errors:
        raise ValidationError(errors)


def _overlapping(exception: HoursException) -> HoursException | None:
    if exception.hours._state.adding:
        return None
    others = HoursException.objects.filter(hours=exception.hours, first__lte=exception.last, last__gte=exception.first)
    return others.exclude(pk=exception.pk).order_by("first").first()


def _apply_policy(exception: HoursException, owner: Owner, world: World) -> None:
    """What the policy says of longer and shorter hours (AAB-12…15), and of telephone hours (SOL-7)."""
    home = world.organisations[exception.hours.organisation_id]
    allowed = limits(owner, world)
    entered = list(exception.hours.exceptions.order_by("id")) if exception.hours.pk else []
    without, with_ = (
        _kept(exception.hours, exceptions, owner, world) for exceptions in (entered, [*entered, exception])
    )
    days = [exception.first + timedelta(days=n) for n in range((exception.last - exception.first).days + 1)]
    shorter = any(_lacks(with_.on(day, home.calendar), without.on(day, home.calendar)) for day in days)
    longer = any(_lacks(without.on(day, home.calendar), with_.on(day, home.calendar)) for day in days)
    exception.clause = allowed.exceptions_clause
    clause = f" ({allowed.exceptions_clause})" if allowed.exceptions_clause else ""
    if longer and not allowed.longer:
        raise ValidationError({"spans": _("The policy doesn't allow longer hours%(clause)s.") % {"clause": clause}})
    if not shorter:
        return
    if not allowed.shorter:
        raise ValidationError({"spans": _("The policy doesn't allow shorter hours%(clause)s.") % {"clause": clause}})
    if allowed.cover and not exception.cover:
        told = _("Write who answers meanwhile, or that the switchboard takes messages%(clause)s.")
        raise ValidationError({"cover": told % {"clause": clause}})
    if allowed.longest_months is not None:
        latest = months_after(exception.first, allowed.longest_months)
        if exception.last > latest:
            told = _("Shorter hours last %(months)d months at most%(clause)s: until %(day)s. Then decide anew.")
            values = {"months": allowed.longest_months, "clause": clause, "day": date_format(latest)}
            raise ValidationError({"last": told % values})
        exception.review = exception.last
    exception.needs_approval = bool(allowed.approved_by)
    if not isinstance(owner, Organisation):
        refuse_telephone_hours(owner, with_, world)


def _kept(hours: Hours, exceptions: list[HoursException], owner: Owner, world: World) -> Schedule:
    """What ``owner`` keeps, as people are told it: with what is above, where nothing but exceptions is its own."""
    found = schedule(hours, exceptions)
    if not hours.only_exceptions or isinstance(owner, Organisation):
        return found
    above = owner.parent if isinstance(owner, Unit) else owner.unit
    table = world.told(world.schedule_of_unit(above.key) if above else "", hours.organisation_id)
    return found if table is None else over(found, table.schedule)


def _lacks(spans: tuple[Span, ...], wanted: tuple[Span, ...]) -> bool:
    """Is there a time in ``wanted`` that isn't in ``spans``?"""
    return any(_uncovered(span, sorted(spans)) is not None for span in wanted)


def months_after(day: date, months: int) -> date:
    """The day before the same day ``months`` later, or that month's last."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1])) - timedelta(days=1)


def approve_exception(exception: HoursException, by: By) -> HoursException:
    """It is in force from now on. Nothing changes when it was already."""
    with acting(by), guarded(exception.hours.organisation_id):
        waiting = HoursException.objects.select_for_update().filter(pk=exception.pk, approved_at=None).first()
        if waiting is not None and waiting.needs_approval:
            waiting.approved_at, waiting.approved_by = timezone.now(), by.name[:120]
            waiting.save(update_fields=["approved_at", "approved_by"])
    exception.refresh_from_db()
    return exception


def remove_exception(exception: HoursException, by: By) -> None:
    """The usual hours apply again."""
    hours = exception.hours
    with acting(by), guarded(hours.organisation_id):
        exception.delete()
        if hours.only_exceptions and not hours.exceptions.exists():
            hours.delete()


# ── closing days and eves ───────────────────────────────────────────────────────────────────────────────────────────────


def add_closing_day(organisation: Organisation, by: By, day: date, name: str, *, half: bool = False) -> ClosingDay:
    """The organisation keeps closed (or the hours of half days) on ``day``, with all its units that keep holidays."""
    closing_day = prepared_closing_day(organisation, day, name, half=half)
    with acting(by), guarded(organisation.pk):
        closing_day.save()
    return closing_day


def prepared_closing_day(organisation: Organisation, day: date, name: str, *, half: bool = False) -> ClosingDay:
    """The closing day that would be made, checked but not saved."""
    name = " ".join(name.replace("\x00", "").split())
    errors: dict[str, list[str]] = {}
    if not name:
        errors["name"] = [_("Write the reason: callers may hear it.")]
    if day < today_in(organisation.time_zone):
        errors["day"] = [_("These days have passed.")]
    elif ClosingDay.objects.filter(organisation=organisation, day=day).exists():
        errors["day"] = [_("There is already a closing day on this date.")]
    if errors:
        raise ValidationError(errors)
    return ClosingDay(organisation=organisation, day=day, name=name[:120], half=half)


def remove_closing_day(closing_day: ClosingDay, by: By) -> None:
    """It is a day as any other again."""
    with acting(by), guarded(closing_day.organisation_id):
        closing_day.delete()


def set_eves(organisation: Organisation, by: By, kept: dict[str, str]) -> None:
    """How each eve is kept: closed, half or ordinary. Those not named are kept as is usual in the country."""
    known = {eve.code: eve for eve in eves(organisation.country)}
    if not set(kept) <= set(known) or not set(kept.values()) <= set(KEPT):
        raise ValidationError(_("Choose for each eve: closed, half day, or as any day."))
    with acting(by), guarded(organisation.pk):
        organisation.eves = {code: how for code, how in kept.items() if how != known[code].kept}
        organisation.save(update_fields=["eves"])
