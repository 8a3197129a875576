# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom a municipality can be reached through: organisations, units, people, numbers, groups, telephones and operators.

Outside the database an operator, person or group is named by its ``key``: a letter and the row's number (``o7``, ``p12``, ``g3``), so
that it can't be taken for a telephone number.
"""

from __future__ import annotations

import secrets
from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from vaxel.directory.audit import AuditEntry
from vaxel.directory.numbers import national
from vaxel.directory.opening import ClosingDay, Hours, HoursException
from vaxel.directory.text import index_words
from vaxel.domain.world import NoAnswer as NoAnswerValue
from vaxel.domain.world import NumberKind as NumberKindValue
from vaxel.domain.world import Strategy as StrategyValue
from vaxel.telephony.engine.model import PhoneKind as PhoneKindValue

__all__ = ["AuditEntry", "ClosingDay", "Hours", "HoursException"]

E164 = RegexValidator(
    r"^[1-9][0-9]{1,14}$", _("Write the number in international form, digits only, without + or 00: 46980319201.")
)
SIP_USER = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{0,62}$", _("Use small letters, digits, full stop, hyphen and underscore.")
)


class Language(models.TextChoices):
    SWEDISH = "sv", _("Swedish")
    NORWEGIAN = "nb", _("Norwegian Bokmål")
    DANISH = "da", _("Danish")
    ENGLISH = "en", _("English")


class Country(models.TextChoices):
    SWEDEN = "SE", _("Sweden")
    NORWAY = "NO", _("Norway")
    DENMARK = "DK", _("Denmark")


class NoAnswer(models.TextChoices):
    VOICEMAIL = NoAnswerValue.VOICEMAIL.value, _("Voicemail")
    SWITCHBOARD = NoAnswerValue.SWITCHBOARD.value, _("The switchboard")


class NumberKind(models.TextChoices):
    MAIN = NumberKindValue.MAIN.value, _("Main number")
    DIRECT = NumberKindValue.DIRECT.value, _("Direct number")
    GROUP = NumberKindValue.GROUP.value, _("Group number")


class Strategy(models.TextChoices):
    ALL = StrategyValue.ALL.value, _("All at once")
    ORDERED = StrategyValue.ORDERED.value, _("One after the other, in the order of the list")
    IN_TURN = StrategyValue.IN_TURN.value, _("One after the other, taking turns")
    LONGEST_IDLE = StrategyValue.LONGEST_IDLE.value, _("Who has been left in peace longest comes first")


class RoleKind(models.TextChoices):
    MANAGER = "manager", _("Manager")
    PHONE_CONTACT = "phone_contact", _("Telephone contact")


class PhoneKind(models.TextChoices):
    DESK = PhoneKindValue.DESK.value, _("Desk phone")
    BROWSER = PhoneKindValue.BROWSER.value, _("Browser")


class Transport(models.TextChoices):
    UDP = "udp", "UDP"
    TCP = "tcp", "TCP"
    TLS = "tls", "TLS"


def check_time_zone(value: str) -> None:
    """Refuse what isn't a zone of the IANA database."""
    if value not in available_timezones():
        raise ValidationError(
            _("“%(value)s” is not a time zone. Write it like Europe/Stockholm."), params={"value": value}
        )


ANNOUNCED = (*Language.values, "se")
"""Languages in which there may be announcements; Northern Sámi only as recordings."""


def check_announced_in(value: str) -> None:
    """Refuse anything but different languages from ``ANNOUNCED``, with spaces between."""
    chosen = value.split()
    if not set(chosen) <= set(ANNOUNCED) or len(set(chosen)) != len(chosen):
        raise ValidationError(
            _("Write the languages in their order, with a space between: se nb. There are %(all)s."),
            params={"all": ", ".join(ANNOUNCED)},
        )


def new_password() -> str:
    """A SIP password that nobody needs to remember."""
    return secrets.token_urlsafe(18)


class User(AbstractUser):
    """Someone who logs in: an operator, an employee, an administrator."""

    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language.choices,
        blank=True,
        help_text=_("The language of the pages. Empty: the browser's."),
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")


class Organisation(models.Model):
    """A municipality, or another body with its own main number and policy (``vaxel.policy``)."""

    id = models.SlugField(
        _("id"), primary_key=True, max_length=32, help_text=_("Short name in addresses and file names.")
    )
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, help_text=_("Of its prompts."))
    announced_in = models.CharField(
        _("languages of announcements"),
        max_length=32,
        blank=True,
        validators=[check_announced_in],
        help_text=_(
            "In which callers hear everything, one after the other: se nb. Empty: in its language alone. "
            "Northern Sámi is heard where all of a sentence has been recorded."
        ),
    )
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[check_time_zone])
    welcome_phrase = models.CharField(
        _("welcome phrase"), max_length=200, help_text=_("What the operator says first; shown when a call is offered.")
    )
    welcome_prompt = models.BooleanField(
        _("recorded welcome"), default=True, help_text=_("Callers hear a welcome before they wait for an operator.")
    )
    offer_seconds = models.FloatField(
        _("offer"),
        default=20.0,
        validators=[MinValueValidator(1)],
        help_text=_("Seconds for which a call is offered to one operator before the next one gets it."),
    )
    recall_seconds = models.FloatField(
        _("recall"),
        default=25.0,
        validators=[MinValueValidator(1)],
        help_text=_("Seconds after which a transferred call that nobody answers comes back."),
    )
    park_seconds = models.FloatField(
        _("parking"),
        default=120.0,
        validators=[MinValueValidator(1)],
        help_text=_("Seconds after which a parked call comes back."),
    )
    voicemail_seconds = models.FloatField(
        _("longest voice message"),
        default=180.0,
        validators=[MinValueValidator(5), MaxValueValidator(1800)],
        help_text=_("Seconds."),
    )
    retention_days = models.PositiveIntegerField(
        _("days kept"),
        default=180,
        validators=[MinValueValidator(1)],
        help_text=_("Calls, voice messages and finished messages are erased after so many days."),
    )
    eves = models.JSONField(
        _("eves"), default=dict, blank=True, help_text=_("Eve → closed, half or ordinary, where it isn't the usual.")
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def main_number(self) -> str:
        """The first of its main numbers, "" when it has none. One query."""
        return self.numbers.filter(kind=NumberKind.MAIN).order_by("id").values_list("number", flat=True).first() or ""


class Unit(models.Model):
    """An administration, department or institution."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="units", verbose_name=_("organisation"))
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True, verbose_name=_("belongs to")
    )
    name = models.CharField(_("name"), max_length=120)
    transfer_person = models.ForeignKey(
        "Person",
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("pass calls on to"),
        help_text=_("The one person to whom the unit wants calls passed on. Empty: to whom the caller seeks."),
    )
    transfer_number = models.CharField(
        _("or to the number"), max_length=15, blank=True, validators=[E164], help_text=_("Instead of a person.")
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["organisation", "name"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once"),
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=models.Q(parent=None), name="top_unit_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"u{self.pk}"

    def clean(self) -> None:
        for field, other in (("parent", self.parent), ("transfer_person", self.transfer_person)):
            if other and other.organisation_id != self.organisation_id:
                raise ValidationError({field: _("It belongs to another organisation.")})
        if self.transfer_person and self.transfer_number:
            raise ValidationError({"transfer_number": _("Choose a person or a number, not both.")})
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": _("A unit can't belong to itself, or to one below it.")})
            seen.add(above.pk)
            above = above.parent


class Person(models.Model):
    """Someone who works for the organisation and can be sought by name, unit or task."""

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
        if self.mobile_consent and not self.mobile:
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


class Group(models.Model):
    """People who answer the same questions, behind one number."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="groups", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=120)
    people = models.ManyToManyField(Person, through="Membership", related_name="groups", verbose_name=_("members"))
    unit = models.ForeignKey(
        Unit,
        models.SET_NULL,
        related_name="groups",
        null=True,
        blank=True,
        verbose_name=_("unit"),
        help_text=_("Whose hours it keeps when it has none of its own."),
    )
    strategy = models.CharField(_("order of ringing"), max_length=16, choices=Strategy.choices, default=Strategy.ALL)
    seconds = models.FloatField(
        _("seconds"),
        null=True,
        blank=True,
        validators=[MinValueValidator(5), MaxValueValidator(120)],
        help_text=_("How long each round rings. Empty: as a direct number."),
    )
    overflow_group = models.ForeignKey(
        "self",
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("when nobody answers, the group"),
    )
    overflow_person = models.ForeignKey(
        Person, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("or the person")
    )
    mailbox = models.BooleanField(
        _("mailbox"), default=False, help_text=_("Callers whom nobody answers may leave a message for the group.")
    )
    pick_up = models.BooleanField(
        _("pick-up group"), default=True, help_text=_("Members may take each other's ringing calls with *8.")
    )
    first_day = models.DateField(
        _("first day"), null=True, blank=True, help_text=_("Of a group for a period, as a hotline. Empty: always.")
    )
    last_day = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["organisation", "name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="group_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"g{self.pk}"

    def clean(self) -> None:
        for field in ("unit", "overflow_group", "overflow_person"):
            other = getattr(self, field)
            if other and other.organisation_id != self.organisation_id:
                raise ValidationError({field: _("It belongs to another organisation.")})
        if self.overflow_group and self.overflow_person:
            raise ValidationError({"overflow_person": _("Choose a group or a person, not both.")})
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day lies before the first.")})
        following, seen = self.overflow_group, {self.pk}
        while following is not None:
            if following.pk in seen:
                raise ValidationError({"overflow_group": _("The groups lead back to where they began.")})
            seen.add(following.pk)
            following = following.overflow_group


class Membership(models.Model):
    """A person's place in a group."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships", verbose_name=_("group"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    logged_in = models.BooleanField(_("logged in"), default=True, help_text=_("Gets the group's calls."))

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.person} – {self.group}"

    def clean(self) -> None:
        if self.person.organisation_id != self.group.organisation_id:
            raise ValidationError({"person": _("The person belongs to another organisation than the group.")})


class Role(models.Model):
    """What someone answers for: a unit with all below it, or, without a unit, the whole organisation (FAL-9, AAB-32)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="roles", verbose_name=_("organisation"))
    unit = models.ForeignKey(
        Unit,
        models.CASCADE,
        related_name="roles",
        null=True,
        blank=True,
        verbose_name=_("unit"),
        help_text=_("Empty: the whole organisation."),
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="roles", verbose_name=_("person"))
    kind = models.CharField(_("role"), max_length=16, choices=RoleKind.choices)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["organisation", "unit", "kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "person", "kind"], name="role_once"),
            models.UniqueConstraint(
                fields=["organisation", "person", "kind"],
                condition=models.Q(unit=None),
                name="role_of_organisation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()} – {self.unit or self.organisation}"

    def clean(self) -> None:
        for field, other in (("unit", self.unit), ("person", self.person)):
            if other and other.organisation_id != self.organisation_id:
                raise ValidationError({field: _("It belongs to another organisation.")})


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
    """Someone who serves the switchboard of one or more organisations."""

    user = models.OneToOneField(User, models.CASCADE, related_name="operator", verbose_name=_("user"))
    name = models.CharField(_("name"), max_length=120)
    organisations = models.ManyToManyField(Organisation, related_name="operators", verbose_name=_("organisations"))

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


def search_text(person: Person, unit: str, numbers: list[str]) -> str:
    """The words under which ``person`` is found, each with a space in front; a number also by its last four digits."""
    texts = [person.name, person.title, unit, person.tasks, person.search_words, person.email.partition("@")[0]]
    words = index_words(" ".join(texts))
    for number in numbers:
        words += [number, national(number), number[-4:]]
    return "".join(f" {word}" for word in dict.fromkeys(words))
