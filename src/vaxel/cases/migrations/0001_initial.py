# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("cases", "0001_case_divisions")]

    initial = True

    dependencies = [
        ("directory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseDivision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task", models.CharField(help_text="In the words of citizens.", max_length=120, verbose_name="task")),
                (
                    "by",
                    models.CharField(
                        choices=[
                            ("day", "Day of birth"),
                            ("month", "Month of birth"),
                            ("surname", "Surname"),
                            ("street", "Address"),
                            ("ward", "Ward"),
                        ],
                        max_length=8,
                        verbose_name="divided by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="case_divisions",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "case division",
                "verbose_name_plural": "case divisions",
                "ordering": ["organisation", "task"],
            },
        ),
        migrations.CreateModel(
            name="CaseShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "first",
                    models.CharField(
                        blank=True, help_text="A day, a month, or a beginning: Fl.", max_length=40, verbose_name="from"
                    ),
                ),
                ("last", models.CharField(blank=True, max_length=40, verbose_name="to and with")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="street or ward")),
                (
                    "number_from",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="from house number",
                    ),
                ),
                ("number_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="to house number")),
                (
                    "side",
                    models.CharField(
                        blank=True,
                        choices=[("odd", "odd numbers"), ("even", "even numbers")],
                        max_length=4,
                        verbose_name="side",
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="cases.casedivision",
                        verbose_name="case division",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="case_shares",
                        to="directory.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="case_shares",
                        to="directory.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "share of the cases",
                "verbose_name_plural": "shares of the cases",
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="casedivision",
            constraint=models.UniqueConstraint(fields=("organisation", "task"), name="task_divided_once"),
        ),
        migrations.AddConstraint(
            model_name="caseshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("group", None), ("person__isnull", False)),
                    models.Q(("group__isnull", False), ("person", None)),
                    _connector="OR",
                ),
                name="share_has_one_owner",
                violation_error_message="A share belongs to a person or to a group.",
            ),
        ),
    ]
