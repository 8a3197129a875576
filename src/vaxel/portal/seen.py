# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms whose effect is shown before they are saved.

The first press of the button shows the effect; the page that shows it carries a digest of what was filled in, and only the same form with
that digest is saved. Whoever changes a field in between sees the new effect first.
"""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, QueryDict
from django.utils.crypto import constant_time_compare

FIELD = "seen"
ACCEPTED = "accepted"
"""The box to be ticked by whoever saves in spite of warnings."""
_BESIDE = frozenset({"csrfmiddlewaretoken", FIELD, ACCEPTED, "do"})


def filled(form: QueryDict) -> list[tuple[str, str]]:
    """Everything that was filled in: (field, value)."""
    return [(name, str(value)) for name in sorted(form) if name not in _BESIDE for value in form.getlist(name)]


def digest(form: QueryDict) -> str:
    """Of everything that was filled in."""
    text = "\0".join(f"{name}\1{value}" for name, value in filled(form))
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def is_seen(request: HttpRequest) -> bool:
    """Has the effect of exactly this been shown?"""
    return constant_time_compare(request.POST.get(FIELD, ""), digest(request.POST))
