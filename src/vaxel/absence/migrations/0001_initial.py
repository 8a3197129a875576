# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("absence", "0001_absences"), ("absence", "0002_calendars")]

    initial = True

    dependencies = [
        ("directory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Calendar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("ics", "Subscribed address (iCalendar)"), ("caldav", "CalDAV server")],
                        default="ics",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("host", models.CharField(max_length=255, verbose_name="server")),
                ("address_sealed", models.TextField(editable=False)),
                ("user", models.CharField(blank=True, max_length=120, verbose_name="user name")),
                ("password_sealed", models.TextField(blank=True, editable=False)),
                ("made", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("polled_at", models.DateTimeField(blank=True, null=True, verbose_name="last tried")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="last read")),
                ("changed_at", models.DateTimeField(blank=True, null=True, verbose_name="last changed")),
                ("digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("ends_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "address",
                                "The address isn't allowed: it must begin with https and lie on the public internet.",
                            ),
                            ("unreachable", "The server can't be reached."),
                            ("slow", "The server doesn't answer in time."),
                            ("log_in", "The server wants another user name or password."),
                            ("not_found", "There is nothing at this address."),
                            ("refused", "The server refuses to give it out."),
                            ("too_large", "The calendar is too large."),
                            ("no_calendar", "What lies at this address isn't a calendar."),
                        ],
                        max_length=16,
                        verbose_name="fault",
                    ),
                ),
                ("failing_since", models.DateTimeField(blank=True, null=True, verbose_name="failing since")),
                (
                    "identity_numbers",
                    models.PositiveIntegerField(default=0, verbose_name="entries with identity numbers"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendars",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar",
                "verbose_name_plural": "calendars",
                "ordering": ["person", "id"],
            },
        ),
        migrations.CreateModel(
            name="BusyTime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateTimeField(verbose_name="from")),
                ("end", models.DateTimeField(verbose_name="until")),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="busy_times",
                        to="absence.calendar",
                        verbose_name="calendar",
                    ),
                ),
            ],
            options={
                "verbose_name": "busy time",
                "verbose_name_plural": "busy times",
                "ordering": ["start"],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(editable=False, max_length=64)),
                ("start", models.DateTimeField(verbose_name="from")),
                ("end", models.DateTimeField(verbose_name="until")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not decided yet"), ("taken", "Taken"), ("left", "Left out")],
                        default="",
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="absence.calendar",
                        verbose_name="calendar",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposed absence",
                "verbose_name_plural": "proposed absences",
                "ordering": ["start"],
            },
        ),
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
        migrations.AddIndex(
            model_name="calendar",
            index=models.Index(fields=["polled_at"], name="calendar_polled"),
        ),
        migrations.AddIndex(
            model_name="busytime",
            index=models.Index(fields=["calendar", "end"], name="busy_of_calendar"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("calendar", "mark"), name="proposal_once"),
        ),
    ]
