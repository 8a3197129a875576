# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where people in the directory come from, what was imported when, and which printed material must be reviewed.

A row of the directory that a source keeps has an ``ExternalKey``: the source's own name for it, what the source said last, and what was
written because of it. A field whose value is no longer what was written has been changed by hand, and is left alone.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vaxel.absence.calendars import sealed
from vaxel.directory.hours import today_in
from vaxel.directory.models import Group, Organisation, Person, User


class SourceKind(models.TextChoices):
    CSV = "csv", _("CSV file")
    VCARD = "vcard", _("vCard file")
    LDAP = "ldap", _("LDAP or Active Directory")
    SCIM = "scim", _("SCIM 2.0")
    REST = "rest", _("REST API")


class Source(models.Model):
    """A system that keeps people of an organisation: its staff system's file, its LDAP directory, its identity provider."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="sources", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=60, help_text=_("What you call the system the people come from."))
    kind = models.CharField(_("kind"), max_length=8, choices=SourceKind.choices)
    mapping = models.JSONField(_("columns"), default=dict, blank=True)
    url = models.CharField(
        _("address"), max_length=200, blank=True, help_text=_("ldaps://ldap.example.org, or ldap:// with StartTLS.")
    )
    base = models.CharField(_("search base"), max_length=300, blank=True, help_text=_("ou=people,dc=example,dc=org"))
    filter = models.CharField(_("filter"), max_length=500, blank=True, help_text=_("(objectClass=person)"))
    user = models.CharField(_("user"), max_length=300, blank=True, help_text=_("The DN that logs in. Empty: nobody."))
    password_sealed = models.TextField(editable=False, blank=True, default="")
    nightly = models.BooleanField(_("every night"), default=False, help_text=_("Imported by itself, once a night."))
    protected = models.BooleanField(
        _("protected identities"), default=False, help_text=_("May keep people with protected identity, too.")
    )
    sha256 = models.CharField(max_length=64, blank=True, editable=False, default="", db_index=True)
    seen_at = models.DateTimeField(_("last heard of"), null=True, editable=False)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["organisation", "name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="source_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def password(self) -> str:
        """Raises ``sealed.Unreadable`` when it was sealed by another installation."""
        return sealed.opened(self.password_sealed) if self.password_sealed else ""

    @password.setter
    def password(self, text: str) -> None:
        self.password_sealed = sealed.sealed(text) if text else ""


class ExternalKey(models.Model):
    """A source's name for a person or group. ``said``: what it said last, by field; ``given``: what was written because of it.

    ``gone``: it is no longer there. ``extra``: what it wants back that the directory has no place for.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="keys", verbose_name=_("source"))
    key = models.CharField(_("key"), max_length=200)
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="external_keys", null=True, blank=True, verbose_name=_("person")
    )
    group = models.ForeignKey(
        Group, models.CASCADE, related_name="external_keys", null=True, blank=True, verbose_name=_("group")
    )
    said = models.JSONField(default=dict)
    given = models.JSONField(default=dict)
    extra = models.JSONField(default=dict)
    gone = models.BooleanField(_("no longer there"), default=False)
    made = models.DateTimeField(_("made"), auto_now_add=True)
    changed = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("key of a source")
        verbose_name_plural = _("keys of sources")
        ordering = ["source", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key"], condition=models.Q(person__isnull=False), name="key_of_person_once"
            ),
            models.UniqueConstraint(
                fields=["source", "key"], condition=models.Q(group__isnull=False), name="key_of_group_once"
            ),
            models.UniqueConstraint(fields=["source", "person"], name="person_of_source_once"),
            models.UniqueConstraint(fields=["source", "group"], name="group_of_source_once"),
            models.CheckConstraint(
                name="key_has_one_owner",
                condition=models.Q(person__isnull=False, group=None) | models.Q(person=None, group__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Import(models.Model):
    """One import that was carried out. ``counts``: how many rows by what was done; ``problems``: rows that were left out, and why.

    ``units`` and ``places`` are the rows of those that it made.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="imports", verbose_name=_("source"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    user = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True, verbose_name=_("user"))
    who = models.CharField(_("who"), max_length=150, blank=True)
    file = models.CharField(_("file"), max_length=200, blank=True)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    units = models.JSONField(default=list)
    places = models.JSONField(default=list)
    forced = models.BooleanField(_("more than a tenth left"), default=False)
    undone_at = models.DateTimeField(_("undone"), null=True)
    undone_by = models.CharField(_("undone by"), max_length=150, blank=True)
    remains = models.JSONField(default=list)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.source} {self.at:%Y-%m-%d %H:%M}"


class Done(models.TextChoices):
    MADE = "made", _("added")
    CHANGED = "changed", _("changed")
    LEFT = "left", _("left")


class ImportedRow(models.Model):
    """What one import did to one person. ``key_before``: said, given and gone of the key before, null when there was none."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows", verbose_name=_("import"))
    person = models.ForeignKey(Person, models.SET_NULL, related_name="+", null=True, verbose_name=_("person"))
    key = models.CharField(_("key"), max_length=200)
    name = models.CharField(_("name"), max_length=120)
    done = models.CharField(_("done"), max_length=8, choices=Done.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    key_before = models.JSONField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} {self.done}"


class Draft(models.Model):
    """A file that has been uploaded and not imported yet. Kept for a day at most: it holds personal data."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name=_("organisation"))
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("user"))
    source = models.ForeignKey(Source, models.CASCADE, related_name="+", verbose_name=_("source"))
    at = models.DateTimeField(default=timezone.now)
    file = models.CharField(max_length=200)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.file


class MaterialKind(models.TextChoices):
    TELEPHONE_LIST = "list", _("Telephone list, printed from the directory")
    OTHER = "other", _("Other material")


class Material(models.Model):
    """Something on paper that must be kept up to date (TAN-15): what it is, where it hangs, who answers for it, when it was reviewed."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="materials", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=8, choices=MaterialKind.choices)
    place = models.CharField(_("place"), max_length=120, blank=True, help_text=_("Where it lies or hangs."))
    owner = models.ForeignKey(
        Person,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("answers for it"),
        help_text=_("Empty: the staff of the switchboard."),
    )
    days = models.PositiveSmallIntegerField(
        _("days between reviews"), default=90, validators=[MinValueValidator(1), MaxValueValidator(1100)]
    )
    reviewed = models.DateField(_("last reviewed"), null=True, blank=True)
    reviewed_by = models.CharField(_("by"), max_length=150, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["organisation", "name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="material_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def due(self) -> date:
        """The day by which it must be reviewed: at once when it never was."""
        today = today_in(self.organisation.time_zone)
        return today if self.reviewed is None else self.reviewed + timedelta(days=self.days)

    @property
    def overdue(self) -> bool:
        """Should it have been reviewed by now?"""
        today = today_in(self.organisation.time_zone)
        return self.reviewed is None or self.due < today
