# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report: each clause with its controls, the evidence of a period, and how it stands.

A past call is judged by the policy of its time.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.directory.models import Organisation
from vaxel.policy import selectors
from vaxel.policy.changes import flatten
from vaxel.policy.controls import CONTROLS
from vaxel.policy.document import Clause
from vaxel.policy.evidence.base import Case, Evidence, Look, State, nothing
from vaxel.policy.missing import missing
from vaxel.policy.models import PolicyVersion

DAYS = 30
"""A report's period when none is asked for."""


class ControlReport(Struct, frozen=True, kw_only=True):
    """One control of a clause: what it means here, and its evidence. ``works``: something carries it out."""

    control: str
    meaning: str
    parameters: dict[str, str]
    works: bool
    state: State
    evidence: str
    figures: dict[str, float] = {}
    cases: tuple[Case, ...] = ()

    @property
    def told(self) -> list[tuple[str, str]]:
        """The parameters in pairs: a template would take a parameter called “items” for the dictionary's method."""
        return list(self.parameters.items())


class ClauseReport(Struct, frozen=True, kw_only=True):
    """One clause in the part of the period in which its policy held."""

    clause: str
    kinds: tuple[str, ...]
    text: str
    source: str
    state: State
    controls: tuple[ControlReport, ...]
    notes: tuple[str, ...] = ()

    @property
    def cases(self) -> list[Case]:
        return [case for control in self.controls for case in control.cases]


class VersionReport(Struct, frozen=True, kw_only=True):
    """A version of the policy, and the part of the period in which it held."""

    version: str
    title: str
    valid_from: str
    start: datetime
    end: datetime
    clauses: tuple[ClauseReport, ...]

    def counts(self) -> dict[str, int]:
        """How many clauses stand how."""
        return {state.value: sum(clause.state is state for clause in self.clauses) for state in State}


class Report(Struct, frozen=True, kw_only=True):
    """``versions`` in order; empty when no policy held at any time of the period."""

    organisation: str
    name: str
    start: datetime
    end: datetime
    made: datetime
    versions: tuple[VersionReport, ...]


def report(organisation: Organisation, start: datetime, end: datetime) -> Report:
    """``organisation`` from ``start`` until before ``end``."""
    now = timezone.now()
    end = min(end, now)
    held = selectors.versions_between(organisation.pk, start, end)
    return Report(
        organisation=organisation.pk,
        name=organisation.name,
        start=start,
        end=end,
        made=now,
        versions=tuple(_version(organisation, version, start, end) for version in held),
    )


def latest(organisation: Organisation, days: int = DAYS) -> Report:
    """The days until now."""
    now = timezone.now()
    return report(organisation, now - timedelta(days=days), now)


def _version(organisation: Organisation, version: PolicyVersion, start: datetime, end: datetime) -> VersionReport:
    policy = selectors.document(version.text)
    begun = max(start, version.begins_at or start)
    until = min(end, version.replaced_at or end)
    look = Look(organisation, policy, selectors.compiled(version), begun, until)
    return VersionReport(
        version=version.version,
        title=policy.policy.title,
        valid_from=version.valid_from.isoformat(),
        start=begun,
        end=until,
        clauses=tuple(_clause(clause, look) for clause in policy.clause),
    )


def _clause(clause: Clause, look: Look) -> ClauseReport:
    controls = tuple(_control(control, look) for control in clause.control)
    paper = next(paper for paper in look.policy.policy.document if paper.id == clause.source.document)
    return ClauseReport(
        clause=clause.id,
        kinds=tuple(clause.kinds),
        text=clause.in_language(get_language() or "en"),
        source=f"{paper.title}, {clause.source.section}",
        state=together(control.state for control in controls),
        controls=controls,
        notes=tuple(f"{note.text} ({note.by}, {note.date})" for note in clause.note),
    )


def together(states: Iterable[State]) -> State:
    """A clause's state from those of its controls: what is broken is told first, and nothing that lacks a control is ever green."""
    found = set(states)
    for state in (State.BROKEN, State.NO_CONTROL, State.NOT_MEASURED):
        if state in found:
            return state
    return State.KEPT


def _control(control: Any, look: Look) -> ControlReport:
    known = CONTROLS[control.use]
    evidence = _evidence(control, look)
    return ControlReport(
        control=control.use,
        meaning=known.meaning,
        parameters=flatten("", control.model_dump(mode="json", exclude={"use"}, exclude_defaults=True)),
        works=known.works,
        state=evidence.state,
        evidence=evidence.summary,
        figures=evidence.figures,
        cases=evidence.cases,
    )


def _evidence(control: Any, look: Look) -> Evidence:
    known = CONTROLS[control.use]
    if not known.works:
        entry = missing().get(control.use)
        lacks = entry.told if entry else _("Nothing in Vaxel carries this out yet.")
        return Evidence(state=State.NO_CONTROL, summary=lacks)
    if not known.measure:
        return nothing(_("The program does it; there is no measure of it yet."))
    module, _colon, name = known.measure.partition(":")
    found: Evidence = getattr(import_module(module), name)(control, look)
    return found


# ── forms ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def as_json(made: Report) -> str:
    return msgspec.json.format(msgspec.json.encode(made), indent=2).decode()


COLUMNS = ("clause", "state", "kinds", "text", "source", "control", "control_state", "evidence", "cases", "from", "to")


def as_csv(made: Report) -> str:
    """A row a control, with a heading. Cells that a spreadsheet would take for a formula begin with an apostrophe."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    for version in made.versions:
        for clause in version.clauses:
            for control in clause.controls:
                row = (
                    clause.clause,
                    clause.state,
                    " ".join(clause.kinds),
                    clause.text,
                    clause.source,
                    control.control,
                    control.state,
                    control.evidence,
                    " ".join(case.call or case.text for case in control.cases),
                    version.start.isoformat(timespec="seconds"),
                    version.end.isoformat(timespec="seconds"),
                )
                rows.writerow([_cell(value) for value in row])
    return written.getvalue()


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def as_text(made: Report) -> str:
    """For a person at a terminal."""
    if not made.versions:
        return _("No policy of {name} was in force in the period.").format(name=made.name) + "\n"
    lines = []
    for version in made.versions:
        heading = _("{name}: {title}, version {version}, {start} – {end}")
        lines.append(
            heading.format(
                name=made.name,
                title=version.title,
                version=version.version,
                start=_moment(version.start),
                end=_moment(version.end),
            )
        )
        for clause in version.clauses:
            lines += _clause_lines(clause)
        lines += ["", ", ".join(f"{state_word(State(state))} {n}" for state, n in version.counts().items()), ""]
    return "\n".join(lines)


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _clause_lines(clause: ClauseReport) -> list[str]:
    lines = ["", f"{clause.clause:8} {state_word(clause.state).upper()}", f"         {clause.text}"]
    for control in clause.controls:
        lines.append(f"         · {control.control}: {control.evidence}")
        lines += [f"             {case.call} {case.text}".rstrip() for case in control.cases[:10]]
        if len(control.cases) > 10:
            lines.append("             " + _("… and {n} more").format(n=len(control.cases) - 10))
    return lines


def state_word(state: State) -> str:
    return {
        State.KEPT: _("kept"),
        State.BROKEN: _("broken"),
        State.NOT_MEASURED: _("not measured yet"),
        State.NO_CONTROL: _("no control"),
    }[state]
