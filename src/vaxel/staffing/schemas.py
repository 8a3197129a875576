# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changes of staff as the REST API takes and shows them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import JsonValue

from vaxel.staffing.actions import Report
from vaxel.staffing.models import StaffChange

SubjectCode = Literal["joiner", "leaver", "mover", "task", "case_division", "unstaffed"]


class ReportIn(Schema):
    """A change. ``details``, by subject:

    joiner: name, title, function, tasks, email, number; leaver: person, successor; mover: person, to_unit, title, function, tasks,
    leaves_groups; task: task, person, to_person; case_division: division, person, to_person; unstaffed: until, why, cover.
    """

    subject: SubjectCode
    day: date = Field(description="From when it holds; a leaver's last day.")
    unit: str = Field("", max_length=32, description="Id of the unit; of a change of a person it is that person's.")
    details: dict[str, JsonValue] = Field(max_length=20)

    def report(self) -> Report:
        return Report(subject=self.subject, day=self.day, unit=self.unit, details=dict(self.details))


class NewReport(ReportIn):
    organisation: str = Field(max_length=32)


class Why(Schema):
    why: str = Field(max_length=2000)


class ChangeOut(Schema):
    """``state`` is waiting, approved, done, refused, returned or withdrawn; ``why`` the reason of the last two but one."""

    id: str
    organisation: str
    unit: str
    subject: str
    day: date
    details: dict[str, Any]
    summary: str
    state: str
    why: str
    reported_by: str
    reported: datetime
    decided_by: str
    decided: datetime | None
    done: datetime | None
    notice: str


def change_out(change: StaffChange) -> dict[str, Any]:
    return {
        "id": change.key,
        "organisation": change.organisation_id,
        "unit": f"u{change.unit_id}" if change.unit_id else "",
        "subject": change.subject,
        "day": change.day,
        "details": change.details,
        "summary": change.summary,
        "state": change.status,
        "why": change.words,
        "reported_by": change.reported_by_name,
        "reported": change.first_reported,
        "decided_by": change.decided_by_name,
        "decided": change.decided_at,
        "done": change.done_at,
        "notice": f"n{change.notice_id}" if change.notice_id else "",
    }
