# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What each part of a policy allows, but its parts together don't."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations, pairwise
from typing import Any

from django.utils.translation import gettext as _

from vaxel.domain.hours import DAY, Span, Week, overlapping
from vaxel.domain.hours import Season as YearlySeason
from vaxel.policy import times
from vaxel.policy.document import Dated, Hours, HoursKind, Policy, Season
from vaxel.policy.faults import Fault, nearest
from vaxel.policy.locate import Lines, Path
from vaxel.policy.parameters.calls import AnswerOrder, NoDeadEnd, RingLimit
from vaxel.policy.parameters.duties import CallBack, VoicemailHeard
from vaxel.policy.parameters.hours import ExceptionalHours, OwnHours, TelephoneHours
from vaxel.policy.rings import seconds
from vaxel.policy.terms import Deadline, ForWhom, Strict, Within

WEEK = 7 * DAY
ONCE = frozenset(
    {
        "answer-order",
        "absence-referral",
        "closed-announcement",
        "external-first",
        "merged-absences",
        "message-offer",
        "no-dead-end",
        "shared-numbers",
        "telephone-hours",
        "trained-pool",
        "welcome",
    }
)
"""Controls that hold one way only for those they are meant for: if several clauses use one for the same, they must say the same."""

Found = Iterator[tuple[Path, str, str]]
"""Where, the key as a person would name it, and the sentence."""


def contradictions(policy: Policy, lines: Lines, file: str = "") -> list[Fault]:
    """Everything that can't be true together, each with what to do about it."""
    return [
        Fault(line=lines.of(path), key=key, sentence=sentence, file=file)
        for check in _CHECKS
        for path, key, sentence in check(policy)
    ]


def controls_of(policy: Policy, model: type) -> list[tuple[Path, str, Any]]:
    """(where, the clause's id, the control) of every control of one kind."""
    return [
        (("clause", n, "control", m), clause.id, control)
        for n, clause in enumerate(policy.clause)
        for m, control in enumerate(clause.control)
        if isinstance(control, model)
    ]


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _ids(policy: Policy) -> Found:
    seen: dict[str, int] = {}
    for n, clause in enumerate(policy.clause):
        if clause.id in seen:
            sentence = _("this id is already that of clause number {n} in the file. Give each clause its own.")
            yield ("clause", n, "id"), clause.id, sentence.format(n=seen[clause.id] + 1)
        seen.setdefault(clause.id, n)


def _documents(policy: Policy) -> Found:
    known: set[str] = set()
    for n, document in enumerate(policy.policy.document):
        if document.id in known:
            yield ("policy", "document", n, "id"), document.id, _("two papers have this id. Give each its own.")
        known.add(document.id)
    for n, clause in enumerate(policy.clause):
        if clause.source.document not in known:
            sentence = _unknown(_("there is no paper “{name}” in the head."), clause.source.document, known)
            yield ("clause", n, "source", "document"), f"{clause.id} › source", sentence


def _unknown(sentence: str, name: str, known: set[str]) -> str:
    told, meant = sentence.format(name=name), nearest(name, known)
    return f"{told} " + _("Did you mean `{meant}`?").format(meant=meant) if meant else told


def _clauses_named(policy: Policy) -> Found:
    known = {clause.id for clause in policy.clause}
    for n, hours in enumerate(policy.hours):
        named: list[tuple[Path, str]] = [(("hours", n, "clause"), hours.clause)]
        named += [(("hours", n, "dated", m, "clause"), one.clause) for m, one in enumerate(hours.dated) if one.clause]
        for path, name in named:
            if name not in known:
                yield (
                    path,
                    f"{_owner(hours)} › clause",
                    _unknown(_("there is no clause “{name}” in this file."), name, known),
                )


def _owner(hours: Hours) -> str:
    return hours.unit or hours.group or "hours"


# ── controls ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _said_once(policy: Policy) -> Found:
    first: dict[tuple[str, str, str], tuple[str, Any]] = {}
    for n, clause in enumerate(policy.clause):
        for m, control in enumerate(clause.control):
            if control.use not in ONCE:
                continue
            says = control.model_dump(exclude={"units", "groups", "people"})
            known = [first.setdefault((control.use, *whom), (clause.id, says)) for whom in _whom(control)]
            other = next((other for other, said in known if said != says), None)
            if other is not None:
                sentence = _(
                    "clause {other} says this differently, and it can hold only one way for everybody. Make them agree."
                )
                yield ("clause", n, "control", m), f"{clause.id} › {control.use}", sentence.format(other=other)


def _ring_limits(policy: Policy) -> Found:
    """Two limits for the same telephones; a limit that is longer than the wait for the mailbox."""
    seen: dict[tuple[str, str], tuple[str, RingLimit]] = {}
    most = longest_ringing(policy)
    for path, clause, control in controls_of(policy, RingLimit):
        for whom in _whom(control):
            other, known = seen.setdefault(whom, (clause, control))
            if limit_seconds(known, policy) != limit_seconds(control, policy):
                sentence = _("clause {other} lets the same telephones ring for another time. Make them agree.")
                yield path, f"{clause} › ring-limit", sentence.format(other=other)
        limit = limit_seconds(control, policy)
        if most is not None and limit > most[1]:
            sentence = _(
                "a telephone may ring {limit:g} s, but by clause {other} the caller reaches the mailbox after {most:g} s: the limit is "
                "never reached. Shorten the limit, or let the mailbox wait longer."
            )
            yield path, f"{clause} › ring-limit", sentence.format(limit=limit, other=most[0], most=most[1])


def _whom(control: Strict) -> list[tuple[str, str]]:
    """(kind, name) of those for whom ``control`` is meant; empty ones for everybody."""
    if not isinstance(control, ForWhom) or control.everybody:
        return [("", "")]
    kinds = (("unit", control.units), ("group", control.groups), ("person", control.people))
    return [(kind, name) for kind, names in kinds for name in names]


def limit_seconds(control: RingLimit, policy: Policy) -> float:
    """The limit in seconds, by the length of a ring in the municipality's country."""
    if control.seconds is not None:
        return float(control.seconds)
    return seconds(control.rings or 0, policy.policy.country)


def mailbox_seconds(control: AnswerOrder, policy: Policy) -> float | None:
    """After how many seconds of ringing the mailbox answers, where the policy says so."""
    if control.mailbox_after_rings is not None:
        return seconds(control.mailbox_after_rings, policy.policy.country)
    return control.mailbox_after_seconds


def longest_ringing(policy: Policy) -> tuple[str, float] | None:
    """(clause, seconds) after which a caller mustn't hear ringing any more; None when the policy doesn't say."""
    found = [
        (wait, clause)
        for _path, clause, control in controls_of(policy, AnswerOrder)
        if (wait := mailbox_seconds(control, policy)) is not None
    ]
    found += [
        (float(control.longest_ringing_seconds), clause)
        for _path, clause, control in controls_of(policy, NoDeadEnd)
        if "longest_ringing_seconds" in control.model_fields_set
    ]
    if not found:
        return None
    wait, clause = min(found)
    return clause, wait


def _deadlines(policy: Policy) -> Found:
    """A deadline that falls due while nobody works; a call-back before the message must have been heard."""
    week = _own_week(policy)
    if week is not None:
        yield from deadlines_too_soon(policy, week)
    yield from _heard_first(policy)


def deadlines_too_soon(policy: Policy, week: Week) -> Found:
    """Deadlines that fall due while a municipality open in ``week`` is closed."""
    closed = longest_gap(week)
    for n, clause in enumerate(policy.clause):
        for m, control in enumerate(clause.control):
            deadline = getattr(control, "deadline", None)
            if isinstance(deadline, Deadline) and _too_soon(deadline, closed):
                sentence = _(
                    "within {n} hours is shorter than the municipality is closed at a stretch ({closed:g} h): what comes at closing time "
                    "falls due before anybody is back. Count in working-hours, or in working-days."
                )
                told = sentence.format(n=deadline.count, closed=closed / 60)
                yield ("clause", n, "control", m, "deadline"), f"{clause.id} › {control.use} › deadline", told


def _too_soon(deadline: Deadline, closed: int) -> bool:
    return deadline.within is Within.HOURS and (deadline.count or 0) * 60 < closed


def gives_hours(policy: Policy) -> bool:
    """Has the file the telephone hours of the organisation itself?"""
    return _own_week(policy) is not None


def _own_week(policy: Policy) -> Week | None:
    for hours in policy.hours:
        if hours.kind is HoursKind.TELEPHONE and hours.unit is None and hours.group is None:
            return hours.open_week(hours.week)
    return None


def longest_gap(week: Week) -> int:
    """Minutes between two openings of a week that comes again and again; a whole week when it never opens."""
    spans = [Span(n * DAY + span.start, n * DAY + span.end) for n, day in enumerate(week) for span in day]
    if not spans:
        return WEEK
    around = [*spans, Span(spans[0].start + WEEK, spans[0].end + WEEK)]
    return max(0, *(later.start - earlier.end for earlier, later in pairwise(around)))


def _heard_first(policy: Policy) -> Found:
    heard = [
        (days, clause) for _path, clause, one in controls_of(policy, VoicemailHeard) if (days := _days(one.deadline))
    ]
    if not heard:
        return
    latest, clause_heard = max(heard)
    for path, clause, control in controls_of(policy, CallBack):
        days = _days(control.deadline)
        if days is not None and days < latest:
            sentence = _(
                "people are rung back sooner than their messages must be heard (clause {other}): what hasn't been heard can't be "
                "answered. Shorten that deadline, or lengthen this one."
            )
            yield (*path, "deadline"), f"{clause} › call-back › deadline", sentence.format(other=clause_heard)


def _days(deadline: Deadline) -> float | None:
    """A deadline in working days, roughly, so that two can be compared; None for one without a limit."""
    count = deadline.count or 1
    return {
        Within.SAME_DAY: 1.0,
        Within.NEXT_WORKING_DAY: 2.0,
        Within.WORKING_DAYS: float(count),
        Within.WORKING_HOURS: count / 8,
        Within.HOURS: count / 24,
        Within.MONTHS: count * 21.0,
    }.get(deadline.within)


# ── hours ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _hours_once(policy: Policy) -> Found:
    seen: dict[tuple[str, str, str], int] = {}
    for n, hours in enumerate(policy.hours):
        if hours.of in seen:
            sentence = _("these hours are given a second time; the first are number {n} in the file. Keep one of them.")
            yield ("hours", n), _owner(hours), sentence.format(n=seen[hours.of] + 1)
        seen.setdefault(hours.of, n)


def _forbidden_hours(policy: Policy) -> Found:
    """Hours of units and groups where a clause forbids them."""
    forbids = next((clause for _p, clause, one in controls_of(policy, TelephoneHours) if not one.allowed), None)
    if forbids is None:
        return
    for n, hours in enumerate(policy.hours):
        if hours.kind is HoursKind.TELEPHONE and (hours.unit or hours.group):
            sentence = _(
                "telephone hours are set here, but clause {clause} forbids them. Drop these hours, or let the council change the clause."
            )
            yield ("hours", n), _owner(hours), sentence.format(clause=forbids)
    for path, clause, _control in controls_of(policy, OwnHours):
        sentence = _(
            "hours of its own are allowed here, but clause {clause} forbids telephone hours. One of them must go."
        )
        yield path, f"{clause} › own-hours", sentence.format(clause=forbids)


def _seasons(policy: Policy) -> Found:
    """Seasons that overlap."""
    for n, hours in enumerate(policy.hours):
        seasons = [_calendar(season) for season in hours.season]
        for (i, one), (k, other) in combinations(enumerate(seasons), 2):
            if overlapping(one, other):
                sentence = _(
                    "this season overlaps “{other}” ({first} – {last}): it isn't clear which holds. Change one of them."
                )
                season = hours.season[i]
                told = sentence.format(other=season.name or i + 1, first=season.first, last=season.last)
                yield ("hours", n, "season", k), hours.season[k].name or _owner(hours), told


def _calendar(season: Season) -> YearlySeason:
    return YearlySeason(first=times.month_day(season.first), last=times.month_day(season.last), week=())


def _dated(policy: Policy) -> Found:
    """Exceptions that overlap; that aren't approved though a clause asks for it; that last longer than a clause allows."""
    for n, hours in enumerate(policy.hours):
        for (i, one), (k, other) in combinations(enumerate(hours.dated), 2):
            if one.first <= other.last and other.first <= one.last:
                sentence = _(
                    "these dates overlap those of “{other}” ({first} – {last}): it isn't clear which hold. Change one of them."
                )
                told = sentence.format(other=one.name, first=one.first, last=one.last)
                yield ("hours", n, "dated", max(i, k)), other.name, told
        for _path, clause, limit in controls_of(policy, ExceptionalHours):
            # Which units lie below one that is named isn't in the file.
            if limit.concerns((hours.unit or hours.group or "",)):
                for m, dated in enumerate(hours.dated):
                    yield from _allowed(("hours", n, "dated", m), hours, dated, clause, limit)


def _allowed(path: Path, hours: Hours, dated: Dated, clause: str, limit: ExceptionalHours) -> Found:
    if not _shortens(hours, dated):
        return
    if limit.approved_by and not dated.approved_by:
        sentence = _(
            "these hours are shorter than the ordinary ones, and clause {clause} asks for approval: add `approved_by`."
        )
        yield path, dated.name, sentence.format(clause=clause)
    if limit.longest_months and dated.last > dated.first + timedelta(days=31 * limit.longest_months):
        sentence = _(
            "shorter hours may last {n} months at most (clause {clause}), then they are decided anew: end them earlier."
        )
        yield (*path, "last"), dated.name, sentence.format(n=limit.longest_months, clause=clause)


def _shortens(hours: Hours, dated: Dated) -> bool:
    """Whether any day has less time than the ordinary week gives it."""
    week = hours.open_week(hours.week)
    other = hours.open_week(dated.week) if dated.week is not None else (hours.open_day(dated.open or ""),) * 7
    days = {(dated.first + timedelta(days=n)).weekday() for n in range(min(7, (dated.last - dated.first).days + 1))}
    return any(_minutes(other[day]) < _minutes(week[day]) for day in days)


def _minutes(day: tuple[Span, ...]) -> int:
    return sum(span.end - span.start for span in day)


def _lunches(policy: Policy) -> Found:
    for n, hours in enumerate(policy.hours):
        if hours.lunch and not any(hours.open_week(hours.week)) and any(hours.week.values()):
            yield (
                ("hours", n, "lunch"),
                _owner(hours),
                _("lunch takes all of every day: there is nothing left of the hours."),
            )


def _versions(policy: Policy) -> Found:
    head = policy.policy
    for n, document in enumerate(head.document):
        if document.valid_from is not None and head.valid_from < document.valid_from:
            sentence = _("the policy begins {first}, but the paper “{title}” isn't valid before {valid}. Begin later.")
            told = sentence.format(first=head.valid_from, title=document.title, valid=document.valid_from)
            yield ("policy", "valid_from"), f"policy › valid_from ({n + 1})", told


_CHECKS = (
    _ids,
    _documents,
    _clauses_named,
    _said_once,
    _ring_limits,
    _deadlines,
    _hours_once,
    _forbidden_hours,
    _seasons,
    _dated,
    _lunches,
    _versions,
)
