# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("staffing", "0001_changes_of_staff")]

    initial = True

    dependencies = [
        ("directory", "0001_initial"),
        ("notices", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("joiner", "Somebody joins"),
                            ("leaver", "Somebody leaves"),
                            ("mover", "Somebody moves within the organisation"),
                            ("task", "A task goes to somebody else"),
                            ("case_division", "Cases go to somebody else"),
                            ("unstaffed", "A unit is unstaffed for a time"),
                        ],
                        max_length=16,
                        verbose_name="subject",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("details", models.JSONField(default=dict, verbose_name="details")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="summary")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for approval"),
                            ("approved", "approved"),
                            ("done", "carried out"),
                            ("refused", "refused"),
                            ("returned", "came back"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=4000, verbose_name="why")),
                ("reported_by_name", models.CharField(blank=True, max_length=150, verbose_name="reported by")),
                ("first_reported", models.DateTimeField(auto_now_add=True, verbose_name="reported")),
                ("decided_by_name", models.CharField(blank=True, max_length=150, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="carried out")),
                (
                    "notice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="staff_change",
                        to="notices.notice",
                        verbose_name="notice",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff_changes",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff_changes",
                        to="directory.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of staff",
                "verbose_name_plural": "changes of staff",
                "ordering": ["-first_reported", "-id"],
                "indexes": [
                    models.Index(fields=["organisation", "-first_reported", "-id"], name="staff_change_newest"),
                    models.Index(fields=["status", "day"], name="staff_change_due"),
                ],
            },
        ),
    ]
