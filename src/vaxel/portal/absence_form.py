# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of an absence: what was typed, kept as it was typed, and read as a ``Wish``."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from vaxel.absence.actions import Wish
from vaxel.absence.models import Absence, Refer
from vaxel.directory.models import Person
from vaxel.portal.colleagues import named, one_named

FIELDS = ("reason", "start", "end", "message", "refer", "colleague", "group")
LOCAL = "%Y-%m-%dT%H:%M"


class AbsenceForm:
    """``values`` is what stands in the fields. Times are those of the municipality's clock."""

    def __init__(self, person: Person, values: dict[str, str]) -> None:
        self.person = person
        self.values = {field: values.get(field, "") for field in FIELDS}
        self._zone = ZoneInfo(person.organisation.time_zone)

    @classmethod
    def filled(cls, person: Person, post: QueryDict) -> AbsenceForm:
        return cls(person, {field: post.get(field, "").replace("\x00", "") for field in FIELDS})

    @classmethod
    def of(cls, absence: Absence) -> AbsenceForm:
        """As it was entered, to be changed."""
        form = cls(absence.person, {})
        form.values |= {
            "reason": absence.reason,
            "start": form._local(absence.start),
            "end": form._local(absence.end),
            "message": absence.message,
            "refer": absence.refer,
            "colleague": named(absence.refer_person) if absence.refer_person else "",
            "group": absence.refer_key if absence.refer == Refer.GROUP else "",
        }
        return form

    def _local(self, moment: datetime | None) -> str:
        return "" if moment is None else moment.astimezone(self._zone).strftime(LOCAL)

    def wish(self) -> Wish:
        """What is wanted. Raises ``ValidationError`` by field for what can't be read."""
        errors: dict[str, list[str]] = {}
        start, end = self._moment("start", errors), self._moment("end", errors)
        refer_to = self.values["group"]
        if self.values["refer"] == Refer.COLLEAGUE:
            try:
                refer_to = self._colleague()
            except ValidationError as error:
                errors["colleague"] = error.messages
        if errors:
            raise ValidationError(errors)
        return Wish(
            reason=self.values["reason"],
            start=start,
            end=end,
            message=self.values["message"],
            refer=self.values["refer"],
            refer_to=refer_to,
        )

    def _moment(self, field: str, errors: dict[str, list[str]]) -> datetime | None:
        text = self.values[field].strip()
        if not text:
            return None
        try:
            return datetime.fromisoformat(text).replace(tzinfo=self._zone)
        except ValueError:
            errors[field] = [_("Write day and time like 2026-03-02 13:00.")]
            return None

    def _colleague(self) -> str:
        """The key of the one who is meant: by a name and number from the list, by the beginnings of words, or by a number."""
        text = self.values["colleague"].strip()
        if not text:
            raise ValidationError(_("Choose the colleague to whom callers are referred."))
        return one_named(text, self.person.organisation_id).key
