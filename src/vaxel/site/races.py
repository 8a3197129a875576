# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two do the same at the same time, or one presses twice: who comes second is told so by the form, as if she had come later."""

from __future__ import annotations

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponseBase
from django.utils.deprecation import MiddlewareMixin


class LostRaces(MiddlewareMixin):
    """Both looked, neither saw the other, and the database refused the second: it was taken back, and is done once more from the start.

    Then the first one's is there to be seen, and refused in words.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        match = request.resolver_match
        if not isinstance(exception, IntegrityError) or request.method != "POST" or match is None:
            return None
        if match.namespace != "portal":
            # There each form does one thing, in one transaction. What else there is may have done a part.
            return None
        for _name, files in request.FILES.lists():
            for file in files:
                file.seek(0)
        answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return answer
