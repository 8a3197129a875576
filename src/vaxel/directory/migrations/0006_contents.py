# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_supervisors"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="initials",
            field=models.CharField(
                blank=True, help_text="By which colleagues know her: “abl”.", max_length=12, verbose_name="initials"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="may_tell",
            field=models.CharField(
                blank=True, help_text="“Is back after Easter.”", max_length=300, verbose_name="may be told to citizens"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="mobile_greeting",
            field=models.DateField(
                blank=True,
                help_text="Its voicemail says name, workplace, municipality and where else to turn.",
                null=True,
                verbose_name="greeting of the mobile checked",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="mobile_told",
            field=models.DateField(
                blank=True,
                help_text="Empty: callers are connected without learning the number, if she agreed to that.",
                null=True,
                verbose_name="agreed that the mobile number is told",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="note",
            field=models.CharField(
                blank=True, help_text="For operators only.", max_length=300, verbose_name="note to the switchboard"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="prefers",
            field=models.CharField(
                blank=True,
                choices=[("phone", "By telephone"), ("message", "By message"), ("mail", "By e-mail")],
                max_length=8,
                verbose_name="would rather be reached",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="reviewed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="reviewed"),
        ),
        migrations.AddField(
            model_name="person",
            name="reviewed_by",
            field=models.CharField(blank=True, max_length=150, verbose_name="reviewed by"),
        ),
        migrations.AddField(
            model_name="person",
            name="room",
            field=models.CharField(blank=True, max_length=40, verbose_name="room"),
        ),
        migrations.AddField(
            model_name="unit",
            name="description",
            field=models.TextField(
                blank=True, help_text="In the words of citizens.", max_length=1000, verbose_name="what it does"
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
        ),
        migrations.AddField(
            model_name="unit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("administration", "Administration"),
                    ("department", "Department"),
                    ("institution", "Institution"),
                ],
                default="department",
                max_length=16,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="number",
            field=models.CharField(
                blank=True,
                help_text="The unit's own: a group's number, for example. Told when nobody in particular is sought.",
                max_length=15,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[1-9][0-9]{1,14}$",
                        "Write the number in international form, digits only, without + or 00: 46980319201.",
                    )
                ],
                verbose_name="number",
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="reviewed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="reviewed"),
        ),
        migrations.AddField(
            model_name="unit",
            name="reviewed_by",
            field=models.CharField(blank=True, max_length=150, verbose_name="reviewed by"),
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="done",
            field=models.CharField(
                choices=[("made", "made"), ("changed", "changed"), ("deleted", "deleted"), ("read", "read")],
                max_length=8,
                verbose_name="done",
            ),
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="As people call it: “the town hall”.", max_length=120, verbose_name="name"
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["organisation", "name"],
            },
        ),
        migrations.AddField(
            model_name="person",
            name="place",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="people",
                to="directory.place",
                verbose_name="place",
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="place",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="units",
                to="directory.place",
                verbose_name="place",
            ),
        ),
        migrations.CreateModel(
            name="Substitute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "first_day",
                    models.DateField(blank=True, help_text="Empty: always.", null=True, verbose_name="first day"),
                ),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="substitutes",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="substitute_for",
                        to="directory.person",
                        verbose_name="substitute",
                    ),
                ),
            ],
            options={
                "verbose_name": "substitute",
                "verbose_name_plural": "substitutes",
                "ordering": [models.OrderBy(models.F("first_day"), nulls_last=True), "id"],
            },
        ),
        migrations.CreateModel(
            name="Synonyms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sv", "Swedish"),
                            ("nb", "Norwegian Bokmål"),
                            ("da", "Danish"),
                            ("en", "English"),
                            ("se", "Northern Sámi"),
                        ],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        help_text="Two or more, with commas between.", max_length=400, verbose_name="words"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="synonyms",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "synonyms",
                "verbose_name_plural": "synonyms",
                "ordering": ["organisation", "words"],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="In the words of citizens.", max_length=120, verbose_name="task")),
                (
                    "search_words",
                    models.TextField(
                        blank=True,
                        help_text="What else it is called, with commas between.",
                        max_length=1000,
                        verbose_name="search words",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
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
                        related_name="tasks",
                        to="directory.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "verbose_name_plural": "tasks",
                "ordering": ["organisation", "name"],
            },
        ),
        migrations.CreateModel(
            name="TaskHandler",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "main",
                    models.BooleanField(default=True, help_text="Otherwise she helps out.", verbose_name="main task"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handlings",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handlers",
                        to="directory.task",
                        verbose_name="task",
                    ),
                ),
            ],
            options={
                "verbose_name": "handler",
                "verbose_name_plural": "handlers",
                "ordering": ["-main", "position", "id"],
            },
        ),
        migrations.AddField(
            model_name="task",
            name="people",
            field=models.ManyToManyField(
                related_name="handles",
                through="directory.TaskHandler",
                to="directory.person",
                verbose_name="handled by",
            ),
        ),
        migrations.CreateModel(
            name="TaskWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("sv", "Swedish"),
                            ("nb", "Norwegian Bokmål"),
                            ("da", "Danish"),
                            ("en", "English"),
                            ("se", "Northern Sámi"),
                        ],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="task")),
                ("search_words", models.TextField(blank=True, max_length=1000, verbose_name="search words")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="directory.task",
                        verbose_name="task",
                    ),
                ),
            ],
            options={
                "verbose_name": "words in another language",
                "verbose_name_plural": "words in other languages",
                "ordering": ["language"],
            },
        ),
        migrations.CreateModel(
            name="Exemption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[("number", "Direct number"), ("email", "E-mail address")],
                        max_length=8,
                        verbose_name="what",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("asked_by", models.CharField(blank=True, max_length=150, verbose_name="asked for by")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked for")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not decided yet"), ("approved", "Approved"), ("refused", "Refused")],
                        default="",
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=150, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exemptions",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "exemption from publication",
                "verbose_name_plural": "exemptions from publication",
                "ordering": ["-asked_at", "-id"],
                "constraints": [models.UniqueConstraint(fields=("person", "what"), name="exemption_once")],
            },
        ),
        migrations.CreateModel(
            name="FurtherFunction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="function")),
                (
                    "role",
                    models.CharField(
                        choices=[("does", "Has it"), ("stands_in", "Stands in")],
                        default="does",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="further_functions",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "further function",
                "verbose_name_plural": "further functions",
                "ordering": ["role", "id"],
                "constraints": [models.UniqueConstraint(fields=("person", "name"), name="further_function_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="place_name_once"),
        ),
        migrations.AddConstraint(
            model_name="taskhandler",
            constraint=models.UniqueConstraint(fields=("task", "person"), name="handler_once"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="task_name_once"),
        ),
        migrations.AddConstraint(
            model_name="taskwords",
            constraint=models.UniqueConstraint(fields=("task", "language"), name="task_words_once"),
        ),
    ]
