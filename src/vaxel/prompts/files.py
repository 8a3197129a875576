# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of recordings: they go when their row goes, however it was deleted."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete

from vaxel.prompts.models import Recording
from vaxel.site.config import config
from vaxel.telephony.engine.places import places


def folder() -> Path:
    """Where all prompts lie."""
    return places(config()).prompts


def watch() -> None:
    """Called once, when Django has started."""
    post_delete.connect(_deleted, sender=Recording, dispatch_uid="vaxel.prompts.deleted")


def _deleted(sender: type[Recording], instance: Recording, **kwargs: Any) -> None:
    # What sound is made with takes long to load, and the controller, which never deletes a row, must be back in a moment when it died.
    from vaxel.telephony.prompts import remove

    # After the commit: a row that stays must not have lost its sound.
    transaction.on_commit(functools.partial(remove, folder(), instance.place))
