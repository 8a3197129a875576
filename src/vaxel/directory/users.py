# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A user who may no longer log in may no longer serve a switchboard either, and keys of console pages end with their session.

The controller is told at once.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_save, pre_save
from django.utils import timezone

from vaxel.directory.changes import raise_version
from vaxel.directory.models import Operator, User


def watch() -> None:
    """Raise the world's version when a user's being active may have changed. Called once, when Django has started."""
    post_save.connect(_saved, sender=User, dispatch_uid="vaxel.directory.user")
    pre_save.connect(_password_changed, sender=User, dispatch_uid="vaxel.directory.password")
    user_logged_out.connect(_logged_out, dispatch_uid="vaxel.directory.logged_out")


def end_console_keys(user: User) -> None:
    """Keys that ``user``'s console pages have are refused from now on. A page whose session goes on gets itself a new one."""
    if Operator.objects.filter(user=user).update(tokens_from=timezone.now()):
        raise_version()


def _logged_out(user: User | None, **kwargs: Any) -> None:
    if user is not None:
        end_console_keys(user)


def _password_changed(instance: User, **kwargs: Any) -> None:
    if instance._state.adding:
        return
    before = User.objects.filter(pk=instance.pk).values_list("password", flat=True).first()
    if before is not None and before != instance.password:
        end_console_keys(instance)


def _saved(update_fields: Collection[str] | None, **kwargs: Any) -> None:
    # A log-in saves its time alone.
    if update_fields is None or "is_active" in update_fields:
        raise_version()
