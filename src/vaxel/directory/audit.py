# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who changed what, and when: one row for every row of the directory that is made, changed or deleted, or, being protected, read.

Rows are written by the same signals that raise the world's version, so nothing that saves a model can forget it. Who acts is taken from
``acting``, which pages and REST API set for a request, and actions for everyone else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from msgspec import Struct

if TYPE_CHECKING:
    from vaxel.directory.models import User

UNTOLD = frozenset({"password", "search_text", "sha256", "lent_to", "lent_at", "log_on_code", "tokens_from"}) | {
    "address_sealed",
    "password_sealed",
    "digest",
}
"""Fields whose values are secrets, or follow from others."""


class Via(StrEnum):
    """The way in which a change was made."""

    WEB = "web"
    PHONE = "phone"
    REST = "rest"
    PROXY = "proxy"
    CALENDAR = "calendar"
    IMPORT = "import"
    ADMINISTRATION = "administration"
    SYSTEM = "system"


class By(Struct, frozen=True, kw_only=True):
    """Who makes a change. ``user`` is the key of the user's row, None for a telephone or the system itself; ``name`` as it is shown."""

    name: str = ""
    user: int | None = None
    via: Via = Via.SYSTEM


NOBODY = By()
_acting: ContextVar[By] = ContextVar("vaxel_acting", default=NOBODY)
_silent: ContextVar[bool] = ContextVar("vaxel_audit_silent", default=False)


class Done(models.TextChoices):
    MADE = "made", _("made")
    CHANGED = "changed", _("changed")
    DELETED = "deleted", _("deleted")
    READ = "read", _("read")


class AuditEntry(models.Model):
    """One change of one row: ``kind`` is its model, ``row`` its number. ``before`` and ``after`` hold the fields that differ."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    organisation = models.ForeignKey(
        "directory.Organisation",
        models.CASCADE,
        related_name="+",
        null=True,
        db_constraint=False,
        verbose_name=_("organisation"),
    )
    user = models.ForeignKey("directory.User", models.SET_NULL, related_name="+", null=True, verbose_name=_("user"))
    who = models.CharField(_("who"), max_length=150, blank=True)
    via = models.CharField(_("way"), max_length=16, default=Via.SYSTEM.value)
    done = models.CharField(_("done"), max_length=8, choices=Done.choices)
    kind = models.CharField(_("kind"), max_length=32)
    row = models.CharField(_("row"), max_length=32)
    name = models.CharField(_("name"), max_length=200)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "row", "-id"], name="audit_of_row")]

    def __str__(self) -> str:
        return f"{self.who} {self.done} {self.kind} {self.row}"


@contextmanager
def acting(by: By) -> Iterator[None]:
    """What is changed inside is changed by ``by``."""
    token = _acting.set(by)
    try:
        yield
    finally:
        _acting.reset(token)


@contextmanager
def silent() -> Iterator[None]:
    """What is changed inside is not recorded: the demonstration's first furnishing, not anybody's deed."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def actor() -> By:
    """Who acts now."""
    return _acting.get()


def record_read(instance: models.Model, once_in: timedelta = timedelta(0)) -> None:
    """Somebody looked at what isn't for everybody's eyes. What was read isn't written down.

    ``once_in``: not again when the same user has read it within that time.
    """
    lately = AuditEntry.objects.filter(
        kind=instance._meta.model_name,
        row=str(instance.pk),
        done=Done.READ,
        user=actor().user,
        at__gt=timezone.now() - once_in,
    )
    if not once_in or not lately.exists():
        _write(instance, Done.READ, {}, {})


def by_user(user: User, via: Via = Via.WEB) -> By:
    """A user as one who makes changes."""
    return By(name=user.get_full_name() or user.get_username(), user=user.pk, via=via)


def watch(model: type[models.Model]) -> None:
    """Record the changes of ``model``. Called once for each, when Django has started."""
    name = model._meta.model_name
    pre_save.connect(_remember, sender=model, dispatch_uid=f"vaxel.audit.before.{name}")
    post_save.connect(_saved, sender=model, dispatch_uid=f"vaxel.audit.saved.{name}")
    post_delete.connect(_deleted, sender=model, dispatch_uid=f"vaxel.audit.deleted.{name}")


def _remember(sender: type[models.Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if _silent.get() or raw or instance._state.adding:
        return
    known = sender._default_manager.filter(pk=instance.pk).first()
    instance._audit_before = _values(known) if known is not None else {}


def _saved(sender: type[models.Model], instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if _silent.get() or raw:
        return
    after = _values(instance)
    if created:
        _write(instance, Done.MADE, {}, {field: value for field, value in after.items() if value not in ("", None)})
        return
    known = getattr(instance, "_audit_before", {})
    changed = [field for field, value in after.items() if known.get(field) != value]
    if changed:
        _write(
            instance,
            Done.CHANGED,
            {field: known.get(field) for field in changed},
            {field: after[field] for field in changed},
        )


def _deleted(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    if not _silent.get():
        _write(instance, Done.DELETED, _values(instance), {})


def _write(instance: Any, done: Done, before: dict[str, Any], after: dict[str, Any]) -> None:
    by = actor()
    AuditEntry.objects.create(
        organisation_id=_organisation(instance),
        user_id=by.user,
        who=by.name[:150],
        via=by.via.value,
        done=done,
        kind=instance._meta.model_name,
        row=str(instance.pk),
        name=str(instance)[:200],
        before=before,
        after=after,
    )


def _organisation(instance: Any) -> str | None:
    if instance._meta.model_name == "organisation":
        return str(instance.pk)
    for field in ("organisation_id", "group", "hours", "person", "task", "calendar"):
        found = getattr(instance, field, None)
        if isinstance(found, str):
            return found
        if found is not None:
            return str(found.organisation_id)
    return None


def _values(instance: models.Model) -> dict[str, Any]:
    return {
        field.attname: _plain(getattr(instance, field.attname))
        for field in instance._meta.concrete_fields
        if field.attname not in UNTOLD and not field.primary_key
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
