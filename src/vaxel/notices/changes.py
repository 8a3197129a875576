# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A change to the notices raises the board's version in its own transaction, and tells the controller when it is committed.

It is a version of its own: that somebody has read a notice mustn't have the whole directory loaded anew.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.signals import m2m_changed, post_delete, post_save

from vaxel.directory import audit
from vaxel.directory.changes import Teller
from vaxel.notices import models

_teller = Teller("/internal/notices")


def watch() -> None:
    """Watch notices and who reads them; record who changes notices and answers. Called once, when Django has started."""
    for model in (models.Notice, models.Acknowledgement):
        post_save.connect(_changed, sender=model, dispatch_uid="vaxel.notices.saved")
        post_delete.connect(_changed, sender=model, dispatch_uid="vaxel.notices.deleted")
    m2m_changed.connect(_changed, sender=models.Notice.people.through, dispatch_uid="vaxel.notices.people")
    for model_ in (models.Notice, models.PreparedAnswer, models.AnswerVersion, models.PressFeed):
        audit.watch(model_)


def raise_version() -> None:
    """To be called after a change made in bulk, which sends no signals. Tells the controller after the commit."""
    if not models.BoardVersion.objects.filter(pk=1).update(n=F("n") + 1):
        models.BoardVersion.objects.get_or_create(pk=1, defaults={"n": 1})
    transaction.on_commit(_teller.tell)


def _changed(sender: Any, **kwargs: Any) -> None:
    raise_version()
