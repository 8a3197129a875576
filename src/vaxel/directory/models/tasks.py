# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an organisation does for citizens, in their words, and who handles it (AAB-25, AAB-26)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.directory.models.choices import Language
from vaxel.directory.models.organisations import Organisation
from vaxel.directory.models.people import Person
from vaxel.directory.models.units import Unit

WORDS_IN = [*Language.choices, ("se", _("Northern Sámi"))]
"""Languages in which citizens may ask for a task."""


class Task(models.Model):
    """A task of a unit: “dog licences”. ``handlers`` are those who see to it, the first first.

    What only one person does, in her own words, may stand with her instead (``Person.tasks``).
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="tasks", verbose_name=_("organisation"))
    unit = models.ForeignKey(Unit, models.SET_NULL, related_name="tasks", null=True, blank=True, verbose_name=_("unit"))
    name = models.CharField(_("task"), max_length=120, help_text=_("In the words of citizens."))
    search_words = models.TextField(
        _("search words"), blank=True, max_length=1000, help_text=_("What else it is called, with commas between.")
    )
    people = models.ManyToManyField(
        Person, through="directory.TaskHandler", related_name="handles", verbose_name=_("handled by")
    )

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["organisation", "name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="task_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"t{self.pk}"

    def clean(self) -> None:
        if self.unit and self.unit.organisation_id != self.organisation_id:
            raise ValidationError({"unit": _("The unit belongs to another organisation.")})


class TaskHandler(models.Model):
    """Someone who sees to a task. ``main``: it is one of her main tasks; otherwise she helps out."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="handlers", verbose_name=_("task"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="handlings", verbose_name=_("person"))
    main = models.BooleanField(_("main task"), default=True, help_text=_("Otherwise she helps out."))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("handler")
        verbose_name_plural = _("handlers")
        ordering = ["-main", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["task", "person"], name="handler_once")]

    def __str__(self) -> str:
        return f"{self.person} – {self.task}"

    def clean(self) -> None:
        if self.person.organisation_id != self.task.organisation_id:
            raise ValidationError({"person": _("The person works for another organisation.")})


class TaskWords(models.Model):
    """A task's name and search words in another language than the organisation's."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="words", verbose_name=_("task"))
    language = models.CharField(_("language"), max_length=2, choices=WORDS_IN)
    name = models.CharField(_("task"), max_length=120)
    search_words = models.TextField(_("search words"), blank=True, max_length=1000)

    class Meta:
        verbose_name = _("words in another language")
        verbose_name_plural = _("words in other languages")
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["task", "language"], name="task_words_once")]

    def __str__(self) -> str:
        return self.name


class Synonyms(models.Model):
    """Words that mean the same to whoever searches in the organisation: “vovve, byracka, hund”. ``language`` "": in all languages."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="synonyms", verbose_name=_("organisation")
    )
    language = models.CharField(_("language"), max_length=2, choices=WORDS_IN, blank=True)
    words = models.CharField(_("words"), max_length=400, help_text=_("Two or more, with commas between."))

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["organisation", "words"]

    def __str__(self) -> str:
        return self.words

    @property
    def together(self) -> tuple[str, ...]:
        """Each of the words."""
        return tuple(word for word in (part.strip() for part in self.words.split(",")) if word)

    def clean(self) -> None:
        if len(self.together) < 2:
            raise ValidationError({"words": _("Write at least two words, with commas between.")})
