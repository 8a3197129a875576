# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("policy", "0001_versions")]

    initial = True

    dependencies = [
        ("directory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(max_length=120, verbose_name="version")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("text", models.TextField(verbose_name="text")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("proposed_by", models.CharField(blank=True, max_length=150, verbose_name="proposed by")),
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="proposed")),
                ("activated_by", models.CharField(blank=True, max_length=150, verbose_name="activated by")),
                ("activated_at", models.DateTimeField(blank=True, null=True, verbose_name="activated")),
                ("begins_at", models.DateTimeField(blank=True, null=True, verbose_name="in force from")),
                ("replaced_at", models.DateTimeField(blank=True, null=True, verbose_name="replaced")),
                ("begun", models.BooleanField(default=False, editable=False)),
                ("compiled", models.JSONField(editable=False, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="policies",
                        to="directory.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "policy version",
                "verbose_name_plural": "policy versions",
                "ordering": ["-id"],
                "permissions": [("activate_policy", "Can activate policies")],
                "indexes": [models.Index(fields=["organisation", "begins_at"], name="policy_in_force")],
            },
        ),
    ]
