# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=24, verbose_name="state")),
                ("direction", models.CharField(max_length=16, verbose_name="direction")),
                ("started", models.DateTimeField(verbose_name="started")),
                ("answered", models.DateTimeField(null=True, verbose_name="answered")),
                ("ended", models.DateTimeField(null=True, verbose_name="ended")),
                ("dialled", models.CharField(blank=True, max_length=80, verbose_name="dialled number")),
                ("caller_number", models.CharField(blank=True, max_length=80, verbose_name="caller's number")),
                ("caller_name", models.CharField(blank=True, max_length=120, verbose_name="caller's name")),
                ("reason", models.CharField(blank=True, max_length=32, verbose_name="reason")),
                ("cause", models.CharField(blank=True, max_length=32, verbose_name="cause of ending")),
                ("n", models.PositiveIntegerField()),
                ("view", models.JSONField()),
                (
                    "operator",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="calls",
                        to="directory.operator",
                        verbose_name="operator",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="calls",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "call",
                "verbose_name_plural": "calls",
                "ordering": ["-started", "-id"],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.PositiveIntegerField()),
                ("at", models.DateTimeField(verbose_name="time")),
                ("kind", models.CharField(max_length=40, verbose_name="event")),
                ("data", models.JSONField()),
                (
                    "call",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="journal",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
            ],
            options={
                "verbose_name": "journal entry",
                "verbose_name_plural": "journal entries",
                "ordering": ["call", "n"],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=4000, verbose_name="text")),
                ("written", models.DateTimeField(auto_now_add=True, verbose_name="written")),
                (
                    "call",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "operator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notes",
                        to="directory.operator",
                        verbose_name="operator",
                    ),
                ),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": ["written"],
            },
        ),
        migrations.CreateModel(
            name="OperatorEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operator", models.CharField(max_length=32, verbose_name="operator")),
                ("n", models.PositiveIntegerField()),
                ("at", models.DateTimeField(db_index=True, verbose_name="time")),
                ("kind", models.CharField(max_length=40, verbose_name="event")),
                ("data", models.JSONField()),
                ("view", models.JSONField()),
            ],
            options={
                "verbose_name": "operator event",
                "verbose_name_plural": "operator events",
                "ordering": ["operator", "n"],
                "constraints": [models.UniqueConstraint(fields=("operator", "n"), name="operator_event_once")],
            },
        ),
        migrations.CreateModel(
            name="Voicemail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                ("folder", models.CharField(default="recording", max_length=16)),
                ("caller_number", models.CharField(blank=True, max_length=80, verbose_name="caller's number")),
                ("caller_name", models.CharField(blank=True, max_length=120, verbose_name="caller's name")),
                ("left", models.DateTimeField(verbose_name="left")),
                ("seconds", models.FloatField(verbose_name="length")),
                ("heard", models.DateTimeField(null=True, verbose_name="heard")),
                (
                    "call",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="voicemails",
                        to="calls.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="voicemails",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Whose mailbox. Empty: the switchboard's.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="voicemails",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "voice message",
                "verbose_name_plural": "voice messages",
                "ordering": ["-left", "-id"],
            },
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["organisation", "-started", "-id"], name="call_newest"),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                condition=models.Q(("ended", None)), fields=["organisation", "started"], name="call_live"
            ),
        ),
        migrations.AddConstraint(
            model_name="journalentry",
            constraint=models.UniqueConstraint(fields=("call", "n"), name="entry_once"),
        ),
        migrations.AddIndex(
            model_name="voicemail",
            index=models.Index(fields=["organisation", "-left"], name="calls_voice_organis_f537d4_idx"),
        ),
        migrations.AddIndex(
            model_name="voicemail",
            index=models.Index(fields=["person", "-left"], name="calls_voice_person__12d374_idx"),
        ),
    ]
