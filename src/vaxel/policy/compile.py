# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A policy as routing uses it: ``Rules`` and ``Schedule`` of ``vaxel.domain``."""

from __future__ import annotations

from typing import Any, TypeVar

from msgspec import Struct

from vaxel.domain.hours import DatedHours, Schedule, Season
from vaxel.domain.rules import ExceptionalHours, Rules
from vaxel.policy import times
from vaxel.policy.contradictions import controls_of, limit_seconds, longest_ringing
from vaxel.policy.document import Dated, Hours, HoursKind, Policy
from vaxel.policy.document import Season as SeasonOfPolicy
from vaxel.policy.parameters import calls
from vaxel.policy.parameters import hours as opening
from vaxel.policy.rings import seconds
from vaxel.policy.terms import ForWhom, Strict
from vaxel.policy.working_day import working_day

C = TypeVar("C", bound=Strict)
W = TypeVar("W", bound=ForWhom)


class OwnedSchedule(Struct, frozen=True, kw_only=True):
    """Hours of a policy and whose they are, by name; unit and group "" for the organisation."""

    kind: HoursKind
    schedule: Schedule
    unit: str = ""
    group: str = ""


class Compiled(Struct, frozen=True, kw_only=True):
    """What a policy comes to. Schedules have ids ``policy:ORGANISATION:N``."""

    rules: Rules
    schedules: tuple[OwnedSchedule, ...] = ()

    def telephone_hours(self, unit: str = "", group: str = "") -> Schedule | None:
        """The telephone hours that the policy gives the unit or group of that name, or (without) the organisation."""
        return self._hours(HoursKind.TELEPHONE, unit, group)

    def visiting_hours(self, unit: str = "") -> Schedule | None:
        """The hours in which people may come to the unit of that name, or (without) to the organisation."""
        return self._hours(HoursKind.VISITING, unit, "")

    def _hours(self, kind: HoursKind, unit: str, group: str) -> Schedule | None:
        for owned in self.schedules:
            if owned.kind is kind and (owned.unit, owned.group) == (unit, group):
                return owned.schedule
        return None


def compile_policy(policy: Policy) -> Compiled:
    """``policy`` must be free of contradictions (``load.parse``)."""
    return Compiled(rules=rules(policy), schedules=schedules(policy))


def rules(policy: Policy) -> Rules:
    """What the policy doesn't speak of stays as in ``Rules()``."""
    known = Rules()
    ring, by_unit, by_group, by_person = _rings(policy, known.ring)
    a_ring, a_ring_of = _a_ring(policy)
    referral = _first(policy, calls.AbsenceReferral)
    referrals = _own(policy, calls.AbsenceReferral)
    exceptional = _exceptional_hours(policy)
    merged = _first(policy, calls.MergedAbsences)
    shared = _first(policy, calls.SharedNumbers)
    closed = _first(policy, opening.ClosedAnnouncement)
    own = _first(policy, opening.TelephoneHours)
    offer = _first(policy, calls.MessageOffer)
    external = _first(policy, calls.ExternalFirst)
    order = _first(policy, calls.AnswerOrder)
    pool = _first(policy, calls.TrainedPool)
    longest = longest_ringing(policy)
    return Rules(
        version=policy.policy.version,
        ring=ring,
        ring_of_unit=by_unit,
        ring_of_group=by_group,
        ring_of_person=by_person,
        a_ring=a_ring,
        a_ring_of=a_ring_of,
        longest_ringing=longest[1] if longest else known.longest_ringing,
        order=tuple(order.order) if order else known.order,
        order_of={name: tuple(one.order) for name, one in _own(policy, calls.AnswerOrder).items()},
        absence_choices=tuple(referral.choices) if referral and referral.choices is not None else known.absence_choices,
        absence_choices_of={name: tuple(one.choices) for name, one in referrals.items() if one.choices is not None},
        speak_reason=referral.speak_reason if referral else known.speak_reason,
        speak_reason_of={name: one.speak_reason for name, one in referrals.items()},
        merge_gap=merged.gap_minutes * 60.0 if merged else known.merge_gap,
        shared_ignore_absence=shared.ignore_absence if shared else known.shared_ignore_absence,
        closed_offers_message=closed.offers_message if closed else known.closed_offers_message,
        telephone_hours=own.allowed if own else known.telephone_hours,
        exceptional_hours=exceptional.pop("", known.exceptional_hours),
        exceptional_hours_of=exceptional,
        working_day=working_day(policy),
        wait=float(offer.after_seconds) if offer else known.wait,
        starve=float(external.internal_waits_at_most_seconds) if external else known.starve,
        standard_operators=pool.standard_operators if pool else known.standard_operators,
        trained_factor=float(pool.factor) if pool else known.trained_factor,
        clauses=clauses(policy),
        clauses_of=clauses_of(policy),
    )


def clauses(policy: Policy) -> dict[str, str]:
    """Control's name → the first clause that uses it for everybody: what a step of a call cites."""
    found: dict[str, str] = {}
    for clause, control in policy.controls():
        if not isinstance(control, ForWhom) or control.everybody:
            found.setdefault(control.use, clause.id)
    return found


def clauses_of(policy: Policy) -> dict[str, dict[str, str]]:
    """Control's name → name of a unit, group or person → the first clause that uses it for that one."""
    found: dict[str, dict[str, str]] = {}
    for clause, control in policy.controls():
        use = control.use
        if isinstance(control, ForWhom):
            for name in control.names:
                found.setdefault(use, {}).setdefault(name, clause.id)
    return found


def _exceptional_hours(policy: Policy) -> dict[str, ExceptionalHours]:
    """Name of a unit, group or person → what the clauses that concern it say together; "" → those that concern everybody."""
    found = [(clause, control) for _path, clause, control in controls_of(policy, opening.ExceptionalHours)]
    everybodys = [one for one in found if one[1].everybody]
    named = dict.fromkeys(name for _clause, control in found for name in control.names)
    of_some = {name: _together([*(one for one in found if name in one[1].names), *everybodys]) for name in named}
    return {"": _together(everybodys), **of_some} if everybodys else of_some


def _together(found: list[tuple[str, opening.ExceptionalHours]]) -> ExceptionalHours:
    """Clauses on longer and shorter hours: each allows or demands something more."""
    longer = [(clause, control) for clause, control in found if control.longer]
    shorter = [(clause, control) for clause, control in found if control.shorter]
    asking = [(clause, control.approved_by) for clause, control in shorter if control.approved_by]
    clauses = [clause for clause, _approved_by in asking] or [clause for clause, _control in shorter]
    months = [control.longest_months for _clause, control in shorter if control.longest_months is not None]
    return ExceptionalHours(
        longer=bool(longer),
        shorter=bool(shorter),
        approved_by=asking[0][1] if asking else "",
        longest_months=min(months, default=None),
        cover=any(control.cover for _clause, control in shorter),
        clause_of_longer=longer[0][0] if longer else "",
        clause_of_shorter=clauses[0] if clauses else "",
    )


def _first(policy: Policy, model: type[C]) -> C | None:
    """The first that holds for everybody."""
    found: list[tuple[Any, str, C]] = controls_of(policy, model)
    everybodys = (one for _path, _clause, one in found if not isinstance(one, ForWhom) or one.everybody)
    return next(everybodys, None)


def _own(policy: Policy, model: type[W]) -> dict[str, W]:
    """Name of a unit, group or person → the first that is meant for it."""
    found: dict[str, W] = {}
    for _path, _clause, control in controls_of(policy, model):
        for name in control.names:
            found.setdefault(name, control)
    return found


def _rings(policy: Policy, otherwise: float) -> tuple[float, dict[str, float], dict[str, float], dict[str, float]]:
    by_unit: dict[str, float] = {}
    by_group: dict[str, float] = {}
    by_person: dict[str, float] = {}
    for _path, _clause, control in controls_of(policy, calls.RingLimit):
        limit = limit_seconds(control, policy)
        if control.everybody:
            otherwise = limit
        by_unit |= dict.fromkeys(control.units, limit)
        by_group |= dict.fromkeys(control.groups, limit)
        by_person |= dict.fromkeys(control.people, limit)
    return otherwise, by_unit, by_group, by_person


def _a_ring(policy: Policy) -> tuple[float | None, dict[str, float | None]]:
    """How long one ring is, where a limit is given in rings, and so told: everybody's, and by name of those who have their own."""
    everybodys: float | None = None
    own: dict[str, float | None] = {}
    for _path, _clause, control in controls_of(policy, calls.RingLimit):
        a_ring = seconds(1, policy.policy.country) if control.rings is not None else None
        if control.everybody:
            everybodys = a_ring
        own |= dict.fromkeys((*control.units, *control.people), a_ring)
    return everybodys, own


def schedules(policy: Policy) -> tuple[OwnedSchedule, ...]:
    """The hours of the file, in its order."""
    return tuple(
        OwnedSchedule(
            kind=hours.kind,
            unit=hours.unit or "",
            group=hours.group or "",
            schedule=_schedule(f"policy:{policy.policy.organisation}:{n}", hours),
        )
        for n, hours in enumerate(policy.hours)
    )


def _schedule(id_: str, hours: Hours) -> Schedule:
    return Schedule(
        id=id_,
        week=hours.open_week(hours.week),
        seasons=tuple(_season(season, hours) for season in hours.season),
        dated=tuple(_dated(dated, hours) for dated in hours.dated),
        holiday=hours.open_day(hours.holiday),
        eve=hours.open_day(hours.eve) if hours.eve is not None else None,
        clause=hours.clause,
    )


def _season(season: SeasonOfPolicy, hours: Hours) -> Season:
    return Season(
        first=times.month_day(season.first),
        last=times.month_day(season.last),
        week=hours.open_week(season.week),
        name=season.name or "",
    )


def _dated(dated: Dated, hours: Hours) -> DatedHours:
    return DatedHours(
        first=dated.first,
        last=dated.last,
        spans=hours.open_day(dated.open) if dated.open is not None else (),
        week=hours.open_week(dated.week) if dated.week is not None else None,
        name=dated.name,
        clause=dated.clause or hours.clause,
    )
