# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A change to the directory raises the world's version in its own transaction, and tells the controller when it is committed.

The controller also looks at the version by itself: telling it only saves the seconds until it does.
"""

from __future__ import annotations

import http.client
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.db.models.signals import m2m_changed, post_delete, post_save

from vaxel.directory import audit, changelog, models
from vaxel.site.config import config

log = logging.getLogger(__name__)

WATCHED: tuple[type[Model], ...] = (
    models.Organisation,
    models.Place,
    models.Unit,
    models.Person,
    models.FurtherFunction,
    models.Substitute,
    models.Exemption,
    models.Task,
    models.TaskHandler,
    models.TaskWords,
    models.Synonyms,
    models.Group,
    models.Membership,
    models.Role,
    models.Hours,
    models.HoursException,
    models.ClosingDay,
    models.Number,
    models.Operator,
    models.Phone,
    models.Trunk,
    models.ApiToken,
)


def watch() -> None:
    """Watch all rows of the directory. Called once, when Django has started."""
    for model in WATCHED:
        watch_model(model)
    for field in (models.Operator.organisations, models.Operator.supervises, models.Operator.reserve_for):
        m2m_changed.connect(_changed, sender=field.through, dispatch_uid="vaxel.directory.linked")


def watch_model(model: type[Model]) -> None:
    """Raise the version whenever a row of ``model`` is saved or deleted, and record who did it."""
    post_save.connect(_changed, sender=model, dispatch_uid="vaxel.directory.saved")
    post_delete.connect(_changed, sender=model, dispatch_uid="vaxel.directory.deleted")
    audit.watch(model)


def raise_version(*keys: str) -> None:
    """To be called after a change made in bulk, which sends no signals. Tells the controller after the commit.

    ``keys`` says which people, groups and units were changed, if any (``changelog``): the search reads no others again.
    """
    _raise_version()
    changelog.note(keys)


def _raise_version() -> None:
    if not models.WorldVersion.objects.filter(pk=1).update(n=F("n") + 1):
        models.WorldVersion.objects.get_or_create(pk=1, defaults={"n": 1})
    transaction.on_commit(_teller.tell)


_waiting: ContextVar[set[str] | None] = ContextVar("vaxel_changes_waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Rows that are saved inside are told of at its end, all at once: for changes of hundreds, within one transaction."""
    waiting: set[str] = set()
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    raise_version(*waiting)


def _changed(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    waiting = _waiting.get()
    if waiting is None:
        _raise_version()
        changelog.note_row(instance)
    else:
        waiting.update(changelog.keys_of(instance))


class Teller:
    """Tells the controller at ``path`` from a thread of its own, so that saving never waits for it; several changes make one call."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._news = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def tell(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="directory-changes", daemon=True)
                self._thread.start()
        self._news.set()

    def _run(self) -> None:
        while self._news.wait():
            self._news.clear()
            try:
                _post(self._path)
            except (OSError, http.client.HTTPException):
                log.info("controller not told of a change; it will notice by itself")


def _post(path: str) -> None:
    settings = config()
    connection = http.client.HTTPConnection(settings.live_host, settings.live_port, timeout=5)
    try:
        headers = {"Authorization": f"Bearer {settings.secrets['internal']}"}
        connection.request("POST", path, headers=headers)
        connection.getresponse().read()
    finally:
        connection.close()


_teller = Teller("/internal/reload")
