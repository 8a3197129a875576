# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0002_hours_and_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("meeting", "Meeting"),
                            ("lunch", "Lunch"),
                            ("errand", "Errand"),
                            ("travel", "Travel"),
                            ("course", "Course"),
                            ("vacation", "Holiday leave"),
                            ("sick", "Sick"),
                            ("parental", "Parental leave"),
                            ("leave", "Leave of absence"),
                            ("gone_for_day", "Gone for the day"),
                            ("busy", "Busy"),
                            ("other", "Away"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                ("start", models.DateTimeField(verbose_name="from")),
                ("end", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("message", models.CharField(blank=True, max_length=300, verbose_name="message")),
                (
                    "refer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nowhere: the caller chooses what the municipality offers"),
                            ("colleague", "A colleague"),
                            ("group", "A group"),
                            ("switchboard", "The switchboard"),
                            ("voicemail", "The own voicemail"),
                            ("mobile", "The own mobile"),
                        ],
                        max_length=16,
                        verbose_name="refer to",
                    ),
                ),
                ("set_by_name", models.CharField(blank=True, max_length=150, verbose_name="entered by")),
                (
                    "via",
                    models.CharField(
                        choices=[
                            ("web", "on the web"),
                            ("phone", "by telephone"),
                            ("rest", "by another program"),
                            ("proxy", "by somebody else"),
                            ("calendar", "by the calendar"),
                        ],
                        max_length=16,
                        verbose_name="way",
                    ),
                ),
                ("made", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("ended", models.DateTimeField(blank=True, null=True, verbose_name="ended early")),
                ("ended_by", models.CharField(blank=True, max_length=150, verbose_name="ended by")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "refer_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "refer_person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.person",
                        verbose_name="colleague",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "ordering": ["start", "id"],
                "indexes": [models.Index(fields=["person", "end"], name="absence_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end", None), ("end__gt", models.F("start")), _connector="OR"),
                        name="absence_ends_after_it_begins",
                    )
                ],
            },
        ),
    ]
