# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands to the controller by REST: the hub's, with its refusals as problem details in the user's language."""

from __future__ import annotations

from typing import Any

from asgiref.sync import async_to_sync
from django.utils.translation import gettext as _

from vaxel.calls import controller, words
from vaxel.directory.models import Operator
from vaxel.site.problems import Problem

_STATUS = {
    "not_found": 404,
    "illegal": 409,
    "taken": 409,
    "busy": 409,
    "forbidden": 403,
    "invalid": 422,
    "unavailable": 503,
}


def commanded(operator: Operator, do: str, **fields: Any) -> dict[str, Any]:
    """Have the controller do it for ``operator``; its result. Raises ``Problem`` when it refuses or doesn't answer."""
    try:
        return async_to_sync(controller.command)(operator.key, do, **fields)
    except controller.Refused as refused:
        status = _STATUS.get(refused.code, 502)
        raise Problem(status, refused.code, words.refusal(refused.text, refused.fields), **refused.extra) from refused
    except controller.Unreachable as error:
        detail = _("The telephone system doesn't answer at the moment. Try again in a few seconds.")
        raise Problem(503, "unavailable", detail) from error
