# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists a page at a time. A cursor names the last row seen, so pages stay right while new rows arrive in front."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any, Generic, TypeVar

import orjson
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from ninja import Field, Schema

from vaxel.site.problems import Problem

M = TypeVar("M", bound=Model)
Item = TypeVar("Item")
MOST = 200


class Page(Schema, Generic[Item]):
    """``next`` is to be given as ``cursor`` for what follows; null at the end."""

    items: list[Item]
    next: str | None = None


class Paging(Schema):
    """How much to list, and from where."""

    limit: int = Field(50, ge=1, le=MOST, description="How many at most.")
    cursor: str = Field("", max_length=400, description="The “next” of the page before.")


def newest_first(rows: QuerySet[M], field: str, paging: Paging) -> tuple[list[M], str | None]:
    """One page of ``rows``, by ``field`` (a moment) and key, both falling; and the cursor of the next."""
    if paging.cursor:
        at, key = _read(paging.cursor, rows.model)
        rows = rows.filter(Q(**{f"{field}__lt": at}) | Q(**{field: at, "pk__lt": key}))
    page = list(rows.order_by(f"-{field}", "-pk")[: paging.limit + 1])
    if len(page) <= paging.limit:
        return page, None
    last = page[paging.limit - 1]
    return page[: paging.limit], _write(getattr(last, field), last.pk)


def _write(at: datetime, key: Any) -> str:
    return urlsafe_b64encode(orjson.dumps([at.isoformat(), key])).decode().rstrip("=")


def _read(cursor: str, model: type[Model]) -> tuple[datetime, Any]:
    try:
        at, key = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = datetime.fromisoformat(at)
        key = model._meta.pk.to_python(key)
        if moment.tzinfo is None or (isinstance(key, int) and not 0 <= key < 2**63) or "\x00" in str(key):
            raise ValueError(cursor)
    except Exception as error:
        errors = [{"field": "cursor", "detail": _("Give the “next” of the page before, unchanged.")}]
        raise Problem(422, "invalid", _("The cursor isn't one that this server has made."), errors=errors) from error
    return moment, key
