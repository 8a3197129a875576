# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of a case division: a task, what it goes by, and a row for each share, kept as it was typed."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from vaxel.cases.models import By, CaseDivision, CaseShare, Side
from vaxel.directory.models import Group, Person
from vaxel.directory.protection import somebody
from vaxel.portal.colleagues import named, one_named
from vaxel.portal.unit_form import typed

FREE_ROWS = 3
FIELDS = ("who", "first", "last", "place", "from", "to", "side")
_ROW = re.compile(r"s([0-9]{1,4})-who$")


class DivisionForm:
    """``s0-who`` … names a person or a group; ``s0-row`` is the share's own number, "" for a new one."""

    def __init__(self, division: CaseDivision, values: dict[str, str], finds_protected: bool) -> None:
        self.division = division
        self.values = values
        self.finds_protected = finds_protected

    @classmethod
    def of(cls, division: CaseDivision, finds_protected: bool) -> DivisionForm:
        """As it is. Who may not be known to her is told as somebody."""
        values = {"task": division.task, "by": division.by or By.DAY.value}
        for n, share in enumerate(_known(division)):
            told = {
                "row": share.pk,
                "who": _told(share, finds_protected),
                "first": share.first,
                "last": share.last,
                "place": share.place,
                "from": share.number_from or "",
                "to": share.number_to or "",
                "side": share.side,
            }
            values |= {f"s{n}-{field}": str(value) for field, value in told.items()}
        return cls(division, values, finds_protected)

    @classmethod
    def filled(cls, division: CaseDivision, post: QueryDict, finds_protected: bool) -> DivisionForm:
        return cls(division, typed(post, 200), finds_protected)

    def emptied(self) -> list[int]:
        """Rows of the shares whose fields have all been emptied."""
        rows = {self.values.get(f"s{n}-row", "") for n in self._rows() if not self._is_filled(n)}
        return [share.pk for share in _known(self.division) if str(share.pk) in rows]

    def shares(self) -> list[tuple[str, CaseShare]]:
        """The division's fields are set; its shares are given back, unsaved. Raises ``ValidationError`` by field for what can't be read."""
        self.division.task = " ".join(self.values.get("task", "").split())
        self.division.by = self.values.get("by", "")
        errors: dict[str, list[str]] = {}
        known = {str(share.pk): share for share in _known(self.division)}
        found = [(f"s{n}", self._share(n, known, errors)) for n in self._rows() if self._is_filled(n)]
        if errors:
            raise ValidationError(errors)
        return found

    def _share(self, n: int, known: dict[str, CaseShare], errors: dict[str, list[str]]) -> CaseShare:
        told = {field: " ".join(self.values.get(f"s{n}-{field}", "").split()) for field in FIELDS}
        share = known.pop(self.values.get(f"s{n}-row", ""), None) or CaseShare()
        share.division = self.division
        share.first, share.last, share.place, share.side = told["first"], told["last"], told["place"], told["side"]
        share.number_from = _house(told["from"], f"s{n}-from", errors)
        share.number_to = _house(told["to"], f"s{n}-to", errors)
        # Looked for only when it's another: who is protected isn't found, nor is one of two with the same name.
        if not share.pk or told["who"] != " ".join(_told(share, self.finds_protected).split()):
            try:
                share.person, share.group = _who(told["who"], self.division.organisation_id)
            except ValidationError as error:
                errors[f"s{n}-who"] = error.messages
        return share

    def _rows(self) -> list[int]:
        return sorted(int(found[1]) for name in self.values if (found := _ROW.match(name)))

    def _is_filled(self, n: int) -> bool:
        return any(self.values.get(f"s{n}-{field}", "").strip() for field in FIELDS)

    def _used(self) -> list[int]:
        """Rows that are filled, and those emptied of a share that is there still: it goes when the form is saved."""
        return [n for n in self._rows() if self._is_filled(n) or self.values.get(f"s{n}-row")]

    def by_part(self, errors: dict[str, list[str]]) -> dict[str, list[str]]:
        """``errors`` by field, each saying to which part it belongs, as the parts are numbered on the page."""
        parts = {f"s{n}": at for at, n in enumerate(self._used(), 1) if self._is_filled(n)}
        return {
            field: [_of_part(parts.get(field.partition("-")[0]), told) for told in messages]
            for field, messages in errors.items()
        }

    def rows(self, errors: dict[str, list[str]]) -> list[dict[str, Any]]:
        """Those that are there, and some to fill in, with what stands in them."""
        used = self._used()
        after = max(used, default=-1) + 1
        return [
            {
                "n": n,
                "at": at,
                **{field: self.values.get(f"s{n}-{field}", "") for field in (*FIELDS, "row")},
                "wrong": [field for field in FIELDS if f"s{n}-{field}" in errors],
            }
            for at, n in enumerate((*used, *range(after, after + FREE_ROWS)), 1)
        ]

    @staticmethod
    def sides() -> list[tuple[str, Any]]:
        return list(Side.choices)


def _known(division: CaseDivision) -> list[CaseShare]:
    """Its shares as they are saved, with whom they name."""
    if not division.pk:
        return []
    return list(division.shares.select_related("person", "group").prefetch_related("person__numbers"))


def _of_part(part: int | None, told: str) -> str:
    return _("Part %(n)s: %(told)s") % {"n": part, "told": told} if part else told


def _told(share: CaseShare, finds_protected: bool) -> str:
    if share.group is not None:
        return share.group.name
    if share.person is None:
        return ""
    return named(share.person) if finds_protected or not share.person.protected else somebody()


def _who(text: str, organisation: str) -> tuple[Person | None, Group | None]:
    if not text:
        raise ValidationError(_("Write who handles this part: a person or a group."))
    # Compared here: SQLite knows the case of A to Z only, not of Ä.
    groups = Group.objects.filter(organisation=organisation)
    group = next((one for one in groups if one.name.casefold() == text.casefold()), None)
    return (None, group) if group is not None else (one_named(text, organisation), None)


def _house(text: str, field: str, errors: dict[str, list[str]]) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 6):
        errors[field] = [_("Write a house number without its letter, such as 12.")]
        return None
    return int(text)
