# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may see what: everything is asked for through the organisations that a user serves or works for."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property

from vaxel.directory.keys import row
from vaxel.directory.models import ApiToken, Operator, Person, User
from vaxel.directory.tokens import console_key, hashed


class Actor:
    """Someone who asks: a user, with what she is here. Costs one or two queries, when first needed."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def operator(self) -> Operator | None:
        return Operator.objects.filter(user=self.user).first()

    @cached_property
    def person(self) -> Person | None:
        return Person.objects.filter(user=self.user).select_related("organisation").first()

    @cached_property
    def organisations(self) -> frozenset[str]:
        """Ids of those whose calls, messages and people she may see as an operator. Employees have none."""
        if self.operator is None:
            return frozenset()
        return frozenset(self.operator.organisations.values_list("pk", flat=True))

    @cached_property
    def finds_protected(self) -> bool:
        return self.user.has_perm("directory.see_protected")

    def chosen(self, organisation: str) -> frozenset[str]:
        """Her organisations, narrowed to ``organisation`` unless that is ""; 404 when it isn't one of hers."""
        if not organisation:
            return self.organisations
        if organisation not in self.organisations:
            raise Http404
        return frozenset({organisation})


def actor_of_token(token: str) -> Actor | None:
    """Whose key it is: an API key's, or that of a console page. None for one that isn't valid."""
    key = console_key(token)
    operators: Any = Operator.objects.filter(user__is_active=True).select_related("user")
    if key is not None:
        operator = operators.filter(pk=row(key.operator, "o")).first()
        if operator is not None and operator.tokens_from and key.outlived(operator.tokens_from.timestamp()):
            return None
    else:
        operator = operators.filter(pk__in=ApiToken.objects.filter(sha256=hashed(token)).values("operator")).first()
    if operator is None:
        return None
    actor = Actor(operator.user)
    actor.operator = operator
    return actor
