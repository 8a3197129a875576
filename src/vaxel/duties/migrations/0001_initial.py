# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("duties", "0002_promised_by")]

    initial = True

    dependencies = [
        ("calls", "0001_initial"),
        ("directory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("caller_name", models.CharField(blank=True, max_length=120, verbose_name="who called")),
                ("caller_number", models.CharField(blank=True, max_length=80, verbose_name="number")),
                ("matter", models.TextField(blank=True, max_length=4000, verbose_name="matter")),
                ("call_back", models.BooleanField(default=False, verbose_name="call back")),
                ("promised_at", models.DateTimeField(blank=True, null=True, verbose_name="promised by")),
                (
                    "status",
                    models.CharField(
                        choices=[("new", "New"), ("read", "Read"), ("done", "Done")],
                        default="new",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("taken_at", models.DateTimeField(verbose_name="taken")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="citizen_messages",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "operator",
                    models.ForeignKey(
                        blank=True,
                        help_text="The operator who rings back herself (TAN-5).",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="promises",
                        to="directory.operator",
                        verbose_name="promised by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citizen_messages",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="citizen_messages",
                        to="directory.person",
                        verbose_name="to",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="messages_taken",
                        to="directory.operator",
                        verbose_name="taken by",
                    ),
                ),
                (
                    "voicemail",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="message",
                        to="calls.voicemail",
                        verbose_name="voice message",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["-taken_at", "-id"],
                "indexes": [
                    models.Index(fields=["organisation", "-taken_at", "-id"], name="message_newest"),
                    models.Index(fields=["person", "status"], name="message_of_person"),
                ],
            },
        ),
    ]
