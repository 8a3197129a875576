# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People with protected identity: named to those alone who are allowed to find them, and it is written down who was shown whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from vaxel.directory.access import Actor
from vaxel.directory.audit import Via, acting, by_user, record_read
from vaxel.directory.models import Person

READ_ONCE_IN = timedelta(hours=1)
"""Who is shown somebody again within this time has read of her once."""


def somebody() -> str:
    """Instead of a name."""
    return _("somebody with protected identity")


def may_know(actor: Actor, person: Person) -> bool:
    """May ``actor`` be shown who this is? Everybody knows herself."""
    return not person.protected or actor.finds_protected or _is_herself(actor, person)


def known_to(actor: Actor, field: str = "") -> Q:
    """The same as a condition on rows; ``field`` leads to the person, "" for the person's own row. Rows without one fulfil it."""
    if actor.finds_protected:
        return Q()
    at = f"{field}__" if field else ""
    known = Q(**{f"{at}protected": False}) | Q(**{f"{at}user": actor.user.pk})
    return known | Q(**{field: None}) if field else known


def note_reads(actor: Actor, people: Iterable[Person | None], via: Via = Via.WEB) -> None:
    """``actor`` is shown ``people``: of those with protected identity it is recorded, once an hour, but for herself."""
    shown = {one.pk: one for one in people if one is not None and one.protected and may_know(actor, one)}
    with acting(by_user(actor.user, via)):
        for person in shown.values():
            if not _is_herself(actor, person):
                record_read(person, once_in=READ_ONCE_IN)


def _is_herself(actor: Actor, person: Person) -> bool:
    return person.user_id is not None and person.user_id == actor.user.pk
