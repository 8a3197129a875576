# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in, with a limit on guessing."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, PasswordResetConfirmView
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

TRIES = 10
"""Wrong passwords for one user from one address, before more are refused for ``SECONDS``."""
TRIES_OF_ALL = 100
"""The same for all users: else one password could be tried on everybody, at the cost of a slow hash each."""
SECONDS = 300


class LogInForm(AuthenticationForm):
    """Django's, with a limit on guessing."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "too_many": _("Too many attempts. Wait five minutes and try again."),
    }

    def clean(self) -> dict[str, Any]:
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        of_user = _key(address, str(self.cleaned_data.get("username", "")).casefold())
        of_all = _key(address)
        if cache.get(of_user, 0) >= TRIES or cache.get(of_all, 0) >= TRIES_OF_ALL:
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            for key in (of_user, of_all):
                cache.add(key, 0, SECONDS)
                cache.incr(key)
            raise
        cache.delete(of_user)
        return cleaned


class AdministrationLogInForm(LogInForm, AdminAuthenticationForm):
    """That of the administration's own page, with the same limit: the two count together."""


def _key(*whose: str) -> str:
    return f"log-in:{hashlib.sha256(' '.join(whose).encode()).hexdigest()}"


class LogIn(LoginView):
    """The page on which users log in."""

    template_name = "portal/log_in.html"
    authentication_form = LogInForm
    redirect_authenticated_user = True


class Invited(PasswordResetConfirmView):
    """Where somebody new chooses a password, by the link that she was given (``directory.accounts``)."""

    template_name = "portal/invited.html"
    success_url = reverse_lazy("portal:log_in")
