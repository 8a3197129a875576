# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changes of one press: a page of their own shows the effect, and its button carries them out."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages as notices
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel.directory.access import Actor
from vaxel.portal import effects, seen
from vaxel.portal.absence_views import by_field
from vaxel.portal.views import page


class Step(Struct, frozen=True, kw_only=True):
    """``change`` reads the rows that it writes: what is only tried leaves nothing behind in those that the page shows.

    ``shows``: what is tried to see the effect, where that comes later than ``change`` itself. ``question`` is the page's heading,
    ``about`` a line below it, ``button`` what carries it out, ``done`` what is told afterwards, ``back`` the address to which it leads,
    and of the way out of it.
    """

    organisation: str
    change: Callable[[], object]
    question: str
    done: str
    back: str
    about: str = ""
    button: str = ""
    shows: Callable[[], object] | None = None


def confirmed(request: HttpRequest, actor: Actor, step: Step) -> HttpResponse:
    """The effect of ``step``; once that has been seen it is carried out. What is refused is told, and nothing is lost of the form."""
    errors: dict[str, list[str]] = {}
    effect = None
    try:
        if request.POST.get("do") == "save" and seen.is_seen(request):
            effect = effects.saved(request, step.change)
            if effect is None:
                notices.success(request, step.done)
                return redirect(step.back)
        else:
            effect = effects.of_change(step.organisation, step.shows or step.change)
    except ValidationError as error:
        errors = by_field(error)
    return page(
        request,
        "portal/confirm.html",
        actor,
        status=422 if errors else 200,
        step=step,
        button=step.button or _("Save"),
        # Without fields there is nowhere for a fault to lead to.
        errors={"": [told for messages in errors.values() for told in messages]} if errors else {},
        effect=effect,
        filled=seen.filled(request.POST),
        seen=seen.digest(request.POST),
    )
