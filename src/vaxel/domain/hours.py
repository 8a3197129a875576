# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opening hours: what a schedule says, and from it the moments at which something opens and closes.

Wall-clock times are minutes from local midnight of the day they belong to; an end beyond 1,440 is past midnight, on the next day.
Moments are seconds since the epoch, UTC. Days are the municipality's own, in its time zone and with its public holidays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

DAY = 24 * 60
HORIZON = 400
"""Days that are searched for the next opening: what doesn't open within a year is closed for good."""


class Span(Struct, frozen=True, order=True):
    """Open from ``start`` to ``end``, minutes from midnight. 0 ≤ start < end ≤ 2,880."""

    start: int
    end: int


Week = tuple[tuple[Span, ...], ...]
"""Monday first; seven days."""

CLOSED_WEEK: Week = ((),) * 7
ALWAYS: Week = ((Span(0, DAY),),) * 7


class DayKind(StrEnum):
    """A public holiday; the eve of one, which many keep half or wholly; a closing day of the organisation's own."""

    HOLIDAY = "holiday"
    EVE = "eve"
    LOCAL = "local"


class SpecialDay(Struct, frozen=True, kw_only=True):
    """``name`` is in the organisation's language (“Kristi himmelsfärdsdag”)."""

    kind: DayKind
    name: str


Calendar = dict[date, SpecialDay]


class Season(Struct, frozen=True, kw_only=True):
    """Other weekly hours each year from ``first`` to ``last``, both included, as (month, day). May run past New Year."""

    first: tuple[int, int]
    last: tuple[int, int]
    week: Week
    name: str = ""

    def covers(self, day: date) -> bool:
        return self.has(day.month, day.day)

    def has(self, month: int, day: int) -> bool:
        at = (month, day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


def overlapping(one: Season, other: Season) -> bool:
    """Have two seasons a day in common? Of two stretches of a circle that meet one begins in the other."""
    return one.has(*other.first) or other.has(*one.first)


class DatedHours(Struct, frozen=True, kw_only=True):
    """Longer or shorter hours on the days from ``first`` to ``last``, both included; no spans: closed. ``clause`` allowed it.

    ``week`` instead of ``spans`` when the days differ.
    """

    first: date
    last: date
    spans: tuple[Span, ...] = ()
    week: Week | None = None
    name: str = ""
    clause: str = ""

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def on(self, day: date) -> tuple[Span, ...]:
        return self.spans if self.week is None else self.week[day.weekday()]


class Schedule(Struct, frozen=True, kw_only=True):
    """The hours of an organisation, unit, group or person.

    Of a day, the first that applies decides: dated hours (the last one entered first), a public holiday or local closing day
    (``holiday`` spans), an eve (``eve`` spans; None: as any weekday), a season, the week. ``clause`` is the rule it comes from.

    ``base``, where only the dated hours are the owner's: the id of the schedule above, of which all else is; "" when there is none above.
    """

    id: str
    week: Week
    seasons: tuple[Season, ...] = ()
    dated: tuple[DatedHours, ...] = ()
    holiday: tuple[Span, ...] = ()
    eve: tuple[Span, ...] | None = None
    clause: str = ""
    base: str | None = None

    def on(self, day: date, calendar: Calendar) -> tuple[Span, ...]:
        """The spans that begin on ``day``, in order."""
        for dated in reversed(self.dated):
            if dated.covers(day):
                return dated.on(day)
        special = calendar.get(day)
        if special is not None:
            if special.kind is not DayKind.EVE:
                return self.holiday
            if self.eve is not None:
                return self.eve
        for season in self.seasons:
            if season.covers(day):
                return season.week[day.weekday()]
        return self.week[day.weekday()]

    def why(self, day: date, calendar: Calendar) -> str:
        """The name of what makes ``day`` unlike an ordinary one, "" when nothing does."""
        for dated in reversed(self.dated):
            if dated.covers(day):
                return dated.name
        special = calendar.get(day)
        return special.name if special is not None else ""


def exceptions_only(id_: str, dated: tuple[DatedHours, ...]) -> Schedule:
    """Of an owner who keeps the hours above but on certain dates; as long as there are none above, always open on all others."""
    return Schedule(id=id_, week=ALWAYS, holiday=ALWAYS[0], dated=dated, base="")


def laid_over(
    own: Mapping[str, Schedule], above: Callable[[str], str], known: Mapping[str, Schedule]
) -> dict[str, Schedule]:
    """``own``, made by ``exceptions_only``, by id; each over the schedule that ``above`` names, "" for none. ``known``: the others."""
    waiting = dict(own)
    found: dict[str, Schedule] = {}

    def made(id_: str) -> Schedule | None:
        mine = waiting.pop(id_, None)
        if mine is not None:
            base = made(above(id_))
            found[id_] = mine if base is None else over(mine, base)
        return found.get(id_) or known.get(id_)

    for id_ in own:
        made(id_)
    return found


def over(own: Schedule, base: Schedule) -> Schedule:
    """The exceptions of ``own`` from the hours ``base``."""
    return replace(base, id=own.id, dated=(*base.dated, *own.dated), base=base.id)


@lru_cache(maxsize=8192)
def _midnight(zone: ZoneInfo, day: date) -> tuple[float, bool]:
    """When ``day`` begins there, and whether the clock runs evenly until the end of the next."""
    begins, ends = (datetime.combine(day + timedelta(days=n), time(), zone).timestamp() for n in (0, 2))
    return begins, ends - begins == 2 * 86_400.0


class Timetable:
    """A schedule laid out on real time. Days are computed once and kept; not safe to share between threads that write.

    A time that the clock skips in spring counts as the same distance from midnight on; one that comes twice in autumn opens at the
    first and closes at the second, so that nobody is turned away by an hour that exists.
    """

    def __init__(self, schedule: Schedule, calendar: Calendar, zone: ZoneInfo) -> None:
        self.schedule = schedule
        self._calendar = calendar
        self._zone = zone
        self._days: dict[date, tuple[tuple[float, float], ...]] = {}

    def local(self, at: float) -> datetime:
        return datetime.fromtimestamp(at, self._zone)

    def spans(self, day: date) -> tuple[tuple[float, float], ...]:
        """(opens, closes) of the spans that begin on ``day``."""
        known = self._days.get(day)
        if known is None:
            spans = self.schedule.on(day, self._calendar)
            known = tuple((self._moment(day, span.start), self._moment(day, span.end, last=True)) for span in spans)
            self._days[day] = known
        return known

    def wall_clock(self, day: date) -> tuple[Span, ...]:
        """The same as the clock on the wall shows them."""
        return self.schedule.on(day, self._calendar)

    def is_open(self, at: float) -> bool:
        today = self.local(at).date()
        return any(start <= at < end for day in (today - timedelta(days=1), today) for start, end in self.spans(day))

    def next_opening(self, at: float) -> float | None:
        """``at`` itself when open; None when it doesn't open within the horizon."""
        if self.is_open(at):
            return at
        today = self.local(at).date()
        for ahead in range(HORIZON):
            for start, end in self.spans(today + timedelta(days=ahead)):
                if start >= at and end > start:
                    return start
        return None

    def closing(self, at: float) -> float | None:
        """When what is open at ``at`` closes; spans that touch are one. None when it is closed, or never closes within the horizon."""
        end = at
        for _ in range(HORIZON):
            later = self._end(end)
            if later is None:
                return None if end == at else end
            end = later
        return None

    def _end(self, at: float) -> float | None:
        today = self.local(at).date()
        days = (today - timedelta(days=1), today)
        ends = [end for day in days for start, end in self.spans(day) if start <= at < end]
        return max(ends, default=None)

    def openings(self, start: float, end: float) -> list[tuple[float, float]]:
        """(opens, closes) from ``start`` to ``end``, in order; spans that touch are one."""
        first, last = self.local(start).date() - timedelta(days=1), self.local(end).date()
        found: list[tuple[float, float]] = []
        for n in range((last - first).days + 1):
            for opens, closes in self.spans(first + timedelta(days=n)):
                if found and opens <= found[-1][1]:
                    found[-1] = (found[-1][0], max(closes, found[-1][1]))
                elif closes > opens:
                    found.append((opens, closes))
        return [(opens, closes) for opens, closes in found if closes > start and opens < end]

    def changes(self, start: float, end: float) -> list[float]:
        """The moments after ``start`` and before ``end`` at which it opens or closes, in order."""
        return [at for opening in self.openings(start, end) for at in opening if start < at < end]

    def _moment(self, day: date, minutes: int, last: bool = False) -> float:
        midnight, even = _midnight(self._zone, day)
        if even:
            return midnight + minutes * 60.0
        naive = datetime.combine(day, time()) + timedelta(minutes=minutes)
        first = naive.replace(tzinfo=self._zone, fold=0).timestamp()
        if not last:
            return first
        return max(first, naive.replace(tzinfo=self._zone, fold=1).timestamp())
