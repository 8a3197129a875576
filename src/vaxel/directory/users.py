# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A user who may no longer log in may no longer serve a switchboard either: the controller is told at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_save

from vaxel.directory.changes import raise_version
from vaxel.directory.models import User


def watch() -> None:
    """Raise the world's version when a user's being active may have changed. Called once, when Django has started."""
    post_save.connect(_saved, sender=User, dispatch_uid="vaxel.directory.user")


def _saved(update_fields: Collection[str] | None, **kwargs: Any) -> None:
    # A log-in saves its time alone.
    if update_fields is None or "is_active" in update_fields:
        raise_version()
