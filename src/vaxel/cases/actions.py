# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How cases are divided, as those who answer for the whole municipality keep it (AAB-27). Raise ``ValidationError``, by field."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from vaxel.cases.models import By as DivisionBy
from vaxel.cases.models import CaseDivision, CaseShare
from vaxel.directory.audit import By, acting
from vaxel.directory.identity_numbers import refuse_identity_numbers

FORM_FIELDS = {"number_from": "from", "number_to": "to", "person": "who", "group": "who", "__all__": "who"}
"""Field of a share → how errors call it, where that is otherwise."""


def save(
    division: CaseDivision, by: By, shares: Iterable[tuple[str, CaseShare]], emptied: Iterable[int] = ()
) -> CaseDivision:
    """``division`` as it stands, with these shares, each with a name that its errors begin with: “s0”, and without those ``emptied``.

    ``emptied`` are rows of shares. Others stay: a colleague may have added them while the form was open.
    """
    named, going = list(shares), list(emptied)
    staying = CaseShare.objects.filter(division=division.pk).exclude(pk__in=going)
    errors = _of_division(division)
    for name, share in named:
        errors |= {f"{name}-{field}": told for field, told in _of_share(share).items()}
    if not named and not staying.exists():
        errors.setdefault("s0-who", [_("Write at least one who handles a part of the cases.")])
    if errors:
        raise ValidationError(errors)
    with acting(by), transaction.atomic():
        division.save()
        for gone in division.shares.filter(pk__in=going):
            gone.delete()
        for _name, share in named:
            share.division = division
            share.save()
    return division


def remove(division: CaseDivision, by: By) -> None:
    """The cases of the task are no longer divided."""
    with acting(by), transaction.atomic():
        division.delete()


def _of_division(division: CaseDivision) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    try:
        division.full_clean(exclude=["organisation"], validate_constraints=False)
    except ValidationError as error:
        errors = error.message_dict
    _refuse_identity_numbers({"task": division.task}, errors)
    others = CaseDivision.objects.filter(organisation=division.organisation_id).exclude(pk=division.pk)
    # Compared here: SQLite knows the case of A to Z only, not of Ä.
    if division.task.casefold() in {task.casefold() for task in others.values_list("task", flat=True)}:
        errors.setdefault("task", []).append(_("The cases of this task are divided already."))
    return errors


def _of_share(share: CaseShare) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if share.division.by not in DivisionBy.values:
        return errors
    try:
        share.full_clean(exclude=["division"])
    except ValidationError as error:
        for field, told in error.message_dict.items():
            errors.setdefault(FORM_FIELDS.get(field, field), []).extend(told)
    _refuse_identity_numbers({"first": share.first, "last": share.last, "place": share.place}, errors)
    return errors


def _refuse_identity_numbers(texts: dict[str, str], errors: dict[str, list[str]]) -> None:
    for field, text in texts.items():
        try:
            refuse_identity_numbers(text)
        except ValidationError as error:
            errors.setdefault(field, []).extend(error.messages)
