# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Controls of what the switchboard knows of people and units."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from vaxel.policy.terms import Deadline, Name, Strict


class DirectoryContents(Strict):
    """The directory tells these things of every administration, unit or person, and scores what is missing."""

    use: Literal["directory-contents"]
    of: list[
        Literal["administrations", "departments", "tasks", "staff", "groups", "main-tasks", "institutions", "functions"]
    ] = Field(min_length=1, description="What must be there.")


class SearchWords(Strict):
    """Search words and staff information are current; each record has a date of review."""

    use: Literal["search-words"]
    review_months: Annotated[int, Field(ge=1, le=36)] | None = Field(None, description="Reviewed at least so often.")


class Publication(Strict):
    """Direct number and e-mail are published unless a head has exempted someone."""

    use: Literal["publication"]
    exempted_by: Name | None = Field(None, description="The role that may exempt.")


class CalendarPresence(Strict):
    """The switchboard sees in the calendar whether a person is available."""

    use: Literal["calendar-presence"]


class CalendarFreshness(Strict):
    """Calendars are current with absences; tasks in them are ignored."""

    use: Literal["calendar-freshness"]


class CalendarPrivacy(Strict):
    """Identity numbers and confidential data in a calendar are masked, and the owner told."""

    use: Literal["calendar-privacy"]


class ProxyAbsence(Strict):
    """Others set a sick colleague's absence and referral; it is recorded who did."""

    use: Literal["proxy-absence"]
    by: list[Literal["manager", "phone-contact", "operator", "colleague"]] = Field(min_length=1, description="Who may.")


class PhoneContacts(Strict):
    """Each administration has named telephone contacts."""

    use: Literal["phone-contacts"]


class ChangeForm(Strict):
    """Joiners, leavers, movers and moved tasks are reported on a form that changes the directory."""

    use: Literal["change-form"]
    subjects: list[Literal["joiners", "leavers", "movers", "case-division", "tasks"]] = Field(
        min_length=1, description="What is reported."
    )
    deadline: Deadline | None = Field(None, description="By when.")


class PreparedAnswers(Strict):
    """Operators have answers at hand that units have prepared."""

    use: Literal["prepared-answers"]


MODELS: tuple[type[Strict], ...] = (
    DirectoryContents,
    SearchWords,
    Publication,
    CalendarPresence,
    CalendarFreshness,
    CalendarPrivacy,
    ProxyAbsence,
    PhoneContacts,
    ChangeForm,
    PreparedAnswers,
)
