# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers, telephones, operators, and the ways to and from the public network."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.directory.models.choices import (
    E164,
    LOG_ON_CODE,
    SIP_USER,
    Country,
    NumberKind,
    PhoneKind,
    Transport,
    new_password,
)
from vaxel.directory.models.groups import Group
from vaxel.directory.models.organisations import Organisation, User
from vaxel.directory.models.people import Person


class Number(models.Model):
    """A telephone number and its one owner (GNO-1): the switchboard, a person or a group."""

    number = models.CharField(_("number"), max_length=15, unique=True, validators=[E164])
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="numbers", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=NumberKind.choices)
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="numbers", null=True, blank=True, verbose_name=_("person")
    )
    group = models.ForeignKey(
        Group, models.CASCADE, related_name="numbers", null=True, blank=True, verbose_name=_("group")
    )

    class Meta:
        verbose_name = _("number")
        verbose_name_plural = _("numbers")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="number_has_one_owner",
                condition=models.Q(kind="main", person=None, group=None)
                | models.Q(kind="direct", person__isnull=False, group=None)
                | models.Q(kind="group", person=None, group__isnull=False),
                violation_error_message=_(
                    "A direct number belongs to a person, a group number to a group, a main number to neither."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        # On its owner's page a number has no organisation yet: it gets the owner's.
        for field, owner in (("person", self.person), ("group", self.group)):
            if self.organisation_id and owner and owner.organisation_id != self.organisation_id:
                raise ValidationError({field: _("The owner belongs to another organisation.")})


class Operator(models.Model):
    """Someone who serves the switchboard of one or more organisations.

    ``tokens_from``: keys that her console page was given before that moment are no longer valid.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="operator", verbose_name=_("user"))
    name = models.CharField(_("name"), max_length=120)
    organisations = models.ManyToManyField(Organisation, related_name="operators", verbose_name=_("organisations"))
    supervises = models.ManyToManyField(
        Organisation,
        related_name="supervisors",
        blank=True,
        verbose_name=_("supervises"),
        help_text=_("Whose calls she may take over, and whose operators she may move and call in."),
    )
    reserve_for = models.ManyToManyField(
        Organisation,
        related_name="reserves",
        blank=True,
        verbose_name=_("in reserve for"),
        help_text=_("Whose switchboard she is trained to serve without doing so every day."),
    )
    log_on_code = models.CharField(
        _("code for logging on"),
        max_length=8,
        null=True,
        blank=True,
        unique=True,
        validators=[LOG_ON_CODE],
        help_text=_(
            "What she dials on any telephone of the house between *12* and # to log on there. Keep it to yourself."
        ),
    )
    tokens_from = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("operator")
        verbose_name_plural = _("operators")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"o{self.pk}"


class Phone(models.Model):
    """A SIP account: a telephone on a desk or in a browser.

    Without an organisation it is outside the municipalities, like a citizen's: the demonstration has some.
    """

    user = models.CharField(_("SIP user"), max_length=63, unique=True, validators=[SIP_USER])
    password = models.CharField(_("SIP password"), max_length=64, default=new_password)
    kind = models.CharField(_("kind"), max_length=8, choices=PhoneKind.choices, default=PhoneKind.DESK)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="phones", null=True, blank=True, verbose_name=_("organisation")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="phones", null=True, blank=True, verbose_name=_("person")
    )
    operator = models.ForeignKey(
        Operator, models.CASCADE, related_name="phones", null=True, blank=True, verbose_name=_("operator")
    )
    label = models.CharField(_("label"), max_length=120, blank=True)
    caller_number = models.CharField(
        _("number shown"),
        max_length=15,
        blank=True,
        validators=[E164],
        help_text=_("Empty: the person's direct number, or the organisation's main number."),
    )
    lent_to = models.CharField(max_length=64, blank=True, editable=False, default="")
    lent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("telephone")
        verbose_name_plural = _("telephones")
        ordering = ["user"]

    def __str__(self) -> str:
        return self.user


class Trunk(models.Model):
    """The way to and from the public telephone network."""

    name = models.SlugField(_("name"), max_length=32, unique=True)
    host = models.CharField(_("host"), max_length=255)
    port = models.PositiveIntegerField(
        _("port"), default=5060, validators=[MinValueValidator(1), MaxValueValidator(65535)]
    )
    transport = models.CharField(_("transport"), max_length=3, choices=Transport.choices, default=Transport.UDP)
    match = models.TextField(
        _("addresses"), blank=True, help_text=_("From which its calls are accepted, one address or network a line.")
    )
    user = models.CharField(_("user"), max_length=64, blank=True)
    password = models.CharField(_("password"), max_length=128, blank=True)
    register = models.BooleanField(
        _("register"), default=False, help_text=_("Log in at the host with user and password.")
    )

    country = models.CharField(
        _("country"),
        max_length=2,
        choices=Country.choices,
        blank=True,
        help_text=_("Whose national numbers it delivers. Empty: numbers come in international form."),
    )
    most_calls = models.PositiveIntegerField(
        _("most calls at once"),
        default=300,
        validators=[MinValueValidator(1)],
        help_text=_("That come in by it; further ones are refused. Calls out, 112 among them, are not counted."),
    )

    class Meta:
        verbose_name = _("trunk")
        verbose_name_plural = _("trunks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ApiToken(models.Model):
    """A key with which another program acts as an operator. Only its hash is kept: it is shown once, when it is made."""

    operator = models.ForeignKey(Operator, models.CASCADE, related_name="tokens", verbose_name=_("operator"))
    label = models.CharField(_("label"), max_length=120)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    made = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-made"]

    def __str__(self) -> str:
        return self.label


class WorldVersion(models.Model):
    """One row, which rises in the transaction of every change to the above."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    n = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="one_world_version", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return str(self.n)
