# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of a notice and of a prepared answer: what was typed, kept as it was typed, and read as a plan."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from vaxel.directory.models import Organisation
from vaxel.notices.models import Kind, Notice, PreparedAnswer
from vaxel.notices.plans import AnswerPlan, NoticePlan
from vaxel.portal.colleagues import named, one_named
from vaxel.portal.hours_form import read_date

LONGEST = 20_000


def typed(post: QueryDict, fields: tuple[str, ...]) -> dict[str, str]:
    """What stands in ``fields``."""
    return {field: str(post.get(field, "")).replace("\x00", "").replace("\r\n", "\n")[:LONGEST] for field in fields}


def read_moment(text: str, zone: ZoneInfo, field: str, errors: dict[str, list[str]]) -> datetime | None:
    """Day and time as the browser sends them, in ``zone``; None for nothing. What can't be read is told in ``errors``."""
    if not text.strip():
        return None
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=zone)
    except ValueError:
        errors[field] = [_("Write day and time like 2026-03-02 08:00.")]
        return None


def shown_moment(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if moment else ""


class NoticeForm:
    """``people`` are names, one a line, as ``colleagues`` reads them."""

    FIELDS = ("kind", "title", "text", "answer", "words", "unit", "people", "cover", "begins", "ends", "link")

    def __init__(self, home: Organisation, values: dict[str, str]) -> None:
        self.home = home
        self.zone = ZoneInfo(home.time_zone)
        self.values = {field: values.get(field, "") for field in self.FIELDS}

    @classmethod
    def filled(cls, home: Organisation, post: QueryDict) -> NoticeForm:
        return cls(home, typed(post, cls.FIELDS))

    @classmethod
    def of(cls, notice: Notice) -> NoticeForm:
        """As the notice is."""
        form = cls(notice.organisation, {field: str(getattr(notice, field)) for field in cls.FIELDS[:5]})
        form.values |= {
            "unit": f"u{notice.unit_id}" if notice.unit_id else "",
            "people": "\n".join(named(person) for person in notice.people.prefetch_related("numbers")),
            "cover": notice.cover,
            "begins": shown_moment(notice.begins, form.zone),
            "ends": shown_moment(notice.ends, form.zone),
            "link": notice.link,
        }
        return form

    def plan(self) -> NoticePlan:
        """The notice that is wanted. Raises ``ValidationError`` by field for what can't be read."""
        errors: dict[str, list[str]] = {}
        people = self._people(errors)
        begins = read_moment(self.values["begins"], self.zone, "begins", errors)
        ends = read_moment(self.values["ends"], self.zone, "ends", errors)
        if errors:
            raise ValidationError(errors)
        values = {field: self.values[field] for field in ("kind", "title", "text", "answer", "unit", "cover", "link")}
        return NoticePlan(**values, words=self.values["words"].splitlines(), people=people, begins=begins, ends=ends)

    def _people(self, errors: dict[str, list[str]]) -> list[str]:
        found = []
        for line in self.values["people"].splitlines()[:100]:
            if line.strip():
                try:
                    found.append(one_named(line.strip(), self.home.pk).key)
                except ValidationError as error:
                    errors.setdefault("people", []).extend(error.messages)
        return found

    @staticmethod
    def kinds() -> list[tuple[str, str]]:
        """Those that are written by hand."""
        return [(kind.value, str(kind.label)) for kind in Kind if kind is not Kind.TEMPORARY_HOURS]


class AnswerForm:
    FIELDS = ("question", "text", "task", "words", "unit", "valid_until")

    def __init__(self, values: dict[str, str]) -> None:
        self.values = {field: values.get(field, "") for field in self.FIELDS}

    @classmethod
    def filled(cls, post: QueryDict) -> AnswerForm:
        return cls(typed(post, cls.FIELDS))

    @classmethod
    def of(cls, answer: PreparedAnswer) -> AnswerForm:
        """As the answer is."""
        wording = answer.current
        return cls(
            {
                "question": answer.question,
                "text": wording.text if wording else "",
                "task": answer.task,
                "words": answer.words,
                "unit": f"u{answer.unit_id}" if answer.unit_id else "",
                "valid_until": answer.valid_until.isoformat() if answer.valid_until else "",
            }
        )

    def plan(self) -> AnswerPlan:
        """The answer that is wanted. Raises ``ValidationError`` by field for what can't be read."""
        errors: dict[str, list[str]] = {}
        until: date | None = None
        if self.values["valid_until"].strip():
            until = read_date(self.values["valid_until"], "valid_until", errors)
        if errors:
            raise ValidationError(errors)
        values = {field: self.values[field] for field in ("question", "text", "task", "unit")}
        return AnswerPlan(**values, words=self.values["words"].splitlines(), valid_until=until)
