# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The keys that operators have changed for themselves (``assets/src/keys.ts`` knows which there are)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vaxel.console.models import OwnKeys
from vaxel.directory.models import User

MOST = 40
ACTION = re.compile(r"[a-z][a-z_]{0,31}")
KEY = re.compile(r"(Ctrl\+)?(Alt\+)?(Shift\+)?F([1-9]|1[0-9]|2[0-4])|Escape|\?")


def own_keys(user: User) -> dict[str, str]:
    """Key by action, of those that ``user`` has changed."""
    kept = OwnKeys.objects.filter(user=user).first()
    return {} if kept is None else dict(kept.keys)


def keep_keys(user: User, keys: Mapping[str, str]) -> dict[str, str]:
    """Replace what ``user`` has changed; none: all are as for everybody. Raises ``ValidationError``, by action."""
    errors: dict[str, list[str]] = {}
    if len(keys) > MOST or any(not ACTION.fullmatch(action) for action in keys):
        raise ValidationError({"keys": [_("Those aren't actions of the console.")]})
    often = Counter(keys.values())
    for action, key in keys.items():
        if not KEY.fullmatch(key):
            errors[action] = [
                _("%(key)s can't be chosen: letters and digits are needed for typing.") % {"key": key[:32]}
            ]
        elif often[key] > 1:
            errors[action] = [_("%(key)s can't stand for two things.") % {"key": key}]
    if errors:
        raise ValidationError(errors)
    OwnKeys.objects.update_or_create(user=user, defaults={"keys": dict(keys)})
    return dict(keys)
