# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words that the parameters of many controls share: deadlines, targets, channels, for whom something is meant."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Name = Annotated[str, Field(min_length=1, max_length=120)]
Percent = Annotated[float, Field(ge=0, le=100)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]
Count = Annotated[int, Field(ge=1, le=1000)]


class Strict(BaseModel):
    """No unknown keys, no silent conversions."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Channel(StrEnum):
    """A way in which people reach the municipality."""

    TELEPHONE = "telephone"
    MAIL = "mail"
    DESK = "desk"
    MESSAGE = "message"


class Cause(StrEnum):
    """Why a deadline may be missed without blame."""

    LEAVE = "leave"
    TRAVEL = "travel"
    SICKNESS = "sickness"
    TRAINING = "training"
    COVERED = "covered"
    REFERRED = "referred"


class Within(StrEnum):
    """What a deadline is counted in. ``count`` says how many, where that makes sense."""

    AT_ONCE = "as-soon-as-possible"
    SAME_DAY = "same-day"
    NEXT_WORKING_DAY = "next-working-day"
    WORKING_DAYS = "working-days"
    WORKING_HOURS = "working-hours"
    HOURS = "hours"
    MONTHS = "months"


COUNTED = frozenset({Within.WORKING_DAYS, Within.WORKING_HOURS, Within.HOURS, Within.MONTHS})


class Trend(StrEnum):
    """Where a share is to go from one period to the next, when the paper names no figure."""

    RISING = "rising"
    FALLING = "falling"


def refuse(code: str, sentence: str) -> PydanticCustomError:
    """An error of ours inside a model: ``code`` names the sentence that ``faults`` gives a reader."""
    return PydanticCustomError(f"vaxel_{code}", "{sentence}", {"sentence": sentence})


class Deadline(Strict):
    """By when something must be done, on the municipality's working days and hours."""

    within: Annotated[Within, Field(strict=False)] = Field(description="What the deadline is counted in.")
    count: Annotated[int, Field(ge=1, le=500)] | None = Field(
        None, description="How many working days, working hours, hours or months."
    )
    unless: list[Annotated[Cause, Field(strict=False)]] = Field([], description="Causes that excuse.")
    if_possible: bool = Field(False, description="The paper says “if possible”: lapses are counted, not blamed.")

    @model_validator(mode="after")
    def _has_count(self) -> Self:
        if self.within in COUNTED and self.count is None:
            raise refuse("count_missing", self.within.value)
        if self.within not in COUNTED and self.count is not None:
            raise refuse("count_unwanted", self.within.value)
        return self


class Target(Strict):
    """So many per cent within so long."""

    percent: Percent = Field(description="Of the calls, mails or visitors.")
    seconds: Seconds | None = Field(None, description="Within how many seconds.")
    rings: Count | None = Field(None, description="Within how many rings.")
    channel: Annotated[Channel, Field(strict=False)] = Field(Channel.TELEPHONE, description="Of which channel.")

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.seconds is None) == (self.rings is None):
            raise refuse("rings_or_seconds", "")
        return self


class ForWhom(Strict):
    """Whom a control is meant for, by the names in the directory: a unit with those below it. Empty: everybody."""

    units: list[Name] = Field([], description="Units, by name.")
    groups: list[Name] = Field([], description="Groups, by name.")
    people: list[Name] = Field([], description="People, by name.")

    @property
    def everybody(self) -> bool:
        return not self.names

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.units, *self.groups, *self.people)

    def concerns(self, names: Iterable[str]) -> bool:
        """Is it meant for the one that has these names: its own, and those of the units above it?"""
        return self.everybody or any(name in self.names for name in names)
