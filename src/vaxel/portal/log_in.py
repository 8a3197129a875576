# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in, with a limit on guessing."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TRIES = 10
SECONDS = 300


class LogInForm(AuthenticationForm):
    """Django's, which after ``TRIES`` wrong passwords from one address for one user refuses more for ``SECONDS``."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "too_many": _("Too many attempts. Wait five minutes and try again."),
    }

    def clean(self) -> dict[str, Any]:
        key = self._key()
        if cache.get(key, 0) >= TRIES:
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            cache.add(key, 0, SECONDS)
            cache.incr(key)
            raise
        cache.delete(key)
        return cleaned

    def _key(self) -> str:
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        name = str(self.cleaned_data.get("username", "")).casefold()
        return f"log-in:{hashlib.sha256(f'{address} {name}'.encode()).hexdigest()}"


class LogIn(LoginView):
    """The page on which users log in."""

    template_name = "portal/log_in.html"
    authentication_form = LogInForm
    redirect_authenticated_user = True
