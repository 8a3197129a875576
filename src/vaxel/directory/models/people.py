# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People: who they are, how they are reached, and what may be told of them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.directory.models.choices import E164, FunctionRole, NoAnswer, Prefers, Published
from vaxel.directory.models.organisations import Organisation, User
from vaxel.directory.models.units import Place, Unit
from vaxel.directory.numbers import national
from vaxel.directory.text import index_words


class Person(models.Model):
    """Someone who works for the organisation and can be sought by name, unit or task.

    ``mobile_told``: she agreed that the number itself is given out (GNO-15); ``mobile_greeting``: when it was last seen that the mobile's
    own voicemail greets as it should (GNO-20).
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="people", verbose_name=_("organisation")
    )
    unit = models.ForeignKey(
        Unit, models.SET_NULL, related_name="people", null=True, blank=True, verbose_name=_("unit")
    )
    user = models.OneToOneField(
        User,
        models.SET_NULL,
        related_name="person",
        null=True,
        blank=True,
        verbose_name=_("user"),
        help_text=_("With it she reads her own messages."),
    )
    name = models.CharField(_("name"), max_length=120)
    initials = models.CharField(
        _("initials"), max_length=12, blank=True, help_text=_("By which colleagues know her: “abl”.")
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    tasks = models.TextField(_("tasks"), blank=True, help_text=_("What she does, in the words of citizens."))
    search_words = models.TextField(_("search words"), blank=True)
    function = models.CharField(
        _("function"),
        max_length=80,
        blank=True,
        help_text=_("Colleagues with the same function stand in for each other: “building permits”."),
    )
    mobile = models.CharField(_("mobile number"), max_length=15, blank=True, validators=[E164])
    mobile_consent = models.DateField(
        _("agreed that calls go to the mobile"),
        null=True,
        blank=True,
        help_text=_("The day on which she agreed. Empty: no call is sent there. She can take it back at any time."),
    )
    mobile_told = models.DateField(
        _("agreed that the mobile number is told"),
        null=True,
        blank=True,
        help_text=_("Empty: callers are connected without learning the number, if she agreed to that."),
    )
    mobile_greeting = models.DateField(
        _("greeting of the mobile checked"),
        null=True,
        blank=True,
        help_text=_("Its voicemail says name, workplace, municipality and where else to turn."),
    )
    place = models.ForeignKey(
        Place, models.SET_NULL, related_name="people", null=True, blank=True, verbose_name=_("place")
    )
    room = models.CharField(_("room"), max_length=40, blank=True)
    prefers = models.CharField(_("would rather be reached"), max_length=8, choices=Prefers.choices, blank=True)
    may_tell = models.CharField(
        _("may be told to citizens"), max_length=300, blank=True, help_text=_("“Is back after Easter.”")
    )
    note = models.CharField(
        _("note to the switchboard"), max_length=300, blank=True, help_text=_("For operators only.")
    )
    last_day = models.DateField(
        _("last day of employment"), null=True, blank=True, help_text=_("Empty: employed until further notice.")
    )
    successor = models.ForeignKey(
        "self",
        models.SET_NULL,
        related_name="predecessors",
        null=True,
        blank=True,
        verbose_name=_("successor"),
        help_text=_("Who gets the calls once she has left."),
    )
    no_answer = models.CharField(
        _("when nobody answers"),
        max_length=16,
        choices=NoAnswer.choices,
        blank=True,
        help_text=_("Empty: as the policy says."),
    )
    has_greeting = models.BooleanField(_("has a personal greeting"), default=False)
    protected = models.BooleanField(
        _("protected identity"), default=False, help_text=_("Found only by those who are allowed to.")
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    reviewed_by = models.CharField(_("reviewed by"), max_length=150, blank=True)
    search_text = models.TextField(editable=False, blank=True, default="")

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["organisation", "name"])]
        permissions = [("see_protected", _("Can find people with protected identity"))]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"p{self.pk}"

    def clean(self) -> None:
        if self.unit and self.unit.organisation_id != self.organisation_id:
            raise ValidationError({"unit": _("The unit belongs to another organisation.")})
        if self.place and self.place.organisation_id != self.organisation_id:
            raise ValidationError({"place": _("The place belongs to another organisation.")})
        if (self.mobile_consent or self.mobile_told) and not self.mobile:
            raise ValidationError({"mobile": _("There is no mobile number to which she could have agreed.")})
        if self.successor:
            self._check_successor(self.successor)

    def _check_successor(self, successor: Person) -> None:
        if successor.organisation_id != self.organisation_id:
            raise ValidationError({"successor": _("The successor works for another organisation.")})
        following: Person | None = successor
        seen = {self.pk}
        while following is not None:
            if following.pk in seen:
                raise ValidationError({"successor": _("The successors lead back to where they began.")})
            seen.add(following.pk)
            following = following.successor


class FurtherFunction(models.Model):
    """A function beside the main one (``Person.function``): one that she has too, or one in which she stands in for colleagues."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="further_functions", verbose_name=_("person"))
    name = models.CharField(_("function"), max_length=80)
    role = models.CharField(_("role"), max_length=12, choices=FunctionRole.choices, default=FunctionRole.DOES)

    class Meta:
        verbose_name = _("further function")
        verbose_name_plural = _("further functions")
        ordering = ["role", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="further_function_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.name}"


class Substitute(models.Model):
    """Whom to ask instead of ``person``: in a period, or always while there is no other."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="substitutes", verbose_name=_("person"))
    substitute = models.ForeignKey(Person, models.CASCADE, related_name="substitute_for", verbose_name=_("substitute"))
    first_day = models.DateField(_("first day"), null=True, blank=True, help_text=_("Empty: always."))
    last_day = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("substitute")
        verbose_name_plural = _("substitutes")
        ordering = [models.F("first_day").asc(nulls_last=True), "id"]

    def __str__(self) -> str:
        return f"{self.substitute} – {self.person}"

    def clean(self) -> None:
        if self.substitute.organisation_id != self.person.organisation_id:
            raise ValidationError({"substitute": _("The person works for another organisation.")})
        if self.substitute_id == self.person_id:
            raise ValidationError({"substitute": _("Nobody stands in for herself.")})
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day lies before the first.")})


class Exemption(models.Model):
    """That ``what`` of a person isn't published: asked for, and decided by the head (AAB-6). Refused or undecided, it is published."""

    class Decision(models.TextChoices):
        OPEN = "", _("Not decided yet")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    person = models.ForeignKey(Person, models.CASCADE, related_name="exemptions", verbose_name=_("person"))
    what = models.CharField(_("what"), max_length=8, choices=Published.choices)
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.CharField(_("asked for by"), max_length=150, blank=True)
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision.choices, blank=True, default=Decision.OPEN
    )
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("exemption from publication")
        verbose_name_plural = _("exemptions from publication")
        ordering = ["-asked_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["person", "what"], name="exemption_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_what_display()}"


def search_text(person: Person, unit: str, numbers: list[str]) -> str:
    """The words under which ``person`` is found, each with a space in front; a number also by its last four digits."""
    texts = [person.name, person.title, unit, person.tasks, person.search_words, person.email.partition("@")[0]]
    words = index_words(" ".join(texts))
    for number in numbers:
        words += [number, national(number), number[-4:]]
    return "".join(f" {word}" for word in dict.fromkeys(words))
