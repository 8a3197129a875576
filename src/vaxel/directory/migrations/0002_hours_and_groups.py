# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vaxel.directory.spans


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="group",
            name="first_day",
            field=models.DateField(
                blank=True,
                help_text="Of a group for a period, as a hotline. Empty: always.",
                null=True,
                verbose_name="first day",
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="last_day",
            field=models.DateField(blank=True, null=True, verbose_name="last day"),
        ),
        migrations.AddField(
            model_name="group",
            name="mailbox",
            field=models.BooleanField(
                default=False,
                help_text="Callers whom nobody answers may leave a message for the group.",
                verbose_name="mailbox",
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="overflow_group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="directory.group",
                verbose_name="when nobody answers, the group",
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="overflow_person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="directory.person",
                verbose_name="or the person",
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="pick_up",
            field=models.BooleanField(
                default=True,
                help_text="Members may take each other's ringing calls with *8.",
                verbose_name="pick-up group",
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="seconds",
            field=models.FloatField(
                blank=True,
                help_text="How long each round rings. Empty: as a direct number.",
                null=True,
                validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(120)],
                verbose_name="seconds",
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="strategy",
            field=models.CharField(
                choices=[
                    ("all", "All at once"),
                    ("ordered", "One after the other, in the order of the list"),
                    ("in_turn", "One after the other, taking turns"),
                    ("longest_idle", "Who has been left in peace longest comes first"),
                ],
                default="all",
                max_length=16,
                verbose_name="order of ringing",
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                help_text="Whose hours it keeps when it has none of its own.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="groups",
                to="directory.unit",
                verbose_name="unit",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="logged_in",
            field=models.BooleanField(default=True, help_text="Gets the group's calls.", verbose_name="logged in"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="eves",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Eve → closed, half or ordinary, where it isn't the usual.",
                verbose_name="eves",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="function",
            field=models.CharField(
                blank=True,
                help_text="Colleagues with the same function stand in for each other: “building permits”.",
                max_length=80,
                verbose_name="function",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="last_day",
            field=models.DateField(
                blank=True,
                help_text="Empty: employed until further notice.",
                null=True,
                verbose_name="last day of employment",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="mobile",
            field=models.CharField(
                blank=True,
                max_length=15,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[1-9][0-9]{1,14}$",
                        "Write the number in international form, digits only, without + or 00: 46980319201.",
                    )
                ],
                verbose_name="mobile number",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="mobile_consent",
            field=models.DateField(
                blank=True,
                help_text="The day on which she agreed. Empty: no call is sent there. She can take it back at any time.",
                null=True,
                verbose_name="agreed that calls go to the mobile",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                help_text="Who gets the calls once she has left.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="predecessors",
                to="directory.person",
                verbose_name="successor",
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="transfer_number",
            field=models.CharField(
                blank=True,
                help_text="Instead of a person.",
                max_length=15,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[1-9][0-9]{1,14}$",
                        "Write the number in international form, digits only, without + or 00: 46980319201.",
                    )
                ],
                verbose_name="or to the number",
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="transfer_person",
            field=models.ForeignKey(
                blank=True,
                help_text="The one person to whom the unit wants calls passed on. Empty: to whom the caller seeks.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="directory.person",
                verbose_name="pass calls on to",
            ),
        ),
        migrations.CreateModel(
            name="Hours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "week",
                    models.JSONField(
                        default=vaxel.directory.spans.closed_week,
                        validators=[vaxel.directory.spans.check_week],
                        verbose_name="week",
                    ),
                ),
                (
                    "seasons",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[vaxel.directory.spans.check_seasons],
                        verbose_name="seasons",
                    ),
                ),
                (
                    "holiday",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[vaxel.directory.spans.check_day],
                        verbose_name="on public holidays",
                    ),
                ),
                (
                    "eve",
                    models.JSONField(
                        blank=True, null=True, validators=[vaxel.directory.spans.check_day], verbose_name="on half days"
                    ),
                ),
                ("clause", models.CharField(blank=True, max_length=32, verbose_name="clause")),
                (
                    "group",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="directory.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "unit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="directory.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "opening hours",
                "verbose_name_plural": "opening hours",
            },
        ),
        migrations.CreateModel(
            name="HoursException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField(verbose_name="first day")),
                ("last", models.DateField(verbose_name="last day")),
                (
                    "spans",
                    models.JSONField(
                        blank=True, default=list, validators=[vaxel.directory.spans.check_day], verbose_name="hours"
                    ),
                ),
                (
                    "week",
                    models.JSONField(
                        blank=True, null=True, validators=[vaxel.directory.spans.check_week], verbose_name="week"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As callers may hear of it: “staff day”.", max_length=120, verbose_name="reason"
                    ),
                ),
                ("cover", models.CharField(blank=True, max_length=200, verbose_name="who answers meanwhile")),
                ("clause", models.CharField(blank=True, max_length=32, verbose_name="clause")),
                ("needs_approval", models.BooleanField(default=False, verbose_name="needs approval")),
                ("approved_by", models.CharField(blank=True, max_length=120, verbose_name="approved by")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
                ("review", models.DateField(blank=True, null=True, verbose_name="to be reassessed")),
                ("entered_by", models.CharField(blank=True, max_length=120, verbose_name="entered by")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                (
                    "hours",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="directory.hours",
                        verbose_name="opening hours",
                    ),
                ),
            ],
            options={
                "verbose_name": "exception",
                "verbose_name_plural": "exceptions",
                "ordering": ["first", "id"],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("manager", "Manager"), ("phone_contact", "Telephone contact")],
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the whole organisation.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="directory.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "ordering": ["organisation", "unit", "kind", "id"],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                ("who", models.CharField(blank=True, max_length=150, verbose_name="who")),
                ("via", models.CharField(default="system", max_length=16, verbose_name="way")),
                (
                    "done",
                    models.CharField(
                        choices=[("made", "made"), ("changed", "changed"), ("deleted", "deleted")],
                        max_length=8,
                        verbose_name="done",
                    ),
                ),
                ("kind", models.CharField(max_length=32, verbose_name="kind")),
                ("row", models.CharField(max_length=32, verbose_name="row")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("before", models.JSONField(default=dict, verbose_name="before")),
                ("after", models.JSONField(default=dict, verbose_name="after")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["kind", "row", "-id"], name="audit_of_row")],
            },
        ),
        migrations.CreateModel(
            name="ClosingDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "half",
                    models.BooleanField(
                        default=False, help_text="The hours of half days apply.", verbose_name="half day"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closing_days",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "closing day",
                "verbose_name_plural": "closing days",
                "ordering": ["day"],
                "constraints": [models.UniqueConstraint(fields=("organisation", "day"), name="closing_day_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="hours",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("group", None), ("unit", None)),
                    models.Q(("person", None), ("unit", None)),
                    models.Q(("group", None), ("person", None)),
                    _connector="OR",
                ),
                name="hours_have_one_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="hours",
            constraint=models.UniqueConstraint(
                condition=models.Q(("group", None), ("person", None), ("unit", None)),
                fields=("organisation",),
                name="hours_of_organisation_once",
            ),
        ),
        migrations.AddIndex(
            model_name="hoursexception",
            index=models.Index(fields=["hours", "last"], name="hours_exception_last"),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.UniqueConstraint(fields=("unit", "person", "kind"), name="role_once"),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.UniqueConstraint(
                condition=models.Q(("unit", None)),
                fields=("organisation", "person", "kind"),
                name="role_of_organisation_once",
            ),
        ),
    ]
