# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notices to the operators, who has read them, the feeds from which press releases come, and prepared answers."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vaxel.directory.models import HoursException, Operator, Organisation, Person, Unit


class Kind(models.TextChoices):
    EXPECTED_CALLS = "expected_calls", _("Expected calls")
    PRESS_RELEASE = "press_release", _("Press release")
    TEMPORARY_HOURS = "temporary_hours", _("Temporary hours")
    CHANGE = "change", _("Change")
    ANNOUNCEMENT = "announcement", _("Announcement")


class Origin(models.TextChoices):
    """How it came."""

    FORM = "form", _("by form")
    FEED = "feed", _("by feed")
    SYSTEM = "system", _("by itself")


class PressFeed(models.Model):
    """An RSS or Atom feed of press releases (FAL-15). ``error``: why it couldn't be read the last time, "" when it could."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="press_feeds", verbose_name=_("organisation")
    )
    address = models.URLField(_("address"), max_length=500)
    etag = models.CharField(max_length=200, blank=True, editable=False)
    modified = models.CharField(max_length=100, blank=True, editable=False)
    looked_at = models.DateTimeField(_("looked at"), null=True, editable=False)
    read_at = models.DateTimeField(_("read"), null=True, editable=False)
    error = models.CharField(_("error"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("feed of press releases")
        verbose_name_plural = _("feeds of press releases")
        ordering = ["organisation", "address"]
        constraints = [models.UniqueConstraint(fields=["organisation", "address"], name="press_feed_once")]

    def __str__(self) -> str:
        return self.address


class Notice(models.Model):
    """``begins``: when what it tells of begins; it is shown from the moment it is told. ``ends`` null: until it is withdrawn.

    ``words`` are the subject words, one phrase a line. ``version`` rises when operators must read it anew. ``people`` are present to
    answer (AAB-30). ``closed_at``: ``ends`` has passed, or it was withdrawn (``withdrawn_by``). ``reminded`` counts how often those who
    hadn't read it were reminded.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="notices", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"), max_length=8000, blank=True)
    answer = models.TextField(_("answer to callers"), max_length=4000, blank=True)
    words = models.TextField(_("subject words"), max_length=1000, blank=True)
    unit = models.ForeignKey(
        Unit, models.SET_NULL, related_name="notices", null=True, blank=True, verbose_name=_("unit")
    )
    people = models.ManyToManyField(Person, related_name="notices", blank=True, verbose_name=_("present to answer"))
    cover = models.CharField(_("who answers meanwhile"), max_length=200, blank=True)
    begins = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"), null=True, blank=True)
    review = models.DateField(_("to be reassessed"), null=True, blank=True)
    origin = models.CharField(_("way"), max_length=8, choices=Origin.choices, default=Origin.FORM)
    feed = models.ForeignKey(PressFeed, models.SET_NULL, related_name="notices", null=True, blank=True, editable=False)
    entry = models.CharField(max_length=64, blank=True, editable=False)
    link = models.URLField(_("link"), max_length=500, blank=True)
    exception = models.OneToOneField(
        HoursException, models.SET_NULL, related_name="notice", null=True, blank=True, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    told_by = models.CharField(_("told by"), max_length=150, blank=True)
    told_at = models.DateTimeField(_("told"), auto_now_add=True)
    closed_at = models.DateTimeField(_("over"), null=True, blank=True, editable=False)
    withdrawn_by = models.CharField(_("withdrawn by"), max_length=150, blank=True, editable=False)
    reminded = models.PositiveIntegerField(default=0, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-told_at", "-id"]
        indexes = [models.Index(fields=["organisation", "-told_at", "-id"], name="notice_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "entry"], condition=~Q(entry=""), name="press_release_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        return f"n{self.pk}"

    @property
    def phrases(self) -> list[str]:
        return lines(self.words)

    @property
    def live(self) -> bool:
        return self.closed_at is None


class Acknowledgement(models.Model):
    """An operator has read ``version`` of a notice (GNO-17)."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="acknowledgements", verbose_name=_("notice"))
    operator = models.ForeignKey(Operator, models.CASCADE, related_name="acknowledgements", verbose_name=_("operator"))
    version = models.PositiveIntegerField()
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["notice", "operator", "version"], name="acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.operator}: {self.notice}"


class PreparedAnswer(models.Model):
    """What operators may answer by themselves (AAB-36). Its wordings are ``versions``; the newest is in force until ``valid_until``."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="prepared_answers", verbose_name=_("organisation")
    )
    unit = models.ForeignKey(
        Unit, models.SET_NULL, related_name="prepared_answers", null=True, blank=True, verbose_name=_("unit")
    )
    question = models.CharField(_("question"), max_length=160, help_text=_("In the words of citizens."))
    task = models.CharField(_("task"), max_length=120, blank=True)
    words = models.TextField(_("subject words"), max_length=1000, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("prepared answer")
        verbose_name_plural = _("prepared answers")
        ordering = ["organisation", "question", "id"]

    def __str__(self) -> str:
        return self.question

    @property
    def key(self) -> str:
        return f"b{self.pk}"

    @property
    def phrases(self) -> list[str]:
        return lines(self.words)

    @property
    def current(self) -> AnswerVersion | None:
        """The wording in force, of those that were read with it."""
        return max(self.versions.all(), key=lambda version: version.n, default=None)


class AnswerVersion(models.Model):
    """One wording."""

    answer = models.ForeignKey(PreparedAnswer, models.CASCADE, related_name="versions", verbose_name=_("answer"))
    n = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"), max_length=4000)
    written_by = models.CharField(_("written by"), max_length=150, blank=True)
    written_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["answer", "n"], name="wording_once")]

    def __str__(self) -> str:
        return f"{self.answer} ({self.n})"

    @property
    def organisation_id(self) -> str:
        return self.answer.organisation_id


class BoardVersion(models.Model):
    """One row, which rises in the transaction of every change of a notice or of who has read it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    n = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="one_board_version", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return str(self.n)


def lines(text: str) -> list[str]:
    """Phrases that stand one a line, or with commas between."""
    return [phrase for part in text.replace(",", "\n").splitlines() if (phrase := " ".join(part.split()))]


def not_over(now: datetime) -> Q:
    """Notices that operators must know at ``now``."""
    return Q(closed_at=None) & (Q(ends=None) | Q(ends__gt=now))
