# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("notices", "0001_notices")]

    initial = True

    dependencies = [
        ("directory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BoardVersion",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("n", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_board_version")],
            },
        ),
        migrations.CreateModel(
            name="PreparedAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.CharField(help_text="In the words of citizens.", max_length=160, verbose_name="question"),
                ),
                ("task", models.CharField(blank=True, max_length=120, verbose_name="task")),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="subject words")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prepared_answers",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="prepared_answers",
                        to="directory.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "prepared answer",
                "verbose_name_plural": "prepared answers",
                "ordering": ["organisation", "question", "id"],
            },
        ),
        migrations.CreateModel(
            name="PressFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.URLField(max_length=500, verbose_name="address")),
                ("etag", models.CharField(blank=True, editable=False, max_length=200)),
                ("modified", models.CharField(blank=True, editable=False, max_length=100)),
                ("looked_at", models.DateTimeField(editable=False, null=True, verbose_name="looked at")),
                ("read_at", models.DateTimeField(editable=False, null=True, verbose_name="read")),
                ("error", models.CharField(blank=True, editable=False, max_length=300, verbose_name="error")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="press_feeds",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "feed of press releases",
                "verbose_name_plural": "feeds of press releases",
                "ordering": ["organisation", "address"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("expected_calls", "Expected calls"),
                            ("press_release", "Press release"),
                            ("temporary_hours", "Temporary hours"),
                            ("change", "Change"),
                            ("announcement", "Announcement"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("text", models.TextField(blank=True, max_length=8000, verbose_name="text")),
                ("answer", models.TextField(blank=True, max_length=4000, verbose_name="answer to callers")),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="subject words")),
                ("cover", models.CharField(blank=True, max_length=200, verbose_name="who answers meanwhile")),
                ("begins", models.DateTimeField(verbose_name="from")),
                ("ends", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("review", models.DateField(blank=True, null=True, verbose_name="to be reassessed")),
                (
                    "origin",
                    models.CharField(
                        choices=[("form", "by form"), ("feed", "by feed"), ("system", "by itself")],
                        default="form",
                        max_length=8,
                        verbose_name="way",
                    ),
                ),
                ("entry", models.CharField(blank=True, editable=False, max_length=64)),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("told_by", models.CharField(blank=True, max_length=150, verbose_name="told by")),
                ("told_at", models.DateTimeField(auto_now_add=True, verbose_name="told")),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="over")),
                (
                    "withdrawn_by",
                    models.CharField(blank=True, editable=False, max_length=150, verbose_name="withdrawn by"),
                ),
                ("reminded", models.PositiveIntegerField(default=0, editable=False)),
                ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "exception",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notice",
                        to="directory.hoursexception",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "people",
                    models.ManyToManyField(
                        blank=True, related_name="notices", to="directory.person", verbose_name="present to answer"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="directory.unit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="notices.pressfeed",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ["-told_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                (
                    "operator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acknowledgements",
                        to="directory.operator",
                        verbose_name="operator",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acknowledgements",
                        to="notices.notice",
                        verbose_name="notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "acknowledgement",
                "verbose_name_plural": "acknowledgements",
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "operator", "version"), name="acknowledged_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.PositiveIntegerField(verbose_name="version")),
                ("text", models.TextField(max_length=4000, verbose_name="text")),
                ("written_by", models.CharField(blank=True, max_length=150, verbose_name="written by")),
                ("written_at", models.DateTimeField(auto_now_add=True, verbose_name="written")),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="notices.preparedanswer",
                        verbose_name="answer",
                    ),
                ),
            ],
            options={
                "verbose_name": "wording",
                "verbose_name_plural": "wordings",
                "ordering": ["-n"],
                "constraints": [models.UniqueConstraint(fields=("answer", "n"), name="wording_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="pressfeed",
            constraint=models.UniqueConstraint(fields=("organisation", "address"), name="press_feed_once"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["organisation", "-told_at", "-id"], name="notice_newest"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("entry", ""), _negated=True),
                fields=("organisation", "entry"),
                name="press_release_once",
            ),
        ),
    ]
