# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A policy file as a typed document: head, hours, clauses with their controls. ``docs/policy.md`` explains how to write one."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, TypeAdapter, model_validator

from vaxel.domain.countries import CountryCode
from vaxel.domain.hours import Span, Week
from vaxel.policy import times
from vaxel.policy.parameters import MODELS
from vaxel.policy.terms import Name, Strict, refuse

CLAUSE_ID = r"[A-Z][A-Z0-9ÅÄÖÆØ]{0,7}-[1-9][0-9]{0,3}"

Language = Literal["sv", "nb", "nn", "da", "se", "fi", "is", "en"]
Text = Annotated[str, Field(min_length=1, max_length=2000)]


def _checked_spans(text: str) -> str:
    times.spans(text)
    return text


def _checked_week(days: dict[str, str]) -> dict[str, str]:
    times.week(days)
    return days


def _checked_month_day(text: str) -> str:
    times.month_day(text)
    return text


_DAY_KEY = "^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$"
DayText = Annotated[
    str,
    AfterValidator(_checked_spans),
    Field(description="“08:00-12:00, 13:00-16:00”, past midnight “22:00-02:00”, or “closed”."),
]
WeekText = Annotated[
    dict[str, str],
    AfterValidator(_checked_week),
    Field(
        description="Days, one or several: “mon = …”, “mon-wed = …”. Days not named are closed.",
        json_schema_extra={"propertyNames": {"pattern": _DAY_KEY}},
    ),
]
MonthDay = Annotated[str, AfterValidator(_checked_month_day), Field(description="Month and day: “06-15”.")]


class Kind(StrEnum):
    """How a clause is made true."""

    ENFORCED = "enforced"
    DUTY = "duty"
    MEASURED = "measured"
    ATTESTED = "attested"


class HoursKind(StrEnum):
    TELEPHONE = "telephone"
    VISITING = "visiting"


class Document(Strict):
    """A paper of the municipality, from which clauses come."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,31}$")] = Field(description="Short name; clauses refer to it.")
    title: Name = Field(description="Its title.")
    decided: date | None = Field(None, description="When it was decided.")
    decided_by: Name | None = Field(None, description="By whom, with paragraph and reference number.")
    valid_from: date | None = Field(None, description="From when it says it is valid.")
    note: Text | None = Field(None, description="What a reader should know of the paper.")


class Head(Strict):
    """Whose policy it is, and from when."""

    organisation: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")] = Field(
        description="The organisation's id in Vaxel."
    )
    municipality: Name = Field(description="Its name.")
    country: CountryCode = Field(description="Gives the length of a ring and the public holidays.")
    language: Language = Field(description="Of the municipality.")
    version: Name = Field(description="Name of this version; each new one has another.")
    valid_from: date = Field(description="The first day of this version.")
    title: Name = Field(description="As the municipality calls it.")
    document: list[Document] = Field(min_length=1, description="The papers.")


class Season(Strict):
    """Other weekly hours every year from one day to another, both included; may run past New Year."""

    name: Name | None = Field(None, description="“Summer”.")
    first: MonthDay
    last: MonthDay
    week: WeekText


class Dated(Strict):
    """Longer or shorter hours, or none, on certain dates, both included."""

    first: date
    last: date
    open: DayText | None = Field(None, description="The same hours on all the days.")
    week: WeekText | None = Field(None, description="Or hours by weekday.")
    name: Name = Field(description="Why, as callers may hear it.")
    clause: str | None = Field(None, description="The clause that allows it.")
    approved_by: Name | None = Field(None, description="Who approved it, where a clause asks for that.")

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if self.last < self.first:
            raise refuse("backwards", f"{self.first} – {self.last}")
        if (self.open is None) == (self.week is None):
            raise refuse("open_or_week", "")
        return self


class Hours(Strict):
    """Hours of the organisation, or of one unit or group, as the paper gives them."""

    kind: Annotated[HoursKind, Field(strict=False)] = Field(description="Telephone or visiting hours.")
    unit: Name | None = Field(None, description="Of this unit.")
    group: Name | None = Field(None, description="Of this group. Without unit and group: of the organisation.")
    clause: str = Field(description="The clause that gives them.")
    week: WeekText
    lunch: DayText | None = Field(None, description="Closed every day at this time.")
    holiday: DayText = Field(times.CLOSED, description="On public holidays and closing days.")
    eve: DayText | None = Field(None, description="On eves. Without: as on any weekday.")
    season: list[Season] = Field([], description="Other hours at times of the year.")
    dated: list[Dated] = Field([], description="Other hours on certain dates.")

    @model_validator(mode="after")
    def _one_owner(self) -> Self:
        if self.unit is not None and self.group is not None:
            raise refuse("unit_or_group", "")
        return self

    @property
    def of(self) -> tuple[str, str, str]:
        """Kind and owner: what there may be only one of."""
        return self.kind, self.unit or "", self.group or ""

    def open_week(self, days: dict[str, str]) -> Week:
        """A week of these hours, lunch taken out."""
        closings = times.spans(self.lunch) if self.lunch else ()
        return tuple(times.without(day, closings) for day in times.week(days))

    def open_day(self, text: str) -> tuple[Span, ...]:
        return times.spans(text)


class Source(Strict):
    """Where the paper says it."""

    document: str = Field(description="Id of one of the papers in the head.")
    section: Name = Field(description="Heading, paragraph, number.")


class Note(Strict):
    """A local note on how the clause is applied."""

    text: Text
    date: date
    by: Name = Field(description="The office that issued it.")


# The members are known only when the program runs; a type checker needs no more than their common parent.
Control: Any = Annotated[reduce(or_, MODELS), Field(discriminator="use")]


class Clause(Strict):
    """One promise of the policy, with the controls that make it true."""

    id: Annotated[str, Field(pattern=f"^{CLAUSE_ID}$")] = Field(description="Stable: “SOL-2”.")
    kinds: list[Annotated[Kind, Field(strict=False)]] = Field(min_length=1, description="How it is made true.")
    text: dict[Language, Text] = Field(min_length=1, description="Our paraphrase, by language; English at least.")
    source: Source
    control: list[Control] = Field(min_length=1, description="What makes it true.")
    note: list[Note] = Field([], description="Local notes.")

    @model_validator(mode="after")
    def _english(self) -> Self:
        if "en" not in self.text:
            raise refuse("no_english", "")
        return self

    def in_language(self, language: str) -> str:
        """The paraphrase in ``language``, else in English."""
        return self.text.get(language) or self.text["en"]  # type: ignore[call-overload]


class Policy(Strict):
    """A municipality's policy."""

    policy: Head
    hours: list[Hours] = Field([], description="Hours that the paper gives; others are kept in the directory.")
    clause: list[Clause] = Field(min_length=1, description="The promises.")

    def clause_of(self, id_: str) -> Clause | None:
        return next((clause for clause in self.clause if clause.id == id_), None)

    def controls(self) -> list[tuple[Clause, Any]]:
        """Every control with its clause, in the order of the file."""
        return [(clause, control) for clause in self.clause for control in clause.control]


POLICY: TypeAdapter[Policy] = TypeAdapter(Policy)
