# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notices and answers of the demonstration (``demonstration.toml``), written by the same actions as any."""

from __future__ import annotations

import tomllib
from datetime import datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

from msgspec import Struct, convert

from vaxel.directory.audit import By
from vaxel.directory.hours import today_in
from vaxel.directory.models import Organisation, Person, Role, Unit
from vaxel.notices import actions, answers
from vaxel.notices.plans import AnswerPlan, NoticePlan


class Told(Struct, frozen=True, kw_only=True):
    """``begins`` and ``ends`` in days from today, ``people`` places in the directory."""

    kind: str
    title: str
    text: str
    unit: str
    words: list[str]
    begins: int
    ends: int | None = None
    answer: str = ""
    people: list[int] = []


class Prepared(Struct, frozen=True, kw_only=True):
    question: str
    text: str
    task: str
    words: list[str]
    unit: str


class Plan(Struct, frozen=True, kw_only=True):
    notice: list[Told] = []
    answer: list[Prepared] = []


def load(organisation: Organisation) -> None:
    """Into a municipality that has just been made."""
    text = (files("vaxel.notices") / "demonstration.toml").read_text(encoding="utf-8")
    plan = convert(tomllib.loads(text).get(organisation.pk, {}), Plan)
    people = dict(enumerate(Person.objects.filter(organisation=organisation).order_by("id"), 1))
    units = {unit.name: unit for unit in organisation.units.all()}
    for told in plan.notice:
        _tell(organisation, told, units[told.unit], people)
    for prepared in plan.answer:
        unit = units[prepared.unit]
        wish = AnswerPlan(
            question=prepared.question, text=prepared.text, task=prepared.task, words=prepared.words, unit=unit.key
        )
        answers.prepare(organisation, _by(unit), wish)


def _tell(organisation: Organisation, told: Told, unit: Unit, people: dict[int, Person]) -> None:
    zone = ZoneInfo(organisation.time_zone)
    morning = datetime.combine(today_in(organisation.time_zone), time(8), zone)
    ends = None if told.ends is None else morning + timedelta(days=told.ends)
    plan = NoticePlan(
        kind=told.kind,
        title=told.title,
        text=told.text,
        answer=told.answer,
        words=told.words,
        unit=unit.key,
        people=[people[n].key for n in told.people],
        begins=morning + timedelta(days=told.begins),
        ends=ends,
    )
    actions.tell(organisation, _by(unit), plan)


def _by(unit: Unit) -> By:
    """Its telephone contact."""
    role = Role.objects.filter(unit=unit).select_related("person").order_by("-kind", "id").first()
    return By(name=role.person.name, user=role.person.user_id) if role else By()
