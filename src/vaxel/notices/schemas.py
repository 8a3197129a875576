# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notices and prepared answers as the REST API takes and shows them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from vaxel.directory.moments import Moment
from vaxel.notices.models import Notice, PreparedAnswer
from vaxel.notices.plans import AnswerPlan, NoticePlan

KindCode = Literal["expected_calls", "press_release", "temporary_hours", "change", "announcement"]


class Named(Schema):
    id: str
    name: str


class NoticeIn(Schema):
    """A notice. Temporary hours become notices by themselves: they can't be sent here."""

    kind: KindCode
    title: str = Field(max_length=1000)
    text: str = Field("", max_length=20_000)
    answer: str = Field("", max_length=20_000, description="What operators may tell callers.")
    words: list[str] = Field([], max_length=200, description="Subject words: a search for one brings the notice up.")
    unit: str = Field("", max_length=32, description="Id of the unit that it comes from.")
    people: list[str] = Field([], max_length=200, description="Ids of those who are present to answer.")
    cover: str = Field("", max_length=1000, description="Who answers meanwhile, in words.")
    begins: Moment | None = Field(None, description="Of what it tells; without it: now.")
    ends: Moment | None = Field(None, description="Without it: until it is withdrawn; press releases two weeks.")
    link: str = Field("", max_length=1000)

    def plan(self) -> NoticePlan:
        return NoticePlan(**self.model_dump(exclude={"organisation"}))


class NewNotice(NoticeIn):
    organisation: str = Field(max_length=32)


class NoticeOut(Schema):
    """``unread_by`` are the operators who haven't acknowledged it as it stands; ``told`` is when it came.

    ``review`` is when it must be reassessed, ``over`` since when nobody needs to know it.
    """

    id: str
    organisation: str
    kind: str
    title: str
    text: str
    answer: str
    words: list[str]
    unit: str
    unit_name: str
    people: list[Named]
    cover: str
    link: str
    begins: datetime
    ends: datetime | None
    review: date | None
    told: datetime
    told_by: str
    origin: str
    over: datetime | None
    unread_by: list[str]


class AnswerIn(Schema):
    question: str = Field(max_length=1000, description="In the words of citizens.")
    text: str = Field(max_length=20_000)
    task: str = Field("", max_length=1000)
    words: list[str] = Field([], max_length=200)
    unit: str = Field("", max_length=32)
    valid_until: date | None = None

    def plan(self) -> AnswerPlan:
        return AnswerPlan(**self.model_dump(exclude={"organisation"}))


class NewAnswer(AnswerIn):
    organisation: str = Field(max_length=32)


class AnswerOut(Schema):
    """``version`` is the number of the wording, from 1; a new wording has the next."""

    id: str
    organisation: str
    unit: str
    unit_name: str
    question: str
    task: str
    words: list[str]
    text: str
    version: int
    written_by: str
    written: datetime | None
    valid_until: date | None


class Matching(Schema):
    """What a search or a call touches, the closest first."""

    items: list[NoticeOut]
    answers: list[AnswerOut]


def notice_out(notice: Notice, unread: list[str]) -> dict[str, Any]:
    return {
        "id": notice.key,
        "organisation": notice.organisation_id,
        "kind": notice.kind,
        "title": notice.title,
        "text": notice.text,
        "answer": notice.answer,
        "words": notice.phrases,
        "unit": f"u{notice.unit_id}" if notice.unit_id else "",
        "unit_name": notice.unit.name if notice.unit else "",
        "people": [{"id": person.key, "name": person.name} for person in notice.people.all()],
        "cover": notice.cover,
        "link": notice.link,
        "begins": notice.begins,
        "ends": notice.ends,
        "review": notice.review,
        "told": notice.told_at,
        "told_by": notice.told_by,
        "origin": notice.origin,
        "over": notice.closed_at,
        "unread_by": unread,
    }


def answer_out(answer: PreparedAnswer) -> dict[str, Any]:
    wording = answer.current
    return {
        "id": answer.key,
        "organisation": answer.organisation_id,
        "unit": f"u{answer.unit_id}" if answer.unit_id else "",
        "unit_name": answer.unit.name if answer.unit else "",
        "question": answer.question,
        "task": answer.task,
        "words": answer.phrases,
        "text": wording.text if wording else "",
        "version": wording.n if wording else 0,
        "written_by": wording.written_by if wording else "",
        "written": wording.written_at if wording else None,
        "valid_until": answer.valid_until,
    }
