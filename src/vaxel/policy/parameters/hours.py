# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Controls of opening hours. The hours themselves stand under ``[[hours]]``."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from vaxel.policy.terms import ForWhom, Name, Strict, refuse


class OpeningHours(Strict):
    """The switchboard is open at the hours that the policy, or the directory, gives."""

    use: Literal["opening-hours"]


class OwnHours(ForWhom):
    """A unit or group keeps hours of its own."""

    use: Literal["own-hours"]


class TelephoneHours(Strict):
    """Whether units and people may restrict calls to telephone hours of their own."""

    use: Literal["telephone-hours"]
    allowed: bool = Field(description="False: hours of units, groups and people are refused.")


class ClosedAnnouncement(Strict):
    """Outside hours the caller hears that the switchboard is closed, and when it next opens."""

    use: Literal["closed-announcement"]
    offers_message: bool = Field(False, description="The caller may leave a message, too.")


class Staffed(ForWhom):
    """Somebody answers in every unit throughout the telephone hours."""

    use: Literal["staffed"]

    @model_validator(mode="after")
    def _not_of_people(self) -> Self:
        if self.people:
            raise refuse("not_people", ", ".join(self.people))
        return self


class ExceptionalHours(ForWhom):
    """Longer or shorter hours for dated periods."""

    use: Literal["exceptional-hours"]
    longer: bool = Field(True, description="Longer hours are allowed.")
    shorter: bool = Field(True, description="Shorter hours are allowed.")
    approved_by: Name | None = Field(None, description="The role that must approve shorter hours first.")
    longest_months: Annotated[int, Field(ge=1, le=24)] | None = Field(
        None, description="Then they end unless decided anew."
    )
    cover: bool = Field(False, description="Somebody must be named who answers or takes messages meanwhile.")
    tell_switchboard: bool = Field(False, description="The switchboard is told.")


class Unstaffed(Strict):
    """A unit may be unstaffed in special cases, with approval."""

    use: Literal["unstaffed"]
    approved_by: Name = Field(description="The role that approves.")


class CalendarClash(Strict):
    """Meetings and breaks in set telephone hours are refused, or shown to the manager."""

    use: Literal["calendar-clash"]


class Appointments(Strict):
    """A meeting outside visiting hours can be agreed, with a host."""

    use: Literal["appointments"]


MODELS: tuple[type[Strict], ...] = (
    OpeningHours,
    OwnHours,
    TelephoneHours,
    ClosedAnnouncement,
    Staffed,
    ExceptionalHours,
    Unstaffed,
    CalendarClash,
    Appointments,
)
